//! A request that failed: what is known about it, and whether it may have taken effect.

use std::time::Duration;

use crate::error::{Error, Kind};

/// Why a request failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The connection was never made, so nothing was sent.
    ConnectFailed,
    /// No connection until something is changed (a certificate, a scheme, a proxy), so nothing was sent.
    Misconfigured,
    /// The connection was never made, because this machine ran out of something, so nothing was sent.
    Exhausted,
    /// A signal came before it was sent.
    Interrupted,
    /// Its deadline passed while the service was throttling, so nothing was sent that took effect.
    Expired,
    /// The request was sent, at least in part, and no whole response came back.
    NoResponse,
    /// The service is throttling (see [`Cause::of_status`]): the request did not take effect.
    Throttled,
    /// Any other 5xx, and 408. The kind is that of its message, where it holds one.
    ServerError(Kind),
    /// A response that is not the API's: a gateway's page, a redirect, JSON of another shape.
    InvalidResponse,
    /// A response of the API's that is about something else: it says nothing of this request.
    Unrelated,
    /// The service refused, in the API's own JSON.
    Refused(Kind),
}

impl Cause {
    /// What a status means whatever the body says: that the service is throttling (425, 429, and 403 or 503 that say when
    /// to come back), or out of order; none for any other. `kind` is that of the body's message.
    pub fn of_status(status: u16, retry_after: Option<Duration>, kind: Kind) -> Option<Self> {
        match status {
            425 | 429 => Some(Cause::Throttled),
            403 | 503 if retry_after.is_some() => Some(Cause::Throttled),
            408 | 500.. => Some(Cause::ServerError(kind)),
            _ => None,
        }
    }
}

/// A request that failed.
#[derive(Clone, Debug)]
pub struct Failure {
    /// Why.
    pub cause: Cause,
    /// The service's words where it had any, else this program's.
    pub message: String,
    /// What to do about it, where that is already known.
    pub hint: Option<String>,
    /// Method and URL.
    pub request: String,
    /// The HTTP status of the response, if one came.
    pub status: Option<u16>,
    /// The pause that the service requested.
    pub retry_after: Option<Duration>,
    /// What the service calls the request, where its refusal says so: for its people to find it by.
    pub request_id: Option<String>,
}

impl Failure {
    /// A request that no response is known of.
    pub fn new(cause: Cause, message: impl Into<String>, request: impl Into<String>) -> Self {
        Failure {
            cause,
            message: message.into(),
            hint: None,
            request: request.into(),
            status: None,
            retry_after: None,
            request_id: None,
        }
    }

    /// The class of error that this is for a read, or for a write that did not take effect.
    pub fn kind(&self) -> Kind {
        match self.cause {
            Cause::ConnectFailed | Cause::Misconfigured | Cause::NoResponse | Cause::Throttled => {
                Kind::Network
            }
            Cause::Exhausted => Kind::Io,
            Cause::Interrupted => Kind::Interrupted,
            Cause::Expired => Kind::Pending,
            Cause::InvalidResponse | Cause::Unrelated => Kind::Api,
            Cause::ServerError(kind) | Cause::Refused(kind) => kind,
        }
    }

    /// Whether a write may have taken effect all the same.
    pub fn may_have_taken_effect(&self) -> bool {
        match self.cause {
            Cause::NoResponse | Cause::ServerError(_) | Cause::Unrelated => true,
            // A success that cannot be read is a success; a redirect or a gateway's 404 never reached the service.
            Cause::InvalidResponse => self.status.is_some_and(|status| (200..300).contains(&status)),
            Cause::ConnectFailed
            | Cause::Exhausted
            | Cause::Misconfigured
            | Cause::Interrupted
            | Cause::Expired
            | Cause::Throttled
            | Cause::Refused(_) => false,
        }
    }

    /// Whether the service says that it already exists.
    pub fn is_duplicate(&self) -> bool {
        self.cause == Cause::Refused(Kind::AlreadyExists)
    }

    /// Whether the service says that it does not exist: the service itself, not one that is out of order.
    pub fn is_absence(&self) -> bool {
        self.cause == Cause::Refused(Kind::NotFound)
    }

    /// Whether all requests are to slow down: the service says so, or is unavailable.
    pub fn is_throttling(&self) -> bool {
        self.cause == Cause::Throttled || self.status == Some(503)
    }

    /// Whether the response was not the API's, or not about this request.
    pub fn is_invalid(&self) -> bool {
        matches!(self.cause, Cause::InvalidResponse | Cause::Unrelated)
    }

    /// Whether the target of a write may exist although the service refused the write: for any reason but a bad token.
    pub fn may_exist_already(&self) -> bool {
        let message = self.message.to_lowercase();
        let is_bad_token = ["invalid authorization", "api token", "apitoken", "not authenticated"]
            .iter()
            .any(|word| message.contains(word));
        let is_permission = message.contains("permission") || (self.status == Some(403) && !is_bad_token);
        match self.cause {
            Cause::Refused(Kind::Auth) => is_permission,
            Cause::Refused(_) => true,
            _ => false,
        }
    }

    /// Whether the same request may succeed a little later. An invalid response does not count as transient here.
    pub fn is_transient(&self) -> bool {
        matches!(
            self.cause,
            Cause::ConnectFailed
                | Cause::Exhausted
                | Cause::NoResponse
                | Cause::Throttled
                | Cause::ServerError(_)
        )
    }

    /// The error to show, for a read, or for a write that did not take effect.
    pub fn into_error(self, context: impl Into<String>) -> Error {
        let kind = self.kind();
        let mut error =
            Error::new(kind, self.message).with_context(context).with_request(self.request, self.status);
        error.hint = self.hint;
        error.request_id = self.request_id;
        match kind {
            Kind::Network => error.with_hint("nothing was changed; try again later"),
            _ => error,
        }
    }
}
