//! Every flag and argument of the command line, a file per noun. No behaviour.

mod api;
mod auth;
mod config;
mod db;
pub mod duration;
#[cfg(feature = "emulator")]
mod emulator;
mod format;
mod help;
mod hints;

use std::path::PathBuf;
use std::time::Duration;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum, ValueHint};

use crate::names::ApiVersion;

pub use api::{Api, Field, FieldValue, Method};
pub use auth::{Auth, Login};
pub use config::{Config, Key, Set};
pub use db::{Create, Db, Fork, ForkStatus, Forks, Jobs, View, WaitArgs};
#[cfg(feature = "emulator")]
pub use emulator::{Emulator, Exec, Start, Tuning};
pub use format::Format;
pub use help::{command, words_after_help};
pub use hints::command_with_hints;

/// Command line for DoltHub databases: create, fork, wait, list forks
#[derive(Debug, Parser)]
#[command(
    name = "dhub",
    bin_name = "dhub",
    version,
    propagate_version = false,
    arg_required_else_help = true,
    after_help = "Examples:
  dhub auth login                                  store your token
  dhub db create museum-collections --private      create a database of yours
  dhub db fork dolthub/museum-collections --wait   fork one, and wait for it
  dhub db forks dolthub/museum-collections         list the forks of one
  dhub emulator exec -- sh                         try it without an account

Every command explains itself: dhub db fork --help"
)]
pub struct Cli {
    /// Options of every command.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Options of every command.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Options of every command")]
pub struct Global {
    /// Print results and errors as JSON Lines
    #[arg(long, global = true)]
    pub json: bool,
    /// Results as table, tsv, csv, md, json, names; dot for --tree
    #[arg(short, long, global = true, value_name = "FORMAT", value_enum, hide_possible_values = true)]
    pub output: Vec<Format>,
    /// Filter the JSON with a jq expression, such as .forks[].owner
    #[arg(long, global = true, value_name = "EXPR", value_hint = ValueHint::Other)]
    pub jq: Vec<String>,
    /// With --jq: print strings as they are, without quotes
    #[arg(short, long, global = true)]
    pub raw_output: bool,
    /// The DoltHub or DoltLab to talk to.
    #[arg(
        long,
        global = true,
        value_name = "URL",
        help = "The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]"
    )]
    pub host: Option<String>,
    /// Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]
    #[arg(long, global = true, value_name = "VERSION", value_enum, hide_possible_values = true)]
    pub api: Option<ApiVersion>,
    /// The config file [env: DHUB_CONFIG]
    #[arg(long, global = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub config: Option<PathBuf>,
    /// No progress and no notes, only errors
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Log requests and responses to stderr, -vv with their bodies (never tokens)
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub verbose: u8,
    /// Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        value_enum,
        default_value_t,
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub color: ColorChoice,
    /// Time limit of one request, such as 500ms, 90s or 2m [default: 30s]
    #[arg(long, global = true, value_name = "DURATION", value_parser = duration::parse_positive, allow_negative_numbers = true)]
    pub request_timeout: Option<Duration>,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    /// On a terminal
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The nouns.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Create, fork and view databases, list forks
    #[command(subcommand, arg_required_else_help = true)]
    Db(Db),
    /// Log in, log out, and show the active account
    #[command(subcommand, arg_required_else_help = true)]
    Auth(Auth),
    /// Show and change settings
    #[command(subcommand, arg_required_else_help = true)]
    Config(Config),
    /// Send any request of the API, and print the response
    #[command(after_help = "Examples:
  dhub api user
  dhub api dolthub/museum-collections/forks
  dhub api 'fork?operationName=operations/b09a9221'
  dhub api fork -X GET -f \"operationName=$operation\"
  dhub api database -f ownerName=me -f repoName=notes -f visibility=private
  dhub api database --input body.json
  printf '%s\\n' \"$body\" | dhub api database --input -

PATH is what comes after https://www.dolthub.com/api/v1alpha1/.
With -f, KEY=VALUE is a string, KEY:=JSON a number, true, null, a list or more.
The response's JSON goes to stdout, on one line in a pipe, also where it is a
refusal; the error goes to stderr, and exit codes are those of all commands.
What is not JSON, such as a gateway's page, is not printed.
A GET is retried as every read is. A POST is sent once: where its response is
lost, it may have taken effect, and the exit code is 7.
`dhub db fork-status` does not keep a fork that is requested here.")]
    Api(Api),
    /// Run a local DoltHub for trying things out and testing scripts
    #[cfg(feature = "emulator")]
    #[command(subcommand, arg_required_else_help = true)]
    Emulator(Emulator),
    /// Print shell completions
    #[command(
        alias = "completion",
        after_help = r#"Examples:
  dhub completions bash

What makes each new shell complete:

bash:
  echo 'eval "$(dhub completions bash)"' >> ~/.bashrc

zsh:
  mkdir -p ~/.zfunc && dhub completions zsh > ~/.zfunc/_dhub
  echo 'fpath=(~/.zfunc $fpath)' >> ~/.zshrc
  echo 'autoload -Uz compinit && compinit' >> ~/.zshrc

fish:
  mkdir -p ~/.config/fish/completions
  dhub completions fish > ~/.config/fish/completions/dhub.fish

PowerShell:
  New-Item -ItemType Directory -Force (Split-Path $PROFILE)
  Add-Content $PROFILE 'dhub completions powershell | Out-String | iex'

Elvish:
  mkdir -p ~/.config/elvish
  echo 'eval (dhub completions elvish | slurp)' >> ~/.config/elvish/rc.elv"#
    )]
    Completions(Completions),
    /// Write the manual pages
    #[command(after_help = "Examples:
  dhub man ~/.local/share/man
  dhub man > dhub.1

Pages of commands go to DIR/man1, those of help topics to DIR/man7. `man dhub`
finds them where ~/.local/bin is on the PATH, or MANPATH names DIR.")]
    Man(Man),
    /// Print the version
    #[command(after_help = "Examples:
  dhub version")]
    Version,
}

/// `dhub completions`
#[derive(Args, Debug)]
pub struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

/// `dhub man`
#[derive(Args, Debug)]
pub struct Man {
    /// Folder for all pages; without it, the page dhub(1) is printed
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub folder: Option<PathBuf>,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_tree_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn no_prefix_of_a_command_stands_for_it() {
        for words in [["dhub", "d", "forks", "a/b"], ["dhub", "db", "for", "a/b"], ["dhub", "db", "f", "a/b"]]
        {
            assert!(Cli::try_parse_from(words).is_err(), "{words:?}");
        }
    }

    #[test]
    fn every_help_of_a_leaf_command_shows_examples_that_fit_a_terminal() {
        fn check(command: &clap::Command) {
            command.get_subcommands().for_each(check);
            let text = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(command.has_subcommands() || text.contains("Examples:"), "{}", command.get_name());
            for line in text.lines() {
                assert!(line.chars().count() <= 80, "wider than a terminal: {line}");
            }
        }
        check(&Cli::command());
    }
}
