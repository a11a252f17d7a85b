//! The response to a create was lost: it may have taken effect.

use std::time::Duration;

use serde_json::json;

use super::document;
use crate::support::responses::{exists, not_found};
use crate::support::{Reply, Sandbox, Server};

/// A server with these responses to a create and to a lookup with a token; without a token it shows nothing.
fn scripted(create: Reply, lookup: Reply) -> Server {
    Server::start(move |request, _| match (request.method.as_str(), request.header("authorization")) {
        ("POST", _) => create.clone(),
        (_, Some(_)) => lookup.clone(),
        (_, None) => not_found(),
    })
}

/// The responses after which it is unknown whether the database was created.
fn unknown_outcomes() -> [(&'static str, Reply); 7] {
    [
        ("closed", Reply::Close),
        ("500", Reply::refusal(500, "boom")),
        ("a page", Reply::html(200, "<h1>welcome to the hotel</h1>")),
        ("a gateway's page", Reply::html(502, "<h1>Bad Gateway</h1>")),
        ("an endless page of a gateway", Reply::html(502, &"<p>Bad Gateway".repeat(100_000))),
        ("another JSON", Reply::Json(200, "[]".to_owned())),
        (
            "half an answer",
            Reply::Bytes(b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{\"status\"".to_vec()),
        ),
    ]
}

#[test]
fn after_a_lost_response_the_lookup_is_reported_and_the_post_is_not_repeated() {
    for (how, response) in unknown_outcomes() {
        for (lookup, found) in [
            (exists("dolthub/x", ""), "dolthub/x exists now"),
            (not_found(), "dolthub/x does not exist now"),
            (Reply::refusal(400, "bang"), "looking it up failed, too: bang"),
            (exists("dolthub/y", ""), "looking it up failed, too"),
        ] {
            let server = scripted(response.clone(), lookup);
            let run = Sandbox::at(server.url()).run("db create dolthub/x --public --json").exits(7);
            assert_eq!(run.out, "", "{how}");
            let error = run.error();
            assert_eq!(error["kind"], "unknown", "{how}");
            assert!(error["message"].as_str().unwrap().contains(found), "{how}: {error}");
            assert_eq!(error["argument"], "dolthub/x", "{how}");
            assert!(error["request"].as_str().unwrap().ends_with("/api/v1alpha1/database"), "{how}");
            assert_eq!(server.count("POST"), 1, "{how}");
            assert_eq!(server.count("GET"), 1, "{how}");
        }
    }
}

#[test]
fn a_lost_response_is_an_unknown_outcome_with_a_hint() {
    let server = scripted(Reply::Close, not_found());
    let run = Sandbox::at(server.url()).run("db create dolthub/x --public").exits(7);
    assert!(run.err.starts_with("error: cannot tell whether dolthub/x was created: "), "{run:?}");
    assert!(
        run.err.contains("hint: it may still be in progress: check again with `dhub db forks dolthub/x`"),
        "{run:?}"
    );
}

#[test]
fn a_response_after_the_time_limit_is_lost() {
    let server = scripted(Reply::Silence(Duration::from_secs(5)), exists("dolthub/x", ""));
    let args = "db create dolthub/x --public --request-timeout 500ms --json";
    let error = Sandbox::at(server.url()).run(args).exits(7).error();
    assert_eq!(error["kind"], "unknown");
    assert_eq!(error["status"], json!(null));
    assert!(error["message"].as_str().unwrap().contains("dolthub/x exists now"), "{error}");
    assert_eq!(server.count("POST"), 1);
}

#[test]
fn with_if_not_exists_a_database_that_exists_now_succeeds_and_created_is_null() {
    for (how, response) in unknown_outcomes() {
        let server = scripted(response, exists("dolthub/x", ""));
        let sandbox = Sandbox::at(server.url());
        let run = sandbox.run("db create dolthub/x --private --if-not-exists --json").exits(0);
        assert_eq!(run.document(), document(&server, "private", json!(null)), "{how}");
        assert_eq!(run.err, "", "{how}");
        assert_eq!(server.count("POST"), 1, "{how}");
    }
}

#[test]
fn with_if_not_exists_the_wrong_visibility_is_still_refused() {
    let server = scripted(Reply::Close, exists("dolthub/x", ""));
    let args = "db create dolthub/x --public --if-not-exists --json";
    let error = Sandbox::at(server.url()).run(args).exits(5).error();
    assert_eq!(error["kind"], "already_exists");
    assert!(error["message"].as_str().unwrap().contains("private, not public"), "{error}");
}

#[test]
fn with_if_not_exists_a_missing_database_stays_an_unknown_outcome() {
    for (lookup, found) in
        [(not_found(), "dolthub/x does not exist now"), (Reply::refusal(400, "bang"), "bang")]
    {
        let server = scripted(Reply::Close, lookup);
        let args = "db create dolthub/x --public --if-not-exists --json";
        let error = Sandbox::at(server.url()).run(args).exits(7).error();
        assert_eq!(error["kind"], "unknown");
        assert!(error["message"].as_str().unwrap().contains(found), "{error}");
        assert_eq!(server.count("POST"), 1);
    }
}

#[test]
fn a_create_that_took_no_effect_is_not_lost_and_needs_no_lookup() {
    // More than the longest pause.
    let retry_after = || "retry-after: 3600\r\n".to_owned();
    for (how, response, code, kind) in [
        ("throttled", Reply::Full(429, retry_after(), "text/html", String::new()), 6, "network"),
        ("busy", Reply::Full(503, retry_after(), "text/html", "<h1>busy</h1>".to_owned()), 6, "network"),
        ("a gateway's 404", Reply::html(404, "<h1>Not Found</h1>"), 1, "api"),
        (
            "redirected",
            Reply::Full(301, "location: https://www.dolthub.com/\r\n".to_owned(), "text/html", String::new()),
            1,
            "api",
        ),
    ] {
        let server = scripted(response, exists("dolthub/x", ""));
        let args = "db create dolthub/x --public --if-not-exists --json";
        let error = Sandbox::at(server.url()).run(args).exits(code).error();
        assert_eq!(error["kind"], kind, "{how}");
        assert_eq!((server.count("POST"), server.count("GET")), (1, 0), "{how}");
    }
}
