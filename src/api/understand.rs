//! From a whole answer to its meaning: the documented type, or a failure with its cause.

use reqwest::StatusCode;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::error::Kind;

use super::failure::{Cause, Failure};
use super::http::Answer;
use super::page;

/// What a refusal holds, and an error told with HTTP status 200.
#[derive(Deserialize)]
struct Refusal {
    status: Option<String>,
    message: Option<String>,
}

/// A documented answer: it says whether it is one, or an error.
pub(super) trait Documented: DeserializeOwned {
    /// `Success` or `Error`.
    fn status(&self) -> Option<&str>;
}

/// Understands a successful answer as `T`; everything else is a failure.
pub(super) fn read<T: Documented>(answer: &Answer) -> Result<T, Failure> {
    if (300..400).contains(&answer.status) {
        return Err(redirected(answer));
    }
    let success = (200..300).contains(&answer.status);
    let why = match success.then(|| parse::<T>(answer)) {
        Some(Ok(documented)) if !is_error(documented.status()) => return Ok(documented),
        Some(Err(why)) => why,
        _ => String::new(),
    };
    match parse::<Refusal>(answer) {
        Ok(refusal) if success && !is_error(refusal.status.as_deref()) => {
            Err(unreadable(answer, &format!("it is not as documented ({why})")))
        }
        Ok(Refusal { status, message }) if status.is_some() || message.is_some() => {
            Err(refused(answer, message.filter(|message| !message.trim().is_empty())))
        }
        _ if answer.status == 429 || answer.status >= 500 => Err(server_error(answer, Kind::Network, None)),
        _ => Err(unreadable(answer, &what_it_is(answer))),
    }
}

/// Reads the body as one JSON object, whatever the status.
pub(super) fn parse<T: DeserializeOwned>(answer: &Answer) -> Result<T, String> {
    // The JSON library takes an array for a struct, too.
    if !answer.body.trim_ascii_start().starts_with(b"{") {
        return Err("it is no JSON object".to_owned());
    }
    // Once for the whole text, which is much quicker than for each string in it.
    let text = std::str::from_utf8(&answer.body).map_err(|_| "it is not UTF-8")?;
    serde_json::from_str(text).map_err(|error| match error.to_string() {
        why if why.starts_with("recursion limit") => "it is nested more than 127 deep".to_owned(),
        why => why,
    })
}

fn refused(answer: &Answer, message: Option<String>) -> Failure {
    let kind = kind_of(answer.status, message.as_deref().unwrap_or_default());
    if answer.status == 429 || answer.status >= 500 {
        return server_error(answer, kind, message);
    }
    let message = message.unwrap_or_else(|| no_words(answer));
    failure(answer, Cause::Refused(kind), message)
}

/// A refusal's kind: by status where that says it, else by the service's words.
fn kind_of(status: u16, message: &str) -> Kind {
    let message = message.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| message.contains(word));
    if matches!(status, 401 | 403) || says(&["not authenticated", "unauthorized", "permission"]) {
        Kind::Auth
    } else if says(&["no such repository", "not found", "does not exist"]) {
        Kind::NotFound
    } else if says(&["already exists", "already been forked"]) {
        Kind::AlreadyExists
    } else if matches!(status, 429 | 502..=504) {
        // Said by what stands before the service; later may do.
        Kind::Network
    } else {
        Kind::Api
    }
}

fn server_error(answer: &Answer, kind: Kind, message: Option<String>) -> Failure {
    let throttled = answer.status == 429 || (answer.status == 503 && answer.retry_after.is_some());
    let cause = if throttled { Cause::Throttled } else { Cause::ServerError(kind) };
    failure(answer, cause, message.unwrap_or_else(|| no_words(answer)))
}

fn no_words(answer: &Answer) -> String {
    let named = named(answer.status);
    match page::title(&answer.body) {
        // Most pages of a gateway repeat the status and say nothing else.
        Some(title) if !named.contains(&title) && title != named => {
            format!("the service answered {named} with a page: {title}")
        }
        _ => format!("the service answered {named}"),
    }
}

/// What came in place of the API's JSON.
fn what_it_is(answer: &Answer) -> String {
    if let Some(encoding) = &answer.encoding {
        return format!("it is packed ({encoding}), which was not asked for");
    }
    match page::title(&answer.body) {
        Some(title) => format!("it is a web page, {title}"),
        None if answer.body.trim_ascii().is_empty() => "it is empty".to_owned(),
        None => "it is not the API's".to_owned(),
    }
}

fn redirected(answer: &Answer) -> Failure {
    let to = answer.location.as_deref().unwrap_or("nowhere");
    not_the_api(answer, format!("a redirect ({}) to {to} is not followed", named(answer.status)))
}

pub(super) fn unreadable(answer: &Answer, why: &str) -> Failure {
    not_the_api(answer, format!("the answer ({}) cannot be read: {why}", named(answer.status)))
}

fn not_the_api(answer: &Answer, message: String) -> Failure {
    let hint =
        format!("{} may not be a DoltHub: check --host, DOLTHUB_HOST and the config file", answer.host());
    Failure { hint: Some(hint), ..failure(answer, Cause::Unreadable, message) }
}

fn failure(answer: &Answer, cause: Cause, message: String) -> Failure {
    Failure {
        cause,
        message: answer.hide_token(message),
        hint: None,
        request: answer.request.clone(),
        status: Some(answer.status),
        retry_after: answer.retry_after,
    }
}

/// A status with its usual name, such as `502 Bad Gateway`.
fn named(status: u16) -> String {
    let name = StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason());
    name.map_or_else(|| status.to_string(), |name| format!("{status} {name}"))
}

pub(super) fn is_error(status: Option<&str>) -> bool {
    status.is_some_and(|status| status.eq_ignore_ascii_case("error"))
}
