//! What to do next, by the kind of a refusal.

use crate::error::{Error, Kind};
use crate::session::Session;

/// The hint for what already exists, at this page.
pub fn duplicate_hint(page: &str) -> String {
    format!("see {page}; use --if-not-exists to accept an existing one")
}

/// Adds the hint that helps with this kind of refusal, unless there is one.
pub fn with_refusal_hint(error: Error, session: &Session) -> Error {
    let status = session.command("dhub auth status");
    match error.kind {
        Kind::Auth => error.with_hint(format!(
            "check your account with `{status}`; create a token with permission at {}",
            session.host().tokens_page()
        )),
        Kind::NotFound => error.with_hint(format!(
            "check the spelling; a private database is visible only to accounts with access (`{status}` shows yours)"
        )),
        _ => error,
    }
}
