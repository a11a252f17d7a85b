//! Retries by effect: what may be sent again, when, and how often. The policy's clock and jitter are passed in.

use std::fmt::Display;
use std::thread;
use std::time::{Duration, Instant};

use crate::error::{Error, Kind};

use super::failure::{Cause, Failure};
use super::limiter::{Limiter, MAX_THROTTLE};
use super::observer::Observer;

/// A request that fails for a transient reason is sent so many times in all.
const MAX_ATTEMPTS: u32 = 4;
/// The longest pause before the second attempt; it doubles from attempt to attempt.
const FIRST_BACKOFF: Duration = Duration::from_millis(500);
/// What takes longer is reported.
const LONG: Duration = Duration::from_secs(2);

/// Learns of each attempt at a write, so that it is known at any time what is on the wire.
pub trait WriteHook {
    /// An attempt is about to be sent.
    ///
    /// # Errors
    /// When a signal has come: nothing is sent any more.
    fn before_attempt(&self) -> Result<(), Interrupted>;
    /// The attempt certainly did not take effect. Another one may follow.
    fn had_no_effect(&self);
    /// No attempt begins after this time; none is no bound.
    fn deadline(&self) -> Option<Instant>;
}

/// A signal came, and nothing new is begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interrupted;

impl From<Interrupted> for Error {
    fn from(_: Interrupted) -> Self {
        Error::new(Kind::Interrupted, "interrupted")
    }
}

/// The effect of a request on the service.
#[derive(Clone, Copy)]
pub enum Effect<'a> {
    /// None: it can be sent again.
    Read,
    /// The same, but given up at this time.
    ReadUntil(Instant),
    /// It changes something, and is sent again only where the last attempt certainly did not take effect.
    Write(&'a dyn WriteHook),
}

impl Effect<'_> {
    fn is_read(self) -> bool {
        matches!(self, Effect::Read | Effect::ReadUntil(_))
    }

    fn before_attempt(self) -> Result<(), Failure> {
        match self {
            Effect::Read | Effect::ReadUntil(_) => Ok(()),
            Effect::Write(hook) => hook
                .before_attempt()
                .map_err(|Interrupted| Failure::new(Cause::Interrupted, "interrupted", "")),
        }
    }

    fn deadline(self) -> Option<Instant> {
        match self {
            Effect::Read => None,
            Effect::ReadUntil(deadline) => Some(deadline),
            Effect::Write(hook) => hook.deadline(),
        }
    }

    fn failed(self, failure: &Failure) {
        if let Effect::Write(hook) = self
            && !failure.may_have_taken_effect()
        {
            hook.had_no_effect();
        }
    }
}

/// Whether and when to send a request again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RetryDecision {
    /// After this pause.
    After(Duration),
    /// Once the limiter lets it through.
    WhenThrottlingEnds,
    /// The service asks for a longer pause than dhub makes.
    GiveUp(Duration),
    /// It would be useless, or do harm.
    Never,
}

/// The attempts at one request so far.
#[derive(Clone, Copy, Debug, Default)]
struct Attempts {
    failed: u32,
}

impl Attempts {
    /// What to do after a failure; `jitter` is from 0 to 1. Since `throttled` the service has taken no request.
    fn decide(
        &mut self,
        effect: Effect<'_>,
        failure: &Failure,
        throttled: Option<Instant>,
        now: Instant,
        jitter: f64,
    ) -> RetryDecision {
        if failure.cause == Cause::Throttled {
            let left = match throttled {
                Some(since) => MAX_THROTTLE.saturating_sub(now.saturating_duration_since(since)),
                None => MAX_THROTTLE,
            };
            return match failure.retry_after {
                Some(requested) if requested > left => RetryDecision::GiveUp(requested),
                _ if left.is_zero() => RetryDecision::Never,
                _ => RetryDecision::WhenThrottlingEnds,
            };
        }
        self.failed += 1;
        let is_safe = effect.is_read() || !failure.may_have_taken_effect();
        if failure.is_transient() && is_safe && self.failed < MAX_ATTEMPTS {
            RetryDecision::After(backoff(self.failed, jitter))
        } else {
            RetryDecision::Never
        }
    }

