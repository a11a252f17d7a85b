//! DoltHub's API: a blocking client with one method per request. Each is sent through the limiter and with the retries
//! that its effect allows, so that no caller decides about either.

mod connections;
mod failure;
mod fork_list;
mod html;
mod limiter;
mod model;
mod observer;
mod proxy;
mod raw;
mod resolver;
mod response;
mod retry;
mod retry_after;
mod tls;
mod transport;
mod transport_error;
pub mod v1alpha1;

use std::fmt::Display;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::error::Result;
use crate::names::{Database, Host, Operation};
use crate::token::Token;

use connections::Connection;
use limiter::Limiter;
use retry::Effect;

pub use failure::{Cause, Failure};
pub use fork_list::{ForkList, Keys};
pub use limiter::MAX_THROTTLE;
pub use model::{Accepted, Created, DatabaseDetails, DatabaseInfo, ForkStatus, Forks, NewDatabase};
pub use observer::{Observer, Waiting};
pub use raw::{RawMethod, RawRequest};
pub use response::Response;
pub use retry::{Interrupted, WriteHook};
pub use retry_after::parse_retry_after;
pub use transport::{Options, Transport};

/// The version of the API that a client speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Version {
    /// `databases-v1alpha1.md`
    #[default]
    V1alpha1,
}

impl Version {
    /// Where the API is, below the host.
    pub fn base_path(self) -> &'static str {
        match self {
            Version::V1alpha1 => v1alpha1::BASE_PATH,
        }
    }
}

/// A request near a deadline may take this long, even if less is left.
const MIN_TIMEOUT: Duration = Duration::from_secs(1);

