//! Requests in a row, which are what a person waits for: the service takes the better part of a second for one. What is
//! counted is how many were in flight, not how long anything took.

use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use crate::support::responses::{exists, not_found};
use crate::support::{Recorded, Reply, Sandbox, Server};

/// Counts requests in flight.
#[derive(Default)]
struct InFlight {
    count: Mutex<Count>,
    changed: Condvar,
}

#[derive(Clone, Copy, Default)]
struct Count {
    now: usize,
    most: usize,
}

impl InFlight {
    /// Begins one, and waits until there were so many, at most that long. Returns how many there are.
    fn begin(&self, wanted: usize, wait: Duration) -> usize {
        let mut count = self.count.lock().unwrap();
        count.now += 1;
        count.most = count.most.max(count.now);
        self.changed.notify_all();
        let wanted_more = |count: &mut Count| count.most < wanted;
        self.changed.wait_timeout_while(count, wait, wanted_more).unwrap().0.now
    }

    fn end(&self) {
        self.count.lock().unwrap().now -= 1;
    }

    fn most(&self) -> usize {
        self.count.lock().unwrap().most
    }
}

/// A server on which `respond` is asked once so many lookups are in flight, or after that long. The second is how many there
/// were at most.
fn meeting(
    wanted: usize,
    wait: Duration,
    respond: impl Fn(&Recorded) -> Reply + Send + Sync + 'static,
) -> (Server, Arc<InFlight>) {
    let lookups = Arc::new(InFlight::default());
    let counted = lookups.clone();
    let server = Server::start(move |request, _| {
        if !request.target.ends_with("/forks") {
            return respond(request);
        }
        counted.begin(wanted, wait);
        let reply = respond(request);
        counted.end();
        reply
    });
    (server, lookups)
}

