//! Parses requests of v1alpha1: the path, the token, the query and the fields of the body. Any bytes give a result or a
//! refusal, never a panic.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{HeaderMap, Method, StatusCode};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use super::responses::ErrorResponse;
use super::state::Caller;

/// The base path of the API.
pub(super) const BASE: &str = "/api/v1alpha1/";
/// The largest body that is parsed, in bytes.
const BODY_LIMIT: usize = 1 << 20;

/// A path of the API.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Route {
    Database,
    Fork,
    User,
    Forks { owner: String, name: String },
}

impl Route {
    /// Parses a path that is still percent-encoded.
    pub(super) fn parse(path: &str) -> Option<Self> {
        let segments: Vec<&str> = path.strip_prefix(BASE)?.split('/').collect();
        match segments[..] {
            ["database"] => Some(Self::Database),
            ["fork"] => Some(Self::Fork),
            ["user"] => Some(Self::User),
            [owner, name, "forks"] if !owner.is_empty() && !name.is_empty() => {
                // Lossy is good enough: no database has a name that is not UTF-8.
                let decode = |segment| percent_decode_str(segment).decode_utf8_lossy().into_owned();
                Some(Self::Forks { owner: decode(owner), name: decode(name) })
            }
            _ => None,
        }
    }

    /// The value of the `Allow` header.
    pub(super) fn allowed_methods(&self) -> &'static str {
        match self {
            Self::Database => "POST",
            Self::Fork => "GET, POST",
            Self::User | Self::Forks { .. } => "GET",
        }
    }

    pub(super) fn allows(&self, method: &Method) -> bool {
        self.allowed_methods().split(", ").any(|allowed| allowed == method.as_str())
    }
}

/// The sender of a request; `None` if its token is not valid.
pub(super) fn authenticate(headers: &HeaderMap) -> Option<Caller> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let Some(value) = values.next() else {
        return Some(Caller::Anonymous);
    };
    let (scheme, token) = value.to_str().ok()?.trim().split_once(' ')?;
    let valid =
        scheme.eq_ignore_ascii_case("token") && token.trim() == super::TOKEN && values.next().is_none();
    valid.then_some(Caller::User)
}

/// The `operationName` in a query string.
pub(super) fn operation_name(query: Option<&str>) -> Option<String> {
    let mut pairs = url::form_urlencoded::parse(query?.as_bytes());
    pairs.find(|(key, _)| key == "operationName").map(|(_, value)| value.into_owned())
}

/// The fields of a JSON request body.
#[derive(Debug, Default)]
pub(super) struct Fields(Map<String, Value>);

impl Fields {
    /// Parses a body, which must be a JSON object with the content type of JSON.
    pub(super) fn read(
        headers: &HeaderMap,
        body: Result<Bytes, BytesRejection>,
    ) -> Result<Self, ErrorResponse> {
        let content_type =
            headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let media_type = content_type.split_once(';').map_or(content_type, |(media_type, _)| media_type);
        if !media_type.trim().eq_ignore_ascii_case("application/json") {
            return Err(ErrorResponse::bad_request("the content type must be application/json"));
        }
        let too_large = || ErrorResponse {
            status: StatusCode::PAYLOAD_TOO_LARGE,
            message: format!("the request body is larger than {BODY_LIMIT} bytes"),
        };
        let body = body.map_err(|rejection| match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => too_large(),
            status => ErrorResponse { status, message: "the request body cannot be read".to_owned() },
        })?;
        if body.len() > BODY_LIMIT {
            return Err(too_large());
        }
        match serde_json::from_slice(&body) {
            Ok(Value::Object(fields)) => Ok(Self(fields)),
            Ok(_) => Err(ErrorResponse::bad_request("the request body must be a JSON object")),
            Err(error) => {
                Err(ErrorResponse::bad_request(format!("the request body is not valid JSON: {error}")))
            }
        }
    }

    /// A field that must be present and not empty.
    pub(super) fn required(&self, field: &str) -> Result<&str, ErrorResponse> {
        match self.0.get(field) {
            None => Err(ErrorResponse::bad_request(format!("{field} is required"))),
            Some(Value::String(text)) if text.is_empty() => {
                Err(ErrorResponse::bad_request(format!("{field} must not be empty")))
            }
            Some(Value::String(text)) => Ok(text),
            Some(_) => Err(ErrorResponse::bad_request(format!("{field} must be a string"))),
        }
    }

    /// # Errors
    /// If there is a field that is not known.
    pub(super) fn only(&self, known: &[&str]) -> Result<(), ErrorResponse> {
        match self.0.keys().find(|field| !known.contains(&field.as_str())) {
            None => Ok(()),
            Some(field) => {
                Err(ErrorResponse::bad_request(format!("{field:?} is not a field of this request")))
            }
        }
    }

    /// A field that may be missing, and is no string if it is null.
    pub(super) fn string(&self, field: &str) -> Result<Option<&str>, ErrorResponse> {
        match self.0.get(field) {
            Some(Value::Null) => Err(ErrorResponse::bad_request(format!("{field} must be a string"))),
            _ => self.optional(field),
        }
    }

    /// A field that may be missing; null counts as missing.
    pub(super) fn optional(&self, field: &str) -> Result<Option<&str>, ErrorResponse> {
        match self.0.get(field) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(ErrorResponse::bad_request(format!("{field} must be a string"))),
        }
    }

    /// A field as the response repeats it: empty if it is missing or not a string.
    pub(super) fn echo(&self, field: &str) -> &str {
        self.0.get(field).and_then(Value::as_str).unwrap_or_default()
    }
}
