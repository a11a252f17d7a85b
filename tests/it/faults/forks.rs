//! `db forks`: one request, retried after transient failures.

use std::time::Duration;

use super::responses::*;
use super::row::Row;
use crate::support::faulty_server::{Act, Exchange};

const FORKS: &str = "db forks dolthub/x";
const IN_HALF_A_SECOND: &str = "db forks dolthub/x --request-timeout 500ms";

fn listing() -> String {
    forks_of("dolthub/x", "", &["taylor/x"])
}

fn requested(name: &'static str, args: &str, responses: impl IntoIterator<Item = Exchange>) -> Row {
    Row::new(name, args).responds("GET /dolthub/x/forks", responses)
}

/// The requests get these responses, and the last one succeeds.
fn listed(name: &'static str, responses: impl IntoIterator<Item = Exchange>) -> Row {
    let responses: Vec<_> = responses.into_iter().collect();
    let gets = responses.len();
    requested(name, FORKS, responses).prints(r#""forks":[{"owner":"taylor","name":"x""#).requests(0, gets)
}

/// The same failure four times.
fn lost(name: &'static str, args: &str, response: Exchange) -> Row {
    requested(name, args, [response]).fails(6, "network").requests(0, 4)
}

/// An invalid response, which is not retried.
fn invalid(name: &'static str, response: Exchange) -> Row {
    requested(name, FORKS, [response]).fails(1, "api").requests(0, 1)
}

pub fn rows() -> Vec<Row> {
    [transient(), persistent(), slow(), invalid_responses(), large(), refusals(), odd_successes()]
        .into_iter()
        .flatten()
        .collect()
}

fn transient() -> Vec<Row> {
    let ok = || json(200, &listing());
    vec![
        listed("forks: closed, reset and cut off", [closed(), reset(), cut_header(), ok()]),
        listed("forks: 500, 502 and 504", [full(500, "", ""), html(502, "Bad"), refusal(504, "late"), ok()]),
        listed(
            "forks: 408, 425 and 520",
            [full(408, "", ""), refusal(425, "early"), html(520, "Oops"), ok()],
        ),
        listed("forks: 403 that throttles", [throttled(403, "0"), ok()]).pauses(Duration::from_millis(240)),
        listed("forks: two connections are closed in the handshake", [ok()]).close_first(2),
        listed("forks: throttled until a date", [throttled_until_a_date(), ok()])
            .pauses(Duration::from_millis(1_600)),
        listed(
            "forks: throttled, and then lost three times",
            [throttled(429, "0"), closed(), closed(), closed(), ok()],
        ),
    ]
}

fn persistent() -> Vec<Row> {
    vec![
        lost("forks: always a chunk with nonsense for a size", FORKS, chunked("-1\r\n{}\r\n0\r\n\r\n"))
            .says("invalid chunked encoding"),
        lost("forks: another protocol", FORKS, last_bytes("220 ESMTP ready\r\n"))
            .says("what came is not HTTP"),
        lost("forks: a header that is too long", FORKS, long_header())
            .says("its header has more than 100 lines, or more than 400 KB"),
        lost("forks: always a gateway's page", FORKS, html(502, "upstream &amp; all are gone"))
            .says("502 Bad Gateway")
            .says("upstream & all are gone")
            .hides("Oh no"),
        lost(
            "forks: always an endless page of a gateway",
            FORKS,
            [
                vec![Act::ReadRequest, Act::Send(b"HTTP/1.1 504 Late\r\n\r\n<title>Late</title>".to_vec())],
                vec![Act::Flood(vec![b'x'; 64 * 1024], 1024 * 1024), Act::Close],
            ]
            .concat(),
        )
        .says("504 Gateway Timeout"),
        Row::new("forks: the connection is refused", FORKS)
            .connection_refused()
            .fails(6, "network")
            .says("cannot connect"),
        requested("forks: throttled for an hour", FORKS, [throttled(429, "3600")])
            .fails(6, "network")
            .says("the service asks to wait 1h more, and dhub waits 5m at most")
            .requests(0, 1),
    ]
}

fn slow() -> Vec<Row> {
    let slow =
        |name, response| lost(name, IN_HALF_A_SECOND, response).says("no complete response within 500ms");
    vec![
        slow("forks: a server that takes the connection and never reads", vec![Act::Hang]),
        slow("forks: a header that drips", dripping_header()),
        slow("forks: a body that drips", endless_drip(200)),
        slow("forks: a page of a gateway that drips", endless_drip(502)),
    ]
}

fn invalid_responses() -> Vec<Row> {
    let members = |members: &str| json(200, &format!(r#"{{"status":"Success","forks":{members}}}"#));
    vec![
        invalid("forks: 200 with a web page", html(200, "Log in &lt;here&gt;"))
            .says("it is a web page, Log in <here>")
            .hints("may not be a DoltHub")
            .hides("Oh no"),
        invalid("forks: a 404 that is a web page", html(404, "no such repository")).says("404 Not Found"),
        invalid("forks: 200 with nothing", json(200, "")).says("it is empty"),
        invalid("forks: 204", bytes("HTTP/1.1 204 No Content\r\n\r\n")).says("204 No Content"),
        invalid("forks: JSON of another service", json(200, r#"{"items":[]}"#)).says("forks"),
        invalid("forks: a list of texts in place of databases", members(r#"["taylor/x"]"#)),
        invalid("forks: JSON too deep to follow", members(&deep(200_000))),
        invalid(
            "forks: a length that truncates the response",
            full(200, JSON, &listing()[..listing().len() - 2]),
        ),
        invalid("forks: an unrequested Content-Encoding", gzipped())
            .says("unexpected Content-Encoding: gzip"),
        invalid(
            "forks: bytes that are no text",
            bytes(b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n\xff\xfe\0\x01".to_vec()),
        ),
        invalid("forks: a redirect", full(301, "location: https://dolthub.example/\r\n", ""))
            .says("https://dolthub.example/")
            .says("not followed"),
    ]
}

/// The only two slow ones because of their size.
fn large() -> Vec<Row> {
    vec![
        invalid("forks: a list without end", flood(r#"{"status":"Success","forks":["#))
            .says("longer than 64 MiB")
            .reads_at_most(96 * 1024 * 1024),
        listed(
            "forks: a list with 8 MiB of nothing in it",
            [[
                vec![Act::ReadRequest, Act::Send(b"HTTP/1.1 200 OK\r\n\r\n".to_vec())],
                vec![
                    Act::Flood(vec![b' '; 64 * 1024], 8 * 1024 * 1024),
                    Act::Send(listing().into_bytes()),
                    Act::Close,
                ],
            ]
            .concat()],
        ),
    ]
}

fn refusals() -> Vec<Row> {
    vec![
        requested("forks: no such database, after a lost response", FORKS, [closed(), not_found()])
            .fails(3, "not_found")
            .requests(0, 2),
        requested("forks: a response about another database", FORKS, [exists("dolthub/y", "")])
            .fails(1, "api")
            .says("the response is about dolthub/y, not dolthub/x")
            .hints("mix up responses")
            .requests(0, 1),
        requested("forks: 500 with a not-found message", FORKS, [refusal(500, "no such repository")])
            .fails(3, "not_found")
            .requests(0, 4),
    ]
}

fn odd_successes() -> Vec<Row> {
    let response = listing();
    vec![
        listed("forks: valid, but sent as text/html", [full(200, "content-type: text/html\r\n", &response)]),
        listed(
            "forks: valid, and longer than its Content-Length",
            [last_bytes(format!(
                "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{response}<html>",
                response.len()
            ))],
        ),
        listed(
            "forks: valid, and slow, but within the time limit",
            [vec![
                Act::ReadRequest,
                Act::Drip(
                    format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{response}", response.len())
                        .into_bytes(),
                    Duration::from_millis(1),
                ),
            ]],
        ),
    ]
}
