//! Where a token stands in a text, however it is spelled there: as it is, or with the escapes of JSON, addresses and HTML.

use std::ops::Range;

use memchr::{memchr3, memmem};

/// A shorter token may stand in a text by chance.
pub const MIN_ANYWHERE: usize = 12;

/// What a token is searched in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Within {
    /// Any text.
    Text,
    /// JSON: what is found lies within one of its strings, and holds each of its escapes whole.
    Json,
}

/// Bytes whose escapes are undone, with where each stood.
struct Unescaped {
    bytes: Vec<u8>,
    /// Where each starts, with the backslashes before it. It ends where the next one starts.
    starts: Vec<usize>,
    /// Where the last one ends.
    end: usize,
}

/// No character of a token: the end of a string, or what is not ASCII.
const NONE: u8 = 0;

impl Unescaped {
    fn of(text: &[u8], within: Within) -> Self {
        let (bytes, starts) = (Vec::with_capacity(text.len()), Vec::with_capacity(text.len()));
        let mut unescaped = Unescaped { bytes, starts, end: 0 };
        let mut start = 0;
        while let Some(rest @ [first, ..]) = text.get(start..) {
            if !matches!(first, b'\\' | b'%' | b'&' | b'"') {
                start += 1;
                unescaped.push(*first, start);
                continue;
            }
            let backslashes = rest.iter().take_while(|&&byte| byte == b'\\').count();
            let Some(after @ [first, ..]) = rest.get(backslashes..) else { break };
            let (byte, length) = match within {
                Within::Json if *first == b'"' && backslashes % 2 == 0 => (NONE, 1),
                Within::Json if backslashes % 2 == 1 && b"nrtbf".contains(first) => (NONE, 1),
                _ if backslashes > 0 => after_backslash(after),
                _ => without_backslash(after),
            };
            start += backslashes + length;
            // There may be any number of backslashes, which belong to what they stand before.
            if byte != b'\\' {
                unescaped.push(byte, start);
            }
        }
        unescaped
    }

    fn push(&mut self, byte: u8, end: usize) {
        self.bytes.push(byte);
        self.starts.push(self.end);
        self.end = end;
    }

    /// Where what is at `units` stood.
    fn place(&self, units: Range<usize>) -> Option<Range<usize>> {
        let end = self.starts.get(units.end).copied().unwrap_or(self.end);
        Some(*self.starts.get(units.start)?..end)
    }

    /// Where the token stands in the text that this was.
    fn find(&self, token: &[u8]) -> Vec<Range<usize>> {
        // An escape in the token itself may be undone in the text, or escaped once more.
        let without_backslashes: Vec<u8> = token.iter().copied().filter(|&byte| byte != b'\\').collect();
        let mut found = Vec::new();
        for token in [Unescaped::of(token, Within::Text).bytes, without_backslashes] {
            if !token.is_empty() {
                let places = memmem::find_iter(&self.bytes, &token);
                found.extend(places.filter_map(|at| self.place(at..at + token.len())));
            }
        }
        found.sort_by_key(|place| place.start);
        let mut end = 0;
        found.retain(|place| {
            let apart = place.start >= end;
            end = if apart { place.end } else { end };
            apart
        });
        found
    }
}

/// The character of `u0064`, `u{64}`, `x64` or any other, with the length of that.
fn after_backslash(text: &[u8]) -> (u8, usize) {
    let hex = |digits: &[u8]| {
        let digits = std::str::from_utf8(digits).ok()?;
        let all_hex = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        all_hex.then(|| u32::from_str_radix(digits, 16).ok())?
    };
    let ascii = |code: u32| u8::try_from(code).ok().filter(u8::is_ascii).unwrap_or(NONE);
    let escaped = match text {
        [b'u', b'{', rest @ ..] => rest
            .iter()
            .take(8)
            .position(|&byte| byte == b'}')
            .and_then(|end| Some((hex(rest.get(..end)?)?, end + 3))),
        [b'u', ..] => text.get(1..5).and_then(hex).map(|code| (code, 5)),
        [b'x', ..] => text.get(1..3).and_then(hex).map(|code| (code, 3)),
        _ => None,
    };
    match (escaped, text) {
        (Some((code, length)), _) => (ascii(code), length),
        (None, text) => (text.first().copied().unwrap_or(NONE), 1),
    }
}

