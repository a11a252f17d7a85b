//! Tests of the limiter: its state, whose clock is simulated, and a few of its threads.

use super::*;

const SECOND: Duration = Duration::from_secs(1);

/// A request that began then, one of few.
fn began(at: Instant) -> Start {
    Start { at, level: 1, is_probe: false }
}

#[test]
fn as_many_requests_start_as_the_limit_allows() {
    let mut state = LimiterState::new(2, 2);
    let now = Instant::now();
    for _ in 0..2 {
        assert_eq!(state.may_start(now), Admission::Now);
        state.start(now);
    }
    assert_eq!(state.may_start(now), Admission::WhenOneEnds);
}

#[test]
fn the_time_that_a_service_asks_for_is_kept_by_all() {
    let now = Instant::now();
    let mut state = LimiterState::new(8, 8);
    state.slow_down(began(now), now, Some(10 * SECOND), 0.5);
    assert_eq!(state.may_start(now + 10 * SECOND), Admission::NotBefore(now + Duration::from_millis(10_500)));
    assert_eq!(state.may_start(now + 11 * SECOND), Admission::Now);
    assert!((state.limit - 8.0).abs() < f64::EPSILON);
}

#[test]
fn the_longest_time_asked_for_counts_and_none_at_all_is_a_short_one() {
    let now = Instant::now();
    let mut state = LimiterState::new(8, 8);
    state.slow_down(began(now), now, Some(Duration::ZERO), 0.0);
    assert_eq!(state.may_start(now), Admission::NotBefore(now + MIN_PAUSE));
    state.slow_down(began(now), now, Some(10 * SECOND), 0.0);
    state.slow_down(began(now), now, Some(SECOND), 0.0);
    assert_eq!(state.may_start(now), Admission::NotBefore(now + 10 * SECOND));
}

#[test]
fn otherwise_the_limit_is_halved_once_for_all_requests_in_flight_and_recovers() {
    let now = Instant::now();
    let mut state = LimiterState::new(8, 8);
    for _ in 0..5 {
        state.slow_down(began(now), now + SECOND, None, 0.5);
    }
    assert!((state.limit - 4.0).abs() < f64::EPSILON);
    assert_eq!(state.may_start(now + SECOND), Admission::NotBefore(now + 2 * SECOND));
    state.slow_down(began(now + 3 * SECOND), now + 4 * SECOND, None, 0.5);
    assert!((state.limit - 2.0).abs() < f64::EPSILON);
    for _ in 0..100 {
        state.recover(began(now), now);
    }
    assert!((state.limit - 8.0).abs() < f64::EPSILON);
}

#[test]
fn one_request_is_always_allowed() {
    let mut now = Instant::now();
    let mut state = LimiterState::new(1, 1);
    for _ in 0..10 {
        state.slow_down(began(now), now, None, 0.0);
        now += 2 * SECOND;
    }
    assert_eq!(state.may_start(now), Admission::Now);
}

/// A service that takes so many requests at a time, and what becomes of requests to it: the time is simulated.
struct Service {
    takes: usize,
    latency: Duration,
    /// How long it takes to throttle.
    throttles_in: Duration,
    retry_after: Option<Duration>,
}

/// How a walk of so many requests went.
#[derive(Debug, Default)]
struct Walked {
    took: Duration,
    sent: usize,
    throttled: usize,
    /// The same for those that were sent after the first second.
    later: usize,
    later_throttled: usize,
    most_in_flight: usize,
}

impl Service {
    fn walk(&self, mut state: LimiterState, requests: usize) -> Walked {
        let begun = Instant::now();
        let (mut now, mut walked) = (begun, Walked::default());
        // When each ends, how it began, and whether it is throttled.
        let mut in_flight: Vec<(Instant, Start, bool)> = Vec::new();
        let mut left = requests;
        loop {
            while in_flight.len() < left && state.may_start(now) == Admission::Now {
                let start = state.start(now);
                let is_throttled =
                    in_flight.iter().filter(|(_, _, throttled)| !throttled).count() >= self.takes;
                let takes = if is_throttled { self.throttles_in } else { self.latency };
                // No two responses come at the same moment.
                let ends = now + takes + Duration::from_micros(fastrand::u64(0..2_000));
                in_flight.push((ends, start, is_throttled));
                walked.sent += 1;
                walked.throttled += usize::from(is_throttled);
                if now > begun + SECOND {
                    walked.later += 1;
                    walked.later_throttled += usize::from(is_throttled);
                }
                walked.most_in_flight = walked.most_in_flight.max(in_flight.len());
            }
            if left == 0 {
                walked.took = now - begun;
                return walked;
            }
            let next =
                in_flight.iter().map(|(ends, ..)| *ends).chain(state.not_before.filter(|time| *time > now));
            now = next.min().expect("a request is in flight, or there is a pause");
            let Some(place) = in_flight.iter().position(|(ends, ..)| *ends <= now) else { continue };
            let (_, start, is_throttled) = in_flight.swap_remove(place);
            if is_throttled {
                state.slow_down(start, now, self.retry_after, 0.5);
            } else {
                state.recover(start, now);
                left -= 1;
            }
            state.end(start);
        }
    }
}

