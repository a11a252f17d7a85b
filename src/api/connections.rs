//! The connections to one service: a pool of them for reads, and one of its own for each request that decides something.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use reqwest::blocking::Client as HttpClient;

use crate::error::Result;

use super::proxy::ProxyChoice;
use super::resolver::Resolver;
use super::transport_error;

/// On which connection a request is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Connection {
    /// One that earlier requests have left open, if there is one. It may be closed at the other end, or hold a response that
    /// belongs to none of this program's requests: fine for a read, which is sent again and decides nothing.
    Pooled,
    /// One made for this request and closed after it: what came of it is not left open by what came before it.
    Fresh,
}

/// Makes and keeps the connections to one service. Both kinds share their TLS sessions, so that a handshake is short.
#[derive(Clone)]
pub(super) struct Connections {
    tls: rustls::ClientConfig,
    proxy: Option<reqwest::Proxy>,
    connect_timeout: Duration,
    // Each is a thread: only what is needed is made.
    pooled: Arc<Mutex<Option<HttpClient>>>,
    fresh: Arc<Mutex<Option<HttpClient>>>,
}

impl Connections {
    /// Connections that are made through this proxy, if there is one, and given up after `connect_timeout`.
    pub(super) fn new(
        tls: rustls::ClientConfig,
        proxy: Option<ProxyChoice>,
        connect_timeout: Duration,
    ) -> Self {
        let proxy = proxy.map(|choice| choice.proxy);
        Connections { tls, proxy, connect_timeout, pooled: Arc::default(), fresh: Arc::default() }
    }

    /// What sends a request on such a connection.
    ///
    /// # Errors
    /// When the system refuses what it takes, such as a thread.
    pub(super) fn client(&self, connection: Connection) -> Result<HttpClient> {
        let client = match connection {
            Connection::Pooled => &self.pooled,
            Connection::Fresh => &self.fresh,
        };
        let mut client = client.lock().unwrap_or_else(PoisonError::into_inner);
        match &*client {
            Some(client) => Ok(client.clone()),
            None => Ok(client.insert(self.make(connection)?).clone()),
        }
    }

    fn make(&self, connection: Connection) -> Result<HttpClient> {
        let mut builder = HttpClient::builder()
            .user_agent(concat!("dhub/", env!("CARGO_PKG_VERSION")))
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .connect_timeout(self.connect_timeout)
            .dns_resolver(Arc::new(Resolver))
            .tls_backend_preconfigured(self.tls.clone());
        builder = match &self.proxy {
            Some(proxy) => builder.proxy(proxy.clone()),
            None => builder.no_proxy(),
        };
        if connection == Connection::Fresh {
            builder = builder.pool_max_idle_per_host(0);
        }
        builder.build().map_err(|error| transport_error::not_prepared(&error))
    }
}
