//! `db fork-status` without `--wait`: one poll, retried after transient failures.

use std::time::Duration;

use super::responses::*;
use super::row::Row;
use crate::support::faulty_server::{Act, Exchange};
use crate::support::responses::OPERATION;

fn requested(name: &'static str, responses: impl IntoIterator<Item = Exchange>) -> Row {
    requested_with(name, "", responses)
}

fn requested_with(name: &'static str, options: &str, responses: impl IntoIterator<Item = Exchange>) -> Row {
    Row::new(name, &format!("db fork-status {OPERATION} {options}")).responds("GET /fork?", responses)
}

/// The polls get these responses, and the last one reports the fork as done.
fn done(name: &'static str, responses: impl IntoIterator<Item = Exchange>) -> Row {
    let responses: Vec<_> = responses.into_iter().collect();
    let gets = responses.len();
    requested(name, responses).prints(r#""state":"done""#).requests(0, gets)
}

pub fn rows() -> Vec<Row> {
    let ok = || json(200, DONE);
    vec![
        done("fork-status: closed, reset and cut off", [closed(), reset(), cut_body(200), ok()]),
        done("fork-status: throttled for two seconds", [throttled(429, "2"), ok()])
            .pauses(Duration::from_millis(1_900)),
        requested("fork-status: a refusal with done true", [json(400, DONE)])
            .fails(1, "api")
            .says("400 Bad Request")
            .requests(0, 1),
        requested("fork-status: four lost responses", [closed()])
            .fails(6, "network")
            .says("it ended in the middle")
            .hints("try again later")
            .requests(0, 4),
        requested_with(
            "fork-status: four responses that never arrive",
            "--request-timeout 500ms",
            [silence()],
        )
        .fails(6, "network")
        .says("no complete response within 500ms")
        .requests(0, 4),
        Row::new("fork-status: the connection is refused", &format!("db fork-status {OPERATION}"))
            .connection_refused()
            .fails(6, "network")
            .says("cannot connect"),
        requested("fork-status: throttled for an hour", [throttled(429, "3600")])
            .fails(6, "network")
            .says("the service asks to wait 1h more, and dhub waits 5m at most")
            .requests(0, 1),
        requested("fork-status: a web page", [html(200, "Log in")])
            .fails(1, "api")
            .says("Log in")
            .hints("may not be a DoltHub")
            .requests(0, 1),
        requested("fork-status: a 404 that is a web page", [html(404, "operation not found")])
            .fails(1, "api")
            .requests(0, 1),
        requested("fork-status: a 404 with an API error", [refusal(404, "operation not found")])
            .fails(3, "not_found")
            .requests(0, 1),
        requested("fork-status: a response that is too long", [flood(r#"{"status":"Success","done":"#)])
            .fails(1, "api")
            .says("longer than 1 MiB")
            .reads_at_most(32 * 1024 * 1024)
            .requests(0, 1),
        requested("fork-status: an empty object", [json(200, "{}")]).fails(1, "api").requests(0, 1),
        requested(
            "fork-status: JSON too deep to follow",
            [json(200, &format!(r#"{{"done":{}}}"#, deep(200_000)))],
        )
        .fails(1, "api")
        .requests(0, 1),
        requested("fork-status: not done, after a lost response", [closed(), json(200, PENDING)])
            .fails(8, "")
            .notes("dhub db fork-status --wait")
            .prints(r#""state":"pending""#)
            .requests(0, 2),
        requested(
            "fork-status: failed, after a gateway's page",
            [html(502, "Bad"), json(200, r#"{"status":"Error","done":true,"message":"disk full"}"#)],
        )
        .fails(1, "operation_failed")
        .says("disk full")
        .prints(r#""state":"failed""#)
        .requests(0, 2),
        requested(
            "fork-status: cut off on a connection that stays open",
            [vec![
                Act::ReadRequest,
                Act::Send(b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{".to_vec()),
                Act::HalfClose,
            ]],
        )
        .fails(6, "network")
        .says("it ended in the middle")
        .requests(0, 4),
    ]
}
