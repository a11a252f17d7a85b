//! Invalid requests, and what must happen to a connection that sends one.

use super::Database;
use super::http::{JSON, authorization, get, head, post, request};
use fastrand::Rng;

/// Bytes that are not a request, or only part of one.
pub struct Garbage {
    pub name: &'static str,
    pub bytes: Vec<u8>,
    pub ending: Ending,
}

/// How the connection ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The client disconnects without reading a response.
    ClientDisconnects,
    /// The server refuses the request and closes the connection.
    Refused,
    /// The same, after a valid response to `GET /user`.
    ResponseThenRefused,
    /// The server closes the connection, with or without a refusal: the refusal is lost if the server does not read
    /// everything that was sent.
    Closed,
}

/// Random garbage. It may name `database`, but must not create it.
pub fn any(random: &mut Rng, database: &Database) -> Garbage {
    let create = post("/database", &database.create_body(""));
    let body = database.create_body("");
    let token = authorization();
    let truncate =
        |random: &mut Rng, bytes: &[u8], least: usize| bytes[..random.usize(least..bytes.len())].to_vec();
    let (name, bytes, ending) = match random.u8(0..14) {
        0 => ("random bytes", (0..random.usize(1..3_000)).map(|_| random.u8(..)).collect(), Ending::Closed),
        1 => ("a truncated head", truncate(random, &get("/user"), 1), Ending::Closed),
        2 => ("a truncated body", truncate(random, &create, create.len() - body.len()), Ending::Refused),
        3 => (
            "a truncated body, then a disconnect",
            truncate(random, &create, create.len() - body.len()),
            Ending::ClientDisconnects,
        ),
        4 => {
            let huge = format!("x-huge: {}", "x".repeat(random.usize(500_000..600_000)));
            ("a huge header", head("GET /user", &[&huge]), Ending::Closed)
        }
        5 => {
            let many: Vec<String> = (0..random.usize(200..2_000)).map(|n| format!("x-{n}: x")).collect();
            let many: Vec<&str> = many.iter().map(String::as_str).collect();
            ("too many headers", head("GET /user", &many), Ending::Closed)
        }
        6 => {
            let wrong = ["-1", "1e3", "0x10", "99999999999999999999999", "", "12, 13", "two"];
            let length = format!("content-length: {}", random.choice(wrong).unwrap());
            let head = head("POST /database", &[&token, JSON, &length]);
            ("an invalid length", [&head[..], body.as_bytes()].concat(), Ending::Refused)
        }
        7 => {
            let lengths = ["content-length: 5", "content-length: 500"];
            let head = head("POST /database", &[&[&token[..], JSON], &lengths[..]].concat());
            ("two lengths", [&head[..], body.as_bytes()].concat(), Ending::Refused)
        }
        8 => {
            let length = format!("content-length: {}", random.usize(1..body.len()));
            let head = head("POST /database", &[&token, JSON, &length]);
            (
                "a body longer than its length",
                [&head[..], body.as_bytes(), b"\r\n\r\n"].concat(),
                Ending::Refused,
            )
        }
        9 => {
            let chunks =
                ["zz\r\n{}\r\n", "5\r\n{}\r\n0\r\n\r\n", "fffffffffffffffff\r\n", "-1\r\n\r\n", "2\r\n{}"];
            let head = head("POST /database", &[&token, JSON, "transfer-encoding: chunked"]);
            let chunks = random.choice(chunks).unwrap();
            ("invalid chunks", [&head[..], chunks.as_bytes()].concat(), Ending::Refused)
        }
        10 => {
            let mut path = get("/user");
            path.splice(4..5, [b'/', 0xff, 0xc3, 0x28]);
            ("a path that is not UTF-8", path, Ending::Closed)
        }
        11 => {
            let starts: [&[u8]; 4] = [
                b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
                b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                b"GET / HTTP/9.9\r\n\r\n",
                b"SSH-2.0-OpenSSH\r\n",
            ];
            ("another protocol", random.choice(starts).unwrap().to_vec(), Ending::Closed)
        }
        12 => {
            let noise: Vec<u8> = (0..200).map(|_| random.u8(0x80..)).collect();
            (
                "garbage after a request",
                [get("/user"), noise, b"\r\n\r\n".to_vec()].concat(),
                Ending::ResponseThenRefused,
            )
        }
        _ => {
            let body = vec![b' '; random.usize(1_100_000..1_200_000)];
            (
                "a large body, then a disconnect",
                request("POST /database", &[&token, JSON], &body),
                Ending::ClientDisconnects,
            )
        }
    };
    Garbage { name, bytes, ending }
}
