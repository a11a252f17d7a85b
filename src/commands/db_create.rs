//! `dhub db create`: create databases.

use std::sync::Arc;

use crate::api::{self, Client, Failure, NewDatabase};
use crate::bulk::Gate;
use crate::cli;
use crate::error::{Error, Kind, Result};
use crate::names::{Database, NewName, Visibility};
use crate::output::json::Created;
use crate::output::{Form, Output, prompt};
use crate::session::Session;
use crate::shell;

use super::arguments::{self, Argument, nothing_to_do};
use super::context::Context;
use super::explain::{counts_as_done, explain};
use super::in_flight::{Change, Ticket};
use super::look::{self, Found, look};
use super::side_by_side::{self, Job, Step, Success, Words};

/// One database to create, and how.
struct Create<'a> {
    context: &'a Context,
    session: &'a Session,
    client: &'a Client,
    gate: &'a Gate,
    database: Database,
    visibility: Visibility,
    args: &'a cli::Create,
}

pub fn run(context: &Context, args: &cli::Create) -> anyhow::Result<u8> {
    let names = arguments::read(&args.databases, NewName::parse)?;
    if nothing_to_do(context, &names) {
        return Ok(0);
    }
    let session = context.session(None)?;
    let visibility = known_visibility(context, args, &session)?;
    let client = session.authenticated()?;
    let visibility = match visibility {
        Some(visibility) => visibility,
        None => prompt::visibility(&context.output, &all_of(&names))?.ok_or_else(no_visibility)?,
    };
    let default_owner = if names.iter().any(|new| new.value.owner.is_none()) {
        session.owner(None, "OWNER/NAME").map_err(|error| explain(error, &session))?
    } else {
        String::new()
    };
    let place = |new: &NewName| Database::new(new.owner.as_ref().unwrap_or(&default_owner), &new.name);
    let names = arguments::once(context, names, place);
    let session = &session;
    let gate = &session.gate(args.jobs.jobs.min(names.len()));
    let command = |open| session.command(&again(args, visibility, open));
    context.in_flight.expect(names.iter().map(|new| place(&new.value).to_string()), command(false));
    let jobs = names.into_iter().map(|Argument { text, value: new }| {
        let database = place(&new);
        Argument { text, value: Create { context, session, client, gate, database, visibility, args } }
    });
    let group = context.output.group(jobs.len());
    let words = Words {
        done: "created",
        again: &|texts, open| shell::command_line(&command(open), texts.iter().copied()),
    };
    Ok(side_by_side::run(context, &group, args.jobs.jobs, jobs.collect(), &words))
}

/// The command that tries databases again; with `open`, some may have been created.
fn again(args: &cli::Create, visibility: Visibility, open: bool) -> String {
    let mut words = vec![format!("dhub db create --{visibility}")];
    words.extend(args.description.as_ref().map(|text| format!("--description={}", shell::quote_text(text))));
    words.extend((args.if_not_exists || open).then(|| "--if-not-exists".to_owned()));
    words.join(" ")
}

/// The visibility that was asked for; none where a person can still be asked.
fn known_visibility(context: &Context, args: &cli::Create, session: &Session) -> Result<Option<Visibility>> {
    let known = match (args.public, args.private) {
        (true, _) => Some(Visibility::Public),
        (_, true) => Some(Visibility::Private),
        _ => session.settings.entry.visibility,
    };
    let in_ci = context.environment.get("CI").is_some();
    if known.is_none() && (context.output.form() == Form::Json || !prompt::somebody_is_there(in_ci)) {
        return Err(no_visibility());
    }
    Ok(known)
}

fn no_visibility() -> Error {
    Error::usage("nothing says whether the database is to be public or private")
        .with_hint("say --public or --private, or set `visibility` for the host in the config file")
}

/// The names for a question, or how many there are.
fn all_of(names: &[Argument<NewName>]) -> String {
    match names {
        [one] => one.text.clone(),
        [one, other] => format!("{} and {}", one.text, other.text),
        many => format!("these {} databases", many.len()),
    }
}

impl Job for Create<'_> {
    fn step(&mut self) -> Step {
        let in_flight = &self.context.in_flight;
        let (ticket, outcome) = self.send();
        let told = self.tell_outcome(outcome);
        in_flight.answered(&self.database.to_string(), ticket, told.is_err());
        Step::Finished(told)
    }
}

