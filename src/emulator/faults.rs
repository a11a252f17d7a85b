//! Misbehaving on purpose: which requests meet a fault, of what kind, and whether they were acted on before
//! it struck.

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Fault {
    /// The connection is reset; there is no answer.
    Reset,
    /// 500 in the API's own shape.
    Internal,
    /// 502 with a gateway's HTML page.
    BadGateway,
    /// 429 with `Retry-After`.
    Throttled,
}

/// When it goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum When {
    /// The request is not acted on.
    Before,
    /// The request is acted on, and its answer is lost.
    After,
}

/// A sequence of decisions, the same for the same seed.
#[derive(Debug)]
pub(super) struct Faults {
    rate: f64,
    random: fastrand::Rng,
}

impl Faults {
    /// `rate` is a probability, from 0 to 1.
    pub(super) fn new(rate: f64, seed: u64) -> Self {
        Self { rate, random: fastrand::Rng::with_seed(seed) }
    }

    /// What the next request meets, if anything.
    ///
    /// The four kinds are equally likely. Being throttled means that nothing was done, so a 429 is always
    /// before; the other three strike afterwards two times in three, which makes it half and half over all
    /// faults.
    pub(super) fn next(&mut self) -> Option<(Fault, When)> {
        // Both numbers are drawn every time, so that a higher rate only adds faults to those of a lower one.
        let (chance, choice) = (self.random.f64(), self.random.u8(0..12));
        let when = if choice % 3 == 0 { When::Before } else { When::After };
        (chance < self.rate).then_some(match choice / 3 {
            0 => (Fault::Reset, when),
            1 => (Fault::Internal, when),
            2 => (Fault::BadGateway, when),
            _ => (Fault::Throttled, When::Before),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    fn decisions(rate: f64, seed: u64) -> Vec<Option<(Fault, When)>> {
        let mut faults = Faults::new(rate, seed);
        (0..10_000).map(|_| faults.next()).collect()
    }

    #[test]
    fn the_same_seed_makes_the_same_faults_and_another_seed_others() {
        assert_eq!(decisions(0.3, 7), decisions(0.3, 7));
        assert_ne!(decisions(0.3, 7), decisions(0.3, 8));
    }

    #[test]
    fn a_rate_of_0_never_strikes_and_a_rate_of_1_always_does() {
        assert!(decisions(0.0, 1).iter().all(Option::is_none));
        assert!(decisions(1.0, 1).iter().all(Option::is_some));
    }

    #[test]
    fn a_higher_rate_only_adds_faults() {
        let pairs = decisions(0.1, 3).into_iter().zip(decisions(0.6, 3));
        assert!(pairs.into_iter().all(|(few, many)| few.is_none() || few == many));
    }

    #[test]
    fn faults_come_at_the_rate_evenly_in_kind_and_half_of_them_before() {
        let faults: Vec<_> = decisions(0.4, 42).into_iter().flatten().collect();
        assert!((3_800..4_200).contains(&faults.len()), "{}", faults.len());
        let mut kinds = HashMap::new();
        for (fault, _) in &faults {
            *kinds.entry(*fault).or_insert(0) += 1;
        }
        assert_eq!(kinds.len(), 4);
        assert!(kinds.values().all(|count| (900..1_100).contains(count)), "{kinds:?}");
        let before = faults.iter().filter(|(_, when)| *when == When::Before).count();
        assert!(before.abs_diff(faults.len() / 2) < 100, "{before} of {}", faults.len());
        assert!(!faults.contains(&(Fault::Throttled, When::After)));
    }
}
