//! What the lines that move say, cut to the terminal.

use std::time::Instant;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::output::elapsed;

/// One thing that is waited for. Its texts are safe for a terminal.
pub struct Line {
    /// What it is.
    pub what: String,
    /// Why it takes so long.
    pub problem: Option<String>,
    /// Since when it is waited for.
    pub since: Instant,
    /// How it is shown.
    pub kind: Kind,
}

/// How a line is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// With a spinner and the time that has passed, where nothing but requests is waited for.
    Request,
    /// With a spinner and the time that has passed.
    Wait,
    /// As a bar below all others.
    Bar {
        /// How many things are done.
        done: u64,
        /// Of so many.
        len: u64,
    },
}

/// The size of a terminal.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Its lines.
    pub rows: usize,
    /// Their columns.
    pub columns: usize,
}

/// The lines as they are drawn: fewer than the terminal has, and none as wide as it is.
pub fn render<'a>(
    lines: impl Iterator<Item = &'a Line> + Clone,
    now: Instant,
    frame: usize,
    size: Size,
    utf8: bool,
) -> Vec<String> {
    // At the last column some terminals have begun the next line.
    let width = size.columns.saturating_sub(1).max(1);
    let bars = lines.clone().filter(|line| matches!(line.kind, Kind::Bar { .. }));
    let waits = lines.clone().filter(|line| line.kind == Kind::Wait);
    let most = size.rows.saturating_sub(4).max(1);
    let mut shown: Vec<&Line> = waits.take(most).chain(bars).collect();
    if shown.is_empty() {
        shown.extend(lines.clone().next());
    }
    // Where there is no room for all, what counts for all stays.
    let hidden = shown.len().saturating_sub(size.rows.saturating_sub(1).max(1));
    shown.drain(..hidden);
    shown.into_iter().map(|line| line.render(now, frame, width, utf8)).collect()
}

impl Line {
    fn render(&self, now: Instant, frame: usize, width: usize, utf8: bool) -> String {
        if let Kind::Bar { done, len } = self.kind {
            return bar(&self.what, done, len, width, utf8);
        }
        let spinner = if utf8 {
            &["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"][..]
        } else {
            &["|", "/", "-", "\\"]
        };
        let spinner = spinner[frame % spinner.len()];
        let problem = self.problem.as_ref().map(|problem| format!(" ({problem})")).unwrap_or_default();
        let what = format!("{}{problem}", self.what);
        let passed = elapsed(now.saturating_duration_since(self.since));
        let room = width.saturating_sub(passed.width() + 3);
        fit(&format!("{spinner} {} {passed}", fit(&what, room, utf8)), width, utf8)
    }
}

fn bar(what: &str, done: u64, len: u64, width: usize, utf8: bool) -> String {
    /// A shorter one shows nothing.
    const SHORTEST: usize = 5;
    let (full, empty) = if utf8 { ("━", "─") } else { ("#", "-") };
    let count = format!("{done}/{len}");
    let what = if what.is_empty() { String::new() } else { format!("{what} ") };
    let room = width.saturating_sub(what.width() + count.len() + 1);
    if room < SHORTEST {
        return fit(&format!("{what}{count}"), width, utf8);
    }
    let filled = (room as u64).saturating_mul(done.min(len)).checked_div(len).unwrap_or(0) as usize;
    format!("{what}{}{} {count}", full.repeat(filled), empty.repeat(room - filled))
}

