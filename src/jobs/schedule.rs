//! When to poll next, and until when. The clock and the jitter are passed in.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// From a request to the first poll, and from one poll to the next, it is this long at least.
const MIN_PAUSE: Duration = Duration::from_millis(250);
/// The longest pause between two polls, unless the service asks for a longer one.
const MAX_PAUSE: Duration = Duration::from_secs(15);
/// From the beginning of one poll to that of the next it is this part of the time waited before, so that a fork is noticed
/// within one request and as much of its length: the time that a request takes counts.
const PART_OF_TIME_WAITED: f64 = 0.15;
/// A pause is made up to this much shorter at random, so that many waits do not poll in step.
const SPREAD: f64 = 0.10;
/// So many invalid responses in a row end a wait for a service that has not responded yet: it may be none of this kind.
const MAX_INVALID: u32 = 10;
/// One that has may restart, with a gateway's pages in its place for so long.
const MAX_INVALID_TIME: Duration = Duration::from_secs(300);

/// How long to pause after `waited`; `jitter` is from 0 to 1.
fn pause(waited: Duration, jitter: f64) -> Duration {
    let planned = waited.mul_f64(PART_OF_TIME_WAITED).clamp(MIN_PAUSE, MAX_PAUSE);
    planned.mul_f64(1.0 - SPREAD * jitter.clamp(0.0, 1.0)).max(MIN_PAUSE)
}

/// The times at which one operation is polled.
#[derive(Clone, Debug)]
pub struct Schedule {
    started: Instant,
    deadline: Option<Instant>,
    invalid: u32,
    invalid_since: Option<Instant>,
}

/// A time limit that begins with the first request.
#[derive(Debug)]
pub struct TimeLimit {
    limit: Option<Duration>,
    started: OnceLock<Instant>,
}

impl TimeLimit {
    /// A limit that has not begun; none is without end.
    pub fn new(limit: Option<Duration>) -> Self {
        TimeLimit { limit, started: OnceLock::new() }
    }

    /// How long it is.
    pub fn limit(&self) -> Option<Duration> {
        self.limit
    }

    /// Begins `now`, unless it has begun. Returns when it did.
    pub fn start(&self, now: Instant) -> Instant {
        *self.started.get_or_init(|| now)
    }

    /// When it ends, once it has begun.
    pub fn deadline(&self) -> Option<Instant> {
        self.started.get()?.checked_add(self.limit?)
    }
}

impl Schedule {
    /// A schedule that starts `now` and ends after `timeout`; without one it does not end.
    pub fn new(now: Instant, timeout: Option<Duration>) -> Self {
        // A time too far off for the clock to hold is no deadline either.
        let deadline = timeout.and_then(|timeout| now.checked_add(timeout));
        Schedule { started: now, deadline, invalid: 0, invalid_since: None }
    }

