//! The wait for a fork's branch, without which there is nothing to clone.

use std::thread;
use std::time::{Duration, Instant};

use crate::api::Client;
use crate::error::{Error, Kind, Result};
use crate::jobs::schedule::Schedule;
use crate::names::Database;
use crate::output::Output;

/// Waits until a fork that is done has a branch, where this version of the API says whether it has; `go_on` is what to do by
/// hand then. A parent without a branch has none to give.
///
/// # Errors
/// [`Kind::Pending`] when the time is up.
pub fn wait_for_branch(
    output: &Output,
    client: &Client,
    fork: &Database,
    parent: &Database,
    limit: Option<Duration>,
    go_on: &str,
) -> Result<()> {
    let schedule = Schedule::new(Instant::now(), limit);
    let progress = output.progress(1);
    let mut spinner = None;
    loop {
        let sent = Instant::now();
        // Whatever else is wrong, dolt says so.
        let Ok(Some(false)) = client.has_branch(fork) else { return Ok(()) };
        if spinner.is_none() && matches!(client.has_branch(parent), Ok(Some(false))) {
            output.note(&format!("{parent} has no branch, and so {fork} has none"));
            return Ok(());
        }
        spinner.get_or_insert_with(|| progress.spinner(&format!("Waiting for a branch of {fork}")));
        let Some(next) = schedule.next(sent, Instant::now(), None, fastrand::f64()) else {
            let waited = humantime::format_duration(limit.unwrap_or_default());
            return Err(Error::new(Kind::Pending, format!("it has no branch after {waited}"))
                .with_context(format!("cannot clone {fork}"))
                .with_hint(format!("the fork is done; once it has a branch, {go_on}")));
        };
        thread::sleep(next.saturating_duration_since(Instant::now()));
    }
}
