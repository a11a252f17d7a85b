//! `api`: a GET is retried as any read; a POST is sent once, and nothing can be looked up.

use super::responses::*;
use super::row::Row;
use crate::support::faulty_server::Exchange;

const GET: &str = "api dolthub/x/forks";
const POST: &str = "api fork -f ownerName=taylor";
const ACCEPTED: &str = r#"{"status":"Success","operation_name":"operations/x"}"#;

/// The requests get these responses, and the last one succeeds.
fn read(name: &'static str, responses: impl IntoIterator<Item = Exchange>) -> Row {
    let responses: Vec<_> = responses.into_iter().chain([json(200, r#"{"n": 1.0}"#)]).collect();
    let gets = responses.len();
    Row::new(name, GET).responds("GET /dolthub/x/forks", responses).prints(r#"{"n":1.0}"#).requests(0, gets)
}

fn posted(name: &'static str, args: &str, responses: impl IntoIterator<Item = Exchange>) -> Row {
    Row::new(name, args).responds("POST /fork", responses)
}

/// The response to the one POST is lost, or of no use.
fn unknown(name: &'static str, args: &str, response: Exchange) -> Row {
    posted(name, args, [response])
        .fails(7, "unknown")
        .hints("it may have taken effect, and was not sent again")
        .requests(1, 0)
        .unknown()
}

pub fn rows() -> Vec<Row> {
    [reads(), writes(), lost()].into_iter().flatten().collect()
}

fn reads() -> Vec<Row> {
    vec![
        read("api: a GET that is closed, cut off, and 502", [closed(), cut_body(200), html(502, "Bad")]),
        read("api: a GET that is throttled", [throttled(429, "0"), throttled(403, "0")]),
        Row::new("api: a GET that always gets a gateway's page", GET)
            .responds("GET /dolthub/x/forks", [html(502, "upstream is gone")])
            .fails(6, "network")
            .says("upstream is gone")
            .hides("Oh no")
            .requests(0, 4),
        Row::new("api: a GET that gets a web page", GET)
            .responds("GET /dolthub/x/forks", [html(404, "Nothing here")])
            .fails(1, "api")
            .says("Nothing here")
            .hides("Oh no")
            .hints("is PATH right?")
            .requests(0, 1),
        Row::new("api: a GET whose response is JSON too deep to follow", GET)
            .responds("GET /dolthub/x/forks", [json(200, &deep(200_000))])
            .fails(1, "api")
            .requests(0, 1),
    ]
}

fn writes() -> Vec<Row> {
    vec![
        posted(
            "api: a POST that is throttled",
            POST,
            [throttled(429, "0"), throttled(503, "0"), json(200, ACCEPTED)],
        )
        .prints(ACCEPTED)
        .requests(3, 0),
        posted("api: a POST that is redirected", POST, [full(302, "location: https://sso.corp/\r\n", "")])
            .fails(1, "api")
            .says("is not followed")
            .requests(1, 0),
        posted("api: a POST that is refused", POST, [refusal(400, "no such repository")])
            .fails(3, "not_found")
            .prints("no such repository")
            .requests(1, 0),
        Row::new("api: a POST whose connection is refused", POST)
            .connection_refused()
            .fails(6, "network")
            .says("cannot connect"),
    ]
}

fn lost() -> Vec<Row> {
    let in_a_second = format!("{POST} --request-timeout 1s");
    vec![
        unknown("api: a POST that is closed without a response", POST, closed())
            .says("it ended in the middle"),
        unknown("api: a POST that is reset", POST, reset()).says("the connection broke"),
        unknown("api: a POST whose response breaks off", POST, cut_body(200)).says("the response broke off"),
        unknown("api: a POST that gets no response in time", &in_a_second, silence())
            .says("no complete response within 1s"),
        unknown("api: a POST that gets 500 in the API's JSON", POST, refusal(500, "boom")).prints("boom"),
        unknown("api: a POST that gets a gateway's page", POST, html(502, "Bad Gateway")).hides("Oh no"),
        unknown("api: a POST that gets 200 with a web page", POST, html(200, "Log in")).hides("Oh no"),
        unknown("api: a POST whose response is too long", POST, flood("["))
            .says("longer than 64 MiB")
            .reads_at_most(96 * 1024 * 1024),
    ]
}
