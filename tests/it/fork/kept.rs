//! The state file: no fork is lost, whatever becomes of the dhub that requested it, and nothing fails for the file.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::thread;

use dhub::emulator::{Emulator, Options};
use rustix::process::Signal;
use serde_json::{Value, json};

use super::{accepting, emulated};
use crate::support::running::{Running, eventually};
use crate::support::terminal::{Terminal, USUAL};
use crate::support::{Reply, Sandbox, Server, TOKEN};

mod problems;

fn file(sandbox: &Sandbox) -> PathBuf {
    sandbox.home().join(".local/state/dhub/forks.jsonl")
}

/// The lines after the first.
fn lines(path: &Path) -> Vec<Value> {
    let text = fs::read_to_string(path).unwrap_or_default();
    text.lines().skip(1).map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// An intent that somebody wrote so many seconds ago.
fn write_intent(sandbox: &Sandbox, host: &str, owner: &str, user: Option<&str>, age: u64) {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    let id = format!("test-{owner}-{age}");
    let intent = json!({"intent": {"id": id, "host": host, "api": "v1alpha1", "user": user,
        "parent": "dolthub/x", "owner": owner, "time": now - age}});
    fs::create_dir_all(file(sandbox).parent().unwrap()).unwrap();
    let before = fs::read_to_string(file(sandbox)).unwrap_or_else(|_| "{\"dhub_forks\":1}\n".to_owned());
    fs::write(file(sandbox), format!("{before}{intent}\n")).unwrap();
}

#[test]
fn a_fork_is_kept_until_its_end_is_seen() {
    let (sandbox, emulator) = emulated(600);
    let run = sandbox.run("db fork dolthub/x --owner anotherOrg -q").exits(0);
    let operation = run.out.split('\t').next().unwrap();
    let kept = lines(&file(&sandbox));
    let intent = &kept[0]["intent"];
    assert_eq!((&intent["host"], &intent["api"]), (&json!(emulator.url()), &json!("v1alpha1")));
    assert_eq!((&intent["parent"], &intent["owner"]), (&json!("dolthub/x"), &json!("anotherOrg")));
    assert!(intent["time"].is_u64(), "{kept:?}");
    assert_eq!(kept[1]["accepted"]["operation"], operation);
    assert_eq!(fs::metadata(file(&sandbox)).unwrap().permissions().mode() & 0o777, 0o600);
    let text = fs::read_to_string(file(&sandbox)).unwrap();
    assert!(!text.contains(dhub::emulator::TOKEN), "{text}");

    let run = sandbox.run("db fork-status").exits(8);
    assert_eq!(run.out, format!("{operation}\tpending\t\n"));
    let run = sandbox.run("db fork-status --wait --json").exits(0);
    let url = format!("{}/repositories/anotherOrg/x", emulator.url());
    let document = json!({"operation": operation, "state": "done", "parent": {"owner": "dolthub", "name": "x"},
        "owner": "anotherOrg", "fork": {"owner": "anotherOrg", "name": "x", "url": url, "clone_url": null}, "message": null});
    assert_eq!(run.document(), document);
    assert_eq!(lines(&file(&sandbox)), [] as [Value; 0]);

    for json in ["", "--json"] {
        let run = sandbox.run(&format!("db fork-status {json}")).exits(0);
        assert_eq!(
            (run.out, run.err),
            (String::new(), format!("note: no unfinished forks on {}\n", emulator.url()))
        );
    }
}

#[test]
fn every_end_removes_a_fork() {
    let (sandbox, _emulator) = emulated(0);
    let left = || sandbox.run("db fork-status --json").exits(0).out;
    // Waited for; refused; given by name; found to be there already.
    sandbox.run("db fork dolthub/x --owner taylor --wait").exits(0);
    assert_eq!(left(), "");
    sandbox.run("db fork dolthub/x nobody/none --owner taylor").exits(5);
    sandbox.run("db fork dolthub/x --owner nobody").exits(4);
    assert_eq!(left(), "");
    let run = sandbox.run("db fork dolthub/x --owner anotherOrg").exits(0);
    sandbox.run(&format!("db fork-status {}", run.out.split('\t').next().unwrap())).exits(0);
    assert_eq!(lines(&file(&sandbox)), [] as [Value; 0]);
    sandbox.run("db create dolthub/y --public").exits(0);
    sandbox.run("db fork dolthub/y --owner taylor").exits(0);
    sandbox.run("db fork dolthub/y --owner taylor --if-not-exists").exits(0);
    assert_eq!(left(), "");
    // Failed.
    sandbox.run("db create dolthub/z --public").exits(0);
    let server = accepting(Reply::Json(200, r#"{"done":true,"status":"Error","message":"no"}"#.to_owned()));
    let sandbox = sandbox.with("DOLTHUB_HOST", server.url());
    for wait in ["--wait", ""] {
        sandbox.run(&format!("db fork dolthub/x --owner taylor {wait}"));
        sandbox.run("db fork-status --wait").exits(i32::from(wait.is_empty()));
        sandbox.run("db fork-status --wait").exits(0);
    }
}

#[test]
fn an_operation_that_is_not_found_goes_and_no_other_trouble_removes_one() {
    let reply = std::sync::Arc::new(std::sync::Mutex::new(Reply::Close));
    let said = reply.clone();
    let server = Server::start(move |request, _| match request.method.as_str() {
        "POST" => Reply::Json(200, r#"{"status":"Success","operation_name":"operations/1"}"#.to_owned()),
        _ => said.lock().unwrap().clone(),
    });
    let sandbox = Sandbox::at(server.url());
    sandbox.run("db fork dolthub/x --owner taylor").exits(0);
    for (refusal, code) in [
        (Reply::refusal(401, "bad token"), 4),
        (Reply::refusal(400, "invalid authorization"), 4),
        (Reply::html(404, "<h1>gone</h1>"), 1),
        (Reply::refusal(400, "something else"), 1),
        (Reply::Json(200, r#"{"done":false}"#.to_owned()), 8),
    ] {
        *reply.lock().unwrap() = refusal;
        sandbox.run("db fork-status").exits(code);
        assert_eq!(lines(&file(&sandbox)).len(), 2);
    }
    // No network, and no token.
    let nowhere = Server::start(|_, _| Reply::Close).url().to_owned();
    let text = fs::read_to_string(file(&sandbox)).unwrap();
    fs::write(file(&sandbox), text.replace(server.url(), &nowhere)).unwrap();
    let sandbox = sandbox.with("DOLTHUB_HOST", &nowhere);
    assert_eq!(lines(&file(&sandbox)).len(), 2);
    sandbox.run("db fork-status --wait --timeout 100ms").exits(8);
    let sandbox = sandbox.with("DOLTHUB_TOKEN", "");
    assert!(sandbox.run("db fork-status").exits(4).err.contains("there is no token"));
    fs::write(file(&sandbox), text).unwrap();
    let sandbox = sandbox.with("DOLTHUB_TOKEN", "t").with("DOLTHUB_HOST", server.url());
    *reply.lock().unwrap() = Reply::refusal(400, "operation not found");
    let run = sandbox.run("db fork-status").exits(3);
    assert!(run.err.contains("operations/1"), "{run:?}");
    assert_eq!(lines(&file(&sandbox)), [] as [Value; 0]);
}

#[test]
fn a_fork_without_a_response_is_looked_up_by_its_name() {
    let (sandbox, emulator) = emulated(0);
    sandbox.run("db fork dolthub/x --owner taylor --wait").exits(0);
    sandbox.run("db create anotherOrg/x --public").exits(0);
    sandbox.run("db create dolthub/young --public").exits(0);
    let url = emulator.url();
    // Two runs were killed; both wanted the same.
    write_intent(&sandbox, &url, "taylor", Some("taylor"), 9);
    write_intent(&sandbox, &url, "Taylor", None, 8);
    write_intent(&sandbox, &url, "anotherOrg", None, 7);
    write_intent(&sandbox, &url, "late", None, 90);
    write_intent(&sandbox, &url, "young", None, 1);
    let run = sandbox.run("db fork-status -j 1").exits(3);
    assert_eq!(run.out, "\tdone\ttaylor/x\n\tfailed\t\n\tpending\t\n");
    assert!(run.err.contains("anotherOrg/x exists, and is no fork of dolthub/x"), "{run:?}");
    let again = "to request it again: dhub db fork --wait --if-not-exists --owner late dolthub/x\n";
    assert!(run.err.contains(again), "{run:?}");
    assert!(!run.err.contains("to retry"), "{run:?}");
    let kept = lines(&file(&sandbox));
    assert_eq!(kept.len(), 1, "{kept:?}");
    assert_eq!(kept[0]["intent"]["owner"], "young");
    // It has the time that it may take, unless the user gives it less.
    let run = sandbox.run("db fork-status --wait --timeout 50ms --json").exits(8);
    assert_eq!((&run.document()["state"], &run.document()["owner"]), (&json!("pending"), &json!("young")));
    assert_eq!(lines(&file(&sandbox)).len(), 1);
}

#[test]
fn a_lost_response_leaves_what_was_to_be_forked() {
    let (sandbox, emulator) = emulated(0);
    let lost = Server::start(|request, _| match request.method.as_str() {
        "POST" => Reply::Close,
        _ => Reply::refusal(400, "no such repository"),
    });
    let sandbox = sandbox.with("DOLTHUB_HOST", lost.url());
    sandbox.run("db fork dolthub/x --owner taylor").exits(7);
    assert_eq!(lines(&file(&sandbox))[0]["intent"]["owner"], "taylor");
    sandbox.run("db fork-status").exits(8);
    let text = fs::read_to_string(file(&sandbox)).unwrap();
    fs::write(file(&sandbox), text.replace(lost.url(), &emulator.url())).unwrap();
    let sandbox = sandbox.with("DOLTHUB_HOST", &emulator.url());
    sandbox.run("db fork dolthub/x --owner taylor -q").exits(0);
    let run = sandbox.run("db fork-status --wait -j 1").exits(0);
    assert!(run.out.starts_with("\tdone\ttaylor/x\noperations/"), "{run:?}");
}

#[test]
fn what_was_throttled_or_never_connected_is_not_kept() {
    let body = r#"{"status":"Error","message":"Too many requests"}"#.to_owned();
    let throttling = Reply::Full(429, "retry-after: 9000\r\n".to_owned(), "application/json", body);
    let server = Server::start(move |_, _| throttling.clone());
    let sandbox = Sandbox::at(server.url());
    sandbox.run("db fork dolthub/x --owner taylor").exits(6);
    assert!(sandbox.run("db fork-status").exits(0).err.contains("no unfinished forks"));
}

#[test]
fn forks_elsewhere_and_of_others_are_counted_with_their_commands() {
    let (sandbox, emulator) = emulated(0);
    write_intent(&sandbox, "https://doltlab.example:8080/lab", "taylor", None, 5);
    write_intent(&sandbox, "https://doltlab.example:8080/lab", "a", None, 5);
    write_intent(&sandbox, &emulator.url(), "mallory", Some("mallory"), 5);
    let run = sandbox.run("db fork-status").exits(0);
    assert_eq!(run.out, "");
    for note in [
        format!("note: no unfinished forks on {}\n", emulator.url()),
        "note: 1 unfinished fork of mallory; with a token of mallory: dhub db fork-status\n".to_owned(),
        "note: 2 unfinished forks on https://doltlab.example:8080/lab: dhub db fork-status --host https://doltlab.example:8080/lab --api v1alpha1\n".to_owned(),
    ] {
        assert!(run.err.contains(&note), "{run:?}");
    }
    assert_eq!(lines(&file(&sandbox)).len(), 3);
    assert_eq!(sandbox.run("db fork-status -q").exits(0).err, "");
}

#[test]
fn without_a_state_nothing_is_written_and_the_operation_is_noted_on_a_terminal() {
    let (sandbox, _emulator) = emulated(0);
    let sandbox = sandbox.with("DHUB_NO_STATE", "1");
    let session =
        Terminal::dhub(&sandbox, USUAL, "db fork dolthub/x --owner taylor --wait").finish().exits(0);
    assert!(session.screen.contains("note: forking dolthub/x to taylor: operations/"), "{session:?}");
    let run = sandbox.run("db fork-status").exits(0);
    assert!(run.err.starts_with("note: no forks are kept"), "{run:?}");
    assert!(!sandbox.home().join(".local").exists());
    let (xdg, mine) = (sandbox_path(&sandbox, "xdg"), sandbox_path(&sandbox, "mine"));
    let sandbox = sandbox.with("DHUB_NO_STATE", "0").with("XDG_STATE_HOME", &xdg);
    sandbox.run("db fork dolthub/x --owner anotherOrg").exits(0);
    assert_eq!(lines(&sandbox.home().join("xdg/dhub/forks.jsonl")).len(), 2);
    let sandbox = sandbox.with("DHUB_STATE", &mine);
    sandbox.run("db create dolthub/y --public").exits(0);
    sandbox.run("db fork dolthub/y --owner anotherOrg").exits(0);
    assert_eq!(lines(&sandbox.home().join("mine")).len(), 2);
}

fn sandbox_path(sandbox: &Sandbox, name: &str) -> String {
    sandbox.home().join(name).display().to_string()
}

#[test]
fn a_token_that_the_service_repeats_is_not_kept() {
    let accepted = format!(r#"{{"status":"Success","operation_name":"operations/{}"}}"#, TOKEN);
    let server = Server::start(move |_, _| Reply::Json(200, accepted.clone()));
    let sandbox = Sandbox::at(server.url());
    sandbox.run("db fork dolthub/x --owner taylor").exits(0);
    let kept = fs::read_to_string(file(&sandbox)).unwrap();
    assert!(!kept.contains(TOKEN), "{kept}");
    assert!(kept.contains("dolthub/x"), "{kept}");
}

#[test]
fn reads_and_creates_leave_the_state_alone() {
    let (sandbox, _emulator) = emulated(0);
    for args in
        ["db forks dolthub/x", "db forks dolthub/x --tree", "auth status", "db fork-status operations/x"]
    {
        sandbox.run(args);
    }
    assert!(!sandbox.home().join(".local").exists());
}

#[test]
fn eight_dhubs_at_once_lose_nothing() {
    let (sandbox, _emulator) = emulated(60_000);
    let names: Vec<String> = (0..8).map(|number| format!("dolthub/n{number}")).collect();
    sandbox.run(&format!("db create {} --public", names.join(" "))).exits(0);
    thread::scope(|scope| {
        for name in &names {
            let sandbox = &sandbox;
            scope.spawn(move || {
                sandbox.run(&format!("db fork {name} --owner taylor")).exits(0);
                sandbox.run("db fork-status").exits(8);
                sandbox.run(&format!("db fork {name} --owner anotherOrg")).exits(0);
            });
        }
    });
    assert_eq!(sandbox.run("db fork-status").exits(8).out.lines().count(), 16);
    assert_eq!(lines(&file(&sandbox)).len(), 32);
}

#[test]
fn after_a_kill_at_any_moment_every_accepted_fork_is_found() {
    let mut random = fastrand::Rng::with_seed(11);
    for _ in 0..6 {
        let latency = std::time::Duration::from_millis(30);
        let fork_delay = std::time::Duration::from_millis(50);
        let (sandbox, emulator) = Sandbox::emulated(Options { fork_delay, latency, ..Options::default() });
        sandbox.run("db create dolthub/a dolthub/b dolthub/c --public").exits(0);
        let args = "db fork dolthub/a dolthub/b dolthub/c --owner taylor --wait -q -j 2";
        let running = Running::start(sandbox.command(args.split(' ')));
        thread::sleep(std::time::Duration::from_millis(random.u64(..160)));
        running.signal(Signal::KILL);
        let before = running.finish().out;
        finds_all(&sandbox, &emulator, &before);
    }
}

/// Every fork that the emulator accepted was reported before the kill, or is now.
fn finds_all(sandbox: &Sandbox, emulator: &Emulator, before: &str) {
    // What was never accepted is waited for to no end.
    let run = sandbox.run("db fork-status --wait --timeout 1s --json");
    for name in ["a", "b", "c"] {
        let is_there = || sandbox.run(&format!("db forks taylor/{name}")).code == Some(0);
        let found = |document: &Value| document["state"] == "done" && document["fork"]["name"] == name;
        let is_found = run.out.lines().any(|line| found(&serde_json::from_str(line).unwrap()));
        let is_found = is_found || before.contains(&format!("taylor/{name}\t"));
        assert_eq!(is_there(), is_found, "{name} at {}: {before} {run:?}", emulator.url());
        let kept = fs::read_to_string(file(sandbox)).unwrap_or_default();
        assert!(!is_found || !kept.contains(&format!("dolthub/{name}\"")), "{kept}");
    }
    assert!(!fs::read_to_string(file(sandbox)).unwrap_or_default().contains("operations/"));
}

#[test]
fn on_a_terminal_the_state_file_stands_in_for_the_note() {
    let (sandbox, _emulator) = emulated(0);
    let session =
        Terminal::dhub(&sandbox, USUAL, "db fork dolthub/x --owner taylor --wait").finish().exits(0);
    assert!(!session.screen.contains("operations/"), "{session:?}");
    let sandbox = sandbox.with("CI", "1");
    let session =
        Terminal::dhub(&sandbox, USUAL, "db fork dolthub/x --owner anotherOrg --wait").finish().exits(0);
    assert!(session.screen.contains("note: forking dolthub/x to anotherOrg: operations/"), "{session:?}");
}

#[test]
fn on_a_terminal_the_operation_of_a_fork_that_failed_is_said() {
    let server = accepting(Reply::Json(200, r#"{"done":true,"status":"Error","message":"no"}"#.to_owned()));
    let sandbox = Sandbox::at(server.url());
    let session =
        Terminal::dhub(&sandbox, USUAL, "db fork dolthub/x --owner taylor --wait").finish().exits(1);
    assert!(session.screen.starts_with("note: the operation was operations/1\nerror: "), "{session:?}");
}

#[test]
fn exec_keeps_forks_of_its_own_and_cleans_up() {
    let temporary = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::new().with("TMPDIR", &temporary.path().display().to_string());
    write_intent(&sandbox, "https://www.dolthub.com", "taylor", None, 5);
    let script = "dhub db create dolthub/x --public -q && dhub db fork dolthub/x -q && dhub db fork-status --wait && test -s $DHUB_STATE";
    let run =
        sandbox.run_all(["emulator", "exec", "--fork-delay", "50ms", "--", "sh", "-c", script]).exits(0);
    assert!(run.out.contains("\tdone\ttaylor/x\n"), "{run:?}");
    assert!(!run.err.contains("dolthub.com"), "{run:?}");
    assert_eq!(fs::read_dir(temporary.path()).unwrap().count(), 0);
    assert_eq!(lines(&file(&sandbox)).len(), 1);
}

#[test]
fn an_interrupted_wait_resumes_without_arguments() {
    let (sandbox, _emulator) = emulated(400);
    let running = Running::start(sandbox.command("db fork dolthub/x --owner taylor --wait -q".split(' ')));
    assert!(eventually(|| lines_now(&sandbox) == 2));
    running.signal(Signal::INT);
    running.finish();
    assert!(sandbox.run("db fork-status --wait").exits(0).out.ends_with("\tdone\ttaylor/x\n"));
}

fn lines_now(sandbox: &Sandbox) -> usize {
    fs::read_to_string(file(sandbox)).unwrap_or_default().lines().skip(1).count()
}
