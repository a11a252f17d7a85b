//! HTTP: checks token, path and method before the endpoints are called, and adds faults and latency.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, FromRequest, Request};
use axum::http::request::Parts;
use axum::http::{Method, Response, StatusCode};
use axum::serve::Listener;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;
use tokio::time::timeout;

use super::clock::Clock;
use super::faults::{Faults, Timing};
use super::hosts::Hosts;
use super::journal::Journal;
use super::listener::{Connection, ResettableListener};
use super::owners::Owners;
use super::requests::{self, Route};
use super::responses::{self, ErrorResponse};
use super::service::Service;
use super::state::{Caller, State};
use super::versions::{Version, Versions};
use super::{Error, Options, v2};

/// The largest body that is read to its end, in bytes: a client that is still sending may miss the refusal.
const READ_LIMIT: usize = 8 << 20;

/// The emulator without its socket.
#[derive(Debug)]
pub(super) struct Server {
    service: Mutex<Service>,
    faults: Mutex<Faults>,
    latency: Duration,
    request_timeout: Duration,
    clock: Clock,
    versions: Versions,
    address: SocketAddr,
    /// None takes requests for any host.
    hosts: Option<Hosts>,
    log: Option<fn(&str)>,
}

impl Server {
    /// Replays the state file and fills the museum network.
    pub(super) fn new(options: &Options) -> Result<Self, Error> {
        let mut state = State::new(Owners::new(&options.user, &options.organizations));
        let mut journal = match &options.state {
            Some(path) => Some(Journal::open(path, |event| state.apply(event))?),
            None => None,
        };
        let clock = Clock::not_before(state.now());
        if options.network > 0 {
            let refused = |refusal: super::state::Refusal| Error::Network(refusal.to_string());
            if let Some(event) = state.fill(clock.now(), options.network).map_err(refused)? {
                if let (Some(journal), Some(path)) = (&mut journal, &options.state) {
                    journal.append(&event).map_err(|source| Error::State { path: path.clone(), source })?;
                }
                state.apply(event).map_err(refused)?;
            }
        }
        Ok(Self {
            service: Mutex::new(Service::new(state, journal, options)),
            faults: Mutex::new(Faults::new(options.fault_rate, options.seed)),
            latency: options.latency,
            request_timeout: options.request_timeout,
            clock,
            versions: Versions { v1alpha1_gone: options.v1alpha1_gone, v2: options.v2 },
            address: options.listen,
            hosts: None,
            log: options.log,
        })
    }

    /// Tells the server where it listens. From now on, requests for other hosts are refused, unless any is taken.
    pub(super) fn listens_on(&mut self, address: SocketAddr, any_host: bool) {
        self.address = address;
        self.hosts = (!any_host).then(|| Hosts::of(address));
    }

    /// Responds to a request, and logs it; `None` if the connection is to be reset instead.
    fn respond_and_log(
        &self,
        request: &Parts,
        body: Result<Bytes, BytesRejection>,
    ) -> Option<Response<Body>> {
        let response = self.respond(request, body);
        if let Some(log) = self.log {
            let status = response.as_ref().map(|response| response.status().as_u16().to_string());
            log(&format!("{} {} {}", request.method, request.uri, status.as_deref().unwrap_or("reset")));
        }
        response
    }

    /// Responds to a request; `None` if the connection is to be reset instead.
    fn respond(&self, request: &Parts, body: Result<Bytes, BytesRejection>) -> Option<Response<Body>> {
        if let Some(Err(refused)) = self.hosts.as_ref().map(|hosts| hosts.check(request)) {
            return Some(self.refuse(request, refused));
        }
        let fault = lock(&self.faults).next();
        match fault {
            None => Some(self.handle(request, body)),
            Some((fault, timing)) => {
                if timing == Timing::AfterEffect {
                    self.handle(request, body);
                }
                match self.versions.of(request.uri.path()) {
                    Version::V2 => v2::fault(request, fault),
                    _ => responses::fault(fault),
                }
            }
        }
    }

