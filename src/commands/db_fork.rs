//! `dhub db fork`: fork databases, and wait for the forks.

use std::io;
use std::time::{Duration, Instant};

use crate::api::{Accepted, Client, Failure, ForkStatus};
use crate::cli;
use crate::error::{Error, Kind, Result};
use crate::names::{Database, DatabaseArgument, shell_quote};
use crate::output::json::{Fork, Place, State};
use crate::output::{self, Form};
use crate::session::Session;

use super::Context;
use super::arguments::{self, each, host_of_pages, nothing_to_do};
use super::explain::{counts_as_done, explain};
use super::in_flight::{FORK_STATUS_WAIT, UnderWay, goes_on};
use super::look::{Found, look};
use super::waiting::{Ended, Waiting, failed, note_if_it_limits_nothing, wait};

/// One database to fork, and how.
struct Job<'a> {
    context: &'a Context,
    session: &'a Session,
    client: &'a Client,
    parent: &'a Database,
    owner: &'a str,
    args: &'a cli::Fork,
}

pub fn run(context: &Context, args: &cli::Fork) -> anyhow::Result<u8> {
    let databases = arguments::read(&args.databases, DatabaseArgument::parse)?;
    if nothing_to_do(context, &databases) {
        return Ok(0);
    }
    note_if_it_limits_nothing(context, args.wait);
    let session = context.session(host_of_pages(&databases)?)?;
    context.in_flight.resume_with(session.command(FORK_STATUS_WAIT));
    let client = session.authenticated()?;
    let owner = session.owner(args.owner.as_deref(), "--owner").map_err(|error| explain(error, &session))?;
    each(context, &databases, |argument| {
        let parent = &argument.database;
        Job { context, session: &session, client, parent, owner: &owner, args }.run()
    })
}

impl Job<'_> {
    fn run(&self) -> anyhow::Result<()> {
        let in_flight = &self.context.in_flight;
        in_flight.sending(&self.what(), self.check());
        let started = Instant::now();
        match self.client.fork(self.parent, self.owner) {
            Ok(accepted) => {
                in_flight.add(UnderWay::from(&accepted));
                self.note_accepted(&accepted);
                if self.args.wait.wait {
                    return self.wait_for(&accepted, started);
                }
                let told = in_flight.tell(&accepted.operation, || self.tell_accepted(&accepted));
                told.map_err(|error| self.not_told(error, &accepted))
            }
            Err(failure) => {
                let outcome = self.not_accepted(failure);
                in_flight.answered();
                outcome
            }
        }
    }

    /// The fork goes on, so its name must not be lost with the result that could not be written.
    fn not_told(&self, error: io::Error, accepted: &Accepted) -> anyhow::Error {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return error.into();
        }
        let resume = self.context.in_flight.resume(&[&accepted.operation]);
        Error::new(Kind::Io, error.to_string()).hint(goes_on(1, &resume)).into()
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
        self.session.command(&format!("dhub db forks {}", shell_quote(&self.place().to_string())))
    }

    /// On stderr at once, so that a killed process loses nothing.
    fn note_accepted(&self, accepted: &Accepted) {
        let shown_anyway = !self.args.wait.wait && self.context.output.form() == Form::Terminal;
        if !shown_anyway {
            let Accepted { operation, parent, owner } = accepted;
            self.context.output.note(&format!("forking {parent} to {owner}: {operation}"));
        }
    }

    fn wait_for(&self, accepted: &Accepted, started: Instant) -> anyhow::Result<()> {
        let arrow = if self.context.output.utf8() { "→" } else { "->" };
        let waiting = Waiting {
            operation: &accepted.operation,
            what: &format!("{} {arrow} {}", accepted.parent, accepted.owner),
            limit: self.args.wait.limit(),
            just_accepted: true,
        };
        let ended = wait(self.context, self.client, &waiting);
        self.context.in_flight.tell(&accepted.operation, || match ended {
            Ended::Finished(ForkStatus::Failed(message)) => {
                self.tell_not_done(accepted, State::Failed, message.as_deref());
                Err(failed(message).doing(format!("cannot {}", self.what())).into())
            }
            Ended::Finished(ForkStatus::Done(Some(place))) => {
                Ok(self.tell_done(accepted, &place, started.elapsed())?)
            }
            Ended::Finished(_) => {
                let place = Database::new(&accepted.owner, &accepted.parent.name);
                Ok(self.tell_done(accepted, &place, started.elapsed())?)
            }
            Ended::Early(error) => {
                self.tell_not_done(accepted, State::Pending, None);
                Err(error.into())
            }
        })
    }

    fn not_accepted(&self, failure: Failure) -> anyhow::Result<()> {
        if failure.may_have_been_carried_out() {
            return self.after_a_lost_answer(&failure);
        }
        let duplicate = failure.is_duplicate();
        if duplicate && self.args.if_not_exists {
            self.confirm(&failure)?;
            return Ok(self.tell_exists()?);
        }
        let error = failure.into_error(format!("cannot {}", self.what()));
        let error = match duplicate {
            true if self.place() == *self.parent => {
                error.hint("a fork keeps its parent's name: name another owner with --owner")
            }
            true => error.hint(counts_as_done(&self.page())),
            false => error,
        };
        Err(explain(error, self.session).into())
    }

    /// Makes sure that what is there is a fork of the wanted parent: never takes a namesake for it.
    fn confirm(&self, refusal: &Failure) -> Result<()> {
        let place = self.place();
        let conflict = |message: String| {
            Error::new(Kind::AlreadyExists, message)
                .doing(format!("cannot {}", self.what()))
                .hint(format!("look at it: {}", self.page()))
                .request(refusal.request.clone(), refusal.status)
        };
        match look(self.client, &place) {
            Found::There(forks) => match forks.parent {
                Some(parent) if parent == *self.parent => Ok(()),
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
    fn after_a_lost_answer(&self, failure: &Failure) -> anyhow::Result<()> {
        let place = self.place();
        let lost = |found: String, hint: String| {
            Error::new(Kind::Unknown, format!("{}; {found}", failure.message))
                .doing(format!("cannot tell whether the service began to {}", self.what()))
                .hint(hint)
                .request(failure.request.clone(), failure.status)
        };
        let again = format!(
            "it may be under way: look again with `{}`, or run this again with --if-not-exists",
            self.check()
        );
        let error = match look(self.client, &place) {
            Found::There(_) if self.args.if_not_exists => {
                self.confirm(failure)?;
                return Ok(self.tell_exists()?);
            }
            Found::There(forks) if forks.parent.as_ref() == Some(self.parent) => {
                lost(format!("{place} is there now"), format!("see it at {}", self.page()))
            }
            Found::There(_) => {
                lost(format!("there is a {place}, but it is no fork of {}", self.parent), again)
            }
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
                parent: Some(self.parent.into()),
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
