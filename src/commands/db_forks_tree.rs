//! `dhub db forks --tree`: a whole fork network, from its root down, whichever member was named.

use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use crate::api::{self, Cause, Client, Failure};
use crate::bulk::{self, Gate};
use crate::error::{Error, Kind};
use crate::names::Database;
use crate::network::{Answer, Tree, Walk, fingerprint};
use crate::output::{Form, Output, tree};
use crate::session::Session;

use super::context::Context;

/// More notes about one network say nothing new.
const MOST_NOTES: usize = 10;

/// Walks the network of `named` with so many questions at a time, and shows it. Returns the exit code.
///
/// # Errors
/// When `named` itself cannot be asked, as the failure of that question; and a closed stdout.
pub fn run(
    context: &Context,
    session: &Session,
    named: &Database,
    jobs: usize,
    explain: impl FnOnce(Failure) -> Error,
) -> anyhow::Result<u8> {
    let client = session.client()?;
    let gate = session.gate(jobs);
    let first = bulk::ask(&gate, || client.forks(named)).map_err(explain)?;
    if !first.is_about(named) {
        let message = format!("the service answered about {}", first.database);
        return Err(Error::new(Kind::Api, message)
            .with_context(format!("cannot show the tree of {named}"))
            .with_argument(named.to_string())
            .into());
    }
    // As the service spells it, so that it is the same one in every list.
    let named = first.database.clone();
    let tree = walk(&context.output, client, &gate, &named, first, jobs);
    render(&context.output, session, &tree)?;
    for note in notes(&tree) {
        context.output.note(&note);
    }
    if tree.may_be_wrong() {
        return Err(no_answer(&tree, &named).with_argument(named.to_string()).into());
    }
    Ok(0)
}

fn walk(
    output: &Output,
    client: &Client,
    gate: &Gate,
    named: &Database,
    first: api::Forks,
    jobs: usize,
) -> Tree {
    let mut walk = Walk::new(named.clone());
    let mut to_ask = Vec::new();
    walk.next_to_ask();
    walk.answered(named, answer(&first), first.forks.databases());
    to_ask.extend(std::iter::from_fn(|| walk.next_to_ask()));
    let progress = output.bar("asking each fork for its parent", expected(&walk));
    progress.advance(expected(&walk));
    let walk = Mutex::new(walk);
    bulk::run(jobs, to_ask, |database: Database, queue| {
        let outcome = bulk::ask(gate, || client.forks(&database))
            .map(|forks| forks.is_about(&database).then(|| (answer(&forks), forks.forks)));
        let mut walk = walk.lock().unwrap_or_else(PoisonError::into_inner);
        match outcome {
            Ok(Some((answer, forks))) => walk.answered(&database, answer, forks.databases()),
            // What is said of another database tells nothing of this one.
            Ok(None) => walk.unknown(&database, Kind::Network),
            Err(failure) => walk.unknown(&database, why_unknown(&failure)),
        }
        while let Some(next) = walk.next_to_ask() {
            queue.add(next, Instant::now());
        }
        progress.advance(expected(&walk));
    });
    drop(progress);
    walk.into_inner().unwrap_or_else(PoisonError::into_inner).finish()
}

/// How many members there are, as far as is known.
fn expected(walk: &Walk) -> u64 {
    let told = walk.fork_network_count().unwrap_or(0).saturating_add(1);
    told.max(walk.known() as u64)
}

fn answer(forks: &api::Forks) -> Answer {
    Answer {
        parent: forks.parent.clone(),
        root: forks.root.clone(),
        fork_network_count: forks.fork_network_count,
        list: fingerprint(forks.forks.iter()),
    }
}

/// A refusal is told by its kind; everything else is no usable answer.
fn why_unknown(failure: &Failure) -> Kind {
    match failure.cause {
        Cause::Refused(kind) => kind,
        _ => Kind::Network,
    }
}

fn render(output: &Output, session: &Session, network: &Tree) -> std::io::Result<()> {
    match output.form() {
        Form::Json => output.document_text(&tree::json(network, session.host())),
        Form::Rows => output.rows(|rows| tree::rows(network, session.host(), rows)),
        Form::Terminal => output.text(&tree::lines(network, output.look())),
    }
}

/// What did not fit together, and who refused.
fn notes(tree: &Tree) -> Vec<String> {
    let mut notes: Vec<String> = tree.notes.iter().take(MOST_NOTES).cloned().collect();
    if tree.notes.len() > MOST_NOTES {
        notes.push(format!("and {} more like these", tree.notes.len() - MOST_NOTES));
    }
    let refused = marked(tree, |kind| kind != Kind::Network);
    if !refused.is_empty() {
        notes.push(format!("the service does not show {}: private, deleted or refused", some_of(&refused)));
    }
    notes
}

fn no_answer(tree: &Tree, named: &Database) -> Error {
    let silent = marked(tree, |kind| kind == Kind::Network);
    Error::new(Kind::Network, format!("no usable answer from {}", some_of(&silent)))
        .with_context(format!("the tree of {named} may be wrong"))
        .with_hint("they stand where they could be placed; try again later")
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
    const MOST: usize = 5;
    let names: Vec<String> = databases.iter().take(MOST).map(ToString::to_string).collect();
    match databases.len().saturating_sub(MOST) {
        0 => names.join(", "),
        more => format!("{} and {more} more", names.join(", ")),
    }
}
