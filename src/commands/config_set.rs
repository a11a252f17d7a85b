//! `dhub config set`: a value that was checked, in the config file.

use std::borrow::Cow;

use crate::cli;
use crate::config::Config;
use crate::config::keys::{self, Key, Scope};
use crate::error::{Error, Result};
use crate::names::Host;
use crate::output::redact;
use crate::output::view::SettingView;
use crate::settings::{Setting, Source, chosen_host, load_config};

use super::context::Context;

pub fn run(context: &Context, args: &cli::Set) -> anyhow::Result<u8> {
    context.report_interrupts()?;
    let key = find_key(&args.key.key)?;
    if key.secret || matches!(redact::without_lookalikes(&args.value), Cow::Owned(_)) {
        return Err(Error::usage("a token is never an argument: other programs see it there")
            .with_hint("pipe it into `dhub auth login`, or type it there")
            .into());
    }
    let value = key.parse(&args.value).map_err(|why| {
        let given = crate::names::without_password(&args.value);
        Error::usage(format!("{} cannot be {given:?}: {why}", key.name)).with_argument(given)
    })?;
    let (config, host) = config_and_host(context, key)?;
    let note = |note: &str| context.output.note(note);
    config.update(note, |config| {
        config.set(key, &host, value)?;
        check_ca_file(config, key, &host)
    })?;
    note_override(context, key, "is used before it");
    let path = config.path().display().to_string();
    let mut setting = Setting { key: key.name, value: None, source: Source::File, origin: Some(path) };
    setting.value = config.reload()?.text(key, &host)?;
    let of = (key.scope == Scope::Host).then(|| host.base());
    context.output.show(&SettingView::Set(&setting, of))?;
    Ok(0)
}

fn check_ca_file(config: &Config, key: &Key, host: &Host) -> Result<()> {
    if key.name != "ca_file" {
        return Ok(());
    }
    match config.entry(host)?.ca_file {
        Some(path) if !path.is_file() => {
            Err(Error::usage(format!("ca_file cannot be {}: there is no such file", path.display())))
        }
        _ => Ok(()),
    }
}

/// The key of this name.
pub fn find_key(name: &str) -> Result<&'static Key> {
    keys::find(name).ok_or_else(|| Error::usage(format!("there is no key {name}")))
}

/// The config file to be changed, and the host whose entry is meant. A broken value in it does not stand in the way of
/// mending it.
pub fn config_and_host(context: &Context, key: &Key) -> Result<(Config, Host)> {
    let flags = context.flags(true);
    let config = load_config(&flags, &context.environment)?;
    let host = match key.scope {
        Scope::Top => Host::dolthub(),
        Scope::Host => chosen_host(&flags, &context.environment, &config)?,
    };
    Ok((config, host))
}

/// Says so where a variable keeps what the file says from being used.
pub fn note_override(context: &Context, key: &Key, is_used: &str) {
    let variables: &[&str] = match key.name {
        "host" => &["DOLTHUB_HOST"],
        "owner" => &["DOLTHUB_OWNER", "DOLTHUB_ORG"],
        _ => &[],
    };
    if let Some(variable) = variables.iter().find(|name| context.environment.get(name).is_some()) {
        context.output.note(&format!("{variable} is set, and {is_used}"));
    }
}
