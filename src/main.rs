//! `dhub`: parse, run, exit code.

use std::process::ExitCode;

use clap::Parser;
use dhub::cli::Cli;
use dhub::commands;

fn main() -> ExitCode {
    ExitCode::from(match Cli::try_parse() {
        Ok(cli) => commands::run(cli),
        Err(error) => commands::report_usage_error(error),
    })
}
