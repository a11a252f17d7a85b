//! Whether a database exists, when a response leaves that open.

use std::sync::mpsc::{self, Receiver};
use std::time::Instant;

use crate::api::{Cause, Client, DatabaseInfo, Failure};
use crate::names::{Database, Visibility};
use crate::threads;

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

/// The same until a certain time: what is not known by then stays unknown.
pub fn look_up_until(client: &Client, database: &Database, deadline: Instant) -> Existence {
    existence(client.database_until(database, deadline))
}

/// Looks up a database that is said to exist, and who can see it: neither waits for the other, since a request takes the
/// better part of a second.
pub fn look_up_with_visibility(
    client: &Client,
    database: &Database,
) -> (Existence, Result<Visibility, String>) {
    if client.tells_visibility() {
        let found = existence(client.database(database));
        let visibility = match &found {
            Existence::Exists(info) => told_visibility(info).unwrap_or_else(unsaid),
            _ => unsaid(),
        };
        return (found, visibility);
    }
    let anonymous = client.anonymous();
    let (own, public) = threads::both(|| client.database(database), || anonymous.database(database));
    // What this machine has too little of for two requests may do for one.
    let once_more = |response: Result<DatabaseInfo, Failure>, client: &Client| match response {
        Err(failure) if failure.cause == Cause::Exhausted => client.database(database),
        response => response,
    };
    let own = once_more(own, client);
    (existence(own), visible(existence(once_more(public, &anonymous))))
}

/// A lookup beside a change, on a thread of its own: its response is there when the change is refused, and nothing waits for
/// it where the change is accepted.
pub struct EarlyLookup(Receiver<DatabaseInfo>);

impl EarlyLookup {
    /// Begins one attempt, if the limiter has room for it; none where the system refuses a thread.
    pub fn start(client: &Client, database: &Database) -> Option<Self> {
        let (found, response) = mpsc::channel();
        let (client, database) = (client.clone(), database.clone());
        let look_up = move || {
            if let Ok(Ok(existing)) = client.poll_database(&database, None) {
                // The change may have been accepted.
                let _ = found.send(existing);
            }
        };
        threads::spawn(look_up).then_some(EarlyLookup(response))
    }

    /// What exists, once the response is there. None says nothing: the change may have come first.
    pub fn found(self) -> Option<DatabaseInfo> {
        self.0.recv().ok()
    }
}

/// Looks up a database in one attempt, when a signal leaves no time for more: what is there, where the service says.
pub fn look_up_at_once(client: &Client, database: &Database) -> Option<String> {
    match existence(client.database_at_once(database)) {
        Existence::Exists(_) => Some(format!("{database} exists now")),
        Existence::Absent => Some(format!("{database} does not exist now")),
        Existence::Unknown(_) => None,
    }
}

/// Finds out who can see a database that exists: where the service does not say so, only a public one is visible without a
/// token.
///
/// # Errors
/// Why that is unknown.
pub fn visibility(client: &Client, database: &Database) -> Result<Visibility, String> {
    if client.tells_visibility() {
        let found = client.database(database).map_err(|failure| failure.message)?;
        return told_visibility(&found).unwrap_or_else(unsaid);
    }
    visible(look_up(&client.anonymous(), database))
}

/// Who can see a database as its own response says it; none where this version of the API has no word for it.
pub fn told_visibility(info: &DatabaseInfo) -> Option<Result<Visibility, String>> {
    info.visibility.as_deref().map(|told| Visibility::parse(told).or_else(|_| unsaid()))
}

fn unsaid() -> Result<Visibility, String> {
    Err("the service does not say who can see it".to_owned())
}

/// Who can see a database that a lookup without a token found, or did not.
fn visible(anonymous: Existence) -> Result<Visibility, String> {
    match anonymous {
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
