//! `db create`, where the outcome of the POST is known: not sent, throttled, refused, or taken effect.

use std::time::Duration;

use super::responses::*;
use super::row::Row;
use crate::support::faulty_server::{Act, CONNECTION, Exchange};

const CREATE: &str = "db create dolthub/x --public";
const IF_NOT_EXISTS: &str = "db create dolthub/x --public --if-not-exists";

/// The POSTs get these responses.
fn posted(name: &'static str, args: &str, responses: impl IntoIterator<Item = Exchange>) -> Row {
    Row::new(name, args).responds("POST /database", responses)
}

/// The POSTs get these responses, and the last one creates it.
fn created(name: &'static str, responses: impl IntoIterator<Item = Exchange>) -> Row {
    let responses: Vec<_> = responses.into_iter().collect();
    let posts = responses.len();
    posted(name, CREATE, responses).prints(r#""created":true"#).requests(posts, 0)
}

pub fn rows() -> Vec<Row> {
    [never_sent(), throttling(), refusals(), odd_successes(), several(), owners()]
        .into_iter()
        .flatten()
        .collect()
}

fn never_sent() -> Vec<Row> {
    vec![
        Row::new("create: the connection is refused", CREATE)
            .connection_refused()
            .fails(6, "network")
            .says("cannot connect")
            .hints("nothing was sent"),
        created("create: two connections are reset in the handshake", [json(200, CREATED)]).reset_first(2),
        Row::new("create: every connection is reset in the handshake", CREATE)
            .reset_first(99)
            .fails(6, "network")
            .says("cannot connect"),
        Row::new(
            "create: a server that never completes the handshake",
            "db create dolthub/x --public --request-timeout 1s",
        )
        .https_to_plain_http()
        .responds(CONNECTION, [vec![Act::Hang]])
        .fails(6, "network")
        .says("it takes too long")
        .connections(4),
        Row::new("create: a plain HTTP server behind https", CREATE)
            .https_to_plain_http()
            .responds(CONNECTION, [vec![Act::Send(b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec()), Act::Close]])
            .fails(6, "network")
            .says("does not speak https")
            .hints("http://"),
        Row::new("create: an untrusted certificate", CREATE).untrusted().fails(6, "network").hints("ca_file"),
    ]
}

fn throttling() -> Vec<Row> {
    let no_effect = || [throttled(429, "0"), throttled(503, "0"), json(200, CREATED)];
    vec![
        created("create: throttled for two seconds", [throttled(429, "2"), json(200, CREATED)])
            .pauses(Duration::from_millis(1_900)),
        created("create: throttled until a date", [throttled_until_a_date(), json(200, CREATED)])
            .pauses(Duration::from_millis(1_600)),
        created("create: throttled without Retry-After", [full(429, "", ""), json(200, CREATED)])
            .pauses(Duration::from_millis(240)),
        created(
            "create: throttled until a date by a clock that is years behind",
            [
                full(
                    429,
                    "date: Fri, 31 Dec 1999 23:59:57 GMT\r\nretry-after: Fri, 31 Dec 1999 23:59:58 GMT\r\n",
                    "",
                ),
                json(200, CREATED),
            ],
        )
        .pauses(Duration::from_millis(900)),
        created(
            "create: throttled until a date by a clock that is years ahead",
            [
                full(
                    503,
                    "date: Wed, 31 Dec 2098 23:59:58 GMT\r\nretry-after: Wed, 31 Dec 2098 23:59:59 GMT\r\n",
                    "",
                ),
                json(200, CREATED),
            ],
        )
        .pauses(Duration::from_millis(900)),
        created("create: throttled for zero seconds", no_effect()).pauses(Duration::from_millis(240)),
        posted("create: throttled for an hour", CREATE, [throttled(429, "3600")])
            .fails(6, "network")
            .says("the service asks to wait 1h more, and dhub waits 5m at most")
            .requests(1, 0),
        posted(
            "create: busy until the next millennium",
            CREATE,
            [throttled(503, "Fri, 31 Dec 9999 23:59:59 GMT")],
        )
        .fails(6, "network")
        .says("dhub waits 5m at most")
        .requests(1, 0),
        posted("create: throttled once, and then lost", CREATE, [throttled(429, "0"), closed()])
            .responds("/forks", [not_found()])
            .fails(7, "unknown")
            .says("dolthub/x does not exist now")
            .requests(2, 1),
        created(
            "create: 425, 429 and a 403 that throttles",
            [throttled(425, "0"), throttled(429, "0"), throttled(403, "0"), json(200, CREATED)],
        )
        .requests(4, 0),
        posted(
            "create: busy for a day, with a body that never comes",
            CREATE,
            [vec![
                Act::ReadRequest,
                Act::Send(b"HTTP/1.1 503 Busy\r\nretry-after: 86400\r\ncontent-length: 9\r\n\r\n{".to_vec()),
                Act::Hang,
            ]],
        )
        .fails(6, "network")
        .says("503 Service Unavailable; the service asks to wait 1day more, and dhub waits 5m at most")
        .requests(1, 0),
        posted(
            "create: busy for a day, with a body that breaks off",
            CREATE,
            [last_bytes("HTTP/1.1 503 Busy\r\nretry-after: 86400\r\ncontent-length: 9\r\n\r\n{")],
        )
        .fails(6, "network")
        .says("dhub waits 5m at most")
        .requests(1, 0),
        posted(
            "create: a 429 whose body breaks off",
            CREATE,
            [
                last_bytes("HTTP/1.1 429 Slow\r\nretry-after: 0\r\ncontent-length: 9\r\n\r\n{"),
                json(200, CREATED),
            ],
        )
        .prints(r#""created":true"#)
        .requests(2, 0),
    ]
}

fn refusals() -> Vec<Row> {
    vec![
        posted("create: refused as a duplicate", CREATE, [refusal(400, "dolthub/x already exists")])
            .fails(5, "already_exists")
            .hints("--if-not-exists")
            .requests(1, 0),
        posted("create: an error with status 200", CREATE, [refusal(200, "too many databases")])
            .fails(1, "api")
            .says("too many databases")
            .requests(1, 0),
        posted("create: a redirect", CREATE, [full(307, "location: http://127.0.0.1:9/elsewhere\r\n", "")])
            .fails(1, "api")
            .says("http://127.0.0.1:9/elsewhere")
            .says("not followed")
            .requests(1, 0),
        posted("create: a 404 that is a web page", CREATE, [html(404, "no such repository")])
            .fails(1, "api")
            .hints("may not be a DoltHub")
            .requests(1, 0),
        posted(
            "create --if-not-exists: refused as a duplicate, and the lookup fails twice",
            IF_NOT_EXISTS,
            [refusal(400, "dolthub/x already exists")],
        )
        .responds("/forks", [reset(), full(500, "", ""), exists("dolthub/x", "")])
        .prints(r#""created":false"#)
        .requests(1, 4),
    ]
}

fn odd_successes() -> Vec<Row> {
    let closing = |headers: &str| last_bytes(format!("HTTP/1.1 200 OK\r\n{headers}\r\n{CREATED}"));
    vec![
        created("create: valid, but sent as text/html", [full(200, "content-type: text/html\r\n", CREATED)]),
        created("create: valid, without a content type or a length", [closing("")]),
        created(
            "create: valid, after informational responses",
            [bytes(format!(
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n\
             HTTP/1.1 201 Created\r\ncontent-length: {}\r\n\r\n{CREATED}",
                CREATED.len()
            ))],
        ),
        created(
            "create: valid, in chunks of a byte",
            [chunked(
                &CREATED
                    .chars()
                    .map(|c| format!("1\r\n{c}\r\n"))
                    .chain(["0\r\n\r\n".to_owned()])
                    .collect::<String>(),
            )],
        ),
        created(
            "create: valid, before the request was read",
            [vec![Act::Send(
                format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{CREATED}", CREATED.len()).into_bytes(),
            )]],
        ),
        created(
            "create: valid, with unknown fields nested deeply",
            [json(200, &CREATED.replacen('{', &format!(r#"{{"new":{},"#, deep(100_000)), 1))],
        ),
        created(
            "create: valid, from a server that closes only its half",
            [half_closed(&format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{CREATED}", CREATED.len()))],
        ),
    ]
}

fn several() -> Vec<Row> {
    let second = CREATED.replace("\"x\"", "\"y\"");
    let stray = CREATED.replace("\"x\"", "\"stray\"");
    let ending = |body| [full(200, "connection: close\r\n", body), vec![Act::Close]].concat();
    let two = "db create dolthub/x dolthub/y --public -j 1";
    vec![
        posted(
            "create: two responses to the first of two requests",
            two,
            [two_responses(CREATED, &stray), json(200, &second)],
        )
        .prints(r#""name":"x""#)
        .prints(r#""name":"y""#)
        .hides("stray")
        .requests(2, 0),
        posted("create: the connection ends after each response", two, [ending(CREATED), ending(&second)])
            .prints(r#""name":"x""#)
            .prints(r#""name":"y""#)
            .requests(2, 0),
        posted("create: the first of two is lost", two, [closed(), json(200, &second)])
            .responds("GET /dolthub/x/forks", [not_found()])
            .fails(7, "unknown")
            .prints(r#""name":"y""#)
            .requests(2, 1),
    ]
}

fn owners() -> Vec<Row> {
    let user = || json(200, r#"{"status":"Success","username":"dolthub"}"#);
    let unnamed = |name, responses: Vec<Exchange>| {
        posted(name, "db create x --public", [json(200, CREATED)]).responds("GET /user", responses)
    };
    vec![
        unnamed(
            "create: three requests for the user fail",
            vec![closed(), html(502, "Bad"), full(500, "", ""), user()],
        )
        .prints(r#""owner":"dolthub""#)
        .requests(1, 4),
        unnamed("create: the owner cannot be determined", vec![html(504, "Gateway Timeout")])
            .fails(6, "network")
            .hints("name the owner with --owner")
            .requests(0, 4),
    ]
}
