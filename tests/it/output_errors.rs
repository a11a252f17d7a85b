//! A stdout that is closed or full: the requested work is done, and nothing is lost silently.

#![cfg(unix)]

use std::fs::File;
use std::io::Read;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use dhub::emulator::Options;

use crate::support::running::eventually;
use crate::support::{Reply, Run, Sandbox, Server};

/// Runs a script in which `dhub` is this one.
fn sh(sandbox: &Sandbox, script: &str) -> Run {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("dhub() {{ \"$DHUB\" \"$@\"; }}\n{script}")]);
    command.env_clear().envs(sandbox.environment()).current_dir(sandbox.home());
    command.env("DHUB", assert_cmd::cargo::cargo_bin!("dhub"));
    let output = assert_cmd::Command::from_std(command).output().unwrap();
    Run {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn slow_museum(fork_delay: Duration) -> (Sandbox, dhub::emulator::Emulator) {
    Sandbox::emulated(Options { network: 1, fork_delay, ..Options::default() })
}

#[test]
fn a_closed_stdout_does_not_stop_the_requested_work() {
    let (sandbox, _emulator) = Sandbox::emulated(Options::default());
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = sandbox.command(["db", "create", "c", "--private", "-q"]).stdout(writer).output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(err, "note: stdout is closed; done: taylor/c\n");
    assert_eq!(output.status.code(), Some(0));
    sandbox.run("db forks taylor/c").exits(0);
}

/// The words of `text` that begin like this, without what ends a clause.
fn words<'a>(text: &'a str, begin: &str) -> Vec<&'a str> {
    let words = text.split_whitespace().map(|word| word.trim_end_matches([';', ',']));
    words.filter(|word| word.starts_with(begin)).collect()
}

