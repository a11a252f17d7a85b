//! `dhub help TOPIC`. The help of commands is clap's own.

use std::io::{self, IsTerminal};

use clap::error::ErrorKind;

use crate::cli::words_after_help;
use crate::topics::{self, Topic};

/// No line of a topic is longer, however wide the terminal is: the eye would lose the next one.
const WIDEST: usize = 100;
/// So many columns where nothing says how many there are.
const USUAL: usize = 80;

/// The topic that `dhub help` was asked for; `kind` is what clap makes of that.
pub fn topic(kind: ErrorKind) -> Option<&'static Topic> {
    let asked = match kind {
        // `config` is a command, too.
        ErrorKind::InvalidSubcommand | ErrorKind::DisplayHelp => words_after_help(std::env::args_os())?,
        _ => return None,
    };
    match asked.as_slice() {
        [name] => topics::find(name),
        _ => None,
    }
}

/// The text of a topic for this terminal.
pub fn text(topic: &Topic) -> String {
    let text = topic.text(width());
    match topic.name {
        "config" => format!("{text}\nThe commands that show and change it: `dhub config --help`\n"),
        _ => text,
    }
}

/// As wide as clap makes its help.
fn width() -> usize {
    let terminal = io::stdout().is_terminal().then(|| console::Term::stdout().size_checked()).flatten();
    let columns = || std::env::var("COLUMNS").ok()?.parse().ok();
    let width = terminal.map(|(_, columns)| usize::from(columns)).or_else(columns);
    width.filter(|&width| width > 0).unwrap_or(USUAL).min(WIDEST)
}
