//! `dhub emulator`

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Subcommand, ValueHint};

use super::duration;
use crate::emulator::{Gone, RefusalForm, TokenRefusal, USER};
use crate::names::check_owner;

/// `dhub emulator`
#[derive(Debug, Subcommand)]
pub enum Emulator {
    /// Keep an emulator running and print the variables to export
    #[command(after_help = "Examples:
  dhub emulator start
  dhub emulator start --listen 8080 --state museum.state
  dhub emulator start --user jdoe --org acme --org museum")]
    Start(Start),
    /// Run a command against a temporary emulator
    #[command(after_help = "Examples:
  dhub emulator exec sh                                 a shell to try things in
  dhub emulator exec --fork-delay 0 ./my-ci-script.sh
  dhub emulator exec --fault-rate 0.1 --seed 7 ./my-ci-script.sh
  dhub emulator exec --refusal-form message,error,ok ./my-ci-script.sh
  dhub emulator exec --no-v2 ./my-ci-script.sh          as at an older DoltLab
  dhub emulator exec --api v2 ./my-ci-script.sh         with DOLTHUB_API=v2

What follows COMMAND is its own: dhub's options stand before it.")]
    Exec(Exec),
}

/// `dhub emulator start`
#[derive(Args, Debug)]
pub struct Start {
    /// Loopback address or port to listen on; port 0 picks a free one
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:0", value_parser = address)]
    pub listen: SocketAddr,
    /// Keep databases and forks in this file
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub state: Option<PathBuf>,
    /// How it behaves.
    #[command(flatten)]
    pub tuning: Tuning,
}

/// `dhub emulator exec`
#[derive(Args, Debug)]
pub struct Exec {
    /// Keep databases and forks in this file
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub state: Option<PathBuf>,
    /// How it behaves.
    #[command(flatten)]
    pub tuning: Tuning,
    /// The command and its arguments
    #[arg(trailing_var_arg = true, required = true, value_name = "COMMAND", value_hint = ValueHint::CommandWithArguments)]
    pub command: Vec<std::ffi::OsString>,
}

/// How an emulator behaves.
#[derive(Args, Clone, Debug)]
pub struct Tuning {
    /// The token's user
    #[arg(long, value_name = "NAME", default_value = USER, value_parser = owner)]
    pub user: String,
    /// One more organization the user may write to, besides dolthub and anotherOrg; repeatable
    #[arg(long = "org", value_name = "NAME", value_parser = owner)]
    pub organizations: Vec<String>,
    /// How long a fork takes
    #[arg(long, value_name = "DURATION", default_value = "2s", value_parser = duration::parse)]
    pub fork_delay: Duration,
    /// Delay added to each response
    #[arg(long, value_name = "DURATION", default_value = "0", value_parser = duration::parse)]
    pub latency: Duration,
    /// Probability of a fault, from 0 to 1
    #[arg(long, value_name = "P", default_value = "0", value_parser = rate)]
    pub fault_rate: f64,
    /// Seed of the faults: the same seed makes the same faults
    #[arg(long, value_name = "N", default_value = "0", hide_short_help = true)]
    pub seed: u64,
    /// Start with a network of N forks under dolthub/museum-collections
    #[arg(long, value_name = "N", default_value = "0", value_parser = network)]
    pub network: usize,
    /// Refuse everything of v1alpha1, with 410 or 404, as a service that has v2 alone
    #[arg(
        long,
        value_name = "STATUS",
        value_enum,
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "410",
        hide_possible_values = true,
        hide_short_help = true
    )]
    pub no_v1alpha1: Option<Gone>,
    /// Serve v1alpha1 alone, as an older DoltLab: nothing is known under /api/v2/
    #[arg(long, conflicts_with = "no_v1alpha1", hide_short_help = true)]
    pub no_v2: bool,
    /// Refuse the token under v2, with 401 as an unknown one; v1alpha1 accepts it
    #[arg(long, conflicts_with = "no_v2", hide_short_help = true)]
    pub v2_refuses_token: bool,
    /// How v1alpha1 refuses a bad token: 401, malformed, unknown or doltlab; several take turns
    #[arg(
        long,
        value_name = "HOW",
        value_enum,
        value_delimiter = ',',
        default_value = "401",
        hide_possible_values = true,
        hide_short_help = true
    )]
    pub token_refusal: Vec<TokenRefusal>,
    /// Where a refusal of v1alpha1 has its text: message, error, or ok (message, with status 200); several take turns
    #[arg(
        long,
        value_name = "FORM",
        value_enum,
        value_delimiter = ',',
        default_value = "message",
        hide_possible_values = true,
        hide_short_help = true
    )]
    pub refusal_form: Vec<RefusalForm>,
    /// Refuse private databases, as on a free account (400 under v1alpha1, 422 under v2)
    #[arg(long, hide_short_help = true)]
    pub free_account: bool,
}

fn address(text: &str) -> Result<SocketAddr, String> {
    let port = text.strip_prefix("localhost:").unwrap_or(text);
    if let Ok(port) = port.parse::<u16>() {
        return Ok(SocketAddr::from(([127, 0, 0, 1], port)));
    }
    text.parse().map_err(|_| "an address is written 8080, 127.0.0.1:8080 or [::1]:8080".to_owned())
}

fn owner(text: &str) -> Result<String, String> {
    check_owner(text).map(|()| text.to_owned()).map_err(|error| error.to_string())
}

fn network(text: &str) -> Result<usize, String> {
    const MOST: usize = 1_000_000;
    match text.parse() {
        Ok(forks) if forks <= MOST => Ok(forks),
        _ => Err(format!("it is a number from 0 to {MOST}")),
    }
}

fn rate(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(rate) if (0.0..=1.0).contains(&rate) => Ok(rate),
        _ => Err("it is a number from 0 to 1".to_owned()),
    }
}
