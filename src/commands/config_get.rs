//! `dhub config get`: the value of a key that is in effect.

use crate::cli;
use crate::error::Error;
use crate::output::view::SettingView;

use super::config_set::find_key;
use super::context::Context;

pub fn run(context: &Context, args: &cli::Key) -> anyhow::Result<u8> {
    let key = find_key(&args.key)?;
    if key.secret {
        return Err(Error::usage("config never shows a token")
            .with_hint(
                "`dhub auth token` prints it, to be piped; `dhub config list` says where it comes from",
            )
            .into());
    }
    let settings = context.session(None)?.settings;
    let setting = settings.setting(key, &context.flags(false), &context.environment)?;
    context.output.show(&SettingView::Got(&setting))?;
    Ok(0)
}
