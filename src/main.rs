//! `dhub`: parse, run, exit code.

use std::process::ExitCode;

use dhub::{cli, commands};

fn main() -> ExitCode {
    ExitCode::from(match cli::try_parse() {
        Ok(cli) => commands::run(cli),
        Err(error) => commands::report_usage_error(error),
    })
}
