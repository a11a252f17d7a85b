//! From a whole response to a type or a failure: what is the same for every version of the API.

use std::time::Duration;

use reqwest::StatusCode;
use serde::Deserialize;

use crate::error::Kind;
use crate::json::Document;
use crate::names::{Database, without_password};
use crate::token::Token;

use super::failure::{Cause, Failure};
use super::html;

/// A whole response, not yet interpreted.
#[derive(Clone, Debug)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The status line and the headers, a line each, where they were wanted.
    pub head: String,
    /// The body, as it came.
    pub body: Vec<u8>,
    /// Method and URL of the request.
    pub request: String,
    /// The service's address, without the API's path.
    pub host: String,
    /// The pause that `Retry-After` asks for.
    pub retry_after: Option<Duration>,
    /// Where a redirect points.
    pub location: Option<String>,
    /// The body's `Content-Encoding`, though none was requested.
    pub encoding: Option<String>,
    /// The token that was sent, which the service may repeat.
    pub token: Option<Token>,
}

impl Response {
    /// Whether the status is a 2xx.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Whether it is a success that has no body by its status.
    pub fn is_no_content(&self) -> bool {
        self.status == 204 && self.body.is_empty()
    }

    /// The body as one JSON document of any kind, whatever the status.
    ///
    /// # Errors
    /// Why it is none.
    pub fn document(&self) -> Result<Document<&str>, String> {
        Document::parse(std::str::from_utf8(&self.body).map_err(|_| "it is not UTF-8")?)
    }

    /// Reads the body as one JSON object, whatever the status.
    ///
    /// # Errors
    /// Why it is none.
    pub fn json<'de, T: Deserialize<'de>>(&'de self) -> Result<T, String> {
        // The JSON library takes an array for a struct, too.
        if !self.body.trim_ascii_start().starts_with(b"{") {
            return Err("it is no JSON object".to_owned());
        }
        // Once for the whole text, which is much quicker than for each string in it.
        let text = std::str::from_utf8(&self.body).map_err(|_| "it is not UTF-8")?;
        serde_json::from_str(text).map_err(|error| match error.to_string() {
            why if why.starts_with("recursion limit") => "it is nested more than 127 deep".to_owned(),
            why => why,
        })
    }

    /// The failure for a redirect, which is never followed; none where the response is another.
    pub fn redirect(&self) -> Option<Failure> {
        (300..400).contains(&self.status).then(|| {
            // What may be a secret in an address is not repeated: a password, and what follows the path.
            let to = self.location.as_deref().map_or("nowhere".into(), without_password);
            let to = to.split(['?', '#']).next().unwrap_or_default();
            self.not_the_api(format!("a redirect ({}) to {to} is not followed", status_text(self.status)))
        })
    }

    /// The failure for a response that cannot be used.
    pub fn invalid(&self, why: &str) -> Failure {
        self.not_the_api(format!("invalid response ({}): {why}", status_text(self.status)))
    }

    /// The failure for a response about another database than the request, whose own response is unknown.
    pub fn unrelated(&self, found: &Database, requested: &Database) -> Failure {
        let message = format!("the response is about {found}, not {requested}");
        let failure = self.failure(Cause::Unrelated, message);
        Failure {
            hint: Some(format!(
                "a proxy or cache before {} may mix up responses: try again, or without it",
                self.host
            )),
            ..failure
        }
    }

    /// The failure for a response that is not the API's JSON.
    pub fn not_json(&self) -> Failure {
        match self.status_cause(Kind::Network) {
            Some(cause) => self.failure(cause, self.fallback_message()),
            None => self.invalid(&self.describe_body()),
        }
    }

    /// The failure for what the service refused in its own JSON; `message` are its words, where it had any.
    pub fn refused(&self, kind: Kind, message: Option<String>) -> Failure {
        let cause = self.status_cause(kind).unwrap_or(Cause::Refused(kind));
        self.failure(cause, message.unwrap_or_else(|| self.fallback_message()))
    }

    /// What the status means whatever the body says.
    pub fn status_cause(&self, kind: Kind) -> Option<Cause> {
        Cause::of_status(self.status, self.retry_after, kind)
    }

    /// A text of the service's, without the token.
    pub fn without_token(&self, text: &str) -> String {
        self.token.as_ref().map_or_else(|| text.to_owned(), |token| token.hide_in(text))
    }

    fn not_the_api(&self, message: String) -> Failure {
        let hint =
            format!("{} may not be a DoltHub: check --host, DOLTHUB_HOST and the config file", self.host);
        Failure { hint: Some(hint), ..self.failure(Cause::InvalidResponse, message) }
    }

    fn failure(&self, cause: Cause, message: String) -> Failure {
        Failure {
            status: Some(self.status),
            retry_after: self.retry_after,
            ..Failure::new(cause, self.without_token(&message), &self.request)
        }
    }

    /// The message where the service gave none.
    fn fallback_message(&self) -> String {
        let status = status_text(self.status);
        match html::title(&self.body) {
            // Most pages of a gateway repeat the status and say nothing else.
            Some(title) if !status.contains(&title) => {
                format!("the service returned {status} with a page: {title}")
            }
            _ => format!("the service returned {status}"),
        }
    }

    /// What came in place of the API's JSON.
    fn describe_body(&self) -> String {
        if let Some(encoding) = &self.encoding {
            return format!("unexpected Content-Encoding: {encoding}");
        }
        match html::title(&self.body) {
            Some(title) => format!("it is a web page, {title}"),
            None if self.body.trim_ascii().is_empty() => "it is empty".to_owned(),
            None => "it is not the API's".to_owned(),
        }
    }
}

/// A status with its usual name, such as `502 Bad Gateway`.
pub(super) fn status_text(status: u16) -> String {
    let name = StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason());
    name.map_or_else(|| status.to_string(), |name| format!("{status} {name}"))
}
