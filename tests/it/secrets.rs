//! The token is never shown and is only sent to its own host.

#![cfg(unix)]

mod repeated;
mod travel;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::thread;
use std::time::Duration;

use serde_json::json;

use crate::support::running::Running;
use crate::support::{Recorded, Reply, Run, Sandbox, Server, TOKEN, refusing_address};

const USER: &str = r#"{"status":"Success","username":"taylor"}"#;
/// A host that is not this machine; only a proxy of the test can be reached by its name.
const ELSEWHERE: &str = "http://doltlab.invalid";

/// Each command that talks to a service.
const COMMANDS: [&str; 10] = [
    "db create taylor/x --public",
    "db create x --private --if-not-exists",
    "db fork a/b",
    "db fork a/b --owner taylor --if-not-exists",
    "db fork-status operations/x",
    "db fork-status operations/x --wait --timeout 20ms",
    "db forks a/b",
    "api user -i",
    "api fork -f ownerName=taylor",
    "auth status",
];

#[track_caller]
fn assert_silent(run: &Run, what: &str) {
    for text in [&run.out, &run.err] {
        assert!(!text.contains("never-to-be-shown"), "{what}: {run:?}");
    }
}

/// The `Authorization` of a request.
fn authorization(request: &Recorded) -> Option<&str> {
    request.header("authorization")
}

/// A documented success for each request.
fn success(request: &Recorded, _: usize) -> Reply {
    // A proxy gets the whole address.
    let (_, target) = request.target.split_once("/api/v1alpha1").unwrap();
    let body = match target {
        "/user" => json!({"username": "taylor"}),
        "/database" => json!({"status": "Success", "repository_owner": "taylor", "repository_name": "x"}),
        "/fork" => json!({"status": "Success", "operation_name": "operations/x"}),
        target if target.starts_with("/fork?") => {
            json!({"status": "Success", "done": true, "database_owner": "taylor", "database_name": "b"})
        }
        _ => json!({"status": "Success", "forks": []}),
    };
    Reply::Json(200, body.to_string())
}

#[test]
fn no_output_of_any_command_holds_the_token_whatever_the_response() {
    let moved =
        || Reply::Full(302, "location: https://sso.corp/?back=1\r\n".to_owned(), "text/html", String::new());
    let servers = [
        Server::start(success),
        Server::always(Reply::refusal(401, "Not authenticated")),
        Server::always(Reply::refusal(400, "no such repository")),
        Server::always(Reply::html(502, "<h1>Bad Gateway</h1>")),
        Server::always(Reply::Bytes(b"nonsense\r\n\r\n".to_vec())),
        Server::always(Reply::Close),
        Server::always(moved()),
    ];
    let (address, _held) = refusing_address();
    let gone = format!("http://{address}");
    thread::scope(|scope| {
        for url in servers.iter().map(Server::url).chain([gone.as_str()]) {
            for options in ["-v", "-v --json"] {
                scope.spawn(move || {
                    for command in COMMANDS {
                        let args = format!("{command} {options} --request-timeout 5s");
                        let run = Sandbox::at(url).run(&args);
                        assert!(run.err.contains("> "), "{args} sent nothing: {run:?}");
                        assert_silent(&run, &args);
                    }
                });
            }
        }
    });
    for server in &servers {
        let requests = server.requests();
        let with_token = |request: &&Recorded| authorization(request) == Some(&*format!("token {TOKEN}"));
        assert!(requests.iter().filter(with_token).count() >= COMMANDS.len(), "the token was not even sent");
    }
}

#[test]
fn no_login_shows_the_token_whether_it_is_stored_or_not() {
    for (reply, code) in [
        (Reply::Json(200, USER.to_owned()), 0),
        (Reply::refusal(401, "Not authenticated"), 4),
        (Reply::html(404, "<h1>Not Found</h1>"), 0),
        (Reply::Close, 6),
    ] {
        let server = Server::always(reply);
        for options in ["-v", "-v --json"] {
            let sandbox = Sandbox::new().with("DOLTHUB_HOST", server.url());
            let run = sandbox.run_with_stdin(&format!("auth login {options}"), TOKEN).exits(code);
            assert_silent(&run, "login");
            assert_silent(&sandbox.run(&format!("auth status {options}")), "status");
            assert_silent(&sandbox.run(&format!("auth logout {options}")).exits(0), "logout");
        }
    }
}

#[test]
fn while_it_waits_the_token_is_not_among_the_processs_arguments() {
    if !cfg!(target_os = "linux") {
        return;
    }
    let server = Server::always(Reply::Silence(Duration::from_secs(30)));
    let running = Running::start(Sandbox::at(server.url()).command(["db", "forks", "a/b", "-v"]));
    running.wait_for_err("> GET");
    let arguments = fs::read(format!("/proc/{}/cmdline", running.id())).unwrap();
    let arguments = String::from_utf8(arguments).unwrap();
    assert!(arguments.contains("forks"), "{arguments:?}");
    assert!(!arguments.contains("never-to-be-shown"), "{arguments:?}");
}

