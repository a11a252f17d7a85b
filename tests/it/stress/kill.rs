//! `dhub emulator start --state FILE`, killed 50 times at random moments while clients create and fork.

use std::collections::HashSet;
use std::net::SocketAddr;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use fastrand::Rng;
use rustix::process::Signal;

use super::http::{Connection, Response, get, post};
use super::{Database, EmulatorProcess, Fork, NO_SUCH_REPOSITORY, OWNERS, events, forks_response};
use crate::support::Sandbox;
use crate::support::running::{Running, eventually};

const FILES: u64 = 10;
/// The number of kills for each state file.
const KILLS: u64 = 5;
const CLIENTS: u64 = 4;

#[test]
fn acknowledged_changes_survive_fifty_kills_and_others_take_effect_completely_or_not_at_all() {
    let started = Instant::now();
    let scenarios: Vec<Scenario> = thread::scope(|scope| {
        let half =
            |of: u64| (0..FILES).filter(move |file| file % 2 == of).map(Scenario::run).collect::<Vec<_>>();
        let halves = [scope.spawn(move || half(0)), scope.spawn(move || half(1))];
        halves.into_iter().flat_map(|half| half.join().unwrap()).collect()
    });
    let sum = |count: fn(&Scenario) -> usize| scenarios.iter().map(count).sum::<usize>();
    let (databases, forks) = (sum(|scenario| scenario.databases.len()), sum(|scenario| scenario.forks.len()));
    assert_eq!(sum(|scenario| scenario.kills), 50);
    assert!(databases > 40 && forks > 40, "{databases} databases, {forks} forks: too few");
    println!(
        "{databases} databases and {forks} forks, {} requests without a response, {} of them took effect: {:?}",
        sum(|scenario| scenario.without_response),
        sum(|scenario| scenario.took_effect),
        started.elapsed()
    );
}

/// The kills of one state file, and what the file must contain.
#[derive(Default)]
struct Scenario {
    databases: Vec<Database>,
    forks: Vec<Fork>,
    kills: usize,
    /// The number of requests without a response because of a kill.
    without_response: usize,
    /// How many of them took effect.
    took_effect: usize,
}

/// A request to change something.
#[derive(Clone)]
enum Change {
    Create(Database),
    Fork(Database, String),
}

impl Scenario {
    fn run(file: u64) -> Scenario {
        let mut scenario = Scenario::default();
        let mut random = Rng::with_seed(file);
        let sandbox = Sandbox::new();
        let state = sandbox.home().join("state");
        // The file is empty before the first kill, and the last kill may interrupt its replay.
        for number in 0..KILLS {
            let without_response = if number == KILLS - 1 {
                let running = Running::start(start_command(&sandbox, &state));
                thread::sleep(Duration::from_micros(random.u64(..60_000)));
                kill(running);
                Vec::new()
            } else {
                let emulator = EmulatorProcess::run(start_command(&sandbox, &state));
                scenario.work_until_killed(emulator, &mut random, &format!("{file}-{number}"))
            };
            scenario.kills += 1;
            let emulator = EmulatorProcess::run(start_command(&sandbox, &state));
            let mut connection = Connection::to(emulator.address);
            for change in without_response {
                scenario.retry(change, &mut connection);
            }
            scenario.check_responses(&mut connection);
            kill(emulator.running);
            scenario.check_state_file(&state);
        }
        scenario
    }

    /// Lets clients create and fork, kills the emulator at a random moment, and returns the changes without a response.
    fn work_until_killed(
        &mut self,
        emulator: EmulatorProcess,
        random: &mut Rng,
        prefix: &str,
    ) -> Vec<Change> {
        let address = emulator.address;
        let moment = Duration::from_micros(random.u64(..50_000));
        let results: Vec<_> = thread::scope(|scope| {
            let clients: Vec<_> = (0..CLIENTS)
                .map(|client| {
                    let (prefix, random) = (format!("{prefix}-{client}"), random.fork());
                    // One of them writes long lines, which take a while.
                    let description = "long ".repeat(if client == 0 { 50_000 } else { 1 });
                    scope.spawn(move || work(address, &prefix, random, &description))
                })
                .collect();
            thread::sleep(moment);
            kill(emulator.running);
            clients.into_iter().map(|client| client.join().unwrap()).collect()
        });
        let mut without_response = Vec::new();
        for (databases, forks, last) in results {
            self.databases.extend(databases);
            self.forks.extend(forks);
            without_response.extend(last);
        }
        without_response
    }

