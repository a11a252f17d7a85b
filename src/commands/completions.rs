//! `dhub completions`: what a shell needs to complete dhub's command line.

use clap::CommandFactory;
use clap_complete::Shell;

use crate::cli::{Cli, Completions};

use super::context::Context;

pub fn run(context: &Context, args: &Completions) -> anyhow::Result<u8> {
    context.output.text(&generate(args.shell))?;
    Ok(0)
}

/// The completions for a shell.
fn generate(shell: Shell) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "dhub", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}
