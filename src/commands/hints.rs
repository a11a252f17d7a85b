//! What to do next: hints, notes and commands that several commands share.

use crate::cli::WaitArgs;
use crate::error::{Error, Kind};
use crate::session::Session;

use super::context::Context;

/// What waits for the operations put after it.
pub const FORK_STATUS_WAIT: &str = "dhub db fork-status --wait";

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

/// The error for a fork that failed at the service.
pub fn failed(message: Option<String>) -> Error {
    let message = message.unwrap_or_else(|| "the fork failed, and the service gave no reason".to_owned());
    Error::new(Kind::OperationFailed, message)
        .with_hint("the fork was accepted and then failed; it can be retried")
}

/// Says that `--timeout` does nothing where there is no wait.
pub fn note_unused_timeout(context: &Context, wait: WaitArgs) {
    if wait.limits_nothing() {
        context.output.note("--timeout does nothing without --wait");
    }
}
