//! One exchange with the service: sends a request within its bounds, and returns the whole response or why there is none.

use std::io::Read;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
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
use crate::token::Token;

use super::failure::{Cause, Failure};
use super::observer::Observer;
use super::proxy;
use super::response::Response;
use super::retry_after::parse_retry_after;
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
    /// The variable that names the proxy in use.
    proxy_variable: Option<&'static str>,
    observer: Arc<dyn Observer>,
}

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
}

impl<'a> Request<'a> {
    /// A GET below the API's base path, with the most bytes that its response may have.
    pub fn get(path: &'a str, max_bytes: u64) -> Self {
        Request { method: Method::GET, path, body: None, max_bytes, timeout: None }
    }

    /// A POST with a JSON body.
    pub fn post(path: &'a str, body: &impl Serialize, max_bytes: u64) -> Self {
        let body = serde_json::to_vec(body).expect("a body holds nothing but texts");
        Request { method: Method::POST, path, body: Some(body), max_bytes, timeout: None }
    }

    /// The same with a time limit, where that is shorter than the usual one.
    #[must_use]
    pub fn within(self, timeout: Option<Duration>) -> Self {
        Request { timeout, ..self }
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
        if let Some(name) = host.localhost_name() {
            // The port is the address's own.
            let addresses = [IpAddr::from(Ipv4Addr::LOCALHOST), IpAddr::from(Ipv6Addr::LOCALHOST)];
            builder = builder.resolve_to_addrs(name, &addresses.map(|address| SocketAddr::new(address, 0)));
        }
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
            token: None,
            request_timeout: options.request_timeout,
            proxy_variable,
            observer,
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

    /// Whether it has no credentials.
    pub fn is_anonymous(&self) -> bool {
        self.credentials.is_none()
    }

    /// What learns of the requests.
    pub fn observer(&self) -> &dyn Observer {
        &*self.observer
    }

    /// Sends a request, and receives its whole response.
    ///
    /// # Errors
    /// When no whole response came.
    pub fn send(&self, request: Request<'_>) -> Result<Response, Failure> {
        let url = format!("{}{}{}", self.host, self.base_path, request.path);
        let line = format!("{} {url}", request.method);
        self.observer.sending(&line);
        let started = Instant::now();
        let outcome = self.exchange(request, &url, &line, started);
        match &outcome {
            Ok(response) => {
                self.observer.received(&line, response.status, response.body.len(), started.elapsed());
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
        let body = read_body(incoming, request.max_bytes, started, timeout).map_err(|broken| Failure {
            status: Some(status),
            retry_after,
            ..Failure::new(broken.cause(status, retry_after), broken.message(), line)
        })?;
        let (request, host) = (line.to_owned(), self.host.clone());
        let token = self.token.clone();
        Ok(Response { status, body, request, host, retry_after, location, encoding, token })
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

    fn message(&self) -> String {
        match self {
            BrokenBody::TooLong(max) => format!("the response is longer than {} MiB", max / (1024 * 1024)),
            BrokenBody::TimedOut(limit) => transport_error::timed_out(*limit),
            BrokenBody::Cut(error) => transport_error::body_message(error),
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
