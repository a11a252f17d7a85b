//! One client of the crowd: it knows what every answer to it has to be.

use std::net::SocketAddr;

use dhub::emulator::USER;
use fastrand::Rng;
use serde_json::{Value, json};

use super::garbage::{self, Then};
use super::http::{Answer, Connection, JSON, authorization, get, get_anonymously, post, request};
use super::{Database, Fork, NO_SUCH, OWNERS, listed};

/// So many names and parents are fought over by all clients.
pub const CONTESTED: usize = 24;

/// A name that many want to create.
pub fn contested_name(number: usize) -> Database {
    Database { owner: "dolthub".to_owned(), name: format!("wanted-{number}"), private: false }
}

/// A database that is there from the start, and that many want to fork.
pub fn contested_parent(number: usize) -> Database {
    Database { owner: "dolthub".to_owned(), name: format!("parent-{number}"), private: false }
}

/// What a client was told, and so has to be true in the end.
#[derive(Default)]
pub struct Known {
    pub created: Vec<Database>,
    pub forks: Vec<Fork>,
    /// Creates whose answer nobody waited for.
    pub perhaps: Vec<Database>,
    /// Databases that were mentioned in garbage only.
    pub never: Vec<Database>,
    /// Well-formed requests that were answered.
    pub answered: usize,
    /// Everything else that was sent.
    pub garbage: usize,
}

struct Client {
    number: usize,
    random: Rng,
    connection: Connection,
    /// What nobody else creates or forks, and to whom it is forked.
    own: Vec<(Database, Vec<String>)>,
    named: usize,
    known: Known,
}

