//! `dhub db fork-status`, which knows nothing but the operation's name.

use serde_json::{Value, json};

use super::{accepting, emulated};
use crate::support::{Reply, Sandbox, Server};

fn operation(sandbox: &Sandbox, args: &str) -> String {
    let run = sandbox.run(&format!("db fork {args} -q")).exits(0);
    run.out.split('\t').next().unwrap().to_owned()
}

fn document(operation: &str, state: &str, fork: Value, message: Value) -> Value {
    json!({
        "operation": operation, "state": state, "parent": null, "owner": null, "fork": fork,
        "message": message,
    })
}

#[test]
fn an_unfinished_fork_is_a_result_that_exits_8_with_the_resume_command_in_a_note() {
    let (sandbox, _emulator) = emulated(60_000);
    let operation = operation(&sandbox, "dolthub/x --owner taylor");
    let run = sandbox.run(&format!("db fork-status {operation}")).exits(8);
    assert_eq!(run.out, format!("{operation}\tpending\t\n"));
    let note = format!(
        "note: the fork continues on the service; to resume: dhub db fork-status --wait {operation}\n"
    );
    assert_eq!(run.err, note);
    let run = sandbox.run(&format!("db fork-status {operation} --json")).exits(8);
    assert_eq!(run.document(), document(&operation, "pending", Value::Null, Value::Null));
    assert_eq!(run.err, note);
    assert_eq!(sandbox.run(&format!("db fork-status {operation} -q")).exits(8).err, "");
}

#[test]
fn a_wait_that_ends_before_the_fork_is_an_error_with_the_resume_command() {
    let (sandbox, _emulator) = emulated(60_000);
    let operation = operation(&sandbox, "dolthub/x --owner taylor");
    let wait = "--wait --timeout 100ms";
    let run = sandbox.run(&format!("db fork-status {operation} {wait}")).exits(8);
    assert_eq!(run.out, format!("{operation}\tpending\t\n"));
    assert!(run.err.ends_with(&format!("dhub db fork-status --wait {operation}\n")), "{run:?}");

    let run = sandbox.run(&format!("db fork-status {operation} --json {wait}")).exits(8);
    assert_eq!(run.document(), document(&operation, "pending", Value::Null, Value::Null));
    let error = run.error();
    assert_eq!((&error["kind"], &error["argument"]), (&json!("pending"), &json!(operation)));
}

