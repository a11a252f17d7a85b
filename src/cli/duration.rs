//! Durations as users write them: `500ms`, `90s`, `10m`, `1h30m`, or a bare number of seconds.

use std::time::Duration;

use humantime::DurationError;

const INVALID: &str = "a duration is written 500ms, 90s, 10m, 1h30m, or as a number of seconds";
const TOO_LONG: &str = "that is too long";

/// Parses a duration.
///
/// # Errors
/// A sentence for the user.
pub fn parse(text: &str) -> Result<Duration, &'static str> {
    // humantime knows more: it would read 10M as ten months, where minutes are meant.
    if !text.bytes().all(|byte| b"0123456789hms".contains(&byte)) {
        return Err(INVALID);
    }
    // u64::MAX has 20 digits. Above it humantime 2.4 can panic (chronotope/humantime#66).
    if text.len() > 20 {
        return Err(TOO_LONG);
    }
    if let Ok(seconds) = text.parse() {
        return Ok(Duration::from_secs(seconds));
    }
    humantime::parse_duration(text).map_err(|error| match error {
        DurationError::NumberOverflow => TOO_LONG,
        _ => INVALID,
    })
}

/// Parses a duration that may not be zero.
///
/// # Errors
/// A sentence for the user.
pub fn parse_positive(text: &str) -> Result<Duration, &'static str> {
    match parse(text)? {
        Duration::ZERO => Err("it must be longer than nothing"),
        duration => Ok(duration),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documented_forms_are_read() {
        for (text, millis) in [
            ("500ms", 500),
            ("90s", 90_000),
            ("10m", 600_000),
            ("1h30m", 5_400_000),
            ("30m1h", 5_400_000),
            ("1h2m3s4ms", 3_723_004),
            ("1h1h", 7_200_000),
            ("7", 7_000),
            ("0", 0),
        ] {
            assert_eq!(parse(text).unwrap().as_millis(), millis, "{text}");
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for text in ["", "-1", "s", "1.5", "ten", "1x", "1 m", "1d", "10M", "1hm", "5s5", "1ü"] {
            assert_eq!(parse(text), Err(INVALID), "{text:?}");
        }
        for text in [
            "99999999999999999999",
            "99999999999999999999h",
            "9999999999999999h",
            "18446744073709551615s1000ms",
            "5124095576030431h15s1000ms",
        ] {
            assert_eq!(parse(text), Err(TOO_LONG), "{text:?}");
        }
        assert!(parse_positive("0").is_err());
        assert!(parse_positive("0ms").is_err());
    }
}
