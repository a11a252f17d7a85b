//! One blocking HTTP client: sends a request, brings back the whole answer or says why not.

use std::io::Read;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use memchr::memmem;
use reqwest::Method;
use reqwest::blocking::{Client as Connections, Response};
use reqwest::header::{
    ACCEPT, AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE, HeaderValue, LOCATION, RETRY_AFTER,
};

use crate::error::{Error, Kind, Result, without_number};
use crate::names::Host;
use crate::token::Token;

use super::failure::{Cause, Failure};
use super::proxy;
use super::retry::retry_after;
use super::trust::{self, Distrust};

/// Learns of every request and its answer. Never given a secret.
pub trait Observer: Send + Sync {
    /// A request is about to be sent: method and URL.
    fn sent(&self, request: &str);
    /// Its answer has come, whole: HTTP status, bytes of the body, and how long it took.
    fn answered(&self, request: &str, status: u16, bytes: usize, took: Duration);
    /// No whole answer came.
    fn failed(&self, request: &str, why: &str, took: Duration);
    /// A request takes its time, or is going to be sent again after a while: this is why.
    fn waiting(&self, why: &str);
}

/// What a [`Client`] is made with.
#[derive(Clone, Debug)]
pub struct Options {
    /// How long one request may take, to the last byte of its answer.
    pub request_timeout: Duration,
    /// A PEM file of certificate authorities to trust besides the system's.
    pub ca_file: Option<PathBuf>,
}

/// Where the API is, below the host.
const API: &str = "/api/v1alpha1";

/// A connection is given up after this long, so that a lost request is told from one that never left.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// A client of one service, with or without a token.
#[derive(Clone)]
pub struct Client {
    connections: Connections,
    base: String,
    authorization: Option<HeaderValue>,
    request_timeout: Duration,
    /// The variable that may name a proxy on the way.
    proxy: Option<&'static str>,
    observer: Arc<dyn Observer>,
}

/// A whole answer, not yet understood.
pub(super) struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
    /// Method and URL of the request.
    pub request: String,
    pub retry_after: Option<Duration>,
    /// Where a redirect points.
    pub location: Option<String>,
    /// How the body was packed, though nobody asked for that.
    pub encoding: Option<String>,
    /// What the request was authorized with.
    pub authorization: Option<HeaderValue>,
}

impl Answer {
    /// Takes the token out of the body: a service may repeat what it was sent, and what it says is shown to people.
    fn with_token_hidden(mut self) -> Self {
        if let Some(token) = self.token()
            && memmem::find(&self.body, token.as_bytes()).is_some()
        {
            self.body = String::from_utf8_lossy(&self.body).replace(token, HIDDEN).into_bytes();
        }
        self
    }

    /// The same for a text out of the answer, which may have been spelled otherwise there.
    pub fn hide_token(&self, text: String) -> String {
        match self.token() {
            Some(token) if text.contains(token) => text.replace(token, HIDDEN),
            _ => text,
        }
    }

    /// The service that answered, as its user wrote it.
    pub fn host(&self) -> &str {
        let url = self.request.split_once(' ').map_or(self.request.as_str(), |(_, url)| url);
        url.split(API).next().unwrap_or(url)
    }

    /// The token, if it is long enough not to stand in a text by chance.
    fn token(&self) -> Option<&str> {
        const SHORTEST_TOKEN: usize = 12;
        let token = self.authorization.as_ref()?.to_str().ok()?.strip_prefix("token ")?;
        (token.len() >= SHORTEST_TOKEN).then_some(token)
    }
}

/// What stands in the place of a token.
const HIDDEN: &str = "[token]";

/// A request to be sent: method, path below the API's base, JSON body, and the most bytes its answer may have.
pub(super) struct Request<'a> {
    pub method: Method,
    pub path: &'a str,
    pub body: Option<Vec<u8>>,
    pub most_bytes: u64,
    /// Shortens the client's own time limit.
    pub timeout: Option<Duration>,
}

