//! Ctrl-C and its kin: a report, then death by the signal itself, so that shell loops stop.

mod child;
#[cfg(unix)]
mod stop;

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// A signal that ends the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// Ctrl-C.
    Interrupt,
    /// A polite kill.
    Terminate,
    /// The terminal went away.
    Hangup,
    /// Ctrl-\.
    Quit,
    /// Another one that ends a program unless it is caught, such as a batch system's; by the system's number.
    Other(i32),
}

impl Signal {
    /// Whether a key at the terminal causes it.
    pub fn is_typed(self) -> bool {
        matches!(self, Signal::Interrupt | Signal::Quit)
    }

    /// Why the program ends, for its report.
    pub fn reason(self) -> &'static str {
        match self {
            Signal::Interrupt => "interrupted",
            Signal::Terminate => "terminated",
            Signal::Hangup => "the terminal went away",
            Signal::Quit => "quit",
            Signal::Other(_) => "ended by a signal",
        }
    }
}

pub use child::{EndingChild, spawn};
#[cfg(unix)]
pub use stop::around_stops;

type Report = Arc<dyn Fn(Signal) + Send + Sync>;

/// What is called on the first signal; none while no handler is installed.
static REPORT: Mutex<Option<Report>> = Mutex::new(None);
/// Whether a signal has come, so that the program is about to end.
static RECEIVED: AtomicBool = AtomicBool::new(false);

/// A report may take this long; then the program dies without it.
const REPORT_TIMEOUT: Duration = Duration::from_secs(1);

/// Calls `report` on the first signal, and then dies of it; a second signal kills at once. The latest report counts.
///
/// A signal that is ignored when the program starts, as `nohup` and a shell's `&` arrange, stays ignored.
///
/// # Errors
/// When the system refuses to install a handler.
pub fn report_with(report: impl Fn(Signal) + Send + Sync + 'static) -> io::Result<()> {
    let mut installed = REPORT.lock().expect("nothing panics while it holds the report's lock");
    if installed.replace(Arc::new(report)).is_some() {
        return Ok(());
    }
    drop(installed);
    on_signal(|signal, again| {
        if again {
            die_of(signal);
        }
        RECEIVED.store(true, Ordering::SeqCst);
        // Whatever blocks the report, such as a full pipe, cannot keep the program alive.
        let _ = thread::Builder::new().spawn(move || {
            thread::sleep(REPORT_TIMEOUT);
            die_of(signal)
        });
        let report = move || {
            child::end_running();
            let report = REPORT.lock().ok().and_then(|report| report.clone());
            if let Some(report) = report {
                report(signal);
            }
            die_of(signal)
        };
        // Where the system refuses a thread, the report has this one.
        if thread::Builder::new().spawn(report).is_err() {
            report();
        }
    })
}

/// Catches signals without a report of its own: one that is installed stays.
fn catch() -> io::Result<()> {
    if REPORT.lock().is_ok_and(|report| report.is_some()) {
        return Ok(());
    }
    report_with(|_| {})
}

/// Does not return once a signal has come: the program dies of that instead of ending with an exit code of its own.
pub fn wait_if_received() {
    while RECEIVED.load(Ordering::SeqCst) {
        thread::park();
    }
}

#[cfg(unix)]
mod system {
    use std::fs::File;
    use std::io::Read;
    use std::thread;

    use signal_hook::consts::{
        SIGALRM, SIGHUP, SIGINT, SIGIO, SIGPROF, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGVTALRM, SIGXCPU,
        SIGXFSZ,
    };
    use signal_hook::iterator::Signals;

    use super::Signal;
    use crate::error::no_thread;

    impl Signal {
        /// The system's number for it.
        pub fn number(self) -> i32 {
            match self {
                Signal::Interrupt => SIGINT,
                Signal::Terminate => SIGTERM,
                Signal::Hangup => SIGHUP,
                Signal::Quit => SIGQUIT,
                Signal::Other(number) => number,
            }
        }
    }

    /// Those that end a program and can be caught.
    const ENDING: [i32; 12] = [
        SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGXCPU, SIGXFSZ,
        SIGIO,
    ];

    /// Calls `react` on a thread of its own for each signal, with whether one came before.
    ///
    /// # Errors
    /// When the system refuses to install a handler.
    pub fn on_signal(react: impl Fn(Signal, bool) + Send + 'static) -> std::io::Result<()> {
        let ignored = ignored_signals();
        let wanted = ENDING.into_iter().filter(|number| ignored & (1 << (number - 1)) == 0);
        let mut signals = Signals::new(wanted)?;
        let thread = thread::Builder::new().name("signals".to_owned()).spawn(move || {
            let mut again = false;
            for number in signals.forever() {
                let signal = match number {
                    SIGINT => Signal::Interrupt,
                    SIGHUP => Signal::Hangup,
                    SIGQUIT => Signal::Quit,
                    SIGTERM => Signal::Terminate,
                    other => Signal::Other(other),
                };
                react(signal, again);
                again = true;
            }
        });
        thread.map(drop).map_err(no_thread)
    }

    /// The signals ignored since before this program started, as a bit mask, where the system lists them (Linux).
    pub fn ignored_signals() -> u64 {
        // One read(): procfs regenerates the file on every read.
        let mut status = [0; 4096];
        let read = File::open("/proc/self/status").and_then(|mut file| file.read(&mut status)).unwrap_or(0);
        String::from_utf8_lossy(status.get(..read).unwrap_or_default())
            .lines()
            .find_map(|line| line.strip_prefix("SigIgn:"))
            .and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok())
            .unwrap_or(0)
    }

    /// Ends the program as if it had never caught the signal.
    pub fn die_of(signal: Signal) -> ! {
        let _ = signal_hook::low_level::emulate_default_handler(signal.number());
        std::process::exit(128 + signal.number())
    }
}

#[cfg(not(unix))]
mod system {
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::Signal;

    impl Signal {
        /// The number that a shell adds to 128.
        pub fn number(self) -> i32 {
            match self {
                Signal::Interrupt => 2,
                Signal::Terminate => 15,
                Signal::Hangup => 1,
                Signal::Quit => 3,
                Signal::Other(number) => number,
            }
        }
    }

    /// Calls `react` on a thread of its own for each Ctrl-C, with whether one came before.
    ///
    /// # Errors
    /// When the system refuses to install a handler.
    pub fn on_signal(react: impl Fn(Signal, bool) + Send + 'static) -> std::io::Result<()> {
        let came_before = AtomicBool::new(false);
        ctrlc::set_handler(move || react(Signal::Interrupt, came_before.swap(true, Ordering::SeqCst)))
            .map_err(std::io::Error::other)
    }

    /// Ends the program with the exit code that a shell gives a signal.
    pub fn die_of(signal: Signal) -> ! {
        std::process::exit(128 + signal.number())
    }
}

pub use system::{die_of, on_signal};

#[cfg(unix)]
pub use system::ignored_signals;
