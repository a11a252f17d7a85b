//! Names that a server could do harm with.

use serde_json::json;

use crate::support::{Recorded, Reply, Sandbox, Server};

/// It would make fields and lines, clear a screen and turn text around.
pub const OWNER: &str = "a\tb\nc";
pub const NAME: &str = "d\u{1b}[2J\u{202e}\r\u{9b}31m";
/// The same in a URL.
const ENCODED: &str = "/a%09b%0Ac/d%1B%5B2J%E2%80%AE%0D%C2%9B31m";

/// The root `r/x`, its fork of that name, `z/x`, a fork of that one, and `y/x`, whose hostile parent is in no network.
pub fn hostile(request: &Recorded) -> Reply {
    let (owner, name, parent) = match request.target.trim_start_matches("/api/v1alpha1") {
        "/r/x/forks" => ("r", "x", ["", ""]),
        "/z/x/forks" => ("z", "x", [OWNER, NAME]),
        "/y/x/forks" => ("y", "x", ["ghost\n", NAME]),
        target if target == format!("{ENCODED}/forks") => (OWNER, NAME, ["r", "x"]),
        _ => return Reply::refusal(400, "no such repository"),
    };
    let forks = [(OWNER, NAME), ("z", "x"), ("y", "x")]
        .map(|(owner, name)| json!({"database_owner": owner, "database_name": name}));
    let response = json!({
        "status": "Success", "database_owner": owner, "database_name": name, "forks": forks,
        "parent_owner": parent[0], "parent_database_name": parent[1],
        "network_root_owner": "r", "network_root_database_name": "x", "fork_network_count": 3,
    });
    Reply::Json(200, response.to_string())
}

/// Whether a character is there that no output may hold.
pub fn is_harmful(text: &str) -> bool {
    text.contains(['\u{1b}', '\u{9b}', '\u{202e}', '\r'])
}

#[test]
fn in_rows_and_notes_a_hostile_name_makes_no_field_no_line_and_no_sequence() {
    let server = Server::start(|request, _| hostile(request));
    let run = Sandbox::at(server.url()).run("db forks r/x --tree").exits(0);
    assert!(!is_harmful(&run.out) && !is_harmful(&run.err), "{run:?}");
    let shown = "a\\tb\\nc/d\\u{1b}[2J\\u{202e}\\r\\u{9b}31m";
    let page = |path: &str| format!("{}/repositories{path}", server.url());
    let rows = [
        format!("r/x\t{}\t0\t", page("/r/x")),
        format!("{shown}\t{}\t1\tr/x", page(ENCODED)),
        format!("z/x\t{}\t2\t{shown}", page("/z/x")),
        format!("y/x\t{}\t1\tr/x", page("/y/x")),
    ];
    assert_eq!(run.out.lines().collect::<Vec<_>>(), rows);
    assert_eq!(run.err.lines().count(), 1, "{run:?}");
    assert!(run.err.starts_with("note: y/x is a fork of ghost "), "{run:?}");
}

#[test]
fn in_json_a_hostile_name_is_itself_and_written_with_escapes() {
    let server = Server::start(|request, _| hostile(request));
    let run = Sandbox::at(server.url()).run("db forks z/x --tree --json").exits(0);
    assert!(!is_harmful(&run.out) && !is_harmful(&run.err), "{run:?}");
    let document = run.document();
    let fork = &document["forks"][0];
    assert_eq!((&fork["owner"], &fork["name"]), (&json!(OWNER), &json!(NAME)));
    assert_eq!(fork["forks"][0]["owner"], "z");
}

#[test]
fn a_listed_name_that_cannot_be_a_path_segment_is_never_sent() {
    let names = [("..", ".."), (".", "x"), ("", "x"), ("y", ""), ("..", "x"), ("y", "..")];
    let server = Server::start(move |_, _| {
        let forks =
            names.map(|(owner, name)| json!({"database_owner": owner, "database_name": name})).to_vec();
        let response = json!({
            "status": "Success", "database_owner": "r", "database_name": "x", "forks": forks,
            "parent_owner": "", "parent_database_name": "",
            "network_root_owner": "r", "network_root_database_name": "x", "fork_network_count": 6,
        });
        Reply::Json(200, response.to_string())
    });
    let run = Sandbox::at(server.url()).run("db forks r/x --tree");
    let targets: Vec<String> = server.requests().into_iter().map(|request| request.target).collect();
    assert_eq!(targets, ["/api/v1alpha1/r/x/forks"], "{run:?}");
}
