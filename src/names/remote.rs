//! Where `dolt` clones the databases of a host from.

use std::fmt;

use super::{Database, Host, push_percent_encoded};

/// DoltHub's own (facts of the API, "What people use this API for").
const DOLTHUB: &str = "https://doltremoteapi.dolthub.com";
/// A DoltLab's, on the same machine (the same).
const DOLTLAB_PORT: u16 = 50051;

/// The address that the databases of a host are cloned from and pushed to.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Remote(Host);

impl Remote {
    /// The usual one of a host: DoltHub's own, or a DoltLab's.
    pub fn of(host: &Host) -> Self {
        if host.key() == Host::dolthub().key() {
            return Remote(Host::parse(DOLTHUB).unwrap_or_else(|_| unreachable!("a constant address")));
        }
        Remote(host.at_port(DOLTLAB_PORT))
    }

    /// Reads an http or https address, with a reason that does not repeat the text.
    ///
    /// # Errors
    /// That reason.
    pub fn read(text: &str) -> Result<Self, String> {
        Host::read(text).map(Remote)
    }

    /// Whether it is DoltHub's.
    pub fn is_dolthubs(&self) -> bool {
        self.is_same_as(&Remote::of(&Host::dolthub()))
    }

    /// Whether it is the same, perhaps with another scheme: a service answers both on one port, or one of them.
    pub fn is_same_as(&self, other: &Remote) -> bool {
        self.0.key() == other.0.key()
    }

    /// What `dolt clone` takes for this database.
    pub fn clone_url(&self, database: &Database) -> String {
        let mut url = format!("{}/", self.0.base());
        push_percent_encoded(&mut url, &database.owner);
        url.push('/');
        push_percent_encoded(&mut url, &database.name);
        url
    }
}

impl fmt::Display for Remote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Remote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Remote({})", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dolthub_and_a_doltlab_have_their_usual_remotes() {
        let database = Database::new("a", "b c");
        for (host, url) in [
            ("dolthub.com", "https://doltremoteapi.dolthub.com/a/b%20c"),
            ("http://doltlab.corp", "http://doltlab.corp:50051/a/b%20c"),
            ("http://doltlab.corp:8080", "http://doltlab.corp:50051/a/b%20c"),
            ("https://corp.example/doltlab", "https://corp.example:50051/a/b%20c"),
            ("http://[::1]:8080", "http://[::1]:50051/a/b%20c"),
        ] {
            assert_eq!(Remote::of(&Host::parse(host).unwrap()).clone_url(&database), url);
        }
        assert!(Remote::of(&Host::dolthub()).is_dolthubs());
    }

    #[test]
    fn a_remote_is_compared_without_its_scheme() {
        let read = |text| Remote::read(text).unwrap();
        assert!(read("https://lab:50051").is_same_as(&read("http://LAB:50051/")));
        assert!(!read("https://lab:50051").is_same_as(&read("https://lab:50052")));
        assert!(Remote::read("file:///tmp/x").is_err());
        assert!(!Remote::read("https://u:p@lab").unwrap_err().contains("u:p"));
    }
}
