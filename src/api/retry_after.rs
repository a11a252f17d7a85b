//! The `Retry-After` header.

use std::time::{Duration, SystemTime};

/// Beyond a day a number of seconds is only hard to calculate with.
const MAX_RETRY_AFTER: Duration = Duration::from_secs(24 * 60 * 60);

/// Reads `Retry-After`: a number of seconds, or an HTTP date that is compared with `now`.
///
/// What is neither counts as absent; a date that has passed is no time at all. Bounded by a day.
pub fn parse_retry_after(value: &str, now: SystemTime) -> Option<Duration> {
    let value = value.trim();
    let wait = if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // A number too large to hold is certainly above the bound.
        value.parse().map_or(MAX_RETRY_AFTER, Duration::from_secs)
    } else {
        let date = httpdate::parse_http_date(value).ok()?;
        date.duration_since(now).unwrap_or_default()
    };
    Some(wait.min(MAX_RETRY_AFTER))
}

/// The time by the service's own clock, as its `Date` header has it: this machine's clock may be wrong, and does for want of
/// another.
pub fn service_time(date_header: Option<&str>) -> SystemTime {
    let date = date_header.and_then(|date| httpdate::parse_http_date(date.trim()).ok());
    date.unwrap_or_else(SystemTime::now)
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    fn read(value: &str) -> Option<u64> {
        // 784887120 is Tue, 15 Nov 1994 08:12:00 GMT.
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_887_120);
        parse_retry_after(value, now).map(|wait| wait.as_secs())
    }

    #[test]
    fn seconds_are_read() {
        assert_eq!(read("0"), Some(0));
        assert_eq!(read(" 120 "), Some(120));
    }

    #[test]
    fn the_services_clock_is_that_of_its_date_header() {
        let date = "Tue, 15 Nov 1994 08:12:00 GMT";
        assert_eq!(service_time(Some(date)), SystemTime::UNIX_EPOCH + Duration::from_secs(784_887_120));
        for other in [None, Some(""), Some("today")] {
            let now = SystemTime::now();
            assert!((now..=now + Duration::from_secs(60)).contains(&service_time(other)), "{other:?}");
        }
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

    /// From long before the epoch to long after the last date that HTTP can express.
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
            prop_assert!(parse_retry_after(&value, now).is_none_or(|wait| wait <= MAX_RETRY_AFTER));
        }

        #[test]
        fn a_number_is_so_many_seconds_whatever_the_time(
            number in prop_oneof![0..=90_000_u64, any::<u64>()], zeros in "0{0,30}", now in clock(),
        ) {
            let expected = Duration::from_secs(number).min(MAX_RETRY_AFTER);
            prop_assert_eq!(parse_retry_after(&format!(" {zeros}{number} "), now), Some(expected));
        }

        #[test]
        fn a_date_is_as_far_away_as_the_clock_says(
            now in 0..250_000_000_000_u64, away in -90_000_i64..=86_400,
        ) {
            let date = now.saturating_add_signed(away);
            let at = |seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
            let expected = Duration::from_secs(date.saturating_sub(now));
            prop_assert_eq!(parse_retry_after(&httpdate::fmt_http_date(at(date)), at(now)), Some(expected));
        }
    }
}
