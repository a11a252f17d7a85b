//! The state of each job, in one place: what was sent, what runs at the service, and what a signal leaves unfinished.

use std::sync::{Condvar, Mutex, MutexGuard};
use std::time::Duration;

use crate::api::{Interrupted, WriteHook};
use crate::error::Kind;
use crate::names::Operation;
use crate::shell;

use super::unfinished::{self, Commands, PendingWrite, RunningFork, Unfinished};

/// How a job ended, with an error where it did not succeed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome<E = Kind> {
    /// It was done now.
    Done,
    /// It already existed.
    AlreadyExists,
    /// It goes on at the service unwatched, so that trying again would do it twice.
    StillRunning(E),
    /// It was not done.
    Failed(E),
}

impl<E> Outcome<E> {
    /// What went wrong.
    pub fn error(&self) -> Option<&E> {
        match self {
            Outcome::Done | Outcome::AlreadyExists => None,
            Outcome::StillRunning(error) | Outcome::Failed(error) => Some(error),
        }
    }
}

/// Shared with the thread that waits for signals.
pub struct Table {
    state: Mutex<State>,
    written: Condvar,
    commands: Commands,
}

struct State {
    jobs: Vec<Job>,
    /// A signal came: nothing more is begun.
    interrupted: bool,
    /// What is unfinished was taken to be reported: nothing more is written.
    reported: bool,
}

struct Job {
    /// The argument as it was given.
    text: String,
    state: JobState,
}

enum JobState {
    /// Nothing was sent, or it had no effect.
    Waiting,
    /// A request is on the wire.
    Sent(PendingWrite),
    /// The service is working on it.
    Running(RunningFork),
    /// Its result is being written at this moment.
    Writing(Option<RunningFork>),
    /// Its result was reported.
    Ended(Outcome),
}

/// A report waits this long for a result that is being written, so that it is reported once.
const WRITE_TIMEOUT: Duration = Duration::from_millis(300);

/// Why a lock is never poisoned.
const NO_PANIC: &str = "nothing panics while it holds the table's lock";

impl Table {
    /// A table of jobs of which none has begun, by their arguments.
    pub fn new(texts: Vec<String>, commands: Commands) -> Self {
        let jobs = texts.into_iter().map(|text| Job { text, state: JobState::Waiting }).collect();
        let state = State { jobs, interrupted: false, reported: false };
        Table { state: Mutex::new(state), written: Condvar::new(), commands }
    }

    /// The place of the job with this number.
    pub fn slot(&self, number: usize) -> Slot<'_> {
        Slot { table: self, number }
    }

    /// Whether a signal has come.
    pub fn is_interrupted(&self) -> bool {
        self.lock().interrupted
    }

    /// Arguments and outcomes of all jobs, once all have ended.
    pub fn outcomes(&self) -> Vec<(String, Outcome)> {
        let jobs = &self.lock().jobs;
        let ended = jobs.iter().filter_map(|job| match job.state {
            JobState::Ended(outcome) => Some((job.text.clone(), outcome)),
            _ => None,
        });
        ended.collect()
    }

    /// Begins nothing more, and takes what is unfinished, with a lookup of what is on the wire. What completes
    /// meanwhile is still written.
    pub fn interrupt(&self) -> Unfinished {
        let mut state = self.lock();
        state.interrupted = true;
        let sent = |(number, job): (usize, &Job)| match &job.state {
            JobState::Sent(write) => Some((number, write.lookup.clone())),
            _ => None,
        };
        let lookups = state.jobs.iter().enumerate().filter_map(sent).collect();
        drop(state);
        let found = unfinished::look_up(lookups);
        let is_writing =
            |state: &mut State| state.jobs.iter().any(|job| matches!(job.state, JobState::Writing(_)));
        let (mut state, _) =
            self.written.wait_timeout_while(self.lock(), WRITE_TIMEOUT, is_writing).expect(NO_PANIC);
        state.reported = true;
        let mut unfinished = Unfinished::new(self.commands.clone());
        for (number, job) in state.jobs.iter().enumerate() {
            match &job.state {
                JobState::Waiting => unfinished.waiting.push(job.text.clone()),
                JobState::Sent(write) => {
                    unfinished.sent.push((job.text.clone(), write.clone(), found.get(&number).cloned()));
                }
                JobState::Running(fork) => unfinished.running.push(fork.clone()),
                JobState::Writing(Some(fork)) => unfinished.writing.push(fork.operation.clone()),
                JobState::Writing(None) | JobState::Ended(_) => {}
            }
        }
        unfinished
    }

    /// The forks that go on at the service and the command that waits for them, for a panic: none where the table is
    /// locked, maybe by the thread that panics.
    pub fn running_now(&self) -> Option<String> {
        let state = self.state.try_lock().ok()?;
        let operations: Vec<&str> = state
            .jobs
            .iter()
            .filter_map(|job| match &job.state {
                JobState::Running(fork) | JobState::Writing(Some(fork)) => Some(fork.operation.as_str()),
                _ => None,
            })
            .collect();
        let resume = shell::command_line(&self.commands.resume, operations.iter().copied());
        (!operations.is_empty()).then(|| unfinished::goes_on(operations.len(), &resume))
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect(NO_PANIC)
    }
}

/// One job's place in the table.
#[derive(Clone, Copy)]
pub struct Slot<'a> {
    table: &'a Table,
    number: usize,
}

