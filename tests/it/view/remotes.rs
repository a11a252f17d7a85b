//! Clone addresses, and remotes that are pasted: whose they are, and that no token goes astray.

use dhub::emulator::Options;
use serde_json::Value;

use super::MUSEUM;
use crate::support::responses::{CREATED, FORKS};
use crate::support::{Reply, Sandbox, Server};

/// A config file with entries for these hosts.
fn config(entries: &[(&str, &str)]) -> String {
    entries.iter().map(|(host, lines)| format!("[hosts.\"{host}\"]\n{lines}\n")).collect()
}

fn address(server: &Server) -> &str {
    server.url().trim_start_matches("http://")
}

#[test]
fn nothing_is_cloned_from_an_emulator_unless_the_config_file_says_where() {
    let (sandbox, emulator) =
        Sandbox::emulated(Options { fork_delay: std::time::Duration::ZERO, ..Options::default() });
    let documents = |sandbox: &Sandbox, owner: &str| -> Vec<Value> {
        let name = format!("{owner}/x");
        [
            format!("db create {name} --public --if-not-exists --json"),
            format!("db view {name} --json"),
            format!("db forks {name} --json"),
            format!("db forks {name} --tree --json"),
        ]
        .iter()
        .map(|args| sandbox.run(args).exits(0).document())
        .collect()
    };
    for document in documents(&sandbox, "dolthub") {
        assert_eq!(document["clone_url"], Value::Null, "{document}");
    }
    let fork = sandbox.run("db fork dolthub/x --wait --json").exits(0).document();
    assert_eq!(fork["fork"]["clone_url"], Value::Null);

    let host = emulator.url().trim_start_matches("http://").to_owned();
    sandbox.write_config(&config(&[(&host, "remote = \"https://remotes.example/base/\"")]));
    for document in documents(&sandbox, "anotherOrg") {
        assert_eq!(document["clone_url"], "https://remotes.example/base/anotherOrg/x", "{document}");
    }
    let fork = sandbox.run("db fork anotherOrg/x --owner dolthub --wait --json --if-not-exists").exits(5);
    assert!(fork.err.contains("not a fork"), "{fork:?}");
    let fork = sandbox.run("db fork dolthub/x --wait --json --if-not-exists").exits(0).document();
    assert_eq!(fork["fork"]["clone_url"], "https://remotes.example/base/taylor/x");
    let operation = sandbox.run("db fork dolthub/x --owner jdoe --json");
    assert_eq!(operation.code, Some(4));
}

#[test]
fn a_create_has_its_clone_address_under_its_page() {
    let server = Server::always(Reply::Json(200, CREATED.to_owned()));
    let document =
        Sandbox::at(server.url()).run(&format!("db create {MUSEUM} --public --json")).exits(0).document();
    assert_eq!(document["clone_url"], format!("http://127.0.0.1:50051/{MUSEUM}"));
}

#[test]
fn a_broken_remote_in_the_config_file_is_named_without_its_text() {
    for remote in ["\"file:///secret\"", "\"https://u:secret@x\"", "5", "\"x?secret\""] {
        let sandbox = Sandbox::new();
        sandbox.write_config(&config(&[("www.dolthub.com", &format!("remote = {remote}"))]));
        let run = sandbox.run("db view a/b").exits(1);
        assert!(run.err.contains("hosts.\"www.dolthub.com\".remote"), "{run:?}");
        assert!(!run.err.contains("secret"), "{run:?}");
    }
}

#[test]
fn a_remote_selects_the_host_that_has_it_and_that_hosts_token() {
    let (lab, other) = (
        Server::always(Reply::Json(200, FORKS.to_owned())),
        Server::always(Reply::Json(200, FORKS.to_owned())),
    );
    let sandbox = Sandbox::new();
    sandbox.write_config(&format!(
        "host = \"{}\"\n{}",
        other.url(),
        config(&[
            (address(&other), "token = \"other-token\"\nremote = \"https://other.example:50051\""),
            (
                address(&lab),
                "token = \"lab-token\"\nallow_http = true\nremote = \"https://lab.example:50051\""
            ),
        ])
    ));
    let run = sandbox.run(&format!("db view http://lab.example:50051/{MUSEUM}")).exits(0);
    assert!(run.out.contains(&format!("\thttps://lab.example:50051/{MUSEUM}\t")), "{run:?}");
    assert_eq!(lab.requests()[0].header("authorization"), Some("token lab-token"));
    assert!(other.requests().is_empty());
    // What is retried goes to the same host.
    let run =
        sandbox.run(&format!("db view https://lab.example:50051/{MUSEUM} https://lab.example:50051/a/b"));
    assert!(
        run.err.contains(&format!("dhub db view --host {} https://lab.example:50051/a/b", lab.url())),
        "{run:?}"
    );
}

#[test]
fn a_remote_that_no_host_is_known_to_have_is_a_usage_error_and_nothing_is_sent() {
    let server = Server::always(Reply::Json(200, FORKS.to_owned()));
    let sandbox = Sandbox::at(server.url());
    for (remote, said) in [
        ("https://evil.example:50051/a/b", "DOLTHUB_HOST says"),
        ("https://doltremoteapi.dolthub.com/a/b", "DOLTHUB_HOST says"),
        ("doltremoteapi.dolthub.com/a/b", "DOLTHUB_HOST says"),
        ("https://doltremoteapi.dolthub.com.evil.example/a/b", "DOLTHUB_HOST says"),
        ("http://127.0.0.1:50052/a/b", "DOLTHUB_HOST says"),
    ] {
        let run = sandbox.run(&format!("db view {remote}")).exits(2);
        assert!(run.err.contains(said) && run.err.contains("hint: "), "{run:?}");
    }
    let run = Sandbox::new().run("db view https://evil.example:50051/a/b").exits(2);
    assert!(run.err.contains("no known host has its remotes on https://evil.example:50051"), "{run:?}");
    assert!(server.requests().is_empty());
}

#[test]
fn a_page_without_its_scheme_is_on_the_host_that_is_known_by_that_address() {
    let server = Server::always(Reply::Json(200, FORKS.to_owned()));
    let page = format!("{}/repositories/{MUSEUM}", address(&server));
    Sandbox::at(server.url()).run(&format!("db view {page}")).exits(0);
    let sandbox = Sandbox::new();
    sandbox.write_config(&format!("host = \"{}\"\n", server.url()));
    sandbox.run(&format!("db view {page}")).exits(0);
    sandbox.write_config(&config(&[(address(&server), "allow_http = true\ntoken = \"lab-token\"")]));
    sandbox.run(&format!("db view {page}")).exits(0);
    assert_eq!(server.requests().len(), 3);
    assert_eq!(server.requests()[2].header("authorization"), Some("token lab-token"));
    // Not known: https, which this server does not speak.
    Sandbox::new().run(&format!("db view {page}")).exits(6);
    let run = Sandbox::at("http://other.example").run(&format!("db view {page}")).exits(2);
    assert!(run.err.contains("DOLTHUB_HOST says http://other.example"), "{run:?}");
}

#[test]
fn a_password_in_a_pasted_address_is_not_repeated() {
    for text in ["https://me:hunter2@www.dolthub.com/repositories/a/b", "me:hunter2@lab/repositories/a/b"] {
        let run = Sandbox::new().run(&format!("db view {text}")).exits(2);
        assert!(!run.err.contains("hunter2"), "{run:?}");
    }
}
