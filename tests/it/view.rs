//! `dhub db view`: what databases are, and whether they exist.

mod remotes;
#[cfg(unix)]
mod web;

use std::time::Duration;

use dhub::emulator::Options;
use serde_json::json;

use crate::support::responses::{FORKS, exists};
use crate::support::{Reply, Sandbox, Server};

const MUSEUM: &str = "dolthub/museum-collections";

#[test]
fn the_row_has_seven_columns_and_the_document_says_null_where_the_api_does_not_say() {
    let server = Server::always(Reply::Json(200, FORKS.to_owned()));
    let sandbox = Sandbox::at(server.url());
    let url = format!("{}/repositories/{MUSEUM}", server.url());
    let clone_url = format!("http://127.0.0.1:50051/{MUSEUM}");
    let run = sandbox.run(&format!("db view {MUSEUM}")).exits(0);
    assert_eq!(run.out, format!("{MUSEUM}\t{url}\t{clone_url}\t\t{MUSEUM}\t3\t\n"));
    assert_eq!(run.err, "");
    let museum = json!({"owner": "dolthub", "name": "museum-collections"});
    assert_eq!(
        sandbox.run(&format!("db view {MUSEUM} --json")).exits(0).document(),
        json!({
            "owner": "dolthub", "name": "museum-collections", "url": url, "clone_url": clone_url,
            "visibility": null, "parent": null, "root": museum, "fork_network_count": 3,
            "size_bytes": null, "last_write_at": null, "stars": null,
        })
    );
    // One request each: the API does not say who can see it.
    assert_eq!(server.requests().len(), 2);
}

#[test]
fn a_fork_names_its_parent_and_the_root() {
    let (sandbox, _emulator) = Sandbox::emulated(Options { network: 5, ..Options::default() });
    let row = sandbox.run("db view museum-0005/museum-collections").exits(0).out;
    let fields: Vec<&str> = row.trim_end_matches('\n').split('\t').collect();
    assert_eq!(fields[2..], ["", "museum-0001/museum-collections", MUSEUM, "5", ""], "{row}");
}

#[test]
fn a_database_that_does_not_exist_exits_3_and_a_private_one_only_shows_with_its_token() {
    let (sandbox, emulator) = Sandbox::emulated(Options::default());
    sandbox.run("db create dolthub/secret --private").exits(0);
    let run = sandbox.run("db view nobody/nothing").exits(3);
    assert_eq!(run.out, "");
    assert!(run.err.starts_with("error: cannot view nobody/nothing: no such repository\nhint: "), "{run:?}");
    let error = sandbox.run("db view nobody/nothing --json").exits(3).error();
    assert_eq!((&error["kind"], &error["argument"]), (&json!("not_found"), &json!("nobody/nothing")));
    sandbox.run("db view dolthub/secret").exits(0);
    let anonymous = Sandbox::new().with("DOLTHUB_HOST", &emulator.url());
    anonymous.run("db view dolthub/secret").exits(3);
    sandbox.run("db create dolthub/known --public").exits(0);
    anonymous.run("db view dolthub/known").exits(0);
}

#[test]
fn several_databases_are_viewed_and_the_exit_code_is_that_of_the_first_that_failed() {
    let (sandbox, _emulator) = Sandbox::emulated(Options { network: 2, ..Options::default() });
    let list = format!("# a list\n{MUSEUM}\thttps://x\n\nmuseum-0001/museum-collections\n{MUSEUM}\n");
    let run = sandbox.run_with_stdin("db view - -j 1", &list).exits(0);
    let names: Vec<&str> = run.out.lines().map(|row| row.split('\t').next().unwrap()).collect();
    assert_eq!(names, [MUSEUM, "museum-0001/museum-collections"]);
    assert!(run.err.contains("note: 2 found\n"), "{run:?}");

    let run = sandbox.run(&format!("db view -j 1 a/b {MUSEUM} c/d")).exits(3);
    assert_eq!(run.out.lines().count(), 1, "{run:?}");
    assert!(
        run.err.ends_with("note: 1 found, 2 failed\nnote: to retry the failed ones: dhub db view a/b c/d\n"),
        "{run:?}"
    );
    assert_eq!(sandbox.run(&format!("db view --json a/b {MUSEUM}")).exits(3).out.lines().count(), 1);
    assert_eq!(
        sandbox.run_with_stdin("db view -", "").exits(0).err,
        "note: the list on stdin is empty: nothing to do\n"
    );
}

#[test]
fn a_response_about_another_database_is_not_believed() {
    let server = Server::always(exists("dolthub/other", ""));
    Sandbox::at(server.url()).run(&format!("db view {MUSEUM}")).exits(1);
}

#[test]
fn names_are_taken_as_people_paste_them() {
    let (sandbox, emulator) = Sandbox::emulated(Options { fork_delay: Duration::ZERO, ..Options::default() });
    sandbox.run(&format!("db create {MUSEUM} --public")).exits(0);
    let url = emulator.url();
    let address = url.trim_start_matches("http://");
    for text in [
        format!("@{MUSEUM}"),
        format!("{MUSEUM}/"),
        format!("{url}/repositories/{MUSEUM}/data/main?q=1#x"),
        format!("{address}/repositories/{MUSEUM}/"),
        format!("http://127.0.0.1:50051/{MUSEUM}"),
        format!("https://127.0.0.1:50051/{MUSEUM}/"),
        format!("origin http://127.0.0.1:50051/{MUSEUM} "),
    ] {
        for command in ["view", "forks"] {
            sandbox.run_all(["db", command, &text]).exits(0);
        }
        let list = format!("{text}\n");
        assert_eq!(sandbox.run_with_stdin("db view -", &list).exits(0).out.lines().count(), 1, "{text}");
        let run = sandbox.run_all(["db", "fork", "--owner", "taylor", "--if-not-exists", &text]).exits(0);
        assert!(run.out.contains(MUSEUM), "{run:?}");
    }
}

#[test]
fn what_cannot_be_sent_is_refused_before_anything_is_sent() {
    let server = Server::always(Reply::Json(200, FORKS.to_owned()));
    let sandbox = Sandbox::at(server.url());
    for text in ["a/b,c/d", "a,b/c", "git@x/y", "a/b:c", "a/b c", "a/..", "a", "a/b/c", "/", "@/b", "x:1/b/c"]
    {
        for command in ["view", "forks", "fork"] {
            let run = sandbox.run_all(["db", command, "--json", text]).exits(2);
            assert_eq!(run.error()["kind"], "usage", "{text}");
        }
    }
    // Anything else is one segment of a path.
    sandbox.run_all(["db", "view", "ä&+!/b'c"]).exits(1);
    assert_eq!(server.requests().len(), 1);
    assert!(server.requests()[0].target.contains("/%C3%A4%26%2B%21/b%27c/"), "{:?}", server.requests());
}
