//! `dhub db fork` and `dhub db fork-status`.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use dhub::emulator::{Emulator, Options};
use serde_json::{Value, json};

use crate::support::{Reply, Run, Sandbox, Server};

mod if_not_exists;
#[cfg(unix)]
mod kept;
mod lost;
mod status;

/// An emulator with `dolthub/x` in it, whose forks take so many milliseconds.
fn emulated(fork_delay: u64) -> (Sandbox, Emulator) {
    let fork_delay = Duration::from_millis(fork_delay);
    let (sandbox, emulator) = Sandbox::emulated(Options { fork_delay, ..Options::default() });
    sandbox.run("db create dolthub/x --public").exits(0);
    (sandbox, emulator)
}

/// A server that accepts forks of `dolthub/x` to taylor as `operations/1`, and sends the same response to every poll.
fn accepting(response: Reply) -> Server {
    Server::start(move |request, _| match request.method.as_str() {
        "POST" => Reply::Json(200, r#"{"status":"Success","operation_name":"operations/1"}"#.to_owned()),
        _ => response.clone(),
    })
}

/// The document of a fork of `dolthub/x` to taylor.
fn document(operation: Value, state: &str, fork: Value, message: Value) -> Value {
    json!({
        "operation": operation, "state": state, "parent": {"owner": "dolthub", "name": "x"},
        "owner": "taylor", "fork": fork, "message": message,
    })
}

/// The fork at this service.
fn fork_at(url: &str) -> Value {
    fork_from(url, json!("http://127.0.0.1:50051/taylor/x"))
}

/// The fork at this emulator, from which nothing can be cloned.
fn fork_in(url: &str) -> Value {
    fork_from(url, Value::Null)
}

fn fork_from(url: &str, clone_url: Value) -> Value {
    let url = format!("{url}/repositories/taylor/x");
    json!({"owner": "taylor", "name": "x", "url": url, "clone_url": clone_url})
}

/// The arguments of the resume command in a hint.
#[track_caller]
fn come_back(run: &Run) -> String {
    let (_, command) = run.err.trim_end().split_once("to resume: dhub ").expect(&run.err);
    command.to_owned()
}

#[test]
fn without_wait_the_row_is_the_operation_the_parent_and_the_fork() {
    let (sandbox, _emulator) = emulated(60_000);
    let run = sandbox.run("db fork dolthub/x --owner taylor").exits(0);
    let (operation, parent) = run.out.trim_end().split_once('\t').unwrap();
    assert!(operation.starts_with("operations/"), "{run:?}");
    assert_eq!(parent, "dolthub/x\ttaylor/x");
    assert_eq!(run.err, format!("note: forking dolthub/x to taylor: {operation}\n"));

    let run = sandbox.run("db fork dolthub/x --owner anotherOrg --json").exits(0);
    let document = run.document();
    assert_eq!(document["state"], "pending");
    assert_eq!(document["owner"], "anotherOrg");
    assert_eq!(document["parent"], json!({"owner": "dolthub", "name": "x"}));
    assert_eq!((&document["fork"], &document["message"]), (&Value::Null, &Value::Null));
}

#[test]
fn with_wait_the_row_is_the_fork_and_its_page() {
    let (sandbox, emulator) = emulated(0);
    let run = sandbox.run("db fork dolthub/x --owner taylor --wait").exits(0);
    assert_eq!(run.out, format!("taylor/x\t{}/repositories/taylor/x\n", emulator.url()));
    // The name is on the screen from the moment that the fork is accepted.
    assert!(run.err.starts_with("note: forking dolthub/x to taylor: operations/"), "{run:?}");

    let done = sandbox.run("db fork dolthub/x --owner anotherOrg --wait --json -q").exits(0);
    assert_eq!(done.err, "");
    let done = done.document();
    assert_eq!((&done["state"], &done["owner"]), (&json!("done"), &json!("anotherOrg")));
    assert_eq!(done["fork"]["owner"], "anotherOrg");
    assert_eq!(done["fork"]["name"], "x");
}

#[test]
fn the_owner_defaults_to_the_tokens_user_and_the_flag_beats_the_environment() {
    let (sandbox, _emulator) = emulated(0);
    assert_eq!(sandbox.run("db fork dolthub/x --json").exits(0).document()["owner"], "taylor");
    let sandbox = sandbox.with("DOLTHUB_OWNER", "nobody");
    let run = sandbox.run("db fork dolthub/x --owner anotherOrg --json").exits(0);
    assert_eq!(run.document()["owner"], "anotherOrg");
    sandbox.run("db fork dolthub/x").exits(4);
}

#[test]
fn an_owner_that_is_not_a_path_segment_is_never_sent() {
    let server = Server::always(Reply::Close);
    let sandbox = Sandbox::at(server.url());
    for owner in ["", "a/b", "..", ".", "a b", "a?b", "a%2fb"] {
        let run = sandbox.run_all(["db", "fork", "dolthub/x", "--json", "--owner", owner]).exits(2);
        assert_eq!(run.error()["kind"], "usage", "{owner:?}");
    }
    assert!(server.requests().is_empty(), "{:?}", server.requests());
}

#[test]
fn an_owner_from_the_environment_is_validated_like_the_flag() {
    for owner in ["a/b", "..", "a b", "a%2fb"] {
        let server = Server::always(Reply::Close);
        let sandbox = Sandbox::at(server.url()).with("DOLTHUB_OWNER", owner);
        sandbox.run("db fork dolthub/x").exits(2);
        assert!(server.requests().is_empty(), "{:?}", server.requests());
    }
}

#[test]
fn a_failed_fork_is_reported_with_the_services_message() {
    let server =
        accepting(Reply::Json(200, r#"{"status":"Error","done":true,"message":"disk full"}"#.to_owned()));
    let sandbox = Sandbox::at(server.url());
    let run = sandbox.run("db fork dolthub/x --owner taylor --wait --json").exits(1);
    assert_eq!(run.document(), document(json!("operations/1"), "failed", Value::Null, json!("disk full")));
    let error = run.error();
    assert_eq!((&error["kind"], &error["message"]), (&json!("operation_failed"), &json!("disk full")));

    let run = sandbox.run("db fork dolthub/x --owner taylor --wait").exits(1);
    assert_eq!(run.out, "");
    assert!(run.err.contains("\nerror: cannot fork dolthub/x to taylor: disk full\n"), "{run:?}");
}

#[test]
fn success_with_done_false_is_still_pending() {
    let server = Server::start(|_, before| match before {
        0 => Reply::Json(200, r#"{"status":"Success","operation_name":"operations/1"}"#.to_owned()),
        1 => Reply::Json(
            200,
            r#"{"status":"Success","done":false,"operation_name":"operations/jobs/1"}"#.to_owned(),
        ),
        2 => Reply::Json(200, r#"{"status":"Pending"}"#.to_owned()),
        3 => Reply::Json(200, r#"{"operation_name":"operations/jobs/1"}"#.to_owned()),
        _ => Reply::Json(
            200,
            r#"{"status":"Success","done":true,"database_owner":"taylor","database_name":"x"}"#.to_owned(),
        ),
    });
    let run = Sandbox::at(server.url()).run("db fork dolthub/x --owner taylor --wait --json").exits(0);
    assert_eq!(run.document(), document(json!("operations/1"), "done", fork_at(server.url()), Value::Null));
    assert_eq!(server.requests().len(), 5);
}

#[test]
fn a_finished_fork_without_a_name_is_the_owner_and_the_parents_name() {
    for response in [
        r#"{"status":"Success","done":true}"#,
        r#"{"status":"Success","done":true,"database_owner":"","database_name":""}"#,
    ] {
        let server = accepting(Reply::Json(200, response.to_owned()));
        let sandbox = Sandbox::at(server.url());
        let run = sandbox.run("db fork dolthub/x --owner taylor --wait --json").exits(0);
        assert_eq!(
            run.document(),
            document(json!("operations/1"), "done", fork_at(server.url()), Value::Null)
        );
        let run = sandbox.run("db fork dolthub/x --owner taylor --wait").exits(0);
        assert_eq!(run.out, format!("taylor/x\t{}/repositories/taylor/x\n", server.url()));
    }
}

#[test]
fn a_timed_out_fork_is_pending_and_the_resume_command_is_printed() {
    let finished = Arc::new(AtomicBool::new(false));
    let is_finished = finished.clone();
    let server = Server::start(move |request, _| match request.method.as_str() {
        "POST" => Reply::Json(200, r#"{"status":"Success","operation_name":"operations/1"}"#.to_owned()),
        _ => Reply::Json(200, json!({"done": is_finished.load(Ordering::SeqCst)}).to_string()),
    });
    let sandbox = Sandbox::at(server.url());
    let args = "db fork dolthub/x --owner taylor --wait --timeout 100ms";
    let run = sandbox.run(&format!("{args} --json")).exits(8);
    assert_eq!(run.document(), document(json!("operations/1"), "pending", Value::Null, Value::Null));
    let error = run.error();
    assert_eq!(error["kind"], "pending");
    let hint = error["hint"].as_str().unwrap();
    assert!(hint.ends_with("dhub db fork-status --wait operations/1"), "{error}");

    // In text, quiet as well: and the printed command works.
    let run = sandbox.run(&format!("{args} -q")).exits(8);
    assert_eq!(run.out, "");
    assert!(run.err.starts_with("error: stopped waiting for dolthub/x"), "{run:?}");
    finished.store(true, Ordering::SeqCst);
    assert_eq!(sandbox.run(&come_back(&run)).exits(0).out, "operations/1\tdone\t\n");
}

#[test]
fn the_resume_command_repeats_the_host_of_a_flag_or_a_page() {
    let (emulated, emulator) = emulated(60_000);
    let url = emulator.url();
    let wait = "--wait --timeout 100ms";
    let run = emulated.run(&format!("db fork dolthub/x --owner taylor {wait} --host {url}")).exits(8);
    assert!(come_back(&run).starts_with(&format!("db fork-status --wait --host {url} operations/")));
    let run = emulated.run(&format!("db fork dolthub/x --owner anotherOrg {wait}")).exits(8);
    assert!(come_back(&run).starts_with("db fork-status --wait operations/"), "{run:?}");

    // A page, where nothing else names the host: its entry in the config file holds the token.
    let other = Sandbox::new();
    other.write_config(&format!(
        "host = \"https://lab.invalid\"\n[hosts.\"{}\"]\ntoken = \"{}\"\n",
        emulator.address(),
        dhub::emulator::TOKEN
    ));
    let page = format!("{url}/repositories/dolthub/x/data/main?x=1#top");
    let run = other.run(&format!("db fork {page} --owner dolthub {wait}"));
    assert_eq!(run.code, Some(5), "the namesake shows that the page's host was used: {run:?}");
    emulated.run("db create anotherOrg/y --public").exits(0);
    let page = format!("{url}/repositories/anotherOrg/y");
    let run = other.run(&format!("db fork {page} --owner taylor {wait}")).exits(8);
    assert!(come_back(&run).starts_with(&format!("db fork-status --wait --host {url} operations/")));
    other.run(&come_back(&run).replace("--wait", "--wait --timeout 1ms")).exits(8);
}

#[test]
fn quiet_omits_the_note_and_not_the_error() {
    let (sandbox, _emulator) = emulated(60_000);
    assert_eq!(sandbox.run("db fork dolthub/x --owner taylor -q").exits(0).err, "");
    let run = sandbox.run("db fork dolthub/x --owner taylor -q").exits(5);
    assert!(run.err.starts_with("error: cannot fork dolthub/x to taylor: "), "{run:?}");
    assert!(!run.err.contains("note: "), "{run:?}");
}

#[test]
fn each_database_is_tried_and_the_exit_code_is_that_of_the_first_failure() {
    let (sandbox, emulator) = emulated(0);
    sandbox.run("db create dolthub/y --public").exits(0);
    let args = "db fork dolthub/x nobody/nothing dolthub/y dolthub/z --owner taylor --wait -q -j 1";
    let run = sandbox.run(args).exits(3);
    let row = |name: &str| format!("taylor/{name}\t{}/repositories/taylor/{name}\n", emulator.url());
    let mut lines: Vec<&str> = run.out.lines().collect();
    lines.sort_unstable();
    assert_eq!(lines, (row("x") + &row("y")).lines().collect::<Vec<_>>());
    assert_eq!(run.err.matches("error: ").count(), 2, "{run:?}");
}

#[cfg(unix)]
#[test]
fn fork_status_needs_only_the_operation_from_a_shell_variable() {
    let script = r#"
        dhub db create dolthub/museum-collections --public -q >/dev/null
        op=$(dhub db fork dolthub/museum-collections --owner taylor | cut -f1)
        dhub db fork-status "$op"
        echo "$?"
        dhub db fork-status --wait "$op"
    "#;
    let arguments = ["emulator", "exec", "--fork-delay", "1s", "--", "sh", "-c", script];
    let run = Sandbox::new().run_all(arguments).exits(0);
    let lines: Vec<&str> = run.out.lines().collect();
    let operation = lines[0].split('\t').next().unwrap();
    assert!(operation.starts_with("operations/"), "{run:?}");
    assert_eq!(
        lines,
        [
            format!("{operation}\tpending\t").as_str(),
            "8",
            &format!("{operation}\tdone\ttaylor/museum-collections")
        ]
    );
}

#[test]
fn a_timeout_without_a_wait_is_noted() {
    let (sandbox, _emulator) =
        Sandbox::emulated(dhub::emulator::Options { network: 1, ..Default::default() });
    let run = sandbox.run("db fork dolthub/museum-collections --timeout 5s").exits(0);
    assert!(run.err.starts_with("note: --timeout does nothing without --wait\n"), "{run:?}");
}
