//! What `--jq` makes of the documents: its outputs to stdout, its failures to stderr.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use super::filter::{Failure, Filter, Strings};
use super::{Output, redact};
use crate::error::{Error, Kind};
use crate::token::find::Within;

/// An expression, and how it has done so far.
pub(super) struct Filtering {
    filter: Filter,
    strings: Strings,
    out_terminal: bool,
    has_failed: AtomicBool,
}

impl Filtering {
    /// For `--jq`; `raw` for `--raw-output`.
    pub(super) fn new(filter: Filter, raw: bool) -> Self {
        let out_terminal = io::stdout().is_terminal();
        let strings = match (raw, out_terminal) {
            (false, _) => Strings::Json,
            (true, false) => Strings::Raw,
            (true, true) => Strings::Safe,
        };
        Filtering { filter, strings, out_terminal, has_failed: AtomicBool::new(false) }
    }

    /// What is written.
    fn within(&self) -> Within {
        if self.strings == Strings::Json { Within::Json } else { Within::Text }
    }

    /// So much is written at a time; each output by itself where somebody watches.
    fn buffer(&self) -> usize {
        if self.out_terminal { 0 } else { 64 * 1024 }
    }
}

impl Output {
    /// Whether the expression of `--jq` failed for some document.
    pub fn has_failed_filter(&self) -> bool {
        self.filtering.as_ref().is_some_and(|filtering| filtering.has_failed.load(Ordering::Relaxed))
    }

    /// Shows what `--jq` makes of the JSON document that `write` writes; none where there is no `--jq`. `of_task` adds what
    /// the document is about to the error where the expression fails.
    ///
    /// # Errors
    /// When stdout is closed or full. A failed expression is reported, and is no error here: the result stands.
    pub fn show_filtered(
        &self,
        write: &dyn Fn(&mut dyn Write) -> io::Result<()>,
        of_task: &dyn Fn(Error) -> Error,
    ) -> Option<io::Result<()>> {
        self.filtering.as_ref().map(|filtering| self.run_filter(filtering, write, of_task))
    }

    fn run_filter(
        &self,
        filtering: &Filtering,
        write: &dyn Fn(&mut dyn Write) -> io::Result<()>,
        of_task: &dyn Fn(Error) -> Error,
    ) -> io::Result<()> {
        // An expression can take a token apart, so that it would not be found any more in what is written.
        let mut document = redact::Writer::new(Vec::new(), &self.token, Within::Json);
        write(&mut document)?;
        let document = document.into_inner()?;
        let mut lines =
            Lines { output: self, within: filtering.within(), buffer: filtering.buffer(), text: Vec::new() };
        let failed = match filtering.filter.run(&document, filtering.strings, &mut lines) {
            Ok(()) => None,
            Err(Failure::Expression(message)) => Some(message),
            Err(Failure::Output(error)) => return Err(error),
        };
        lines.flush()?;
        if let Some(message) = failed {
            filtering.has_failed.store(true, Ordering::Relaxed);
            let hint = "--jq . prints what the expression is applied to";
            self.error(&of_task(Error::new(Kind::Jq, message).with_hint(hint)));
        }
        Ok(())
    }
}

/// The outputs of an expression, each of which comes in one piece. No stream is locked while it runs.
struct Lines<'a> {
    output: &'a Output,
    within: Within,
    buffer: usize,
    text: Vec<u8>,
}

impl Write for Lines<'_> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.text.extend_from_slice(line);
        if self.text.len() >= self.buffer {
            self.flush()?;
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let text = std::mem::take(&mut self.text);
        if text.is_empty() { Ok(()) } else { self.output.write(self.within, |out| out.write_all(&text)) }
    }
}
