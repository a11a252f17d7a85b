//! The answers as they travel: exactly the documented fields, in the documented order.

use axum::body::Body;
use axum::http::header::{ALLOW, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use axum::http::{Response, StatusCode};
use serde::Serialize;

use super::faults::Fault;
use super::state::{Database, Progress, Refusal};

/// What a client is told when a request is refused.
#[derive(Debug)]
pub(super) struct Refused {
    pub(super) status: StatusCode,
    pub(super) message: String,
}

impl Refused {
    /// The usual refusal: 400.
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, message: message.into() }
    }
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Self::new(refusal.to_string())
    }
}

/// The beginning of every answer; `message` only where something was refused.
#[derive(Debug, Serialize)]
pub(super) struct Head {
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
}

impl Head {
    pub(super) const SUCCESS: Self = Self { status: "Success", message: None };

    pub(super) fn error(message: impl Into<String>) -> Self {
        Self { status: "Error", message: Some(message.into()) }
    }
}

/// To `POST /database`.
#[derive(Debug, Serialize)]
pub(super) struct Created<'a> {
    #[serde(flatten)]
    pub(super) head: Head,
    pub(super) description: &'a str,
    pub(super) repository_owner: &'a str,
    pub(super) repository_name: &'a str,
    pub(super) visibility: &'a str,
}

/// To `POST /fork`; an operation only where the fork was accepted.
#[derive(Debug, Serialize)]
pub(super) struct Forked<'a> {
    #[serde(flatten)]
    pub(super) head: Head,
    pub(super) parent_owner: &'a str,
    pub(super) parent_database: &'a str,
    pub(super) forked_owner: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) operation_name: Option<String>,
}

/// To `GET /fork`. Which fields there are depends on how far the operation is.
#[derive(Debug, Default, Serialize)]
pub(super) struct Operation<'a> {
    #[serde(flatten)]
    pub(super) head: Option<Head>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) done: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) operation_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) database_owner: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) database_name: Option<&'a str>,
}

impl<'a> Operation<'a> {
    /// The documentation shows no unfinished operation, and three shapes of one are known: each question gets
    /// the next.
    pub(super) fn new(progress: &Progress<'a>, operation_name: String) -> Self {
        let operation_name = Some(operation_name);
        match progress {
            Progress::Done(Database { owner, name, .. }) => Self {
                head: Some(Head::SUCCESS),
                done: Some(true),
                operation_name,
                database_owner: Some(owner),
                database_name: Some(name),
            },
            Progress::Failed(refusal) => Self {
                head: Some(Head::error(refusal.to_string())),
                done: Some(true),
                operation_name,
                ..Self::default()
            },
            Progress::UnderWay { asked } => match asked % 3 {
                0 => Self {
                    head: Some(Head::SUCCESS),
                    done: Some(false),
                    operation_name,
                    database_owner: Some(""),
                    database_name: Some(""),
                },
                1 => Self { head: Some(Head { status: "Pending", message: None }), ..Self::default() },
                _ => Self { done: Some(false), operation_name, ..Self::default() },
            },
        }
    }
}

/// Where a database is.
#[derive(Debug, Serialize)]
pub(super) struct Place<'a> {
    pub(super) database_owner: &'a str,
    pub(super) database_name: &'a str,
}

/// To `GET /{owner}/{database}/forks`, refused.
#[derive(Debug, Serialize)]
pub(super) struct NoForks<'a> {
    #[serde(flatten)]
    pub(super) head: Head,
    #[serde(flatten)]
    pub(super) place: Place<'a>,
}

#[derive(Debug, Serialize)]
struct User {
    status: &'static str,
    username: &'static str,
    display_name: &'static str,
    email_addresses: [EmailAddress; 1],
}

#[derive(Debug, Serialize)]
struct EmailAddress {
    address: &'static str,
    is_primary: bool,
    is_verified: bool,
}

/// To `GET /user`.
pub(super) fn user() -> Response<Body> {
    json(
        StatusCode::OK,
        &User {
            status: "Success",
            username: super::USER,
            display_name: "Taylor",
            email_addresses: [EmailAddress {
                address: "taylor@example.com",
                is_primary: true,
                is_verified: true,
            }],
        },
    )
}

/// An answer in JSON.
pub(super) fn json(status: StatusCode, answer: &impl Serialize) -> Response<Body> {
    written(status, serde_json::to_vec(answer))
}

/// An answer already written in JSON.
pub(super) fn written(status: StatusCode, answer: serde_json::Result<Vec<u8>>) -> Response<Body> {
    match answer {
        Ok(body) => with_content(status, "application/json", body),
        Err(error) => with_content(StatusCode::INTERNAL_SERVER_ERROR, "text/plain", error.to_string()),
    }
}

/// A refusal with nothing of the request in it.
pub(super) fn refusal(status: StatusCode, message: impl Into<String>) -> Response<Body> {
    json(status, &Head::error(message))
}

/// 405, with the methods that are allowed instead.
pub(super) fn wrong_method(allowed: &'static str) -> Response<Body> {
    let mut response = refusal(StatusCode::METHOD_NOT_ALLOWED, format!("only {allowed} can be used here"));
    response.headers_mut().insert(ALLOW, HeaderValue::from_static(allowed));
    response
}

/// What a fault puts in the answer's place; `None` is no answer at all.
pub(super) fn fault(fault: Fault) -> Option<Response<Body>> {
    const PAGE: &str = "<html>\n<head><title>502 Bad Gateway</title></head>\n\
        <body><center><h1>502 Bad Gateway</h1></center></body>\n</html>\n";
    match fault {
        Fault::Reset => None,
        Fault::Internal => Some(refusal(StatusCode::INTERNAL_SERVER_ERROR, "Internal server error")),
        Fault::BadGateway => Some(with_content(StatusCode::BAD_GATEWAY, "text/html", PAGE)),
        Fault::Throttled => {
            let mut response = refusal(StatusCode::TOO_MANY_REQUESTS, "Too many requests");
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
            Some(response)
        }
    }
}

fn with_content(status: StatusCode, content_type: &'static str, body: impl Into<Body>) -> Response<Body> {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}
