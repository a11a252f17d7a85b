//! What a terminal can show, and lines made for it.

use std::borrow::Cow;

use anstyle::AnsiColor;

use super::{LONGEST_ERROR, escape, painted, shorten};

/// What a terminal can show.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Its columns; 80 where it does not say.
    pub width: usize,
    /// Whether it shows more than ASCII.
    pub utf8: bool,
    /// Whether it shows colours.
    pub color: bool,
    /// Whether it shows links.
    pub links: bool,
    /// Whether the result is one of several, of which each has one line.
    pub several: bool,
}

impl Style {
    /// Appends a line that says what was done, with a green tick, and lines of detail under it.
    pub fn success(self, text: &mut String, what: &str, details: &[&str]) {
        let tick = if self.utf8 { "✓" } else { "ok:" };
        text.push_str(&format!(
            "{} {}\n",
            painted(tick, AnsiColor::Green, self.color),
            escape::line(&shorten(what, LONGEST_ERROR))
        ));
        for detail in details {
            text.push_str(&format!("  {}\n", escape::line(detail)));
        }
    }

    /// A text that is safe for a terminal, as a link to a page where the terminal shows links.
    pub fn link<'a>(self, text: Cow<'a, str>, url: &str) -> Cow<'a, str> {
        const LINK: &str = "\x1b]8;;";
        const END: &str = "\x1b\\";
        let is_safe = url.bytes().all(|byte| byte.is_ascii_graphic());
        if self.links && is_safe { Cow::Owned(format!("{LINK}{url}{END}{text}{LINK}{END}")) } else { text }
    }
}
