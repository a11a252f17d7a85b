//! The v2 API over a real socket.

use serde_json::json;

use super::*;

mod contract;
mod lists;
mod refusals;
mod robustness;
mod versions;

const TYPE: &str = "https://dolthub.com/docs/products/dolthub/api/v2/models/#model-errorcode";

impl Response {
    /// The value of a header, if there is one.
    fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.split("\r\n").filter_map(|line| line.split_once(": "));
        lines.find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// What is in the envelope.
    #[track_caller]
    fn data(&self) -> Value {
        let json = self.json();
        self.assert_identified();
        let members: Vec<_> = json.as_object().unwrap().keys().map(String::as_str).collect();
        assert!(matches!(members[..], ["data"] | ["data", "meta"]), "{self:?}");
        json["data"].clone()
    }

    /// The token of the next page, and the page.
    #[track_caller]
    fn page(&self) -> (Option<String>, Vec<Value>) {
        assert_eq!(self.status, 200, "{self:?}");
        let token =
            self.json()["meta"].get("next_page_token").map(|token| token.as_str().unwrap().to_owned());
        (token, self.data().as_array().unwrap().clone())
    }

    /// The code and detail of a problem, whose other members are checked.
    #[track_caller]
    fn problem(&self) -> (u16, String, String) {
        assert_eq!(self.header("content-type"), Some("application/problem+json"), "{self:?}");
        let json: Value = serde_json::from_str(&self.body).unwrap();
        assert_eq!((&json["type"], &json["status"]), (&json!(TYPE), &json!(self.status)), "{self:?}");
        assert!(json["title"].as_str().is_some_and(|title| !title.is_empty()), "{self:?}");
        assert_eq!(json["request_id"].as_str(), self.header("x-request-id"), "{self:?}");
        self.assert_identified();
        let text = |member: &str| json[member].as_str().unwrap().to_owned();
        (self.status, text("code"), text("detail"))
    }

    #[track_caller]
    fn assert_identified(&self) {
        let id = self.header("x-request-id").expect("a request id");
        assert!(!id.is_empty() && id.bytes().all(|byte| byte.is_ascii_graphic()), "{id:?}");
    }
}

fn bearer() -> String {
    format!("authorization: Bearer {TOKEN}")
}

/// A request with these headers; `target` is a method and a path below `/api/v2`.
fn call(emulator: &Emulator, target: &str, headers: &[&str], body: &str) -> Response {
    let (method, path) = target.split_once(' ').unwrap();
    send_to(emulator, &format!("{method} /api/v2{path}"), headers, body.as_bytes()).unwrap()
}

/// A GET with the token.
fn read(emulator: &Emulator, path: &str) -> Response {
    call(emulator, &format!("GET {path}"), &[&bearer()], "")
}

/// A GET without a token.
fn read_anonymously(emulator: &Emulator, path: &str) -> Response {
    call(emulator, &format!("GET {path}"), &[], "")
}

/// A POST of JSON with the token.
fn write(emulator: &Emulator, path: &str, body: &Value) -> Response {
    let headers = [&bearer()[..], "content-type: application/json"];
    call(emulator, &format!("POST {path}"), &headers, &body.to_string())
}

fn create_database(emulator: &Emulator, owner: &str, name: &str, visibility: &str) -> Response {
    write(emulator, "/databases", &json!({"owner": owner, "name": name, "visibility": visibility}))
}

/// Requests a fork of `parent`, as `owner/name`, into a namespace.
fn fork_into(emulator: &Emulator, parent: &str, owner: &str) -> Response {
    write(emulator, &format!("/databases/{parent}/forks"), &json!({"owner": owner}))
}

/// Starts a fork, and returns the id of its operation.
fn start_fork(emulator: &Emulator, parent: &str, owner: &str) -> String {
    let response = fork_into(emulator, parent, owner);
    assert_eq!(response.status, 202, "{response:?}");
    response.data()["id"].as_str().unwrap().to_owned()
}

/// Polls an operation once.
fn poll(emulator: &Emulator, id: &str) -> Value {
    let response = read(emulator, &format!("/operations/{}", id.replace('/', "%2F")));
    assert_eq!(response.status, 200, "{response:?}");
    response.data()
}

/// Polls an operation until it has ended, and returns the statuses and the last response.
fn poll_until_ended(emulator: &Emulator, id: &str) -> (Vec<String>, Value) {
    let mut statuses = Vec::new();
    for _ in 0..200 {
        let operation = poll(emulator, id);
        statuses.push(operation["status"].as_str().unwrap().to_owned());
        if operation.get("result").is_some() || operation.get("error").is_some() {
            return (statuses, operation);
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    panic!("{id} does not end: {statuses:?}");
}

/// An emulator whose forks are done at once, with this many in the museum network.
fn start_quick(network: usize) -> Emulator {
    start_with(Options { fork_delay: Duration::ZERO, network, ..Options::default() })
}
