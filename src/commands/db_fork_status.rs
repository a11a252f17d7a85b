//! `dhub db fork-status`: show the status of fork operations, or wait for them. The operation's name is all it needs.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use crate::api::{Client, ForkStatus};
use crate::cli;
use crate::error::{Error, Kind, Result};
use crate::jobs::{
    self, Awaited, Commands, ExpectedFork, Finished, ForkEnd, ForkWait, Job, Outcome, Poll, RunningFork,
    Slot, Threads, Unwritten, WaitOptions, goes_on,
};
use crate::names::{Database, Operation};
use crate::output::Progress;
use crate::output::view::{ForkLayout, ForkState, ForkView, StatusTable, StatusView};
use crate::session::Session;
use crate::shell;

use super::arguments::{self, Argument, nothing_to_do};
use super::context::{Context, place};
use super::hints::{FORK_STATUS_WAIT, failed, note_unused_timeout, with_refusal_hint};
use super::intent_status::IntentJob;
use super::kept_forks::{KeptForks, Unfinished, is_final};

/// What is known of a fork: its operation, or only that it was to be requested.
enum AnyJob<'a> {
    Operation(StatusJob<'a>),
    Intent(IntentJob<'a>),
}

/// One operation to poll.
struct StatusJob<'a> {
    session: &'a Session,
    client: &'a Client,
    operation: Operation,
    kept: &'a KeptForks<'a>,
    /// What the state file says of it, where that named it.
    unfinished: Option<Unfinished>,
    /// None without `--wait`.
    wait: Option<ForkWait<'a>>,
}

pub fn run(context: &Context, args: &cli::ForkStatus) -> anyhow::Result<u8> {
    let operations = arguments::read(&args.operations, Operation::parse)?;
    if !args.operations.is_empty() && nothing_to_do(context, &operations) {
        return Ok(0);
    }
    note_unused_timeout(context, args.wait);
    let session = &context.session(None)?;
    let kept = &KeptForks::new(context, session);
    if args.operations.is_empty() {
        let unfinished = kept.unfinished();
        if unfinished.is_empty() {
            return Ok(0);
        }
        let threads = threads(args, unfinished.len());
        let client = &session.authenticated()?.growing(threads.first, threads.most);
        let progress = &context.output.progress(unfinished.len());
        let table =
            &StatusTable::new(unfinished.iter().filter_map(|unfinished| unfinished.entry.operation.as_ref()));
        let jobs = unfinished.into_iter().map(|unfinished| match &unfinished.entry.operation {
            Some(operation) => {
                let operation = operation.clone();
                let waited = args.wait;
                let job =
                    StatusJob::new(session, client, operation, kept, Some(unfinished), waited, progress);
                (job.operation.to_string(), AnyJob::Operation(job))
            }
            None => {
                let job = IntentJob::new(session, client, kept, unfinished, args.wait, progress);
                if let Some(limit) = job.limit() {
                    let limit = humantime::format_duration(Duration::from_secs(limit.as_secs()));
                    let note =
                        format!("looking for {} for up to {limit}: its request had no response", job.fork());
                    context.output.note(&note);
                }
                (job.fork().to_string(), AnyJob::Intent(job))
            }
        });
        return run_jobs(context, args, session, jobs.collect(), progress, kept, table);
    }
    let client = session.authenticated()?;
    let operations = arguments::once(context, operations, Operation::clone);
    let threads = threads(args, operations.len());
    let client = &client.growing(threads.first, threads.most);
    let progress = &context.output.progress(operations.len());
    let table = &StatusTable::new(operations.iter().map(|operation| &operation.value));
    let jobs = operations.into_iter().map(|Argument { text, value: operation }| {
        (text, AnyJob::Operation(StatusJob::new(session, client, operation, kept, None, args.wait, progress)))
    });
    run_jobs(context, args, session, jobs.collect(), progress, kept, table)
}

/// How many requests at a time. A wait asks again and again: it is in no hurry.
fn threads(args: &cli::ForkStatus, forks: usize) -> Threads {
    let threads = match args.jobs.reads() {
        (first, _) if args.wait.wait => Threads::from(first),
        (first, most) => Threads { first, most },
    };
    threads.at_most(forks)
}

