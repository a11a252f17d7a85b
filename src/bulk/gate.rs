//! One gate for all workers: when the service throttles one of them, all slow down.

use std::fmt;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::api::{LONGEST_THROTTLE, Observer};

/// The pause after throttling that does not say for how long, give or take half of it.
const PAUSE: Duration = Duration::from_secs(1);
/// A service that asks for less, such as none at all, gets this much.
const SHORTEST_PAUSE: Duration = Duration::from_millis(250);
/// What a service asks for is lengthened by up to this part of it, so that not everybody comes back at once.
const JITTER: f64 = 0.1;

/// Lets so many requests through at a time.
pub struct Gate {
    pace: Mutex<Pace>,
    changed: Condvar,
    observer: Option<Arc<dyn Observer>>,
}

impl fmt::Debug for Gate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Gate").field("pace", &self.pace).finish_non_exhaustive()
    }
}

/// A request on its way. Dropped, it ends without having said anything about the service's load.
#[derive(Debug)]
pub struct Pass<'a> {
    gate: &'a Gate,
    entered: Instant,
}

impl Gate {
    /// A gate for this many requests at a time.
    pub fn new(most: usize) -> Self {
        Gate { pace: Mutex::new(Pace::new(most)), changed: Condvar::new(), observer: None }
    }

    /// The same gate, telling of what keeps everybody waiting.
    #[must_use]
    pub fn telling(self, observer: Arc<dyn Observer>) -> Self {
        Gate { observer: Some(observer), ..self }
    }

    /// Whether a service that turns a request away may mean that there are too many: there are others, on their way now
    /// or answered before.
    pub fn is_crowded(&self) -> bool {
        let pace = self.lock();
        pace.most > 1.0 && (pace.busy > 1 || pace.answered)
    }

    /// Whether it is time to say that the service has long been throttling: once each time.
    pub fn is_throttled_for_long(&self) -> bool {
        const LONG: Duration = Duration::from_secs(10);
        let mut pace = self.lock();
        let is_long = pace.throttled_since.is_some_and(|since| since.elapsed() > LONG);
        is_long && !std::mem::replace(&mut pace.told, true)
    }

    /// Since when the service has taken no request, if it is throttling.
    pub fn throttled_since(&self) -> Option<Instant> {
        self.lock().throttled_since
    }

    /// Tells why everybody waits.
    pub fn tell(&self, why: &str) {
        if let Some(observer) = &self.observer {
            observer.waiting(why);
        }
    }

