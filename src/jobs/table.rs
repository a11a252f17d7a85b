//! The state of each job, in one place: what was sent, what runs at the service, and what a signal leaves unfinished.

use std::sync::{Condvar, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use crate::api::{Interrupted, WriteHook};
use crate::error::Kind;
use crate::names::Operation;
use crate::shell;

use super::schedule::TimeLimit;
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
    /// It goes on at the service, and that is the result: it is no error, but decides the exit code.
    Pending(E),
    /// It was not done.
    Failed(E),
}

impl<E> Outcome<E> {
    /// What went wrong.
    pub fn error(&self) -> Option<&E> {
        match self {
            Outcome::Done | Outcome::AlreadyExists => None,
            Outcome::StillRunning(error) | Outcome::Pending(error) | Outcome::Failed(error) => Some(error),
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
    /// Its result is being written at this moment; this is what it was before.
    Writing(Box<JobState>),
    /// Its result was reported.
    Ended(Outcome),
}

impl JobState {
    /// The state, or where a result is being written, the one before.
    fn before_writing(&self) -> &JobState {
        match self {
            JobState::Writing(before) => before,
            state => state,
        }
    }
}

/// A report waits this long for a result that is being written, so that it is reported once.
const WRITE_TIMEOUT: Duration = Duration::from_millis(300);

/// Why a lock is never poisoned.
const NO_PANIC: &str = "nothing panics while it holds the table's lock";

impl Table {
    /// A table of jobs by their arguments, with the forks that are waited for from the start.
    pub fn new(jobs: impl Iterator<Item = (String, Option<RunningFork>)>, commands: Commands) -> Self {
        let state = |fork: Option<RunningFork>| fork.map_or(JobState::Waiting, JobState::Running);
        let jobs = jobs.map(|(text, fork)| Job { text, state: state(fork) }).collect();
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

    /// The outcomes of all jobs, once all have ended.
    pub fn outcomes(&self) -> Vec<Outcome> {
        let jobs = &self.lock().jobs;
        let ended = jobs.iter().filter_map(|job| match job.state {
            JobState::Ended(outcome) => Some(outcome),
            _ => None,
        });
        ended.collect()
    }

    /// A signal came: begins nothing more.
    pub fn interrupt(&self) {
        self.lock().interrupted = true;
    }

    /// Takes what is unfinished, with a lookup of what is on the wire. What completes meanwhile is still written.
    pub fn take_unfinished(&self) -> Unfinished {
        let sent = |(number, job): (usize, &Job)| match job.state.before_writing() {
            JobState::Sent(write) => Some((number, write.lookup.clone())),
            _ => None,
        };
        let lookups = self.lock().jobs.iter().enumerate().filter_map(sent).collect();
        let found = unfinished::look_up(lookups);
        let is_writing =
            |state: &mut State| state.jobs.iter().any(|job| matches!(job.state, JobState::Writing(_)));
        let (mut state, _) =
            self.written.wait_timeout_while(self.lock(), WRITE_TIMEOUT, is_writing).expect(NO_PANIC);
        state.reported = true;
        let mut unfinished = Unfinished::new(self.commands.clone());
        for (number, job) in state.jobs.iter().enumerate() {
            let is_writing = matches!(job.state, JobState::Writing(_));
            match job.state.before_writing() {
                JobState::Waiting => unfinished.waiting.push(job.text.clone()),
                JobState::Sent(write) => {
                    unfinished.sent.push((job.text.clone(), write.clone(), found.get(&number).cloned()));
                }
                JobState::Running(fork) if is_writing => unfinished.writing.push(fork.operation.clone()),
                JobState::Running(fork) => unfinished.running.push(fork.clone()),
                JobState::Writing(_) | JobState::Ended(_) => {}
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
            .filter_map(|job| match job.state.before_writing() {
                JobState::Running(fork) => Some(fork.operation.as_str()),
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
    /// The hook for a write of this job, which is not begun any more after the limit.
    pub fn sending(self, write: PendingWrite, limit: Option<&'a TimeLimit>) -> Sending<'a> {
        Sending { slot: self, write, limit }
    }

    /// The same command for this job alone.
    pub fn again(self) -> String {
        let text = self.table.lock().jobs[self.number].text.clone();
        shell::command_line(&self.table.commands.again, [text.as_str()].into_iter())
    }

    /// The service is working on this fork.
    ///
    /// # Errors
    /// When a signal has come. The fork is in its report, unless that is already made: then its request is.
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
            let before = std::mem::replace(&mut job.state, JobState::Waiting);
            job.state = JobState::Writing(Box::new(before));
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
    limit: Option<&'a TimeLimit>,
}

impl WriteHook for Sending<'_> {
    fn before_attempt(&self) -> Result<(), Interrupted> {
        let mut state = self.slot.table.lock();
        if state.interrupted {
            return Err(Interrupted);
        }
        state.jobs[self.slot.number].state = JobState::Sent(self.write.clone());
        if let Some(limit) = self.limit {
            limit.start(Instant::now());
        }
        Ok(())
    }

    fn had_no_effect(&self) {
        self.slot.table.lock().jobs[self.slot.number].state = JobState::Waiting;
    }

    fn deadline(&self) -> Option<Instant> {
        self.limit?.deadline()
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
            again: "dhub db fork".to_owned(),
            again_existing: String::new(),
            reports_unstarted: true,
            resume: "dhub db fork-status --wait".to_owned(),
        };
        Table::new(texts.iter().map(|&text| (text.to_owned(), None)), commands)
    }

    fn interrupt(table: &Table) -> Unfinished {
        table.interrupt();
        table.take_unfinished()
    }

    #[test]
    fn a_fork_whose_result_was_written_is_finished() {
        let table = table(&["a/b", "c/d"]);
        table.slot(0).accepted(fork("operations/a")).unwrap();
        table.slot(1).accepted(fork("operations/b")).unwrap();
        table.slot(0).end(|| Outcome::Done).unwrap();
        let unfinished = interrupt(&table);
        let operations: Vec<_> = unfinished.running.iter().map(|fork| fork.operation.as_str()).collect();
        assert_eq!(operations, ["operations/b"]);
    }

    #[test]
    fn a_signal_reports_what_runs_what_may_have_taken_effect_and_what_was_not_started() {
        let table = table(&["a/b", "d/e", "f/g", "h/i"]);
        table.slot(0).sending(write("fork a/b to c", "dhub db forks c/b"), None).before_attempt().unwrap();
        table.slot(1).sending(write("fork d/e to c", "dhub db forks c/e"), None).before_attempt().unwrap();
        table.slot(0).accepted(fork("operations/a")).unwrap();
        let error = interrupt(&table).error("interrupted");
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
        let hook = slot.sending(write("fork a/b to c", ""), None);
        hook.before_attempt().unwrap();
        hook.had_no_effect();
        assert_eq!(interrupt(&table).waiting, ["a/b"]);
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
            let unfinished = interrupt(&table);
            assert!(unfinished.running.is_empty() && unfinished.writing.is_empty());
        });
        assert_eq!(table.slot(1).sending(write("", ""), None).before_attempt(), Err(Interrupted));
        assert_eq!(table.slot(1).end(|| Outcome::Done), Err(Interrupted));
    }

    #[test]
    fn a_result_that_cannot_be_written_in_time_is_reported_as_what_it_was_before() {
        let table = table(&["a/b", "c/d"]);
        table.slot(0).sending(write("create a/b", "dhub db forks a/b"), None).before_attempt().unwrap();
        table.slot(1).accepted(fork("operations/c")).unwrap();
        let (writing, are_writing) = mpsc::channel();
        let (reported, is_reported) = mpsc::channel::<()>();
        let is_reported = std::sync::Mutex::new(is_reported);
        thread::scope(|scope| {
            for number in [0, 1] {
                let (table, writing, is_reported) = (&table, writing.clone(), &is_reported);
                scope.spawn(move || {
                    table.slot(number).end(|| {
                        writing.send(()).unwrap();
                        let _ = is_reported.lock().unwrap().recv();
                        Outcome::Done
                    })
                });
            }
            are_writing.recv().unwrap();
            are_writing.recv().unwrap();
            let unfinished = interrupt(&table);
            drop(reported);
            assert_eq!(unfinished.sent.len(), 1);
            assert_eq!(unfinished.sent[0].2.as_deref(), Some("looked"));
            assert_eq!(unfinished.writing, [Operation::parse("operations/c").unwrap()]);
            assert!(unfinished.running.is_empty() && unfinished.waiting.is_empty());
        });
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
