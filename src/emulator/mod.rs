//! A DoltHub of your own on loopback, for trying a client without an account and for testing scripts.
//!
//! It serves the v1alpha1 database API as documented, keeps everything in memory (and, if asked, in a
//! journal), and can misbehave on purpose. Being the client's double, it shares no type with the client, so
//! that each proves the other.

use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::task::AbortHandle;

mod error;
mod events;
mod faults;
mod fork_list;
mod journal;
mod listener;
mod museum;
mod requests;
mod responses;
mod server;
mod service;
mod state;
#[cfg(test)]
mod tests;

pub use error::Error;

/// The user whose token [`TOKEN`] is.
pub const USER: &str = "taylor";
/// The one token that the emulator accepts.
pub const TOKEN: &str = "dhat.v1.emulator";

/// What to emulate, and how badly.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where to listen; must be a loopback address. Port 0 takes a free one.
    pub listen: SocketAddr,
    /// How long a fork takes, to the millisecond.
    pub fork_delay: Duration,
    /// How much later every request is answered; it is acted on at once.
    pub latency: Duration,
    /// How likely a request is to meet a fault: 0 (never) to 1 (always).
    pub fault_rate: f64,
    /// Which sequence of faults: the same seed makes the same faults, request by request.
    pub seed: u64,
    /// The journal that keeps what happened; `None` forgets everything at the end.
    pub state: Option<PathBuf>,
    /// How many forks to put under `dolthub/museum-collections` at the start, at most 1,000,000.
    pub network: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            fork_delay: Duration::from_secs(2),
            latency: Duration::ZERO,
            fault_rate: 0.0,
            seed: 0,
            state: None,
            network: 0,
        }
    }
}

/// A running emulator, on a thread of its own. It stops when dropped, without waiting for open connections.
#[derive(Debug)]
pub struct Emulator {
    address: SocketAddr,
    stop: AbortHandle,
    thread: Option<JoinHandle<()>>,
}

impl Emulator {
    /// Starts an emulator; it accepts connections by the time this returns.
    ///
    /// # Errors
    /// When an option is out of range, the address cannot be listened on, or the state file is in use or
    /// unreadable.
    pub fn start(options: Options) -> Result<Self, Error> {
        if !options.listen.ip().to_canonical().is_loopback() {
            return Err(Error::NotLoopback(options.listen));
        }
        if !(0.0..=1.0).contains(&options.fault_rate) {
            return Err(Error::FaultRate(options.fault_rate));
        }
        let listening = |source| Error::Listen { address: options.listen, source };
        let server = server::Server::new(&options)?;
        let listener = TcpListener::bind(options.listen).map_err(listening)?;
        listener.set_nonblocking(true).map_err(listening)?;
        let address = listener.local_addr().map_err(listening)?;

        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Error::Run)?;
        let task = {
            let _inside = runtime.enter();
            let listener = tokio::net::TcpListener::from_std(listener).map_err(listening)?;
            runtime.spawn(server::serve(listener, server))
        };
        let stop = task.abort_handle();
        let thread = std::thread::Builder::new()
            .name("emulator".to_owned())
            .spawn(move || {
                // Ends when aborted; dropping the runtime then closes every connection and the journal.
                let _ = runtime.block_on(task);
            })
            .map_err(Error::Run)?;
        Ok(Self { address, stop, thread: Some(thread) })
    }

    /// The base of every URL: `http://127.0.0.1:PORT`, without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Where it listens; the port is the real one.
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        self.stop.abort();
        if let Some(thread) = self.thread.take() {
            // The thread only fails by panicking, which has then been reported.
            let _ = thread.join();
        }
    }
}
