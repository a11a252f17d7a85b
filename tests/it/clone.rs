//! `--clone` and `--remote`: what dolt does with a database once it is there.

mod refused;

use std::fs;
use std::time::Duration;

use dhub::emulator::{Emulator, Options};
use rustix::process::Signal;
use serde_json::json;

use crate::support::dolt::{REMOTE, calls, make_checkout, with_dolt, write_remote};
use crate::support::running::Running;
use crate::support::terminal::{Terminal, USUAL};
use crate::support::{Reply, Run, Sandbox, Server};

/// A sandbox with a dolt, at an emulator that has `dolthub/x`, and whose databases are cloned from somewhere.
fn emulated(fork_delay: u64) -> (Sandbox, Emulator) {
    let fork_delay = Duration::from_millis(fork_delay);
    let (sandbox, emulator) = Sandbox::emulated(Options { fork_delay, ..Options::default() });
    let sandbox = with_dolt(sandbox);
    write_remote(&sandbox, &emulator.url());
    sandbox.run("db create dolthub/x --public").exits(0);
    (sandbox, emulator)
}

fn fails(sandbox: &Sandbox, command: &str, code: u8) {
    fs::write(sandbox.home().join(format!("fail-{command}")), code.to_string()).unwrap();
}

/// Where the stand-in's lines went.
#[track_caller]
fn assert_output_on_stderr(run: &Run, command: &str) {
    assert!(!run.out.contains("dolt "), "{run:?}");
    for stream in ["stdout", "stderr"] {
        assert!(run.err.contains(&format!("dolt {command} on {stream}\n")), "{run:?}");
    }
}

#[test]
fn a_fork_is_cloned_once_it_is_there_with_its_parent_as_upstream() {
    let (sandbox, emulator) = emulated(100);
    let run = sandbox.run("db fork dolthub/x --clone").exits(0);
    assert_eq!(run.out, format!("taylor/x\t{}/repositories/taylor/x\n", emulator.url()));
    assert_output_on_stderr(&run, "clone");
    assert_output_on_stderr(&run, "remote");
    assert!(run.err.ends_with("note: cloned taylor/x into x; its remote upstream is dolthub/x\n"), "{run:?}");
    assert_eq!(
        calls(&sandbox),
        [
            format!(": [clone] [{REMOTE}/taylor/x] [x]"),
            format!("/x: [remote] [add] [upstream] [{REMOTE}/dolthub/x]"),
        ]
    );
    // It is there now, and is cloned as well.
    let run = sandbox.run("db fork dolthub/x --if-not-exists --clone=y --json").exits(0);
    assert_eq!(run.document()["state"], "exists");
    assert_eq!(calls(&sandbox)[2], format!(": [clone] [{REMOTE}/taylor/x] [y]"));
}

#[test]
fn a_folder_that_looks_like_an_option_does_not_become_one() {
    let (sandbox, _emulator) = emulated(0);
    sandbox.run("db fork dolthub/x --clone=--help").exits(0);
    assert_eq!(calls(&sandbox)[0], format!(": [clone] [{REMOTE}/taylor/x] [./--help]"));
    assert!(calls(&sandbox)[1].starts_with("/--help: "));
}

#[test]
fn a_failed_clone_exits_9_after_the_result_with_the_command_that_clones() {
    let (sandbox, _emulator) = emulated(0);
    fails(&sandbox, "clone", 3);
    let run = sandbox.run("db fork dolthub/x --clone=my-x").exits(9);
    assert!(run.out.starts_with("taylor/x\t"), "{run:?}");
    assert_output_on_stderr(&run, "clone");
    assert!(
        run.err.contains("error: cannot clone taylor/x: dolt clone failed with exit code 3\n"),
        "{run:?}"
    );
    let hint = format!("hint: clone it with: dolt clone {REMOTE}/taylor/x my-x (dhub's token is not dolt's:");
    assert!(run.err.contains(&hint) && run.err.contains("`dolt login`"), "{run:?}");

    let run = sandbox.run("db fork dolthub/x --if-not-exists --clone=my-x --json").exits(9);
    assert_eq!(run.document()["fork"]["owner"], "taylor");
    let error = run.error();
    assert_eq!(error["kind"], "clone");
    assert_eq!(error["message"], "dolt clone failed with exit code 3");
    assert_eq!((&error["argument"], &error["owner"]), (&"dolthub/x".into(), &"taylor".into()));
    assert!(error["hint"].as_str().unwrap().contains("dolt clone https://"), "{error}");
}

