//! One of many concurrent clients. It checks every response that it receives.

use std::net::SocketAddr;

use dhub::emulator::USER;
use fastrand::Rng;
use serde_json::{Value, json};

use super::garbage::{self, Ending};
use super::http::{Connection, JSON, Response, authorization, get, get_anonymously, post, request};
use super::{Database, Fork, NO_SUCH_REPOSITORY, OWNERS, forks_response};

/// The number of names, and of parents, that all clients compete for.
pub const CONTESTED: usize = 24;

/// A database that many clients try to create.
pub fn contested_name(number: usize) -> Database {
    Database { owner: "dolthub".to_owned(), name: format!("wanted-{number}"), private: false }
}

/// A database that exists from the start, and that many clients try to fork.
pub fn contested_parent(number: usize) -> Database {
    Database { owner: "dolthub".to_owned(), name: format!("parent-{number}"), private: false }
}

/// What a client sent, and what was acknowledged: that must hold at the end.
#[derive(Default)]
pub struct Record {
    pub created: Vec<Database>,
    pub forks: Vec<Fork>,
    /// Creates whose response the client did not wait for.
    pub unconfirmed: Vec<Database>,
    /// Databases that only garbage named.
    pub never_created: Vec<Database>,
    /// The number of valid requests, each of which got a response.
    pub responses: usize,
    /// The number of other things sent.
    pub garbage: usize,
}

struct Client {
    number: usize,
    random: Rng,
    connection: Connection,
    /// Databases that only this client creates and forks, and the owners of their forks.
    own: Vec<(Database, Vec<String>)>,
    named: usize,
    record: Record,
}

/// Performs a number of actions, which depend on the number of the client alone.
pub fn run(address: SocketAddr, number: usize, actions: usize) -> Record {
    let mut client = Client {
        number,
        random: Rng::with_seed(number as u64),
        connection: Connection::to(address),
        own: Vec::new(),
        named: 0,
        record: Record::default(),
    };
    client.create();
    for _ in 1..actions {
        match client.random.u8(0..20) {
            0..4 => client.create(),
            4..7 => client.fork(),
            7..9 => client.check_forks(),
            9 => client.poll_operation(),
            10 => client.compete_for_name(),
            11 => client.compete_for_fork(),
            12..15 => client.send_invalid_request(),
            15 => client.disconnect_before_the_response(),
            _ => client.send_garbage(),
        }
    }
    client.record
}

impl Client {
    fn database(&mut self) -> Database {
        self.named += 1;
        Database {
            owner: (*self.random.choice(&OWNERS).unwrap()).to_owned(),
            name: format!("own-{}-{}", self.number, self.named),
            private: self.random.bool(),
        }
    }

    fn one_of_own(&mut self) -> usize {
        self.random.usize(..self.own.len())
    }

    #[track_caller]
    fn exchange(&mut self, request: &[u8]) -> Response {
        self.record.responses += 1;
        let response = self.connection.exchange(request);
        response
            .unwrap_or_else(|error| panic!("{error}: no response to {}", String::from_utf8_lossy(request)))
    }

    /// Sends a request and checks the whole response.
    #[track_caller]
    fn check(&mut self, request: &[u8], status: u16, expected: &Value) {
        let response = self.exchange(request);
        assert_eq!((response.status, &response.json()), (status, expected));
    }

