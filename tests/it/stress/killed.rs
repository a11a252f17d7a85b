//! `dhub emulator start --state FILE` under `kill -9`, 50 times at random moments, while clients create and fork.

use std::collections::HashSet;
use std::net::SocketAddr;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use fastrand::Rng;
use rustix::process::Signal;

use super::http::{Answer, Connection, get, post};
use super::{Database, Emulated, Fork, NO_SUCH, OWNERS, events, listed};
use crate::support::Sandbox;
use crate::support::running::{Running, eventually};

/// So many state files, each of them killed so often.
const FILES: u64 = 10;
const KILLS: u64 = 5;
const CLIENTS: u64 = 4;

#[test]
fn what_was_acknowledged_outlives_fifty_kills_at_random_moments_and_nothing_is_half() {
    let started = Instant::now();
    let stories: Vec<Story> = thread::scope(|scope| {
        let half =
            |of: u64| (0..FILES).filter(move |file| file % 2 == of).map(Story::run).collect::<Vec<_>>();
        let halves = [scope.spawn(move || half(0)), scope.spawn(move || half(1))];
        halves.into_iter().flat_map(|half| half.join().unwrap()).collect()
    });
    let sum = |count: fn(&Story) -> usize| stories.iter().map(count).sum::<usize>();
    let (databases, forks) = (sum(|story| story.databases.len()), sum(|story| story.forks.len()));
    assert_eq!(sum(|story| story.kills), 50);
    assert!(databases > 40 && forks > 40, "{databases} databases, {forks} forks: nothing was going on");
    println!(
        "{databases} databases and {forks} forks, {} requests without an answer, {} of them carried out: {:?}",
        sum(|story| story.unanswered),
        sum(|story| story.carried_out),
        started.elapsed()
    );
}

/// What one state file has to hold, through all its kills.
#[derive(Default)]
struct Story {
    databases: Vec<Database>,
    forks: Vec<Fork>,
    kills: usize,
    /// Requests that the kill left without an answer, and how many of them had been carried out.
    unanswered: usize,
    carried_out: usize,
}

/// A request to change something.
#[derive(Clone)]
enum Change {
    Create(Database),
    Fork(Database, String),
}

impl Story {
    fn run(file: u64) -> Story {
        let mut story = Story::default();
        let mut random = Rng::with_seed(file);
        let sandbox = Sandbox::new();
        let state = sandbox.home().join("state");
        // The first kill comes while nothing is there, the last one while everything is read back.
        for kill in 0..KILLS {
            let unanswered = if kill == KILLS - 1 {
                let running = Running::start(start(&sandbox, &state));
                thread::sleep(Duration::from_micros(random.u64(..60_000)));
                killed(running);
                Vec::new()
            } else {
                let emulated = Emulated::run(start(&sandbox, &state));
                story.work_until_killed(emulated, &mut random, &format!("{file}-{kill}"))
            };
            story.kills += 1;
            let emulated = Emulated::run(start(&sandbox, &state));
            let mut connection = Connection::to(emulated.address);
            for change in unanswered {
                story.repeat(change, &mut connection);
            }
            story.check_that_all_is_there(&mut connection);
            killed(emulated.running);
            story.check_state_file(&state);
        }
        story
    }

    /// Lets clients create and fork, kills the emulator at some moment, and returns what was not answered.
    fn work_until_killed(&mut self, emulated: Emulated, random: &mut Rng, prefix: &str) -> Vec<Change> {
        let address = emulated.address;
        let moment = Duration::from_micros(random.u64(..50_000));
        let done: Vec<_> = thread::scope(|scope| {
            let clients: Vec<_> = (0..CLIENTS)
                .map(|client| {
                    let (prefix, random) = (format!("{prefix}-{client}"), random.fork());
                    // One of them writes lines that take a while.
                    let description = "long ".repeat(if client == 0 { 50_000 } else { 1 });
                    scope.spawn(move || work(address, &prefix, random, &description))
                })
                .collect();
            thread::sleep(moment);
            killed(emulated.running);
            clients.into_iter().map(|client| client.join().unwrap()).collect()
        });
        let mut unanswered = Vec::new();
        for (databases, forks, last) in done {
            self.databases.extend(databases);
            self.forks.extend(forks);
            unanswered.extend(last);
        }
        unanswered
    }

    /// Asks once more for what was not answered: it was carried out as a whole, or not at all.
    fn repeat(&mut self, change: Change, connection: &mut Connection) {
        self.unanswered += 1;
        match change {
            Change::Create(database) => {
                let look = connection.ask(&get(&database.path())).unwrap();
                let there = look.status == 200;
                assert!(there || look.message() == NO_SUCH, "{look:?}");
                let again = connection.ask(&post("/database", &database.create_body(""))).unwrap();
                assert_eq!(again.status, if there { 400 } else { 200 }, "{again:?}");
                self.carried_out += usize::from(there);
                self.databases.push(database);
            }
            Change::Fork(of, to) => {
                let again = connection.ask(&post("/fork", &of.fork_body(&to))).unwrap();
                if again.status == 200 {
                    self.forks.push(fork(&again, of, to));
                } else {
                    assert!(again.message().contains("has already been forked"), "{again:?}");
                    self.carried_out += 1;
                    // Nobody was told its name.
                    self.forks.push(Fork { operation: String::new(), of, to });
                }
            }
        }
    }

