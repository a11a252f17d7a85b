//! The proxy on the way to a host, as the environment names it.

use std::env::var_os;

use hyper_util::client::proxy::matcher::Matcher;
use url::Url;

use crate::error::{Error, Kind, Result};
use crate::names::Host;

/// The proxy to use, and where it is named.
pub struct ProxyChoice {
    pub name: ProxyName,
    pub proxy: reqwest::Proxy,
}

/// A proxy as messages name it.
#[derive(Clone, Debug)]
pub struct ProxyName {
    /// The variable that names it.
    pub variable: &'static str,
    /// Its host and port, without user and password.
    pub address: String,
}

/// The proxy for a host, unless `NO_PROXY` excepts it. There is never one for loopback.
///
/// # Errors
/// When a variable names what can be no proxy: the request does not go past it silently.
pub fn find(host: &Host) -> Result<Option<ProxyChoice>> {
    if host.is_loopback() {
        return Ok(None);
    }
    let variables = if host.is_plain_http() {
        ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"]
    } else {
        ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"]
    };
    // A web server sets HTTP_PROXY for a CGI program where a client sends a header `Proxy`. Windows has one spelling.
    let is_cgi = var_os("REQUEST_METHOD").is_some();
    let is_clients = |name: &str| is_cgi && (name == "HTTP_PROXY" || cfg!(windows) && name == "http_proxy");
    let named = |name| Some((name, get(name).filter(|_| !is_clients(name))?));
    let Some((variable, address)) = variables.into_iter().find_map(named) else {
        return Ok(None);
    };
    // The address may hold a password, so it is never repeated.
    let wrong = || {
        Error::new(Kind::Config, format!("{variable} names no proxy that dhub can use"))
            .with_hint("a proxy is written http://HOST:PORT, or http://USER:PASSWORD@HOST:PORT")
    };
    let excepted = get("NO_PROXY").or_else(|| get("no_proxy")).unwrap_or_default();
    // Whether any proxy is to be used: one that cannot be is no reason to go past it.
    let matcher = Matcher::builder().all("http://proxy.invalid").no(excepted).build();
    let target = host.base().parse().map_err(|_| wrong())?;
    if matcher.intercept(&target).is_none() {
        return Ok(None);
    }
    let with_scheme = if address.contains("://") { address } else { format!("http://{address}") };
    let address = Url::parse(&with_scheme).map_err(|_| wrong())?;
    // The HTTP library knows fewer hosts than the URL library, and would pass over others silently.
    let is_known = Matcher::builder().all(address.as_str()).build().intercept(&target).is_some();
    if !matches!(address.scheme(), "http" | "https") || address.host().is_none() || !is_known {
        return Err(wrong());
    }
    let name = ProxyName { variable, address: host_and_port(&address) };
    let proxy = reqwest::Proxy::all(address).map_err(|_| wrong())?;
    Ok(Some(ProxyChoice { name, proxy }))
}

/// Where a connection for this address goes, such as `www.dolthub.com:443`.
pub fn host_and_port(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port_or_known_default().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// An empty variable counts as unset.
fn get(name: &str) -> Option<String> {
    var_os(name).map(|value| value.to_string_lossy().into_owned()).filter(|value| !value.is_empty())
}
