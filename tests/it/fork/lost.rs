//! The response to a fork was lost: it may be in progress.

use std::time::Duration;

use serde_json::Value;

use super::{document, fork_at};
use crate::support::responses::{exists, not_found};
use crate::support::{Reply, Sandbox, Server};

fn scripted(fork: Reply, lookup: Reply) -> Server {
    Server::start(move |request, _| match request.method.as_str() {
        "POST" => fork.clone(),
        _ => lookup.clone(),
    })
}

/// The responses after which it is unknown whether the fork was started.
fn unknown_outcomes() -> [(&'static str, Reply); 5] {
    [
        ("closed", Reply::Close),
        ("500", Reply::refusal(500, "boom")),
        ("a gateway's page", Reply::html(502, "<h1>Bad Gateway</h1>")),
        ("a page", Reply::html(200, "<h1>welcome to the hotel</h1>")),
        ("no operation", Reply::Json(200, r#"{"status":"Success","operation_name":""}"#.to_owned())),
    ]
}

#[test]
fn after_a_lost_response_the_lookup_is_reported_and_the_post_is_not_repeated() {
    for (how, response) in unknown_outcomes() {
        for (lookup, found) in [
            (exists("taylor/x", "dolthub/x"), "taylor/x exists now"),
            (
                exists("taylor/x", "dolthub/y"),
                "taylor/x exists now, but is a fork of dolthub/y, not of dolthub/x",
            ),
            (exists("taylor/x", ""), "taylor/x exists now, but is not a fork of dolthub/x"),
            (not_found(), "taylor/x does not exist now"),
            (Reply::refusal(400, "bang"), "looking it up failed, too: bang"),
        ] {
            let server = scripted(response.clone(), lookup);
            let args = "db fork dolthub/x --owner taylor --wait --json";
            let run = Sandbox::at(server.url()).run(args).exits(7);
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
fn a_lost_response_is_an_unknown_outcome_with_a_hint() {
    let server = scripted(Reply::Silence(Duration::from_secs(5)), not_found());
    let args = "db fork dolthub/x --owner taylor --request-timeout 500ms";
    let run = Sandbox::at(server.url()).run(args).exits(7);
    let start = "error: cannot tell whether dolthub/x was forked to taylor: ";
    assert!(run.err.starts_with(start), "{run:?}");
    assert!(run.err.contains("hint: it may still be in progress: check again with `dhub db forks taylor/x`"));
}

#[test]
fn with_if_not_exists_a_fork_that_exists_now_succeeds() {
    for (how, response) in unknown_outcomes() {
        let server = scripted(response, exists("taylor/x", "dolthub/x"));
        let args = "db fork dolthub/x --owner taylor --if-not-exists --json";
        let run = Sandbox::at(server.url()).run(args).exits(0);
        assert_eq!(run.document(), document(Value::Null, "exists", fork_at(server.url()), Value::Null));
        assert_eq!(server.count("POST"), 1, "{how}");
    }
}

#[test]
fn with_if_not_exists_anything_else_fails() {
    for (lookup, code, kind) in [
        (exists("taylor/x", ""), 5, "already_exists"),
        (exists("taylor/x", "dolthub/y"), 5, "already_exists"),
        (not_found(), 7, "unknown"),
        (Reply::refusal(400, "bang"), 7, "unknown"),
    ] {
        let server = scripted(Reply::Close, lookup);
        let args = "db fork dolthub/x --owner taylor --if-not-exists --json";
        let run = Sandbox::at(server.url()).run(args).exits(code);
        assert_eq!(run.error()["kind"], kind, "{run:?}");
        assert_eq!(server.count("POST"), 1);
    }
}

#[test]
fn a_fork_that_was_not_started_is_not_lost_and_needs_no_lookup() {
    // More than the longest pause.
    let retry_after = "retry-after: 3600\r\n".to_owned();
    for (how, response, code) in [
        ("throttled", Reply::Full(429, retry_after, "text/html", String::new()), 6),
        ("a gateway's 404", Reply::html(404, "<h1>Not Found</h1>"), 1),
    ] {
        let server = scripted(response, exists("taylor/x", "dolthub/x"));
        let args = "db fork dolthub/x --owner taylor --if-not-exists --wait";
        Sandbox::at(server.url()).run(args).exits(code);
        assert_eq!((server.count("POST"), server.count("GET")), (1, 0), "{how}");
    }
}
