//! `--if-not-exists` takes a fork of the wanted parent, and nothing else, for the fork.

use serde_json::{Value, json};

use super::{document, emulated, fork_in};
use crate::support::responses::{exists, not_found};
use crate::support::{Reply, Sandbox, Server};

/// A server where `taylor/x` exists already, and this is the response to its lookup.
fn conflict(lookup: Reply) -> Server {
    Server::start(move |request, _| match request.method.as_str() {
        "POST" => Reply::refusal(400, "x has already been forked to taylor"),
        _ => lookup.clone(),
    })
}

#[test]
fn an_existing_fork_is_an_error_without_the_option() {
    let (sandbox, _emulator) = emulated(0);
    sandbox.run("db fork dolthub/x --owner taylor --wait").exits(0);
    let run = sandbox.run("db fork dolthub/x --owner taylor").exits(5);
    assert_eq!(run.out, "");
    assert!(run.err.contains("use --if-not-exists to accept an existing one"), "{run:?}");
    let error = sandbox.run("db fork dolthub/x --owner taylor --json").exits(5).error();
    assert_eq!(error["kind"], "already_exists");
}

#[test]
fn an_existing_fork_is_reported_in_each_format() {
    let (sandbox, emulator) = emulated(0);
    let args = "db fork dolthub/x --owner taylor --if-not-exists";
    sandbox.run(&format!("{args} --wait")).exits(0);
    assert_eq!(sandbox.run(args).exits(0).out, "\tdolthub/x\ttaylor/x\n");
    let row = format!("taylor/x\t{}/repositories/taylor/x\n", emulator.url());
    assert_eq!(sandbox.run(&format!("{args} --wait")).exits(0).out, row);
    let exists = document(Value::Null, "exists", fork_in(&emulator.url()), Value::Null);
    for wait in ["", "--wait"] {
        let run = sandbox.run(&format!("{args} --json {wait}")).exits(0);
        assert_eq!(run.document(), exists);
        assert_eq!(run.err, "");
    }
}

#[test]
fn the_parent_is_compared_without_regard_to_case() {
    let server = conflict(exists("taylor/x", "dolthub/x"));
    Sandbox::at(server.url()).run("db fork DoltHub/X --owner taylor --if-not-exists").exits(0);
}

#[test]
fn an_unrelated_database_of_the_same_name_is_refused_with_the_reason() {
    let (sandbox, _emulator) = emulated(0);
    sandbox.run("db create taylor/x --public").exits(0);
    for wait in ["", "--wait"] {
        let args = format!("db fork dolthub/x --owner taylor --if-not-exists {wait}");
        let run = sandbox.run(&args).exits(5);
        assert_eq!(run.out, "");
        assert!(run.err.contains(": taylor/x already exists and is not a fork of dolthub/x\n"), "{run:?}");
        let error = sandbox.run(&format!("{args} --json")).exits(5).error();
        assert_eq!(error["kind"], "already_exists");
    }
}

#[test]
fn a_fork_of_another_parent_is_refused_with_the_reason() {
    let (sandbox, _emulator) = emulated(0);
    sandbox.run("db fork dolthub/x --owner anotherOrg --wait").exits(0);
    sandbox.run("db fork anotherOrg/x --owner taylor --wait").exits(0);
    let run = sandbox.run("db fork dolthub/x --owner taylor --if-not-exists").exits(5);
    assert_eq!(run.out, "");
    assert!(
        run.err.contains(": taylor/x already exists and is a fork of anotherOrg/x, not of dolthub/x\n"),
        "{run:?}"
    );
}

#[test]
fn a_fork_in_progress_cannot_be_confirmed() {
    let (sandbox, _emulator) = emulated(60_000);
    sandbox.run("db fork dolthub/x --owner taylor").exits(0);
    let run = sandbox.run("db fork dolthub/x --owner taylor --if-not-exists").exits(5);
    assert!(run.err.contains("it cannot be seen yet; run this again later"), "{run:?}");
}

