//! 10,000 requests from 64 connections, with garbage among them: every answer is right, what was acknowledged is
//! there once, and nothing leaks.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::thread;
use std::time::Instant;

use rustix::process::Signal;

use super::client::{self, CONTESTED, Known, contested_name, contested_parent};
use super::http::{Connection, get, get_anonymously, post};
use super::{Database, Emulated, Fork, NO_SUCH, events, listed};
use crate::support::Sandbox;
use crate::support::running::eventually;

const CLIENTS: usize = 64;
const THINGS: usize = 160;

#[test]
fn ten_thousand_requests_with_garbage_among_them_are_answered_right_and_leave_nothing_behind() {
    let started = Instant::now();
    let sandbox = Sandbox::new();
    let state = sandbox.home().join("state");
    let emulated = Emulated::start(&sandbox, &state, "20ms");
    let before = Held::by(emulated.running.id());
    let mut connection = Connection::to(emulated.address);
    for number in 0..CONTESTED {
        let body = contested_parent(number).create_body("");
        assert_eq!(connection.ask(&post("/database", &body)).unwrap().status, 200);
    }

    drop(connection);
    let address = emulated.address;
    let known = thread::scope(|scope| {
        let clients: Vec<_> =
            (0..CLIENTS).map(|number| scope.spawn(move || client::run(address, number, THINGS))).collect();
        clients.into_iter().map(|client| client.join().unwrap()).fold(Known::default(), both)
    });
    let (answered, garbage) = (known.answered, known.garbage);
    assert!(answered + garbage >= 10_000, "{answered} + {garbage}");
    assert!(garbage >= 2_000, "{garbage}");

    let expected = Expected::of(known);
    let survey = expected.survey(&emulated);
    expected.check_state_file(&state);
    assert!(survey.len() > 2_000, "{}", survey.len());
    if let Some(before) = before {
        before.check_that_nothing_leaked(emulated.running.id());
    }
    emulated.running.signal(Signal::TERM);
    let ended = emulated.running.finish();
    assert_eq!(ended.signal, Some(15), "{ended:?}");
    let [note, end] = ended.err.lines().collect::<Vec<_>>()[..] else { panic!("{ended:?}") };
    assert!(note.starts_with("note: ") && end.contains("terminated"), "{ended:?}");

    // And all of it outlives the process.
    let again = Emulated::start(&sandbox, &state, "1h");
    assert!(expected.survey(&again) == survey, "something is answered otherwise after a restart");
    println!(
        "{answered} requests and {garbage} pieces of garbage from {CLIENTS} connections, {:?}",
        started.elapsed()
    );
}

fn both(mut one: Known, other: Known) -> Known {
    one.created.extend(other.created);
    one.forks.extend(other.forks);
    one.perhaps.extend(other.perhaps);
    one.never.extend(other.never);
    one.answered += other.answered;
    one.garbage += other.garbage;
    one
}

/// What has to be there in the end.
struct Expected {
    known: Known,
    /// The owners of each root's forks, in no order.
    forks: HashMap<Database, HashSet<String>>,
}

impl Expected {
    #[track_caller]
    fn of(mut known: Known) -> Self {
        let wanted: HashSet<_> = (0..CONTESTED).map(contested_name).collect();
        let won = known.created.iter().filter(|created| wanted.contains(*created)).count();
        assert_eq!(won, CONTESTED, "each name is won by one client");
        known.created.extend((0..CONTESTED).map(contested_parent));
        let distinct: HashSet<_> = known.created.iter().collect();
        assert_eq!(distinct.len(), known.created.len(), "something was created twice");
        let operations: HashSet<_> = known.forks.iter().map(|fork| &fork.operation).collect();
        assert_eq!(operations.len(), known.forks.len(), "two forks are one operation");

        let mut forks: HashMap<Database, HashSet<String>> = HashMap::new();
        for Fork { of, to, .. } in &known.forks {
            assert!(
                forks.entry(of.clone()).or_default().insert(to.clone()),
                "{of:?} was forked twice to {to}"
            );
        }
        for number in 0..CONTESTED {
            assert_eq!(forks[&contested_parent(number)].len(), 1, "each is forked by one client");
        }
        Expected { known, forks }
    }

