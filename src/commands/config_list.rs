//! `dhub config list`: every setting with where its value comes from. Never a token.

use crate::config::keys;
use crate::output::view::SettingView;

use super::context::Context;

pub fn run(context: &Context) -> anyhow::Result<u8> {
    let settings = context.session(None)?.settings;
    let flags = context.flags(false);
    for key in keys::all() {
        let setting = settings.setting(key, &flags, &context.environment)?;
        context.output.show(&SettingView::Listed(&setting))?;
    }
    Ok(0)
}
