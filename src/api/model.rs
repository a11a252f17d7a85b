//! What the API is about, whichever version of it a service speaks.

use crate::names::{Database, Operation, Visibility};

use super::fork_list::ForkList;

/// A database to be created.
#[derive(Clone, Copy, Debug)]
pub struct NewDatabase<'a> {
    /// Owner and name.
    pub database: &'a Database,
    /// Who can see it.
    pub visibility: Visibility,
    /// Left out of the request when not given.
    pub description: Option<&'a str>,
}

/// A database that was created, as the service describes it.
#[derive(Clone, Debug)]
pub struct Created {
    /// Owner and name.
    pub database: Database,
    /// The service's word for who can see it.
    pub visibility: Option<String>,
    /// The service's word.
    pub description: Option<String>,
}

/// A fork that the service has accepted and is working on.
#[derive(Clone, Debug)]
pub struct Accepted {
    /// What its status is requested with.
    pub operation: Operation,
    /// The database that is being forked.
    pub parent: Database,
    /// The owner of the fork.
    pub owner: String,
}

/// The status of a fork operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ForkStatus {
    /// Not finished.
    Pending,
    /// Finished; the new database, where the response names it.
    Done(Option<Database>),
    /// Finished without a fork, for the reason that the service gives.
    Failed(Option<String>),
}

/// A database and its place in its fork network.
#[derive(Clone, Debug)]
pub struct DatabaseInfo {
    /// Owner and name, as the service spells them.
    pub database: Database,
    /// What it was forked from; none for a root.
    pub parent: Option<Database>,
    /// The root of the network.
    pub root: Option<Database>,
    /// The number of forks in the network as the service counts it: under v1alpha1 the root is excluded.
    pub fork_network_count: Option<u64>,
    /// The service's word for who can see it, where this version of the API has one.
    pub visibility: Option<String>,
}

impl DatabaseInfo {
    /// Whether it is a fork of `parent`; a service may spell a name in its own case.
    pub fn is_fork_of(&self, parent: &Database) -> bool {
        self.parent.as_ref().is_some_and(|named| named.is_same_as(parent))
    }
}

/// A database, with what only some versions of the API say of it.
#[derive(Clone, Debug)]
pub struct DatabaseDetails {
    /// Its name, its place in its fork network, and who can see it.
    pub info: DatabaseInfo,
    /// Its size.
    pub size_bytes: Option<u64>,
    /// When it was last written to, as the service writes a time.
    pub last_write_at: Option<String>,
    /// How many users have starred it.
    pub stars: Option<u64>,
}

impl From<DatabaseInfo> for DatabaseDetails {
    /// Nothing but its place in its fork network.
    fn from(info: DatabaseInfo) -> Self {
        DatabaseDetails { info, size_bytes: None, last_write_at: None, stars: None }
    }
}

/// A database and the forks that the service lists for it.
#[derive(Clone, Debug)]
pub struct Forks {
    /// The database itself.
    pub info: DatabaseInfo,
    /// The forks, in the service's order.
    pub list: ForkList,
}
