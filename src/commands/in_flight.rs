//! What the user could not know if the program ended now: forks under way, and a request whose answer is awaited.

use std::sync::{Mutex, MutexGuard, PoisonError};

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
pub struct InFlight(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    forks: Vec<UnderWay>,
    /// What is being asked of the service, and how to find out whether it was done.
    request: Option<(String, String)>,
    /// The command that waits for the operations put after it.
    resume_with: String,
}

impl InFlight {
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The command that waits for the operations put after it, with the options that lead to the same host.
    pub fn resume_with(&self, command: String) {
        self.inner().resume_with = command;
    }

    /// A request that changes something is about to be sent; `check` is the command that tells whether it was done.
    pub fn sending(&self, what: &str, check: String) {
        self.inner().request = Some((what.to_owned(), check));
    }

    /// Its answer has come, or is known to be lost.
    pub fn answered(&self) {
        self.inner().request = None;
    }

    /// The service works on this fork, and nobody was told how it ends yet.
    pub fn add(&self, fork: UnderWay) {
        let mut inner = self.inner();
        inner.request = None;
        inner.forks.push(fork);
    }

    /// It is about to be told how this fork ended. False where the last words told of it already.
    pub fn settle(&self, operation: &Operation) -> bool {
        let mut inner = self.inner();
        let before = inner.forks.len();
        inner.forks.retain(|fork| fork.operation != *operation);
        inner.forks.len() < before
    }

    /// The command that waits for these operations.
    pub fn resume(&self, operations: &[&Operation]) -> String {
        resume(&self.inner().resume_with, operations)
    }

    /// Tells what goes on without this program, when a signal ends it.
    pub fn last_words(&self, output: &Output, signal: Signal) {
        let (forks, request, resume_with) = {
            let mut inner = self.inner();
            (std::mem::take(&mut inner.forks), inner.request.take(), inner.resume_with.clone())
        };
        output.stop_moving(signal == Signal::Interrupt);
        prompt::restore_terminal();
        let why = match signal {
            Signal::Interrupt => "interrupted",
            Signal::Terminate => "terminated",
            Signal::Hangup => "the terminal went away",
        };
        let mut error = Error::new(Kind::Interrupted, why);
        if !forks.is_empty() {
            let operations: Vec<&Operation> = forks.iter().map(|fork| &fork.operation).collect();
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
            for fork in &forks {
                let _ = output.document(&fork.document());
            }
        }
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

    #[test]
    fn a_fork_is_settled_once() {
        let in_flight = InFlight::default();
        let operation = Operation::parse("operations/a").unwrap();
        in_flight.add(UnderWay { operation: operation.clone(), parent: None, owner: None });
        assert!(in_flight.settle(&operation));
        assert!(!in_flight.settle(&operation));
    }
}
