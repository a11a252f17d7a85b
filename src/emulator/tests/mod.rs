//! The emulator over a real socket, asked by a client that shares nothing with it.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;

use super::{Emulator, Options, TOKEN};

mod contract;
mod refusals;
mod restart;
mod trouble;

/// An answer, taken apart.
#[derive(Debug)]
struct Reply {
    status: u16,
    head: String,
    body: String,
}

impl Reply {
    fn json(&self) -> Value {
        assert!(self.head.contains("content-type: application/json\r\n"), "{self:?}");
        serde_json::from_str(&self.body).unwrap()
    }

    fn message(&self) -> String {
        let json = self.json();
        assert_eq!(json["status"], "Error");
        json["message"].as_str().unwrap().to_owned()
    }
}

fn start() -> Emulator {
    start_with(Options::default())
}

fn start_with(options: Options) -> Emulator {
    Emulator::start(options).unwrap()
}

/// Sends bytes as they are and reads until the connection is closed.
fn exchange(emulator: &Emulator, bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(emulator.address())?;
    stream.set_read_timeout(Some(Duration::from_secs(4)))?;
    stream.write_all(bytes)?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    Ok(answer)
}

/// Sends a request to a path below `/api/v1alpha1`.
fn send(emulator: &Emulator, start: &str, headers: &[&str], body: &[u8]) -> io::Result<Reply> {
    let (method, path) = start.split_once(' ').unwrap();
    let mut request = format!("{method} /api/v1alpha1{path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n");
    for header in headers {
        request += &format!("{header}\r\n");
    }
    request += &format!("content-length: {}\r\n\r\n", body.len());
    let answer = exchange(emulator, &[request.as_bytes(), body].concat())?;
    let answer = String::from_utf8(answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").expect(&answer);
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Ok(Reply { status, head: format!("{head}\r\n"), body: body.to_owned() })
}

fn token() -> String {
    format!("authorization: token {TOKEN}")
}

/// A GET with the token.
fn get(emulator: &Emulator, path: &str) -> Reply {
    send(emulator, &format!("GET {path}"), &[&token()], b"").unwrap()
}

/// A GET without a token.
fn get_anonymously(emulator: &Emulator, path: &str) -> Reply {
    send(emulator, &format!("GET {path}"), &[], b"").unwrap()
}

/// A POST of JSON with the token.
fn post(emulator: &Emulator, path: &str, body: &str) -> Reply {
    try_post(emulator, path, body).unwrap()
}

fn try_post(emulator: &Emulator, path: &str, body: &str) -> io::Result<Reply> {
    let headers = [&token()[..], "content-type: application/json"];
    send(emulator, &format!("POST {path}"), &headers, body.as_bytes())
}

/// Creates a public database.
fn create(emulator: &Emulator, owner: &str, name: &str) {
    let body = format!(r#"{{"ownerName":"{owner}","repoName":"{name}","visibility":"public"}}"#);
    assert_eq!(post(emulator, "/database", &body).status, 200);
}

/// Starts a fork into taylor's namespace; its operation.
fn fork(emulator: &Emulator, owner: &str, name: &str) -> String {
    let body = format!(r#"{{"parentOwnerName":"{owner}","parentDatabaseName":"{name}"}}"#);
    let reply = post(emulator, "/fork", &body);
    assert_eq!(reply.status, 200, "{reply:?}");
    reply.json()["operation_name"].as_str().unwrap().to_owned()
}

/// Asks for an operation.
fn operation(emulator: &Emulator, operation: &str) -> Reply {
    get(emulator, &format!("/fork?operationName={}", operation.replace('/', "%2F")))
}

/// Asks for an operation until it is done.
fn wait(emulator: &Emulator, name: &str) -> Value {
    for _ in 0..200 {
        let answer = operation(emulator, name).json();
        if answer["done"] == true {
            return answer;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    panic!("{name} does not end");
}
