//! `dhub db fork`: fork databases, and wait for the forks.

use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::api::{Accepted, Client, Failure, ForkStatus};
use crate::bulk::Gate;
use crate::cli;
use crate::error::{Error, Kind, Result};
use crate::names::{Database, DatabaseArgument};
use crate::output::json::{Fork, Place, State};
use crate::output::{self, Form, Group};
use crate::session::Session;
use crate::shell;

use super::arguments::{self, Argument, host_of_pages, nothing_to_do};
use super::context::Context;
use super::explain::{counts_as_done, explain};
use super::in_flight::{Change, FORK_STATUS_WAIT, Ticket, UnderWay, goes_on};
use super::look::{self, Found, look};
use super::side_by_side::{self, Job, Step, Success, Words};
use super::waiting::{Asked, Ended, Watch, failed, note_if_it_limits_nothing};

/// One database to fork, and how.
struct ForkJob<'a> {
    context: &'a Context,
    session: &'a Session,
    client: &'a Client,
    gate: &'a Gate,
    group: &'a Group<'a>,
    parent: Database,
    owner: &'a str,
    args: &'a cli::Fork,
    waiting: Option<Waiting<'a>>,
}

/// A fork that was accepted and is waited for.
struct Waiting<'a> {
    accepted: Accepted,
    watch: Watch<'a>,
    since: Instant,
}

pub fn run(context: &Context, args: &cli::Fork) -> anyhow::Result<u8> {
    let databases = arguments::read(&args.databases, DatabaseArgument::parse)?;
    if nothing_to_do(context, &databases) {
        return Ok(0);
    }
    note_if_it_limits_nothing(context, args.wait);
    let session = &context.session(host_of_pages(&databases)?)?;
    context.in_flight.resume_with(session.command(FORK_STATUS_WAIT));
    let client = session.authenticated()?;
    let owner = session.owner(args.owner.as_deref(), "--owner").map_err(|error| explain(error, session))?;
    let databases = arguments::once(context, databases, |argument| argument.database.clone());
    let (gate, group) =
        (&session.gate(args.jobs.jobs.min(databases.len())), &context.output.group(databases.len()));
    let command = |open| session.command(&again(args, open));
    context
        .in_flight
        .expect(databases.iter().map(|argument| argument.value.database.to_string()), command(false));
    let owner = owner.as_str();
    let jobs = databases.into_iter().map(|Argument { text, value }| {
        let parent = value.database;
        let waiting = None;
        let job = ForkJob { context, session, client, gate, group, parent, owner, args, waiting };
        Argument { text, value: job }
    });
    let words = Words {
        done: if args.wait.wait { "forked" } else { "accepted" },
        again: &|texts, open| shell::command_line(&command(open), texts.iter().copied()),
    };
    Ok(side_by_side::run(context, group, args.jobs.jobs, jobs.collect(), &words))
}

/// The command that tries databases again; with `open`, some may be forked already.
fn again(args: &cli::Fork, open: bool) -> String {
    let mut words = vec!["dhub db fork".to_owned()];
    words.extend(args.owner.as_ref().map(|owner| format!("--owner {}", shell::quote(owner))));
    words.extend(args.wait.options());
    words.extend((args.if_not_exists || open).then(|| "--if-not-exists".to_owned()));
    words.join(" ")
}

impl Job for ForkJob<'_> {
    fn step(&mut self) -> Step {
        let Some(mut waiting) = self.waiting.take() else { return self.begin() };
        match waiting.watch.ask(self.gate) {
            Asked::Again(at) => {
                self.waiting = Some(waiting);
                Step::Again(at)
            }
            Asked::Ended(ended) => {
                let Waiting { accepted, watch, since } = waiting;
                // What moves makes way for the result.
                drop(watch);
                let goes_on = matches!(ended, Ended::Early(_));
                let told = self.tell_end(&accepted, ended, since);
                if goes_on { Step::GoesOn(told) } else { Step::Finished(told) }
            }
        }
    }
}

