//! Streams that are closed, full, folders, or unread.

use std::time::Duration;

use dhub::emulator::{Emulator, Options};

use super::{sh, taylors};
use crate::support::side_by_side;
use crate::support::{Sandbox, Server, TOKEN};

const MUSEUM: &str = "dolthub/museum-collections";

fn museum() -> (Sandbox, Emulator) {
    Sandbox::emulated(Options { network: 3, fork_delay: Duration::from_millis(300), ..Options::default() })
}

/// A home at this server, with a token in `T` only.
fn logged_out(server: &Server) -> Sandbox {
    Sandbox::new().with("DOLTHUB_HOST", server.url()).with("T", TOKEN)
}

#[test]
fn a_list_from_a_stdin_that_cannot_be_read_sends_nothing() {
    let server = taylors();
    let sandbox = Sandbox::at(server.url());
    for args in ["db fork -", "db create - --private", "db fork-status -"] {
        let closed = sh(&sandbox, &format!("dhub {args} <&-"));
        assert_eq!((closed.code, closed.out.as_str()), (Some(0), ""), "{args}: {closed:?}");
        assert_eq!(closed.err, "note: the list on stdin is empty: nothing to do\n", "{args}");

        let folder = sh(&sandbox, &format!("dhub {args} < /"));
        assert_eq!((folder.code, folder.out.as_str()), (Some(2), ""), "{args}: {folder:?}");
        assert_eq!(folder.err, "error: cannot read the list from stdin: Is a directory\n", "{args}");
    }
    assert_eq!(server.v1alpha1_requests().len(), 0);
}

#[test]
fn a_login_from_a_stdin_that_cannot_be_read_stores_nothing() {
    let server = taylors();
    let sandbox = logged_out(&server);
    for (stdin, code, why) in [
        ("<&-", 4, "the token is empty"),
        ("< /", 2, "cannot read the token: Is a directory"),
        ("0> out", 4, "the token is empty"),
    ] {
        let ended = sh(&sandbox, &format!("dhub auth login {stdin}"));
        assert_eq!((ended.code, ended.out.as_str()), (Some(code), ""), "{stdin}: {ended:?}");
        assert!(ended.err.starts_with("error: ") && ended.err.contains(why), "{stdin}: {ended:?}");
    }
    assert_eq!(server.v1alpha1_requests().len(), 0);
    assert!(!sandbox.config_path().exists());
}

#[test]
fn closed_or_full_streams_do_not_stop_the_work_or_change_the_exit_code() {
    let lost = [
        ">&-",
        "2>&-",
        ">&- 2>&-",
        "<&- >&- 2>&-",
        "2> /dev/full",
        "<&- >&- 2> /dev/full",
        "2>&1 >&- | true",
    ];
    side_by_side(lost, |streams| {
        let (sandbox, _emulator) = museum();
        for (args, code) in [
            ("db create x --private -v", 0),
            ("db create x --private", 5),
            (&*format!("db fork {MUSEUM} --wait"), 0),
            ("db forks nobody/nothing --json", 3),
            (&*format!("db forks {MUSEUM}"), 0),
            (&*format!("db forks {MUSEUM} --tree -v"), 0),
            ("db forks", 2),
            ("db frok", 2),
            ("--nonsense --json", 2),
            ("--help", 0),
            ("completions zsh", 0),
            ("emulator exec -- sh -c 'exit 7'", 7),
        ] {
            let ended = sh(&sandbox, &format!("{{ dhub {args}; echo $? > code; }} {streams}; cat code"));
            assert_eq!(ended.out.lines().last(), Some(&*code.to_string()), "{args} {streams}: {ended:?}");
            if streams.contains('2') {
                assert_eq!(ended.err, "", "{args} {streams}");
            }
        }
        let forks = sandbox.run(&format!("db forks {MUSEUM}")).exits(0).out;
        assert!(forks.contains("taylor/museum-collections"), "{streams}: {forks}");
        sandbox.run("db forks taylor/x").exits(0);
    });
}

