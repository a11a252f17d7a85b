//! A token that cannot be printed by accident, the command that prints one, and where one may travel.

mod command;
pub mod find;

use std::fmt;
use std::sync::{Arc, OnceLock};

use zeroize::Zeroizing;

use crate::names::Host;

pub use command::token_from_command;

/// What is shown in the place of a token.
pub const HIDDEN: &str = "[token]";

/// An API token: visible ASCII, zeroed when dropped, never shown by `Debug`.
#[derive(Clone)]
pub struct Token(Zeroizing<String>);

/// Why a text is not a token. It never repeats the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvalidToken {
    /// Nothing is left once white space around it is trimmed.
    Empty,
    /// It contains white space, control characters or anything else but visible ASCII.
    NotVisibleAscii,
}

impl fmt::Display for InvalidToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            InvalidToken::Empty => "the token is empty",
            InvalidToken::NotVisibleAscii => {
                "the token holds a character that no token has (white space, or not ASCII)"
            }
        })
    }
}

impl Token {
    /// Parses a token, trimming white space and byte order marks around it.
    ///
    /// # Errors
    /// When it is empty or holds anything but visible ASCII, which could inject a header.
    pub fn parse(text: &str) -> Result<Self, InvalidToken> {
        let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        if text.is_empty() {
            return Err(InvalidToken::Empty);
        }
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(InvalidToken::NotVisibleAscii);
        }
        Ok(Token(Zeroizing::new(text.to_owned())))
    }

    /// A text of the service's in which this token is hidden: a short one as a whole word, a longer one anywhere.
    pub fn hide_in(&self, text: &str) -> String {
        find::hide(text, self.expose(), HIDDEN)
    }

    /// The token itself, for the header and the config file only.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// The token in use, once there is one: shared with what keeps it out of the output.
#[derive(Clone, Debug, Default)]
pub struct KnownToken(Arc<OnceLock<Token>>);

impl KnownToken {
    /// A token is about to be used. The first one counts: a command uses one.
    pub fn set(&self, token: &Token) {
        let _ = self.0.set(token.clone());
    }

    /// The token in use.
    pub fn get(&self) -> Option<&Token> {
        self.0.get()
    }
}

/// Whether a token may travel to this host: over plain http only to this machine itself, or where the user allows it.
pub fn may_travel_to(host: &Host, allow_http: bool) -> bool {
    !host.is_plain_http() || host.is_loopback() || allow_http
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_trimmed() {
        for text in [" dhat.v1.x\r\n", "\u{feff}dhat.v1.x\n", " \u{feff} dhat.v1.x\u{feff}"] {
            assert_eq!(Token::parse(text).unwrap().expose(), "dhat.v1.x");
        }
    }

    #[test]
    fn anything_but_visible_ascii_is_refused() {
        assert_eq!(Token::parse(" \n").unwrap_err(), InvalidToken::Empty);
        assert_eq!(Token::parse("\u{feff}\n").unwrap_err(), InvalidToken::Empty);
        for text in ["a b", "a\u{feff}b", "a\nb", "a\u{7f}b", "tök", "a\u{200b}"] {
            assert_eq!(Token::parse(text).unwrap_err(), InvalidToken::NotVisibleAscii, "{text:?}");
        }
    }

    #[test]
    fn debug_does_not_show_it() {
        let shown = format!("{:?}", Token::parse("dhat.v1.secret").unwrap());
        assert!(!shown.contains("secret"), "{shown}");
    }
}