    /// When to poll a fork first that was accepted `now`: at once where that took long, since it may be done by now.
    pub fn first(&self, now: Instant) -> Instant {
        self.by_deadline(now.max(self.started + MIN_PAUSE))
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

    /// Counts an invalid response. False where it is one too many in a row, so that waiting is useless; after the service
    /// `has_responded` otherwise, that is a question of time.
    pub fn tolerates_invalid(&mut self, now: Instant, has_responded: bool) -> bool {
        self.invalid += 1;
        let since = *self.invalid_since.get_or_insert(now);
        if has_responded { now - since < MAX_INVALID_TIME } else { self.invalid < MAX_INVALID }
    }

    /// Ends a row of invalid responses.
    pub fn reset_invalid(&mut self) {
        self.invalid = 0;
        self.invalid_since = None;
    }

    /// When to poll again after one that was sent at one time and got its response `now`; none where that is not before the
    /// deadline. `jitter` is from 0 to 1.
    ///
    /// The last poll comes at the deadline, unless the service requested a longer pause.
    pub fn next(
        &self,
        sent: Instant,
        now: Instant,
        retry_after: Option<Duration>,
        jitter: f64,
    ) -> Option<Instant> {
        let waited = sent.saturating_duration_since(self.started);
        self.not_before(now, sent + pause(waited, jitter), retry_after)
    }

    /// The same after a poll that failed: the service gets a pause whatever time that took.
    pub fn next_after_failure(
        &self,
        now: Instant,
        retry_after: Option<Duration>,
        jitter: f64,
    ) -> Option<Instant> {
        let waited = now.saturating_duration_since(self.started);
        self.not_before(now, now + pause(waited, jitter), retry_after)
    }

    fn not_before(&self, now: Instant, planned: Instant, retry_after: Option<Duration>) -> Option<Instant> {
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
    fn a_pause_is_up_to_a_tenth_shorter_and_never_leaves_its_bounds() {
        assert_eq!(pause(10 * SECOND, 1.0), Duration::from_millis(1_350));
        assert_eq!(pause(Duration::ZERO, 1.0), MIN_PAUSE);
        assert_eq!(pause(1_000 * SECOND, 0.0), MAX_PAUSE);
    }

    /// When the end of a fork of this length is noticed, counted from its request. Each response takes `latency`, and shows
    /// how things were when the request arrived.
    fn noticed(length: Duration, latency: Duration, jitter: f64) -> Duration {
        let start = Instant::now();
        let schedule = Schedule::new(start, None);
        let mut sent = schedule.first(start + latency);
        while sent < start + length {
            sent = schedule.next(sent, sent + latency, None, jitter).unwrap();
        }
        sent + latency - start
    }

    #[test]
    fn a_fork_is_noticed_within_one_request_and_15_percent_of_its_length() {
        for latency in [0, 10, 100, 300, 700, 1_500] {
            let latency = Duration::from_millis(latency);
            for length in (1_000..200_000).step_by(77).map(Duration::from_millis) {
                for jitter in [0.0, 0.4, 1.0] {
                    let late = noticed(length, latency, jitter) - length;
                    // One poll follows the other, and not more often than every 250 ms.
                    let between = length.mul_f64(0.15).max(latency).max(MIN_PAUSE);
                    assert!(late <= latency + between, "{late:?} after {length:?} at {latency:?}");
                }
            }
        }
    }

    #[test]
    fn a_fork_that_is_done_when_it_is_accepted_is_noticed_within_one_request() {
        for latency in [250, 700, 3_000].map(Duration::from_millis) {
            assert_eq!(noticed(latency / 2, latency, 0.0), 2 * latency);
        }
    }

    #[test]
    fn a_slow_service_gets_one_poll_after_the_other_and_a_pause_once_one_fails() {
        let start = Instant::now();
        let schedule = Schedule::new(start, None);
        assert_eq!(schedule.next(start + SECOND, start + 2 * SECOND, None, 0.0), Some(start + 2 * SECOND));
        let ended = start + 2 * SECOND;
        assert_eq!(schedule.next_after_failure(ended, None, 0.0), Some(ended + Duration::from_millis(300)));
    }

    #[test]
    fn the_first_poll_comes_250_ms_after_the_request_or_when_the_time_is_up() {
        let now = Instant::now();
        assert_eq!(Schedule::new(now, None).first(now), now + MIN_PAUSE);
        assert_eq!(Schedule::new(now, None).first(now + SECOND), now + SECOND);
        let soon = Duration::from_millis(100);
        assert_eq!(Schedule::new(now, Some(soon)).first(now), now + soon);
    }

    #[test]
    fn the_last_poll_comes_when_the_time_is_up() {
        let start = Instant::now();
        let schedule = Schedule::new(start, Some(10 * SECOND));
        let late = start + Duration::from_millis(9_900);
        assert_eq!(schedule.next(late, late, None, 0.0), Some(start + 10 * SECOND));
        assert_eq!(schedule.next(start + 10 * SECOND, start + 10 * SECOND, None, 0.0), None);
    }

    #[test]
    fn a_service_that_asks_for_a_pause_gets_it() {
        let start = Instant::now();
        let schedule = Schedule::new(start, Some(60 * SECOND));
        assert_eq!(schedule.next(start, start, Some(30 * SECOND), 0.0), Some(start + 30 * SECOND));
        assert_eq!(schedule.next(start, start, Some(90 * SECOND), 0.0), None);
    }

    #[test]
    fn ten_invalid_responses_in_a_row_end_it_and_nine_do_not() {
        let now = Instant::now();
        let mut schedule = Schedule::new(now, None);
        for _ in 0..2 {
            assert!((0..9).all(|_| schedule.tolerates_invalid(now, false)));
            schedule.reset_invalid();
        }
        assert!((0..9).all(|_| schedule.tolerates_invalid(now, false)));
        assert!(!schedule.tolerates_invalid(now, false));
    }

    #[test]
    fn once_a_service_has_responded_invalid_responses_are_tolerated_for_five_minutes() {
        let now = Instant::now();
        let mut schedule = Schedule::new(now, None);
        for _ in 0..2 {
            assert!((0..300).all(|second| schedule.tolerates_invalid(now + second * SECOND, true)));
            schedule.reset_invalid();
        }
        assert!(schedule.tolerates_invalid(now + 400 * SECOND, true));
        assert!(!schedule.tolerates_invalid(now + 700 * SECOND, true));
    }

    #[test]
    fn a_time_limit_begins_with_the_first_request_and_once() {
        let now = Instant::now();
        let limit = TimeLimit::new(Some(10 * SECOND));
        assert_eq!(limit.deadline(), None);
        assert_eq!(limit.start(now), now);
        assert_eq!(limit.start(now + SECOND), now);
        assert_eq!(limit.deadline(), Some(now + 10 * SECOND));
        let endless = TimeLimit::new(None);
        endless.start(now);
        assert_eq!(endless.deadline(), None);
    }

    #[test]
    fn a_timeout_beyond_the_clock_is_none() {
        let schedule = Schedule::new(Instant::now(), Some(Duration::MAX));
        assert_eq!(schedule.remaining(Instant::now()), None);
    }
}