/// The database `dolthub/x` of a certain visibility, which is there already.
fn existing(visibility: &'static str) -> impl Fn(&Recorded) -> Reply + Send + Sync + 'static {
    move |request| match request.method.as_str() {
        "POST" => Reply::refusal(400, "database dolthub/x already exists"),
        _ if request.target.ends_with("/user") => {
            Reply::Json(200, r#"{"status":"Success","username":"dolthub"}"#.to_owned())
        }
        _ if visibility == "private" && request.header("authorization").is_none() => not_found(),
        _ => exists("dolthub/x", ""),
    }
}

/// Longer than a busy machine takes to send a request.
const LONG: Duration = Duration::from_secs(10);

#[test]
fn a_database_that_exists_is_looked_up_with_and_without_the_token_at_the_same_time() {
    for visibility in ["public", "private"] {
        for name in ["dolthub/x", "x"] {
            let (server, lookups) = meeting(2, LONG, existing(visibility));
            let create = format!("db create {name} --{visibility} --if-not-exists");
            let run = Sandbox::at(server.url()).run(&create).exits(0);
            assert!(run.out.starts_with("dolthub/x\t"), "{run:?}");
            assert_eq!(lookups.most(), 2, "{create}");
            let requests: Vec<String> = server
                .requests()
                .iter()
                .map(|request| format!("{} {}", request.method, request.target))
                .collect();
            // Before the change is sent, its owner is known; before it is refused, nothing is looked up.
            let first = if name == "x" {
                &["GET /api/v1alpha1/user", "POST /api/v1alpha1/database"][..]
            } else {
                &["POST /api/v1alpha1/database"]
            };
            assert_eq!(requests[..first.len()], *first);
            assert_eq!(requests.len(), first.len() + 2);
        }
    }
}

#[test]
fn one_request_at_a_time_is_one() {
    let (server, lookups) = meeting(2, Duration::from_millis(100), existing("public"));
    Sandbox::at(server.url()).run("db create dolthub/x --public --if-not-exists -j 1").exits(0);
    assert_eq!((lookups.most(), server.requests().len()), (1, 3));
}

#[test]
fn a_lone_lookup_that_fails_is_not_repeated_for_minutes_because_there_was_another() {
    let server = Server::start(|request, _| match request.method.as_str() {
        "POST" => Reply::refusal(400, "database dolthub/x already exists"),
        _ => Reply::html(503, "<h1>503</h1>"),
    });
    let run = Sandbox::at(server.url()).run("db create dolthub/x --public --if-not-exists").exits(5);
    assert!(run.err.contains("looking it up failed: "), "{run:?}");
    assert_eq!(server.count("GET"), 8, "four attempts each");
}

#[test]
fn many_that_exist_are_never_more_requests_than_were_asked_for() {
    let (server, lookups) =
        meeting(usize::MAX, Duration::from_millis(20), |request| match request.method.as_str() {
            "POST" => Reply::refusal(400, "that already exists"),
            _ => exists(request.target.trim_start_matches("/api/v1alpha1/").trim_end_matches("/forks"), ""),
        });
    let names: String = (0..12).map(|number| format!(" dolthub/x{number}")).collect();
    let run =
        Sandbox::at(server.url()).run(&format!("db create --public --if-not-exists -j 3{names}")).exits(0);
    assert_eq!(run.out.lines().count(), 12);
    assert_eq!((lookups.most(), server.requests().len()), (3, 36));
}

/// A service of taylor's that refuses a fork of `dolthub/x`, with these responses to the lookups, one after the other.
fn refusing(lookups: Vec<Reply>) -> impl Fn(&Recorded) -> Reply + Send + Sync + 'static {
    let lookups = Mutex::new(lookups.into_iter());
    move |request| match request.method.as_str() {
        "POST" => Reply::refusal(400, "taylor/x already exists"),
        _ if request.target.ends_with("/user") => {
            Reply::Json(200, r#"{"status":"Success","username":"taylor"}"#.to_owned())
        }
        _ => lookups.lock().unwrap().next().unwrap(),
    }
}

const FORK: &str = "db fork dolthub/x --if-not-exists --json";

#[test]
fn where_the_owner_was_asked_for_a_fork_that_exists_is_looked_up_beside_its_request() {
    let in_flight = Arc::new(InFlight::default());
    let (counted, respond) = (in_flight.clone(), refusing(vec![exists("taylor/x", "dolthub/x")]));
    let server = Server::start(move |request, before| {
        counted.begin(if before == 0 { 1 } else { 2 }, LONG);
        let reply = respond(request);
        counted.end();
        reply
    });
    let run = Sandbox::at(server.url()).run(FORK).exits(0);
    assert_eq!(run.document()["state"], "exists");
    assert_eq!((in_flight.most(), server.requests().len()), (2, 3));
    assert_eq!(server.requests()[0].target, "/api/v1alpha1/user");
}

#[test]
fn a_lookup_beside_a_fork_is_believed_only_where_it_finds_the_right_one() {
    let right = || exists("taylor/x", "dolthub/x");
    for (lookups, code) in [
        (vec![not_found(), right()], 0),
        (vec![Reply::refusal(500, "boom"), right()], 0),
        (vec![Reply::Close, right()], 0),
        (vec![exists("taylor/x", "other/x"), right()], 0),
        (vec![exists("taylor/x", "other/x"), exists("taylor/x", "other/x")], 5),
        (vec![not_found(), not_found()], 5),
    ] {
        let respond = refusing(lookups);
        let server = Server::start(move |request, _| respond(request));
        Sandbox::at(server.url()).run(FORK).exits(code);
        assert_eq!((server.count("POST"), server.count("GET")), (1, 3));
    }
}

#[test]
fn a_fork_that_is_accepted_waits_for_no_lookup() {
    let server = Server::start(|request, _| match request.method.as_str() {
        "POST" => Reply::Json(
            200,
            r#"{"status":"Success","parent_owner":"dolthub","parent_database":"x","forked_owner":"taylor",
                "operation_name":"operations/x"}"#
                .to_owned(),
        ),
        _ if request.target.ends_with("/user") => {
            Reply::Json(200, r#"{"status":"Success","username":"taylor"}"#.to_owned())
        }
        _ => Reply::Silence(2 * LONG),
    });
    let begun = Instant::now();
    let run = Sandbox::at(server.url()).run(FORK).exits(0);
    assert_eq!(run.document()["operation"], "operations/x");
    assert!(begun.elapsed() < LONG);
}

/// A tree of so many members, walked with these options, on a server that takes so many requests at a time. Each waits that
/// long for so many others, once. Returns the most requests in flight, and how many were throttled of how many.
fn walk(
    members: usize,
    takes: usize,
    (wanted, wait): (usize, Duration),
    options: &str,
) -> (usize, usize, usize) {
    let in_flight = Arc::new(InFlight::default());
    let throttled = Arc::new(Mutex::new(0));
    let (counted, refused) = (in_flight.clone(), throttled.clone());
    let server = Server::start(move |request, _| {
        let is_throttled = counted.begin(wanted, wait) > takes;
        let owner = request.target.split('/').nth(3).unwrap_or_default();
        let number: usize = owner.trim_start_matches('m').parse().unwrap_or(0);
        let reply = if is_throttled {
            *refused.lock().unwrap() += 1;
            Reply::Full(429, "retry-after: 0\r\n".to_owned(), "application/json", "{}".to_owned())
        } else {
            member(number, members)
        };
        counted.end();
        reply
    });
    let run = Sandbox::at(server.url()).run(&format!("db forks m0/x --tree {options}")).exits(0);
    assert_eq!((run.out.lines().count(), &*run.err), (members, ""));
    let throttled = *throttled.lock().unwrap();
    (in_flight.most(), throttled, server.requests().len())
}

fn member(number: usize, members: usize) -> Reply {
    let forks: Vec<_> = (1..members)
        .filter(|_| number == 0)
        .map(|fork| serde_json::json!({"database_owner": format!("m{fork}"), "database_name": "x"}))
        .collect();
    let parent = if number == 0 { ("", "") } else { ("m0", "x") };
    let response = serde_json::json!({
        "status": "Success", "database_owner": format!("m{number}"), "database_name": "x", "forks": forks,
        "parent_owner": parent.0, "parent_database_name": parent.1, "network_root_owner": "m0",
        "network_root_database_name": "x", "fork_network_count": members - 1,
    });
    Reply::Json(200, response.to_string())
}

#[test]
fn reads_grow_to_32_at_a_time_where_the_service_does_not_throttle_and_a_number_is_kept() {
    let (most, _, requests) = walk(500, usize::MAX, (32, Duration::from_millis(100)), "");
    assert_eq!((most, requests), (32, 500));
    for jobs in [1, 3, 16] {
        let (most, _, requests) =
            walk(60, usize::MAX, (jobs + 1, Duration::from_millis(20)), &format!("-j {jobs}"));
        assert_eq!((most, requests), (jobs, 60));
    }
}

#[test]
fn where_the_service_throttles_beyond_10_at_a_time_few_requests_are_throttled() {
    let (most, throttled, requests) = walk(400, 10, (usize::MAX, Duration::from_millis(15)), "");
    assert!(throttled * 20 <= requests, "{throttled} of {requests}");
    // On a busy machine some are on their way already.
    assert!(most < 24, "{most}");
}
