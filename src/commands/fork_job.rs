//! One fork: requested, and waited for.

use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use crate::api::{Accepted, Client, DatabaseInfo, Failure, WriteHook};
use crate::cli;
use crate::error::{Error, Kind, Result};
use crate::jobs::{
    Awaited, ExpectedFork, Finished, ForkEnd, ForkWait, Job, Left, Outcome, Poll, RunningFork, Slot,
    TimeLimit, Unwritten, WaitOptions, goes_on,
};
use crate::names::Database;
use crate::output::view::{ForkLayout, ForkState, ForkView};
use crate::output::{Progress, shorten_part};

use super::change::{Change, Changed, Changer, Mismatch};
use super::context::{Context, place};
use super::hints::failed;
use super::kept_forks::{KeptFork, KeptForks, is_final};
use super::local_copy::Made;

/// One database to fork.
pub struct ForkJob<'a> {
    context: &'a Context,
    changer: Changer<'a>,
    progress: &'a Progress<'a>,
    parent: Database,
    /// The fork: it keeps its parent's name (facts of the API, "Names").
    target: Database,
    /// For another process, should this one be killed.
    kept: KeptFork<'a>,
    /// Whether it took a request to find out whose the fork is to be, and there is one to make: a person waits for both.
    looks_early: bool,
    /// Whether its owner was named on the command line.
    owner_is_named: bool,
    wait: cli::WaitArgs,
    made: &'a Mutex<Option<Made>>,
    /// Whether the same command resumes the wait.
    again_resumes: bool,
    /// Of the wait, from the first request on.
    limit: TimeLimit,
    /// The fork that is waited for.
    waiting: Option<Waiting<'a>>,
}

struct Waiting<'a> {
    source: Source,
    wait: ForkWait<'a>,
    since: Instant,
}

/// Where a fork comes from that is waited for.
enum Source {
    /// This command.
    Accepted(Accepted),
    /// Another one, as this refusal says.
    Earlier { refusal: Failure, is_noted: bool },
}

impl Job for ForkJob<'_> {
    type View = ForkView;

    fn owner(&self) -> Option<&str> {
        Some(&self.target.owner)
    }

    fn named_owner(&self) -> Option<&str> {
        self.owner().filter(|_| self.owner_is_named)
    }

    fn again_resumes(&self) -> bool {
        self.again_resumes
    }

    fn poll(&mut self, slot: Slot<'_>) -> Poll<Finished<ForkView>> {
        let Some(mut waiting) = self.waiting.take() else { return self.begin(slot) };
        match waiting.wait.poll() {
            Poll::Again(time) => {
                self.note_in_progress(&mut waiting);
                self.waiting = Some(waiting);
                Poll::Again(time)
            }
            Poll::Ready(ended) => Poll::Ready(self.ended(waiting, ended)),
        }
    }
}

/// What all forks of a command have in common.
#[derive(Clone, Copy)]
pub struct Forks<'a> {
    pub context: &'a Context,
    pub changer: Changer<'a>,
    pub progress: &'a Progress<'a>,
    pub wait: cli::WaitArgs,
    pub kept: &'a KeptForks<'a>,
    /// Whether it took a request to find out whose the fork is to be, and there is one to make: a person waits for both.
    pub looks_early: bool,
    /// Gets the fork once it is there.
    pub made: &'a Mutex<Option<Made>>,
    /// Whether there is more to do once it is there.
    pub goes_on: bool,
}

impl<'a> ForkJob<'a> {
    /// A fork of `parent` to an owner that is not requested yet.
    pub fn new(forks: Forks<'a>, parent: Database, owner: &str, owner_is_named: bool) -> Self {
        let Forks { context, changer, progress, wait, looks_early, made, goes_on: again_resumes, .. } = forks;
        let target = Database::new(owner, &parent.name);
        let limit = TimeLimit::new(wait.limit());
        let kept = forks.kept.fork(&parent, &target.owner);
        ForkJob {
            context,
            changer,
            progress,
            parent,
            target,
            kept,
            looks_early,
            owner_is_named,
            wait,
            made,
            again_resumes,
            limit,
            waiting: None,
        }
    }

