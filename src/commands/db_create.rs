//! `dhub db create`: create databases.

use std::sync::{Mutex, PoisonError};

use crate::api::{Client, Created, DatabaseInfo, Failure, NewDatabase, WriteHook};
use crate::cli;
use crate::error::{Error, Result};
use crate::jobs::{self, Commands, Finished, Job, Left, Outcome, Poll, Slot, Unwritten};
use crate::names::{Database, NewName, Visibility, check_owner, without_password};
use crate::output::prompt;
use crate::output::view::CreatedView;
use crate::session::Session;
use crate::shell;

use super::arguments::{self, Argument, nothing_to_do};
use super::change::{Change, Changed, Changer, Mismatch};
use super::context::{Context, place};
use super::hints::with_refusal_hint;
use super::local_copy::{LocalCopy, Made, check_single};

/// One database to create.
struct CreateJob<'a> {
    context: &'a Context,
    changer: Changer<'a>,
    database: Database,
    visibility: Visibility,
    description: Option<&'a str>,
    /// Gets the database once it is there.
    made: &'a Mutex<Option<Made>>,
}

pub fn run(context: &Context, args: &cli::Create) -> anyhow::Result<u8> {
    let names = arguments::read(&args.databases, NewName::parse)?;
    if nothing_to_do(context, &names) {
        return Ok(0);
    }
    if let Some(owner) = &args.owner {
        check_only_owner(owner, &names)?;
    }
    let local_copy = match &args.remote {
        Some(name) => {
            check_single(names.len(), "--remote")?;
            Some(LocalCopy::remote(name.as_deref().unwrap_or("origin"))?)
        }
        None => None,
    };
    let session = &context.session(None)?;
    let visibility = known_visibility(context, args, session)?;
    let client = session.authenticated()?;
    let visibility = match visibility {
        Some(visibility) => visibility,
        None => prompt::visibility(&context.output, &all_of(&names))?.ok_or_else(no_visibility)?,
    };
    let default_owner = if names.iter().any(|new| new.value.owner.is_none()) {
        let named = args.owner.as_deref();
        session.owner(named, "--owner").map_err(|error| with_refusal_hint(error, session))?
    } else {
        String::new()
    };
    let database = |new: &NewName| Database::new(new.owner.as_ref().unwrap_or(&default_owner), &new.name);
    let names = arguments::once(context, names, database);
    let client = &client.for_jobs(names.len(), args.jobs.changes());
    client.prepare(false)?;
    let first = names.first().map(|first| (first.text.clone(), database(&first.value)));
    if let Some((local_copy, (_, target))) = local_copy.as_ref().zip(first.as_ref()) {
        local_copy.check(session, client, target)?;
    }
    let made = &Mutex::default();
    let changer = Changer { session, client, if_not_exists: args.if_not_exists };
    let jobs: Vec<_> = names
        .into_iter()
        .map(|Argument { text, value: new }| {
            let (database, description) = (database(&new), args.description.as_deref());
            (text, CreateJob { context, changer, database, visibility, description, made })
        })
        .collect();
    let command = |if_not_exists| session.command(&command(args, visibility, if_not_exists));
    let commands = Commands {
        again: command(args.if_not_exists),
        again_existing: command(true),
        reports_unstarted: true,
        resume: String::new(),
    };
    let progress = context.output.progress(jobs.len());
    let code = jobs::run(&context.output, &progress, args.jobs.changes(), jobs, commands, "created")?;
    drop(progress);
    let made = made.lock().unwrap_or_else(PoisonError::into_inner).take().filter(|_| code == 0);
    if let (Some(local_copy), Some(made), Some((text, target))) = (local_copy, made, first) {
        local_copy
            .make(context, session, &made, None)
            .map_err(|error| error.with_task(&text, Some(&target.owner)))?;
    }
    Ok(code)
}

/// The same command for the databases put after it.
fn command(args: &cli::Create, visibility: Visibility, if_not_exists: bool) -> String {
    let mut words = vec![format!("dhub db create --{visibility}")];
    words.extend(args.owner.as_ref().map(|owner| shell::option("--owner", owner)));
    words.extend(args.remote.as_ref().map(|name| shell::optional_value("--remote", name.as_ref())));
    words.extend(args.description.as_ref().map(|text| format!("--description={}", shell::quote(text))));
    words.extend(if_not_exists.then(|| "--if-not-exists".to_owned()));
    words.join(" ")
}

