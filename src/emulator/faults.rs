//! Fault injection: which requests fail, in which way, and whether they take effect before they fail.

/// How a request fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Fault {
    /// The connection is reset, without a response.
    Reset,
    /// 500 with the API's error body.
    Internal,
    /// 502 with the HTML page of a gateway.
    BadGateway,
    /// 429 with `Retry-After`.
    Throttled,
}

/// Whether a failed request takes effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Timing {
    /// The request has no effect.
    BeforeEffect,
    /// The request takes effect, and its response is lost.
    AfterEffect,
}

/// A sequence of faults, the same for the same seed.
#[derive(Debug)]
pub(super) struct Faults {
    rate: f64,
    random: fastrand::Rng,
}

impl Faults {
    /// `rate` is the probability that a request fails, from 0 to 1.
    pub(super) fn new(rate: f64, seed: u64) -> Self {
        Self { rate, random: fastrand::Rng::with_seed(seed) }
    }

    /// The fault of the next request, if any.
    ///
    /// The four kinds are equally likely. A throttled request has no effect by definition; the others take
    /// effect two times in three, so that over all faults it is one in two.
    pub(super) fn next(&mut self) -> Option<(Fault, Timing)> {
        // Both numbers are drawn every time, so that a higher rate only adds faults to those of a lower one.
        let (draw, choice) = (self.random.f64(), self.random.u8(0..12));
        let timing = if choice % 3 == 0 { Timing::BeforeEffect } else { Timing::AfterEffect };
        (draw < self.rate).then_some(match choice / 3 {
            0 => (Fault::Reset, timing),
            1 => (Fault::Internal, timing),
            2 => (Fault::BadGateway, timing),
            _ => (Fault::Throttled, Timing::BeforeEffect),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    fn sequence(rate: f64, seed: u64) -> Vec<Option<(Fault, Timing)>> {
        let mut faults = Faults::new(rate, seed);
        (0..10_000).map(|_| faults.next()).collect()
    }

    #[test]
    fn the_same_seed_gives_the_same_faults_and_another_seed_gives_others() {
        assert_eq!(sequence(0.3, 7), sequence(0.3, 7));
        assert_ne!(sequence(0.3, 7), sequence(0.3, 8));
    }

    #[test]
    fn at_rate_0_no_request_fails_and_at_rate_1_every_request_does() {
        assert!(sequence(0.0, 1).iter().all(Option::is_none));
        assert!(sequence(1.0, 1).iter().all(Option::is_some));
    }

    #[test]
    fn a_higher_rate_only_adds_faults() {
        let pairs = sequence(0.1, 3).into_iter().zip(sequence(0.6, 3));
        assert!(pairs.into_iter().all(|(few, many)| few.is_none() || few == many));
    }

    #[test]
    fn faults_match_the_rate_with_equally_likely_kinds_and_half_of_them_before_the_effect() {
        let faults: Vec<_> = sequence(0.4, 42).into_iter().flatten().collect();
        assert!((3_800..4_200).contains(&faults.len()), "{}", faults.len());
        let mut kinds = HashMap::new();
        for (fault, _) in &faults {
            *kinds.entry(*fault).or_insert(0) += 1;
        }
        assert_eq!(kinds.len(), 4);
        assert!(kinds.values().all(|count| (900..1_100).contains(count)), "{kinds:?}");
        let before = faults.iter().filter(|(_, timing)| *timing == Timing::BeforeEffect).count();
        assert!(before.abs_diff(faults.len() / 2) < 100, "{before} of {}", faults.len());
        assert!(!faults.contains(&(Fault::Throttled, Timing::AfterEffect)));
    }
}
