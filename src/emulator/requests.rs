//! What a request asks for: its path, its token, the fields in its body. Whatever bytes come in, this answers
//! or refuses.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{HeaderMap, Method, StatusCode};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use super::answers::Refused;
use super::state::Asker;

/// Where the API begins.
const BASE: &str = "/api/v1alpha1/";
/// The biggest body that is looked at, in bytes.
const BODY_LIMIT: usize = 1 << 20;

/// What a path names.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Route {
    Database,
    Fork,
    User,
    Forks { owner: String, name: String },
}

impl Route {
    /// What a path, still percent-encoded, names, if anything.
    pub(super) fn of(path: &str) -> Option<Self> {
        let segments: Vec<&str> = path.strip_prefix(BASE)?.split('/').collect();
        match segments[..] {
            ["database"] => Some(Self::Database),
            ["fork"] => Some(Self::Fork),
            ["user"] => Some(Self::User),
            [owner, name, "forks"] if !owner.is_empty() && !name.is_empty() => {
                // What is no UTF-8 names no database, however it is read.
                let decode = |segment| percent_decode_str(segment).decode_utf8_lossy().into_owned();
                Some(Self::Forks { owner: decode(owner), name: decode(name) })
            }
            _ => None,
        }
    }

    /// The methods that can be used on it, as the `Allow` header lists them.
    pub(super) fn allowed(&self) -> &'static str {
        match self {
            Self::Database => "POST",
            Self::Fork => "GET, POST",
            Self::User | Self::Forks { .. } => "GET",
        }
    }

    /// Whether a method can be used on it.
    pub(super) fn allows(&self, method: &Method) -> bool {
        self.allowed().split(", ").any(|allowed| allowed == method.as_str())
    }
}

/// Whose request it is; `None` for a token that is not good.
pub(super) fn asker(headers: &HeaderMap) -> Option<Asker> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let Some(value) = values.next() else {
        return Some(Asker::Anyone);
    };
    let (scheme, token) = value.to_str().ok()?.trim().split_once(' ')?;
    let good =
        scheme.eq_ignore_ascii_case("token") && token.trim() == super::TOKEN && values.next().is_none();
    good.then_some(Asker::User)
}

/// The operation that a query asks for.
pub(super) fn operation_name(query: Option<&str>) -> Option<String> {
    let mut pairs = url::form_urlencoded::parse(query?.as_bytes());
    pairs.find(|(key, _)| key == "operationName").map(|(_, value)| value.into_owned())
}

/// The fields of a JSON body.
#[derive(Debug, Default)]
pub(super) struct Fields(Map<String, Value>);

impl Fields {
    /// Reads the body of a request, whose content type has to be JSON and which has to be an object.
    pub(super) fn read(headers: &HeaderMap, body: Result<Bytes, BytesRejection>) -> Result<Self, Refused> {
        let content_type =
            headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let essence = content_type.split(';').next().unwrap_or_default().trim();
        if !essence.eq_ignore_ascii_case("application/json") {
            return Err(Refused::new("the content type must be application/json"));
        }
        let too_large = || Refused {
            status: StatusCode::PAYLOAD_TOO_LARGE,
            message: format!("the request body is larger than {BODY_LIMIT} bytes"),
        };
        let body = body.map_err(|rejection| match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => too_large(),
            status => Refused { status, message: "the request body cannot be read".to_owned() },
        })?;
        if body.len() > BODY_LIMIT {
            return Err(too_large());
        }
        match serde_json::from_slice(&body) {
            Ok(Value::Object(fields)) => Ok(Self(fields)),
            Ok(_) => Err(Refused::new("the request body must be a JSON object")),
            Err(error) => Err(Refused::new(format!("the request body is not valid JSON: {error}"))),
        }
    }

    /// A field that has to be there and to say something.
    pub(super) fn required(&self, field: &str) -> Result<&str, Refused> {
        match self.0.get(field) {
            None => Err(Refused::new(format!("{field} is required"))),
            Some(Value::String(text)) if text.is_empty() => {
                Err(Refused::new(format!("{field} must not be empty")))
            }
            Some(Value::String(text)) => Ok(text),
            Some(_) => Err(Refused::new(format!("{field} must be a string"))),
        }
    }

    /// A field that may be left out; null is as good as that.
    pub(super) fn optional(&self, field: &str) -> Result<Option<&str>, Refused> {
        match self.0.get(field) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(Refused::new(format!("{field} must be a string"))),
        }
    }

    /// A field for the answer to repeat; empty if there is no such text.
    pub(super) fn echo(&self, field: &str) -> &str {
        self.0.get(field).and_then(Value::as_str).unwrap_or_default()
    }
}
