//! Asking how far a fork is until it is finished, whatever passes in between.

use std::thread;
use std::time::{Duration, Instant};

use crate::api::{Client, Failure, ForkStatus};
use crate::cli::WaitArgs;
use crate::error::{Error, Kind};
use crate::names::Operation;
use crate::output::Spinner;
use crate::wait::{Next, Seen, Wait};

use super::Context;
use super::in_flight::goes_on;

/// How a wait ended.
pub enum Ended {
    /// The service says so: done or failed.
    Finished(ForkStatus),
    /// It is not known to be finished; the error says why nobody waits any longer, and how to go on.
    Early(Error),
}

/// One question near the end of the time may take this long, even if less is left.
const SHORTEST_REQUEST: Duration = Duration::from_secs(1);

/// What to wait for.
pub struct Waiting<'a> {
    pub operation: &'a Operation,
    /// For the spinner and for errors, such as `dolthub/x → taylor`.
    pub what: &'a str,
    /// None is for ever.
    pub limit: Option<Duration>,
    /// Whether the fork was accepted just now; else the first question is asked at once.
    pub just_accepted: bool,
}

/// Waits until the fork is finished.
pub fn wait(context: &Context, client: &Client, waiting: &Waiting<'_>) -> Ended {
    let started = Instant::now();
    let mut plan = Wait::new(started, waiting.limit);
    let mut spinner = context.output.spinner(waiting.what);
    let mut ask_at = if waiting.just_accepted { plan.first() } else { started };
    loop {
        sleep_until(ask_at, &mut spinner);
        let timeout = plan.left(Instant::now()).map(|left| left.max(SHORTEST_REQUEST));
        let (seen, trouble) = match client.fork_status(waiting.operation, timeout) {
            Ok(ForkStatus::Pending) => (Seen::Pending, None),
            Ok(finished) => return Ended::Finished(finished),
            Err(failure) => match seen(&failure) {
                Some(seen) if seen != Seen::Unreadable || plan.bears_another_unreadable() => {
                    (seen, Some(failure.message))
                }
                _ => return Ended::Early(refused(context, waiting, failure)),
            },
        };
        spinner.trouble(trouble.as_deref());
        let chance = fastrand::f64() * 2.0 - 1.0;
        match plan.next(Instant::now(), seen, chance) {
            Next::Ask(at) => ask_at = at,
            Next::GiveUp(at) => {
                sleep_until(at, &mut spinner);
                return Ended::Early(timed_out(context, waiting, trouble.as_deref()));
            }
        }
    }
}

/// Says that `--timeout` does nothing where nobody waits.
pub fn note_if_it_limits_nothing(context: &Context, wait: WaitArgs) {
    if wait.limits_nothing() {
        context.output.note("--timeout does nothing without --wait");
    }
}

/// What a failed question means for the wait; none ends it.
fn seen(failure: &Failure) -> Option<Seen> {
    if matches!(failure.status, Some(401 | 403)) {
        None
    } else if failure.passes() {
        Some(Seen::Passing(failure.retry_after))
    } else if failure.is_unreadable() {
        Some(Seen::Unreadable)
    } else {
        None
    }
}

fn sleep_until(at: Instant, spinner: &mut Spinner<'_>) {
    loop {
        let now = Instant::now();
        spinner.beat(now);
        if now >= at {
            return;
        }
        let wake = spinner.next_beat().map_or(at, |beat| beat.min(at));
        thread::sleep(wake.saturating_duration_since(now));
    }
}

fn refused(context: &Context, waiting: &Waiting<'_>, failure: Failure) -> Error {
    let resume = context.in_flight.resume(&[waiting.operation]);
    let hint = match failure.kind() {
        Kind::Auth => format!("with a token that may see the fork, come back with: {resume}"),
        Kind::NotFound => format!("check the operation's name, then: {resume}"),
        _ => format!("to go on waiting: {resume}"),
    };
    let hint = failure.hint.as_ref().map_or_else(|| hint.clone(), |first| format!("{first}; {hint}"));
    Failure { hint: Some(hint), ..failure }.into_error(format!("stopped waiting for {}", waiting.what))
}

fn timed_out(context: &Context, waiting: &Waiting<'_>, trouble: Option<&str>) -> Error {
    let limit = humantime::format_duration(waiting.limit.unwrap_or_default());
    let trouble = trouble.map(|trouble| format!(" (at last: {trouble})")).unwrap_or_default();
    Error::new(Kind::Pending, format!("not finished after {limit}{trouble}"))
        .doing(format!("stopped waiting for {}", waiting.what))
        .hint(goes_on(1, &context.in_flight.resume(&[waiting.operation])))
}

/// The error for a fork that the service gave up.
pub fn failed(message: Option<String>) -> Error {
    let message = message.unwrap_or_else(|| "the fork failed, and the service does not say why".to_owned());
    Error::new(Kind::OperationFailed, message)
        .hint("the fork was accepted, and then failed; it can be tried again")
}
