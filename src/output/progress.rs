//! What moves while something is waited for.

use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressState, ProgressStyle};

use super::{Output, elapsed, escape};

/// Without a terminal a long wait says so this often, so that a CI service does not take it for dead.
const HEARTBEAT: Duration = Duration::from_secs(60);

/// Many things that are done side by side: a spinner for each that is waited for, as far as the screen reaches, and a
/// bar for all of them. Without a terminal it speaks up once a minute.
pub struct Group<'a> {
    output: &'a Output,
    of: usize,
    total: Option<ProgressBar>,
    state: Mutex<State>,
}

struct State {
    done: usize,
    /// What is waited for, where it is one thing.
    what: String,
    heartbeat: Heartbeat,
}

impl<'a> Group<'a> {
    pub(super) fn start(output: &'a Output, of: usize) -> Self {
        let total = (output.animated && of > 1).then(|| {
            let bar = output.progress.add(ProgressBar::new(of as u64));
            if let Ok(style) = ProgressStyle::with_template("{wide_bar} {pos}/{len}") {
                bar.set_style(style.progress_chars(bar_chars(output)));
            }
            bar.tick();
            output.moving.store(true, Ordering::SeqCst);
            bar
        });
        let heartbeat = Heartbeat::new(Instant::now());
        Group { output, of, total, state: Mutex::new(State { done: 0, what: String::new(), heartbeat }) }
    }

    /// A spinner for one of them.
    pub fn spinner(&self, what: &str) -> Spinner<'a> {
        if self.of == 1 {
            self.lock().what = what.to_owned();
        }
        Spinner::start(self.output, what, self.of == 1, self.total.as_ref())
    }

    /// One more is done.
    pub fn done(&self) {
        self.lock().done += 1;
        if let Some(total) = &self.total {
            total.inc(1);
        }
    }

    /// When [`Group::beat`] has something to say next.
    pub fn next_beat(&self) -> Instant {
        self.lock().heartbeat.next
    }

    /// Says that the wait goes on, where nothing moves to show it and a minute has passed.
    pub fn beat(&self, now: Instant) {
        let mut state = self.lock();
        let Some(minutes) = state.heartbeat.due(now) else { return };
        if self.output.animated {
            return;
        }
        let what =
            if self.of == 1 { state.what.clone() } else { format!("{} of {} done", state.done, self.of) };
        drop(state);
        self.output.note(&format!("{what}: {minutes} min so far"));
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Group<'_> {
    fn drop(&mut self) {
        if let Some(total) = &self.total {
            total.finish_and_clear();
            self.output.moving.store(false, Ordering::SeqCst);
        }
    }
}

fn bar_chars(output: &Output) -> &'static str {
    if output.utf8 { "━━─" } else { "##-" }
}

/// A spinner with the elapsed time. It leaves the screen when dropped.
pub struct Spinner<'a> {
    output: &'a Output,
    what: String,
    trouble: Option<String>,
    /// Whether trouble is worth a note: of many waits one more or less is none.
    alone: bool,
    since: Instant,
    /// The bar for all, which stays below.
    above: Option<ProgressBar>,
    bar: Option<ProgressBar>,
}

impl<'a> Spinner<'a> {
    fn start(output: &'a Output, what: &str, alone: bool, above: Option<&ProgressBar>) -> Self {
        let mut spinner = Spinner {
            output,
            what: what.to_owned(),
            trouble: None,
            alone,
            since: Instant::now(),
            above: above.cloned(),
            bar: None,
        };
        spinner.show();
        spinner
    }

    /// Moves onto the screen, if it is not there and there is room.
    fn show(&mut self) {
        let output = self.output;
        if self.bar.is_some() || !output.animated || !output.has_room() {
            return;
        }
        let bar = match &self.above {
            Some(total) => output.progress.insert_before(total, ProgressBar::new_spinner()),
            None => output.progress.add(ProgressBar::new_spinner()),
        };
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {passed}") {
            let frames = if output.utf8 { "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏ " } else { "|/-\\ " };
            let passed = |state: &ProgressState, out: &mut dyn std::fmt::Write| {
                // There is nowhere to report to from inside a spinner.
                let _ = out.write_str(&elapsed(state.elapsed()));
            };
            bar.set_style(style.tick_chars(frames).with_key("passed", passed));
        }
        let bar = bar.with_elapsed(self.since.elapsed());
        bar.set_message(escape::line(&self.state()).into_owned());
        bar.enable_steady_tick(Duration::from_millis(100));
        output.moving.store(true, Ordering::SeqCst);
        output.spinners.fetch_add(1, Ordering::SeqCst);
        self.bar = Some(bar);
    }

    /// Says what stands in the way at the moment, or that nothing does.
    ///
    /// Where no spinner shows it, a note says so once, until the way is free again.
    pub fn trouble(&mut self, trouble: Option<&str>) {
        let is_news = self.alone && !self.output.animated && self.trouble.is_none();
        self.trouble = trouble.map(str::to_owned);
        self.show();
        match (&self.bar, trouble) {
            (Some(bar), _) => bar.set_message(escape::line(&self.state()).into_owned()),
            (None, Some(_)) if is_news => self.output.note(&self.state()),
            (None, _) => {}
        }
    }

    fn state(&self) -> String {
        match &self.trouble {
            Some(trouble) => format!("{} (still trying: {trouble})", self.what),
            None => self.what.clone(),
        }
    }
}

impl Drop for Spinner<'_> {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
            self.output.progress.remove(bar);
            if self.output.spinners.fetch_sub(1, Ordering::SeqCst) == 1 && self.alone {
                self.output.moving.store(false, Ordering::SeqCst);
            }
        }
    }
}

/// A bar for many things of a kind. It leaves the screen when dropped.
pub struct Bar<'a> {
    output: &'a Output,
    bar: Option<ProgressBar>,
}

impl<'a> Bar<'a> {
    pub(super) fn start(output: &'a Output, what: &str, of: u64) -> Self {
        let bar = output.animated.then(|| {
            let bar = output.progress.add(ProgressBar::new(of));
            if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}") {
                bar.set_style(style.progress_chars(bar_chars(output)));
            }
            bar.set_message(escape::line(what).into_owned());
            output.moving.store(true, Ordering::SeqCst);
            bar
        });
        Bar { output, bar }
    }

    /// One more is done, of so many.
    pub fn advance(&self, of: u64) {
        if let Some(bar) = &self.bar {
            bar.set_length(of);
            bar.inc(1);
        }
    }
}

impl Drop for Bar<'_> {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
            self.output.moving.store(false, Ordering::SeqCst);
        }
    }
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