/// `--owner` is for the names without one.
fn check_only_owner(owner: &str, names: &[Argument<NewName>]) -> Result<()> {
    let safe = &without_password(owner);
    if owner == "-" || owner.contains(',') {
        return Err(Error::usage("--owner of a create is a single one")
            .with_argument(safe.clone())
            .with_hint("for several owners, write OWNER/NAME for each"));
    }
    check_owner(owner).map_err(|error| error.at(&format!("{safe:?}")).with_argument(safe.clone()))?;
    let differs = |new: &&Argument<NewName>| {
        new.value.owner.as_ref().is_some_and(|other| !other.eq_ignore_ascii_case(owner))
    };
    match names.iter().find(differs) {
        Some(Argument { text, .. }) => Err(Error::usage(format!("{text} does not belong to {owner}"))
            .with_argument(text)
            .with_hint("leave one of the two owners out")),
        None => Ok(()),
    }
}

/// The visibility that was requested; none where a person can still be prompted.
fn known_visibility(context: &Context, args: &cli::Create, session: &Session) -> Result<Option<Visibility>> {
    let known = match (args.public, args.private) {
        (true, _) => Some(Visibility::Public),
        (_, true) => Some(Visibility::Private),
        _ => session.settings.entry.visibility,
    };
    let in_ci = context.environment.get("CI").is_some();
    if known.is_none() && (context.output.is_json() || !prompt::is_interactive(in_ci)) {
        return Err(no_visibility());
    }
    Ok(known)
}

fn no_visibility() -> Error {
    Error::usage("--public or --private is required")
        .with_hint("choose --public or --private, or set `visibility` for the host in the config file")
}

/// The names for a prompt, or how many there are.
fn all_of(names: &[Argument<NewName>]) -> String {
    match names {
        [one] => one.text.clone(),
        [one, other] => format!("{} and {}", one.text, other.text),
        many => format!("these {} databases", many.len()),
    }
}

impl Job for CreateJob<'_> {
    type View = CreatedView;

    fn owner(&self) -> Option<&str> {
        Some(&self.database.owner)
    }

    fn poll(&mut self, slot: Slot<'_>) -> Poll<Finished<CreatedView>> {
        Poll::Ready(match self.changer.perform(self, slot) {
            Ok(Changed::Response(created)) => self.created(created),
            Ok(Changed::Existing { response_lost }) => self.existing(response_lost),
            Ok(Changed::Earlier(_)) => unreachable!("a create is not waited for: Change::waits"),
            Err(error) => error.into(),
        })
    }
}

impl CreateJob<'_> {
    /// For the rest of the command: the clone or the remote.
    fn keep(&self, database: &Database, is_new: bool) {
        let made = Made { database: database.clone(), parent: None, is_new };
        *self.made.lock().unwrap_or_else(PoisonError::into_inner) = Some(made);
    }

    fn created(&self, created: Created) -> Finished<CreatedView> {
        let Created { database, visibility, description } = created;
        let requested = self.visibility;
        if let Some(visibility) = visibility.as_deref().filter(|&word| word != requested.as_str()) {
            let note = format!("the service reports {database} as {visibility}, not {requested}");
            self.context.output.note(&note);
        }
        self.keep(&database, true);
        let place = place(database, self.changer.session);
        let hint = format!("{} was created: see {}", self.database, place.url);
        Finished {
            outcome: Outcome::Done,
            view: Some(CreatedView { place, visibility, description, created: Some(true) }),
            if_unwritten: Unwritten { hint: Some(hint), left: Left::Done(self.database.to_string()) },
        }
    }

    /// One that exists with the right visibility. Its description is unknown.
    fn existing(&self, response_lost: bool) -> Finished<CreatedView> {
        self.keep(&self.database, false);
        let view = CreatedView {
            place: place(self.database.clone(), self.changer.session),
            visibility: Some(self.visibility.to_string()),
            description: None,
            created: if response_lost { None } else { Some(false) },
        };
        Finished { outcome: Outcome::AlreadyExists, view: Some(view), if_unwritten: Unwritten::default() }
    }
}

impl Change for CreateJob<'_> {
    type Response = Created;

    fn send(&self, client: &Client, hook: &dyn WriteHook) -> Result<Created, Failure> {
        let Self { database, visibility, description, .. } = self;
        client.create_database(
            NewDatabase { database, visibility: *visibility, description: *description },
            hook,
        )
    }

    fn target(&self) -> &Database {
        &self.database
    }

    fn action(&self) -> String {
        format!("create {}", self.database)
    }

    fn result(&self) -> String {
        format!("{} was created", self.database)
    }

    fn mismatch(&self, _: &DatabaseInfo) -> Option<Mismatch> {
        None
    }

    fn visibility(&self) -> Option<Visibility> {
        Some(self.visibility)
    }

    fn paid_account_hint(&self) -> &'static str {
        match self.visibility {
            Visibility::Private => "create it with --public, or use a paid account",
            Visibility::Public => "it takes a paid account",
        }
    }

    fn why_invisible(&self) -> &'static str {
        "this token cannot see it"
    }
}
