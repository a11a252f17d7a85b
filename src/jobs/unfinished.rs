//! What a signal leaves unfinished: a last lookup, and the report that says how to go on.

use std::collections::HashMap;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use crate::api::Accepted;
use crate::error::{Error, Kind};
use crate::names::{Database, Operation};

use super::task::Task;
use super::{long_list, task};

/// Last lookups may take this long. With what is being written it leaves time for the report itself.
const LOOKUP_TIMEOUT: Duration = Duration::from_millis(500);
/// So many last lookups at a time.
const MAX_LOOKUPS: usize = 16;

/// Commands that reports show, without the arguments that go after them.
#[derive(Clone, Debug)]
pub struct Commands {
    /// The same command, for the arguments put after it.
    pub again: String,
    /// The same where some may have taken effect.
    pub again_existing: String,
    /// Whether something is lost when a job is not started.
    pub reports_unstarted: bool,
    /// Waits for the operations put after it.
    pub resume: String,
}

/// A fork that the service is working on.
#[derive(Clone, Debug)]
pub struct RunningFork {
    /// What its status is requested with.
    pub operation: Operation,
    /// What is forked, where this command knows.
    pub parent: Option<Database>,
    /// The fork's owner, where this command knows.
    pub owner: Option<String>,
}

impl From<&Accepted> for RunningFork {
    fn from(accepted: &Accepted) -> Self {
        RunningFork {
            operation: accepted.operation.clone(),
            parent: Some(accepted.parent.clone()),
            owner: Some(accepted.owner.clone()),
        }
    }
}

/// Looks up once whether a write took effect, and says what is there; none where the service does not say.
pub type Lookup = Arc<dyn Fn() -> Option<String> + Send + Sync>;

/// A request that changes something, and whose outcome is unknown.
#[derive(Clone)]
pub struct PendingWrite {
    /// What the service is to do, such as `fork a/b to c`.
    pub action: String,
    /// The command that shows whether it took effect; none where none can.
    pub check: Option<String>,
    /// Looks up whether it took effect.
    pub lookup: Lookup,
}

/// What is unfinished when a signal comes.
pub struct Unfinished {
    commands: Commands,
    /// Tasks for which nothing was sent.
    pub waiting: Vec<Task>,
    /// Tasks, the requests on the wire for them, and what a last lookup found.
    pub sent: Vec<(Task, PendingWrite, Option<String>)>,
    /// Forks that go on at the service.
    pub running: Vec<RunningFork>,
    /// Those of them that the same command resumes.
    pub resumed_by_again: Vec<Task>,
    /// Forks whose result could not be written to its end.
    pub writing: Vec<Operation>,
    /// What was done and may not have been read, by name.
    pub unread: Vec<String>,
}

impl Unfinished {
    /// Nothing, so far.
    pub fn new(commands: Commands) -> Self {
        Unfinished {
            commands,
            waiting: Vec::new(),
            sent: Vec::new(),
            running: Vec::new(),
            resumed_by_again: Vec::new(),
            writing: Vec::new(),
            unread: Vec::new(),
        }
    }

    /// Whether there is nothing that a person would not know.
    pub fn is_empty(&self) -> bool {
        self.not_started().is_empty()
            && self.sent.is_empty()
            && self.running.is_empty()
            && self.writing.is_empty()
            && self.unread.is_empty()
    }

    /// The tasks that are lost unless they are reported.
    pub fn not_started(&self) -> &[Task] {
        if self.commands.reports_unstarted { &self.waiting } else { &[] }
    }

    /// The last error: why the program ends, what it leaves unfinished, and how to go on.
    pub fn error(&self, kind: Kind, why: &str) -> Error {
        let mut message = why.to_owned();
        let mut hints = Vec::new();
        if !self.sent.is_empty() {
            let actions: Vec<String> = self
                .sent
                .iter()
                .map(|(_, write, found)| match found {
                    Some(found) => format!("{} ({found})", write.action),
                    None => write.action.clone(),
                })
                .collect();
            let checks: Vec<&str> =
                self.sent.iter().filter_map(|(_, write, _)| write.check.as_deref()).collect();
            message.push_str(&format!(" after sending: {}", actions.join(", ")));
            hints.push(match checks.as_slice() {
                [] => "it may have taken effect: look at what is there before you send it again".to_owned(),
                checks => format!("it may have taken effect; check with: {}", checks.join("; ")),
            });
        }
        match self.not_started().len() {
            0 => {}
            1 => message.push_str("; 1 not started"),
            count => message.push_str(&format!("; {count} not started")),
        }
        if !self.not_started().is_empty() {
            let again = task::command(&self.commands.again, self.waiting.iter());
            hints.push(format!("to continue: {again}"));
        }
        let operations: Vec<&str> = self
            .running
            .iter()
            .map(|fork| &fork.operation)
            .chain(&self.writing)
            .map(Operation::as_str)
            .collect();
        if !self.resumed_by_again.is_empty() {
            let resume = task::command(&self.commands.again_existing, self.resumed_by_again.iter());
            hints.push(goes_on(operations.len(), &resume));
        } else if !operations.is_empty() {
            let resume = long_list::command(&self.commands.resume, operations.iter().copied());
            hints.push(goes_on(operations.len(), &resume));
        }
        if !self.unread.is_empty() {
            hints.push(format!("done: {}", long_list::names(&self.unread)));
        }
        let error = Error::new(kind, message);
        let error = match self.sent.as_slice() {
            [(task, ..)] => error.with_task(&task.argument, task.owner.as_deref()),
            _ => error,
        };
        if hints.is_empty() { error } else { error.with_hint(hints.join("; ")) }
    }
}

/// Looks up whether what was sent took effect, for as long as the end can be delayed. The results are by job.
pub fn look_up(lookups: Vec<(usize, Lookup)>) -> HashMap<usize, String> {
    let (found, results) = mpsc::channel();
    for (number, lookup) in lookups.into_iter().take(MAX_LOOKUPS) {
        let found = found.clone();
        // Where the system refuses a thread, there is no last lookup.
        let _ = thread::Builder::new().spawn(move || found.send((number, lookup())));
    }
    drop(found);
    let deadline = Instant::now() + LOOKUP_TIMEOUT;
    let next = || results.recv_timeout(deadline.saturating_duration_since(Instant::now())).ok();
    std::iter::from_fn(next).filter_map(|(number, found)| Some((number, found?))).collect()
}

/// Says that forks go on, and how to come back to them.
pub fn goes_on(count: usize, resume: &str) -> String {
    let forks =
        if count == 1 { "the fork continues on the service" } else { "the forks continue on the service" };
    format!("{forks}; to resume: {resume}")
}
