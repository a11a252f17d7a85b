//! Retries by meaning: what may be sent again, when, and how often. Its clock and its chance are passed in.

use std::time::{Duration, Instant, SystemTime};

use super::failure::{Cause, Failure};

/// A request that fails in passing is sent so many times in all.
const MOST_TRIES: u32 = 4;
/// The longest pause before the second try; it doubles from try to try.
const FIRST_BACKOFF: Duration = Duration::from_millis(500);
/// A service that does nothing but throttle is given up after so long.
pub const LONGEST_THROTTLE: Duration = Duration::from_secs(300);
/// Beyond a day a number of seconds is only hard to calculate with.
const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(24 * 60 * 60);

/// What a request means to the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// It changes nothing, and can be asked again.
    Question,
    /// It changes something, and is repeated only when it certainly was not carried out.
    Change,
}

/// Whether and when to send a request again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    /// After this pause.
    After(Duration),
    /// Once the service takes requests again.
    Throttled,
    /// The service asks for more time than anybody waits.
    TooLong(Duration),
    /// It would make no sense, or harm.
    No,
}

/// The tries of one request so far.
#[derive(Clone, Copy, Debug)]
pub struct Tries {
    meaning: Meaning,
    failed: u32,
}

impl Tries {
    /// None so far.
    pub fn new(meaning: Meaning) -> Self {
        Tries { meaning, failed: 0 }
    }

    /// What to do after a failure; `chance` is from 0 to 1. Since `throttled` the service has taken no request.
    pub fn again(
        &mut self,
        failure: &Failure,
        throttled: Option<Instant>,
        now: Instant,
        chance: f64,
    ) -> Again {
        if failure.cause == Cause::Throttled {
            let left = match throttled {
                Some(since) => LONGEST_THROTTLE.saturating_sub(now.saturating_duration_since(since)),
                None => LONGEST_THROTTLE,
            };
            return match failure.retry_after {
                Some(asked) if asked > left => Again::TooLong(asked),
                _ if left.is_zero() => Again::No,
                _ => Again::Throttled,
            };
        }
        self.failed += 1;
        let is_safe = self.meaning == Meaning::Question || !failure.may_have_been_carried_out();
        let may_be_repeated = failure.passes() && is_safe;
        if may_be_repeated && self.failed < MOST_TRIES {
            Again::After(backoff(self.failed, chance))
        } else {
            Again::No
        }
    }
}

/// The pause after so many failed tries: anything from nothing to a bound that doubles; `chance` is from 0 to 1.
fn backoff(failed: u32, chance: f64) -> Duration {
    (FIRST_BACKOFF * 2_u32.saturating_pow(failed.saturating_sub(1))).mul_f64(chance.clamp(0.0, 1.0))
}

