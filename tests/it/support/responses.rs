//! Responses of the API: the contract's own examples, verbatim, and others of the same shape.

use super::Reply;

pub const CREATED: &str = r#"{
  "status": "Success",
  "description": "Records from museums around the world.",
  "repository_owner": "dolthub",
  "repository_name": "museum-collections",
  "visibility": "public"
}"#;

pub const CREATE_REFUSED: &str = r#"{
  "status": "Error",
  "message": "Error creating a database.",
  "description": "Records from museums around the world.",
  "repository_owner": "dolthub",
  "repository_name": "museum-collections",
  "visibility": "public"
}"#;

pub const FORKING: &str = r#"{
  "status": "Success",
  "parent_owner": "dolthub",
  "parent_database": "museum-collections",
  "forked_owner": "myusername",
  "operation_name": "operations/b09a9221-9dcb-4a15-9ca8-a64656946f12"
}"#;

pub const FORK_REFUSED: &str = r#"{
  "status": "Error",
  "message": "Error creating a database.",
  "parent_owner": "dolthub",
  "parent_database": "museum-collections",
  "forked_owner": "myusername"
}"#;

pub const FORKED: &str = r#"{
  "status": "Success",
  "done": true,
  "operation_name": "operations/jobs/b09a9221-9dcb-4a15-9ca8-a64656946f12",
  "database_owner": "myusername",
  "database_name": "museum-collections"
}"#;

pub const FORK_STATUS_REFUSED: &str = r#"{
  "status": "Error",
  "message": "Error polling an operation status.",
  "operation_name": "operations/jobs/b09a9221-9dcb-4a15-9ca8-a64656946f12"
}"#;

pub const FORKS: &str = r#"{
  "status": "Success",
  "database_owner": "dolthub",
  "database_name": "museum-collections",
  "forks": [
    {
      "database_owner": "anotherOrg",
      "database_name": "museum-collections"
    }
  ],
  "parent_owner": "",
  "parent_database_name": "",
  "network_root_owner": "dolthub",
  "network_root_database_name": "museum-collections",
  "fork_network_count": 3
}"#;

pub const FORKS_REFUSED: &str = r#"{
  "status": "Error",
  "message": "Error getting the forks list.",
  "database_owner": "dolthub",
  "database_name": "with-archives"
}"#;

/// Successes that leave open what they are about, for tests of other things.
pub const ANY_CREATED: &str = r#"{"status": "Success", "visibility": "public"}"#;
pub const ANY_FORKING: &str =
    r#"{"status": "Success", "operation_name": "operations/b09a9221-9dcb-4a15-9ca8-a64656946f12"}"#;
pub const ANY_FORKS: &str = r#"{"status": "Success", "forks": [
    {"database_owner": "anotherOrg", "database_name": "museum-collections"}]}"#;

/// The operation as the contract's response to POST names it; the response to GET names it differently.
pub const OPERATION: &str = "operations/b09a9221-9dcb-4a15-9ca8-a64656946f12";

/// The response to a lookup of an existing database (`OWNER/NAME`), a fork of `parent` (empty: of none).
pub fn exists(database: &str, parent: &str) -> Reply {
    let (owner, name) = database.split_once('/').unwrap();
    let (parent_owner, parent_name) = parent.split_once('/').unwrap_or_default();
    let response = serde_json::json!({
        "status": "Success", "database_owner": owner, "database_name": name, "forks": [],
        "parent_owner": parent_owner, "parent_database_name": parent_name,
        "network_root_owner": owner, "network_root_database_name": name, "fork_network_count": 0,
    });
    Reply::Json(200, response.to_string())
}

/// The response to a lookup of a database that does not exist, or is not visible.
pub fn not_found() -> Reply {
    Reply::refusal(400, "no such repository")
}
