//! Nothing that changes something is sent twice, unless the service throttled it, and then not too early.

use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use super::{INSTANT, Service, list};
use crate::support::Reply;
use crate::support::responses::exists;

const COMMANDS: [&str; 2] = ["db create - --public", "db fork - --owner taylor --wait"];

fn throttled(seconds: u32) -> Reply {
    let body = r#"{"status":"Error","message":"Too many requests"}"#.to_owned();
    Reply::Full(429, format!("retry-after: {seconds}\r\n"), "application/json", body)
}

#[test]
fn only_what_was_throttled_is_sent_again() {
    for command in COMMANDS {
        let service = Service::start(INSTANT, |request, name, before| match (&*request.method, name) {
            ("POST", "x001") => Some(Reply::Close),
            ("POST", "x002") => Some(Reply::refusal(500, "boom")),
            ("POST", "x003") => Some(Reply::html(502, "<h1>Bad Gateway</h1>")),
            ("POST", "x004") => Some(Reply::html(504, "<h1>Gateway Timeout</h1>")),
            ("POST", "x005") if before < 3 => Some(throttled(0)),
            ("POST", "x006") => Some(Reply::refusal(400, "no such repository")),
            ("POST", "x007") => Some(Reply::html(503, "<h1>Service Unavailable</h1>")),
            _ => None,
        });
        let run = service.sandbox().run_with_stdin(command, &list("dolthub", 10)).exits(7);
        for (name, posts) in (1..=10).map(|number| (format!("x{number:03}"), if number == 5 { 4 } else { 1 }))
        {
            assert_eq!(service.posts_for(&name), posts, "{command} {name}: {run:?}");
        }
        assert_eq!(run.out.lines().count(), 4, "{run:?}");
        let done = if command.contains("create") { "created" } else { "forked" };
        assert!(run.err.contains(&format!("\nnote: 4 {done}, 6 failed\n")), "{run:?}");
    }
}

#[test]
fn no_worker_sends_anything_before_retry_after_has_passed() {
    thread::scope(|scope| {
        for command in COMMANDS {
            scope.spawn(move || {
                let reported: Arc<Mutex<Option<Instant>>> = Arc::default();
                let log = reported.clone();
                let service = Service::start(INSTANT, move |request, name, before| {
                    match (&*request.method, name) {
                        // The other request is in transit until this one is throttled, and longer.
                        ("POST", "x001") if before == 0 => {
                            thread::sleep(Duration::from_millis(300));
                            *log.lock().unwrap() = Some(Instant::now());
                            return Some(throttled(1));
                        }
                        ("POST", "x002") => thread::sleep(Duration::from_millis(600)),
                        _ => {}
                    }
                    None
                });
                let args = format!("{command} -j 2");
                service.sandbox().run_with_stdin(&args, &list("dolthub", 6)).exits(0);
                let allowed = reported.lock().unwrap().unwrap() + Duration::from_secs(1);
                let posts = service.posts();
                assert_eq!(posts.len(), 7, "{args}");
                assert_eq!(posts.iter().filter(|(at, _)| *at >= allowed).count(), 5, "{args}: {posts:?}");
                assert_eq!(service.posts_for("x001"), 2, "{args}");
            });
        }
    });
}

#[test]
fn a_throttled_lookup_is_repeated() {
    for (command, lookups) in [("create - --public", 2), ("fork - --owner taylor", 1)] {
        let requests: Mutex<usize> = Mutex::new(0);
        let service = Service::start(INSTANT, move |request, name, _| {
            if request.method == "POST" {
                return Some(Reply::refusal(400, "already exists"));
            }
            let mut requests = requests.lock().unwrap();
            *requests += 1;
            let owner = request.target.split('/').rev().nth(2).unwrap().to_owned();
            Some(if *requests <= 2 {
                throttled(0)
            } else {
                exists(&format!("{owner}/{name}"), &format!("dolthub/{name}"))
            })
        });
        let args = format!("db {command} --if-not-exists");
        let run = service.sandbox().run_with_stdin(&args, &list("dolthub", 4)).exits(0);
        assert!(run.err.contains("note: 4 already existed\n"), "{run:?}");
        assert_eq!((service.posts().len(), service.server.count("GET")), (4, 4 * lookups + 2), "{args}");
    }
}

#[test]
fn no_worker_looks_up_anything_before_retry_after_has_passed() {
    let reported: Arc<Mutex<Option<Instant>>> = Arc::default();
    let lookups: Arc<Mutex<Vec<Instant>>> = Arc::default();
    let (reported_log, lookups_log) = (reported.clone(), lookups.clone());
    let service = Service::start(INSTANT, move |request, name, before| match (&*request.method, name) {
        ("POST", "x001") if before == 0 => {
            thread::sleep(Duration::from_millis(300));
            *reported_log.lock().unwrap() = Some(Instant::now());
            Some(throttled(1))
        }
        ("POST", "x002") => {
            thread::sleep(Duration::from_millis(600));
            Some(Reply::refusal(400, "already exists"))
        }
        ("GET", "x002") => {
            lookups_log.lock().unwrap().push(Instant::now());
            Some(exists("taylor/x002", "dolthub/x002"))
        }
        _ => None,
    });
    let args = "db fork - --owner taylor --if-not-exists -j 2";
    service.sandbox().run_with_stdin(args, &list("dolthub", 3)).exits(0);
    let allowed = reported.lock().unwrap().unwrap() + Duration::from_secs(1);
    let lookups = lookups.lock().unwrap();
    assert_eq!(lookups.len(), 1);
    assert!(lookups[0] >= allowed, "a lookup came {:?} too early", allowed - lookups[0]);
}

#[test]
fn throttled_polls_are_repeated() {
    for wait in ["", "--wait"] {
        let requests = Mutex::new(0);
        let service = Service::start(INSTANT, move |_, _, _| {
            let mut requests = requests.lock().unwrap();
            *requests += 1;
            (*requests <= 2).then(|| throttled(0))
        });
        let args = format!("db fork-status - {wait}");
        let run = service.sandbox().run_with_stdin(&args, &list("operations", 4)).exits(0);
        assert_eq!((run.out.lines().count(), service.server.count("GET")), (4, 6), "{run:?}");
    }
}
