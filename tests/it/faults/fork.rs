//! `db fork`, where it is certain what became of the POST.

use std::time::Duration;

use super::answers::*;
use super::row::Row;
use crate::support::answers::OPERATION;
use crate::support::misbehaving::Answer;

const FORK: &str = "db fork dolthub/x --owner taylor";
const IF_NOT_EXISTS: &str = "db fork dolthub/x --owner taylor --if-not-exists";

/// The POSTs are answered like this.
fn posted(name: &'static str, words: &str, answers: impl IntoIterator<Item = Answer>) -> Row {
    Row::new(name, words).answers("POST /fork", answers)
}

/// The POSTs are answered like this, and the last one is accepted.
fn taken(name: &'static str, answers: impl IntoIterator<Item = Answer>) -> Row {
    let answers: Vec<_> = answers.into_iter().collect();
    let posts = answers.len();
    posted(name, FORK, answers).prints(OPERATION).prints(r#""state":"pending""#).requests(posts, 0)
}

pub fn rows() -> Vec<Row> {
    let ok = || json(200, &accepted());
    vec![
        Row::new("fork: nobody listens", FORK)
            .nobody_listens()
            .fails(6, "network")
            .says("cannot connect")
            .hints("nothing was sent"),
        taken("fork: three connections are reset in the handshake", [ok()]).reset_first(3),
        taken("fork: busy until a date in the past", [throttled(503, "Tue, 15 Nov 1994 08:12:31 GMT"), ok()])
            .pauses(Duration::from_millis(240)),
        taken(
            "fork: throttled more often than a question is asked",
            [throttled(429, "0"), throttled(429, "0"), throttled(429, "0"), throttled(429, "0"), ok()],
        ),
        posted("fork: throttled for six minutes", FORK, [throttled(429, "360")])
            .fails(6, "network")
            .says("the service asks to wait 6m more, and dhub waits 5m at most")
            .requests(1, 0),
        taken(
            "fork: accepted, but called a web page",
            [full(202, "content-type: text/html\r\n", &accepted())],
        ),
        posted("fork: refused as a duplicate", FORK, [refusal(400, "it has already been forked")])
            .fails(5, "already_exists")
            .hints("--if-not-exists")
            .requests(1, 0),
        posted(
            "fork --if-not-exists: a duplicate, and the look fails twice",
            IF_NOT_EXISTS,
            [refusal(400, "it has already been forked")],
        )
        .answers("/forks", [cut_body(200), page(503, "Bad"), there("taylor/x", "dolthub/x")])
        .prints(r#""state":"exists""#)
        .requests(1, 3),
        posted(
            "fork --if-not-exists: a duplicate, and no look is answered",
            IF_NOT_EXISTS,
            [refusal(400, "it has already been forked")],
        )
        .answers("/forks", [closed()])
        .fails(5, "already_exists")
        .says("looking it up failed")
        .requests(1, 4),
        posted(
            "fork: the first of two is lost",
            "db fork dolthub/x dolthub/y --owner taylor -j 1",
            [closed(), json(200, &accepted().replace("\"x\"", "\"y\""))],
        )
        .answers("/forks", [not_there()])
        .fails(7, "unknown")
        .prints(OPERATION)
        .requests(2, 1),
    ]
}
