//! Invalid commands, options and durations, and suggestions for the nearly valid ones.

use crate::support::responses::{FORKED, FORKING, FORKS, OPERATION};
use crate::support::{Reply, Sandbox, Server};

/// A server with the contract's responses about forks.
fn service() -> Server {
    Server::start(|request, _| {
        let response = match (request.method.as_str(), request.target.contains("operationName")) {
            ("POST", _) => FORKING,
            (_, true) => FORKED,
            (_, false) => FORKS,
        };
        Reply::Json(200, response.to_owned())
    })
}

#[test]
fn a_usage_error_exits_2_in_text_and_in_json() {
    let server = service();
    let sandbox = Sandbox::at(server.url());
    for (args, named) in [
        ("db frok a/b", "frok"),
        ("db for a/b", "for"),
        ("db f a/b", "f"),
        ("d forks a/b", "d"),
        ("database forks a/b", "database"),
        ("forks a/b", "forks"),
        ("db forks a/b --wiat", "--wiat"),
        ("db forks a/b --wait", "--wait"),
        ("db forks a/b c/d", "c/d"),
        ("db forks a/b --js", "--js"),
        ("db fork a/b --own c", "--own"),
        ("db fork a/b --owner", "--owner"),
        ("db fork", "DATABASE"),
        ("db forks", "DATABASE"),
        ("db create", "NAME"),
        ("db create a/b --public --owner c", "a/b does not belong to c"),
        ("db create a/b --public --private", "--private"),
        ("db fork-status operations/1 --owner a", "--owner"),
        ("db forks a/b --color sometimes", "sometimes"),
        ("completions tcsh", "tcsh"),
    ] {
        let run = sandbox.run(args).exits(2);
        assert_eq!(run.out, "", "{args}");
        let first = run.err.split("\n\n").next().unwrap();
        assert!(first.starts_with("error: ") && first.contains(named), "{args}: {run:?}");
        assert!(!run.err.contains('\u{1b}'), "{args}: {run:?}");

        let run = sandbox.run(&format!("--json {args}")).exits(2);
        assert_eq!(run.out, "", "{args}");
        assert_eq!(run.err.lines().count(), 1, "{args}: {run:?}");
        let error = run.error();
        assert_eq!(error["kind"], "usage", "{args}");
        let message = error["message"].as_str().unwrap();
        assert!(message.contains(named) && !message.starts_with("error"), "{args}: {error}");
    }
    assert!(server.requests().is_empty(), "{:?}", server.requests());
}

#[cfg(unix)]
#[test]
fn an_argument_that_is_not_utf_8_exits_2() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let wrong = OsStr::from_bytes(b"dolthub/\xff");
    for command in ["forks", "fork", "create", "fork-status"] {
        let args = ["db", command].map(OsStr::new);
        let run = Sandbox::new().run_all(args.into_iter().chain([wrong])).exits(2);
        assert!(run.err.starts_with("error: "), "{run:?}");
        let args = ["db", "--json", command].map(OsStr::new);
        let error = Sandbox::new().run_all(args.into_iter().chain([wrong])).exits(2).error();
        assert_eq!(error["kind"], "usage");
    }
}

#[test]
fn fork_forks_and_forks_lists() {
    let server = service();
    let sandbox = Sandbox::at(server.url());
    let forked = sandbox.run("db fork dolthub/museum-collections --owner myusername -q").exits(0);
    assert_eq!(
        forked.out,
        format!("{OPERATION}\tdolthub/museum-collections\tmyusername/museum-collections\n")
    );
    assert_eq!((server.count("POST"), server.count("GET")), (1, 0));
    let listed = sandbox.run("db forks dolthub/museum-collections").exits(0);
    assert!(listed.out.starts_with("anotherOrg/museum-collections\t"), "{listed:?}");
    assert_eq!((server.count("POST"), server.count("GET")), (1, 1));
    assert_eq!(sandbox.run("db list-forks dolthub/museum-collections").exits(0).out, listed.out);
}

#[test]
fn the_options_of_every_command_may_stand_anywhere() {
    let server = service();
    let sandbox = Sandbox::new();
    let (host, forks) = (format!("--host {}", server.url()), "dolthub/museum-collections");
    let expected = sandbox.run(&format!("db forks {forks} --json {host}")).exits(0).out;
    for args in [
        format!("--json {host} db forks {forks}"),
        format!("db --json forks {host} {forks}"),
        format!("db forks --json {forks} --host={} -q", server.url()),
    ] {
        assert_eq!(sandbox.run(&args).exits(0).out, expected, "{args}");
    }
}

#[test]
fn a_duration_is_one_of_the_documented_forms() {
    let server = service();
    let sandbox = Sandbox::at(server.url());
    for duration in ["500ms", "90s", "10m", "1h30m", "30", "0"] {
        sandbox.run(&format!("db fork-status --wait --timeout {duration} {OPERATION}")).exits(0);
    }
    sandbox.run(&format!("db fork-status --request-timeout 90s {OPERATION}")).exits(0);
    let sent = server.requests().len();
    for duration in ["", "-1", "1.5", "ten", "1x", "s", "m10", "99999999999999999999", "1h-30m"] {
        for option in ["--timeout", "--request-timeout"] {
            let option = format!("{option}={duration}");
            let args = ["db", "fork-status", OPERATION, "--wait", &option];
            let run = sandbox.run_all(args).exits(2);
            assert!(run.err.starts_with("error: "), "{option}: {run:?}");
            let error = sandbox.run_all(args.into_iter().chain(["--json"])).exits(2).error();
            assert_eq!(error["kind"], "usage", "{option}");
            let (name, _) = option.split_once('=').unwrap();
            assert!(error["message"].as_str().unwrap().contains(name), "{option}: {error}");
        }
    }
    for zero in ["0", "0s", "0ms"] {
        sandbox.run(&format!("db fork-status {OPERATION} --request-timeout {zero}")).exits(2);
    }
    assert_eq!(server.requests().len(), sent);
}

#[test]
fn an_invalid_database_or_operation_is_never_sent() {
    let server = service();
    let sandbox = Sandbox::at(server.url());
    let databases = [
        "",
        "x",
        "/",
        "/x",
        "x/",
        "a/b/c",
        "./x",
        "../x",
        "a/.",
        "a/..",
        "a b/c",
        "a/b c",
        "a/b\tc",
        "a/b\nc",
        "a/b\u{a0}c",
        "a/b\u{1b}",
        "a/b?c",
        "a/b#c",
        "a/b%2fc",
    ];
    let operations = ["", " ", "a b", "a\tb", "a\nb", "a\u{1b}b"];
    let arguments = databases.iter().flat_map(|text| [("fork", text), ("forks", text)]);
    for (command, text) in arguments.chain(operations.iter().map(|text| ("fork-status", text))) {
        let run = sandbox.run_all(["db", command, "--json", "--", text]).exits(2);
        let error = run.error();
        assert_eq!(error["kind"], "usage", "{command} {text:?}");
        assert_eq!(error["argument"], *text, "{command}");
        assert!(!error["message"].as_str().unwrap().is_empty());
    }
    assert!(server.requests().is_empty(), "{:?}", server.requests());
}
