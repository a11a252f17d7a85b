//! The process guards what it holds: a panic tells no data, and a crash leaves no memory behind.

use std::panic::{self, PanicHookInfo};

/// Makes a panic end the program with a line that can be reported and nothing else, and turns core dumps off.
///
/// `restore` puts the terminal in order first.
pub fn guard(restore: fn()) {
    panic::set_hook(Box::new(move |panic| {
        restore();
        say(&report(panic));
        // At once: another thread may be waiting for the one that is gone.
        std::process::exit(EXIT_CODE);
    }));
    no_core_dumps();
}

/// What Rust itself exits with after a panic.
const EXIT_CODE: i32 = 101;

/// Where it happened, but not with what: a panic's own message may hold anything, a token too.
fn report(panic: &PanicHookInfo<'_>) -> String {
    let place = panic.location().map_or_else(|| "a place unknown".to_owned(), ToString::to_string);
    let address = match env!("CARGO_PKG_REPOSITORY") {
        "" => "where you got dhub from",
        address => address,
    };
    format!(
        "error: dhub made a mistake of its own, and stopped\n\
         hint: please report it {address}, with this line: dhub {} at {place} ({} {})\n",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH,
    )
}

fn say(text: &str) {
    use std::io::Write;
    // There is nobody to tell when that fails.
    let _ = std::io::stderr().write_all(text.as_bytes());
}

/// A program that may not be dumped cannot be looked into by others of the same user either.
#[cfg(target_os = "linux")]
fn no_core_dumps() {
    use rustix::process::{DumpableBehavior, set_dumpable_behavior};
    // A system that refuses this has none to turn off.
    let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
}

#[cfg(all(unix, not(target_os = "linux")))]
fn no_core_dumps() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let maximum = getrlimit(Resource::Core).maximum;
    // Lowering a limit is always allowed.
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum });
}

#[cfg(not(unix))]
fn no_core_dumps() {}
