//! From many responses to one fork tree. No HTTP, no printing.
//!
//! Each database's own response names its parent and the network's root; that is certain. Whether `forks` is the whole
//! network or only the children is not (facts of the API, "List forks"), so both make the same tree here.

mod notes;
mod tree;

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

use crate::error::Kind;
use crate::names::Database;

use notes::Notes;

pub use tree::{Member, Tree};

/// What one member's response says.
#[derive(Clone, Debug)]
pub struct Response {
    /// What it was forked from; none for a root.
    pub parent: Option<Database>,
    /// The root of its network.
    pub root: Option<Database>,
    /// The number of forks in the network, the root excluded.
    pub fork_network_count: Option<u64>,
    /// A fingerprint of the list of forks, so that a list that many responses hold is read once.
    pub list: u64,
}

/// A walk through a network: what to request next, and what is known so far. Every member is requested at most once.
#[derive(Debug)]
pub struct Walk {
    named: Database,
    seen: HashMap<Database, Seen>,
    requests: VecDeque<Database>,
    /// Lists that were gone through already: in a flat network every response holds the same one.
    lists: HashSet<u64>,
    /// The roots that responses name, and how many name each.
    roots: BTreeMap<Database, usize>,
    fork_network_count: Option<u64>,
    /// How many steps below the root lists are wanted, where they are lists of immediate forks.
    depth: Option<usize>,
    notes: Notes,
}

/// What is known of a database.
#[derive(Debug, Default)]
struct Seen {
    /// Some response lists it as a fork or names it as the root; else it was only named as a parent.
    listed: bool,
    /// The number of the last list that holds it.
    last_list: usize,
    /// Whose immediate fork it is, where lists say so, and how many steps below the root.
    parent: Option<Database>,
    depth: usize,
    outcome: Option<Outcome>,
}

/// So many are named in a note.
const MAX_ROOTS: usize = 5;

#[derive(Debug)]
enum Outcome {
    /// Its own response: its parent.
    Responded(Option<Database>),
    /// The service refused, or gave no usable response.
    Failed(Kind),
}

impl Walk {
    /// A walk that starts with the database that the user named.
    pub fn new(named: Database) -> Self {
        let mut walk = Walk {
            named: named.clone(),
            seen: HashMap::new(),
            requests: VecDeque::new(),
            lists: HashSet::new(),
            roots: BTreeMap::new(),
            fork_network_count: None,
            depth: None,
            notes: Notes::default(),
        };
        walk.discover(&named, true);
        walk
    }

    /// A walk from the root down, where lists hold immediate forks alone: `info` is the named database's own response, and no
    /// list is requested of what is `depth` steps below the root.
    pub fn of_children(info: Response, named: Database, depth: Option<usize>) -> Self {
        let root = info.root.or_else(|| info.parent.clone()).unwrap_or_else(|| named.clone());
        let mut walk = Walk {
            seen: HashMap::new(),
            requests: VecDeque::new(),
            fork_network_count: info.fork_network_count,
            depth,
            ..Walk::new(named.clone())
        };
        *walk.roots.entry(root.clone()).or_default() += 1;
        walk.discover(&root, true);
        // No list may show it. Where a walk is cut, it may be below the cut.
        if depth.is_none() && named != root {
            walk.discover(&named, true);
            if let Some(parent) = info.parent {
                walk.discover(&parent, false);
                walk.set_parent(&named, &parent);
            }
        }
        walk
    }

    /// The next database to request, each one once. None while all known ones were requested; responses may add more.
    pub fn next_request(&mut self) -> Option<Database> {
        self.requests.pop_front()
    }

    /// How many databases are known so far.
    pub fn known(&self) -> usize {
        self.seen.len()
    }

    /// The number of forks in the network as the named database's response has it.
    pub fn fork_network_count(&self) -> Option<u64> {
        self.fork_network_count
    }

    /// Takes a database's own response, and the forks that it lists, one after the other.
    pub fn responded(
        &mut self,
        database: &Database,
        response: Response,
        forks: impl FnOnce(&mut dyn FnMut(Database)),
    ) {
        if *database == self.named {
            self.fork_network_count = response.fork_network_count;
        }
        if let Some(root) = response.root {
            *self.roots.entry(root.clone()).or_default() += 1;
            self.discover(&root, true);
        }
        if let Some(parent) = &response.parent {
            self.discover(parent, false);
        }
        if self.lists.insert(response.list) {
            let list = self.lists.len();
            forks(&mut |fork| {
                self.discover(&fork, true);
                let Some(seen) = self.seen.get_mut(&fork) else { return };
                if std::mem::replace(&mut seen.last_list, list) == list {
                    self.notes.push(format!("{fork} is listed twice"));
                }
            });
        }
        self.record(database, Outcome::Responded(response.parent));
    }

