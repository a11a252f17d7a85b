//! A terminal in a CI job: nothing moves on it, and nobody is asked.

use super::*;
use crate::support::running::eventually;

/// A sandbox in which `CI` is set, at this host.
fn ci(sandbox: Sandbox) -> Sandbox {
    sandbox.with("CI", "true").with("NO_COLOR", "1")
}

#[track_caller]
fn assert_that_nothing_moved(raw: &str) {
    let moves = raw.replace("\r\n", "\n").chars().any(|c| c.is_control() && c != '\n');
    assert!(!moves, "{raw:?}");
}

#[test]
fn with_ci_set_nothing_moves_on_a_terminal() {
    let (sandbox, _emulator) =
        Sandbox::emulated(Options { fork_delay: Duration::from_millis(500), ..network(3) });
    let sandbox = ci(sandbox);
    for args in [
        "db create a b --public",
        "db fork museum-0001/museum-collections --wait --owner taylor",
        "db fork taylor/a taylor/b --wait --owner anotherOrg",
        &format!("db forks {MUSEUM} --tree"),
        &format!("db forks {MUSEUM}"),
    ] {
        let session = Terminal::dhub(&sandbox, (40, 120), args).finish().exits(0);
        assert_that_nothing_moved(&session.raw);
        assert!(!session.raw.trim().is_empty(), "{args}");
    }
}

#[test]
fn with_ci_set_trouble_in_a_wait_is_a_note_on_a_terminal() {
    let server = forking(|before| match before {
        1..3 => Reply::Json(503, "busy".to_owned()),
        _ => done(),
    });
    let sandbox = ci(Sandbox::at(server.url()));
    let session = Terminal::dhub(&sandbox, USUAL, &format!("db fork {MUSEUM} --wait --owner taylor"));
    assert_that_nothing_moved(&session.finish().exits(0).raw);
}

#[test]
fn with_ci_set_a_signal_moves_nothing_on_a_terminal() {
    let server = forking(|_| Reply::Silence(Duration::from_secs(30)));
    let sandbox = ci(Sandbox::at(server.url()));
    let mut terminal = Terminal::dhub(&sandbox, USUAL, &format!("db fork {MUSEUM} --wait --owner taylor"));
    assert!(eventually(|| server.count("GET") > 0));
    terminal.types("\x03");
    let session = terminal.finish();
    assert!(session.screen.contains("to resume: "), "{session:?}");
    assert_that_nothing_moved(&session.raw);
}

#[test]
fn with_ci_set_a_login_asks_for_no_token_on_a_terminal() {
    let (sandbox, _emulator) = Sandbox::emulated(network(0));
    let session = Terminal::dhub(&ci(sandbox), USUAL, "auth login").finish().exits(2);
    assert!(session.screen.contains("pipe the token"), "{session:?}");
    let (sandbox, _emulator) = Sandbox::emulated(network(0));
    let mut terminal = Terminal::dhub(&sandbox.with("CI", ""), USUAL, "auth login");
    terminal.wait_for("A token for");
    terminal.types("\x04");
    terminal.finish();
}
