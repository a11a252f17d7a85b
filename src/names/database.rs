//! Owners and databases.

use std::fmt;

use crate::error::{Error, Result};

use super::{Host, push_percent_encoded};

/// A database: who owns it and what it is called. Either is one path segment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Database {
    /// A user or an organization.
    pub owner: String,
    /// The name, unique within the owner.
    pub name: String,
}

impl Database {
    /// A database of these names, as the service gave them.
    pub fn new(owner: impl Into<String>, name: impl Into<String>) -> Self {
        Database { owner: owner.into(), name: name.into() }
    }

    /// Parses `OWNER/NAME`.
    ///
    /// # Errors
    /// A usage error when it is not two path segments.
    pub fn parse(text: &str) -> Result<Self> {
        let Some((owner, name)) = text.split_once('/') else {
            return Err(Error::usage("it is not OWNER/NAME").with_hint(
                "write the owner too, as in dolthub/museum-collections, or paste the database's page",
            ));
        };
        if name.contains('/') {
            return Err(Error::usage("it is not OWNER/NAME: it has too many parts"));
        }
        check_segment("owner", owner)?;
        check_segment("name", name)?;
        Ok(Database::new(owner, name))
    }

    /// Whether it is the same to a service, which may spell a name in its own case.
    pub fn is_same_as(&self, other: &Database) -> bool {
        self.owner.eq_ignore_ascii_case(&other.owner) && self.name.eq_ignore_ascii_case(&other.name)
    }

    /// Owner and name.
    pub fn parts(&self) -> (&str, &str) {
        (&self.owner, &self.name)
    }

    /// Whether this name can be sent back to the service that gave it: percent-encoded, anything is one path segment but
    /// what is empty, `.` or `..`.
    pub fn can_be_sent(&self) -> bool {
        [&self.owner, &self.name].iter().all(|segment| !matches!(segment.as_str(), "" | "." | ".."))
    }

    /// The database's page: `HOST/repositories/OWNER/NAME` (facts of the API, "Hosts").
    pub fn page(&self, host: &Host) -> String {
        let mut page = String::new();
        push_page(&mut page, host, (&self.owner, &self.name));
        page
    }
}

/// Appends the page of the database of this owner and name.
pub fn push_page(text: &mut String, host: &Host, (owner, name): (&str, &str)) {
    text.push_str(host.base());
    text.push_str("/repositories/");
    push_percent_encoded(text, owner);
    text.push('/');
    push_percent_encoded(text, name);
}

impl fmt::Display for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.owner, self.name)
    }
}

/// No server takes a longer segment in a URL.
const LONGEST_NAME: usize = 1_000;

/// Checks an owner that is to be sent.
///
/// # Errors
/// A usage error when it is not one path segment.
pub fn check_owner(owner: &str) -> Result<()> {
    check_segment("owner", owner)
}

/// Checks that `text` can be one path segment: not empty, `.` or `..`, without white space, control characters or `/?#%,@:`.
pub(super) fn check_segment(which: &str, text: &str) -> Result<()> {
    let problem = match text {
        "" => "is empty".to_owned(),
        long if long.len() > LONGEST_NAME => format!("is longer than {LONGEST_NAME} bytes"),
        "." | ".." => format!("cannot be {text}"),
        _ => match text.chars().find(|&c| c.is_whitespace() || c.is_control() || "/?#%,@:".contains(c)) {
            Some(c) if c.is_whitespace() || c.is_control() => {
                "holds white space or a control character".to_owned()
            }
            Some(c) => format!("holds a {c}"),
            None => return Ok(()),
        },
    };
    Err(Error::usage(format!("the {which} {problem}")))
}

/// Checks a new database's name by the service's rules: ASCII letters, digits, `-` and `_`, no `-` at either end.
///
/// # Errors
/// A usage error that says which rule is broken.
pub fn check_strictly(name: &str) -> Result<()> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let problem = if name.is_empty() {
        "is empty"
    } else if name.len() > LONGEST_NAME {
        "is too long"
    } else if !name.chars().all(allowed) {
        "may hold only letters, digits, - and _"
    } else if name.starts_with('-') || name.ends_with('-') {
        "may not start or end with -"
    } else {
        return Ok(());
    };
    Err(Error::usage(format!("the database's name {problem}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn owner_and_name_are_the_two_sides_of_the_slash() {
        assert_eq!(Database::parse("dolthub/x-y_z").unwrap(), Database::new("dolthub", "x-y_z"));
    }

    #[test]
    fn what_cannot_be_two_path_segments_is_refused() {
        for text in [
            "",
            "x",
            "/x",
            "x/",
            "a/b/c",
            "../x",
            "x/.",
            "a b/c",
            "a/b\tc",
            "a/b?c",
            "a/b#c",
            "a/b%2f",
            "a/b\u{1b}",
            &format!("a/{}", "b".repeat(1_001)),
        ] {
            assert!(Database::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_page_is_percent_encoded() {
        let host = Host::parse("corp.example/doltlab").unwrap();
        assert_eq!(
            Database::new("a", "b c").page(&host),
            "https://corp.example/doltlab/repositories/a/b%20c"
        );
    }

    #[test]
    fn a_new_name_follows_the_services_rules() {
        for name in ["a", "museum-collections", "_x_", "A1"] {
            assert!(check_strictly(name).is_ok(), "{name}");
        }
        for name in ["", "-a", "a-", "a.b", "ä", "a b", "a/b"] {
            assert!(check_strictly(name).is_err(), "{name}");
        }
    }
}