const LATENCY: Duration = Duration::from_millis(700);

#[test]
fn where_the_service_does_not_throttle_the_number_grows_to_its_most_and_a_large_tree_takes_less_than_a_minute()
 {
    let service = Service { takes: 1_000, latency: LATENCY, throttles_in: LATENCY, retry_after: None };
    let walked = service.walk(LimiterState::new(8, 32), 2_000);
    assert_eq!((walked.sent, walked.most_in_flight), (2_000, 32));
    assert!(walked.took < 52 * SECOND, "{walked:?}");
}

#[test]
fn few_requests_are_throttled_and_the_number_that_was_too_much_is_not_tried_again_soon() {
    for takes in [2, 5, 6, 8, 9, 10, 12, 20, 31] {
        for latency in [5, 100, 700].map(Duration::from_millis) {
            for throttles_in in [Duration::from_millis(1), latency] {
                for retry_after in [None, Some(SECOND)] {
                    let service = Service { takes, latency, throttles_in, retry_after };
                    let walked = service.walk(LimiterState::new(8, 32), 1_000);
                    let case =
                        format!("{takes} at {latency:?}, {throttles_in:?}, {retry_after:?}: {walked:?}");
                    assert!(walked.later_throttled * 20 <= walked.later, "{case}");
                    assert!(walked.throttled <= 20, "{case}");
                    assert!(walked.most_in_flight <= 10.max(takes + takes / 4 + 2), "{case}");
                }
            }
        }
    }
}

#[test]
fn a_service_that_throttles_at_random_is_not_asked_one_by_one() {
    let mut now = Instant::now();
    let mut state = LimiterState::new(8, 32);
    for level in [5, 2, 4, 1, 3, 2, 1, 4] {
        state.slow_down(Start { at: now, level, is_probe: false }, now, Some(SECOND), 0.0);
        now += 2 * SECOND;
        for _ in 0..100 {
            state.recover(began(now), now);
        }
    }
    assert!((state.limit - 8.0).abs() < f64::EPSILON, "{state:?}");
}

#[test]
fn a_number_that_was_chosen_is_kept() {
    let service = Service { takes: 1_000, latency: LATENCY, throttles_in: LATENCY, retry_after: None };
    let walked = service.walk(LimiterState::new(3, 3), 30);
    assert_eq!((walked.most_in_flight, walked.sent), (3, 30));
}

#[test]
fn what_was_too_much_is_tried_again_after_a_minute() {
    let now = Instant::now();
    let mut state = LimiterState::new(8, 32);
    state.slow_down(Start { at: now, level: 11, is_probe: true }, now, None, 0.5);
    assert!((state.top(now + 59 * SECOND) - 10.0).abs() < f64::EPSILON);
    assert!((state.top(now + 60 * SECOND) - 32.0).abs() < f64::EPSILON);
}

#[test]
fn there_are_no_more_probes_until_it_is_known_how_the_last_ones_ended() {
    let now = Instant::now();
    let mut state = LimiterState::new(8, 32);
    let first: Vec<Start> = (0..8).map(|_| state.start(now)).collect();
    assert_eq!(state.may_start(now), Admission::WhenOneEnds, "nothing is known of the service yet");
    state.recover(first[0], now);
    state.end(first[0]);
    let further: Vec<Start> =
        std::iter::from_fn(|| (state.may_start(now) == Admission::Now).then(|| state.start(now))).collect();
    assert_eq!(further.iter().filter(|start| start.is_probe).count(), 2);
    assert_eq!(state.in_flight, 10);
    for start in &first[1..4] {
        state.recover(*start, now);
        state.end(*start);
    }
    assert_eq!(state.may_start(now), Admission::Now, "within the limit");
    state.start(now);
    assert_eq!(state.may_start(now), Admission::WhenOneEnds, "the probes are under way");
}

#[test]
fn a_lone_job_has_no_siblings_however_many_requests_it_has() {
    let limiter = Limiter::for_one_job(8);
    let permits = (limiter.acquire(None), limiter.acquire(None));
    assert!(!limiter.has_siblings());
    drop(permits);
    assert!(Limiter::new(8).try_acquire().is_ok());
}

#[test]
fn one_that_ends_lets_another_thread_begin_be_the_limit_one_or_growing() {
    for limiter in [Limiter::new(1), Limiter::growing(2, 16)] {
        let done = std::sync::atomic::AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..16 {
                scope.spawn(|| {
                    for _ in 0..20 {
                        limiter.acquire(None).unwrap().succeeded();
                        done.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                    }
                });
            }
        });
        assert_eq!(done.into_inner(), 320);
    }
}
