//! Ctrl-C, SIGTERM, SIGHUP, `kill -9` and `--timeout` during a wait: nothing is lost, and shell loops stop.

#![cfg(unix)]

use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use dhub::emulator::{Emulator, Options};
use rustix::process::Signal;
use serde_json::{Value, json};

use crate::support::running::{Ended, Running};
use crate::support::terminal::Terminal;
use crate::support::{Reply, Sandbox, Server};

const FORK_AND_WAIT: &str = "db fork dolthub/museum-collections --wait";
/// Much longer than a test, and no longer than a request.
const VERY_LONG: Duration = Duration::from_secs(30);

/// An emulator with a database to fork, which takes so long.
fn emulated(fork_delay: Duration) -> (Sandbox, Emulator) {
    let (sandbox, emulator) = Sandbox::emulated(Options { fork_delay, ..Options::default() });
    sandbox.run("db create dolthub/museum-collections --public").exits(0);
    (sandbox, emulator)
}

fn start(sandbox: &Sandbox, args: &str) -> Running {
    Running::start(sandbox.command(args.split_whitespace()))
}

/// The operation's name, from the note that comes as soon as the fork is accepted.
fn accepted(running: &Running) -> String {
    let err = running.wait_for_err("operations/");
    let (_, rest) = err.split_once("operations/").unwrap();
    // A UUID.
    let id = rest.get(..36).unwrap_or_else(|| panic!("{err}"));
    format!("operations/{id}")
}

/// The command that an error's hint shows.
#[track_caller]
fn resume_of(err: &str) -> String {
    let from = err.find("dhub db fork-status --wait").unwrap_or_else(|| panic!("no way to go on: {err}"));
    err[from..].lines().next().unwrap().to_owned()
}

/// Runs what was printed, as a user pastes it into a shell.
fn paste(sandbox: &Sandbox, line: &str) -> Ended {
    let dhub = assert_cmd::cargo::cargo_bin!("dhub");
    let path = format!("{}:{}", dhub.parent().unwrap().display(), std::env::var("PATH").unwrap());
    let mut command = Command::new("sh");
    command.args(["-c", line]).env_clear().envs(sandbox.environment()).env("PATH", path);
    Running::start(command).finish()
}

#[test]
fn a_signal_ends_a_wait_and_the_resume_command_is_printed() {
    for (signal, number, why) in [
        (Signal::INT, 2, "error: interrupted\n"),
        (Signal::TERM, 15, "error: terminated\n"),
        (Signal::HUP, 1, "error: the terminal went away\n"),
        (Signal::QUIT, 3, "error: quit\n"),
    ] {
        let (sandbox, _emulator) = emulated(VERY_LONG);
        let running = start(&sandbox, FORK_AND_WAIT);
        let operation = accepted(&running);
        running.signal(signal);
        let ended = running.finish();
        assert_eq!((ended.code, ended.signal), (None, Some(number)), "{ended:?}");
        assert_eq!(ended.out, "");
        assert!(ended.err.contains(why), "{ended:?}");
        assert_eq!(resume_of(&ended.err), format!("dhub db fork-status --wait {operation}"));
        assert_eq!(ended.err.matches("error:").count(), 1, "{ended:?}");
    }
}

#[test]
fn with_json_an_interrupted_wait_is_one_pending_document_and_one_error() {
    let (sandbox, _emulator) = emulated(VERY_LONG);
    let running = start(&sandbox, &format!("{FORK_AND_WAIT} --json"));
    let operation = accepted(&running);
    running.signal(Signal::INT);
    let ended = running.finish();
    assert_eq!(ended.signal, Some(2), "{ended:?}");
    assert_eq!(ended.out.lines().count(), 1, "{ended:?}");
    let document: Value = serde_json::from_str(&ended.out).unwrap();
    assert_eq!(
        document,
        json!({"operation": operation, "state": "pending", "owner": "taylor", "fork": null, "message": null,
            "parent": {"owner": "dolthub", "name": "museum-collections"}})
    );
    let error: Value = serde_json::from_str(ended.err.lines().last().unwrap()).unwrap();
    assert_eq!(error["error"]["kind"], "interrupted");
    let hint = error["error"]["hint"].as_str().unwrap();
    assert_eq!(resume_of(hint), format!("dhub db fork-status --wait {operation}"));
}

