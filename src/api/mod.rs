//! DoltHub's API: a blocking client with one method per request. Each is sent through the limiter and with the retries
//! that its effect allows, so that no caller decides about either.

mod client;
mod connections;
mod failure;
mod fork_list;
mod html;
mod limiter;
mod model;
mod observer;
mod proxy;
mod raw;
mod requests;
mod resolver;
mod response;
mod retry;
mod retry_after;
mod tls;
mod transport;
mod transport_error;
pub mod v1alpha1;
pub mod v2;

pub use client::{Client, NotBefore, base_path};
pub use failure::{Cause, Failure};
pub use fork_list::{ForkList, Keys};
pub use limiter::MAX_THROTTLE;
pub use model::{Accepted, Created, DatabaseDetails, DatabaseInfo, ForkStatus, Forks, NewDatabase};
pub use observer::{Observer, RequestProgress};
pub use raw::{RawMethod, RawRequest};
pub use response::Response;
pub use retry::{Interrupted, WriteHook};
pub use retry_after::parse_retry_after;
pub use transport::{Options, Transport};
