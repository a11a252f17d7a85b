//! The rules of the emulated service: databases, forks and operations, in memory. No I/O and no clock: every
//! time is passed in, in milliseconds since 1970.
//!
//! A change takes two steps: a method validates it and returns an [`Event`], and [`State::apply`] applies the
//! event. In between, the event can be written to a journal, which is replayed after a restart.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::events::{Event, Visibility};
use super::museum;
use super::owners::Owners;

mod details;
mod refusal;

pub(super) use details::{DatabaseDetails, List, OperationDetails};
pub(super) use refusal::Refusal;

/// Who sent a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Caller {
    /// A client without a token.
    Anonymous,
    /// The token's user.
    User,
}

#[derive(Debug)]
pub(super) struct Database {
    pub(super) owner: String,
    pub(super) name: String,
    pub(super) visibility: Visibility,
    pub(super) content: Content,
    parent: Option<usize>,
    network: usize,
    /// The immediate forks, oldest first.
    forks: Vec<usize>,
}

/// What a fork takes over from its parent.
#[derive(Debug, Clone, Default)]
pub(super) struct Content {
    pub(super) description: Option<Arc<str>>,
    /// Absent without a branch: nothing can be pushed to an emulator, so only the museum network has any.
    pub(super) last_write: Option<u64>,
    /// In bytes.
    pub(super) size: u64,
}

impl Database {
    fn visible_to(&self, caller: Caller, owners: &Owners) -> bool {
        self.visibility == Visibility::Public || (caller == Caller::User && owners.may_write(&self.owner))
    }
}

/// A fork network, as seen from one of its databases.
#[derive(Debug)]
pub(super) struct Network<'a> {
    /// Never reused.
    pub(super) id: usize,
    /// The parent of the database; the root has none.
    pub(super) parent: Option<&'a Database>,
    /// The only member that is not a fork.
    pub(super) root: &'a Database,
    /// The number of forks, including those that the caller may not see.
    pub(super) count: usize,
    members: &'a [usize],
    databases: &'a [Database],
    owners: &'a Owners,
}

impl<'a> Network<'a> {
    /// The forks that a caller may see, oldest first.
    pub(super) fn forks(&self, caller: Caller) -> impl Iterator<Item = &'a Database> {
        let (databases, owners) = (self.databases, self.owners);
        let forks = self.members[1..].iter().map(|&member| &databases[member]);
        forks.filter(move |fork| fork.visible_to(caller, owners))
    }
}

