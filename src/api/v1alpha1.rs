//! The endpoints and wire types of v1alpha1, exactly as `databases-v1alpha1.md` documents them.
//!
//! Unknown fields are ignored; fields that may be left out may be null as well.

use std::time::Duration;

use reqwest::Method;
use serde::{Deserialize, Serialize};

use crate::names::{Database, Operation, Visibility, percent_encode};

use super::failure::{Cause, Failure};
use super::http::{Answer, Client, Request};
use super::members::{Marks, Members};
use super::understand::{Documented, is_error, parse, read, unreadable};

const MIB: u64 = 1024 * 1024;
/// A fork list is not paginated: one answer holds the whole network.
const MOST_BYTES_OF_FORKS: u64 = 64 * MIB;
const MOST_BYTES: u64 = MIB;

/// A database to be created.
#[derive(Clone, Copy, Debug)]
pub struct NewDatabase<'a> {
    /// Owner and name.
    pub database: &'a Database,
    /// Who can see it.
    pub visibility: Visibility,
    /// Left out of the request when not given.
    pub description: Option<&'a str>,
}

/// A database that was created, as the service describes it.
#[derive(Clone, Debug)]
pub struct Created {
    /// Owner and name.
    pub database: Database,
    /// The service's word for who can see it.
    pub visibility: Option<String>,
    /// The service's word.
    pub description: Option<String>,
}

/// A fork that the service has accepted and is working on.
#[derive(Clone, Debug)]
pub struct Accepted {
    /// What to ask about it with.
    pub operation: Operation,
    /// The database that is being forked.
    pub parent: Database,
    /// Whose the fork will be.
    pub owner: String,
}

/// How far a fork is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ForkStatus {
    /// Not finished.
    Pending,
    /// Finished; the new database, where the answer names it.
    Done(Option<Database>),
    /// Finished without a fork, for the reason that the service gives.
    Failed(Option<String>),
}

/// A database's place in its fork network.
#[derive(Clone, Debug)]
pub struct Forks {
    /// The database itself.
    pub database: Database,
    /// What it was forked from; none for a root.
    pub parent: Option<Database>,
    /// The root of the network.
    pub root: Option<Database>,
    /// The number of forks in the network, the root excluded.
    pub fork_network_count: Option<u64>,
    /// The forks that the service lists.
    pub forks: Members,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CreateBody<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    owner_name: &'a str,
    repo_name: &'a str,
    visibility: &'a str,
}

#[derive(Deserialize)]
struct CreateAnswer {
    status: Option<String>,
    description: Option<String>,
    repository_owner: Option<String>,
    repository_name: Option<String>,
    visibility: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ForkBody<'a> {
    parent_owner_name: &'a str,
    parent_database_name: &'a str,
    owner_name: &'a str,
}

#[derive(Deserialize)]
struct ForkAnswer {
    status: Option<String>,
    parent_owner: Option<String>,
    parent_database: Option<String>,
    forked_owner: Option<String>,
    operation_name: Option<String>,
}

#[derive(Deserialize)]
struct ForkStatusAnswer {
    status: Option<String>,
    done: Option<bool>,
    message: Option<String>,
    operation_name: Option<String>,
    database_owner: Option<String>,
    database_name: Option<String>,
}

#[derive(Deserialize)]
struct ForksAnswer {
    status: Option<String>,
    database_owner: Option<String>,
    database_name: Option<String>,
    // Present and perhaps null: an answer that does not mention forks is none.
    #[serde(deserialize_with = "Option::deserialize")]
    forks: Option<Marks>,
    parent_owner: Option<String>,
    parent_database_name: Option<String>,
    network_root_owner: Option<String>,
    network_root_database_name: Option<String>,
    fork_network_count: Option<u64>,
}

#[derive(Deserialize)]
struct UserAnswer {
    status: Option<String>,
    username: String,
}

macro_rules! documented {
    ($($answer:ty),*) => {
        $(impl Documented for $answer {
            fn status(&self) -> Option<&str> {
                self.status.as_deref()
            }
        })*
    };
}

