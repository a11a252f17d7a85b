//! One limiter for all requests of a command: when the service throttles one of them, all slow down.

use std::sync::{Condvar, Mutex, MutexGuard};
use std::time::{Duration, Instant};

/// A service that does nothing but throttle is given up after so long.
pub const MAX_THROTTLE: Duration = Duration::from_secs(300);
/// The pause after throttling that does not say for how long, give or take half of it.
const PAUSE: Duration = Duration::from_secs(1);
/// A service that asks for less, such as none at all, gets this much.
const MIN_PAUSE: Duration = Duration::from_millis(250);
/// What a service asks for is lengthened by up to this part of it, so that not all requests come back at once.
const JITTER: f64 = 0.1;

/// Limits how many requests are in flight.
#[derive(Debug)]
pub struct Limiter {
    state: Mutex<LimiterState>,
    changed: Condvar,
}

/// A request in flight. Dropped, it ends without having said anything about the service's load.
#[derive(Debug)]
pub struct Permit<'a> {
    limiter: &'a Limiter,
    started: Instant,
}

impl Limiter {
    /// A limiter for this many requests at a time.
    pub fn new(max: usize) -> Self {
        Limiter { state: Mutex::new(LimiterState::new(max)), changed: Condvar::new() }
    }

    /// Whether a service that refuses a request may mean that there are too many: there are others, in flight now or
    /// accepted before.
    pub fn has_siblings(&self) -> bool {
        let state = self.lock();
        state.max > 1.0 && (state.in_flight > 1 || state.accepted_any)
    }

    /// Whether it is time to report that the service has long been throttling: once each time.
    pub fn should_report_throttling(&self) -> bool {
        const LONG: Duration = Duration::from_secs(10);
        let mut state = self.lock();
        let is_long = state.throttled_since.is_some_and(|since| since.elapsed() > LONG);
        is_long && !std::mem::replace(&mut state.reported, true)
    }

    /// Since when the service has taken no request, if it is throttling.
    pub fn throttled_since(&self) -> Option<Instant> {
        self.lock().throttled_since
    }

    /// Waits until one more request may be sent; none where that is not before the deadline.
    pub fn acquire(&self, deadline: Option<Instant>) -> Option<Permit<'_>> {
        let mut state = self.lock();
        loop {
            let now = Instant::now();
            let time = match state.may_start(now) {
                Admission::Now => {
                    state.in_flight += 1;
                    return Some(Permit { limiter: self, started: now });
                }
                Admission::NotBefore(time) => Some(time),
                Admission::WhenOneEnds => None,
            };
            if deadline.is_some_and(|deadline| now >= deadline) {
                return None;
            }
            state = match [time, deadline].into_iter().flatten().min() {
                Some(time) => {
                    let wait = time.saturating_duration_since(now);
                    self.changed.wait_timeout(state, wait).expect(NO_PANIC).0
                }
                None => self.changed.wait(state).expect(NO_PANIC),
            };
        }
    }

    /// A permit for one more request, if it may be sent now; else when to try again.
    ///
    /// # Errors
    /// That time.
    pub fn try_acquire(&self) -> Result<Permit<'_>, Instant> {
        /// How soon another request may have ended.
        const SOON: Duration = Duration::from_millis(50);
        let now = Instant::now();
        let mut state = self.lock();
        match state.may_start(now) {
            Admission::Now => {
                state.in_flight += 1;
                Ok(Permit { limiter: self, started: now })
            }
            Admission::NotBefore(time) => Err(time),
            Admission::WhenOneEnds => Err(now + SOON),
        }
    }

    fn lock(&self) -> MutexGuard<'_, LimiterState> {
        self.state.lock().expect(NO_PANIC)
    }
}

/// Why a lock is never poisoned.
const NO_PANIC: &str = "nothing panics while it holds the limiter's lock";

impl Permit<'_> {
    /// The service took the request.
    pub fn succeeded(self) {
        self.limiter.lock().recover();
    }

    /// The service is throttling, and may have said for how long. Returns the pause, where it is a longer one than before.
    pub fn throttled(self, retry_after: Option<Duration>) -> Option<Duration> {
        self.limiter.lock().slow_down(self.started, Instant::now(), retry_after, fastrand::f64())
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.limiter.lock().in_flight -= 1;
        self.limiter.changed.notify_all();
    }
}

/// How many requests may be in flight, and from when on. Its clock and its jitter are passed in.
#[derive(Debug)]
struct LimiterState {
    max: f64,
    /// Whole requests count; the fraction is what has been earned towards the next one.
    limit: f64,
    in_flight: usize,
    not_before: Option<Instant>,
    slowed_down: Option<Instant>,
    throttled_since: Option<Instant>,
    /// Whether that was reported.
    reported: bool,
    /// Whether the service has accepted a request yet.
    accepted_any: bool,
}

