//! Settings and API together: the token and the owner, found when they are first needed.

use std::io::{BufRead, BufReader, Read};
use std::mem::ManuallyDrop;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, OnceLock, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use zeroize::Zeroizing;

use crate::api::{Cause, Client, Failure, Observer, Options};
use crate::bulk::{self, Gate};
use crate::error::{Error, Kind, Result, reason};
use crate::names::{Host, check_owner};
use crate::settings::{Settings, TokenSource};
use crate::shell;
use crate::token::Token;

/// A `token_command` may take this long: it may ask its user for a passphrase.
const TOKEN_COMMAND_TIMEOUT: Duration = Duration::from_secs(60);

/// What one command needs to talk to one service.
pub struct Session {
    /// What was settled before the first request.
    pub settings: Settings,
    observer: Arc<dyn Observer>,
    /// Not dropped: that would wait for the HTTP library's thread, which ends with the program anyway.
    client: ManuallyDrop<OnceLock<Client>>,
}

impl Session {
    /// A session that has not sent anything yet.
    pub fn new(settings: Settings, observer: Arc<dyn Observer>) -> Self {
        Session { settings, observer, client: ManuallyDrop::new(OnceLock::new()) }
    }

    /// The service.
    pub fn host(&self) -> &Host {
        &self.settings.host
    }

    /// A client with the token of this host if there is one, else an anonymous one.
    ///
    /// # Errors
    /// When the token cannot be had, or may not travel to this host.
    pub fn client(&self) -> Result<&Client> {
        if let Some(client) = self.client.get() {
            return Ok(client);
        }
        let token = self.token()?;
        let client = self.client_with(token.as_ref())?;
        Ok(self.client.get_or_init(|| client))
    }

    /// A gate for so many requests to this service at a time.
    pub fn gate(&self, most: usize) -> Gate {
        Gate::new(most).telling(self.observer.clone())
    }

    /// The name of the token's user, asked for up to four times, and through five minutes of throttling.
    ///
    /// # Errors
    /// As [`Client::user`].
    pub fn user(&self, client: &Client) -> Result<String, Failure> {
        bulk::ask(&self.gate(1), || client.user())
    }

    /// A client with a token, for what an anonymous user may not do.
    ///
    /// # Errors
    /// As [`Session::client`]; and when there is no token for this host, with how to get one.
    pub fn authenticated(&self) -> Result<&Client> {
        match self.client()? {
            client if client.is_anonymous() => Err(self.no_token()),
            client => Ok(client),
        }
    }

    /// A client with this very token, be it stored or not.
    ///
    /// # Errors
    /// When the token may not travel to this host, or TLS cannot be set up.
    pub fn client_with(&self, token: Option<&Token>) -> Result<Client> {
        if token.is_some() {
            self.check_transport()?;
        }
        let options = Options {
            request_timeout: self.settings.request_timeout,
            ca_file: self.settings.entry.ca_file.clone(),
        };
        Client::new(self.host(), token, &options, self.observer.clone())
    }

    /// The owner meant: the one that was named, else the settings', else the token's own user.
    /// `how_to_name` is what the command takes an owner by, for the hint.
    ///
    /// # Errors
    /// When there is no token, or the service cannot say whose it is, or the owner cannot be one.
    pub fn owner(&self, named: Option<&str>, how_to_name: &str) -> Result<String> {
        let owner = self.find_owner(named, how_to_name)?;
        check_owner(&owner).map_err(|error| {
            error.at(&format!("{owner:?}")).with_argument(&owner).with_hint(
                "the owner is a user or an organization; it comes from the command, DOLTHUB_OWNER or the config file",
            )
        })?;
        Ok(owner)
    }

    fn find_owner(&self, named: Option<&str>, how_to_name: &str) -> Result<String> {
        if let Some(owner) = named.or(self.settings.owner.as_deref()) {
            return Ok(owner.to_owned());
        }
        if let (TokenSource::File(_) | TokenSource::Command(_), Some(user)) =
            (&self.settings.token, &self.settings.entry.user)
        {
            return Ok(user.clone());
        }
        let client = self.authenticated()?;
        self.user(client).map_err(|failure| {
            let hint =
                format!("name the owner with {how_to_name}, DOLTHUB_OWNER, or `owner` in the config file");
            if lacks_user_endpoint(&failure) {
                let message = format!("{} cannot say whose token this is", self.host());
                return Error::new(Kind::Usage, message)
                    .with_hint(hint)
                    .with_request(failure.request, failure.status);
            }
            let hint = failure.hint.clone().unwrap_or(hint);
            Failure { hint: Some(hint), ..failure }.into_error("cannot find out whose token this is")
        })
    }

    /// A command to be shown, with the options that make it talk to the same host in the same way.
    pub fn command(&self, command: &str) -> String {
        let options = self.settings.same_again.iter().map(|option| format!(" {}", shell::quote(option)));
        format!("{command}{}", options.collect::<String>())
    }