impl Client {
    /// A client of `host` that identifies itself with `token`, if there is one.
    ///
    /// Redirects are never followed and a proxy is never used for loopback. Whether the token may travel to this
    /// host at all is decided by the caller.
    ///
    /// # Errors
    /// When the `ca_file` cannot be used or TLS cannot be set up.
    pub fn new(
        host: &Host,
        token: Option<&Token>,
        options: &Options,
        observer: Arc<dyn Observer>,
    ) -> Result<Self> {
        let mut builder = Connections::builder()
            .user_agent(concat!("dhub/", env!("CARGO_PKG_VERSION")))
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .connect_timeout(CONNECT_TIMEOUT.min(options.request_timeout.mul_f64(0.75)));
        let proxy = proxy::find(host)?;
        let proxy_variable = proxy.as_ref().map(|proxy| proxy.variable);
        builder = match proxy {
            Some(on_the_way) => builder.proxy(on_the_way.proxy),
            None => builder.no_proxy(),
        };
        let ca_file = match &options.ca_file {
            Some(path) if !host.is_plain_http() => trust::ca_file(path)?,
            _ => Vec::new(),
        };
        let no_tls = |why: String| Error::new(Kind::Config, format!("cannot set up TLS: {why}"));
        let connections = trust::trust(builder, ca_file)
            .map_err(|error| no_tls(error.to_string()))?
            .build()
            .map_err(|error| no_tls(causes(&error)))?;
        let authorization = token.map(authorization).transpose()?;
        Ok(Client {
            connections,
            base: format!("{}{API}", host.base()),
            authorization,
            request_timeout: options.request_timeout,
            proxy: proxy_variable,
            observer,
        })
    }

    /// The same client without its token: it sees what everybody sees.
    #[must_use]
    pub fn anonymous(&self) -> Self {
        Client { authorization: None, ..self.clone() }
    }

    /// Whether it has no token.
    pub fn is_anonymous(&self) -> bool {
        self.authorization.is_none()
    }

    pub(super) fn send(&self, request: Request<'_>) -> Result<Answer, Failure> {
        let url = format!("{}{}", self.base, request.path);
        let line = format!("{} {url}", request.method);
        self.observer.sent(&line);
        let started = Instant::now();
        let outcome = self.exchange(request, &url, &line, started);
        match &outcome {
            Ok(answer) => {
                self.observer.answered(&line, answer.status, answer.body.len(), started.elapsed());
            }
            Err(failure) => self.observer.failed(&line, &failure.message, started.elapsed()),
        }
        outcome
    }

    fn exchange(
        &self,
        request: Request<'_>,
        url: &str,
        line: &str,
        started: Instant,
    ) -> Result<Answer, Failure> {
        let timeout =
            request.timeout.map_or(self.request_timeout, |timeout| timeout.min(self.request_timeout));
        let mut builder = self
            .connections
            .request(request.method, url)
            .header(ACCEPT, HeaderValue::from_static("application/json"))
            .timeout(timeout);
        if let Some(authorization) = &self.authorization {
            builder = builder.header(AUTHORIZATION, authorization.clone());
        }
        if let Some(body) = request.body {
            builder = builder.header(CONTENT_TYPE, HeaderValue::from_static("application/json")).body(body);
        }
        let response =
            builder.send().map_err(|error| transport_failure(&error, line, timeout, self.proxy))?;
        let status = response.status().as_u16();
        let header = |name| response.headers().get(name).and_then(|value| value.to_str().ok());
        let retry_after = header(RETRY_AFTER).and_then(|value| retry_after(value, SystemTime::now()));
        let location = response.headers().get(LOCATION);
        let location = location.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
        let encoding = header(CONTENT_ENCODING)
            .filter(|encoding| !encoding.eq_ignore_ascii_case("identity"))
            .map(str::to_owned);
        let body = read_body(response, request.most_bytes, started, timeout).map_err(|broken| Failure {
            cause: match broken {
                _ if status == 429 => Cause::Throttled,
                _ if status >= 500 => Cause::ServerError(Kind::Network),
                Broken::TooLong(_) => Cause::Unreadable,
                Broken::TimedOut(_) | Broken::Cut(_) => Cause::Lost,
            },
            message: broken.message(),
            hint: None,
            request: line.to_owned(),
            status: Some(status),
            retry_after,
        })?;
        let answer = Answer {
            status,
            body,
            request: line.to_owned(),
            retry_after,
            location,
            encoding,
            authorization: self.authorization.clone(),
        };
        Ok(answer.with_token_hidden())
    }
}

/// A body that did not come whole.
enum Broken {
    TooLong(u64),
    TimedOut(Duration),
    Cut(std::io::Error),
}

impl Broken {
    fn message(&self) -> String {
        match self {
            Broken::TooLong(most) => format!("the answer is longer than {} MiB", most / (1024 * 1024)),
            Broken::TimedOut(limit) => timed_out(*limit),
            Broken::Cut(error) => format!("the answer broke off: {}", plainly(causes(error))),
        }
    }
}