    fn check_that_all_is_there(&self, connection: &mut Connection) {
        for fork in self.forks.iter().filter(|fork| !fork.operation.is_empty()) {
            assert!(eventually(|| {
                let answer = connection.ask(&get(&fork.path())).unwrap();
                assert_eq!((answer.status, answer.message()), (200, String::new()), "{fork:?}");
                answer.json()["done"] == true
            }));
        }
        for database in &self.databases {
            let forks: Vec<&Fork> = self.forks.iter().filter(|fork| fork.of == *database).collect();
            let mut list = Vec::new();
            assert!(
                eventually(|| {
                    let answer = connection.ask(&get(&database.path())).unwrap();
                    assert_eq!(answer.status, 200, "{database:?}: {answer:?}");
                    list = owners(&answer);
                    list.len() == forks.len()
                }),
                "{database:?}: {list:?}, {forks:?}"
            );
            let list: Vec<&str> = list.iter().map(String::as_str).collect();
            for Fork { to, .. } in forks {
                let fork = Database { owner: to.clone(), ..database.clone() };
                let answer = connection.ask(&get(&fork.path())).unwrap();
                assert_eq!(answer.json(), listed(to, database, &list));
            }
        }
    }

    /// Each thing stands in the file once, and nothing that nobody asked for.
    fn check_state_file(&self, state: &Path) {
        let events = events(state);
        let described: HashSet<Vec<String>> = events
            .iter()
            .map(|event| {
                let text = |key: &str| event[key].as_str().unwrap_or_default().to_owned();
                ["owner", "name", "visibility", "parent_owner", "parent_name"].map(text).to_vec()
            })
            .collect();
        assert_eq!(described.len(), events.len(), "something happened twice");
        let created = self.databases.iter().map(|database| {
            [&*database.owner, &*database.name, database.visibility(), "", ""].map(str::to_owned).to_vec()
        });
        let forked = self
            .forks
            .iter()
            .map(|fork| [&*fork.to, "", "", &*fork.of.owner, &*fork.of.name].map(str::to_owned).to_vec());
        assert_eq!(described, created.chain(forked).collect());
    }
}

fn start(sandbox: &Sandbox, state: &Path) -> std::process::Command {
    let mut command = sandbox.command(["emulator", "start", "--json", "--fork-delay", "5ms", "--state"]);
    command.arg(state);
    command
}

fn killed(running: Running) {
    running.signal(Signal::KILL);
    let ended = running.finish();
    assert_eq!(ended.signal, Some(9), "{ended:?}");
    assert!(!ended.err.contains("panicked"), "{ended:?}");
}

/// Creates databases and forks them, until there is no answer. Returns what was acknowledged, and what was not.
fn work(
    address: SocketAddr,
    prefix: &str,
    mut random: Rng,
    description: &str,
) -> (Vec<Database>, Vec<Fork>, Option<Change>) {
    let mut connection = Connection::to(address);
    let (mut databases, mut forks) = (Vec::new(), Vec::new());
    loop {
        let number = databases.len();
        let owner = random.usize(..OWNERS.len());
        let name = format!("{prefix}-{number}");
        let of = Database { owner: OWNERS[owner].to_owned(), name, private: random.bool() };
        match connection.ask(&post("/database", &of.create_body(description))) {
            Ok(answer) => assert_eq!(answer.status, 200, "{answer:?}"),
            Err(_) => return (databases, forks, Some(Change::Create(of))),
        }
        databases.push(of.clone());
        for to in [OWNERS[(owner + 1) % 3], OWNERS[(owner + 2) % 3]] {
            match connection.ask(&post("/fork", &of.fork_body(to))) {
                Ok(answer) => forks.push(fork(&answer, of.clone(), to.to_owned())),
                Err(_) => return (databases, forks, Some(Change::Fork(of, to.to_owned()))),
            }
        }
    }
}

fn fork(answer: &Answer, of: Database, to: String) -> Fork {
    assert_eq!(answer.status, 200, "{answer:?}");
    Fork { operation: answer.json()["operation_name"].as_str().unwrap().to_owned(), of, to }
}

fn owners(answer: &Answer) -> Vec<String> {
    let json = answer.json();
    let forks = json["forks"].as_array().unwrap().iter();
    forks.map(|fork| fork["database_owner"].as_str().unwrap().to_owned()).collect()
}
