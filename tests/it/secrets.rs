//! The token is never shown and is only sent to its own host.

#![cfg(unix)]

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
const COMMANDS: [&str; 8] = [
    "db create taylor/x --public",
    "db create x --private --if-not-exists",
    "db fork a/b",
    "db fork a/b --owner taylor --if-not-exists",
    "db fork-status operations/x",
    "db fork-status operations/x --wait --timeout 20ms",
    "db forks a/b",
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
fn a_token_is_sent_over_plain_http_to_another_machine_only_if_allowed() {
    let proxy = Server::start(success);
    let elsewhere = |sandbox: Sandbox| {
        sandbox.with("DOLTHUB_HOST", ELSEWHERE).with("DOLTHUB_TOKEN", TOKEN).with("http_proxy", proxy.url())
    };
    for command in COMMANDS {
        let run = elsewhere(Sandbox::new()).run(command).exits(4);
        assert!(run.err.contains("plain http"), "{run:?}");
        assert_silent(&run, command);
    }
    elsewhere(Sandbox::new()).run_with_stdin("auth login", TOKEN).exits(4);
    elsewhere(Sandbox::new()).with("DHUB_ALLOW_HTTP", "0").run("auth status").exits(4);
    let address = Sandbox::at("http://192.0.2.1").with("http_proxy", proxy.url());
    address.run("db forks a/b").exits(4);
    assert_eq!(proxy.requests().len(), 0, "nothing is to be tried");

    elsewhere(Sandbox::new()).with("DHUB_ALLOW_HTTP", "1").run("auth status").exits(0);
    let allowed = Sandbox::new();
    allowed.write_config("[hosts.\"doltlab.invalid\"]\nallow_http = true\n");
    elsewhere(allowed).run("auth status").exits(0);
    let requests = proxy.requests();
    assert_eq!(requests.len(), 2);
    for request in requests {
        assert_eq!(request.target, format!("{ELSEWHERE}/api/v1alpha1/user"));
        assert_eq!(authorization(&request), Some(&*format!("token {TOKEN}")));
    }
}

#[test]
fn a_stored_token_goes_over_plain_http_only_where_its_entry_allows_it_however_the_host_is_spelled() {
    let proxy = Server::start(success);
    let at = |host: &str| {
        let sandbox = Sandbox::new().with("DHUB_ALLOW_HTTP", "1").with("http_proxy", proxy.url());
        sandbox.with("DOLTHUB_HOST", host)
    };
    let secrets = [format!("token = \"{TOKEN}\""), format!("token_command = [\"echo\", \"{TOKEN}\"]")];
    let keys =
        ["www.dolthub.com", "DoltHub.com", "https://www.dolthub.com", "www.dolthub.com:80", "dolthub.com."];
    let hosts = ["http://www.dolthub.com", "HTTP://dolthub.com:80/", "http://WWW.DOLTHUB.COM."];
    for (key, host) in keys.iter().zip(hosts.iter().cycle()).chain(keys.iter().zip(&hosts[1..])) {
        for secret in &secrets {
            let sandbox = at(host);
            sandbox.write_config(&format!("[hosts.\"{key}\"]\n{secret}\n"));
            let run = sandbox.run("auth status").exits(4);
            assert!(run.err.contains("plain http") && run.err.contains("hint: "), "{key} {host}: {run:?}");
            assert_silent(&run, key);
            let page = format!("db forks {}/repositories/a/b", host.trim_end_matches('/'));
            sandbox.with("DOLTHUB_HOST", "").run(&page).exits(4);
        }
    }
    // A token that is typed is no token of the environment's.
    at("http://lab.corp").run_with_stdin("auth login", TOKEN).exits(4);
    assert_eq!(proxy.requests().len(), 0, "nothing is to be tried");

    let allowed = at("http://lab.corp.:80/base/");
    allowed.write_config(&format!("[hosts.\"LAB.corp/base\"]\n{}\nallow_http = true\n", secrets[1]));
    allowed.run("auth status").exits(0);
    assert_eq!(authorization(&proxy.requests()[0]), Some(&*format!("token {TOKEN}")));
}

#[test]
fn localhost_is_this_machine_and_no_resolver_is_asked() {
    let (proxy, server) = (Server::start(success), Server::start(success));
    let port = server.url().rsplit(':').next().unwrap();
    // None of these but the first is known to a resolver.
    for name in ["localhost", "LocalHost.", "a.b.localhost", "dolt.LOCALHOST."] {
        let sandbox = Sandbox::at(&format!("http://{name}:{port}")).with("http_proxy", proxy.url());
        sandbox.run("auth status").exits(0);
    }
    assert_eq!((server.requests().len(), proxy.requests().len()), (4, 0));
    // Where nothing listens on 127.0.0.1, ::1 is tried.
    let Ok(six) = std::net::TcpListener::bind("[::1]:0") else { return };
    let port = six.local_addr().unwrap().port();
    let sandbox = Sandbox::at(&format!("http://localhost:{port}"));
    let running = Running::start(sandbox.command(["db", "forks", "a/b", "--request-timeout", "10s"]));
    let (mut stream, _) = six.accept().unwrap();
    let mut request = [0; 4];
    std::io::Read::read_exact(&mut stream, &mut request).unwrap();
    assert_eq!(&request, b"GET ");
    running.signal(rustix::process::Signal::INT);
    running.finish();
}

#[test]
fn plain_http_without_a_token_needs_no_permission() {
    let proxy = Server::start(success);
    let sandbox = Sandbox::new().with("DOLTHUB_HOST", ELSEWHERE).with("http_proxy", proxy.url());
    sandbox.run("db forks a/b").exits(0);
    assert_eq!(authorization(&proxy.requests()[0]), None);
}

#[test]
fn a_proxy_is_never_used_for_loopback() {
    let (proxy, server) = (Server::start(success), Server::start(success));
    let port = server.url().rsplit(':').next().unwrap();
    for host in [server.url(), &format!("http://localhost:{port}")] {
        let mut sandbox = Sandbox::at(host);
        for variable in ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
            sandbox = sandbox.with(variable, proxy.url());
        }
        sandbox.run("db forks a/b").exits(0);
    }
    assert_eq!((server.requests().len(), proxy.requests().len()), (2, 0));
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

#[test]
fn a_token_echoed_by_the_service_is_not_shown() {
    for padding in [0, 100_000] {
        let refusal = json!({
            "status": "Error",
            "message": format!("what is {TOKEN}? {}", "x".repeat(padding)),
        });
        let server = Server::always(Reply::Json(400, refusal.to_string()));
        for args in
            ["db forks a/b", "db create a/b --public", "db fork a/b --owner c -v", "auth status --json"]
        {
            let run = Sandbox::at(server.url()).run(args);
            assert!(run.err.contains("what is [token]?"), "{args}: {run:?}");
            assert_silent(&run, args);
        }
    }
}

#[test]
fn a_token_echoed_in_any_spelling_is_hidden_and_json_stays_json() {
    let quoted = r#"never"to\be-shown0"#;
    for (token, spelling) in [
        (TOKEN, r"\u0064hat.v1.never-to-be-sh\u006fwn"),
        (TOKEN, r"\\u0064hat.v1.never-to-be-shown"),
        (TOKEN, "dhat%2Ev1.never-to-be-shown"),
        (quoted, r#"never\"to\\be-shown0"#),
        (quoted, r"never\u0022to\u005cbe-shown0"),
    ] {
        let echo = |before: &str, after: &str| Reply::Json(200, format!("{before}{spelling}{after}"));
        let refusal = echo(r#"{"status":"Error","message":"what is "#, r#"?"}"#);
        let page = Reply::html(400, &format!("<title>what is {spelling}?</title>"));
        for reply in [refusal, page] {
            let server = Server::always(reply);
            for args in ["db create a/b --public -v --json", "db fork a/b --owner c", "auth status --json"] {
                let run = Sandbox::at(server.url()).with("DOLTHUB_TOKEN", token).run(args);
                assert!(run.err.contains("what is [token]?"), "{spelling} {args}: {run:?}");
                if args.contains("--json") {
                    assert!(run.error()["message"].as_str().unwrap().contains("what is [token]?"));
                }
            }
        }
        let created = echo(
            r#"{"status":"Success","repository_owner":"a","repository_name":"b","description":"x "#,
            r#"\" y"}"#,
        );
        let server = Server::always(created);
        let run = Sandbox::at(server.url()).with("DOLTHUB_TOKEN", token).run("db create a/b --public --json");
        assert_eq!(run.exits(0).document()["description"], "x [token]\" y", "{spelling}");
        let forks = echo(r#"{"status":"Success","forks":[{"owner":"o\""#, "\",\"name\":\"n\"}]}");
        let forks = Server::start(move |_, _| {
            let Reply::Json(status, body) = &forks else { unreachable!() };
            Reply::Json(
                *status,
                body.replace("\"owner\"", "\"owner_name\"").replace("\"name\"", "\"database_name\""),
            )
        });
        for args in ["db forks a/b --json", "db forks a/b", "db forks a/b --tree --json"] {
            let run = Sandbox::at(forks.url()).with("DOLTHUB_TOKEN", token).run(args);
            for text in [&run.out, &run.err] {
                assert!(!text.contains("be-sh") && !text.contains("never"), "{spelling} {args}: {run:?}");
            }
            run.out.lines().filter(|_| args.contains("json")).for_each(|line| {
                serde_json::from_str::<serde_json::Value>(line).unwrap();
            });
        }
    }
}

#[test]
fn a_short_token_is_hidden_as_a_whole_word_in_what_the_service_says_and_nowhere_else() {
    let server = Server::start(|request, _| {
        match request.method.as_str() {
        "POST" if request.target.ends_with("/database") => Reply::Json(
            200,
            json!({"repository_owner": "lab", "repository_name": "x", "description": "lab: collab, lab2", "status": "Success"})
                .to_string(),
        ),
        _ => Reply::refusal(400, "the token lab, of collab (lab) is \"lab\""),
    }
    });
    let sandbox = || Sandbox::at(server.url()).with("DOLTHUB_TOKEN", "lab");
    let run = sandbox().run("db create lab/x --public --json").exits(0);
    let document = run.document();
    assert_eq!(document["owner"], "lab");
    assert_eq!(document["description"], "[token]: collab, lab2");
    for args in ["db forks lab/x", "db fork lab/x --owner me -v", "auth status"] {
        let run = sandbox().run(args);
        assert!(run.err.contains("the token [token], of collab ([token]) is \"[token]\""), "{run:?}");
    }
    assert!(sandbox().run("db forks lab/x").err.contains("lab/x"));
}

#[test]
fn a_password_in_a_pasted_address_is_never_repeated() {
    let page = "https://user:hunter2@www.dolthub.com/repositories/a/b";
    let commands = [
        format!("db forks {page}"),
        format!("db fork a/b {page} --owner me"),
        "db forks user:hunter2@www.dolthub.com/repositories/a/b".to_owned(),
        "db forks user:hunter2@host/b".to_owned(),
        "db forks https://user:hunter2@host".to_owned(),
        "db forks https://user:hunter2%40host/repositories/a/b".to_owned(),
        "db forks a/b --host https://user:hunter2@host".to_owned(),
        "db forks a/b --host user:hunter2@host:99999".to_owned(),
        "db create https://user:hunter2@host/x --public".to_owned(),
        "auth status --host https://user:hunter2@host".to_owned(),
        "db forks a/b --request-timeout https://user:hunter2@host".to_owned(),
        "db nonsense https://user:hunter2@host".to_owned(),
        "db forks a/b https://user:hunter2@host".to_owned(),
        "https://user:hunter2@host".to_owned(),
        "--https://user:hunter2@host".to_owned(),
    ];
    for command in commands {
        for options in ["-v", "--json"] {
            let run =
                Sandbox::new().with("DOLTHUB_TOKEN", TOKEN).run(&format!("{command} {options}")).exits(2);
            assert!(!run.err.contains("hunter2") && !run.out.contains("hunter2"), "{command}: {run:?}");
        }
    }
    let address = "https://user:hunter2@host:99999/";
    for variable in ["DOLTHUB_HOST", "HTTPS_PROXY", "ALL_PROXY", "DH_HOST"] {
        let sandbox = Sandbox::new().with("DH_TOKEN", "x").with(variable, address);
        let run = sandbox.run("db forks a/b -v");
        assert!(run.code != Some(0) && !run.err.contains("hunter2"), "{variable}: {run:?}");
    }
    let sandbox = Sandbox::new();
    for text in [format!("host = \"{address}\""), format!("[hosts.\"{address}\"]\nowner = \"x\"")] {
        sandbox.write_config(&text);
        let run = sandbox.run("db fork a/b -v");
        assert!(!run.err.contains("hunter2"), "{text}: {run:?}");
    }
}

#[test]
fn a_token_in_the_wrong_place_is_not_printed() {
    let page = format!("db forks {TOKEN}");
    for args in [format!("auth login {TOKEN}"), page, format!("--token {TOKEN} auth status")] {
        for options in ["", "--json"] {
            let run = Sandbox::new().run(&format!("{args} {options}")).exits(2);
            assert_silent(&run, &args);
        }
    }
    let run = Sandbox::new().run(&format!("auth login {TOKEN}"));
    assert!(run.err.contains("a token is never an argument"), "{run:?}");
}
