//! Ctrl-Z and its kin: what the terminal needs before the program stops, and once it continues.

use std::io;
use std::sync::{Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, Instant};

use signal_hook::consts::{SIGCONT, SIGTSTP, SIGTTIN};
use signal_hook::iterator::Signals;
use signal_hook::low_level;

use super::ignored_signals;
use crate::error::no_thread;

/// So soon after a stop, a signal to continue is that stop's own.
const JUST_NOW: Duration = Duration::from_millis(500);

struct Hook {
    before: Box<dyn Fn() + Send>,
    after: Box<dyn Fn() + Send>,
}

/// None while no handler is installed.
static HOOKS: Mutex<Vec<Hook>> = Mutex::new(Vec::new());

/// Calls `before` when the terminal is about to stop the program, and `after` once it continues, whatever stopped it.
///
/// A signal that is ignored when the program starts stays ignored. The handler stays: it cannot be taken back, only be made
/// to do what would happen without one.
///
/// # Errors
/// When the system refuses to install a handler.
pub fn around_stops(before: impl Fn() + Send + 'static, after: impl Fn() + Send + 'static) -> io::Result<()> {
    let mut hooks = hooks();
    if hooks.is_empty() {
        handle_signals()?;
    }
    hooks.push(Hook { before: Box::new(before), after: Box::new(after) });
    Ok(())
}

fn handle_signals() -> io::Result<()> {
    let ignored = ignored_signals();
    let wanted = [SIGTSTP, SIGCONT].into_iter().filter(|number| ignored & (1 << (number - 1)) == 0);
    let mut signals = Signals::new(wanted)?;
    let thread = thread::Builder::new().name("stops".to_owned()).spawn(move || {
        let mut continued: Option<Instant> = None;
        loop {
            let is_stop = signals.wait().collect::<Vec<_>>().contains(&SIGTSTP);
            if is_stop {
                hooks().iter().for_each(|hook| (hook.before)());
                // Stops as SIGTSTP does, and like that not where no shell could continue it; SIGSTOP would.
                let _ = low_level::raise(SIGTTIN);
            } else if continued.is_some_and(|at| at.elapsed() < JUST_NOW) {
                // After a stop the signal to continue comes as well, perhaps a moment later: that was acted on.
                continue;
            }
            hooks().iter().for_each(|hook| (hook.after)());
            continued = Some(Instant::now());
        }
    });
    thread.map(drop).map_err(no_thread)
}

fn hooks() -> MutexGuard<'static, Vec<Hook>> {
    HOOKS.lock().expect("no hook panics")
}
