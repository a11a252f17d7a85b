//! Many jobs side by side, slowing down together.

mod gate;
mod queue;

use std::thread;
use std::time::{Duration, Instant};

use crate::api::{Again, Cause, Failure, LONGEST_THROTTLE, Meaning, Tries};

pub use gate::Gate;
pub use queue::{Queue, run};

/// What takes longer is told to whoever waits.
const LONG: Duration = Duration::from_secs(2);

/// Asks a question that changes nothing, through the gate, until it is answered or makes no sense any longer.
///
/// # Errors
/// The last failure: a refusal, an answer that is not the API's, the fourth one in passing, five minutes of throttling,
/// or a service that asks for more than is left of them.
pub fn ask<T>(gate: &Gate, ask: impl FnMut() -> Result<T, Failure>) -> Result<T, Failure> {
    persist(gate, Meaning::Question, ask)
}

/// Sends a request that changes something, through the gate. It is sent again only when it was not carried out: it never
/// left, or the service is throttling.
///
/// # Errors
/// The first failure of another kind, the fourth connection that cannot be made, five minutes of throttling, or a service
/// that asks for more than is left of them.
pub fn send<T>(gate: &Gate, send: impl FnMut() -> Result<T, Failure>) -> Result<T, Failure> {
    persist(gate, Meaning::Change, send)
}

fn persist<T>(
    gate: &Gate,
    meaning: Meaning,
    mut request: impl FnMut() -> Result<T, Failure>,
) -> Result<T, Failure> {
    let mut tries = Tries::new(meaning);
    loop {
        let pass = gate.enter();
        let sent = Instant::now();
        let mut failure = match request() {
            Ok(answer) => {
                pass.succeeded();
                return Ok(answer);
            }
            Err(failure) => failure,
        };
        // To one of several requests, a 503 says that they are too many; to a lone one, that the service is out of order.
        let turned_away = failure.status == Some(503) && meaning == Meaning::Question && gate.is_crowded();
        if turned_away {
            failure.cause = Cause::Throttled;
        }
        let again = tries.again(&failure, gate.throttled_since(), Instant::now(), fastrand::f64());
        if matches!(failure.status, Some(429 | 503)) {
            let asked = failure.retry_after.filter(|_| !matches!(again, Again::TooLong(_)));
            if let Some(pause) = pass.throttled(asked)
                && again == Again::Throttled
            {
                if pause > LONG {
                    gate.tell(&format!("{}; trying again in {}", failure.message, in_seconds(pause)));
                } else if gate.is_throttled_for_long() {
                    gate.tell(&format!("{}; still trying", failure.message));
                }
            }
        } else if failure.status.is_some_and(|status| status < 500) {
            // A refusal is an answer.
            pass.succeeded();
        } else {
            drop(pass);
        }
        match again {
            Again::Throttled => {}
            Again::After(pause) => {
                if sent.elapsed() > LONG {
                    gate.tell(&format!("{}; trying again", failure.message));
                }
                thread::sleep(pause);
            }
            Again::TooLong(asked) => return Err(asks_too_much(failure, asked)),
            Again::No => return Err(failure),
        }
    }
}

/// Says which bound it is that ends the patience.
fn asks_too_much(mut failure: Failure, asked: Duration) -> Failure {
    let (asked, most) = (in_seconds(asked), in_seconds(LONGEST_THROTTLE));
    failure.message =
        format!("{}; the service asks for {asked} more, and dhub waits for {most} in all", failure.message);
    failure
}

/// A time that is yet to pass, in whole seconds and never too short, such as `6m 40s`.
fn in_seconds(time: Duration) -> String {
    humantime::format_duration(Duration::from_secs(time.as_secs_f64().ceil() as u64)).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Kind;

    fn failure(cause: Cause) -> Failure {
        Failure {
            cause,
            message: String::new(),
            hint: None,
            request: String::new(),
            status: (cause == Cause::Throttled).then_some(429),
            retry_after: Some(Duration::ZERO),
        }
    }

    /// How many requests are made of a service that fails like this twice, and whether it ends well.
    fn requests(meaning: Meaning, cause: Cause) -> (u32, bool) {
        let mut requests = 0;
        let request = || {
            requests += 1;
            if requests <= 2 { Err(failure(cause)) } else { Ok(()) }
        };
        let ended_well = persist(&Gate::new(2), meaning, request).is_ok();
        (requests, ended_well)
    }

    #[test]
    fn a_question_survives_failures_in_passing_and_no_refusal() {
        assert_eq!(requests(Meaning::Question, Cause::Throttled), (3, true));
        assert_eq!(requests(Meaning::Question, Cause::NotSent), (3, true));
        assert_eq!(requests(Meaning::Question, Cause::Refused(Kind::NotFound)), (1, false));
        assert_eq!(requests(Meaning::Question, Cause::Unreadable), (1, false));
    }

    #[test]
    fn a_change_is_sent_again_only_when_it_was_not_carried_out() {
        assert_eq!(requests(Meaning::Change, Cause::Throttled), (3, true));
        assert_eq!(requests(Meaning::Change, Cause::NotSent), (3, true));
        assert_eq!(requests(Meaning::Change, Cause::Lost), (1, false));
        assert_eq!(requests(Meaning::Change, Cause::ServerError(Kind::Network)), (1, false));
    }

    #[test]
    fn a_503_is_throttling_where_there_are_other_requests() {
        let gate = Gate::new(2);
        let unavailable = |failures: u32| {
            let mut requests = 0;
            ask(&gate, || {
                requests += 1;
                let failure = Failure { status: Some(503), ..failure(Cause::ServerError(Kind::Network)) };
                if requests <= failures { Err(failure) } else { Ok(()) }
            })
        };
        assert!(unavailable(4).is_err());
        let other = gate.enter();
        assert!(unavailable(4).is_ok());
        drop(other);
        assert!(unavailable(4).is_ok(), "it has answered before");
    }

    #[test]
    fn a_time_that_is_told_is_whole_seconds_and_never_too_short() {
        assert_eq!(in_seconds(Duration::from_millis(3_050)), "4s");
        assert_eq!(in_seconds(Duration::from_secs(400)), "6m 40s");
    }

    #[test]
    fn a_service_that_asks_for_more_time_than_anybody_waits_is_given_up_at_once() {
        let asked = Duration::from_secs(3_600);
        let failure = Failure { retry_after: Some(asked), ..failure(Cause::Throttled) };
        let given_up = ask(&Gate::new(1), || Err::<(), _>(failure.clone())).unwrap_err();
        assert_eq!(given_up.message, "; the service asks for 1h more, and dhub waits for 5m in all");
    }
}