/// The progress of a fork.
#[derive(Debug)]
pub(super) enum Progress<'a> {
    /// Not finished; `polls` is the number of earlier polls.
    Running { polls: usize },
    /// Finished: the new database.
    Done(&'a Database),
    /// A database of the fork's name was created in the meantime.
    Failed(&'a Refusal),
}

#[derive(Debug)]
struct Operation {
    name: String,
    created_at: u64,
    parent: usize,
    owner: String,
    polls: usize,
    outcome: Option<Result<usize, Refusal>>,
}

/// The whole state of the emulated service.
#[derive(Debug, Default)]
pub(super) struct State {
    owners: Owners,
    /// The latest time passed in: a clock that is set back does not undo finished forks.
    now: u64,
    databases: Vec<Database>,
    /// Owner and name → index in `databases`.
    database_ids: HashMap<(String, String), usize>,
    /// The members of each network, oldest first: the root is always the first.
    networks: Vec<Vec<usize>>,
    operations: Vec<Operation>,
    /// Name → index in `operations`.
    operation_ids: HashMap<String, usize>,
    /// For each running fork, when it is due and the index of its operation.
    due_times: BTreeSet<(u64, usize)>,
    /// For each running fork, the index of its parent and its owner.
    running_forks: HashSet<(usize, String)>,
}

impl State {
    /// An empty state in which the user may write to these owners.
    pub(super) fn new(owners: Owners) -> Self {
        Self { owners, ..Self::default() }
    }

    /// The user that the token belongs to.
    pub(super) fn user(&self) -> &str {
        self.owners.user()
    }

    /// The time of the latest event or request.
    pub(super) fn now(&self) -> u64 {
        self.now
    }

    /// Validates the creation of a database.
    pub(super) fn create(
        &mut self,
        now: u64,
        owner: &str,
        name: &str,
        visibility: Visibility,
        description: &str,
    ) -> Result<Event, Refusal> {
        self.advance(now);
        self.check_may_write(owner)?;
        if !is_valid_name(name) {
            return Err(Refusal::InvalidName { name: name.to_owned() });
        }
        self.check_unused(owner, name)?;
        Ok(Event::Created {
            at: self.now,
            owner: owner.to_owned(),
            name: name.to_owned(),
            description: description.to_owned(),
            visibility,
        })
    }

    /// Validates a fork of `parent` (owner and name) into `owner`'s namespace, which takes `delay`
    /// milliseconds. `operation` is the name to poll it by.
    pub(super) fn fork(
        &mut self,
        now: u64,
        parent: (&str, &str),
        owner: &str,
        delay: u64,
        operation: String,
    ) -> Result<Event, Refusal> {
        self.advance(now);
        let (parent_owner, parent_name) = parent;
        let parent = self.find_visible(parent_owner, parent_name, Caller::User)?;
        self.check_may_write(owner)?;
        let already_forked =
            || Refusal::AlreadyForked { owner: owner.to_owned(), name: parent_name.to_owned() };
        if let Some(existing) = self.find(owner, parent_name)
            && self.databases[existing].parent == Some(parent)
        {
            return Err(already_forked());
        }
        self.check_unused(owner, parent_name)?;
        if self.running_forks.contains(&(parent, owner.to_owned())) {
            return Err(already_forked());
        }
        Ok(Event::Forked {
            at: self.now,
            operation,
            parent_owner: parent_owner.to_owned(),
            parent_name: parent_name.to_owned(),
            owner: owner.to_owned(),
            due: self.now.saturating_add(delay),
        })
    }

    /// Validates filling the museum network up to this number of forks; `None` if it has them already.
    pub(super) fn fill(&mut self, now: u64, forks: usize) -> Result<Option<Event>, Refusal> {
        self.advance(now);
        if forks > museum::LIMIT {
            return Err(Refusal::NetworkTooLarge);
        }
        if let Some(root) = self.find(museum::ROOT_OWNER, museum::NAME)
            && self.databases[root].visibility == Visibility::Private
        {
            return Err(Refusal::NetworkPrivate);
        }
        let missing = (0..=forks).any(|member| self.find(&museum::owner(member), museum::NAME).is_none());
        Ok(missing.then_some(Event::Filled { at: self.now, forks }))
    }

    /// The progress of an operation; counts the poll.
    pub(super) fn operation(&mut self, now: u64, name: &str) -> Result<Progress<'_>, Refusal> {
        self.advance(now);
        let &id = self.operation_ids.get(name).ok_or(Refusal::OperationNotFound)?;
        let polls = self.count_poll(id);
        Ok(self.progress(id, polls))
    }

    /// Counts a poll, and returns the number of earlier ones.
    fn count_poll(&mut self, id: usize) -> usize {
        let polls = &mut self.operations[id].polls;
        *polls = polls.saturating_add(1);
        *polls - 1
    }

    /// The progress of an operation after this number of polls.
    fn progress(&self, id: usize, polls: usize) -> Progress<'_> {
        match &self.operations[id].outcome {
            Some(Ok(database)) => Progress::Done(&self.databases[*database]),
            Some(Err(refusal)) => Progress::Failed(refusal),
            None => Progress::Running { polls },
        }
    }

    /// The fork network of a database, if the caller may see the database.
    pub(super) fn network(
        &mut self,
        now: u64,
        owner: &str,
        name: &str,
        caller: Caller,
    ) -> Result<Network<'_>, Refusal> {
        self.advance(now);
        let database = &self.databases[self.find_visible(owner, name, caller)?];
        let members = &self.networks[database.network];
        Ok(Network {
            id: database.network,
            parent: database.parent.map(|parent| &self.databases[parent]),
            root: &self.databases[members[0]],
            count: members.len() - 1,
            members,
            databases: &self.databases,
            owners: &self.owners,
        })
    }

    /// Applies an event. An event that this state did not validate may be impossible, which is an error and
    /// changes nothing.
    pub(super) fn apply(&mut self, event: Event) -> Result<(), Refusal> {
        self.advance(event.at());
        match event {
            Event::Created { owner, name, description, visibility, .. } => {
                self.check_unused(&owner, &name)?;
                let description = (!description.is_empty()).then(|| description.into());
                self.insert(owner, name, visibility, Content { description, ..Content::default() }, None);
            }
            Event::Forked { at, operation: name, parent_owner, parent_name, owner, due } => {
                let parent = self.find(&parent_owner, &parent_name).ok_or(Refusal::NoSuchRepository)?;
                if self.operation_ids.contains_key(&name) {
                    return Err(Refusal::DuplicateOperation);
                }
                let id = self.operations.len();
                self.operation_ids.insert(name.clone(), id);
                self.due_times.insert((due, id));
                self.running_forks.insert((parent, owner.clone()));
                self.operations.push(Operation {
                    name,
                    created_at: at,
                    parent,
                    owner,
                    polls: 0,
                    outcome: None,
                });
                // A fork without a delay is finished at once.
                self.advance(self.now);
            }
            Event::Filled { at, forks } => {
                if forks > museum::LIMIT {
                    return Err(Refusal::NetworkTooLarge);
                }
                let description: Arc<str> = museum::DESCRIPTION.into();
                let mut members = Vec::with_capacity(forks + 1);
                for member in 0..=forks {
                    let owner = museum::owner(member);
                    let parent = museum::parent(member).map(|parent| members[parent]);
                    members.push(self.find(&owner, museum::NAME).unwrap_or_else(|| {
                        let content = Content {
                            description: Some(description.clone()),
                            last_write: Some(at),
                            size: museum::size(member),
                        };
                        self.insert(owner, museum::NAME.to_owned(), Visibility::Public, content, parent)
                    }));
                }
            }
        }
        Ok(())
    }

    /// Advances the time to `now`: finishes the forks that are due, in the order of their due times.
    fn advance(&mut self, now: u64) {
        self.now = self.now.max(now);
        while let Some(&(due, id)) = self.due_times.first()
            && due <= self.now
        {
            self.due_times.pop_first();
            let (parent, owner) = (self.operations[id].parent, self.operations[id].owner.clone());
            let Database { name, visibility, content, .. } = &self.databases[parent];
            let (name, visibility, content) = (name.clone(), *visibility, content.clone());
            self.running_forks.remove(&(parent, owner.clone()));
            let outcome = self
                .check_unused(&owner, &name)
                .map(|()| self.insert(owner, name, visibility, content, Some(parent)));
            self.operations[id].outcome = Some(outcome);
        }
    }

    fn insert(
        &mut self,
        owner: String,
        name: String,
        visibility: Visibility,
        content: Content,
        parent: Option<usize>,
    ) -> usize {
        let id = self.databases.len();
        let network = match parent {
            Some(parent) => {
                self.databases[parent].forks.push(id);
                self.databases[parent].network
            }
            None => {
                self.networks.push(Vec::new());
                self.networks.len() - 1
            }
        };
        self.networks[network].push(id);
        self.database_ids.insert((owner.clone(), name.clone()), id);
        let forks = Vec::new();
        self.databases.push(Database { owner, name, visibility, content, parent, network, forks });
        id
    }

    fn find(&self, owner: &str, name: &str) -> Option<usize> {
        self.database_ids.get(&(owner.to_owned(), name.to_owned())).copied()
    }

    fn find_visible(&self, owner: &str, name: &str, caller: Caller) -> Result<usize, Refusal> {
        let found = self.find(owner, name).filter(|&id| self.databases[id].visible_to(caller, &self.owners));
        found.ok_or(Refusal::NoSuchRepository)
    }

    fn check_may_write(&self, owner: &str) -> Result<(), Refusal> {
        if self.owners.may_write(owner) {
            return Ok(());
        }
        Err(Refusal::NoPermission { user: self.user().to_owned(), owner: owner.to_owned() })
    }

    fn check_unused(&self, owner: &str, name: &str) -> Result<(), Refusal> {
        match self.find(owner, name) {
            Some(_) => Err(Refusal::AlreadyExists { owner: owner.to_owned(), name: name.to_owned() }),
            None => Ok(()),
        }
    }
}

/// Whether a database can be created with this name.
pub(super) fn is_valid_name(name: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    !name.is_empty() && name.bytes().all(allowed) && !name.starts_with('-') && !name.ends_with('-')
}

#[cfg(test)]
mod tests;