#[test]
fn once_stdout_is_closed_nothing_more_is_begun_and_every_accepted_fork_is_told() {
    let server = Server::start(|request, _| {
        let body: serde_json::Value = serde_json::from_str(&request.body).unwrap_or_default();
        let name = body["parentDatabaseName"].as_str().unwrap_or_default().to_owned();
        let response =
            serde_json::json!({"status": "Success", "operation_name": format!("operations/{name}")});
        Reply::Json(200, response.to_string())
    });
    let list: String = (0..60).map(|number| format!("dolthub/x{number}\n")).collect();
    let sandbox = Sandbox::at(server.url());
    std::fs::write(sandbox.home().join("list"), list).unwrap();
    for json in ["", "--json"] {
        let before = server.count("POST");
        let script = format!(
            "{{ dhub db fork - -q -j 3 --owner taylor {json} < list; echo $? > code; }} | {{ read -r row; echo \"$row\"; }}"
        );
        let run = sh(&sandbox, &script);
        let posts = server.count("POST") - before;
        assert!((2..60).contains(&posts), "{posts}: {run:?}");
        assert_eq!(std::fs::read_to_string(sandbox.home().join("code")).unwrap(), "1\n");
        assert!(run.err.contains(&format!("stdout is closed; {} not started", 60 - posts)), "{run:?}");
        assert_eq!(run.out.lines().count(), 1, "{run:?}");
        let (to_continue, to_resume) = run.err.split_once("to resume: ").unwrap();
        assert!(to_continue.contains("to continue: dhub db fork --owner taylor dolthub/x"), "{run:?}");
        assert_eq!(words(to_continue, "dolthub/x").len(), 60 - posts, "{run:?}");
        // Also those whose row was in the pipe when its reader went.
        assert_eq!(words(to_resume, "operations/").len(), posts, "{run:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn once_stdout_is_full_nothing_more_is_begun() {
    let (sandbox, _emulator) =
        Sandbox::emulated(Options { latency: Duration::from_millis(10), ..Options::default() });
    std::fs::write(sandbox.home().join("list"), (0..60).map(|n| format!("x{n}\n")).collect::<String>())
        .unwrap();
    let run = sh(&sandbox, "dhub db create - --public -q -j 2 < list > /dev/full; echo $? > code");
    assert_eq!(std::fs::read_to_string(sandbox.home().join("code")).unwrap(), "1\n");
    assert!(run.err.contains("error: stdout cannot be written to; "), "{run:?}");
    assert!(run.err.contains("to continue: dhub db create --public "), "{run:?}");
}

#[test]
fn once_stdout_is_closed_no_more_is_created_and_what_was_is_told() {
    let (sandbox, _emulator) =
        Sandbox::emulated(Options { latency: Duration::from_millis(10), ..Options::default() });
    std::fs::write(sandbox.home().join("list"), (0..60).map(|n| format!("x{n}\n")).collect::<String>())
        .unwrap();
    let script =
        "{ dhub db create - --public -q -j 2 < list; echo $? > code; } | { read -r row; echo \"$row\"; }";
    let run = sh(&sandbox, script);
    assert_eq!(std::fs::read_to_string(sandbox.home().join("code")).unwrap(), "1\n");
    assert!(run.err.starts_with("error: stdout is closed; "), "{run:?}");
    let (to_continue, created) = run.err.split_once("done: ").unwrap();
    let (left, created) = (words(to_continue, "x"), words(created, "taylor/x"));
    assert_eq!(left.len() + created.len(), 60, "{run:?}");
    for name in created {
        assert_eq!(sandbox.run(&format!("db forks {name} -q")).code, Some(0), "{name}");
    }
    assert_eq!(sandbox.run(&format!("db forks taylor/{} -q", left[0])).code, Some(3));
}

#[test]
fn a_read_whose_reader_goes_away_is_no_error() {
    let (sandbox, _emulator) = slow_museum(Duration::ZERO);
    let run = sh(
        &sandbox,
        "ops=$(for n in 1 2 3 4 5 6; do dhub -q db create --public x$n; dhub -q db fork taylor/x$n --owner dolthub; done | cut -f1 | grep operations)
         { printf '%s\\n' \"$ops\" | dhub db fork-status -q --wait -; echo $? > code; } | { read -r row; }",
    );
    assert_eq!(
        (std::fs::read_to_string(sandbox.home().join("code")).unwrap(), &*run.err),
        ("0\n".into(), "")
    );
}

#[test]
fn a_closed_stdout_does_not_hide_that_a_fork_is_not_finished() {
    let (sandbox, _emulator) = slow_museum(Duration::from_secs(60));
    let run = sh(
        &sandbox,
        "{ dhub -q db fork dolthub/museum-collections --wait --timeout 300ms --json; echo $? > code; } | true",
    );
    assert_eq!(std::fs::read_to_string(sandbox.home().join("code")).unwrap(), "8\n");
    assert!(run.err.contains("dhub db fork-status --wait operations/"), "{run:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_stdout_loses_neither_what_was_done_nor_an_operation() {
    let (sandbox, _emulator) = slow_museum(Duration::from_secs(60));
    for (args, way_on) in [
        ("db create x --private", ""),
        ("-q db fork dolthub/museum-collections", "dhub db fork-status --wait operations/"),
    ] {
        let mut command = sandbox.command(args.split(' '));
        command.stdout(File::create("/dev/full").unwrap());
        let output = command.output().unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{err}");
        assert!(
            err.starts_with("error: cannot write the result to stdout: No space left on device"),
            "{err}"
        );
        assert!(err.contains(way_on), "{err}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn an_unprinted_result_is_not_offered_for_retry_as_a_failure() {
    let (sandbox, _emulator) = slow_museum(Duration::from_secs(60));
    let run = |args: &str| {
        let mut command = sandbox.command(args.split(' '));
        command.stdout(File::create("/dev/full").unwrap());
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    let err = run("db create x y --private");
    assert!(
        err.contains("to retry the failed ones: dhub db create --private --if-not-exists taylor/x taylor/y")
            || err.contains("to retry the failed ones: dhub db create --private --if-not-exists x y"),
        "{err}"
    );
    let err = run("db fork taylor/x taylor/y --owner dolthub");
    assert_eq!(err.matches("to resume: dhub db fork-status --wait operations/").count(), 2, "{err}");
    assert!(!err.contains("dhub db fork "), "{err}");
}

#[cfg(target_os = "linux")]
#[test]
fn help_that_cannot_be_written_is_an_error() {
    let sandbox = Sandbox::new();
    for args in ["--help", "--version", "db fork --help", "help db fork"] {
        let mut command = sandbox.command(args.split(' '));
        let status = command.stdout(File::create("/dev/full").unwrap()).status().unwrap();
        assert_eq!(status.code(), Some(1), "{args}");
    }
}

#[test]
fn a_database_whose_row_waits_for_a_stalled_reader_is_reported_at_a_signal() {
    let (sandbox, _emulator) = Sandbox::emulated(Options::default());
    let names: Vec<String> = (0..2_000).map(|number| format!("n{number}")).collect();
    std::fs::write(sandbox.home().join("names"), names.join("\n")).unwrap();
    let mut command = sandbox.command(["db", "create", "-", "--private"]);
    command.stdin(File::open(sandbox.home().join("names")).unwrap());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // Nothing reads stdout: the pipe fills up, and every worker waits with a row.
    let created = |name: &str| sandbox.run(&format!("db forks taylor/{name} -q")).code == Some(0);
    assert!(eventually(|| created("n400")));
    thread::sleep(Duration::from_millis(500));
    let id = rustix::process::Pid::from_raw(i32::try_from(child.id()).unwrap()).unwrap();
    rustix::process::kill_process(id, rustix::process::Signal::TERM).unwrap();
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    let mut out = String::new();
    child.stdout.take().unwrap().read_to_string(&mut out).unwrap();
    assert_eq!(child.wait().unwrap().signal(), Some(15));
    let (sent, _) = err.split_once(';').unwrap_or_else(|| panic!("{err}"));
    let unstarted = err.split_once("to continue: ").unwrap().1;
    for name in names {
        let is_written = out.contains(&format!("taylor/{name}\t"));
        let is_sent = sent.contains(&format!("create taylor/{name} "))
            || sent.contains(&format!("create taylor/{name},"));
        let is_unstarted = unstarted.split_whitespace().any(|argument| argument == name);
        assert!(is_written || is_sent || is_unstarted, "{name} is forgotten: {err}");
    }
}