#[test]
fn an_interrupted_fork_status_reports_the_pending_fork_too() {
    let (sandbox, _emulator) = emulated(VERY_LONG);
    let fork = sandbox.run("db fork dolthub/museum-collections --json").exits(0).document();
    let operation = fork["operation"].as_str().unwrap();
    let running = start(&sandbox, &format!("db fork-status --wait --json -v {operation}"));
    running.wait_for_err("< 200");
    running.signal(Signal::TERM);
    let ended = running.finish();
    assert_eq!(ended.signal, Some(15), "{ended:?}");
    let document: Value = serde_json::from_str(&ended.out).unwrap();
    assert_eq!(document["operation"], operation);
    assert_eq!(document["state"], "pending");
    assert_eq!(document["parent"], Value::Null);
    assert!(ended.err.contains("dhub db fork-status --wait "), "{ended:?}");
}

#[test]
fn the_command_printed_after_ctrl_c_completes_the_fork() {
    let (sandbox, emulator) = emulated(Duration::from_secs(1));
    // The printed command repeats what only options gave.
    sandbox.write_config(&format!(
        "[hosts.\"{}\"]\ntoken = \"{}\"\n",
        emulator.address(),
        dhub::emulator::TOKEN
    ));
    let config = sandbox.home().join("a config.toml");
    std::fs::rename(sandbox.config_path(), &config).unwrap();
    let bare = Sandbox::new();
    let mut command = bare.command(FORK_AND_WAIT.split(' '));
    command.args(["--host", &emulator.url(), "--owner", "taylor", "--config"]).arg(&config);
    let running = Running::start(command);
    accepted(&running);
    running.signal(Signal::INT);
    let ended = running.finish();

    let resumed = paste(&bare, &resume_of(&ended.err));
    assert_eq!(resumed.code, Some(0), "{resumed:?}");
    assert!(resumed.out.ends_with("\tdone\ttaylor/museum-collections\n"), "{resumed:?}");
}

#[test]
fn a_wait_that_is_killed_can_be_resumed_from_the_note() {
    let (sandbox, _emulator) = emulated(Duration::from_secs(1));
    let running = start(&sandbox, FORK_AND_WAIT);
    let operation = accepted(&running);
    running.signal(Signal::KILL);
    let ended = running.finish();
    assert_eq!(ended.signal, Some(9));
    let run = sandbox.run(&format!("db fork-status --wait {operation}")).exits(0);
    assert_eq!(run.out, format!("{operation}\tdone\ttaylor/museum-collections\n"));
}

#[test]
fn a_wait_beyond_its_timeout_exits_8_and_can_be_resumed() {
    let (sandbox, _emulator) = emulated(Duration::from_secs(10));
    let started = Instant::now();
    let run = sandbox.run(&format!("{FORK_AND_WAIT} --timeout 1s --json")).exits(8);
    assert!(started.elapsed() < Duration::from_secs(9), "it waited for the fork");
    let document = run.document();
    assert_eq!(document["state"], "pending");
    let operation = document["operation"].as_str().unwrap();
    let error = run.error();
    assert_eq!(error["kind"], "pending");
    assert_eq!(resume_of(error["hint"].as_str().unwrap()), format!("dhub db fork-status --wait {operation}"));
    let run = sandbox.run(&format!("db fork-status {operation}")).exits(8);
    assert_eq!(run.out, format!("{operation}\tpending\t\n"));
}

#[test]
fn ctrl_c_ends_a_request_that_hangs_at_once() {
    let server = Server::always(Reply::Silence(VERY_LONG));
    let sandbox = Sandbox::at(server.url());
    for args in ["db forks a/b", "db fork-status operations/x", "auth status"] {
        let running = start(&sandbox, &format!("{args} -v"));
        running.wait_for_err("> GET");
        let started = Instant::now();
        running.signal(Signal::INT);
        let ended = running.finish();
        assert_eq!(ended.signal, Some(2), "{args}: {ended:?}");
        assert!(started.elapsed() < VERY_LONG / 3, "{args}");
        assert_eq!(ended.out, "");
        assert!(!ended.err.contains("carried out"), "{args}: {ended:?}");
    }
}

