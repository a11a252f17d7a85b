//! An error, as stderr gets it.

use std::io::{self, Write};

use serde::Serialize;

use super::write_json;
use crate::error::Error;

/// The document for an error.
#[derive(Debug, Serialize)]
pub struct ErrorView<'a> {
    error: Parts<'a>,
}

#[derive(Debug, Serialize)]
struct Parts<'a> {
    kind: &'static str,
    argument: Option<&'a str>,
    owner: Option<&'a str>,
    message: &'a str,
    status: Option<u16>,
    request: Option<&'a str>,
    hint: Option<&'a str>,
    request_id: Option<&'a str>,
}

impl<'a> ErrorView<'a> {
    /// The document for this error.
    pub fn new(error: &'a Error) -> Self {
        ErrorView {
            error: Parts {
                kind: error.kind.name(),
                argument: error.argument.as_deref(),
                owner: error.owner.as_deref(),
                message: &error.message,
                status: error.status,
                request: error.request.as_deref(),
                hint: error.hint.as_deref(),
                request_id: error.request_id.as_deref(),
            },
        }
    }

    /// Writes the document, without the line break after it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        write_json(out, self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Kind;

    #[test]
    fn the_keys_of_an_error_are_as_designed() {
        let error = Error::new(Kind::NotFound, "no such repository")
            .with_context("cannot list forks")
            .with_argument("nobody/nothing")
            .with_request("GET https://x", Some(400));
        let mut out = Vec::new();
        ErrorView::new(&error).json(&mut out).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            r#"{"error":{"kind":"not_found","argument":"nobody/nothing","owner":null,"message":"no such repository","status":400,"request":"GET https://x","hint":null,"request_id":null}}"#
        );
    }
}
