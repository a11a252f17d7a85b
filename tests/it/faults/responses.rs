//! The faulty responses.

use std::time::{Duration, SystemTime};

use crate::support::faulty_server::{Act, Exchange};
use crate::support::responses::OPERATION;

pub const CREATED: &str =
    r#"{"status":"Success","repository_owner":"dolthub","repository_name":"x","visibility":"public"}"#;
pub const PENDING: &str = r#"{"status":"Success","done":false,"operation_name":"operations/jobs/x","database_owner":"","database_name":""}"#;
pub const DONE: &str = r#"{"status":"Success","done":true,"operation_name":"operations/jobs/x","database_owner":"taylor","database_name":"x"}"#;

/// The response to a fork of `dolthub/x` to `taylor`.
pub fn accepted() -> String {
    format!(
        r#"{{"status":"Success","parent_owner":"dolthub","parent_database":"x","forked_owner":"taylor","operation_name":"{OPERATION}"}}"#
    )
}

/// The fork list of a database, which is itself one of `parent`, if that is not empty.
pub fn forks_of(database: &str, parent: &str, members: &[&str]) -> String {
    let halves = |name: &str| {
        let (owner, name) = name.split_once('/').unwrap_or_default();
        (owner.to_owned(), name.to_owned())
    };
    let members: Vec<_> = members
        .iter()
        .map(|member| serde_json::json!({"database_owner": halves(member).0, "database_name": halves(member).1}))
        .collect();
    serde_json::json!({
        "status": "Success", "database_owner": halves(database).0, "database_name": halves(database).1,
        "forks": members, "parent_owner": halves(parent).0, "parent_database_name": halves(parent).1,
        "network_root_owner": "dolthub", "network_root_database_name": "x", "fork_network_count": members.len(),
    })
    .to_string()
}

/// A response with a Content-Length, so that the connection can be kept alive.
fn http(status: u16, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status} Whatever\r\n{headers}content-length: {length}\r\n\r\n{body}").into_bytes()
}

pub const JSON: &str = "content-type: application/json\r\n";
const HTML: &str = "content-type: text/html; charset=utf-8\r\n";

/// Reads the request and sends these bytes.
pub fn bytes(bytes: impl Into<Vec<u8>>) -> Exchange {
    vec![Act::ReadRequest, Act::Send(bytes.into())]
}

/// Reads the request, sends these bytes, and closes.
pub fn last_bytes(said: impl Into<Vec<u8>>) -> Exchange {
    [bytes(said), vec![Act::Close]].concat()
}

pub fn json(status: u16, body: &str) -> Exchange {
    full(status, JSON, body)
}

/// A response with these header lines.
pub fn full(status: u16, headers: &str, body: &str) -> Exchange {
    bytes(http(status, headers, body))
}

