//! Asking how far a fork is until it is finished, whatever passes in between.

use std::time::{Duration, Instant};

use crate::api::{Client, Failure, ForkStatus, LONGEST_THROTTLE};
use crate::bulk::Gate;
use crate::cli::WaitArgs;
use crate::error::{Error, Kind};
use crate::names::Operation;
use crate::output::{Group, Spinner};
use crate::wait::{Next, Seen, Wait};

use super::context::Context;
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
/// So much longer than its limit a question may take on a busy machine.
const SLACK: Duration = Duration::from_millis(200);

/// A wait for one fork, a question at a time, so that one thread can hold many.
pub struct Watch<'a> {
    context: &'a Context,
    client: &'a Client,
    operation: Operation,
    /// For the spinner and for errors, such as `dolthub/x → taylor`.
    what: String,
    /// None is for ever.
    limit: Option<Duration>,
    plan: Wait,
    spinner: Spinner<'a>,
    /// Whether it was asked once more because the machine slept.
    overslept: bool,
    /// What stood in the way at last, once there is nothing left but to tell that the time is up.
    given_up: Option<Option<String>>,
}

/// What one question brought.
pub enum Asked {
    /// Ask again at this time.
    Again(Instant),
    /// The wait is over.
    Ended(Ended),
}

impl<'a> Watch<'a> {
    /// A wait that begins now, for no longer than `limit`.
    pub fn new(
        context: &'a Context,
        client: &'a Client,
        operation: Operation,
        what: String,
        limit: Option<Duration>,
        progress: &Group<'a>,
    ) -> Self {
        let plan = Wait::new(Instant::now(), limit);
        let spinner = progress.spinner(&what);
        Watch { context, client, operation, what, limit, plan, spinner, overslept: false, given_up: None }
    }

    /// When to ask first about a fork that was accepted just now.
    pub fn first(&self) -> Instant {
        self.plan.first()
    }

    /// Asks once how far the fork is.
    pub fn ask(&mut self, gate: &Gate) -> Asked {
        if let Some(trouble) = &self.given_up {
            return Asked::Ended(Ended::Early(self.timed_out(trouble.as_deref())));
        }
        let now = Instant::now();
        let left = self.plan.left(now);
        let pass = match gate.try_enter() {
            Ok(pass) => pass,
            // This wait holds no thread while the service wants to be left alone.
            Err(_) if left.is_some_and(|left| left.is_zero()) => {
                return Asked::Ended(Ended::Early(self.timed_out(Some("the service is throttling"))));
            }
            Err(opens) => return Asked::Again(left.map_or(opens, |left| opens.min(now + left))),
        };
        let timeout = left.map(|left| left.max(SHORTEST_REQUEST));
        let asked = Instant::now();
        let answer = self.client.fork_status(&self.operation, timeout);
        match &answer {
            Ok(_) => pass.succeeded(),
            Err(failure) if matches!(failure.status, Some(429 | 503)) => {
                pass.throttled(failure.retry_after);
            }
            Err(_) => drop(pass),
        }
        let (seen, trouble) = match answer {
            Ok(ForkStatus::Pending) => (Seen::Pending, None),
            Ok(finished) => return Asked::Ended(Ended::Finished(finished)),
            Err(failure) => match seen(&failure) {
                Some(seen) if seen != Seen::Unreadable || self.plan.bears_another_unreadable() => {
                    (seen, Some(failure.message))
                }
                _ => return Asked::Ended(Ended::Early(self.refused(failure))),
            },
        };
        self.spinner.trouble(trouble.as_deref());
        let chance = fastrand::f64() * 2.0 - 1.0;
        match self.plan.next(Instant::now(), seen, chance) {
            Next::Ask(at) => Asked::Again(at),
            // A question cannot take longer than its own limit: the machine slept, and nobody listened for the answer.
            Next::GiveUp(_)
                if !self.overslept && timeout.is_some_and(|timeout| asked.elapsed() > timeout + SLACK) =>
            {
                self.overslept = true;
                Asked::Again(Instant::now())
            }
            Next::GiveUp(at) => {
                self.given_up = Some(trouble);
                Asked::Again(at)
            }
        }
    }

    fn refused(&self, failure: Failure) -> Error {
        let resume = self.context.in_flight.resume(&[&self.operation]);
        let hint = match failure.kind() {
            Kind::Auth => format!("with a token that may see the fork, come back with: {resume}"),
            Kind::NotFound => format!("check the operation's name, then: {resume}"),
            _ => format!("to go on waiting: {resume}"),
        };
        let hint = failure.hint.as_ref().map_or_else(|| hint.clone(), |first| format!("{first}; {hint}"));
        Failure { hint: Some(hint), ..failure }.into_error(format!("stopped waiting for {}", self.what))
    }

    fn timed_out(&self, trouble: Option<&str>) -> Error {
        let limit = humantime::format_duration(self.limit.unwrap_or_default());
        let trouble = trouble.map(|trouble| format!(" (at last: {trouble})")).unwrap_or_default();
        Error::new(Kind::Pending, format!("not finished after {limit}{trouble}"))
            .with_context(format!("stopped waiting for {}", self.what))
            .with_hint(goes_on(1, &self.context.in_flight.resume(&[&self.operation])))
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
        Some(Seen::Passing(failure.retry_after.map(|asked| asked.min(LONGEST_THROTTLE))))
    } else if failure.is_unreadable() {
        Some(Seen::Unreadable)
    } else {
        None
    }
}

/// The error for a fork that the service gave up.
pub fn failed(message: Option<String>) -> Error {
    let message = message.unwrap_or_else(|| "the fork failed, and the service does not say why".to_owned());
    Error::new(Kind::OperationFailed, message)
        .with_hint("the fork was accepted, and then failed; it can be tried again")
}
