//! Keeps tokens out of all that is written: the one in use from both streams, in whatever a service repeats, and on
//! stderr what looks like one, too.

use std::borrow::Cow;
use std::io::{self, Write};

use memchr::memmem;

use crate::names::percent_encode;
use crate::token::{KnownToken, Token};

/// What stands in the place of a token.
const HIDDEN: &str = "[token]";
/// A shorter token may stand in a text by chance.
const MIN_TOKEN: usize = 12;
/// Output is checked and written in pieces of this size.
const BUFFER: usize = 64 * 1024;

/// A text without the token in use, and without what looks like a token.
pub fn text<'a>(text: &'a str, known: &KnownToken) -> Cow<'a, str> {
    let mut text = Cow::Borrowed(text);
    for spelling in spellings(known) {
        if text.contains(&spelling) {
            text = Cow::Owned(text.replace(&spelling, HIDDEN));
        }
    }
    if let Some(token) = known.get() {
        text = match without_cut_token(&text, token.expose()) {
            Some(safe) => Cow::Owned(safe),
            None => text,
        };
    }
    match text {
        Cow::Borrowed(text) => without_lookalikes(text),
        Cow::Owned(text) => Cow::Owned(without_lookalikes(&text).into_owned()),
    }
}

/// A text without the start of the token before each ellipsis, where a long text was cut; none where there is none.
fn without_cut_token(text: &str, token: &str) -> Option<String> {
    const MIN_START: usize = 6;
    let without_start = |piece: &str| {
        let start =
            (MIN_START..token.len()).rev().find_map(|length| piece.strip_suffix(token.get(..length)?))?;
        Some(format!("{start}{HIDDEN}"))
    };
    let (before, after) = text.rsplit_once('…')?;
    let pieces: Vec<&str> = before.split('…').collect();
    let safe: Vec<Option<String>> = pieces.iter().map(|piece| without_start(piece)).collect();
    if safe.iter().all(Option::is_none) {
        return None;
    }
    let pieces = pieces.iter().zip(safe).map(|(piece, safe)| safe.unwrap_or_else(|| (*piece).to_owned()));
    Some(format!("{}…{after}", pieces.collect::<Vec<_>>().join("…")))
}

/// A text without what looks like a token, which may have been typed where none belongs (facts of the API,
/// "Authentication": newer ones begin with `dhat.`).
pub fn without_lookalikes(text: &str) -> Cow<'_, str> {
    const START: &str = "dhat.";
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let mut safe = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(START) {
        let (before, from) = rest.split_at(start);
        let (word, after) = from.split_at(from.find(|c| !is_part(c)).unwrap_or(from.len()));
        safe.push_str(before);
        safe.push_str(if word.len() < MIN_TOKEN { word } else { HIDDEN });
        rest = after;
    }
    if rest.len() == text.len() { Cow::Borrowed(text) } else { Cow::Owned(safe + rest) }
}

/// How the token in use can be written: as it is, in JSON, and in an address.
fn spellings(known: &KnownToken) -> Vec<String> {
    let Some(token) = known.get().map(Token::expose).filter(|token| token.len() >= MIN_TOKEN) else {
        return Vec::new();
    };
    let json = serde_json::Value::from(token).to_string();
    let json = json.trim_matches('"');
    let mut spellings = vec![token.to_owned(), json.to_owned(), percent_encode(token)];
    spellings.dedup();
    spellings
}

/// Writes to `out` in pieces, without the token in use.
pub struct Writer<W: Write> {
    out: W,
    spellings: Vec<String>,
    buffer: Vec<u8>,
}

impl<W: Write> Writer<W> {
    /// A writer to `out`.
    pub fn new(out: W, known: &KnownToken) -> Self {
        Writer { out, spellings: spellings(known), buffer: Vec::new() }
    }

