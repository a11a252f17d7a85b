//! What moves while something is waited for: a bar for many things, a spinner for each that is waited for.

use std::collections::HashSet;
use std::sync::atomic::Ordering;
use std::sync::{Mutex, MutexGuard};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressState, ProgressStyle};

use super::{Output, elapsed, shorten_part};

/// Without a terminal a long wait says so this often, so that a CI service does not take it for dead.
const HEARTBEAT: Duration = Duration::from_secs(60);
/// A spinner moves this often.
const FRAME: Duration = Duration::from_millis(100);

/// Things that are done side by side: a spinner for each that is waited for, as far as the screen reaches, and a bar for
/// all where there are several. Without a terminal it prints a note once a minute.
pub struct Progress<'a> {
    output: &'a Output,
    len: usize,
    bar: Option<Bar<'a>>,
    state: Mutex<State>,
}

struct State {
    done: usize,
    /// What is waited for, where it is one thing.
    what: String,
    heartbeat: Heartbeat,
}

impl<'a> Progress<'a> {
    pub(super) fn new(output: &'a Output, len: usize) -> Self {
        let bar = (len > 1).then(|| Bar::new(output, None, len as u64));
        let heartbeat = Heartbeat::new(Instant::now());
        Progress {
            output,
            len,
            bar,
            state: Mutex::new(State { done: 0, what: "waiting for the service".to_owned(), heartbeat }),
        }
    }

    /// A spinner for one of them.
    pub fn spinner(&self, what: &str) -> Spinner<'a> {
        let alone = self.len == 1;
        if alone {
            self.lock().what = what.to_owned();
        }
        let below = self.bar.as_ref().and_then(|bar| bar.bar.as_ref());
        Spinner::new(self.output, what, alone, below)
    }

    /// One more is done.
    pub fn advance(&self) {
        self.lock().done += 1;
        if let Some(bar) = &self.bar {
            bar.advance();
        }
    }

    /// When [`Progress::beat`] has something to do next.
    pub fn next_beat(&self) -> Instant {
        if self.output.animated { Instant::now() + FRAME } else { self.lock().heartbeat.next }
    }

    /// Moves the spinners; where nothing moves, says that the wait goes on once a minute has passed.
    pub fn beat(&self, now: Instant) {
        if self.output.animated {
            self.output.spinners().iter().for_each(ProgressBar::tick);
            return;
        }
        let mut state = self.lock();
        let Some(minutes) = state.heartbeat.due(now) else { return };
        let what =
            if self.len == 1 { state.what.clone() } else { format!("{} of {} done", state.done, self.len) };
        drop(state);
        self.output.note(&format!("{what}: {minutes} min so far"));
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("nothing panics while it holds the progress's lock")
    }
}

/// A bar for many things of a kind. It leaves the screen when dropped.
pub struct Bar<'a> {
    output: &'a Output,
    bar: Option<ProgressBar>,
}

impl<'a> Bar<'a> {
    pub(super) fn new(output: &'a Output, what: Option<&str>, len: u64) -> Self {
        let bar = output.animated.then(|| {
            let bar = output.progress.add(ProgressBar::new(len));
            let template =
                if what.is_some() { "{msg} {wide_bar} {pos}/{len}" } else { "{wide_bar} {pos}/{len}" };
            let style = ProgressStyle::with_template(template).expect("the template is a constant");
            bar.set_style(style.progress_chars(if output.utf8 { "━━─" } else { "##-" }));
            bar.set_message(output.safe_line(what.unwrap_or_default()));
            bar.tick();
            output.moving.store(true, Ordering::SeqCst);
            output.bars.fetch_add(1, Ordering::SeqCst);
            bar
        });
        Bar { output, bar }
    }

    /// There are so many in all, as far as is known.
    pub fn set_len(&self, len: u64) {
        if let Some(bar) = &self.bar {
            bar.set_length(len);
        }
    }

    /// One more is done.
    pub fn advance(&self) {
        if let Some(bar) = &self.bar {
            bar.inc(1);
        }
    }
}

impl Drop for Bar<'_> {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
            self.output.moving.store(false, Ordering::SeqCst);
            self.output.bars.fetch_sub(1, Ordering::SeqCst);
        }
    }
}

/// A wait has so many notes on what failed at most; messages may differ each time.
const MAX_NOTES: usize = 10;