impl<'a> Slot<'a> {
    /// The hook for a write of this job.
    pub fn sending(self, write: PendingWrite) -> Sending<'a> {
        Sending { slot: self, write }
    }

    /// The service is working on this fork.
    ///
    /// # Errors
    /// When a signal has come. The fork is in its report.
    pub fn accepted(self, fork: RunningFork) -> Result<(), Interrupted> {
        let mut state = self.table.lock();
        state.jobs[self.number].state = JobState::Running(fork);
        if state.interrupted { Err(Interrupted) } else { Ok(()) }
    }

    /// The command that waits for this operation.
    pub fn resume(self, operation: &Operation) -> String {
        shell::command_line(&self.table.commands.resume, [operation.as_str()].into_iter())
    }

    /// Writes the job's result, which ends it.
    ///
    /// # Errors
    /// When a signal has come and the job is reported as unfinished.
    pub fn end(self, write: impl FnOnce() -> Outcome) -> Result<(), Interrupted> {
        {
            let mut state = self.table.lock();
            if state.reported {
                return Err(Interrupted);
            }
            let job = &mut state.jobs[self.number];
            job.state = match std::mem::replace(&mut job.state, JobState::Waiting) {
                JobState::Running(fork) => JobState::Writing(Some(fork)),
                _ => JobState::Writing(None),
            };
        }
        let outcome = write();
        self.table.lock().jobs[self.number].state = JobState::Ended(outcome);
        self.table.written.notify_all();
        Ok(())
    }
}

/// Keeps the table informed of each attempt at a write.
pub struct Sending<'a> {
    slot: Slot<'a>,
    write: PendingWrite,
}

impl WriteHook for Sending<'_> {
    fn before_attempt(&self) -> Result<(), Interrupted> {
        let mut state = self.slot.table.lock();
        if state.interrupted {
            return Err(Interrupted);
        }
        state.jobs[self.slot.number].state = JobState::Sent(self.write.clone());
        Ok(())
    }

    fn had_no_effect(&self) {
        self.slot.table.lock().jobs[self.slot.number].state = JobState::Waiting;
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, mpsc};
    use std::thread;

    use super::*;

    fn fork(name: &str) -> RunningFork {
        RunningFork { operation: Operation::parse(name).unwrap(), parent: None, owner: None }
    }

    fn write(action: &str, check: &str) -> PendingWrite {
        let [action, check] = [action, check].map(str::to_owned);
        PendingWrite { action, check, lookup: Arc::new(|| Some("looked".to_owned())) }
    }

    fn table(texts: &[&str]) -> Table {
        let commands = Commands {
            start: Some("dhub db fork".to_owned()),
            retry: String::new(),
            retry_existing: String::new(),
            resume: "dhub db fork-status --wait".to_owned(),
        };
        Table::new(texts.iter().map(|&text| text.to_owned()).collect(), commands)
    }

    #[test]
    fn a_fork_whose_result_was_written_is_finished() {
        let table = table(&["a/b", "c/d"]);
        table.slot(0).accepted(fork("operations/a")).unwrap();
        table.slot(1).accepted(fork("operations/b")).unwrap();
        table.slot(0).end(|| Outcome::Done).unwrap();
        let unfinished = table.interrupt();
        let operations: Vec<_> = unfinished.running.iter().map(|fork| fork.operation.as_str()).collect();
        assert_eq!(operations, ["operations/b"]);
    }

    #[test]
    fn a_signal_reports_what_runs_what_may_have_taken_effect_and_what_was_not_started() {
        let table = table(&["a/b", "d/e", "f/g", "h/i"]);
        table.slot(0).sending(write("fork a/b to c", "dhub db forks c/b")).before_attempt().unwrap();
        table.slot(1).sending(write("fork d/e to c", "dhub db forks c/e")).before_attempt().unwrap();
        table.slot(0).accepted(fork("operations/a")).unwrap();
        let error = table.interrupt().error("interrupted");
        let message = "interrupted after sending: fork d/e to c (looked); 2 not started";
        assert_eq!(error.message, message);
        assert_eq!(
            error.hint.as_deref().unwrap(),
            "it may have taken effect; check with: dhub db forks c/e; \
             to continue: dhub db fork f/g h/i; \
             the fork continues on the service; to resume: dhub db fork-status --wait operations/a"
        );
    }

    #[test]
    fn an_attempt_without_effect_leaves_its_job_waiting() {
        let table = table(&["a/b"]);
        let slot = table.slot(0);
        let hook = slot.sending(write("fork a/b to c", ""));
        hook.before_attempt().unwrap();
        hook.had_no_effect();
        assert_eq!(table.interrupt().waiting, ["a/b"]);
        assert_eq!(hook.before_attempt(), Err(Interrupted));
    }

    #[test]
    fn a_result_that_is_being_written_is_waited_for_and_nothing_follows_it() {
        let table = table(&["a/b", "c/d"]);
        table.slot(0).accepted(fork("operations/a")).unwrap();
        let (writing, is_writing) = mpsc::channel();
        thread::scope(|scope| {
            scope.spawn(|| {
                let written = table.slot(0).end(|| {
                    writing.send(()).unwrap();
                    thread::sleep(WRITE_TIMEOUT / 3);
                    Outcome::Done
                });
                assert_eq!(written, Ok(()));
            });
            is_writing.recv().unwrap();
            let unfinished = table.interrupt();
            assert!(unfinished.running.is_empty() && unfinished.writing.is_empty());
        });
        assert_eq!(table.slot(1).sending(write("", "")).before_attempt(), Err(Interrupted));
        assert_eq!(table.slot(1).end(|| Outcome::Done), Err(Interrupted));
    }

    #[test]
    fn a_panic_finds_the_forks_that_run_unless_it_holds_the_lock() {
        let table = table(&["a/b"]);
        assert_eq!(table.running_now(), None);
        table.slot(0).accepted(fork("operations/a")).unwrap();
        assert!(table.running_now().unwrap().ends_with("dhub db fork-status --wait operations/a"));
        let _locked = table.lock();
        assert_eq!(table.running_now(), None);
    }
}
