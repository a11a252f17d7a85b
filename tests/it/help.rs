//! `-h` fits a small terminal, `--help` is whole.

use clap::Command;
use dhub::cli;

use crate::support::terminal::{Terminal, USUAL};
use crate::support::{Run, Sandbox};

/// Every command with the words that it is typed with.
fn commands() -> Vec<(String, Command)> {
    let mut all = vec![(String::new(), cli::command())];
    let mut next = 0;
    while let Some((path, command)) = all.get(next).cloned() {
        let below = command.get_subcommands().filter(|command| !command.is_hide_set());
        let below = below.map(|command| (format!("{path}{} ", command.get_name()), command.clone()));
        all.extend(below);
        next += 1;
    }
    all
}

fn help(args: &str) -> Run {
    Sandbox::new().with("COLUMNS", "80").run(args).exits(0)
}

#[test]
fn the_short_help_of_every_command_fits_24_lines_of_80_columns() {
    for (path, _) in commands() {
        let out = help(&format!("{path}-h")).out;
        assert!(out.lines().count() <= 24, "dhub {path}-h has {} lines:\n{out}", out.lines().count());
        assert!(out.lines().all(|line| line.chars().count() <= 80), "dhub {path}-h is too wide:\n{out}");
        let summary = out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(summary.contains("Options of every command: --") && !summary.contains("Examples:"), "{out}");
    }
}

#[test]
fn the_whole_help_of_every_command_has_every_option_and_examples() {
    let root = cli::command();
    let global: Vec<_> = root.get_arguments().filter(|arg| arg.is_global_set()).collect();
    assert!(!global.is_empty());
    for (path, command) in commands() {
        let out = help(&format!("{path}--help")).out;
        for arg in command.get_arguments().chain(global.iter().copied()).filter(|arg| !arg.is_hide_set()) {
            let name = arg.get_long().map(|long| format!("--{long}"));
            let name = name.unwrap_or_else(|| arg.get_value_names().unwrap()[0].to_string());
            assert!(out.contains(&name), "dhub {path}--help is without {name}:\n{out}");
        }
        let is_leaf = !command.has_subcommands();
        assert!(!is_leaf || out.contains("\nExamples:\n"), "dhub {path}--help:\n{out}");
        // That is for those who see `-h`.
        assert!(!out.contains("--help explains"), "dhub {path}--help:\n{out}");
        assert!(
            is_leaf || out.contains(" --help\n"),
            "dhub {path}--help says not where the examples are:\n{out}"
        );
        // The topic of this name has its own test.
        if path != "config " {
            assert_eq!(help(&format!("help {path}")).out, out, "{path}");
        }
    }
}

#[test]
fn what_dhub_shows_without_a_command_fits_the_terminal() {
    for args in ["", "db", "auth", "config", "emulator", "db fork -h"] {
        let session = Terminal::dhub(&Sandbox::new(), USUAL, args).finish();
        let first = session.screen.lines().next().unwrap_or_default();
        let title = ["Command line", "Create, fork", "Log in", "Show and", "Run a local", "Fork databases"];
        assert!(title.iter().any(|title| first.starts_with(title)), "{args}: {session:?}");
    }
}
