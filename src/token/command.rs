//! The program that prints a token: `token_command` in the config file.

use std::ffi::OsString;
use std::io::{self, Read};
use std::process::{ChildStdout, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use zeroize::Zeroizing;

use crate::error::{Error, Kind, Result, no_thread, reason};
use crate::interrupt::{self, EndingChild};
use crate::program::{find, terminal_or_nothing};

use super::Token;

/// How long a program may take.
#[derive(Clone, Copy)]
struct Limits {
    /// To print its first line: it may ask its user for a passphrase.
    line: Duration,
    /// To end after that.
    end: Duration,
}

const LIMITS: Limits = Limits { line: Duration::from_secs(60), end: Duration::from_secs(1) };

/// Runs the program without a shell. Its stderr is shown to the user, its output never. Its stdin is the terminal, else
/// empty: what this program's stdin holds is not for it.
///
/// One that still runs a second after its first line is ended; one that has failed by then is an error.
///
/// # Errors
/// When it fails, takes longer than a minute, or prints no token.
pub fn token_from_command(words: &[OsString]) -> Result<Token> {
    run(words, LIMITS)
}

fn run(words: &[OsString], limits: Limits) -> Result<Token> {
    let failed = |why: String| {
        let program = words.first().map_or("".into(), |program| program.to_string_lossy());
        Error::new(Kind::Auth, format!("token_command ({program}) {why}"))
            .with_hint("run it by hand to see; it stands in the config file")
    };
    let Some((program, arguments)) = words.split_first() else {
        return Err(failed("is empty".to_owned()));
    };
    let cannot_be_run = |error: io::Error| failed(format!("cannot be run: {}", reason(&error)));
    let mut command = Command::new(find(program).map_err(cannot_be_run)?);
    command.args(arguments).stdin(terminal_or_nothing()).stdout(Stdio::piped()).stderr(Stdio::inherit());
    let child = interrupt::spawn(&mut command).map_err(cannot_be_run)?;
    let line = FirstLine::default();
    let ended = match child.take_stdout().map(|stdout| line.read(stdout)).transpose() {
        Ok(ready) => wait(&child, ready, limits),
        Err(error) => Err(error),
    };
    if !matches!(ended, Ok(Ended::Itself(_))) {
        child.end();
    }
    line.stop();
    // It ended because this program does: that is no news.
    interrupt::wait_if_received();
    match ended {
        Err(error) => Err(failed(format!("was lost: {}", reason(&error)))),
        Ok(Ended::TooLate) => Err(failed(format!("took more than {} s", limits.line.as_secs()))),
        Ok(Ended::Itself(status)) if !status.success() => Err(failed(format!("failed ({status})"))),
        Ok(Ended::Itself(_) | Ended::StillRunning) => line
            .token()
            .ok_or_else(|| failed("printed no token: its first line is too long".to_owned()))?
            .map_err(|why| failed(format!("printed no token: {why}"))),
    }
}

/// How a program ended.
enum Ended {
    Itself(ExitStatus),
    /// It printed its line, and goes on.
    StillRunning,
    /// It printed no whole line in time.
    TooLate,
}

/// Waits for the first line, and then a moment for the end. `ready` gets a message once there is no more to wait for.
fn wait(child: &EndingChild, ready: Option<mpsc::Receiver<()>>, limits: Limits) -> io::Result<Ended> {
    const PAUSE: Duration = Duration::from_millis(20);
    let deadline = Instant::now() + limits.line;
    if let Some(ready) = ready {
        while let Err(RecvTimeoutError::Timeout) = ready.recv_timeout(PAUSE) {
            if let Some(status) = child.try_wait()? {
                // What it left running may keep its output open; what was printed is whole.
                let _ = ready.recv_timeout(limits.end);
                return Ok(Ended::Itself(status));
            }
            if Instant::now() >= deadline {
                return Ok(Ended::TooLate);
            }
        }
    }
    let deadline = Instant::now() + limits.end;
    loop {
        match child.try_wait()? {
            Some(status) => return Ok(Ended::Itself(status)),
            None if Instant::now() >= deadline => return Ok(Ended::StillRunning),
            None => thread::sleep(Duration::from_millis(2)),
        }
    }
}

/// More is no token.
const MAX_BYTES: usize = 64 * 1024;

/// The first line that a program prints, which is the secret; a password manager may print more below.
#[derive(Default)]
struct FirstLine {
    bytes: Arc<Mutex<Zeroizing<Vec<u8>>>>,
    /// Set once nothing more is of interest.
    stopped: Arc<AtomicBool>,
}

impl FirstLine {
    /// Reads on a thread of its own, so that neither a full pipe nor a grandchild that keeps it open blocks. It sends a
    /// message once the line is whole, or too long.
    fn read(&self, mut stdout: ChildStdout) -> io::Result<mpsc::Receiver<()>> {
        let (send, receive) = mpsc::channel();
        let (line, stopped) = (self.bytes.clone(), self.stopped.clone());
        let read = move || {
            let mut chunk = Zeroizing::new([0; 4096]);
            let mut whole = false;
            // To the end: a program that cannot write the rest would die of it.
            while let Ok(count @ 1..) = stdout.read(&mut chunk[..]) {
                match whole {
                    // What it left running could write without end.
                    true if stopped.load(Ordering::Relaxed) => break,
                    true => continue,
                    false => {}
                }
                let mut line = line.lock().unwrap_or_else(PoisonError::into_inner);
                let mut bytes = chunk.iter().take(count).copied();
                line.extend(bytes.by_ref().take_while(|&byte| byte != b'\n'));
                whole = bytes.len() > 0 || chunk.get(count - 1) == Some(&b'\n') || line.len() > MAX_BYTES;
                if whole {
                    let _ = send.send(());
                }
            }
        };
        thread::Builder::new().spawn(read).map_err(no_thread)?;
        Ok(receive)
    }

    /// What comes from now on is not read.
    fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    /// The token; none where the line is too long.
    fn token(&self) -> Option<Result<Token, super::InvalidToken>> {
        let line = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        (line.len() <= MAX_BYTES).then(|| Token::parse(&String::from_utf8_lossy(&line)))
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn run_script(script: &str, line: u64, end: u64) -> Result<Token> {
        let words = ["sh", "-c", script].map(OsString::from);
        super::run(&words, Limits { line: Duration::from_millis(line), end: Duration::from_millis(end) })
    }

    #[test]
    fn the_first_line_that_the_token_command_prints_is_the_token() {
        for script in [
            "echo dhat.v1.x; echo login: taylor",
            "printf dhat.v1.x",
            r"printf '\357\273\277dhat.v1.x\r\n'",
            "printf dhat.; sleep 0.1; printf 'v1.x\\nmore'",
            "echo dhat.v1.x; seq 100000",
        ] {
            assert_eq!(run_script(script, 20_000, 10_000).unwrap().expose(), "dhat.v1.x", "{script}");
        }
    }

    #[test]
    fn a_token_command_that_fails_hangs_or_prints_nonsense_is_reported_without_its_output() {
        for (script, line, why) in [
            ("echo secret; exit 3", 10_000, "failed"),
            ("echo secret; sleep 0.1; exit 3", 10_000, "failed"),
            ("echo 'sec ret'", 10_000, "no token"),
            ("true", 10_000, "empty"),
            ("exec sleep 30", 50, "took more"),
            ("trap '' TERM; while :; do sleep 0.01; done", 50, "took more"),
            ("yes sec | tr -d '\\n'", 10_000, "too long"),
            ("cat /dev/zero", 10_000, "too long"),
        ] {
            let error = run_script(script, line, 1_000).unwrap_err();
            assert_eq!(error.kind, Kind::Auth);
            assert!(error.message.contains(why), "{script}: {error}");
            assert!(!format!("{error:?}").contains("sec"), "{error:?}");
        }
    }

    #[test]
    fn a_token_command_may_go_on_after_its_line_or_leave_something_running() {
        for script in [
            "sleep 5 & echo dhat.v1.x",
            "sleep 5 & printf dhat.v1.x",
            "echo dhat.v1.x; exec sleep 30",
            "echo dhat.v1.x; exec 1>&-; exec sleep 30",
            "yes dhat.v1.x",
        ] {
            let started = Instant::now();
            assert_eq!(run_script(script, 20_000, 100).unwrap().expose(), "dhat.v1.x", "{script}");
            assert!(started.elapsed() < Duration::from_secs(4), "{script}");
        }
    }

    #[test]
    fn what_it_leaves_running_cannot_keep_this_program_busy() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("pid");
        let script = format!("echo dhat.v1.x; yes & echo $! > '{}'", file.display());
        run_script(&script, 20_000, 10_000).unwrap();
        let pid = std::fs::read_to_string(file).unwrap();
        let runs = || {
            let ps = Command::new("ps").args(["-o", "stat=", "-p", pid.trim()]).output().unwrap().stdout;
            !ps.is_empty() && !ps.starts_with(b"Z")
        };
        let deadline = Instant::now() + Duration::from_secs(20);
        while runs() {
            assert!(Instant::now() < deadline, "it can write without end");
            thread::sleep(Duration::from_millis(5));
        }
    }

    #[test]
    fn a_token_command_that_does_not_exist_is_reported() {
        for program in ["/nonexistent/pass", "no-such-program", ""] {
            let error = super::run(&[program.into()], LIMITS).unwrap_err();
            assert!(error.message.contains(&format!("({program}) cannot be run")), "{error}");
        }
    }
}
