//! All output: results to stdout; progress, notes, questions and errors to stderr.
//!
//! It knows whether it faces a terminal, so that a pipe gets rows and no escape sequence, and it survives a closed
//! stderr. A closed stdout is an [`io::Error`] of kind `BrokenPipe` that ends a command quietly.

pub mod escape;
pub mod json;
mod progress;
pub mod prompt;
mod rows;
pub mod table;
pub mod tree;

use std::io::{self, BufWriter, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use anstyle::{AnsiColor, Style};
use indicatif::{MultiProgress, ProgressDrawTarget};
use serde::Serialize;
use serde_json::Serializer;

pub use progress::{Bar, Group, Spinner};
pub use rows::Rows;

use crate::cli::{ColorChoice, Global};
use crate::error::{Error, reason};
use crate::settings::Environment;

/// A document is written in pieces of this size.
const BUFFER: usize = 64 * 1024;

/// How results are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// For people.
    Terminal,
    /// Tab-separated, for pipes.
    Rows,
    /// One document a line.
    Json,
}

/// Where everything that is shown goes through.
pub struct Output {
    form: Form,
    quiet: bool,
    verbose: bool,
    out_color: bool,
    err_color: bool,
    animated: bool,
    utf8: bool,
    progress: MultiProgress,
    moving: AtomicBool,
    spinners: AtomicUsize,
}

impl Output {
    /// Looks at the two streams, the options and the environment once.
    pub fn new(global: &Global, environment: &Environment) -> Self {
        let out_terminal = io::stdout().is_terminal();
        let err_terminal = io::stderr().is_terminal();
        let dumb = environment.get("TERM") == Some("dumb");
        let animated = err_terminal && !dumb && !global.quiet;
        let color = |terminal: bool| match global.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto if environment.get("NO_COLOR").is_some() => false,
            ColorChoice::Auto if environment.get("CLICOLOR_FORCE").is_some_and(|force| force != "0") => true,
            ColorChoice::Auto => terminal && !dumb,
        };
        let form = match (global.json, out_terminal) {
            (true, _) => Form::Json,
            (false, true) => Form::Terminal,
            (false, false) => Form::Rows,
        };
        let target = if animated { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        Output {
            form,
            quiet: global.quiet,
            verbose: global.verbose,
            out_color: color(out_terminal),
            err_color: color(err_terminal),
            animated,
            utf8: speaks_utf8(environment),
            progress: MultiProgress::with_draw_target(target),
            moving: AtomicBool::new(false),
            spinners: AtomicUsize::new(0),
        }
    }

    /// How results are written.
    pub fn form(&self) -> Form {
        self.form
    }

    /// Whether the terminal shows more than ASCII.
    pub fn utf8(&self) -> bool {
        self.utf8
    }

    /// The width of the terminal in columns; 80 where it does not say.
    pub fn width(&self) -> usize {
        console::Term::stdout()
            .size_checked()
            .map(|(_, columns)| usize::from(columns))
            .filter(|&columns| columns > 0)
            .unwrap_or(80)
    }

    /// Writes one JSON document, on a line of its own.
    ///
    /// # Errors
    /// When stdout is closed or full.
    pub fn document(&self, document: &impl Serialize) -> io::Result<()> {
        self.write(|out| {
            let mut out = BufWriter::with_capacity(BUFFER, out);
            document.serialize(&mut Serializer::with_formatter(&mut out, escape::Safe))?;
            out.write_all(b"\n")?;
            out.flush()
        })
    }

    /// Writes one JSON document that is text already, on a line of its own.
    ///
    /// # Errors
    /// When stdout is closed or full.
    pub fn document_text(&self, document: &str) -> io::Result<()> {
        self.write(|out| {
            out.write_all(escape::json(document).as_bytes())?;
            out.write_all(b"\n")
        })
    }

    /// Writes one row of tab-separated fields.
    ///
    /// # Errors
    /// When stdout is closed or full.
    pub fn row(&self, fields: &[&str]) -> io::Result<()> {
        self.rows(|rows| {
            fields.iter().for_each(|field| rows.field(field));
            rows.end()
        })
    }

