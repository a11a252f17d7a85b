//! Whether a database exists, when a response leaves that open.

use crate::api::{Client, DatabaseInfo, Failure};
use crate::names::{Database, Visibility};

/// What a lookup of a database found.
pub enum Existence {
    /// It exists.
    Exists(DatabaseInfo),
    /// The service says that it does not, as far as this client may see.
    Absent,
    /// The service did not say; this is why.
    Unknown(String),
}

/// Looks up whether a database exists.
pub fn look_up(client: &Client, database: &Database) -> Existence {
    existence(client.database(database))
}

/// Looks up a database in one attempt, when a signal leaves no time for more: what is there, where the service says.
pub fn look_up_at_once(client: &Client, database: &Database) -> Option<String> {
    match existence(client.database_at_once(database)) {
        Existence::Exists(_) => Some(format!("{database} exists now")),
        Existence::Absent => Some(format!("{database} does not exist now")),
        Existence::Unknown(_) => None,
    }
}

/// Finds out who can see a database that exists: without a token, only a public one is visible.
///
/// # Errors
/// Why that is unknown.
pub fn visibility(client: &Client, database: &Database) -> Result<Visibility, String> {
    match look_up(&client.anonymous(), database) {
        Existence::Exists(_) => Ok(Visibility::Public),
        Existence::Absent => Ok(Visibility::Private),
        Existence::Unknown(why) => Err(why),
    }
}

fn existence(response: Result<DatabaseInfo, Failure>) -> Existence {
    match response {
        Ok(info) => Existence::Exists(info),
        Err(failure) if failure.is_absence() => Existence::Absent,
        Err(failure) => Existence::Unknown(failure.message),
    }
}
