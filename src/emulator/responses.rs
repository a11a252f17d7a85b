//! Response bodies: exactly the documented fields, in the documented order.

use axum::body::Body;
use axum::http::header::{ALLOW, CONNECTION, CONTENT_TYPE, HeaderValue, RETRY_AFTER, SERVER};
use axum::http::{Response, StatusCode};
use serde::Serialize;

use super::faults::Fault;
use super::state::{Database, Progress, Refusal};

/// The status code and message of a refused request.
#[derive(Debug)]
pub(super) struct ErrorResponse {
    pub(super) status: StatusCode,
    pub(super) message: String,
}

impl ErrorResponse {
    pub(super) fn bad_request(message: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, message: message.into() }
    }

    /// For a request whose body does not arrive.
    pub(super) fn too_slow() -> Self {
        let message = "the request body took too long".to_owned();
        Self { status: StatusCode::REQUEST_TIMEOUT, message }
    }

    /// For a request that needs a token and has none.
    pub(super) fn unauthenticated() -> Self {
        Self { status: StatusCode::UNAUTHORIZED, message: "Not authenticated".to_owned() }
    }
}

impl From<Refusal> for ErrorResponse {
    fn from(refusal: Refusal) -> Self {
        Self::bad_request(refusal.to_string())
    }
}

/// The first fields of every body; `message` or `error` only in an error.
#[derive(Debug, Serialize)]
pub(super) struct ApiStatus {
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

impl ApiStatus {
    pub(super) const SUCCESS: Self = Self { status: "Success", message: None, error: None };
    const PENDING: Self = Self { status: "Pending", message: None, error: None };

    pub(super) fn error(message: impl Into<String>) -> Self {
        Self { status: "Error", message: Some(message.into()), error: None }
    }

    /// The same with its text under `error`.
    pub(super) fn error_elsewhere(message: impl Into<String>) -> Self {
        Self { status: "Error", message: None, error: Some(message.into()) }
    }
}

/// Body for `POST /database`.
#[derive(Debug, Serialize)]
pub(super) struct CreateResponse<'a> {
    #[serde(flatten)]
    pub(super) api_status: ApiStatus,
    pub(super) description: &'a str,
    pub(super) repository_owner: &'a str,
    pub(super) repository_name: &'a str,
    pub(super) visibility: &'a str,
}

/// Body for `POST /fork`; `operation_name` only if the fork was accepted.
#[derive(Debug, Serialize)]
pub(super) struct ForkResponse<'a> {
    #[serde(flatten)]
    pub(super) api_status: ApiStatus,
    pub(super) parent_owner: &'a str,
    pub(super) parent_database: &'a str,
    pub(super) forked_owner: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) operation_name: Option<String>,
}

/// Body for `GET /fork`. The progress of the operation decides which fields are present.
#[derive(Debug, Default, Serialize)]
pub(super) struct OperationResponse<'a> {
    #[serde(flatten)]
    pub(super) api_status: Option<ApiStatus>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) done: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) operation_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) database_owner: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) database_name: Option<&'a str>,
}

impl<'a> OperationResponse<'a> {
    /// The documentation shows no unfinished operation, and three shapes of one are known: polls get them in
    /// turn.
    pub(super) fn new(progress: &Progress<'a>, operation_name: String) -> Self {
        let operation_name = Some(operation_name);
        match progress {
            Progress::Done(Database { owner, name, .. }) => Self {
                api_status: Some(ApiStatus::SUCCESS),
                done: Some(true),
                operation_name,
                database_owner: Some(owner),
                database_name: Some(name),
            },
            Progress::Failed(refusal) => Self {
                api_status: Some(ApiStatus::error(refusal.to_string())),
                done: Some(true),
                operation_name,
                ..Self::default()
            },
            Progress::Running { polls } => match polls % 3 {
                0 => Self {
                    api_status: Some(ApiStatus::SUCCESS),
                    done: Some(false),
                    operation_name,
                    database_owner: Some(""),
                    database_name: Some(""),
                },
                1 => Self { api_status: Some(ApiStatus::PENDING), ..Self::default() },
                _ => Self { done: Some(false), operation_name, ..Self::default() },
            },
        }
    }

