//! What the user could not know if the program ended now: forks under way, and a request whose answer is awaited.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use crate::api::Accepted;
use crate::error::{Error, Kind};
use crate::interrupt::Signal;
use crate::names::{Database, Operation, shell_quote};
use crate::output::json::{Fork, State};
use crate::output::{Form, Output, prompt};

/// What waits for the operations put after it.
pub const FORK_STATUS_WAIT: &str = "dhub db fork-status --wait";

/// A fork that the service is working on.
#[derive(Clone, Debug)]
pub struct UnderWay {
    pub operation: Operation,
    pub parent: Option<Database>,
    pub owner: Option<String>,
}

impl From<&Accepted> for UnderWay {
    fn from(accepted: &Accepted) -> Self {
        UnderWay {
            operation: accepted.operation.clone(),
            parent: Some(accepted.parent.clone()),
            owner: Some(accepted.owner.clone()),
        }
    }
}

impl UnderWay {
    /// The document that says so.
    pub fn document(&self) -> Fork<'_> {
        Fork {
            operation: Some(self.operation.as_str()),
            state: State::Pending,
            parent: self.parent.as_ref().map(Into::into),
            owner: self.owner.as_deref(),
            fork: None,
            message: None,
        }
    }
}

/// Shared with the thread that waits for signals.
#[derive(Default)]
pub struct InFlight {
    inner: Mutex<Inner>,
    told: Condvar,
}

#[derive(Default)]
struct Inner {
    forks: Vec<Tracked>,
    /// What is being asked of the service, and how to find out whether it was done.
    request: Option<(String, String)>,
    /// The command that waits for the operations put after it.
    resume_with: String,
    /// A signal came: nothing more is begun.
    dying: bool,
}

struct Tracked {
    fork: UnderWay,
    /// Its end is being written to stdout at this moment.
    telling: bool,
}

/// Last words wait this long for a result that is being written, so that it is told once.
const WHILE_TELLING: Duration = Duration::from_millis(300);

impl InFlight {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// As [`InFlight::lock`], but does not return once a signal has come: whatever would follow is too late.
    fn go_on(&self) -> MutexGuard<'_, Inner> {
        let inner = self.lock();
        if inner.dying {
            drop(inner);
            loop {
                // Another thread is about to end the program.
                thread::park();
            }
        }
        inner
    }

    /// The command that waits for the operations put after it, with the options that lead to the same host.
    pub fn resume_with(&self, command: String) {
        self.lock().resume_with = command;
    }

    /// A request that changes something is about to be sent; `check` is the command that tells whether it was done.
    pub fn sending(&self, what: &str, check: String) {
        self.go_on().request = Some((what.to_owned(), check));
    }

    /// Its outcome has been told, or is about to be.
    pub fn answered(&self) {
        self.go_on().request = None;
    }

    /// The service works on this fork, and nobody was told how it ends yet.
    pub fn add(&self, fork: UnderWay) {
        let mut inner = self.go_on();
        inner.request = None;
        inner.forks.push(Tracked { fork, telling: false });
    }

    /// Tells how this fork ended, or that it is not waited for any longer.
    pub fn tell<T>(&self, operation: &Operation, tell: impl FnOnce() -> T) -> T {
        for tracked in &mut self.go_on().forks {
            tracked.telling |= tracked.fork.operation == *operation;
        }
        let told = tell();
        self.lock().forks.retain(|tracked| tracked.fork.operation != *operation);
        self.told.notify_all();
        told
    }

    /// Everything is told; the program is about to end by itself.
    pub fn end(&self) {
        drop(self.go_on());
    }

    /// The command that waits for these operations.
    pub fn resume(&self, operations: &[&Operation]) -> String {
        resume(&self.lock().resume_with, operations)
    }

    /// Tells what goes on without this program, when a signal ends it.
    pub fn last_words(&self, output: &Output, signal: Signal) {
        let (forks, request, resume_with) = self.die();
        output.stop_moving(signal == Signal::Interrupt);
        prompt::restore_terminal();
        let why = match signal {
            Signal::Interrupt => "interrupted",
            Signal::Terminate => "terminated",
            Signal::Hangup => "the terminal went away",
        };
        let mut error = Error::new(Kind::Interrupted, why);
        if !forks.is_empty() {
            let operations: Vec<&Operation> = forks.iter().map(|tracked| &tracked.fork.operation).collect();
            error = error.hint(goes_on(forks.len(), &resume(&resume_with, &operations)));
        } else if let Some((what, check)) = &request {
            error = Error::new(Kind::Interrupted, format!("{why} after asking to {what}"))
                .hint(format!("it may have been carried out; look with: {check}"));
        }
        // Without anything in flight a person knows best why it ended.
        if output.form() == Form::Json || !forks.is_empty() || request.is_some() {
            output.error(&error);
        }
        if output.form() == Form::Json {
            for tracked in forks.iter().filter(|tracked| !tracked.telling) {
                let _ = output.document(&tracked.fork.document());
            }
        }
    }

    /// Stops everything that has not begun, and takes what is under way.
    fn die(&self) -> (Vec<Tracked>, Option<(String, String)>, String) {
        let mut inner = self.lock();
        inner.dying = true;
        let is_telling = |inner: &mut Inner| inner.forks.iter().any(|tracked| tracked.telling);
        let (mut inner, _) = self
            .told
            .wait_timeout_while(inner, WHILE_TELLING, is_telling)
            .unwrap_or_else(PoisonError::into_inner);
        (std::mem::take(&mut inner.forks), inner.request.take(), inner.resume_with.clone())
    }
}

