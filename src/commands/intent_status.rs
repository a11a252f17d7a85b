//! A fork that was to be requested, and no response is known: the program was killed, or the response was lost. Whether it
//! is there is all that can be found out.

use std::time::{Duration, Instant};

use crate::api::Client;
use crate::cli;
use crate::error::{Error, Kind, Result};
use crate::jobs::{Awaited, Finished, ForkWait, Outcome, Poll, Unwritten, WaitOptions};
use crate::names::Database;
use crate::output::Progress;
use crate::output::view::{ForkLayout, ForkState, ForkView};
use crate::session::Session;
use crate::shell;

use super::context::place;
use super::hints::{FORK_STATUS_WAIT, with_refusal_hint};
use super::kept_forks::{KeptForks, Unfinished, is_final};

/// A fork that is not there so long after it was requested is taken for one that the service never accepted. What is
/// printed then continues it either way.
const GIVEN_UP_AFTER: Duration = Duration::from_secs(60);

/// A fork to look for.
pub struct IntentJob<'a> {
    session: &'a Session,
    client: &'a Client,
    kept: &'a KeptForks<'a>,
    unfinished: Unfinished,
    /// None without `--wait`, and where it is there by now or never will be.
    wait: Option<ForkWait<'a>>,
    /// Whether the wait ends after `GIVEN_UP_AFTER`, before the limit that the user set.
    ends_by_itself: bool,
}

impl<'a> IntentJob<'a> {
    /// A fork to look for, or with `--wait` to wait for.
    pub fn new(
        session: &'a Session,
        client: &'a Client,
        kept: &'a KeptForks<'a>,
        unfinished: Unfinished,
        wait: cli::WaitArgs,
        progress: &Progress<'a>,
    ) -> Self {
        let left = GIVEN_UP_AFTER.saturating_sub(unfinished.age());
        let limit = wait.limit().filter(|limit| *limit < left);
        let wait = (wait.wait && !left.is_zero()).then(|| {
            let entry = &unfinished.entry;
            let options = WaitOptions {
                awaited: Awaited::Database(entry.fork.clone()),
                what: entry.fork.to_string(),
                timeout: Some(limit.unwrap_or(left)),
                started: Instant::now(),
                resume: session.command(FORK_STATUS_WAIT),
                look: None,
            };
            ForkWait::new(client, options, progress)
        });
        IntentJob { session, client, kept, unfinished, wait, ends_by_itself: limit.is_none() }
    }

    /// How long it is waited for, where it is.
    pub fn limit(&self) -> Option<Duration> {
        self.wait.as_ref().and_then(ForkWait::timeout)
    }

    /// Where it will be.
    pub fn fork(&self) -> &Database {
        &self.unfinished.entry.fork
    }

    /// Does the next step.
    pub fn poll(&mut self) -> Poll<Finished<ForkView>> {
        let waited = match self.wait.as_mut().map(ForkWait::poll) {
            Some(Poll::Again(time)) => return Poll::Again(time),
            Some(Poll::Ready(ended)) => ended.map(drop),
            None => Ok(()),
        };
        let found = match waited {
            Err(error) if error.kind == Kind::Pending && self.ends_by_itself => self.look_up(true),
            Err(error) => Err(error),
            Ok(()) => self.look_up(self.unfinished.age() >= GIVEN_UP_AFTER),
        };
        match &found {
            Err(error) if !is_final(error) => {}
            Err(error) if error.kind == Kind::NotFound => self.kept.not_found(&self.unfinished),
            _ => self.kept.ended(&self.unfinished),
        }
        Poll::Ready(self.finished(found))
    }

    /// Whether it is there, and a fork of the wanted parent.
    fn look_up(&self, is_late: bool) -> Result<Database> {
        let (fork, parent) = (self.fork(), &self.unfinished.entry.parent);
        match self.client.database(fork) {
            Ok(found) if found.is_fork_of(parent) => Ok(found.database),
            Ok(_) => {
                let message = format!("{fork} exists, and is no fork of {parent}");
                Err(Error::new(Kind::OperationFailed, message)
                    .with_hint("fork it to another owner with --owner"))
            }
            Err(failure) if failure.is_absence() && is_late => {
                let command = self.session.command("dhub db fork --wait --if-not-exists");
                let command = format!("{command} {}", shell::option("--owner", &fork.owner));
                let command = shell::command_line(&command, [parent.to_string().as_str()].into_iter());
                let message =
                    format!("the fork of {parent} to {} was requested, but does not exist", fork.owner);
                Err(Error::new(Kind::NotFound, message).with_hint(format!("to request it again: {command}")))
            }
            Err(failure) if failure.is_absence() => {
                let message = format!("{fork} does not exist yet; whether its fork was accepted is unknown");
                let resume = self.session.command(FORK_STATUS_WAIT);
                Err(Error::new(Kind::Pending, message).with_hint(format!("to wait for it: {resume}")))
            }
            Err(failure) => {
                Err(with_refusal_hint(failure.into_error(format!("cannot look up {fork}")), self.session))
            }
        }
    }

    fn finished(&self, found: Result<Database>) -> Finished<ForkView> {
        let view = ForkView {
            parent: Some(self.unfinished.entry.parent.clone()),
            owner: Some(self.fork().owner.clone()),
            ..ForkView::new(ForkLayout::Status)
        };
        let (outcome, view) = match found {
            Ok(fork) => {
                let fork = Some(place(fork, self.session));
                (Outcome::Done, Some(ForkView { state: ForkState::Done, fork, ..view }))
            }
            Err(error) if error.kind == Kind::Pending => match self.wait {
                // With --wait, more than its state was wanted.
                Some(_) => (Outcome::StillRunning(error), Some(view)),
                None => (Outcome::Pending(error), Some(view)),
            },
            Err(error) if error.kind == Kind::OperationFailed => {
                let message = Some(error.message.clone());
                (Outcome::Failed(error), Some(ForkView { state: ForkState::Failed, message, ..view }))
            }
            // Any other error says nothing of the fork.
            Err(error) => (Outcome::Failed(error), None),
        };
        Finished { outcome, view, if_unwritten: Unwritten::default() }
    }
}