/// The text cut to so many columns.
fn fit(text: &str, width: usize, utf8: bool) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let dots = if utf8 { "…" } else { "..." };
    let mut room = width.saturating_sub(dots.width());
    let mut cut: String = text
        .chars()
        .take_while(|c| {
            let left = room.checked_sub(c.width().unwrap_or(0));
            room = left.unwrap_or(0);
            left.is_some()
        })
        .collect();
    cut.push_str(dots);
    if cut.width() <= width { cut } else { dots.chars().take(width).collect() }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn line(what: &str, kind: Kind, since: Instant) -> Line {
        Line { what: what.to_owned(), problem: None, since, kind }
    }

    fn rendered(lines: &[Line], seconds: u64, (rows, columns): (usize, usize)) -> Vec<String> {
        let now = lines[0].since + Duration::from_secs(seconds);
        render(lines.iter(), now, 0, Size { rows, columns }, true)
    }

    #[test]
    fn a_wait_shows_what_why_and_how_long() {
        let mut wait = line("a/b → c", Kind::Wait, Instant::now());
        assert_eq!(rendered(std::slice::from_ref(&wait), 90, (24, 80)), ["⠋ a/b → c 1m 30s"]);
        wait.problem = Some("still trying: busy".to_owned());
        assert_eq!(rendered(std::slice::from_ref(&wait), 2, (24, 80)), ["⠋ a/b → c (still trying: busy) 2s"]);
        // The time stays where the rest does not fit.
        assert_eq!(rendered(std::slice::from_ref(&wait), 2, (24, 20)), ["⠋ a/b → c (stil… 2s"]);
        let now = wait.since;
        assert_eq!(
            render([&wait].into_iter(), now, 5, Size { rows: 24, columns: 12 }, false),
            ["/ a/b... 0s"]
        );
    }

    #[test]
    fn a_request_is_shown_where_nothing_else_is() {
        let now = Instant::now();
        let request = || line("Looking up a/b", Kind::Request, now);
        assert_eq!(rendered(&[request(), request()], 1, (24, 80)), ["⠋ Looking up a/b 1s"]);
        let wait = line("a/b → c", Kind::Wait, now);
        assert_eq!(rendered(&[request(), wait], 1, (24, 80)), ["⠋ a/b → c 1s"]);
        let bar = line("", Kind::Bar { done: 1, len: 2 }, now);
        assert_eq!(rendered(&[bar, request()], 1, (24, 20)), ["━━━━━━━──────── 1/2"]);
    }

    #[test]
    fn a_bar_fills_the_line_and_is_left_out_where_there_is_no_room() {
        let bar = |done, len| [line("Resolving", Kind::Bar { done, len }, Instant::now())];
        assert_eq!(rendered(&bar(0, 4), 0, (24, 24)), ["Resolving ───────── 0/4"]);
        assert_eq!(rendered(&bar(4, 4), 0, (24, 24)), ["Resolving ━━━━━━━━━ 4/4"]);
        assert_eq!(rendered(&bar(9, 4), 0, (24, 24)), ["Resolving ━━━━━━━━━ 9/4"]);
        assert_eq!(rendered(&bar(0, 0), 0, (24, 24)), ["Resolving ───────── 0/0"]);
        assert_eq!(rendered(&bar(1, 4), 0, (24, 16)), ["Resolving 1/4"]);
        assert_eq!(rendered(&bar(u64::MAX, u64::MAX), 0, (24, 9)), ["Resolvi…"]);
    }

    #[test]
    fn nothing_is_as_wide_or_as_high_as_the_terminal() {
        let now = Instant::now();
        for what in ["dolthub/museum-collections → 博物館-収蔵品-データベース", "a", "é\u{301}x"]
        {
            for (rows, columns) in (0..30).flat_map(|rows| (0..60).map(move |columns| (rows, columns))) {
                let mut lines: Vec<Line> = (0..30).map(|_| line(what, Kind::Wait, now)).collect();
                lines.push(line(what, Kind::Bar { done: 3, len: 30 }, now));
                for utf8 in [true, false] {
                    let drawn = render(lines.iter(), now, 0, Size { rows, columns }, utf8);
                    assert!(!drawn.is_empty() && drawn.len() < rows.max(2), "{rows}: {drawn:?}");
                    let widest = drawn.iter().map(|line| line.width()).max().unwrap_or(0);
                    assert!(widest < columns.max(2), "{columns}: {drawn:?}");
                }
            }
        }
    }
}
