//! When to poll next, and until when. The clock and the jitter are passed in.

use std::time::{Duration, Instant};

/// The first poll, and the shortest pause between two.
const MIN_PAUSE: Duration = Duration::from_millis(250);
/// The longest pause between two polls, unless the service asks for a longer one.
const MAX_PAUSE: Duration = Duration::from_secs(15);
/// A pause is this part of the time waited so far, so that a fork is noticed within as much of its length.
const PART_OF_TIME_WAITED: f64 = 0.15;
/// A pause is made this much shorter or longer at random, so that many waits do not poll in step.
const SPREAD: f64 = 0.10;
/// So many invalid responses in a row end a wait.
const MAX_INVALID: u32 = 10;

/// How long to pause after `waited`; `jitter` is from -1 to 1.
fn pause(waited: Duration, jitter: f64) -> Duration {
    let planned = waited.mul_f64(PART_OF_TIME_WAITED).clamp(MIN_PAUSE, MAX_PAUSE);
    planned.mul_f64(1.0 + SPREAD * jitter.clamp(-1.0, 1.0)).clamp(MIN_PAUSE, MAX_PAUSE)
}

/// The times at which one operation is polled.
#[derive(Clone, Debug)]
pub struct Schedule {
    started: Instant,
    deadline: Option<Instant>,
    invalid: u32,
}

impl Schedule {
    /// A schedule that starts `now` and ends after `timeout`; without one it does not end.
    pub fn new(now: Instant, timeout: Option<Duration>) -> Self {
        // A time too far off for the clock to hold is no deadline either.
        let deadline = timeout.and_then(|timeout| now.checked_add(timeout));
        Schedule { started: now, deadline, invalid: 0 }
    }

    /// When to poll a fork first that was accepted just now.
    pub fn first(&self) -> Instant {
        self.by_deadline(self.started + MIN_PAUSE)
    }

    /// What is left of the time, when it is bounded.
    pub fn remaining(&self, now: Instant) -> Option<Duration> {
        self.deadline.map(|deadline| deadline.saturating_duration_since(now))
    }

    /// That time, or the deadline where it comes first.
    pub fn by_deadline(&self, time: Instant) -> Instant {
        self.deadline.map_or(time, |deadline| deadline.min(time))
    }

    /// When the time is up, or `now` where that has passed.
    pub fn end(&self, now: Instant) -> Instant {
        self.deadline.map_or(now, |deadline| deadline.max(now))
    }

    /// Counts an invalid response. False where it is one too many in a row, so that waiting is useless.
    pub fn tolerates_invalid(&mut self) -> bool {
        self.invalid += 1;
        self.invalid < MAX_INVALID
    }

    /// Ends a row of invalid responses.
    pub fn reset_invalid(&mut self) {
        self.invalid = 0;
    }

    /// When to poll again after a poll that ended `now`; none where that is not before the deadline. `jitter` is from
    /// -1 to 1.
    ///
    /// The last poll comes at the deadline, unless the service requested a longer pause.
    pub fn next(&self, now: Instant, retry_after: Option<Duration>, jitter: f64) -> Option<Instant> {
        let planned = now + pause(now.saturating_duration_since(self.started), jitter);
        let earliest = now + retry_after.unwrap_or_default();
        match self.deadline {
            Some(deadline) if now >= deadline || earliest > deadline => None,
            _ => Some(self.by_deadline(planned.max(earliest))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn a_pause_is_15_percent_of_the_time_waited_within_its_bounds() {
        for (waited, expected) in
            [(0, 250), (1_000, 250), (2_000, 300), (10_000, 1_500), (100_000, 15_000), (9_999_000, 15_000)]
        {
            let pause = pause(Duration::from_millis(waited), 0.0);
            assert_eq!(pause.as_millis(), expected, "{waited} ms");
        }
    }

    #[test]
    fn a_pause_is_spread_by_a_tenth_and_never_leaves_its_bounds() {
        assert_eq!(pause(10 * SECOND, 1.0), Duration::from_millis(1_650));
        assert_eq!(pause(10 * SECOND, -1.0), Duration::from_millis(1_350));
        assert_eq!(pause(Duration::ZERO, -1.0), MIN_PAUSE);
        assert_eq!(pause(1_000 * SECOND, 1.0), MAX_PAUSE);
    }

    #[test]
    fn a_fork_is_noticed_within_about_15_percent_of_its_length() {
        for length in [2, 5, 17, 60, 99].map(Duration::from_secs) {
            let start = Instant::now();
            let schedule = Schedule::new(start, None);
            let mut polled = schedule.first();
            while polled < start + length {
                polled = schedule.next(polled, None, 0.9).unwrap();
            }
            let late = polled - (start + length);
            assert!(late <= length.mul_f64(0.17), "{late:?} after a fork of {length:?}");
        }
    }

    #[test]
    fn the_first_poll_comes_after_250_ms_or_when_the_time_is_up() {
        let now = Instant::now();
        assert_eq!(Schedule::new(now, None).first(), now + MIN_PAUSE);
        let soon = Duration::from_millis(100);
        assert_eq!(Schedule::new(now, Some(soon)).first(), now + soon);
    }

    #[test]
    fn the_last_poll_comes_when_the_time_is_up() {
        let start = Instant::now();
        let schedule = Schedule::new(start, Some(10 * SECOND));
        let late = start + Duration::from_millis(9_900);
        assert_eq!(schedule.next(late, None, 0.0), Some(start + 10 * SECOND));
        assert_eq!(schedule.next(start + 10 * SECOND, None, 0.0), None);
    }

    #[test]
    fn a_service_that_asks_for_a_pause_gets_it() {
        let start = Instant::now();
        let schedule = Schedule::new(start, Some(60 * SECOND));
        assert_eq!(schedule.next(start, Some(30 * SECOND), 0.0), Some(start + 30 * SECOND));
        assert_eq!(schedule.next(start, Some(90 * SECOND), 0.0), None);
    }

    #[test]
    fn ten_invalid_responses_in_a_row_end_it_and_nine_do_not() {
        let mut schedule = Schedule::new(Instant::now(), None);
        for _ in 0..2 {
            assert!((0..9).all(|_| schedule.tolerates_invalid()));
            schedule.reset_invalid();
        }
        assert!((0..9).all(|_| schedule.tolerates_invalid()));
        assert!(!schedule.tolerates_invalid());
    }

    #[test]
    fn a_timeout_beyond_the_clock_is_none() {
        let schedule = Schedule::new(Instant::now(), Some(Duration::MAX));
        assert_eq!(schedule.remaining(Instant::now()), None);
    }
}
