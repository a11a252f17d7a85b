//! Room for what is nested deeply: a thread with a large stack, and how much of it is left.

use std::cell::Cell;
use std::io;
use std::thread;

use crate::error::no_thread;

/// Sizes to ask the system for. What is not used of a stack takes no memory, but some systems count it.
const SIZES: [usize; 3] = if cfg!(target_pointer_width = "64") {
    [256 * MIB, 32 * MIB, 4 * MIB]
} else {
    [64 * MIB, 16 * MIB, 4 * MIB]
};
const MIB: usize = 1 << 20;

/// What one level of a value takes at most while it is read, compared, written or dropped.
const BYTES_PER_LEVEL: usize = 8 * 1024;

/// What is allowed on this thread.
#[derive(Clone, Copy)]
struct Limits {
    /// The address below which the stack is kept for what cannot fail, such as dropping a value.
    floor: usize,
    /// How deep a value may be nested.
    levels: usize,
    /// Whether a value was to be deeper.
    exceeded: bool,
}

thread_local! {
    // Of a thread that nobody prepared, as in a test, little is expected.
    static LIMITS: Cell<Limits> = const { Cell::new(Limits { floor: 0, levels: 100, exceeded: false }) };
}

/// Does the work on a thread of its own with as large a stack as there is to be had.
///
/// # Errors
/// When the system refuses a thread.
pub fn with_large_stack<T: Send>(work: impl FnOnce() -> T + Send) -> io::Result<T> {
    let mut work = Some(work);
    let mut refused = None;
    for size in SIZES {
        let done = thread::scope(|scope| {
            let prepared = || {
                let top = address();
                LIMITS.set(Limits {
                    floor: top.saturating_sub(size / 4 * 3),
                    levels: size / BYTES_PER_LEVEL,
                    exceeded: false,
                });
                let work = work.take().expect("a thread that was refused has not begun");
                work()
            };
            let thread = thread::Builder::new().name("jq".to_owned()).stack_size(size);
            thread
                .spawn_scoped(scope, prepared)
                .map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
        });
        match done {
            Ok(result) => return Ok(result),
            Err(error) => refused = Some(error),
        }
    }
    Err(refused.map_or_else(|| io::Error::other("no stack"), no_thread))
}

/// Where the stack is by now. It grows downwards.
#[inline(never)]
fn address() -> usize {
    let here = 0_u8;
    std::ptr::from_ref(std::hint::black_box(&here)).addr()
}

/// Whether too little of the stack is left to go deeper.
pub fn is_low() -> bool {
    address() < LIMITS.get().floor
}

/// Whether a value may be nested so deep. If not, [`is_exceeded`] says so from now on.
pub fn allows(levels: usize) -> bool {
    let limits = LIMITS.get();
    let allowed = levels <= limits.levels;
    if !allowed {
        LIMITS.set(Limits { exceeded: true, ..limits });
    }
    allowed
}

/// Whether a value was too deep to be made, so that what came of it is wrong.
pub fn is_exceeded() -> bool {
    LIMITS.get().exceeded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_stack_allows_what_a_small_one_does_not() {
        assert!(!allows(10_000));
        assert!(is_exceeded() && !is_low());
        let deep = with_large_stack(|| (allows(10_000), is_exceeded(), is_low()));
        assert_eq!(deep.unwrap(), (true, false, false));
    }

    #[test]
    fn an_endless_recursion_is_noticed_before_the_stack_is_used_up() {
        fn dig(depth: usize) -> usize {
            if is_low() { depth } else { std::hint::black_box(dig(depth + 1)) }
        }
        assert!(with_large_stack(|| dig(0)).unwrap() > 10_000);
    }
}
