//! The forks that are kept in the state file until their end is seen: what commands write there, and what they read.
//! Whatever is wrong with that file, no command fails for it.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::api::{Accepted, Client, Failure, Interrupted, WriteHook};
use crate::error::{Error, Kind};
use crate::names::{Database, Operation};
use crate::session::Session;
use crate::shell;
use crate::state::{Entry, Intent, Line, StateError, StateFile, now};

use super::context::Context;

/// After a request that took longer, another dhub may have taken its intent for one that was never accepted.
const LONG: Duration = Duration::from_secs(30);

/// The state file as one command uses it.
pub struct KeptForks<'a> {
    context: &'a Context,
    session: &'a Session,
    /// None where no forks are kept.
    file: Option<StateFile>,
    has_noted: AtomicBool,
    /// Whether something in the file is over.
    has_ended: AtomicBool,
}

/// A fork that this command requests.
pub struct KeptFork<'a> {
    all: &'a KeptForks<'a>,
    intent: Intent,
    /// Whether the file holds the operation.
    is_held: AtomicBool,
}

/// A fork that some command requested, at this host with this user's token.
pub struct Unfinished {
    /// What is known of it.
    pub entry: Entry,
    /// Others that it stands for.
    same: Vec<String>,
    read: Instant,
}

impl Unfinished {
    /// How long ago it was requested.
    pub fn age(&self) -> Duration {
        self.entry.age + self.read.elapsed()
    }
}

impl<'a> KeptForks<'a> {
    /// Reads nothing yet, and writes nothing.
    pub fn new(context: &'a Context, session: &'a Session) -> Self {
        let environment = &context.environment;
        let is_off = environment.get("DHUB_NO_STATE").is_some_and(|value| value != "0");
        let path = environment.get_os("DHUB_STATE").map(Into::into).or_else(StateFile::default_path);
        let file = path.filter(|_| !is_off).map(StateFile::new);
        KeptForks {
            context,
            session,
            file,
            has_noted: AtomicBool::new(false),
            has_ended: AtomicBool::new(false),
        }
    }

    /// A fork that may be requested.
    pub fn fork(&'a self, parent: &Database, owner: &str) -> KeptFork<'a> {
        let intent = Intent {
            id: format!("{:x}-{:016x}", std::process::id(), fastrand::u64(..)),
            host: self.session.host().base().to_owned(),
            api: self.session.settings.api.to_string(),
            user: self.session.known_user().map(str::to_owned),
            parent: parent.to_string(),
            owner: owner.to_owned(),
            time: now(),
        };
        KeptFork { all: self, intent, is_held: AtomicBool::new(false) }
    }

    /// The fork of this operation is done, has failed, or is not there; another command requested it.
    pub fn operation_ended(&self, operation: &Operation) {
        let (host, operation) = (self.session.host().base().to_owned(), operation.to_string());
        self.end(&Line::OperationEnded { host, operation });
    }

    /// The same of what is in the file.
    pub fn ended(&self, fork: &Unfinished) {
        for id in fork.same.iter().chain([&fork.entry.id]) {
            self.end(&Line::Ended { id: id.clone() });
        }
    }

    /// The same of what this user's token does not find: a fork of another user may only be hidden from it.
    pub fn not_found(&self, fork: &Unfinished) {
        let is_mine = match (&fork.entry.user, self.session.known_user()) {
            (Some(theirs), Some(mine)) => theirs.eq_ignore_ascii_case(mine),
            (theirs, _) => theirs.is_none(),
        };
        if is_mine {
            self.ended(fork);
        }
    }

    /// Removes from the file what this command found to be over.
    pub fn compact(&self) {
        if self.has_ended.load(Ordering::Relaxed) {
            let _ = self.file.as_ref().map(StateFile::read);
        }
    }

    /// The forks of this host and user, the oldest first. Notes say where others are, and where there are none.
    pub fn unfinished(&self) -> Vec<Unfinished> {
        let host = self.session.host();
        let read = self.file.as_ref().map_or(Ok(Vec::new()), StateFile::read);
        let mut entries = read.unwrap_or_else(|error| {
            self.note(&error);
            Vec::new()
        });
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.age));
        let (here, elsewhere): (Vec<_>, Vec<_>) = entries
            .into_iter()
            .partition(|entry| entry.host == *host && entry.api == self.session.settings.api.as_str());
        // That there are none takes no token and no request.
        let names_users = here.iter().any(|entry| entry.user.is_some());
        let user = if names_users { self.session.user() } else { None };
        let is_mine = |entry: &Entry| match (&entry.user, user) {
            (Some(theirs), Some(mine)) => theirs.eq_ignore_ascii_case(mine),
            _ => true,
        };
        let (mine, others): (Vec<_>, Vec<_>) = here.into_iter().partition(is_mine);
        if mine.is_empty() {
            let why = if self.file.is_none() {
                "no forks are kept, so none are known"
            } else {
                "no unfinished forks"
            };
            self.context.output.note(&format!("{why} on {host}"));
        }
        self.note_others(&others, &elsewhere);
        let mut places: HashMap<String, usize> = HashMap::new();
        let mut unfinished: Vec<Unfinished> = Vec::new();
        for entry in mine {
            match places.get(&key(&entry)) {
                Some(&first) => unfinished[first].same.push(entry.id),
                None => {
                    places.insert(key(&entry), unfinished.len());
                    unfinished.push(Unfinished { entry, same: Vec::new(), read: Instant::now() });
                }
            }
        }
        unfinished
    }

    fn note_others(&self, others: &[Entry], elsewhere: &[Entry]) {
        let output = &self.context.output;
        let mut counts = BTreeMap::new();
        for entry in others {
            *counts.entry(entry.user.as_deref().unwrap_or_default()).or_insert(0) += 1;
        }
        let command = self.session.command("dhub db fork-status");
        for (user, count) in counts {
            output.note(&format!("{} of {user}; with a token of {user}: {command}", forks(count)));
        }
        let mut counts = BTreeMap::new();
        for entry in elsewhere {
            *counts.entry((entry.host.base(), entry.api.as_str())).or_insert(0) += 1;
        }
        for ((host, api), count) in counts {
            let api = format!(" {}", shell::option("--api", api));
            let config = self.context.global.config.as_ref();
            let config =
                config.map(|path| format!(" {}", shell::option("--config", path))).unwrap_or_default();
            let command = format!("dhub db fork-status {}{config}{api}", shell::option("--host", host));
            output.whole_note(&format!("{} on {host}: {command}", forks(count)));
        }
    }

    /// Appends the end of something, where there can be its beginning.
    fn end(&self, line: &Line) {
        if self.file.as_ref().is_some_and(StateFile::exists) {
            self.has_ended.store(true, Ordering::Relaxed);
            self.append(line);
        }
    }

    /// Appends a line. Returns whether it stands in the file now.
    fn append(&self, line: &Line) -> bool {
        let Some(file) = &self.file else { return false };
        let text = line.text();
        // A service may send the token back as a name.
        if self.context.output.safe_line(text.trim_end()) != text.trim_end() {
            return false;
        }
        file.append(line).map_err(|error| self.note(&error)).is_ok()
    }

    fn note(&self, error: &StateError) {
        if let Some(file) = self.file.as_ref().filter(|_| !self.has_noted.swap(true, Ordering::Relaxed)) {
            let (path, why) = (file.path().display(), &error.0);
            let hint = "DHUB_STATE names another file, DHUB_NO_STATE=1 does without";
            self.context.output.note(&format!("{path} cannot keep forks in progress: {why}; {hint}"));
        }
    }
}

