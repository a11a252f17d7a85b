//! What a panic and a crash leave: a line that can be reported and what was accepted, but no data and no memory.

use std::panic::{self, PanicHookInfo};
use std::sync::Mutex;

type Report = Box<dyn Fn() -> Option<String> + Send>;

/// What erases what moves on the terminal.
static ERASE: Mutex<Option<Report>> = Mutex::new(None);

/// What goes on at the service without this program.
static UNFINISHED: Mutex<Option<Report>> = Mutex::new(None);

/// What Rust itself exits with after a panic.
const EXIT_CODE: i32 = 101;

/// Makes a panic end the program with a line that can be reported, and turns core dumps off.
///
/// `restore` puts the terminal in order first.
pub fn install(restore: fn()) {
    panic::set_hook(Box::new(move |panic| {
        restore();
        let erase = made_by(&ERASE).unwrap_or_default();
        print(&format!("{erase}{}", message(panic)));
        if let Some(unfinished) = made_by(&UNFINISHED) {
            print(&unfinished);
        }
        // At once: another thread may be waiting for the one that is gone.
        std::process::exit(EXIT_CODE);
    }));
    disable_core_dumps();
}

/// Adds what a panic reports besides itself, in whole lines; `report` must not wait for a lock.
pub fn report_unfinished(report: impl Fn() -> Option<String> + Send + 'static) {
    set(&UNFINISHED, report);
}

/// Adds what a panic prints first, to erase what moves on the terminal; `erase` must not wait for a lock.
pub fn erase_with(erase: impl Fn() -> Option<String> + Send + 'static) {
    set(&ERASE, erase);
}

fn set(report: &Mutex<Option<Report>>, to: impl Fn() -> Option<String> + Send + 'static) {
    if let Ok(mut report) = report.lock() {
        *report = Some(Box::new(to));
    }
}

/// Nothing where it is locked: the thread that panics may hold it.
fn made_by(report: &Mutex<Option<Report>>) -> Option<String> {
    report.try_lock().ok().and_then(|report| report.as_ref().and_then(|report| report()))
}

/// Where it happened, but not with what: a panic's own message may hold anything, a token too.
fn message(panic: &PanicHookInfo<'_>) -> String {
    let place = panic.location().map_or_else(|| "an unknown place".to_owned(), ToString::to_string);
    let address = match env!("CARGO_PKG_REPOSITORY") {
        "" => "where you got dhub from",
        address => address,
    };
    format!(
        "error: internal error\n\
         hint: please report it {address}, with this line: dhub {} at {place} ({} {})\n",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH,
    )
}

fn print(text: &str) {
    use std::io::Write;
    // A closed stderr cannot be reported anywhere.
    let _ = std::io::stderr().write_all(text.as_bytes());
}

/// A program that may not be dumped cannot be inspected by others of the same user either.
#[cfg(target_os = "linux")]
fn disable_core_dumps() {
    use rustix::process::{DumpableBehavior, set_dumpable_behavior};
    // A system that refuses this has none to turn off.
    let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
}

#[cfg(all(unix, not(target_os = "linux")))]
fn disable_core_dumps() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let maximum = getrlimit(Resource::Core).maximum;
    // Lowering a limit is always allowed.
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum });
}

#[cfg(not(unix))]
fn disable_core_dumps() {}
