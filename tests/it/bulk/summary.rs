//! At the end: the counts, and the command that retries exactly the failed ones.

use std::thread;
use std::time::Duration;

use dhub::emulator::{Emulator, Options};
use serde_json::json;

use super::{INSTANT, Service, after, documents, first_fields, list, paste, sorted};
use crate::support::{Reply, Sandbox, Server};

const AGAIN: &str = "note: to retry the failed ones: ";

fn emulated(fork_delay: Duration) -> (Sandbox, Emulator) {
    Sandbox::emulated(Options { fork_delay, ..Options::default() })
}

/// Refuses these the first time.
fn refuses(names: &'static [&'static str]) -> Service {
    Service::start(INSTANT, move |request, name, before| {
        let refused = request.method == "POST" && names.contains(&name) && before == 0;
        refused.then(|| Reply::refusal(400, "not today"))
    })
}

#[test]
fn a_failed_fork_stops_no_other_and_the_printed_command_retries_it() {
    let (sandbox, _emulator) = emulated(Duration::from_millis(200));
    sandbox.run("db create dolthub/one dolthub/two dolthub/three --public").exits(0);
    sandbox.run("db fork dolthub/three --owner taylor --wait").exits(0);
    let args = "db fork dolthub/one dolthub/missing dolthub/three dolthub/two \
                 --owner taylor --wait --if-not-exists -j 1";
    let run = sandbox.run(args).exits(3);
    assert_eq!(first_fields(&run.out), ["taylor/one", "taylor/three", "taylor/two"]);
    assert!(run.err.contains("\nnote: 2 forked, 1 already existed, 1 failed\n"), "{run:?}");
    assert_eq!(run.err.matches("error: ").count(), 1, "{run:?}");
    let again = after(&run.err, AGAIN);
    assert!(again.starts_with("dhub db fork ") && again.ends_with(" dolthub/missing"), "{again}");

    sandbox.run("db create dolthub/missing --public").exits(0);
    let ended = paste(&sandbox, again);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(first_fields(&ended.out), ["taylor/missing"]);
}

#[test]
fn a_failed_create_stops_no_other_and_the_printed_command_retries_it() {
    let (sandbox, _emulator) = emulated(INSTANT);
    sandbox.run("db create dolthub/two dolthub/three --public").exits(0);
    let args = "db create dolthub/one dolthub/two stranger/four dolthub/five --public --if-not-exists";
    let run = sandbox.run(args);
    assert!(run.code > Some(0), "{run:?}");
    assert_eq!(first_fields(&run.out), ["dolthub/five", "dolthub/one", "dolthub/two"]);
    assert!(run.err.contains("\nnote: 2 created, 1 already existed, 1 failed\n"), "{run:?}");
    let again = after(&run.err, AGAIN);
    assert!(again.starts_with("dhub db create --public ") && again.ends_with(" stranger/four"), "{again}");
}

#[test]
fn without_if_not_exists_an_existing_database_is_a_failure() {
    let (sandbox, _emulator) = emulated(INSTANT);
    sandbox.run("db create dolthub/one --public").exits(0);
    let run = sandbox.run("db create dolthub/two dolthub/one --public").exits(5);
    assert!(run.err.contains("note: 1 created, 1 failed\n"), "{run:?}");
}

#[test]
fn the_exit_code_is_that_of_the_first_argument_that_failed_and_not_of_the_first_failure() {
    let service = Service::start(INSTANT, |request, name, _| match (&*request.method, name) {
        ("POST", "x002") => {
            thread::sleep(Duration::from_millis(300));
            Some(Reply::refusal(403, "permission denied"))
        }
        ("POST", "x004") => Some(Reply::refusal(400, "no such repository")),
        _ => None,
    });
    let run = service.sandbox().run_with_stdin("db fork - --owner taylor", &list("dolthub", 5)).exits(4);
    let (first, second) = (run.err.find("no such repository"), run.err.find("permission denied"));
    assert!(first < second, "{run:?}");
    assert!(run.err.contains("note: 3 accepted, 2 failed\n"), "{run:?}");
}