    fn create(&mut self) {
        let database = self.database();
        let descriptions =
            ["", "plain", "ends a line\nand \"quotes\" \\ it", "\u{1f980} \u{202e}\0\u{7f}", "]}"];
        let description = descriptions[self.random.usize(..descriptions.len())];
        let body = database.create_body(description);
        let sent = match self.random.u8(0..4) {
            0 => {
                // As a client does that does not know the length in advance.
                let chunks: String = body.bytes().map(|byte| format!("1\r\n{}\r\n", byte as char)).collect();
                let ascii = body.is_ascii();
                let chunks = if ascii {
                    chunks + "0\r\n\r\n"
                } else {
                    format!("{:x}\r\n{body}\r\n0\r\n\r\n", body.len())
                };
                let head = super::http::head(
                    "POST /database",
                    &[&authorization(), JSON, "transfer-encoding: chunked"],
                );
                [head, chunks.into_bytes()].concat()
            }
            1 => {
                // In two parts, as a network may deliver it.
                let whole = self.connection.with_host(&post("/database", &body));
                let middle = self.random.usize(1..whole.len());
                self.connection.send(&whole[..middle]).unwrap();
                std::thread::yield_now();
                whole[middle..].to_vec()
            }
            _ => post("/database", &body),
        };
        let expected = json!({"status": "Success", "description": description, "repository_owner": database.owner,
            "repository_name": database.name, "visibility": database.visibility()});
        self.check(&sent, 200, &expected);
        self.record.created.push(database.clone());
        self.own.push((database, Vec::new()));
    }

    fn fork(&mut self) {
        let own = self.one_of_own();
        let to = (*self.random.choice(&OWNERS).unwrap()).to_owned();
        let (of, forked) = self.own[own].clone();
        let response = self.exchange(&post("/fork", &of.fork_body(&to)));
        let refused = if to == of.owner {
            Some(format!("{}/{} already exists", of.owner, of.name))
        } else {
            forked.contains(&to).then(|| format!("{} has already been forked to {to}", of.name))
        };
        match refused {
            Some(message) => assert_eq!((response.status, response.message()), (400, message)),
            None => {
                self.own[own].1.push(to.clone());
                self.record.forks.push(accepted(&response, &of, &to));
            }
        }
    }

    fn check_forks(&mut self) {
        let own = self.one_of_own();
        let (database, forked) = self.own[own].clone();
        if self.random.bool() && database.private {
            let expected = json!({"status": "Error", "message": NO_SUCH_REPOSITORY,
                "database_owner": database.owner, "database_name": database.name});
            return self.check(&get_anonymously(&database.path()), 400, &expected);
        }
        let response = self.exchange(&get(&database.path()));
        let listed: Vec<String> = response.json()["forks"]
            .as_array()
            .unwrap()
            .iter()
            .map(|fork| fork["database_owner"].as_str().unwrap().to_owned())
            .collect();
        // Forks finish in the order in which they were accepted.
        assert!(forked.starts_with(&listed), "{listed:?} of {forked:?}");
        let listed: Vec<&str> = listed.iter().map(String::as_str).collect();
        assert_eq!(
            (response.status, response.json()),
            (200, forks_response(&database.owner, &database, &listed))
        );
    }

    fn poll_operation(&mut self) {
        let fork = if self.record.forks.is_empty() {
            let of = self.own[0].0.clone();
            Fork { operation: "operations/none".to_owned(), of, to: String::new() }
        } else {
            self.record.forks[self.random.usize(..self.record.forks.len())].clone()
        };
        let response = self.exchange(&get(&fork.path()));
        if fork.to.is_empty() {
            assert_eq!((response.status, response.message().as_str()), (400, "operation not found"));
        } else if response.json()["done"] == true {
            assert_eq!(response.json()["database_owner"], fork.to, "{fork:?}");
            assert_eq!(response.json()["database_name"], fork.of.name, "{fork:?}");
        } else {
            assert_eq!((response.status, response.message()), (200, String::new()));
        }
    }

    fn compete_for_name(&mut self) {
        let database = contested_name(self.random.usize(..CONTESTED));
        let response = self.exchange(&post("/database", &database.create_body("")));
        if response.status == 200 {
            self.record.created.push(database);
        } else {
            let expected = format!("{}/{} already exists", database.owner, database.name);
            assert_eq!((response.status, response.message()), (400, expected));
        }
    }

    fn compete_for_fork(&mut self) {
        let of = contested_parent(self.random.usize(..CONTESTED));
        let response = self.exchange(&post("/fork", &of.fork_body(USER)));
        if response.status == 200 {
            let fork = accepted(&response, &of, USER);
            self.record.forks.push(fork);
        } else {
            let expected = format!("{} has already been forked to {USER}", of.name);
            assert_eq!((response.status, response.message()), (400, expected));
        }
    }

