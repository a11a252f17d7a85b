//! `dhub db fork-status`: show the status of fork operations, or wait for them. The operation's name is all it needs.

use std::time::Instant;

use crate::api::{Client, ForkStatus};
use crate::cli;
use crate::error::{Error, Kind, Result};
use crate::jobs::{
    self, Awaited, Commands, ExpectedFork, Finished, ForkEnd, ForkWait, Job, Outcome, Poll, RunningFork,
    Slot, Unwritten, WaitOptions, goes_on,
};
use crate::names::{Database, Operation};
use crate::output::Progress;
use crate::output::view::{ForkLayout, ForkState, ForkView, Place};
use crate::session::Session;
use crate::shell;

use super::arguments::{self, Argument, nothing_to_do};
use super::context::Context;
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
        let client = &session.authenticated()?.with_concurrency(args.jobs.jobs.min(unfinished.len()));
        let progress = &context.output.progress(unfinished.len());
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
                (job.fork().to_string(), AnyJob::Intent(job))
            }
        });
        return run_jobs(context, args, session, jobs.collect(), progress, kept);
    }
    let client = session.authenticated()?;
    let operations = arguments::once(context, operations, Operation::clone);
    let client = &client.with_concurrency(args.jobs.jobs.min(operations.len()));
    let progress = &context.output.progress(operations.len());
    let jobs = operations.into_iter().map(|Argument { text, value: operation }| {
        (text, AnyJob::Operation(StatusJob::new(session, client, operation, kept, None, args.wait, progress)))
    });
    run_jobs(context, args, session, jobs.collect(), progress, kept)
}

fn run_jobs(
    context: &Context,
    args: &cli::ForkStatus,
    session: &Session,
    jobs: Vec<(String, AnyJob<'_>)>,
    progress: &Progress<'_>,
    kept: &KeptForks<'_>,
) -> anyhow::Result<u8> {
    let mut words = vec!["dhub db fork-status".to_owned()];
    words.extend(args.wait.options());
    // Without arguments, the same command is the one that tries again.
    let again = if args.operations.is_empty() { String::new() } else { session.command(&words.join(" ")) };
    let resume = session.command(FORK_STATUS_WAIT);
    // An operation that was not polled is not lost: its name is all that is needed to poll it later.
    let commands = Commands { again: again.clone(), again_existing: again, reports_unstarted: false, resume };
    let exit_code = jobs::run(&context.output, progress, args.jobs.jobs, jobs, commands, "done");
    kept.compact();
    exit_code
}

impl Job for AnyJob<'_> {
    type View = ForkView;

    fn running(&self) -> Option<RunningFork> {
        match self {
            AnyJob::Operation(job) => job.running(),
            // It is in the state file, and has no name of its own.
            AnyJob::Intent(_) => None,
        }
    }

    fn poll(&mut self, slot: Slot<'_>) -> Poll<Finished<ForkView>> {
        match self {
            AnyJob::Operation(job) => job.poll(slot),
            AnyJob::Intent(job) => job.poll(),
        }
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
            let options = WaitOptions { awaited, what, timeout, started, resume };
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

    fn poll(&mut self, slot: Slot<'_>) -> Poll<Finished<ForkView>> {
        let status = match &mut self.wait {
            Some(wait) => match wait.poll() {
                Poll::Again(time) => return Poll::Again(time),
                Poll::Ready(ended) => ended,
            },
            None => self.request(slot),
        };
        let is_over = status.as_ref().err().is_none_or(is_final);
        match &self.unfinished {
            _ if !is_over => {}
            Some(unfinished) => self.kept.ended(unfinished),
            None => self.kept.operation_ended(&self.operation),
        }
        Poll::Ready(self.finished(status))
    }

    fn request(&self, slot: Slot<'_>) -> Result<ForkEnd> {
        let operation = &self.operation;
        match self.client.fork_status(operation) {
            Ok(ForkStatus::Pending) => Err(Error::new(Kind::Pending, format!("{operation} is not finished"))
                .with_hint(goes_on(1, &slot.resume(operation)))),
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
                let fork = fork.map(|fork| Place::new(fork, self.session.host()));
                (Outcome::Done, Some(ForkView { state: ForkState::Done, fork, ..view }))
            }
            Ok(ForkEnd::Failed(message)) => {
                let error = failed(message.clone()).with_context(format!("{} failed", self.operation));
                (Outcome::Failed(error), Some(ForkView { state: ForkState::Failed, message, ..view }))
            }
            Err(error) if error.kind == Kind::Pending => (Outcome::StillRunning(error), Some(view)),
            // Any other error says nothing of the fork.
            Err(error) => (Outcome::Failed(error), None),
        };
        Finished { outcome, view, if_unwritten: Unwritten::default() }
    }
}
