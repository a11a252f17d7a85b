//! The documents that `--json` prints. Users' scripts rely on their keys: they are only ever added to.

use serde::{Serialize, Serializer};

use crate::api::Members;
use crate::error::Error;
use crate::names::{Database, Host, push_page};

/// A database's name.
#[derive(Clone, Debug, Serialize)]
pub struct Name<'a> {
    owner: &'a str,
    name: &'a str,
}

impl<'a> From<&'a Database> for Name<'a> {
    fn from(database: &'a Database) -> Self {
        Name { owner: &database.owner, name: &database.name }
    }
}

/// A database's name and page.
#[derive(Clone, Debug, Serialize)]
pub struct Place<'a> {
    #[serde(flatten)]
    name: Name<'a>,
    url: String,
}

impl<'a> Place<'a> {
    /// The database and its page on `host`.
    pub fn of(database: &'a Database, host: &Host) -> Self {
        Place { name: database.into(), url: database.page(host) }
    }
}

/// `db create`
#[derive(Debug, Serialize)]
pub struct Created<'a> {
    /// Owner and name.
    #[serde(flatten)]
    pub name: Name<'a>,
    /// `public` or `private`, where known.
    pub visibility: Option<&'a str>,
    /// The service's words.
    pub description: Option<&'a str>,
    /// The database's page.
    pub url: String,
    /// Whether this call created it; null where the answer was lost and it is there now.
    pub created: Option<bool>,
}

/// How far a fork is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Not finished.
    Pending,
    /// Finished.
    Done,
    /// Finished without a fork.
    Failed,
    /// It was there already.
    Exists,
}

impl State {
    /// The word for it in a row.
    pub fn word(self) -> &'static str {
        match self {
            State::Pending => "pending",
            State::Done => "done",
            State::Failed => "failed",
            State::Exists => "exists",
        }
    }
}

/// `db fork` and `db fork-status`
#[derive(Debug, Serialize)]
pub struct Fork<'a> {
    /// The operation; null for a fork that was there already.
    pub operation: Option<&'a str>,
    /// How far it is.
    pub state: State,
    /// What is forked, where this command knows.
    pub parent: Option<Name<'a>>,
    /// Whose the fork is, where this command knows.
    pub owner: Option<&'a str>,
    /// The fork, once it is there.
    pub fork: Option<Place<'a>>,
    /// Why it failed, in the service's words.
    pub message: Option<&'a str>,
}

/// `db forks`
#[derive(Debug, Serialize)]
pub struct Forks<'a> {
    /// The database asked about, and its page.
    #[serde(flatten)]
    pub place: Place<'a>,
    /// What it was forked from; null for a root.
    pub parent: Option<Name<'a>>,
    /// The root of its fork network.
    pub root: Option<Name<'a>>,
    /// The number of forks in the network, the root excluded.
    pub fork_network_count: Option<u64>,
    /// The forks that the service lists.
    #[serde(serialize_with = "places")]
    pub forks: (&'a Members, &'a Host),
}

/// Each fork with its page, made when it is written: there may be half a million.
fn places<S: Serializer>((forks, host): &(&Members, &Host), serializer: S) -> Result<S::Ok, S::Error> {
    let place = |(owner, name)| {
        let mut url = String::new();
        push_page(&mut url, host, (owner, name));
        Place { name: Name { owner, name }, url }
    };
    serializer.collect_seq(forks.iter().map(place))
}

/// `auth status`, `auth login` and `auth logout`
#[derive(Debug, Serialize)]
pub struct Login<'a> {
    /// The service's address.
    pub host: &'a str,
    /// Whose token it is, where known.
    pub user: Option<&'a str>,
    /// Where the token comes from; null where there is none.
    pub token_source: Option<&'a str>,
    /// Whether the service takes the token; null where nobody said.
    pub works: Option<bool>,
}

/// `emulator start`
#[derive(Debug, Serialize)]
pub struct Emulator<'a> {
    /// Its address.
    pub host: &'a str,
    /// The token that it takes.
    pub token: &'a str,
    /// Whose token that is.
    pub user: &'a str,
}

/// An error, on stderr.
#[derive(Debug, Serialize)]
pub struct Failed<'a> {
    error: FailedParts<'a>,
}

#[derive(Debug, Serialize)]
struct FailedParts<'a> {
    kind: &'static str,
    argument: Option<&'a str>,
    message: &'a str,
    status: Option<u16>,
    request: Option<&'a str>,
    hint: Option<&'a str>,
}

impl<'a> From<&'a Error> for Failed<'a> {
    fn from(error: &'a Error) -> Self {
        Failed {
            error: FailedParts {
                kind: error.kind.name(),
                argument: error.argument.as_deref(),
                message: &error.message,
                status: error.status,
                request: error.request.as_deref(),
                hint: error.hint.as_deref(),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Kind;

    fn museum() -> Database {
        Database::new("dolthub", "museum-collections")
    }

    #[test]
    fn the_keys_of_a_created_database_are_as_designed() {
        let museum = museum();
        let document = Created {
            name: (&museum).into(),
            visibility: Some("public"),
            description: None,
            url: "https://x".into(),
            created: Some(true),
        };
        assert_eq!(
            serde_json::to_string(&document).unwrap(),
            r#"{"owner":"dolthub","name":"museum-collections","visibility":"public","description":null,"url":"https://x","created":true}"#
        );
    }

    #[test]
    fn the_keys_of_a_fork_are_as_designed() {
        let (museum, fork) = (museum(), Database::new("taylor", "museum-collections"));
        let document = Fork {
            operation: Some("operations/x"),
            state: State::Done,
            parent: Some((&museum).into()),
            owner: Some("taylor"),
            fork: Some(Place::of(&fork, &Host::dolthub())),
            message: None,
        };
        assert_eq!(
            serde_json::to_string(&document).unwrap(),
            r#"{"operation":"operations/x","state":"done","parent":{"owner":"dolthub","name":"museum-collections"},"owner":"taylor","fork":{"owner":"taylor","name":"museum-collections","url":"https://www.dolthub.com/repositories/taylor/museum-collections"},"message":null}"#
        );
    }

    #[test]
    fn the_keys_of_a_fork_list_are_as_designed() {
        let museum = museum();
        let document = Forks {
            place: Place::of(&museum, &Host::dolthub()),
            parent: None,
            root: Some((&museum).into()),
            fork_network_count: Some(3),
            forks: (&Members::default(), &Host::dolthub()),
        };
        assert_eq!(
            serde_json::to_string(&document).unwrap(),
            r#"{"owner":"dolthub","name":"museum-collections","url":"https://www.dolthub.com/repositories/dolthub/museum-collections","parent":null,"root":{"owner":"dolthub","name":"museum-collections"},"fork_network_count":3,"forks":[]}"#
        );
    }

    #[test]
    fn the_keys_of_an_error_are_as_designed() {
        let error = Error::new(Kind::NotFound, "no such repository")
            .with_context("cannot list forks")
            .with_argument("nobody/nothing")
            .with_request("GET https://x", Some(400));
        assert_eq!(
            serde_json::to_string(&Failed::from(&error)).unwrap(),
            r#"{"error":{"kind":"not_found","argument":"nobody/nothing","message":"no such repository","status":400,"request":"GET https://x","hint":null}}"#
        );
    }
}
