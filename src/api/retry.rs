//! Retries by effect: what may be sent again, when, and how often. The policy's clock and jitter are passed in.

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
}

/// Sends a request through the limiter, with the retries that its effect allows.
///
/// # Errors
/// The last failure: one that is not transient, the fourth that is, five minutes of throttling, or a service that asks
/// for more than is left of them. For a write, any failure after which it may have taken effect, and the last one before
/// its deadline.
pub fn send<T>(
    limiter: &Limiter,
    observer: &dyn Observer,
    effect: Effect<'_>,
    mut attempt: impl FnMut() -> Result<T, Failure>,
) -> Result<T, Failure> {
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
        match decision {
            RetryDecision::WhenThrottlingEnds => {}
            RetryDecision::After(pause)
                if effect.deadline().is_some_and(|end| Instant::now() + pause >= end) =>
            {
                return Err(failure);
            }
            RetryDecision::After(pause) => {
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
mod tests {
    use super::*;

    struct Unwatched;

    impl WriteHook for Unwatched {
        fn before_attempt(&self) -> Result<(), Interrupted> {
            Ok(())
        }

        fn had_no_effect(&self) {}

        fn deadline(&self) -> Option<Instant> {
            None
        }
    }

    const WRITE: Effect<'_> = Effect::Write(&Unwatched);

    fn failure(cause: Cause, retry_after: Option<u64>) -> Failure {
        Failure { retry_after: retry_after.map(Duration::from_secs), ..Failure::new(cause, "", "") }
    }

    /// How many times a request is sent to a service that only ever fails like this.
    fn sent(effect: Effect<'_>, cause: Cause) -> u32 {
        let (mut attempts, now) = (Attempts::default(), Instant::now());
        let mut sent = 1;
        while attempts.decide(effect, &failure(cause, None), None, now, 0.5) != RetryDecision::Never {
            sent += 1;
        }
        sent
    }

    #[test]
    fn a_read_is_sent_four_times_where_the_failure_is_transient() {
        for cause in [Cause::ConnectFailed, Cause::NoResponse, Cause::ServerError(Kind::Network)] {
            assert_eq!(sent(Effect::Read, cause), 4, "{cause:?}");
        }
        for cause in [Cause::Misconfigured, Cause::InvalidResponse, Cause::Refused(Kind::NotFound)] {
            assert_eq!(sent(Effect::Read, cause), 1, "{cause:?}");
        }
    }

    #[test]
    fn a_write_is_sent_again_only_when_it_never_left() {
        assert_eq!(sent(WRITE, Cause::ConnectFailed), 4);
        for cause in [
            Cause::NoResponse,
            Cause::ServerError(Kind::Network),
            Cause::InvalidResponse,
            Cause::Refused(Kind::Api),
        ] {
            assert_eq!(sent(WRITE, cause), 1, "{cause:?}");
        }
    }

    #[test]
    fn throttling_is_waited_out_for_five_minutes_and_is_no_failed_attempt() {
        for effect in [Effect::Read, WRITE] {
            let (mut attempts, start) = (Attempts::default(), Instant::now());
            let mut after = |seconds, requested| {
                let now = start + Duration::from_secs(seconds);
                attempts.decide(effect, &failure(Cause::Throttled, requested), Some(start), now, 0.5)
            };
            assert_eq!(after(0, Some(300)), RetryDecision::WhenThrottlingEnds);
            assert_eq!(after(0, Some(301)), RetryDecision::GiveUp(Duration::from_secs(301)));
            for seconds in 1..300 {
                assert_eq!(after(seconds, None), RetryDecision::WhenThrottlingEnds);
            }
            assert_eq!(after(299, Some(2)), RetryDecision::GiveUp(Duration::from_secs(2)));
            assert_eq!(after(300, None), RetryDecision::Never);
        }
    }

    #[test]
    fn a_backoff_is_anything_up_to_a_bound_that_doubles() {
        assert_eq!(backoff(1, 1.0), Duration::from_millis(500));
        assert_eq!(backoff(3, 1.0), Duration::from_millis(2_000));
        assert_eq!(backoff(3, 0.5), Duration::from_millis(1_000));
        assert_eq!(backoff(1, 0.0), Duration::ZERO);
    }

    struct Unobserved;

    impl Observer for Unobserved {
        fn sending(&self, _: &str, _: Option<&[u8]>) {}
        fn received(&self, _: &str, _: u16, _: &[u8], _: Duration) {}
        fn failed(&self, _: &str, _: &str, _: Duration) {}
        fn delayed(&self, _: &str) {}
    }

    fn passing(cause: Cause) -> Failure {
        let status = (cause == Cause::Throttled).then_some(429);
        Failure { status, retry_after: Some(Duration::ZERO), ..Failure::new(cause, "", "") }
    }

    /// How many requests are made of a service that fails like this twice, and whether it ends well.
    fn requests(effect: Effect<'_>, cause: Cause) -> (u32, bool) {
        let mut requests = 0;
        let request = || {
            requests += 1;
            if requests <= 2 { Err(passing(cause)) } else { Ok(()) }
        };
        let ended_well = send(&Limiter::new(2), &Unobserved, effect, request).is_ok();
        (requests, ended_well)
    }

    #[test]
    fn a_read_survives_transient_failures_and_no_refusal() {
        assert_eq!(requests(Effect::Read, Cause::Throttled), (3, true));
        assert_eq!(requests(Effect::Read, Cause::ConnectFailed), (3, true));
        assert_eq!(requests(Effect::Read, Cause::Refused(Kind::NotFound)), (1, false));
        assert_eq!(requests(Effect::Read, Cause::InvalidResponse), (1, false));
    }

    #[test]
    fn a_write_is_sent_again_only_when_it_did_not_take_effect() {
        assert_eq!(requests(WRITE, Cause::Throttled), (3, true));
        assert_eq!(requests(WRITE, Cause::ConnectFailed), (3, true));
        assert_eq!(requests(WRITE, Cause::NoResponse), (1, false));
        assert_eq!(requests(WRITE, Cause::ServerError(Kind::Network)), (1, false));
    }

    #[test]
    fn a_503_is_throttling_where_there_are_other_requests() {
        let limiter = Limiter::new(2);
        let unavailable = |failures: u32| {
            let mut requests = 0;
            send(&limiter, &Unobserved, Effect::Read, || {
                requests += 1;
                let failure = Failure { status: Some(503), ..passing(Cause::ServerError(Kind::Network)) };
                if requests <= failures { Err(failure) } else { Ok(()) }
            })
        };
        assert!(unavailable(4).is_err());
        let other = limiter.acquire(None);
        assert!(unavailable(4).is_ok());
        drop(other);
        assert!(unavailable(4).is_ok(), "it has responded before");
    }

    #[test]
    fn a_time_that_is_reported_is_whole_seconds_and_never_too_short() {
        assert_eq!(in_seconds(Duration::from_millis(3_050)), "4s");
        assert_eq!(in_seconds(Duration::from_secs(400)), "6m 40s");
    }

    #[test]
    fn a_service_that_asks_for_more_time_than_dhub_waits_is_given_up_at_once() {
        let requested = Duration::from_secs(3_600);
        let failure = Failure { retry_after: Some(requested), ..passing(Cause::Throttled) };
        let given_up =
            send(&Limiter::new(1), &Unobserved, Effect::Read, || Err::<(), _>(failure.clone())).unwrap_err();
        assert_eq!(given_up.message, "; the service asks to wait 1h more, and dhub waits 5m at most");
    }
}