/// A client of one service, with or without a token.
#[derive(Clone)]
pub struct Client {
    transport: Transport,
    version: Version,
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
        version: Version,
        token: Option<&Token>,
        options: &Options,
        observer: Arc<dyn Observer>,
    ) -> Result<Self> {
        let credentials = match version {
            Version::V1alpha1 => token.map(v1alpha1::credentials),
        };
        let transport =
            Transport::new(host, version.base_path(), credentials, options, observer)?.hiding(token);
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

    /// Creates a database.
    ///
    /// # Errors
    /// See [`Failure`]; [`Failure::is_duplicate`] where it already exists.
    pub fn create_database(&self, new: NewDatabase<'_>, hook: &dyn WriteHook) -> Result<Created, Failure> {
        self.send(&format_args!("Creating {}", new.database), Effect::Write(hook), || match self.version {
            Version::V1alpha1 => v1alpha1::create_database(&self.transport, new),
        })
    }

    /// Requests a fork of `parent` that belongs to `owner`. It goes on after the response.
    ///
    /// # Errors
    /// See [`Failure`]; [`Failure::is_duplicate`] where it already exists.
    pub fn fork(&self, parent: &Database, owner: &str, hook: &dyn WriteHook) -> Result<Accepted, Failure> {
        self.send(&format_args!("Requesting a fork of {parent} for {owner}"), Effect::Write(hook), || {
            match self.version {
                Version::V1alpha1 => v1alpha1::fork(&self.transport, parent, owner),
            }
        })
    }

    /// The status of a fork.
    ///
    /// # Errors
    /// See [`Failure`]. A fork that failed is no `Failure`: the request succeeded.
    pub fn fork_status(&self, operation: &Operation) -> Result<ForkStatus, Failure> {
        self.send(&"Requesting the status of the fork", Effect::Read, || {
            self.request_fork_status(operation, None)
        })
    }

    /// The status of a fork, in one attempt that does not wait for the limiter, so that a thread can poll many forks;
    /// `timeout` shortens the usual time limit.
    ///
    /// # Errors
    /// When the limiter lets nothing through at the moment.
    pub fn poll_fork(
        &self,
        operation: &Operation,
        timeout: Option<Duration>,
    ) -> Result<Result<ForkStatus, Failure>, NotBefore> {
        self.poll(|| self.request_fork_status(operation, timeout))
    }

    /// What the service says of a database, in one attempt as [`Client::poll_fork`] makes it.
    ///
    /// # Errors
    /// When the limiter lets nothing through at the moment.
    pub fn poll_database(
        &self,
        database: &Database,
        timeout: Option<Duration>,
    ) -> Result<Result<DatabaseInfo, Failure>, NotBefore> {
        self.poll(|| self.request_database(database, timeout))
    }

    /// A database's place in its fork network, and the forks that the service lists for it.
    ///
    /// # Errors
    /// See [`Failure`]; a database that is not there or not visible is refused as not found.
    pub fn forks(&self, database: &Database) -> Result<Forks, Failure> {
        self.send(&format_args!("Listing the forks of {database}"), Effect::Read, || match self.version {
            Version::V1alpha1 => v1alpha1::forks(&self.transport, database),
        })
    }

    /// Everything that the service says of a database besides its forks.
    ///
    /// # Errors
    /// As [`Client::forks`].
    pub fn details(&self, database: &Database) -> Result<DatabaseDetails, Failure> {
        self.send(&format_args!("Looking up {database}"), Effect::Read, || match self.version {
            Version::V1alpha1 => v1alpha1::details(&self.transport, database),
        })
    }

    /// What the service says of a database, on a connection of its own: it decides what becomes of a change.
    ///
    /// # Errors
    /// As [`Client::forks`].
    pub fn database(&self, database: &Database) -> Result<DatabaseInfo, Failure> {
        self.send(&format_args!("Looking up {database}"), Effect::Read, || {
            self.request_database(database, None)
        })
    }

    /// The same, given up at this time.
    ///
    /// # Errors
    /// As [`Client::forks`].
    pub fn database_until(&self, database: &Database, deadline: Instant) -> Result<DatabaseInfo, Failure> {
        self.send(&format_args!("Looking up {database}"), Effect::ReadUntil(deadline), || {
            let left = deadline.saturating_duration_since(Instant::now());
            self.request_database(database, Some(left.max(MIN_TIMEOUT)))
        })
    }

    /// What the service says of a database, in one attempt past the limiter: for a lookup when a signal has come.
    ///
    /// # Errors
    /// As [`Client::forks`].
    pub fn database_at_once(&self, database: &Database) -> Result<DatabaseInfo, Failure> {
        self.request_database(database, None)
    }

    /// The name of the token's user.
    ///
    /// # Errors
    /// See [`Failure`]. Older self-hosted services may not have this endpoint.
    pub fn user(&self) -> Result<String, Failure> {
        self.send(&"Checking whose the token is", Effect::Read, || match self.version {
            Version::V1alpha1 => v1alpha1::user(&self.transport),
        })
    }

    /// Sends a request to any endpoint. A POST is sent as every write is, and `hook` learns of its attempts; a GET is sent as
    /// every read is. The response comes with the result, also where it is a refusal.
    ///
    /// # Errors
    /// See [`Failure`]; also where the response says that the request was refused.
    pub fn raw(&self, request: &RawRequest, hook: &dyn WriteHook) -> (Result<(), Failure>, Option<Response>) {
        let effect = match request.method {
            RawMethod::Get => Effect::Read,
            RawMethod::Post(_) => Effect::Write(hook),
        };
        let target = request.endpoint.to_string();
        let mut last = None;
        let result = self.send(&request.line(), effect, || {
            last = None;
            let response = self.transport.send(request.to(&target).keeping_head())?;
            let checked = self.check(&response, request);
            last = Some(response);
            checked
        });
        (result, last)
    }

    /// Whether any response was the API's so far: then this is a service of that kind, whatever comes in between.
    pub fn has_responded(&self) -> bool {
        self.has_responded.load(Ordering::Relaxed)
    }

    /// Whether the service is dhub's own emulator, as far as its responses have said by now.
    pub fn is_emulator(&self) -> bool {
        self.transport.is_emulator()
    }

    fn send<T>(
        &self,
        what: &dyn Display,
        effect: Effect<'_>,
        attempt: impl FnMut() -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let response = retry::send(&self.limiter, self.transport.observer(), what, effect, attempt);
        self.note_response(&response);
        response
    }

    fn poll<T>(&self, attempt: impl FnOnce() -> Result<T, Failure>) -> Result<Result<T, Failure>, NotBefore> {
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
        if response.as_ref().err().is_none_or(|failure| matches!(failure.cause, Cause::Refused(_))) {
            self.has_responded.store(true, Ordering::Relaxed);
        }
    }

    fn check(&self, response: &Response, request: &RawRequest) -> Result<(), Failure> {
        match self.version {
            Version::V1alpha1 => v1alpha1::check_response(response, || request.names()),
        }
    }

    fn request_fork_status(
        &self,
        operation: &Operation,
        timeout: Option<Duration>,
    ) -> Result<ForkStatus, Failure> {
        match self.version {
            Version::V1alpha1 => v1alpha1::fork_status(&self.transport, operation, timeout),
        }
    }

    fn request_database(
        &self,
        database: &Database,
        timeout: Option<Duration>,
    ) -> Result<DatabaseInfo, Failure> {
        match self.version {
            Version::V1alpha1 => v1alpha1::database(&self.transport, database, timeout),
        }
    }
}
