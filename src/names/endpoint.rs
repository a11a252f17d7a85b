//! An endpoint of the API as a user writes it: a path below the API's base, however it is written, or a usage error.

use std::fmt;

use percent_encoding::{AsciiSet, percent_decode_str, utf8_percent_encode};
use url::Url;

use crate::error::{Error, Result};

use super::{Host, NOT_UNRESERVED, percent_encode};

/// A path below the API's base with its query, as they are sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// Percent-encoded, with a slash at its start.
    path: String,
    /// Percent-encoded, perhaps empty.
    query: String,
}

/// No server takes a longer path.
const LONGEST_PATH: usize = 8 * 1024;
/// It has to fit into a URL.
const LONGEST: usize = 32 * 1024;

/// What is percent-encoded in a path: all but the characters of its segments (RFC 3986, `pchar`), the slash between them,
/// and what is encoded already. `:` and `@` never get so far.
const IN_PATH: &AsciiSet = &NOT_UNRESERVED
    .remove(b'/')
    .remove(b'%')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// The same in a query. The URL library encodes an apostrophe there.
const IN_QUERY: &AsciiSet = &IN_PATH.remove(b'?').remove(b':').remove(b'@').add(b'\'');

impl Endpoint {
    /// Parses a path below `base_path` on `host`, perhaps with a query: with or without a slash or the base at its start, or
    /// as a whole address.
    ///
    /// # Errors
    /// A usage error for a path that leaves the base, or that some server might take for one that does: no part of it is
    /// made of dots, however often it is decoded.
    pub fn parse(text: &str, host: &Host, base_path: &str) -> Result<Self> {
        if text.chars().any(char::is_control) {
            return Err(Error::usage("it holds a control character"));
        }
        if text.contains('#') {
            return Err(Error::usage("it holds a #, and what follows one is never sent")
                .with_hint("a # that is part of a name is written %23"));
        }
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        let path = below_base(path, host, base_path)?;
        if path.is_empty() {
            return Err(Error::usage("it names no endpoint")
                .with_hint(format!("write what comes after {}{base_path}/, such as user", host.base())));
        }
        check_path(path)?;
        let path = format!("/{}", utf8_percent_encode(path, IN_PATH));
        Endpoint { path, query: encode_query(query) }.checked(host, base_path)
    }

    /// The same with more in its query: keys and values, as they are meant.
    ///
    /// # Errors
    /// A usage error where it gets too long.
    pub fn with_query<'a>(mut self, pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Result<Self> {
        for (key, value) in pairs {
            if !self.query.is_empty() {
                self.query.push('&');
            }
            self.query.push_str(&format!("{}={}", percent_encode(key), percent_encode(value)));
        }
        self.check_length()
    }

    /// Its path, without the query.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What it names, decoded: the parts of its path, and the values of its query.
    pub fn names(&self) -> Vec<String> {
        let values = self.query.split('&').filter_map(|pair| pair.split_once('=')).map(|(_, value)| value);
        let decode = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        self.path.split('/').chain(values).map(decode).filter(|name| !name.is_empty()).collect()
    }

    /// The last resort: the URL library, which sends it, reads it as it is written here.
    fn checked(self, host: &Host, base_path: &str) -> Result<Self> {
        let url = format!("{}{base_path}{self}", host.base());
        if Url::parse(&url).ok().is_none_or(|read| read.as_str() != url) {
            return Err(Error::usage("it cannot be sent as it is written"));
        }
        self.check_length()
    }

    fn check_length(self) -> Result<Self> {
        if self.path.len() + self.query.len() > LONGEST {
            return Err(Error::usage(format!("it is longer than {} KiB with its query", LONGEST / 1024)));
        }
        Ok(self)
    }
}

/// As it is sent, below the base.
impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        if self.query.is_empty() { Ok(()) } else { write!(f, "?{}", self.query) }
    }
}

