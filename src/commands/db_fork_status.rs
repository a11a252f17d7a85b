//! `dhub db fork-status`: show the status of fork operations, or wait for them. The operation's name is all it needs.

use std::time::Instant;

use crate::api::{Client, ForkStatus};
use crate::cli;
use crate::error::{Error, Kind, Result};
use crate::jobs::{
    self, Awaited, Commands, Finished, ForkEnd, ForkWait, Job, Outcome, Poll, RunningFork, Slot, Threads,
    Unwritten, WaitOptions, goes_on,
};
use crate::names::Operation;
use crate::output::view::{ForkLayout, ForkState, ForkView, Place};
use crate::session::Session;
use crate::shell;

use super::arguments::{self, Argument, nothing_to_do};
use super::context::Context;
use super::hints::{FORK_STATUS_WAIT, failed, note_unused_timeout, with_refusal_hint};

/// One operation to poll.
struct StatusJob<'a> {
    session: &'a Session,
    client: &'a Client,
    operation: Operation,
    /// None without `--wait`.
    wait: Option<ForkWait<'a>>,
}

pub fn run(context: &Context, args: &cli::ForkStatus) -> anyhow::Result<u8> {
    let operations = arguments::read(&args.operations, Operation::parse)?;
    if nothing_to_do(context, &operations) {
        return Ok(0);
    }
    note_unused_timeout(context, args.wait);
    let session = &context.session(None)?;
    let client = session.authenticated()?;
    let operations = arguments::once(context, operations, Operation::clone);
    // A wait asks again and again: it is no hurry.
    let threads = match args.jobs.reads() {
        (first, _) if args.wait.wait => Threads::from(first),
        (first, most) => Threads { first, most },
    };
    let threads = threads.at_most(operations.len());
    let client = &client.growing(threads.first, threads.most);
    let progress = &context.output.progress(operations.len());
    let resume = session.command(FORK_STATUS_WAIT);
    let jobs: Vec<_> = operations
        .into_iter()
        .map(|Argument { text, value: operation }| {
            let wait = args.wait.wait.then(|| {
                let resume = shell::command_line(&resume, [operation.as_str()].into_iter());
                let what = operation.to_string();
                let awaited = Awaited::Operation(operation.clone(), None);
                let (timeout, started) = (args.wait.limit(), Instant::now());
                let options = WaitOptions { awaited, what, timeout, started, resume };
                ForkWait::new(client, options, progress)
            });
            (text, StatusJob { session, client, operation, wait })
        })
        .collect();
    let mut words = vec!["dhub db fork-status".to_owned()];
    words.extend(args.wait.options());
    let again = session.command(&words.join(" "));
    // An operation that was not polled is not lost: its name is all that is needed to poll it later.
    let commands = Commands { again: again.clone(), again_existing: again, reports_unstarted: false, resume };
    jobs::run(&context.output, progress, threads, jobs, commands, "done")
}

impl Job for StatusJob<'_> {
    type View = ForkView;

    fn running(&self) -> Option<RunningFork> {
        let operation = self.operation.clone();
        self.wait.as_ref().map(|_| RunningFork { operation, parent: None, owner: None })
    }

    fn poll(&mut self, slot: Slot<'_>) -> Poll<Finished<ForkView>> {
        let status = match &mut self.wait {
            Some(wait) => match wait.poll() {
                Poll::Again(time) => return Poll::Again(time),
                Poll::Ready(ended) => ended,
            },
            None => self.request(slot),
        };
        Poll::Ready(self.finished(status))
    }
}

impl StatusJob<'_> {
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
        let view = ForkView { operation, ..ForkView::new(ForkLayout::Status) };
        let (outcome, view) = match ended {
            Ok(ForkEnd::Done(fork)) => {
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
