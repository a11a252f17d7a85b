//! `dhub`: parse, run, exit code.

use std::process::ExitCode;

use dhub::cli::Cli;
use dhub::commands;

fn main() -> ExitCode {
    ExitCode::from(match Cli::from_words(std::env::args_os().collect()) {
        Ok(cli) => commands::run(cli),
        Err(error) => commands::report_usage_error(error),
    })
}
