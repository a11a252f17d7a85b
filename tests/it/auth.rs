//! `dhub auth login`, `status`, `logout`, and the default owner.

mod owner;

use std::fs;

use serde_json::{Value, json};

use crate::support::{Recorded, Reply, Sandbox, Server, TOKEN, refusing_address, side_by_side};

const CLAIMED: &str =
    r#"{"status":"Success","username":"taylor","display_name":"Taylor","email_addresses":[]}"#;

/// A server where every token is taylor's, and every create and fork succeeds.
fn taylors() -> Server {
    Server::start(|request, _| match (request.method.as_str(), request.target.as_str()) {
        // A proxy gets the whole address.
        (_, target) if target.ends_with("/api/v1alpha1/user") => Reply::Json(200, CLAIMED.to_owned()),
        ("POST", _) => Reply::Json(200, r#"{"status":"Success","operation_name":"operations/x"}"#.to_owned()),
        _ => Reply::refusal(400, "no such repository"),
    })
}

/// A home that names this server, without a token.
fn at(server: &Server) -> Sandbox {
    Sandbox::new().with("DOLTHUB_HOST", server.url())
}

/// The server's key in the config file.
fn key(server: &Server) -> &str {
    server.url().trim_start_matches("http://")
}

/// What the config file says.
fn config(sandbox: &Sandbox) -> toml_edit::DocumentMut {
    fs::read_to_string(sandbox.config_path()).unwrap().parse().unwrap()
}

fn stored(sandbox: &Sandbox, server: &Server, name: &str) -> Option<String> {
    config(sandbox).get("hosts")?.get(key(server))?.get(name)?.as_str().map(str::to_owned)
}

fn body(request: &Recorded) -> Value {
    serde_json::from_str(&request.body).unwrap()
}

#[test]
fn a_token_from_stdin_is_checked_and_stored_with_its_user() {
    let server = taylors();
    for (options, expected) in [
        ("", format!("{}\ttaylor\n", server.url())),
        ("--json", {
            let url = server.url();
            format!(
                "{{\"host\":\"{url}\",\"user\":\"taylor\",\"token_source\":\"config file\",\"works\":true,\"api\":\"v1alpha1\",\"apis\":[\"v1alpha1\"]}}\n"
            )
        }),
    ] {
        let sandbox = at(&server);
        // A password manager's line break, or Windows', is no part of it.
        let run = sandbox.run_with_stdin(&format!("auth login {options}"), &format!(" {TOKEN}\r\n")).exits(0);
        assert_eq!((run.out, run.err.as_str()), (expected, ""));
        assert_eq!(stored(&sandbox, &server, "token").as_deref(), Some(TOKEN));
        assert_eq!(stored(&sandbox, &server, "user").as_deref(), Some("taylor"));
        let request = server.v1alpha1_requests().pop().unwrap();
        assert_eq!((request.method.as_str(), request.target.as_str()), ("GET", "/api/v1alpha1/user"));
        assert_eq!(request.header("authorization"), Some(&*format!("token {TOKEN}")));
    }
}

#[test]
fn a_token_that_is_refused_or_cannot_be_checked_is_not_stored() {
    let (address, _held) = refusing_address();
    let closed = format!("http://{address}");
    let cases = [
        (Some(Reply::refusal(401, "Not authenticated")), 4, "auth"),
        (Some(Reply::refusal(403, "forbidden")), 4, "auth"),
        (Some(Reply::html(502, "<h1>Bad Gateway</h1>")), 6, "network"),
        (Some(Reply::Close), 6, "network"),
        (None, 6, "network"),
    ];
    side_by_side(cases, |(reply, code, kind)| {
        let server = reply.map(Server::always);
        let sandbox = Sandbox::new().with("DOLTHUB_HOST", server.as_ref().map_or(&*closed, Server::url));
        let run = sandbox.run_with_stdin("auth login --json", TOKEN).exits(code);
        assert_eq!(run.error()["kind"], kind, "{run:?}");
        assert_eq!(run.out, "");
        assert!(!sandbox.config_path().exists());
    });
}

#[test]
fn a_refused_token_leaves_the_stored_one_alone() {
    let server = Server::start(|request, _| match request.header("authorization") {
        Some("token dhat.v1.good") => Reply::Json(200, CLAIMED.to_owned()),
        _ => Reply::refusal(401, "Not authenticated"),
    });
    let sandbox = at(&server);
    sandbox.run_with_stdin("auth login", "dhat.v1.good").exits(0);
    sandbox.run_with_stdin("auth login", "dhat.v1.bad").exits(4);
    assert_eq!(stored(&sandbox, &server, "token").as_deref(), Some("dhat.v1.good"));
}

#[test]
fn a_token_whose_user_is_unknown_is_stored_with_a_note() {
    for reply in [
        Reply::html(404, "<h1>Not Found</h1>"),
        Reply::refusal(404, "not found"),
        Reply::refusal(405, "method not allowed"),
    ] {
        let server = Server::always(reply);
        let sandbox = at(&server);
        // The user of the stored token is not necessarily that of the new one.
        sandbox.write_config(&format!("[hosts.\"{}\"]\ntoken = \"old\"\nuser = \"jdoe\"\n", key(&server)));
        let run = sandbox.run_with_stdin("auth login --json", TOKEN).exits(0);
        assert!(run.err.contains("note: "), "{run:?}");
        assert!(run.err.contains("unchecked"), "{run:?}");
        let document = run.document();
        assert_eq!((&document["user"], &document["works"]), (&Value::Null, &Value::Null));
        assert_eq!(stored(&sandbox, &server, "token").as_deref(), Some(TOKEN));
        assert_eq!(stored(&sandbox, &server, "user"), None);

        let status = sandbox.run("auth status").exits(0);
        assert_eq!(status.out, format!("{}\t\tconfig file\tunknown\n", server.url()));
        let owner = sandbox.run("db fork a/b").exits(2);
        assert!(owner.err.contains("--owner"), "{owner:?}");
        assert_eq!(server.count("POST"), 0);
    }
}

#[test]
fn login_over_plain_http_needs_a_flag_which_is_stored() {
    let proxy = taylors();
    let sandbox =
        || Sandbox::new().with("DOLTHUB_HOST", "http://doltlab.invalid").with("http_proxy", proxy.url());
    let refused = sandbox();
    let run = refused.run_with_stdin("auth login", TOKEN).exits(4);
    assert!(run.err.contains("--allow-http"), "{run:?}");
    assert!(!refused.config_path().exists());
    assert_eq!(proxy.requests().len(), 0);

    let allowed = sandbox();
    allowed.run_with_stdin("auth login --allow-http", TOKEN).exits(0);
    assert_eq!(config(&allowed)["hosts"]["doltlab.invalid"]["allow_http"].as_bool(), Some(true));
    let status = allowed.run("auth status").exits(0);
    assert_eq!(status.out, "http://doltlab.invalid\ttaylor\tconfig file\tyes\n");
}

#[test]
fn login_and_logout_keep_everything_else_in_the_config_file() {
    let server = taylors();
    let sandbox = at(&server);
    let before = format!(
        "# mine\nhost = \"https://www.dolthub.com\" # where I work\n\n[hosts.\"{}\"] # the lab\n\
         # whose forks\nowner = \"dolthub\"\n\n[hosts.\"other.example\"]\ntoken = \"dhat.v1.other\"\nunknown = 1\n",
        key(&server)
    );
    sandbox.write_config(&before);
    sandbox.run_with_stdin("auth login", TOKEN).exits(0);
    let text = fs::read_to_string(sandbox.config_path()).unwrap();
    for line in before.lines() {
        assert!(text.contains(line), "{line} is gone from:\n{text}");
    }
    sandbox.run("auth logout").exits(0);
    assert_eq!(fs::read_to_string(sandbox.config_path()).unwrap(), before);
}

#[test]
fn beside_a_token_command_no_token_is_stored() {
    let server = taylors();
    let sandbox = at(&server);
    let before = format!("[hosts.\"{}\"]\ntoken_command = [\"pass\", \"show\", \"dolthub\"]\n", key(&server));
    sandbox.write_config(&before);
    let run = sandbox.run_with_stdin("auth login --json", TOKEN).exits(1);
    assert_eq!(run.error()["kind"], "config");
    assert!(run.err.contains("token_command"), "{run:?}");
    assert_eq!(fs::read_to_string(sandbox.config_path()).unwrap(), before);
    assert_eq!(server.requests().len(), 0);
}

#[test]
fn login_reports_that_a_token_in_the_environment_takes_precedence() {
    let server = taylors();
    for (host, token) in [("DOLTHUB_HOST", "DOLTHUB_TOKEN"), ("DH_HOST", "DH_TOKEN")] {
        let sandbox = Sandbox::new().with(host, server.url()).with(token, "dhat.v1.environment");
        let login = sandbox.run_with_stdin("auth login", TOKEN).exits(0);
        assert!(login.err.contains(&format!("note: {token} is set too")), "{login:?}");
        let status = sandbox.run("auth status").exits(0);
        assert_eq!(status.out, format!("{}\ttaylor\t{token}\tyes\n", server.url()));
        let logout = sandbox.run("auth logout").exits(0);
        assert!(logout.err.contains(&format!("note: {token} is set, and is still used")), "{logout:?}");
    }
}

#[test]
fn status_shows_the_account_and_the_token_source() {
    let server = taylors();
    let (url, entry) = (server.url(), format!("[hosts.\"{}\"]\n", key(&server)));
    let from_file = at(&server);
    from_file.write_config(&format!("{entry}token = \"{TOKEN}\"\n"));
    let from_command = at(&server);
    from_command.write_config(&format!("{entry}token_command = [\"echo\", \"{TOKEN}\"]\n"));
    for (sandbox, source) in [
        (Sandbox::at(url), "DOLTHUB_TOKEN"),
        (Sandbox::new().with("DH_HOST", url).with("DH_TOKEN", TOKEN), "DH_TOKEN"),
        (from_file, "config file"),
        (from_command, "token_command"),
    ] {
        let run = sandbox.run("auth status").exits(0);
        assert_eq!(run.out, format!("{url}\ttaylor\t{source}\tyes\n"));
        let document = sandbox.run("auth status --json").exits(0).document();
        assert_eq!(
            document,
            json!({"host": url, "user": "taylor", "token_source": source, "works": true, "api": "v1alpha1", "apis": ["v1alpha1"]})
        );
    }
}

#[test]
fn status_without_a_token_exits_4_and_hints_at_login() {
    let server = taylors();
    let run = at(&server).run("auth status").exits(4);
    assert_eq!(run.out, format!("{}\t\t\tunknown\n", server.url()));
    assert!(run.err.contains(&format!("error: there is no token for {}\n", server.url())), "{run:?}");
    assert!(run.err.contains(&format!("{}/settings/tokens", server.url())), "{run:?}");
    let run = at(&server).run("auth status --json").exits(4);
    let nothing = json!({"host": server.url(), "user": null, "token_source": null, "works": null, "api": "v1alpha1", "apis": []});
    assert_eq!(run.document(), nothing);
    assert_eq!(run.error()["kind"], "auth");
    assert_eq!(server.requests().len(), 0);
}

#[test]
fn status_with_a_bad_token_exits_4_and_reports_it() {
    let server = Server::always(Reply::refusal(401, "Not authenticated"));
    let run = Sandbox::at(server.url()).run("auth status").exits(4);
    assert_eq!(run.out, format!("{}\t\tDOLTHUB_TOKEN\tno\n", server.url()));
    assert!(run.err.contains(": Not authenticated\n"), "{run:?}");
    let run = Sandbox::at(server.url()).run("auth status --json").exits(4);
    assert_eq!(run.document()["works"], false);
    assert_eq!(run.error()["status"], 401);
}

#[test]
fn status_of_an_unresponsive_server_reports_the_token_as_unchecked() {
    let server = Server::always(Reply::Close);
    let run = Sandbox::at(server.url()).run("auth status --json").exits(6);
    assert_eq!(run.document()["works"], Value::Null);
    assert_eq!(run.error()["kind"], "network");
}

#[test]
fn logout_removes_the_token_and_its_user_and_is_idempotent() {
    let server = taylors();
    let sandbox = at(&server);
    sandbox.run_with_stdin("auth login", TOKEN).exits(0);
    let run = sandbox.run("auth logout").exits(0);
    assert_eq!((run.out, run.err), (format!("{}\n", server.url()), String::new()));
    assert!(!fs::read_to_string(sandbox.config_path()).unwrap().contains(TOKEN));
    assert_eq!(stored(&sandbox, &server, "user"), None);
    sandbox.run("auth status").exits(4);

    let again = sandbox.run("auth logout").exits(0);
    assert!(again.err.contains("note: no token is stored"), "{again:?}");
    let nowhere = at(&server);
    let run = nowhere.run("auth logout --json").exits(0);
    let nothing = json!({"host": server.url(), "user": null, "token_source": null, "works": null, "api": null, "apis": []});
    assert_eq!(run.document(), nothing);
    assert!(!nowhere.config_path().exists());
}

#[test]
fn an_explicit_config_file_must_exist_but_for_login() {
    let server = taylors();
    let missing = Sandbox::at(server.url());
    missing.run("auth status").exits(0);
    let path = missing.home().join("none.toml").display().to_string();
    let run = missing.run_all(["auth", "status", "--json", "--config", &path]).exits(1);
    assert_eq!(run.error()["kind"], "config");
    let missing = missing.with("DHUB_CONFIG", &path);
    for args in ["auth status --json", "auth logout --json", "db fork a/b --json"] {
        let run = missing.run(args).exits(1);
        assert_eq!(run.error()["kind"], "config", "{run:?}");
        assert!(run.err.contains("none.toml"), "{run:?}");
    }
    assert!(!missing.home().join("none.toml").exists());
}

#[test]
fn login_makes_the_config_file_that_is_named() {
    let server = taylors();
    let sandbox = at(&server);
    let path = sandbox.home().join("new/mine.toml");
    sandbox.run_with_stdin(&format!("auth login --config {}", path.display()), TOKEN).exits(0);
    assert!(fs::read_to_string(&path).unwrap().contains(TOKEN));
    let other = sandbox.home().join("other.toml");
    let sandbox = sandbox.with("DHUB_CONFIG", &other.display().to_string());
    sandbox.run_with_stdin("auth login", TOKEN).exits(0);
    assert!(fs::read_to_string(&other).unwrap().contains(TOKEN));
    assert!(!sandbox.config_path().exists());
}

#[test]
fn a_broken_config_file_is_reported_without_its_text() {
    let server = taylors();
    for text in [
        "host = ",
        "host = 7",
        "host = \"ftp://x\"",
        "hosts = 7",
        "[hosts.\"HERE\"]\ntoken = 7",
        "[hosts.\"HERE\"]\ntoken = \"dhat.v1.secret\"\ntoken_command = [\"echo\"]",
        "[hosts.\"HERE\"]\ntoken = \"dhat.v1.secret\nuser = \"x\"",
        "[hosts.\"HERE\"]\ntoken = \"dhat.v1.secret\"\nvisibility = \"secret\"",
        "[hosts.\"HERE\"]\nallow_http = \"yes\"",
        "[hosts.\"HERE\"]\ntoken_command = \"pass\"",
    ] {
        // With `host` from the file, its value matters.
        let named = if text.starts_with("host =") { Sandbox::new() } else { at(&server) };
        named.write_config(&text.replace("HERE", key(&server)));
        let run = named.run("auth status --json").exits(1);
        assert_eq!(run.error()["kind"], "config", "{text}: {run:?}");
        assert!(run.err.contains("config.toml"), "{text}: {run:?}");
        assert!(!run.err.contains("secret"), "{text}: {run:?}");
    }
    assert_eq!(server.requests().len(), 0);
}

#[test]
fn a_token_that_is_refused_with_400_is_an_auth_error_everywhere_and_is_not_stored() {
    for (message, key) in [
        ("apitoken_db: API Token with matching ID not found", "message"),
        ("no token found for given API token", "message"),
        ("invalid authorization header", "error"),
    ] {
        let body = serde_json::json!({"status": "Error", key: message}).to_string();
        let server = Server::always(Reply::Json(400, body));
        let sandbox = Sandbox::at(server.url());
        let login = Sandbox::new().with("DOLTHUB_HOST", server.url());
        let run = login.run_with_stdin("auth login", TOKEN).exits(4);
        assert!(run.err.contains(message), "{run:?}");
        assert!(!login.config_path().exists(), "it was stored: {message}");
        for words in [
            "auth status",
            "db create x --public",
            "db fork a/b",
            "db forks a/b",
            "db fork-status operations/x",
        ] {
            let run = sandbox.run(&format!("{words} --json")).exits(4);
            let error = run.error();
            assert_eq!((&error["kind"], &error["message"]), (&"auth".into(), &message.into()), "{words}");
            let hint = error["hint"].as_str().unwrap();
            assert!(hint.contains("/settings/tokens"), "{words}: {hint}");
        }
    }
}
