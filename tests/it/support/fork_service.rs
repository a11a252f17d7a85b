//! A service that accepts every fork, responds to polls as scripted, and records when each one arrived.

use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use super::{Reply, Server};

/// The operation of every fork.
pub const OPERATION: &str = "operations/b09a9221-9dcb-4a15-9ca8-a64656946f12";
/// The contract's response about a fork that is done.
pub const DONE: &str = r#"{"status":"Success","done":true,
    "operation_name":"operations/jobs/b09a9221-9dcb-4a15-9ca8-a64656946f12",
    "database_owner":"taylor","database_name":"museum-collections"}"#;
/// A response about a fork in progress.
pub const PENDING: &str = r#"{"status":"Success","done":false,
    "operation_name":"operations/jobs/b09a9221-9dcb-4a15-9ca8-a64656946f12",
    "database_owner":"","database_name":""}"#;

const ACCEPTED: &str = r#"{"status":"Success","parent_owner":"dolthub","parent_database":"museum-collections",
    "forked_owner":"taylor","operation_name":"operations/b09a9221-9dcb-4a15-9ca8-a64656946f12"}"#;

/// When each request arrived, recorded before its response.
#[derive(Clone, Default)]
struct Arrivals {
    fork: Option<Instant>,
    polls: Vec<Instant>,
}

/// The service. It stops when dropped.
pub struct ForkService {
    server: Server,
    arrivals: Arc<Mutex<Arrivals>>,
}

impl ForkService {
    /// `response` gets the number of earlier polls.
    pub fn start(response: impl Fn(usize) -> Reply + Send + Sync + 'static) -> Self {
        ForkService::delayed(Duration::ZERO, response)
    }

    /// The same with each response so much later than its request.
    fn delayed(latency: Duration, response: impl Fn(usize) -> Reply + Send + Sync + 'static) -> Self {
        let arrivals = Arc::new(Mutex::new(Arrivals::default()));
        let log = arrivals.clone();
        let server = Server::start(move |request, _| {
            let mut log = log.lock().unwrap();
            if request.method == "POST" {
                log.fork = Some(Instant::now());
                drop(log);
                thread::sleep(latency);
                return Reply::Json(200, ACCEPTED.to_owned());
            }
            log.polls.push(Instant::now());
            let before = log.polls.len() - 1;
            // A slow response does not delay the next one.
            drop(log);
            thread::sleep(latency);
            response(before)
        });
        ForkService { server, arrivals }
    }

    /// Sends these responses one after the other, then repeats the last one.
    pub fn script(responses: Vec<Reply>) -> Self {
        ForkService::start(move |before| responses[before.min(responses.len() - 1)].clone())
    }

    /// The same with each response so much later than its request.
    pub fn slow(latency: Duration, responses: Vec<Reply>) -> Self {
        ForkService::delayed(latency, move |before| responses[before.min(responses.len() - 1)].clone())
    }

    /// Its address, without a slash at the end.
    pub fn url(&self) -> &str {
        self.server.url()
    }

    /// When the fork was requested.
    pub fn forked(&self) -> Instant {
        self.arrivals.lock().unwrap().fork.unwrap()
    }

    /// When each poll arrived.
    pub fn polls(&self) -> Vec<Instant> {
        self.arrivals.lock().unwrap().polls.clone()
    }
}
