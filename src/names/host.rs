//! The host: a DoltHub or a DoltLab.

use std::fmt;

use url::Url;

use crate::error::{Error, Result};

/// The service a command talks to: scheme, host, port and perhaps a base path.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Host {
    /// Without a trailing slash, user, query or fragment.
    base: String,
    plain_http: bool,
    loopback: bool,
}

const EMPTY: &str = "the host is empty";
const PASSWORD: &str = "a host holds no user or password";

impl Host {
    /// `https://www.dolthub.com`.
    pub fn dolthub() -> Self {
        // A constant that a test parses; the fallback keeps this function total.
        Host::parse("https://www.dolthub.com").unwrap_or_else(|_| unreachable!("a constant address"))
    }

    /// Parses what a user gives: `https://HOST`, `http://HOST:PORT/base`, or without a scheme, which means `https`.
    ///
    /// `dolthub.com` is read as `www.dolthub.com`: the bare name redirects, and a redirect loses the token or the
    /// body (the contract's note, and facts of the API, "Hosts").
    ///
    /// # Errors
    /// A usage error when it is no http or https address, or holds a user, a query or a fragment.
    pub fn parse(text: &str) -> Result<Self> {
        Host::read(text).map_err(|why| match why.as_str() {
            // Before anything that would repeat the text: it may hold a password.
            PASSWORD => Error::usage(why)
                .with_hint("a token is read from DOLTHUB_TOKEN, or stored by `dhub auth login`"),
            EMPTY => Error::usage(why),
            why => Error::usage(format!("{} is not a host: {why}", text.trim()))
                .with_hint("a host is written https://www.dolthub.com, or http://doltlab.corp:8080"),
        })
    }

    /// The same, with a reason that does not repeat the text.
    ///
    /// # Errors
    /// That reason.
    pub fn read(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let with_scheme = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
        let wrong = |why: &str| why.to_owned();
        if text.is_empty() {
            return Err(wrong(EMPTY));
        }
        // The last two are read as the first by the URL library.
        if text.contains(['@', '\u{ff20}', '\u{fe6b}']) || text.contains("%40") {
            return Err(wrong(PASSWORD));
        }
        // The `url` crate would skip a missing host and read the path in its place.
        if with_scheme.contains(":///") {
            return Err(wrong("it names no host"));
        }
        let mut url = Url::parse(&with_scheme).map_err(|error| wrong(&error.to_string()))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(wrong("only http and https are supported"));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(wrong("it holds a ? or a #"));
        }
        if url.domain().is_some_and(|name| name.ends_with("..")) {
            return Err(wrong("its name ends in two dots"));
        }
        // A name with a dot at its end is the same name.
        if let Some(name) = url.domain().and_then(|name| name.strip_suffix('.')).map(str::to_owned) {
            url.set_host(Some(&name)).map_err(|error| wrong(&error.to_string()))?;
        }
        if url.host_str() == Some("dolthub.com") {
            url.set_host(Some("www.dolthub.com")).map_err(|error| wrong(&error.to_string()))?;
        }
        let base = url.as_str().trim_end_matches('/').to_owned();
        Ok(Host { base, plain_http: url.scheme() == "http", loopback: is_loopback(&url) })
    }

    /// The address without a trailing slash, such as `https://corp.example/doltlab`.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The address without its scheme: the key of the host's entry in the config file.
    pub fn key(&self) -> &str {
        self.base.split_once("://").map_or(self.base.as_str(), |(_, key)| key)
    }

    /// Whether a key of the config file, which may leave the scheme out, stands for this host.
    pub fn is_keyed(&self, key: &str) -> bool {
        let scheme = if self.plain_http { "http" } else { "https" };
        let has_scheme = key.starts_with("http://") || key.starts_with("https://");
        let with_scheme = if has_scheme { key.to_owned() } else { format!("{scheme}://{key}") };
        Host::read(&with_scheme).is_ok_and(|named| named.key() == self.key())
    }

    /// The same machine and scheme at another port, without a base path.
    #[must_use]
    pub fn at_port(&self, port: u16) -> Self {
        let mut url = Url::parse(&self.base).expect("it was made from a URL");
        url.set_path("");
        url.set_port(Some(port)).expect("http and https have ports");
        Host { base: url.as_str().trim_end_matches('/').to_owned(), ..self.clone() }
    }

    /// Whether requests travel in the clear.
    pub fn is_plain_http(&self) -> bool {
        self.plain_http
    }

    /// Whether the host is this machine itself: `localhost`, a name below it, 127.0.0.0/8 or `[::1]`.
    pub fn is_loopback(&self) -> bool {
        self.loopback
    }

    /// Where a user makes a token (facts of the API, "Authentication").
    pub fn tokens_page(&self) -> String {
        format!("{}/settings/tokens", self.base)
    }
}

