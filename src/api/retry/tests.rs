//! Which requests are sent again, and when.

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
    let ended_well = send(&Limiter::new(2), &Unobserved, &"", effect, request).is_ok();
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
        send(&limiter, &Unobserved, &"", Effect::Read, || {
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
        send(&Limiter::new(1), &Unobserved, &"", Effect::Read, || Err::<(), _>(failure.clone())).unwrap_err();
    assert_eq!(given_up.message, "; the service asks to wait 1h more, and dhub waits 5m at most");
}
