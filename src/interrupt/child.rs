//! A child that ends with the program: a signal that ends the one ends the other, and nothing else of its group.

use std::io;
use std::process::{Child, ChildStdout, Command, ExitStatus};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// The child that runs now; there is one at most.
static RUNNING: Mutex<Option<Arc<Mutex<Child>>>> = Mutex::new(None);

/// A child that was asked to end gets this long before it is killed.
const GRACE_PERIOD: Duration = Duration::from_millis(200);

/// A running child; a signal that ends this program ends it, too.
#[derive(Debug)]
pub struct EndingChild(Arc<Mutex<Child>>);

/// Starts a child that ends with this program.
///
/// # Errors
/// When it cannot be started.
pub fn spawn(command: &mut Command) -> io::Result<EndingChild> {
    // Without a handler, a signal leaves the child behind: that is no reason not to start it.
    let _ = super::catch();
    // The lock keeps a signal from coming in between.
    let mut running = locked(&RUNNING);
    let child = Arc::new(Mutex::new(command.spawn()?));
    *running = Some(child.clone());
    Ok(EndingChild(child))
}

/// Ends the child that runs now, if there is one.
pub(super) fn end_running() {
    // Not a second one from here on: the lock is never given back.
    let running = locked(&RUNNING);
    if let Some(child) = running.as_ref() {
        end(child);
    }
    std::mem::forget(running);
}

impl EndingChild {
    /// What it writes to, once.
    pub fn take_stdout(&self) -> Option<ChildStdout> {
        locked(&self.0).stdout.take()
    }

    /// How it ended, once it has.
    ///
    /// # Errors
    /// When the system cannot say.
    pub fn try_wait(&self) -> io::Result<Option<ExitStatus>> {
        locked(&self.0).try_wait()
    }

    /// Asks it to end, and kills it if it does not.
    pub fn end(&self) {
        end(&self.0);
    }
}

impl Drop for EndingChild {
    fn drop(&mut self) {
        // A signal that holds the lock is about to end the program.
        if let Ok(mut running) = RUNNING.try_lock() {
            *running = None;
        }
    }
}

fn end(child: &Mutex<Child>) {
    let mut child = locked(child);
    if ask_to_end(&mut child).is_ok() {
        let deadline = Instant::now() + GRACE_PERIOD;
        while Instant::now() < deadline {
            if !matches!(child.try_wait(), Ok(None)) {
                return;
            }
            thread::sleep(Duration::from_millis(2));
        }
    }
    let _ = child.kill();
    let _ = child.wait();
}

#[cfg(unix)]
fn ask_to_end(child: &mut Child) -> io::Result<()> {
    use rustix::process::{Pid, Signal, kill_process};
    // The number of one that was waited for may be another's.
    if child.try_wait()?.is_none() {
        kill_process(Pid::from_child(child), Signal::TERM)?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn ask_to_end(_: &mut Child) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// A child is as good after a panic as before.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
