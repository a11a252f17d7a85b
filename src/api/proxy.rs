//! The proxy on the way to a host, as the environment names it.

use std::env::var_os;

use hyper_util::client::proxy::matcher::Matcher;
use url::Url;

use crate::error::{Error, Kind, Result};
use crate::names::Host;

/// The proxy to use, and where it is named.
pub struct ProxyChoice {
    /// The variable that names it.
    pub variable: &'static str,
    pub proxy: reqwest::Proxy,
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
    let Some((variable, address)) = variables.into_iter().find_map(|name| Some((name, get(name)?))) else {
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
    let proxy = reqwest::Proxy::all(address).map_err(|_| wrong())?;
    Ok(Some(ProxyChoice { variable, proxy }))
}

/// An empty variable counts as unset.
fn get(name: &str) -> Option<String> {
    var_os(name).map(|value| value.to_string_lossy().into_owned()).filter(|value| !value.is_empty())
}
