//! What the user could not know if the program ended now: forks under way, and a request whose answer is awaited.

mod left;

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use crate::api::{Accepted, Failure};
use crate::bulk::{self, Gate};
use crate::interrupt::Signal;
use crate::names::{Database, Operation};
use crate::output::json::{Fork, State};
use crate::output::{Form, Output, prompt};

use left::Left;
pub use left::goes_on;

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
    requests: Vec<Sent>,
    /// The arguments that nothing was sent for yet, and the command that begins with them.
    not_begun: Vec<String>,
    begin_with: String,
    /// The command that waits for the operations put after it.
    resume_with: String,
    tickets: usize,
    /// A signal came: nothing more is begun.
    dying: bool,
}

/// A request that changes something.
#[derive(Clone)]
pub struct Change {
    /// The argument that it is sent for.
    pub argument: String,
    /// What the service is asked to do, such as `fork a/b to c`.
    pub what: String,
    /// The command that shows whether it was done.
    pub check: String,
    /// Looks whether it was done.
    pub look: Look,
}

/// Looks once, and says what is there; none where the service does not say.
pub type Look = Arc<dyn Fn() -> Option<String> + Send + Sync>;

/// A request whose outcome nobody was told yet.
struct Sent {
    ticket: Ticket,
    change: Change,
}