/// Does so many things, which depend on the client's number and on nothing else.
pub fn run(address: SocketAddr, number: usize, things: usize) -> Known {
    let mut client = Client {
        number,
        random: Rng::with_seed(number as u64),
        connection: Connection::to(address),
        own: Vec::new(),
        named: 0,
        known: Known::default(),
    };
    client.create();
    for _ in 1..things {
        match client.random.u8(0..20) {
            0..4 => client.create(),
            4..7 => client.fork(),
            7..9 => client.look(),
            9 => client.ask_for_operation(),
            10 => client.compete_for_name(),
            11 => client.compete_for_fork(),
            12..15 => client.be_refused(),
            15 => client.leave_before_the_answer(),
            _ => client.send_garbage(),
        }
    }
    client.known
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
    fn ask(&mut self, request: &[u8]) -> Answer {
        self.known.answered += 1;
        let answer = self.connection.ask(request);
        answer.unwrap_or_else(|error| panic!("{error}: no answer to {}", String::from_utf8_lossy(request)))
    }

    /// Asks, and checks the whole answer.
    #[track_caller]
    fn check(&mut self, request: &[u8], status: u16, expected: &Value) {
        let answer = self.ask(request);
        assert_eq!((answer.status, &answer.json()), (status, expected));
    }

    fn create(&mut self) {
        let database = self.database();
        let descriptions =
            ["", "plain", "ends a line\nand \"quotes\" \\ it", "\u{1f980} \u{202e}\0\u{7f}", "]}"];
        let description = descriptions[self.random.usize(..descriptions.len())];
        let body = database.create_body(description);
        let sent = match self.random.u8(0..4) {
            0 => {
                // As a client writes that does not know the length before.
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
                // In two pieces, with a pause of the network's between them.
                let whole = post("/database", &body);
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
        self.known.created.push(database.clone());
        self.own.push((database, Vec::new()));
    }

    fn fork(&mut self) {
        let own = self.one_of_own();
        let to = (*self.random.choice(&OWNERS).unwrap()).to_owned();
        let (of, forked) = self.own[own].clone();
        let answer = self.ask(&post("/fork", &of.fork_body(&to)));
        let refused = if to == of.owner {
            Some(format!("{}/{} already exists", of.owner, of.name))
        } else {
            forked.contains(&to).then(|| format!("{} has already been forked to {to}", of.name))
        };
        match refused {
            Some(message) => assert_eq!((answer.status, answer.message()), (400, message)),
            None => {
                self.own[own].1.push(to.clone());
                self.known.forks.push(accepted(&answer, &of, &to));
            }
        }
    }

    fn look(&mut self) {
        let own = self.one_of_own();
        let (database, forked) = self.own[own].clone();
        if self.random.bool() && database.private {
            let expected = json!({"status": "Error", "message": NO_SUCH,
                "database_owner": database.owner, "database_name": database.name});
            return self.check(&get_anonymously(&database.path()), 400, &expected);
        }
        let answer = self.ask(&get(&database.path()));
        let there: Vec<String> = answer.json()["forks"]
            .as_array()
            .unwrap()
            .iter()
            .map(|fork| fork["database_owner"].as_str().unwrap().to_owned())
            .collect();
        // They come to be in the order in which they were accepted.
        assert!(forked.starts_with(&there), "{there:?} of {forked:?}");
        let there: Vec<&str> = there.iter().map(String::as_str).collect();
        assert_eq!((answer.status, answer.json()), (200, listed(&database.owner, &database, &there)));
    }

    fn ask_for_operation(&mut self) {
        let fork = if self.known.forks.is_empty() {
            let of = self.own[0].0.clone();
            Fork { operation: "operations/none".to_owned(), of, to: String::new() }
        } else {
            self.known.forks[self.random.usize(..self.known.forks.len())].clone()
        };
        let answer = self.ask(&get(&fork.path()));
        if fork.to.is_empty() {
            assert_eq!((answer.status, answer.message().as_str()), (400, "operation not found"));
        } else if answer.json()["done"] == true {
            assert_eq!(answer.json()["database_owner"], fork.to, "{fork:?}");
            assert_eq!(answer.json()["database_name"], fork.of.name, "{fork:?}");
        } else {
            assert_eq!((answer.status, answer.message()), (200, String::new()));
        }
    }

    fn compete_for_name(&mut self) {
        let database = contested_name(self.random.usize(..CONTESTED));
        let answer = self.ask(&post("/database", &database.create_body("")));
        if answer.status == 200 {
            self.known.created.push(database);
        } else {
            let expected = format!("{}/{} already exists", database.owner, database.name);
            assert_eq!((answer.status, answer.message()), (400, expected));
        }
    }

    fn compete_for_fork(&mut self) {
        let of = contested_parent(self.random.usize(..CONTESTED));
        let answer = self.ask(&post("/fork", &of.fork_body(USER)));
        if answer.status == 200 {
            let fork = accepted(&answer, &of, USER);
            self.known.forks.push(fork);
        } else {
            let expected = format!("{} has already been forked to {USER}", of.name);
            assert_eq!((answer.status, answer.message()), (400, expected));
        }
    }

    /// Requests that are well-formed, and have to be refused in these words.
    fn be_refused(&mut self) {
        let own = self.own[0].0.clone();
        let good = own.create_body("");
        let token = authorization();
        let bytes = |start: &str, headers: &[&str], body: &[u8]| request(start, headers, body);
        let deep = "[".repeat(20_000);
        let (sent, status, words) = match self.random.u8(0..15) {
            0 => (post("/database", &good), 400, "already exists"),
            1 => (post("/database", &good[1..]), 400, "not valid JSON"),
            2 => (post("/database", &deep), 400, "not valid JSON"),
            3 => (
                bytes("POST /database", &[&token, JSON], b"{\"ownerName\":\"\xff\xfe\"}"),
                400,
                "not valid JSON",
            ),
            4 => (post("/database", r#"{"ownerName":"taylor"}"#), 400, "repoName is required"),
            5 => (post("/database", &good.replace(&own.name, "-x y-")), 400, "is not valid"),
            6 => (post("/database", &good.replace(&own.owner, "nobody")), 400, "does not have permission"),
            7 => (bytes("POST /database", &[JSON], good.as_bytes()), 401, "Not authenticated"),
            8 => (bytes("GET /user", &["authorization: token wrong"], b""), 401, "Not authenticated"),
            9 => (bytes("POST /database", &[&token], good.as_bytes()), 400, "content type"),
            10 => (get("/no/such/path/at/all"), 404, "nothing at this path"),
            11 => (bytes("DELETE /fork", &[&token], b""), 405, "can be used here"),
            12 => (get("/%ff%fe%00/..%2f/forks"), 400, NO_SUCH),
            13 => (post("/fork", &own.fork_body("nobody")), 400, "does not have permission"),
            _ => (post("/database", &" ".repeat(1_200_000)), 413, "is larger than"),
        };
        let answer = self.ask(&sent);
        assert_eq!(answer.status, status, "{words}: {answer:?}");
        assert!(answer.message().contains(words), "{words}: {answer:?}");
    }

    fn leave_before_the_answer(&mut self) {
        let database = self.database();
        // Not to go away with an answer before it.
        self.connection.send(&post("/database", &database.create_body("perhaps"))).unwrap();
        self.connection.drop();
        self.known.garbage += 1;
        self.known.perhaps.push(database);
    }

    fn send_garbage(&mut self) {
        let database = self.database();
        let garbage = garbage::any(&mut self.random, &database);
        self.known.garbage += 1;
        self.known.never.push(database);
        // On a connection of its own every other time.
        if self.random.bool() {
            self.connection.drop();
        }
        // The server may have had enough before everything is sent.
        let _ = self.connection.send(&garbage.bytes);
        if garbage.then == Then::Leave {
            return self.connection.drop();
        }
        if garbage.then == Then::Answered {
            let answer = self.connection.answer().unwrap();
            assert_eq!((answer.status, &answer.json()["username"]), (200, &USER.into()));
        }
        let rest = self.connection.rest().unwrap_or_else(|error| panic!("{}: {error}", garbage.what));
        let refused = rest.starts_with(b"HTTP/1.1 4") || rest.starts_with(b"HTTP/1.0 4");
        assert!(
            refused || (rest.is_empty() && garbage.then == Then::Closed),
            "{}: {}",
            garbage.what,
            String::from_utf8_lossy(&rest)
        );
    }
}

/// The fork that was accepted; the whole answer is checked.
#[track_caller]
fn accepted(answer: &Answer, of: &Database, to: &str) -> Fork {
    let answer = answer.json();
    let operation = answer["operation_name"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned();
    let expected = json!({"status": "Success", "parent_owner": of.owner, "parent_database": of.name,
        "forked_owner": to, "operation_name": operation});
    assert_eq!(answer, expected);
    Fork { operation, of: of.clone(), to: to.to_owned() }
}
