//! A clock that never goes back: forks finish within their delay, whatever becomes of the machine's clock.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// Tells the time in milliseconds since 1970.
#[derive(Debug)]
pub(super) struct Clock {
    started_at: u64,
    started: Instant,
}

impl Clock {
    /// A clock that starts with the machine's time, or with `earliest`, the time of the last recorded event, where the
    /// machine's has been set back behind it.
    pub(super) fn not_before(earliest: u64) -> Self {
        let machine = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self { started_at: millis(machine.as_millis()).max(earliest), started: Instant::now() }
    }

    pub(super) fn now(&self) -> u64 {
        self.started_at.saturating_add(millis(self.started.elapsed().as_millis()))
    }
}

fn millis(millis: u128) -> u64 {
    u64::try_from(millis).unwrap_or(u64::MAX)
}