/// Reads `Retry-After`: a number of seconds, or an HTTP date that is compared with `now`.
///
/// What is neither counts as absent; a date that has passed is no time at all. Bounded by a day.
pub fn retry_after(value: &str, now: SystemTime) -> Option<Duration> {
    let value = value.trim();
    let wait = if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // A number too large to hold is certainly above the bound.
        value.parse().map_or(LONGEST_RETRY_AFTER, Duration::from_secs)
    } else {
        let date = httpdate::parse_http_date(value).ok()?;
        date.duration_since(now).unwrap_or_default()
    };
    Some(wait.min(LONGEST_RETRY_AFTER))
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;
    use crate::error::Kind;

    fn read(value: &str) -> Option<u64> {
        // 784887120 is Tue, 15 Nov 1994 08:12:00 GMT.
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_887_120);
        retry_after(value, now).map(|wait| wait.as_secs())
    }

    #[test]
    fn seconds_are_read() {
        assert_eq!(read("0"), Some(0));
        assert_eq!(read(" 120 "), Some(120));
    }

    #[test]
    fn a_date_is_compared_with_the_clock() {
        assert_eq!(read("Tue, 15 Nov 1994 08:12:31 GMT"), Some(31));
        assert_eq!(read("Tue, 15 Nov 1994 08:11:31 GMT"), Some(0));
    }

    #[test]
    fn too_long_is_bounded() {
        assert_eq!(read("99999"), Some(86_400));
        assert_eq!(read("99999999999999999999999999"), Some(86_400));
        assert_eq!(read("Fri, 31 Dec 9999 23:59:59 GMT"), Some(86_400));
    }

    #[test]
    fn nonsense_counts_as_absent() {
        for value in ["", "-1", "1.5", "soon", "1e3", "Tue, 99 Nov 1994"] {
            assert_eq!(read(value), None, "{value:?}");
        }
    }

    /// From long before the epoch to long after the last date that HTTP can tell.
    fn clock() -> impl Strategy<Value = SystemTime> {
        let most = 300_000_000_000_u64;
        (0..2 * most).prop_map(move |seconds| {
            let start = SystemTime::UNIX_EPOCH.checked_sub(Duration::from_secs(most));
            start
                .and_then(|start| start.checked_add(Duration::from_secs(seconds)))
                .unwrap_or(SystemTime::UNIX_EPOCH)
        })
    }

    /// Anything, and what looks like a date.
    fn value() -> impl Strategy<Value = String> {
        let date =
            "(Sun|Mon|Sunday), [0-3][0-9][ -](Jan|Feb|Dec)[ -][0-9]{2,4} [0-2][0-9](:[0-6][0-9]){2} GMT";
        prop_oneof![date, "[ 0-9+-.]{0,30}", vec(any::<char>(), 0..30).prop_map(String::from_iter)]
    }

    proptest! {
        #[test]
        fn any_value_at_any_time_asks_for_a_day_at_most_or_for_nothing(value in value(), now in clock()) {
            prop_assert!(retry_after(&value, now).is_none_or(|wait| wait <= LONGEST_RETRY_AFTER));
        }

        #[test]
        fn a_number_is_so_many_seconds_whatever_the_time(
            number in prop_oneof![0..=90_000_u64, any::<u64>()], zeros in "0{0,30}", now in clock(),
        ) {
            let expected = Duration::from_secs(number).min(LONGEST_RETRY_AFTER);
            prop_assert_eq!(retry_after(&format!(" {zeros}{number} "), now), Some(expected));
        }

        #[test]
        fn a_date_is_as_far_away_as_the_clock_says(
            now in 0..250_000_000_000_u64, away in -90_000_i64..=86_400,
        ) {
            let date = now.saturating_add_signed(away);
            let at = |seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
            let expected = Duration::from_secs(date.saturating_sub(now));
            prop_assert_eq!(retry_after(&httpdate::fmt_http_date(at(date)), at(now)), Some(expected));
        }
    }

    fn failure(cause: Cause, retry_after: Option<u64>) -> Failure {
        Failure {
            cause,
            message: String::new(),
            hint: None,
            request: String::new(),
            status: None,
            retry_after: retry_after.map(Duration::from_secs),
        }
    }

    /// How many times a request is sent to a service that only ever fails like this.
    fn sent(meaning: Meaning, cause: Cause) -> u32 {
        let (mut tries, now) = (Tries::new(meaning), Instant::now());
        let mut sent = 1;
        while tries.again(&failure(cause, None), None, now, 0.5) != Again::No {
            sent += 1;
        }
        sent
    }

    #[test]
    fn a_question_is_asked_four_times_where_the_failure_may_pass() {
        for cause in [Cause::NotSent, Cause::Lost, Cause::ServerError(Kind::Network)] {
            assert_eq!(sent(Meaning::Question, cause), 4, "{cause:?}");
        }
        for cause in [Cause::Barred, Cause::Unreadable, Cause::Refused(Kind::NotFound)] {
            assert_eq!(sent(Meaning::Question, cause), 1, "{cause:?}");
        }
    }

    #[test]
    fn a_change_is_sent_again_only_when_it_never_left() {
        assert_eq!(sent(Meaning::Change, Cause::NotSent), 4);
        for cause in
            [Cause::Lost, Cause::ServerError(Kind::Network), Cause::Unreadable, Cause::Refused(Kind::Api)]
        {
            assert_eq!(sent(Meaning::Change, cause), 1, "{cause:?}");
        }
    }

    #[test]
    fn throttling_is_waited_out_for_five_minutes_and_is_no_failed_try() {
        for meaning in [Meaning::Question, Meaning::Change] {
            let (mut tries, start) = (Tries::new(meaning), Instant::now());
            let mut after = |seconds, asked| {
                let now = start + Duration::from_secs(seconds);
                tries.again(&failure(Cause::Throttled, asked), Some(start), now, 0.5)
            };
            assert_eq!(after(0, Some(300)), Again::Throttled);
            assert_eq!(after(0, Some(301)), Again::TooLong(Duration::from_secs(301)));
            for seconds in 1..300 {
                assert_eq!(after(seconds, None), Again::Throttled);
            }
            assert_eq!(after(299, Some(2)), Again::TooLong(Duration::from_secs(2)));
            assert_eq!(after(300, None), Again::No);
        }
    }

    #[test]
    fn a_backoff_is_anything_up_to_a_bound_that_doubles() {
        assert_eq!(backoff(1, 1.0), Duration::from_millis(500));
        assert_eq!(backoff(3, 1.0), Duration::from_millis(2_000));
        assert_eq!(backoff(3, 0.5), Duration::from_millis(1_000));
        assert_eq!(backoff(1, 0.0), Duration::ZERO);
    }
}