impl KeptFork<'_> {
    /// Requests the fork. Its intent stands in the file from before it is sent until it is certain that it had no effect.
    pub fn send(
        &self,
        client: &Client,
        parent: &Database,
        hook: &dyn WriteHook,
    ) -> Result<Accepted, Failure> {
        let begun = Instant::now();
        let accepted = client.fork(parent, &self.intent.owner, &Recorded { fork: self, hook })?;
        if begun.elapsed() > LONG {
            self.begins();
        }
        let (id, operation) = (self.intent.id.clone(), accepted.operation.to_string());
        self.is_held.store(self.all.append(&Line::Accepted { id, operation }), Ordering::Relaxed);
        Ok(accepted)
    }

    /// It is on its way: this command is about to request it, or another one did.
    pub fn begins(&self) {
        self.all.append(&Line::Intent(Intent { time: now(), ..self.intent.clone() }));
    }

    /// Whether a later `fork-status` finds its operation.
    pub fn is_held(&self) -> bool {
        self.is_held.load(Ordering::Relaxed)
    }

    /// It is done, has failed, or was never begun.
    pub fn ended(&self) {
        self.all.end(&Line::Ended { id: self.intent.id.clone() });
    }

    /// The fork is there, by whichever command.
    pub fn exists(&self) {
        let Intent { host, parent, owner, .. } = self.intent.clone();
        self.all.end(&Line::ForkExists { host, parent, owner });
    }
}

/// Keeps the file informed of each attempt.
struct Recorded<'a> {
    fork: &'a KeptFork<'a>,
    hook: &'a dyn WriteHook,
}

impl WriteHook for Recorded<'_> {
    fn before_attempt(&self) -> Result<(), Interrupted> {
        self.hook.before_attempt()?;
        self.fork.begins();
        Ok(())
    }

    fn had_no_effect(&self) {
        self.fork.ended();
        self.hook.had_no_effect();
    }

    fn deadline(&self) -> Option<Instant> {
        self.hook.deadline()
    }
}

/// Whether an error says that there is nothing more to wait for: not one of a service that is out of order.
pub fn is_final(error: &Error) -> bool {
    match error.kind {
        Kind::NotFound => error.status.is_none_or(|status| status < 500),
        Kind::OperationFailed => true,
        _ => false,
    }
}

/// What makes two forks in the file the same.
fn key(entry: &Entry) -> String {
    match &entry.operation {
        Some(operation) => operation.to_string(),
        // No operation's name holds white space.
        None => format!("{} {}", entry.parent, entry.fork).to_ascii_lowercase(),
    }
}

fn forks(count: usize) -> String {
    if count == 1 { "1 unfinished fork".to_owned() } else { format!("{count} unfinished forks") }
}
