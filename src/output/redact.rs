//! Keeps tokens out of all that is written: the one in use from both streams, in whatever a service repeats, and on
//! stderr what looks like one, too.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::error::Error;
use crate::token::find::{self, MIN_ANYWHERE, Within};
use crate::token::{HIDDEN, KnownToken, Token};

/// Output is checked and written in pieces of this size.
const BUFFER: usize = 64 * 1024;
/// An escaped character is not longer than this, as a rule.
const MAX_ESCAPE: usize = 12;

/// A text without the token in use, and without what looks like a token.
pub fn text<'a>(text: &'a str, known: &KnownToken) -> Cow<'a, str> {
    let mut text = Cow::Borrowed(text);
    if let Some(token) = known.get().map(Token::expose) {
        if token.len() >= MIN_ANYWHERE {
            text = Cow::Owned(find::hide(&text, token, HIDDEN));
        }
        text = match without_cut_token(&text, token) {
            Some(safe) => Cow::Owned(safe),
            None => text,
        };
    }
    match text {
        Cow::Borrowed(text) => without_lookalikes(text),
        Cow::Owned(text) => Cow::Owned(without_lookalikes(&text).into_owned()),
    }
}

/// A text of a result without the token in use, for a form in which the token would be spelled as [`Writer`] does not know.
pub fn cell<'a>(text: &'a str, known: &KnownToken) -> Cow<'a, str> {
    match known.get().map(Token::expose).filter(|token| token.len() >= MIN_ANYWHERE) {
        Some(token) => Cow::Owned(find::hide(text, token, HIDDEN)),
        None => Cow::Borrowed(text),
    }
}

/// An error without the token in use in any of its texts, before they are escaped.
pub fn error(error: &Error, known: &KnownToken) -> Error {
    let safe = |part: &str| text(part, known).into_owned();
    let safe_part = |part: &Option<String>| part.as_deref().map(safe);
    Error {
        kind: error.kind,
        context: safe_part(&error.context),
        message: safe(&error.message),
        hint: safe_part(&error.hint),
        argument: safe_part(&error.argument),
        owner: safe_part(&error.owner),
        status: error.status,
        request: safe_part(&error.request),
        request_id: safe_part(&error.request_id),
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
        safe.push_str(if word.len() < MIN_ANYWHERE { word } else { HIDDEN });
        rest = after;
    }
    if rest.len() == text.len() { Cow::Borrowed(text) } else { Cow::Owned(safe + rest) }
}

/// Writes to `out` in pieces, without the token in use.
pub struct Writer<W: Write> {
    out: W,
    token: Option<Token>,
    within: Within,
    buffer: Vec<u8>,
}

impl<W: Write> Writer<W> {
    /// A writer of text, or of JSON, to `out`.
    pub fn new(out: W, known: &KnownToken, within: Within) -> Self {
        let token = known.get().filter(|token| token.expose().len() >= MIN_ANYWHERE).cloned();
        Writer { out, token, within, buffer: Vec::new() }
    }

    /// Writes all that is in memory, and returns what it was written to.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn into_inner(mut self) -> io::Result<W> {
        self.flush()?;
        Ok(self.out)
    }

    /// Writes what is in memory, but for the last `keep` bytes or so, with which a token may begin.
    fn write_buffer(&mut self, keep: usize) -> io::Result<()> {
        let Some(token) = &self.token else {
            self.out.write_all(&self.buffer)?;
            self.buffer.clear();
            return Ok(());
        };
        let (found, end) = find::find_and_cut(&self.buffer, token.expose(), self.within, keep);
        let mut written = 0;
        for place in found.iter().take_while(|place| place.end <= end) {
            self.out.write_all(self.buffer.get(written..place.start).unwrap_or_default())?;
            self.out.write_all(HIDDEN.as_bytes())?;
            written = place.end;
        }
        self.out.write_all(self.buffer.get(written..end).unwrap_or_default())?;
        self.buffer.drain(..end);
        Ok(())
    }
}

impl<W: Write> Write for Writer<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.token.is_none() && self.buffer.is_empty() && bytes.len() >= BUFFER {
            return self.out.write(bytes);
        }
        self.buffer.extend_from_slice(bytes);
        let longest = self.token.as_ref().map_or(0, |token| token.expose().len() * MAX_ESCAPE);
        if self.buffer.len() >= BUFFER + 2 * longest {
            self.write_buffer(longest)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.write_buffer(0)?;
        self.out.flush()
    }
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
        written_within(pieces, Within::Text)
    }

    fn written_within(pieces: &[&str], within: Within) -> String {
        let mut out = Vec::new();
        let mut writer = Writer::new(&mut out, &known(), within);
        pieces.iter().for_each(|piece| writer.write_all(piece.as_bytes()).unwrap());
        writer.flush().unwrap();
        drop(writer);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_token_in_use_is_hidden_in_any_piece_as_it_is_and_as_json_writes_it() {
        assert_eq!(written(&["a ", TOKEN, " b"]), "a [token] b");
        for json in [r#"{"x":"secret/\"0123456789"}"#, r#"{"x":"\u0073ecret\/\u00220123456789"}"#] {
            assert_eq!(written_within(&[json], Within::Json), r#"{"x":"[token]"}"#);
        }
        let fill = "x".repeat(BUFFER - 5);
        assert_eq!(written(&[&fill, TOKEN, TOKEN, "y"]), format!("{fill}[token][token]y"));
        let (start, end) = TOKEN.split_at(7);
        let fill = "x".repeat(2 * BUFFER);
        let escaped = r"\u0073ecret/\u00220123456789";
        for at in 0..escaped.len() {
            let (start, end) = escaped.split_at(at);
            assert_eq!(written(&[&fill, start, end, &fill, start]), format!("{fill}[token]{fill}{start}"));
        }
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
