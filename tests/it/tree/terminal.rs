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
├─ museum-0001/museum-collections ← (2 forks)
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
`- museum-0003/museum-collections <-";

#[test]
fn in_60_100_and_200_columns_branches_counts_and_the_named_one_are_all_that_is_left() {
    let (sandbox, _emulator) = Sandbox::emulated(emulated(5));
    for columns in [60, 100, 200] {
        let words = "db forks museum-0001/museum-collections --tree";
        let left = Terminal::dhub(&sandbox, (24, columns), words).finish().exits(0);
        assert_eq!(left.screen, SCREEN, "in {columns} columns");
        assert!(left.is_coloured(), "the named one is not highlighted: {left:?}");
    }
}

#[test]
fn no_color_leaves_the_arrow_and_no_sequence_for_colour_or_weight() {
    let (sandbox, _emulator) = Sandbox::emulated(emulated(5));
    let sandbox = sandbox.with("NO_COLOR", "1");
    let words = "db forks museum-0001/museum-collections --tree";
    let left = Terminal::dhub(&sandbox, (24, 100), words).finish().exits(0);
    assert_eq!(left.screen, SCREEN);
    assert!(!left.is_coloured(), "{left:?}");
}

#[test]
fn without_utf8_the_lines_are_ascii_and_the_bar_too() {
    let (sandbox, _emulator) =
        Sandbox::emulated(Options { latency: Duration::from_millis(30), ..emulated(5) });
    let sandbox = sandbox.with("LANG", "C");
    let words = "db forks museum-0003/museum-collections --tree -j 1";
    let left = Terminal::dhub(&sandbox, (24, 100), words).finish().exits(0);
    assert_eq!(left.screen, ASCII);
    assert!(left.raw.contains("Resolving the fork network"), "there was no bar: {left:?}");
    assert!(left.raw.is_ascii(), "{left:?}");
}

#[test]
fn while_it_runs_a_bar_counts_the_members_and_then_it_is_gone() {
    let (sandbox, _emulator) =
        Sandbox::emulated(Options { latency: Duration::from_millis(80), ..emulated(5) });
    let words = "db forks museum-0001/museum-collections --tree -j 1";
    let left = Terminal::dhub(&sandbox, (24, 100), words).finish().exits(0);
    assert!(left.raw.contains("Resolving the fork network"), "{left:?}");
    assert!(left.raw.contains(" 3/6"), "{left:?}");
    assert!(left.raw.contains(" 6/6"), "all 6 were asked, and the bar never says so: {left:?}");
    assert_eq!(left.screen, SCREEN);
}

#[test]
fn with_quiet_there_is_no_bar() {
    let (sandbox, _emulator) = Sandbox::emulated(emulated(5));
    let words = format!("db forks {MUSEUM} --tree --quiet --color never");
    let left = Terminal::dhub(&sandbox, (24, 100), &words).finish().exits(0);
    assert!(!left.raw.contains('\u{1b}') && !left.raw.contains("asking"), "{left:?}");
}

#[test]
fn members_that_cannot_be_asked_are_marked_and_told_below() {
    let server =
        Network::of(&[("r", ""), ("a", "r"), ("b", "a"), ("c", "r")], Lists::Flat).play(|_, member, _| {
            match member {
                "a" => Some(Reply::refusal(400, "no such repository")),
                "c" => Some(Reply::html(200, "<h1>welcome</h1>")),
                _ => None,
            }
        });
    let words = "db forks b/x --tree";
    let left = Terminal::dhub(&Sandbox::at(server.url()), (24, 100), words).finish().exits(6);
    let lines: Vec<&str> = left.screen.lines().collect();
    let tree = ["r/x (3 forks)", "├─ a/x (1 fork) [not_found]", "│  └─ b/x ←", "└─ c/x [network]"];
    assert_eq!(lines[..4], tree, "{left:?}");
    assert_eq!(lines[4], "note: a/x cannot be shown: private, deleted or refused");
    assert!(
        lines[5].starts_with("error: the tree of b/x may be wrong: no usable response from c/x"),
        "{left:?}"
    );
}

#[test]
fn a_chain_too_deep_for_60_columns_keeps_a_line_for_each_member() {
    let chain = (0..=40_usize).map(|number| {
        let parent = number.checked_sub(1).map(|parent| format!("member-{parent:02}"));
        (format!("member-{number:02}"), parent.unwrap_or_default())
    });
    let server = Network::from_pairs(chain, Lists::Flat).play_by_rights();
    let words = "db forks member-40/x --tree";
    let left = Terminal::dhub(&Sandbox::at(server.url()), (60, 60), words).finish().exits(0);
    let lines: Vec<&str> = left.screen.lines().collect();
    assert_eq!(lines.len(), 41, "{left:?}");
    for (number, line) in lines.iter().enumerate() {
        assert!(line.contains(&format!("member-{number:02}/x")), "{line}");
        assert!(line.chars().count() < 60, "{line}");
    }
    assert!(lines[40].starts_with('…') && lines[40].ends_with("└─ member-40/x ←"), "{}", lines[40]);
}

#[test]
fn a_hostile_name_stays_on_its_line_and_never_touches_the_terminal() {
    let server = Server::start(|request, _| names::hostile(request));
    let sandbox = Sandbox::at(server.url()).with("NO_COLOR", "1");
    let left = Terminal::dhub(&sandbox, (24, 120), "db forks r/x --tree").finish().exits(0);
    assert!(!left.raw.contains(['\u{9b}', '\u{202e}']) && !left.raw.contains("\u{1b}[2J"), "{left:?}");
    let lines: Vec<&str> = left.screen.lines().collect();
    let hostile = "├─ a\\tb\\nc/d\\u{1b}[2J\\u{202e}\\r\\u{9b}31m (1 fork)";
    assert_eq!(lines[..4], ["r/x ← (3 forks)", hostile, "│  └─ z/x", "└─ y/x"], "{left:?}");
    assert_eq!(lines.len(), 5, "{left:?}");
}
