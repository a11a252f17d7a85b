//! What is shown while many things are done: a bar for all, a line for each that is waited for.

use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard};
use std::time::{Duration, Instant};

use super::screen::ProgressLine;
use super::{Output, shorten_part};

/// Without a terminal a long wait says so this often, so that a CI service does not take it for dead.
const HEARTBEAT: Duration = Duration::from_secs(60);

/// Things that are done side by side: a spinner for each that is waited for, as far as the screen reaches, and a bar for
/// all where there are several. Without a terminal it prints a note once a minute.
pub struct Progress<'a> {
    output: &'a Output,
    len: usize,
    bar: Option<ProgressLine>,
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
        let bar = if len > 1 { output.screen.bar(String::new(), len as u64) } else { None };
        let heartbeat = Heartbeat::new(Instant::now());
        let what = "waiting for the service".to_owned();
        Progress { output, len, bar, state: Mutex::new(State { done: 0, what, heartbeat }) }
    }

    /// A spinner for one of them.
    pub fn spinner(&self, what: &str) -> Spinner<'a> {
        let alone = self.len == 1;
        if alone {
            self.lock().what = what.to_owned();
        }
        Spinner::new(self.output, what, alone)
    }

    /// One more is done.
    pub fn advance(&self) {
        self.lock().done += 1;
        if let Some(bar) = &self.bar {
            bar.advance();
        }
    }

    /// When [`Progress::beat`] has something to do next; never where things move.
    pub fn next_beat(&self) -> Option<Instant> {
        (!self.output.animated).then(|| self.lock().heartbeat.next)
    }

    /// Says that the wait goes on once a minute has passed.
    pub fn beat(&self, now: Instant) {
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
pub struct Bar(pub(super) Option<ProgressLine>);

impl Bar {
    /// There are so many in all, as far as is known.
    pub fn set_len(&self, len: u64) {
        if let Some(bar) = &self.0 {
            bar.set_len(len);
        }
    }

    /// One more is done.
    pub fn advance(&self) {
        if let Some(bar) = &self.0 {
            bar.advance();
        }
    }
}

/// A wait has so many notes on what failed at most; messages may differ each time.
const MAX_NOTES: usize = 10;

/// A spinner with the elapsed time. It leaves the screen when dropped.
pub struct Spinner<'a> {
    output: &'a Output,
    what: String,
    problem: Option<String>,
    /// What was noted so far.
    noted: HashSet<String>,
    /// Whether problem is worth a note: with many waits, that of one is not.
    alone: bool,
    line: Option<ProgressLine>,
}

impl<'a> Spinner<'a> {
    fn new(output: &'a Output, what: &str, alone: bool) -> Self {
        let line = output.screen.wait(output.safe_line(&shorten_part(what)));
        Spinner { output, what: what.to_owned(), problem: None, noted: HashSet::new(), alone, line }
    }

    /// Shows what fails at the moment, or that nothing does.
    ///
    /// Where nothing moves, a note says so, once for each problem.
    pub fn set_problem(&mut self, problem: Option<&str>) {
        let is_new = self.problem.is_none();
        self.problem = problem.map(str::to_owned);
        let still_trying = problem.map(|problem| format!("still trying: {}", shorten_part(problem)));
        if let Some(line) = &self.line {
            line.set_problem(still_trying.map(|problem| self.output.safe_line(&problem)));
        } else if let (Some(problem), Some(still_trying)) = (problem, still_trying)
            && is_new
            && self.alone
            && !self.output.animated
            && self.noted.len() < MAX_NOTES
            && self.noted.insert(shorten_part(problem).into_owned())
        {
            self.output.note(&format!("{} ({still_trying})", shorten_part(&self.what)));
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
