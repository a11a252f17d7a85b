//! `dolt`, as the PATH has it: run with the terminal, what it prints going to stderr.

use std::ffi::OsStr;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::error::{Error, Result, no_thread, reason};
use crate::interrupt::{self, EndingChild};
use crate::program::{find, terminal_or_nothing};

/// Where to get it.
const INSTALLATION: &str = "https://docs.dolthub.com/introduction/installation";
/// No list of remotes is longer.
const MAX_BYTES: u64 = 1024 * 1024;

/// It only reads a file.
const LIST_TIMEOUT: Duration = Duration::from_secs(10);

/// The program.
#[derive(Debug)]
pub struct Dolt(PathBuf);

impl Dolt {
    /// Looks it up.
    ///
    /// # Errors
    /// A usage error where there is none.
    pub fn find() -> Result<Self> {
        find(OsStr::new("dolt")).map(Dolt).map_err(|_| {
            Error::usage("there is no dolt on the PATH")
                .with_hint(format!("install it: {INSTALLATION}; or leave --clone and --remote out"))
        })
    }

    /// The remotes of the checkout in the current folder, by name, with their addresses.
    ///
    /// # Errors
    /// A usage error where it fails.
    pub fn remotes(&self) -> Result<Vec<(String, String)>> {
        let listed = self.list_remotes().map_err(|why| Error::usage(format!("`dolt remote -v` {why}")))?;
        let remotes = listed.lines().filter_map(|line| {
            let mut words = line.split_whitespace();
            Some((words.next()?.to_owned(), words.next()?.to_owned()))
        });
        Ok(remotes.collect())
    }

    fn list_remotes(&self) -> Result<String, String> {
        let mut command = self.command(&["remote".as_ref(), "-v".as_ref()]);
        let child = spawn(command.stdout(Stdio::piped()))?;
        let (send, receive) = mpsc::channel();
        let stdout = child.take_stdout();
        // On a thread of its own: a dolt that hangs is given up.
        let read = move || {
            let mut listed = Vec::new();
            let read = stdout.map_or(Ok(0), |stdout| stdout.take(MAX_BYTES).read_to_end(&mut listed));
            send.send(read.map(|_| listed))
        };
        thread::Builder::new().spawn(read).map_err(|refused| lost(&no_thread(refused)))?;
        let Ok(listed) = receive.recv_timeout(LIST_TIMEOUT) else {
            child.end();
            return Err(format!("took more than {} s", LIST_TIMEOUT.as_secs()));
        };
        let listed = listed.map_err(|error| lost(&error))?;
        end(&child)?;
        Ok(String::from_utf8_lossy(&listed).into_owned())
    }

    /// Runs it to its end, in this folder or the current one.
    ///
    /// # Errors
    /// How it failed, such as `failed with exit code 1`.
    pub fn run(&self, arguments: &[&OsStr], folder: Option<&Path>) -> Result<(), String> {
        let mut command = self.command(arguments);
        command.stdout(io::stderr());
        if let Some(folder) = folder {
            command.current_dir(folder);
        }
        end(&spawn(&mut command)?)
    }

    fn command(&self, arguments: &[&OsStr]) -> Command {
        let mut command = Command::new(&self.0);
        // dolt has a login of its own.
        command.env_remove("DOLTHUB_TOKEN").env_remove("DH_TOKEN");
        command.args(arguments).stdin(terminal_or_nothing()).stderr(Stdio::inherit());
        command
    }
}

fn spawn(command: &mut Command) -> Result<EndingChild, String> {
    interrupt::spawn(command).map_err(|error| format!("cannot be run: {}", reason(&error)))
}

fn lost(error: &io::Error) -> String {
    format!("cannot be waited for: {}", reason(error))
}

/// Waits for the end of a child. Where a signal ended it together with this program, this does not return.
fn end(child: &EndingChild) -> Result<(), String> {
    const LONGEST_PAUSE: Duration = Duration::from_millis(50);
    /// Ctrl-C reaches both: this program may hear of it a moment later.
    const SIGNAL: Duration = Duration::from_millis(100);
    let mut pause = Duration::from_millis(1);
    let status = loop {
        match child.try_wait() {
            Ok(None) => thread::sleep(pause),
            Ok(Some(status)) => break status,
            Err(error) => return Err(lost(&error)),
        }
        pause = (pause * 2).min(LONGEST_PAUSE);
    };
    if !status.success() {
        thread::sleep(SIGNAL);
    }
    interrupt::wait_if_received();
    if status.success() { Ok(()) } else { Err(failure(status)) }
}

fn failure(status: ExitStatus) -> String {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return format!("was ended by signal {signal}");
    }
    status.code().map_or("failed".to_owned(), |code| format!("failed with exit code {code}"))
}
