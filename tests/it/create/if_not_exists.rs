//! `--if-not-exists` accepts only a matching database.

use dhub::emulator::Options;
use serde_json::json;

use super::document;
use crate::support::responses::{exists, not_found};
use crate::support::{Reply, Sandbox, Server, TOKEN, side_by_side};

/// A server where `dolthub/x` exists already, with these responses to a lookup with a token and one without.
fn conflict(with_token: Reply, without: Reply) -> Server {
    Server::start(move |request, _| match (request.method.as_str(), request.header("authorization")) {
        ("POST", _) => Reply::refusal(400, "database dolthub/x already exists"),
        (_, Some(_)) => with_token.clone(),
        (_, None) => without.clone(),
    })
}

#[test]
fn an_existing_database_is_an_error_without_the_option() {
    let (sandbox, _emulator) = Sandbox::emulated(Options::default());
    sandbox.run("db create dolthub/x --public").exits(0);
    let run = sandbox.run("db create dolthub/x --public").exits(5);
    assert_eq!(run.out, "");
    assert!(run.err.starts_with("error: cannot create dolthub/x: dolthub/x already exists\n"), "{run:?}");
    assert!(run.err.contains("use --if-not-exists to accept an existing one"), "{run:?}");
    let error = sandbox.run("db create dolthub/x --public --json").exits(5).error();
    assert_eq!(error["kind"], "already_exists");
}

#[test]
fn an_existing_database_of_the_same_visibility_succeeds() {
    let (sandbox, emulator) = Sandbox::emulated(Options::default());
    for visibility in ["public", "private"] {
        let args = format!("db create dolthub/{visibility} --{visibility} --if-not-exists");
        let created = sandbox.run(&format!("{args} --json")).exits(0).document();
        assert_eq!(created["created"], true);
        let found = sandbox.run(&format!("{args} --json")).exits(0).document();
        let url = format!("{}/repositories/dolthub/{visibility}", emulator.url());
        assert_eq!(
            found,
            json!({
                "owner": "dolthub", "name": visibility, "visibility": visibility, "description": null,
                "url": url, "clone_url": null, "created": false,
            })
        );
        let run = sandbox.run(&args).exits(0);
        assert_eq!(run.out, format!("dolthub/{visibility}\t{url}\n"));
        assert_eq!(run.err, "");
    }
}

#[test]
fn an_existing_database_of_another_visibility_is_refused_with_the_reason() {
    let (sandbox, _emulator) = Sandbox::emulated(Options::default());
    for (is, wanted) in [("public", "private"), ("private", "public")] {
        sandbox.run(&format!("db create dolthub/{is} --{is}")).exits(0);
        let args = format!("db create dolthub/{is} --{wanted} --if-not-exists");
        let why = format!("dolthub/{is} already exists and is {is}, not {wanted}");
        let run = sandbox.run(&args).exits(5);
        assert_eq!(run.out, "");
        assert!(run.err.starts_with(&format!("error: cannot create dolthub/{is}: {why}\n")), "{run:?}");
        let error = sandbox.run(&format!("{args} --json")).exits(5).error();
        assert_eq!(error["kind"], "already_exists");
        assert_eq!(error["message"], why);
        assert_eq!(error["argument"], format!("dolthub/{is}"));
    }
}

#[test]
fn an_existing_database_is_looked_up_once_with_the_token_and_once_without() {
    let server = conflict(exists("dolthub/x", ""), not_found());
    let args = "db create dolthub/x --private --if-not-exists --json";
    let run = Sandbox::at(server.url()).run(args).exits(0);
    assert_eq!(run.document(), document(&server, "private", json!(false)));
    let authorization = format!("token {TOKEN}");
    let mut requests: Vec<_> = server
        .requests()
        .iter()
        .map(|request| {
            let authorization = request.header("authorization").map(str::to_owned);
            (format!("{} {}", request.method, request.target), authorization)
        })
        .collect();
    // The lookups do not wait for each other.
    requests[1..].sort();
    let lookup = "GET /api/v1alpha1/dolthub/x/forks".to_owned();
    assert_eq!(
        requests,
        [
            ("POST /api/v1alpha1/database".to_owned(), Some(authorization.clone())),
            (lookup.clone(), None),
            (lookup, Some(authorization)),
        ]
    );
}

