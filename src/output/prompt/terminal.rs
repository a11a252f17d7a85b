//! Reading a secret from a terminal, which shows nothing of it, whatever signal comes meanwhile.

use std::io::{self, BufRead, Write};
use std::sync::{Mutex, MutexGuard, Once};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::getpgrp;
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcgetpgrp, tcsetattr};
use signal_hook::consts::SIGTTIN;
use signal_hook::low_level;
use zeroize::Zeroizing;

use crate::interrupt::around_stops;
use crate::output::Output;

/// What is read at the moment.
struct Prompt {
    text: String,
    /// The terminal as it was before it hid what is typed; none while it hides nothing.
    before: Option<Termios>,
}

static PROMPT: Mutex<Option<Prompt>> = Mutex::new(None);

/// Shows a prompt and reads a line without showing it. What was typed before is dropped: the terminal showed that.
///
/// # Errors
/// When stdin cannot be read, its echo cannot be turned off, or the system refuses to install a handler.
pub fn read_hidden(output: &Output, text: &str) -> io::Result<Zeroizing<String>> {
    wait_for_foreground();
    handle_stops()?;
    {
        let mut prompt = lock();
        *prompt = Some(Prompt { text: text.to_owned(), before: None });
        prompt.as_mut().map_or(Ok(()), Prompt::ask)?;
    }
    let mut line = Zeroizing::new(String::new());
    let read = io::stdin().lock().read_line(&mut line);
    // What is typed after Return is for the next reader.
    if let Some(mut prompt) = lock().take() {
        prompt.show_what_is_typed(OptionalActions::Now);
    }
    // Return was not echoed either.
    output.print("");
    read.map(|_| line)
}

/// Gives the terminal its echo back before the program ends. What was typed of the secret is dropped: it is not for
/// the next reader.
pub fn restore() {
    // A thread that panics may hold the lock; any other holds it for a moment.
    let deadline = Instant::now() + Duration::from_millis(100);
    loop {
        match PROMPT.try_lock() {
            Ok(mut prompt) => {
                if let Some(mut prompt) = prompt.take() {
                    prompt.show_what_is_typed(OptionalActions::Flush);
                }
                return;
            }
            Err(_) if Instant::now() > deadline => return,
            Err(_) => thread::sleep(Duration::from_millis(1)),
        }
    }
}

fn lock() -> MutexGuard<'static, Option<Prompt>> {
    PROMPT.lock().expect("nothing panics while it holds the prompt's lock")
}

impl Prompt {
    /// Hides what is typed, drops what was typed already, and asks.
    fn ask(&mut self) -> io::Result<()> {
        let now = tcgetattr(io::stdin())?;
        // Continued without the terminal having been given back: what was before still counts.
        let mut hidden = self.before.get_or_insert(now).clone();
        hidden.local_modes.remove(LocalModes::ECHO | LocalModes::ECHONL);
        tcsetattr(io::stdin(), OptionalActions::Flush, &hidden)?;
        let mut stderr = io::stderr().lock();
        // A closed stderr cannot be reported anywhere.
        let _ = stderr.write_all(self.text.as_bytes()).and_then(|()| stderr.flush());
        Ok(())
    }

    fn show_what_is_typed(&mut self, actions: OptionalActions) {
        if let Some(before) = self.before.take() {
            // A terminal that has gone away needs no echo.
            let _ = tcsetattr(io::stdin(), actions, &before);
        }
    }
}

/// Stops as long as the terminal belongs to another program: its modes, such as those of a shell that edits a line, are
/// not those to go back to.
fn wait_for_foreground() {
    // No shell may be there to continue it; then reading fails.
    for _ in 0..100 {
        let is_others = tcgetpgrp(io::stdin()).is_ok_and(|group| group != getpgrp());
        if !is_others || low_level::raise(SIGTTIN).is_err() {
            return;
        }
        thread::sleep(Duration::from_millis(10));
    }
}

/// Handles, from now on, what stops the program.
fn handle_stops() -> io::Result<()> {
    static INSTALLED: Once = Once::new();
    if INSTALLED.is_completed() {
        return Ok(());
    }
    let before = || {
        if let Some(prompt) = lock().as_mut() {
            prompt.show_what_is_typed(OptionalActions::Flush);
        }
    };
    let after = || {
        if lock().is_some() {
            wait_for_foreground();
        }
        if let Some(prompt) = lock().as_mut() {
            // A terminal that is gone is reported by the read itself.
            let _ = prompt.ask();
        }
    };
    around_stops(before, after)?;
    INSTALLED.call_once(|| ());
    Ok(())
}