fn run_jobs(
    context: &Context,
    args: &cli::ForkStatus,
    session: &Session,
    jobs: Vec<(String, AnyJob<'_>)>,
    progress: &Progress<'_>,
    kept: &KeptForks<'_>,
    table: &StatusTable,
) -> anyhow::Result<u8> {
    let threads = threads(args, jobs.len());
    let mut words = vec!["dhub db fork-status".to_owned()];
    words.extend(args.wait.options());
    // Without arguments, the same command is the one that tries again.
    let again = if args.operations.is_empty() { String::new() } else { session.command(&words.join(" ")) };
    let resume = session.command(FORK_STATUS_WAIT);
    // An operation that was not polled is not lost: its name is all that is needed to poll it later.
    let commands = Commands {
        again: again.clone(),
        again_existing: again,
        reports_unstarted: false,
        resume: resume.clone(),
    };
    let pending = &Mutex::default();
    let jobs = jobs.into_iter().map(|(text, job)| (text, TableJob { job, table, pending })).collect();
    let exit_code = jobs::run(&context.output, progress, threads, jobs, commands, "done")?;
    kept.compact();
    let pending = pending.lock().expect("nothing panics while it holds the lock of what is pending");
    if !pending.operations.is_empty() {
        let resume = jobs::command_line(&resume, pending.operations.iter().map(Operation::as_str));
        context.output.whole_note(&goes_on(pending.operations.len(), &resume));
    }
    for error in &pending.intents {
        context.output.note(&format!("{}; {}", error.message, error.hint.as_deref().unwrap_or_default()));
    }
    Ok(exit_code)
}

/// What is not finished, for notes: that is an answer, and no error.
#[derive(Default)]
struct Pending {
    operations: Vec<Operation>,
    intents: Vec<Error>,
}

/// A job whose result is a row of the table.
struct TableJob<'a> {
    job: AnyJob<'a>,
    table: &'a StatusTable,
    pending: &'a Mutex<Pending>,
}

impl<'a> Job for TableJob<'a> {
    type View = StatusView<'a>;

    fn running(&self) -> Option<RunningFork> {
        match &self.job {
            AnyJob::Operation(job) => job.running(),
            // It is in the state file, and has no name of its own.
            AnyJob::Intent(_) => None,
        }
    }

    fn poll(&mut self, _: Slot<'_>) -> Poll<Finished<StatusView<'a>>> {
        let polled = match &mut self.job {
            AnyJob::Operation(job) => job.poll(),
            AnyJob::Intent(job) => job.poll(),
        };
        let finished = match polled {
            Poll::Again(time) => return Poll::Again(time),
            Poll::Ready(finished) => finished,
        };
        if let Outcome::Pending(error) = &finished.outcome {
            let pending = self.pending.lock();
            let mut pending = pending.expect("nothing panics while it holds the lock of what is pending");
            match &self.job {
                AnyJob::Operation(job) => pending.operations.push(job.operation.clone()),
                AnyJob::Intent(_) => pending.intents.push(error.clone()),
            }
        }
        let Finished { outcome, view, if_unwritten } = finished;
        let view = view.map(|fork| StatusView { fork, table: self.table });
        Poll::Ready(Finished { outcome, view, if_unwritten })
    }
}

impl<'a> StatusJob<'a> {
    fn new(
        session: &'a Session,
        client: &'a Client,
        operation: Operation,
        kept: &'a KeptForks<'a>,
        unfinished: Option<Unfinished>,
        wait: cli::WaitArgs,
        progress: &Progress<'a>,
    ) -> Self {
        let expected = unfinished.as_ref().map(|Unfinished { entry, .. }| ExpectedFork {
            fork: entry.fork.clone(),
            parent: entry.parent.clone(),
        });
        let wait = wait.wait.then(|| {
            let resume = session.command(FORK_STATUS_WAIT);
            let resume = shell::command_line(&resume, [operation.as_str()].into_iter());
            let what = operation.to_string();
            let awaited = Awaited::Operation(operation.clone(), expected);
            let (timeout, started) = (wait.limit(), Instant::now());
            let options = WaitOptions { awaited, what, timeout, started, resume, look: None };
            ForkWait::new(client, options, progress)
        });
        StatusJob { session, client, operation, kept, unfinished, wait }
    }

