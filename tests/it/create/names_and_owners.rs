//! Which names are accepted, the default owner, and the visibility.

use dhub::emulator::Options;

use super::body;
use crate::support::responses::ANY_CREATED;
use crate::support::{Reply, Sandbox, Server, TOKEN, side_by_side};

/// A server where everything is created, and the token is taylor's.
fn service() -> Server {
    Server::start(|request, _| match request.target.as_str() {
        "/api/v1alpha1/user" => Reply::Json(200, r#"{"status":"Success","username":"taylor"}"#.to_owned()),
        _ => Reply::Json(200, ANY_CREATED.to_owned()),
    })
}

/// The config file's entry of this server with these lines.
fn entry(server: &Server, lines: &str) -> String {
    format!("[hosts.\"{}\"]\n{lines}\n", server.url().trim_start_matches("http://"))
}

/// The owner that was sent, and how many requests there were for the token's user.
#[track_caller]
fn owner_sent(server: &Server, sandbox: &Sandbox) -> (String, usize) {
    sandbox.run("db create x --public").exits(0);
    let owner = body(server.requests().last().unwrap())["ownerName"].as_str().unwrap().to_owned();
    (owner, server.count("GET"))
}

#[test]
fn the_default_owner_comes_from_the_environment_the_config_file_or_the_tokens_user() {
    let entry_with_owner = "owner = \"dolthub\"";
    for (config, variable, expected) in [
        ("", Some("anotherOrg"), ("anotherOrg", 0)),
        (entry_with_owner, Some("anotherOrg"), ("anotherOrg", 0)),
        (entry_with_owner, Some(""), ("dolthub", 0)),
        (entry_with_owner, None, ("dolthub", 0)),
        ("", None, ("taylor", 1)),
        // That is the user of the stored token, and another one is used.
        ("user = \"jdoe\"\ntoken = \"dhat.v1.stored\"", None, ("taylor", 1)),
    ] {
        let server = service();
        let mut sandbox = Sandbox::at(server.url());
        if let Some(owner) = variable {
            sandbox = sandbox.with("DOLTHUB_OWNER", owner);
        }
        sandbox.write_config(&entry(&server, config));
        let (owner, user_requests) = owner_sent(&server, &sandbox);
        assert_eq!((owner.as_str(), user_requests), expected, "{config} {variable:?}");
    }
}

#[test]
fn the_user_of_a_stored_token_is_not_requested() {
    let server = service();
    let sandbox = Sandbox::new().with("DOLTHUB_HOST", server.url());
    sandbox.write_config(&entry(&server, &format!("user = \"jdoe\"\ntoken = \"{TOKEN}\"")));
    assert_eq!(owner_sent(&server, &sandbox), ("jdoe".to_owned(), 0));
}

#[test]
fn a_named_owner_is_used_without_a_request() {
    let server = service();
    let sandbox = Sandbox::at(server.url()).with("DOLTHUB_OWNER", "anotherOrg");
    sandbox.run("db create dolthub/x --public").exits(0);
    assert_eq!(body(&server.requests()[0])["ownerName"], "dolthub");
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn the_emulators_user_is_the_default_owner() {
    let (sandbox, emulator) = Sandbox::emulated(Options::default());
    let run = sandbox.run("db create x --private").exits(0);
    assert_eq!(run.out, format!("taylor/x\t{}/repositories/taylor/x\n", emulator.url()));
}

#[test]
fn a_server_without_the_user_endpoint_is_an_error_that_hints_to_name_the_owner() {
    for reply in
        [Reply::html(404, "<h1>Not Found</h1>"), Reply::refusal(404, "Not Found"), Reply::refusal(405, "no")]
    {
        let server = Server::always(reply);
        let sandbox = Sandbox::at(server.url());
        let run = sandbox.run("db create x --public").exits(2);
        assert!(run.err.contains("hint: name the owner"), "{run:?}");
        assert!(run.err.contains("DOLTHUB_OWNER"), "{run:?}");
        assert_eq!(sandbox.run("db create x --public --json").exits(2).error()["kind"], "usage");
        assert_eq!(server.count("POST"), 0);
    }
}

#[test]
fn create_hints_at_its_option_for_the_owner() {
    let server = Server::always(Reply::html(404, "<h1>Not Found</h1>"));
    let run = Sandbox::at(server.url()).run("db create x --public").exits(2);
    assert!(run.err.contains("--owner"), "{run:?}");
}

#[test]
fn a_token_without_a_user_creates_nothing() {
    let cases = [
        (Reply::refusal(401, "Not authenticated"), 4),
        (Reply::refusal(500, "boom"), 1),
        (Reply::html(502, "<h1>Bad Gateway</h1>"), 6),
        (Reply::Json(200, r#"{"status":"Success"}"#.to_owned()), 1),
    ];
    side_by_side(cases, |(reply, code)| {
        let server = Server::always(reply);
        Sandbox::at(server.url()).run("db create x --public").exits(code);
        assert_eq!(server.count("POST"), 0);
    });
}

#[test]
fn an_owner_from_the_settings_is_validated() {
    for owner in ["a/b", "..", "a b", "a?b"] {
        let server = service();
        let sandbox = Sandbox::at(server.url()).with("DOLTHUB_OWNER", owner);
        sandbox.run("db create x --public").exits(2);
        assert!(server.requests().is_empty(), "{owner}: {:?}", server.requests());
    }
    let server = service();
    let sandbox = Sandbox::at(server.url());
    sandbox.write_config(&entry(&server, "owner = \"a/b\""));
    let run = sandbox.run("db create x --public");
    assert!(matches!(run.code, Some(1 | 2)), "{run:?}");
    assert!(server.requests().is_empty(), "{:?}", server.requests());
}

#[test]
fn a_script_must_give_the_visibility_before_anything_is_sent() {
    let server = service();
    for (variables, args) in [
        (vec![], "db create dolthub/x"),
        (vec![("CI", "true")], "db create dolthub/x"),
        (vec![], "db create x --if-not-exists"),
        (vec![("CI", "true")], "db create x -d text"),
    ] {
        let mut sandbox = Sandbox::at(server.url());
        for (name, value) in variables {
            sandbox = sandbox.with(name, value);
        }
        let run = sandbox.run(args).exits(2);
        assert_eq!(run.out, "");
        assert!(run.err.contains("--public or --private"), "{run:?}");
        let error = sandbox.run(&format!("{args} --json")).exits(2).error();
        assert_eq!(error["kind"], "usage", "{args}");
        assert!(error["hint"].as_str().unwrap().contains("--public or --private"), "{error}");
    }
    // The token is not even looked up before.
    Sandbox::new().run("db create dolthub/x").exits(2);
    Sandbox::at(server.url()).run("db create dolthub/x --public --private").exits(2);
    assert!(server.requests().is_empty(), "{:?}", server.requests());
}

#[test]
fn the_config_file_may_give_the_visibility() {
    let server = service();
    let sandbox = Sandbox::at(server.url());
    sandbox.write_config(&entry(&server, "visibility = \"private\""));
    for (args, sent) in [("", "private"), ("--json", "private"), ("--public", "public")] {
        sandbox.run(&format!("db create dolthub/x {args}")).exits(0);
        assert_eq!(body(server.requests().last().unwrap())["visibility"], sent, "{args}");
    }
}

#[test]
fn a_name_that_the_service_would_refuse_is_never_sent() {
    let server = service();
    let sandbox = Sandbox::at(server.url());
    for name in [
        "",
        "dolthub/",
        "/x",
        "dolthub/-x-",
        "dolthub/x-",
        "dolthub/a.b",
        "dolthub/ä",
        "dolthub/a b",
        "dolthub/a\nb",
        "a/b/c",
        "dolthub/..",
        "../x",
        "dol thub/x",
        "https://www.dolthub.com/repositories/dolthub/x",
    ] {
        let run = sandbox.run_all(["db", "create", "--public", "--json", "--", name]).exits(2);
        assert_eq!(run.out, "");
        let error = run.error();
        assert_eq!(error["kind"], "usage", "{name:?}");
        assert_eq!(error["argument"], name);
    }
    // One wrong name stops the right ones before it too.
    sandbox.run("db create dolthub/x dolthub/a.b --public").exits(2);
    assert!(server.requests().is_empty(), "{:?}", server.requests());
}

#[test]
fn an_unrequested_visibility_is_noted() {
    let created =
        r#"{"status":"Success","repository_owner":"me","repository_name":"x","visibility":"public"}"#;
    let server = Server::always(Reply::Json(200, created.to_owned()));
    let run = Sandbox::at(server.url()).run("db create me/x --private").exits(0);
    assert_eq!(run.err, "note: the service reports me/x as public, not private\n");
}
