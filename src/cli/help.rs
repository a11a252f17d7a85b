//! `-h` in short, `--help` whole: the examples and the options of every command are left to the latter.

use clap::{Arg, Command, CommandFactory};

use super::Cli;

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
    shorten(command, &more)
}

/// The same for a command and all below it, so that a new command needs nothing of its own.
fn shorten(command: Command, more: &str) -> Command {
    let hide = |arg: Arg| if arg.is_global_set() { arg.hide_short_help(true) } else { arg };
    let command = command.mut_args(hide).mut_subcommands(|command| shorten(command, more));
    match command.get_after_help().cloned() {
        Some(examples) => command.after_help(more.to_owned()).after_long_help(examples),
        None => command.after_help(more.to_owned()),
    }
}
