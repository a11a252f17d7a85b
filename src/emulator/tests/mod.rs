//! The emulator over a real socket, with a client that shares no code with it.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;

use super::{Emulator, Options, TOKEN};

mod contract;
mod hosts;
mod refusals;
mod restart;
mod robustness;
mod v2;

/// A parsed HTTP response.
#[derive(Debug)]
struct Response {
    status: u16,
    head: String,
    body: String,
}

impl Response {
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

/// Sends bytes and reads until the connection is closed.
fn exchange(emulator: &Emulator, bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(emulator.address())?;
    stream.set_read_timeout(Some(Duration::from_secs(4)))?;
    stream.write_all(&at_host(emulator, bytes))?;
    let mut received = Vec::new();
    stream.read_to_end(&mut received)?;
    Ok(received)
}

/// The bytes with the emulator's own host wherever they name the host `x`.
fn at_host(emulator: &Emulator, bytes: &[u8]) -> Vec<u8> {
    const HOST: &[u8] = b"host: x\r\n";
    let mut at_host = Vec::new();
    let mut rest = bytes;
    while let Some(start) = rest.windows(HOST.len()).position(|window| window == HOST) {
        at_host.extend_from_slice(&rest[..start]);
        at_host.extend_from_slice(format!("host: {}\r\n", emulator.address()).as_bytes());
        rest = &rest[start + HOST.len()..];
    }
    [&at_host, rest].concat()
}

/// Sends a request; `target` is a method and a path below `/api/v1alpha1`.
fn send(emulator: &Emulator, target: &str, headers: &[&str], body: &[u8]) -> io::Result<Response> {
    let (method, path) = target.split_once(' ').unwrap();
    send_to(emulator, &format!("{method} /api/v1alpha1{path}"), headers, body)
}

/// Sends a request; `target` is a method and a path.
fn send_to(emulator: &Emulator, target: &str, headers: &[&str], body: &[u8]) -> io::Result<Response> {
    let mut request = format!("{target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n");
    for header in headers {
        request += &format!("{header}\r\n");
    }
    request += &format!("content-length: {}\r\n\r\n", body.len());
    let received = exchange(emulator, &[request.as_bytes(), body].concat())?;
    let received = String::from_utf8(received).unwrap();
    let (head, body) = received.split_once("\r\n\r\n").expect(&received);
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Ok(Response { status, head: format!("{head}\r\n"), body: body.to_owned() })
}

fn token() -> String {
    format!("authorization: token {TOKEN}")
}

/// A GET with the token.
fn get(emulator: &Emulator, path: &str) -> Response {
    send(emulator, &format!("GET {path}"), &[&token()], b"").unwrap()
}

/// A GET without a token.
fn get_anonymously(emulator: &Emulator, path: &str) -> Response {
    send(emulator, &format!("GET {path}"), &[], b"").unwrap()
}

/// A POST of JSON with the token.
fn post(emulator: &Emulator, path: &str, body: &str) -> Response {
    try_post(emulator, path, body).unwrap()
}

fn try_post(emulator: &Emulator, path: &str, body: &str) -> io::Result<Response> {
    let headers = [&token()[..], "content-type: application/json"];
    send(emulator, &format!("POST {path}"), &headers, body.as_bytes())
}

/// Creates a public database.
fn create(emulator: &Emulator, owner: &str, name: &str) {
    let body = format!(r#"{{"ownerName":"{owner}","repoName":"{name}","visibility":"public"}}"#);
    assert_eq!(post(emulator, "/database", &body).status, 200);
}

/// Starts a fork into taylor's namespace, and returns the name of its operation.
fn fork(emulator: &Emulator, owner: &str, name: &str) -> String {
    let body = format!(r#"{{"parentOwnerName":"{owner}","parentDatabaseName":"{name}"}}"#);
    let response = post(emulator, "/fork", &body);
    assert_eq!(response.status, 200, "{response:?}");
    response.json()["operation_name"].as_str().unwrap().to_owned()
}

/// Polls an operation once.
fn operation(emulator: &Emulator, operation: &str) -> Response {
    get(emulator, &format!("/fork?operationName={}", operation.replace('/', "%2F")))
}

/// Polls an operation until it is done, and returns the last response.
fn poll_until_done(emulator: &Emulator, name: &str) -> Value {
    for _ in 0..200 {
        let response = operation(emulator, name).json();
        if response["done"] == true {
            return response;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    panic!("{name} is never done");
}
