//! A request that brought no success: what is known about it.

use std::time::Duration;

use crate::error::{Error, Kind};

/// Why a request brought no success.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The connection was never made, so nothing was sent.
    NotSent,
    /// No connection until something is changed (a certificate, a scheme, a proxy), so nothing was sent.
    Barred,
    /// The request was sent, at least in part, and no whole answer came back.
    Lost,
    /// The service is throttling (429, or 503 with `Retry-After`): the request was not carried out.
    Throttled,
    /// Any other 5xx. The kind is what its message says, where it holds one.
    ServerError(Kind),
    /// An answer that is not the API's: a gateway's page, a redirect, JSON of another shape.
    Unreadable,
    /// The service refused, in the API's own JSON.
    Refused(Kind),
}

/// A request that brought no success.
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
    /// The HTTP status of the answer, if one came.
    pub status: Option<u16>,
    /// How long the service asked to be left alone.
    pub retry_after: Option<Duration>,
}

impl Failure {
    /// The class of error that this is for a request that changes nothing.
    pub fn kind(&self) -> Kind {
        match self.cause {
            Cause::NotSent | Cause::Barred | Cause::Lost | Cause::Throttled => Kind::Network,
            Cause::Unreadable => Kind::Api,
            Cause::ServerError(kind) | Cause::Refused(kind) => kind,
        }
    }

    /// Whether a request that changes something may have been carried out all the same.
    pub fn may_have_been_carried_out(&self) -> bool {
        match self.cause {
            Cause::Lost | Cause::ServerError(_) => true,
            // A success that cannot be read is a success; a redirect or a gateway's 404 never got there.
            Cause::Unreadable => self.status.is_some_and(|status| (200..300).contains(&status)),
            Cause::NotSent | Cause::Barred | Cause::Throttled | Cause::Refused(_) => false,
        }
    }

    /// Whether the service says that it is there already.
    pub fn is_duplicate(&self) -> bool {
        self.cause == Cause::Refused(Kind::AlreadyExists)
    }

    /// Whether the answer was not the API's.
    pub fn is_unreadable(&self) -> bool {
        self.cause == Cause::Unreadable
    }

    /// Whether the same question may be answered a little later. An unreadable answer is not counted as passing here.
    pub fn passes(&self) -> bool {
        matches!(self.cause, Cause::NotSent | Cause::Lost | Cause::Throttled | Cause::ServerError(_))
    }

    /// The error to show, for a request that changes nothing or was certainly not carried out.
    pub fn into_error(self, doing: impl Into<String>) -> Error {
        let kind = self.kind();
        let error =
            Error::new(kind, self.message).with_context(doing).with_request(self.request, self.status);
        let error = match self.hint {
            Some(hint) => error.with_hint(hint),
            None => error,
        };
        match kind {
            Kind::Network => error.with_hint("nothing was changed; try again later"),
            _ => error,
        }
    }
}