    /// Takes a database's immediate forks, one after the other.
    pub fn listed(&mut self, database: &Database, forks: impl FnOnce(&mut dyn FnMut(Database))) {
        let list = self.lists.len() + 1;
        self.lists.insert(list as u64);
        forks(&mut |fork| {
            self.discover_below(&fork, database);
            let Some(seen) = self.seen.get_mut(&fork) else { return };
            if std::mem::replace(&mut seen.last_list, list) == list {
                self.notes.push(format!("{fork} is listed twice"));
            }
            self.set_parent(&fork, database);
        });
        self.record(database, Outcome::Responded(None));
    }

    /// Takes that the request for a database failed, and why.
    pub fn failed(&mut self, database: &Database, kind: Kind) {
        self.record(database, Outcome::Failed(kind));
    }

    /// The tree of all members, the same in whatever order the responses arrived.
    pub fn finish(self) -> Tree {
        let root = self.root();
        let mut notes = self.notes;
        if self.roots.len() > 1 {
            let first: Vec<String> = self.roots.keys().take(MAX_ROOTS).map(ToString::to_string).collect();
            let more = if self.roots.len() > MAX_ROOTS { ", …" } else { "" };
            notes.push(format!("the responses name {} roots: {}{more}", self.roots.len(), first.join(", ")));
        }
        let mut members: Vec<tree::Found> = Vec::with_capacity(self.seen.len());
        for (database, seen) in self.seen {
            let (parent, error) = match seen.outcome {
                Some(Outcome::Responded(parent)) => (parent.or(seen.parent), None),
                // Only named as a parent, and the service does not show it: it is not in the network.
                Some(Outcome::Failed(kind)) if !seen.listed && kind != Kind::Network && database != root => {
                    continue;
                }
                Some(Outcome::Failed(kind)) => (seen.parent, Some(kind)),
                None => (seen.parent, Some(Kind::Network)),
            };
            members.push(tree::Found { database, parent, error });
        }
        Tree::build(root, self.named, members, self.fork_network_count, notes)
    }

    /// The root that most responses name, the first by name of several; where none names one, the end of the chain of
    /// parents.
    fn root(&self) -> Database {
        let most = self.roots.values().max();
        let root = self.roots.iter().find(|(_, count)| Some(*count) == most).map(|(root, _)| root.clone());
        root.unwrap_or_else(|| self.topmost())
    }

    /// The first by name of those that list it, so that the order of responses does not matter.
    fn set_parent(&mut self, database: &Database, parent: &Database) {
        let Some(seen) = self.seen.get_mut(database) else { return };
        match &seen.parent {
            Some(known) if known == parent => {}
            Some(known) => {
                self.notes.push(format!("{database} is listed as a fork of several databases"));
                if parent < known {
                    seen.parent = Some(parent.clone());
                }
            }
            None => seen.parent = Some(parent.clone()),
        }
    }

    /// Discovers an immediate fork. Below the wanted depth, its own forks are not requested.
    fn discover_below(&mut self, fork: &Database, parent: &Database) {
        if self.seen.contains_key(fork) {
            return self.discover(fork, true);
        }
        let depth = self.seen.get(parent).map_or(0, |seen| seen.depth) + 1;
        self.discover(fork, true);
        if let Some(seen) = self.seen.get_mut(fork) {
            seen.depth = depth;
            if self.depth.is_some_and(|wanted| depth >= wanted) {
                seen.outcome.get_or_insert(Outcome::Responded(None));
                if self.requests.back() == Some(fork) {
                    self.requests.pop_back();
                }
            }
        }
    }

    fn discover(&mut self, database: &Database, listed: bool) {
        if let Some(seen) = self.seen.get_mut(database) {
            seen.listed |= listed;
            return;
        }
        if self.seen.len() as u64 >= self.most_members() {
            let note = format!("there are more than {} members; the rest is left out", self.most_members());
            self.notes.push(note);
            return;
        }
        let mut seen = Seen { listed, ..Seen::default() };
        if database.can_be_sent() {
            self.requests.push_back(database.clone());
        } else {
            // A name such as `..` would lead out of the API.
            seen.outcome = Some(Outcome::Failed(Kind::Api));
        }
        self.seen.insert(database.clone(), seen);
    }

    /// A service that adds a member in every response is not followed without end.
    fn most_members(&self) -> u64 {
        self.fork_network_count.map_or(1_000_000, |count| count.clamp(1_000, 1_000_000).saturating_mul(10))
    }

    fn record(&mut self, database: &Database, outcome: Outcome) {
        self.seen.entry(database.clone()).or_default().outcome = Some(outcome);
    }

    /// Where no response names a root: the end of the chain of parents from the named database.
    fn topmost(&self) -> Database {
        let mut top = &self.named;
        let mut passed = HashSet::from([top]);
        while let Some(Seen { outcome: Some(Outcome::Responded(Some(parent))), .. }) = self.seen.get(top) {
            if !passed.insert(parent) {
                break;
            }
            top = parent;
        }
        top.clone()
    }
}

#[cfg(test)]
mod tests;
