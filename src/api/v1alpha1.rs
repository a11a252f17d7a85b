//! The endpoints and wire types of v1alpha1, exactly as `databases-v1alpha1.md` documents them.
//!
//! Unknown fields are ignored; fields that may be left out may be null as well.

mod fork_status;
mod raw;
mod refusal;
mod status;
mod subject;

use std::time::Duration;

use reqwest::header::HeaderValue;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};

use crate::error::Kind;
use crate::names::{Database, Operation, check_owner, percent_encode};
use crate::token::Token;

use super::failure::{Cause, Failure};
use super::fork_list::{self, ForkList, Keys};
use super::model::{Accepted, Created, DatabaseDetails, DatabaseInfo, ForkStatus, Forks, NewDatabase};
use super::response::Response;
use super::transport::{Request, Transport};

use fork_status::ForkStatusResponse;
use refusal::Refusal;
use status::{is_error, says_failed};
use subject::Subject;

pub use raw::check_response;

/// Where the API is, below the host.
pub const BASE_PATH: &str = "/api/v1alpha1";

const MIB: u64 = 1024 * 1024;
/// A fork list is not paginated: one response holds the whole network.
const MAX_FORKS_BYTES: u64 = 64 * MIB;
const MAX_BYTES: u64 = MIB;

/// The list of `GET /{owner}/{database}/forks`.
const FORK_KEYS: Keys = Keys { list: "forks", owner: "database_owner", name: "database_name" };

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
struct CreateResponse {
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
struct ForkResponse {
    status: Option<String>,
    parent_owner: Option<String>,
    parent_database: Option<String>,
    forked_owner: Option<String>,
    operation_name: Option<String>,
}

#[derive(Deserialize)]
struct ForksResponse {
    status: Option<String>,
    database_owner: Option<String>,
    database_name: Option<String>,
    // Present and perhaps null: a response that does not mention forks is none.
    #[serde(deserialize_with = "Option::deserialize")]
    forks: Option<Listed>,
    parent_owner: Option<String>,
    parent_database_name: Option<String>,
    network_root_owner: Option<String>,
    network_root_database_name: Option<String>,
    fork_network_count: Option<u64>,
}

/// The database that a response about forks names, be it a success or a refusal.
#[derive(Deserialize)]
struct Named {
    database_owner: Option<String>,
    database_name: Option<String>,
}

#[derive(Deserialize)]
struct UserResponse {
    status: Option<String>,
    username: String,
}

/// How many forks a list holds; the list itself is read from the response's text when it is needed.
struct Listed(usize);

impl<'de> Deserialize<'de> for Listed {
    fn deserialize<D: Deserializer<'de>>(list: D) -> Result<Self, D::Error> {
        fork_list::check(list, &FORK_KEYS).map(Listed)
    }
}

/// A documented response: its status says whether it is a success.
trait ApiResponse: DeserializeOwned {
    /// Whether it says that the request was refused, also with HTTP status 200.
    fn is_refusal(&self) -> bool;
    /// Owner and name of the database that the request was about, each empty or absent where the response does not say.
    fn subject(&self) -> (Option<&str>, Option<&str>);
}

macro_rules! api_responses {
    ($($response:ty: $subject:expr),*) => {
        $(impl ApiResponse for $response {
            fn is_refusal(&self) -> bool {
                says_failed(self.status.as_deref())
            }

            fn subject(&self) -> (Option<&str>, Option<&str>) {
                let subject: fn(&Self) -> (&Option<String>, &Option<String>) = $subject;
                let (owner, name) = subject(self);
                (owner.as_deref(), name.as_deref())
            }
        })*
    };
}

api_responses!(
    CreateResponse: |created| (&created.repository_owner, &created.repository_name),
    ForkResponse: |fork| (&fork.parent_owner, &fork.parent_database),
    ForksResponse: |forks| (&forks.database_owner, &forks.database_name),
    UserResponse: |_| (&None, &None)
);

impl ApiResponse for ForkStatusResponse {
    /// The fork may have failed: then the request succeeded.
    fn is_refusal(&self) -> bool {
        is_error(self.status.as_deref())
    }

    fn subject(&self) -> (Option<&str>, Option<&str>) {
        (None, None)
    }
}

/// The `authorization` header for a token (facts of the API, "Authentication").
pub fn credentials(token: &Token) -> HeaderValue {
    let text = zeroize::Zeroizing::new(format!("token {}", token.expose()));
    let mut value = HeaderValue::from_str(&text).expect("a token is visible ASCII");
    value.set_sensitive(true);
    value
}

