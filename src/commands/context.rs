//! What every command has at hand: options, environment, output, and the session made of them.

use std::sync::Arc;
use std::time::Duration;

use crate::api::Observer;
use crate::cli::Global;
use crate::error::Result;
use crate::names::Host;
use crate::output::Output;
use crate::session::Session;
use crate::settings::{Environment, Flags, Settings};

use super::in_flight::InFlight;

/// What every command has at hand.
pub struct Context {
    pub global: Global,
    pub environment: Environment,
    pub output: Arc<Output>,
    pub in_flight: Arc<InFlight>,
}

impl Context {
    /// Settles host, token and the rest; `page` is the host of a page that was pasted. Warns of a token that others see.
    pub fn session(&self, page: Option<&Host>) -> Result<Session> {
        let session = self.session_to_store(page)?;
        if let Some(warning) = session.settings.config.warning() {
            self.output.note(&warning);
        }
        Ok(session)
    }

    /// The same for a command that writes the config file, and thereby hides it from others.
    pub fn session_to_store(&self, page: Option<&Host>) -> Result<Session> {
        let flags = Flags {
            host: self.global.host.clone(),
            config: self.global.config.clone(),
            request_timeout: self.global.request_timeout,
        };
        let settings = Settings::resolve(&flags, &self.environment, page)?;
        Ok(Session::new(settings, Arc::new(Trace(self.output.clone()))))
    }
}

/// Tells each request and its answer with `--verbose`, and what keeps a command waiting.
struct Trace(Arc<Output>);

impl Observer for Trace {
    fn sent(&self, request: &str) {
        self.0.trace(&format!("> {request}"));
    }

    fn answered(&self, _request: &str, status: u16, bytes: usize, took: Duration) {
        self.0.trace(&format!("< {status}, {bytes} bytes, {} ms", took.as_millis()));
    }

    fn failed(&self, _request: &str, why: &str, took: Duration) {
        self.0.trace(&format!("< {why}, {} ms", took.as_millis()));
    }

    fn waiting(&self, why: &str) {
        self.0.note(why);
    }
}