#[test]
fn output_for_a_closed_stream_reaches_neither_the_config_file_nor_the_service() {
    for streams in [">&-", "2>&-", ">&- 2>&-"] {
        let server = taylors();
        let sandbox = logged_out(&server);
        let ended = sh(&sandbox, &format!("printf %s \"$T\" | dhub auth login -v {streams}"));
        assert_eq!(ended.code, Some(0), "{streams}: {ended:?}");
        let key = server.url().trim_start_matches("http://");
        let config = std::fs::read_to_string(sandbox.config_path()).unwrap();
        assert_eq!(
            config,
            format!("[hosts.\"{key}\"]\ntoken = \"{TOKEN}\"\nuser = \"taylor\"\n"),
            "{streams}"
        );

        let ended = sh(&sandbox, &format!("dhub db create x --private -v -d d <&- {streams}"));
        assert_eq!(ended.code, Some(0), "{streams}: {ended:?}");
        let [user, create] = &server.v1alpha1_requests()[..] else {
            panic!("{streams}: {:?}", server.v1alpha1_requests())
        };
        assert_eq!((user.method.as_str(), user.body.as_str()), ("GET", ""));
        let body: serde_json::Value = serde_json::from_str(&create.body).unwrap();
        let expected = serde_json::json!({"ownerName": "taylor", "repoName": "x", "visibility": "private",
            "description": "d"});
        assert_eq!((create.method.as_str(), body), ("POST", expected), "{streams}");
    }
}

#[test]
fn every_result_lost_to_a_full_stdout_is_reported() {
    let (sandbox, _emulator) = museum();
    let fork = sandbox.run(&format!("db fork {MUSEUM} --json")).exits(0).document();
    let operation = fork["operation"].as_str().unwrap();
    for args in [
        "auth status",
        "auth status --json",
        "completions fish",
        "emulator start",
        &format!("db forks {MUSEUM} --json"),
        &format!("db forks {MUSEUM} --tree"),
        &format!("db fork-status {operation} --wait"),
    ] {
        let ended = sh(&sandbox, &format!("dhub {args} > /dev/full"));
        assert_eq!(ended.code, Some(1), "{args}: {ended:?}");
        assert!(ended.err.contains("to stdout: No space left on device"), "{args}: {ended:?}");
        assert_eq!(ended.err.lines().filter(|line| line.contains("error")).count(), 1, "{args}: {ended:?}");
    }
}

#[test]
fn a_login_whose_result_is_lost_on_a_full_stdout_is_stored_all_the_same() {
    let server = taylors();
    let sandbox = logged_out(&server);
    let ended = sh(&sandbox, "printf %s \"$T\" | dhub auth login > /dev/full");
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.err.contains("No space left on device"), "{ended:?}");
    sandbox.run("auth status").exits(0);
}

#[test]
fn a_closed_pipe_ends_dhub_quietly_with_sigpipe_ignored_or_not() {
    // More than a pipe holds.
    let (sandbox, _emulator) = Sandbox::emulated(Options { network: 2_000, ..Options::default() });
    for before in ["", "trap '' PIPE;"] {
        for args in [&*format!("db forks {MUSEUM}"), &format!("db forks {MUSEUM} --json")] {
            let script =
                format!("{before} {{ dhub {args} 2> err; echo $? > code; }} | head -c 1 > out; cat code err");
            let ended = sh(&sandbox, &script);
            assert_eq!((ended.out.as_str(), ended.err.as_str()), ("0\n", ""), "{before} {args}: {ended:?}");
        }
    }
}

#[test]
fn a_command_under_the_emulator_still_dies_of_sigpipe() {
    let script = "dhub emulator exec -- sh -c 'yes 2> err | head -1; cat err'";
    let ended = sh(&Sandbox::new(), script);
    assert_eq!((ended.out.as_str(), ended.err.as_str()), ("y\n", ""), "{ended:?}");
}
