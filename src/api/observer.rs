//! What learns of the requests: progress, notes and `--verbose` are made of it.

use std::fmt::Display;
use std::time::Duration;

/// Learns of every request and its response. Never given credentials; a body is as it was sent or came, and may hold
/// anything.
pub trait Observer: Send + Sync {
    /// A request is about to be sent: method and URL, and its body.
    fn sending(&self, request: &str, body: Option<&[u8]>);
    /// Its response has come, whole: HTTP status, body, and how long it took.
    fn received(&self, request: &str, status: u16, body: &[u8], took: Duration);
    /// No whole response came.
    fn failed(&self, request: &str, why: &str, took: Duration);
    /// The service refused a request, and calls it this.
    fn refused(&self, _request_id: &str) {}
    /// A request takes its time, or is going to be sent again after a while: this is why.
    fn delayed(&self, why: &str);
    /// Something is requested, and waited for until what this returns is dropped: attempts and pauses included.
    fn waiting(&self, _what: &dyn Display) -> Option<Box<dyn RequestProgress>> {
        None
    }
}

/// A request that is waited for. What is wrong with it is shown, if it takes long enough to be shown at all.
pub trait RequestProgress {
    /// It is going to be sent again, since it failed like this.
    fn failed(&self, why: &str);
}
