//! Many jobs side by side, one for each argument: each failure is reported, and none stops the others.

mod long_list;
mod poll;
mod queue;
pub mod schedule;
mod table;
mod task;
mod unfinished;

use std::collections::HashSet;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use crate::error::{Error, Kind};
use crate::interrupt::{self, Signal};
use crate::output::view::{ForkLayout, ForkState, ForkView, View};
use crate::output::{Output, Progress};
use crate::panic_hook;

pub use long_list::command as command_line;
pub use poll::{Awaited, ExpectedFork, ForkEnd, ForkWait, Poll, WaitOptions};
pub use queue::{Threads, run as run_queue};
pub use schedule::TimeLimit;
pub use table::{Left, Outcome, Slot};
pub use unfinished::{Commands, PendingWrite, RunningFork, goes_on};

use table::Table;
use task::Task;
use unfinished::Unfinished;

/// What is done for one argument, a step at a time.
pub trait Job: Send {
    /// What a result looks like.
    type View: View;

    /// The fork that the job waits for from the start, so that a signal reports it.
    fn running(&self) -> Option<RunningFork> {
        None
    }

    /// Whose database it makes, for its errors.
    fn owner(&self) -> Option<&str> {
        None
    }

    /// The same where it was named with `--owner`, for the commands that are shown.
    fn named_owner(&self) -> Option<&str> {
        None
    }

    /// Whether a wait is resumed by the same command, with `--if-not-exists`, since there is more to do than to wait.
    fn again_resumes(&self) -> bool {
        false
    }

