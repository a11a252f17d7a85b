//! The versions of the API.

use std::fmt;

use clap::ValueEnum;

/// A version of the API.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, ValueEnum)]
pub enum ApiVersion {
    /// The one that every DoltHub and DoltLab speaks
    #[default]
    V1alpha1,
    /// The newer one
    V2,
}

impl ApiVersion {
    /// Both.
    pub const ALL: [ApiVersion; 2] = [ApiVersion::V1alpha1, ApiVersion::V2];

    /// Its name in settings, in addresses and in the state file.
    pub fn as_str(self) -> &'static str {
        match self {
            ApiVersion::V1alpha1 => "v1alpha1",
            ApiVersion::V2 => "v2",
        }
    }

    /// The other one.
    pub fn other(self) -> Self {
        match self {
            ApiVersion::V1alpha1 => ApiVersion::V2,
            ApiVersion::V2 => ApiVersion::V1alpha1,
        }
    }

    /// The version of this name; none where there is none. White space around it does not count.
    pub fn find(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|version| version.as_str() == text.trim())
    }
}

impl fmt::Display for ApiVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
