//! A wait survives transient failures, and ends on lasting ones.

mod endings;
mod rhythm;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::thread;
use std::time::Duration;

use crate::support::fork_service::{DONE, ForkService, OPERATION, PENDING};
use crate::support::side_by_side;
use crate::support::{Reply, Run, Sandbox};

const FORK: &str = "db fork dolthub/museum-collections --owner taylor --wait";
const FORK_STATUS: &str = "db fork-status operations/b09a9221-9dcb-4a15-9ca8-a64656946f12 --wait";
/// Both ways to wait.
const WAYS: [&str; 2] = [FORK, FORK_STATUS];

fn done() -> Reply {
    Reply::Json(200, DONE.to_owned())
}

fn pending() -> Reply {
    Reply::Json(200, PENDING.to_owned())
}

fn json(status: u16, body: &str) -> Reply {
    Reply::Json(status, body.to_owned())
}

/// A temporary refusal, with a `Retry-After` header.
fn throttled(status: u16, retry_after: &str) -> Reply {
    let header = format!("retry-after: {retry_after}\r\n");
    Reply::Full(status, header, "application/json", r#"{"status":"Error","message":"slow down"}"#.to_owned())
}

/// Invalid responses, each named.
fn invalid() -> [(&'static str, Reply); 7] {
    [
        ("a page", Reply::html(200, "<!doctype html><h1>Welcome</h1>")),
        ("a page that is not there", Reply::html(404, "<h1>Not Found</h1>")),
        ("nothing", json(200, "")),
        ("half an answer", json(200, &DONE[..DONE.len() / 2])),
        ("JSON of another shape", json(200, r#"{"hello":["world"]}"#)),
        ("a list", json(200, &format!("[{DONE}]"))),
        ("wrong types", json(200, r#"{"status":"Success","done":"yes","operation_name":7}"#)),
    ]
}

/// Every case with both ways to wait.
fn both_ways<T: Clone + Send>(
    cases: impl IntoIterator<Item = (&'static str, T)>,
    check: impl Fn(&str, &str, T) + Sync,
) {
    let cases = cases.into_iter().flat_map(|(name, case)| WAYS.map(|way| (way, name, case.clone())));
    side_by_side(cases, |(way, name, case)| check(way, name, case));
}

/// Whatever ends a wait early, the resume command is printed.
#[track_caller]
fn assert_can_be_resumed(run: &Run, name: &str) {
    let resume = format!("dhub db fork-status --wait {OPERATION}");
    assert!(run.err.contains(&resume), "{name}: {run:?}");
}

/// An accepted fork of unknown outcome: one pending document.
#[track_caller]
fn assert_pending_document(run: &Run, name: &str) {
    let document = run.document();
    assert_eq!(document["operation"], OPERATION, "{name}");
    assert_eq!(document["state"], "pending", "{name}");
    assert!(document["fork"].is_null(), "{name}: {document}");
}

#[test]
fn a_wait_survives_transient_failures() {
    let troubles = [
        ("a closed connection", Reply::Close),
        (
            "an answer that breaks off",
            Reply::Bytes(b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{".to_vec()),
        ),
        ("no HTTP at all", Reply::Bytes(b"SSH-2.0-OpenSSH_9.6\r\n".to_vec())),
        ("silence", Reply::Silence(Duration::from_secs(2))),
        ("429", Reply::refusal(429, "Too many requests")),
        ("429 of a gateway", Reply::html(429, "<h1>Slow down</h1>")),
        ("500", Reply::refusal(500, "Internal server error")),
        ("502 of a gateway", Reply::html(502, "<h1>Bad Gateway</h1>")),
        ("401 of a gateway", Reply::html(401, "<h1>Who?</h1>")),
        ("403 of a gateway", Reply::html(403, "<h1>Forbidden</h1>")),
        ("408", Reply::refusal(408, "Request Timeout")),
        ("425", Reply::refusal(425, "Too Early")),
        ("520 of a gateway", Reply::html(520, "<h1>Unknown Error</h1>")),
        ("403 that throttles", Reply::Bytes(b"HTTP/1.1 403 Forbidden\r\ncontent-length: 44\r\nretry-after: 0\r\n\r\n{\"status\":\"Error\",\"message\":\"rate exceeded\"}".to_vec())),
        ("503", Reply::refusal(503, "Service Unavailable")),
        ("504 of a gateway", Reply::html(504, "<h1>Gateway Timeout</h1>")),
    ];
    both_ways(troubles.into_iter().chain(invalid()), |way, name, trouble| {
        let service = ForkService::script(vec![trouble.clone(), trouble, done()]);
        let run = Sandbox::at(service.url()).run(&format!("{way} --request-timeout 1s -q --json"));
        assert_eq!(run.code, Some(0), "{name}, {way}: {run:?}");
        assert_eq!(run.document()["state"], "done", "{name}, {way}");
        assert_eq!(run.err, "", "{name}, {way}");
        assert!(service.polls().len() >= 3, "{name}, {way}");
    });
}

#[test]
fn a_wait_survives_a_reset_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = thread::spawn(move || {
        for _ in 0..2 {
            let (mut connection, _) = listener.accept().unwrap();
            // To close with something unread is to reset.
            connection.read_exact(&mut [0; 1]).unwrap();
        }
        let (mut connection, _) = listener.accept().unwrap();
        let head = BufReader::new(&connection).lines().map_while(Result::ok);
        assert!(head.take_while(|line| !line.is_empty()).count() > 1);
        write!(connection, "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{DONE}", DONE.len()).unwrap();
    });
    let run = Sandbox::at(&url).run(&format!("{FORK_STATUS} --timeout 30s -v -q")).exits(0);
    assert_eq!(run.out, format!("{OPERATION}\tdone\ttaylor/museum-collections\n"));
    assert_eq!(run.err.matches("reset").count(), 2, "{run:?}");
    server.join().unwrap();
}

#[test]
fn ten_invalid_responses_in_a_row_end_a_wait_for_a_service_that_has_not_responded_yet() {
    let cases = invalid()
        .into_iter()
        .flat_map(|(name, response)| [9, 10].map(|count| (name, (response.clone(), count))));
    both_ways(cases, |way, name, (response, count)| {
        let service =
            ForkService::start(move |before| if before < count { response.clone() } else { done() });
        let run = Sandbox::at(service.url()).run(&format!("{way} --json"));
        if count == 9 || way == FORK {
            assert_eq!(service.polls().len(), count + 1, "{name}, {way}");
            assert_eq!(run.code, Some(0), "{name}, {way}: {run:?}");
            assert_eq!(run.document()["state"], "done", "{name}, {way}");
            return;
        }
        assert_eq!(service.polls().len(), 10, "{name}, {way}");
        assert_eq!(run.code, Some(1), "{name}, {way}: {run:?}");
        assert_eq!(run.error()["kind"], "api", "{name}, {way}");
        assert!(run.error()["message"].as_str().unwrap().contains("invalid response"), "{name}: {run:?}");
        assert_can_be_resumed(&run, name);
    });
}
