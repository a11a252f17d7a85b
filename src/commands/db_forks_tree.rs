//! `dhub db forks --tree`: a whole fork network, from its root down, whichever member was named.

use std::sync::{Mutex, OnceLock};
use std::time::Instant;

use crate::api::{Cause, Client, DatabaseInfo, Failure, Forks};
use crate::cli;
use crate::error::{Error, Kind};
use crate::jobs::{self, Threads};
use crate::names::Database;
use crate::network::{Response, Tree, Walk};
use crate::output::Output;
use crate::output::view::TreeView;
use crate::session::Session;

use super::context::Context;

/// Walks the network of `named` side by side, and shows it. Returns the exit code.
///
/// # Errors
/// When the request for `named` itself fails, as `into_error` has it; and a closed stdout.
pub fn run(
    context: &Context,
    session: &Session,
    named: &Database,
    args: &cli::Forks,
    into_error: impl FnOnce(Failure) -> Error,
) -> anyhow::Result<u8> {
    let (first_reads, most_reads) = args.jobs.reads();
    let client = session.client()?.growing(first_reads, most_reads);
    let (named, walk) = begin(&client, named, args.depth).map_err(into_error)?;
    let threads = Threads { first: first_reads, most: most_reads };
    let tree = finish(&context.output, &client, walk, threads)
        .map_err(|failure| failure.into_error(format!("cannot show the tree of {named}")))?;
    context.output.show(&TreeView {
        tree: &tree,
        depth: args.depth,
        host: session.host(),
        remote: session.remote().as_ref(),
    })?;
    for note in notes(&tree) {
        context.output.note(&note);
    }
    if tree.may_be_wrong() {
        return Err(no_response(&tree, &named).with_argument(named.to_string()).into());
    }
    Ok(0)
}

/// The walk with the response to its first request, and the named database as the service spells it, so that it is the same
/// one in every list.
fn begin(client: &Client, named: &Database, depth: Option<usize>) -> Result<(Database, Walk), Failure> {
    if client.lists_children() {
        let info = client.details(named)?.info;
        let named = info.database.clone();
        return Ok((named.clone(), Walk::of_children(response(&info, 0), named, depth)));
    }
    let first = client.forks(named)?;
    let named = first.info.database.clone();
    let mut walk = Walk::new(named.clone());
    walk.next_request();
    record(&mut walk, &named, &first);
    Ok((named, walk))
}

/// # Errors
/// The first request that was not sent because this machine ran out of something: the tree would be wrong.
fn finish(output: &Output, client: &Client, mut walk: Walk, threads: Threads) -> Result<Tree, Failure> {
    let requests: Vec<Database> = std::iter::from_fn(|| walk.next_request()).collect();
    let bar = output.bar("Resolving the fork network", expected(&walk));
    if !client.lists_children() {
        bar.advance();
    }
    let exhausted = OnceLock::new();
    // There are never more requests than members, as far as the service counts them.
    let members = walk
        .fork_network_count()
        .map_or(usize::MAX, |_| usize::try_from(expected(&walk)).unwrap_or(usize::MAX));
    let walk = Mutex::new(walk);
    let lock = || walk.lock().expect("nothing panics while it holds the walk's lock");
    jobs::run_queue(threads.at_most(members), requests, |database: Database, queue| {
        if exhausted.get().is_some() {
            return;
        }
        let recorded = match client.lists_children() {
            true => client.children(&database).map(|list| {
                lock()
                    .listed(&database, |each| list.for_each(|owner, name| each(Database::new(owner, name))));
            }),
            false => client.forks(&database).map(|forks| record(&mut lock(), &database, &forks)),
        };
        let mut walk = lock();
        if let Err(failure) = recorded {
            walk.failed(&database, failure_kind(&failure));
            if failure.cause == Cause::Exhausted {
                exhausted.get_or_init(|| failure);
            }
        }
        while let Some(next) = walk.next_request() {
            queue.add(next, Instant::now());
        }
        bar.set_len(expected(&walk));
        bar.advance();
    });
    drop(bar);
    match exhausted.into_inner() {
        Some(failure) => Err(failure),
        None => Ok(walk.into_inner().expect("nothing panics while it holds the walk's lock").finish()),
    }
}

fn record(walk: &mut Walk, database: &Database, forks: &Forks) {
    walk.responded(database, response(&forks.info, forks.list.fingerprint()), |each| {
        forks.list.for_each(|owner, name| each(Database::new(owner, name)));
    });
}

fn response(info: &DatabaseInfo, list: u64) -> Response {
    Response {
        parent: info.parent.clone(),
        root: info.root.clone(),
        fork_network_count: info.fork_network_count,
        list,
    }
}

/// How many members there are, as far as is known.
fn expected(walk: &Walk) -> u64 {
    let counted = walk.fork_network_count().unwrap_or(0).saturating_add(1);
    counted.max(walk.known() as u64)
}

/// A refusal has a kind; everything else is no usable response.
fn failure_kind(failure: &Failure) -> Kind {
    match failure.cause {
        Cause::Refused(kind) => kind,
        _ => Kind::Network,
    }
}

/// What did not fit together, and which members were refused.
fn notes(tree: &Tree) -> Vec<String> {
    let mut notes = tree.notes.clone();
    let refused = marked(tree, |kind| kind != Kind::Network);
    if !refused.is_empty() {
        notes.push(format!("{} cannot be shown: private, deleted or refused", some_of(&refused)));
    }
    notes
}

fn no_response(tree: &Tree, named: &Database) -> Error {
    let failed = marked(tree, |kind| kind == Kind::Network);
    Error::new(Kind::Network, format!("no usable response from {}", some_of(&failed)))
        .with_context(format!("the tree of {named} may be wrong"))
        .with_hint("they are shown where they fit best; try again later")
}

/// The members with such an error.
fn marked(tree: &Tree, error: impl Fn(Kind) -> bool) -> Vec<&Database> {
    tree.members
        .iter()
        .filter(|member| member.error.is_some_and(&error))
        .map(|member| &member.database)
        .collect()
}

/// The first few by name, and how many more there are.
fn some_of(databases: &[&Database]) -> String {
    const MAX: usize = 5;
    let names: Vec<String> = databases.iter().take(MAX).map(ToString::to_string).collect();
    match databases.len().saturating_sub(MAX) {
        0 => names.join(", "),
        more => format!("{} and {more} more", names.join(", ")),
    }
}