/// Runs the command that is printed after a create with this description, and checks what it sends.
#[track_caller]
fn creates_again_with(description: &str) {
    let service = refuses(&["two", "three"]);
    let sandbox = service.sandbox();
    let flag = format!("--description={description}");
    let names = ["dolthub/one", "dolthub/two", "dolthub/three"];
    let run = sandbox.run_all([&["db", "create", "--private", &flag][..], &names].concat()).exits(1);
    let (_, again) = run.err.split_once(AGAIN).unwrap();
    let ended = paste(&sandbox, again);
    assert_eq!(ended.code, Some(0), "{again:?}: {ended:?}");
    assert_eq!(first_fields(&ended.out), ["dolthub/three", "dolthub/two"]);
    assert_eq!(service.posts().len(), 5);
    for request in service.server.requests() {
        let body: serde_json::Value = serde_json::from_str(&request.body).unwrap();
        assert_eq!(body["description"], description, "{again:?}");
        assert_eq!(body["visibility"], "private");
    }
}

#[test]
fn a_description_with_spaces_and_quotes_survives_the_quoting() {
    for description in [r#"it's "quoted", costs $HOME, `x` \ and; more!"#, "", "*", "ä → b"] {
        creates_again_with(description);
    }
}

#[test]
fn a_description_that_looks_like_an_option_survives_the_quoting() {
    creates_again_with("-5 degrees");
    creates_again_with("--wait");
}

#[test]
fn a_description_of_two_lines_survives_the_quoting() {
    creates_again_with("two\nlines");
}

/// Runs the command that is printed after a fork of this database was refused, and checks what it sends.
#[track_caller]
fn forks_again(database: &str) {
    let (_, name) = database.split_once('/').unwrap();
    let service = Service::start(INSTANT, move |request, name, before| {
        let refused = request.method == "POST" && name != "fine" && before == 0;
        refused.then(|| Reply::refusal(400, "not today"))
    });
    let sandbox = service.sandbox();
    let run = sandbox.run_with_stdin("db fork - --owner taylor", &format!("dolthub/fine\n{database}\n"));
    let run = run.exits(1);
    let again = after(&run.err, AGAIN);
    let ended = paste(&sandbox, again);
    assert_eq!(ended.code, Some(0), "{again}: {ended:?}");
    assert_eq!((service.posts_for(name), service.posts_for("fine")), (2, 1), "{again}");
}

#[test]
fn a_database_with_shell_metacharacters_survives_the_quoting() {
    for name in ["it's", "a&b;c", "$HOME", "x*", "~", "`x`"] {
        forks_again(&format!("dolthub/{name}"));
    }
}

#[test]
fn a_database_that_looks_like_an_option_can_be_retried() {
    forks_again("-odd/x");
}

#[test]
fn the_printed_command_leads_to_the_same_host_with_the_same_settings() {
    let service = refuses(&["two"]);
    let bare = Sandbox::new();
    let host = service.server.url();
    let authority = host.trim_start_matches("http://");
    let config = bare.home().join("a config.toml");
    std::fs::write(&config, format!("[hosts.\"{authority}\"]\ntoken = \"x\"\n")).unwrap();
    let config = config.to_str().unwrap();
    let run = bare
        .run_all([
            "db", "fork", "a/one", "a/two", "--owner", "me", "--wait", "--host", host, "--config", config,
        ])
        .exits(1);
    let ended = paste(&bare, after(&run.err, AGAIN));
    assert_eq!((ended.code, ended.out.lines().count()), (Some(0), 1), "{ended:?}");
    assert_eq!((service.posts_for("one"), service.posts_for("two")), (1, 2));
}

#[test]
fn what_may_have_taken_effect_is_retried_with_if_not_exists() {
    for command in ["db create a/one a/two --public", "db fork a/one a/two --owner me --wait"] {
        let service = Service::start(INSTANT, |request, name, before| {
            (request.method == "POST" && name == "two" && before == 0).then_some(Reply::Close)
        });
        let sandbox = service.sandbox();
        let run = sandbox.run(command).exits(7);
        let again = after(&run.err, AGAIN);
        assert!(again.contains(" --if-not-exists ") && again.ends_with(" a/two"), "{again}");
        assert_eq!(paste(&sandbox, again).code, Some(0), "{again}");
        assert_eq!((service.posts_for("one"), service.posts_for("two")), (1, 2));
    }
}