/// A spinner with the elapsed time. It leaves the screen when dropped.
pub struct Spinner<'a> {
    output: &'a Output,
    what: String,
    trouble: Option<String>,
    /// What was noted so far.
    noted: HashSet<String>,
    /// Whether trouble is worth a note: with many waits, that of one is not.
    alone: bool,
    since: Instant,
    /// The bar for all, which stays below.
    below: Option<ProgressBar>,
    bar: Option<ProgressBar>,
}

impl<'a> Spinner<'a> {
    fn new(output: &'a Output, what: &str, alone: bool, below: Option<&ProgressBar>) -> Self {
        let mut spinner = Spinner {
            output,
            what: what.to_owned(),
            trouble: None,
            noted: HashSet::new(),
            alone,
            since: Instant::now(),
            below: below.cloned(),
            bar: None,
        };
        spinner.show();
        spinner
    }

    /// Moves onto the screen, if it is not there and there is room.
    fn show(&mut self) {
        let output = self.output;
        if self.bar.is_some() || !output.animated || !has_room(output) {
            return;
        }
        let bar = match &self.below {
            Some(below) => output.progress.insert_before(below, ProgressBar::new_spinner()),
            None => output.progress.add(ProgressBar::new_spinner()),
        };
        let style =
            ProgressStyle::with_template("{spinner} {msg} {passed}").expect("the template is a constant");
        let frames = if output.utf8 { "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏ " } else { "|/-\\ " };
        let passed = |state: &ProgressState, out: &mut dyn std::fmt::Write| {
            // A spinner has no way to report that.
            let _ = out.write_str(&elapsed(state.elapsed()));
        };
        bar.set_style(style.tick_chars(frames).with_key("passed", passed));
        let bar = bar.with_elapsed(self.since.elapsed());
        bar.set_message(output.safe_line(&self.message()));
        bar.tick();
        output.moving.store(true, Ordering::SeqCst);
        output.spinners().push(bar.clone());
        self.bar = Some(bar);
    }

    /// Shows what fails at the moment, or that nothing does.
    ///
    /// Where no spinner shows it, a note says so, once for each trouble.
    pub fn set_trouble(&mut self, trouble: Option<&str>) {
        let is_new = self.trouble.is_none();
        self.trouble = trouble.map(str::to_owned);
        self.show();
        if let Some(bar) = &self.bar {
            bar.set_message(self.output.safe_line(&self.message()));
        } else if let Some(trouble) = trouble
            && is_new
            && self.alone
            && !self.output.animated
            && self.noted.len() < MAX_NOTES
            && self.noted.insert(shorten_part(trouble).into_owned())
        {
            self.output.note(&self.message());
        }
    }

    fn message(&self) -> String {
        match &self.trouble {
            Some(trouble) => {
                format!("{} (still trying: {})", shorten_part(&self.what), shorten_part(trouble))
            }
            None => shorten_part(&self.what).into_owned(),
        }
    }
}

impl Drop for Spinner<'_> {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
            self.output.progress.remove(bar);
            let mut spinners = self.output.spinners();
            spinners.retain(|spinner| !spinner.is_finished());
            if spinners.is_empty() && self.alone {
                self.output.moving.store(false, Ordering::SeqCst);
            }
        }
    }
}

/// Whether one more spinner fits the screen.
fn has_room(output: &Output) -> bool {
    let rows = console::Term::stderr().size_checked().map_or(24, |(rows, _)| usize::from(rows));
    output.spinners().len() + 4 < rows.max(6)
}

struct Heartbeat {
    started: Instant,
    next: Instant,
}

impl Heartbeat {
    fn new(now: Instant) -> Self {
        Heartbeat { started: now, next: now + HEARTBEAT }
    }

    /// The minutes since the start, when another one has passed.
    fn due(&mut self, now: Instant) -> Option<u64> {
        if now < self.next {
            return None;
        }
        self.next = now + HEARTBEAT;
        Some(now.saturating_duration_since(self.started).as_secs() / 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heartbeat_comes_once_a_minute() {
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        let mut heartbeat = Heartbeat::new(start);
        assert_eq!(heartbeat.due(at(59)), None);
        assert_eq!(heartbeat.due(at(60)), Some(1));
        assert_eq!(heartbeat.due(at(61)), None);
        assert_eq!(heartbeat.due(at(120)), Some(2));
        // A machine that slept says so once, not sixty times.
        assert_eq!(heartbeat.due(at(3_600)), Some(60));
        assert_eq!(heartbeat.due(at(3_601)), None);
    }
}
