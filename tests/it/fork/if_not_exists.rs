//! `--if-not-exists` takes a fork of the wanted parent, and nothing else, for the fork.

use serde_json::{Value, json};

use super::{document, emulated, fork_at};
use crate::support::answers::{not_there, there};
use crate::support::{Reply, Sandbox, Server};

/// A server where `taylor/x` exists already, and this is the answer to a look at it.
fn conflict(look: Reply) -> Server {
    Server::start(move |request, _| match request.method.as_str() {
        "POST" => Reply::refusal(400, "x has already been forked to taylor"),
        _ => look.clone(),
    })
}

#[test]
fn a_fork_that_is_there_is_an_error_without_the_option() {
    let (sandbox, _emulator) = emulated(0);
    sandbox.run("db fork dolthub/x --owner taylor --wait").exits(0);
    let run = sandbox.run("db fork dolthub/x --owner taylor").exits(5);
    assert_eq!(run.out, "");
    assert!(run.err.contains("use --if-not-exists to accept an existing one"), "{run:?}");
    let error = sandbox.run("db fork dolthub/x --owner taylor --json").exits(5).error();
    assert_eq!(error["kind"], "already_exists");
}

#[test]
fn a_fork_that_is_there_is_told_in_each_form() {
    let (sandbox, emulator) = emulated(0);
    let words = "db fork dolthub/x --owner taylor --if-not-exists";
    sandbox.run(&format!("{words} --wait")).exits(0);
    assert_eq!(sandbox.run(words).exits(0).out, "\tdolthub/x\n");
    let row = format!("taylor/x\t{}/repositories/taylor/x\n", emulator.url());
    assert_eq!(sandbox.run(&format!("{words} --wait")).exits(0).out, row);
    let exists = document(Value::Null, "exists", fork_at(&emulator.url()), Value::Null);
    for wait in ["", "--wait"] {
        let run = sandbox.run(&format!("{words} --json {wait}")).exits(0);
        assert_eq!(run.document(), exists);
        assert_eq!(run.err, "");
    }
}

#[test]
fn a_parent_that_the_service_spells_in_its_own_case_is_the_same() {
    let server = conflict(there("taylor/x", "dolthub/x"));
    Sandbox::at(server.url()).run("db fork DoltHub/X --owner taylor --if-not-exists").exits(0);
}

#[test]
fn an_unrelated_namesake_is_refused_in_words_that_say_why() {
    let (sandbox, _emulator) = emulated(0);
    sandbox.run("db create taylor/x --public").exits(0);
    for wait in ["", "--wait"] {
        let words = format!("db fork dolthub/x --owner taylor --if-not-exists {wait}");
        let run = sandbox.run(&words).exits(5);
        assert_eq!(run.out, "");
        assert!(run.err.contains(": taylor/x already exists and is not a fork of dolthub/x\n"), "{run:?}");
        let error = sandbox.run(&format!("{words} --json")).exits(5).error();
        assert_eq!(error["kind"], "already_exists");
    }
}

#[test]
fn a_fork_of_another_parent_is_refused_in_words_that_say_why() {
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
fn a_fork_under_way_cannot_be_confirmed() {
    let (sandbox, _emulator) = emulated(60_000);
    sandbox.run("db fork dolthub/x --owner taylor").exits(0);
    let run = sandbox.run("db fork dolthub/x --owner taylor --if-not-exists").exits(5);
    assert!(run.err.contains("it cannot be seen yet; run this again later"), "{run:?}");
}

#[test]
fn what_cannot_be_confirmed_is_refused() {
    for (case, look, why) in [
        ("it is not seen", not_there(), "cannot be seen"),
        ("the look fails", Reply::refusal(400, "boom"), "boom"),
        ("the look is forbidden", Reply::refusal(403, "not with this token"), "not with this token"),
        ("the answer is about another", there("taylor/y", "dolthub/x"), "the response is about taylor/y"),
        ("the parent's name is another", there("taylor/x", "dolthub/y"), "a fork of dolthub/y"),
        ("the look brings a page", Reply::html(404, "<h1>no</h1>"), "invalid response"),
        ("the look brings nothing", Reply::Close, "looking it up failed"),
    ] {
        let server = conflict(look);
        let words = "db fork dolthub/x --owner taylor --if-not-exists --json";
        let run = Sandbox::at(server.url()).run(words).exits(5);
        assert_eq!(run.out, "", "{case}");
        let error = run.error();
        assert_eq!(error["kind"], "already_exists", "{case}");
        assert!(error["message"].as_str().unwrap().contains(why), "{case}: {error}");
        let mut sent: Vec<String> = server
            .requests()
            .iter()
            .map(|request| format!("{} {}", request.method, request.target))
            .collect();
        // No answer at all is asked for again.
        sent.dedup();
        assert_eq!(
            sent,
            ["POST /api/v1alpha1/fork", "GET /api/v1alpha1/taylor/x/forks"],
            "{case}: asked once, then looked"
        );
    }
}

#[test]
fn another_refusal_stays_what_it_is_and_nothing_is_looked_up() {
    for (status, message, code, kind) in [
        (400, "Error creating a database.", 1, "api"),
        (400, "no such repository", 3, "not_found"),
        (403, "nope", 4, "auth"),
    ] {
        let server = Server::always(Reply::refusal(status, message));
        let words = "db fork dolthub/x --owner taylor --if-not-exists --wait --json";
        let error = Sandbox::at(server.url()).run(words).exits(code).error();
        assert_eq!((&error["kind"], &error["message"]), (&json!(kind), &json!(message)));
        assert_eq!(server.requests().len(), 1);
    }
}