    /// Looks at everything there can be, and returns every answer.
    fn survey(&self, emulated: &Emulated) -> Vec<(u16, Vec<u8>)> {
        let mut connection = Connection::to(emulated.address);
        let mut answers = Vec::new();
        for fork in &self.known.forks {
            let mut last = None;
            assert!(eventually(|| {
                let answer = connection.ask(&get(&fork.path())).unwrap();
                let json = answer.json();
                last = Some((answer.status, answer.body));
                let there = (&json["status"], &json["database_owner"])
                    == (&"Success".into(), &fork.to.as_str().into());
                json["done"] == true && there
            }));
            answers.extend(last);
        }
        let mut ask = |request: Vec<u8>| {
            let answer = connection.ask(&request).unwrap();
            let told = (answer.status, answer.json());
            answers.push((answer.status, answer.body));
            told
        };
        let none = HashSet::new();
        for database in &self.known.created {
            let forks = self.forks.get(database).unwrap_or(&none);
            let (status, answer) = ask(get(&database.path()));
            let list: Vec<&str> = answer["forks"]
                .as_array()
                .unwrap()
                .iter()
                .map(|fork| fork["database_owner"].as_str().unwrap())
                .collect();
            assert_eq!(
                (list.len(), &list.iter().map(|&owner| owner.to_owned()).collect()),
                (forks.len(), forks)
            );
            assert_eq!((status, &answer), (200, &listed(&database.owner, database, &list)));
            for owner in &list {
                let fork = Database { owner: (*owner).to_owned(), ..database.clone() };
                assert_eq!(ask(get(&fork.path())), (200, listed(owner, database, &list)));
            }
            let (status, answer) = ask(get_anonymously(&database.path()));
            let hidden = (status, answer["message"].as_str()) == (400, Some(NO_SUCH));
            assert!(if database.private { hidden } else { status == 200 }, "{database:?}: {answer}");
        }
        for database in &self.known.perhaps {
            let (status, answer) = ask(get(&database.path()));
            let there = (status, &answer) == (200, &listed(&database.owner, database, &[]));
            assert!(
                there || (status, answer["message"].as_str()) == (400, Some(NO_SUCH)),
                "{database:?}: {answer}"
            );
        }
        for database in &self.known.never {
            assert_eq!(ask(get(&database.path())).0, 400, "{database:?} came from garbage");
        }
        answers
    }

    /// What was acknowledged is in the state file once, and nothing else is, but for what perhaps happened.
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
        assert_eq!(forked.len(), self.known.forks.len());
        assert!(self.known.forks.iter().all(|fork| forked.contains_key(&fork.operation)));
        for database in &self.known.created {
            assert!(
                created.remove(&(database.owner.clone(), database.name.clone())).is_some(),
                "{database:?}"
            );
        }
        let perhaps: HashSet<_> =
            self.known.perhaps.iter().map(|perhaps| (perhaps.owner.clone(), perhaps.name.clone())).collect();
        assert!(created.keys().all(|left| perhaps.contains(left)), "{created:?}");
    }
}

/// What a process holds, where the system tells (Linux).
#[derive(Debug)]
struct Held {
    descriptors: usize,
    threads: usize,
    memory_kib: usize,
}

/// Four times what the state itself and the buffers were measured to take, and a small part of what was sent: a body
/// that is kept shows.
const MOST_GROWTH_KIB: usize = 32 * 1024;

impl Held {
    fn by(process: u32) -> Option<Self> {
        let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
        let number = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name))?;
            line.split_whitespace().next()?.parse().ok()
        };
        Some(Held {
            descriptors: std::fs::read_dir(format!("/proc/{process}/fd")).ok()?.count(),
            threads: number("Threads:")?,
            memory_kib: number("VmRSS:")?,
        })
    }

    #[track_caller]
    fn check_that_nothing_leaked(&self, process: u32) {
        // A connection is closed a moment after its client has gone.
        let mut after = Held::by(process).unwrap();
        let back = eventually(|| {
            after = Held::by(process).unwrap();
            (after.descriptors, after.threads) == (self.descriptors, self.threads)
        });
        println!("before: {self:?}; after: {after:?}");
        assert!(back, "before: {self:?}; after: {after:?}");
        assert!(after.memory_kib < self.memory_kib + MOST_GROWTH_KIB, "before: {self:?}; after: {after:?}");
    }
}

#[test]
fn connections_beyond_its_file_descriptors_are_answered_once_others_are_closed() {
    let sandbox = Sandbox::new();
    let mut command = std::process::Command::new("sh");
    command.args(["-c", r#"ulimit -n 24; exec "$DHUB" emulator start --json"#]);
    command.env_clear().envs(sandbox.environment()).env("DHUB", assert_cmd::cargo::cargo_bin!("dhub"));
    let emulated = Emulated::run(command);
    let address = emulated.address;
    thread::scope(|scope| {
        for _ in 0..40 {
            scope.spawn(move || {
                let mut connection = Connection::to(address);
                connection.send(&get("/user")).unwrap();
                thread::sleep(std::time::Duration::from_millis(200));
                assert_eq!(connection.answer().unwrap().status, 200);
            });
        }
    });
    emulated.running.signal(Signal::TERM);
    let ended = emulated.running.finish();
    assert!(ended.signal == Some(15) && !ended.err.contains("panicked"), "{ended:?}");
}