    /// Writes what is in memory, but for the last `keep` bytes, with which a token may begin.
    fn write_buffer(&mut self, keep: usize) -> io::Result<()> {
        for spelling in &self.spellings {
            if memmem::find(&self.buffer, spelling.as_bytes()).is_some() {
                self.buffer = replace(&self.buffer, spelling.as_bytes());
            }
        }
        let end = self.buffer.len().saturating_sub(keep);
        self.out.write_all(&self.buffer[..end])?;
        self.buffer.drain(..end);
        Ok(())
    }
}

impl<W: Write> Write for Writer<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.spellings.is_empty() && self.buffer.is_empty() && bytes.len() >= BUFFER {
            return self.out.write(bytes);
        }
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= BUFFER {
            let longest = self.spellings.iter().map(String::len).max().unwrap_or(1);
            self.write_buffer(longest - 1)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.write_buffer(0)?;
        self.out.flush()
    }
}

fn replace(bytes: &[u8], token: &[u8]) -> Vec<u8> {
    let mut safe = Vec::with_capacity(bytes.len());
    let mut start = 0;
    for found in memmem::find_iter(bytes, token) {
        safe.extend_from_slice(&bytes[start..found]);
        safe.extend_from_slice(HIDDEN.as_bytes());
        start = found + token.len();
    }
    safe.extend_from_slice(&bytes[start..]);
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = r#"secret/"0123456789"#;

    fn known() -> KnownToken {
        let known = KnownToken::default();
        known.set(&Token::parse(TOKEN).unwrap());
        known
    }

    fn written(pieces: &[&str]) -> String {
        let mut out = Vec::new();
        let mut writer = Writer::new(&mut out, &known());
        pieces.iter().for_each(|piece| writer.write_all(piece.as_bytes()).unwrap());
        writer.flush().unwrap();
        drop(writer);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_token_in_use_is_hidden_in_any_piece_as_it_is_and_as_json_writes_it() {
        assert_eq!(written(&["a ", TOKEN, " b"]), "a [token] b");
        assert_eq!(written(&[r#"{"x":"secret/\"0123456789"}"#]), r#"{"x":"[token]"}"#);
        let fill = "x".repeat(BUFFER - 5);
        assert_eq!(written(&[&fill, TOKEN, TOKEN, "y"]), format!("{fill}[token][token]y"));
        let (start, end) = TOKEN.split_at(7);
        let fill = "x".repeat(BUFFER);
        assert_eq!(
            written(&[&format!("{fill}{start}"), &format!("{end}{fill}")]),
            format!("{fill}[token]{fill}")
        );
        assert_eq!(text(&format!("bad token {TOKEN}"), &known()), "bad token [token]");
        assert_eq!(written(&["https://x/secret%2F%220123456789/y"]), "https://x/[token]/y");
        assert_eq!(text("a title with secret/\"01… cut", &known()), "a title with [token]… cut");
        assert_eq!(text("a title with secret… cut", &known()), "a title with [token]… cut");
        assert_eq!(text("wait… secret/… more secret/\"0… x", &known()), "wait… [token]… more [token]… x");
        assert_eq!(text("a title with secre… cut", &known()), "a title with secre… cut");
    }

    #[test]
    fn all_else_is_written_as_it_is() {
        assert_eq!(written(&["secret", "", "/", "\u{1f3db}"]), "secret/\u{1f3db}");
        let short = KnownToken::default();
        short.set(&Token::parse("short").unwrap());
        assert_eq!(text("short of breath", &short), "short of breath");
    }

    #[test]
    fn what_looks_like_a_token_is_hidden() {
        assert_eq!(
            without_lookalikes("unexpected argument 'dhat.v1.abc-def' found"),
            "unexpected argument '[token]' found"
        );
        assert_eq!(without_lookalikes("dhat.v1.abcdefgh"), "[token]");
        for text in ["", "dhat.v1", "that is that.", "a dhat. b"] {
            assert_eq!(without_lookalikes(text), text);
        }
    }
}