    /// Writes rows of tab-separated fields.
    ///
    /// # Errors
    /// When stdout is closed or full.
    pub fn rows(&self, fill: impl FnOnce(&mut Rows<'_>) -> io::Result<()>) -> io::Result<()> {
        self.write(|out| {
            let mut rows = Rows::new(out);
            fill(&mut rows)?;
            rows.write()
        })
    }

    /// Writes text for people, which ends in a line break of its own. What a server said in it is escaped already.
    ///
    /// # Errors
    /// When stdout is closed or full.
    pub fn text(&self, text: &str) -> io::Result<()> {
        self.write(|out| out.write_all(text.as_bytes()))
    }

    /// Writes a line that says what was done, with a green tick, and lines of detail under it.
    ///
    /// # Errors
    /// When stdout is closed or full.
    pub fn success(&self, what: &str, details: &[&str]) -> io::Result<()> {
        let tick = if self.utf8 { "✓" } else { "ok:" };
        let mut text =
            format!("{} {}\n", self.painted(tick, AnsiColor::Green, self.out_color), escape::line(what));
        for detail in details {
            text.push_str(&format!("  {}\n", escape::line(detail)));
        }
        self.text(&text)
    }

    /// Says something besides the result, unless `--quiet`.
    pub fn note(&self, note: &str) {
        if !self.quiet {
            self.say(&format!("note: {}", escape::line(note)));
        }
    }

    /// Says something that only `--verbose` asks for.
    pub fn trace(&self, text: &str) {
        if self.verbose {
            self.say(&escape::line(text));
        }
    }

    /// Tells an error and its hint, as JSON with `--json`.
    pub fn error(&self, error: &Error) {
        if self.form == Form::Json {
            let mut text = Vec::new();
            let mut serializer = Serializer::with_formatter(&mut text, escape::Safe);
            if json::Failed::from(error).serialize(&mut serializer).is_ok() {
                self.say(&String::from_utf8_lossy(&text));
            }
            return;
        }
        let label = self.painted("error:", AnsiColor::Red, self.err_color);
        let mut text = format!("{label} {}", escape::line(&shorten(&error.to_string())));
        if let Some(hint) = error.hint.as_deref() {
            let label = self.painted("hint:", AnsiColor::Cyan, self.err_color);
            text.push_str(&format!("\n{label} {}", escape::line(hint)));
        }
        self.say(&text);
    }

    /// What moves while so many things are done side by side.
    pub fn group(&self, of: usize) -> Group<'_> {
        Group::start(self, of)
    }

    /// Whether one more spinner fits the screen.
    fn has_room(&self) -> bool {
        let rows = console::Term::stderr().size_checked().map_or(24, |(rows, _)| usize::from(rows));
        self.spinners.load(Ordering::SeqCst) + 4 < rows.max(6)
    }

    /// A bar that fills while so many things are done. Nothing without a terminal.
    pub fn bar(&self, what: &str, of: u64) -> Bar<'_> {
        Bar::start(self, what, of)
    }

    /// Stops everything that moves, for last words. `typed` says that a key did it, so that the terminal wrote `^C`
    /// below the spinner: what stands there stays then, since clearing would hit the wrong line.
    pub fn stop_moving(&self, typed: bool) {
        if !typed {
            let _ = self.progress.clear();
        }
        self.progress.set_draw_target(ProgressDrawTarget::hidden());
        if typed && self.moving.load(Ordering::SeqCst) {
            let _ = writeln!(io::stderr());
        }
    }

    /// Asks a question on stderr and stays on its line.
    fn ask(&self, question: &str) {
        self.progress.suspend(|| {
            let mut stderr = io::stderr().lock();
            let _ = write!(stderr, "{question}").and_then(|()| stderr.flush());
        });
    }

    /// Writes to stderr. There is nobody to tell when that fails.
    fn say(&self, text: &str) {
        let text = escape::without_tokens(text);
        self.progress.suspend(|| {
            let _ = writeln!(io::stderr().lock(), "{text}");
        });
    }

    fn write(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
        let write = || {
            let mut out = io::stdout().lock();
            write(&mut out)?;
            out.flush()
        };
        // A pipe that is full must not keep errors from the terminal.
        let written = if io::stdout().is_terminal() { self.progress.suspend(write) } else { write() };
        written.map_err(|error| match error.kind() {
            io::ErrorKind::BrokenPipe => error,
            kind => io::Error::new(kind, format!("cannot write the result to stdout: {}", reason(&error))),
        })
    }

    fn painted(&self, text: &str, color: AnsiColor, on: bool) -> String {
        if !on {
            return text.to_owned();
        }
        let style = Style::new().bold().fg_color(Some(color.into()));
        format!("{style}{text}{style:#}")
    }
}

/// A time that has passed, in whole seconds, such as `1m 30s`.
pub fn elapsed(time: Duration) -> String {
    humantime::format_duration(Duration::from_secs(time.as_secs())).to_string()
}

/// By the locale's rules: the first of these three that is set decides, and none set is the C locale.
fn speaks_utf8(environment: &Environment) -> bool {
    if cfg!(windows) {
        return true;
    }
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| environment.get(name));
    locale.is_some_and(|locale| {
        let locale = locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}

/// A message that a terminal can hold; `--json` has it whole.
fn shorten(text: &str) -> String {
    const MOST: usize = 1_000;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_locale_variable_that_is_set_decides() {
        assert!(speaks_utf8(&[("LANG", "en_US.UTF-8")].into()));
        assert!(speaks_utf8(&[("LANG", "C"), ("LC_ALL", "C.utf8")].into()));
        assert!(!speaks_utf8(&[("LANG", "en_US.UTF-8"), ("LC_ALL", "C")].into()));
        assert!(!speaks_utf8(&Environment::default()));
    }

    #[test]
    fn a_long_message_is_shortened_between_characters() {
        assert_eq!(shorten(&"ü".repeat(1_001)), format!("{}…", "ü".repeat(1_000)));
        assert_eq!(shorten("short"), "short");
    }
}
