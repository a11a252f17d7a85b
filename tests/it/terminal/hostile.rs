//! No response controls the terminal.

use serde_json::json;

use super::{MUSEUM, done, forking};
use crate::support::terminal::Terminal;
use crate::support::{Recorded, Reply, Sandbox, Server};

/// What steers a terminal, hides text or turns it around.
const HOSTILE: &str = "\u{1b}[2J\u{1b}]0;x\u{7} no\u{9b}31m\u{202e}\u{200b}\u{2028}\u{7f}\r\n\tfake\trow";

/// Whether any of that is left. dhub's own sequences, which a spinner and colours need, are others.
fn touches_the_terminal(raw: &str) -> bool {
    [
        "\u{1b}[2J",
        "\u{1b}]",
        "\u{7}",
        "\u{9b}",
        "\u{202e}",
        "\u{200b}",
        "\u{2028}",
        "\u{7f}",
        "\nfake",
        "\tfake",
    ]
    .iter()
    .any(|harm| raw.contains(harm))
}

fn hostile(request: &Recorded, _: usize) -> Reply {
    let response = match (request.method.as_str(), request.target.trim_start_matches("/api/v1alpha1")) {
        (_, "/user") => json!({"status": "Success", "username": HOSTILE}),
        ("POST", "/database") => json!({"status": "Success", "repository_owner": HOSTILE,
            "repository_name": HOSTILE, "visibility": HOSTILE, "description": HOSTILE}),
        ("POST", "/fork") if request.body.contains("refused") => {
            json!({"status": HOSTILE, "operation_name": HOSTILE})
        }
        ("POST", "/fork") => json!({"status": "Success", "parent_owner": HOSTILE, "parent_database": HOSTILE,
            "forked_owner": HOSTILE, "operation_name": "operations/\u{202e}\u{200b}x"}),
        (_, target) if target.contains("done") || target.contains("%E2%80%AE") => {
            json!({"status": "Success", "done": true, "database_owner": HOSTILE, "database_name": HOSTILE})
        }
        (_, target) if target.contains("failed") => {
            json!({"status": "Error", "done": true, "message": HOSTILE})
        }
        (_, target) if target.contains("there") => json!({"status": "Success", "database_owner": HOSTILE,
            "database_name": HOSTILE, "parent_owner": HOSTILE, "parent_database_name": HOSTILE,
            "forks": [{"database_owner": HOSTILE, "database_name": HOSTILE}]}),
        (_, target) if target.contains("moved") => {
            let location = "location: http://x/\u{9b}31m\u{202e}\r\n".to_owned();
            return Reply::Full(302, location, "text/html", HOSTILE.to_owned());
        }
        _ => return Reply::refusal(400, HOSTILE),
    };
    Reply::Json(200, response.to_string())
}

#[test]
fn a_hostile_response_never_controls_the_terminal() {
    let server = Server::start(hostile);
    for args in [
        "auth status",
        "db create me/x --public",
        "db fork a/b --owner me",
        "db fork a/b --owner me --wait",
        "db fork a/refused --owner me",
        "db fork-status operations/done",
        "db fork-status operations/failed --wait",
        "db fork-status operations/unknown",
        "db forks there/x",
        "db forks moved/x",
        "db forks a/b",
    ] {
        for options in ["-v", "--json"] {
            let sandbox = Sandbox::at(server.url());
            let args = format!("{args} {options}");
            let session = Terminal::dhub(&sandbox, (50, 200), &args).finish();
            assert!(!touches_the_terminal(&session.raw), "{args}: {:?}", session.raw);
            let run = sandbox.run(&args);
            assert!(!touches_the_terminal(&run.out), "{args}: {:?}", run.out);
            assert!(!touches_the_terminal(&run.err), "{args}: {:?}", run.err);
        }
    }
}

#[test]
fn a_hostile_error_message_never_controls_the_terminal() {
    let server = forking(|before| if before < 3 { Reply::refusal(503, HOSTILE) } else { done() });
    let args = format!("db fork {MUSEUM} --owner taylor --wait");
    let terminal = Terminal::dhub(&Sandbox::at(server.url()), (24, 200), &args);
    terminal.wait_for("still trying");
    let session = terminal.finish().exits(0);
    assert!(!touches_the_terminal(&session.raw), "{session:?}");
}

#[test]
fn what_is_wrong_on_the_command_line_or_in_the_environment_touches_no_terminal() {
    let hostile = "x\u{1b}[2J\u{1b}[31m\u{1b}]0;x\u{7}\u{9b}1m\u{202e}\u{200b}\u{fe0f}\u{1bca0}\u{7f}";
    let option = format!("--{hostile}");
    let value = format!("--color={hostile}");
    let commands: [&[&str]; 14] = [
        &[hostile],
        &["db", hostile],
        &["db", "forks", "a/b", hostile],
        &["db", "forks", hostile],
        &["db", "forks", "a/b", &option],
        &["db", "forks", &value],
        &["db", "forks", "a/b", "--request-timeout", hostile],
        &["db", "fork", "a/b", "-j", hostile],
        &["db", "forks", "a/b", "--host", hostile],
        &["db", "forks", "a/b", "--config", hostile],
        &["db", "fork", "a/b", "--owner", hostile],
        &["completions", hostile],
        &["emulator", "start", "--listen", hostile],
        &["db", "fork-status", hostile],
    ];
    for command in commands {
        for options in [["--color", "never"], ["--color", "always"], ["--json", "-v"]] {
            let sandbox =
                Sandbox::new().with("DOLTHUB_TOKEN", "x").with("DOLTHUB_HOST", "http://127.0.0.1:9");
            let arguments: Vec<&str> = command.iter().copied().chain(options).collect();
            let run = sandbox.run_all(&arguments);
            assert_ne!(run.code, Some(0), "{command:?}: {run:?}");
            // Its own colours.
            let plain = ["\u{1b}[0m", "\u{1b}[1m", "\u{1b}[4m"]
                .iter()
                .fold(run.err.clone(), |text, colour| text.replace(colour, ""));
            let own = |text: &str| {
                let mut text = text.to_owned();
                for code in 30..=37 {
                    for start in [
                        format!("\u{1b}[{code}m"),
                        format!("\u{1b}[1;{code}m"),
                        format!("\u{1b}[1m\u{1b}[{code}m"),
                    ] {
                        if options[1] == "always" {
                            text = text.replace(&start, "");
                        }
                    }
                }
                text
            };
            let plain = if options[1] == "always" { own(&plain) } else { run.err.clone() };
            let harm = |c: char| {
                (c.is_control() && c != '\n')
                    || matches!(c, '\u{202e}' | '\u{200b}' | '\u{fe0f}' | '\u{1bca0}')
            };
            assert!(!plain.contains(harm), "{command:?} {options:?}: {plain:?}");
            assert!(!run.err.contains("x\u{1b}"), "{command:?} {options:?}: {run:?}");
        }
    }
}

#[test]
fn the_name_that_dhub_is_started_by_is_not_repeated() {
    use std::os::unix::process::CommandExt;
    let sandbox = Sandbox::new();
    for args in
        [&["--help"][..], &["db", "fork", "--help"], &["db"], &["db", "forks", "--nonsense"], &["--version"]]
    {
        let output = sandbox.command(args).arg0("evil\u{1b}[2J").output().unwrap();
        for text in [output.stdout, output.stderr] {
            assert!(!String::from_utf8(text).unwrap().contains("evil"), "{args:?}");
        }
    }
}
