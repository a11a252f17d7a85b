//! Errors of [`Emulator::start`](super::Emulator::start).

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Why an emulator did not start.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The address can be reached from other machines.
    NotLoopback(SocketAddr),
    /// The fault rate is not from 0 to 1.
    FaultRate(f64),
    /// The museum network cannot be created; the text says why.
    Network(String),
    /// The address cannot be listened on.
    Listen {
        /// The address in the options.
        address: SocketAddr,
        /// The error of the operating system.
        source: io::Error,
    },
    /// The state file cannot be opened, read or written.
    State {
        /// The state file.
        path: PathBuf,
        /// The error of the operating system.
        source: io::Error,
    },
    /// The state file is another program's, or no file.
    NotState(PathBuf),
    /// Another emulator uses the state file.
    StateInUse(PathBuf),
    /// A line of the state file is not an event, or an event that is impossible after the lines before it.
    StateLine {
        /// The state file.
        path: PathBuf,
        /// The line's number, from 1.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// The thread or its event loop cannot be created.
    Run(io::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotLoopback(address) => {
                write!(f, "the emulator listens on loopback only, and {address} is no loopback address")
            }
            Self::FaultRate(rate) => write!(f, "the fault rate must be from 0 to 1, not {rate}"),
            Self::Network(reason) => write!(f, "the network cannot be made: {reason}"),
            Self::Listen { address, source } => write!(f, "cannot listen on {address}: {source}"),
            Self::State { path, source } => write!(f, "the state file {}: {source}", path.display()),
            Self::NotState(path) => write!(f, "{} is no state file of an emulator", path.display()),
            Self::StateInUse(path) => {
                write!(f, "the state file {} is in use by another emulator", path.display())
            }
            Self::StateLine { path, line, reason } => {
                write!(f, "the state file {}, line {line}: {reason}", path.display())
            }
            Self::Run(source) => write!(f, "{source}"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Listen { source, .. } | Self::State { source, .. } | Self::Run(source) => Some(source),
            _ => None,
        }
    }
}
