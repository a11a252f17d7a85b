//! The forks that were requested on this machine and whose end has not been seen, in a small file.
//!
//! Every line is a JSON document: before a fork is requested its intent, then the operation that the service names, then
//! its end. A program that is killed in between loses nothing. This part is pure; [`StateFile`] reads and writes.

mod file;

use std::collections::HashMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::names::{Database, Host, Operation};

pub use file::{StateError, StateFile, now};

/// The first line of every state file: what does not begin so is another program's, and left alone.
pub const HEADER: &str = "{\"dhub_forks\":1}\n";

/// What is older is forgotten: the service may have, too.
const MAX_AGE: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// A fork that is about to be requested.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intent {
    /// What later lines name it by.
    pub id: String,
    /// The service's address.
    pub host: String,
    /// The version of the API.
    pub api: String,
    /// Whose token it is, where that is known.
    pub user: Option<String>,
    /// The database to be forked, as `OWNER/NAME`.
    pub parent: String,
    /// The owner of the fork.
    pub owner: String,
    /// When, in seconds since 1970.
    pub time: u64,
}

/// A line of the file.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    /// The fork is about to be requested.
    Intent(Intent),
    /// The service has accepted it.
    Accepted {
        /// The intent's.
        id: String,
        /// What its status is requested with.
        operation: String,
    },
    /// It is done, has failed, or was never begun.
    Ended {
        /// The intent's.
        id: String,
    },
    /// The same of an operation, by whichever command.
    OperationEnded {
        /// The service's address.
        host: String,
        /// The operation.
        operation: String,
    },
    /// The fork is there, by whichever command.
    ForkExists {
        /// The service's address.
        host: String,
        /// The database that was forked, as `OWNER/NAME`.
        parent: String,
        /// The owner of the fork.
        owner: String,
    },
}

impl Line {
    /// The line as it stands in the file.
    pub fn text(&self) -> String {
        let mut text = serde_json::to_string(self).expect("it holds nothing but text and numbers");
        text.push('\n');
        text
    }
}

/// A fork whose end has not been seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What the file names it by.
    pub id: String,
    /// The service.
    pub host: Host,
    /// The version of the API.
    pub api: String,
    /// Whose token it was, where that is known.
    pub user: Option<String>,
    /// What is forked.
    pub parent: Database,
    /// The fork: it keeps its parent's name.
    pub fork: Database,
    /// None where it is not known whether the service has accepted it.
    pub operation: Option<Operation>,
    /// How long ago it was requested.
    pub age: Duration,
}

/// What stands in a file.
#[derive(Debug, Default)]
pub struct Contents<'a> {
    /// The forks, the oldest first.
    pub entries: Vec<Entry>,
    /// Their lines.
    lines: Vec<&'a str>,
}

impl<'a> Contents<'a> {
    /// Reads a file's text at this time, in seconds since 1970. Lines that are none of dhub's are left out, such as one that
    /// was not written to its end.
    pub fn read(text: &'a str, now: u64) -> Self {
        let mut live = Live::default();
        for line in text.lines() {
            match serde_json::from_str(line) {
                Ok(Line::Intent(intent)) => live.begin(intent, line, now),
                Ok(Line::Accepted { id, operation }) => live.accept(&id, &operation, line),
                Ok(Line::Ended { id }) => live.end(&[id]),
                Ok(Line::OperationEnded { host, operation }) => live.end(&[host, operation]),
                Ok(Line::ForkExists { host, parent, owner }) => live.end(&fork_key(&host, &parent, &owner)),
                Err(_) => {}
            }
        }
        let mut contents = Contents::default();
        for (entry, lines) in live.forks.into_iter().flatten() {
            contents.entries.push(entry);
            contents.lines.extend(lines);
        }
        contents
    }

    /// The file's text without what is over.
    pub fn compact(&self) -> String {
        let lines = self.lines.iter().flat_map(|line| [line, "\n"]);
        std::iter::once(HEADER).chain(lines).collect()
    }
}

/// The forks so far, with their lines; none for one that is over.
#[derive(Default)]
struct Live<'a> {
    forks: Vec<Option<(Entry, Vec<&'a str>)>>,
    /// Where they are, by whatever a later line may name them by.
    places: HashMap<Vec<String>, Vec<usize>>,
}

impl<'a> Live<'a> {
    fn begin(&mut self, intent: Intent, line: &'a str, now: u64) {
        let keys = [vec![intent.id.clone()], fork_key(&intent.host, &intent.parent, &intent.owner)];
        // The same one, once more.
        self.end(&keys[0]);
        let Some(entry) = entry(intent, now) else { return };
        for key in keys {
            self.places.entry(key).or_default().push(self.forks.len());
        }
        self.forks.push(Some((entry, vec![line])));
    }

    fn accept(&mut self, id: &str, operation: &str, line: &'a str) {
        let place = self.places.get(&[id.to_owned()][..]).and_then(|places| places.last().copied());
        let fork = place.and_then(|place| self.forks[place].as_mut());
        if let (Some(place), Some((entry, lines)), Ok(name)) = (place, fork, Operation::parse(operation)) {
            let key = vec![entry.host.base().to_owned(), operation.to_owned()];
            self.places.entry(key).or_default().push(place);
            entry.operation = Some(name);
            lines.push(line);
        }
    }

    fn end(&mut self, key: &[String]) {
        for place in self.places.remove(key).unwrap_or_default() {
            self.forks[place] = None;
        }
    }
}

fn fork_key(host: &str, parent: &str, owner: &str) -> Vec<String> {
    vec![host.to_owned(), parent.to_ascii_lowercase(), owner.to_ascii_lowercase()]
}

/// None where it is too old, or names what cannot be.
fn entry(intent: Intent, now: u64) -> Option<Entry> {
    // A time that is yet to come is that of a clock that was wrong, then or now: no age.
    if Duration::from_secs(now.saturating_sub(intent.time)) > MAX_AGE {
        return None;
    }
    let parent = Database::parse(&intent.parent).ok()?;
    let fork = Database::parse(&format!("{}/{}", intent.owner, parent.name)).ok()?;
    let is_version = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    Some(Entry {
        host: Host::parse(&intent.host).ok()?,
        api: Some(intent.api).filter(|api| is_version(api))?,
        id: intent.id,
        user: intent.user,
        parent,
        fork,
        operation: None,
        age: Duration::from_secs(now.saturating_sub(intent.time)),
    })
}

/// Whether a text is the beginning of a state file, or the beginning of that.
pub fn is_state(beginning: &[u8]) -> bool {
    beginning.starts_with(HEADER.as_bytes()) || HEADER.as_bytes().starts_with(beginning)
}

#[cfg(test)]
mod tests;
