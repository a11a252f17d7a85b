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
use super::explain::explain;
use super::in_flight::{FORK_STATUS_WAIT, UnderWay};
use super::look::{Found, look};
use super::waiting::{Ended, Waiting, wait};

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
                let under_way = UnderWay {
                    operation: accepted.operation.clone(),
                    parent: Some(accepted.parent.clone()),
                    owner: Some(accepted.owner.clone()),
                };
                in_flight.add(under_way.clone());
                self.note_accepted(&accepted);
                if self.args.wait.wait {
                    self.wait_for(&under_way, started)
                } else {
                    in_flight.settle(&accepted.operation);
                    Ok(self.tell_pending(&under_way)?)
                }
            }
            Err(failure) => {
                in_flight.answered();
                self.not_accepted(failure)
            }
        }
    }

    fn what(&self) -> String {
        format!("fork {} to {}", self.parent, self.owner)
    }

    /// Where the fork will be: it keeps its parent's name (facts of the API, "Names").
    fn place(&self) -> Database {
        Database::new(self.owner, &self.parent.name)
    }

    /// The command that shows whether the fork is there.
    fn check(&self) -> String {
        self.session.command(&format!("dhub db forks {}", shell_quote(&self.place().to_string())))
    }

    /// On stderr at once, so that a killed process loses nothing.
    fn note_accepted(&self, accepted: &Accepted) {
        let shown_anyway = !self.args.wait.wait && self.context.output.form() == Form::Terminal;
        if !shown_anyway {
            self.context
                .output
                .note(&format!("forking {} to {}: {}", self.parent, self.owner, accepted.operation));
        }
    }

    fn wait_for(&self, fork: &UnderWay, started: Instant) -> anyhow::Result<()> {
        let ended = wait(
            self.context,
            self.client,
            &Waiting {
                operation: &fork.operation,
                what: &self.label(),
                limit: self.args.wait.limit(),
                just_accepted: true,
            },
        );
        if !self.context.in_flight.settle(&fork.operation) {
            // A signal came first, and its last words told of this fork.
            return Ok(());
        }
        match ended {
            Ended::Finished(ForkStatus::Failed(message)) => {
                self.tell_failed(fork, message.as_deref())?;
                Err(failed(message).doing(format!("cannot {}", self.what())).into())
            }
            Ended::Finished(status) => {
                let place = match status {
                    ForkStatus::Done(Some(place)) => place,
                    _ => self.place(),
                };
                Ok(self.tell_done(fork, &place, started.elapsed())?)
            }
            Ended::Early(error) => {
                self.tell_not_finished(fork)?;
                Err(error.into())
            }
        }
    }

    fn label(&self) -> String {
        let arrow = if self.context.output.utf8() { "→" } else { "->" };
        format!("{} {arrow} {}", self.parent, self.owner)
    }

    fn not_accepted(&self, failure: Failure) -> anyhow::Result<()> {
        if failure.may_have_been_carried_out() {
            return self.after_a_lost_answer(&failure);
        }
        if failure.is_duplicate() && self.args.if_not_exists {
            self.confirm(&failure)?;
            return Ok(self.tell_exists()?);
        }
        let error = failure.into_error(format!("cannot {}", self.what()));
        Err(explain(error, self.session).into())
    }

    /// Makes sure that what is there is a fork of the wanted parent: never takes a namesake for it.
    fn confirm(&self, refusal: &Failure) -> Result<()> {
        let place = self.place();
        let conflict = |message: String| {
            Error::new(Kind::AlreadyExists, message)
                .doing(format!("cannot {}", self.what()))
                .hint(format!("look at it: {}", place.page(self.session.host())))
                .request(refusal.request.clone(), refusal.status)
        };
        match look(self.client, &place) {
            Found::There(forks) => match forks.parent {
                Some(parent) if parent == *self.parent => Ok(()),
                Some(parent) => Err(conflict(format!("{place} is there already, as a fork of {parent}"))),
                None => Err(conflict(format!("{place} is there already and is not a fork"))),
            },
            Found::NotThere => Err(conflict(format!(
                "the service says that the fork is there already, but {place} cannot be seen; it may still be under way"
            ))),
            Found::CannotTell(why) => {
                Err(conflict(format!("{place} is there already, but a look at it did not help: {why}")))
            }
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
            Found::There(forks) if forks.parent.as_ref() == Some(self.parent) => lost(
                format!("{place} is there now"),
                format!("see it at {}", place.page(self.session.host())),
            ),
            Found::There(_) => {
                lost(format!("there is a {place}, but it is no fork of {}", self.parent), again)
            }
            Found::NotThere => lost(format!("{place} is not there now"), again),
            Found::CannotTell(why) => lost(format!("a look did not help: {why}"), again),
        };
        Err(error.into())
    }

    fn tell_pending(&self, fork: &UnderWay) -> io::Result<()> {
        let output = &self.context.output;
        match output.form() {
            Form::Json => output.document(&fork.document()),
            Form::Rows => output.row(&[fork.operation.as_str(), &self.parent.to_string()]),
            Form::Terminal => output.success(
                &format!("Forking {} to {}", self.parent, self.owner),
                &[&format!("wait for it with: {}", self.context.in_flight.resume(&[&fork.operation]))],
            ),
        }
    }

    /// Scripts that read JSON get one document for each accepted fork, however it ends.
    fn tell_not_finished(&self, fork: &UnderWay) -> io::Result<()> {
        match self.context.output.form() {
            Form::Json => self.context.output.document(&fork.document()),
            Form::Rows | Form::Terminal => Ok(()),
        }
    }

    fn tell_failed(&self, fork: &UnderWay, message: Option<&str>) -> io::Result<()> {
        match self.context.output.form() {
            Form::Json => {
                self.context.output.document(&Fork { state: State::Failed, message, ..fork.document() })
            }
            Form::Rows | Form::Terminal => Ok(()),
        }
    }

    fn tell_done(&self, fork: &UnderWay, place: &Database, took: Duration) -> io::Result<()> {
        let out = &self.context.output;
        let host = self.session.host();
        match out.form() {
            Form::Json => out.document(&Fork {
                state: State::Done,
                fork: Some(Place::of(place, host)),
                ..fork.document()
            }),
            Form::Rows => out.row(&[&place.to_string(), &place.page(host)]),
            Form::Terminal => {
                let took = output::elapsed(took);
                out.success(&format!("Forked {} to {place} in {took}", self.parent), &[&place.page(host)])
            }
        }
    }

    fn tell_exists(&self) -> io::Result<()> {
        let output = &self.context.output;
        let place = self.place();
        let url = place.page(self.session.host());
        match output.form() {
            Form::Json => output.document(&Fork {
                operation: None,
                state: State::Exists,
                parent: Some(self.parent.into()),
                owner: Some(self.owner),
                fork: Some(Place::of(&place, self.session.host())),
                message: None,
            }),
            Form::Rows if self.args.wait.wait => output.row(&[&place.to_string(), &url]),
            Form::Rows => output.row(&["", &self.parent.to_string()]),
            Form::Terminal => {
                output.success(&format!("There already: {place}, a fork of {}", self.parent), &[&url])
            }
        }
    }
}

/// The error for a fork that the service gave up.
pub(super) fn failed(message: Option<String>) -> Error {
    let message = message.unwrap_or_else(|| "the fork failed, and the service does not say why".to_owned());
    Error::new(Kind::OperationFailed, message)
        .hint("the fork was accepted, and then failed; it can be tried again")
}
