//! All output: results to stdout; progress, notes, prompts and errors to stderr.
//!
//! It knows whether it faces a terminal, so that a pipe gets rows and no escape sequence, and it survives a closed
//! stderr. A closed stdout is an [`io::Error`] of kind `BrokenPipe` that ends a command quietly.

mod dot;
pub mod escape;
pub mod filter;
mod filtered;
mod markdown;
mod progress;
pub mod prompt;
pub mod redact;
mod rows;
mod screen;
mod style;
pub mod table;
mod trace;
pub mod view;

use std::borrow::Cow;
use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use anstyle::AnsiColor;

pub use progress::{Bar, Progress, Spinner};
pub use rows::Rows;
pub use screen::ProgressLine;
pub use style::Style;

use crate::cli::{ColorChoice, Format, Global};
use crate::error::{Error, reason};
use crate::settings::Environment;
use crate::token::KnownToken;
use crate::token::find::Within;

use filter::Filter;
use filtered::Filtering;
use screen::Screen;
use view::{ErrorView, View};

/// Where everything that is shown goes through.
pub struct Output {
    format: Format,
    filtering: Option<Filtering>,
    quiet: bool,
    /// How often `--verbose` was given.
    verbose: u8,
    out_color: bool,
    err_color: bool,
    links: bool,
    animated: bool,
    utf8: bool,
    screen: Arc<Screen>,
    token: KnownToken,
    /// Held while a result is shown whose text may depend on what was shown before, such as a header.
    showing: Mutex<()>,
    several: AtomicBool,
    /// Whether rows stand under their header already.
    has_header: AtomicBool,
}

