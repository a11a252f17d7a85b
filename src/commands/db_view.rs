//! `dhub db view`: what databases are, and whether they exist.

use std::sync::Mutex;

use crate::api::{Client, DatabaseDetails};
use crate::cli;
use crate::jobs::{self, Commands, Finished, Job, Outcome, Poll, Slot, Threads, Unwritten};
use crate::names::{Database, DatabaseArgument};
use crate::output::view::DatabaseView;
use crate::session::Session;

use super::arguments::{self, Argument, nothing_to_do, sites};
use super::browser;
use super::checkout;
use super::context::Context;
use super::hints::with_refusal_hint;

/// One database to look up.
struct ViewJob<'a> {
    session: &'a Session,
    client: &'a Client,
    database: Database,
    number: usize,
    /// The pages of those that exist, with their number among the arguments.
    pages: &'a Mutex<Vec<(usize, String)>>,
}

/// So many pages are opened at most: a list may be long.
const MAX_PAGES: usize = 20;

pub fn run(context: &Context, args: &cli::View) -> anyhow::Result<u8> {
    let databases = match args.databases.as_slice() {
        [] => vec![checkout::origin(context)?],
        given => arguments::read(given, DatabaseArgument::parse)?,
    };
    if nothing_to_do(context, &databases) {
        return Ok(0);
    }
    let session = &context.session_at(&sites(&databases))?;
    let databases = arguments::once(context, databases, |argument| argument.database.clone());
    let (first, most) = args.jobs.reads();
    let threads = Threads { first, most }.at_most(databases.len());
    let client = &session.client()?.growing(threads.first, threads.most);
    let pages = &Mutex::default();
    let jobs: Vec<_> = databases
        .into_iter()
        .enumerate()
        .map(|(number, Argument { text, value: DatabaseArgument { database, .. } })| {
            (text, ViewJob { session, client, database, number, pages })
        })
        .collect();
    let again = session.command(if args.web { "dhub db view --web" } else { "dhub db view" });
    let commands = Commands {
        again: again.clone(),
        again_existing: again,
        reports_unstarted: false,
        resume: String::new(),
    };
    let progress = context.output.progress(jobs.len());
    let code = jobs::run(&context.output, &progress, threads, jobs, commands, "found")?;
    if args.web {
        let mut pages = pages.lock().expect("nothing panics while it holds the pages' lock");
        pages.sort_unstable();
        let mut failed = None;
        for (_, page) in pages.iter().take(MAX_PAGES) {
            failed = failed.or(browser::open(&context.environment, page).err());
        }
        if pages.len() > MAX_PAGES {
            context.output.note(&format!("opened {MAX_PAGES} of {} pages", pages.len()));
        }
        if let Some(error) = failed.filter(|_| code == 0) {
            return Err(error.into());
        }
    }
    Ok(code)
}

impl Job for ViewJob<'_> {
    type View = DatabaseView;

    fn poll(&mut self, _: Slot<'_>) -> Poll<Finished<DatabaseView>> {
        Poll::Ready(match self.client.details(&self.database) {
            Ok(details) => self.found(details),
            Err(failure) => {
                let error = failure.into_error(format!("cannot view {}", self.database));
                with_refusal_hint(error, self.session).into()
            }
        })
    }
}

impl ViewJob<'_> {
    fn found(&self, details: DatabaseDetails) -> Finished<DatabaseView> {
        let page = details.info.database.page(self.session.host());
        self.pages.lock().expect("nothing panics while it holds the pages' lock").push((self.number, page));
        let remote = self.session.remote();
        let view =
            DatabaseView::new(details, self.session.host(), remote.as_ref(), self.client.lists_children());
        Finished { outcome: Outcome::Done, view: Some(view), if_unwritten: Unwritten::default() }
    }
}