#[test]
fn a_fork_in_progress_is_waited_for() {
    let (sandbox, emulator) = emulated(1_500);
    sandbox.run("db fork dolthub/x --owner taylor").exits(0);
    let args = "db fork dolthub/x --owner taylor --if-not-exists --wait";
    let run = sandbox.run(args).exits(0);
    assert_eq!(run.out, format!("taylor/x\t{}/repositories/taylor/x\n", emulator.url()));
    assert_eq!(run.err, "note: dolthub/x is being forked to taylor already\n");
    let exists = document(Value::Null, "exists", fork_in(&emulator.url()), Value::Null);
    assert_eq!(sandbox.run(&format!("{args} --json")).exits(0).document(), exists);
}

#[test]
fn a_fork_in_progress_that_is_not_finished_in_time_is_pending() {
    let (sandbox, _emulator) = emulated(60_000);
    sandbox.run("db fork dolthub/x --owner taylor").exits(0);
    let args = "db fork dolthub/x --owner taylor --if-not-exists --wait --timeout 600ms --json";
    let run = sandbox.run(args).exits(8);
    assert_eq!(run.document(), document(Value::Null, "pending", Value::Null, Value::Null));
    let error = run.error();
    assert_eq!((&error["kind"], &error["argument"]), (&json!("pending"), &json!("dolthub/x")));
    let hint = error["hint"].as_str().unwrap();
    assert!(
        hint.ends_with("dhub db fork --wait --timeout 600ms --if-not-exists --owner taylor dolthub/x"),
        "{hint}"
    );
}

#[test]
fn what_a_fork_in_progress_turns_out_to_be_is_compared() {
    let lookups = std::sync::atomic::AtomicUsize::new(0);
    let server = Server::start(move |request, _| match request.method.as_str() {
        "POST" => Reply::refusal(400, "x already exists"),
        _ if lookups.fetch_add(1, std::sync::atomic::Ordering::SeqCst) < 2 => not_found(),
        _ => exists("taylor/x", "anotherOrg/x"),
    });
    let args = "db fork dolthub/x --owner taylor --if-not-exists --wait";
    let run = Sandbox::at(server.url()).run(args).exits(5);
    assert_eq!(run.out, "");
    assert!(run.err.contains("taylor/x already exists and is a fork of anotherOrg/x"), "{run:?}");
    assert_eq!(server.count("POST"), 1);
}

#[test]
fn an_unconfirmed_existing_database_is_refused() {
    for (case, lookup, why) in [
        ("it is not seen", not_found(), "cannot be seen"),
        ("the look fails", Reply::refusal(400, "boom"), "boom"),
        ("the look is forbidden", Reply::refusal(403, "not with this token"), "not with this token"),
        ("the answer is about another", exists("taylor/y", "dolthub/x"), "the response is about taylor/y"),
        ("the parent's name is another", exists("taylor/x", "dolthub/y"), "a fork of dolthub/y"),
        ("the look brings a page", Reply::html(404, "<h1>no</h1>"), "invalid response"),
        ("the look brings nothing", Reply::Close, "looking it up failed"),
    ] {
        let server = conflict(lookup);
        let args = "db fork dolthub/x --owner taylor --if-not-exists --json";
        let run = Sandbox::at(server.url()).run(args).exits(5);
        assert_eq!(run.out, "", "{case}");
        let error = run.error();
        assert_eq!(error["kind"], "already_exists", "{case}");
        assert!(error["message"].as_str().unwrap().contains(why), "{case}: {error}");
        let mut sent: Vec<String> = server
            .requests()
            .iter()
            .map(|request| format!("{} {}", request.method, request.target))
            .collect();
        // A lookup without a response is retried.
        sent.dedup();
        assert_eq!(
            sent,
            ["POST /api/v1alpha1/fork", "GET /api/v1alpha1/taylor/x/forks"],
            "{case}: sent once, then looked up"
        );
    }
}

#[test]
fn other_refusals_are_reported_unchanged_after_one_lookup() {
    for (status, message, code, kind) in [
        (400, "Error creating a database.", 1, "api"),
        (400, "no such repository", 3, "not_found"),
        (403, "nope", 4, "auth"),
    ] {
        let server = Server::always(Reply::refusal(status, message));
        let args = "db fork dolthub/x --owner taylor --if-not-exists --wait --json";
        let error = Sandbox::at(server.url()).run(args).exits(code).error();
        assert_eq!((&error["kind"], &error["message"]), (&json!(kind), &json!(message)));
        assert_eq!((server.count("POST"), server.count("GET")), (1, 1));
    }
}
