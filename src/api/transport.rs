//! One exchange with the service: sends a request within its bounds, and returns the whole response or why there is none.

use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use reqwest::Method;
use reqwest::blocking::{Client as Connections, Response as Incoming};
use reqwest::header::{
    ACCEPT, AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE, HeaderValue, LOCATION, RETRY_AFTER,
};
use serde::Serialize;

use crate::error::{Error, Kind, Result};
use crate::names::Host;

use super::failure::{Cause, Failure};
use super::proxy;
use super::response::Response;
use super::retry::parse_retry_after;
use super::{tls, transport_error};

/// Learns of every request and its response. Never given a secret.
pub trait Observer: Send + Sync {
    /// A request is about to be sent: method and URL.
    fn sending(&self, request: &str);
    /// Its response has come, whole: HTTP status, bytes of the body, and how long it took.
    fn received(&self, request: &str, status: u16, bytes: u64, took: Duration);
    /// No whole response came.
    fn failed(&self, request: &str, why: &str, took: Duration);
    /// A request takes its time, or is going to be sent again after a while: this is why.
    fn delayed(&self, why: &str);
}

/// How requests are sent.
#[derive(Clone, Debug)]
pub struct Options {
    /// How long one request may take, to the last byte of its response.
    pub request_timeout: Duration,
    /// A PEM file of certificate authorities to trust besides the system's.
    pub ca_file: Option<PathBuf>,
}

/// A connection is given up after this long, so that a lost request differs from one that never left.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// The way to one service, with or without credentials.
#[derive(Clone)]
pub struct Transport {
    connections: Connections,
    host: String,
    /// Where the API is, below the host.
    base_path: &'static str,
    /// The `authorization` header.
    credentials: Option<HeaderValue>,
    request_timeout: Duration,
    /// The variable that names the proxy in use.
    proxy_variable: Option<&'static str>,
    observer: Arc<dyn Observer>,
}

/// A request to be sent.
struct Request<'a> {
    method: Method,
    /// Below the API's base path.
    path: &'a str,
    /// JSON.
    body: Option<Vec<u8>>,
    /// The most bytes that the response's body may have.
    max_bytes: u64,
    /// Shortens the usual time limit.
    timeout: Option<Duration>,
}

impl Transport {
    /// The way to the API below `base_path` on `host`.
    ///
    /// Redirects are never followed and a proxy is never used for loopback. Whether the credentials may travel to this
    /// host at all is decided by the caller.
    ///
    /// # Errors
    /// When the `ca_file` cannot be used or TLS cannot be set up.
    pub fn new(
        host: &Host,
        base_path: &'static str,
        credentials: Option<HeaderValue>,
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
            Some(choice) => builder.proxy(choice.proxy),
            None => builder.no_proxy(),
        };
        let ca_file = options.ca_file.as_deref().filter(|_| !host.is_plain_http());
        let connections = tls::configure(builder, ca_file)?.build().map_err(|error| {
            let why = transport_error::innermost(&error);
            Error::new(Kind::Config, format!("cannot set up TLS: {why}"))
        })?;
        Ok(Transport {
            connections,
            host: host.base().to_owned(),
            base_path,
            credentials,
            request_timeout: options.request_timeout,
            proxy_variable,
            observer,
        })
    }

    /// The same without its credentials.
    #[must_use]
    pub fn anonymous(&self) -> Self {
        Transport { credentials: None, ..self.clone() }
    }

    /// Whether it has no credentials.
    pub fn is_anonymous(&self) -> bool {
        self.credentials.is_none()
    }

    /// What learns of the requests.
    pub fn observer(&self) -> &dyn Observer {
        &*self.observer
    }

    /// Sends a GET; `timeout` shortens the usual time limit.
    ///
    /// # Errors
    /// When no whole response came.
    pub fn get(&self, path: &str, max_bytes: u64, timeout: Option<Duration>) -> Result<Response, Failure> {
        self.send(Request { method: Method::GET, path, body: None, max_bytes, timeout }, read_to_end)
    }

    /// Sends a POST with a JSON body.
    ///
    /// # Errors
    /// When no whole response came.
    pub fn post(&self, path: &str, body: &impl Serialize, max_bytes: u64) -> Result<Response, Failure> {
        let body = serde_json::to_vec(body)
            .map_err(|error| Failure::new(Cause::Misconfigured, error.to_string(), format!("POST {path}")))?;
        self.send(
            Request { method: Method::POST, path, body: Some(body), max_bytes, timeout: None },
            read_to_end,
        )
    }

    /// Sends a GET whose successful response may be large: `parse` reads the body while it comes in, and the response
    /// holds no more than its start. What was parsed is none where the response is no success.
    ///
    /// # Errors
    /// When no whole response came.
    pub fn get_large<T>(
        &self,
        path: &str,
        max_bytes: u64,
        parse: impl FnOnce(&mut dyn Read) -> T,
    ) -> Result<(Response, Option<T>), Failure> {
        let request = Request { method: Method::GET, path, body: None, max_bytes, timeout: None };
        let mut parsed = None;
        let response = self.send(request, |status, body| {
            if (200..300).contains(&status) {
                parsed = Some(parse(body));
            } else {
                read_to_end(status, body);
            }
        })?;
        Ok((response, parsed))
    }

    fn send(
        &self,
        request: Request<'_>,
        read: impl FnOnce(u16, &mut BodyReader),
    ) -> Result<Response, Failure> {
        let url = format!("{}{}{}", self.host, self.base_path, request.path);
        let line = format!("{} {url}", request.method);
        self.observer.sending(&line);
        let started = Instant::now();
        let outcome = self.exchange(request, &url, &line, started, read);
        match &outcome {
            Ok((response, bytes)) => {
                self.observer.received(&line, response.status, *bytes, started.elapsed());
            }
            Err(failure) => self.observer.failed(&line, &failure.message, started.elapsed()),
        }
        outcome.map(|(response, _)| response)
    }

    fn exchange(
        &self,
        request: Request<'_>,
        url: &str,
        line: &str,
        started: Instant,
        read: impl FnOnce(u16, &mut BodyReader),
    ) -> Result<(Response, u64), Failure> {
        let timeout =
            request.timeout.map_or(self.request_timeout, |timeout| timeout.min(self.request_timeout));
        let mut builder = self
            .connections
            .request(request.method, url)
            .header(ACCEPT, HeaderValue::from_static("application/json"))
            .timeout(timeout);
        if let Some(credentials) = &self.credentials {
            builder = builder.header(AUTHORIZATION, credentials.clone());
        }
        if let Some(body) = request.body {
            builder = builder.header(CONTENT_TYPE, HeaderValue::from_static("application/json")).body(body);
        }
        let incoming = builder
            .send()
            .map_err(|error| transport_error::request_failure(&error, line, timeout, self.proxy_variable))?;
        let status = incoming.status().as_u16();
        let header = |name| incoming.headers().get(name).and_then(|value| value.to_str().ok());
        let retry_after = header(RETRY_AFTER).and_then(|value| parse_retry_after(value, SystemTime::now()));
        let location = incoming.headers().get(LOCATION);
        let location = location.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
        let encoding = header(CONTENT_ENCODING)
            .filter(|encoding| !encoding.eq_ignore_ascii_case("identity"))
            .map(str::to_owned);
        let mut reader = BodyReader::new(incoming, request.max_bytes, started, timeout);
        read(status, &mut reader);
        // What a parser left unread; a response counts when all of it came.
        if reader.broken.is_none() && !reader.at_end {
            let _ = io::copy(&mut reader, &mut io::sink());
        }
        if let Some(broken) = reader.broken {
            let failure = Failure::new(broken.cause(status), broken.message(), line);
            return Err(Failure { status: Some(status), retry_after, ..failure });
        }
        let (request, host, body) = (line.to_owned(), self.host.clone(), reader.start);
        Ok((Response { status, body, request, host, retry_after, location, encoding }, reader.bytes))
    }
}

