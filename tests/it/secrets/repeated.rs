//! What a service, a user or a usage error repeats: no token, and no password.

use serde_json::json;

use super::assert_silent;
use crate::support::{Reply, Sandbox, Server, TOKEN};

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
        "db fork a/b --owner https://user:hunter2@host".to_owned(),
        "db create x --public --owner user:hunter2@host".to_owned(),
        "db fork-status https://user:hunter2@host/operations/x".to_owned(),
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
