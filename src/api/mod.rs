//! DoltHub's API: a blocking client with one method per request. Each is sent through the limiter and with the retries
//! that its effect allows, so that no caller decides about either.

mod failure;
mod fork_list;
mod html;
mod limiter;
mod model;
mod observer;
mod proxy;
mod response;
mod retry;
mod retry_after;
mod tls;
mod transport;
mod transport_error;
pub mod v1alpha1;

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::error::Result;
use crate::names::{Database, Host, Operation};
use crate::token::Token;

use limiter::Limiter;
use retry::Effect;

pub use failure::{Cause, Failure};
pub use fork_list::{ForkList, Keys};
pub use limiter::MAX_THROTTLE;
pub use model::{Accepted, Created, DatabaseInfo, ForkStatus, Forks, NewDatabase};
pub use observer::Observer;
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

/// A client of one service, with or without a token.
#[derive(Clone)]
pub struct Client {
    transport: Transport,
    version: Version,
    limiter: Arc<Limiter>,
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
        let (base_path, credentials) = match version {
            Version::V1alpha1 => (v1alpha1::BASE_PATH, token.map(v1alpha1::credentials)),
        };
        let transport = Transport::new(host, base_path, credentials, options, observer)?.hiding(token);
        Ok(Client { transport, version, limiter: Arc::new(Limiter::new(1)) })
    }

    /// The same client, with up to `max` requests at a time.
    #[must_use]
    pub fn with_concurrency(&self, max: usize) -> Self {
        Client { limiter: Arc::new(Limiter::new(max)), ..self.clone() }
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

    /// Creates a database.
    ///
    /// # Errors
    /// See [`Failure`]; [`Failure::is_duplicate`] where it already exists.
    pub fn create_database(&self, new: NewDatabase<'_>, hook: &dyn WriteHook) -> Result<Created, Failure> {
        retry::send(&self.limiter, self.transport.observer(), Effect::Write(hook), || match self.version {
            Version::V1alpha1 => v1alpha1::create_database(&self.transport, new),
        })
    }

    /// Requests a fork of `parent` that belongs to `owner`. It goes on after the response.
    ///
    /// # Errors
    /// See [`Failure`]; [`Failure::is_duplicate`] where it already exists.
    pub fn fork(&self, parent: &Database, owner: &str, hook: &dyn WriteHook) -> Result<Accepted, Failure> {
        retry::send(&self.limiter, self.transport.observer(), Effect::Write(hook), || match self.version {
            Version::V1alpha1 => v1alpha1::fork(&self.transport, parent, owner),
        })
    }

    /// The status of a fork.
    ///
    /// # Errors
    /// See [`Failure`]. A fork that failed is no `Failure`: the request succeeded.
    pub fn fork_status(&self, operation: &Operation) -> Result<ForkStatus, Failure> {
        retry::send(&self.limiter, self.transport.observer(), Effect::Read, || {
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
        let permit = self.limiter.try_acquire().map_err(NotBefore)?;
        let polled = self.request_fork_status(operation, timeout);
        match &polled {
            Ok(_) => permit.succeeded(),
            Err(failure) if failure.is_throttling() => {
                permit.throttled(failure.retry_after);
            }
            Err(_) => drop(permit),
        }
        Ok(polled)
    }

    /// A database's place in its fork network, and the forks that the service lists for it.
    ///
    /// # Errors
    /// See [`Failure`]; a database that is not there or not visible is refused as not found.
    pub fn forks(&self, database: &Database) -> Result<Forks, Failure> {
        retry::send(&self.limiter, self.transport.observer(), Effect::Read, || match self.version {
            Version::V1alpha1 => v1alpha1::forks(&self.transport, database),
        })
    }

    /// What the service says of a database.
    ///
    /// # Errors
    /// As [`Client::forks`].
    pub fn database(&self, database: &Database) -> Result<DatabaseInfo, Failure> {
        retry::send(&self.limiter, self.transport.observer(), Effect::Read, || {
            self.request_database(database)
        })
    }

    /// What the service says of a database, in one attempt past the limiter: for a lookup when a signal has come.
    ///
    /// # Errors
    /// As [`Client::forks`].
    pub fn database_at_once(&self, database: &Database) -> Result<DatabaseInfo, Failure> {
        self.request_database(database)
    }

    /// The name of the token's user.
    ///
    /// # Errors
    /// See [`Failure`]. Older self-hosted services may not have this endpoint.
    pub fn user(&self) -> Result<String, Failure> {
        retry::send(&self.limiter, self.transport.observer(), Effect::Read, || match self.version {
            Version::V1alpha1 => v1alpha1::user(&self.transport),
        })
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

    fn request_database(&self, database: &Database) -> Result<DatabaseInfo, Failure> {
        match self.version {
            Version::V1alpha1 => v1alpha1::forks(&self.transport, database).map(|forks| forks.info),
        }
    }
}
