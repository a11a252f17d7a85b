//! Durations as users write them: `500ms`, `90s`, `10m`, `1h30m`, or a bare number of seconds.

use std::time::Duration;

/// Parses a duration.
///
/// # Errors
/// A sentence for the user when it is none.
pub fn parse(text: &str) -> Result<Duration, String> {
    if let Ok(seconds) = text.parse() {
        return Ok(Duration::from_secs(seconds));
    }
    humantime::parse_duration(text)
        .map_err(|_| "a duration is written 500ms, 90s, 10m, 1h30m, or as a number of seconds".to_owned())
}

/// Parses a duration that may not be zero.
///
/// # Errors
/// A sentence for the user when it is none, or zero.
pub fn parse_positive(text: &str) -> Result<Duration, String> {
    match parse(text)? {
        Duration::ZERO => Err("it must be longer than that".to_owned()),
        duration => Ok(duration),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documented_forms_are_read() {
        for (text, millis) in
            [("500ms", 500), ("90s", 90_000), ("10m", 600_000), ("1h30m", 5_400_000), ("7", 7_000), ("0", 0)]
        {
            assert_eq!(parse(text).unwrap().as_millis(), millis, "{text}");
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for text in ["", "-1", "s", "1.5", "ten", "1x", "99999999999999999999", "99999999999999999999h"] {
            assert!(parse(text).is_err(), "{text:?}");
        }
        assert!(parse_positive("0").is_err());
        assert!(parse_positive("0ms").is_err());
    }
}
