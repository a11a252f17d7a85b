//! Databases as users name them: `OWNER/NAME`, or what they paste from a browser or from dolt.

use crate::error::{Error, Result};

use super::database::check_segment;
use super::{Database, Host, Remote};

/// The service that a pasted address points to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Site {
    /// The host of a page.
    Page(Host),
    /// The host of a page that was pasted without its scheme; https here, which the settings may know better.
    Bare(Host),
    /// What databases are cloned from: only the settings know whose it is.
    Remote(Remote),
}

/// A database as a user names it, and the service where that was named too.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DatabaseArgument {
    /// The database.
    pub database: Database,
    /// The service, when an address was pasted.
    pub site: Option<Site>,
}

impl From<Database> for DatabaseArgument {
    fn from(database: Database) -> Self {
        DatabaseArgument { database, site: None }
    }
}

impl DatabaseArgument {
    /// Parses `OWNER/NAME`; a page, `HOST/repositories/OWNER/NAME` with anything after it, the scheme perhaps missing; or a
    /// remote as `dolt remote -v` prints it.
    ///
    /// # Errors
    /// A usage error when it is none of them.
    pub fn parse(text: &str) -> Result<Self> {
        let text = address_of_line(text);
        let text = text.strip_prefix('@').unwrap_or(text);
        let text = text.strip_suffix('/').unwrap_or(text);
        let (scheme, rest) =
            text.split_once("://").map_or((None, text), |(scheme, rest)| (Some(scheme), rest));
        let address = rest.split(['?', '#']).next().unwrap_or_default();
        let is_page = address.contains("/repositories/");
        let host = address.split('/').next().unwrap_or_default();
        let is_dolthubs = Remote::read(host).is_ok_and(|remote| remote.is_dolthubs());
        if is_dolthubs || (scheme.is_some() && !is_page) {
            return from_remote(scheme.unwrap_or("https"), address);
        }
        if scheme.is_none() && !is_page {
            return Database::parse(text).map(Into::into);
        }
        let (host, rest) = address.split_once("/repositories/").unwrap_or_default();
        let mut segments = rest.split('/');
        let database = database(segments.next(), segments.next())?;
        let site = match scheme {
            Some(scheme) => Site::Page(Host::parse(&format!("{scheme}://{host}"))?),
            None => Site::Bare(Host::parse(host)?),
        };
        Ok(DatabaseArgument { database, site: Some(site) })
    }
}

/// The address in a line of `dolt remote -v`: `origin https://… {…}`. Any other text as it is.
fn address_of_line(text: &str) -> &str {
    let mut words = text.split_ascii_whitespace();
    match (words.next(), words.next()) {
        (Some(_), Some(address)) if address.contains("://") => address,
        _ => text,
    }
}

/// Reads `BASE/OWNER/NAME`.
fn from_remote(scheme: &str, address: &str) -> Result<DatabaseArgument> {
    if !matches!(scheme, "http" | "https") {
        return Err(not_an_address());
    }
    let mut parts = address.rsplitn(3, '/');
    let (name, owner, base) = (parts.next(), parts.next(), parts.next());
    let host = Host::parse(&format!("{scheme}://{}", base.ok_or_else(not_an_address)?))?;
    let remote = Remote::read(host.base()).map_err(|_| not_an_address())?;
    // A page of DoltHub, but no database's.
    if host.key() == Host::dolthub().key() {
        return Err(not_an_address());
    }
    Ok(DatabaseArgument { database: database(owner, name)?, site: Some(Site::Remote(remote)) })
}

/// The database of two segments that are percent-encoded.
fn database(owner: Option<&str>, name: Option<&str>) -> Result<Database> {
    let decode = |segment: Option<&str>| {
        let decoded = percent_encoding::percent_decode_str(segment?).decode_utf8().ok()?;
        Some(decoded.into_owned())
    };
    let (Some(owner), Some(name)) = (decode(owner), decode(name)) else { return Err(not_an_address()) };
    check_segment("owner", &owner)?;
    check_segment("name", &name)?;
    Ok(Database::new(owner, name))
}

