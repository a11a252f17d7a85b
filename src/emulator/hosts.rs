//! Which host a request may name. A page in a browser can reach a server on loopback under a name of its own, once
//! that name resolves to 127.0.0.1; its requests give themselves away by their `Host` and `Origin`.

use std::net::SocketAddr;

use axum::http::StatusCode;
use axum::http::header::{HOST, ORIGIN};
use axum::http::request::Parts;

use super::responses::ErrorResponse;

const LOOPBACK: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];

/// The hosts that a request may name, each with the emulator's port.
#[derive(Debug)]
pub(super) struct Hosts(Vec<String>);

impl Hosts {
    /// Those of an emulator that listens on this address.
    pub(super) fn of(address: SocketAddr) -> Self {
        let port = address.port();
        let mut hosts: Vec<String> = LOOPBACK.iter().map(|name| format!("{name}:{port}")).collect();
        if !hosts.contains(&address.to_string()) {
            hosts.push(address.to_string());
        }
        if port == 80 {
            hosts.extend(LOOPBACK.map(str::to_owned));
        }
        Self(hosts)
    }

    /// # Errors
    /// 421 for a request that names no host, several, or another; 403 for one from the page of another site.
    pub(super) fn check(&self, request: &Parts) -> Result<(), ErrorResponse> {
        let mut named = request.headers.get_all(HOST).iter();
        let host = named.next().and_then(|host| host.to_str().ok());
        let target = request.uri.authority().map(|authority| authority.as_str());
        let is_own = host.is_some_and(|host| self.has(host)) && target.is_none_or(|host| self.has(host));
        if !is_own || named.next().is_some() {
            return Err(ErrorResponse {
                status: StatusCode::MISDIRECTED_REQUEST,
                message: format!("the emulator takes requests for {} only", self.0.join(", ")),
            });
        }
        let is_own_page = |origin: &str| origin.strip_prefix("http://").is_some_and(|host| self.has(host));
        if !request.headers.get_all(ORIGIN).iter().all(|origin| origin.to_str().is_ok_and(is_own_page)) {
            return Err(ErrorResponse {
                status: StatusCode::FORBIDDEN,
                message: "the emulator takes no requests from the pages of other sites".to_owned(),
            });
        }
        Ok(())
    }

    fn has(&self, host: &str) -> bool {
        self.0.iter().any(|own| own.eq_ignore_ascii_case(host))
    }
}
