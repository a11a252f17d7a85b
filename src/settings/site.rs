//! Which host a pasted address belongs to. A token follows the host, so nothing is guessed here.

use crate::config::Config;
use crate::error::{Error, Result};
use crate::names::{Host, Remote, Site};

/// The host given by flag or environment, with which of them it was.
pub type Named<'a> = Option<&'a (&'static str, Host)>;

/// The one host that all these addresses point to; none where there are none. `default` is the host without any address.
///
/// # Errors
/// Usage errors where they point to two hosts, to another than the one that was named, or to none that is known.
pub fn host_of(sites: &[&Site], named: Named<'_>, default: &Host, config: &Config) -> Result<Option<Host>> {
    let mut first: Option<Host> = None;
    for site in sites {
        let host = match site {
            Site::Page(host) => on_page(host, named.filter(|(_, named)| named != host))?,
            Site::Bare(host) => on_bare_page(host, named, default, config)?,
            Site::Remote(remote) => on_remote(remote, named, default, config)?,
        };
        match &first {
            Some(first) if *first != host => {
                return Err(Error::usage(format!("the pages are on two hosts, {first} and {host}"))
                    .with_hint("run dhub once for each host"));
            }
            _ => first = Some(host),
        }
    }
    Ok(first)
}

fn on_page(page: &Host, other: Named<'_>) -> Result<Host> {
    match other {
        None => Ok(page.clone()),
        Some((origin, named)) => {
            Err(Error::usage(format!("the page is on {page}, but {origin} says {named}"))
                .with_hint(format!("leave {origin} out, or write OWNER/NAME instead of the page")))
        }
    }
}

/// A page without its scheme is on the host that is known by that address.
fn on_bare_page(page: &Host, named: Named<'_>, default: &Host, config: &Config) -> Result<Host> {
    match named {
        Some((_, named)) if named.is_keyed(page.key()) => Ok(named.clone()),
        Some(_) => on_page(page, named),
        None => {
            let known = known_hosts(default, config)?.into_iter().find(|known| known.is_keyed(page.key()));
            Ok(known.unwrap_or_else(|| page.clone()))
        }
    }
}

/// A remote is that of the host that says so in the config file, or whose usual remote it is.
fn on_remote(remote: &Remote, named: Named<'_>, default: &Host, config: &Config) -> Result<Host> {
    if let Some((origin, named)) = named {
        return match remote_of(named, config)?.is_same_as(remote) {
            true => Ok(named.clone()),
            false => Err(Error::usage(format!(
                "the remote is on {remote}, but {origin} says {named}, which has another"
            ))
            .with_hint(format!(
                "leave {origin} out, write OWNER/NAME, or set `remote` of that host in the config file"
            ))),
        };
    }
    for known in known_hosts(default, config)? {
        if remote_of(&known, config)?.is_same_as(remote) {
            return Ok(known);
        }
    }
    Err(Error::usage(format!("no known host has its remotes on {remote}")).with_hint(
        "write OWNER/NAME and name the host with --host, or set `remote` of the host in the config file",
    ))
}

fn known_hosts(default: &Host, config: &Config) -> Result<Vec<Host>> {
    let mut hosts = vec![default.clone()];
    hosts.extend(config.hosts(default)?);
    hosts.push(Host::dolthub());
    Ok(hosts)
}

fn remote_of(host: &Host, config: &Config) -> Result<Remote> {
    Ok(config.entry(host)?.remote.unwrap_or_else(|| Remote::of(host)))
}
