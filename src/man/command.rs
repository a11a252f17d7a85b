//! The page of a command: what its `--help` says, in the order of a manual page.

use std::io;

use clap::{Arg, Command};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use super::text::{self, example, reference, section, see_also};
use super::{COMMANDS, Page, Reference, start};
use crate::topics::{self, TOPICS};

/// What the program is for.
const INTRODUCTION: &str = "dhub creates a database, forks one, waits for the fork and clones it, shows what a database is, \
    and lists its forks, or its whole fork network as a tree. It is made for the terminal, for shell pipelines and for CI \
    jobs, and works with DoltHub and with self-hosted DoltLab alike";

/// What there is on this machine besides the program.
const FILES: [(&str, &str); 2] = [
    ("~/.config/dhub/config.toml", "The config file: dhub-config(7)."),
    ("~/.local/state/dhub/forks.jsonl", "Forks in progress, until their end is seen."),
];

/// The pages of a command and of all below it, each before those below it.
pub fn pages(command: &Command) -> Vec<Page> {
    let mut pages = Vec::new();
    push(&mut pages, None, command);
    pages
}

fn push(pages: &mut Vec<Page>, parent: Option<&Command>, command: &Command) {
    pages.push(page(parent, command));
    for below in visible(command) {
        push(pages, Some(command), below);
    }
}

fn visible(command: &Command) -> impl Iterator<Item = &Command> {
    command.get_subcommands().filter(|command| !command.is_hide_set())
}

fn name(command: &Command) -> &str {
    command.get_display_name().unwrap_or_else(|| command.get_name())
}

fn page(parent: Option<&Command>, command: &Command) -> Page {
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    let after = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let (examples, notes) = split(&after);
    let mut roff = start(name(command), COMMANDS, &about);
    synopsis(&mut roff, command);
    section(&mut roff, "DESCRIPTION");
    roff.text([roman(format!("{}.", if parent.is_none() { INTRODUCTION } else { &about }))]);
    for note in notes {
        let (words, commands): (Vec<&str>, Vec<&str>) =
            note.lines().partition(|line| !line.starts_with("  "));
        roff.control("PP", []);
        roff.text(text::inlines(&words.join(" ")));
        if !commands.is_empty() {
            text::literal(&mut roff, commands.iter().map(|line| line.trim()));
        }
    }
    let mut end = Roff::new();
    if parent.is_some() {
        end.control("PP", []);
        reference(&mut end, "Options of every command are in ", &Reference::command("dhub"), ".");
    }
    if !examples.is_empty() {
        section(&mut end, "EXAMPLES");
        end.control("nf", []);
        examples.iter().for_each(|(command, comment)| example(&mut end, command, *comment));
        end.control("fi", []);
    }
    match parent {
        None => facts(&mut end),
        Some(_) => pointers(&mut end),
    }
    see_also(&mut end, related(parent, command));
    let text = text::finish(&[roff.render(), mangen(parent.is_none(), command), end.render()]);
    Page { name: name(command).to_owned(), section: COMMANDS, text }
}

fn synopsis(roff: &mut Roff, command: &Command) {
    section(roff, "SYNOPSIS");
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ");
    let path = command.get_bin_name().unwrap_or_else(|| command.get_name());
    let rest = usage.strip_prefix(path).unwrap_or_default();
    roff.text([bold(path), roman(rest)]);
}

/// The commands below and the options, as clap_mangen has them. Those of every command are shown once.
fn mangen(is_root: bool, command: &Command) -> String {
    let once = |arg: Arg| if arg.is_global_set() && !is_root { arg.hide(true) } else { arg };
    // It leaves out the words of what `-h` leaves out.
    let with_words = |arg: Arg| arg.hide_short_help(false);
    let command = command.clone().mut_args(once).mut_args(with_words).subcommand_help_heading("COMMANDS");
    let has_commands = visible(&command).next().is_some();
    let man = Man::new(command);
    let mut text = Vec::new();
    let render = |text: &mut Vec<u8>| -> io::Result<()> {
        if has_commands {
            man.render_subcommands_section(text)?;
        }
        man.render_options_section(text)
    };
    render(&mut text).expect("writing to memory cannot fail");
    // It means a blank line, at which some formatters complain of what is around it.
    String::from_utf8_lossy(&text).replace(".br\n\n.br\n", ".sp\n")
}

/// What stands in the page of the program alone.
fn facts(roff: &mut Roff) {
    for (title, topic) in [("EXIT STATUS", "exit-codes"), ("ENVIRONMENT", "environment")] {
        section(roff, title);
        if let Some(topic) = topics::find(topic) {
            text::table_of(roff, topic.markdown);
        }
    }
    section(roff, "FILES");
    for (path, what) in FILES {
        roff.control("TP", []);
        roff.text([bold(path)]);
        roff.text([roman(what)]);
    }
}

/// Where that is, for the other pages.
fn pointers(roff: &mut Roff) {
    section(roff, "EXIT STATUS");
    reference(roff, "0 where all was done; the others are in ", &Reference::topic("exit-codes"), ".");
    section(roff, "ENVIRONMENT");
    reference(roff, "The variables are in ", &Reference::topic("environment"), ".");
}

/// Examples, each with what it is for, and paragraphs, of what stands below a help.
fn split(after_help: &str) -> (Vec<(&str, Option<&str>)>, Vec<&str>) {
    let (mut examples, mut notes) = (Vec::new(), Vec::new());
    for paragraph in after_help.split("\n\n") {
        match paragraph.strip_prefix("Examples:\n") {
            Some(lines) => examples.extend(lines.lines().map(|line| {
                let line = line.strip_prefix("  ").unwrap_or(line);
                let start = line.len() - line.trim_start().len();
                let comment = line.get(start..).and_then(|line| line.split_once("   "));
                match comment {
                    Some((command, comment)) => {
                        (line.get(..start + command.len()).unwrap_or(line), Some(comment.trim()))
                    }
                    None => (line, None),
                }
            })),
            None => notes.push(paragraph),
        }
    }
    notes.retain(|note| !note.is_empty());
    (examples, notes)
}

/// What else to read: of the program every page, else the commands above, below and beside, and topics.
fn related(parent: Option<&Command>, command: &Command) -> Vec<Reference> {
    let below =
        |command: &Command| visible(command).map(|below| Reference::command(name(below))).collect::<Vec<_>>();
    let topics = TOPICS.iter().map(|topic| Reference::topic(topic.name));
    let Some(parent) = parent else { return below(command).into_iter().chain(topics).collect() };
    let mut pages = vec![Reference::command("dhub"), Reference::command(name(parent))];
    pages.extend(below(command));
    if parent.get_bin_name() != Some("dhub") {
        pages.extend(below(parent));
    }
    if name(command).starts_with("dhub-config") {
        pages.push(Reference::topic("config"));
    }
    pages.push(Reference::topic("output"));
    pages.dedup();
    pages.retain(|page| *page != Reference::command(name(command)));
    pages
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_below_a_help_is_examples_and_paragraphs() {
        let (examples, notes) = split(
            "Examples:\n  dhub a      why\n  x=$(dhub b) &&\n    printf '%s' \"$x\"   how\n\nOne\ntwo.\n\nThree.",
        );
        assert_eq!(
            examples,
            [("dhub a", Some("why")), ("x=$(dhub b) &&", None), ("  printf '%s' \"$x\"", Some("how"))]
        );
        assert_eq!(notes, ["One\ntwo.", "Three."]);
        assert_eq!(split(""), (vec![], vec![]));
    }
}
