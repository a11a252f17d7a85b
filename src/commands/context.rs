//! What every command has at hand: options, environment, output, and the session made of them.

use std::fmt::Display;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use crate::api::{Observer, RequestProgress};
use crate::atomic_file;
use crate::cli::Global;
use crate::error::{Error, Kind, Result};
use crate::interrupt;
use crate::names::{Database, Site};
use crate::output::filter::Filter;
use crate::output::view::Place;
use crate::output::{Output, ProgressLine, prompt, shorten_part};
use crate::session::Session;
use crate::settings::{Environment, Flags, Settings, TokenSource};
use crate::token::KnownToken;

/// What every command has at hand.
pub struct Context {
    pub global: Global,
    pub environment: Environment,
    pub output: Arc<Output>,
    known_token: KnownToken,
}

impl Context {
    /// What there is before a command is run. `filter` is that of `--jq`.
    pub fn new(global: Global, filter: Option<Filter>) -> Self {
        let environment = Environment::of_this_process();
        let known_token = KnownToken::default();
        let output = Arc::new(Output::new(&global, &environment, known_token.clone(), filter));
        Context { global, environment, output, known_token }
    }

    /// Settles host, token and the rest; `site` is that of an address that was pasted. Warns of a token that others can
    /// read.
    ///
    /// # Errors
    /// As [`Settings::resolve`].
    pub fn session(&self, site: Option<&Site>) -> Result<Session> {
        self.session_at(&site.into_iter().collect::<Vec<_>>())
    }

    /// The same for several addresses, which have to be on one host.
    ///
    /// # Errors
    /// As [`Settings::resolve`].
    pub fn session_at(&self, sites: &[&Site]) -> Result<Session> {
        let session = self.resolve(sites, false)?;
        let Settings { config, token, .. } = &session.settings;
        let runs_command = matches!(token, TokenSource::Command(_));
        let note_on_command = config.note_on_command().filter(|_| runs_command);
        let unreadable = config.unreadable().map(|unreadable| format!("{unreadable}; going on without it"));
        for note in unreadable.into_iter().chain(config.warning()).chain(note_on_command) {
            self.output.note(&note);
        }
        Ok(session)
    }

    /// The same for a command that writes the config file, and thereby hides it from others. `makes_config` where it may
    /// make the one that is named.
    ///
    /// # Errors
    /// As [`Settings::resolve`].
    pub fn session_to_store(&self, makes_config: bool) -> Result<Session> {
        self.resolve(&[], makes_config)
    }

    /// The options that are settings. `makes_config` as for [`Context::session_to_store`].
    pub fn flags(&self, makes_config: bool) -> Flags {
        Flags {
            host: self.global.host.clone(),
            config: self.global.config.clone(),
            makes_config,
            request_timeout: self.global.request_timeout,
            api: self.global.api,
        }
    }

    fn resolve(&self, sites: &[&Site], makes_config: bool) -> Result<Session> {
        if self.output.is_json() || self.output.is_animated() {
            self.report_interrupts()?;
        }
        let settings = Settings::resolve(&self.flags(makes_config), &self.environment, sites)?;
        for note in settings.config.unknown_keys() {
            self.output.note(note);
        }
        let trace = Arc::new(Trace(self.output.clone()));
        Ok(Session::new(settings, trace, self.known_token.clone()))
    }

    /// A signal leaves the terminal in order, and a program gets an error. Without it the program dies as any other does,
    /// and is spared what it takes to catch a signal.
    ///
    /// # Errors
    /// When the system refuses to install a handler.
    pub fn report_interrupts(&self) -> io::Result<()> {
        let output = self.output.clone();
        interrupt::report_with(move |signal| {
            output.stop_moving();
            prompt::restore_terminal();
            if output.is_json() {
                output.error(&Error::new(Kind::Interrupted, signal.reason()));
            }
            atomic_file::remove_unfinished();
        })
    }
}

/// A database with its page and where it is cloned from, as far as the service's responses leave that open.
pub fn place(database: Database, session: &Session) -> Place {
    Place::new(database, session.host(), session.remote().as_ref())
}

/// Prints each request and its response with `--verbose`, their bodies with `-vv`, and what delays a command.
struct Trace(Arc<Output>);

impl Observer for Trace {
    fn sending(&self, request: &str, body: Option<&[u8]>) {
        self.0.trace_with_body(&format!("> {request}"), ">> ", body.unwrap_or_default());
    }

    fn received(&self, _request: &str, status: u16, body: &[u8], took: Duration) {
        let line = format!("< {status}, {} bytes, {} ms", body.len(), took.as_millis());
        self.0.trace_with_body(&line, "<< ", body);
    }

    fn failed(&self, _request: &str, why: &str, took: Duration) {
        self.0.trace(&format!("< {why}, {} ms", took.as_millis()));
    }

    fn refused(&self, request_id: &str) {
        self.0.trace(&format!("< request_id {request_id}"));
    }

    fn delayed(&self, why: &str) {
        if !self.0.shows_requests() {
            self.0.note(why);
        }
    }

    fn waiting(&self, what: &dyn Display) -> Option<Box<dyn RequestProgress>> {
        if !self.0.is_animated() {
            return None;
        }
        let line = self.0.request(&what.to_string())?;
        Some(Box::new(WaitingLine { output: self.0.clone(), line }))
    }
}

/// The line on the terminal for a request that is waited for.
struct WaitingLine {
    output: Arc<Output>,
    line: ProgressLine,
}

impl RequestProgress for WaitingLine {
    fn failed(&self, why: &str) {
        self.line.set_problem(Some(self.output.safe_line(&shorten_part(why))));
    }
}
