//! The rules of the emulated service: databases, forks and operations, in memory. No I/O, and no clock of its
//! own: every time is passed in, in milliseconds since 1970.
//!
//! A change is made in two steps: the rule answers with the [`Event`] to apply, and [`State::apply`] applies
//! it. In between, the event can be written down; and what was written down can be applied again after a
//! restart.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fmt;

use super::events::{Event, Visibility};
use super::museum;

/// The namespaces that the token's user may write to, which is also whose private databases that user may
/// see.
const WRITABLE: [&str; 3] = [super::USER, "dolthub", "anotherOrg"];

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asker {
    /// Somebody without a token.
    Anyone,
    /// The token's user.
    User,
}

/// Why the service refuses something. What it says is what clients see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refusal {
    NoPermission { owner: String },
    InvalidName { name: String },
    AlreadyExists { owner: String, name: String },
    AlreadyForked { owner: String, name: String },
    NoSuchRepository,
    OperationNotFound,
    OperationKnown,
    NetworkTooLarge,
    NetworkPrivate,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoPermission { owner } => {
                write!(f, "{} does not have permission to create a database in {owner}", super::USER)
            }
            Self::InvalidName { name } => write!(
                f,
                "repoName {name:?} is not valid: letters, digits, - and _ only, not starting or ending with -"
            ),
            Self::AlreadyExists { owner, name } => write!(f, "{owner}/{name} already exists"),
            Self::AlreadyForked { owner, name } => write!(f, "{name} has already been forked to {owner}"),
            Self::NoSuchRepository => f.write_str("no such repository"),
            Self::OperationNotFound => f.write_str("operation not found"),
            Self::OperationKnown => f.write_str("the operation is known already"),
            Self::NetworkTooLarge => write!(f, "it can have {} forks at most", museum::LIMIT),
            Self::NetworkPrivate => write!(f, "{}/{} is private", museum::ROOT_OWNER, museum::NAME),
        }
    }
}

/// A database.
#[derive(Debug)]
pub(super) struct Database {
    pub(super) owner: String,
    pub(super) name: String,
    visibility: Visibility,
    parent: Option<usize>,
    network: usize,
}

impl Database {
    fn visible_to(&self, asker: Asker) -> bool {
        self.visibility == Visibility::Public
            || (asker == Asker::User && WRITABLE.contains(&self.owner.as_str()))
    }
}

/// A database's place in its fork network.
#[derive(Debug)]
pub(super) struct Network<'a> {
    /// Which network; no other one ever has this number.
    pub(super) id: usize,
    /// What the database is a fork of.
    pub(super) parent: Option<&'a Database>,
    /// The one member that is no fork.
    pub(super) root: &'a Database,
    /// How many forks there are, seen or not.
    pub(super) count: usize,
    members: &'a [usize],
    databases: &'a [Database],
}

impl<'a> Network<'a> {
    /// The forks that an asker may see, in the order in which they came to be.
    pub(super) fn forks(&self, asker: Asker) -> impl Iterator<Item = &'a Database> {
        let databases = self.databases;
        let forks = self.members[1..].iter().map(|&member| &databases[member]);
        forks.filter(move |fork| fork.visible_to(asker))
    }
}

