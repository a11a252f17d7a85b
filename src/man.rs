//! The manual pages: one for each command in section 1, made of the same words as `--help`, and one for each help topic in
//! section 7.

mod command;
mod text;

use std::fmt;

use clap::{Command, CommandFactory};
use clap_mangen::roff::{Roff, roman};

use crate::cli::Cli;
use crate::topics::{TOPICS, Topic};

/// When this version was released: a page has a date, and the same one whenever it is made.
pub const DATE: &str = "2026-11-26";
/// The section of commands.
const COMMANDS: u8 = 1;
/// The section of everything else.
const TOPIC: u8 = 7;

/// A manual page.
#[derive(Debug)]
pub struct Page {
    /// Its name, such as `dhub-db-fork`.
    pub name: String,
    /// The section of the manual that it is in.
    pub section: u8,
    /// Its text in roff.
    pub text: String,
}

/// The page of the program itself.
pub fn main_page() -> Page {
    command::pages(&root()).swap_remove(0)
}

/// All pages, that of the program being the first.
pub fn pages() -> Vec<Page> {
    let mut pages = command::pages(&root());
    pages.extend(TOPICS.iter().map(topic_page));
    pages
}

/// The command line without what belongs to no page.
fn root() -> Command {
    let mut root = Cli::command().disable_help_subcommand(true);
    root.build();
    root
}

fn topic_page(topic: &Topic) -> Page {
    let name = format!("dhub-{}", topic.name);
    let mut roff = start(&name, TOPIC, topic.about);
    text::section(&mut roff, "DESCRIPTION");
    text::markdown(&mut roff, topic.markdown);
    let others = TOPICS.iter().filter(|other| other.name != topic.name);
    let others = others.map(|other| Reference::topic(other.name));
    text::see_also(&mut roff, std::iter::once(Reference::command("dhub")).chain(others));
    Page { name, section: TOPIC, text: text::finish(&[roff.render()]) }
}

/// The head of a page.
fn start(name: &str, section: u8, about: &str) -> Roff {
    let mut roff = Roff::new();
    let source = format!("dhub {}", env!("CARGO_PKG_VERSION"));
    roff.control("TH", [&name.to_uppercase(), &section.to_string(), DATE, &source, "dhub manual"]);
    // Names and addresses are to be copied: no word is broken, and no space is widened.
    roff.control("nh", []).control("ad", ["l"]);
    text::section(&mut roff, "NAME");
    roff.text([roman(format!("{name} - {about}"))]);
    roff
}

/// A page that another one refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Reference {
    name: String,
    section: u8,
}

impl Reference {
    fn command(name: &str) -> Self {
        Reference { name: name.to_owned(), section: COMMANDS }
    }

    fn topic(name: &str) -> Self {
        Reference { name: format!("dhub-{name}"), section: TOPIC }
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}({})", self.name, self.section)
    }
}