    /// Does the next step: a request or two.
    fn poll(&mut self, slot: Slot<'_>) -> Poll<Finished<Self::View>>;
}

/// A job that has ended, and what there is to write.
pub struct Finished<V> {
    /// How it ended.
    pub outcome: Outcome<Error>,
    /// The result, or what is known of it.
    pub view: Option<V>,
    /// What to do when the result of a success cannot be written.
    pub if_unwritten: Unwritten,
}

/// What is left when a result cannot be written.
#[derive(Clone, Debug, Default)]
pub struct Unwritten {
    /// Where the result is.
    pub hint: Option<String>,
    /// What was done, or goes on.
    pub left: Left,
}

impl<V> From<Error> for Finished<V> {
    fn from(error: Error) -> Self {
        Finished { outcome: Outcome::Failed(error), view: None, if_unwritten: Unwritten::default() }
    }
}

/// Does a job for each argument, `concurrency` at a time; `done` is what happened to those that succeeded, such as
/// `forked`. Returns the exit code: that of the first argument that failed.
pub fn run<J: Job>(
    output: &Arc<Output>,
    progress: &Progress<'_>,
    concurrency: impl Into<Threads>,
    jobs: Vec<(String, J)>,
    commands: Commands,
    done: &str,
) -> anyhow::Result<u8> {
    let (tasks, jobs): (Vec<Task>, Vec<J>) =
        jobs.into_iter().map(|(text, job)| (task(text, &job), job)).unzip();
    let rows = tasks.iter().cloned().zip(jobs.iter().map(Job::running));
    let table = Arc::new(Table::new(rows, commands.clone()));
    if tasks.len() > 1 {
        output.expect_several();
    }
    report_when_ended_early(output, &table)?;
    with_heartbeat(progress, || {
        run_queue(
            concurrency.into().at_most(tasks.len()),
            jobs.into_iter().enumerate(),
            |(number, mut job): (usize, J), queue| {
                if !table.may_go_on(number) {
                    return;
                }
                match job.poll(table.slot(number)) {
                    Poll::Again(time) => queue.add((number, job), time),
                    Poll::Ready(finished) => {
                        // What moves makes way for the result.
                        drop(job);
                        // A job that a signal stops is in its report.
                        let _ = end(output, &table, number, &tasks[number], finished);
                        progress.advance();
                    }
                }
            },
        );
    });
    interrupt::wait_if_received();
    let outcomes = table.outcomes();
    if tasks.len() > 1 {
        summarize(output, &tasks, &outcomes, &commands, done);
    }
    let exit_code = outcomes.iter().flatten().find_map(Outcome::error).map_or(0, |kind| kind.exit_code());
    Ok(match table.why_unwritable() {
        Some(why) => report_unwritable(output, why, &table.take_unfinished(), exit_code),
        None => exit_code,
    })
}

/// Nothing more can be written to stdout: reports what its reader did not see, also with `--quiet`. Where something was not
/// begun for that reason, this is an error. Returns the exit code.
fn report_unwritable(output: &Output, why: &str, unfinished: &Unfinished, exit_code: u8) -> u8 {
    let error = unfinished.error(Kind::Io, why);
    if !unfinished.not_started().is_empty() {
        output.error(&error);
        return error.kind.exit_code();
    }
    if let Some(hint) = error.hint {
        output.important_note(&format!("{}; {hint}", error.message));
    }
    exit_code
}

fn end<V: View>(
    output: &Output,
    table: &Table,
    number: usize,
    task: &Task,
    finished: Finished<V>,
) -> Result<(), crate::api::Interrupted> {
    if finished.outcome.error().is_some_and(|error| error.kind == Kind::Interrupted) {
        return Ok(());
    }
    let slot = table.slot(number);
    slot.end(finished.if_unwritten.left.clone(), || write(output, slot, task, finished))
}

fn task(argument: String, job: &impl Job) -> Task {
    let [owner, named_owner] = [job.owner(), job.named_owner()].map(|owner| owner.map(str::to_owned));
    Task { argument, owner, named_owner, again_resumes: job.again_resumes() }
}

/// Writes the result and the error of a job.
fn write<V: View>(output: &Output, slot: Slot<'_>, task: &Task, finished: Finished<V>) -> Outcome {
    let Finished { outcome, view, if_unwritten } = finished;
    let of_task = |error: Error| error.with_task(&task.argument, task.owner.as_deref());
    let written = view.map_or(Ok(()), |view| output.show_of(&view, &of_task).map_err(Error::from));
    let outcome = match (outcome, written) {
        // A reader who closed stdout has seen enough, but the work was requested.
        (Outcome::Done | Outcome::AlreadyExists | Outcome::Pending(_), Err(error))
            if error.kind != Kind::ClosedPipe =>
        {
            slot.found_stdout_unwritable(false);
            let Unwritten { hint, left } = if_unwritten;
            let error = match hint {
                Some(hint) => error.with_hint(hint),
                None => error,
            };
            match left {
                Left::Running(_) => Outcome::StillRunning(error),
                Left::Nothing | Left::Done(_) => Outcome::Failed(error),
            }
        }
        (outcome, Err(error)) if error.kind == Kind::ClosedPipe => {
            slot.found_stdout_unwritable(true);
            outcome
        }
        // The error says more than what could not be written.
        (outcome, _) => outcome,
    };
    let report = |error: Error| {
        let kind = error.kind;
        output.error(&of_task(error));
        kind
    };
    match outcome {
        Outcome::Done => Outcome::Done,
        Outcome::AlreadyExists => Outcome::AlreadyExists,
        Outcome::StillRunning(error) => Outcome::StillRunning(report(error)),
        Outcome::Pending(error) => Outcome::Pending(error.kind),
        Outcome::Failed(error) => Outcome::Failed(report(error)),
    }
}

/// A signal and a panic report what is unfinished.
fn report_when_ended_early(output: &Arc<Output>, table: &Arc<Table>) -> std::io::Result<()> {
    let (to_panic, shown_by) = (table.clone(), output.clone());
    panic_hook::report_unfinished(move || {
        let unfinished = to_panic.unfinished_now().filter(|unfinished| !unfinished.is_empty())?;
        let error = unfinished.error(Kind::Io, "unfinished");
        let hint = error.hint.unwrap_or_default();
        Some(format!("note: {}\nhint: {}\n", shown_by.safe_line(&error.message), shown_by.safe_line(&hint)))
    });
    let (output, table) = (output.clone(), table.clone());
    interrupt::report_with(move |signal| report_interrupt(&output, &table, signal))
}

fn report_interrupt(output: &Output, table: &Table, signal: Signal) {
    // First of all: what follows may wait for a terminal that is stopped.
    table.interrupt();
    // So that no job that ends now clears a line which the terminal's `^C` has moved.
    output.stop_moving();
    let unfinished = table.take_unfinished();
    // Where nothing is unfinished, a person knows best why it ended.
    if !unfinished.is_empty() || output.is_json() {
        output.error(&unfinished.error(Kind::Interrupted, signal.reason()));
    }
    // The error was the report; a program gets one document for each accepted fork besides.
    for fork in unfinished.running.into_iter().filter(|_| output.is_json()) {
        let _ = output.show(&ForkView {
            operation: Some(fork.operation),
            state: ForkState::Pending,
            parent: fork.parent,
            owner: fork.owner,
            ..ForkView::new(ForkLayout::Database)
        });
    }
}

/// Says once a minute that the work goes on where nothing moves to show it.
fn with_heartbeat(progress: &Progress<'_>, work: impl FnOnce()) {
    if progress.next_beat().is_none() {
        return work();
    }
    thread::scope(|scope| {
        let (done, is_done) = mpsc::channel::<()>();
        let beat = move || {
            while let Some(next) = progress.next_beat() {
                let wait = next.saturating_duration_since(Instant::now());
                match is_done.recv_timeout(wait.max(Duration::from_millis(1))) {
                    Err(mpsc::RecvTimeoutError::Timeout) => progress.beat(Instant::now()),
                    Ok(()) | Err(mpsc::RecvTimeoutError::Disconnected) => return,
                }
            }
        };
        // Where the system refuses a thread, the work goes on in silence.
        let _ = thread::Builder::new().spawn_scoped(scope, beat);
        work();
        drop(done);
    });
}

/// Counts the outcomes, and shows the command that tries exactly the failed jobs again. Not with `--json`: a program
/// counts for itself, and expects nothing after the errors.
fn summarize(output: &Output, tasks: &[Task], outcomes: &[Option<Outcome>], commands: &Commands, done: &str) {
    if output.is_json() {
        return;
    }
    let is_pending = |outcome: &Outcome| matches!(outcome, Outcome::StillRunning(_) | Outcome::Pending(_));
    let has_failed = |outcome: &Outcome| matches!(outcome, Outcome::Failed(_));
    let count = |wanted: &dyn Fn(&Outcome) -> bool| {
        outcomes.iter().flatten().filter(|outcome| wanted(outcome)).count()
    };
    let is_failed = |outcome: &Option<Outcome>| outcome.as_ref().is_some_and(has_failed);
    let failed_word = match failed_owners(tasks, outcomes.iter().map(is_failed)) {
        Some(owners) => format!("failed (for {owners})"),
        None => "failed".to_owned(),
    };
    let counts = [
        (count(&|outcome| *outcome == Outcome::Done), done),
        (count(&|outcome| *outcome == Outcome::AlreadyExists), "already existed"),
        (count(&is_pending), "not finished"),
        (count(&has_failed), &*failed_word),
    ];
    let parts: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    output.note(&parts.join(", "));
    let failed: Vec<&Task> = tasks
        .iter()
        .zip(outcomes)
        .filter(|(_, outcome)| {
            outcome.as_ref().is_some_and(|outcome| {
                has_failed(outcome) && outcome.error().is_none_or(|kind| may_succeed_later(*kind, commands))
            })
        })
        .map(|(task, _)| task)
        .collect();
    if !failed.is_empty() {
        // What could not be written may have taken effect.
        let may_exist = |outcome: &Outcome| matches!(outcome.error(), Some(Kind::Unknown | Kind::Io));
        let again = if count(&may_exist) > 0 { &commands.again_existing } else { &commands.again };
        // The same command without arguments needs not be shown.
        if again.is_empty() {
            return;
        }
        let again = task::command(again, failed.into_iter());
        output.whole_note(&format!("to retry the failed ones: {again}"));
    }
}

/// The owners of those that failed, each once, where there is more than one among all.
fn failed_owners(tasks: &[Task], have_failed: impl Iterator<Item = bool>) -> Option<String> {
    let first = tasks.first()?.named_owner.as_ref();
    if tasks.iter().all(|task| task.named_owner.as_ref() == first) {
        return None;
    }
    let mut seen = HashSet::new();
    let failed = tasks.iter().zip(have_failed).filter(|(_, failed)| *failed);
    let owners =
        failed.filter_map(|(task, _)| task.named_owner.as_deref()).filter(|owner| seen.insert(*owner));
    Some(owners.collect::<Vec<_>>().join(", "))
}

/// Whether the same command may succeed later, by itself or once the user has done what the error's hint says.
fn may_succeed_later(kind: Kind, commands: &Commands) -> bool {
    match kind {
        // What exists stays. With `--if-not-exists` it can become what was requested.
        Kind::AlreadyExists => commands.again == commands.again_existing,
        // A fork can be requested again; the status of one that failed stays.
        Kind::OperationFailed => commands.reports_unstarted,
        Kind::Usage => false,
        _ => true,
    }
}