/// `POST /database`: creates a database.
///
/// # Errors
/// See [`Failure`]; a duplicate is refused with a message that contains `already exists`.
pub fn create_database(transport: &Transport, new: NewDatabase<'_>) -> Result<Created, Failure> {
    let body = CreateBody {
        description: new.description,
        owner_name: &new.database.owner,
        repo_name: &new.database.name,
        visibility: new.visibility.as_str(),
    };
    read_created(&transport.send(Request::post("/database", &body, MAX_BYTES))?, new.database)
}

/// `POST /fork`: requests a fork of `parent` that belongs to `owner`. It goes on after the response.
///
/// # Errors
/// See [`Failure`]; a duplicate is refused with a message that contains `already exists` or `already been forked`.
pub fn fork(transport: &Transport, parent: &Database, owner: &str) -> Result<Accepted, Failure> {
    let body =
        ForkBody { parent_owner_name: &parent.owner, parent_database_name: &parent.name, owner_name: owner };
    read_accepted(&transport.send(Request::post("/fork", &body, MAX_BYTES))?, parent, owner)
}

/// `GET /fork?operationName=…`: the status of a fork, within `timeout` where that is shorter than the usual limit.
///
/// # Errors
/// See [`Failure`]. A fork that failed is no `Failure`: the request succeeded.
pub fn fork_status(
    transport: &Transport,
    operation: &Operation,
    timeout: Option<Duration>,
) -> Result<ForkStatus, Failure> {
    let path = format!("/fork?operationName={}", percent_encode(operation.as_str()));
    read_fork_status(&transport.send(Request::get(&path, MAX_BYTES).within(timeout))?, operation)
}

/// `GET /{owner}/{database}/forks`: a database's place in its fork network, and the forks in that.
///
/// # Errors
/// See [`Failure`]; an unknown or hidden database is refused with `no such repository`.
pub fn forks(transport: &Transport, database: &Database) -> Result<Forks, Failure> {
    read_forks(transport.send(Request::get(&forks_path(database), MAX_FORKS_BYTES))?, database)
}

/// What this version says of a database besides its forks: its place in its fork network.
///
/// # Errors
/// As [`forks`].
pub fn details(transport: &Transport, database: &Database) -> Result<DatabaseDetails, Failure> {
    forks(transport, database).map(|forks| forks.info.into())
}

/// A database's place in its fork network, on a connection of its own: it decides what becomes of a change. Within `timeout`
/// where that is shorter than the usual limit.
///
/// # Errors
/// As [`forks`].
pub fn database(
    transport: &Transport,
    database: &Database,
    timeout: Option<Duration>,
) -> Result<DatabaseInfo, Failure> {
    let path = forks_path(database);
    let request = Request::get(&path, MAX_FORKS_BYTES).on_fresh_connection().within(timeout);
    let response = transport.send(request)?;
    // What is not there decides as much as what is.
    if let Ok(refused) = response.json::<Named>() {
        let named = (refused.database_owner.as_deref(), refused.database_name.as_deref());
        Subject::from(database).check(&response, named)?;
    }
    read_forks(response, database).map(|forks| forks.info)
}

fn forks_path(database: &Database) -> String {
    format!("/{}/{}/forks", percent_encode(&database.owner), percent_encode(&database.name))
}

/// `GET /user`: the name of the token's user.
///
/// # Errors
/// See [`Failure`]. Older self-hosted services may not have this endpoint.
pub fn user(transport: &Transport) -> Result<String, Failure> {
    read_user(&transport.send(Request::get("/user", MAX_BYTES).on_fresh_connection())?)
}

/// Reads the response to [`create_database`] for a database of this name.
///
/// # Errors
/// When it is a refusal, or none of the API's.
pub fn read_created(response: &Response, database: &Database) -> Result<Created, Failure> {
    let created: CreateResponse = read(response, database.into())?;
    let named = both(created.repository_owner, created.repository_name);
    if named.is_none() && created.status.is_none() {
        return Err(response.invalid("it names no database"));
    }
    Ok(Created {
        database: named.unwrap_or_else(|| database.clone()),
        visibility: created.visibility,
        description: created.description.map(|description| response.without_token(&description)),
    })
}

/// Reads the response to [`fork`] for a fork of `parent` that belongs to `owner`.
///
/// # Errors
/// When it is a refusal, or none of the API's.
pub fn read_accepted(response: &Response, parent: &Database, owner: &str) -> Result<Accepted, Failure> {
    let accepted: ForkResponse = read(response, Subject { database: Some(parent), other: owner })?;
    let operation = Operation::parse(accepted.operation_name.as_deref().unwrap_or(""))
        .map_err(|_| response.invalid("it names no operation"))?;
    Ok(Accepted {
        operation,
        parent: both(accepted.parent_owner, accepted.parent_database).unwrap_or_else(|| parent.clone()),
        owner: not_empty(accepted.forked_owner).unwrap_or_else(|| owner.to_owned()),
    })
}

