//! Why the rules refuse a request.

use std::fmt;

use super::museum;

/// Why the service refuses a request. Its text is the `message` in the response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::emulator) enum Refusal {
    NoPermission { user: String, owner: String },
    InvalidName { name: String },
    AlreadyExists { owner: String, name: String },
    AlreadyForked { owner: String, name: String },
    NoSuchRepository,
    OperationNotFound,
    DuplicateOperation,
    NetworkTooLarge,
    NetworkPrivate,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoPermission { user, owner } => {
                write!(f, "{user} does not have permission to create a database in {owner}")
            }
            Self::InvalidName { name } => write!(
                f,
                "repoName {name:?} is not valid: letters, digits, - and _ only, not starting or ending with -"
            ),
            Self::AlreadyExists { owner, name } => write!(f, "{owner}/{name} already exists"),
            Self::AlreadyForked { owner, name } => write!(f, "{name} has already been forked to {owner}"),
            Self::NoSuchRepository => f.write_str("no such repository"),
            Self::OperationNotFound => f.write_str("operation not found"),
            Self::DuplicateOperation => f.write_str("the operation is known already"),
            Self::NetworkTooLarge => write!(f, "it can have {} forks at most", museum::LIMIT),
            Self::NetworkPrivate => write!(f, "{}/{} is private", museum::ROOT_OWNER, museum::NAME),
        }
    }
}