    /// Retries a change that got no response: it took effect completely or not at all.
    fn retry(&mut self, change: Change, connection: &mut Connection) {
        self.without_response += 1;
        match change {
            Change::Create(database) => {
                let lookup = connection.exchange(&get(&database.path())).unwrap();
                let exists = lookup.status == 200;
                assert!(exists || lookup.message() == NO_SUCH_REPOSITORY, "{lookup:?}");
                let retried = connection.exchange(&post("/database", &database.create_body(""))).unwrap();
                assert_eq!(retried.status, if exists { 400 } else { 200 }, "{retried:?}");
                self.took_effect += usize::from(exists);
                self.databases.push(database);
            }
            Change::Fork(of, to) => {
                let retried = connection.exchange(&post("/fork", &of.fork_body(&to))).unwrap();
                if retried.status == 200 {
                    self.forks.push(fork(&retried, of, to));
                } else {
                    assert!(retried.message().contains("has already been forked"), "{retried:?}");
                    self.took_effect += 1;
                    // The name of the operation was lost with the response.
                    self.forks.push(Fork { operation: String::new(), of, to });
                }
            }
        }
    }

    fn check_responses(&self, connection: &mut Connection) {
        for fork in self.forks.iter().filter(|fork| !fork.operation.is_empty()) {
            assert!(eventually(|| {
                let response = connection.exchange(&get(&fork.path())).unwrap();
                assert_eq!((response.status, response.message()), (200, String::new()), "{fork:?}");
                response.json()["done"] == true
            }));
        }
        for database in &self.databases {
            let forks: Vec<&Fork> = self.forks.iter().filter(|fork| fork.of == *database).collect();
            let mut list = Vec::new();
            assert!(
                eventually(|| {
                    let response = connection.exchange(&get(&database.path())).unwrap();
                    assert_eq!(response.status, 200, "{database:?}: {response:?}");
                    list = owners(&response);
                    list.len() == forks.len()
                }),
                "{database:?}: {list:?}, {forks:?}"
            );
            let list: Vec<&str> = list.iter().map(String::as_str).collect();
            for Fork { to, .. } in forks {
                let fork = Database { owner: to.clone(), ..database.clone() };
                let response = connection.exchange(&get(&fork.path())).unwrap();
                assert_eq!(response.json(), forks_response(to, database, &list));
            }
        }
    }

    /// The state file contains each change exactly once, and nothing else.
    fn check_state_file(&self, state: &Path) {
        let events = events(state);
        let described: HashSet<Vec<String>> = events
            .iter()
            .map(|event| {
                let text = |key: &str| event[key].as_str().unwrap_or_default().to_owned();
                ["owner", "name", "visibility", "parent_owner", "parent_name"].map(text).to_vec()
            })
            .collect();
        assert_eq!(described.len(), events.len(), "an event is in the file twice");
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

fn start_command(sandbox: &Sandbox, state: &Path) -> std::process::Command {
    let mut command = sandbox.command(["emulator", "start", "--json", "--fork-delay", "5ms", "--state"]);
    command.arg(state);
    command
}

fn kill(running: Running) {
    running.signal(Signal::KILL);
    let ended = running.finish();
    assert_eq!(ended.signal, Some(9), "{ended:?}");
    assert!(!ended.err.contains("panicked"), "{ended:?}");
}

/// Creates databases and forks them until there is no response. Returns the acknowledged changes, and the one without
/// a response.
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
        match connection.exchange(&post("/database", &of.create_body(description))) {
            Ok(response) => assert_eq!(response.status, 200, "{response:?}"),
            Err(_) => return (databases, forks, Some(Change::Create(of))),
        }
        databases.push(of.clone());
        for to in [OWNERS[(owner + 1) % 3], OWNERS[(owner + 2) % 3]] {
            match connection.exchange(&post("/fork", &of.fork_body(to))) {
                Ok(response) => forks.push(fork(&response, of.clone(), to.to_owned())),
                Err(_) => return (databases, forks, Some(Change::Fork(of, to.to_owned()))),
            }
        }
    }
}

fn fork(response: &Response, of: Database, to: String) -> Fork {
    assert_eq!(response.status, 200, "{response:?}");
    Fork { operation: response.json()["operation_name"].as_str().unwrap().to_owned(), of, to }
}

fn owners(response: &Response) -> Vec<String> {
    let json = response.json();
    let forks = json["forks"].as_array().unwrap().iter();
    forks.map(|fork| fork["database_owner"].as_str().unwrap().to_owned()).collect()
}