documented!(CreateAnswer, ForkAnswer, ForkStatusAnswer, ForksAnswer, UserAnswer);

impl Client {
    /// `POST /database`: creates a database.
    ///
    /// # Errors
    /// See [`Failure`]; a duplicate is refused with a message that contains `already exists`.
    pub fn create_database(&self, new: NewDatabase<'_>) -> Result<Created, Failure> {
        let body = CreateBody {
            description: new.description,
            owner_name: &new.database.owner,
            repo_name: &new.database.name,
            visibility: new.visibility.as_str(),
        };
        Created::read(&self.post("/database", &body)?, new.database)
    }

    /// `POST /fork`: asks for a fork of `parent` that belongs to `owner`. It goes on after the answer.
    ///
    /// # Errors
    /// See [`Failure`]; a duplicate is refused with a message that contains `already exists` or
    /// `already been forked`.
    pub fn fork(&self, parent: &Database, owner: &str) -> Result<Accepted, Failure> {
        let body = ForkBody {
            parent_owner_name: &parent.owner,
            parent_database_name: &parent.name,
            owner_name: owner,
        };
        Accepted::read(&self.post("/fork", &body)?, parent, owner)
    }

    /// `GET /fork?operationName=…`: asks how far a fork is, within `timeout` where that is shorter than the client's.
    ///
    /// # Errors
    /// See [`Failure`]. A fork that failed is no `Failure`: the question was answered.
    pub fn fork_status(
        &self,
        operation: &Operation,
        timeout: Option<Duration>,
    ) -> Result<ForkStatus, Failure> {
        let path = format!("/fork?operationName={}", percent_encode(operation.as_str()));
        let answer = self.send(Request {
            method: Method::GET,
            path: &path,
            body: None,
            most_bytes: MOST_BYTES,
            timeout,
        })?;
        ForkStatus::read(&answer)
    }

    /// `GET /{owner}/{database}/forks`: a database's place in its fork network.
    ///
    /// # Errors
    /// See [`Failure`]; an unknown or hidden database is refused with `no such repository`.
    pub fn forks(&self, database: &Database) -> Result<Forks, Failure> {
        let path = format!("/{}/{}/forks", percent_encode(&database.owner), percent_encode(&database.name));
        Forks::read(self.get(&path, MOST_BYTES_OF_FORKS)?, database)
    }

    /// `GET /user`: the name of the token's user.
    ///
    /// # Errors
    /// See [`Failure`]. Older self-hosted services may not have this endpoint.
    pub fn user(&self) -> Result<String, Failure> {
        read_user(&self.get("/user", MOST_BYTES)?)
    }

    fn get(&self, path: &str, most_bytes: u64) -> Result<Answer, Failure> {
        self.send(Request { method: Method::GET, path, body: None, most_bytes, timeout: None })
    }

    fn post(&self, path: &str, body: &impl Serialize) -> Result<Answer, Failure> {
        let body = serde_json::to_vec(body).map_err(|error| Failure {
            cause: Cause::NotSent,
            message: error.to_string(),
            hint: None,
            request: format!("POST {path}"),
            status: None,
            retry_after: None,
        })?;
        self.send(Request {
            method: Method::POST,
            path,
            body: Some(body),
            most_bytes: MOST_BYTES,
            timeout: None,
        })
    }
}

impl Created {
    /// Reads the answer to a request for a database of this name.
    fn read(answer: &Answer, database: &Database) -> Result<Self, Failure> {
        let created: CreateAnswer = read(answer)?;
        let named = both(created.repository_owner, created.repository_name);
        if named.is_none() && created.status.is_none() {
            return Err(unreadable(answer, "it names no database"));
        }
        Ok(Created {
            database: named.unwrap_or_else(|| database.clone()),
            visibility: created.visibility,
            description: created.description,
        })
    }
}

