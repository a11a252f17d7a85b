//! A request to any endpoint of the API, and its response as it came.

use serde_json::{Map, Value};

use crate::names::Endpoint;

use super::transport::Request;

/// A request to any endpoint.
#[derive(Clone, Debug)]
pub struct RawRequest {
    /// Where it is sent.
    pub endpoint: Endpoint,
    /// How.
    pub method: RawMethod,
}

/// The method of a request, with what is sent.
#[derive(Clone, Debug)]
pub enum RawMethod {
    /// GET: it changes nothing.
    Get,
    /// POST with this body, if there is one.
    Post(Option<Vec<u8>>),
}

/// The most bytes of a response: as long as a fork list may be.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

impl RawRequest {
    /// Method and path, without the query.
    pub fn line(&self) -> String {
        let method = match self.method {
            RawMethod::Get => "GET",
            RawMethod::Post(_) => "POST",
        };
        format!("{method} {}", self.endpoint.path())
    }

    /// What it names: the parts of its path, the values of its query, and the texts in its body.
    pub(super) fn names(&self) -> Vec<String> {
        let mut names = self.endpoint.names();
        if let RawMethod::Post(Some(body)) = &self.method
            && let Ok(fields) = serde_json::from_slice::<Map<String, Value>>(body)
        {
            names.extend(fields.into_iter().filter_map(|(_, value)| match value {
                Value::String(text) => Some(text),
                _ => None,
            }));
        }
        names
    }

    /// The same for the transport, to `target`, which is its endpoint as a text.
    pub(super) fn to<'a>(&self, target: &'a str) -> Request<'a> {
        match &self.method {
            RawMethod::Get => Request::get(target, MAX_BYTES),
            RawMethod::Post(body) => Request::post_bytes(target, body.clone(), MAX_BYTES),
        }
    }
}