/// Whether a name is one for this machine itself: by name alone, in lower case (RFC 6761, section 6.3): what the hosts file calls this machine does not count.
pub fn is_localhost(name: &str) -> bool {
    name == "localhost" || name.ends_with(".localhost")
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => is_localhost(name),
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.base)
    }
}

impl fmt::Debug for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Host({})", self.base)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_normalized() {
        for (text, base, key) in [
            ("dolthub.com", "https://www.dolthub.com", "www.dolthub.com"),
            ("https://DoltHub.com/", "https://www.dolthub.com", "www.dolthub.com"),
            ("https://www.dolthub.com:443", "https://www.dolthub.com", "www.dolthub.com"),
            ("http://doltlab.corp:8080/", "http://doltlab.corp:8080", "doltlab.corp:8080"),
            ("corp.example/doltlab/", "https://corp.example/doltlab", "corp.example/doltlab"),
            ("http://[::1]:80", "http://[::1]", "[::1]"),
            ("DOLTHUB.COM.", "https://www.dolthub.com", "www.dolthub.com"),
            ("http://lab.corp.:8080/x", "http://lab.corp:8080/x", "lab.corp:8080/x"),
        ] {
            let host = Host::parse(text).unwrap();
            assert_eq!((host.base(), host.key()), (base, key), "{text}");
        }
        assert_eq!(Host::dolthub().base(), "https://www.dolthub.com");
    }

    #[test]
    fn two_spellings_of_a_host_are_one() {
        for (one, other) in
            [("http://lab/base", "http://lab/base/"), ("https://lab", "LAB"), ("http://lab:80", "http://lab")]
        {
            assert_eq!(Host::parse(one).unwrap(), Host::parse(other).unwrap());
        }
    }

    #[test]
    fn what_is_no_http_address_is_refused() {
        for text in [
            "",
            " ",
            "ftp://x",
            "https://",
            "https:///x",
            "https://u:p@x",
            "https://u@x",
            "https://x?q",
            "https://x#f",
            "https://x:99999",
            "https://a b",
            "https://x..",
        ] {
            assert!(Host::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_password_in_a_host_is_not_repeated() {
        for text in [
            "https://u:hunter2@x",
            "u:hunter2@x",
            "https://u:hunter2@x:99999",
            "https://u:hunter2\u{ff20}x",
            "https://u:hunter2%40x",
        ] {
            let error = Host::parse(text).unwrap_err();
            assert!(!format!("{error:?}").contains("hunter2"), "{text}");
        }
    }

    #[test]
    fn loopback_is_this_machine_only() {
        for text in ["http://localhost:1", "http://127.0.0.1", "http://127.9.9.9", "http://[::1]:8"] {
            assert!(Host::parse(text).unwrap().is_loopback(), "{text}");
        }
        for text in [
            "http://10.0.0.1",
            "localhost.evil.example",
            "http://127.0.0.1.evil.example",
            "xlocalhost",
            "localhost..",
        ] {
            let host = Host::parse(text);
            assert!(!host.is_ok_and(|host| host.is_loopback()), "{text}");
        }
        for text in ["http://LocalHost.:1/base", "A.b.LOCALHOST."] {
            assert!(Host::parse(text).unwrap().is_loopback(), "{text}");
        }
        for name in ["localhost..", "localhost.evil.example", "xlocalhost", ""] {
            assert!(!is_localhost(name), "{name}");
        }
    }
}