    /// Refuses a request before the API sees it, in the form of the version that its path belongs to.
    fn refuse(&self, request: &Parts, refused: ErrorResponse) -> Response<Body> {
        match self.versions.of(request.uri.path()) {
            Version::V2 => v2::refuse(request, refused),
            _ => responses::refusal(refused),
        }
    }

    fn handle(&self, request: &Parts, body: Result<Bytes, BytesRejection>) -> Response<Body> {
        match self.versions.of(request.uri.path()) {
            Version::V1alpha1 => self.v1alpha1(request, body),
            Version::V2 => {
                v2::respond(&mut lock(&self.service), self.clock.now(), self.address, request, body)
            }
            Version::None(StatusCode::GONE) => {
                responses::error(StatusCode::GONE, "this version of the API is served no longer")
            }
            Version::None(status) => responses::error(status, "there is nothing at this path"),
        }
    }

    fn v1alpha1(&self, request: &Parts, body: Result<Bytes, BytesRejection>) -> Response<Body> {
        let mut service = lock(&self.service);
        let Some(caller) = requests::authenticate(&request.headers) else {
            return service.refuse_token();
        };
        let Some(route) = Route::parse(request.uri.path()) else {
            return responses::error(StatusCode::NOT_FOUND, "there is nothing at this path");
        };
        if !route.allows(&request.method) {
            return responses::method_not_allowed(route.allowed_methods());
        }
        let now = self.clock.now();
        match route {
            Route::Forks { owner, name } => service.forks(now, &owner, &name, caller),
            _ if caller == Caller::Anonymous => service.refuse_anonymous(),
            Route::User => responses::user(service.state.user()),
            Route::Database => service.create(now, &request.headers, body),
            Route::Fork if request.method == Method::POST => service.fork(now, &request.headers, body),
            Route::Fork => service.operation(now, requests::operation_name(request.uri.query()).as_deref()),
        }
    }
}

/// Serves connections until the future is dropped.
pub(super) async fn serve(listener: TcpListener, server: Server) {
    let (mut listener, server) = (ResettableListener(listener), Arc::new(server));
    loop {
        let (connection, _) = listener.accept().await;
        tokio::spawn(serve_connection(connection, Arc::clone(&server)));
    }
}

/// Serves the requests of a connection, one after the other, and closes it when it says nothing for too long.
async fn serve_connection(connection: Connection, server: Arc<Server>) {
    let (reset_handle, request_timeout) = (connection.reset_handle(), server.request_timeout);
    let handle = service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
        let (server, reset_handle) = (Arc::clone(&server), reset_handle.clone());
        async move {
            let response = handle(&server, request.map(Body::new)).await;
            Ok::<_, Infallible>(response.map(responses::signed).unwrap_or_else(|| {
                reset_handle.reset();
                Response::default()
            }))
        }
    });
    // What goes wrong on a connection is its client's concern.
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(request_timeout)
        .serve_connection(TokioIo::new(connection), handle)
        .await;
}

/// Reads the body of a request and responds to it; `None` if the connection is to be reset instead.
async fn handle(server: &Server, request: Request) -> Option<Response<Body>> {
    let (parts, body) = request.into_parts();
    let mut request = Request::from_parts(parts.clone(), body);
    DefaultBodyLimit::max(READ_LIMIT).apply(&mut request);
    let Ok(body) = timeout(server.request_timeout, Bytes::from_request(request, &())).await else {
        return Some(responses::closing(server.refuse(&parts, ErrorResponse::too_slow())));
    };
    let response = server.respond_and_log(&parts, body);
    if !server.latency.is_zero() {
        tokio::time::sleep(server.latency).await;
    }
    response
}

#[expect(clippy::expect_used, reason = "an invariant")]
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().expect("no request panics while it holds the lock")
}
