//! `db fork`, where it is unknown whether the fork was started: one POST, and a lookup.

use super::responses::*;
use super::row::Row;
use crate::support::faulty_server::Exchange;

const FORK: &str = "db fork dolthub/x --owner taylor";
const WAIT: &str = "db fork dolthub/x --owner taylor --wait --timeout 20s";
const IF_NOT_EXISTS: &str = "db fork dolthub/x --owner taylor --if-not-exists";
/// Long enough for a successful lookup.
const IN_A_SECOND: &str = "db fork dolthub/x --owner taylor --request-timeout 1s";

/// The one POST gets this response, and the lookup finds nothing.
fn unknown(name: &'static str, args: &str, response: Exchange) -> Row {
    let row = Row::new(name, args).responds("POST /fork", [response]).responds("/forks", [not_found()]);
    let row = row.fails(7, "unknown").requests(1, 1).unknown().says("; taylor/x does not exist now");
    row.hints("it may still be in progress")
        .hints("check again with `dhub db forks taylor/x`")
        .hints("--if-not-exists")
}

/// The response to the one POST is lost, and the lookups get these responses.
fn looked_up(name: &'static str, args: &str, lookups: impl IntoIterator<Item = Exchange>) -> Row {
    let row = Row::new(name, args).responds("POST /fork", [reset()]).responds("GET /taylor/x/forks", lookups);
    row.fails(7, "unknown").unknown()
}

pub fn rows() -> Vec<Row> {
    [lost(), responded(), lookups(), about_another(), if_not_exists()].into_iter().flatten().collect()
}

fn lost() -> Vec<Row> {
    let two_lengths = format!("content-length: 2\r\ncontent-length: {}", accepted().len());
    vec![
        unknown("fork: closed without a response", FORK, closed()).says("it ended in the middle"),
        unknown("fork: reset without a response", FORK, reset()).says("the connection broke"),
        unknown("fork: closed within the header of the response", FORK, cut_header())
            .says("it ended in the middle"),
        unknown(
            "fork: two different lengths",
            FORK,
            last_bytes(format!("HTTP/1.1 200 OK\r\n{two_lengths}\r\n\r\n{}", accepted())),
        )
        .says("what came is not HTTP"),
        unknown("fork: too many headers", FORK, many_headers())
            .says("its header has more than 100 lines, or more than 400 KB"),
        unknown("fork: a server that reads and never responds", IN_A_SECOND, silence())
            .says("no complete response within 1s")
            .gets(1..=4),
        unknown("fork: a body that drips", IN_A_SECOND, endless_drip(200))
            .says("no complete response within 1s")
            .gets(1..=4),
        unknown("fork --wait: closed without a response", WAIT, closed()).says("it ended in the middle"),
    ]
}

fn responded() -> Vec<Row> {
    let with = |from: &str, to: &str| json(200, &accepted().replace(from, to));
    vec![
        unknown("fork: 500 with an API error", FORK, refusal(500, "boom")).says("boom"),
        unknown("fork: 502 with a gateway's page", FORK, html(502, "upstream is gone"))
            .says("502 Bad Gateway")
            .says("upstream is gone")
            .hides("Oh no"),
        unknown("fork: 503 without Retry-After", FORK, refusal(503, "busy")).says("busy"),
        unknown("fork --wait: 504 with a page that only repeats it", WAIT, html(504, "504 Gateway Timeout"))
            .says("the service returned 504 Gateway Timeout;"),
        unknown("fork: 200 with a web page", FORK, html(200, "Welcome")).says("Welcome"),
        unknown("fork: 204", FORK, bytes("HTTP/1.1 204 No Content\r\n\r\n")).says("204 No Content"),
        unknown("fork: accepted without an operation", FORK, json(200, r#"{"status":"Success"}"#))
            .says("it names no operation"),
        unknown(
            "fork --wait: accepted, the operation being empty",
            WAIT,
            with(crate::support::responses::OPERATION, ""),
        )
        .says("it names no operation"),
    ]
}

fn lookups() -> Vec<Row> {
    vec![
        looked_up("fork: lost, and exists now", FORK, [exists("taylor/x", "dolthub/x")])
            .says("taylor/x exists now")
            .hints("/repositories/taylor/x")
            .requests(1, 1),
        looked_up(
            "fork: lost, and an unrelated database of that name exists",
            FORK,
            [exists("taylor/x", "")],
        )
        .says("exists now, but is")
        .requests(1, 1),
        looked_up("fork: lost, and every lookup fails", FORK, [html(502, "Bad Gateway")])
            .says("looking it up failed, too")
            .says("502 Bad Gateway")
            .requests(1, 4),
        looked_up(
            "fork --wait: lost, and the lookup is throttled for an hour",
            WAIT,
            [throttled(429, "3600")],
        )
        .says("looking it up failed, too")
        .says("the service asks to wait 1h")
        .requests(1, 1),
    ]
}

fn about_another() -> Vec<Row> {
    let accepted = |parent: &str| {
        let (owner, name) = parent.split_once('/').expect("OWNER/NAME");
        let response = format!(
            r#"{{"status":"Success","parent_owner":"{owner}","parent_database":"{name}","operation_name":"operations/other"}}"#
        );
        json(200, &response)
    };
    vec![
        Row::new(
            "fork --wait: lost, and no lookup gets a response within the timeout",
            "db fork dolthub/x --owner taylor --wait --timeout 1s --request-timeout 2s",
        )
        .responds("POST /fork", [closed()])
        .responds("/forks", [silence()])
        .fails(7, "unknown")
        .says("looking it up failed, too")
        .requests(1, 0)
        .gets(1..=3)
        .unknown(),
        Row::new("fork: the response is about another parent", FORK)
            .responds("POST /fork", [accepted("dolthub/y")])
            .responds("/forks", [not_found()])
            .fails(7, "unknown")
            .says("the response is about dolthub/y, not dolthub/x")
            .hides("operations/other")
            .requests(1, 1)
            .unknown(),
        Row::new("fork: the response is about another's parent of this name, and the fork exists", FORK)
            .responds("POST /fork", [accepted("evil/x")])
            .responds("/forks", [exists("taylor/x", "dolthub/x")])
            .fails(7, "unknown")
            .says("the response is about evil/x, not dolthub/x")
            .says("taylor/x exists now")
            .requests(1, 1)
            .unknown(),
    ]
}

fn if_not_exists() -> Vec<Row> {
    vec![
        looked_up(
            "fork --if-not-exists: lost, and exists now",
            IF_NOT_EXISTS,
            [exists("taylor/x", "dolthub/x")],
        )
        .fails(0, "")
        .prints(r#""operation":null,"state":"exists""#)
        .requests(1, 1)
        .gets(1..=2),
        looked_up(
            "fork --if-not-exists: lost, and exists after three failures",
            IF_NOT_EXISTS,
            [closed(), reset(), refusal(500, "boom"), exists("taylor/x", "dolthub/x")],
        )
        .fails(0, "")
        .prints(r#""state":"exists""#)
        .requests(1, 1)
        .gets(4..=5),
        looked_up(
            "fork --if-not-exists: lost, and a fork of another parent exists",
            IF_NOT_EXISTS,
            [exists("taylor/x", "dolthub/y")],
        )
        .fails(5, "already_exists")
        .says("is a fork of dolthub/y")
        .requests(1, 1)
        .gets(1..=2),
        looked_up("fork --if-not-exists: lost, and does not exist", IF_NOT_EXISTS, [not_found()])
            .says("does not exist now")
            .requests(1, 1),
    ]
}
