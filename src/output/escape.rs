//! Text from a server is data: what could steer a terminal, hide, or forge a row is shown as an escape instead.

use std::borrow::Cow;
use std::fmt::Write;
use std::io;

use serde_json::ser::Formatter;

/// Text for one line on a terminal or in a log. Line breaks and tabs become spaces.
pub fn line(text: &str) -> Cow<'_, str> {
    escape(text, |c| match c {
        '\n' | '\t' => Escape::As(" "),
        '\r' => Escape::As(""),
        c if is_harmful(c) => Escape::Code,
        _ => Escape::No,
    })
}

/// Text for a terminal that keeps its lines and tabs.
pub fn text(text: &str) -> Cow<'_, str> {
    escape(text, |c| match c {
        '\n' | '\t' => Escape::No,
        c if is_harmful(c) => Escape::Code,
        _ => Escape::No,
    })
}

/// Text for one field of a tab-separated row: it can make neither a new field nor a new line.
pub fn field(text: &str) -> Cow<'_, str> {
    escape(text, |c| match c {
        '\n' => Escape::As("\\n"),
        '\t' => Escape::As("\\t"),
        '\r' => Escape::As("\\r"),
        c if is_harmful(c) => Escape::Code,
        _ => Escape::No,
    })
}

/// Appends a text as [`field`] has it.
pub fn push_field(fields: &mut String, text: &str) {
    if is_plain(text) {
        fields.push_str(text);
    } else {
        fields.push_str(&field(text));
    }
}

/// Nothing but visible ASCII and spaces, as nearly every name is.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// A JSON document that is safe to show on a terminal: the same values, written with `\u` escapes.
///
/// JSON has such characters inside strings only, where an escape stands for the character itself.
pub fn json(document: &str) -> Cow<'_, str> {
    if is_plain(document) || !document.chars().any(is_harmful) {
        return Cow::Borrowed(document);
    }
    let mut safe = Vec::with_capacity(document.len() + 16);
    // Writing to memory cannot fail.
    let _ = write_json(&mut safe, document);
    Cow::Owned(String::from_utf8_lossy(&safe).into_owned())
}

/// Writes a piece of a JSON document as [`json`] has it.
///
/// # Errors
/// Those of `out`.
pub fn write_json<W: io::Write + ?Sized>(out: &mut W, text: &str) -> io::Result<()> {
    if is_plain(text) {
        return out.write_all(text.as_bytes());
    }
    let mut rest = text;
    while let Some((start, harmful)) = rest.char_indices().find(|&(_, c)| is_harmful(c)) {
        let (safe, from) = rest.split_at(start);
        out.write_all(safe.as_bytes())?;
        for unit in harmful.encode_utf16(&mut [0; 2]) {
            write!(out, "\\u{unit:04x}")?;
        }
        rest = from.get(harmful.len_utf8()..).unwrap_or_default();
    }
    out.write_all(rest.as_bytes())
}

/// Writes JSON as [`json`] has it.
pub struct Safe;

impl Formatter for Safe {
    fn write_string_fragment<W: io::Write + ?Sized>(
        &mut self,
        out: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        write_json(out, fragment)
    }
}

enum Escape {
    No,
    As(&'static str),
    Code,
}

fn escape(text: &str, how: impl Fn(char) -> Escape) -> Cow<'_, str> {
    if is_plain(text) || text.chars().all(|c| matches!(how(c), Escape::No)) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match how(c) {
            Escape::No => safe.push(c),
            Escape::As(other) => safe.push_str(other),
            Escape::Code => {
                let _ = write!(safe, "\\u{{{:x}}}", u32::from(c));
            }
        }
    }
    Cow::Owned(safe)
}