/// The character of `%64`, `&#100;`, `&#x64;`, `&quot;` or any other, with the length of that.
fn without_backslash(text: &[u8]) -> (u8, usize) {
    const ENTITIES: [(&[u8], u8); 5] =
        [(b"&amp;", b'&'), (b"&lt;", b'<'), (b"&gt;", b'>'), (b"&quot;", b'"'), (b"&apos;", b'\'')];
    let number = |digits: &[u8], radix| {
        let digits = std::str::from_utf8(digits).ok().filter(|digits| !digits.starts_with('+'))?;
        u8::from_str_radix(digits, radix).ok().filter(u8::is_ascii)
    };
    let escaped = match text {
        [b'%', ..] => text.get(1..3).and_then(|digits| number(digits, 16)).map(|byte| (byte, 3)),
        [b'&', b'#', rest @ ..] => rest.iter().take(8).position(|&byte| byte == b';').and_then(|end| {
            let digits = rest.get(..end)?;
            let byte = match digits {
                [b'x' | b'X', digits @ ..] => number(digits, 16)?,
                digits => number(digits, 10)?,
            };
            Some((byte, end + 3))
        }),
        [b'&', ..] => ENTITIES
            .iter()
            .find(|(entity, _)| text.starts_with(entity))
            .map(|&(entity, byte)| (byte, entity.len())),
        _ => None,
    };
    escaped.unwrap_or((text.first().copied().unwrap_or(NONE), 1))
}

/// Where the token stands, in order and apart from each other.
pub fn find(text: &[u8], token: &str, within: Within) -> Vec<Range<usize>> {
    find_and_cut(text, token, within, 0).0
}

/// The same for the start of a longer text, with where it can be cut so that about `keep` bytes stay, and that splits
/// neither a token nor an escape.
pub fn find_and_cut(text: &[u8], token: &str, within: Within, keep: usize) -> (Vec<Range<usize>>, usize) {
    let plain = token.as_bytes();
    let wanted_cut = text.len().saturating_sub(keep);
    let (found, cut) = if memchr3(b'\\', b'%', b'&', text).is_none() {
        // A quote ends a string of JSON.
        let can_be_there = within == Within::Text || !plain.contains(&b'"');
        let found = memmem::find_iter(text, plain).filter(|_| can_be_there);
        (found.map(|start| start..start + plain.len()).collect(), wanted_cut)
    } else {
        let text = Unescaped::of(text, within);
        // Backslashes at the end belong to what comes next.
        let starts = text.starts.partition_point(|&start| start <= wanted_cut);
        let cut = starts.checked_sub(1).and_then(|last| text.starts.get(last)).copied().unwrap_or(0);
        (text.find(plain), if keep == 0 { wanted_cut } else { cut })
    };
    let cut =
        found.iter().find(|place| (place.start + 1..place.end).contains(&cut)).map_or(cut, |place| place.end);
    (found, cut)
}

