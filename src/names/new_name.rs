//! The name of a database that is to be created.

use crate::error::{Error, Result};

use super::database::{check_owner, check_strictly};

/// A new database's name; the owner may be left out.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NewName {
    /// Whose it will be, where that is said.
    pub owner: Option<String>,
    /// By the service's rules.
    pub name: String,
}

impl NewName {
    /// Parses `NAME` or `OWNER/NAME`.
    ///
    /// # Errors
    /// A usage error when the service would refuse the name, or the owner is not one path segment.
    pub fn parse(text: &str) -> Result<Self> {
        if text.contains("://") {
            return Err(Error::usage("a new database is named NAME or OWNER/NAME, not by a page"));
        }
        let (owner, name) = match text.split_once('/') {
            Some((owner, name)) => (Some(owner), name),
            None => (None, text),
        };
        if let Some(owner) = owner {
            check_owner(owner)?;
        }
        check_strictly(name).map_err(|error| error.with_hint("write NAME or OWNER/NAME"))?;
        Ok(NewName { owner: owner.map(str::to_owned), name: name.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Kind;

    #[test]
    fn a_new_name_may_leave_its_owner_out() {
        let new = NewName::parse("museum-collections").unwrap();
        assert_eq!((new.owner, new.name.as_str()), (None, "museum-collections"));
        let new = NewName::parse("dolthub/museum-collections").unwrap();
        assert_eq!(new.owner.as_deref(), Some("dolthub"));
    }

    #[test]
    fn a_name_that_the_service_would_refuse_is_a_usage_error() {
        for text in ["", "a/", "/a", "-a", "a b", "a/b/c", "https://www.dolthub.com/repositories/a/b"] {
            assert_eq!(NewName::parse(text).unwrap_err().kind, Kind::Usage, "{text}");
        }
    }
}
