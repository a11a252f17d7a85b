//! When to come back: `Retry-After`, in both its forms.

use std::time::{Duration, SystemTime};

/// No service is left alone for longer than this, whatever it asks for.
const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(300);

/// Reads `Retry-After`: a number of seconds, or an HTTP date that is compared with `now`.
///
/// What is neither counts as absent; a date that has passed is no time at all. Bounded by five minutes.
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
    use super::*;

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
        assert_eq!(read("99999"), Some(300));
        assert_eq!(read("99999999999999999999999999"), Some(300));
        assert_eq!(read("Fri, 31 Dec 9999 23:59:59 GMT"), Some(300));
    }

    #[test]
    fn nonsense_counts_as_absent() {
        for value in ["", "-1", "1.5", "soon", "1e3", "Tue, 99 Nov 1994"] {
            assert_eq!(read(value), None, "{value:?}");
        }
    }
}