    fn token(&self) -> Result<Option<Token>> {
        match &self.settings.token {
            TokenSource::Environment(_, token) | TokenSource::File(token) => Ok(Some(token.clone())),
            TokenSource::Command(words) => {
                // Before the command asks for a passphrase in vain.
                self.check_transport()?;
                run_token_command(words, TOKEN_COMMAND_TIMEOUT).map(Some)
            }
            TokenSource::Broken(error) => Err(error.clone()),
            TokenSource::None => Ok(None),
        }
    }

    /// A token travels over plain http only to this machine itself, or where the user said so.
    ///
    /// # Errors
    /// An auth error where it may not travel.
    pub fn check_transport(&self) -> Result<()> {
        let host = self.host();
        if !host.is_plain_http() || host.is_loopback() || self.settings.allow_http {
            return Ok(());
        }
        Err(Error::new(Kind::Auth, format!("the token is not sent to {host}: plain http can be overheard"))
            .with_hint(format!(
                "use https, or allow it with DHUB_ALLOW_HTTP=1 or `{}`",
                self.command("dhub auth login --allow-http")
            )))
    }

    fn no_token(&self) -> Error {
        let host = self.host();
        let error = Error::new(Kind::Auth, format!("there is no token for {host}"));
        if let Some(home) = &self.settings.token_elsewhere {
            return error.with_hint(format!(
                "DOLTHUB_TOKEN belongs to {home}; if it is one for {host}, set DOLTHUB_HOST to that"
            ));
        }
        error.with_hint(format!(
            "make one at {}, then run `{}` or set DOLTHUB_TOKEN",
            host.tokens_page(),
            self.command("dhub auth login")
        ))
    }
}

/// Whether a failed `GET /user` means that the service has no such endpoint, as older self-hosted ones.
pub fn lacks_user_endpoint(failure: &Failure) -> bool {
    matches!(failure.status, Some(404 | 405 | 501)) || failure.cause == Cause::Refused(Kind::NotFound)
}

/// Runs the program that prints the token, without a shell. Its stderr is the user's to see, its output never.
fn run_token_command(words: &[String], limit: Duration) -> Result<Token> {
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
    let printed = read_aside(&mut child);
    let deadline = Instant::now() + limit;
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) if Instant::now() < deadline => thread::sleep(Duration::from_millis(5)),
            Ok(None) => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(failed(format!("took more than {} s", limit.as_secs())));
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

/// Hands on the first line that the child prints, which is the secret; a password manager may print more below.
///
/// On a thread of its own, so that neither a full pipe nor a grandchild that keeps it open blocks.
fn read_aside(child: &mut Child) -> mpsc::Receiver<Zeroizing<Vec<u8>>> {
    /// More is no token.
    const MOST_BYTES: u64 = 64 * 1024;
    let (send, receive) = mpsc::channel();
    let stdout = child.stdout.take();
    thread::spawn(move || {
        let Some(stdout) = stdout else { return };
        let mut stdout = BufReader::new(stdout);
        let mut line = Zeroizing::new(Vec::new());
        let _ = stdout.by_ref().take(MOST_BYTES).read_until(b'\n', &mut line);
        let _ = send.send(line);
        // A child that cannot write the rest would die of it.
        let _ = std::io::copy(&mut stdout, &mut std::io::sink());
    });
    receive
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn run(script: &str, limit: Duration) -> Result<Token> {
        let words = ["sh", "-c", script].map(str::to_owned);
        run_token_command(&words, limit)
    }

    #[test]
    fn the_first_line_that_the_token_command_prints_is_the_token() {
        let token = run("echo dhat.v1.x; echo login: taylor", Duration::from_secs(10)).unwrap();
        assert_eq!(token.expose(), "dhat.v1.x");
    }

    #[test]
    fn a_token_command_that_fails_hangs_or_prints_nonsense_is_told_without_its_output() {
        for (script, limit, why) in [
            ("echo secret; exit 3", 10_000, "failed"),
            ("echo 'sec ret'", 10_000, "no token"),
            ("true", 10_000, "empty"),
            ("exec sleep 30", 50, "took more"),
        ] {
            let error = run(script, Duration::from_millis(limit)).unwrap_err();
            assert_eq!(error.kind, Kind::Auth);
            assert!(error.message.contains(why), "{error}");
            assert!(!format!("{error:?}").contains("sec"), "{error:?}");
        }
    }

    #[test]
    fn a_token_command_may_leave_something_running() {
        let token = run("sleep 5 & echo dhat.v1.x", Duration::from_secs(4)).unwrap();
        assert_eq!(token.expose(), "dhat.v1.x");
    }

    #[test]
    fn a_token_command_that_is_not_there_is_told() {
        let words = ["/nonexistent/pass".to_owned()];
        let error = run_token_command(&words, Duration::from_secs(1)).unwrap_err();
        assert!(error.message.contains("/nonexistent/pass"), "{error}");
    }
}
