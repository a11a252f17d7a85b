//! `-h` in short, `--help` whole: the examples and the options of every command are left to the latter.

use clap::{Arg, ArgMatches, Command, CommandFactory, Error, FromArgMatches};

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

/// Parses the command line of this process.
///
/// # Errors
/// When it cannot be understood, or help or version were asked for.
pub fn try_parse() -> Result<Cli, Error> {
    let mut command = command();
    let mut matches: ArgMatches = command.try_get_matches_from_mut(std::env::args_os())?;
    Cli::from_arg_matches_mut(&mut matches).map_err(|error| error.format(&mut command))
}

/// The same for a command and all below it, so that nobody has to think of it where one is added.
fn shorten(command: Command, more: &str) -> Command {
    let hide = |arg: Arg| if arg.is_global_set() { arg.hide_short_help(true) } else { arg };
    let command = command.mut_args(hide).mut_subcommands(|command| shorten(command, more));
    match command.get_after_help().cloned() {
        Some(examples) => command.after_help(more.to_owned()).after_long_help(examples),
        None => command.after_help(more.to_owned()),
    }
}
