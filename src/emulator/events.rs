//! What can happen to the emulated service. Applied one after the other, events make up its whole state.

use serde::{Deserialize, Serialize};

/// Who may see a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Visibility {
    Public,
    Private,
}

impl Visibility {
    /// Reads the API's word for it, exactly as the API writes it.
    pub(super) fn parse(word: &str) -> Option<Self> {
        match word {
            "public" => Some(Self::Public),
            "private" => Some(Self::Private),
            _ => None,
        }
    }
}

/// Something that happened. Every time is in milliseconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub(super) enum Event {
    /// A database was created.
    Created { at: u64, owner: String, name: String, description: String, visibility: Visibility },
    /// A fork was accepted; it comes into being when due.
    Forked { at: u64, operation: String, parent_owner: String, parent_name: String, owner: String, due: u64 },
    /// The museum network was filled up to so many forks.
    Filled { at: u64, forks: usize },
}

impl Event {
    /// When it happened.
    pub(super) fn at(&self) -> u64 {
        match self {
            Self::Created { at, .. } | Self::Forked { at, .. } | Self::Filled { at, .. } => *at,
        }
    }
}
