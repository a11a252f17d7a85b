//! `-h` in short, `--help` whole: the examples and the options of every command are left to the latter. And what
//! `dhub help` is asked for, where that is a topic.

use std::ffi::OsString;
use std::fmt::Write;

use clap::{Arg, Command, CommandFactory};

use super::Cli;
use crate::topics::TOPICS;

/// The whole command line with both kinds of help.
pub fn command() -> Command {
    let command = Cli::command();
    let options: Vec<String> = command
        .get_arguments()
        .filter(|arg| arg.is_global_set())
        .filter_map(|arg| Some(format!("--{}", arg.get_long()?)))
        .collect();
    let more =
        format!("Options of every command: {}. --help explains them, with examples.", options.join(", "));
    let mut short = format!("{more}\nHelp topics:");
    let mut whole = command.get_after_help().cloned().unwrap_or_default();
    // Writing to memory cannot fail.
    let _ = whole.write_str("\n\nHelp topics:");
    for (number, topic) in TOPICS.iter().enumerate() {
        short.extend([if number == 0 { " " } else { ", " }, topic.name]);
        let _ = write!(whole, "\n  dhub help {:<13} {}", topic.name, topic.about);
    }
    // The commands below get theirs from here.
    let hide = |arg: Arg| if arg.is_global_set() { arg.hide_short_help(true) } else { arg };
    shorten(command.mut_args(hide), &more).after_help(short).after_long_help(whole)
}

/// The same for a command and all below it, so that a new command needs nothing of its own.
fn shorten(command: Command, more: &str) -> Command {
    let command = command.mut_subcommands(|command| shorten(command, more));
    let whole = match command.get_after_help() {
        Some(examples) => examples.clone(),
        None => format!("Each command has examples: dhub {} COMMAND --help", command.get_name()).into(),
    };
    command.after_help(more.to_owned()).after_long_help(whole)
}

/// The commands or the topic after `dhub help`, where that is what a command line is; options are left out. Clap's own
/// `help` knows commands only.
pub fn words_after_help(words: impl IntoIterator<Item = OsString>) -> Option<Vec<String>> {
    const ID: &str = "words";
    let words_of_help = Arg::new(ID).num_args(0..).trailing_var_arg(true).allow_hyphen_values(true);
    let help = Command::new("help").disable_help_flag(true).arg(words_of_help);
    let command = Cli::command().disable_help_subcommand(true).subcommand(help);
    let mut matches = command.try_get_matches_from(words).ok()?;
    let (_, mut matches) = matches.remove_subcommand().filter(|(name, _)| name == "help")?;
    let words = matches.remove_many::<String>(ID).into_iter().flatten();
    Some(words.filter(|word| !word.starts_with('-')).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_is_told_from_what_only_looks_like_it() {
        let after = |line: &str| words_after_help(line.split(' ').map(OsString::from));
        assert_eq!(after("dhub help"), Some(vec![]));
        assert_eq!(after("dhub --host x -v help exit-codes --json"), Some(vec!["exit-codes".into()]));
        assert_eq!(after("dhub help db fork --help"), Some(vec!["db".into(), "fork".into()]));
        for line in
            ["dhub", "dhub output", "dhub --host help output", "dhub config help", "dhub db help fork"]
        {
            assert_eq!(after(line), None, "{line}");
        }
    }
}
