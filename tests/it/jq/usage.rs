//! What cannot be run is a usage error, before anything else is done.

use super::MUSEUM;
use crate::support::responses::FORKS;
use crate::support::{Reply, Sandbox, Server, TOKEN};

fn server() -> (Server, Sandbox) {
    let server = Server::always(Reply::Json(200, FORKS.to_owned()));
    let sandbox = Sandbox::at(server.url());
    (server, sandbox)
}

#[test]
fn a_bad_expression_is_refused_before_any_request_with_its_place() {
    let (server, sandbox) = server();
    for (expression, message) in [
        (".forks[", "--jq: [ is never closed at column 7: .forks["),
        (".a | | .b", "--jq: unexpected | instead of term at column 6: .a | | .b"),
        (".forks | foo(1)", "--jq: foo/1 is not defined at column 10: .forks | foo(1)"),
        ("select", "--jq: select/0 is not defined, but select/1 at column 1: select"),
        (". as $x | $y", "--jq: $y is not defined at column 11: . as $x | $y"),
        ("$ENV.HOME", "--jq: $ENV is not supported at column 1: $ENV.HOME"),
        ("input", "--jq: input is not supported at column 1: input"),
        ("import \"a\" as a; .", "--jq: import is not supported at column 1: import \"a\" as a; ."),
    ] {
        for command in ["db create a/b --public", "db fork a/b --wait", "db forks a/b --tree", "version"] {
            let run = super::run(&sandbox, command, expression).exits(2);
            assert_eq!((run.out.as_str(), run.err.lines().count()), ("", 1), "{run:?}");
            let error = run.error();
            assert_eq!((&error["kind"], &error["message"]), (&"usage".into(), &message.into()));
            assert!(error["hint"].as_str().unwrap().contains("--jq '.forks[].owner'"), "{error}");
        }
    }
    assert!(server.requests().is_empty());
}

#[cfg(unix)]
#[test]
fn a_bad_expression_is_refused_before_the_config_file_is_read_and_a_token_command_run() {
    let (_server, sandbox) = server();
    let touched = sandbox.home().join("touched");
    let sandbox = sandbox.with("DOLTHUB_TOKEN", "");
    sandbox.write_config(&format!(
        "[hosts.\"www.dolthub.com\"]\ntoken_command = [\"touch\", \"{}\"]\nbroken",
        touched.display()
    ));
    let run = super::run(&sandbox, "db fork a/b --host www.dolthub.com", ".[").exits(2);
    assert_eq!(run.error()["kind"], "usage", "{run:?}");
    assert!(!touched.exists());
}

#[test]
fn what_an_expression_holds_steers_no_terminal_and_shows_no_token() {
    let (_server, sandbox) = server();
    for expression in ["\u{1b}[2J", ".a | \u{202e}", "\"\u{9b}\" | x"] {
        let run = super::run(&sandbox, "db forks a/b", expression).exits(2);
        assert!(!run.err.contains(['\u{1b}', '\u{202e}', '\u{9b}']), "{run:?}");
        assert!(
            run.error()["message"].as_str().unwrap().contains(expression.split(' ').next_back().unwrap())
        );
    }
    let run = super::run(&sandbox, "db forks a/b", &format!("\"{TOKEN}\" | x")).exits(2);
    assert!(!run.err.contains(TOKEN) && run.err.contains("[token]"), "{run:?}");
    // Two of them, which clap would repeat.
    let run = sandbox.run_all(["db", "forks", "a/b", "--jq", "\u{1b}", "--jq", TOKEN]).exits(2);
    assert!(!run.err.contains('\u{1b}') && !run.err.contains(TOKEN), "{run:?}");
}

#[test]
fn formats_and_expressions_that_disagree_are_refused_wherever_they_stand() {
    let (server, sandbox) = server();
    for args in [
        format!("db forks {MUSEUM} --jq .a --jq .b"),
        format!("--jq .a db forks {MUSEUM} --jq .b"),
        format!("db --jq .a forks {MUSEUM} --jq=.b"),
        format!("--jq .a db --jq .b forks {MUSEUM} --jq .a"),
        format!("db forks {MUSEUM} --jq .a -o csv"),
        format!("-o table db forks {MUSEUM} --jq .a"),
        format!("--jq .a db forks {MUSEUM} -o names"),
        format!("--jq .a db -o md forks {MUSEUM} --json"),
        format!("--jq .a db forks {MUSEUM} --tree -o dot"),
        format!("db forks {MUSEUM} -r"),
        format!("-r db forks {MUSEUM} --json"),
        format!("db forks {MUSEUM} --raw-output -o tsv"),
        format!("db forks {MUSEUM} --jq"),
    ] {
        let run = sandbox.run(&args).exits(2);
        assert_eq!(run.out, "", "{args}");
        let is_json = args.contains("--jq") || args.contains("--json");
        assert_eq!(run.err.starts_with("{\"error\":"), is_json, "{args}: {run:?}");
    }
    assert!(server.requests().is_empty());
    for args in [
        format!("--jq .owner db --jq .owner forks {MUSEUM} --jq=.owner -ojson --json"),
        format!("-o json -r db forks {MUSEUM} --jq .owner"),
    ] {
        assert_eq!(sandbox.run(&args).exits(0).out.replace('"', ""), "dolthub\n", "{args}");
    }
}

#[test]
fn raw_output_alone_and_a_missing_expression_say_what_is_needed() {
    let sandbox = Sandbox::new();
    let run = sandbox.run("db forks a/b -r").exits(2);
    assert!(
        run.err.starts_with("error: -r, --raw-output, needs --jq, as in --jq '.forks[].owner' -r\n"),
        "{run:?}"
    );
    let error = sandbox.run("db forks a/b --json -r").exits(2).error();
    assert!(error["message"].as_str().unwrap().contains("needs --jq"), "{error}");
    let error = sandbox.run("db forks a/b --jq").exits(2).error();
    assert!(error["hint"].as_str().unwrap().contains("such as --jq '.forks[].owner'"), "{error}");
}

#[test]
fn who_takes_q_for_jq_gets_the_right_option_with_the_expression() {
    let sandbox = Sandbox::new();
    for (args, hint) in [
        ("db forks a/b -q .forks", "--jq .forks"),
        ("db forks -q .forks[].owner a/b", "--jq '.forks[].owner'"),
        ("db view a/b -q .parent", "--jq .parent"),
        ("db create x --public -q .name", "--jq .name"),
    ] {
        let expected = format!("-q is --quiet and takes no value; to filter results: {hint}");
        let run = sandbox.run(args).exits(2);
        assert!(run.err.contains(&format!("hint: {expected}\n")), "{args}: {run:?}");
        let error = sandbox.run(&format!("{args} --json")).exits(2).error();
        assert_eq!(error["hint"], expected.as_str(), "{args}");
    }
    let run = sandbox.run_all(["db", "forks", "a/b", "-q", &format!(".\u{1b}{TOKEN}")]).exits(2);
    assert!(!run.err.contains('\u{1b}') && !run.err.contains(TOKEN), "{run:?}");
}
