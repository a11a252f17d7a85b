//! Changes of the emulated service. Applied in order, they give its whole state.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Visibility {
    Public,
    Private,
}

impl Visibility {
    /// Case-sensitive, as the API is.
    pub(super) fn parse(text: &str) -> Option<Self> {
        match text {
            "public" => Some(Self::Public),
            "private" => Some(Self::Private),
            _ => None,
        }
    }
}

/// A change, as the journal stores it. Every time is in milliseconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub(super) enum Event {
    Created {
        at: u64,
        owner: String,
        name: String,
        description: String,
        visibility: Visibility,
    },
    /// A fork was accepted; its database exists once the time `due` has come.
    Forked {
        at: u64,
        operation: String,
        parent_owner: String,
        parent_name: String,
        owner: String,
        due: u64,
    },
    /// The museum network was filled up to this number of forks.
    Filled {
        at: u64,
        forks: usize,
    },
}

impl Event {
    /// When it happened.
    pub(super) fn at(&self) -> u64 {
        match self {
            Self::Created { at, .. } | Self::Forked { at, .. } | Self::Filled { at, .. } => *at,
        }
    }
}
