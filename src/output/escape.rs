//! Text from a server is data: what could steer a terminal, hide, or forge a row is shown as an escape instead.

use std::borrow::Cow;
use std::fmt::Write;

/// Text for one line on a terminal or in a log. Line breaks and tabs become spaces.
pub fn line(text: &str) -> Cow<'_, str> {
    escape(text, |c| match c {
        '\n' | '\t' => Escape::As(" "),
        '\r' => Escape::As(""),
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

/// A JSON document that is safe to show on a terminal: the same values, written with `\u` escapes.
///
/// JSON has such characters inside strings only, where an escape stands for the character itself.
pub fn json(document: &str) -> Cow<'_, str> {
    if !document.chars().any(is_harmful) {
        return Cow::Borrowed(document);
    }
    let mut safe = String::with_capacity(document.len() + 16);
    for c in document.chars() {
        if is_harmful(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a String cannot fail.
                let _ = write!(safe, "\\u{unit:04x}");
            }
        } else {
            safe.push(c);
        }
    }
    Cow::Owned(safe)
}

enum Escape {
    No,
    As(&'static str),
    Code,
}

fn escape(text: &str, how: impl Fn(char) -> Escape) -> Cow<'_, str> {
    if text.chars().all(|c| matches!(how(c), Escape::No)) {
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

/// Control characters (C0, DEL, C1), line and paragraph separators, and characters that are invisible or turn the
/// direction of the text.
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
            | '\u{feff}'                // byte order mark
            | '\u{fff9}'..='\u{fffb}'   // interlinear annotation
            | '\u{1d173}'..='\u{1d17a}' // musical formatting
            | '\u{e0000}'..='\u{e0fff}' // tags
        )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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
    fn usual_text_is_left_alone() {
        for text in ["no such repository", "Zürich/博物館-Ж é 🏛"] {
            assert!(matches!(line(text), Cow::Borrowed(_)), "{text}");
            assert!(matches!(field(text), Cow::Borrowed(_)), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_gets_through_with_a_harmful_character(text in any::<String>()) {
            prop_assert!(!line(&text).chars().any(is_harmful));
            prop_assert!(!field(&text).chars().any(is_harmful));
        }

        #[test]
        fn json_keeps_its_value_and_loses_its_harm(text in any::<String>(), hostile in any::<bool>()) {
            let text = if hostile { format!("{text}{HOSTILE}\u{e0041}") } else { text };
            let document = serde_json::to_string(&text).unwrap();
            let safe = json(&document);
            prop_assert!(!safe.chars().any(is_harmful));
            prop_assert_eq!(serde_json::from_str::<String>(&safe).unwrap(), text);
        }
    }
}
