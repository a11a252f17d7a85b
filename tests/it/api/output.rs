//! What `dhub api` prints: the document, on one line or laid out, and the head of the response.

use super::at;
use crate::support::{Reply, Sandbox, TOKEN};

/// Keys out of order and twice, numbers that no float holds, and characters that touch a terminal.
const ODD: &str = "{ \"z\": 1.0000000000000000000000001,\r\n \"a\": [12345678901234567890, -0.0, 1E400],\
                   \t\"z\": \"\u{9b}2J\u{202e}\\u0041ü\" }\n";

#[test]
fn a_pipe_gets_the_document_on_one_line_as_it_came() {
    let (sandbox, _server) = at(Reply::Json(200, ODD.to_owned()));
    let line = "{\"z\":1.0000000000000000000000001,\"a\":[12345678901234567890,-0.0,1E400],\
                \"z\":\"\\u009b2J\\u202e\\u0041ü\"}\n";
    for args in ["api user", "api user --json", "api user -o json", "api user -q"] {
        assert_eq!(sandbox.run(args).exits(0).out, line, "{args}");
    }
}

#[cfg(unix)]
#[test]
fn a_terminal_gets_it_laid_out_and_one_line_with_json() {
    use crate::support::terminal::{Terminal, USUAL};

    let (sandbox, _server) = at(Reply::Json(200, ODD.to_owned()));
    let session = Terminal::dhub(&sandbox, USUAL, "api user").finish().exits(0);
    assert_eq!(
        session.screen,
        "{\n  \"z\": 1.0000000000000000000000001,\n  \"a\": [\n    12345678901234567890,\n    -0.0,\n    1E400\n  ],\n  \
         \"z\": \"\\u009b2J\\u202e\\u0041ü\"\n}"
    );
    let session = Terminal::dhub(&sandbox, (24, 120), "api user --json").finish().exits(0);
    assert!(session.screen.starts_with("{\"z\":1.0") && session.screen.lines().count() == 1, "{session:?}");
}

#[cfg(unix)]
#[test]
fn a_refusal_on_a_terminal_is_the_document_and_the_error() {
    use crate::support::terminal::{Terminal, USUAL};

    let (sandbox, _server) = at(Reply::refusal(400, "no such repository"));
    let session = Terminal::dhub(&sandbox, USUAL, "api a/b/forks").finish().exits(3);
    let document = "{\n  \"message\": \"no such repository\",\n  \"status\": \"Error\"\n}\n";
    let error = "error: GET /a/b/forks failed: no such repository\nhint: check the spelling";
    assert!(session.screen.starts_with(&format!("{document}{error}")), "{session:?}");
}

#[test]
fn the_head_comes_first_and_touches_no_terminal() {
    let reply = || {
        Reply::Full(
            200,
            format!("x-odd: \u{9b}2J\u{202e}ü\r\nx-token: {TOKEN}\r\n"),
            "application/json",
            "{\"a\": 1}".to_owned(),
        )
    };
    let (sandbox, _server) = at(reply());
    let head = "HTTP/1.1 200 OK\ncontent-type: application/json\ncontent-length: 8\nconnection: close\n\
                x-odd: \\u{9b}2J\\u{202e}ü\nx-token: [token]\n\n";
    for args in ["api user -i", "api user --include --json", "api user -i -X POST"] {
        assert_eq!(sandbox.run(args).exits(0).out, format!("{head}{{\"a\":1}}\n"), "{args}");
    }
}

#[test]
fn the_head_is_printed_also_where_the_body_is_no_json() {
    let (sandbox, _server) = at(Reply::html(404, "<title>Not Found</title>"));
    let run = sandbox.run("api a/b -i").exits(1);
    assert!(run.out.starts_with("HTTP/1.1 404 Not Found\ncontent-type: text/html\n"), "{run:?}");
    assert!(run.out.ends_with("\n\n") && !run.out.contains("title"), "{run:?}");
}

#[test]
fn no_token_that_a_service_repeats_is_printed() {
    let escaped = TOKEN.replace('d', "\\u0064");
    let body = format!("{{\"a\":\"{TOKEN}\",\"{TOKEN}\":\"x{escaped}y\"}}");
    let (sandbox, _server) = at(Reply::Json(200, body));
    assert_eq!(sandbox.run("api user").exits(0).out, "{\"a\":\"[token]\",\"[token]\":\"x[token]y\"}\n");
}

#[cfg(unix)]
#[test]
fn a_closed_or_full_stdout_after_a_post_tells_that_it_was_accepted() {
    let (sandbox, _server) = at(super::ok());
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = sandbox.command(["api", "fork", "-f", "a=b"]).stdout(writer).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "note: stdout is closed; done: POST /fork\n");
    assert_eq!(output.status.code(), Some(0));

    let full = || std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    if !cfg!(target_os = "linux") {
        return;
    }
    for args in [&["api", "fork", "-f", "a=b"][..], &["api", "fork", "-f", "a=b", "-i"]] {
        let output = sandbox.command(args).stdout(full()).output().unwrap();
        let err = String::from_utf8_lossy(&output.stderr);
        assert!(err.contains("cannot write the result to stdout: No space left"), "{err}");
        assert!(err.contains("hint: POST /fork was sent and accepted"), "{err}");
        assert_eq!(output.status.code(), Some(1));
    }
    let output = sandbox.command(["api", "user"]).stdout(full()).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn the_help_shows_how_it_is_used() {
    let out = Sandbox::new().run("api --help").exits(0).out;
    for piece in ["dhub api user", "KEY:=JSON", "--input -", "does not keep a fork", "the exit code is 7"] {
        assert!(out.contains(piece), "{piece}: {out}");
    }
}
