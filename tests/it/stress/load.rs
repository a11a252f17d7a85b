//! 10,000 requests from 64 connections, with garbage among them: every response is right, every acknowledged change
//! took effect exactly once, and nothing leaks.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::thread;
use std::time::Instant;

use rustix::process::Signal;

use super::client::{self, CONTESTED, Record, contested_name, contested_parent};
use super::http::{Connection, get, get_anonymously, post};
use super::{Database, EmulatorProcess, Fork, NO_SUCH_REPOSITORY, events, forks_response};
use crate::support::Sandbox;
use crate::support::running::eventually;

const CLIENTS: usize = 64;
/// The number of actions of each client.
const ACTIONS: usize = 160;

#[test]
fn ten_thousand_requests_with_garbage_among_them_get_the_right_responses_and_leak_nothing() {
    let started = Instant::now();
    let sandbox = Sandbox::new();
    let state = sandbox.home().join("state");
    let emulator = EmulatorProcess::start(&sandbox, &state, "20ms");
    let before = ProcessUsage::of(emulator.running.id());
    let mut connection = Connection::to(emulator.address);
    for number in 0..CONTESTED {
        let body = contested_parent(number).create_body("");
        assert_eq!(connection.exchange(&post("/database", &body)).unwrap().status, 200);
    }

    drop(connection);
    let address = emulator.address;
    let record = thread::scope(|scope| {
        let clients: Vec<_> =
            (0..CLIENTS).map(|number| scope.spawn(move || client::run(address, number, ACTIONS))).collect();
        clients.into_iter().map(|client| client.join().unwrap()).fold(Record::default(), merge)
    });
    let (responses, garbage) = (record.responses, record.garbage);
    assert!(responses + garbage >= 10_000, "{responses} + {garbage}");
    assert!(garbage >= 2_000, "{garbage}");

    let expected = Expected::of(record);
    let survey = expected.survey(&emulator);
    expected.check_state_file(&state);
    assert!(survey.len() > 2_000, "{}", survey.len());
    if let Some(before) = before {
        before.check_that_nothing_leaked(emulator.running.id());
    }
    emulator.running.signal(Signal::TERM);
    let ended = emulator.running.finish();
    assert_eq!(ended.signal, Some(15), "{ended:?}");
    let [owners, note, end] = ended.err.lines().collect::<Vec<_>>()[..] else { panic!("{ended:?}") };
    let are_notes = [owners, note].iter().all(|line| line.starts_with("note: "));
    assert!(are_notes && end.contains("terminated"), "{ended:?}");

    let restarted = EmulatorProcess::start(&sandbox, &state, "1h");
    assert!(expected.survey(&restarted) == survey, "a response differs after the restart");
    println!(
        "{responses} requests and {garbage} pieces of garbage from {CLIENTS} connections, {:?}",
        started.elapsed()
    );
}

fn merge(mut one: Record, other: Record) -> Record {
    one.created.extend(other.created);
    one.forks.extend(other.forks);
    one.unconfirmed.extend(other.unconfirmed);
    one.never_created.extend(other.never_created);
    one.responses += other.responses;
    one.garbage += other.garbage;
    one
}

/// The state that the emulator must be in at the end.
struct Expected {
    record: Record,
    /// For each root, the owners of its forks.
    forks: HashMap<Database, HashSet<String>>,
}

impl Expected {
    #[track_caller]
    fn of(mut record: Record) -> Self {
        let contested: HashSet<_> = (0..CONTESTED).map(contested_name).collect();
        let won = record.created.iter().filter(|created| contested.contains(*created)).count();
        assert_eq!(won, CONTESTED, "each name must be created by one client");
        record.created.extend((0..CONTESTED).map(contested_parent));
        let distinct: HashSet<_> = record.created.iter().collect();
        assert_eq!(distinct.len(), record.created.len(), "a database was created twice");
        let operations: HashSet<_> = record.forks.iter().map(|fork| &fork.operation).collect();
        assert_eq!(operations.len(), record.forks.len(), "two forks have the same operation");

        let mut forks: HashMap<Database, HashSet<String>> = HashMap::new();
        for Fork { of, to, .. } in &record.forks {
            assert!(
                forks.entry(of.clone()).or_default().insert(to.clone()),
                "{of:?} was forked twice to {to}"
            );
        }
        for number in 0..CONTESTED {
            assert_eq!(forks[&contested_parent(number)].len(), 1, "each parent must be forked by one client");
        }
        Expected { record, forks }
    }

