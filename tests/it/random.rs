//! Whatever the response: an error and a documented exit code, never a panic, never a hang.

mod checks;
mod responses;

use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use serde_json::json;

use crate::support::{Recorded, Reply, Sandbox, Server};
use checks::violation;
use responses::{Response, hostile_text, response};

/// The number of random responses in place of each documented one.
const RESPONSES: u32 = 200;
/// Far above every time limit that dhub is given here; a machine may be slow.
const HANG: Duration = Duration::from_secs(10);

/// One endpoint as one command uses it.
#[derive(Clone, Copy)]
pub struct Use {
    /// The command, without the options that every run gets.
    args: &'static str,
    method: &'static str,
    path: &'static str,
    /// The keys of the command's document.
    keys: &'static [&'static str],
    /// Whether there is a document whatever happens.
    always_one: bool,
    /// Whether it polls until its timeout; else a second request gets a plain refusal, so that retries end soon.
    polls_on: bool,
}

const FORK_KEYS: &[&str] = &["fork", "message", "operation", "owner", "parent", "state"];

const CREATE: Use = Use {
    args: "db create dolthub/museum-collections --public",
    method: "POST",
    path: "/database",
    keys: &["clone_url", "created", "description", "name", "owner", "url", "visibility"],
    always_one: false,
    polls_on: false,
};
const FORK: Use = Use {
    args: "db fork dolthub/museum-collections --owner taylor",
    method: "POST",
    path: "/fork",
    keys: FORK_KEYS,
    always_one: false,
    polls_on: false,
};
const FORK_WAIT: Use = Use {
    args: "db fork dolthub/museum-collections --owner taylor --wait --timeout 300ms",
    method: "GET",
    path: "/fork?",
    keys: FORK_KEYS,
    always_one: true,
    polls_on: true,
};
const FORK_STATUS: Use = Use {
    args: "db fork-status operations/b09a9221",
    method: "GET",
    path: "/fork?",
    keys: FORK_KEYS,
    always_one: false,
    polls_on: false,
};
const FORKS: Use = Use {
    args: "db forks dolthub/museum-collections",
    method: "GET",
    path: "/dolthub/museum-collections/forks",
    keys: &["clone_url", "fork_network_count", "forks", "name", "owner", "parent", "root", "url"],
    always_one: false,
    polls_on: false,
};
const VIEW: Use = Use {
    args: "db view dolthub/museum-collections",
    keys: &[
        "clone_url",
        "fork_network_count",
        "last_write_at",
        "name",
        "owner",
        "parent",
        "root",
        "size_bytes",
        "stars",
        "url",
        "visibility",
    ],
    ..FORKS
};
const USER: Use = Use {
    args: "auth status",
    method: "GET",
    path: "/user",
    keys: &["api", "apis", "host", "token_source", "user", "works"],
    always_one: true,
    polls_on: false,
};

/// The contract's example for an endpoint.
fn documented(method: &str, path: &str) -> serde_json::Value {
    match (method, path) {
        ("POST", "/database") => json!({"status": "Success", "description": "Records from museums.",
            "repository_owner": "dolthub", "repository_name": "museum-collections", "visibility": "public"}),
        ("POST", _) => json!({"status": "Success", "parent_owner": "dolthub",
            "parent_database": "museum-collections", "forked_owner": "taylor",
            "operation_name": "operations/b09a9221"}),
        ("GET", "/user") => json!({"status": "Success", "username": "taylor", "display_name": "Taylor",
            "email_addresses": [{"address": "t@example.com", "is_primary": true, "is_verified": true}]}),
        ("GET", path) if path.starts_with("/fork?") => json!({"status": "Success", "done": true,
            "operation_name": "operations/jobs/b09a9221", "database_owner": "taylor",
            "database_name": "museum-collections", "message": null}),
        _ => json!({"status": "Success", "database_owner": "dolthub", "database_name": "museum-collections",
            "forks": [{"database_owner": "anotherOrg", "database_name": "museum-collections"}],
            "parent_owner": "", "parent_database_name": "", "network_root_owner": "dolthub",
            "network_root_database_name": "museum-collections", "fork_network_count": 3}),
    }
}

/// One run: the random response, and its surroundings.
#[derive(Clone, Debug)]
struct Case {
    response: Response,
    /// Whether the other endpoints send this response too.
    everywhere: bool,
    if_not_exists: bool,
}

impl Case {
    /// The response; `before` is how many requests of this method the case has had.
    fn reply(&self, random: Use, request: &Recorded, before: usize) -> Reply {
        let path = request.target.trim_start_matches("/api/v1alpha1");
        if request.method == random.method && (self.everywhere || path.starts_with(random.path)) {
            match before {
                0 => Reply::Bytes(self.response.0.clone()),
                _ if random.polls_on => Reply::Bytes(self.response.0.clone()),
                _ => Reply::refusal(400, "enough"),
            }
        } else {
            Reply::Json(200, documented(&request.method, path).to_string())
        }
    }
}

/// The current case, and the methods of its requests.
type Received = (Case, Vec<String>);

fn case(random: Use) -> impl Strategy<Value = Case> {
    let response = response(documented(random.method, random.path));
    (response, any::<bool>(), any::<bool>()).prop_map(|(response, everywhere, if_not_exists)| Case {
        response,
        everywhere,
        if_not_exists,
    })
}

