//! `db create`, where it is unknown whether the database was created: one POST, and a lookup.

use super::responses::*;
use super::row::Row;
use crate::support::faulty_server::{Act, Exchange};

const CREATE: &str = "db create dolthub/x --public";
/// Long enough for a successful lookup.
const IN_A_SECOND: &str = "db create dolthub/x --public --request-timeout 1s";
const IF_NOT_EXISTS: &str = "db create dolthub/x --public --if-not-exists";

/// The one POST gets this response, and the lookup finds nothing.
fn unknown(name: &'static str, args: &str, response: Exchange) -> Row {
    let row = Row::new(name, args).responds("POST /database", [response]);
    let row = row.responds("/forks", [not_found()]).fails(7, "unknown").requests(1, 1).unknown();
    row.says("; dolthub/x does not exist now")
        .hints("check again with `dhub db forks dolthub/x`")
        .hints("--if-not-exists")
}

/// The same for a response that takes too long; on a busy machine the lookup may, too.
fn too_slow(name: &'static str, response: Exchange) -> Row {
    unknown(name, IN_A_SECOND, response).says("no complete response within 1s").gets(1..=4)
}

/// The response to the one POST is lost, and the lookups get these responses.
fn looked_up(name: &'static str, args: &str, lookups: impl IntoIterator<Item = Exchange>) -> Row {
    let row = Row::new(name, args).responds("POST /database", [closed()]).responds("/forks", lookups);
    row.fails(7, "unknown").unknown()
}

pub fn rows() -> Vec<Row> {
    let rows = [lost(), slow(), server_errors(), invalid(), lookups(), about_another(), if_not_exists()];
    rows.into_iter().flatten().collect()
}

fn lost() -> Vec<Row> {
    let large = format!("db create dolthub/x --public --description={}", "a".repeat(100_000));
    vec![
        unknown("create: closed without a response", CREATE, closed()).says("it ended in the middle"),
        unknown("create: reset without a response", CREATE, reset()).says("the connection broke"),
        unknown("create: reset while the request is being sent", &large, reset_while_sending())
            .says("the connection broke"),
        unknown("create: closed within the body of the response", CREATE, cut_body(200))
            .says("the response broke off: it ended in the middle"),
        unknown("create: chunks whose size is no number", CREATE, chunked("many\r\n{}\r\n0\r\n\r\n"))
            .says("invalid chunked encoding"),
        unknown("create: closed between two chunks", CREATE, chunked("2\r\n{}\r\n"))
            .says("the response broke off: it ended in the middle"),
        unknown("create: a response in another protocol", CREATE, last_bytes("SSH-2.0-OpenSSH_9.9\r\n"))
            .says("what came is not HTTP"),
        unknown("create: a body without a header, as in HTTP/0.9", CREATE, last_bytes(CREATED))
            .says("what came is not HTTP"),
        unknown("create: a header that is too long", CREATE, long_header())
            .says("its header has more than 100 lines, or more than 400 KB"),
    ]
}

fn slow() -> Vec<Row> {
    vec![
        too_slow("create: a server that takes the connection and never reads", vec![Act::Hang]),
        too_slow("create: a server that reads and never responds", silence()),
        too_slow("create: a header that drips", dripping_header()),
        too_slow("create: a body that drips", endless_drip(200)),
        too_slow("create: endless informational responses", informational_flood()),
    ]
}

fn server_errors() -> Vec<Row> {
    vec![
        unknown("create: 500 with an API error", CREATE, refusal(500, "boom")).says("boom"),
        unknown("create: 500 with a not-found message", CREATE, refusal(500, "owner does not exist"))
            .says("owner does not exist"),
        unknown("create: 502 with a gateway's page", CREATE, html(502, "upstream &lt;db&gt; is gone"))
            .says("502 Bad Gateway")
            .says("upstream <db> is gone")
            .hides("Oh no")
            .hides("h1>"),
        unknown("create: 503 without Retry-After", CREATE, html(503, "Maintenance")).says("Maintenance"),
        unknown("create: 504 with nothing", CREATE, full(504, "", "")).says("504 Gateway Timeout"),
        unknown("create: 408", CREATE, refusal(408, "request timeout")).says("request timeout"),
        unknown("create: 520 with a gateway's page", CREATE, html(520, "Unknown Error"))
            .says("Unknown Error"),
        unknown("create: a 500 that breaks off", CREATE, cut_body(500)).says("the response broke off"),
    ]
}

