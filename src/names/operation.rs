//! The name of a fork's operation.

use std::fmt;

use crate::error::{Error, Result};

use super::without_password;

/// An operation's name: opaque, sent back exactly as the service gave it.
///
/// The contract's own examples name one operation `operations/UUID` in the response to POST and
/// `operations/jobs/UUID` in the response to GET, so two names are never compared.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Operation(String);

/// It has to fit into a URL.
const LONGEST_NAME: usize = 2_000;

impl Operation {
    /// Takes an operation's name as given by the service or typed by a user.
    ///
    /// # Errors
    /// A usage error for an empty name, one with white space or control characters, or an address with a password.
    pub fn parse(text: &str) -> Result<Self> {
        if text.is_empty() {
            return Err(Error::usage("the operation's name is empty")
                .with_hint("`db fork` prints none for a fork that already existed"));
        }
        if text.len() > LONGEST_NAME {
            return Err(Error::usage(format!("an operation's name is not longer than {LONGEST_NAME} bytes")));
        }
        if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(Error::usage("an operation's name holds no white space").with_hint(
                "it looks like operations/b09a9221-9dcb-4a15-9ca8-a64656946f12; `db fork` prints it",
            ));
        }
        // As a path segment, it would lead elsewhere.
        if text == "." || text == ".." {
            return Err(Error::usage(format!("{text} is no operation's name")));
        }
        if holds_password(text) {
            return Err(Error::usage("an address is no operation's name"));
        }
        Ok(Operation(text.to_owned()))
    }

    /// The name as the service gave it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether it is an address with a password, which is nothing to be sent or repeated. An operation's own name may hold
/// the same characters.
fn holds_password(text: &str) -> bool {
    let text = text.replace(['\u{ff20}', '\u{fe6b}'], "@");
    let Some((user, host)) = text.rsplit_once('@') else { return false };
    let password = user.rsplit_once(':').map_or("", |(_, password)| password);
    let is_bare = !password.is_empty() && !password.contains('/') && host.starts_with(char::is_alphanumeric);
    is_bare || (text.contains("://") && *without_password(&text) != *text)
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_with_a_password_is_no_operation() {
        for text in [
            "https://bob:hunter2@h/a",
            "https:/bob:hunter2@h/a",
            "//bob:hunter2@h",
            "@bob:hunter2@h",
            "bob:hunter2@h/repositories/a/b",
            "bob:hunter2\u{ff20}h",
        ] {
            let error = Operation::parse(text).unwrap_err();
            assert!(!format!("{error:?}").contains("hunter2"), "{error}");
        }
        for text in ["a:b/c@d", "x;:@!$'()*,", "a@b", "operations/1:2"] {
            assert!(Operation::parse(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn any_one_word_is_an_operation() {
        for text in ["operations/b09a9221", "operations/jobs/b09a9221", "x?y=z&ü"] {
            assert_eq!(Operation::parse(text).unwrap().as_str(), text);
        }
    }

    #[test]
    fn empty_and_blank_are_refused() {
        for text in ["", " ", ".", "..", "a b", "a\nb", "a\u{1b}b", &"a".repeat(2_001)] {
            assert!(Operation::parse(text).is_err(), "{text:?}");
        }
    }
}