#[test]
fn a_clone_that_leaves_something_behind_is_to_be_removed_first() {
    let (sandbox, _emulator) = emulated(0);
    fails(&sandbox, "clone", 1);
    fs::write(sandbox.home().join("part-clone"), "").unwrap();
    let run = sandbox.run("db fork dolthub/x --clone").exits(9);
    assert!(run.err.contains("hint: remove what is in x, then clone it with: dolt clone "), "{run:?}");
}

#[test]
fn a_clone_whose_upstream_fails_says_what_is_missing() {
    let (sandbox, _emulator) = emulated(0);
    fails(&sandbox, "remote", 4);
    let run = sandbox.run("db fork dolthub/x --clone").exits(9);
    assert!(run.err.contains("dolt remote add failed with exit code 4"), "{run:?}");
    let hint = format!("add it with: cd x && dolt remote add upstream {REMOTE}/dolthub/x\n");
    assert!(run.err.contains(&hint), "{run:?}");
}

#[test]
fn what_is_not_finished_is_not_cloned() {
    let (sandbox, _emulator) = emulated(30_000);
    let run = sandbox.run("db fork dolthub/x --owner taylor --clone --timeout 200ms").exits(8);
    let again =
        "to resume: dhub db fork --wait --timeout 200ms --clone --if-not-exists --owner taylor dolthub/x\n";
    assert!(run.err.ends_with(again), "{run:?}");
    let running = Running::start(sandbox.command("db fork dolthub/x --owner anotherOrg --clone".split(' ')));
    running.wait_for_err("operations/");
    running.signal(Signal::TERM);
    let ended = running.finish();
    let again = "to resume: dhub db fork --wait --clone --if-not-exists --owner anotherOrg dolthub/x\n";
    assert!(ended.err.ends_with(again), "{ended:?}");
    sandbox.run("db fork dolthub/nothing --clone").exits(3);
    assert_eq!(calls(&sandbox).len(), 0);
}

#[test]
fn a_signal_ends_dolt_too_and_the_report_says_how_to_go_on() {
    let (sandbox, _emulator) = emulated(0);
    fs::write(sandbox.home().join("wait-clone"), "").unwrap();
    for (signal, args) in [(Signal::INT, ""), (Signal::TERM, "--json")] {
        let args = format!("db fork dolthub/x --if-not-exists --clone {args}");
        let running = Running::start(sandbox.command(args.split_whitespace()));
        running.wait_for_err("dolt clone on stderr");
        running.signal(signal);
        let ended = running.finish();
        assert_eq!(ended.signal, Some(signal.as_raw()), "{ended:?}");
        assert!(ended.err.contains("taylor/x is there; clone it with: dolt clone https://"), "{ended:?}");
        assert!(!ended.err.contains("dolt clone was ended"), "{ended:?}");
        assert_eq!(ended.out.lines().count(), 1, "{ended:?}");
    }
}

#[test]
fn ctrl_c_ends_dolt_too() {
    let (sandbox, _emulator) = emulated(0);
    fs::write(sandbox.home().join("wait-clone"), "").unwrap();
    let mut terminal = Terminal::dhub(&sandbox, USUAL, "db fork dolthub/x --clone");
    terminal.wait_for("dolt clone on stderr");
    terminal.types("\x03");
    let session = terminal.finish();
    assert_eq!(session.code, None, "{session:?}");
    assert!(session.screen.contains("taylor/x is there; clone it with: dolt clone"), "{session:?}");
    assert!(!session.screen.contains("was ended"), "{session:?}");
}