impl Accepted {
    /// Reads the answer to a request for a fork of `parent` that belongs to `owner`.
    fn read(answer: &Answer, parent: &Database, owner: &str) -> Result<Self, Failure> {
        let accepted: ForkAnswer = read(answer)?;
        let operation = accepted.operation_name.unwrap_or_default();
        let operation =
            Operation::parse(&operation).map_err(|_| unreadable(answer, "it names no operation"))?;
        Ok(Accepted {
            operation,
            parent: both(accepted.parent_owner, accepted.parent_database).unwrap_or_else(|| parent.clone()),
            owner: not_empty(accepted.forked_owner).unwrap_or_else(|| owner.to_owned()),
        })
    }
}

impl ForkStatus {
    /// Reads the answer to the question how far a fork is.
    fn read(answer: &Answer) -> Result<Self, Failure> {
        let status = ForkStatusAnswer::of(answer)?;
        status.understand().ok_or_else(|| unreadable(answer, "it does not say how far the fork is"))
    }
}

impl Forks {
    /// Whether this is about `database`.
    pub fn is_about(&self, database: &Database) -> bool {
        self.database.is_same_as(database)
    }

    /// Reads the answer to the question for the forks of `database`.
    fn read(answer: Answer, database: &Database) -> Result<Self, Failure> {
        let forks: ForksAnswer = read(&answer)?;
        Ok(Forks {
            database: both(forks.database_owner, forks.database_name).unwrap_or_else(|| database.clone()),
            parent: both(forks.parent_owner, forks.parent_database_name),
            root: both(forks.network_root_owner, forks.network_root_database_name),
            fork_network_count: forks.fork_network_count,
            forks: Members::new(answer.body, forks.forks.unwrap_or_default()),
        })
    }
}

/// Reads the answer to the question for the token's user.
fn read_user(answer: &Answer) -> Result<String, Failure> {
    let user: UserAnswer = read(answer)?;
    not_empty(Some(user.username)).ok_or_else(|| unreadable(answer, "it names no user"))
}

impl ForkStatusAnswer {
    /// `done` with an error is a fork that failed: an answer to the question, also where it comes as a refusal.
    fn of(answer: &Answer) -> Result<Self, Failure> {
        let may_answer = !matches!(answer.status, 300..=399 | 401 | 403 | 429 | 500..);
        match parse::<Self>(answer) {
            Ok(status) if may_answer && status.done == Some(true) && status.has_failed() => Ok(status),
            _ => read(answer),
        }
    }

    /// It says so, or gives a reason in the place of a database.
    fn has_failed(&self) -> bool {
        let has_message = self.message.as_ref().is_some_and(|message| !message.is_empty());
        let names_a_fork = both(self.database_owner.clone(), self.database_name.clone()).is_some();
        is_error(self.status.as_deref())
            || (!names_a_fork && (has_message || !is_success(self.status.as_deref())))
    }

    /// `status: "Success"` alone does not mean finished: `done` does, and where it is absent, a named database
    /// (facts of the API, "Fork and its operation").
    fn understand(self) -> Option<ForkStatus> {
        let said_anything = self.status.is_some() || self.operation_name.is_some() || self.done.is_some();
        let has_failed = self.has_failed();
        let message = not_empty(self.message);
        let fork = both(self.database_owner, self.database_name);
        match self.done {
            Some(true) if has_failed => Some(ForkStatus::Failed(message)),
            Some(true) => Some(ForkStatus::Done(fork)),
            None if fork.is_some() => Some(ForkStatus::Done(fork)),
            Some(false) | None => said_anything.then_some(ForkStatus::Pending),
        }
    }
}

/// The service says `Success`, or nothing.
fn is_success(status: Option<&str>) -> bool {
    status.is_none_or(|status| status.eq_ignore_ascii_case("success"))
}

fn not_empty(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}

/// Both halves of a database's name; the service leaves both empty where there is no database.
fn both(owner: Option<String>, name: Option<String>) -> Option<Database> {
    Some(Database { owner: not_empty(owner)?, name: not_empty(name)? })
}

#[cfg(any(test, fuzzing))]
pub mod readings;
#[cfg(test)]
mod tests;
