//! What a signal leaves behind: a last look, and the words that tell how to go on.

use std::collections::HashMap;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use crate::error::{Error, Kind};
use crate::names::Operation;
use crate::shell;

use super::{Look, Sent, Ticket, Tracked};

/// A last look may take this long. With what is being told it leaves time for the words themselves.
const WHILE_LOOKING: Duration = Duration::from_millis(500);
/// So many last looks at a time.
const MOST_LOOKS: usize = 16;

/// What is under way when a signal comes.
pub(super) struct Left {
    pub forks: Vec<Tracked>,
    pub requests: Vec<Sent>,
    /// What a last look found, by the request that it was for.
    pub found: HashMap<Ticket, String>,
    pub not_begun: Vec<String>,
    pub begin_with: String,
    pub resume_with: String,
}

impl Left {
    /// What was asked for, and what is there as far as that is known.
    fn asked(&self, sent: &Sent) -> String {
        match self.found.get(&sent.ticket) {
            Some(found) => format!("{} ({found})", sent.change.what),
            None => sent.change.what.clone(),
        }
    }

    /// The last error: why the program ends, what it leaves open, and how to go on.
    pub fn told(&self, why: &str) -> Error {
        let mut message = why.to_owned();
        let mut hints = Vec::new();
        if !self.requests.is_empty() {
            let asked: Vec<String> = self.requests.iter().map(|sent| self.asked(sent)).collect();
            let checks: Vec<&str> = self.requests.iter().map(|sent| sent.change.check.as_str()).collect();
            message.push_str(&format!(" after asking to {}", asked.join(", ")));
            hints.push(format!("it may have been carried out; look with: {}", checks.join("; ")));
        }
        match self.not_begun.len() {
            0 => {}
            1 => message.push_str("; 1 argument was not begun"),
            count => message.push_str(&format!("; {count} arguments were not begun")),
        }
        if !self.not_begun.is_empty() {
            let begin = shell::command_line(&self.begin_with, self.not_begun.iter().map(String::as_str));
            hints.push(format!("to begin with the rest: {begin}"));
        }
        if !self.forks.is_empty() {
            let operations: Vec<&Operation> =
                self.forks.iter().map(|tracked| &tracked.fork.operation).collect();
            hints.push(goes_on(self.forks.len(), &resume(&self.resume_with, &operations)));
        }
        let error = Error::new(Kind::Interrupted, message);
        let error = match self.requests.as_slice() {
            [one] => error.with_argument(&one.change.argument),
            _ => error,
        };
        if hints.is_empty() { error } else { error.with_hint(hints.join("; ")) }
    }
}

/// Looks whether what was asked for has been done, for as long as somebody who wants to leave bears it.
pub(super) fn look(looks: Vec<(Ticket, Look)>) -> HashMap<Ticket, String> {
    let (found, answers) = mpsc::channel();
    for (ticket, look) in looks.into_iter().take(MOST_LOOKS) {
        let found = found.clone();
        thread::spawn(move || found.send((ticket, look())));
    }
    drop(found);
    let deadline = Instant::now() + WHILE_LOOKING;
    let next = || answers.recv_timeout(deadline.saturating_duration_since(Instant::now())).ok();
    std::iter::from_fn(next).filter_map(|(ticket, found)| Some((ticket, found?))).collect()
}

/// Says that forks go on, and how to come back to them.
pub fn goes_on(count: usize, resume: &str) -> String {
    let forks = if count == 1 { "the fork goes on by itself" } else { "the forks go on by themselves" };
    format!("{forks}; come back with: {resume}")
}

/// The command that waits for these operations.
pub(super) fn resume(command: &str, operations: &[&Operation]) -> String {
    shell::command_line(command, operations.iter().map(|operation| operation.as_str()))
}

#[cfg(test)]
mod tests {
    use super::super::FORK_STATUS_WAIT;
    use super::*;

    #[test]
    fn the_command_that_resumes_can_be_pasted_into_a_shell() {
        for (names, expected) in [
            (&["operations/a", "operations/b"][..], "dhub db fork-status --wait operations/a operations/b"),
            (&["a;reboot"], "dhub db fork-status --wait 'a;reboot'"),
            (&["--config=/x"], "dhub db fork-status --wait -- '--config=/x'"),
        ] {
            let operations: Vec<Operation> =
                names.iter().map(|name| Operation::parse(name).unwrap()).collect();
            assert_eq!(resume(FORK_STATUS_WAIT, &operations.iter().collect::<Vec<_>>()), expected);
        }
    }
}
