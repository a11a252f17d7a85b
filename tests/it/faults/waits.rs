//! `db fork --wait` and `db fork-status --wait`: polls continue through transient failures.

use super::responses::*;
use super::row::Row;
use crate::support::faulty_server::{Act, Exchange};
use crate::support::responses::OPERATION;

const FORK: &str = "db fork dolthub/x --owner taylor --wait --timeout 20s";
const FORK_FOR_2_S: &str = "db fork dolthub/x --owner taylor --wait --timeout 2s";
const FORK_FOR_5_S: &str = "db fork dolthub/x --owner taylor --wait --timeout 5s";
const POLL: &str = "GET /fork?";

fn status(options: &str) -> String {
    format!("db fork-status {OPERATION} --wait {options}")
}

/// The fork is accepted, and the polls get these responses.
fn polled(name: &'static str, args: &str, responses: impl IntoIterator<Item = Exchange>) -> Row {
    let row = Row::new(name, args).responds(POLL, responses);
    if !args.contains("db fork ") {
        return row;
    }
    row.responds("POST /fork", [json(200, &accepted())]).requests(1, 0).notes(OPERATION)
}

/// Every poll is sent once, and the last response ends the wait with success.
fn survived(name: &'static str, args: &str, responses: impl IntoIterator<Item = Exchange>) -> Row {
    let responses: Vec<_> = responses.into_iter().chain([json(200, DONE)]).collect();
    let gets = responses.len();
    polled(name, args, responses).gets(gets..=gets).prints(r#""state":"done""#).prints(r#""name":"x""#)
}

/// The wait ends before the fork does, and the operation is printed.
fn given_up(name: &'static str, args: &str, responses: impl IntoIterator<Item = Exchange>) -> Row {
    polled(name, args, responses).hints("dhub db fork-status --wait").hints(OPERATION)
}

pub fn rows() -> Vec<Row> {
    [refused(), survivals(), connections(), ends(), earlier(), time_limits()].into_iter().flatten().collect()
}

fn survivals() -> Vec<Row> {
    let pending = || json(200, PENDING);
    vec![
        survived(
            "fork --wait: lost connections between polls",
            FORK,
            [closed(), reset(), pending(), cut_header(), cut_body(200)],
        ),
        survived(
            "fork --wait: a gateway's pages",
            FORK,
            [html(502, "Bad"), html(503, "Bad"), html(504, "Bad")],
        ),
        survived(
            "fork --wait: throttled in three ways",
            FORK,
            [throttled(429, "1"), full(429, "", ""), throttled(503, "1")],
        ),
        survived(
            "fork --wait: web pages and JSON of another service",
            FORK,
            [
                html(200, "Log in"),
                json(200, "[]"),
                html(404, "Not Found"),
                full(302, "location: /login\r\n", ""),
            ],
        ),
        survived("fork --wait: 500 with an API error", FORK, [refusal(500, "no such operation"), pending()]),
        survived(
            "fork --wait: another protocol, a header too long, a response too long",
            FORK,
            [last_bytes("SSH-2.0-OpenSSH_9.9\r\n"), long_header(), flood("{")],
        ),
        survived("fork --wait: more failures than other reads are retried", FORK, (0..6).map(|_| closed())),
        survived("fork-status --wait: lost connections", &status(""), [closed(), reset(), cut_body(200)]),
        survived(
            "fork-status --wait: throttled, and a gateway's page",
            &status(""),
            [throttled(429, "0"), html(502, "Bad")],
        ),
        polled(
            "fork-status --wait: responses that take too long",
            &status("--request-timeout 1s"),
            [silence(), endless_drip(200), json(200, DONE)],
        )
        .prints(r#""state":"done""#)
        .gets(3..=5),
    ]
}

fn finished(owner: &str, name: &str) -> Exchange {
    json(
        200,
        &format!(r#"{{"status":"Success","done":true,"database_owner":"{owner}","database_name":"{name}"}}"#),
    )
}

/// Polls that are refused, where the fork itself can be looked up.
fn refused() -> Vec<Row> {
    let forbidden = || refusal(403, "not with this token");
    let there = || exists("taylor/x", "dolthub/x");
    vec![
        polled("fork --wait: refused for 10 s while the fork is there", FORK, [forbidden()])
            .responds("/forks", [not_found(), there()])
            .prints(r#""state":"done""#)
            .prints(r#""name":"x""#)
            .gets(10..=80),
        polled(
            "fork --wait: refused for a moment while the fork is there",
            FORK,
            [
                forbidden(),
                refusal(401, "Not authenticated"),
                refusal(400, "invalid authorization header"),
                json(200, PENDING),
                json(200, DONE),
            ],
        )
        .responds("/forks", [there()])
        .prints(r#""state":"done""#)
        .gets(8..=8),
        given_up("fork --wait: refused, and the fork is not there", FORK_FOR_2_S, [forbidden()])
            .responds("/forks", [not_found()])
            .fails(8, "pending")
            .hints("--if-not-exists --owner taylor dolthub/x")
            .says("not with this token")
            .prints(r#""state":"pending""#)
            .gets(4..=20),
        given_up("fork --wait: refused, and what is there is a fork of another", FORK_FOR_2_S, [forbidden()])
            .responds("/forks", [exists("taylor/x", "anotherOrg/x")])
            .fails(8, "pending")
            .prints(r#""state":"pending""#)
            .gets(4..=20),
        polled(
            "fork --wait: the operation is unknown for a moment, and the fork is there",
            FORK,
            [refusal(404, "operation not found"), refusal(400, "operation not found"), json(200, DONE)],
        )
        .responds("/forks", [there()])
        .prints(r#""state":"done""#)
        .gets(5..=5),
        given_up("fork-status --wait: refused", &status(""), [forbidden()]).fails(4, "auth").gets(1..=1),
        survived(
            "fork --wait: responses about other forks, each once",
            FORK,
            [finished("taylor", "y"), finished("taylor", "z"), json(200, PENDING), finished("taylor", "z")],
        ),
        polled("fork --wait: the fork has another name", FORK, [finished("taylor", "y")])
            .notes("the service reports taylor/y as the fork, not taylor/x")
            .prints(r#""name":"y""#)
            .gets(2..=2),
        polled("fork --wait: the fork has another owner", FORK, [finished("evil", "x")])
            .notes("the service reports evil/x as the fork, not taylor/x")
            .prints(r#""owner":"evil""#)
            .gets(1..=1),
    ]
}

/// Another command's fork that is in progress, as the refusal says.
fn earlier() -> Vec<Row> {
    const AGAIN: &str = "db fork dolthub/x --owner taylor --wait --timeout 20s --if-not-exists";
    let waited = |name, args, lookups: Vec<Exchange>| {
        let row = Row::new(name, args).responds("POST /fork", [refusal(400, "it has already been forked")]);
        row.responds("/forks", lookups).requests(1, 0)
    };
    let there = || exists("taylor/x", "dolthub/x");
    vec![
        waited(
            "fork --wait --if-not-exists: in progress, and lookups that fail",
            AGAIN,
            vec![
                html(404, "Not Found"),
                closed(),
                exists("dolthub/y", ""),
                refusal(500, "boom"),
                not_found(),
                there(),
            ],
        )
        .prints(r#""state":"exists""#)
        .notes("dolthub/x is being forked to taylor already")
        .gets(6..=6),
        waited(
            "fork --wait --if-not-exists: in progress, and throttled for longer than the timeout",
            "db fork dolthub/x --owner taylor --wait --timeout 1s --if-not-exists",
            vec![throttled(429, "20")],
        )
        .fails(8, "pending")
        .prints(r#""state":"pending""#)
        .gets(1..=1),
    ]
}

/// `--timeout` counts from the first request on.
fn time_limits() -> Vec<Row> {
    vec![
        Row::new("fork --wait: the POST is throttled for longer than the timeout", FORK_FOR_2_S)
            .responds("POST /fork", [throttled(429, "20")])
            .fails(8, "pending")
            .says("not started after 2s")
            .hints("to continue: dhub db fork --wait --timeout 2000ms --owner taylor")
            .requests(1, 0),
        Row::new("fork --wait: the POST is throttled for most of the timeout", FORK_FOR_2_S)
            .responds("POST /fork", [throttled(503, "1"), json(200, &accepted())])
            .responds(POLL, [json(200, PENDING)])
            .notes(OPERATION)
            .requests(2, 0)
            .fails(8, "pending")
            .says("not finished after 2s")
            .prints(r#""state":"pending""#)
            .gets(1..=5),
    ]
}

fn connections() -> Vec<Row> {
    let then_closed =
        || [json(200, PENDING), vec![Act::Pause(std::time::Duration::from_millis(20)), Act::Close]].concat();
    let on_the_next = || vec![Act::ReadRequest, Act::Close];
    vec![
        survived(
            "fork --wait: the kept connection is closed between polls",
            FORK,
            [then_closed(), then_closed(), then_closed()],
        ),
        survived(
            "fork --wait: the kept connection is closed as the next poll arrives",
            FORK,
            [json(200, PENDING), on_the_next(), json(200, PENDING), reset()],
        ),
        survived(
            "fork-status --wait: two responses to one poll",
            &status(""),
            [two_responses(PENDING, r#"{"status":"Error","message":"stray"}"#)],
        ),
    ]
}

fn ends() -> Vec<Row> {
    let failed = r#"{"status":"Error","done":true,"message":"disk full"}"#;
    vec![
        given_up("fork --wait: no poll gets a response until the timeout", FORK_FOR_2_S, [closed()])
            .fails(8, "pending")
            .says("not finished after 2s")
            .prints(r#""state":"pending""#)
            .gets(2..=9),
        given_up(
            "fork --wait: throttled for longer than the timeout",
            FORK_FOR_2_S,
            [throttled(429, "3600")],
        )
        .fails(8, "pending")
        .prints(r#""state":"pending""#)
        .gets(1..=1),
        given_up(
            "fork --wait: a server that goes silent",
            &format!("{FORK_FOR_2_S} --request-timeout 1s"),
            [silence()],
        )
        .fails(8, "pending")
        .says("no complete response within")
        .prints(r#""state":"pending""#)
        .gets(1..=4),
        given_up(
            "fork --wait: the token expires during the wait",
            FORK,
            [json(200, PENDING), refusal(401, "Not authenticated")],
        )
        .responds("/forks", [refusal(401, "Not authenticated")])
        .fails(4, "auth")
        .prints(r#""state":"pending""#)
        .gets(3..=3),
        given_up(
            "fork --wait: the service forgets the operation",
            FORK,
            [json(200, PENDING), refusal(400, "no such operation: not found")],
        )
        .responds("/forks", [not_found()])
        .fails(3, "not_found")
        .prints(r#""state":"pending""#)
        .gets(3..=3),
        given_up("fork --wait: nothing but web pages until the timeout", FORK_FOR_5_S, [html(200, "Log in")])
            .fails(8, "pending")
            .says("Log in")
            .prints(r#""state":"pending""#)
            .gets(11..=21),
        given_up("fork-status --wait: nothing but web pages", &status(""), [html(404, "Not Found")])
            .fails(1, "api")
            .says("Not Found")
            .gets(10..=10),
        given_up(
            "fork-status --wait: web pages until the timeout, after a status",
            &status("--timeout 4s"),
            [json(200, PENDING), html(404, "Not Found")],
        )
        .fails(8, "pending")
        .says("Not Found")
        .prints(r#""state":"pending""#)
        .gets(11..=17),
        polled("fork --wait: failed, after a lost response", FORK, [cut_body(200), json(400, failed)])
            .fails(1, "operation_failed")
            .says("disk full")
            .prints(r#""state":"failed""#)
            .gets(2..=2),
        polled(
            "fork --wait: done with a body that is longer than its Content-Length",
            FORK,
            [last_bytes(format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{DONE}{PENDING}", DONE.len()))],
        )
        .prints(r#""state":"done""#)
        .gets(1..=1),
        given_up("fork-status --wait: no response until the timeout", &status("--timeout 1s"), [reset()])
            .fails(8, "pending")
            .prints(r#""state":"pending""#)
            .gets(2..=6),
        given_up(
            "fork-status --wait: the connection is refused until the timeout",
            &status("--timeout 1s"),
            [],
        )
        .connection_refused()
        .fails(8, "pending")
        .says("cannot connect")
        .prints(r#""state":"pending""#),
    ]
}
