//! `dhub config unset`: a value removed from the config file.

use crate::cli;
use crate::error::Error;
use crate::output::view::SettingView;
use crate::settings::{Setting, Source};

use super::config_set::{config_and_host, find_key, note_override};
use super::context::Context;

pub fn run(context: &Context, args: &cli::Key) -> anyhow::Result<u8> {
    context.report_interrupts()?;
    let key = find_key(&args.key)?;
    if key.secret {
        return Err(Error::usage("config does not touch a token")
            .with_hint("`dhub auth logout` removes a stored one")
            .into());
    }
    let (config, host) = config_and_host(context, key)?;
    if let Some(unreadable) = config.unreadable() {
        return Err(unreadable.clone().into());
    }
    let note = |note: &str| context.output.note(note);
    // A file that needs no change may be one that cannot be written, or is not there.
    let removed =
        config.reload()?.unset(key, &host)? && config.update(note, |config| config.unset(key, &host))?;
    if !removed {
        note(&format!("{} is not set in {}", key.name, config.path().display()));
    }
    note_override(context, key, "is still used");
    let path = config.path().display().to_string();
    let setting = Setting { key: key.name, value: None, source: Source::File, origin: Some(path) };
    context.output.show(&SettingView::Unset(&setting, removed))?;
    Ok(0)
}