#[test]
fn several_unfinished_forks_share_one_note() {
    let server = accepting(Reply::Json(200, r#"{"done":false}"#.to_owned()));
    let run = Sandbox::at(server.url()).run("db fork-status -j 1 operations/1 operations/2").exits(8);
    assert_eq!(
        run.err,
        "note: 2 not finished\nnote: the forks continue on the service; \
         to resume: dhub db fork-status --wait operations/1 operations/2\n"
    );
}

#[test]
fn a_wait_ends_when_the_fork_is_done() {
    let (sandbox, emulator) = emulated(500);
    let operation = operation(&sandbox, "dolthub/x --owner taylor");
    let run = sandbox.run(&format!("db fork-status {operation} --wait --json")).exits(0);
    let url = format!("{}/repositories/taylor/x", emulator.url());
    let fork = json!({"owner": "taylor", "name": "x", "url": url, "clone_url": null});
    assert_eq!(run.document(), document(&operation, "done", fork, Value::Null));
    let run = sandbox.run(&format!("db fork-status {operation}")).exits(0);
    assert_eq!(run.out, format!("{operation}\tdone\ttaylor/x\n"));
}

#[test]
fn a_fork_whose_name_was_taken_in_the_meantime_fails() {
    let (sandbox, _emulator) = emulated(1_000);
    let operation = operation(&sandbox, "dolthub/x --owner taylor");
    sandbox.run("db create taylor/x --public").exits(0);
    let run = sandbox.run(&format!("db fork-status {operation} --wait --json")).exits(1);
    let failed = document(&operation, "failed", Value::Null, json!("taylor/x already exists"));
    assert_eq!(run.document(), failed);
    let error = run.error();
    assert_eq!(error["kind"], "operation_failed");
    assert_eq!(error["message"], "taylor/x already exists");

    let run = sandbox.run(&format!("db fork-status {operation}")).exits(1);
    assert_eq!(run.out, format!("{operation}\tfailed\t\n"));
    assert!(run.err.contains("taylor/x already exists"), "{run:?}");
}

#[test]
fn an_unknown_operation_exits_3() {
    let (sandbox, _emulator) = emulated(0);
    for wait in ["", "--wait"] {
        let run = sandbox.run(&format!("db fork-status operations/none {wait}")).exits(3);
        assert_eq!(run.out, "");
        assert!(run.err.contains("operation not found"), "{run:?}");
        let run = sandbox.run(&format!("db fork-status operations/none --json {wait}")).exits(3);
        assert_eq!(run.out, "");
        let error = run.error();
        assert_eq!((&error["kind"], &error["status"]), (&json!("not_found"), &json!(400)));
        assert_eq!(error["argument"], "operations/none");
    }
}

#[test]
fn a_finished_fork_without_a_name_is_null() {
    let server = accepting(Reply::Json(200, r#"{"done":true}"#.to_owned()));
    let sandbox = Sandbox::at(server.url());
    let run = sandbox.run("db fork-status operations/1 --json").exits(0);
    assert_eq!(run.document(), document("operations/1", "done", Value::Null, Value::Null));
    assert_eq!(sandbox.run("db fork-status operations/1").exits(0).out, "operations/1\tdone\t\n");
}

#[test]
fn operations_come_from_stdin_as_fork_printed_them() {
    let (sandbox, _emulator) = emulated(0);
    sandbox.run("db create dolthub/y --public").exits(0);
    sandbox.run("db fork dolthub/y --owner taylor --wait").exits(0);
    // The second one already exists, so that its row starts with an empty field.
    let rows = sandbox.run("db fork -j 1 dolthub/x dolthub/y --owner taylor --if-not-exists").exits(0).out;
    assert_eq!(rows.lines().count(), 2, "{rows}");
    let operation = rows.split('\t').next().unwrap();
    let run = sandbox.run_with_stdin("db fork-status --wait -", &format!("# forks\n\n{rows}")).exits(0);
    assert_eq!(run.out, format!("{operation}\tdone\ttaylor/x\n"));
}

#[test]
fn each_operation_is_polled_and_the_exit_code_is_that_of_the_first_failure() {
    let server = Server::start(|request, _| {
        if request.target.ends_with("%2F1") {
            Reply::Json(200, r#"{"done":false}"#.to_owned())
        } else if request.target.ends_with("%2F2") {
            Reply::refusal(400, "operation not found")
        } else {
            Reply::Json(200, r#"{"done":true,"database_owner":"a","database_name":"b"}"#.to_owned())
        }
    });
    let sandbox = Sandbox::at(server.url());
    let run = sandbox.run("db fork-status -j 1 operations/1 operations/2 operations/3").exits(8);
    assert_eq!(run.out, "operations/1\tpending\t\noperations/3\tdone\ta/b\n");
    let run = sandbox.run("db fork-status -j 1 operations/3 operations/2 operations/1").exits(3);
    assert_eq!(run.err.matches("error: ").count(), 1, "{run:?}");
}

#[test]
fn a_name_that_looks_like_an_option_can_be_resumed() {
    let server = accepting(Reply::Json(200, r#"{"done":false}"#.to_owned()));
    let run = Sandbox::at(server.url()).run("db fork-status -- -x;y").exits(8);
    assert_eq!(run.out, "-x;y\tpending\t\n");
    assert!(run.err.ends_with("dhub db fork-status --wait -- '-x;y'\n"), "{run:?}");
    assert_eq!(server.requests()[0].target, "/api/v1alpha1/fork?operationName=-x%3By");
}
