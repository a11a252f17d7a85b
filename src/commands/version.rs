//! `dhub version`: the same as `dhub --version`.

use clap::CommandFactory;

use crate::cli::Cli;

use super::context::Context;

pub fn run(context: &Context) -> anyhow::Result<u8> {
    context.output.text(&Cli::command().render_version())?;
    Ok(0)
}
