//! Refusals, as problems (RFC 9457).

use axum::body::Body;
use axum::http::header::{ALLOW, CONTENT_TYPE, HeaderName, HeaderValue, RETRY_AFTER};
use axum::http::request::Parts;
use axum::http::{Response, StatusCode};
use serde::Serialize;

use super::super::responses::{ErrorResponse, to_json};
use super::super::state::Refusal;
use super::requests;

/// The same for every problem: its kind is in the code.
const TYPE: &str = "https://dolthub.com/docs/products/dolthub/api/v2/models/#model-errorcode";

/// The kind of a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Code {
    ValidationFailed,
    Unauthenticated,
    PermissionDenied,
    NotFound,
    MethodNotAllowed,
    Conflict,
    Unprocessable,
    RateLimited,
    Internal,
    /// Not one of DoltHub's.
    RequestTimeout,
    /// Not one of DoltHub's.
    MisdirectedRequest,
}

impl Code {
    /// The HTTP status, the text of the code, and the title.
    fn parts(self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Self::ValidationFailed => (StatusCode::BAD_REQUEST, "VALIDATION_FAILED", "Validation failed"),
            Self::Unauthenticated => (StatusCode::UNAUTHORIZED, "UNAUTHENTICATED", "Unauthenticated"),
            Self::PermissionDenied => (StatusCode::FORBIDDEN, "PERMISSION_DENIED", "Permission denied"),
            Self::NotFound => (StatusCode::NOT_FOUND, "NOT_FOUND", "Not found"),
            Self::MethodNotAllowed => {
                (StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", "Method not allowed")
            }
            Self::Conflict => (StatusCode::CONFLICT, "CONFLICT", "Conflict"),
            Self::Unprocessable => (StatusCode::UNPROCESSABLE_ENTITY, "UNPROCESSABLE", "Unprocessable"),
            Self::RateLimited => (StatusCode::TOO_MANY_REQUESTS, "RATE_LIMITED", "Rate limited"),
            Self::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL", "Internal error"),
            Self::RequestTimeout => (StatusCode::REQUEST_TIMEOUT, "REQUEST_TIMEOUT", "Request timeout"),
            Self::MisdirectedRequest => {
                (StatusCode::MISDIRECTED_REQUEST, "MISDIRECTED_REQUEST", "Misdirected request")
            }
        }
    }
}

/// Why a request is refused.
#[derive(Debug)]
pub(super) struct Problem {
    code: Code,
    detail: String,
    /// Beside those that every problem has.
    header: Option<(HeaderName, &'static str)>,
}

#[derive(Serialize)]
struct ProblemBody<'a> {
    r#type: &'static str,
    title: &'static str,
    status: u16,
    detail: &'a str,
    code: &'static str,
    request_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    instance: Option<&'a str>,
}

impl Problem {
    pub(super) fn new(code: Code, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into(), header: None }
    }

    pub(super) fn invalid(detail: impl Into<String>) -> Self {
        Self::new(Code::ValidationFailed, detail)
    }

    /// For a token that is not valid, or none where one is needed.
    pub(super) fn unauthenticated() -> Self {
        Self::new(Code::Unauthenticated, "Authentication credentials were missing or invalid.")
    }

    pub(super) fn method_not_allowed(allowed: &'static str) -> Self {
        let detail = format!("only {allowed} can be used here");
        Self { header: Some((ALLOW, allowed)), ..Self::new(Code::MethodNotAllowed, detail) }
    }

    pub(super) fn throttled() -> Self {
        Self { header: Some((RETRY_AFTER, "1")), ..Self::new(Code::RateLimited, "Too many requests") }
    }

    /// The response to the request that is refused.
    pub(super) fn response(self, request: &Parts) -> Response<Body> {
        let (status, code, title) = self.code.parts();
        let request_id = requests::request_id(&request.headers);
        let path = request.uri.path();
        let body = ProblemBody {
            r#type: TYPE,
            title,
            status: status.as_u16(),
            detail: &self.detail,
            code,
            request_id: &request_id,
            instance: is_uri_path(path).then_some(path),
        };
        let mut response = Response::new(to_json(&body).into());
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.extend(self.header.map(|(name, value)| (name, HeaderValue::from_static(value))));
        requests::identified(response, &request_id)
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let code = match refusal {
            Refusal::NoPermission { .. } => Code::PermissionDenied,
            Refusal::InvalidName { .. } => Code::ValidationFailed,
            Refusal::AlreadyExists { .. } => Code::Conflict,
            Refusal::AlreadyForked { .. } => Code::Unprocessable,
            Refusal::NoSuchRepository | Refusal::OperationNotFound => Code::NotFound,
            Refusal::DuplicateOperation | Refusal::NetworkTooLarge | Refusal::NetworkPrivate => {
                Code::Internal
            }
        };
        Self::new(code, refusal.to_string())
    }
}

impl From<ErrorResponse> for Problem {
    fn from(ErrorResponse { status, message }: ErrorResponse) -> Self {
        let code = match status {
            StatusCode::FORBIDDEN => Code::PermissionDenied,
            StatusCode::REQUEST_TIMEOUT => Code::RequestTimeout,
            StatusCode::MISDIRECTED_REQUEST => Code::MisdirectedRequest,
            status if status.is_server_error() => Code::Internal,
            _ => Code::ValidationFailed,
        };
        Self::new(code, message)
    }
}

/// Whether a path is one of RFC 3986: the HTTP library takes more.
fn is_uri_path(path: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/%".contains(&byte);
    let is_encoded = |rest: &str| rest.bytes().take(2).filter(u8::is_ascii_hexdigit).count() == 2;
    path.bytes().all(allowed) && path.split('%').skip(1).all(is_encoded)
}
