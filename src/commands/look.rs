//! A look at what is there, when an answer leaves that open.

use crate::api::{Cause, Client, Failure, Forks};
use crate::bulk::{self, Gate};
use crate::error::Kind;
use crate::names::{Database, Visibility};

/// What a look at a database found.
pub enum Found {
    /// It is there, as a fork of this or of none.
    There(Option<Database>),
    /// The service says that it is not, to whom this client is.
    NotThere,
    /// The service did not say; this is why.
    CannotTell(String),
}

/// Looks whether a database is there, with `GET /{owner}/{name}/forks`.
///
/// It waits with the others when the service throttles, and asks again what failed in passing.
pub fn look(client: &Client, gate: &Gate, database: &Database) -> Found {
    found(bulk::ask(gate, || client.forks(database)), database)
}

fn found(answer: Result<Forks, Failure>, database: &Database) -> Found {
    match answer {
        Ok(forks) if forks.is_about(database) => Found::There(forks.parent),
        Ok(forks) => Found::CannotTell(format!("the service answered about {}", forks.database)),
        // Said by the service itself, not by one that is out of order.
        Err(failure) if failure.cause == Cause::Refused(Kind::NotFound) => Found::NotThere,
        Err(failure) => Found::CannotTell(failure.message),
    }
}

/// Looks once, for somebody who has no time: whether it is there, where the service says.
pub fn word(client: &Client, database: &Database) -> Option<&'static str> {
    match found(client.forks(database), database) {
        Found::There(_) => Some("is there now"),
        Found::NotThere => Some("is not there now"),
        Found::CannotTell(_) => None,
    }
}

/// Finds out who can see a database that is there: those without a token can if it is public.
///
/// # Errors
/// Why it cannot be told.
pub fn visibility(client: &Client, gate: &Gate, database: &Database) -> Result<Visibility, String> {
    match look(&client.anonymous(), gate, database) {
        Found::There(_) => Ok(Visibility::Public),
        Found::NotThere => Ok(Visibility::Private),
        Found::CannotTell(why) => Err(why),
    }
}
