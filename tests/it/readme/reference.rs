//! The tables of commands and options are complete, and name nothing else.

use std::collections::BTreeSet;

use clap::{Arg, Command};

use super::{code, tables};
use crate::support::Sandbox;

/// Every command that does something, with its words.
fn leaves() -> Vec<(String, Command)> {
    fn add(path: &str, command: &Command, leaves: &mut Vec<(String, Command)>) {
        for below in command.get_subcommands().filter(|below| !below.is_hide_set()) {
            let path = format!("{path} {}", below.get_name());
            match below.has_subcommands() {
                true => add(&path, below, leaves),
                false => leaves.push((path.trim().to_owned(), below.clone())),
            }
        }
    }
    let mut leaves = Vec::new();
    add("", &dhub::cli::command(), &mut leaves);
    leaves
}

/// `--wait`, and `-w` where there is one.
fn flags<'a>(args: impl Iterator<Item = &'a Arg>) -> BTreeSet<String> {
    args.filter(|arg| !arg.is_hide_set() && !arg.is_positional())
        .flat_map(|arg| {
            let short = arg.get_short().map(|short| format!("-{short}"));
            short.into_iter().chain(arg.get_long().map(|long| format!("--{long}")))
        })
        .collect()
}

fn own_flags(command: &Command) -> BTreeSet<String> {
    flags(command.get_arguments().filter(|arg| !arg.is_global_set()))
}

/// The flags in a cell such as "`-o`, `--output FORMAT`".
fn flags_in(cell: &str) -> impl Iterator<Item = String> {
    code(cell).map(|option| option.split([' ', '[']).next().unwrap_or_default().to_owned())
}

/// Checks that a table of the README names these and nothing else.
#[track_caller]
fn assert_names(table: &str, named: &BTreeSet<String>, expected: &BTreeSet<String>) {
    let missing: Vec<&String> = expected.difference(named).collect();
    let unknown: Vec<&String> = named.difference(expected).collect();
    assert!(
        missing.is_empty() && unknown.is_empty(),
        "{table}: no row for {missing:?}; unknown: {unknown:?}"
    );
}

#[test]
fn every_command_is_a_row_of_commands() {
    let named: BTreeSet<String> = tables("Commands")[0]
        .iter()
        .map(|row| {
            let command = code(row[0]).next().unwrap().strip_prefix("dhub ").unwrap();
            let is_word = |word: &&str| word.starts_with(|c: char| c.is_ascii_lowercase());
            command.split(' ').take_while(is_word).collect::<Vec<_>>().join(" ")
        })
        .collect();
    assert_names("Commands", &named, &leaves().into_iter().map(|(path, _)| path).collect());
}

#[test]
fn every_option_is_a_row_of_options() {
    let [of_every_command, of_single_ones] = &tables("Options")[..] else { panic!("there are two tables") };

    let named: BTreeSet<String> = of_every_command.iter().flat_map(|row| flags_in(row[0])).collect();
    let root = dhub::cli::command();
    let mut expected = flags(root.get_arguments().filter(|arg| arg.is_global_set()));
    expected.extend(["-h".to_owned(), "--help".to_owned()]);
    assert_names("Options of every command", &named, &expected);

    let mut named = BTreeSet::new();
    for row in of_single_ones {
        for command in code(row[1]) {
            named.extend(flags_in(row[0]).map(|flag| format!("{command} {flag}")));
        }
    }
    let mut expected = BTreeSet::new();
    for (path, command) in leaves().iter().filter(|(path, _)| !path.starts_with("emulator ")) {
        expected.extend(own_flags(command).into_iter().map(|flag| format!("{path} {flag}")));
    }
    assert_names("Options of single commands", &named, &expected);
}

#[test]
fn every_option_of_the_emulator_is_a_row_with_its_default() {
    let rows = tables("The emulator: test your own scripts").remove(0);
    let named: BTreeSet<String> = rows.iter().flat_map(|row| flags_in(row[0])).collect();
    let leaves = leaves();
    let commands = leaves.iter().filter(|(path, _)| path.starts_with("emulator "));
    let expected: BTreeSet<String> = commands.clone().flat_map(|(_, command)| own_flags(command)).collect();
    assert_names("Options of the emulator", &named, &expected);

    let args: Vec<&Arg> = commands.flat_map(|(_, command)| command.get_arguments()).collect();
    for row in &rows {
        let defaults: Vec<&str> = code(row[1]).collect();
        for (flag, default) in flags_in(row[0]).zip(defaults) {
            let arg = args.iter().find(|arg| arg.get_long() == flag.strip_prefix("--")).unwrap();
            assert_eq!(arg.get_default_values(), [default], "{flag}");
        }
    }
}

#[test]
fn what_the_api_cannot_do_is_said_with_the_page_that_the_program_names() {
    let rows = tables("What the API cannot do").remove(0);
    for (command, word) in [
        ("list dolthub", "list"),
        ("search", "search"),
        ("delete dolthub/x", "delete"),
        ("rename dolthub/x", "rename"),
        ("edit dolthub/x", "change"),
    ] {
        let run = Sandbox::new().run(&format!("db {command}")).exits(2);
        let (_, page) = run.err.split_once("; do it at ").unwrap();
        let page = page.lines().next().unwrap().replace("/dolthub", "/OWNER").replace("/x", "/NAME");
        let row = rows.iter().find(|row| row[0].contains(word)).unwrap();
        assert!(code(row[1]).any(|named| named.starts_with(&page)), "{command}: {page} {row:?}");
    }
}