    /// Requests the fork.
    fn begin(&mut self, slot: Slot<'_>) -> Poll<Finished<ForkView>> {
        let since = Instant::now();
        let accepted = match self.changer.perform(self, slot) {
            Ok(Changed::Response(accepted)) => accepted,
            Ok(Changed::Existing { .. }) => return Poll::Ready(self.existing()),
            Ok(Changed::Earlier(refusal)) => return self.wait_for_earlier(refusal, since, slot),
            Err(error) => return Poll::Ready(error.into()),
        };
        if let Err(interrupted) = slot.accepted(RunningFork::from(&accepted)) {
            return Poll::Ready(Error::from(interrupted).into());
        }
        self.note_accepted(&accepted);
        self.note_unexpected(&Database::new(&accepted.owner, &self.target.name), &self.target);
        let resume = slot.resume(&accepted.operation);
        if !self.wait.wait {
            return Poll::Ready(self.accepted(accepted, resume));
        }
        let fork = Database::new(&accepted.owner, &accepted.parent.name);
        let expected = ExpectedFork { fork, parent: self.parent.clone() };
        let awaited = Awaited::Operation(accepted.operation.clone(), Some(expected));
        let look = Some(slot.again_existing());
        Poll::Again(self.wait_for(Source::Accepted(accepted), awaited, since, resume, look))
    }

    /// Waits for a fork that was requested before, by looking whether it is there: its operation is unknown.
    fn wait_for_earlier(
        &mut self,
        refusal: Failure,
        since: Instant,
        slot: Slot<'_>,
    ) -> Poll<Finished<ForkView>> {
        self.kept.begins();
        let awaited = Awaited::Database(self.target.clone());
        self.wait_for(Source::Earlier { refusal, is_noted: false }, awaited, since, slot.again(), None);
        Poll::Again(Instant::now())
    }

    fn wait_for(
        &mut self,
        source: Source,
        awaited: Awaited,
        since: Instant,
        resume: String,
        look: Option<String>,
    ) -> Instant {
        let arrow = if self.context.output.utf8() { "→" } else { "->" };
        let what = format!("{} {arrow} {}", self.parent, self.target.owner);
        let (timeout, started) = (self.limit.limit(), self.limit.start(since));
        let options = WaitOptions { awaited, what, timeout, started, resume, look };
        let wait = ForkWait::new(self.changer.client, options, self.progress);
        let first = wait.first();
        self.waiting = Some(Waiting { source, wait, since });
        first
    }

    /// On stderr at once, so that a killed process loses nothing; not on a terminal where the state file holds it.
    fn note_accepted(&self, accepted: &Accepted) {
        let shown_anyway = !self.wait.wait && self.context.output.is_terminal();
        if !shown_anyway && !self.is_kept_for_later() {
            let Accepted { operation, parent, owner } = accepted;
            let (parent, owner) = (parent.to_string(), shorten_part(owner));
            let note = format!("forking {} to {owner}: {operation}", shorten_part(&parent));
            self.context.output.whole_note(&note);
        }
    }

    /// Once it is certain that another command's fork is waited for.
    fn note_in_progress(&self, waiting: &mut Waiting<'_>) {
        if let Source::Earlier { is_noted: is_noted @ false, .. } = &mut waiting.source
            && waiting.wait.is_pending()
        {
            *is_noted = true;
            let note = format!("{} is being forked to {} already", self.parent, self.target.owner);
            self.context.output.note(&note);
        }
    }

    /// Whether the operation needs not stand on the screen.
    fn is_kept_for_later(&self) -> bool {
        self.kept.is_held() && self.context.output.is_animated()
    }

    /// The service decides, but the user may not expect it.
    fn note_unexpected(&self, fork: &Database, expected: &Database) {
        if !fork.is_same_as(expected) {
            self.context.output.note(&format!("the service reports {fork} as the fork, not {expected}"));
        }
    }

    fn accepted(&self, accepted: Accepted, resume: String) -> Finished<ForkView> {
        let left = Left::Running(accepted.operation.clone());
        let if_unwritten = Unwritten { hint: Some(goes_on(1, &resume)), left };
        // `fork-status` finds it without its name.
        let shown = Some(resume).filter(|_| !self.is_kept_for_later());
        let view = ForkView { resume: shown, ..view(accepted, ForkLayout::Operation) };
        Finished { outcome: Outcome::Done, view: Some(view), if_unwritten }
    }

