//! What only v2 shows of databases and operations.

use super::{Caller, Database, Progress, Refusal, State};

/// A database and its place in its network.
#[derive(Debug)]
pub(in crate::emulator) struct DatabaseDetails<'a> {
    pub(in crate::emulator) database: &'a Database,
    /// The root has none.
    pub(in crate::emulator) parent: Option<&'a Database>,
    /// The root of the network, unless the database is the root itself.
    pub(in crate::emulator) root: Option<&'a Database>,
    /// The number of databases in the network, the root and those that the caller may not see included.
    pub(in crate::emulator) network_count: usize,
}

/// An operation, which is always a fork.
#[derive(Debug)]
pub(in crate::emulator) struct OperationDetails<'a> {
    /// The name that it is polled by under v1alpha1.
    pub(in crate::emulator) name: &'a str,
    pub(in crate::emulator) parent: &'a Database,
    pub(in crate::emulator) created_at: u64,
    pub(in crate::emulator) progress: Progress<'a>,
}

/// A list that belongs to a database, each item with the number that stands for it in page tokens.
#[derive(Debug)]
pub(in crate::emulator) struct List<T> {
    /// The number of the database.
    pub(in crate::emulator) database: usize,
    pub(in crate::emulator) items: Vec<(usize, T)>,
}

impl State {
    /// A database, if the caller may see it.
    pub(in crate::emulator) fn database(
        &mut self,
        now: u64,
        owner: &str,
        name: &str,
        caller: Caller,
    ) -> Result<DatabaseDetails<'_>, Refusal> {
        self.advance(now);
        let id = self.find_visible(owner, name, caller)?;
        let database = &self.databases[id];
        let members = &self.networks[database.network];
        let root = members[0];
        Ok(DatabaseDetails {
            database,
            parent: database.parent.map(|parent| &self.databases[parent]),
            root: (root != id).then(|| &self.databases[root]),
            network_count: members.len(),
        })
    }

    /// The immediate forks of a database that the caller may see, oldest first.
    pub(in crate::emulator) fn children(
        &mut self,
        now: u64,
        owner: &str,
        name: &str,
        caller: Caller,
    ) -> Result<List<&Database>, Refusal> {
        self.advance(now);
        let database = self.find_visible(owner, name, caller)?;
        let forks = self.databases[database].forks.iter().map(|&fork| (fork, &self.databases[fork]));
        let visible = forks.filter(|(_, fork)| fork.visible_to(caller, &self.owners));
        Ok(List { database, items: visible.collect() })
    }

    /// The branches of a database: at most one, with the time of its last write.
    pub(in crate::emulator) fn branches(
        &mut self,
        now: u64,
        owner: &str,
        name: &str,
        caller: Caller,
    ) -> Result<List<u64>, Refusal> {
        self.advance(now);
        let database = self.find_visible(owner, name, caller)?;
        let last_write = self.databases[database].content.last_write;
        Ok(List { database, items: last_write.map(|at| (0, at)).into_iter().collect() })
    }

    /// The forks of a database that were requested, newest first.
    pub(in crate::emulator) fn operations(
        &mut self,
        now: u64,
        owner: &str,
        name: &str,
        caller: Caller,
    ) -> Result<List<OperationDetails<'_>>, Refusal> {
        self.advance(now);
        let database = self.find_visible(owner, name, caller)?;
        let operations = self.operations.iter().enumerate().rev();
        let own = operations.filter(|(_, operation)| operation.parent == database);
        let items = own.map(|(id, operation)| (id, self.operation_details(id, operation.polls)));
        Ok(List { database, items: items.collect() })
    }

    /// A fork of the database `owner/name`, by the name of its operation; counts the poll.
    pub(in crate::emulator) fn operation_of(
        &mut self,
        now: u64,
        owner: &str,
        name: &str,
        operation: &str,
        caller: Caller,
    ) -> Result<OperationDetails<'_>, Refusal> {
        self.advance(now);
        let not_found = |_| Refusal::OperationNotFound;
        let parent = self.find_visible(owner, name, caller).map_err(not_found)?;
        let id = self.operation_ids.get(operation).copied();
        let id = id.filter(|&id| self.operations[id].parent == parent).ok_or(Refusal::OperationNotFound)?;
        let polls = self.count_poll(id);
        Ok(self.operation_details(id, polls))
    }

    fn operation_details(&self, id: usize, polls: usize) -> OperationDetails<'_> {
        let operation = &self.operations[id];
        OperationDetails {
            name: &operation.name,
            parent: &self.databases[operation.parent],
            created_at: operation.created_at,
            progress: self.progress(id, polls),
        }
    }
}
