//! `db fork`, where the outcome of the POST is known.

use std::time::Duration;

use super::responses::*;
use super::row::Row;
use crate::support::faulty_server::Exchange;
use crate::support::responses::OPERATION;

const FORK: &str = "db fork dolthub/x --owner taylor";
const IF_NOT_EXISTS: &str = "db fork dolthub/x --owner taylor --if-not-exists";

/// The POSTs get these responses.
fn posted(name: &'static str, args: &str, responses: impl IntoIterator<Item = Exchange>) -> Row {
    Row::new(name, args).responds("POST /fork", responses)
}

/// The POSTs get these responses, and the last one is accepted.
fn accepted_after(name: &'static str, responses: impl IntoIterator<Item = Exchange>) -> Row {
    let responses: Vec<_> = responses.into_iter().collect();
    let posts = responses.len();
    posted(name, FORK, responses).prints(OPERATION).prints(r#""state":"pending""#).requests(posts, 0)
}

pub fn rows() -> Vec<Row> {
    let ok = || json(200, &accepted());
    vec![
        Row::new("fork: the connection is refused", FORK)
            .connection_refused()
            .fails(6, "network")
            .says("cannot connect")
            .hints("nothing was sent"),
        accepted_after("fork: three connections are reset in the handshake", [ok()]).reset_first(3),
        accepted_after(
            "fork: busy until a date in the past",
            [throttled(503, "Tue, 15 Nov 1994 08:12:31 GMT"), ok()],
        )
        .pauses(Duration::from_millis(240)),
        accepted_after(
            "fork: throttled more often than a failed read is retried",
            [throttled(429, "0"), throttled(429, "0"), throttled(429, "0"), throttled(429, "0"), ok()],
        ),
        posted("fork: throttled for six minutes", FORK, [throttled(429, "360")])
            .fails(6, "network")
            .says("the service asks to wait 6m more, and dhub waits 5m at most")
            .requests(1, 0),
        accepted_after(
            "fork: accepted, but called a web page",
            [full(202, "content-type: text/html\r\n", &accepted())],
        ),
        posted("fork: refused as a duplicate", FORK, [refusal(400, "it has already been forked")])
            .fails(5, "already_exists")
            .hints("--if-not-exists")
            .requests(1, 0),
        posted(
            "fork --if-not-exists: a duplicate, and the lookup fails twice",
            IF_NOT_EXISTS,
            [refusal(400, "it has already been forked")],
        )
        .responds("/forks", [cut_body(200), html(503, "Bad"), exists("taylor/x", "dolthub/x")])
        .prints(r#""state":"exists""#)
        .requests(1, 3),
        posted(
            "fork --if-not-exists: a duplicate, and every lookup fails",
            IF_NOT_EXISTS,
            [refusal(400, "it has already been forked")],
        )
        .responds("/forks", [closed()])
        .fails(5, "already_exists")
        .says("looking it up failed")
        .requests(1, 4),
        posted(
            "fork: the first of two is lost",
            "db fork dolthub/x dolthub/y --owner taylor -j 1",
            [closed(), json(200, &accepted().replace("\"x\"", "\"y\""))],
        )
        .responds("/forks", [not_found()])
        .fails(7, "unknown")
        .prints(OPERATION)
        .requests(2, 1),
    ]
}
