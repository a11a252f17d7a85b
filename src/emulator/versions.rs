//! Which versions of the API are served: services exist with either one alone.

use axum::http::StatusCode;
use clap::ValueEnum;

use super::{requests, v2};

/// How a version is refused that is served no longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Gone {
    /// As where it never was
    #[value(name = "404")]
    NotFound,
    /// As where it was
    #[value(name = "410")]
    Gone,
}

/// The versions that an emulator serves.
#[derive(Debug)]
pub(super) struct Versions {
    pub(super) v1alpha1_gone: Option<Gone>,
    pub(super) v2: bool,
}

/// What responds to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    /// Also to paths of no version.
    V1alpha1,
    V2,
    /// Nothing: this status.
    None(StatusCode),
}

impl Versions {
    /// The version that a path belongs to.
    pub(super) fn of(&self, path: &str) -> Version {
        match self.v1alpha1_gone {
            _ if v2::has(path) && self.v2 => Version::V2,
            _ if v2::has(path) => Version::None(StatusCode::NOT_FOUND),
            None => Version::V1alpha1,
            Some(Gone::Gone) if path.starts_with(requests::BASE) => Version::None(StatusCode::GONE),
            Some(_) => Version::None(StatusCode::NOT_FOUND),
        }
    }
}