    /// Requests everything that must or may exist, checks it, and returns all responses.
    fn survey(&self, emulator: &EmulatorProcess) -> Vec<(u16, Vec<u8>)> {
        let mut connection = Connection::to(emulator.address);
        let mut responses = Vec::new();
        for fork in &self.record.forks {
            let mut last = None;
            assert!(eventually(|| {
                let response = connection.exchange(&get(&fork.path())).unwrap();
                let json = response.json();
                last = Some((response.status, response.body));
                let succeeded = (&json["status"], &json["database_owner"])
                    == (&"Success".into(), &fork.to.as_str().into());
                json["done"] == true && succeeded
            }));
            responses.extend(last);
        }
        let mut exchange = |request: Vec<u8>| {
            let response = connection.exchange(&request).unwrap();
            let parsed = (response.status, response.json());
            responses.push((response.status, response.body));
            parsed
        };
        let none = HashSet::new();
        for database in &self.record.created {
            let forks = self.forks.get(database).unwrap_or(&none);
            let (status, response) = exchange(get(&database.path()));
            let list: Vec<&str> = response["forks"]
                .as_array()
                .unwrap()
                .iter()
                .map(|fork| fork["database_owner"].as_str().unwrap())
                .collect();
            assert_eq!(
                (list.len(), &list.iter().map(|&owner| owner.to_owned()).collect()),
                (forks.len(), forks)
            );
            assert_eq!((status, &response), (200, &forks_response(&database.owner, database, &list)));
            for owner in &list {
                let fork = Database { owner: (*owner).to_owned(), ..database.clone() };
                assert_eq!(exchange(get(&fork.path())), (200, forks_response(owner, database, &list)));
            }
            let (status, response) = exchange(get_anonymously(&database.path()));
            let hidden = (status, response["message"].as_str()) == (400, Some(NO_SUCH_REPOSITORY));
            assert!(if database.private { hidden } else { status == 200 }, "{database:?}: {response}");
        }
        for database in &self.record.unconfirmed {
            let (status, response) = exchange(get(&database.path()));
            let exists = (status, &response) == (200, &forks_response(&database.owner, database, &[]));
            assert!(
                exists || (status, response["message"].as_str()) == (400, Some(NO_SUCH_REPOSITORY)),
                "{database:?}: {response}"
            );
        }
        for database in &self.record.never_created {
            assert_eq!(exchange(get(&database.path())).0, 400, "{database:?} came from garbage");
        }
        responses
    }

    /// The state file contains each acknowledged change exactly once, and beyond these only unconfirmed ones.
    fn check_state_file(&self, state: &Path) {
        let mut created: HashMap<(String, String), usize> = HashMap::new();
        let mut forked: HashMap<String, usize> = HashMap::new();
        for event in events(state) {
            let text = |key: &str| event[key].as_str().unwrap().to_owned();
            match event["event"].as_str() {
                Some("created") => *created.entry((text("owner"), text("name"))).or_default() += 1,
                _ => *forked.entry(text("operation")).or_default() += 1,
            }
        }
        assert!(created.values().chain(forked.values()).all(|&times| times == 1));
        assert_eq!(forked.len(), self.record.forks.len());
        assert!(self.record.forks.iter().all(|fork| forked.contains_key(&fork.operation)));
        for database in &self.record.created {
            assert!(
                created.remove(&(database.owner.clone(), database.name.clone())).is_some(),
                "{database:?}"
            );
        }
        let unconfirmed: HashSet<_> = self
            .record
            .unconfirmed
            .iter()
            .map(|database| (database.owner.clone(), database.name.clone()))
            .collect();
        assert!(created.keys().all(|name| unconfirmed.contains(name)), "{created:?}");
    }
}

/// The resources that a process uses. Only Linux reports them.
#[derive(Debug)]
struct ProcessUsage {
    descriptors: usize,
    threads: usize,
    memory_kib: usize,
}

/// Four times the measured size of the state and the buffers, and a small part of what was sent: bodies that are not
/// freed exceed it.
const MAX_GROWTH_KIB: usize = 32 * 1024;

impl ProcessUsage {
    fn of(process: u32) -> Option<Self> {
        let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
        let number = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name))?;
            line.split_whitespace().next()?.parse().ok()
        };
        Some(ProcessUsage {
            descriptors: std::fs::read_dir(format!("/proc/{process}/fd")).ok()?.count(),
            threads: number("Threads:")?,
            memory_kib: number("VmRSS:")?,
        })
    }

    #[track_caller]
    fn check_that_nothing_leaked(&self, process: u32) {
        // The server closes a connection a moment after its client does.
        let mut after = ProcessUsage::of(process).unwrap();
        let released = eventually(|| {
            after = ProcessUsage::of(process).unwrap();
            (after.descriptors, after.threads) == (self.descriptors, self.threads)
        });
        println!("before: {self:?}; after: {after:?}");
        assert!(released, "before: {self:?}; after: {after:?}");
        assert!(after.memory_kib < self.memory_kib + MAX_GROWTH_KIB, "before: {self:?}; after: {after:?}");
    }
}

#[test]
fn connections_beyond_the_limit_of_file_descriptors_are_served_once_others_are_closed() {
    let sandbox = Sandbox::new();
    let mut command = std::process::Command::new("sh");
    command.args(["-c", r#"ulimit -n 24; exec "$DHUB" emulator start --json"#]);
    command.env_clear().envs(sandbox.environment()).env("DHUB", assert_cmd::cargo::cargo_bin!("dhub"));
    let emulator = EmulatorProcess::run(command);
    let address = emulator.address;
    thread::scope(|scope| {
        for _ in 0..40 {
            scope.spawn(move || {
                let mut connection = Connection::to(address);
                connection.send(&get("/user")).unwrap();
                thread::sleep(std::time::Duration::from_millis(200));
                assert_eq!(connection.read_response().unwrap().status, 200);
            });
        }
    });
    emulator.running.signal(Signal::TERM);
    let ended = emulator.running.finish();
    assert!(ended.signal == Some(15) && !ended.err.contains("panicked"), "{ended:?}");
}