/// Runs a property on several threads, so many cases in all. A failure shows the smallest case found.
fn hold<S: Strategy>(
    threads: u32,
    cases: u32,
    strategy: impl Fn() -> S + Sync,
    property: impl Fn() -> Box<dyn Fn(S::Value) -> Result<(), TestCaseError>> + Sync,
) {
    let config = Config {
        cases: cases.div_ceil(threads),
        failure_persistence: None,
        max_shrink_iters: 200,
        ..Config::default()
    };
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let property = property();
                let outcome = TestRunner::new(config.clone()).run(&strategy(), &property);
                outcome.unwrap_or_else(|error| panic!("{error}"));
            });
        }
    });
}

/// The whole contract of one command under random responses.
fn survives(random: Use, threads: u32) {
    hold(
        threads,
        RESPONSES,
        || case(random),
        || {
            let current: Arc<Mutex<Option<Received>>> = Arc::default();
            let responding_with = current.clone();
            let server = Server::start(move |request, _| match &mut *responding_with.lock().unwrap() {
                Some((case, requests)) => {
                    let before = requests.iter().filter(|method| **method == request.method).count();
                    requests.push(request.method.clone());
                    case.reply(random, request, before)
                }
                None => Reply::Close,
            });
            let sandbox = Sandbox::at(server.url());
            Box::new(move |case| {
                let requests_before = server.count(random.method);
                let option =
                    if case.if_not_exists && random.method == "POST" { " --if-not-exists" } else { "" };
                *current.lock().unwrap() = Some((case, Vec::new()));
                let started = Instant::now();
                let run = sandbox.run(&format!("{} --json --request-timeout 1s{option}", random.args));
                let took = started.elapsed();
                prop_assert!(took < HANG, "it took {took:?}: {run:?}");
                prop_assert!(server.count(random.method) > requests_before, "nothing was requested: {run:?}");
                match violation(random, &run) {
                    Some(violation) => Err(TestCaseError::fail(format!("{violation}: {run:?}"))),
                    None => Ok(()),
                }
            })
        },
    );
}

#[test]
fn create_survives_any_response() {
    survives(CREATE, 8);
}

#[test]
fn fork_survives_any_response() {
    survives(FORK, 8);
}

#[test]
fn a_wait_survives_any_response_or_ends_at_its_timeout() {
    survives(FORK_WAIT, 16);
}

#[test]
fn fork_status_survives_any_response() {
    survives(FORK_STATUS, 8);
}

#[test]
fn forks_survives_any_response() {
    survives(FORKS, 8);
}

#[test]
fn view_survives_any_response() {
    survives(VIEW, 8);
}

#[test]
fn auth_status_survives_any_response() {
    survives(USER, 8);
}

#[test]
fn no_name_in_a_fork_list_makes_a_new_field_or_line() {
    let name = || prop_oneof![hostile_text(), any::<String>(), "[a-z-]{1,9}"];
    let names = || prop::collection::vec((name(), name()), 0..5);
    hold(2, 50, names, || {
        let current: Arc<Mutex<String>> = Arc::default();
        let responding_with = current.clone();
        let server = Server::start(move |_, _| Reply::Json(200, responding_with.lock().unwrap().clone()));
        let sandbox = Sandbox::at(server.url());
        Box::new(move |names: Vec<(String, String)>| {
            let forks: Vec<_> = names
                .iter()
                .map(|(owner, name)| json!({"database_owner": owner, "database_name": name}))
                .collect();
            *current.lock().unwrap() = json!({"status": "Success", "forks": forks}).to_string();
            let run = sandbox.run("db forks dolthub/museum-collections");
            prop_assert_eq!(run.code, Some(0), "{:?}", &run);
            prop_assert!(run.out.is_empty() || run.out.ends_with('\n'), "{run:?}");
            let lines: Vec<&str> = run.out.split_terminator(breaks_a_line).collect();
            prop_assert_eq!(lines.len(), names.len(), "{:?}", &run);
            for (line, (owner, name)) in lines.iter().zip(&names) {
                let fields: Vec<&str> = line.split('\t').collect();
                prop_assert_eq!(fields.len(), 2, "{:?}", &run);
                let page = [server.url(), "repositories", &encoded(owner), &encoded(name)].join("/");
                prop_assert_eq!(fields[1], page);
                let harmless = |text: &str| text.chars().all(|c| c.is_ascii_graphic());
                if harmless(owner) && harmless(name) {
                    prop_assert_eq!(fields[0], format!("{owner}/{name}"));
                }
            }
            prop_assert!(!run.out.chars().any(checks::touches_a_terminal), "{run:?}");
            Ok(())
        })
    });
}

#[test]
fn a_refusal_without_a_message_gets_a_fallback_message() {
    for (status, body) in [
        (400, r#"{"status":"Error","message":""}"#),
        (400, r#"{"status":""}"#),
        (200, r#"{"status":"Error","message":""}"#),
        (403, r#"{"message":""}"#),
        (500, r#"{"status":"Error","message":""}"#),
    ] {
        let server = Server::always(Reply::Json(status, body.to_owned()));
        let run = Sandbox::at(server.url()).run("db forks dolthub/museum-collections --json");
        assert_eq!(violation(FORKS, &run), None, "{status} {body}: {run:?}");
    }
}

/// Everything that any program treats as the end of a line.
fn breaks_a_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Percent-encoded but for what RFC 3986 leaves unreserved.
fn encoded(text: &str) -> String {
    let encode = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(encode).collect()
}