impl<'a> ForkJob<'a> {
    fn begin(&mut self) -> Step {
        let context: &'a Context = self.context;
        let in_flight = &context.in_flight;
        let since = Instant::now();
        let (ticket, outcome) = self.send();
        let accepted = match outcome {
            Ok(accepted) => accepted,
            Err(failure) => {
                let outcome = self.not_accepted(failure);
                in_flight.answered(&self.parent.to_string(), ticket, outcome.is_err());
                return Step::Finished(outcome);
            }
        };
        in_flight.add(UnderWay::from(&accepted), ticket);
        self.note_accepted(&accepted);
        if !self.args.wait.wait {
            let told = in_flight.tell(&accepted.operation, || self.tell_accepted(&accepted));
            return match told {
                Ok(()) => Step::Finished(Ok(Success::Done)),
                Err(error) => Step::GoesOn(Err(self.not_told(error, &accepted))),
            };
        }
        let arrow = if context.output.utf8() { "→" } else { "->" };
        let what = format!("{} {arrow} {}", accepted.parent, accepted.owner);
        let (operation, limit) = (accepted.operation.clone(), self.args.wait.limit());
        let watch = Watch::new(context, self.client, operation, what, limit, self.group);
        let first = watch.first();
        self.waiting = Some(Waiting { accepted, watch, since });
        Step::Again(first)
    }

    /// Sends the request, through the gate. The ticket is that of the last try.
    fn send(&self) -> (Option<Ticket>, Result<Accepted, Failure>) {
        let (client, place) = (self.client.clone(), self.place());
        let change = Change {
            argument: self.parent.to_string(),
            what: self.what(),
            check: self.check(),
            look: Arc::new(move || look::word(&client, &place).map(|word| format!("{place} {word}"))),
        };
        self.context.in_flight.send(&change, self.gate, || self.client.fork(&self.parent, self.owner))
    }

