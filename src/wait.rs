//! When to ask next, and until when. Its clock and its chance are passed in.

use std::time::{Duration, Instant};

/// The first question, and the shortest pause between two.
const SHORTEST_PAUSE: Duration = Duration::from_millis(250);
/// The longest pause between two questions, unless the service asks for a longer one.
const LONGEST_PAUSE: Duration = Duration::from_secs(15);
/// A pause is this part of the time waited so far, so that a fork is noticed within as much of its length.
const PART_OF_TIME_WAITED: f64 = 0.15;
/// A pause is made this much shorter or longer at random, so that many waits do not ask in step.
const SPREAD: f64 = 0.10;
/// So many unreadable answers in a row end a wait.
const MOST_UNREADABLE: u32 = 10;

/// How long to pause after `waited`; `chance` is from -1 to 1.
fn pause(waited: Duration, chance: f64) -> Duration {
    let planned = waited.mul_f64(PART_OF_TIME_WAITED).clamp(SHORTEST_PAUSE, LONGEST_PAUSE);
    planned.mul_f64(1.0 + SPREAD * chance.clamp(-1.0, 1.0)).clamp(SHORTEST_PAUSE, LONGEST_PAUSE)
}

/// What the last question brought, when it did not end the wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// An answer: not finished.
    Pending,
    /// No answer, or one that passes; the service may have said when to come back.
    Passing(Option<Duration>),
    /// An answer that cannot be read.
    Unreadable,
}

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Ask at this time.
    Ask(Instant),
    /// Ask no more; the time is up then.
    GiveUp(Instant),
}

/// One wait for one operation.
#[derive(Clone, Debug)]
pub struct Wait {
    started: Instant,
    deadline: Option<Instant>,
    unreadable: u32,
}

impl Wait {
    /// A wait that starts `now` and ends after `timeout`; none is for ever.
    pub fn new(now: Instant, timeout: Option<Duration>) -> Self {
        // A time too far off for the clock to hold is for ever as well.
        let deadline = timeout.and_then(|timeout| now.checked_add(timeout));
        Wait { started: now, deadline, unreadable: 0 }
    }

    /// When to ask first about a fork that was accepted just now.
    pub fn first(&self) -> Instant {
        let first = self.started + SHORTEST_PAUSE;
        self.deadline.map_or(first, |deadline| deadline.min(first))
    }

    /// How long the wait has lasted.
    fn waited(&self, now: Instant) -> Duration {
        now.saturating_duration_since(self.started)
    }

    /// What is left of the time, when it is bounded.
    pub fn left(&self, now: Instant) -> Option<Duration> {
        self.deadline.map(|deadline| deadline.saturating_duration_since(now))
    }

    /// Counts an answer that cannot be read. False where it is one too many in a row, and the wait makes no sense.
    pub fn bears_another_unreadable(&mut self) -> bool {
        self.unreadable += 1;
        self.unreadable < MOST_UNREADABLE
    }

    /// What to do after a question that ended `now`; `chance` is from -1 to 1.
    ///
    /// The last question is asked when the time is up, unless the service asked to be left alone for longer.
    pub fn next(&mut self, now: Instant, seen: Seen, chance: f64) -> Next {
        if seen != Seen::Unreadable {
            self.unreadable = 0;
        }
        let planned = now + pause(self.waited(now), chance);
        let allowed = match seen {
            Seen::Passing(Some(retry_after)) => now + retry_after,
            _ => now,
        };
        match self.deadline {
            Some(deadline) if now >= deadline => Next::GiveUp(now),
            Some(deadline) if allowed > deadline => Next::GiveUp(deadline),
            Some(deadline) => Next::Ask(planned.max(allowed).min(deadline)),
            None => Next::Ask(planned.max(allowed)),
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
        assert_eq!(pause(Duration::ZERO, -1.0), SHORTEST_PAUSE);
        assert_eq!(pause(1_000 * SECOND, 1.0), LONGEST_PAUSE);
    }

    #[test]
    fn a_fork_is_noticed_within_about_15_percent_of_its_length() {
        for length in [2, 5, 17, 60, 99].map(Duration::from_secs) {
            let start = Instant::now();
            let mut wait = Wait::new(start, None);
            let mut asked = wait.first();
            while asked < start + length {
                let Next::Ask(next) = wait.next(asked, Seen::Pending, 0.9) else { panic!("it ended") };
                asked = next;
            }
            let late = asked - (start + length);
            assert!(late <= length.mul_f64(0.17), "{late:?} after a fork of {length:?}");
        }
    }

    #[test]
    fn the_first_question_comes_after_250_ms_or_when_the_time_is_up() {
        let now = Instant::now();
        assert_eq!(Wait::new(now, None).first(), now + SHORTEST_PAUSE);
        let soon = Duration::from_millis(100);
        assert_eq!(Wait::new(now, Some(soon)).first(), now + soon);
    }

    #[test]
    fn the_last_question_comes_when_the_time_is_up() {
        let start = Instant::now();
        let mut wait = Wait::new(start, Some(10 * SECOND));
        let late = start + Duration::from_millis(9_900);
        assert_eq!(wait.next(late, Seen::Pending, 0.0), Next::Ask(start + 10 * SECOND));
        let up = start + 10 * SECOND;
        assert_eq!(wait.next(up, Seen::Pending, 0.0), Next::GiveUp(up));
    }

    #[test]
    fn a_service_that_asks_for_time_gets_it() {
        let start = Instant::now();
        let mut wait = Wait::new(start, Some(60 * SECOND));
        assert_eq!(wait.next(start, Seen::Passing(Some(30 * SECOND)), 0.0), Next::Ask(start + 30 * SECOND));
        assert_eq!(
            wait.next(start, Seen::Passing(Some(90 * SECOND)), 0.0),
            Next::GiveUp(start + 60 * SECOND)
        );
    }

    #[test]
    fn ten_unreadable_answers_in_a_row_end_it_and_nine_do_not() {
        let now = Instant::now();
        let mut wait = Wait::new(now, None);
        for other in [Seen::Pending, Seen::Passing(None)] {
            for _ in 0..9 {
                assert!(wait.bears_another_unreadable());
                wait.next(now, Seen::Unreadable, 0.0);
            }
            wait.next(now, other, 0.0);
        }
        assert!((0..9).all(|_| wait.bears_another_unreadable()));
        assert!(!wait.bears_another_unreadable());
    }

    #[test]
    fn a_timeout_beyond_the_clock_is_for_ever() {
        let wait = Wait::new(Instant::now(), Some(Duration::MAX));
        assert_eq!(wait.left(Instant::now()), None);
    }
}