    /// Which retry comes, and why.
    fn problem(&self, decision: RetryDecision, failure: &Failure) -> String {
        match (decision, failure.retry_after) {
            (RetryDecision::After(_), _) => {
                format!("attempt {} of {MAX_ATTEMPTS}: {}", self.failed + 1, failure.message)
            }
            (_, Some(pause)) => format!("{}; trying again in {}", failure.message, in_seconds(pause)),
            (_, None) => format!("still trying: {}", failure.message),
        }
    }
}

/// Sends a request through the limiter, with the retries that its effect allows; `what` it is, for people.
///
/// # Errors
/// The last failure: one that is not transient, the fourth that is, five minutes of throttling, or a service that asks
/// for more than is left of them. For a write, any failure after which it may have taken effect, and the last one before
/// its deadline.
pub fn send<T>(
    limiter: &Limiter,
    observer: &dyn Observer,
    what: &dyn Display,
    effect: Effect<'_>,
    mut attempt: impl FnMut() -> Result<T, Failure>,
) -> Result<T, Failure> {
    let waiting = observer.waiting(what);
    let mut attempts = Attempts::default();
    let mut last: Option<Failure> = None;
    loop {
        let Some(permit) = limiter.acquire(effect.deadline()) else {
            return Err(Failure { cause: Cause::Expired, ..last.unwrap_or_else(not_sent) });
        };
        let sent = Instant::now();
        effect.before_attempt()?;
        let mut failure = match attempt() {
            Ok(response) => {
                permit.succeeded();
                return Ok(response);
            }
            Err(failure) => failure,
        };
        effect.failed(&failure);
        // To one of several requests, a 503 says that they are too many; to a lone one, that the service is out of order.
        if failure.status == Some(503) && effect.is_read() && limiter.has_siblings() {
            failure.cause = Cause::Throttled;
        }
        let decision =
            attempts.decide(effect, &failure, limiter.throttled_since(), Instant::now(), fastrand::f64());
        if failure.is_throttling() {
            let requested = failure.retry_after.filter(|_| !matches!(decision, RetryDecision::GiveUp(_)));
            if let Some(pause) = permit.throttled(requested)
                && decision == RetryDecision::WhenThrottlingEnds
            {
                report_throttling(limiter, observer, &failure, pause);
            }
        } else if failure.status.is_some_and(|status| status < 500) {
            // A refusal is a response.
            permit.succeeded();
        } else {
            drop(permit);
        }
        let report_problem = || {
            if let Some(waiting) = &waiting {
                waiting.failed(&attempts.problem(decision, &failure));
            }
        };
        match decision {
            RetryDecision::WhenThrottlingEnds => report_problem(),
            RetryDecision::After(pause)
                if effect.deadline().is_some_and(|end| Instant::now() + pause >= end) =>
            {
                return Err(failure);
            }
            RetryDecision::After(pause) => {
                report_problem();
                if sent.elapsed() > LONG {
                    observer.delayed(&format!("{}; trying again", failure.message));
                }
                thread::sleep(pause);
            }
            RetryDecision::GiveUp(requested) => return Err(retry_after_too_long(failure, requested)),
            RetryDecision::Never => return Err(failure),
        }
        last = Some(failure);
    }
}

/// Where a deadline passes before the first attempt.
fn not_sent() -> Failure {
    Failure::new(Cause::Expired, "the service is throttling", "")
}

fn report_throttling(limiter: &Limiter, observer: &dyn Observer, failure: &Failure, pause: Duration) {
    if pause > LONG {
        observer.delayed(&format!("{}; trying again in {}", failure.message, in_seconds(pause)));
    } else if limiter.should_report_throttling() {
        observer.delayed(&format!("{}; still trying", failure.message));
    }
}

/// Adds which bound it is that ends the retries.
fn retry_after_too_long(mut failure: Failure, requested: Duration) -> Failure {
    let (requested, max) = (in_seconds(requested), in_seconds(MAX_THROTTLE));
    failure.message = format!(
        "{}; the service asks to wait {requested} more, and dhub waits {max} at most",
        failure.message
    );
    failure
}

/// A time that is yet to pass, in whole seconds and never too short, such as `6m 40s`.
fn in_seconds(time: Duration) -> String {
    humantime::format_duration(Duration::from_secs(time.as_secs_f64().ceil() as u64)).to_string()
}

/// The pause after so many failed attempts: anything from nothing to a bound that doubles; `jitter` is from 0 to 1.
fn backoff(failed: u32, jitter: f64) -> Duration {
    (FIRST_BACKOFF * 2_u32.saturating_pow(failed.saturating_sub(1))).mul_f64(jitter.clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests;