/// A body that did not come whole.
enum BrokenBody {
    TooLong(u64),
    TimedOut(Duration),
    Cut(io::Error),
}

impl BrokenBody {
    fn cause(&self, status: u16) -> Cause {
        match self {
            _ if status == 429 => Cause::Throttled,
            _ if status >= 500 => Cause::ServerError(Kind::Network),
            BrokenBody::TooLong(_) => Cause::InvalidResponse,
            BrokenBody::TimedOut(_) | BrokenBody::Cut(_) => Cause::NoResponse,
        }
    }

    fn message(&self) -> String {
        match self {
            BrokenBody::TooLong(max) => format!("the response is longer than {} MiB", max / (1024 * 1024)),
            BrokenBody::TimedOut(limit) => transport_error::timed_out(*limit),
            BrokenBody::Cut(error) => transport_error::body_message(error),
        }
    }
}

/// Reads a body within its bounds: so many bytes, and until so long after the request was begun. It keeps the start.
struct BodyReader {
    incoming: Incoming,
    max_bytes: u64,
    deadline: Instant,
    limit: Duration,
    /// So many bytes are kept.
    max_start: usize,
    start: Vec<u8>,
    bytes: u64,
    at_end: bool,
    broken: Option<BrokenBody>,
}

impl BodyReader {
    /// More is not needed to recognize what came in place of a large response.
    const START: usize = 64 * 1024;

    fn new(incoming: Incoming, max_bytes: u64, started: Instant, limit: Duration) -> Self {
        BodyReader {
            incoming,
            max_bytes,
            deadline: started + limit,
            limit,
            max_start: Self::START,
            start: Vec::new(),
            bytes: 0,
            at_end: false,
            broken: None,
        }
    }

    /// Ends the body; the first reason counts.
    fn break_off(&mut self, broken: BrokenBody) -> io::Error {
        self.broken.get_or_insert(broken);
        io::Error::other("the body broke off")
    }
}

impl Read for BodyReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = match self.incoming.read(buffer) {
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => return Err(error),
            Err(_) if Instant::now() >= self.deadline => {
                return Err(self.break_off(BrokenBody::TimedOut(self.limit)));
            }
            Err(error) => return Err(self.break_off(BrokenBody::Cut(error))),
        };
        self.at_end |= read == 0 && !buffer.is_empty();
        self.bytes += read as u64;
        if self.bytes > self.max_bytes {
            return Err(self.break_off(BrokenBody::TooLong(self.max_bytes)));
        }
        if read > 0 && Instant::now() >= self.deadline {
            return Err(self.break_off(BrokenBody::TimedOut(self.limit)));
        }
        let kept = read.min(self.max_start - self.start.len());
        self.start.extend_from_slice(&buffer[..kept]);
        Ok(read)
    }
}

/// Keeps the whole body.
fn read_to_end(_: u16, body: &mut BodyReader) {
    body.max_start = usize::MAX;
    // What broke it is kept in the reader.
    let _ = io::copy(body, &mut io::sink());
}
