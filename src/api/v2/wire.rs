//! What is sent and received.

use serde::{Deserialize, Serialize};

use crate::api::model::{DatabaseDetails, DatabaseInfo, ForkStatus};
use crate::names::Database;

/// `POST /databases`. Bodies are closed: nothing else may stand in them (fact 7).
#[derive(Serialize)]
pub struct CreateBody<'a> {
    pub owner: &'a str,
    pub name: &'a str,
    pub visibility: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<&'a str>,
}

/// `POST …/forks`
#[derive(Serialize)]
pub struct ForkBody<'a> {
    pub owner: &'a str,
}

/// The body of every success.
#[derive(Deserialize)]
pub struct Enveloped<T> {
    pub data: T,
}

#[derive(Clone, Deserialize)]
pub struct Name {
    owner: String,
    name: String,
}

impl From<Name> for Database {
    fn from(Name { owner, name }: Name) -> Self {
        Database { owner, name }
    }
}

#[derive(Deserialize)]
pub struct DatabaseResponse {
    #[serde(flatten)]
    named: Name,
    pub visibility: Option<String>,
    pub description: Option<String>,
    fork_network_count: Option<u64>,
    star_count: Option<u64>,
    size_bytes: Option<u64>,
    last_write_at: Option<String>,
    parent: Option<Name>,
    network_root: Option<Name>,
}

impl DatabaseResponse {
    pub fn database(&self) -> Database {
        self.named.clone().into()
    }
}

impl From<DatabaseResponse> for DatabaseDetails {
    fn from(response: DatabaseResponse) -> Self {
        let database = response.database();
        let parent = response.parent.map(Database::from);
        // It is absent of the root itself (fact 20).
        let is_root = parent.is_none();
        let root = response.network_root.map(Database::from).or_else(|| is_root.then(|| database.clone()));
        let info = DatabaseInfo {
            database,
            parent,
            root,
            fork_network_count: response.fork_network_count,
            visibility: response.visibility,
        };
        DatabaseDetails {
            info,
            size_bytes: response.size_bytes,
            last_write_at: response.last_write_at,
            stars: response.star_count,
        }
    }
}

#[derive(Deserialize)]
pub struct ForkResponse {
    pub id: String,
}

#[derive(Deserialize)]
pub struct UserResponse {
    pub username: String,
}

#[derive(Deserialize)]
pub struct OperationResponse {
    status: String,
    error: Option<OperationError>,
    result: Option<OperationResult>,
}

#[derive(Deserialize)]
struct OperationError {
    title: Option<String>,
    detail: Option<String>,
}

#[derive(Deserialize)]
struct OperationResult {
    database: Option<Name>,
}

/// A state that the description does not have, and that no operation leaves again.
const ENDED: [&str; 5] = ["cancelled", "canceled", "aborted", "error", "timed_out"];

impl OperationResponse {
    /// How far it is (fact 31). A state that is unknown is one that goes on, unless its word says otherwise.
    pub fn interpret(self) -> ForkStatus {
        let status = self.status.to_ascii_lowercase();
        if status == "succeeded" {
            return ForkStatus::Done(self.result.and_then(|result| result.database).map(Database::from));
        }
        if status != "failed" && !ENDED.contains(&status.as_str()) {
            return ForkStatus::Pending;
        }
        let texts = self.error.map(|error| [error.detail, error.title]);
        let reason = texts.into_iter().flatten().flatten().find(|text| !text.trim().is_empty());
        ForkStatus::Failed(reason)
    }
}
