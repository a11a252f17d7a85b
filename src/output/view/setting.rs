//! `config list`, `config get`, `config set` and `config unset`

use std::io::{self, Write};

use serde::Serialize;

use super::{View, write_json};
use crate::output::{Rows, Style, escape, redact};
use crate::settings::{Setting, Source};

/// How a command shows a setting.
#[derive(Debug)]
pub enum SettingView<'a> {
    /// `config list`
    Listed(&'a Setting),
    /// `config get`
    Got(&'a Setting),
    /// `config set`, with the host that it was set for.
    Set(&'a Setting, Option<&'a str>),
    /// `config unset`, and whether there was something to remove.
    Unset(&'a Setting, bool),
}

#[derive(Serialize)]
struct Document<'a> {
    key: &'a str,
    value: Option<&'a str>,
    set: bool,
    source: &'a str,
    origin: Option<&'a str>,
}

impl SettingView<'_> {
    fn setting(&self) -> &Setting {
        match self {
            SettingView::Listed(setting)
            | SettingView::Got(setting)
            | SettingView::Set(setting, _)
            | SettingView::Unset(setting, _) => setting,
        }
    }

    /// Its value; a token that stands in a command is not for everybody's eyes.
    fn value(&self) -> Option<String> {
        self.setting().value.as_deref().map(|value| redact::without_lookalikes(value).into_owned())
    }

    fn is_set(&self) -> bool {
        !matches!(self, SettingView::Unset(..)) && self.setting().source != Source::Default
    }
}

impl View for SettingView<'_> {
    fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        let setting = self.setting();
        write_json(
            out,
            &Document {
                key: setting.key,
                value: self.value().as_deref(),
                set: self.is_set(),
                source: setting.source.as_str(),
                origin: setting.origin.as_deref(),
            },
        )
    }

    fn rows(&self, rows: &mut Rows<'_>) -> io::Result<()> {
        let setting = self.setting();
        let value = self.value().unwrap_or_default();
        match self {
            SettingView::Listed(_) => rows.row(&[setting.key, &value, setting.source.as_str()]),
            SettingView::Got(_) => rows.row(&[&value]),
            SettingView::Set(..) => rows.row(&[setting.key, &value]),
            SettingView::Unset(..) => rows.row(&[setting.key]),
        }
    }

    fn columns(&self) -> &'static [&'static str] {
        match self {
            SettingView::Listed(_) => &["key", "value", "source"],
            SettingView::Got(_) => &["value"],
            SettingView::Set(..) => &["key", "value"],
            SettingView::Unset(..) => &["key"],
        }
    }

    fn lines(&self, text: &mut String, style: Style) {
        let setting = self.setting();
        let value = self.value();
        let origin = setting.origin.as_deref().unwrap_or_default();
        match self {
            SettingView::Listed(_) => {
                let value = match (&value, self.is_set()) {
                    (Some(value), _) => value.as_str(),
                    (None, true) => "set, not shown",
                    (None, false) => "not set",
                };
                text.push_str(&format!("{:<13}  {}", setting.key, escape::line(value)));
                match (setting.source, &setting.value) {
                    (Source::Default, None) => {}
                    (Source::Default, Some(_)) => text.push_str("  (default)"),
                    (Source::File, _) if origin != "token_command" => text.push_str("  (config file)"),
                    _ => text.push_str(&format!("  ({origin})")),
                }
                text.push('\n');
            }
            SettingView::Got(_) => {
                text.push_str(&format!("{}\n", escape::line(&value.unwrap_or_default())));
            }
            SettingView::Set(_, host) => {
                let host = host.map(|host| format!(" for {host}")).unwrap_or_default();
                let what = format!("Set {} to {}{host}", setting.key, value.unwrap_or_default());
                style.success(text, &what, &[&format!("in {origin}")]);
            }
            SettingView::Unset(_, true) => {
                style.success(text, &format!("Removed {}", setting.key), &[&format!("from {origin}")]);
            }
            // A note says so.
            SettingView::Unset(_, false) => {}
        }
    }
}

/// `config path`
#[derive(Debug, Serialize)]
pub struct PathView {
    /// The config file.
    pub path: String,
    /// Whether it is there.
    pub exists: bool,
}

impl View for PathView {
    fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        write_json(out, self)
    }

    fn rows(&self, rows: &mut Rows<'_>) -> io::Result<()> {
        rows.row(&[&self.path])
    }

    fn columns(&self) -> &'static [&'static str] {
        &["path"]
    }

    fn lines(&self, text: &mut String, _: Style) {
        text.push_str(&format!("{}\n", escape::line(&self.path)));
    }
}

/// `auth token`, the only view with a token in it.
pub struct TokenView<'a> {
    /// The service's address.
    pub host: &'a str,
    /// The token.
    pub token: &'a str,
    /// Where it comes from.
    pub source: Option<&'a str>,
}

#[derive(Serialize)]
struct TokenDocument<'a> {
    host: &'a str,
    token: &'a str,
    token_source: Option<&'a str>,
}

impl View for TokenView<'_> {
    fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        let TokenView { host, token, source } = *self;
        write_json(out, &TokenDocument { host, token, token_source: source })
    }

    fn rows(&self, rows: &mut Rows<'_>) -> io::Result<()> {
        rows.row(&[self.token])
    }

    fn columns(&self) -> &'static [&'static str] {
        &["token"]
    }

    fn lines(&self, text: &mut String, _: Style) {
        text.push_str(&format!("{}\n", self.token));
    }
}
