//! DoltHub's API, version v1alpha1: a thin blocking client and the wire types as documented.

mod failure;
mod http;
mod members;
mod page;
mod proxy;
mod retry;
mod trust;
mod understand;
mod v1alpha1;

pub use failure::{Cause, Failure};
pub use http::{Client, Observer, Options};
pub use members::Members;
pub use retry::{Again, LONGEST_THROTTLE, Meaning, Tries};
#[cfg(fuzzing)]
pub use v1alpha1::readings;
pub use v1alpha1::{Accepted, Created, ForkStatus, Forks, NewDatabase};