#[test]
fn a_failed_fork_operation_is_retried() {
    let failed =
        || Reply::Json(200, json!({"status": "Error", "done": true, "message": "disk full"}).to_string());
    let service = Service::start(INSTANT, move |request, name, before| {
        (request.method == "GET" && name == "x002" && before < 2).then(failed)
    });
    let sandbox = service.sandbox();
    let run = sandbox.run_with_stdin("db fork - --owner taylor --wait", &list("dolthub", 3)).exits(1);
    assert!(run.err.contains("\nnote: 2 forked, 1 failed\n"), "{run:?}");
    let ended = paste(&sandbox, after(&run.err, AGAIN));
    assert_eq!(
        (ended.code, &*ended.out.replace(service.server.url(), "")),
        (Some(0), "taylor/x002\t/repositories/taylor/x002\n"),
        "{ended:?}"
    );
}

#[test]
fn a_failed_wait_can_be_resumed() {
    let service = Service::start(INSTANT, |_, name, _| {
        (name == "x002").then(|| Reply::refusal(400, "no such operation: not found"))
    });
    let run = service.sandbox().run_with_stdin("db fork-status - --wait", &list("operations", 3)).exits(3);
    assert!(run.err.contains("note: 2 done, 1 failed\n"), "{run:?}");
    let again = after(&run.err, AGAIN);
    assert!(again.starts_with("dhub db fork-status --wait"), "{again}");
    assert!(again.ends_with(" operations/x002"), "{again}");
}

#[test]
fn timed_out_forks_are_counted_separately_and_not_retried() {
    let (sandbox, _emulator) = emulated(Duration::from_secs(30));
    sandbox.run("db create dolthub/one dolthub/two --public").exits(0);
    let args = "db fork dolthub/one dolthub/missing dolthub/two --wait --timeout 500ms";
    let run = sandbox.run(&format!("{args} --owner taylor")).exits(8);
    assert_eq!(run.out, "");
    assert!(run.err.contains("\nnote: 2 not finished, 1 failed\n"), "{run:?}");
    assert!(after(&run.err, AGAIN).ends_with(" dolthub/missing"), "{run:?}");

    let run = sandbox.run(&format!("{args} --owner anotherOrg --json")).exits(8);
    let reported = documents(&run.out);
    assert!(reported.iter().all(|document| document["state"] == "pending"), "{run:?}");
    assert_eq!(
        sorted(reported.iter().map(|reported| reported["parent"]["name"].as_str().unwrap())),
        ["one", "two"]
    );
    let operations: Vec<&str> =
        reported.iter().map(|reported| reported["operation"].as_str().unwrap()).collect();
    let run = sandbox.run(&format!("db fork-status {}", operations.join(" "))).exits(8);
    assert_eq!(first_fields(&run.out), sorted(operations));
    assert!(run.err.contains("note: 2 not finished\n") && !run.err.contains(AGAIN), "{run:?}");
}

#[test]
fn an_accepted_fork_whose_wait_failed_is_not_forked_again() {
    let server = Server::start(|request, _| match request.method.as_str() {
        "POST" => {
            let body: serde_json::Value = serde_json::from_str(&request.body).unwrap();
            let name = body["parentDatabaseName"].as_str().unwrap();
            Reply::Json(200, serde_json::json!({"operation_name": format!("operations/{name}")}).to_string())
        }
        _ => Reply::refusal(401, "Not authenticated"),
    });
    let run = Sandbox::at(server.url()).run("db fork a/b c/d --owner me --wait").exits(4);
    assert!(run.err.contains("\nnote: 2 not finished\n"), "{run:?}");
    assert!(!run.err.contains("to retry the failed ones"), "{run:?}");
    assert!(run.err.contains("dhub db fork-status --wait operations/b"), "{run:?}");
}

#[test]
fn a_long_retry_after_does_not_overrun_a_timeout() {
    let server =
        Server::always(Reply::Full(429, "retry-after: 30\r\n".to_owned(), "text/plain", String::new()));
    let started = std::time::Instant::now();
    let args = "db fork-status --wait --timeout 1s -j 2 operations/1 operations/2 operations/3 operations/4";
    let run = Sandbox::at(server.url()).run(args).exits(8);
    assert!(started.elapsed() < std::time::Duration::from_secs(10), "{:?}", started.elapsed());
    assert_eq!(run.out.matches("\tpending\t").count(), 4, "{run:?}");
}
