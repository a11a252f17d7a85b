//! What is sent and read, byte for byte: each request in one attempt, against a mock server.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use dhub::api::{Observer, Options, Transport, v1alpha1};
use dhub::names::{Database, Host};
use dhub::token::Token;

use crate::support::TOKEN;

mod raw;
mod received;
mod sent;

/// Records every event.
#[derive(Default)]
struct Recorder(Mutex<Vec<String>>);

impl Recorder {
    fn events(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }

    fn record(&self, event: String) {
        self.0.lock().unwrap().push(event);
    }
}

impl Observer for Recorder {
    fn sending(&self, request: &str, _body: Option<&[u8]>) {
        self.record(format!("sending {request}"));
    }

    fn received(&self, request: &str, status: u16, body: &[u8], _took: Duration) {
        self.record(format!("received {request}: {status}, {} bytes", body.len()));
    }

    fn failed(&self, request: &str, why: &str, _took: Duration) {
        self.record(format!("failed {request}: {why}"));
    }

    fn delayed(&self, why: &str) {
        self.record(format!("delayed: {why}"));
    }
}

/// The way to the service at this address, and what its observer records.
fn observed(url: &str, token: Option<&str>) -> (Transport, Arc<Recorder>) {
    let recorder = Arc::new(Recorder::default());
    let token = token.map(|token| Token::parse(token).unwrap());
    let options = Options { request_timeout: Duration::from_secs(30), ca_file: None };
    let credentials = token.as_ref().map(v1alpha1::credentials);
    let host = Host::parse(url).unwrap();
    let transport =
        Transport::new(&host, v1alpha1::BASE_PATH, credentials, &options, recorder.clone()).unwrap();
    (transport, recorder)
}

/// The way to the service at this address, with a token.
fn transport(url: &str) -> Transport {
    observed(url, Some(TOKEN)).0
}

fn museum() -> Database {
    Database::new("dolthub", "museum-collections")
}
