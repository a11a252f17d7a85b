//! Terminals that are no size to speak of.

use std::time::Duration;

use dhub::emulator::Options;

use super::screen::draw;
use crate::support::side_by_side;
use crate::support::terminal::Terminal;
use crate::support::{Reply, Sandbox, Server};

const SIZES: [(u16, u16); 5] = [(24, 0), (24, 1), (0, 80), (0, 0), (1, 1)];

fn resize((rows, columns): (u16, u16)) -> String {
    format!("stty rows {rows} cols {columns}")
}

#[test]
fn every_command_works_on_a_tiny_terminal() {
    side_by_side(SIZES, |size| drop(draw(&resize(size))));
}

#[test]
fn in_one_column_no_name_is_broken() {
    let session = draw(&resize((24, 1)));
    let lines: Vec<&str> = session.raw.lines().map(str::trim_end).collect();
    let names = ["museum-0001/museum-collections", "museum-0002/museum-collections"];
    assert!(lines.windows(2).any(|pair| pair == names), "{}", session.raw);
}

#[test]
fn a_terminal_that_shrinks_to_nothing_during_a_wait_does_not_end_it() {
    let options = Options { network: 1, fork_delay: Duration::from_millis(900), ..Options::default() };
    side_by_side(SIZES, |size| {
        let (sandbox, _emulator) = Sandbox::emulated(options.clone());
        let script = format!(
            "(sleep 0.4; {} < /dev/tty) & \"$DHUB\" db fork dolthub/museum-collections --wait; echo code=$?",
            resize(size)
        );
        let session = Terminal::script(&sandbox, "sh", &script).finish();
        assert!(session.raw.contains("code=0"), "{size:?}: {}", session.raw);
        assert!(
            session.raw.contains(" Forked dolthub/museum-collections to taylor"),
            "{size:?}: {}",
            session.raw
        );
    });
}

#[test]
fn prompts_work_on_a_terminal_of_no_size() {
    let server = Server::always(Reply::Json(200, r#"{"status":"Success","username":"taylor"}"#.to_owned()));
    for size in SIZES {
        let sandbox = Sandbox::new().with("DOLTHUB_HOST", server.url());
        let script =
            format!("{}; \"$DHUB\" auth login && \"$DHUB\" db create taylor/x; echo code=$?", resize(size));
        let mut terminal = Terminal::script(&sandbox, "sh", &script);
        terminal.wait_until(|screen| screen.replace('\n', "").contains("settings/tokens):"));
        terminal.types("dhat.v1.typed\r");
        terminal.wait_until(|screen| screen.contains("[private]"));
        terminal.types("\r");
        let session = terminal.finish();
        assert!(session.raw.contains("code=0"), "{size:?}: {}", session.raw);
        assert!(!session.raw.contains("dhat.v1.typed"), "{size:?}: {}", session.raw);
    }
}
