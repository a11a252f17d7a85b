//! The client of one service: its token, the version that it speaks, and how its requests are sent.

use std::fmt::Display;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use reqwest::header::HeaderValue;

use crate::error::Result;
use crate::names::{ApiVersion, Host};
use crate::token::Token;

use super::connections::Connection;
use super::failure::{Cause, Failure};
use super::limiter::Limiter;
use super::observer::Observer;
use super::retry::{self, Effect};
use super::transport::{Options, Transport};
use super::{v1alpha1, v2};

/// A client of one service, with or without a token.
#[derive(Clone)]
pub struct Client {
    pub(super) transport: Transport,
    pub(super) version: ApiVersion,
    limiter: Arc<Limiter>,
    /// Shared by all clients that this one is cloned to.
    has_responded: Arc<AtomicBool>,
}

/// The limiter lets no request through before this time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotBefore(pub Instant);

impl Client {
    /// A client of `host` that identifies itself with `token`, if there is one. It sends one request at a time.
    ///
    /// Redirects are never followed and a proxy is never used for loopback. Whether the token may travel to this
    /// host at all is decided by the caller.
    ///
    /// # Errors
    /// When the `ca_file` cannot be used or TLS cannot be set up.
    pub fn new(
        host: &Host,
        version: ApiVersion,
        token: Option<&Token>,
        options: &Options,
        observer: Arc<dyn Observer>,
    ) -> Result<Self> {
        let (base_path, credentials) = dialect(version);
        let transport =
            Transport::new(host, base_path, token.map(credentials), options, observer)?.hiding(token);
        Ok(Client { transport, version, limiter: Arc::new(Limiter::new(1)), has_responded: Arc::default() })
    }

    /// The same client for reads, with up to `first` at a time, which grow to `max` while the service does not throttle.
    #[must_use]
    pub fn growing(&self, first: usize, max: usize) -> Self {
        Client { limiter: Arc::new(Limiter::growing(first, max)), ..self.clone() }
    }

    /// The same client for so many jobs, with up to `max` requests at a time in all: one job may have several, too.
    #[must_use]
    pub fn for_jobs(&self, jobs: usize, max: usize) -> Self {
        let limiter = if jobs > 1 { Limiter::new(max) } else { Limiter::for_one_job(max) };
        Client { limiter: Arc::new(limiter), ..self.clone() }
    }

    /// The same client without its token: it sees what is public. Both share their limiter.
    #[must_use]
    pub fn anonymous(&self) -> Self {
        Client { transport: self.transport.anonymous(), ..self.clone() }
    }

    /// The same client for another version of the API, with the same token.
    #[must_use]
    pub fn speaking(&self, version: ApiVersion) -> Self {
        let (base_path, credentials) = dialect(version);
        Client { transport: self.transport.speaking(base_path, credentials), version, ..self.clone() }
    }

    /// The version that it speaks.
    pub fn version(&self) -> ApiVersion {
        self.version
    }

    /// Whether it has no token.
    pub fn is_anonymous(&self) -> bool {
        self.transport.is_anonymous()
    }

    /// Makes all that changes take, and with `reads` what other reads take, before anything is sent: what the system refuses
    /// is known then.
    ///
    /// # Errors
    /// When the system refuses a thread or a file descriptor.
    pub fn prepare(&self, reads: bool) -> Result<()> {
        self.transport.prepare(Connection::Fresh)?;
        if reads { self.transport.prepare(Connection::Pooled) } else { Ok(()) }
    }

    /// Whether any response was the API's so far: then this is a service of that kind, whatever comes in between.
    pub fn has_responded(&self) -> bool {
        self.has_responded.load(Ordering::Relaxed)
    }

    /// Whether the service is dhub's own emulator, as far as its responses have said by now.
    pub fn is_emulator(&self) -> bool {
        self.transport.is_emulator()
    }

    pub(super) fn send<T>(
        &self,
        what: &dyn Display,
        effect: Effect<'_>,
        attempt: impl FnMut() -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let response = retry::send(&self.limiter, self.transport.observer(), what, effect, attempt);
        self.note_response(&response);
        response
    }

    pub(super) fn poll<T>(
        &self,
        attempt: impl FnOnce() -> Result<T, Failure>,
    ) -> Result<Result<T, Failure>, NotBefore> {
        let permit = self.limiter.try_acquire().map_err(NotBefore)?;
        let response = attempt();
        match &response {
            Ok(_) => permit.succeeded(),
            Err(failure) if failure.is_throttling() => {
                permit.throttled(failure.retry_after);
            }
            // A refusal is a response.
            Err(failure) if failure.status.is_some_and(|status| status < 500) => permit.succeeded(),
            Err(_) => drop(permit),
        }
        self.note_response(&response);
        Ok(response)
    }

    fn note_response<T>(&self, response: &Result<T, Failure>) {
        if let Some(id) = response.as_ref().err().and_then(|failure| failure.request_id.as_ref()) {
            self.transport.observer().refused(id);
        }
        if response.as_ref().err().is_none_or(|failure| matches!(failure.cause, Cause::Refused(_))) {
            self.has_responded.store(true, Ordering::Relaxed);
        }
    }
}

/// Where a version of the API is, below the host.
pub fn base_path(version: ApiVersion) -> &'static str {
    dialect(version).0
}

/// Where a version of the API is, and how it takes a token.
fn dialect(version: ApiVersion) -> (&'static str, fn(&Token) -> HeaderValue) {
    match version {
        ApiVersion::V1alpha1 => (v1alpha1::BASE_PATH, v1alpha1::credentials),
        ApiVersion::V2 => (v2::BASE_PATH, v2::credentials),
    }
}