    /// The fork goes on, so its name must not be lost with the result that could not be written.
    fn not_told(&self, error: io::Error, accepted: &Accepted) -> anyhow::Error {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return error.into();
        }
        let resume = self.context.in_flight.resume(&[&accepted.operation]);
        Error::new(Kind::Io, error.to_string()).with_hint(goes_on(1, &resume)).into()
    }

    fn what(&self) -> String {
        format!("fork {} to {}", self.parent, self.owner)
    }

    /// Where the fork will be: it keeps its parent's name (facts of the API, "Names").
    fn place(&self) -> Database {
        Database::new(self.owner, &self.parent.name)
    }

    fn page(&self) -> String {
        self.place().page(self.session.host())
    }

    /// The command that shows whether the fork is there.
    fn check(&self) -> String {
        self.session.command(&format!("dhub db forks {}", shell::quote(&self.place().to_string())))
    }

    /// On stderr at once, so that a killed process loses nothing.
    fn note_accepted(&self, accepted: &Accepted) {
        let shown_anyway = !self.args.wait.wait && self.context.output.form() == Form::Terminal;
        if !shown_anyway {
            let Accepted { operation, parent, owner } = accepted;
            self.context.output.note(&format!("forking {parent} to {owner}: {operation}"));
        }
    }

    fn tell_end(&self, accepted: &Accepted, ended: Ended, since: Instant) -> anyhow::Result<Success> {
        self.context.in_flight.tell(&accepted.operation, || match ended {
            Ended::Finished(ForkStatus::Failed(message)) => {
                self.tell_not_done(accepted, State::Failed, message.as_deref());
                Err(failed(message).with_context(format!("cannot {}", self.what())).into())
            }
            Ended::Finished(ForkStatus::Done(Some(place))) => {
                self.tell_done(accepted, &place, since.elapsed())?;
                Ok(Success::Done)
            }
            Ended::Finished(_) => {
                let place = Database::new(&accepted.owner, &accepted.parent.name);
                self.tell_done(accepted, &place, since.elapsed())?;
                Ok(Success::Done)
            }
            Ended::Early(error) => {
                self.tell_not_done(accepted, State::Pending, None);
                Err(error.into())
            }
        })
    }

    fn not_accepted(&self, failure: Failure) -> anyhow::Result<Success> {
        if failure.may_have_been_carried_out() {
            return self.after_a_lost_answer(&failure);
        }
        let duplicate = failure.is_duplicate();
        if duplicate && self.args.if_not_exists {
            self.confirm(&failure)?;
            return Ok(self.tell_exists().map(|()| Success::There)?);
        }
        let error = failure.into_error(format!("cannot {}", self.what()));
        let error = match duplicate {
            true if self.place() == self.parent => {
                error.with_hint("a fork keeps its parent's name: name another owner with --owner")
            }
            true => error.with_hint(counts_as_done(&self.page())),
            false => error,
        };
        Err(explain(error, self.session).into())
    }

    /// Makes sure that what is there is a fork of the wanted parent: never takes a namesake for it.
    fn confirm(&self, refusal: &Failure) -> Result<()> {
        let place = self.place();
        let conflict = |message: String| {
            Error::new(Kind::AlreadyExists, message)
                .with_context(format!("cannot {}", self.what()))
                .with_hint(format!("look at it: {}", self.page()))
                .with_request(refusal.request.clone(), refusal.status)
        };
        match look(self.client, self.gate, &place) {
            Found::There(parent) => match parent {
                Some(parent) if parent.is_same_as(&self.parent) => Ok(()),
                Some(parent) => Err(conflict(format!("{place} is there already, as a fork of {parent}"))),
                None => Err(conflict(format!("{place} is there already and is not a fork"))),
            },
            Found::NotThere => Err(conflict(format!(
                "the service says that the fork is there already, but {place} cannot be seen; it may be under way: run this again in a while"
            ))),
            Found::CannotTell(why) => Err(conflict(format!(
                "{place} is there already, but asking about it brought no answer: {why}"
            ))),
        }
    }

    /// The fork may be under way. Looks, and tells what is there; never asks a second time.
    fn after_a_lost_answer(&self, failure: &Failure) -> anyhow::Result<Success> {
        let place = self.place();
        let lost = |found: String, hint: String| {
            Error::new(Kind::Unknown, format!("{}; {found}", failure.message))
                .with_context(format!("cannot tell whether the service began to {}", self.what()))
                .with_hint(hint)
                .with_request(failure.request.clone(), failure.status)
        };
        let again = format!(
            "it may be under way: look again with `{}`, or run this again with --if-not-exists",
            self.check()
        );
        let error = match look(self.client, self.gate, &place) {
            Found::There(_) if self.args.if_not_exists => {
                self.confirm(failure)?;
                return Ok(self.tell_exists().map(|()| Success::There)?);
            }
            Found::There(parent) if parent.as_ref().is_some_and(|parent| parent.is_same_as(&self.parent)) => {
                lost(format!("{place} is there now"), format!("see it at {}", self.page()))
            }
            Found::There(_) => lost(
                format!("there is a {place}, but it is no fork of {}", self.parent),
                format!("that one is in the way: see {}, or name another owner with --owner", self.page()),
            ),
            Found::NotThere => lost(format!("{place} is not there now"), again),
            Found::CannotTell(why) => {
                lost(format!("asking about {place} brought no answer either: {why}"), again)
            }
        };
        Err(error.into())
    }

    fn tell_accepted(&self, accepted: &Accepted) -> io::Result<()> {
        let out = &self.context.output;
        let Accepted { operation, parent, owner } = accepted;
        match out.form() {
            Form::Json => out.document(&UnderWay::from(accepted).document()),
            Form::Rows => out.row(&[operation.as_str(), &parent.to_string()]),
            Form::Terminal => {
                let resume = self.context.in_flight.resume(&[operation]);
                out.success(
                    &format!("Forking {parent} to {owner}"),
                    &[&format!("wait for it with: {resume}")],
                )
            }
        }
    }

    /// Scripts that read JSON get one document for each accepted fork, however it ends.
    fn tell_not_done(&self, accepted: &Accepted, state: State, message: Option<&str>) {
        if self.context.output.form() == Form::Json {
            // The error that follows says more than a closed stdout would.
            let fork = UnderWay::from(accepted);
            let _ = self.context.output.document(&Fork { state, message, ..fork.document() });
        }
    }

    fn tell_done(&self, accepted: &Accepted, place: &Database, took: Duration) -> io::Result<()> {
        let out = &self.context.output;
        let host = self.session.host();
        match out.form() {
            Form::Json => out.document(&Fork {
                state: State::Done,
                fork: Some(Place::of(place, host)),
                ..UnderWay::from(accepted).document()
            }),
            Form::Rows => out.row(&[&place.to_string(), &place.page(host)]),
            Form::Terminal => {
                let took = output::elapsed(took);
                out.success(&format!("Forked {} to {place} in {took}", accepted.parent), &[&place.page(host)])
            }
        }
    }

    fn tell_exists(&self) -> io::Result<()> {
        let out = &self.context.output;
        let place = self.place();
        match out.form() {
            Form::Json => out.document(&Fork {
                operation: None,
                state: State::Exists,
                parent: Some((&self.parent).into()),
                owner: Some(self.owner),
                fork: Some(Place::of(&place, self.session.host())),
                message: None,
            }),
            Form::Rows if self.args.wait.wait => out.row(&[&place.to_string(), &self.page()]),
            Form::Rows => out.row(&["", &self.parent.to_string()]),
            Form::Terminal => {
                out.success(&format!("There already: {place}, a fork of {}", self.parent), &[&self.page()])
            }
        }
    }
}