/// Reads the response to [`fork_status()`] for this operation.
///
/// # Errors
/// When it is a refusal, or none of the API's.
pub fn read_fork_status(response: &Response, operation: &Operation) -> Result<ForkStatus, Failure> {
    let has_kind_of_its_own =
        matches!(response.status, 300..=399 | 401 | 403) || response.status_cause(Kind::Api).is_some();
    let status = match response.json::<ForkStatusResponse>() {
        // `done` with an error is a fork that failed: the request succeeded, also where it comes as a refusal.
        Ok(status) if !has_kind_of_its_own && status.done == Some(true) && status.has_failed() => status,
        _ => read(response, Subject { other: operation.as_str(), ..Subject::default() })?,
    };
    match status.interpret() {
        Some(ForkStatus::Failed(message)) => {
            Ok(ForkStatus::Failed(message.map(|message| response.without_token(&message))))
        }
        status => status.ok_or_else(|| response.invalid("it has no status of the fork")),
    }
}

/// Reads the response to [`forks`] for the forks of `database`.
///
/// # Errors
/// When it is a refusal, or none of the API's.
pub fn read_forks(response: Response, database: &Database) -> Result<Forks, Failure> {
    let forks: ForksResponse = read(&response, database.into())?;
    let mut list = ForkList::empty(&FORK_KEYS);
    if let Some(Listed(len)) = forks.forks {
        list.push(String::from_utf8(response.body).expect("it was read as text just now"), len);
    }
    let info = DatabaseInfo {
        database: both(forks.database_owner, forks.database_name).unwrap_or_else(|| database.clone()),
        parent: both(forks.parent_owner, forks.parent_database_name),
        root: both(forks.network_root_owner, forks.network_root_database_name),
        fork_network_count: forks.fork_network_count,
        visibility: None,
    };
    Ok(Forks { info, list })
}

/// Reads the response to [`user`].
///
/// # Errors
/// When it is a refusal, or none of the API's.
pub fn read_user(response: &Response) -> Result<String, Failure> {
    let user: UserResponse = read(response, Subject::default()).map_err(|failure| {
        // A service that speaks of a token or a user has the endpoint: what is not found is the token.
        let message = failure.message.to_lowercase();
        let is_about_token =
            ["token", "authentic", "authoriz", "user"].iter().any(|word| message.contains(word));
        match failure.is_absence() && is_about_token {
            true => Failure { cause: Cause::Refused(Kind::Auth), ..failure },
            false => failure,
        }
    })?;
    // It is sent back as an owner.
    match check_owner(&user.username) {
        Ok(()) => Ok(user.username),
        Err(_) => Err(response.invalid("it names no user")),
    }
}

/// Reads a successful response as `T`; everything else is a failure.
fn read<T: ApiResponse>(response: &Response, subject: Subject<'_>) -> Result<T, Failure> {
    if let Some(redirect) = response.redirect() {
        return Err(redirect);
    }
    let success = response.is_success();
    let why = match success.then(|| response.json::<T>()) {
        Some(Ok(read)) if !read.is_refusal() => {
            subject.check(response, read.subject())?;
            return Ok(read);
        }
        Some(Err(why)) => why,
        _ => String::new(),
    };
    match response.json::<Refusal>() {
        Ok(refusal) if success && !says_failed(refusal.status.as_deref()) => {
            Err(response.invalid(&format!("it is not as documented ({why})")))
        }
        Ok(refusal) if refusal.is_one() => {
            let (kind, message) = refusal.read(response.status, &subject.names());
            Err(perhaps_gone(response, response.refused(kind, message)))
        }
        _ => Err(perhaps_gone(response, response.not_json())),
    }
}

/// This version refuses with 400 what is not there (facts of the API, "Errors in general"): a service that has nothing at its
/// addresses may speak the other version alone.
fn perhaps_gone(response: &Response, failure: Failure) -> Failure {
    if !matches!(response.status, 404 | 410) || failure.message.to_lowercase().contains("repository") {
        return failure;
    }
    let check = format!(
        "{} may not be a DoltHub, or speak API v2 alone: check --host, or try --api v2",
        response.host
    );
    Failure { hint: Some(check), ..failure }
}

fn not_empty(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}

/// Both halves of a database's name; the service leaves both empty where there is no database.
fn both(owner: Option<String>, name: Option<String>) -> Option<Database> {
    Some(Database { owner: not_empty(owner)?, name: not_empty(name)? })
}

#[cfg(test)]
mod tests;