    /// Sends a valid HTTP request that the emulator must refuse with this status and message.
    fn send_invalid_request(&mut self) {
        let own = self.own[0].0.clone();
        let valid = own.create_body("");
        let token = authorization();
        let deep = "[".repeat(20_000);
        let (sent, status, message) = match self.random.u8(0..15) {
            0 => (post("/database", &valid), 400, "already exists"),
            1 => (post("/database", &valid[1..]), 400, "not valid JSON"),
            2 => (post("/database", &deep), 400, "not valid JSON"),
            3 => (
                request("POST /database", &[&token, JSON], b"{\"ownerName\":\"\xff\xfe\"}"),
                400,
                "not valid JSON",
            ),
            4 => (post("/database", r#"{"ownerName":"taylor"}"#), 400, "repoName is required"),
            5 => (post("/database", &valid.replace(&own.name, "-x y-")), 400, "is not valid"),
            6 => (post("/database", &valid.replace(&own.owner, "nobody")), 400, "does not have permission"),
            7 => (request("POST /database", &[JSON], valid.as_bytes()), 401, "Not authenticated"),
            8 => (request("GET /user", &["authorization: token wrong"], b""), 401, "Not authenticated"),
            9 => (request("POST /database", &[&token], valid.as_bytes()), 400, "content type"),
            10 => (get("/no/such/path/at/all"), 404, "nothing at this path"),
            11 => (request("DELETE /fork", &[&token], b""), 405, "can be used here"),
            12 => (get("/%ff%fe%00/..%2f/forks"), 400, NO_SUCH_REPOSITORY),
            13 => (post("/fork", &own.fork_body("nobody")), 400, "does not have permission"),
            _ => (post("/database", &" ".repeat(1_200_000)), 413, "is larger than"),
        };
        let response = self.exchange(&sent);
        assert_eq!(response.status, status, "{message}: {response:?}");
        assert!(response.message().contains(message), "{message}: {response:?}");
    }

    fn disconnect_before_the_response(&mut self) {
        let database = self.database();
        self.connection.send(&post("/database", &database.create_body("unconfirmed"))).unwrap();
        self.connection.disconnect();
        self.record.garbage += 1;
        self.record.unconfirmed.push(database);
    }

    fn send_garbage(&mut self) {
        let database = self.database();
        let garbage = garbage::any(&mut self.random, &database);
        self.record.garbage += 1;
        self.record.never_created.push(database);
        // On a new connection every other time.
        if self.random.bool() {
            self.connection.disconnect();
        }
        // The server may close the connection before everything is sent.
        let _ = self.connection.send(&garbage.bytes);
        if garbage.ending == Ending::ClientDisconnects {
            return self.connection.disconnect();
        }
        if garbage.ending == Ending::ResponseThenRefused {
            let response = self.connection.read_response().unwrap();
            assert_eq!((response.status, &response.json()["username"]), (200, &USER.into()));
        }
        let rest =
            self.connection.read_to_close().unwrap_or_else(|error| panic!("{}: {error}", garbage.name));
        let refused = rest.starts_with(b"HTTP/1.1 4") || rest.starts_with(b"HTTP/1.0 4");
        assert!(
            refused || (rest.is_empty() && garbage.ending == Ending::Closed),
            "{}: {}",
            garbage.name,
            String::from_utf8_lossy(&rest)
        );
    }
}

/// Checks the whole response to a fork that must be accepted, and returns the fork.
#[track_caller]
fn accepted(response: &Response, of: &Database, to: &str) -> Fork {
    let response = response.json();
    let operation = response["operation_name"].as_str().unwrap_or_else(|| panic!("{response}")).to_owned();
    let expected = json!({"status": "Success", "parent_owner": of.owner, "parent_database": of.name,
        "forked_owner": to, "operation_name": operation});
    assert_eq!(response, expected);
    Fork { operation, of: of.clone(), to: to.to_owned() }
}
