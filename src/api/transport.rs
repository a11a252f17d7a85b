//! One exchange with the service: sends a request within its bounds, and returns the whole response or why there is none.

use std::io::Read;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use reqwest::Method;
use reqwest::blocking::Response as Incoming;
use reqwest::header::{
    ACCEPT, AUTHORIZATION, CONNECTION, CONTENT_ENCODING, CONTENT_TYPE, DATE, HeaderValue, LOCATION,
    RETRY_AFTER, SERVER,
};
use serde::Serialize;
use url::Url;

use crate::error::{Kind, Result};
use crate::names::Host;
use crate::token::Token;

use super::connections::{Connection, Connections};
use super::failure::{Cause, Failure};
use super::limiter::MAX_THROTTLE;
use super::observer::Observer;
use super::proxy;
use super::response::{Response, status_text};
use super::retry_after::{parse_retry_after, service_time};
use super::transport_error::Way;
use super::{tls, transport_error};

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
    /// The token in the credentials, which the service may repeat.
    token: Option<Token>,
    request_timeout: Duration,
    way: Way,
    observer: Arc<dyn Observer>,
    /// Shared by all clones: they talk to the same service.
    is_emulator: Arc<AtomicBool>,
}

/// What dhub's own emulator begins its `server` header with.
const EMULATOR: &[u8] = b"dhub-emulator";

/// A request to be sent.
pub struct Request<'a> {
    method: Method,
    /// Below the API's base path.
    path: &'a str,
    /// JSON.
    body: Option<Vec<u8>>,
    /// The most bytes that the response's body may have.
    max_bytes: u64,
    /// Shortens the usual time limit.
    timeout: Option<Duration>,
    connection: Connection,
    /// Whether the head of the response is kept.
    keeps_head: bool,
}

impl<'a> Request<'a> {
    /// A GET below the API's base path, with the most bytes that its response may have.
    pub fn get(path: &'a str, max_bytes: u64) -> Self {
        Request {
            method: Method::GET,
            path,
            body: None,
            max_bytes,
            timeout: None,
            connection: Connection::Pooled,
            keeps_head: false,
        }
    }

    /// A POST with a JSON body.
    pub fn post(path: &'a str, body: &impl Serialize, max_bytes: u64) -> Self {
        let body = serde_json::to_vec(body).expect("a body holds nothing but texts");
        Request::post_bytes(path, Some(body), max_bytes)
    }

    /// A POST with these bytes, sent as JSON, or without a body. It has a connection of its own: one that was left open may
    /// be closed at the other end, and then nobody could tell whether the request was read.
    pub fn post_bytes(path: &'a str, body: Option<Vec<u8>>, max_bytes: u64) -> Self {
        Request { method: Method::POST, body, connection: Connection::Fresh, ..Request::get(path, max_bytes) }
    }

    /// The same, keeping the head of the response.
    #[must_use]
    pub fn keeping_head(self) -> Self {
        Request { keeps_head: true, ..self }
    }

    /// The same with a time limit, where that is shorter than the usual one.
    #[must_use]
    pub fn within(self, timeout: Option<Duration>) -> Self {
        Request { timeout, ..self }
    }

