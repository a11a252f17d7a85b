//! `emulator start`

use std::io::{self, Write};

use serde::Serialize;

use super::{View, write_json};
use crate::output::{Rows, Style};
use crate::shell;

/// How to reach an emulator.
#[derive(Debug, Serialize)]
pub struct EmulatorView<'a> {
    /// Its address.
    pub host: &'a str,
    /// The token that it takes.
    pub token: &'a str,
    /// The user of that token.
    pub user: &'a str,
    /// The organizations that the user may write to.
    pub organizations: &'a [String],
}

impl EmulatorView<'_> {
    fn exports(&self) -> [String; 2] {
        [("DOLTHUB_HOST", self.host), ("DOLTHUB_TOKEN", self.token)]
            .map(|(name, value)| format!("export {name}={}", shell::quote(value)))
    }
}

impl View for EmulatorView<'_> {
    fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        write_json(out, self)
    }

    fn rows(&self, rows: &mut Rows<'_>) -> io::Result<()> {
        self.exports().iter().try_for_each(|line| rows.row(&[line]))
    }

    fn columns(&self) -> &'static [&'static str] {
        &["export"]
    }

    fn lines(&self, text: &mut String, _: Style) {
        for line in self.exports() {
            text.push_str(&line);
            text.push('\n');
        }
    }
}
