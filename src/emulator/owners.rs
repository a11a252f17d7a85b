//! Who may write where: the token's user, in the own namespace and in those of the organizations.

use super::{ORGANIZATIONS, USER};

/// The owners that the token's user acts for.
#[derive(Debug, Clone)]
pub(super) struct Owners {
    user: String,
    organizations: Vec<String>,
}

impl Owners {
    /// A user and the organizations that the user may write to.
    pub(super) fn new(user: &str, organizations: &[String]) -> Self {
        Self { user: user.to_owned(), organizations: organizations.to_vec() }
    }

    /// The user that the token belongs to.
    pub(super) fn user(&self) -> &str {
        &self.user
    }

    /// Whether the user may write to this namespace, and see what is private in it.
    pub(super) fn may_write(&self, owner: &str) -> bool {
        owner == self.user || self.organizations.iter().any(|organization| organization == owner)
    }
}

impl Default for Owners {
    fn default() -> Self {
        Self::new(USER, &ORGANIZATIONS.map(str::to_owned))
    }
}