fn not_an_address() -> Error {
    Error::usage("it is neither a database's page nor its remote at a DoltHub").with_hint(
        "write OWNER/NAME; a page looks like https://www.dolthub.com/repositories/dolthub/museum-collections, \
         a remote like https://doltremoteapi.dolthub.com/dolthub/museum-collections",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(text: &str) -> Option<Site> {
        let argument = DatabaseArgument::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(argument.database, Database::new("a", "b"), "{text}");
        argument.site
    }

    fn host(text: &str) -> Host {
        Host::parse(text).unwrap()
    }

    #[test]
    fn an_at_sign_in_front_and_a_slash_behind_are_dropped() {
        for text in ["a/b", "@a/b", "a/b/", "@a/b/"] {
            assert_eq!(site(text), None, "{text}");
        }
        for text in ["@", "/", "@/", "a/", "@@a/b", "a@b/c", "a/b//", "/a/b"] {
            assert!(DatabaseArgument::parse(text).is_err(), "{text}");
        }
        let named = DatabaseArgument::parse("a/repositories/").unwrap();
        assert_eq!(named, Database::new("a", "repositories").into());
    }

    #[test]
    fn a_pasted_page_names_database_and_host() {
        for (page, base) in [
            ("https://www.dolthub.com/repositories/a/b", "https://www.dolthub.com"),
            ("https://dolthub.com/repositories/a/b/data/main?x=1#y", "https://www.dolthub.com"),
            ("http://doltlab.corp:8080/repositories/a/b/", "http://doltlab.corp:8080"),
            ("https://corp.example/doltlab/repositories/a/b?q", "https://corp.example/doltlab"),
            ("https://x/repositories/a/b/repositories/c/d", "https://x"),
        ] {
            assert_eq!(site(page), Some(Site::Page(host(base))), "{page}");
        }
    }

    #[test]
    fn a_page_may_be_pasted_without_its_scheme() {
        for (page, base) in [
            ("www.dolthub.com/repositories/a/b", "www.dolthub.com"),
            ("dolthub.com/repositories/a/b/data/main?x=1#y", "www.dolthub.com"),
            ("doltlab.corp:8080/repositories/a/b/", "doltlab.corp:8080"),
            ("corp.example/doltlab/repositories/a/b", "corp.example/doltlab"),
        ] {
            assert_eq!(site(page), Some(Site::Bare(host(base))), "{page}");
        }
    }

    #[test]
    fn a_remote_is_taken_as_dolt_prints_it() {
        for remote in [
            "https://doltremoteapi.dolthub.com/a/b",
            "http://doltremoteapi.dolthub.com/a/b/",
            "doltremoteapi.dolthub.com/a/b",
            "origin https://doltremoteapi.dolthub.com/a/b ",
            "origin https://doltremoteapi.dolthub.com/a/b {\"x\":\"y\"}",
            "origin\thttps://DoltRemoteAPI.dolthub.com/a/b (fetch)",
        ] {
            let Some(Site::Remote(remote)) = site(remote) else { panic!("{remote}") };
            assert!(remote.is_dolthubs(), "{remote}");
        }
        for remote in ["http://doltlab.corp:50051/a/b", "https://doltlab.corp:50051/base/a/b/"] {
            let base = remote.trim_end_matches('/').trim_end_matches("/a/b");
            assert_eq!(site(remote), Some(Site::Remote(Remote::read(base).unwrap())), "{remote}");
        }
    }

    #[test]
    fn an_address_of_something_else_is_refused() {
        for page in [
            "https://www.dolthub.com",
            "https://www.dolthub.com/a/b",
            "https://dolthub.com/a/b",
            "www.dolthub.com/a/b",
            "https://www.dolthub.com/repositories/a",
            "www.dolthub.com/repositories/a",
            "https://www.dolthub.com/repositories/a/%2e%2e",
            "https://www.dolthub.com/repositories/a/b%2Fc",
            "https://www.dolthub.com/repositories/a/%ff",
            "https://doltremoteapi.dolthub.com/a",
            "https://doltremoteapi.dolthub.com/../b",
            "https://x:50051/a",
            "ftp://www.dolthub.com/repositories/a/b",
            "https:///repositories/a/b",
            "file:///home/me/a/b",
            "aws://[table:bucket]/a/b",
            "git@github.com:a/b",
            "ssh://git@github.com/a/b",
        ] {
            let error = DatabaseArgument::parse(page).expect_err(page);
            assert_eq!(error.kind, crate::error::Kind::Usage);
        }
    }
}
