//! What a result looks like to a person: `db view`, the table of `db fork-status`, the addresses under a tick.

use dhub::emulator::Options;
use serde_json::json;

use crate::support::responses::{CREATED, FORKS};
use crate::support::terminal::{Terminal, USUAL};
use crate::support::{Reply, Sandbox, Server, TOKEN};

use super::{MUSEUM, done, forking};

#[test]
fn view_shows_a_line_for_each_thing_that_is_known() {
    let server = Server::always(Reply::Json(200, FORKS.to_owned()));
    let session =
        Terminal::dhub(&Sandbox::at(server.url()), (24, 120), &format!("db view {MUSEUM}")).finish();
    assert_eq!(
        session.exits(0).screen,
        format!(
            "{MUSEUM}\n  Page        {}/repositories/{MUSEUM}\n  Clone       http://127.0.0.1:50051/{MUSEUM}\n  \
             Root        {MUSEUM}\n  Forks       3 in the network",
            server.url()
        )
    );
}

#[test]
fn fork_status_is_a_table_in_which_pending_is_no_error() {
    let server = Server::start(|request, _| {
        Reply::Json(
            200,
            match request.target.ends_with("%2F1") {
                true => json!({"done": false}),
                false => json!({"done": true, "database_owner": "a", "database_name": "b"}),
            }
            .to_string(),
        )
    });
    let args = "db fork-status -j 1 operations/1 operations/22";
    let session = Terminal::dhub(&Sandbox::at(server.url()), (24, 120), args).finish().exits(8);
    let lines: Vec<&str> = session.screen.lines().collect();
    assert_eq!(lines[0], "OPERATION      STATE    DATABASE");
    assert!(lines[1].starts_with("────") && lines[1].chars().all(|c| c == '─'), "{session:?}");
    let mut rows = lines[2..4].to_vec();
    rows.sort_unstable();
    assert_eq!(rows, ["operations/1   pending", "operations/22  done     a/b"]);
    assert!(!session.screen.contains("error:"), "{session:?}");
    assert!(session.screen.contains("dhub db fork-status --wait operations/1"), "{session:?}");
}

#[test]
fn fork_status_of_what_does_not_exist_is_no_empty_table() {
    let server = Server::always(Reply::refusal(400, "operation not found"));
    let session =
        Terminal::dhub(&Sandbox::at(server.url()), USUAL, "db fork-status operations/1").finish().exits(3);
    assert!(!session.screen.contains("OPERATION"), "{session:?}");
}

#[test]
fn the_clone_address_stands_under_the_page_of_what_was_made() {
    let service = forking(|_| done());
    let sandbox = Sandbox::at(service.url());
    let session =
        Terminal::dhub(&sandbox, (24, 120), &format!("db fork {MUSEUM} --owner taylor --wait")).finish();
    let under = "/repositories/taylor/museum-collections\n  http://127.0.0.1:50051/taylor/museum-collections";
    assert!(session.screen.contains(under), "{session:?}");
    let server = Server::always(Reply::Json(200, CREATED.to_owned()));
    let sandbox = Sandbox::at(server.url());
    let session = Terminal::dhub(&sandbox, (24, 120), &format!("db create {MUSEUM} --public")).finish();
    let under = format!("/repositories/{MUSEUM}\n  http://127.0.0.1:50051/{MUSEUM}");
    assert!(session.screen.contains(&under), "{session:?}");
    // Nothing can be cloned from an emulator.
    let (sandbox, _emulator) = Sandbox::emulated(Options::default());
    let session = Terminal::dhub(&sandbox, USUAL, "db create taylor/x --public").finish();
    assert_eq!(session.screen.lines().count(), 2, "{session:?}");
}

#[test]
fn settings_are_lines_with_where_each_comes_from_and_a_token_is_shown_with_a_warning() {
    let sandbox = Sandbox::at("https://lab.corp").with("DOLTHUB_OWNER", "anna");
    let session = Terminal::dhub(&sandbox, USUAL, "config list").finish().exits(0);
    let lines: Vec<&str> = session.screen.lines().collect();
    assert_eq!(
        lines,
        [
            "host           https://lab.corp  (DOLTHUB_HOST)",
            "user           not set",
            "token          set, not shown  (DOLTHUB_TOKEN)",
            "token_command  not set",
            "owner          anna  (DOLTHUB_OWNER)",
            "visibility     not set",
            "ca_file        not set",
            "remote         https://lab.corp:50051  (default)",
            "api            v1alpha1  (default)",
            "allow_http     false  (default)",
        ]
    );
    let session = Terminal::dhub(&sandbox, USUAL, "auth token").finish().exits(0);
    assert_eq!(
        session.screen,
        format!("note: anyone who sees this token can use it; it is meant for a pipe\n{TOKEN}")
    );
}