impl Create<'_> {
    /// Sends the request, through the gate. The ticket is that of the last try.
    fn send(&self) -> (Option<Ticket>, Result<api::Created, Failure>) {
        let new = NewDatabase {
            database: &self.database,
            visibility: self.visibility,
            description: self.args.description.as_deref(),
        };
        let argument = self.database.to_string();
        let (client, database) = (self.client.clone(), self.database.clone());
        let change = Change {
            what: format!("create {argument}"),
            argument,
            check: self.check(),
            look: Arc::new(move || look::word(&client, &database).map(|word| format!("it {word}"))),
        };
        self.context.in_flight.send(&change, self.gate, || self.client.create_database(new))
    }

    fn tell_outcome(&self, outcome: Result<api::Created, Failure>) -> anyhow::Result<Success> {
        match outcome {
            Ok(created) => {
                self.tell_created(&created).map_err(|error| self.not_told(error))?;
                Ok(Success::Done)
            }
            Err(failure) if failure.may_have_been_carried_out() => self.after_a_lost_answer(&failure),
            Err(failure) if failure.is_duplicate() && self.args.if_not_exists => {
                self.confirm(&failure)?;
                Ok(self.tell_found(Some(false)).map(|()| Success::There)?)
            }
            Err(failure) => {
                let duplicate = failure.is_duplicate();
                let error = failure.into_error(format!("cannot create {}", self.database));
                let error = if duplicate { error.with_hint(counts_as_done(&self.page())) } else { error };
                Err(explain(error, self.session).into())
            }
        }
    }

    fn page(&self) -> String {
        self.database.page(self.session.host())
    }

    /// The command that shows whether it is there.
    fn check(&self) -> String {
        self.session.command(&format!("dhub db forks {}", shell::quote(&self.database.to_string())))
    }

    /// Makes sure that what is there already is what was asked for: never takes the wrong thing for the right one.
    fn confirm(&self, refusal: &Failure) -> Result<()> {
        let database = &self.database;
        let conflict = |message: String| {
            Error::new(Kind::AlreadyExists, message)
                .with_context(format!("cannot create {database}"))
                .with_request(refusal.request.clone(), refusal.status)
        };
        let unsure = |why: String| {
            conflict(format!(
                "it is there already, and it cannot be confirmed that it is the right one: {why}"
            ))
            .with_hint(format!("look at it: {}", self.page()))
        };
        match look(self.client, self.gate, database) {
            Found::There(_) => {}
            Found::NotThere => return Err(unsure("your token does not see it".to_owned())),
            Found::CannotTell(why) => return Err(unsure(why)),
        }
        let visibility = look::visibility(self.client, self.gate, database).map_err(unsure)?;
        if visibility != self.visibility {
            return Err(conflict(format!("it is there already and {visibility}, not {}", self.visibility))
                .with_hint(format!(
                    "ask for --{visibility}, choose another name, or change it on {}",
                    self.page()
                )));
        }
        Ok(())
    }

    /// The database may have been created. Looks, and tells what is there; never asks a second time.
    fn after_a_lost_answer(&self, failure: &Failure) -> anyhow::Result<Success> {
        let database = &self.database;
        let lost = |found: &str, hint: String| {
            Error::new(Kind::Unknown, format!("{}; {found}", failure.message))
                .with_context(format!("cannot tell whether {database} was created"))
                .with_hint(hint)
                .with_request(failure.request.clone(), failure.status)
        };
        let again = format!("look again with `{}`, or run this again with --if-not-exists", self.check());
        let error = match look(self.client, self.gate, database) {
            Found::There(_) if self.args.if_not_exists => {
                self.confirm(failure)?;
                return Ok(self.tell_found(None).map(|()| Success::There)?);
            }
            Found::There(_) => lost("it is there now", format!("see it at {}", self.page())),
            Found::NotThere => lost("it is not there now", again),
            Found::CannotTell(why) => {
                lost(&format!("asking about it brought no answer either: {why}"), again)
            }
        };
        Err(error.into())
    }

    /// The database is there, which must not be lost with the result that could not be written.
    fn not_told(&self, error: std::io::Error) -> anyhow::Error {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            return error.into();
        }
        let hint = format!("{} was created: see {}", self.database, self.page());
        Error::new(Kind::Io, error.to_string()).with_hint(hint).into()
    }

    fn tell_created(&self, created: &api::Created) -> std::io::Result<()> {
        let asked = self.visibility;
        if let Some(visibility) = created.visibility.as_deref().filter(|&word| word != asked.as_str()) {
            let database = &created.database;
            self.context
                .output
                .note(&format!("the service says that {database} is {visibility}, not {asked}"));
        }
        self.tell(
            &created.database,
            created.visibility.as_deref(),
            created.description.as_deref(),
            Some(true),
            "Created",
        )
    }

    /// Tells of one that is there with the right visibility. Nobody said what its description is.
    fn tell_found(&self, created: Option<bool>) -> std::io::Result<()> {
        self.tell(&self.database, Some(self.visibility.as_str()), None, created, "There already:")
    }

    fn tell(
        &self,
        database: &Database,
        visibility: Option<&str>,
        description: Option<&str>,
        created: Option<bool>,
        verb: &str,
    ) -> std::io::Result<()> {
        let output: &Output = &self.context.output;
        let url = database.page(self.session.host());
        match output.form() {
            Form::Json => {
                output.document(&Created { name: database.into(), visibility, description, url, created })
            }
            Form::Rows => output.row(&[&database.to_string(), &url]),
            Form::Terminal => {
                let visibility = visibility.map(|word| format!(" ({word})")).unwrap_or_default();
                output.success(&format!("{verb} {database}{visibility}"), &[&url])
            }
        }
    }
}