    /// Waits until one more request may be sent.
    pub fn enter(&self) -> Pass<'_> {
        let mut pace = self.lock();
        loop {
            let now = Instant::now();
            pace = match pace.may_enter(now) {
                Entry::Now => {
                    pace.busy += 1;
                    return Pass { gate: self, entered: now };
                }
                Entry::NotBefore(time) => {
                    let wait = time.saturating_duration_since(now);
                    self.changed.wait_timeout(pace, wait).unwrap_or_else(PoisonError::into_inner).0
                }
                Entry::WhenOneLeaves => self.changed.wait(pace).unwrap_or_else(PoisonError::into_inner),
            };
        }
    }

    /// One more request, if it may be sent now; else when to try again.
    ///
    /// # Errors
    /// That time, when the gate is shut.
    pub fn try_enter(&self) -> Result<Pass<'_>, Instant> {
        /// How soon another request may have left.
        const SOON: Duration = Duration::from_millis(50);
        let now = Instant::now();
        let mut pace = self.lock();
        match pace.may_enter(now) {
            Entry::Now => {
                pace.busy += 1;
                Ok(Pass { gate: self, entered: now })
            }
            Entry::NotBefore(time) => Err(time),
            Entry::WhenOneLeaves => Err(now + SOON),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Pace> {
        self.pace.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pass<'_> {
    /// The request was answered.
    pub fn succeeded(self) {
        self.gate.lock().recover();
    }

    /// The service is throttling, and may have said for how long. Returns the pause, where it is a longer one than before.
    pub fn throttled(self, retry_after: Option<Duration>) -> Option<Duration> {
        self.gate.lock().slow_down(self.entered, Instant::now(), retry_after, fastrand::f64())
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        self.gate.lock().busy -= 1;
        self.gate.changed.notify_all();
    }
}

/// How many requests may be on their way, and from when on. Its clock and its chance are passed in.
#[derive(Debug)]
struct Pace {
    most: f64,
    /// Whole requests count; the fraction is the way to the next one.
    allowed: f64,
    busy: usize,
    not_before: Option<Instant>,
    slowed_down: Option<Instant>,
    throttled_since: Option<Instant>,
    /// Whether that was said already.
    told: bool,
    /// Whether the service has answered anything yet.
    answered: bool,
}

#[derive(Debug, PartialEq, Eq)]
enum Entry {
    Now,
    NotBefore(Instant),
    WhenOneLeaves,
}

impl Pace {
    fn new(most: usize) -> Self {
        let most = most.max(1) as f64;
        Pace {
            most,
            allowed: most,
            busy: 0,
            not_before: None,
            slowed_down: None,
            throttled_since: None,
            told: false,
            answered: false,
        }
    }

    fn may_enter(&self, now: Instant) -> Entry {
        match self.not_before {
            Some(time) if time > now => Entry::NotBefore(time),
            _ if self.busy as f64 + 1.0 <= self.allowed => Entry::Now,
            _ => Entry::WhenOneLeaves,
        }
    }

    /// After as many answers as requests are allowed, one more is.
    fn recover(&mut self) {
        self.throttled_since = None;
        self.told = false;
        self.answered = true;
        self.allowed = (self.allowed + 1.0 / self.allowed).min(self.most);
    }

    /// Requests that were on their way when it was slowed down tell nothing new, unless they tell for how long.
    fn slow_down(
        &mut self,
        entered: Instant,
        now: Instant,
        retry_after: Option<Duration>,
        chance: f64,
    ) -> Option<Duration> {
        let is_news = self.slowed_down.is_none_or(|time| entered >= time);
        let pause = match retry_after {
            Some(asked) => asked.max(SHORTEST_PAUSE).mul_f64(1.0 + JITTER * chance).min(LONGEST_THROTTLE),
            None if is_news => {
                self.allowed = (self.allowed / 2.0).max(1.0);
                PAUSE.mul_f64(0.5 + chance)
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
        is_news.then_some(pause)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn as_many_enter_as_are_allowed() {
        let mut pace = Pace::new(2);
        let now = Instant::now();
        for _ in 0..2 {
            assert_eq!(pace.may_enter(now), Entry::Now);
            pace.busy += 1;
        }
        assert_eq!(pace.may_enter(now), Entry::WhenOneLeaves);
    }

    #[test]
    fn the_time_that_a_service_asks_for_is_kept_by_all() {
        let now = Instant::now();
        let mut pace = Pace::new(8);
        pace.slow_down(now, now, Some(10 * SECOND), 0.5);
        assert_eq!(pace.may_enter(now + 10 * SECOND), Entry::NotBefore(now + Duration::from_millis(10_500)));
        assert_eq!(pace.may_enter(now + 11 * SECOND), Entry::Now);
        assert!((pace.allowed - 8.0).abs() < f64::EPSILON);
    }

    #[test]
    fn the_longest_time_asked_for_counts_and_none_at_all_is_a_short_one() {
        let now = Instant::now();
        let mut pace = Pace::new(8);
        pace.slow_down(now, now, Some(Duration::ZERO), 0.0);
        assert_eq!(pace.may_enter(now), Entry::NotBefore(now + SHORTEST_PAUSE));
        pace.slow_down(now, now, Some(10 * SECOND), 0.0);
        pace.slow_down(now, now, Some(SECOND), 0.0);
        assert_eq!(pace.may_enter(now), Entry::NotBefore(now + 10 * SECOND));
    }

    #[test]
    fn otherwise_the_pace_is_halved_once_for_all_that_were_on_their_way_and_recovers() {
        let now = Instant::now();
        let mut pace = Pace::new(8);
        for _ in 0..5 {
            pace.slow_down(now, now + SECOND, None, 0.5);
        }
        assert!((pace.allowed - 4.0).abs() < f64::EPSILON);
        assert_eq!(pace.may_enter(now + SECOND), Entry::NotBefore(now + 2 * SECOND));
        pace.slow_down(now + 3 * SECOND, now + 4 * SECOND, None, 0.5);
        assert!((pace.allowed - 2.0).abs() < f64::EPSILON);
        for _ in 0..100 {
            pace.recover();
        }
        assert!((pace.allowed - 8.0).abs() < f64::EPSILON);
    }

    #[test]
    fn one_request_is_always_allowed() {
        let mut now = Instant::now();
        let mut pace = Pace::new(1);
        for _ in 0..10 {
            pace.slow_down(now, now, None, 0.0);
            now += 2 * SECOND;
        }
        assert_eq!(pace.may_enter(now), Entry::Now);
    }
}