    pub(super) fn refused(api_status: ApiStatus, operation_name: String) -> Self {
        Self { api_status: Some(api_status), operation_name: Some(operation_name), ..Self::default() }
    }
}

/// The owner and name of a database.
#[derive(Debug, Serialize)]
pub(super) struct DatabaseRef<'a> {
    pub(super) database_owner: &'a str,
    pub(super) database_name: &'a str,
}

/// Body for `GET /{owner}/{database}/forks` when it is refused.
#[derive(Debug, Serialize)]
pub(super) struct ForksError<'a> {
    #[serde(flatten)]
    pub(super) api_status: ApiStatus,
    #[serde(flatten)]
    pub(super) database: DatabaseRef<'a>,
}

#[derive(Debug, Serialize)]
struct User<'a> {
    status: &'static str,
    username: &'a str,
    display_name: String,
    email_addresses: [EmailAddress; 1],
}

#[derive(Debug, Serialize)]
struct EmailAddress {
    address: String,
    is_primary: bool,
    is_verified: bool,
}

/// The response to `GET /user`.
pub(super) fn user(username: &str) -> Response<Body> {
    json(
        StatusCode::OK,
        &User {
            status: "Success",
            username,
            display_name: display_name(username),
            email_addresses: [EmailAddress {
                address: format!("{username}@example.com"),
                is_primary: true,
                is_verified: true,
            }],
        },
    )
}

/// The name of a user with a capital letter at its start.
pub(super) fn display_name(username: &str) -> String {
    let mut letters = username.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    first + letters.as_str()
}

pub(super) fn json(status: StatusCode, body: &impl Serialize) -> Response<Body> {
    json_bytes(status, to_json(body))
}

/// A response whose body is JSON already.
pub(super) fn json_bytes(status: StatusCode, body: Vec<u8>) -> Response<Body> {
    with_content_type(status, "application/json", body)
}

#[expect(clippy::expect_used, reason = "an invariant")]
pub(super) fn to_json(body: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(body).expect("a body has string keys only, and nothing in it can fail to serialize")
}

/// A refusal that repeats nothing of the request.
pub(super) fn refusal(ErrorResponse { status, message }: ErrorResponse) -> Response<Body> {
    error(status, message)
}

/// An error that repeats nothing of the request.
pub(super) fn error(status: StatusCode, message: impl Into<String>) -> Response<Body> {
    json(status, &ApiStatus::error(message))
}

/// The same with a header that says what it is: no database can be cloned from an emulator.
pub(super) fn signed(mut response: Response<Body>) -> Response<Body> {
    let signature = HeaderValue::from_static(concat!("dhub-emulator/", env!("CARGO_PKG_VERSION")));
    response.headers_mut().insert(SERVER, signature);
    response
}

/// The same, after which the connection is closed.
pub(super) fn closing(mut response: Response<Body>) -> Response<Body> {
    response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    response
}

/// 405 with an `Allow` header.
pub(super) fn method_not_allowed(allowed: &'static str) -> Response<Body> {
    let mut response = error(StatusCode::METHOD_NOT_ALLOWED, format!("only {allowed} can be used here"));
    response.headers_mut().insert(ALLOW, HeaderValue::from_static(allowed));
    response
}

/// The response that a fault puts in place of the real one; `None` if the connection is reset instead.
pub(super) fn fault(fault: Fault) -> Option<Response<Body>> {
    const PAGE: &str = "<html>\n<head><title>502 Bad Gateway</title></head>\n\
        <body><center><h1>502 Bad Gateway</h1></center></body>\n</html>\n";
    match fault {
        Fault::Reset => None,
        Fault::Internal => Some(error(StatusCode::INTERNAL_SERVER_ERROR, "Internal server error")),
        Fault::BadGateway => Some(with_content_type(StatusCode::BAD_GATEWAY, "text/html", PAGE)),
        Fault::Throttled => {
            let mut response = error(StatusCode::TOO_MANY_REQUESTS, "Too many requests");
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
            Some(response)
        }
    }
}

fn with_content_type(
    status: StatusCode,
    content_type: &'static str,
    body: impl Into<Body>,
) -> Response<Body> {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}
