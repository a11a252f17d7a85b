//! Prompts, on stderr and only at a terminal.

use std::io::{self, BufRead, IsTerminal, Read};

use zeroize::Zeroizing;

use super::Output;
use crate::names::Visibility;

/// Whether a person can be prompted: stdin and stderr are a terminal, and this is no CI job.
pub fn is_interactive(in_ci: bool) -> bool {
    !in_ci && io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Prompts for the visibility of a new database, until the input is valid. Return alone means private.
///
/// # Errors
/// When stdin cannot be read. `None` where stdin is closed.
pub fn visibility(output: &Output, what: &str) -> io::Result<Option<Visibility>> {
    loop {
        output.prompt(&format!("Visibility of {what} (public/private) [private]: "));
        let mut input = String::new();
        if io::stdin().lock().read_line(&mut input)? == 0 {
            output.print("");
            return Ok(None);
        }
        match input.trim().to_lowercase().as_str() {
            "" | "private" | "pri" => return Ok(Some(Visibility::Private)),
            "public" | "pub" => return Ok(Some(Visibility::Public)),
            _ => output.print("Enter public or private."),
        }
    }
}

/// Asks whether to do something, until the input is valid. Return alone, and a closed stdin, mean no.
///
/// # Errors
/// When stdin cannot be read.
pub fn confirm(output: &Output, question: &str) -> io::Result<bool> {
    loop {
        output.prompt(&format!("{question} (y/n) [n]: "));
        let mut input = String::new();
        if io::stdin().lock().read_line(&mut input)? == 0 {
            output.print("");
            return Ok(false);
        }
        match input.trim().to_lowercase().as_str() {
            "y" | "yes" => return Ok(true),
            "" | "n" | "no" => return Ok(false),
            _ => output.print("Enter y or n."),
        }
    }
}

/// Reads a secret: without echo from a terminal, else the first line of stdin.
///
/// # Errors
/// When stdin cannot be read, or the echo of the terminal cannot be turned off.
pub fn secret(output: &Output, prompt: &str) -> io::Result<Zeroizing<String>> {
    if io::stdin().is_terminal() {
        return terminal::read_hidden(output, &output.safe_line(prompt));
    }
    /// More is no secret.
    const MOST_BYTES: u64 = 64 * 1024;
    let mut line = Zeroizing::new(String::new());
    let read = io::stdin().lock().take(MOST_BYTES).read_line(&mut line)?;
    if read as u64 == MOST_BYTES {
        return Err(io::Error::other("it is longer than any token"));
    }
    Ok(line)
}

/// Gives the terminal its echo back, also when a signal ends the program while a secret is typed.
pub fn restore_terminal() {
    terminal::restore();
}

#[cfg(unix)]
mod terminal;

#[cfg(not(unix))]
mod terminal {
    use std::io;

    use zeroize::Zeroizing;

    use crate::output::Output;

    pub fn read_hidden(output: &Output, prompt: &str) -> io::Result<Zeroizing<String>> {
        output.prompt(prompt);
        console::Term::stderr().read_secure_line().map(Zeroizing::new)
    }

    pub fn restore() {}
}
