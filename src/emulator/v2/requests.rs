//! Parses requests: the path, the token, the query and the fields of the body. Any bytes give a result or a problem,
//! never a panic.

use std::net::SocketAddr;

use axum::body::{Body, Bytes};
use axum::extract::rejection::BytesRejection;
use axum::http::header::{AUTHORIZATION, HOST, HeaderValue};
use axum::http::request::Parts;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, Method, Response};
use percent_encoding::percent_decode_str;

use super::super::TOKEN;
use super::super::events::Visibility;
use super::super::requests::Fields;
use super::super::service::uuid;
use super::super::state::{Caller, is_valid_name};
use super::BASE;
use super::problem::Problem;

const REQUEST_ID: &str = "x-request-id";
/// The longest request id that is repeated, in bytes.
const REQUEST_ID_LIMIT: usize = 200;

/// A path of the API.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Route {
    User,
    Databases,
    Database { owner: String, name: String },
    Forks { owner: String, name: String },
    Operations { owner: String, name: String },
    Branches { owner: String, name: String },
    Operation { id: String },
}

impl Route {
    /// Parses a path that is still percent-encoded.
    pub(super) fn parse(path: &str) -> Option<Self> {
        let segments: Vec<&str> = path.strip_prefix(BASE)?.strip_prefix('/')?.split('/').collect();
        if segments.iter().any(|segment| segment.is_empty()) {
            return None;
        }
        // Lossy is good enough: no database and no operation has a name that is not UTF-8.
        let decode = |segment| percent_decode_str(segment).decode_utf8_lossy().into_owned();
        Some(match segments[..] {
            ["user"] => Self::User,
            ["operations", id] => Self::Operation { id: decode(id) },
            ["databases"] => Self::Databases,
            ["databases", owner, name] => Self::Database { owner: decode(owner), name: decode(name) },
            ["databases", owner, name, list] => {
                let (owner, name) = (decode(owner), decode(name));
                match list {
                    "forks" => Self::Forks { owner, name },
                    "operations" => Self::Operations { owner, name },
                    "branches" => Self::Branches { owner, name },
                    _ => return None,
                }
            }
            _ => return None,
        })
    }

    /// The value of the `Allow` header.
    pub(super) fn allowed_methods(&self) -> &'static str {
        match self {
            Self::Databases => "POST",
            Self::Forks { .. } => "GET, POST",
            _ => "GET",
        }
    }

    pub(super) fn allows(&self, method: &Method) -> bool {
        self.allowed_methods().split(", ").any(|allowed| allowed == method.as_str())
    }

    pub(super) fn needs_token(&self, method: &Method) -> bool {
        method == Method::POST || matches!(self, Self::User | Self::Operation { .. })
    }
}

/// The sender of a request; `None` if its token is not valid.
pub(super) fn authenticate(headers: &HeaderMap) -> Option<Caller> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let Some(value) = values.next() else {
        return Some(Caller::Anonymous);
    };
    let (scheme, token) = value.to_str().ok()?.trim().split_once(' ')?;
    let valid = scheme.eq_ignore_ascii_case("bearer") && token.trim() == TOKEN && values.next().is_none();
    valid.then_some(Caller::User)
}

/// The id of a request: its own, if it is one that can be repeated, else a new one.
pub(super) fn request_id(headers: &HeaderMap) -> String {
    let mut values = headers.get_all(REQUEST_ID).iter();
    let own = values.next().and_then(|value| value.to_str().ok()).filter(|_| values.next().is_none());
    let fits = |id: &&str| {
        (1..=REQUEST_ID_LIMIT).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic())
    };
    own.filter(fits).map_or_else(|| format!("req_{}", uuid()), str::to_owned)
}

/// The same with the id of its request.
#[expect(clippy::expect_used, reason = "an invariant")]
pub(super) fn identified(mut response: Response<Body>, request_id: &str) -> Response<Body> {
    let value = HeaderValue::from_str(request_id).expect("the id of a request is visible ASCII");
    response.headers_mut().insert(REQUEST_ID, value);
    response
}

/// Where the client reached the emulator: at the host that the request names, if it names one.
pub(super) fn origin(request: &Parts, address: SocketAddr) -> String {
    let host = request.headers.get(HOST).and_then(|host| host.to_str().ok());
    let authority = host.and_then(|host| host.parse::<Authority>().ok());
    authority.map_or_else(|| format!("http://{address}"), |authority| format!("http://{authority}"))
}

/// The `page_token` in a query string.
pub(super) fn page_token(query: Option<&str>) -> Result<Option<String>, Problem> {
    let pairs = url::form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    let mut tokens = pairs.filter(|(key, _)| key == "page_token").map(|(_, value)| value.into_owned());
    match (tokens.next(), tokens.next()) {
        (token, None) => Ok(token),
        _ => Err(Problem::invalid("page_token must be given once")),
    }
}

/// The body of `POST /databases`.
#[derive(Debug)]
pub(super) struct CreateRequest {
    pub(super) owner: String,
    pub(super) name: String,
    pub(super) visibility: Visibility,
    pub(super) description: String,
}

impl CreateRequest {
    pub(super) fn read(headers: &HeaderMap, body: Result<Bytes, BytesRejection>) -> Result<Self, Problem> {
        let fields = Fields::read(headers, body)?;
        fields.only(&["owner", "name", "visibility", "description"])?;
        let name = fields.required("name")?;
        if !is_valid_name(name) {
            return Err(Problem::invalid(
                "name must have letters, digits, - and _ only, and not start or end with -",
            ));
        }
        Ok(Self {
            owner: fields.required("owner")?.to_owned(),
            name: name.to_owned(),
            visibility: Visibility::parse(fields.required("visibility")?)
                .ok_or_else(|| Problem::invalid("visibility must be public or private"))?,
            description: fields.string("description")?.unwrap_or_default().to_owned(),
        })
    }
}

/// The body of `POST /databases/{owner}/{database}/forks`: the owner of the fork.
#[derive(Debug)]
pub(super) struct ForkRequest {
    pub(super) owner: String,
}

impl ForkRequest {
    pub(super) fn read(headers: &HeaderMap, body: Result<Bytes, BytesRejection>) -> Result<Self, Problem> {
        let fields = Fields::read(headers, body)?;
        fields.only(&["owner"])?;
        Ok(Self { owner: fields.required("owner")?.to_owned() })
    }
}