/// Says that forks go on, and how to come back to them.
pub fn goes_on(count: usize, resume: &str) -> String {
    let forks = if count == 1 { "the fork goes on by itself" } else { "the forks go on by themselves" };
    format!("{forks}; come back with: {resume}")
}

fn resume(command: &str, operations: &[&Operation]) -> String {
    let mut words = vec![command.to_owned()];
    // A name that looks like an option must not become one.
    if operations.iter().any(|operation| operation.as_str().starts_with('-')) {
        words.push("--".to_owned());
    }
    words.extend(operations.iter().map(|operation| shell_quote(operation.as_str())));
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_that_resumes_can_be_pasted_into_a_shell() {
        for (names, expected) in [
            (&["operations/a", "operations/b"][..], "dhub db fork-status --wait operations/a operations/b"),
            (&["a;reboot"], "dhub db fork-status --wait 'a;reboot'"),
            (&["--config=/x"], "dhub db fork-status --wait -- '--config=/x'"),
        ] {
            let operations: Vec<Operation> =
                names.iter().map(|name| Operation::parse(name).unwrap()).collect();
            assert_eq!(resume(FORK_STATUS_WAIT, &operations.iter().collect::<Vec<_>>()), expected);
        }
    }

    fn under_way(name: &str) -> UnderWay {
        UnderWay { operation: Operation::parse(name).unwrap(), parent: None, owner: None }
    }

    #[test]
    fn a_fork_that_was_told_is_no_longer_in_flight() {
        let in_flight = InFlight::default();
        let (first, second) = (under_way("operations/a"), under_way("operations/b"));
        in_flight.add(first.clone());
        in_flight.add(second.clone());
        in_flight.tell(&first.operation, || ());
        let (left, ..) = in_flight.die();
        assert_eq!(left.len(), 1);
        assert_eq!(left[0].fork.operation, second.operation);
    }

    #[test]
    fn a_result_that_is_being_written_is_waited_for_and_nothing_follows_it() {
        let in_flight = std::sync::Arc::new(InFlight::default());
        let fork = under_way("operations/a");
        in_flight.add(fork.clone());
        let (writing, is_writing) = std::sync::mpsc::channel();
        let (written, is_written) = std::sync::mpsc::channel::<()>();
        let main = in_flight.clone();
        thread::spawn(move || {
            main.tell(&fork.operation, || {
                writing.send(()).unwrap();
                is_written.recv_timeout(WHILE_TELLING / 3).unwrap_err();
            });
            main.sending("fork another", String::new());
            unreachable!("a signal has come");
        });
        is_writing.recv().unwrap();
        let (left, request, _) = in_flight.die();
        assert!(left.is_empty());
        assert!(request.is_none());
        drop(written);
    }
}