impl Output {
    /// Looks at the two streams, the options and the environment once. `token` is kept out of all output; `filter` is that
    /// of `--jq`.
    pub fn new(
        global: &Global,
        environment: &Environment,
        token: KnownToken,
        filter: Option<Filter>,
    ) -> Self {
        let out_terminal = io::stdout().is_terminal();
        let err_terminal = io::stderr().is_terminal();
        let dumb = environment.get("TERM") == Some("dumb");
        // A CI job may have a terminal that is not watched.
        let in_ci = environment.get("CI").is_some();
        let animated = err_terminal && !dumb && !in_ci && !global.quiet;
        let color = |terminal: bool| match global.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto if environment.get("NO_COLOR").is_some() => false,
            ColorChoice::Auto if environment.get("CLICOLOR_FORCE").is_some_and(|force| force != "0") => true,
            ColorChoice::Auto => terminal && !dumb,
        };
        let usual = if out_terminal { Format::Table } else { Format::Tsv };
        let utf8 = speaks_utf8(environment);
        // These two cut lines off where they become narrower, and nothing but their variable tells them from others.
        let reflows = !["XTERM_VERSION", "STY"].iter().any(|name| environment.get(name).is_some());
        Output {
            format: global.format().unwrap_or(usual),
            filtering: filter.map(|filter| Filtering::new(filter, global.raw_output)),
            quiet: global.quiet,
            verbose: global.verbose,
            out_color: color(out_terminal),
            err_color: color(err_terminal),
            links: out_terminal && color(out_terminal) && supports_hyperlinks::supports_hyperlinks(),
            animated,
            utf8,
            screen: Screen::new(animated, utf8, reflows),
            token,
            showing: Mutex::default(),
            several: AtomicBool::new(false),
            has_header: AtomicBool::new(false),
        }
    }

    /// Whether results and errors are JSON, so that a program reads them.
    pub fn is_json(&self) -> bool {
        self.format == Format::Json
    }

    /// Whether results are shown to people.
    pub fn is_terminal(&self) -> bool {
        self.format == Format::Table
    }

    /// Whether things move on stderr: it is a terminal, outside CI, and notes are wanted.
    pub fn is_animated(&self) -> bool {
        self.animated
    }

    /// Whether the terminal shows more than ASCII.
    pub fn utf8(&self) -> bool {
        self.utf8
    }

    /// There are several results to come.
    pub fn expect_several(&self) {
        self.several.store(true, Ordering::Relaxed);
    }

    /// Shows a result in the form that was chosen.
    ///
    /// # Errors
    /// When stdout is closed or full.
    pub fn show(&self, view: &impl View) -> io::Result<()> {
        self.show_of(view, &|error| error)
    }

    /// The same for a task, which `of_task` adds to the error where the expression of `--jq` fails.
    ///
    /// # Errors
    /// When stdout is closed or full.
    pub fn show_of(&self, view: &impl View, of_task: &dyn Fn(Error) -> Error) -> io::Result<()> {
        if let Some(head) = view.head() {
            self.text(head)?;
        }
        match self.format {
            Format::Json => self.document(view, of_task),
            Format::Tsv if view.is_document() => self.document(view, of_task),
            Format::Tsv => self.write(Within::Text, |out| write_rows(view, Rows::new(out))),
            Format::Names => self.write(Within::Text, |out| write_rows(view, Rows::names(out))),
            Format::Csv => self.under_header(view, |out| Rows::csv(out, &self.token)),
            Format::Md => self.under_header(view, |out| Rows::markdown(out)),
            Format::Dot => self.text(&view.dot().unwrap_or_default()),
            Format::Table => {
                let _one_at_a_time = self.showing();
                let mut text = String::new();
                view.lines(&mut text, self.style());
                if text.is_empty() { Ok(()) } else { self.text(&text) }
            }
        }
    }

    fn document(&self, view: &impl View, of_task: &dyn Fn(Error) -> Error) -> io::Result<()> {
        let filtered =
            if view.is_refusal() { None } else { self.show_filtered(&|out| view.json(out), of_task) };
        filtered.unwrap_or_else(|| {
            self.write(Within::Json, |out| {
                view.json(out)?;
                out.write_all(b"\n")
            })
        })
    }

    /// Writes rows; before the first ones, what their columns are.
    fn under_header(
        &self,
        view: &impl View,
        rows: impl for<'a> FnOnce(&'a mut (dyn Write + 'a)) -> Rows<'a>,
    ) -> io::Result<()> {
        let _one_at_a_time = self.showing();
        self.write(Within::Text, |out| {
            let mut rows = rows(out);
            if !self.has_header.swap(true, Ordering::SeqCst) {
                rows.header(view.columns())?;
            }
            write_rows(view, rows)
        })
    }

    /// Writes text that is the same in every form: completions.
    ///
    /// # Errors
    /// When stdout is closed or full.
    pub fn text(&self, text: &str) -> io::Result<()> {
        self.write(Within::Text, |out| out.write_all(text.as_bytes()))
    }

    /// Prints something besides the result, unless `--quiet`. A long one is cut: it holds what a service said.
    pub fn note(&self, note: &str) {
        self.whole_note(&shorten(&redact::text(note, &self.token), LONGEST_NOTE));
    }

    /// The same for what is of use only as a whole: an operation's name, a command.
    pub fn whole_note(&self, note: &str) {
        if !self.quiet {
            self.important_note(note);
        }
    }

    /// Prints a note that is printed nowhere else, also with `--quiet`.
    pub fn important_note(&self, note: &str) {
        let dim = anstyle::Style::new().dimmed();
        let label = if self.err_color { format!("{dim}note:{dim:#}") } else { "note:".to_owned() };
        self.print(&format!("{label} {}", escape::line(note)));
    }

    /// Prints an error and its hint, as JSON with `--json`.
    pub fn error(&self, error: &Error) {
        // Before anything is escaped: in JSON, a token may be spelled in another way.
        let error = &redact::error(error, &self.token);
        if self.is_json() {
            let mut text = Vec::new();
            if ErrorView::new(error).json(&mut text).is_ok() {
                self.print_safe(&String::from_utf8_lossy(&text));
            }
            return;
        }
        let label = painted("error:", AnsiColor::Red, self.err_color);
        let mut text = format!("{label} {}", escape::line(&shorten(&error.to_string(), LONGEST_ERROR)));
        if let Some(hint) = &error.hint {
            let label = painted("hint:", AnsiColor::Cyan, self.err_color);
            text.push_str(&format!("\n{label} {}", escape::line(hint)));
        }
        self.print(&text);
    }

    /// What moves while so many things are done.
    pub fn progress(&self, len: usize) -> Progress<'_> {
        Progress::new(self, len)
    }

    /// A bar that fills while so many things are done, with what they are. Nothing without a terminal.
    pub fn bar(&self, what: &str, len: u64) -> Bar {
        Bar(self.screen.bar(what.to_owned(), len))
    }

    /// What moves while a request is waited for, where that takes long.
    pub fn request(&self, what: &str) -> Option<ProgressLine> {
        self.screen.request(self.safe_line(&shorten_part(what)))
    }

    /// Whether requests are all that is shown as waited for, so that what delays one is shown with it.
    pub fn shows_requests(&self) -> bool {
        self.screen.shows_requests()
    }

    /// Stops everything that moves, for good, because the program ends.
    pub fn stop_moving(&self) {
        self.screen.stop();
    }

    /// What erases the lines that move, for a panic: it waits for no lock.
    pub fn erasing(&self) -> Option<String> {
        self.screen.erasing()
    }

    /// Text on one line that touches no terminal and holds no token: for what is shown past [`Output::note`].
    pub fn safe_line(&self, text: &str) -> String {
        escape::line(&redact::text(text, &self.token)).into_owned()
    }

    fn showing(&self) -> MutexGuard<'_, ()> {
        self.showing.lock().expect("nothing panics while it shows a result")
    }

    fn style(&self) -> Style {
        let size = console::Term::stdout().size_checked();
        let width = size.map(|(_, columns)| usize::from(columns)).filter(|&columns| columns > 0);
        let several = self.several.load(Ordering::Relaxed);
        Style {
            width: width.unwrap_or(80),
            utf8: self.utf8,
            color: self.out_color,
            links: self.links,
            several,
        }
    }

    /// Prints a prompt on stderr and stays on its line.
    fn prompt(&self, prompt: &str) {
        self.screen.suspend(|| {
            let mut stderr = io::stderr().lock();
            let _ = write!(stderr, "{}", self.safe_line(prompt)).and_then(|()| stderr.flush());
        });
    }

    /// Writes to stderr. A closed stderr cannot be reported anywhere.
    fn print(&self, text: &str) {
        self.print_safe(&redact::text(text, &self.token));
    }

    fn print_safe(&self, text: &str) {
        self.screen.suspend(|| {
            let _ = writeln!(io::stderr().lock(), "{text}");
        });
    }

    fn write(&self, within: Within, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
        let write = || {
            let mut out = redact::Writer::new(io::stdout().lock(), &self.token, within);
            write(&mut out)?;
            out.flush()
        };
        // A pipe that is full must not keep errors from the terminal.
        let written = if io::stdout().is_terminal() { self.screen.suspend(write) } else { write() };
        written.map_err(|error| match error.kind() {
            io::ErrorKind::BrokenPipe => error,
            kind => io::Error::new(kind, format!("cannot write the result to stdout: {}", reason(&error))),
        })
    }
}

fn write_rows(view: &impl View, mut rows: Rows<'_>) -> io::Result<()> {
    view.rows(&mut rows)?;
    rows.finish()
}

fn painted(text: &str, color: AnsiColor, on: bool) -> String {
    if !on {
        return text.to_owned();
    }
    let style = anstyle::Style::new().bold().fg_color(Some(color.into()));
    format!("{style}{text}{style:#}")
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

/// So many characters of an error; `--json` has it whole.
const LONGEST_ERROR: usize = 1_000;
/// So many of a note, and of a line of `--verbose`.
const LONGEST_NOTE: usize = 500;
/// So many of what is one of several things on a line.
const LONGEST_PART: usize = 200;

/// A text that leaves room on a terminal for others.
pub fn shorten_part(text: &str) -> Cow<'_, str> {
    shorten(text, LONGEST_PART)
}

fn shorten(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        Some((end, _)) => Cow::Owned(format!("{}…", text.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests;
