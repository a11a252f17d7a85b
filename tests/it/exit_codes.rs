//! Every exit code of the design's table.

use crate::support::responses::ANY_CREATED;
use crate::support::{Reply, Sandbox, Server, refusing_address, side_by_side};

/// A case with its exit code and kind.
struct Case {
    code: i32,
    kind: &'static str,
    /// The response to everything.
    reply: Reply,
    args: &'static str,
    /// Part of the message.
    message: &'static str,
}

const CREATE: &str = "db create dolthub/x --public";
const FORK: &str = "db fork dolthub/x --owner taylor --wait";
const STATUS: &str = "db fork-status operations/1";
const WAIT: &str = "db fork-status operations/1 --wait --timeout 100ms";
const FORKS: &str = "db forks dolthub/x";

fn case(code: i32, kind: &'static str, reply: Reply, args: &'static str, message: &'static str) -> Case {
    Case { code, kind, reply, args, message }
}

fn refused(code: i32, kind: &'static str, args: &'static str, status: u16, message: &'static str) -> Case {
    case(code, kind, Reply::refusal(status, message), args, message)
}

/// Runs it in text and with `--json`, and checks code, kind and message.
#[track_caller]
fn check(sandbox: &Sandbox, args: &str, code: i32, kind: &str, message: &str) {
    let run = sandbox.run(args).exits(code);
    let reported = run.err.lines().find(|line| line.starts_with("error: ")).unwrap_or_default();
    assert!(reported.contains(message), "{args}: {run:?}");

    let run = sandbox.run(&format!("{args} --json")).exits(code);
    let error = run.error();
    assert_eq!(error["kind"], kind, "{args}: {run:?}");
    assert!(error["message"].as_str().unwrap().contains(message), "{args}: {run:?}");
    let keys: Vec<&String> = error.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["argument", "hint", "kind", "message", "owner", "request", "request_id", "status"]);
}

/// A server that must not get a request.
fn untouched(check: impl FnOnce(&str)) {
    let server = Server::always(Reply::Json(200, ANY_CREATED.to_owned()));
    check(server.url());
    assert!(server.requests().is_empty(), "{:?}", server.requests());
}

