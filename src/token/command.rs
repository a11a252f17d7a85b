//! The program that prints a token: `token_command` in the config file.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use zeroize::Zeroizing;

use crate::error::{Error, Kind, Result, no_thread, reason};

use super::Token;

/// It may ask its user for a passphrase.
const TIMEOUT: Duration = Duration::from_secs(60);

/// Runs the program without a shell. Its stderr is shown to the user, its output never.
///
/// # Errors
/// When it fails, takes longer than a minute, or prints no token.
pub fn token_from_command(words: &[String]) -> Result<Token> {
    run(words, TIMEOUT)
}

fn run(words: &[String], timeout: Duration) -> Result<Token> {
    let failed = |why: String| {
        let program = words.first().map_or("", String::as_str);
        Error::new(Kind::Auth, format!("token_command ({program}) {why}"))
            .with_hint("run it by hand to see; it stands in the config file")
    };
    let Some((program, arguments)) = words.split_first() else {
        return Err(failed("is empty".to_owned()));
    };
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::inherit())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .map_err(|error| failed(format!("cannot be run: {}", reason(&error))))?;
    let printed = read_first_line(&mut child).map_err(|refused| {
        let _ = child.kill();
        let _ = child.wait();
        failed(format!("cannot be read: {}", reason(&refused)))
    })?;
    let deadline = Instant::now() + timeout;
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) if Instant::now() < deadline => thread::sleep(Duration::from_millis(5)),
            Ok(None) => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(failed(format!("took more than {} s", timeout.as_secs())));
            }
            Err(error) => return Err(failed(format!("was lost: {}", reason(&error)))),
        }
    };
    if !status.success() {
        return Err(failed(format!("failed ({status})")));
    }
    let printed = printed
        .recv_timeout(deadline.saturating_duration_since(Instant::now()))
        .map_err(|_| failed("did not close its output".to_owned()))?;
    Token::parse(&String::from_utf8_lossy(&printed)).map_err(|why| failed(format!("printed no token: {why}")))
}

/// Sends the first line that the child prints, which is the secret; a password manager may print more below.
///
/// On a thread of its own, so that neither a full pipe nor a grandchild that keeps it open blocks.
fn read_first_line(child: &mut Child) -> std::io::Result<mpsc::Receiver<Zeroizing<Vec<u8>>>> {
    /// More is no token.
    const MAX_BYTES: u64 = 64 * 1024;
    let (send, receive) = mpsc::channel();
    let stdout = child.stdout.take();
    let read = move || {
        let Some(stdout) = stdout else { return };
        let mut stdout = BufReader::new(stdout);
        let mut line = Zeroizing::new(Vec::new());
        let _ = stdout.by_ref().take(MAX_BYTES).read_until(b'\n', &mut line);
        let _ = send.send(line);
        // A child that cannot write the rest would die of it.
        let _ = std::io::copy(&mut stdout, &mut std::io::sink());
    };
    thread::Builder::new().spawn(read).map_err(no_thread)?;
    Ok(receive)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn run_script(script: &str, timeout: Duration) -> Result<Token> {
        let words = ["sh", "-c", script].map(str::to_owned);
        super::run(&words, timeout)
    }

    #[test]
    fn the_first_line_that_the_token_command_prints_is_the_token() {
        let token = run_script("echo dhat.v1.x; echo login: taylor", Duration::from_secs(10)).unwrap();
        assert_eq!(token.expose(), "dhat.v1.x");
    }

    #[test]
    fn a_token_command_that_fails_hangs_or_prints_nonsense_is_reported_without_its_output() {
        for (script, limit, why) in [
            ("echo secret; exit 3", 10_000, "failed"),
            ("echo 'sec ret'", 10_000, "no token"),
            ("true", 10_000, "empty"),
            ("exec sleep 30", 50, "took more"),
        ] {
            let error = run_script(script, Duration::from_millis(limit)).unwrap_err();
            assert_eq!(error.kind, Kind::Auth);
            assert!(error.message.contains(why), "{error}");
            assert!(!format!("{error:?}").contains("sec"), "{error:?}");
        }
    }

    #[test]
    fn a_token_command_may_leave_something_running() {
        let token = run_script("sleep 5 & echo dhat.v1.x", Duration::from_secs(4)).unwrap();
        assert_eq!(token.expose(), "dhat.v1.x");
    }

    #[test]
    fn a_token_command_that_does_not_exist_is_reported() {
        let words = ["/nonexistent/pass".to_owned()];
        let error = super::run(&words, Duration::from_secs(1)).unwrap_err();
        assert!(error.message.contains("/nonexistent/pass"), "{error}");
    }
}
