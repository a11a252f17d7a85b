//! Commands that dhub prints to be pasted: bash makes exactly the words of them that were meant.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use crate::support::{Reply, Run, Sandbox, Server};

const AGAIN: &str = "note: to retry the failed ones: ";

/// The words of a command that bash runs, with stubs for dhub and chmod.
#[track_caller]
fn words(command: &str) -> Vec<OsString> {
    let script = format!("dhub() {{ printf '%s\\0' \"$@\"; }}; chmod() {{ dhub \"$@\"; }}\n{command}\n");
    let output = Command::new("bash").args(["--norc", "-c", &script]).output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{command}: {output:?}");
    let words = output.stdout.strip_suffix(b"\0").unwrap_or_default().split(|&byte| byte == 0);
    words.map(|word| OsString::from_vec(word.to_vec())).collect()
}

/// What stands between two texts on stderr.
#[track_caller]
fn between<'a>(run: &'a Run, start: &str, end: &str) -> &'a str {
    let (_, rest) = run.err.split_once(start).unwrap_or_else(|| panic!("no {start:?} in {run:?}"));
    rest.split(end).next().unwrap()
}

/// A config file of this name in the home of a sandbox, with a token for a server.
fn config(sandbox: &Sandbox, name: &[u8], server: &Server, mode: u32) -> OsString {
    let path = sandbox.home().join(OsStr::from_bytes(name));
    let authority = server.url().trim_start_matches("http://");
    fs::write(&path, format!("[hosts.\"{authority}\"]\ntoken = \"dhat.v1.x-y-z-1-2-3\"\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
    path.into_os_string()
}

fn os(words: &[&str]) -> Vec<OsString> {
    words.iter().map(OsString::from).collect()
}

#[test]
fn a_create_can_be_retried_with_any_description_and_any_config_path() {
    let server = Server::always(Reply::refusal(400, "not today"));
    for description in
        ["two\nlines\tand \\n", "\u{1b}[31mred\u{1b}[0m \u{202e}x\u{200b}\u{fe00}", "it's !! `x` $(y)"]
    {
        let sandbox = Sandbox::new();
        let path = config(&sandbox, b"my \xff\xfe 'config'\n.toml", &server, 0o600);
        let mut arguments =
            os(&["db", "create", "--private", "me/one", "me/two", "--host", server.url(), "--config"]);
        arguments.extend([path.clone(), format!("--description={description}").into()]);
        let run = sandbox.run_all(&arguments).exits(1);
        let mut expected = os(&["db", "create", "--private"]);
        expected.push(format!("--description={description}").into());
        expected.extend(os(&["--host", server.url(), "--config"]));
        expected.push(path);
        expected.extend(os(&["me/one", "me/two"]));
        assert_eq!(words(between(&run, AGAIN, "\n")), expected, "{run:?}");
    }
}

#[test]
fn names_and_paths_that_look_like_options_do_not_become_options() {
    let server = Server::start(|request, _| match request.method.as_str() {
        "POST" => Reply::Close,
        _ => Reply::refusal(400, "no such repository"),
    });
    let sandbox = Sandbox::new();
    config(&sandbox, b"-c.toml", &server, 0o644);
    let base = ["db", "fork", "--owner=--config=evil", "--host", server.url(), "--config=-c.toml", "--"];
    let run = sandbox.run_all([&base[..], &["--config=evil/z", "-w/x"]].concat()).exits(7);

    let again = words(between(&run, AGAIN, "\n"));
    let mut expected = os(&["db", "fork", "--if-not-exists", "--host", server.url(), "--config=-c.toml"]);
    expected.extend(os(&["--owner=--config=evil", "--", "--config=evil/z", "-w/x"]));
    assert_eq!(again, expected);

    let check = words(between(&run, "check again with `", "`,"));
    let target = if run.err.find("evil/z").unwrap() < run.err.find("evil/x").unwrap() { "z" } else { "x" };
    let target = format!("--config=evil/{target}");
    assert_eq!(check, os(&["db", "forks", "--host", server.url(), "--config=-c.toml", "--", &target]));

    let chmod = words(between(&run, "keep it to yourself: ", "\n"));
    assert_eq!(chmod, os(&["600", "--", "-c.toml"]));
}

#[test]
fn a_command_that_resumes_a_fork_is_exact_whatever_its_operation_is_called() {
    for operation in ["--wait=x", "-op\u{202e}e\u{2060}r'ation`", "$(reboot)!"] {
        let response = serde_json::json!({"operation_name": operation, "done": false}).to_string();
        let server = Server::always(Reply::Json(200, response));
        let run = Sandbox::at(server.url()).run("db fork a/b --owner me --wait --timeout 100ms").exits(8);
        let resume = between(&run, "to resume: ", "\n");
        let mut expected = os(&["db", "fork-status", "--wait"]);
        expected.extend(operation.starts_with('-').then(|| "--".into()));
        expected.push(operation.into());
        assert_eq!(words(resume), expected, "{run:?}");
    }
}

#[test]
fn a_retry_is_shown_only_where_it_can_help() {
    let server = |message: &'static str, status: u16| {
        Server::start(move |request, _| {
            let has = |name: &str| request.body.contains(name) || request.target.contains(name);
            match (request.method.as_str(), has("fine")) {
                ("GET", _) => Reply::refusal(400, "no such repository"),
                (_, true) => {
                    Reply::Json(200, r#"{"status":"Success","operation_name":"operations/1"}"#.to_owned())
                }
                _ => Reply::refusal(status, message),
            }
        })
    };
    for (message, status, helps) in [
        ("me/bad already exists", 400, false),
        ("bad has already been forked to me", 400, false),
        ("conflict", 409, false),
        ("quota used up", 400, true),
        ("permission denied", 403, true),
        ("no such repository", 400, true),
    ] {
        let server = server(message, status);
        let sandbox = Sandbox::at(server.url());
        for args in ["db create me/fine me/bad --public", "db fork x/fine x/bad --owner me"] {
            let run = sandbox.run(args);
            assert_eq!(run.err.contains("to retry the failed ones"), helps, "{message}: {run:?}");
        }
    }
    // With --if-not-exists it can become what was asked for.
    let server = server("me/bad already exists", 400);
    let run = Sandbox::at(server.url()).run("db create me/fine me/bad --private --if-not-exists").exits(5);
    assert!(run.err.contains(AGAIN), "{run:?}");
}

#[test]
fn the_status_of_a_failed_fork_is_not_asked_for_again() {
    let failed = r#"{"status":"Error","done":true,"message":"disk full"}"#;
    let server = Server::always(Reply::Json(200, failed.to_owned()));
    let run = Sandbox::at(server.url()).run("db fork-status operations/1 operations/2").exits(1);
    assert!(run.err.contains("note: 2 failed\n") && !run.err.contains(AGAIN), "{run:?}");
}
