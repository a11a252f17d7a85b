//! Threads, as far as the system has room for them.

use std::panic::resume_unwind;
use std::sync::{Mutex, PoisonError};
use std::thread;

/// Does both at once, the second on a thread of its own; one after the other where the system refuses one.
pub fn both<A, B: Send>(first: impl FnOnce() -> A, second: impl FnOnce() -> B + Send) -> (A, B) {
    let second = Mutex::new(Some(second));
    let take = || second.lock().unwrap_or_else(PoisonError::into_inner).take();
    thread::scope(|scope| {
        let begin = || thread::Builder::new().spawn_scoped(scope, || take().map(|second| second())).ok();
        let helper = if has_room() { begin() } else { None };
        let first = first();
        let second = match helper.map(thread::ScopedJoinHandle::join) {
            Some(Ok(second)) => second,
            Some(Err(panic)) => resume_unwind(panic),
            None => take().map(|second| second()),
        };
        (first, second.expect("it is taken once, by the thread or else here"))
    })
}

/// Begins work on a thread of its own, which ends with the program at the latest. False where the system refuses one.
pub fn spawn(work: impl FnOnce() + Send + 'static) -> bool {
    has_room() && thread::Builder::new().spawn(work).is_ok()
}

/// Address space that is left for the work itself where that is limited: a thread takes some, and a program that cannot
/// have a few bytes more ends at once. So large that no allocator has it at hand.
const ROOM: usize = 40 * 1024 * 1024;
/// What a thread may take of it besides: its stack, and a heap of its own.
const THREAD_ROOM: usize = 72 * 1024 * 1024;

/// Whether that is left for one more thread.
pub fn has_room() -> bool {
    let mut room: Vec<u8> = Vec::new();
    std::hint::black_box(&mut room).try_reserve_exact(ROOM + THREAD_ROOM).is_ok()
}

#[cfg(test)]
mod tests {
    use std::sync::Barrier;

    use super::*;

    #[test]
    fn both_are_under_way_at_once_and_return_what_they_made() {
        let barrier = Barrier::new(2);
        let meet = |value| {
            // Without the other one this would wait without end.
            barrier.wait();
            value
        };
        assert_eq!(both(|| meet(1), || meet(2)), (1, 2));
    }
}