/// Stands for a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ticket(usize);

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

    /// Something is to be sent for each of these, as `command` does.
    pub fn expect(&self, arguments: impl Iterator<Item = String>, command: String) {
        let mut inner = self.lock();
        inner.not_begun = arguments.collect();
        inner.begin_with = command;
    }

    /// This is about to be asked for.
    fn sending(&self, change: &Change) -> Ticket {
        let mut inner = self.go_on();
        inner.not_begun.retain(|waiting| *waiting != change.argument);
        inner.tickets += 1;
        let ticket = Ticket(inner.tickets);
        inner.requests.push(Sent { ticket, change: change.clone() });
        ticket
    }

    /// Does not return once a signal has come.
    pub fn park_if_dying(&self) {
        drop(self.go_on());
    }

    /// Sends a request that changes something, through the gate; what was not carried out is sent again.
    ///
    /// Returns the ticket of the last try, which is answered once its outcome has been told.
    pub fn send<T>(
        &self,
        change: &Change,
        gate: &Gate,
        request: impl Fn() -> Result<T, Failure>,
    ) -> (Option<Ticket>, Result<T, Failure>) {
        let mut ticket = None;
        let outcome = bulk::send(gate, || {
            let sent = self.sending(change);
            ticket = Some(sent);
            let outcome = request();
            if outcome.as_ref().is_err_and(|failure| !failure.may_have_been_carried_out()) {
                self.not_carried_out(sent, &change.argument);
            }
            outcome
        });
        (ticket, outcome)
    }

    /// The request certainly changed nothing: until its failure is told, or it is sent again, nothing was begun.
    fn not_carried_out(&self, ticket: Ticket, argument: &str) {
        let mut inner = self.lock();
        inner.requests.retain(|sent| sent.ticket != ticket);
        inner.not_begun.insert(0, argument.to_owned());
    }

    /// The outcome of a request for this argument is known: a success has been told, a failure (`failed`) is about to be.
    pub fn answered(&self, argument: &str, ticket: Option<Ticket>, failed: bool) {
        if failed {
            // Nobody will hear of it any more: the last words are to tell of the request.
            self.park_if_dying();
        }
        {
            // Also after a signal: its last words leave it out then.
            let mut inner = self.lock();
            inner.requests.retain(|sent| Some(sent.ticket) != ticket);
            inner.not_begun.retain(|waiting| waiting != argument);
        }
        self.park_if_dying();
    }

    /// The service works on this fork, and nobody was told how it ends yet. `asked` is the request that began it.
    pub fn add(&self, fork: UnderWay, asked: Option<Ticket>) {
        {
            // Also after a signal: its last words may still tell of it.
            let mut inner = self.lock();
            inner.requests.retain(|sent| Some(sent.ticket) != asked);
            inner.forks.push(Tracked { fork, telling: false });
        }
        self.park_if_dying();
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

    /// The command that waits for these operations.
    pub fn resume(&self, operations: &[&Operation]) -> String {
        left::resume(&self.lock().resume_with, operations)
    }

    /// Tells what goes on without this program, when a signal ends it.
    pub fn last_words(&self, output: &Output, signal: Signal) {
        let left = self.die();
        output.stop_moving(signal == Signal::Interrupt);
        prompt::restore_terminal();
        let error = left.told(match signal {
            Signal::Interrupt => "interrupted",
            Signal::Terminate => "terminated",
            Signal::Hangup => "the terminal went away",
        });
        // Without anything in flight a person knows best why it ended.
        let is_news = !left.forks.is_empty() || !left.requests.is_empty() || !left.not_begun.is_empty();
        if output.form() == Form::Json || is_news {
            output.error(&error);
        }
        if output.form() == Form::Json {
            for tracked in left.forks.iter().filter(|tracked| !tracked.telling) {
                let _ = output.document(&tracked.fork.document());
            }
        }
    }

    /// Stops everything that has not begun, and takes what is under way. What is answered meanwhile is known.
    fn die(&self) -> Left {
        let mut inner = self.lock();
        inner.dying = true;
        let is_telling = |inner: &mut Inner| inner.forks.iter().any(|tracked| tracked.telling);
        let (inner, _) = self
            .told
            .wait_timeout_while(inner, WHILE_TELLING, is_telling)
            .unwrap_or_else(PoisonError::into_inner);
        let looks = inner.requests.iter().map(|sent| (sent.ticket, sent.change.look.clone())).collect();
        drop(inner);
        let found = left::look(looks);
        let mut inner = self.lock();
        Left {
            forks: std::mem::take(&mut inner.forks),
            requests: std::mem::take(&mut inner.requests),
            found,
            not_begun: std::mem::take(&mut inner.not_begun),
            begin_with: inner.begin_with.clone(),
            resume_with: inner.resume_with.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn under_way(name: &str) -> UnderWay {
        UnderWay { operation: Operation::parse(name).unwrap(), parent: None, owner: None }
    }

    fn change(argument: &str, what: &str, check: &str) -> Change {
        let [argument, what, check] = [argument, what, check].map(str::to_owned);
        Change { argument, what, check, look: Arc::new(|| Some("looked".to_owned())) }
    }

    #[test]
    fn a_fork_that_was_told_is_no_longer_in_flight() {
        let in_flight = InFlight::default();
        let (first, second) = (under_way("operations/a"), under_way("operations/b"));
        in_flight.add(first.clone(), None);
        in_flight.add(second.clone(), None);
        in_flight.tell(&first.operation, || ());
        let left = in_flight.die();
        assert_eq!(left.forks.len(), 1);
        assert_eq!(left.forks[0].fork.operation, second.operation);
    }

    #[test]
    fn last_words_tell_what_runs_what_may_have_been_done_and_what_was_not_begun() {
        let in_flight = InFlight::default();
        in_flight.resume_with(FORK_STATUS_WAIT.to_owned());
        in_flight
            .expect(["a/b", "d/e", "f/g", "h/i"].map(str::to_owned).into_iter(), "dhub db fork".to_owned());
        let first = in_flight.sending(&change("a/b", "fork a/b to c", "dhub db forks c/b"));
        in_flight.sending(&change("d/e", "fork d/e to c", "dhub db forks c/e"));
        in_flight.add(under_way("operations/a"), Some(first));
        let error = in_flight.die().told("interrupted");
        let message = "interrupted after asking to fork d/e to c (looked); 2 arguments were not begun";
        assert_eq!(error.message, message);
        assert_eq!(
            error.hint.as_deref().unwrap(),
            "it may have been carried out; look with: dhub db forks c/e; \
             to begin with the rest: dhub db fork f/g h/i; \
             the fork goes on by itself; come back with: dhub db fork-status --wait operations/a"
        );
    }

    #[test]
    fn a_result_that_is_being_written_is_waited_for_and_nothing_follows_it() {
        let in_flight = std::sync::Arc::new(InFlight::default());
        let fork = under_way("operations/a");
        in_flight.add(fork.clone(), None);
        let (writing, is_writing) = std::sync::mpsc::channel();
        let (written, is_written) = std::sync::mpsc::channel::<()>();
        let main = in_flight.clone();
        thread::spawn(move || {
            main.tell(&fork.operation, || {
                writing.send(()).unwrap();
                is_written.recv_timeout(WHILE_TELLING / 3).unwrap_err();
            });
            main.sending(&change("a/b", "fork another", ""));
            unreachable!("a signal has come");
        });
        is_writing.recv().unwrap();
        let left = in_flight.die();
        assert!(left.forks.is_empty() && left.requests.is_empty());
        drop(written);
    }
}