#[test]
fn an_unconfirmed_existing_database_is_refused() {
    let x = || exists("dolthub/x", "");
    let another = || exists("dolthub/y", "");
    let cases = [
        ("the look fails", Reply::refusal(400, "boom"), x(), "boom"),
        ("the look is forbidden", Reply::refusal(403, "not with this token"), x(), "not with this token"),
        ("the token does not see it", not_found(), x(), "this token cannot see it"),
        ("neither sees it", not_found(), not_found(), "this token cannot see it"),
        ("the answer is about another", another(), x(), "the response is about dolthub/y"),
        ("the look brings a page", Reply::html(404, "<h1>no</h1>"), x(), "invalid response"),
        ("the look brings nothing", Reply::Close, x(), ""),
        ("the anonymous look fails", x(), Reply::refusal(400, "bang"), "bang"),
        ("the service is out of order", x(), Reply::refusal(500, "shard not found"), "shard not found"),
        ("the anonymous look is forbidden", x(), Reply::refusal(401, "Not authenticated"), "Not auth"),
        ("the anonymous look brings a page", x(), Reply::html(502, "<h1>no</h1>"), "502"),
        ("the anonymous answer is about another", x(), another(), "the response is about dolthub/y"),
        ("the anonymous look brings nothing", x(), Reply::Close, ""),
    ];
    side_by_side(cases, |(case, with_token, without, why)| {
        for wanted in ["--public", "--private"] {
            let server = conflict(with_token.clone(), without.clone());
            let run = Sandbox::at(server.url())
                .run(&format!("db create dolthub/x {wanted} --if-not-exists --json"))
                .exits(5);
            assert_eq!(run.out, "", "{case}");
            let error = run.error();
            assert_eq!(error["kind"], "already_exists", "{case}");
            let message = error["message"].as_str().unwrap();
            assert!(message.contains("already exists, but") && message.contains(why), "{case}: {message}");
            assert_eq!(server.count("POST"), 1, "{case}");
        }
    });
}

#[test]
fn other_refusals_are_reported_unchanged_after_one_lookup() {
    for (status, message, code) in
        [(400, "Error creating a database.", 1), (403, "nope", 4), (400, "no such repository", 3)]
    {
        let server = Server::always(Reply::refusal(status, message));
        let run = Sandbox::at(server.url()).run("db create dolthub/x --public --if-not-exists").exits(code);
        assert!(run.err.contains(message), "{run:?}");
        assert_eq!((server.count("POST"), server.count("GET")), (1, 1));
    }
}

#[test]
fn a_refused_write_is_a_success_only_where_the_right_target_exists() {
    let refusals = [
        Reply::refusal(403, "you may not create databases here"),
        Reply::refusal(400, "you do not have permission to do that"),
        Reply::refusal(400, "quota exceeded"),
        Reply::refusal(200, "quota exceeded"),
    ];
    let create = "db create dolthub/x --public --if-not-exists";
    let fork = "db fork dolthub/y --owner taylor --if-not-exists --wait";
    for refusal in refusals {
        let server = |lookup: Reply| {
            let refusal = refusal.clone();
            Server::start(
                move |request, _| if request.method == "POST" { refusal.clone() } else { lookup.clone() },
            )
        };
        let existing = server(exists("dolthub/x", ""));
        let run = Sandbox::at(existing.url()).run(create).exits(0);
        assert!(run.out.starts_with("dolthub/x\t"), "{run:?}");
        let existing = server(exists("taylor/y", "dolthub/y"));
        let run = Sandbox::at(existing.url()).run(fork).exits(0);
        assert!(run.out.starts_with("taylor/y\t"), "{run:?}");
        // The wrong one is never taken for the right one.
        Sandbox::at(existing.url()).run(&fork.replace("dolthub/y", "other/y")).exits(5);
        for words in [create, fork] {
            let absent = server(not_found());
            let run = Sandbox::at(absent.url()).run(words);
            assert!(matches!(run.code, Some(1 | 4)), "{words}: {run:?}");
            assert_eq!((absent.count("POST"), absent.count("GET")), (1, 1), "{words}");
        }
    }
}

#[test]
fn a_bad_token_is_not_followed_by_a_lookup() {
    for refusal in
        [Reply::refusal(401, "Not authenticated"), Reply::refusal(400, "no token found for given API token")]
    {
        let server = Server::always(refusal);
        Sandbox::at(server.url()).run("db create dolthub/x --public --if-not-exists").exits(4);
        assert_eq!(server.count("GET"), 0);
    }
}

#[test]
fn a_private_database_on_a_free_account_has_a_hint() {
    let server = Server::always(Reply::refusal(400, "private repos require a paid DoltHub account"));
    let run = Sandbox::at(server.url()).run("db create me/x --private").exits(1);
    assert!(run.err.contains("hint: create it with --public, or use a paid account"), "{run:?}");
}