/// Control characters (C0, DEL, C1), line and paragraph separators, and characters that are invisible (Unicode's
/// `Default_Ignorable_Code_Point`) or turn the direction of the text.
fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}'                    // soft hyphen
            | '\u{34f}'                 // combining grapheme joiner
            | '\u{61c}'                 // Arabic letter mark
            | '\u{115f}' | '\u{1160}'   // Hangul fillers
            | '\u{17b4}' | '\u{17b5}'   // Khmer inherent vowels
            | '\u{180b}'..='\u{180f}'   // Mongolian separators
            | '\u{200b}'..='\u{200f}'   // zero-width, direction marks
            | '\u{2028}'..='\u{202e}'   // separators, bidirectional embeddings and overrides
            | '\u{2060}'..='\u{206f}'   // invisible operators, bidirectional isolates
            | '\u{3164}' | '\u{ffa0}'   // Hangul fillers
            | '\u{fe00}'..='\u{fe0f}'   // variation selectors
            | '\u{feff}'                // byte order mark
            | '\u{fff0}'..='\u{fffb}'   // unassigned, interlinear annotation
            | '\u{1bca0}'..='\u{1bca3}' // shorthand format controls
            | '\u{1d173}'..='\u{1d17a}' // musical formatting
            | '\u{e0000}'..='\u{e0fff}' // tags
        )
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;

    const HOSTILE: &str = "\u{1b}[2J\u{1b}]0;x\u{7} no\u{9b}1m\u{202e}\u{200b}\u{2028}\u{7f}";

    #[test]
    fn a_line_cannot_touch_the_terminal() {
        let safe = line(HOSTILE);
        assert_eq!(safe, "\\u{1b}[2J\\u{1b}]0;x\\u{7} no\\u{9b}1m\\u{202e}\\u{200b}\\u{2028}\\u{7f}");
        assert_eq!(line("two\r\nlines\tand a tab"), "two lines and a tab");
    }

    #[test]
    fn a_field_cannot_make_a_field_or_a_line() {
        assert_eq!(field("a\tb\nc\r"), "a\\tb\\nc\\r");
    }

    #[test]
    fn what_unicode_calls_default_ignorable_is_escaped_and_stays_itself_in_json() {
        let ranges = [
            (0xad, 0xad),
            (0x34f, 0x34f),
            (0x61c, 0x61c),
            (0x115f, 0x1160),
            (0x17b4, 0x17b5),
            (0x180b, 0x180f),
            (0x200b, 0x200f),
            (0x202a, 0x202e),
            (0x2060, 0x206f),
            (0x3164, 0x3164),
            (0xfe00, 0xfe0f),
            (0xfeff, 0xfeff),
            (0xffa0, 0xffa0),
            (0xfff0, 0xfff8),
            (0x1bca0, 0x1bca3),
            (0x1d173, 0x1d17a),
            (0xe0000, 0xe0fff),
        ];
        let all: String =
            ranges.iter().flat_map(|&(first, last)| first..=last).filter_map(char::from_u32).collect();
        for safe in [line(&all), field(&all)] {
            assert!(safe.is_ascii() && safe.starts_with("\\u{ad}\\u{34f}"), "{safe}");
        }
        let document = serde_json::to_string(&all).unwrap();
        let safe = json(&document);
        assert!(safe.is_ascii(), "{safe}");
        assert_eq!(serde_json::from_str::<String>(&safe).unwrap(), all);
    }

    #[test]
    fn usual_text_is_left_alone() {
        for text in ["no such repository", "Zürich/博物館-Ж é 🏛 👩🏽"] {
            assert!(matches!(line(text), Cow::Borrowed(_)), "{text}");
            assert!(matches!(field(text), Cow::Borrowed(_)), "{text}");
        }
    }

    /// Any text; proptest's own has no control characters.
    fn text() -> impl Strategy<Value = String> {
        let hostile =
            select(HOSTILE.chars().chain("\t\n\r\0\u{85}\\\"\u{e0041}".chars()).collect::<Vec<_>>());
        let character = prop_oneof![any::<char>(), hostile, proptest::char::range(' ', '~')];
        vec(character, 0..20).prop_map(String::from_iter)
    }

    proptest! {
        #[test]
        fn no_text_gets_through_with_a_harmful_character(text in text()) {
            let mut pushed = String::new();
            push_field(&mut pushed, &text);
            prop_assert_eq!(&pushed, &*field(&text));
            for safe in [line(&text), field(&text)] {
                prop_assert!(!safe.chars().any(|c| c.is_control() || is_harmful(c)), "{safe:?}");
            }
        }

        #[test]
        fn json_keeps_its_value_and_loses_its_harm(text in text()) {
            let document = serde_json::to_string(&text).unwrap();
            let safe = json(&document);
            prop_assert!(!safe.chars().any(|c| c.is_control() || is_harmful(c)), "{safe:?}");
            prop_assert_eq!(serde_json::from_str::<String>(&safe).unwrap(), text);
        }
    }
}
