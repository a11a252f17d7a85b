//! What a client requests, whichever version of the API it speaks.

use std::time::{Duration, Instant};

use crate::names::{ApiVersion, Database, Operation};
use crate::threads;

use super::client::{Client, NotBefore};
use super::failure::Failure;
use super::fork_list::ForkList;
use super::model::{Accepted, Created, DatabaseDetails, DatabaseInfo, ForkStatus, Forks, NewDatabase};
use super::raw::{RawMethod, RawRequest};
use super::response::Response;
use super::retry::{Effect, WriteHook};
use super::{v1alpha1, v2};

/// A request near a deadline may take this long, even if less is left.
const MIN_TIMEOUT: Duration = Duration::from_secs(1);

impl Client {
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

    fn check(&self, response: &Response, request: &RawRequest) -> Result<(), Failure> {
        match self.version {
            ApiVersion::V1alpha1 => v1alpha1::check_response(response, || request.names()),
            ApiVersion::V2 => v2::check_response(response),
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

fn listing(database: &Database) -> String {
    format!("Listing the forks of {database}")
}
