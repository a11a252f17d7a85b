//! What moves: a line for each thing that takes long, and nothing of it once it is over, however it ends.

use super::*;
use crate::support::responses::ANY_FORKS;

/// So long that nothing ends by itself.
const VERY_LONG: Duration = Duration::from_secs(60);

fn slow(reply: Reply, latency: u64) -> Server {
    Server::start(move |_, _| {
        std::thread::sleep(Duration::from_millis(latency));
        reply.clone()
    })
}

#[test]
fn a_request_that_takes_long_says_what_it_does_and_for_how_long_and_is_gone_afterwards() {
    let server = slow(Reply::Json(200, ANY_FORKS.to_owned()), 1_300);
    for (args, what) in [
        ("db forks a/b", "Listing the forks of a/b"),
        ("db view a/b", "Looking up a/b"),
        ("db create a/b --public", "Creating a/b"),
        ("db fork a/b --owner c", "Requesting a fork of a/b for c"),
        ("auth status", "Checking whose the token is"),
    ] {
        let terminal = Terminal::dhub(&Sandbox::at(server.url()), (24, 100), args);
        terminal.wait_for(&format!("{what} 0s"));
        terminal.wait_for(&format!("{what} 1s"));
        let session = terminal.finish();
        assert!(!session.screen.contains(what), "{args}: {session:?}");
    }
}

#[test]
fn what_takes_no_longer_than_a_moment_is_not_shown() {
    let (sandbox, _emulator) = Sandbox::emulated(network(3));
    for args in [
        format!("db forks {MUSEUM}"),
        format!("db forks {MUSEUM} --tree"),
        "db create a b --private".to_owned(),
    ] {
        let session = Terminal::dhub(&sandbox, (24, 100), &args).finish().exits(0);
        assert!(
            !session.raw.contains('\r') || session.raw.replace("\r\n", "").find('\r').is_none(),
            "{session:?}"
        );
    }
}

#[test]
fn a_retry_is_shown_with_its_number_and_the_reason_and_makes_no_note() {
    let server = Server::start(|_, before| match before {
        0 | 1 => Reply::html(502, "<h1>down</h1>"),
        _ => Reply::Silence(VERY_LONG),
    });
    let sandbox = Sandbox::at(server.url());
    let terminal = Terminal::dhub(&sandbox, (24, 100), "db forks a/b");
    let screen =
        terminal.wait_for("Listing the forks of a/b (attempt 3 of 4: the service returned 502 Bad Gateway)");
    assert!(!screen.contains("note:"), "{screen}");
}

#[test]
fn throttling_is_shown_with_the_time_until_the_next_attempt() {
    let server = Server::start(|_, before| match before {
        0 => Reply::Full(429, "Retry-After: 3\r\n".to_owned(), "application/json", "{}".to_owned()),
        _ => Reply::Json(200, ANY_FORKS.to_owned()),
    });
    let terminal = Terminal::dhub(&Sandbox::at(server.url()), (24, 120), "db forks a/b");
    let screen = terminal.wait_for("trying again in 3s");
    assert!(screen.contains("Listing the forks of a/b (") && !screen.contains("note:"), "{screen}");
    assert!(!terminal.finish().screen.contains("trying again"));
}

#[test]
fn a_signal_erases_the_line_of_a_request_and_its_key_and_shows_the_cursor() {
    let server = Server::always(Reply::Silence(VERY_LONG));
    for key in ["\x03", "\x1c"] {
        let mut terminal = Terminal::dhub(&Sandbox::at(server.url()), USUAL, "db forks a/b");
        terminal.wait_for("Listing the forks of a/b");
        terminal.types(key);
        let session = terminal.finish();
        assert_eq!(session.code, None, "{session:?}");
        assert_eq!(session.screen, "", "{session:?}");
        assert!(!session.raw.contains("\x1b[?25l"), "the cursor was hidden: {session:?}");
    }
}

#[test]
fn a_stop_erases_what_moves_and_going_on_shows_it_again() {
    let server = Server::always(Reply::Silence(VERY_LONG));
    let script = r#"set -m; "$DHUB" db forks a/b; echo stopped; fg"#;
    let mut terminal = Terminal::script(&Sandbox::at(server.url()), "bash", script);
    terminal.wait_for("Listing the forks of a/b");
    terminal.types("\x1a");
    let stopped = terminal.wait_for("stopped");
    let (before, _) = stopped.split_once("stopped").unwrap();
    assert!(!before.contains("Listing the forks"), "{stopped}");
    terminal.wait_until(|screen| screen.rsplit("stopped").next().unwrap().contains("Listing the forks"));
    terminal.types("\x03");
    assert!(!terminal.finish().screen.contains("Listing the forks"));
}

#[test]
fn a_program_in_the_background_leaves_the_screen_alone() {
    let server = slow(Reply::Json(200, ANY_FORKS.to_owned()), 900);
    let script = r#"set -m; "$DHUB" db forks a/b > out & wait; echo over"#;
    let session = Terminal::script(&Sandbox::at(server.url()), "bash", script).finish().exits(0);
    assert!(session.screen.contains("over") && !session.raw.contains("Listing"), "{session:?}");
}

#[test]
fn where_urls_do_not_fit_names_are_links_in_terminals_that_show_them() {
    let (sandbox, emulator) = Sandbox::emulated(network(1));
    let page = format!("{}/repositories/museum-0001/museum-collections", emulator.url());
    let link = format!("\x1b]8;;{page}\x1b\\museum-0001/museum-collections\x1b]8;;\x1b\\");
    let sandbox = sandbox.with("TERM_PROGRAM", "WezTerm");
    for args in [format!("db forks {MUSEUM}"), format!("db forks {MUSEUM} --tree")] {
        let session = Terminal::dhub(&sandbox, (24, 60), &args).finish().exits(0);
        assert!(session.raw.contains(&link), "{session:?}");
        assert!(session.screen.contains("museum-0001/museum-collections"), "{session:?}");
        let run = sandbox.run(&format!("{args} -o table --color always")).exits(0);
        assert!(!run.out.contains("\x1b]8"), "{run:?}");
        let plain = Terminal::dhub(&sandbox, (24, 60), &format!("{args} --color never")).finish().exits(0);
        assert!(!plain.raw.contains("\x1b]8"), "{plain:?}");
    }
}
