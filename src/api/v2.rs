//! The endpoints and wire types of v2, as `v2.md` gathers them from the published description. Its facts are named by
//! their numbers.
//!
//! Fields, states and codes that are unknown are tolerated: more may be added at any time (fact 7).

mod pages;
mod problem;
mod wire;

use std::time::Duration;

use reqwest::header::HeaderValue;
use serde::de::DeserializeOwned;

use crate::names::{Database, Operation, check_owner, percent_encode};
use crate::token::Token;

use super::failure::Failure;
use super::model::{Accepted, Created, DatabaseDetails, ForkStatus, NewDatabase};
use super::response::Response;
use super::transport::{Request, Transport};

use problem::Problem;
use wire::{
    CreateBody, DatabaseResponse, Enveloped, ForkBody, ForkResponse, OperationResponse, UserResponse,
};

pub use pages::{Page, Pages, forks_page};

/// Where the API is, below the host (fact 1).
pub const BASE_PATH: &str = "/api/v2";

const MAX_BYTES: u64 = 1024 * 1024;

/// The `authorization` header for a token (fact 2).
pub fn credentials(token: &Token) -> HeaderValue {
    let text = zeroize::Zeroizing::new(format!("Bearer {}", token.expose()));
    let mut value = HeaderValue::from_str(&text).expect("a token is visible ASCII");
    value.set_sensitive(true);
    value
}

/// `POST /databases`: creates a database (facts 17, 18).
///
/// # Errors
/// See [`Failure`]; a duplicate is refused with 409.
pub fn create_database(transport: &Transport, new: NewDatabase<'_>) -> Result<Created, Failure> {
    let body = CreateBody {
        owner: &new.database.owner,
        name: &new.database.name,
        visibility: new.visibility.as_str(),
        description: new.description,
    };
    read_created(&transport.send(Request::post("/databases", &body, MAX_BYTES))?, new.database)
}

/// `POST /databases/{owner}/{database}/forks`: requests a fork of `parent` that belongs to `owner` (facts 26, 27).
///
/// # Errors
/// See [`Failure`]; 422 is a duplicate only where its words say so, or the fork is there (fact 28).
pub fn fork(transport: &Transport, parent: &Database, owner: &str) -> Result<Accepted, Failure> {
    let path = format!("{}/forks", database_path(parent));
    read_accepted(&transport.send(Request::post(&path, &ForkBody { owner }, MAX_BYTES))?, parent, owner)
}

/// `GET /operations/{id}`: the status of a fork, within `timeout` where that is shorter than the usual limit. The id is one
/// path segment (fact 29); an address that a response gives for it is never followed.
///
/// # Errors
/// See [`Failure`]. A fork that failed is no `Failure`: the request succeeded.
pub fn fork_status(
    transport: &Transport,
    operation: &Operation,
    timeout: Option<Duration>,
) -> Result<ForkStatus, Failure> {
    let path = format!("/operations/{}", percent_encode(operation.as_str()));
    read_fork_status(&transport.send(Request::get(&path, MAX_BYTES).within(timeout))?)
}

/// `GET /databases/{owner}/{database}`: a database (facts 20, 22).
///
/// # Errors
/// See [`Failure`]; one that is unknown or hidden is refused with 404.
pub fn details(transport: &Transport, database: &Database) -> Result<DatabaseDetails, Failure> {
    read_details(&transport.send(Request::get(&database_path(database), MAX_BYTES))?, database)
}

/// The same on a connection of its own: it decides what becomes of a change. Within `timeout` where that is shorter than the
/// usual limit.
///
/// # Errors
/// As [`details`].
pub fn database(
    transport: &Transport,
    database: &Database,
    timeout: Option<Duration>,
) -> Result<DatabaseDetails, Failure> {
    let path = database_path(database);
    let request = Request::get(&path, MAX_BYTES).on_fresh_connection().within(timeout);
    read_details(&transport.send(request)?, database)
}

/// `GET /databases/{owner}/{database}/branches`: whether a database has a branch (fact 39).
///
/// # Errors
/// As [`details`].
pub fn has_branch(transport: &Transport, database: &Database) -> Result<bool, Failure> {
    let path = format!("{}/branches", database_path(database));
    let response = transport.send(Request::get(&path, MAX_BYTES))?;
    read::<Vec<serde::de::IgnoredAny>>(&response).map(|branches| !branches.is_empty())
}