    fn parent(&self) -> Option<Database> {
        Some(self.unfinished.as_ref()?.entry.parent.clone())
    }

    fn owner(&self) -> Option<String> {
        Some(self.unfinished.as_ref()?.entry.fork.owner.clone())
    }

    fn running(&self) -> Option<RunningFork> {
        let operation = self.operation.clone();
        let (parent, owner) = (self.parent(), self.owner());
        self.wait.as_ref().map(|_| RunningFork { operation, parent, owner })
    }

    fn poll(&mut self) -> Poll<Finished<ForkView>> {
        let status = match &mut self.wait {
            Some(wait) => match wait.poll() {
                Poll::Again(time) => return Poll::Again(time),
                Poll::Ready(ended) => ended,
            },
            None => self.request(),
        };
        let is_over = status.as_ref().err().is_none_or(is_final);
        let is_not_found = status.as_ref().is_err_and(|error| error.kind == Kind::NotFound);
        match &self.unfinished {
            _ if !is_over => {}
            Some(unfinished) if is_not_found => self.kept.not_found(unfinished),
            Some(unfinished) => self.kept.ended(unfinished),
            // It may be another user's, and hidden from this one.
            None if is_not_found => {}
            None => self.kept.operation_ended(&self.operation),
        }
        Poll::Ready(self.finished(status))
    }

    fn request(&self) -> Result<ForkEnd> {
        let operation = &self.operation;
        match self.client.fork_status(operation) {
            Ok(ForkStatus::Pending) => Err(Error::new(Kind::Pending, format!("{operation} is not finished"))),
            Ok(ForkStatus::Done(fork)) => Ok(ForkEnd::Done(fork)),
            Ok(ForkStatus::Failed(message)) => Ok(ForkEnd::Failed(message)),
            Err(failure) => {
                let error = failure.into_error(format!("cannot get the status of {operation}"));
                Err(match error.kind {
                    Kind::NotFound => error
                        .with_hint("check the operation's name and the host; `dhub db fork` prints the name"),
                    _ => with_refusal_hint(error, self.session),
                })
            }
        }
    }

    fn finished(&self, ended: Result<ForkEnd>) -> Finished<ForkView> {
        let operation = Some(self.operation.clone());
        let (parent, owner) = (self.parent(), self.owner());
        let view = ForkView { operation, parent, owner, ..ForkView::new(ForkLayout::Status) };
        let (outcome, view) = match ended {
            Ok(ForkEnd::Done(fork)) => {
                // It keeps its parent's name.
                let fork = fork.or_else(|| Some(self.unfinished.as_ref()?.entry.fork.clone()));
                let fork = fork.map(|fork| place(fork, self.session));
                (Outcome::Done, Some(ForkView { state: ForkState::Done, fork, ..view }))
            }
            Ok(ForkEnd::Found(info)) => {
                let fork = Some(place(info.database, self.session));
                (Outcome::Done, Some(ForkView { state: ForkState::Done, fork, ..view }))
            }
            Ok(ForkEnd::Failed(message)) => {
                let error = failed(message.clone()).with_context(format!("{} failed", self.operation));
                (Outcome::Failed(error), Some(ForkView { state: ForkState::Failed, message, ..view }))
            }
            // With --wait, more than its state was wanted.
            Err(error) if error.kind == Kind::Pending && self.wait.is_some() => {
                (Outcome::StillRunning(error), Some(view))
            }
            Err(error) if error.kind == Kind::Pending => (Outcome::Pending(error), Some(view)),
            // Any other error says nothing of the fork.
            Err(error) => (Outcome::Failed(error), None),
        };
        Finished { outcome, view, if_unwritten: Unwritten::default() }
    }
}
