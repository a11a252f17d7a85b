//! The v2 API, from the same state as v1alpha1.
//!
//! What it refuses, it refuses with a problem, in one form; every response but a gateway's page repeats the id of its
//! request.

use std::net::SocketAddr;

use axum::body::{Body, Bytes};
use axum::extract::rejection::BytesRejection;
use axum::http::Response;
use axum::http::request::Parts;

use super::faults::Fault;
use super::responses::{self, ErrorResponse};
use super::service::Service;
use super::state::Caller;

mod bodies;
mod endpoints;
mod pages;
mod problem;
mod requests;

use endpoints::Call;
use problem::{Code, Problem};
use requests::Route;

/// The base path of the API.
const BASE: &str = "/api/v2";

/// Whether a path belongs to v2.
pub(super) fn has(path: &str) -> bool {
    path.strip_prefix(BASE).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Responds to a request. `address` is where the emulator listens.
pub(super) fn respond(
    service: &mut Service,
    now: u64,
    address: SocketAddr,
    request: &Parts,
    body: Result<Bytes, BytesRejection>,
) -> Response<Body> {
    match handle(service, now, address, request, body) {
        Ok(response) => requests::identified(response, &requests::request_id(&request.headers)),
        Err(problem) => problem.response(request),
    }
}

fn handle(
    service: &mut Service,
    now: u64,
    address: SocketAddr,
    request: &Parts,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response<Body>, Problem> {
    let caller = requests::authenticate(&request.headers).ok_or_else(Problem::unauthenticated)?;
    if caller == Caller::User && service.v2_refuses_token {
        return Err(Problem::new(Code::Unauthenticated, "no token found for given API token"));
    }
    let route = Route::parse(request.uri.path())
        .ok_or_else(|| Problem::new(Code::NotFound, "there is nothing at this path"))?;
    if !route.allows(&request.method) {
        return Err(Problem::method_not_allowed(route.allowed_methods()));
    }
    if caller == Caller::Anonymous && route.needs_token(&request.method) {
        return Err(Problem::unauthenticated());
    }
    Call { now, caller, address, request, body }.respond(service, &route)
}

/// The response to a request that the emulator does not take: for another host, from another site's page, or too slow.
pub(super) fn refuse(request: &Parts, refused: ErrorResponse) -> Response<Body> {
    Problem::from(refused).response(request)
}

/// The response that a fault puts in place of the real one; `None` if the connection is reset instead.
pub(super) fn fault(request: &Parts, fault: Fault) -> Option<Response<Body>> {
    match fault {
        Fault::Internal => Some(Problem::new(Code::Internal, "Internal server error").response(request)),
        Fault::Throttled => Some(Problem::throttled().response(request)),
        Fault::Reset | Fault::BadGateway => responses::fault(fault),
    }
}
