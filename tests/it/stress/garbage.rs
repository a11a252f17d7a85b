//! What no client should send, and where it leads.

use super::Database;
use super::http::{JSON, authorization, get, head, post, request};
use fastrand::Rng;

/// Bytes to send that are no request, or only half of one.
pub struct Garbage {
    pub what: &'static str,
    pub bytes: Vec<u8>,
    pub then: Then,
}

/// What happens to the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// The client goes away without a look at the answer.
    Leave,
    /// The client sends no more; whatever the server says is a refusal, and it closes.
    Refused,
    /// The same, but first comes a right answer to `GET /user`.
    Answered,
    /// The client sends no more; the server may say nothing, or refuse (which is lost where it does not read all that
    /// comes), and closes.
    Closed,
}

/// Some garbage. `database` may be mentioned in it and is never created by it.
pub fn any(random: &mut Rng, database: &Database) -> Garbage {
    let create = post("/database", &database.create_body(""));
    let body = database.create_body("");
    let token = authorization();
    let cut =
        |random: &mut Rng, bytes: &[u8], least: usize| bytes[..random.usize(least..bytes.len())].to_vec();
    let (what, bytes, then) = match random.u8(0..14) {
        0 => ("random bytes", (0..random.usize(1..3_000)).map(|_| random.u8(..)).collect(), Then::Closed),
        1 => ("half a head", cut(random, &get("/user"), 1), Then::Closed),
        2 => ("half a body", cut(random, &create, create.len() - body.len()), Then::Refused),
        3 => ("half a body, dropped", cut(random, &create, create.len() - body.len()), Then::Leave),
        4 => {
            let huge = format!("x-huge: {}", "x".repeat(random.usize(500_000..600_000)));
            ("a huge header", head("GET /user", &[&huge]), Then::Closed)
        }
        5 => {
            let many: Vec<String> = (0..random.usize(200..2_000)).map(|n| format!("x-{n}: x")).collect();
            let many: Vec<&str> = many.iter().map(String::as_str).collect();
            ("too many headers", head("GET /user", &many), Then::Closed)
        }
        6 => {
            let wrong = ["-1", "1e3", "0x10", "99999999999999999999999", "", "12, 13", "two"];
            let length = format!("content-length: {}", random.choice(wrong).unwrap());
            let head = head("POST /database", &[&token, JSON, &length]);
            ("no length", [&head[..], body.as_bytes()].concat(), Then::Refused)
        }
        7 => {
            let lengths = ["content-length: 5", "content-length: 500"];
            let head = head("POST /database", &[&[&token[..], JSON], &lengths[..]].concat());
            ("two lengths", [&head[..], body.as_bytes()].concat(), Then::Refused)
        }
        8 => {
            let length = format!("content-length: {}", random.usize(1..body.len()));
            let head = head("POST /database", &[&token, JSON, &length]);
            ("more than its length", [&head[..], body.as_bytes(), b"\r\n\r\n"].concat(), Then::Refused)
        }
        9 => {
            let chunks =
                ["zz\r\n{}\r\n", "5\r\n{}\r\n0\r\n\r\n", "fffffffffffffffff\r\n", "-1\r\n\r\n", "2\r\n{}"];
            let head = head("POST /database", &[&token, JSON, "transfer-encoding: chunked"]);
            let chunks = random.choice(chunks).unwrap();
            ("no chunks", [&head[..], chunks.as_bytes()].concat(), Then::Refused)
        }
        10 => {
            let mut path = get("/user");
            path.splice(4..5, [b'/', 0xff, 0xc3, 0x28]);
            ("a path that is no UTF-8", path, Then::Closed)
        }
        11 => {
            let starts: [&[u8]; 4] = [
                b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
                b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                b"GET / HTTP/9.9\r\n\r\n",
                b"SSH-2.0-OpenSSH\r\n",
            ];
            ("another protocol", random.choice(starts).unwrap().to_vec(), Then::Closed)
        }
        12 => {
            let noise: Vec<u8> = (0..200).map(|_| random.u8(0x80..)).collect();
            ("garbage behind a request", [get("/user"), noise, b"\r\n\r\n".to_vec()].concat(), Then::Answered)
        }
        _ => {
            let body = vec![b' '; random.usize(1_100_000..1_200_000)];
            ("a large body, dropped", request("POST /database", &[&token, JSON], &body), Then::Leave)
        }
    };
    Garbage { what, bytes, then }
}