/// The path without the slash, the base or the whole address that it begins with.
fn below_base<'a>(path: &'a str, host: &Host, base_path: &str) -> Result<&'a str> {
    let base = base_path.trim_start_matches('/');
    let is_address = path.contains("://");
    let after_host = || path.strip_prefix(host.base()).filter(|rest| rest.starts_with('/'));
    let place = if is_address { after_host().unwrap_or_default() } else { path };
    let place = place.strip_prefix('/').unwrap_or(place);
    match place.strip_prefix(base).map(|rest| (rest, rest.strip_prefix('/'))) {
        Some(("", _)) => Ok(""),
        Some((_, Some(below))) => Ok(below),
        _ if is_address => {
            Err(Error::usage(format!("it is an address, and not below {}{base_path}", host.base()))
                .with_hint("write the path alone; --host chooses the service"))
        }
        _ if is_of_a_version(place) => {
            Err(Error::usage(format!("it belongs to another version of the API than {base}")))
        }
        _ => Ok(place),
    }
}

/// Whether it begins with `api/v` and a digit.
fn is_of_a_version(path: &str) -> bool {
    path.strip_prefix("api/v").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// Refuses what leaves the base, or may do so at a server that reads a path more generously than it should.
fn check_path(path: &str) -> Result<()> {
    let refuse = |why: &str| Err(Error::usage(why));
    if path.len() > LONGEST_PATH {
        return Err(Error::usage(format!("its path is longer than {} KiB", LONGEST_PATH / 1024)));
    }
    if path.chars().any(char::is_whitespace) {
        return refuse("its path holds white space");
    }
    if let Some(sign) = path.chars().find(|c| "@:".contains(*c)) {
        let encoded = percent_encode(&sign.to_string());
        return Err(Error::usage(format!("its path holds a {sign}"))
            .with_hint(format!("a {sign} that is part of a name is written {encoded}")));
    }
    if !is_encoded(path) {
        return Err(Error::usage("its path holds a % that is followed by no two hexadecimal digits")
            .with_hint("a % that is part of a name is written %25"));
    }
    let Some(decoded) = decode_entirely(path) else {
        return refuse("its path is not UTF-8, once it is decoded");
    };
    if decoded.chars().any(char::is_control) {
        return refuse("its path holds a control character");
    }
    if decoded.contains('\\') {
        return refuse("its path holds a backslash");
    }
    if decoded.split(is_separator).any(is_dots) {
        return refuse("a part of its path is made of dots, which may lead out of the API");
    }
    if decoded.starts_with('/') || decoded.contains("//") {
        return refuse("its path has an empty part");
    }
    Ok(())
}

/// Whether each `%` begins an encoded byte.
fn is_encoded(text: &str) -> bool {
    text.split('%').skip(1).all(begins_with_byte)
}

fn begins_with_byte(text: &str) -> bool {
    text.as_bytes().get(..2).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
}

/// A path as a server sees it that decodes it once too often: nothing in it is encoded any more. None where that is no text.
fn decode_entirely(path: &str) -> Option<String> {
    let mut text = path.to_owned();
    loop {
        let decoded = percent_decode_str(&text).decode_utf8().ok()?.into_owned();
        if decoded == text {
            return Some(text);
        }
        text = decoded;
    }
}

/// What may end a part of a path: a slash, what some servers take for one, and what parameters begin with (`..;x=1`).
fn is_separator(c: char) -> bool {
    const LOOK_LIKE_SLASHES: [char; 5] = ['\u{2044}', '\u{2215}', '\u{2216}', '\u{ff0f}', '\u{ff3c}'];
    (c.is_ascii_punctuation() && !"-._~%".contains(c)) || LOOK_LIKE_SLASHES.contains(&c)
}

/// Whether a part of a path is `.` or `..` to some server: dots, what Unicode calls compatible with them, and nothing else
/// that it would certainly keep.
fn is_dots(part: &str) -> bool {
    const DOTS: [char; 6] = ['.', '\u{2024}', '\u{2025}', '\u{2026}', '\u{fe52}', '\u{ff0e}'];
    let is_dot = |c: char| DOTS.contains(&c);
    part.contains(is_dot)
        && !part.chars().any(|c| !is_dot(c) && (c.is_alphanumeric() || c.is_ascii_graphic()))
}

/// A query as it is sent: what is valid in it stays as it is written.
fn encode_query(query: &str) -> String {
    let mut valid = String::with_capacity(query.len());
    for (number, piece) in query.split('%').enumerate() {
        match number {
            0 => {}
            _ if begins_with_byte(piece) => valid.push('%'),
            _ => valid.push_str("%25"),
        }
        valid.push_str(piece);
    }
    utf8_percent_encode(&valid, IN_QUERY).to_string()
}

#[cfg(test)]
mod tests;