pub fn refusal(status: u16, message: &str) -> Exchange {
    json(status, &format!(r#"{{"status":"Error","message":"{message}"}}"#))
}

/// Two responses to one request, in one write. Sent any later, the second would be the response to the next request.
pub fn two_responses(first: &str, second: &str) -> Exchange {
    bytes([first, second].map(|body| http(200, JSON, body)).concat())
}

/// A page in HTML, such as a gateway's.
pub fn html(status: u16, title: &str) -> Exchange {
    full(
        status,
        HTML,
        &format!("<html><head><title>{title}</title></head><body><h1>Oh no</h1></body></html>"),
    )
}

/// Throttling that asks for a pause in seconds or until a date.
pub fn throttled(status: u16, retry_after: &str) -> Exchange {
    full(status, &format!("retry-after: {retry_after}\r\n"), "slow down")
}

/// Throttling until three seconds from then.
pub fn throttled_until_a_date() -> Exchange {
    fn response() -> Vec<u8> {
        let date = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(3));
        http(429, &format!("retry-after: {date}\r\n"), "slow down")
    }
    vec![Act::ReadRequest, Act::SendWith(response)]
}

pub fn not_found() -> Exchange {
    refusal(400, "no such repository")
}

/// The fork list of an existing database, which is a fork of `parent`, if that is not empty.
pub fn exists(database: &str, parent: &str) -> Exchange {
    json(200, &forks_of(database, parent, &[]))
}

/// Closes the connection after reading the request.
pub fn closed() -> Exchange {
    last_bytes("")
}

/// Resets the connection once the whole request has arrived.
pub fn reset() -> Exchange {
    vec![Act::AwaitRequest, Act::Close]
}

/// Resets the connection as soon as the head of the request has arrived.
pub fn reset_while_sending() -> Exchange {
    vec![Act::Close]
}

/// Reads the request and never responds.
pub fn silence() -> Exchange {
    vec![Act::ReadRequest, Act::Hang]
}

/// Shuts down the write half, and waits for the client to close.
pub fn half_closed(said: &str) -> Exchange {
    [bytes(said), vec![Act::HalfClose]].concat()
}

/// Sends a valid head and never the end of the body.
pub fn endless_drip(status: u16) -> Exchange {
    let head = format!("HTTP/1.1 {status} Whatever\r\n{JSON}content-length: 4000\r\n\r\n{{");
    vec![
        Act::ReadRequest,
        Act::Send(head.into_bytes()),
        Act::Drip(vec![b' '; 3000], Duration::from_millis(20)),
    ]
}

/// Sends a header one byte at a time, for longer than any time limit.
pub fn dripping_header() -> Exchange {
    let head = format!("HTTP/1.1 200 OK\r\nx-drip: {}", "a".repeat(3000));
    vec![Act::ReadRequest, Act::Drip(head.into_bytes(), Duration::from_millis(20))]
}

/// Sends half of the announced body.
pub fn cut_body(status: u16) -> Exchange {
    last_bytes(format!(
        "HTTP/1.1 {status} Whatever\r\n{JSON}content-length: 999\r\n\r\n{{\"status\":\"Success\""
    ))
}

pub fn cut_header() -> Exchange {
    last_bytes("HTTP/1.1 200 OK\r\ncontent-")
}

pub fn chunked(chunks: &str) -> Exchange {
    last_bytes(format!("HTTP/1.1 200 OK\r\n{JSON}transfer-encoding: chunked\r\n\r\n{chunks}"))
}

/// Announces no length, and sends white space until the client closes.
pub fn flood(start: &str) -> Exchange {
    let head = format!("HTTP/1.1 200 OK\r\n{JSON}\r\n{start}");
    const MOST: u64 = 512 * 1024 * 1024;
    vec![Act::ReadRequest, Act::Send(head.into_bytes()), Act::Flood(vec![b' '; 64 * 1024], MOST), Act::Close]
}

/// One header that is far too long.
pub fn long_header() -> Exchange {
    last_bytes(format!("HTTP/1.1 200 OK\r\nx-long: {}\r\n\r\n{{}}", "a".repeat(1024 * 1024)))
}

pub fn many_headers() -> Exchange {
    last_bytes(format!("HTTP/1.1 200 OK\r\n{}\r\n{{}}", "x-one-more: a\r\n".repeat(1_000)))
}

/// Informational responses until the client closes, and never a final one.
pub fn informational_flood() -> Exchange {
    let flood = (0..3_000).flat_map(|_| {
        [
            Act::Send(b"HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n".repeat(10)),
            Act::Pause(Duration::from_millis(5)),
        ]
    });
    [Act::ReadRequest].into_iter().chain(flood).collect()
}

/// JSON nested this deeply.
pub fn deep(levels: usize) -> String {
    format!("{}{}", "[".repeat(levels), "]".repeat(levels))
}

/// Claims `Content-Encoding: gzip` for a body that is not compressed.
pub fn gzipped() -> Exchange {
    full(200, &format!("{JSON}content-encoding: gzip\r\n"), "\u{1f}\u{8b}\u{8}\0\0\0")
}
