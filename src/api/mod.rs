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
mod resolver;
mod response;
mod retry;
mod retry_after;
mod tls;
mod transport;
mod transport_error;
pub mod v1alpha1;
pub mod v2;

use std::fmt::Display;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use reqwest::header::HeaderValue;

use crate::error::Result;
use crate::names::{ApiVersion, Database, Host, Operation};
use crate::threads;
use crate::token::Token;

use connections::Connection;
use limiter::Limiter;
use retry::Effect;

pub use failure::{Cause, Failure};
pub use fork_list::{ForkList, Keys};
pub use limiter::MAX_THROTTLE;
pub use model::{Accepted, Created, DatabaseDetails, DatabaseInfo, ForkStatus, Forks, NewDatabase};
pub use observer::{Observer, Waiting};
pub use response::Response;
pub use retry::{Interrupted, WriteHook};
pub use retry_after::parse_retry_after;
pub use transport::{Options, Transport};

/// A request near a deadline may take this long, even if less is left.
const MIN_TIMEOUT: Duration = Duration::from_secs(1);

/// A client of one service, with or without a token.
#[derive(Clone)]
pub struct Client {
    transport: Transport,
    version: ApiVersion,
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

    /// Creates a database.
    ///
    /// # Errors
    /// See [`Failure`]; [`Failure::is_duplicate`] where it already exists.
    pub fn create_database(&self, new: NewDatabase<'_>, hook: &dyn WriteHook) -> Result<Created, Failure> {
        self.send(&format_args!("Creating {}", new.database), Effect::Write(hook), || match self.version {
            ApiVersion::V1alpha1 => v1alpha1::create_database(&self.transport, new),
            ApiVersion::V2 => v2::create_database(&self.transport, new),
        })
    }

    /// Requests a fork of `parent` that belongs to `owner`. It goes on after the response.
    ///
    /// # Errors
    /// See [`Failure`]; [`Failure::is_duplicate`] where it already exists.
    pub fn fork(&self, parent: &Database, owner: &str, hook: &dyn WriteHook) -> Result<Accepted, Failure> {
        let what = format_args!("Requesting a fork of {parent} for {owner}");
        let accepted = self.send(&what, Effect::Write(hook), || match self.version {
            ApiVersion::V1alpha1 => v1alpha1::fork(&self.transport, parent, owner),
            ApiVersion::V2 => v2::fork(&self.transport, parent, owner),
        });
        accepted.map_err(|failure| match (self.version, failure.status) {
            (ApiVersion::V2, Some(422)) => self.unprocessable_fork(failure, parent, owner),
            _ => failure,
        })
    }

    /// Under v2 a duplicate is refused as anything else that makes no sense: where its words leave that open, what is there
    /// decides.
    fn unprocessable_fork(&self, refusal: Failure, parent: &Database, owner: &str) -> Failure {
        let target = Database::new(owner, &parent.name);
        match refusal.speaks_of_duplicate() || self.database(&target).is_ok() {
            true => refusal.into_duplicate(),
            false => refusal,
        }
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
        match self.version {
            ApiVersion::V1alpha1 => {
                self.send(&listing(database), Effect::Read, || v1alpha1::forks(&self.transport, database))
            }
            ApiVersion::V2 => {
                // Neither waits for the other, since a request takes the better part of a second.
                let client = self.growing(2, 2);
                let (details, list) =
                    threads::both(|| client.details(database), || client.children(database));
                Ok(Forks { info: details?.info, list: list? })
            }
        }
    }

    /// Whether a list of forks holds the immediate ones alone, and not the whole network.
    pub fn lists_children(&self) -> bool {
        self.version == ApiVersion::V2
    }

    /// The forks that the service lists for a database, and nothing of itself; page by page where there are pages.
    ///
    /// # Errors
    /// As [`Client::forks`].
    pub fn children(&self, database: &Database) -> Result<ForkList, Failure> {
        if self.version == ApiVersion::V1alpha1 {
            return self.forks(database).map(|forks| forks.list);
        }
        let (mut pages, mut token) = (v2::Pages::default(), None::<String>);
        loop {
            let page = self.send(&listing(database), Effect::Read, || {
                v2::forks_page(&self.transport, database, token.as_deref())
            })?;
            token = pages.push(page)?;
            if token.is_none() {
                return Ok(pages.into_list());
            }
        }
    }

    /// Whether a database has a branch, without which it cannot be used; none where this version of the API does not say.
    ///
    /// # Errors
    /// As [`Client::forks`].
    pub fn has_branch(&self, database: &Database) -> Result<Option<bool>, Failure> {
        match self.version {
            ApiVersion::V1alpha1 => Ok(None),
            ApiVersion::V2 => {
                let what = format_args!("Looking for branches of {database}");
                self.send(&what, Effect::Read, || v2::has_branch(&self.transport, database)).map(Some)
            }
        }
    }

    /// Whether a database's own response says who can see it.
    pub fn tells_visibility(&self) -> bool {
        self.version == ApiVersion::V2
    }

    /// Everything that the service says of a database besides its forks.
    ///
    /// # Errors
    /// As [`Client::forks`].
    pub fn details(&self, database: &Database) -> Result<DatabaseDetails, Failure> {
        self.send(&format_args!("Looking up {database}"), Effect::Read, || match self.version {
            ApiVersion::V1alpha1 => v1alpha1::details(&self.transport, database),
            ApiVersion::V2 => v2::details(&self.transport, database),
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
            ApiVersion::V1alpha1 => v1alpha1::user(&self.transport),
            ApiVersion::V2 => v2::user(&self.transport),
        })
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
        if let Some(id) = response.as_ref().err().and_then(|failure| failure.request_id.as_ref()) {
            self.transport.observer().refused(id);
        }
        if response.as_ref().err().is_none_or(|failure| matches!(failure.cause, Cause::Refused(_))) {
            self.has_responded.store(true, Ordering::Relaxed);
        }
    }

    fn request_fork_status(
        &self,
        operation: &Operation,
        timeout: Option<Duration>,
    ) -> Result<ForkStatus, Failure> {
        match self.version {
            ApiVersion::V1alpha1 => v1alpha1::fork_status(&self.transport, operation, timeout),
            ApiVersion::V2 => v2::fork_status(&self.transport, operation, timeout),
        }
    }

    fn request_database(
        &self,
        database: &Database,
        timeout: Option<Duration>,
    ) -> Result<DatabaseInfo, Failure> {
        match self.version {
            ApiVersion::V1alpha1 => v1alpha1::database(&self.transport, database, timeout),
            ApiVersion::V2 => v2::database(&self.transport, database, timeout).map(|details| details.info),
        }
    }
}

/// Where a version of the API is, and how it takes a token.
fn dialect(version: ApiVersion) -> (&'static str, fn(&Token) -> HeaderValue) {
    match version {
        ApiVersion::V1alpha1 => (v1alpha1::BASE_PATH, v1alpha1::credentials),
        ApiVersion::V2 => (v2::BASE_PATH, v2::credentials),
    }
}

fn listing(database: &Database) -> String {
    format!("Listing the forks of {database}")
}
