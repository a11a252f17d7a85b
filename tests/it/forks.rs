//! `dhub db forks`.

use dhub::emulator::Options;
use serde_json::json;

use crate::support::{Reply, Sandbox, Server};

#[test]
fn in_a_pipe_each_fork_is_a_row_of_name_and_url() {
    let (sandbox, emulator) = Sandbox::emulated(Options { network: 2, ..Options::default() });
    let run = sandbox.run("db forks dolthub/museum-collections").exits(0);
    let url = emulator.url();
    let lines: Vec<&str> = run.out.lines().collect();
    assert_eq!(lines.len(), 2, "{run:?}");
    for line in lines {
        let (name, page) = line.split_once('\t').unwrap();
        assert!(name.ends_with("/museum-collections"), "{line}");
        assert_eq!(page, format!("{url}/repositories/{name}"));
    }
    assert_eq!(run.err, "");
}

#[test]
fn an_unknown_database_exits_3_with_the_services_message() {
    let (sandbox, _emulator) = Sandbox::emulated(Options::default());
    let run = sandbox.run("db forks nobody/nothing").exits(3);
    assert!(run.err.starts_with("error: cannot list the forks of nobody/nothing: no such repository\n"));

    let error = sandbox.run("db forks nobody/nothing --json").exits(3).error();
    assert_eq!(error["kind"], "not_found");
    assert_eq!(error["argument"], "nobody/nothing");
    assert_eq!(error["message"], "no such repository");
    assert_eq!(error["status"], 400);
}

#[test]
fn names_are_sent_percent_encoded() {
    let server = Server::always(Reply::refusal(400, "no such repository"));
    Sandbox::at(server.url()).run("db forks ä&b/c+d").exits(3);
    assert_eq!(server.requests()[0].target, "/api/v1alpha1/%C3%A4%26b/c%2Bd/forks");
}

#[test]
fn the_list_of_a_fork_names_its_parent_and_the_root() {
    let (sandbox, emulator) = Sandbox::emulated(Options { network: 5, ..Options::default() });
    // The fifth fork is a fork of the first one.
    let document = sandbox.run("db forks museum-0005/museum-collections --json").exits(0).document();
    assert_eq!(document["owner"], "museum-0005");
    assert_eq!(document["parent"], json!({"owner": "museum-0001", "name": "museum-collections"}));
    assert_eq!(document["root"], json!({"owner": "dolthub", "name": "museum-collections"}));
    assert_eq!(document["fork_network_count"], 5);
    let url = format!("{}/repositories/museum-0001/museum-collections", emulator.url());
    assert_eq!(
        document["forks"][0],
        json!({"owner": "museum-0001", "name": "museum-collections", "url": url})
    );
}

#[test]
fn a_database_without_forks_prints_nothing_and_an_empty_list() {
    let (sandbox, _emulator) = Sandbox::emulated(Options::default());
    sandbox.run("db create dolthub/x --public").exits(0);
    let run = sandbox.run("db forks dolthub/x").exits(0);
    assert_eq!((run.out.as_str(), run.err.as_str()), ("", ""));
    let document = sandbox.run("db forks dolthub/x --json").exits(0).document();
    assert_eq!((&document["forks"], &document["fork_network_count"]), (&json!([]), &json!(0)));
}

#[test]
fn a_private_database_is_shown_only_with_its_owners_token() {
    let (sandbox, emulator) = Sandbox::emulated(Options::default());
    sandbox.run("db create dolthub/secret --private").exits(0);
    sandbox.run("db forks dolthub/secret").exits(0);
    let anonymous = Sandbox::new().with("DOLTHUB_HOST", &emulator.url());
    assert!(anonymous.run("db forks dolthub/secret").exits(3).err.contains("no such repository"));
}

#[test]
fn a_name_cannot_make_a_field_or_a_line() {
    let response = json!({
        "status": "Success", "forks": [{"database_owner": "a\tb", "database_name": "c\nd\u{1b}[2J"}],
    });
    let server = Server::always(Reply::Json(200, response.to_string()));
    let run = Sandbox::at(server.url()).run("db forks dolthub/x").exits(0);
    assert_eq!(run.out.lines().count(), 1, "{run:?}");
    assert!(run.out.starts_with("a\\tb/c\\nd\\u{1b}[2J\thttp://"), "{run:?}");
    assert!(run.out.ends_with("/repositories/a%09b/c%0Ad%1B%5B2J\n"), "{run:?}");
}

#[test]
fn values_missing_from_the_response_are_null() {
    let server = Server::always(Reply::Json(200, r#"{"forks":null,"root":1}"#.to_owned()));
    let document = Sandbox::at(server.url()).run("db forks dolthub/x --json").exits(0).document();
    let url = format!("{}/repositories/dolthub/x", server.url());
    assert_eq!(
        document,
        json!({
            "owner": "dolthub", "name": "x", "url": url, "parent": null, "root": null,
            "clone_url": "http://127.0.0.1:50051/dolthub/x", "fork_network_count": null, "forks": [],
        })
    );
}
