//! A token that cannot be printed by accident.

use std::fmt;

use zeroize::Zeroizing;

/// An API token: visible ASCII, wiped from memory when dropped, never shown by `Debug`.
#[derive(Clone)]
pub struct Token(Zeroizing<String>);

/// Why a text is no token. It never repeats the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoToken {
    /// Nothing is left once white space around it is trimmed.
    Empty,
    /// It holds white space, control characters or anything but visible ASCII.
    NotVisibleAscii,
}

impl fmt::Display for NoToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            NoToken::Empty => "the token is empty",
            NoToken::NotVisibleAscii => {
                "the token holds a character that no token has (white space, or not ASCII)"
            }
        })
    }
}

impl Token {
    /// Takes a token, trimming white space around it.
    ///
    /// # Errors
    /// When it is empty or holds anything but visible ASCII, so that it cannot smuggle a header line.
    pub fn parse(text: &str) -> Result<Self, NoToken> {
        let text = text.trim();
        if text.is_empty() {
            return Err(NoToken::Empty);
        }
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(NoToken::NotVisibleAscii);
        }
        Ok(Token(Zeroizing::new(text.to_owned())))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_trimmed() {
        assert_eq!(Token::parse(" dhat.v1.x\r\n").unwrap().expose(), "dhat.v1.x");
    }

    #[test]
    fn what_is_not_visible_ascii_is_no_token() {
        assert_eq!(Token::parse(" \n").unwrap_err(), NoToken::Empty);
        for text in ["a b", "a\nb", "a\u{7f}b", "tök", "a\u{200b}"] {
            assert_eq!(Token::parse(text).unwrap_err(), NoToken::NotVisibleAscii, "{text:?}");
        }
    }

    #[test]
    fn debug_does_not_show_it() {
        let shown = format!("{:?}", Token::parse("dhat.v1.secret").unwrap());
        assert!(!shown.contains("secret"), "{shown}");
    }
}
