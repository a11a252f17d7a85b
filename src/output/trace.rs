//! What `--verbose` shows: requests and responses, with `-vv` their bodies.

use super::{LONGEST_NOTE, Output, escape, redact, shorten};
use crate::token::Token;
use crate::token::find::{self, Within};

/// So many bytes are shown.
const LONGEST: usize = 8 * 1024;
/// An escaped character is not longer than this, as a rule.
const MAX_ESCAPE: usize = 12;
/// So far from there it is cut between words, where one can.
const LONGEST_WORD: usize = 512;

impl Output {
    /// Prints something that only `--verbose` asks for.
    pub fn trace(&self, text: &str) {
        self.trace_with_body(text, "", &[]);
    }

    /// The same for a message that has a body, which is printed with `-vv`: `mark` stands before each of its lines.
    pub fn trace_with_body(&self, text: &str, mark: &str, body: &[u8]) {
        if self.verbose == 0 {
            return;
        }
        let mut text = escape::line(&shorten(&redact::text(text, &self.token), LONGEST_NOTE)).into_owned();
        if self.verbose > 1 {
            text.push_str(&lines(body, mark, self.token.get()));
        }
        // At once, so that no other message comes between them.
        self.print(&text);
    }
}

/// The lines of a body, each behind `mark` on a line of its own; nothing where it is empty. A token in it is hidden, what
/// could touch the terminal is escaped, and the rest of a long one is counted.
fn lines(body: &[u8], mark: &str, token: Option<&Token>) -> String {
    if body.is_empty() {
        return String::new();
    }
    let Ok(text) = std::str::from_utf8(body) else {
        return format!("\n{mark}({} bytes that are not UTF-8)", body.len());
    };
    let cut = cut(text, token);
    let text = text.get(..cut).unwrap_or_default();
    let text = token.map_or_else(|| text.to_owned(), |token| token.hide_in(text));
    let lines = redact::without_lookalikes(&text);
    let mut shown: String = lines.lines().map(|line| format!("\n{mark}{}", escape::line(line))).collect();
    if cut < body.len() {
        shown.push_str(&format!("\n{mark}({} more bytes)", body.len() - cut));
    }
    shown
}

/// Where a text is cut: between words, and not within a token.
fn cut(text: &str, token: Option<&Token>) -> usize {
    if text.len() <= LONGEST {
        return text.len();
    }
    let end = boundary(text, LONGEST);
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let (before, after) = text.split_at(end);
    let start = before.trim_end_matches(is_word).len();
    let is_within = after.starts_with(is_word) && end - start <= LONGEST_WORD;
    let end = if is_within { start } else { end };
    let Some(token) = token.map(Token::expose) else { return end };
    // So much that a token which begins before the end is whole in it.
    let window = boundary(text, end + MAX_ESCAPE * token.len());
    let found = find::find(text.get(..window).unwrap_or_default().as_bytes(), token, Within::Text);
    found
        .into_iter()
        .find(|place| (place.start + 1..place.end).contains(&end))
        .map_or(end, |place| place.start)
}

/// The last place between two characters that is not behind this one.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(body: &str) -> String {
        lines(body.as_bytes(), "<< ", Some(&Token::parse("secret/0123456789").unwrap()))
    }

    #[test]
    fn each_line_stands_behind_the_mark_and_touches_no_terminal() {
        assert_eq!(shown("{\"a\":1}\n\tb\r\n"), "\n<< {\"a\":1}\n<<  b");
        assert_eq!(shown("\u{1b}[2J\u{9b}x\u{202e}"), "\n<< \\u{1b}[2J\\u{9b}x\\u{202e}");
        assert_eq!(shown(""), "");
    }

    #[test]
    fn no_token_is_shown_however_it_is_spelled() {
        for body in [
            r#"a secret/0123456789 b"#,
            r#"a \u0073ecret\/0123456789 b"#,
            "a secret%2F0123456789 b",
            "a dhat.v1.abcdefgh b",
        ] {
            assert_eq!(shown(body), "\n<< a [token] b", "{body}");
        }
        let short = Token::parse("short").unwrap();
        assert_eq!(lines(b"short of shortness", "", Some(&short)), "\n[token] of shortness");
    }

    #[test]
    fn a_long_body_is_cut_and_the_rest_counted() {
        let body = "x ".repeat(LONGEST);
        assert!(shown(&body).ends_with(&format!("\n<< ({LONGEST} more bytes)")));
        assert!(!shown(&"x".repeat(LONGEST)).contains("more bytes"));
        let whole = shown(&"\u{1f3db}".repeat(LONGEST));
        assert!(whole.contains("more bytes") && !whole.contains('\u{fffd}'));
    }

    #[test]
    fn the_cut_shows_no_part_of_a_token() {
        for spelled in ["secret/0123456789", r"\u0073ecret\/0123456789", "dhat.v1.abcdefghijkl"] {
            for before in LONGEST - spelled.len() - 2..LONGEST + 2 {
                let body = format!(
                    "{} {spelled} {}",
                    "ü ".repeat(before / 3) + &"x".repeat(before % 3),
                    "y".repeat(100)
                );
                let shown = shown(&body);
                for part in ["secr", "0123", "dhat", "abcd", r"\u0073"] {
                    assert!(!shown.contains(part), "{spelled} after {before} bytes");
                }
            }
        }
    }

    #[test]
    fn what_is_not_text_is_described() {
        assert_eq!(lines(&[0x1f, 0x8b, 0xff], "<< ", None), "\n<< (3 bytes that are not UTF-8)");
    }
}
