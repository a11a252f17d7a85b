//! What moves while something is waited for.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressState, ProgressStyle};

use super::{Output, elapsed, escape};

/// Without a terminal a long wait says so this often, so that a CI service does not take it for dead.
const HEARTBEAT: Duration = Duration::from_secs(60);

/// A spinner with the elapsed time. It leaves the screen when dropped.
pub struct Spinner<'a> {
    output: &'a Output,
    what: String,
    trouble: Option<String>,
    bar: Option<ProgressBar>,
    heartbeat: Heartbeat,
}

impl<'a> Spinner<'a> {
    pub(super) fn start(output: &'a Output, what: &str) -> Self {
        let bar = output.animated.then(|| {
            let bar = output.progress.add(ProgressBar::new_spinner());
            if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {passed}") {
                let frames = if output.utf8 { "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏ " } else { "|/-\\ " };
                let passed = |state: &ProgressState, out: &mut dyn std::fmt::Write| {
                    // There is nowhere to report to from inside a spinner.
                    let _ = out.write_str(&elapsed(state.elapsed()));
                };
                bar.set_style(style.tick_chars(frames).with_key("passed", passed));
            }
            bar.set_message(escape::line(what).into_owned());
            bar.enable_steady_tick(Duration::from_millis(100));
            output.moving.store(true, Ordering::SeqCst);
            bar
        });
        Spinner {
            output,
            what: what.to_owned(),
            trouble: None,
            bar,
            heartbeat: Heartbeat::new(Instant::now()),
        }
    }

    /// Says what stands in the way at the moment, or that nothing does.
    ///
    /// Where no spinner shows it, a note says so once, until the way is free again.
    pub fn trouble(&mut self, trouble: Option<&str>) {
        let is_news = self.trouble.is_none();
        self.trouble = trouble.map(str::to_owned);
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

    /// When [`Spinner::beat`] has something to say next.
    pub fn next_beat(&self) -> Option<Instant> {
        self.bar.is_none().then_some(self.heartbeat.next)
    }

    /// Says that the wait goes on, where no spinner shows it and a minute has passed.
    pub fn beat(&mut self, now: Instant) {
        if self.bar.is_none()
            && let Some(minutes) = self.heartbeat.due(now)
        {
            self.output.note(&format!("{}: {minutes} min so far", self.state()));
        }
    }
}

impl Drop for Spinner<'_> {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
            self.output.moving.store(false, Ordering::SeqCst);
        }
    }
}

/// A bar for many things of a kind. It leaves the screen when dropped.
pub struct Bar<'a> {
    output: &'a Output,
    bar: Option<ProgressBar>,
}

impl<'a> Bar<'a> {
    pub(super) fn start(output: &'a Output, what: &str) -> Self {
        let bar = output.animated.then(|| {
            let bar = output.progress.add(ProgressBar::new(0));
            if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}") {
                bar.set_style(style.progress_chars(if output.utf8 { "━━─" } else { "##-" }));
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
