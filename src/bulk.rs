//! Many jobs side by side, slowing down together.

mod gate;
mod queue;

use std::thread;
use std::time::{Duration, Instant};

use crate::api::{Cause, Failure};

pub use gate::Gate;
pub use queue::{Queue, run};

/// A question that fails in passing is asked so many times in all.
const MOST_TRIES: u32 = 4;
/// The longest pause before the second try; it doubles from try to try.
const FIRST_BACKOFF: Duration = Duration::from_millis(500);
/// A request that is only ever throttled is given up after so long.
const LONGEST_THROTTLE: Duration = Duration::from_secs(300);

/// Asks a question that changes nothing, through the gate, until it is answered or makes no sense any longer.
///
/// # Errors
/// The last failure: a refusal, an answer that is not the API's, the fourth one in passing, or five minutes of throttling.
pub fn ask<T>(gate: &Gate, ask: impl FnMut() -> Result<T, Failure>) -> Result<T, Failure> {
    // A question that was turned away can be asked again, whatever the service says of the time.
    persist(gate, MOST_TRIES, |failure| failure.cause == Cause::Throttled || failure.status == Some(503), ask)
}

/// Sends a request that changes something, through the gate. Only what the service throttled, and so did not carry out,
/// is sent again.
///
/// # Errors
/// The first failure that is no throttling, or five minutes of throttling.
pub fn send<T>(gate: &Gate, send: impl FnMut() -> Result<T, Failure>) -> Result<T, Failure> {
    persist(gate, 1, |failure| failure.cause == Cause::Throttled, send)
}

fn persist<T>(
    gate: &Gate,
    most_tries: u32,
    is_throttling: impl Fn(&Failure) -> bool,
    mut request: impl FnMut() -> Result<T, Failure>,
) -> Result<T, Failure> {
    let begun = Instant::now();
    let mut tries = 0;
    loop {
        let pass = gate.enter();
        let failure = match request() {
            Ok(answer) => {
                pass.succeeded();
                return Ok(answer);
            }
            Err(failure) => failure,
        };
        if matches!(failure.status, Some(429 | 503)) {
            pass.throttled(failure.retry_after);
        } else {
            drop(pass);
        }
        if is_throttling(&failure) {
            if begun.elapsed() > LONGEST_THROTTLE {
                return Err(failure);
            }
            continue;
        }
        tries += 1;
        if tries >= most_tries || !failure.passes() {
            return Err(failure);
        }
        thread::sleep(backoff(tries, fastrand::f64()));
    }
}

/// The pause after so many failed tries: anything from nothing to a bound that doubles; `chance` is from 0 to 1.
fn backoff(tries: u32, chance: f64) -> Duration {
    (FIRST_BACKOFF * 2_u32.saturating_pow(tries.saturating_sub(1))).mul_f64(chance.clamp(0.0, 1.0))
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

    /// How many requests are made of a service that fails like this three times, and whether it ends well.
    fn requests(
        cause: Cause,
        persist: impl Fn(&Gate, &mut dyn FnMut() -> Result<(), Failure>) -> Result<(), Failure>,
    ) -> (u32, bool) {
        let mut requests = 0;
        let mut request = || {
            requests += 1;
            if requests <= 3 { Err(failure(cause)) } else { Ok(()) }
        };
        let ended_well = persist(&Gate::new(2), &mut request).is_ok();
        (requests, ended_well)
    }

    #[test]
    fn a_question_survives_three_failures_in_passing_and_no_refusal() {
        let ask = |gate: &Gate, request: &mut dyn FnMut() -> Result<(), Failure>| ask(gate, request);
        assert_eq!(requests(Cause::Throttled, ask), (4, true));
        assert_eq!(requests(Cause::NotSent, ask), (4, true));
        assert_eq!(requests(Cause::Refused(Kind::NotFound), ask), (1, false));
        assert_eq!(requests(Cause::Unreadable, ask), (1, false));
    }

    #[test]
    fn a_change_is_sent_again_only_when_it_was_throttled() {
        let send = |gate: &Gate, request: &mut dyn FnMut() -> Result<(), Failure>| send(gate, request);
        assert_eq!(requests(Cause::Throttled, send), (4, true));
        assert_eq!(requests(Cause::Lost, send), (1, false));
        assert_eq!(requests(Cause::ServerError(Kind::Network), send), (1, false));
    }

    #[test]
    fn a_backoff_is_anything_up_to_a_bound_that_doubles() {
        assert_eq!(backoff(1, 1.0), Duration::from_millis(500));
        assert_eq!(backoff(3, 1.0), Duration::from_millis(2_000));
        assert_eq!(backoff(3, 0.5), Duration::from_millis(1_000));
        assert_eq!(backoff(1, 0.0), Duration::ZERO);
    }
}