#[test]
fn ctrl_c_after_a_write_was_sent_reports_that_it_may_have_taken_effect_and_how_to_check() {
    let server = Server::always(Reply::Silence(VERY_LONG));
    let sandbox = Sandbox::at(server.url());
    for (args, sent, lookup) in [
        ("db create me/x --public", "create me/x", "dhub db forks me/x"),
        ("db fork a/b --owner me", "fork a/b to me", "dhub db forks me/b"),
        ("db fork a/b --owner me --wait", "fork a/b to me", "dhub db forks me/b"),
    ] {
        for json in [false, true] {
            let before = server.count("POST");
            let args = format!("{args} {}", if json { "--json" } else { "" });
            let running = start(&sandbox, &args);
            assert!(crate::support::running::eventually(|| server.count("POST") > before));
            running.signal(Signal::INT);
            let ended = running.finish();
            assert_eq!(ended.signal, Some(2), "{args}: {ended:?}");
            assert!(ended.err.contains(&format!("interrupted after sending: {sent}")), "{ended:?}");
            assert!(ended.err.contains("it may have taken effect"), "{ended:?}");
            assert!(ended.err.contains(lookup), "{ended:?}");
            assert_eq!(ended.out, "");
            if json {
                let error: Value = serde_json::from_str(ended.err.lines().last().unwrap()).unwrap();
                assert_eq!(error["error"]["kind"], "interrupted", "{ended:?}");
            }
        }
    }
}

