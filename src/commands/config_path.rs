//! `dhub config path`: where the config file is, or would be.

use crate::output::view::PathView;
use crate::settings::config_path;

use super::context::Context;

pub fn run(context: &Context) -> anyhow::Result<u8> {
    let path = config_path(&context.flags(true), &context.environment)?;
    let view = PathView { exists: path.exists(), path: path.display().to_string() };
    context.output.show(&view)?;
    Ok(0)
}