/// `GET /user`: the name of the token's user (fact 16).
///
/// # Errors
/// See [`Failure`].
pub fn user(transport: &Transport) -> Result<String, Failure> {
    read_user(&transport.send(Request::get("/user", MAX_BYTES).on_fresh_connection())?)
}

/// Owner and name are one path segment each (fact 9).
fn database_path(database: &Database) -> String {
    format!("/databases/{}/{}", percent_encode(&database.owner), percent_encode(&database.name))
}

/// Reads the response to [`create_database`] for a database of this name.
///
/// # Errors
/// When it is a refusal, or none of the API's.
pub fn read_created(response: &Response, database: &Database) -> Result<Created, Failure> {
    let created: DatabaseResponse = read(response)?;
    let named = created.database();
    check_subject(response, &named, database)?;
    Ok(Created {
        database: named,
        visibility: created.visibility,
        description: created.description.map(|description| response.without_token(&description)),
    })
}

/// Reads the response to [`fork`] for a fork of `parent` that belongs to `owner`.
///
/// # Errors
/// When it is a refusal, or none of the API's.
pub fn read_accepted(response: &Response, parent: &Database, owner: &str) -> Result<Accepted, Failure> {
    let accepted: ForkResponse = read(response)?;
    let operation = Operation::parse(&accepted.id).map_err(|_| response.invalid("it names no operation"))?;
    Ok(Accepted { operation, parent: parent.clone(), owner: owner.to_owned() })
}

/// Reads the response to [`fork_status()`].
///
/// # Errors
/// When it is a refusal, or none of the API's.
pub fn read_fork_status(response: &Response) -> Result<ForkStatus, Failure> {
    Ok(match read::<OperationResponse>(response)?.interpret() {
        ForkStatus::Failed(message) => {
            ForkStatus::Failed(message.map(|message| response.without_token(&message)))
        }
        status => status,
    })
}

/// Reads the response to [`details`] for this database.
///
/// # Errors
/// When it is a refusal, or none of the API's.
pub fn read_details(response: &Response, database: &Database) -> Result<DatabaseDetails, Failure> {
    let details: DatabaseResponse = read(response)?;
    check_subject(response, &details.database(), database)?;
    Ok(details.into())
}

/// Reads the response to [`user`].
///
/// # Errors
/// When it is a refusal, or none of the API's.
pub fn read_user(response: &Response) -> Result<String, Failure> {
    let user: UserResponse = read(response)?;
    // It is sent back as an owner.
    match check_owner(&user.username) {
        Ok(()) => Ok(user.username),
        Err(_) => Err(response.invalid("it names no user")),
    }
}

/// A service may spell a name in its own case.
fn check_subject(response: &Response, found: &Database, requested: &Database) -> Result<(), Failure> {
    if found.is_same_as(requested) { Ok(()) } else { Err(response.unrelated(found, requested)) }
}

/// The `data` of a successful response (fact 10); everything else is a failure.
fn read<T: DeserializeOwned>(response: &Response) -> Result<T, Failure> {
    check(response)?;
    response
        .json::<Enveloped<T>>()
        .map(|enveloped| enveloped.data)
        .map_err(|why| not_as_documented(response, &why))
}

/// Checks that any response is JSON and no refusal.
///
/// # Errors
/// When it is a refusal, or no JSON.
pub fn check_response(response: &Response) -> Result<(), Failure> {
    check(response)?;
    if response.is_no_content() || response.document().is_ok() { Ok(()) } else { Err(response.not_json()) }
}

/// # Errors
/// Where the response is no success.
fn check(response: &Response) -> Result<(), Failure> {
    if let Some(redirect) = response.redirect() {
        return Err(redirect);
    }
    if response.is_success() {
        return Ok(());
    }
    Err(match response.json::<Problem>() {
        Ok(problem) if problem.is_one() => problem.into_failure(response),
        _ => not_v2(response),
    })
}

fn not_as_documented(response: &Response, why: &str) -> Failure {
    match response.json::<serde::de::IgnoredAny>() {
        Ok(_) => response.invalid(&format!("it is not as documented ({why})")),
        Err(_) => response.not_json(),
    }
}

/// What is not found, and not in this version's words: an older DoltLab has no v2 (fact 46).
fn not_v2(response: &Response) -> Failure {
    let failure = response.not_json();
    let hint = format!("{} may not speak API v2: try --api v1alpha1", response.host);
    if matches!(response.status, 404 | 405 | 410) { Failure { hint: Some(hint), ..failure } } else { failure }
}

#[cfg(test)]
mod tests;
