//! HTTP: checks token, path and method before the endpoints are called, and adds faults and latency.

use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::rejection::BytesRejection;
use axum::extract::{ConnectInfo, DefaultBodyLimit, FromRequest, Request};
use axum::http::request::Parts;
use axum::http::{Method, Response, StatusCode};
use tokio::net::TcpListener;

use super::faults::{Faults, Timing};
use super::journal::Journal;
use super::listener::{ResetHandle, ResettableListener};
use super::requests::{self, Route};
use super::responses;
use super::service::Service;
use super::state::{Caller, State};
use super::{Error, Options};

/// The largest body that is read to its end, in bytes: a client that is still sending may miss the refusal.
const READ_LIMIT: usize = 8 << 20;

/// The emulator without its socket.
#[derive(Debug)]
pub(super) struct Server {
    service: Mutex<Service>,
    faults: Mutex<Faults>,
    latency: Duration,
}

impl Server {
    /// Replays the state file and fills the museum network.
    pub(super) fn new(options: &Options) -> Result<Self, Error> {
        let mut state = State::default();
        let mut journal = match &options.state {
            Some(path) => Some(Journal::open(path, |event| state.apply(event))?),
            None => None,
        };
        if options.network > 0 {
            let refused = |refusal: super::state::Refusal| Error::Network(refusal.to_string());
            if let Some(event) = state.fill(now(), options.network).map_err(refused)? {
                if let (Some(journal), Some(path)) = (&mut journal, &options.state) {
                    journal.append(&event).map_err(|source| Error::State { path: path.clone(), source })?;
                }
                state.apply(event).map_err(refused)?;
            }
        }
        let fork_delay = u64::try_from(options.fork_delay.as_millis()).unwrap_or(u64::MAX);
        Ok(Self {
            service: Mutex::new(Service::new(state, journal, fork_delay)),
            faults: Mutex::new(Faults::new(options.fault_rate, options.seed)),
            latency: options.latency,
        })
    }

    /// Responds to a request; `None` if the connection is to be reset instead.
    fn respond(&self, request: &Parts, body: Result<Bytes, BytesRejection>) -> Option<Response<Body>> {
        let fault = lock(&self.faults).next();
        match fault {
            None => Some(self.handle(request, body)),
            Some((fault, timing)) => {
                if timing == Timing::AfterEffect {
                    self.handle(request, body);
                }
                responses::fault(fault)
            }
        }
    }

    fn handle(&self, request: &Parts, body: Result<Bytes, BytesRejection>) -> Response<Body> {
        let unauthenticated = || responses::error(StatusCode::UNAUTHORIZED, "Not authenticated");
        let Some(caller) = requests::authenticate(&request.headers) else {
            return unauthenticated();
        };
        let Some(route) = Route::parse(request.uri.path()) else {
            return responses::error(StatusCode::NOT_FOUND, "there is nothing at this path");
        };
        if !route.allows(&request.method) {
            return responses::method_not_allowed(route.allowed_methods());
        }
        let mut service = lock(&self.service);
        let now = now();
        match route {
            Route::Forks { owner, name } => service.forks(now, &owner, &name, caller),
            _ if caller == Caller::Anonymous => unauthenticated(),
            Route::User => responses::user(),
            Route::Database => service.create(now, &request.headers, body),
            Route::Fork if request.method == Method::POST => service.fork(now, &request.headers, body),
            Route::Fork => service.operation(now, requests::operation_name(request.uri.query()).as_deref()),
        }
    }
}

/// Serves connections until the future is dropped.
pub(super) async fn serve(listener: TcpListener, server: Server) {
    let server = Arc::new(server);
    let handle = move |ConnectInfo(reset_handle): ConnectInfo<ResetHandle>, request: Request| {
        let server = Arc::clone(&server);
        async move {
            let (parts, body) = request.into_parts();
            let body = Bytes::from_request(Request::from_parts(parts.clone(), body), &()).await;
            let response = server.respond(&parts, body);
            if !server.latency.is_zero() {
                tokio::time::sleep(server.latency).await;
            }
            response.unwrap_or_else(|| {
                reset_handle.reset();
                Response::default()
            })
        }
    };
    let router = Router::new().fallback(handle).layer(DefaultBodyLimit::max(READ_LIMIT));
    // `axum::serve` never returns, and never fails: it ends when its task is aborted.
    let _ = axum::serve(
        ResettableListener(listener),
        router.into_make_service_with_connect_info::<ResetHandle>(),
    )
    .await;
}

/// The current time, in milliseconds since 1970; 0 if the clock is set before that.
fn now() -> u64 {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX)
}

#[expect(clippy::expect_used, reason = "an invariant")]
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().expect("no request panics while it holds the lock")
}