#[test]
fn the_config_file_and_its_folder_are_private_even_if_they_were_not() {
    let server = Server::always(Reply::Json(200, USER.to_owned()));
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let sandbox = Sandbox::new().with("DOLTHUB_HOST", server.url());
    sandbox.run_with_stdin("auth login", TOKEN).exits(0);
    assert_eq!(mode(&sandbox.config_path()), 0o600);
    assert_eq!(mode(sandbox.config_path().parent().unwrap()), 0o700);

    fs::set_permissions(sandbox.config_path(), fs::Permissions::from_mode(0o644)).unwrap();
    sandbox.run_with_stdin("auth login", TOKEN).exits(0);
    assert_eq!(mode(&sandbox.config_path()), 0o600);
    let names: Vec<_> = fs::read_dir(sandbox.config_path().parent().unwrap()).unwrap().collect();
    assert_eq!(names.len(), 2, "more than the lock is left beside the config file: {names:?}");
    assert_eq!(mode(&sandbox.home().join(".config/dhub/config.toml.lock")), 0o600);
}

#[test]
fn a_token_is_only_sent_to_its_own_host() {
    let (home, other) = (Server::start(success), Server::start(success));
    let page = format!("{}/repositories/a/b", other.url());
    let pair = |host: &str, token: &str| Sandbox::new().with(host, home.url()).with(token, TOKEN);
    let stored = Sandbox::new();
    stored.write_config(&format!(
        "host = \"{}\"\n[hosts.\"{}\"]\ntoken = \"{TOKEN}\"\n",
        home.url(),
        home.url().trim_start_matches("http://")
    ));
    let by_default = Sandbox::new().with("DOLTHUB_TOKEN", TOKEN);
    by_default.write_config(&format!("host = \"{}\"\n", home.url()));
    let nowhere = Sandbox::new().with("DOLTHUB_TOKEN", TOKEN);
    for (sandbox, its_home) in [
        (pair("DOLTHUB_HOST", "DOLTHUB_TOKEN"), true),
        (pair("DH_HOST", "DH_TOKEN"), true),
        (stored, true),
        (by_default, true),
        // It belongs to www.dolthub.com.
        (nowhere, false),
    ] {
        sandbox.run(&format!("db forks a/b --host {}", other.url())).exits(0);
        for (args, code) in [("db fork a/b --owner me", 4), ("auth status", 4)] {
            sandbox.run(&format!("{args} --host {}", other.url())).exits(code);
        }
        if its_home {
            sandbox.run("db forks a/b").exits(0);
            let last = home.requests().pop().unwrap();
            assert_eq!(authorization(&last), Some(&*format!("token {TOKEN}")));
        }
    }
    // A pasted page names the host: it beats the config file's, and a contradiction is a usage error.
    let stored = Sandbox::new();
    stored.write_config(&format!("host = \"{}\"\n", home.url()));
    stored.with("DOLTHUB_TOKEN", TOKEN).run(&format!("db forks {page}")).exits(0);
    pair("DH_HOST", "DH_TOKEN").run(&format!("db forks {page}")).exits(0);
    pair("DOLTHUB_HOST", "DOLTHUB_TOKEN").run(&format!("db forks {page}")).exits(2);

    let requests = other.requests();
    assert_eq!(requests.len(), 7, "{requests:?}");
    assert!(requests.iter().all(|request| authorization(request).is_none()), "{requests:?}");
}

#[test]
fn each_host_gets_the_token_that_is_stored_for_it() {
    let (one, two) = (Server::start(success), Server::start(success));
    let sandbox = Sandbox::new().with("DOLTHUB_HOST", one.url()).with("DOLTHUB_TOKEN", TOKEN);
    let entry = |server: &Server, token: &str| {
        format!("[hosts.\"{}\"]\ntoken = \"{token}\"\n", server.url().trim_start_matches("http://"))
    };
    sandbox.write_config(&(entry(&one, "dhat.v1.stored-one") + &entry(&two, "dhat.v1.stored-two")));
    sandbox.run("db forks a/b").exits(0);
    sandbox.run(&format!("db forks a/b --host {}", two.url())).exits(0);
    // The environment's comes first, at its own host only.
    assert_eq!(authorization(&one.requests()[0]), Some(&*format!("token {TOKEN}")));
    assert_eq!(authorization(&two.requests()[0]), Some("token dhat.v1.stored-two"));
}

