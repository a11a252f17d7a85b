//! `db fork-status`

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use unicode_width::UnicodeWidthStr;

use super::{ForkView, View};
use crate::names::Operation;
use crate::output::{Rows, Style, escape};

/// The table that a terminal shows. A row is written as soon as its state is known, so the widths are known before.
#[derive(Debug)]
pub struct StatusTable {
    operation_width: usize,
    has_header: AtomicBool,
}

const HEADER: [&str; 3] = ["OPERATION", "STATE", "DATABASE"];
/// Of the longest state: `pending`.
const STATE_WIDTH: usize = 7;

impl StatusTable {
    /// A table of these operations.
    pub fn new<'a>(operations: impl Iterator<Item = &'a Operation>) -> Self {
        let widths = operations.map(|operation| width(operation.as_str()));
        StatusTable {
            operation_width: widths.max().unwrap_or(0).max(HEADER[0].len()),
            has_header: AtomicBool::new(false),
        }
    }

    fn push_row(&self, text: &mut String, [operation, state, database]: [&str; 3]) {
        let operation = escape::field(operation);
        let padding = self.operation_width.saturating_sub(operation.width());
        let row = format!("{operation}{:padding$}  {state:<STATE_WIDTH$}  {}", "", escape::field(database));
        text.push_str(row.trim_end());
        text.push('\n');
    }
}

fn width(text: &str) -> usize {
    escape::field(text).width()
}

/// The status of a fork, as one row of a table.
#[derive(Debug)]
pub struct StatusView<'a> {
    /// The fork.
    pub fork: ForkView,
    /// The table that it is in.
    pub table: &'a StatusTable,
}

impl View for StatusView<'_> {
    fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        self.fork.json(out)
    }

    fn rows(&self, rows: &mut Rows<'_>) -> io::Result<()> {
        self.fork.rows(rows)
    }

    fn columns(&self) -> &'static [&'static str] {
        self.fork.columns()
    }

    fn lines(&self, text: &mut String, style: Style) {
        if !self.table.has_header.swap(true, Ordering::SeqCst) {
            self.table.push_row(text, HEADER);
            let line = if style.utf8 { "─" } else { "-" };
            let width = self.table.operation_width + 2 + STATE_WIDTH + 2 + HEADER[2].len();
            text.push_str(&line.repeat(width.min(style.width)));
            text.push('\n');
        }
        self.table.push_row(text, self.fork.status().each_ref().map(String::as_str));
    }
}

#[cfg(test)]
mod tests {
    use super::super::{ForkLayout, ForkState};
    use super::*;

    #[test]
    fn rows_stand_under_one_header_whatever_their_names() {
        let operations = ["operations/long-one", "ü\u{1b}[2J"]
            .map(|name| Operation::parse(&name.replace('\u{1b}', "x")).unwrap());
        let table = StatusTable::new(operations.iter());
        let mut text = String::new();
        for (operation, state) in operations.iter().zip([ForkState::Pending, ForkState::Done]) {
            let fork =
                ForkView { operation: Some(operation.clone()), state, ..ForkView::new(ForkLayout::Status) };
            StatusView { fork, table: &table }.lines(
                &mut text,
                Style { width: 80, utf8: false, color: false, links: false, several: false },
            );
        }
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "OPERATION            STATE    DATABASE");
        assert!(lines[1].chars().all(|c| c == '-') && lines[1].len() == 38, "{text}");
        assert_eq!(lines[2], "operations/long-one  pending");
        assert_eq!(lines[3], "üx[2J                done");
        assert_eq!(lines.len(), 4);
    }
}
