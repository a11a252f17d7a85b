//! `dhub config`

use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};

use crate::config::keys;

/// `dhub config`
#[derive(Debug, Subcommand)]
pub enum Config {
    /// Show every setting, with where its value comes from
    #[command(after_help = "Examples:
  dhub config list
  dhub config list --host https://doltlab.corp
  dhub config list --json

A token is never shown, only whether one is set.")]
    List,
    /// Show the value that is in effect
    #[command(after_help = "Examples:
  dhub config get owner
  dhub config get host --json

Where there is no value, an empty line.")]
    Get(Key),
    /// Set a value in the config file
    #[command(after_help = "Examples:
  dhub config set owner dolthub
  dhub config set visibility private
  dhub config set host https://doltlab.corp
  dhub config set allow_http true --host http://doltlab.corp:8080
  dhub config set token_command 'pass show dolthub'

All keys but host belong to one host: that of --host, DOLTHUB_HOST, or host.
A token is stored by `dhub auth login`.")]
    Set(Set),
    /// Remove a value from the config file
    #[command(after_help = "Examples:
  dhub config unset owner

A token is removed by `dhub auth logout`.")]
    Unset(Key),
    /// Print the config file's path
    #[command(after_help = "Examples:
  dhub config path")]
    Path,
}

/// `dhub config get` and `dhub config unset`
#[derive(Args, Debug)]
pub struct Key {
    /// The key
    #[arg(value_name = "KEY", value_parser = PossibleValuesParser::new(keys::all_names()))]
    pub key: String,
}

/// `dhub config set`
#[derive(Args, Debug)]
pub struct Set {
    /// The key
    #[command(flatten)]
    pub key: Key,
    /// Its value; a command is written as for a shell
    #[arg(value_name = "VALUE")]
    pub value: String,
}
