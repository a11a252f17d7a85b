//! An expression that fails while it runs: what was done stands, and everything else goes on.

use dhub::emulator::Options;
use serde_json::Value;

use super::{MUSEUM, emulated, run};
use crate::support::responses::{ANY_CREATED, FORKS};
use crate::support::{Reply, Run, Sandbox, Server};

/// The errors on stderr.
fn errors(run: &Run) -> Vec<Value> {
    let lines = run.err.lines().filter(|line| line.starts_with('{'));
    lines.map(|line| serde_json::from_str::<Value>(line).unwrap()["error"].clone()).collect()
}

#[test]
fn it_is_an_error_of_kind_jq_and_exit_1_after_the_outputs_before_it() {
    let (sandbox, _emulator) = emulated();
    let run = run(&sandbox, &format!("db forks {MUSEUM}"), ".owner, (.name | keys), .url").exits(1);
    assert_eq!(run.out, "\"dolthub\"\n");
    let [error] = &errors(&run)[..] else { panic!("{run:?}") };
    assert_eq!(error["kind"], "jq");
    assert_eq!(error["message"], "string (\"museum-col...) has no keys");
    assert_eq!(error["hint"], "--jq . prints what the expression is applied to");
}

#[test]
fn what_was_created_and_forked_stands_and_every_other_document_goes_through() {
    let (sandbox, _emulator) = emulated();
    let expression = "if .name == \"b\" then error(\"no b\") else .name end";
    let created = run(&sandbox, "db create a b c --public -j 1", expression).exits(1);
    assert_eq!(created.out, "\"a\"\n\"c\"\n");
    let [error] = &errors(&created)[..] else { panic!("{created:?}") };
    assert_eq!(
        (&error["kind"], &error["message"], &error["argument"]),
        (&"jq".into(), &"no b".into(), &"b".into())
    );

    let forked = run(&sandbox, "db fork taylor/a taylor/b taylor/c --owner dolthub --wait", "error(.state)");
    let forked = forked.exits(1);
    let forks = errors(&forked);
    assert_eq!((forked.out.as_str(), forks.len()), ("", 3), "{forked:?}");
    for error in forks {
        assert_eq!((&error["kind"], &error["message"]), (&"jq".into(), &"done".into()), "{forked:?}");
        assert!(error["argument"].as_str().unwrap().starts_with("taylor/"), "{forked:?}");
        assert_eq!(error["owner"], "dolthub");
    }
    for database in ["taylor/b", "dolthub/a", "dolthub/b", "dolthub/c"] {
        sandbox.run(&format!("db view {database}")).exits(0);
    }
    // Its end was seen.
    assert_eq!(sandbox.run("db fork-status --json").out, "");
}

#[test]
fn the_exit_code_of_a_command_that_failed_otherwise_is_its_own() {
    let (sandbox, _emulator) = emulated();
    sandbox.run("db create a --public").exits(0);
    let run = run(&sandbox, "db create b a c --public -j 1", ".name.x").exits(5);
    let kinds: Vec<Value> = errors(&run).into_iter().map(|error| error["kind"].clone()).collect();
    assert_eq!(kinds, ["jq", "already_exists", "jq"], "{run:?}");
    sandbox.run("db view taylor/b taylor/c").exits(0);
    let pending = Options { fork_delay: std::time::Duration::from_secs(60), ..Options::default() };
    let (sandbox, _slow) = Sandbox::emulated(pending);
    sandbox.run("db create dolthub/a --public").exits(0);
    // A fork that is accepted is a success, and stays one.
    let run = super::run(&sandbox, "db fork dolthub/a", ".operation.x").exits(1);
    assert_eq!(errors(&run).last().unwrap()["kind"], "jq");
    let run = super::run(&sandbox, "db fork-status", ".state.x").exits(8);
    assert_eq!(errors(&run).last().unwrap()["kind"], "jq");
}

#[test]
fn a_recursion_without_end_is_such_a_failure() {
    let server = Server::always(Reply::Json(200, FORKS.to_owned()));
    let sandbox = Sandbox::at(server.url());
    for (expression, why) in [
        ("def f: 1 + f; f", "the expression recurses too deep"),
        ("reduce range(100000) as $i (.; [.])", "a value is nested too deep"),
    ] {
        let run = run(&sandbox, &format!("db forks {MUSEUM}"), expression).exits(1);
        assert_eq!(errors(&run)[0]["message"], why);
    }
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_an_expression_that_runs() {
    use rustix::process::Signal;

    use crate::support::running::Running;

    let server = Server::start(|request, _| match request.method.as_str() {
        "POST" => Reply::Json(200, ANY_CREATED.to_owned()),
        _ => Reply::Json(200, FORKS.to_owned()),
    });
    let sandbox = Sandbox::at(server.url());
    for command in
        ["db forks dolthub/museum-collections", "config path", "db create x --public --owner dolthub"]
    {
        // More than is kept in memory; then it runs in silence.
        let args = command.split(' ').chain(["--jq", "range(1e5), last(repeat(1))"]);
        let running = Running::start(sandbox.command(args));
        running.wait_for_out("\n1000\n");
        running.signal(Signal::INT);
        let ended = running.finish();
        assert_eq!((ended.code, ended.signal), (None, Some(2)), "{command}: {:?}", ended.err);
    }
}

#[cfg(unix)]
#[test]
fn a_reader_who_has_seen_enough_ends_an_endless_expression_quietly() {
    use std::io::Read;
    use std::process::Stdio;

    let server = Server::always(Reply::Json(200, FORKS.to_owned()));
    let sandbox = Sandbox::at(server.url());
    let mut command = sandbox.command(["db", "forks", MUSEUM, "--jq", "repeat(.owner)", "-r"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut start = [0; 16];
    child.stdout.take().unwrap().read_exact(&mut start).unwrap();
    assert_eq!(&start, b"dolthub\ndolthub\n");
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap()), (Some(0), String::new()));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_io_error_and_the_create_stands() {
    let (sandbox, _emulator) = emulated();
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output =
        sandbox.command(["db", "create", "a", "--public", "--jq", ".name"]).stdout(full).output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{err}");
    let error: Value = serde_json::from_str(err.lines().next().unwrap()).unwrap();
    assert_eq!(error["error"]["kind"], "io", "{err}");
    sandbox.run("db view taylor/a").exits(0);
}
