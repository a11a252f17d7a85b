//! Draws lines over those that stand there, and erases them, whatever the terminal's width has become.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

/// What stands on the terminal. The cursor is at the start of the last line, so that what the terminal itself writes there,
/// as `^C`, stands on a line that is erased.
pub struct Painter {
    /// How many columns each line takes.
    widths: Vec<usize>,
    /// Whether the terminal breaks lines anew where it becomes narrower.
    reflows: bool,
}

impl Painter {
    /// Nothing stands there.
    pub fn new(reflows: bool) -> Self {
        Painter { widths: Vec::new(), reflows }
    }

    /// What was drawn stands there no more.
    pub fn forget(&mut self) {
        self.widths.clear();
    }

    /// Whether anything stands there.
    pub fn has_painted(&self) -> bool {
        !self.widths.is_empty()
    }

    /// What draws these lines in place of those that stand there, on a terminal of so many columns now.
    pub fn paint(&mut self, lines: &[String], columns: usize) -> String {
        let mut text = self.to_start(columns);
        for (number, line) in lines.iter().enumerate() {
            let separator = if number == 0 { "" } else { "\r\n" };
            let _ = write!(text, "{separator}{line}\x1b[K");
        }
        text.push_str("\x1b[J\r");
        self.widths = lines.iter().map(|line| line.width()).collect();
        text
    }

    /// What erases them.
    pub fn erasing(&self, columns: usize) -> String {
        self.to_start(columns) + "\x1b[J"
    }

    /// From the start of the last line to that of the first.
    fn to_start(&self, columns: usize) -> String {
        let above = self.widths.split_last().map_or(&[][..], |(_, above)| above);
        let rows = |width: &usize| if self.reflows { width.div_ceil(columns.max(1)).max(1) } else { 1 };
        match above.iter().map(rows).sum() {
            0_usize => "\r".to_owned(),
            rows => format!("\r\x1b[{rows}A"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows of a terminal that has received this.
    fn shown(parser: &mut vt100::Parser, text: &str) -> Vec<String> {
        parser.process(text.as_bytes());
        let screen = parser.screen();
        screen.rows(0, screen.size().1).map(|row| row.trim_end().to_owned()).collect()
    }

    #[test]
    fn lines_are_drawn_over_each_other_and_erased_without_a_trace() {
        let (mut painter, mut terminal) = (Painter::new(true), vt100::Parser::new(6, 20, 0));
        terminal.process(b"before\r\n");
        let lines = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
        for painted in [&["one", "two", "three"][..], &["1"], &["one again", "two"]] {
            let rows = shown(&mut terminal, &painter.paint(&lines(painted), 20));
            assert_eq!(rows[0], "before");
            assert_eq!(rows[1..=painted.len()], *painted);
            assert!(rows[painted.len() + 1..].iter().all(String::is_empty), "{rows:?}");
        }
        // The echo of a key stands on the last line.
        terminal.process(b"^C");
        let rows = shown(&mut terminal, &painter.erasing(20));
        assert_eq!(rows, ["before", "", "", "", "", ""]);
        assert_eq!(terminal.screen().cursor_position(), (1, 0));
    }

    #[test]
    fn at_the_bottom_of_the_screen_lines_push_the_text_above_up() {
        let (mut painter, mut terminal) = (Painter::new(true), vt100::Parser::new(3, 20, 0));
        terminal.process(b"one\r\ntwo\r\n");
        let lines = ["a".to_owned(), "b".to_owned()];
        assert_eq!(shown(&mut terminal, &painter.paint(&lines, 20)), ["two", "a", "b"]);
        assert_eq!(shown(&mut terminal, &painter.paint(&lines, 20)), ["two", "a", "b"]);
        assert_eq!(shown(&mut terminal, &painter.erasing(20)), ["two", "", ""]);
    }

    #[test]
    fn a_narrower_terminal_has_broken_the_lines_unless_it_cuts_them() {
        let lines = ["x".repeat(79), "é".repeat(41), "last".to_owned()];
        for (reflows, columns, up) in [(true, 80, 2), (true, 40, 4), (true, 20, 7), (false, 20, 2)] {
            let mut painter = Painter::new(reflows);
            painter.paint(&lines, 80);
            assert_eq!(painter.erasing(columns), format!("\r\x1b[{up}A\x1b[J"), "{reflows} {columns}");
        }
    }
}