fn invalid() -> Vec<Row> {
    vec![
        unknown("create: 200 with a web page", CREATE, html(200, "Welcome to the hotel"))
            .says("Welcome to the hotel")
            .hides("Oh no"),
        unknown("create: 200 with nothing", CREATE, json(200, "")).says("it is empty"),
        unknown("create: JSON of another service", CREATE, json(200, r#"{"ok":true}"#)),
        unknown("create: JSON too deep to follow", CREATE, json(200, &deep(200_000))),
        unknown("create: a response that is too long", CREATE, flood(r#"{"status":"#))
            .says("longer than 1 MiB")
            .reads_at_most(32 * 1024 * 1024),
        unknown("create: an unrequested Content-Encoding", CREATE, gzipped()).says("gzip"),
        unknown(
            "create: a length that truncates the response",
            CREATE,
            full(200, JSON, &CREATED[..CREATED.len() - 1]),
        ),
    ]
}

fn lookups() -> Vec<Row> {
    vec![
        looked_up("create: lost, and exists now", CREATE, [exists("dolthub/x", "")])
            .says("dolthub/x exists now")
            .hints("/repositories/dolthub/x")
            .requests(1, 1),
        looked_up(
            "create: lost, and exists after a lookup that failed twice",
            CREATE,
            [closed(), html(502, "Bad Gateway"), exists("dolthub/x", "")],
        )
        .says("dolthub/x exists now")
        .requests(1, 3),
        looked_up("create: lost, and every lookup fails", CREATE, [reset()])
            .says("looking it up failed, too")
            .hints("check again with")
            .requests(1, 4),
        looked_up("create: lost, and the lookup gets a web page", CREATE, [html(200, "Log in")])
            .says("looking it up failed, too")
            .says("Log in")
            .requests(1, 1),
        looked_up(
            "create: lost, and the lookup is about another database",
            CREATE,
            [exists("dolthub/y", "")],
        )
        .says("the response is about dolthub/y")
        .requests(1, 1),
        looked_up(
            "create: lost, and the lookup is throttled first",
            CREATE,
            [throttled(429, "1"), exists("dolthub/x", "")],
        )
        .says("dolthub/x exists now")
        .requests(1, 2),
    ]
}

fn about_another() -> Vec<Row> {
    let created = |owner: &str, name: &str| {
        json(
            200,
            &format!(r#"{{"status":"Success","repository_owner":"{owner}","repository_name":"{name}"}}"#),
        )
    };
    vec![
        Row::new("create: the response is about another database", CREATE)
            .responds("POST /database", [created("evil", "other")])
            .responds("/forks", [not_found()])
            .fails(7, "unknown")
            .says("the response is about evil/other, not dolthub/x")
            .says("dolthub/x does not exist now")
            .requests(1, 1)
            .unknown(),
        Row::new("create: the response is about another's database of this name, and it exists", CREATE)
            .responds("POST /database", [created("evil", "")])
            .responds("/forks", [exists("dolthub/x", "")])
            .fails(7, "unknown")
            .says("the response is about evil/x, not dolthub/x")
            .says("dolthub/x exists now")
            .requests(1, 1)
            .unknown(),
        Row::new("create --if-not-exists: the response is about another database", IF_NOT_EXISTS)
            .responds("POST /database", [created("dolthub", "y")])
            .responds("/forks", [exists("dolthub/x", "")])
            .prints(r#""name":"x""#)
            .prints(r#""created":null"#)
            .requests(1, 2)
            .unknown(),
    ]
}

fn if_not_exists() -> Vec<Row> {
    let found = |name, response| {
        let row = Row::new(name, IF_NOT_EXISTS).responds("POST /database", [response]);
        let row = row.responds("/forks", [exists("dolthub/x", "")]).prints(r#""created":null"#);
        row.prints(r#""visibility":"public""#).requests(1, 1).gets(2..=3).unknown()
    };
    vec![
        found("create --if-not-exists: lost, and exists now", closed()),
        found("create --if-not-exists: 500, and exists now", refusal(500, "dolthub/x already exists")),
        looked_up("create --if-not-exists: lost, and does not exist", IF_NOT_EXISTS, [not_found()])
            .says("does not exist now")
            .requests(1, 1),
        Row::new("create --if-not-exists: lost, and exists but private", IF_NOT_EXISTS)
            .responds("POST /database", [reset()])
            .responds("/forks anonymously", [not_found()])
            .responds("/forks", [exists("dolthub/x", "")])
            .fails(5, "already_exists")
            .says("private, not public")
            .requests(1, 1)
            .gets(2..=3)
            .unknown(),
        Row::new("create --if-not-exists: lost, exists, and its visibility is unknown", IF_NOT_EXISTS)
            .responds("POST /database", [closed()])
            .responds("/forks anonymously", [html(200, "Log in")])
            .responds("/forks", [exists("dolthub/x", "")])
            .fails(5, "already_exists")
            .says("already exists, but")
            .requests(1, 1)
            .gets(2..=3)
            .unknown(),
    ]
}