    fn ended(&self, waiting: Waiting<'_>, ended: Result<ForkEnd>) -> Finished<ForkView> {
        let since = waiting.since;
        let accepted = match waiting.source {
            Source::Accepted(accepted) => accepted,
            Source::Earlier { refusal, .. } => return self.earlier_ended(&refusal, ended),
        };
        let target = Database::new(&accepted.owner, &accepted.parent.name);
        let pending = view(accepted, ForkLayout::Database);
        let mut if_unwritten = Unwritten::default();
        let (outcome, view) = match ended {
            Ok(ForkEnd::Failed(message)) => {
                self.kept.ended();
                if let Some(operation) = pending.operation.as_ref().filter(|_| self.is_kept_for_later()) {
                    self.context.output.whole_note(&format!("the operation was {operation}"));
                }
                let error = failed(message.clone()).with_context(format!("cannot {}", self.action()));
                (Outcome::Failed(error), ForkView { state: ForkState::Failed, message, ..pending })
            }
            Ok(ForkEnd::Found(_)) => unreachable!("an operation was polled"),
            Ok(ForkEnd::Done(named)) => {
                self.kept.ended();
                if let Some(named) = &named {
                    self.note_unexpected(named, &target);
                }
                let fork = place(named.unwrap_or(target), self.changer.session);
                if_unwritten.hint = Some(format!("{} was forked: see {}", self.parent, fork.url));
                if_unwritten.left = Left::Done(fork.database.to_string());
                self.keep(&fork.database);
                let (fork, took) = (Some(fork), Some(since.elapsed()));
                (Outcome::Done, ForkView { state: ForkState::Done, fork, took, ..pending })
            }
            Err(error) => {
                if is_final(&error) {
                    self.kept.ended();
                }
                (Outcome::StillRunning(error), pending)
            }
        };
        Finished { outcome, view: Some(view), if_unwritten }
    }

    fn earlier_ended(&self, refusal: &Failure, ended: Result<ForkEnd>) -> Finished<ForkView> {
        let confirmed = match ended {
            Ok(ForkEnd::Found(found)) => self.changer.confirm_found(self, refusal, found),
            Ok(ForkEnd::Done(_) | ForkEnd::Failed(_)) => unreachable!("only operations end so"),
            Err(error) => Err(error),
        };
        match confirmed {
            Ok(()) => self.existing(),
            Err(error) if error.kind == Kind::Pending => {
                let view = ForkView {
                    parent: Some(self.parent.clone()),
                    owner: Some(self.target.owner.clone()),
                    ..ForkView::new(ForkLayout::Database)
                };
                let outcome = Outcome::StillRunning(error);
                Finished { outcome, view: Some(view), if_unwritten: Unwritten::default() }
            }
            Err(error) => {
                if error.kind == Kind::AlreadyExists {
                    self.kept.ended();
                }
                error.into()
            }
        }
    }

    /// For the rest of the command: the clone or the remote.
    fn keep(&self, fork: &Database) {
        let made = Made { database: fork.clone(), parent: Some(self.parent.clone()), is_new: false };
        *self.made.lock().unwrap_or_else(PoisonError::into_inner) = Some(made);
    }

    fn existing(&self) -> Finished<ForkView> {
        self.keep(&self.target);
        self.kept.exists();
        let layout = if self.wait.wait { ForkLayout::Database } else { ForkLayout::Operation };
        let view = ForkView {
            state: ForkState::Exists,
            parent: Some(self.parent.clone()),
            owner: Some(self.target.owner.clone()),
            fork: Some(place(self.target.clone(), self.changer.session)),
            ..ForkView::new(layout)
        };
        Finished { outcome: Outcome::AlreadyExists, view: Some(view), if_unwritten: Unwritten::default() }
    }
}

/// A fork that was accepted.
fn view(accepted: Accepted, layout: ForkLayout) -> ForkView {
    ForkView {
        operation: Some(accepted.operation),
        parent: Some(accepted.parent),
        owner: Some(accepted.owner),
        ..ForkView::new(layout)
    }
}

impl Change for ForkJob<'_> {
    type Response = Accepted;

    fn send(&self, client: &Client, hook: &dyn WriteHook) -> Result<Accepted, Failure> {
        self.kept.send(client, &self.parent, hook)
    }

    fn target(&self) -> &Database {
        &self.target
    }

    fn time_limit(&self) -> Option<&TimeLimit> {
        self.wait.wait.then_some(&self.limit)
    }

    fn waits(&self) -> bool {
        self.wait.wait
    }

    fn action(&self) -> String {
        format!("fork {} to {}", self.parent, self.target.owner)
    }

    fn result(&self) -> String {
        format!("{} was forked to {}", self.parent, self.target.owner)
    }

    fn mismatch(&self, existing: &DatabaseInfo) -> Option<Mismatch> {
        let what = match &existing.parent {
            _ if existing.is_fork_of(&self.parent) => return None,
            Some(parent) => format!("is a fork of {parent}, not of {}", self.parent),
            None => format!("is not a fork of {}", self.parent),
        };
        let page = self.target.page(self.changer.session.host());
        Some(Mismatch { what, hint: format!("see {page}; or name another owner with --owner") })
    }

    fn looks_early(&self) -> bool {
        self.looks_early
    }

    fn why_invisible(&self) -> &'static str {
        "it cannot be seen yet; run this again later"
    }

    fn duplicate_hint(&self) -> Option<String> {
        let hint = "a fork keeps its parent's name: name another owner with --owner";
        (self.target == self.parent).then(|| hint.to_owned())
    }
}
