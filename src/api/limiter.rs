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

/// Where the number may grow, this part of it is tried at a time beyond what the service has taken.
const STEP: f64 = 0.25;
/// The number at which the service throttled is not tried again so soon.
const QUIET: Duration = Duration::from_secs(60);
/// A service that throttles at less than what was too much, more often than this, does so for another reason.
const MAX_MISSES: usize = 3;

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
    start: Start,
}

impl Limiter {
    /// A limiter for this many requests at a time.
    pub fn new(max: usize) -> Self {
        Limiter { state: Mutex::new(LimiterState::new(max, max)), changed: Condvar::new() }
    }

    /// The same for a job that is the only one: to its requests, though they may be several, a 503 says that the service
    /// is out of order.
    pub fn for_one_job(max: usize) -> Self {
        let state = LimiterState { is_one_job: true, ..LimiterState::new(max, max) };
        Limiter { state: Mutex::new(state), changed: Condvar::new() }
    }

    /// A limiter that starts with as many as `first` at a time and lets them grow to `max` while the service does not
    /// throttle.
    pub fn growing(first: usize, max: usize) -> Self {
        Limiter { state: Mutex::new(LimiterState::new(first, max)), changed: Condvar::new() }
    }

    /// Whether a service that refuses a request may mean that there are too many: there are others, in flight now or
    /// accepted before.
    pub fn has_siblings(&self) -> bool {
        let state = self.lock();
        !state.is_one_job && state.max > 1.0 && (state.in_flight > 1 || state.accepted_any)
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
            let admission = state.may_start(now);
            if admission == Admission::Now {
                let start = state.start(now);
                if state.may_start(now) == Admission::Now {
                    // One that ends wakes one: who finds room for another wakes that.
                    self.changed.notify_one();
                }
                return Some(Permit { limiter: self, start });
            }
            if deadline.is_some_and(|deadline| now >= deadline) {
                // It may have been woken in another's place.
                self.changed.notify_one();
                return None;
            }
            let time = if let Admission::NotBefore(time) = admission { Some(time) } else { None };
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
            Admission::Now => Ok(Permit { limiter: self, start: state.start(now) }),
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
        self.limiter.lock().recover(self.start, Instant::now());
    }

    /// The service is throttling, and may have said for how long. Returns the pause, where it is a longer one than before.
    pub fn throttled(self, retry_after: Option<Duration>) -> Option<Duration> {
        self.limiter.lock().slow_down(self.start, Instant::now(), retry_after, fastrand::f64())
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.limiter.lock().end(self.start);
        self.limiter.changed.notify_one();
    }
}

/// How a request began.
#[derive(Clone, Copy, Debug)]
struct Start {
    at: Instant,
    /// How many were in flight then, itself included.
    level: usize,
    /// Whether those are more than the service is known to take.
    is_probe: bool,
}

/// How many requests may be in flight, and from when on. Its clock and its jitter are passed in.
#[derive(Debug)]
struct LimiterState {
    /// What there may be from the start, and after throttling again.
    first: f64,
    max: f64,
    /// Whole requests count; the fraction is what has been earned towards the next one.
    limit: f64,
    /// Where it may grow and the service throttled, it is one less than there were.
    ceiling: Option<f64>,
    /// How often it throttled all the same.
    misses: usize,
    /// So many may be started beyond the limit, to find out whether the service takes them.
    probes: usize,
    /// So many of them are in flight: there are no others before they have ended.
    probing: usize,
    in_flight: usize,
    not_before: Option<Instant>,
    slowed_down: Option<Instant>,
    throttled_since: Option<Instant>,
    /// Whether that was reported.
    reported: bool,
    /// Whether the service has accepted a request yet.
    accepted_any: bool,
    is_one_job: bool,
}

#[derive(Debug, PartialEq, Eq)]
enum Admission {
    Now,
    NotBefore(Instant),
    WhenOneEnds,
}

