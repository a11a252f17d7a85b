//! What is sent and understood, byte for byte: the library's client against a mock server.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use dhub::api::{Client, Observer, Options};
use dhub::names::{Database, Host};
use dhub::token::Token;

use crate::support::TOKEN;

mod received;
mod sent;

/// Writes down what it learns.
#[derive(Default)]
struct Recorder(Mutex<Vec<String>>);

impl Recorder {
    fn events(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }

    fn learn(&self, event: String) {
        self.0.lock().unwrap().push(event);
    }
}

impl Observer for Recorder {
    fn sent(&self, request: &str) {
        self.learn(format!("sent {request}"));
    }

    fn answered(&self, request: &str, status: u16, bytes: usize, _took: Duration) {
        self.learn(format!("answered {request}: {status}, {bytes} bytes"));
    }

    fn failed(&self, request: &str, why: &str, _took: Duration) {
        self.learn(format!("failed {request}: {why}"));
    }

    fn waiting(&self, why: &str) {
        self.learn(format!("waiting: {why}"));
    }
}

/// A client of the service at this address, and what it tells its observer.
fn observed(url: &str, token: Option<&str>) -> (Client, Arc<Recorder>) {
    let recorder = Arc::new(Recorder::default());
    let token = token.map(|token| Token::parse(token).unwrap());
    let options = Options { request_timeout: Duration::from_secs(30), ca_file: None };
    let client = Client::new(&Host::parse(url).unwrap(), token.as_ref(), &options, recorder.clone()).unwrap();
    (client, recorder)
}

/// A client of the service at this address, with a token.
fn client(url: &str) -> Client {
    observed(url, Some(TOKEN)).0
}

fn museum() -> Database {
    Database::new("dolthub", "museum-collections")
}
