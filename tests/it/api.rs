//! `dhub api`: any request of the API.

mod fields;
mod output;
#[cfg(unix)]
mod signals;

use dhub::emulator::Options;
use serde_json::{Value, json};

use crate::support::{Reply, Sandbox, Server, TOKEN};

/// A server that responds like this, and a sandbox with a token for it.
pub fn at(reply: Reply) -> (Sandbox, Server) {
    let server = Server::always(reply);
    (Sandbox::at(server.url()), server)
}

fn ok() -> Reply {
    Reply::Json(200, r#"{"status":"Success"}"#.to_owned())
}

#[test]
fn any_endpoint_of_the_emulator_can_be_used() {
    let (sandbox, _emulator) = Sandbox::emulated(Options { network: 3, ..Options::default() });
    let user = sandbox.run("api user").exits(0);
    assert_eq!(user.document()["username"], "taylor");
    assert_eq!(user.err, "");
    for path in ["/user", "/api/v1alpha1/user", "api/v1alpha1/user"] {
        assert_eq!(sandbox.run(&format!("api {path}")).exits(0).out, user.out, "{path}");
    }
    let forks = sandbox.run("api dolthub/museum-collections/forks").exits(0).document();
    assert_eq!(forks["fork_network_count"], 3);

    let created = sandbox
        .run_all([
            "api",
            "database",
            "-f",
            "ownerName=taylor",
            "-f",
            "repoName=x",
            "-f",
            "visibility=private",
        ])
        .exits(0);
    assert_eq!(created.document()["repository_name"], "x");
    let body = r#"{"parentOwnerName":"taylor","parentDatabaseName":"x","ownerName":"dolthub"}"#;
    let forking = sandbox.run_with_stdin("api fork --input -", body).exits(0).document();
    let operation = forking["operation_name"].as_str().unwrap();
    let status = sandbox.run(&format!("api fork -X get -f operationName={operation}")).exits(0);
    assert_eq!(status.document()["status"], "Success");
    let kept = sandbox.run("db fork-status").exits(0);
    assert_eq!(kept.out, "", "a fork of `dhub api` is not kept: {kept:?}");
}

#[test]
fn the_address_of_the_host_in_use_is_taken_as_a_path() {
    let (sandbox, server) = at(ok());
    sandbox.run(&format!("api {}/api/v1alpha1/user", server.url())).exits(0);
    assert_eq!(server.requests()[0].target, "/api/v1alpha1/user");
}

#[test]
fn a_path_that_leaves_the_api_is_refused_before_anything_is_run_or_sent() {
    let (_, server) = at(ok());
    let sandbox = Sandbox::new().with("DOLTHUB_HOST", server.url());
    sandbox.write_config(&format!(
        "[hosts.\"{}\"]\ntoken_command = [\"touch\", \"{}\"]\n",
        server.url().trim_start_matches("http://"),
        sandbox.home().join("ran").display()
    ));
    for path in [
        "//evil.example/x",
        "https://evil.example/api/v1alpha1/user",
        "..",
        "../../user",
        "user/%2e%2E/x",
        "..%2fx",
        "%252e%252e/x",
        "a\\b",
        "a%5cb",
        "..;/x",
        "a b",
        "a\tb",
        "a\nb",
        "a@b",
        "u:p@evil.example",
        "user#x",
        "",
        "?",
        "/api/v1alpha1/",
        "/api/v2/user",
    ] {
        for more in [vec![], vec!["-f", "a=b"], vec!["--json"]] {
            let run = sandbox.run_all([vec!["api", path], more].concat()).exits(2);
            assert!(run.out.is_empty() && !run.err.contains("u:p"), "{path:?}: {run:?}");
        }
    }
    assert!(server.requests().is_empty() && !sandbox.home().join("ran").exists());
    let run = sandbox.run_all(["api", "../x", "--json"]).exits(2);
    assert_eq!(run.error()["argument"], "../x");
    assert!(run.error()["message"].as_str().unwrap().contains("lead out of the API"), "{run:?}");
}

#[test]
fn a_get_without_a_token_is_anonymous_and_a_post_is_not_sent() {
    let (_, server) = at(ok());
    let sandbox = Sandbox::new().with("DOLTHUB_HOST", server.url());
    sandbox.run("api user").exits(0);
    assert_eq!(server.requests()[0].header("authorization"), None);
    for args in ["api fork -f a=b", "api fork -X POST", "api fork --input -"] {
        let run = sandbox.run(args).exits(4);
        assert!(run.err.contains("there is no token") && run.err.contains("dhub auth login"), "{run:?}");
    }
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn a_token_is_only_sent_to_its_own_host() {
    let (sandbox, _home) = at(ok());
    let other = Server::always(ok());
    sandbox.run(&format!("api user --host {}", other.url())).exits(0);
    assert_eq!(other.requests()[0].header("authorization"), None);
}

#[test]
fn a_get_is_retried_and_a_post_is_sent_again_only_where_it_certainly_had_no_effect() {
    let flaky = |first: Reply| {
        let server = Server::start(move |_, before| if before == 0 { first.clone() } else { ok() });
        (Sandbox::at(server.url()), server)
    };
    let throttled = Reply::Full(429, "retry-after: 0\r\n".to_owned(), "text/plain", "slow".to_owned());
    for first in [Reply::html(502, "<title>Bad Gateway</title>"), Reply::Close, throttled.clone()] {
        let (sandbox, server) = flaky(first);
        let run = sandbox.run("api user").exits(0);
        assert_eq!((run.out.as_str(), server.count("GET")), ("{\"status\":\"Success\"}\n", 2));
    }
    let (sandbox, server) = flaky(throttled);
    sandbox.run("api fork -f a=b").exits(0);
    assert_eq!(server.count("POST"), 2);
    assert_eq!(server.requests()[1].body, r#"{"a":"b"}"#);
}

#[test]
fn a_post_whose_response_is_lost_or_useless_is_sent_once_and_exits_7() {
    for reply in [
        Reply::Close,
        Reply::html(502, "<title>Bad Gateway</title>"),
        Reply::html(200, "<title>Log in</title>"),
        Reply::Json(200, String::new()),
    ] {
        let (sandbox, server) = at(reply);
        let run = sandbox.run("api fork -f a=b").exits(7);
        assert_eq!((server.count("POST"), run.out.as_str()), (1, ""));
        assert!(run.err.starts_with("error: cannot tell whether POST /fork took effect: "), "{run:?}");
        assert!(run.err.contains("it may have taken effect, and was not sent again"), "{run:?}");
        let error = sandbox.run("api fork -f a=b --json").exits(7).error();
        assert_eq!((&error["kind"], &error["argument"]), (&json!("unknown"), &json!("fork")));
    }
    let (sandbox, server) = at(Reply::refusal(500, "boom"));
    let run = sandbox.run("api fork -f a=b").exits(7);
    assert_eq!((server.count("POST"), &run.document()["message"]), (1, &json!("boom")));
}

#[test]
fn a_post_that_is_throttled_for_too_long_is_given_up_as_unsent() {
    let (sandbox, server) =
        at(Reply::Full(429, "retry-after: 3600\r\n".to_owned(), "application/json", "{}".to_owned()));
    let run = sandbox.run("api fork -f a=b").exits(6);
    assert!(run.err.contains("nothing was changed"), "{run:?}");
    assert_eq!(server.count("POST"), 1);
}

#[test]
fn a_refusal_is_printed_and_has_the_exit_code_that_it_has_everywhere() {
    for (status, message, code, kind) in [
        (400, "no such repository", 3, "not_found"),
        (200, "no such repository", 3, "not_found"),
        (401, "Not authenticated", 4, "auth"),
        (400, "invalid authorization header", 4, "auth"),
        (403, "no", 4, "auth"),
        (404, "no", 3, "not_found"),
        (409, "no", 5, "already_exists"),
        (200, "a/b already exists", 5, "already_exists"),
        (400, "Error creating a database.", 1, "api"),
        // Named in the request, so it is no word of the refusal.
        (400, "'permission' is no name", 1, "api"),
    ] {
        let (sandbox, _server) = at(Reply::refusal(status, message));
        for args in ["api fork -f name=permission", "api fork?name=permission"] {
            let run = sandbox.run(args).exits(code);
            assert_eq!(run.document(), json!({"status": "Error", "message": message}));
            assert!(run.err.starts_with("error: ") && run.err.contains(message), "{run:?}");
            let run = sandbox.run(&format!("{args} --json")).exits(code);
            assert_eq!(run.document()["message"], message);
            let error = run.error();
            assert_eq!((&error["kind"], &error["status"]), (&json!(kind), &json!(status)));
        }
    }
}

#[test]
fn the_status_of_a_fork_that_failed_is_a_result() {
    let body = r#"{"status":"Error","done":true,"message":"disk full"}"#;
    let (sandbox, _server) = at(Reply::Json(200, body.to_owned()));
    assert_eq!(sandbox.run("api fork?operationName=x").exits(0).out, format!("{body}\n"));
}

#[test]
fn what_is_not_json_is_not_printed() {
    for (reply, code, kind) in [
        (Reply::html(404, "<title>Not Found</title>"), 1, "api"),
        (Reply::html(502, "<title>Bad Gateway</title>"), 6, "network"),
        (Reply::html(200, "<title>Log in</title>"), 1, "api"),
        (
            Reply::Full(302, "location: https://sso.corp/\r\n".to_owned(), "text/html", String::new()),
            1,
            "api",
        ),
    ] {
        let (sandbox, _server) = at(reply);
        let run = sandbox.run("api a/b --json").exits(code);
        assert_eq!((run.out.as_str(), &run.error()["kind"]), ("", &json!(kind)));
    }
    let (sandbox, _server) = at(Reply::html(404, "<title>Not Found</title>"));
    assert!(sandbox.run("api a/b").err.contains("hint: is PATH right?"));
}

#[test]
fn a_success_without_content_is_one() {
    let (sandbox, _server) = at(Reply::Bytes(b"HTTP/1.1 204 No Content\r\n\r\n".to_vec()));
    for args in ["api user", "api user -X POST", "api user --json"] {
        let run = sandbox.run(args).exits(0);
        assert_eq!((run.out, run.err), (String::new(), String::new()), "{args}");
    }
    assert_eq!(sandbox.run("api user -i").exits(0).out, "HTTP/1.1 204 No Content\n\n");
}

#[test]
fn every_request_is_logged_with_verbose_and_no_token_in_it() {
    let (sandbox, server) = at(ok());
    let run = sandbox.run("api fork?x=1 -f a=b -v").exits(0);
    let lines: Vec<&str> = run.err.lines().collect();
    assert_eq!(lines[0], format!("> POST {}/api/v1alpha1/fork?x=1", server.url()));
    assert!(lines[1].starts_with("< 200, 20 bytes, ") && lines.len() == 2, "{run:?}");
    assert!(!run.err.contains(TOKEN));
}

#[test]
fn a_response_that_is_too_long_is_refused() {
    let body = format!("[\"{}\"]", "x".repeat(64 * 1024 * 1024));
    let (sandbox, _server) = at(Reply::Json(200, body));
    let run = sandbox.run("api user --json").exits(1);
    assert!(run.error()["message"].as_str().unwrap().contains("longer than 64 MiB"), "{}", run.err);
    assert_eq!(run.out, "");
}

#[test]
fn a_long_response_is_printed_whole() {
    let list: Vec<Value> = (0..200_000).map(|number| json!({"number": number, "text": "x\u{85}y"})).collect();
    let body = serde_json::to_string_pretty(&list).unwrap();
    let (sandbox, _server) = at(Reply::Json(200, body));
    let run = sandbox.run("api user").exits(0);
    assert!(run.out.lines().count() == 1 && !run.out.contains('\u{85}'));
    assert_eq!(serde_json::from_str::<Vec<Value>>(&run.out).unwrap(), list);
}