#[test]
fn the_response_determines_kind_and_exit_code() {
    let json = |text: &str| Reply::Json(200, text.to_owned());
    let cases = [
        refused(1, "api", CREATE, 400, "Error creating a database."),
        refused(1, "api", FORK, 400, "Error creating a database."),
        refused(1, "api", STATUS, 400, "Error polling an operation status."),
        refused(1, "api", FORKS, 400, "Error getting the forks list."),
        case(1, "api", Reply::html(404, "<h1>Not Found</h1>"), FORKS, "invalid response"),
        case(
            1,
            "operation_failed",
            json(r#"{"status":"Error","done":true,"message":"disk full"}"#),
            STATUS,
            "disk full",
        ),
        refused(3, "not_found", FORKS, 400, "no such repository"),
        refused(3, "not_found", FORK, 400, "no such repository"),
        refused(3, "not_found", STATUS, 400, "operation not found"),
        refused(4, "auth", CREATE, 401, "Not authenticated"),
        refused(4, "auth", FORK, 403, "This token may not fork"),
        refused(4, "auth", FORKS, 401, "Not authenticated"),
        refused(4, "auth", STATUS, 403, "no"),
        refused(5, "already_exists", CREATE, 400, "dolthub/x already exists"),
        refused(5, "already_exists", FORK, 400, "it has already been forked"),
        case(6, "network", Reply::html(502, "<h1>Bad Gateway</h1>"), FORKS, "502"),
        case(6, "network", Reply::Close, FORKS, ""),
        case(
            6,
            "network",
            Reply::Full(
                429,
                "retry-after: 3600\r\n".to_owned(),
                "application/json",
                r#"{"status":"Error","message":"slow down"}"#.to_owned(),
            ),
            CREATE,
            "slow down",
        ),
        case(7, "unknown", Reply::Close, CREATE, "looking it up failed, too"),
        case(7, "unknown", Reply::html(502, "<h1>Bad Gateway</h1>"), FORK, "502"),
        case(8, "pending", json(r#"{"status":"Success","done":false}"#), WAIT, "not finished after"),
    ];
    side_by_side(cases, |Case { code, kind, reply, args, message }| {
        let server = Server::always(reply);
        check(&Sandbox::at(server.url()), args, code, kind, message);
    });
}

#[test]
fn success_exits_0_without_an_error() {
    let server = Server::always(Reply::Json(200, ANY_CREATED.to_owned()));
    for args in [CREATE, "db create dolthub/x --public --json", "--help", "--version", "db fork --help"] {
        let run = Sandbox::at(server.url()).run(args).exits(0);
        assert_eq!(run.err, "", "{args}");
        assert!(!run.out.is_empty(), "{args}");
    }
}

#[test]
fn a_usage_error_exits_2_and_sends_nothing() {
    untouched(|url| {
        let sandbox = Sandbox::at(url);
        for (args, message) in [
            ("db create dolthub/x", "--public or --private is required"),
            ("db create dolthub/a.b --public", "letters, digits"),
            ("db fork x", "OWNER/NAME"),
            ("db fork a/.. --owner b", "cannot be"),
            ("db fork a/b --owner c/d", "holds a /"),
            ("db forks a", "OWNER/NAME"),
            ("db forks a/b --host ftp://x", "not a host"),
            ("db forks a/b --request-timeout 0", "request-timeout"),
            ("db nonsense", "nonsense"),
            ("db forks a/b --nonsense", "nonsense"),
        ] {
            check(&sandbox, args, 2, "usage", message);
        }
    });
}

#[test]
fn a_missing_token_exits_4_and_sends_nothing() {
    untouched(|url| {
        let sandbox = Sandbox::new().with("DOLTHUB_HOST", url);
        for args in [CREATE, "db create x --public", FORK, "db fork dolthub/x", STATUS] {
            check(&sandbox, args, 4, "auth", "there is no token");
            let run = sandbox.run(args).exits(4);
            assert!(run.err.contains("dhub auth login") && run.err.contains("/settings/tokens"), "{run:?}");
        }
        let sandbox = Sandbox::at(url).with("DOLTHUB_TOKEN", "no token");
        check(&sandbox, CREATE, 4, "auth", "DOLTHUB_TOKEN");
    });
}

#[test]
fn a_broken_config_file_exits_1_and_sends_nothing() {
    untouched(|url| {
        let sandbox = Sandbox::at(url);
        let key = url.trim_start_matches("http://");
        for text in [
            "host = [",
            &format!("[hosts.\"{key}\"]\nvisibility = \"secret\"\n"),
            &format!("[hosts.\"{key}\"]\nowner = 1\n"),
            "hosts = 1",
        ] {
            sandbox.write_config(text);
            for args in [CREATE, FORK, STATUS, FORKS] {
                check(&sandbox, args, 1, "config", "config.toml is broken");
            }
        }
        // An explicit file must exist.
        let sandbox = Sandbox::at(url);
        check(&sandbox, &format!("{FORKS} --config none.toml"), 1, "config", "none.toml");
        check(&sandbox.with("DHUB_CONFIG", "gone.toml"), FORKS, 1, "config", "gone.toml");
    });
}

#[test]
fn an_unreachable_server_exits_6() {
    // A port that was free a moment ago.
    let (address, _held) = refusing_address();
    let sandbox = Sandbox::at(&format!("http://{address}"));
    side_by_side([CREATE, FORK, STATUS, FORKS, "db create x --public"], |args| {
        check(&sandbox, args, 6, "network", "cannot connect");
    });
}

#[test]
fn a_wait_that_times_out_exits_8() {
    let server = Server::start(|request, _| match request.method.as_str() {
        "POST" => Reply::Json(200, r#"{"status":"Success","operation_name":"operations/1"}"#.to_owned()),
        _ => Reply::Json(200, r#"{"status":"Pending"}"#.to_owned()),
    });
    for args in [FORK, "db fork-status --wait operations/1"] {
        let args = format!("{args} --timeout 100ms");
        check(&Sandbox::at(server.url()), &args, 8, "pending", "not finished after 100ms");
    }
}