#[derive(Debug, PartialEq, Eq)]
enum Admission {
    Now,
    NotBefore(Instant),
    WhenOneEnds,
}

impl LimiterState {
    fn new(max: usize) -> Self {
        let max = max.max(1) as f64;
        LimiterState {
            max,
            limit: max,
            in_flight: 0,
            not_before: None,
            slowed_down: None,
            throttled_since: None,
            reported: false,
            accepted_any: false,
        }
    }

    fn may_start(&self, now: Instant) -> Admission {
        match self.not_before {
            Some(time) if time > now => Admission::NotBefore(time),
            _ if self.in_flight as f64 + 1.0 <= self.limit => Admission::Now,
            _ => Admission::WhenOneEnds,
        }
    }

    /// After as many responses as the limit, it grows by one.
    fn recover(&mut self) {
        self.throttled_since = None;
        self.reported = false;
        self.accepted_any = true;
        self.limit = (self.limit + 1.0 / self.limit).min(self.max);
    }

    /// Requests that were in flight when it slowed down say nothing new, unless they say for how long.
    fn slow_down(
        &mut self,
        started: Instant,
        now: Instant,
        retry_after: Option<Duration>,
        jitter: f64,
    ) -> Option<Duration> {
        let is_new = self.slowed_down.is_none_or(|time| started >= time);
        let pause = match retry_after {
            Some(requested) => requested.max(MIN_PAUSE).mul_f64(1.0 + JITTER * jitter).min(MAX_THROTTLE),
            None if is_new => {
                self.limit = (self.limit / 2.0).max(1.0);
                PAUSE.mul_f64(0.5 + jitter)
            }
            None => return None,
        };
        self.throttled_since.get_or_insert(now);
        self.slowed_down = Some(now);
        let until = Some(now + pause);
        if self.not_before >= until {
            return None;
        }
        self.not_before = until;
        is_new.then_some(pause)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn as_many_requests_start_as_the_limit_allows() {
        let mut state = LimiterState::new(2);
        let now = Instant::now();
        for _ in 0..2 {
            assert_eq!(state.may_start(now), Admission::Now);
            state.in_flight += 1;
        }
        assert_eq!(state.may_start(now), Admission::WhenOneEnds);
    }

    #[test]
    fn the_time_that_a_service_asks_for_is_kept_by_all() {
        let now = Instant::now();
        let mut state = LimiterState::new(8);
        state.slow_down(now, now, Some(10 * SECOND), 0.5);
        assert_eq!(
            state.may_start(now + 10 * SECOND),
            Admission::NotBefore(now + Duration::from_millis(10_500))
        );
        assert_eq!(state.may_start(now + 11 * SECOND), Admission::Now);
        assert!((state.limit - 8.0).abs() < f64::EPSILON);
    }

    #[test]
    fn the_longest_time_asked_for_counts_and_none_at_all_is_a_short_one() {
        let now = Instant::now();
        let mut state = LimiterState::new(8);
        state.slow_down(now, now, Some(Duration::ZERO), 0.0);
        assert_eq!(state.may_start(now), Admission::NotBefore(now + MIN_PAUSE));
        state.slow_down(now, now, Some(10 * SECOND), 0.0);
        state.slow_down(now, now, Some(SECOND), 0.0);
        assert_eq!(state.may_start(now), Admission::NotBefore(now + 10 * SECOND));
    }

    #[test]
    fn otherwise_the_limit_is_halved_once_for_all_requests_in_flight_and_recovers() {
        let now = Instant::now();
        let mut state = LimiterState::new(8);
        for _ in 0..5 {
            state.slow_down(now, now + SECOND, None, 0.5);
        }
        assert!((state.limit - 4.0).abs() < f64::EPSILON);
        assert_eq!(state.may_start(now + SECOND), Admission::NotBefore(now + 2 * SECOND));
        state.slow_down(now + 3 * SECOND, now + 4 * SECOND, None, 0.5);
        assert!((state.limit - 2.0).abs() < f64::EPSILON);
        for _ in 0..100 {
            state.recover();
        }
        assert!((state.limit - 8.0).abs() < f64::EPSILON);
    }

    #[test]
    fn one_request_is_always_allowed() {
        let mut now = Instant::now();
        let mut state = LimiterState::new(1);
        for _ in 0..10 {
            state.slow_down(now, now, None, 0.0);
            now += 2 * SECOND;
        }
        assert_eq!(state.may_start(now), Admission::Now);
    }
}
