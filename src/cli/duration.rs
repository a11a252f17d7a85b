//! Durations as users write them: `500ms`, `90s`, `10m`, `1h30m`, or a bare number of seconds.

use std::time::Duration;

/// The units, the longest first, in milliseconds.
const UNITS: [(&str, u64); 4] = [("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1)];

/// Parses a duration.
///
/// # Errors
/// A sentence for the user when it is none.
pub fn parse(text: &str) -> Result<Duration, String> {
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().map(Duration::from_secs).map_err(|_| too_long());
    }
    let mut rest = text;
    let mut units = UNITS.iter();
    let mut millis: u64 = 0;
    while !rest.is_empty() {
        let (number, behind) = split(rest, |c| c.is_ascii_digit());
        let (unit, behind) = split(behind, |c| c.is_ascii_alphabetic());
        // A unit may follow a longer one only, so that none stands twice.
        let (_, length) = units.find(|(name, _)| *name == unit).ok_or_else(unclear)?;
        let number: u64 =
            if number.is_empty() { Err(unclear()) } else { number.parse().map_err(|_| too_long()) }?;
        millis =
            number.checked_mul(*length).and_then(|part| millis.checked_add(part)).ok_or_else(too_long)?;
        rest = behind;
    }
    if text.is_empty() { Err(unclear()) } else { Ok(Duration::from_millis(millis)) }
}

/// Parses a duration that may not be zero.
///
/// # Errors
/// A sentence for the user when it is none, or zero.
pub fn parse_positive(text: &str) -> Result<Duration, String> {
    match parse(text)? {
        Duration::ZERO => Err("it must be longer than nothing".to_owned()),
        duration => Ok(duration),
    }
}

fn split(text: &str, belongs: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(|c| !belongs(c)).unwrap_or(text.len()))
}

fn unclear() -> String {
    "a duration is written 500ms, 90s, 10m, 1h30m, or as a number of seconds".to_owned()
}

fn too_long() -> String {
    "that is too long".to_owned()
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
            ("1h2m3s4ms", 3_723_004),
            ("7", 7_000),
            ("0", 0),
        ] {
            assert_eq!(parse(text).unwrap().as_millis(), millis, "{text}");
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for text in ["", "-1", "s", "1.5", "ten", "1x", "1 m", "1d", "30m1h", "1h1h", "5s5", "1ü"] {
            assert_eq!(parse(text), Err(unclear()), "{text:?}");
        }
        for text in ["99999999999999999999", "99999999999999999999h", "9999999999999999h"] {
            assert_eq!(parse(text), Err(too_long()), "{text:?}");
        }
        assert!(parse_positive("0").is_err());
        assert!(parse_positive("0ms").is_err());
    }
}
