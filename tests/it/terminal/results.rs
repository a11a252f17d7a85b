//! What a result looks like to a person: `db view`, the addresses under a tick.

use dhub::emulator::Options;

use crate::support::responses::{CREATED, FORKS};
use crate::support::terminal::{Terminal, USUAL};
use crate::support::{Reply, Sandbox, Server};

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