/// Reads the body within its bounds: so many bytes, and until so long after the request was begun.
fn read_body(
    mut response: Response,
    most_bytes: u64,
    started: Instant,
    limit: Duration,
) -> Result<Vec<u8>, Broken> {
    let mut body = Vec::new();
    let mut chunk = [0; 16 * 1024];
    loop {
        match response.read(&mut chunk) {
            Ok(0) => return Ok(body),
            Ok(count) => body.extend_from_slice(chunk.get(..count).unwrap_or_default()),
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(_) if started.elapsed() >= limit => return Err(Broken::TimedOut(limit)),
            Err(error) => return Err(Broken::Cut(error)),
        }
        if body.len() as u64 > most_bytes {
            return Err(Broken::TooLong(most_bytes));
        }
        if started.elapsed() >= limit {
            return Err(Broken::TimedOut(limit));
        }
    }
}

fn transport_failure(error: &reqwest::Error, line: &str, limit: Duration, proxy: Option<&str>) -> Failure {
    let (cause, message, hint) = if let Some(distrust) = Distrust::find(error) {
        (Cause::Barred, distrust.message, Some(distrust.hint))
    } else if error.is_connect() || error.is_builder() {
        no_connection(error, proxy)
    } else if error.is_timeout() {
        (Cause::Lost, timed_out(limit), None)
    } else {
        let why = plainly(causes(error));
        let is_plain_http = error.url().is_some_and(|url| url.scheme() == "http");
        let hint = (why == NOT_HTTP && is_plain_http)
            .then(|| "does the host speak https? Then write https:// before it".to_owned());
        (Cause::Lost, format!("the connection broke: {why}"), hint)
    };
    Failure { cause, message, hint, request: line.to_owned(), status: None, retry_after: None }
}

/// Why there is no connection, and what to do about it.
fn no_connection(error: &reqwest::Error, proxy: Option<&str>) -> (Cause, String, Option<String>) {
    let mut why = causes(error);
    // What the TLS library says of an answer in plain http, or of none.
    let hung_up = why.contains("tls handshake eof");
    if hung_up || why.contains("InvalidContentType") {
        let hint = "for plain http, write http:// before the host".to_owned();
        // Who hangs up may only be busy.
        let cause = if hung_up { Cause::NotSent } else { Cause::Barred };
        return (cause, "the host does not speak https".to_owned(), Some(hint));
    }
    if why.contains("ProtocolVersion") {
        let hint = "whoever runs the host has to bring it up to TLS 1.2 or later".to_owned();
        return (Cause::Barred, "the host speaks only an outdated TLS".to_owned(), Some(hint));
    }
    if error.is_timeout() {
        why = "it takes too long".to_owned();
    }
    let Some(variable) = proxy else {
        let hint = "nothing was sent; is the host right, and is it up?".to_owned();
        return (Cause::NotSent, format!("cannot connect: {why}"), Some(hint));
    };
    let through = |why: &str| format!("cannot connect through the proxy in {variable}: {why}");
    if why.contains("authorization required") {
        let hint = format!("put a user and a password into {variable}: http://USER:PASSWORD@HOST:PORT");
        return (Cause::Barred, through("it wants a user and a password"), Some(hint));
    }
    if why.contains("tunnel") {
        why = "it does not let dhub through to the host".to_owned();
    }
    let hint = "nothing was sent; is the proxy right, and is it up? NO_PROXY names hosts that need none";
    (Cause::NotSent, through(&why), Some(hint.to_owned()))
}

const NOT_HTTP: &str = "what came is not HTTP";

/// What the HTTP library says of nonsense, in words for whoever reads it.
fn plainly(why: String) -> String {
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

fn timed_out(limit: Duration) -> String {
    format!("no whole answer within {}", humantime::format_duration(limit))
}

/// What lies under an error, in one line: the innermost causes say most, and no URL is repeated.
fn causes(error: &dyn std::error::Error) -> String {
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

fn authorization(token: &Token) -> Result<HeaderValue> {
    let text = zeroize::Zeroizing::new(format!("token {}", token.expose()));
    let mut value = HeaderValue::from_str(&text)
        .map_err(|_| Error::new(Kind::Auth, "the token cannot be sent in a header"))?;
    value.set_sensitive(true);
    Ok(value)
}
