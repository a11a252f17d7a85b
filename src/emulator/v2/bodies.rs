//! Bodies of responses that are no problems, and the ids of operations.

use std::time::{Duration, UNIX_EPOCH};

use axum::body::Body;
use axum::http::{Response, StatusCode};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use super::super::events::Visibility;
use super::super::museum;
use super::super::responses::{display_name, json};
use super::super::state::{Database, DatabaseDetails, OperationDetails, Progress};
use super::BASE;
use super::pages::Page;

/// What is percent-encoded in a segment: everything but the unreserved characters of RFC 3986.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// How often an operation is polled before it is no longer queued.
const QUEUED_POLLS: usize = 2;

#[derive(Serialize)]
struct Envelope<T> {
    data: T,
    #[serde(skip_serializing_if = "Option::is_none")]
    meta: Option<Meta>,
}

#[derive(Serialize)]
struct Meta {
    #[serde(skip_serializing_if = "Option::is_none")]
    next_page_token: Option<String>,
}

/// A response with a single object.
pub(super) fn object(status: StatusCode, data: &impl Serialize) -> Response<Body> {
    json(status, &Envelope { data, meta: None })
}

/// A response with a page of a list, each item as `body` makes it.
pub(super) fn page<T, B: Serialize>(page: Page<T>, body: impl FnMut(T) -> B) -> Response<Body> {
    let data: Vec<B> = page.items.into_iter().map(body).collect();
    json(StatusCode::OK, &Envelope { data, meta: Some(Meta { next_page_token: page.next_page_token }) })
}

#[derive(Serialize)]
pub(super) struct UserBody<'a> {
    username: &'a str,
    display_name: String,
    email_addresses: [EmailAddress; 1],
}

#[derive(Serialize)]
struct EmailAddress {
    address: String,
    is_primary: bool,
    is_verified: bool,
}

impl<'a> UserBody<'a> {
    pub(super) fn new(username: &'a str) -> Self {
        let address = format!("{username}@example.com");
        Self {
            username,
            display_name: display_name(username),
            email_addresses: [EmailAddress { address, is_primary: true, is_verified: true }],
        }
    }
}

/// The owner and name of a database.
#[derive(Debug, Serialize)]
pub(super) struct DatabaseRef<'a> {
    owner: &'a str,
    name: &'a str,
}

impl<'a> From<&'a Database> for DatabaseRef<'a> {
    fn from(Database { owner, name, .. }: &'a Database) -> Self {
        Self { owner, name }
    }
}

#[derive(Serialize)]
pub(super) struct DatabaseBody<'a> {
    #[serde(flatten)]
    database: DatabaseRef<'a>,
    visibility: Visibility,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    fork_network_count: usize,
    star_count: u32,
    size_bytes: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_write_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<DatabaseRef<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    network_root: Option<DatabaseRef<'a>>,
}

impl<'a> DatabaseBody<'a> {
    pub(super) fn new(details: &DatabaseDetails<'a>) -> Self {
        let Database { visibility, content, .. } = details.database;
        Self {
            database: details.database.into(),
            visibility: *visibility,
            description: content.description.as_deref(),
            fork_network_count: details.network_count,
            star_count: 0,
            size_bytes: content.size,
            last_write_at: content.last_write.map(timestamp),
            parent: details.parent.map(DatabaseRef::from),
            network_root: details.root.map(DatabaseRef::from),
        }
    }
}

#[derive(Serialize)]
pub(super) struct BranchBody {
    name: &'static str,
    head_commit_sha: &'static str,
    last_updated_at: String,
}

impl BranchBody {
    /// The only branch of a database.
    pub(super) fn new(last_write: u64) -> Self {
        Self { name: "main", head_commit_sha: museum::HEAD, last_updated_at: timestamp(last_write) }
    }
}

/// A fork that was accepted.
#[derive(Serialize)]
pub(super) struct AcceptedBody {
    id: String,
    href: String,
}

