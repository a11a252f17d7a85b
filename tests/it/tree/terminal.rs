//! The tree as a person sees it.

use std::time::Duration;

use dhub::emulator::Options;

use super::names;
use super::network::{Lists, Network};
use super::{MUSEUM, emulated};
use crate::support::terminal::Terminal;
use crate::support::{Reply, Sandbox, Server};

const SCREEN: &str = "\
dolthub/museum-collections (5 forks)
├─ museum-0001/museum-collections (2 forks) ← asked for
│  ├─ museum-0004/museum-collections
│  └─ museum-0005/museum-collections
├─ museum-0002/museum-collections
└─ museum-0003/museum-collections";

const ASCII: &str = "\
dolthub/museum-collections (5 forks)
|- museum-0001/museum-collections (2 forks)
|  |- museum-0004/museum-collections
|  `- museum-0005/museum-collections
|- museum-0002/museum-collections
`- museum-0003/museum-collections <- asked for";

#[test]
fn in_60_100_and_200_columns_only_branches_counts_and_the_named_mark_remain() {
    let (sandbox, _emulator) = Sandbox::emulated(emulated(5));
    for columns in [60, 100, 200] {
        let args = "db forks museum-0001/museum-collections --tree";
        let session = Terminal::dhub(&sandbox, (24, columns), args).finish().exits(0);
        assert_eq!(session.screen, SCREEN, "in {columns} columns");
        assert!(session.is_coloured(), "the named one is not highlighted: {session:?}");
    }
}

#[test]
fn no_color_leaves_the_arrow_and_no_sequence_for_colour_or_weight() {
    let (sandbox, _emulator) = Sandbox::emulated(emulated(5));
    let sandbox = sandbox.with("NO_COLOR", "1");
    let args = "db forks museum-0001/museum-collections --tree";
    let session = Terminal::dhub(&sandbox, (24, 100), args).finish().exits(0);
    assert_eq!(session.screen, SCREEN);
    assert!(!session.is_coloured(), "{session:?}");
}

#[test]
fn without_utf8_the_lines_are_ascii_and_the_bar_too() {
    let (sandbox, _emulator) =
        Sandbox::emulated(Options { latency: Duration::from_millis(200), ..emulated(5) });
    let sandbox = sandbox.with("LANG", "C");
    let args = "db forks museum-0003/museum-collections --tree -j 1";
    let session = Terminal::dhub(&sandbox, (24, 100), args).finish().exits(0);
    assert_eq!(session.screen, ASCII);
    assert!(session.raw.contains("Resolving the fork network"), "there was no bar: {session:?}");
    assert!(session.raw.is_ascii(), "{session:?}");
}

#[test]
fn while_it_runs_a_bar_counts_the_members_and_then_it_is_gone() {
    let (sandbox, _emulator) =
        Sandbox::emulated(Options { latency: Duration::from_millis(250), ..emulated(5) });
    let args = "db forks museum-0001/museum-collections --tree -j 1";
    let session = Terminal::dhub(&sandbox, (24, 100), args).finish().exits(0);
    assert!(session.raw.contains("Resolving the fork network"), "{session:?}");
    assert!(session.raw.contains(" 3/6"), "{session:?}");
    assert!(session.raw.contains(" 5/6"), "{session:?}");
    assert_eq!(session.screen, SCREEN);
}

#[test]
fn with_quiet_there_is_no_bar() {
    let (sandbox, _emulator) = Sandbox::emulated(emulated(5));
    let args = format!("db forks {MUSEUM} --tree --quiet --color never");
    let session = Terminal::dhub(&sandbox, (24, 100), &args).finish().exits(0);
    assert!(!session.raw.contains('\u{1b}') && !session.raw.contains("asking"), "{session:?}");
}

#[test]
fn failed_members_are_marked_and_listed_below() {
    let server =
        Network::of(&[("r", ""), ("a", "r"), ("b", "a"), ("c", "r")], Lists::Flat).play(|_, member, _| {
            match member {
                "a" => Some(Reply::refusal(400, "no such repository")),
                "c" => Some(Reply::html(200, "<h1>welcome</h1>")),
                _ => None,
            }
        });
    let args = "db forks b/x --tree";
    let session = Terminal::dhub(&Sandbox::at(server.url()), (24, 100), args).finish().exits(6);
    let lines: Vec<&str> = session.screen.lines().collect();
    let tree = ["r/x (3 forks)", "├─ a/x (1 fork) [not_found]", "│  └─ b/x ← asked for", "└─ c/x [network]"];
    assert_eq!(lines[..4], tree, "{session:?}");
    assert_eq!(lines[4], "note: a/x cannot be shown: private, deleted or refused");
    assert!(
        lines[5].starts_with("error: the tree of b/x may be wrong: no usable response from c/x"),
        "{session:?}"
    );
}

#[test]
fn a_chain_too_deep_for_60_columns_keeps_a_line_for_each_member() {
    let chain = (0..=40_usize).map(|number| {
        let parent = number.checked_sub(1).map(|parent| format!("member-{parent:02}"));
        (format!("member-{number:02}"), parent.unwrap_or_default())
    });
    let server = Network::from_pairs(chain, Lists::Flat).play_by_rights();
    let args = "db forks member-40/x --tree";
    let session = Terminal::dhub(&Sandbox::at(server.url()), (60, 60), args).finish().exits(0);
    let lines: Vec<&str> = session.screen.lines().collect();
    assert_eq!(lines.len(), 41, "{session:?}");
    for (number, line) in lines.iter().enumerate() {
        assert!(line.contains(&format!("member-{number:02}/x")), "{line}");
        assert!(line.chars().count() < 60, "{line}");
    }
    assert!(lines[40].starts_with('…') && lines[40].ends_with("└─ member-40/x ← asked for"), "{}", lines[40]);
}

#[test]
fn a_hostile_name_stays_on_its_line_and_never_controls_the_terminal() {
    let server = Server::start(|request, _| names::hostile(request));
    let sandbox = Sandbox::at(server.url()).with("NO_COLOR", "1");
    let session = Terminal::dhub(&sandbox, (24, 120), "db forks r/x --tree").finish().exits(0);
    assert!(
        !session.raw.contains(['\u{9b}', '\u{202e}']) && !session.raw.contains("\u{1b}[2J"),
        "{session:?}"
    );
    let lines: Vec<&str> = session.screen.lines().collect();
    let hostile = "├─ a\\tb\\nc/d\\u{1b}[2J\\u{202e}\\r\\u{9b}31m (1 fork)";
    assert_eq!(lines[..4], ["r/x (3 forks) ← asked for", hostile, "│  └─ z/x", "└─ y/x"], "{session:?}");
    assert_eq!(lines.len(), 5, "{session:?}");
}