    /// The same on a connection of its own, for a read that decides what becomes of a change: on one that was left open,
    /// the response to another request may come first.
    #[must_use]
    pub fn on_fresh_connection(self) -> Self {
        Request { connection: Connection::Fresh, ..self }
    }
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
        let proxy = proxy::find(host)?;
        let address =
            Url::parse(host.base()).map_or_else(|_| host.to_string(), |url| proxy::host_and_port(&url));
        let way = Way { address, proxy: proxy.as_ref().map(|proxy| proxy.name.clone()) };
        let ca_file = options.ca_file.as_deref().filter(|_| !host.is_plain_http());
        let connect_timeout = CONNECT_TIMEOUT.min(options.request_timeout.mul_f64(0.75));
        let connections = Connections::new(tls::config(ca_file)?, proxy, connect_timeout);
        Ok(Transport {
            connections,
            host: host.base().to_owned(),
            base_path,
            credentials,
            token: None,
            request_timeout: options.request_timeout,
            way,
            observer,
            is_emulator: Arc::default(),
        })
    }

    /// The same, hiding this token in what the service says.
    #[must_use]
    pub fn hiding(self, token: Option<&Token>) -> Self {
        Transport { token: token.cloned(), ..self }
    }

    /// The same without its credentials.
    #[must_use]
    pub fn anonymous(&self) -> Self {
        Transport { credentials: None, ..self.clone() }
    }

    /// The same for another base path, with the credentials that its token makes there.
    #[must_use]
    pub fn speaking(&self, base_path: &'static str, credentials: impl Fn(&Token) -> HeaderValue) -> Self {
        let token = self.token.as_ref().filter(|_| self.credentials.is_some());
        Transport { base_path, credentials: token.map(credentials), ..self.clone() }
    }

    /// Whether it has no credentials.
    pub fn is_anonymous(&self) -> bool {
        self.credentials.is_none()
    }

    /// Whether a response so far said that it is dhub's own emulator, from which nothing can be cloned.
    pub fn is_emulator(&self) -> bool {
        self.is_emulator.load(Ordering::Relaxed)
    }

    /// What learns of the requests.
    pub fn observer(&self) -> &dyn Observer {
        &*self.observer
    }

    /// Makes what sends requests on such a connection, so that the first one does not find that the system refuses it.
    ///
    /// # Errors
    /// When the system does.
    pub(super) fn prepare(&self, connection: Connection) -> Result<()> {
        self.connections.client(connection).map(drop)
    }

    /// Sends a request, and receives its whole response.
    ///
    /// # Errors
    /// When no whole response came.
    pub fn send(&self, request: Request<'_>) -> Result<Response, Failure> {
        let url = format!("{}{}{}", self.host, self.base_path, request.path);
        let line = format!("{} {url}", request.method);
        self.observer.sending(&line, request.body.as_deref());
        let started = Instant::now();
        let outcome = self.exchange(request, &url, &line, started);
        match &outcome {
            Ok(response) => {
                self.observer.received(&line, response.status, &response.body, started.elapsed());
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
    ) -> Result<Response, Failure> {
        let timeout =
            request.timeout.map_or(self.request_timeout, |timeout| timeout.min(self.request_timeout));
        let client = self.connections.client(request.connection).map_err(|error| Failure {
            hint: error.hint,
            ..Failure::new(Cause::Exhausted, error.message, line)
        })?;
        let is_post = request.method == Method::POST;
        let mut builder = client
            .request(request.method, url)
            .header(ACCEPT, HeaderValue::from_static("application/json"))
            .timeout(timeout);
        if request.connection == Connection::Fresh {
            // The service closes first, so that this machine keeps no port for it.
            builder = builder.header(CONNECTION, HeaderValue::from_static("close"));
        }
        if let Some(credentials) = &self.credentials {
            builder = builder.header(AUTHORIZATION, credentials.clone());
        }
        match request.body {
            Some(body) => {
                builder =
                    builder.header(CONTENT_TYPE, HeaderValue::from_static("application/json")).body(body);
            }
            // Some servers wait for a body unless its length is said to be none.
            None if is_post => builder = builder.body(Vec::new()),
            None => {}
        }
        let incoming = builder
            .send()
            .map_err(|error| transport_error::request_failure(&error, line, timeout, &self.way))?;
        let status = incoming.status().as_u16();
        let head = if request.keeps_head { head(&incoming) } else { String::new() };
        if incoming.headers().get(SERVER).is_some_and(|server| server.as_bytes().starts_with(EMULATOR)) {
            self.is_emulator.store(true, Ordering::Relaxed);
        }
        let header = |name| incoming.headers().get(name).and_then(|value| value.to_str().ok());
        let retry_after =
            header(RETRY_AFTER).and_then(|value| parse_retry_after(value, service_time(header(DATE))));
        let location = incoming.headers().get(LOCATION);
        let location = location.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
        let encoding = header(CONTENT_ENCODING)
            .filter(|encoding| !encoding.eq_ignore_ascii_case("identity"))
            .map(str::to_owned);
        let is_over = Cause::of_status(status, retry_after, Kind::Network) == Some(Cause::Throttled)
            && retry_after.is_some_and(|pause| pause > MAX_THROTTLE);
        let body = match is_over {
            // Nothing in the body would change that it is given up at once.
            true => Ok(read_briefly(incoming, request.max_bytes)),
            false => read_body(incoming, request.max_bytes, started, timeout),
        };
        let body = body.map_err(|broken| Failure {
            status: Some(status),
            retry_after,
            ..Failure::new(broken.cause(status, retry_after), broken.message(&self.way), line)
        })?;
        let (request, host) = (line.to_owned(), self.host.clone());
        let token = self.token.clone();
        Ok(Response { status, head, body, request, host, retry_after, location, encoding, token })
    }
}

/// The status line and the headers, a line each.
fn head(incoming: &Incoming) -> String {
    let mut head = format!("{:?} {}\n", incoming.version(), status_text(incoming.status().as_u16()));
    for (name, value) in incoming.headers() {
        head.push_str(&format!("{name}: {}\n", String::from_utf8_lossy(value.as_bytes())));
    }
    head
}

/// Reads a body if it comes at once, for the words in it.
fn read_briefly(incoming: Incoming, max_bytes: u64) -> Vec<u8> {
    const LIMIT: Duration = Duration::from_millis(500);
    let (send, receive) = mpsc::channel();
    let read = move || send.send(read_body(incoming, max_bytes, Instant::now(), LIMIT));
    match thread::Builder::new().spawn(read) {
        Ok(_) => receive.recv_timeout(LIMIT).ok().and_then(Result::ok).unwrap_or_default(),
        Err(_) => Vec::new(),
    }
}

/// A body that did not come whole.
enum BrokenBody {
    TooLong(u64),
    TimedOut(Duration),
    Cut(std::io::Error),
}

impl BrokenBody {
    /// Status and header decide where they can: the rest of the body would not change that.
    fn cause(&self, status: u16, retry_after: Option<Duration>) -> Cause {
        Cause::of_status(status, retry_after, Kind::Network).unwrap_or(match self {
            BrokenBody::TooLong(_) => Cause::InvalidResponse,
            BrokenBody::TimedOut(_) | BrokenBody::Cut(_) => Cause::NoResponse,
        })
    }

    fn message(&self, way: &Way) -> String {
        match self {
            BrokenBody::TooLong(max) => format!("the response is longer than {} MiB", max / (1024 * 1024)),
            BrokenBody::TimedOut(limit) => transport_error::timed_out(*limit, way),
            BrokenBody::Cut(error) => transport_error::body_message(error, way),
        }
    }
}

/// Reads the body within its bounds: so many bytes, and until so long after the request was begun.
fn read_body(
    mut incoming: Incoming,
    max_bytes: u64,
    started: Instant,
    limit: Duration,
) -> Result<Vec<u8>, BrokenBody> {
    let mut body = Vec::new();
    let mut chunk = [0; 16 * 1024];
    loop {
        match incoming.read(&mut chunk) {
            Ok(0) => return Ok(body),
            Ok(count) => body.extend_from_slice(chunk.get(..count).unwrap_or_default()),
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(_) if started.elapsed() >= limit => return Err(BrokenBody::TimedOut(limit)),
            Err(error) => return Err(BrokenBody::Cut(error)),
        }
        if body.len() as u64 > max_bytes {
            return Err(BrokenBody::TooLong(max_bytes));
        }
        if started.elapsed() >= limit {
            return Err(BrokenBody::TimedOut(limit));
        }
    }
}