#[test]
fn a_redirect_is_reported_and_not_followed() {
    let other = Server::start(success);
    let to = format!("{}/api/v1alpha1/a/b/forks", other.url());
    for status in [301, 302, 303, 307, 308] {
        let location = format!("location: {to}\r\n");
        let server = Server::always(Reply::Full(status, location, "text/html", String::new()));
        let sandbox = Sandbox::at(server.url());
        for args in ["db forks a/b", "db create me/x --public", "db fork a/b --owner me", "auth status"] {
            let run = sandbox.run(args);
            assert_ne!(run.code, Some(0), "{status} {args}");
            assert!(run.err.contains(&to), "{status} {args}: {run:?}");
        }
    }
    assert_eq!(other.requests().len(), 0);
}

#[test]
fn an_invalid_token_is_refused_without_being_printed() {
    let server = Server::start(success);
    for text in [
        "never-to-be-shown at all",
        "never-to-be-shown\u{e9}",
        "never-to-be-shown\u{1b}[2J",
        "a\u{200b}never-to-be-shown",
    ] {
        let sandbox = Sandbox::new().with("DOLTHUB_HOST", server.url());
        let run = sandbox.run_with_stdin("auth login --json -v", text).exits(4);
        assert_silent(&run, text);
        assert!(!sandbox.config_path().exists());
        for (host, token) in [("DOLTHUB_HOST", "DOLTHUB_TOKEN"), ("DH_HOST", "DH_TOKEN")] {
            let run =
                Sandbox::new().with(host, server.url()).with(token, text).run("auth status -v").exits(4);
            assert!(run.err.contains(token), "{run:?}");
            assert_silent(&run, text);
        }
    }
    let run = Sandbox::new().run_with_stdin("auth login", " \n").exits(4);
    assert!(run.err.contains("the token is empty"), "{run:?}");

    let sandbox = Sandbox::new();
    sandbox.write_config("[hosts.\"www.dolthub.com\"]\ntoken = \"never-to-be-shown at all\"\n");
    assert_silent(&sandbox.run("auth status -v").exits(1), "config");
    // A mistake in the very line that holds the token.
    sandbox.write_config(&format!("[hosts.\"www.dolthub.com\"]\ntoken = {TOKEN}\n"));
    for options in ["-v", "--json"] {
        let run = sandbox.run(&format!("auth status {options}")).exits(1);
        assert!(run.err.contains("line 2"), "{run:?}");
        assert_silent(&run, "broken config");
    }
    assert_eq!(server.requests().len(), 0);
}

/// A home whose token comes from a script.
fn with_token_command(server: &Server, script: &str) -> Sandbox {
    let sandbox = Sandbox::new().with("DOLTHUB_HOST", server.url());
    let key = server.url().trim_start_matches("http://");
    let command = json!(["sh", "-c", format!("echo ran >> ran; {script}")]);
    sandbox.write_config(&format!("[hosts.\"{key}\"]\ntoken_command = {command}\n"));
    sandbox
}

fn runs(sandbox: &Sandbox) -> usize {
    fs::read_to_string(sandbox.home().join("ran")).unwrap_or_default().lines().count()
}

#[test]
fn a_token_command_is_run_once_where_a_token_is_needed_and_its_output_is_not_shown() {
    let server = Server::start(success);
    let sandbox = with_token_command(&server, &format!("echo unlocking >&2; echo {TOKEN}"));
    for args in ["db fork nonsense", "db create x", "completions bash", "auth logout"] {
        sandbox.run(args);
    }
    assert_eq!(runs(&sandbox), 0, "nothing needed a token yet");

    let run = sandbox.run("db fork a/b c/d --wait -v").exits(0);
    assert_eq!(runs(&sandbox), 1);
    assert!(run.err.contains("unlocking\n"), "{run:?}");
    assert_silent(&run, "token_command");
    let requests = server.requests();
    assert!(requests.len() >= 4, "{requests:?}");
    assert!(requests.iter().all(|request| authorization(request) == Some(&*format!("token {TOKEN}"))));

    // The environment's token comes first.
    sandbox.with("DOLTHUB_TOKEN", "dhat.v1.other").run("db forks a/b").exits(0);
    assert_eq!(authorization(&server.requests().pop().unwrap()), Some("token dhat.v1.other"));
}

#[test]
fn a_failed_token_command_exits_4_and_sends_nothing() {
    let server = Server::start(success);
    for (script, why) in [
        (format!("echo {TOKEN}; echo locked >&2; exit 3"), "failed"),
        (format!("echo '{TOKEN} and more'"), "no token"),
        ("true".to_owned(), "empty"),
        (format!("echo {TOKEN}; kill -9 $$"), "failed"),
    ] {
        let sandbox = with_token_command(&server, &script);
        for args in ["auth status", "db fork a/b", "db forks a/b --json"] {
            let run = sandbox.run(args).exits(4);
            assert!(run.err.contains("token_command") && run.err.contains(why), "{script}: {run:?}");
            assert_silent(&run, &script);
        }
    }
    assert_eq!(server.requests().len(), 0);
}
