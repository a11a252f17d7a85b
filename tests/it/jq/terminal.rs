//! What `--jq` prints on a terminal.

use serde_json::json;

use crate::support::terminal::{Terminal, USUAL};
use crate::support::{Reply, Sandbox, Server};

const HOSTILE: &str = "\u{1b}[2J\u{1b}]0;x\u{7} \u{9b}1m\u{202e}\u{200b}";

#[test]
fn raw_strings_cannot_steer_a_terminal_and_are_bytes_in_a_pipe() {
    let created = json!({
        "status": "Success", "repository_owner": "a", "repository_name": "b", "visibility": "public",
        "description": format!("{HOSTILE}|\tone\ntwo"),
    });
    let server = Server::always(Reply::Json(200, created.to_string()));
    let sandbox = Sandbox::at(server.url());
    let create = "db create a/b --public --jq .description";

    let session = Terminal::dhub(&sandbox, USUAL, &format!("{create} -r")).finish().exits(0);
    let shown = "\\u{1b}[2J\\u{1b}]0;x\\u{7} \\u{9b}1m\\u{202e}\\u{200b}|";
    assert!(session.raw.contains(&format!("{shown}\tone\r\ntwo\r\n")), "{session:?}");
    assert!(!session.raw.contains(['\u{7}', '\u{9b}', '\u{202e}', '\u{200b}']), "{session:?}");

    let session = Terminal::dhub(&sandbox, USUAL, create).finish().exits(0);
    assert!(
        session.raw.contains("\"\\u001b[2J\\u001b]0;x\\u0007 \\u009b1m\\u202e\\u200b|\\tone\\ntwo\""),
        "{session:?}"
    );

    let run = sandbox.run(&format!("{create} -r")).exits(0);
    assert_eq!(run.out, format!("{HOSTILE}|\tone\ntwo\n"));
}

#[test]
fn outputs_come_while_the_expression_still_runs() {
    let server = Server::always(Reply::Json(200, crate::support::responses::FORKS.to_owned()));
    let sandbox = Sandbox::at(server.url());
    let mut terminal =
        Terminal::dhub(&sandbox, USUAL, "db forks dolthub/museum-collections --jq .owner,last(repeat(1))");
    terminal.wait_for("\"dolthub\"");
    terminal.types("\u{3}");
    let session = terminal.finish();
    assert_eq!(session.code, None, "{session:?}");
}