#[test]
fn what_the_service_calls_the_fork_never_becomes_an_option() {
    for (owner, name, code) in [("-x", "--help", 0), ("a b", "$(c)", 0), ("..", "x", 9), ("a", ".", 9)] {
        let server = Server::start(move |request, _| {
            let response = match request.method.as_str() {
                "POST" => json!({"status": "Success", "operation_name": "operations/o"}),
                _ => {
                    json!({"status": "Success", "done": true, "database_owner": owner, "database_name": name})
                }
            };
            Reply::Json(200, response.to_string())
        });
        let sandbox = with_dolt(Sandbox::at(server.url()));
        write_remote(&sandbox, server.url());
        let run = sandbox.run("db fork a/b --owner me --clone --json");
        assert_eq!(run.code, Some(code), "{owner}/{name}: {run:?}");
        for call in calls(&sandbox) {
            let words: Vec<&str> = call.split(" [").skip(1).collect();
            assert!(!words.iter().any(|word| word.starts_with('-') || word.contains(' ')), "{call}");
        }
        assert_eq!(calls(&sandbox).is_empty(), run.code != Some(0), "{owner}/{name}: {run:?}");
    }
}

#[test]
fn dolt_gets_the_terminal() {
    let (sandbox, _emulator) = emulated(0);
    let session = Terminal::dhub(&sandbox, USUAL, "db fork dolthub/x --clone").finish().exits(0);
    assert!(session.screen.contains("dolt has a terminal"), "{session:?}");
    let (forked, cloned) = (session.screen.find("Forked dolthub/x"), session.screen.find("dolt clone on"));
    assert!(forked.is_some() && forked < cloned, "{session:?}");
}

#[test]
fn a_fork_becomes_a_remote_of_the_checkout() {
    let (sandbox, _emulator) = emulated(0);
    make_checkout(&sandbox, "main", &format!("origin {REMOTE}/dolthub/x \n"));
    let run = sandbox.run("db fork dolthub/x --remote").exits(0);
    assert!(run.out.starts_with("taylor/x\t"), "{run:?}");
    assert!(run.err.ends_with("note: taylor/x is the remote fork of this Dolt checkout\n"), "{run:?}");
    sandbox.run("db fork dolthub/x --owner anotherOrg --remote=mine --json").exits(0).document();
    assert_eq!(
        calls(&sandbox),
        [
            format!(": [remote] [add] [fork] [{REMOTE}/taylor/x]"),
            format!(": [remote] [add] [mine] [{REMOTE}/anotherOrg/x]"),
        ]
    );
    make_checkout(&sandbox, "main", &format!("fork {REMOTE}/Taylor/x/ \n"));
    sandbox.run("db fork dolthub/x --remote --if-not-exists").exits(0);
    assert_eq!(calls(&sandbox).len(), 2, "it is a remote already");
}

#[test]
fn a_created_database_becomes_the_origin_with_the_push_that_gives_it_a_branch() {
    let (sandbox, _emulator) = emulated(0);
    make_checkout(&sandbox, "main", "");
    let run = sandbox.run("db create new --private --remote").exits(0);
    assert!(
        run.err.contains("taylor/new is the remote origin of this Dolt checkout; it has no branch"),
        "{run:?}"
    );
    assert!(run.err.ends_with("gets one with: dolt push -u origin main\n"), "{run:?}");
    assert_eq!(calls(&sandbox), [format!(": [remote] [add] [origin] [{REMOTE}/taylor/new]")]);
    let run = sandbox.run("db create new --private --remote --if-not-exists").exits(0);
    assert!(!run.err.contains("branch"), "{run:?}");

    make_checkout(&sandbox, "it's", "");
    let run = sandbox.run("db create other --private --remote=hub").exits(0);
    assert!(run.err.ends_with("gets one with: dolt push -u hub \"it's\"\n"), "{run:?}");

    fails(&sandbox, "remote", 1);
    let run = sandbox.run("db create third --private --remote --json").exits(9);
    assert_eq!(run.document()["created"], true);
    assert_eq!(run.error()["hint"], format!("add it with: dolt remote add origin {REMOTE}/taylor/third"));
}

#[test]
fn a_retry_that_is_shown_clones_too() {
    let (sandbox, _emulator) = emulated(30_000);
    sandbox.run("db fork dolthub/x").exits(0);
    let args = ["db", "fork", "dolthub/x", "--if-not-exists", "--clone=a b", "--timeout", "100ms"];
    let run = sandbox.run_all(args).exits(8);
    assert!(
        run.err.contains("dhub db fork --wait --timeout 100ms --clone='a b' --if-not-exists dolthub/x"),
        "{run:?}"
    );
}
