//! `dhub db fork`: fork databases, and wait for the forks.

use crate::cli;
use crate::error::{Error, Result};
use crate::jobs::{self, Commands};
use crate::names::{DatabaseArgument, check_owner};
use crate::session::Session;

use super::arguments::{self, Argument, host_of_pages, nothing_to_do};
use super::change::Changer;
use super::context::Context;
use super::fork_job::{ForkJob, Forks};
use super::hints::{FORK_STATUS_WAIT, note_unused_timeout, with_refusal_hint};

pub fn run(context: &Context, args: &cli::Fork) -> anyhow::Result<u8> {
    if [&args.databases, &args.owners].iter().all(|given| given.iter().any(|text| text == "-")) {
        let error = Error::usage("databases and owners cannot both be read from stdin");
        return Err(error.with_hint("name the owners as in --owner anna,ben").into());
    }
    let databases = arguments::read(&args.databases, DatabaseArgument::parse)?;
    let owners = read_owners(&args.owners)?;
    if nothing_to_do(context, &databases)
        || owners.as_ref().is_some_and(|owners| nothing_to_do(context, owners))
    {
        return Ok(0);
    }
    note_unused_timeout(context, args.wait);
    let session = &context.session(host_of_pages(&databases)?)?;
    let client = session.authenticated()?;
    let databases = arguments::once(context, databases, |argument| {
        let (owner, name) = argument.database.parts();
        (owner.to_ascii_lowercase(), name.to_ascii_lowercase())
    });
    let owner_is_named = owners.is_some();
    let owners = match owners {
        Some(owners) => {
            let owners = arguments::once(context, owners, |owner| owner.to_ascii_lowercase());
            owners.into_iter().map(|owner| owner.value).collect()
        }
        None => vec![default_owner(session)?],
    };
    let count = databases.len() * owners.len();
    let client = &client.with_concurrency(args.jobs.jobs.min(count));
    client.prepare(args.wait.wait)?;
    let changer = Changer { session, client, if_not_exists: args.if_not_exists };
    let progress = &context.output.progress(count);
    let forks = Forks { context, changer, progress, wait: args.wait };
    let jobs = each_to_each(databases, &owners, |parent, owner| {
        ForkJob::new(forks, parent.database, owner, owner_is_named)
    });
    let command = |if_not_exists| session.command(&command(args, if_not_exists));
    let commands = Commands {
        again: command(args.if_not_exists),
        again_existing: command(true),
        reports_unstarted: true,
        resume: session.command(FORK_STATUS_WAIT),
    };
    let done = if args.wait.wait { "forked" } else { "accepted" };
    jobs::run(&context.output, progress, args.jobs.jobs, jobs, commands, done)
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
fn command(args: &cli::Fork, if_not_exists: bool) -> String {
    let mut words = vec!["dhub db fork".to_owned()];
    words.extend(args.wait.options());
    words.extend(if_not_exists.then(|| "--if-not-exists".to_owned()));
    words.join(" ")
}
