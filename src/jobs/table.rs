//! The state of each job, in one place: what was sent, what runs at the service, and what a signal leaves unfinished.

use std::collections::HashMap;
use std::sync::{Condvar, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use crate::api::{Interrupted, WriteHook};
use crate::error::Kind;
use crate::names::Operation;
use crate::shell;

use super::schedule::TimeLimit;
use super::task::{self, Task};
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
    /// Nothing can be written to stdout any more: nothing that was not begun is begun.
    unwritable: bool,
    /// Stdout is closed: what was written before may not have been read either.
    closed: bool,
}

struct Job {
    /// What it is about.
    task: Task,
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
    /// Its result was reported. With what it left at the service, in case that it was not read.
    Ended(Outcome, Left),
}

/// What a job that has ended left at the service.
#[derive(Clone, Debug, Default)]
pub enum Left {
    /// Nothing that is new.
    #[default]
    Nothing,
    /// A fork that goes on.
    Running(Operation),
    /// What was done, by name.
    Done(String),
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
    /// A table of jobs by what they are about, with the forks that are waited for from the start.
    pub fn new(jobs: impl Iterator<Item = (Task, Option<RunningFork>)>, commands: Commands) -> Self {
        let state = |fork: Option<RunningFork>| fork.map_or(JobState::Waiting, JobState::Running);
        let jobs = jobs.map(|(task, fork)| Job { task, state: state(fork) }).collect();
        let state = State { jobs, interrupted: false, reported: false, unwritable: false, closed: false };
        Table { state: Mutex::new(state), written: Condvar::new(), commands }
    }

    /// The place of the job with this number.
    pub fn slot(&self, number: usize) -> Slot<'_> {
        Slot { table: self, number }
    }

    /// Whether the next step of a job may be done: no signal has come, and stdout is open or the job was begun.
    pub fn may_go_on(&self, number: usize) -> bool {
        let state = self.lock();
        let is_begun = || !matches!(state.jobs[number].state, JobState::Waiting);
        !state.interrupted && (!state.unwritable || is_begun())
    }

    /// Why nothing more is written to stdout, if that is so.
    pub fn why_unwritable(&self) -> Option<&'static str> {
        let state = self.lock();
        let why = if state.closed { "stdout is closed" } else { "stdout cannot be written to" };
        state.unwritable.then_some(why)
    }

    /// The outcomes of all jobs, once all have ended; none for one that was not begun.
    pub fn outcomes(&self) -> Vec<Option<Outcome>> {
        let jobs = &self.lock().jobs;
        let ended = jobs.iter().map(|job| match job.state {
            JobState::Ended(outcome, _) => Some(outcome),
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
        self.unfinished(&state, &found)
    }

    /// What is unfinished at this moment, for a panic: none where the table is locked, maybe by the thread that panics.
    pub fn unfinished_now(&self) -> Option<Unfinished> {
        Some(self.unfinished(&*self.state.try_lock().ok()?, &HashMap::new()))
    }

    /// What is unfinished; `found` is what last lookups found.
    fn unfinished(&self, state: &State, found: &HashMap<usize, String>) -> Unfinished {
        let mut unfinished = Unfinished::new(self.commands.clone());
        for (number, job) in state.jobs.iter().enumerate() {
            let goes_on = matches!(job.state.before_writing(), JobState::Running(_));
            if goes_on && job.task.again_resumes {
                unfinished.resumed_by_again.push(job.task.clone());
            }
            let is_writing = matches!(job.state, JobState::Writing(_));
            match job.state.before_writing() {
                JobState::Waiting => unfinished.waiting.push(job.task.clone()),
                JobState::Sent(write) => {
                    unfinished.sent.push((job.task.clone(), write.clone(), found.get(&number).cloned()));
                }
                JobState::Running(fork) if is_writing => unfinished.writing.push(fork.operation.clone()),
                JobState::Running(fork) => unfinished.running.push(fork.clone()),
                JobState::Ended(_, Left::Running(operation)) if state.closed => {
                    unfinished.writing.push(operation.clone());
                }
                JobState::Ended(_, Left::Done(name)) if state.closed => unfinished.unread.push(name.clone()),
                JobState::Writing(_) | JobState::Ended(..) => {}
            }
        }
        unfinished
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
        self.command(&self.table.commands.again)
    }

    /// The same, where it may have taken effect.
    pub fn again_existing(self) -> String {
        self.command(&self.table.commands.again_existing)
    }

    fn command(self, command: &str) -> String {
        let task = self.table.lock().jobs[self.number].task.clone();
        task::command(command, [&task].into_iter())
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
        let task = self.table.lock().jobs[self.number].task.clone();
        if task.again_resumes {
            return task::command(&self.table.commands.again_existing, [&task].into_iter());
        }
        shell::command_line(&self.table.commands.resume, [operation.as_str()].into_iter())
    }

    /// Stdout cannot be written to; where it is `closed`, what was written before may not have been read either.
    pub fn found_stdout_unwritable(self, closed: bool) {
        let mut state = self.table.lock();
        state.unwritable = true;
        state.closed |= closed;
    }

    /// Writes the job's result, which ends it. `left` is what a success leaves at the service.
    ///
    /// # Errors
    /// When a signal has come and the job is reported as unfinished.
    pub fn end(self, left: Left, write: impl FnOnce() -> Outcome) -> Result<(), Interrupted> {
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
        let left = if outcome == Outcome::Done { left } else { Left::Nothing };
        self.table.lock().jobs[self.number].state = JobState::Ended(outcome, left);
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
        if state.interrupted || state.unwritable {
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
mod tests;
