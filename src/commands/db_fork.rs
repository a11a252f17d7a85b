//! `dhub db fork`: fork databases, and wait for the forks.

use std::time::Instant;

use crate::api::{Accepted, Client, DatabaseInfo, Failure, WriteHook};
use crate::cli;
use crate::error::{Error, Kind, Result};
use crate::jobs::{
    self, Awaited, Commands, ExpectedFork, Finished, ForkEnd, ForkWait, Job, Left, Outcome, Poll,
    RunningFork, Slot, TimeLimit, Unwritten, WaitOptions, goes_on,
};
use crate::names::{Database, DatabaseArgument};
use crate::output::view::{ForkLayout, ForkState, ForkView};
use crate::output::{Progress, shorten_part};
use crate::shell;

use super::arguments::{self, Argument, nothing_to_do, sites};
use super::change::{Change, Changed, Changer, Mismatch};
use super::checkout;
use super::context::{Context, place};
use super::hints::{FORK_STATUS_WAIT, failed, note_unused_timeout, with_refusal_hint};
use super::kept_forks::{KeptFork, KeptForks, is_final};

/// One database to fork.
struct ForkJob<'a> {
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
    wait: cli::WaitArgs,
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

pub fn run(context: &Context, args: &cli::Fork) -> anyhow::Result<u8> {
    let databases = match args.databases.as_slice() {
        [] => vec![checkout::origin_to_fork(context)?],
        given => arguments::read(given, DatabaseArgument::parse)?,
    };
    if nothing_to_do(context, &databases) {
        return Ok(0);
    }
    note_unused_timeout(context, args.wait);
    let session = &context.session_at(&sites(&databases))?;
    let client = session.authenticated()?;
    let owner =
        session.owner(args.owner.as_deref(), "--owner").map_err(|error| with_refusal_hint(error, session))?;
    let databases = arguments::once(context, databases, |argument| argument.database.clone());
    let client = &client.for_jobs(databases.len(), args.jobs.changes());
    client.prepare(args.wait.wait)?;
    let changer = Changer { session, client, if_not_exists: args.if_not_exists };
    let progress = &context.output.progress(databases.len());
    let kept = &KeptForks::new(context, session);
    let looks_early = databases.len() == 1 && session.asks_for_owner(args.owner.as_deref());
    let jobs: Vec<_> = databases
        .into_iter()
        .map(|Argument { text, value: DatabaseArgument { database: parent, .. } }| {
            let target = Database::new(&owner, &parent.name);
            let wait = args.wait;
            let limit = TimeLimit::new(wait.limit());
            let kept = kept.fork(&parent, &target.owner);
            let job = ForkJob {
                context,
                changer,
                progress,
                parent,
                target,
                kept,
                looks_early,
                wait,
                limit,
                waiting: None,
            };
            (text, job)
        })
        .collect();
    let command = |if_not_exists| session.command(&command(args, if_not_exists));
    let commands = Commands {
        again: command(args.if_not_exists),
        again_existing: command(true),
        reports_unstarted: true,
        resume: session.command(FORK_STATUS_WAIT),
    };
    let done = if args.wait.wait { "forked" } else { "accepted" };
    jobs::run(&context.output, progress, args.jobs.changes(), jobs, commands, done)
}

/// The same command for the databases put after it.
fn command(args: &cli::Fork, if_not_exists: bool) -> String {
    let mut words = vec!["dhub db fork".to_owned()];
    words.extend(args.owner.as_ref().map(|owner| shell::option("--owner", owner)));
    words.extend(args.wait.options());
    words.extend(if_not_exists.then(|| "--if-not-exists".to_owned()));
    words.join(" ")
}

impl Job for ForkJob<'_> {
    type View = ForkView;

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

impl<'a> ForkJob<'a> {
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

    /// The service decides, but whoever asked may not expect it.
    fn note_unexpected(&self, fork: &Database, expected: &Database) {
        if !fork.is_same_as(expected) {
            self.context.output.note(&format!("the service reports {fork} as the fork, not {expected}"));
        }
    }

    fn accepted(&self, accepted: Accepted, resume: String) -> Finished<ForkView> {
        let left = Left::Running(accepted.operation.clone());
        let if_unwritten = Unwritten { hint: Some(goes_on(1, &resume)), left };
        let view = ForkView { resume: Some(resume), ..view(accepted, ForkLayout::Operation) };
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

    fn existing(&self) -> Finished<ForkView> {
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