/// How far a fork is.
#[derive(Debug)]
pub(super) enum Progress<'a> {
    /// Not finished; `asked` is how often it was asked for before.
    UnderWay { asked: usize },
    /// Finished: the fork.
    Done(&'a Database),
    /// Not possible any more.
    Failed(&'a Refusal),
}

#[derive(Debug)]
struct Operation {
    parent: usize,
    owner: String,
    asked: usize,
    outcome: Option<Result<usize, Refusal>>,
}

/// Everything that the emulated service knows.
#[derive(Debug, Default)]
pub(super) struct State {
    /// The latest time seen. A clock set back does not undo what is over.
    now: u64,
    databases: Vec<Database>,
    /// Owner and name → index in `databases`.
    places: HashMap<(String, String), usize>,
    /// The members of each network in the order in which they came to be, the root first.
    networks: Vec<Vec<usize>>,
    operations: Vec<Operation>,
    /// Name → index in `operations`.
    operation_names: HashMap<String, usize>,
    /// Forks under way: when due, and which operation.
    due: BTreeSet<(u64, usize)>,
    /// Forks under way: of what, to whom.
    forking: HashSet<(usize, String)>,
}

impl State {
    /// Asks to create a database.
    pub(super) fn create(
        &mut self,
        now: u64,
        owner: &str,
        name: &str,
        visibility: Visibility,
        description: &str,
    ) -> Result<Event, Refusal> {
        self.settle(now);
        may_write(owner)?;
        if !valid_name(name) {
            return Err(Refusal::InvalidName { name: name.to_owned() });
        }
        self.vacant(owner, name)?;
        Ok(Event::Created {
            at: self.now,
            owner: owner.to_owned(),
            name: name.to_owned(),
            description: description.to_owned(),
            visibility,
        })
    }

    /// Asks to fork `parent` (owner and name) into `owner`'s namespace, which takes `delay` milliseconds.
    /// `operation` is the name to know it by.
    pub(super) fn fork(
        &mut self,
        now: u64,
        parent: (&str, &str),
        owner: &str,
        delay: u64,
        operation: String,
    ) -> Result<Event, Refusal> {
        self.settle(now);
        let (parent_owner, parent_name) = parent;
        let parent = self.visible(parent_owner, parent_name, Asker::User)?;
        may_write(owner)?;
        let forked = || Refusal::AlreadyForked { owner: owner.to_owned(), name: parent_name.to_owned() };
        if let Some(there) = self.find(owner, parent_name)
            && self.databases[there].parent == Some(parent)
        {
            return Err(forked());
        }
        self.vacant(owner, parent_name)?;
        if self.forking.contains(&(parent, owner.to_owned())) {
            return Err(forked());
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

    /// Asks for the museum network to have so many forks; `None` if it has them.
    pub(super) fn fill(&mut self, now: u64, forks: usize) -> Result<Option<Event>, Refusal> {
        self.settle(now);
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

    /// How far an operation is; each question counts.
    pub(super) fn operation(&mut self, now: u64, name: &str) -> Result<Progress<'_>, Refusal> {
        self.settle(now);
        let &operation = self.operation_names.get(name).ok_or(Refusal::OperationNotFound)?;
        let operation = &mut self.operations[operation];
        match &operation.outcome {
            Some(Ok(database)) => Ok(Progress::Done(&self.databases[*database])),
            Some(Err(refusal)) => Ok(Progress::Failed(refusal)),
            None => {
                let asked = operation.asked;
                operation.asked = asked.wrapping_add(1);
                Ok(Progress::UnderWay { asked })
            }
        }
    }

    /// The fork network that a database is in, if the asker may see the database.
    pub(super) fn network(
        &mut self,
        now: u64,
        owner: &str,
        name: &str,
        asker: Asker,
    ) -> Result<Network<'_>, Refusal> {
        self.settle(now);
        let database = &self.databases[self.visible(owner, name, asker)?];
        let members = &self.networks[database.network];
        Ok(Network {
            id: database.network,
            parent: database.parent.map(|parent| &self.databases[parent]),
            root: &self.databases[members[0]],
            count: members.len() - 1,
            members,
            databases: &self.databases,
        })
    }

    /// Makes an event happen. Refused, with nothing changed, if it cannot have happened: that is so only of
    /// events that did not come from this state as it is.
    pub(super) fn apply(&mut self, event: Event) -> Result<(), Refusal> {
        self.settle(event.at());
        match event {
            Event::Created { owner, name, visibility, .. } => {
                self.vacant(&owner, &name)?;
                self.insert(owner, name, visibility, None);
            }
            Event::Forked { operation, parent_owner, parent_name, owner, due, .. } => {
                let parent = self.find(&parent_owner, &parent_name).ok_or(Refusal::NoSuchRepository)?;
                if self.operation_names.contains_key(&operation) {
                    return Err(Refusal::OperationKnown);
                }
                let id = self.operations.len();
                self.operation_names.insert(operation, id);
                self.due.insert((due, id));
                self.forking.insert((parent, owner.clone()));
                self.operations.push(Operation { parent, owner, asked: 0, outcome: None });
                // A fork that takes no time is there at once.
                self.settle(self.now);
            }
            Event::Filled { forks, .. } => {
                if forks > museum::LIMIT {
                    return Err(Refusal::NetworkTooLarge);
                }
                let mut members = Vec::with_capacity(forks + 1);
                for member in 0..=forks {
                    let owner = museum::owner(member);
                    let parent = museum::parent(member).map(|parent| members[parent]);
                    members.push(self.find(&owner, museum::NAME).unwrap_or_else(|| {
                        self.insert(owner, museum::NAME.to_owned(), Visibility::Public, parent)
                    }));
                }
            }
        }
        Ok(())
    }

    /// Moves on to `now`: finishes the forks that are due, in the order in which they are.
    fn settle(&mut self, now: u64) {
        self.now = self.now.max(now);
        while let Some(&(due, id)) = self.due.first()
            && due <= self.now
        {
            self.due.pop_first();
            let (parent, owner) = (self.operations[id].parent, self.operations[id].owner.clone());
            let name = self.databases[parent].name.clone();
            let visibility = self.databases[parent].visibility;
            self.forking.remove(&(parent, owner.clone()));
            let outcome =
                self.vacant(&owner, &name).map(|()| self.insert(owner, name, visibility, Some(parent)));
            self.operations[id].outcome = Some(outcome);
        }
    }

    fn insert(
        &mut self,
        owner: String,
        name: String,
        visibility: Visibility,
        parent: Option<usize>,
    ) -> usize {
        let id = self.databases.len();
        let network = match parent {
            Some(parent) => self.databases[parent].network,
            None => {
                self.networks.push(Vec::new());
                self.networks.len() - 1
            }
        };
        self.networks[network].push(id);
        self.places.insert((owner.clone(), name.clone()), id);
        self.databases.push(Database { owner, name, visibility, parent, network });
        id
    }

    fn find(&self, owner: &str, name: &str) -> Option<usize> {
        self.places.get(&(owner.to_owned(), name.to_owned())).copied()
    }

    fn visible(&self, owner: &str, name: &str, asker: Asker) -> Result<usize, Refusal> {
        let found = self.find(owner, name).filter(|&id| self.databases[id].visible_to(asker));
        found.ok_or(Refusal::NoSuchRepository)
    }

    fn vacant(&self, owner: &str, name: &str) -> Result<(), Refusal> {
        match self.find(owner, name) {
            Some(_) => Err(Refusal::AlreadyExists { owner: owner.to_owned(), name: name.to_owned() }),
            None => Ok(()),
        }
    }
}

fn may_write(owner: &str) -> Result<(), Refusal> {
    if WRITABLE.contains(&owner) { Ok(()) } else { Err(Refusal::NoPermission { owner: owner.to_owned() }) }
}

fn valid_name(name: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    !name.is_empty() && name.bytes().all(allowed) && !name.starts_with('-') && !name.ends_with('-')
}

#[cfg(test)]
mod tests;
