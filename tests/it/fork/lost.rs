//! The answer to a fork was lost: it may be under way.

use std::time::Duration;

use serde_json::Value;

use super::{document, fork_at};
use crate::support::answers::{not_there, there};
use crate::support::{Reply, Sandbox, Server};

fn scripted(fork: Reply, look: Reply) -> Server {
    Server::start(move |request, _| match request.method.as_str() {
        "POST" => fork.clone(),
        _ => look.clone(),
    })
}

/// The answers that leave it open whether the fork was begun.
fn open_answers() -> [(&'static str, Reply); 5] {
    [
        ("closed", Reply::Close),
        ("500", Reply::refusal(500, "boom")),
        ("a gateway's page", Reply::html(502, "<h1>Bad Gateway</h1>")),
        ("a page", Reply::html(200, "<h1>welcome to the hotel</h1>")),
        ("no operation", Reply::Json(200, r#"{"status":"Success","operation_name":""}"#.to_owned())),
    ]
}

#[test]
fn what_a_look_found_is_told_and_nothing_is_sent_twice() {
    for (how, answer) in open_answers() {
        for (look, found) in [
            (there("taylor/x", "dolthub/x"), "taylor/x exists now"),
            (
                there("taylor/x", "dolthub/y"),
                "taylor/x exists now, but is a fork of dolthub/y, not of dolthub/x",
            ),
            (there("taylor/x", ""), "taylor/x exists now, but is not a fork of dolthub/x"),
            (not_there(), "taylor/x does not exist now"),
            (Reply::refusal(400, "bang"), "looking it up failed, too: bang"),
        ] {
            let server = scripted(answer.clone(), look);
            let words = "db fork dolthub/x --owner taylor --wait --json";
            let run = Sandbox::at(server.url()).run(words).exits(7);
            assert_eq!(run.out, "", "{how}");
            let error = run.error();
            assert_eq!(error["kind"], "unknown", "{how}");
            assert!(error["message"].as_str().unwrap().contains(found), "{how}: {error}");
            assert_eq!(error["argument"], "dolthub/x", "{how}");
            assert_eq!((server.count("POST"), server.count("GET")), (1, 1), "{how}");
        }
    }
}

#[test]
fn the_error_says_that_it_cannot_tell_and_what_to_do() {
    let server = scripted(Reply::Silence(Duration::from_secs(5)), not_there());
    let words = "db fork dolthub/x --owner taylor --request-timeout 500ms";
    let run = Sandbox::at(server.url()).run(words).exits(7);
    let start = "error: cannot tell whether dolthub/x was forked to taylor: ";
    assert!(run.err.starts_with(start), "{run:?}");
    assert!(run.err.contains("hint: it may still be in progress: check again with `dhub db forks taylor/x`"));
}

#[test]
fn with_if_not_exists_a_fork_that_is_there_now_is_done() {
    for (how, answer) in open_answers() {
        let server = scripted(answer, there("taylor/x", "dolthub/x"));
        let words = "db fork dolthub/x --owner taylor --if-not-exists --json";
        let run = Sandbox::at(server.url()).run(words).exits(0);
        assert_eq!(run.document(), document(Value::Null, "exists", fork_at(server.url()), Value::Null));
        assert_eq!(server.count("POST"), 1, "{how}");
    }
}

#[test]
fn with_if_not_exists_anything_else_is_not() {
    for (look, code, kind) in [
        (there("taylor/x", ""), 5, "already_exists"),
        (there("taylor/x", "dolthub/y"), 5, "already_exists"),
        (not_there(), 7, "unknown"),
        (Reply::refusal(400, "bang"), 7, "unknown"),
    ] {
        let server = scripted(Reply::Close, look);
        let words = "db fork dolthub/x --owner taylor --if-not-exists --json";
        let run = Sandbox::at(server.url()).run(words).exits(code);
        assert_eq!(run.error()["kind"], kind, "{run:?}");
        assert_eq!(server.count("POST"), 1);
    }
}

#[test]
fn a_fork_that_was_certainly_not_begun_is_not_lost_and_nothing_is_looked_up() {
    // More than anybody waits for.
    let retry_after = "retry-after: 3600\r\n".to_owned();
    for (how, answer, code) in [
        ("throttled", Reply::Full(429, retry_after, "text/html", String::new()), 6),
        ("a gateway's 404", Reply::html(404, "<h1>Not Found</h1>"), 1),
    ] {
        let server = scripted(answer, there("taylor/x", "dolthub/x"));
        let words = "db fork dolthub/x --owner taylor --if-not-exists --wait";
        Sandbox::at(server.url()).run(words).exits(code);
        assert_eq!((server.count("POST"), server.count("GET")), (1, 0), "{how}");
    }
}