impl AcceptedBody {
    /// `origin` is where the client reached the emulator.
    pub(super) fn new(owner: &str, name: &str, operation: &str, origin: &str) -> Self {
        let id = operation_id(owner, name, operation);
        let href = format!("{origin}{BASE}/operations/{}", utf8_percent_encode(&id, SEGMENT));
        Self { id, href }
    }
}

#[derive(Serialize)]
pub(super) struct OperationBody<'a> {
    id: String,
    r#type: &'static str,
    status: &'static str,
    created_at: String,
    cancelable: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<OperationError>,
    #[serde(skip_serializing_if = "Option::is_none")]
    result: Option<ForkResult<'a>>,
}

#[derive(Serialize)]
struct OperationError {
    status: u16,
    code: &'static str,
    title: &'static str,
    detail: String,
}

#[derive(Serialize)]
struct ForkResult<'a> {
    database: DatabaseRef<'a>,
}

impl<'a> From<OperationDetails<'a>> for OperationBody<'a> {
    fn from(OperationDetails { name, parent, created_at, progress }: OperationDetails<'a>) -> Self {
        let (status, result, error) = match progress {
            Progress::Running { polls } if polls < QUEUED_POLLS => ("queued", None, None),
            Progress::Running { .. } => ("running", None, None),
            Progress::Done(database) => ("succeeded", Some(ForkResult { database: database.into() }), None),
            Progress::Failed(refusal) => {
                let (code, title) = ("OPERATION_FAILED", "Operation failed");
                let status = StatusCode::UNPROCESSABLE_ENTITY.as_u16();
                ("failed", None, Some(OperationError { status, code, title, detail: refusal.to_string() }))
            }
        };
        Self {
            id: operation_id(&parent.owner, &parent.name, name),
            r#type: "fork",
            status,
            created_at: timestamp(created_at),
            cancelable: false,
            error,
            result,
        }
    }
}

/// The id of an operation, from the name that it has under v1alpha1 and the database that is forked.
fn operation_id(owner: &str, name: &str, operation: &str) -> String {
    format!("owners/{owner}/repos/{name}/jobs/{}", operation.strip_prefix("operations/").unwrap_or(operation))
}

/// The owner and name of the database that is forked, and the name under v1alpha1; `None` for an id of another shape.
pub(super) fn parse_operation_id(id: &str) -> Option<(&str, &str, String)> {
    match id.split('/').collect::<Vec<_>>()[..] {
        ["owners", owner, "repos", name, "jobs", job] => Some((owner, name, format!("operations/{job}"))),
        _ => None,
    }
}

/// A time in milliseconds since 1970, as in RFC 3339.
fn timestamp(millis: u64) -> String {
    // The last one that has four digits for its year.
    const LAST: u64 = 253_402_300_799_999;
    humantime::format_rfc3339_millis(UNIX_EPOCH + Duration::from_millis(millis.min(LAST))).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_written_as_in_rfc_3339_whatever_it_is() {
        assert_eq!(timestamp(0), "1970-01-01T00:00:00.000Z");
        assert_eq!(timestamp(1_767_225_599_001), "2025-12-31T23:59:59.001Z");
        assert_eq!(timestamp(u64::MAX), "9999-12-31T23:59:59.999Z");
    }

    #[test]
    fn the_id_of_an_operation_leads_back_to_its_name_and_to_no_other() {
        let id = operation_id("dolthub", "x", "operations/7");
        assert_eq!(id, "owners/dolthub/repos/x/jobs/7");
        assert_eq!(parse_operation_id(&id), Some(("dolthub", "x", "operations/7".to_owned())));
        for id in [
            "",
            "operations/7",
            "owners/dolthub/repos/x/jobs",
            "owners/a/b/repos/x/jobs/7",
            "/owners/a/repos/x/jobs/7",
        ] {
            assert_eq!(parse_operation_id(id), None, "{id}");
        }
    }
}
