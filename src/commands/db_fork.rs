//! `dhub db fork`: fork databases, and wait for the forks.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use crate::cli;
use crate::error::{Error, Result};
use crate::jobs::{self, Commands};
use crate::names::{Database, DatabaseArgument, check_owner};
use crate::session::Session;
use crate::shell;

use super::arguments::{self, Argument, nothing_to_do, sites};
use super::change::Changer;
use super::checkout;
use super::context::Context;
use super::fork_job::{ForkJob, Forks};
use super::hints::{FORK_STATUS_WAIT, note_unused_timeout, with_refusal_hint};
use super::kept_forks::KeptForks;
use super::local_copy::{LocalCopy, check_single};

/// So many forks of several databases to several owners at a time.
const MAX_FORKS: usize = 100_000;

pub fn run(context: &Context, args: &cli::Fork) -> anyhow::Result<u8> {
    if [&args.databases, &args.owners].iter().all(|given| given.iter().any(|text| text == "-")) {
        let error = Error::usage("databases and owners cannot both be read from stdin");
        return Err(error.with_hint("name the owners as in --owner anna,ben").into());
    }
    let databases = match args.databases.as_slice() {
        [] => vec![checkout::origin_to_fork(context)?],
        given => arguments::read(given, DatabaseArgument::parse)?,
    };
    let owners = read_owners(&args.owners)?;
    if nothing_to_do(context, &databases)
        || owners.as_ref().is_some_and(|owners| nothing_to_do(context, owners))
    {
        return Ok(0);
    }
    let databases = arguments::once(context, databases, |argument| {
        let (owner, name) = argument.database.parts();
        (owner.to_ascii_lowercase(), name.to_ascii_lowercase())
    });
    let owners = owners.map(|owners| arguments::once(context, owners, |owner| owner.to_ascii_lowercase()));
    let local_copy = local_copy(args, &databases, owners.as_ref().map_or(1, Vec::len))?;
    let wait = if local_copy.is_some() { args.wait.waiting() } else { args.wait };
    note_unused_timeout(context, wait);
    let session = &context.session_at(&sites(&databases))?;
    let client = session.authenticated()?;
    let owner_is_named = owners.is_some();
    let asks_for_owner = !owner_is_named && session.asks_for_owner(None);
    let owners = match owners {
        Some(owners) => owners.into_iter().map(|owner| owner.value).collect(),
        None => vec![default_owner(session)?],
    };
    let count = databases.len() * owners.len();
    if owners.len() > 1 && count > MAX_FORKS {
        let message = format!("{} databases to {} owners are {count} forks", databases.len(), owners.len());
        return Err(Error::usage(message).with_hint(format!("request {MAX_FORKS} at a time at most")).into());
    }
    let client = &client.for_jobs(count, args.jobs.changes());
    client.prepare(wait.wait)?;
    let first = databases.first().zip(owners.first()).map(|(database, owner)| {
        let target = Database::new(owner, &database.value.database.name);
        (database.text.clone(), target)
    });
    if let Some((local_copy, (_, target))) = local_copy.as_ref().zip(first.as_ref()) {
        local_copy.check(session, client, target)?;
    }
    let changer = Changer { session, client, if_not_exists: args.if_not_exists };
    let progress = context.output.progress(count);
    let made = Mutex::default();
    let kept = &KeptForks::new(context, session);
    let forks = Forks {
        context,
        changer,
        progress: &progress,
        wait,
        kept,
        looks_early: count == 1 && asks_for_owner,
        made: &made,
        goes_on: local_copy.is_some(),
    };
    let jobs = each_to_each(databases, &owners, |parent, owner| {
        ForkJob::new(forks, parent.database, owner, owner_is_named)
    });
    let command = |if_not_exists| session.command(&command(args, wait, if_not_exists));
    let commands = Commands {
        again: command(args.if_not_exists),
        again_existing: command(true),
        reports_unstarted: true,
        resume: session.command(FORK_STATUS_WAIT),
    };
    let done = if wait.wait { "forked" } else { "accepted" };
    let code = jobs::run(&context.output, &progress, args.jobs.changes(), jobs, commands, done)?;
    drop(progress);
    let made = made.into_inner().unwrap_or_else(PoisonError::into_inner).filter(|_| code == 0);
    if let (Some(local_copy), Some(made), Some((text, target))) = (local_copy, made, first) {
        local_copy
            .make(context, session, &made, wait.limit())
            .map_err(|error| error.with_task(&text, Some(&target.owner)))?;
    }
    Ok(code)
}

/// What `--clone` and `--remote` ask for. Each is for one fork.
fn local_copy(
    args: &cli::Fork,
    databases: &[Argument<DatabaseArgument>],
    owners: usize,
) -> Result<Option<LocalCopy>> {
    let count = databases.len() * owners;
    match (&args.clone, &args.remote, databases.first()) {
        (Some(folder), _, Some(first)) => {
            check_single(count, "--clone")?;
            // A fork keeps its parent's name.
            let name = Path::new(&first.value.database.name);
            LocalCopy::clone_into(folder.as_deref().unwrap_or(name)).map(Some)
        }
        (_, Some(name), _) => {
            check_single(count, "--remote")?;
            LocalCopy::remote(name.as_deref().unwrap_or("fork")).map(Some)
        }
        _ => Ok(None),
    }
}

/// The owners that were named; none where that is left to the settings.
fn read_owners(given: &[String]) -> Result<Option<Vec<Argument<String>>>> {
    if given.is_empty() {
        return Ok(None);
    }
    arguments::read(given, |text| {
        check_owner(text).map_err(|error| error.with_hint("an owner is a user or an organization"))?;
        Ok(text.to_owned())
    })
    .map(Some)
}

fn default_owner(session: &Session) -> Result<String> {
    session.owner(None, "--owner").map_err(|error| with_refusal_hint(error, session))
}

/// What is done for each database and each owner, in this order, with the database as it was given.
fn each_to_each<T: Clone, J>(
    databases: Vec<Argument<T>>,
    owners: &[String],
    job: impl Fn(T, &str) -> J,
) -> Vec<(String, J)> {
    let jobs = databases.iter().flat_map(|Argument { text, value }| {
        owners.iter().map(|owner| (text.clone(), job(value.clone(), owner)))
    });
    jobs.collect()
}

/// The same command for the owners and databases put after it.
fn command(args: &cli::Fork, wait: cli::WaitArgs, if_not_exists: bool) -> String {
    let mut words = vec!["dhub db fork".to_owned()];
    words.extend(wait.options());
    words.extend(args.clone.as_ref().map(|folder| shell::optional_value("--clone", folder.as_ref())));
    words.extend(args.remote.as_ref().map(|name| shell::optional_value("--remote", name.as_ref())));
    words.extend(if_not_exists.then(|| "--if-not-exists".to_owned()));
    words.join(" ")
}