impl LimiterState {
    fn new(first: usize, max: usize) -> Self {
        let first = first.max(1) as f64;
        LimiterState {
            first,
            max: first.max(max as f64),
            limit: first,
            ceiling: None,
            misses: 0,
            probes: 0,
            probing: 0,
            in_flight: 0,
            not_before: None,
            slowed_down: None,
            throttled_since: None,
            reported: false,
            accepted_any: false,
            is_one_job: false,
        }
    }

    fn may_start(&self, now: Instant) -> Admission {
        match self.not_before {
            Some(time) if time > now => Admission::NotBefore(time),
            _ if self.is_within_limit() || self.probes > 0 => Admission::Now,
            _ => Admission::WhenOneEnds,
        }
    }

    fn is_within_limit(&self) -> bool {
        self.in_flight as f64 + 1.0 <= self.limit
    }

    /// Begins a request that [may](Self::may_start).
    fn start(&mut self, now: Instant) -> Start {
        let is_probe = !self.is_within_limit();
        if is_probe {
            self.probes -= 1;
            self.probing += 1;
        }
        self.in_flight += 1;
        Start { at: now, level: self.in_flight, is_probe }
    }

    fn end(&mut self, start: Start) {
        self.in_flight -= 1;
        self.probing -= usize::from(start.is_probe);
    }

    /// The service took a request. Below the first limit, the limit grows by one after as many as it is; beyond that, to
    /// what a probe has shown.
    fn recover(&mut self, start: Start, now: Instant) {
        self.throttled_since = None;
        self.reported = false;
        self.accepted_any = true;
        let top = self.top(now);
        if self.limit < self.first.min(top) {
            self.limit = (self.limit + 1.0 / self.limit).min(self.first).min(top);
            return;
        }
        if start.is_probe && !self.is_old(start) {
            self.limit = self.limit.max(start.level as f64).min(top);
        }
        if self.probes == 0 && self.probing == usize::from(start.is_probe) {
            let step = (self.limit * STEP).max(1.0).min(top - self.limit);
            self.probes = step as usize;
        }
    }

    /// The most there may be at present.
    fn top(&mut self, now: Instant) -> f64 {
        if self.slowed_down.is_some_and(|time| now.saturating_duration_since(time) >= QUIET) {
            self.ceiling = None;
            self.misses = 0;
        }
        self.ceiling.unwrap_or(self.max)
    }

    /// Whether it was in flight when the limiter slowed down.
    fn is_old(&self, start: Start) -> bool {
        self.slowed_down.is_some_and(|time| start.at < time)
    }

    /// Requests that were in flight when it slowed down say nothing new, unless they say for how long.
    fn slow_down(
        &mut self,
        start: Start,
        now: Instant,
        retry_after: Option<Duration>,
        jitter: f64,
    ) -> Option<Duration> {
        let is_new = !self.is_old(start);
        self.shrink(start, is_new, retry_after.is_some());
        let pause = match retry_after {
            Some(requested) => requested.max(MIN_PAUSE).mul_f64(1.0 + JITTER * jitter).min(MAX_THROTTLE),
            None if is_new => PAUSE.mul_f64(0.5 + jitter),
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

    /// What the service threw back was too much: one less is tried then. A number that the user chose is only halved, and
    /// stays where the service says how long to wait.
    fn shrink(&mut self, start: Start, is_new: bool, says_how_long: bool) {
        self.probes = 0;
        let (level, is_chosen) = (start.level as f64, self.max <= self.first);
        if is_new && self.ceiling.is_some_and(|ceiling| level <= ceiling) {
            self.misses += 1;
        }
        // Throttled again and again at less than what was too much, the number is not why.
        let number_matters = !is_chosen && level > 1.0 && self.misses <= MAX_MISSES;
        if number_matters || level > self.first {
            let least = if level > self.first { self.first } else { 1.0 };
            let ceiling = (level - 1.0).min(self.ceiling.unwrap_or(self.max)).max(least);
            self.ceiling = Some(ceiling);
            self.limit = self.limit.min(self.first).min(ceiling);
        } else if is_new && !(is_chosen && says_how_long) {
            self.ceiling = (!is_chosen).then_some(self.first);
            self.limit = (self.limit.min(self.first) / 2.0).max(1.0);
        }
    }
}

#[cfg(test)]
mod tests;
