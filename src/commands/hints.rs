//! What to do next, by the kind of a refusal.

use crate::error::{Error, Kind};
use crate::session::Session;

/// The hint for what already exists, at this page.
pub fn duplicate_hint(page: &str) -> String {
    format!("see {page}; with --if-not-exists it counts as done, if it is what you asked for")
}

/// Adds the hint that helps with this kind of refusal, unless there is one.
pub fn with_refusal_hint(error: Error, session: &Session) -> Error {
    let status = session.command("dhub auth status");
    match error.kind {
        Kind::Auth => error.with_hint(format!(
            "see who you are with `{status}`; a token that may do this is made at {}",
            session.host().tokens_page()
        )),
        Kind::NotFound => error.with_hint(format!(
            "check the spelling; what is private is shown only to those who may read it (`{status}` says who you are)"
        )),
        _ => error,
    }
}