#[test]
fn a_signal_that_was_ignored_at_the_start_stays_ignored() {
    if !cfg!(target_os = "linux") {
        // Only there the system reports which signals those are.
        return;
    }
    for (name, signal) in [("INT", Signal::INT), ("TERM", Signal::TERM), ("HUP", Signal::HUP)] {
        let (sandbox, _emulator) = emulated(Duration::from_millis(250));
        let mut command = Command::new("sh");
        let script = format!(r#"trap "" {name}; exec "$DHUB" {FORK_AND_WAIT}"#);
        command.args(["-c", &script]).env_clear().envs(sandbox.environment());
        command.env("DHUB", assert_cmd::cargo::cargo_bin!("dhub"));
        let running = Running::start(command);
        accepted(&running);
        running.signal(signal);
        let ended = running.finish();
        assert_eq!(ended.code, Some(0), "{name}: {ended:?}");
        assert!(ended.out.starts_with("taylor/museum-collections\t"), "{ended:?}");
    }
}

#[test]
fn ctrl_c_in_a_shell_loop_stops_the_loop() {
    let (sandbox, _emulator) = emulated(VERY_LONG);
    let fork = sandbox.run("db fork dolthub/museum-collections").exits(0).out;
    let operation = fork.split('\t').next().unwrap();
    // Of the shells only this one looks at what its command died of.
    let shell = if Command::new("bash").arg("--version").output().is_ok() { "bash" } else { "sh" };
    let script = format!(
        r#"for x in 1 2 3; do echo round $x; "$DHUB" db fork-status --wait {operation}; done; echo end"#
    );
    let mut terminal = Terminal::script(&sandbox, shell, &script);
    terminal.wait_until(|screen| screen.contains("round 1") && screen.contains(" 0s"));
    terminal.types("\x03");
    let session = terminal.finish();
    assert!(session.code.is_none() || session.code == Some(130), "{session:?}");
    assert!(!session.screen.contains("round 2"), "{session:?}");
    assert!(!session.screen.contains("end"), "{session:?}");
}

#[test]
fn ctrl_c_stops_a_spinner_and_the_error_has_its_own_lines() {
    let (sandbox, _emulator) = emulated(VERY_LONG);
    // As wide as a spinner's line fills it.
    let mut terminal = Terminal::dhub(&sandbox, (24, 80), FORK_AND_WAIT);
    terminal.wait_for("→ taylor");
    terminal.types("\x03");
    let session = terminal.finish();
    assert_eq!(session.code, None, "{session:?}");
    assert!(
        session.screen.starts_with("error: interrupted\nhint: the fork continues on the service"),
        "{session:?}"
    );
    let (_, after) = session.raw.split_once("interrupted").unwrap();
    assert!(!after.contains("→ taylor"), "{session:?}");
}

#[test]
fn ctrl_c_during_the_lookup_after_a_lost_response_reports_that_the_write_may_have_taken_effect() {
    for (args, lookup) in
        [("db create me/x --public", "dhub db forks me/x"), ("db fork a/b --owner me", "dhub db forks me/b")]
    {
        let server = Server::start(|request, _| match request.method.as_str() {
            "POST" => Reply::Close,
            _ => Reply::Silence(VERY_LONG),
        });
        let running = start(&Sandbox::at(server.url()), args);
        assert!(crate::support::running::eventually(|| server.count("GET") > 0));
        running.signal(Signal::INT);
        let ended = running.finish();
        assert_eq!(ended.signal, Some(2), "{args}: {ended:?}");
        assert!(ended.err.contains("it may have taken effect"), "{ended:?}");
        assert!(ended.err.contains(lookup), "{ended:?}");
    }
}

#[test]
fn ctrl_c_just_before_a_lookup_ends_still_reports_that_the_write_may_have_taken_effect() {
    for (args, sent, done) in [
        ("db create me/x --public", "create me/x", "me/x was created"),
        ("db fork a/b --owner me", "fork a/b to me", "a/b was forked to me"),
    ] {
        // The lookup ends after the signal, and before the final report.
        let server = Server::start(|request, before| match request.method.as_str() {
            "POST" => Reply::refusal(500, "boom"),
            _ => {
                std::thread::sleep(Duration::from_millis(if before == 1 { 250 } else { 2_000 }));
                Reply::refusal(400, "no such repository")
            }
        });
        let running = start(&Sandbox::at(server.url()), args);
        assert!(crate::support::running::eventually(|| server.count("GET") > 0));
        running.signal(Signal::INT);
        let ended = running.finish();
        assert_eq!(ended.signal, Some(2), "{args}: {ended:?}");
        // The job's own error, or the signal's where that was faster.
        let own = format!("cannot tell whether {done}");
        let reports_it = ended.err.contains(&own) || ended.err.contains(&format!("after sending: {sent}"));
        assert!(reports_it && ended.err.matches("error:").count() == 1, "{args}: {ended:?}");
    }
}

#[test]
fn each_accepted_fork_has_one_document_whenever_a_signal_comes() {
    for delay in (0..24).map(|step| Duration::from_millis(240 + 2 * step)) {
        let (sandbox, _emulator) = emulated(Duration::from_millis(250));
        sandbox.run("db create taylor/other --public").exits(0);
        let args = "db fork dolthub/museum-collections taylor/other --owner anotherOrg --wait --json";
        let running = start(&sandbox, args);
        accepted(&running);
        thread::sleep(delay);
        running.signal(Signal::INT);
        let ended = running.finish();
        if ended.signal.is_none() {
            // Everything was printed before the signal.
            assert_eq!(
                (ended.code, ended.out.matches(r#""state":"done""#).count()),
                (Some(0), 2),
                "{ended:?}"
            );
            continue;
        }
        assert_eq!(ended.signal, Some(2), "{ended:?}");
        let documents: Vec<Value> =
            ended.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let noted = ended.err.lines().filter_map(|line| line.strip_prefix("note: forking "));
        for operation in noted.map(|note| note.rsplit(' ').next().unwrap()) {
            let reported = documents.iter().filter(|document| document["operation"] == operation).count();
            assert_eq!(reported, 1, "{operation}: {ended:?}");
        }
        // What was still in progress is reported, with the resume command.
        for document in documents.iter().filter(|document| document["state"] == "pending") {
            let resume = resume_of(&ended.err);
            assert!(resume.contains(document["operation"].as_str().unwrap()), "{ended:?}");
        }
    }
}
