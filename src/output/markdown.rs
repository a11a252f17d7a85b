//! Cells of a Markdown table. A name from a server can make neither a cell nor a row, nor markup or HTML.

use super::escape;

/// Appends a cell's text: an address that needs no escape as it is, so that it becomes a link; anything else with
/// escapes.
pub fn push_cell(row: &mut String, text: &str) {
    if is_plain_url(text) {
        row.push_str(text);
    } else {
        push_escaped(row, &escape::field(text));
    }
}

/// In an address, Markdown knows no escapes.
fn is_plain_url(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/:%?#[]@=+,;".contains(&byte);
    (text.starts_with("https://") || text.starts_with("http://")) && text.bytes().all(is_plain)
}

fn push_escaped(row: &mut String, text: &str) {
    let mut before = None;
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let in_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        match c {
            '<' => row.push_str("&lt;"),
            '>' => row.push_str("&gt;"),
            '&' => row.push_str("&amp;"),
            // It is itself within a word.
            '_' if in_word(before) && in_word(characters.peek().copied()) => row.push('_'),
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '~' | '$' => row.extend(['\\', c]),
            _ => row.push(c),
        }
        before = Some(c);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cell(text: &str) -> String {
        let mut cell = String::new();
        push_cell(&mut cell, text);
        cell
    }

    #[test]
    fn usual_names_and_addresses_are_themselves() {
        for text in
            ["dolthub/museum-collections", "a/my_db_2", "https://x.example/repositories/_a_/b%7C", "Ж/é", ""]
        {
            assert_eq!(cell(text), text);
        }
    }

    #[test]
    fn markup_is_escaped() {
        assert_eq!(cell("a|b`c`<img>&lt;"), "a\\|b\\`c\\`&lt;img&gt;&amp;lt;");
        assert_eq!(cell("a\nb\\|c\u{1b}"), "a\\\\nb\\\\\\|c\\\\u{1b}");
        assert_eq!(cell("_a_/[x](y)*b*"), "\\_a\\_/\\[x\\](y)\\*b\\*");
        assert_eq!(cell("https://x/|<b>"), "https://x/\\|&lt;b&gt;");
    }

    proptest! {
        #[test]
        fn no_text_makes_a_cell_a_row_or_a_tag(text in "(?s)[a|\\\\`<\n\r\t\u{1b}\u{2028} ]{0,12}|(?s).{0,12}") {
            let cell = cell(&text);
            let has_harm = cell.contains(['\n', '\r', '\t', '<', '\u{1b}', '\u{2028}', '\u{85}']);
            prop_assert!(!has_harm, "{cell:?}");
            // An even number of backslashes before it would leave it as it is.
            for (at, _) in cell.match_indices(['|', '`']) {
                let backslashes = cell[..at].bytes().rev().take_while(|&byte| byte == b'\\').count();
                prop_assert!(backslashes % 2 == 1, "{cell:?}");
            }
        }
    }
}