/// A text of the service's in which the token is hidden: a short one as a whole word, a longer one anywhere.
pub fn hide(text: &str, token: &str, hidden: &str) -> String {
    let is_word = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    let bytes = text.as_bytes();
    let mut safe = String::with_capacity(text.len());
    let mut end = 0;
    for place in find(bytes, token, Within::Text) {
        let before = place.start.checked_sub(1).and_then(|before| bytes.get(before));
        let within_word = is_word(before) || is_word(bytes.get(place.end));
        if token.len() < MIN_ANYWHERE && within_word {
            continue;
        }
        safe.push_str(text.get(end..place.start).unwrap_or_default());
        safe.push_str(hidden);
        end = place.end;
    }
    safe.push_str(text.get(end..).unwrap_or_default());
    safe
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;

    const TOKEN: &str = "dhat.v1.secret";

    #[test]
    fn a_token_is_found_in_every_spelling() {
        for (token, text) in [
            (TOKEN, "dhat.v1.secret"),
            (TOKEN, r"\u0064hat.v1\u002Esecret"),
            (TOKEN, r"\\u0064hat.v1\x2esec\u{72}et"),
            (TOKEN, "dhat%2ev1%2Esecret"),
            (TOKEN, "&#100;hat&#x2e;v1.secret"),
            (r#"a"b\c/d-0123456"#, r#"a"b\c/d-0123456"#),
            (r#"a"b\c/d-0123456"#, r#"a\"b\\c\/d-0123456"#),
            (r#"a"b\c/d-0123456"#, r#"a\\\"b\\\\c\\/d-0123456"#),
            (r#"a"b\c/d-0123456"#, "a%22b%5Cc%2fd-0123456"),
            (r#"a"b\c/d-0123456"#, "a&quot;b\\c/d-0123456"),
            (r"a%41b\u0042cdefg", r"a%41b\u0042cdefg"),
        ] {
            let text = format!("it is {text}, so");
            assert_eq!(hide(&text, token, "[token]"), "it is [token], so", "{token} {text}");
        }
        assert!(find(b"dhat.v1.secre dhat\\u0000.v1.secret %zz \\u12 \\", TOKEN, Within::Text).is_empty());
    }

    #[test]
    fn a_short_token_is_hidden_as_a_whole_word_only() {
        assert_eq!(hide("lab, lab2 collab lab_ (lab) l\\u0061b", "lab", "*"), "*, lab2 collab lab_ (*) *");
        assert_eq!(hide("x\"y", "x\"y", "*"), "*");
    }

    #[test]
    fn an_end_of_a_string_is_no_quote_of_a_token() {
        for token in ["abc\"", "\"abc", "a\"bc"] {
            assert!(find(br#"{"a":"abc","abc":"\\"}"#, token, Within::Json).is_empty(), "{token}");
        }
        assert_eq!(find(br#"["\nabc"]"#, "nabc", Within::Json), []);
    }

    fn token() -> impl Strategy<Value = String> {
        // What JSON itself is written with is no token.
        let characters = ('!'..='~').filter(|c| !"[]{},:x0123456789".contains(*c));
        let characters: Vec<char> = characters.chain("\"\\\\nu/&%".chars()).collect();
        vec(select(characters), 1..6).prop_map(String::from_iter)
    }

    proptest! {
        #[test]
        fn json_stays_json_whatever_is_hidden_in_it(
            token in token(), before in "[a\"\\\\nu%&\n/0]{0,4}", after in "[a\"\\\\nu%&\n/;]{0,4}",
        ) {
            let value = format!("{before}{token}{after}");
            let document = serde_json::json!([value, before, {"x": after}]).to_string();
            let mut safe = document.clone();
            for place in find(document.as_bytes(), &token, Within::Json).into_iter().rev() {
                safe.replace_range(place, "[]");
            }
            let read: serde_json::Value = serde_json::from_str(&safe).unwrap();
            // Together with what stands before it, it may be another character.
            let is_hidden = !read[0].as_str().unwrap().contains(&token);
            prop_assert!(token.contains('\\') || before.contains(['%', '&']) || is_hidden, "{document} {safe}");
        }

        #[test]
        fn a_cut_splits_no_token_and_no_escape(token in "[a-c\"\\\\]{2,4}", text in "[a-c\"\\\\%&]{0,30}", keep in 1_usize..40) {
            let (found, cut) = find_and_cut(text.as_bytes(), &token, Within::Text, keep);
            prop_assert!(found.iter().all(|place| place.end <= cut || place.start >= cut));
            prop_assert!(cut == 0 || !text[..cut].ends_with('\\'), "{text} {cut}");
        }
    }
}
