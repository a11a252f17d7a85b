//! Words for trouble with the connection, TLS and proxies.

use std::time::Duration;

use crate::error::without_number;

use super::failure::{Cause, Failure};
use super::trust::Distrust;

pub fn of_request(error: &reqwest::Error, line: &str, limit: Duration, proxy: Option<&str>) -> Failure {
    let (cause, message, hint) = if let Some(distrust) = Distrust::find(error) {
        (Cause::Misconfigured, distrust.message, Some(distrust.hint))
    } else if error.is_connect() || error.is_builder() {
        no_connection(error, proxy)
    } else if error.is_timeout() {
        (Cause::NoResponse, timed_out(limit), None)
    } else {
        let why = simplify(causes(error));
        let is_plain_http = error.url().is_some_and(|url| url.scheme() == "http");
        let hint = (why == NOT_HTTP && is_plain_http)
            .then(|| "does the host speak https? Then write https:// before it".to_owned());
        (Cause::NoResponse, format!("the connection broke: {why}"), hint)
    };
    Failure { hint, ..Failure::new(cause, message, line) }
}

/// Why there is no connection, and what to do about it.
fn no_connection(error: &reqwest::Error, proxy: Option<&str>) -> (Cause, String, Option<String>) {
    let mut why = causes(error);
    // What the TLS library says of an answer in plain http, or of none.
    let hung_up = why.contains("tls handshake eof");
    if hung_up || why.contains("InvalidContentType") {
        let hint = "for plain http, write http:// before the host".to_owned();
        // Who hangs up may only be busy.
        let cause = if hung_up { Cause::ConnectFailed } else { Cause::Misconfigured };
        return (cause, "the host does not speak https".to_owned(), Some(hint));
    }
    if why.contains("ProtocolVersion") {
        let hint = "whoever runs the host has to bring it up to TLS 1.2 or later".to_owned();
        return (Cause::Misconfigured, "the host speaks only an outdated TLS".to_owned(), Some(hint));
    }
    if error.is_timeout() {
        why = "it takes too long".to_owned();
    }
    let Some(variable) = proxy else {
        let hint = "nothing was sent; is the host right, and is it up?".to_owned();
        return (Cause::ConnectFailed, format!("cannot connect: {why}"), Some(hint));
    };
    let through = |why: &str| format!("cannot connect through the proxy in {variable}: {why}");
    if why.contains("authorization required") {
        let hint = format!("put a user and a password into {variable}: http://USER:PASSWORD@HOST:PORT");
        return (Cause::Misconfigured, through("it wants a user and a password"), Some(hint));
    }
    if why.contains("tunnel") {
        why = "it does not let dhub through to the host".to_owned();
    }
    let hint = "nothing was sent; is the proxy right, and is it up? NO_PROXY names hosts that need none";
    (Cause::ConnectFailed, through(&why), Some(hint.to_owned()))
}

const NOT_HTTP: &str = "what came is not HTTP";

/// What the HTTP library says of nonsense, in words for whoever reads it.
pub fn simplify(why: String) -> String {
    let says = |words: &str| why.contains(words);
    let plain = if says("message head is too large") || says("number of headers") {
        "its header has more than 100 lines, or more than 400 KB"
    } else if says("before message completed") || says("end of file before message length") {
        "it ended in the middle"
    } else if says("chunk") {
        "its parts are not marked as HTTP wants it"
    } else if says("invalid HTTP") || says("invalid content-length") {
        NOT_HTTP
    } else {
        return why;
    };
    plain.to_owned()
}

pub fn timed_out(limit: Duration) -> String {
    format!("no whole answer within {}", humantime::format_duration(limit))
}

/// What lies under an error, in one line: the innermost causes say most, and no URL is repeated.
pub fn causes(error: &dyn std::error::Error) -> String {
    let mut texts: Vec<String> = Vec::new();
    let mut cause = error.source();
    while let Some(error) = cause {
        texts.push(error.to_string());
        cause = error.source();
    }
    // The outer layers of the libraries only say that something failed.
    let said: Vec<String> = texts
        .into_iter()
        .filter(|text| {
            !matches!(
                text.as_str(),
                "client error (Connect)" | "client error (SendRequest)" | "tcp connect error"
            )
        })
        .collect();
    without_number(said.last().cloned().unwrap_or_else(|| error.to_string()))
}
