//! Questions, asked on stderr and only of a person at a terminal.

use std::io::{self, BufRead, IsTerminal};

use zeroize::Zeroizing;

use super::Output;
use crate::names::Visibility;

/// Whether somebody is there to answer: stdin and stderr are a terminal, and no CI service runs this.
pub fn somebody_is_there(in_ci: bool) -> bool {
    !in_ci && io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Asks who may see a new database, until the answer is clear. Nothing but Return is private.
///
/// # Errors
/// When stdin cannot be read. A closed stdin counts as no answer: `None`.
pub fn visibility(output: &Output, what: &str) -> io::Result<Option<Visibility>> {
    loop {
        output.ask(&format!("Shall {what} be public or private? [private] "));
        let mut answer = String::new();
        if io::stdin().lock().read_line(&mut answer)? == 0 {
            output.say("");
            return Ok(None);
        }
        match answer.trim().to_lowercase().as_str() {
            "" | "private" | "pri" => return Ok(Some(Visibility::Private)),
            "public" | "pub" => return Ok(Some(Visibility::Public)),
            _ => output.say("Please answer public or private."),
        }
    }
}

/// Reads a secret: without echo from a terminal, else the first line of stdin.
///
/// # Errors
/// When stdin cannot be read.
pub fn secret(output: &Output, question: &str) -> io::Result<Zeroizing<String>> {
    if io::stdin().is_terminal() {
        output.ask(question);
        terminal::remember();
        return console::Term::stderr().read_secure_line().map(Zeroizing::new);
    }
    let mut line = Zeroizing::new(String::new());
    io::stdin().lock().read_line(&mut line)?;
    Ok(line)
}

/// Gives the terminal its echo back, when a signal ends the program while a secret is typed.
pub fn restore_terminal() {
    terminal::restore();
}

#[cfg(unix)]
mod terminal {
    use std::sync::Mutex;

    use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};

    static BEFORE: Mutex<Option<Termios>> = Mutex::new(None);

    pub fn remember() {
        if let (Ok(mut before), Ok(termios)) = (BEFORE.lock(), tcgetattr(std::io::stdin())) {
            *before = Some(termios);
        }
    }

    pub fn restore() {
        if let Ok(before) = BEFORE.try_lock()
            && let Some(termios) = &*before
        {
            let _ = tcsetattr(std::io::stdin(), OptionalActions::Now, termios);
        }
    }
}

#[cfg(not(unix))]
mod terminal {
    pub fn remember() {}
    pub fn restore() {}
}
