//! `db forks --tree`: many requests; one without a response does not affect the others.

use super::responses::*;
use super::row::Row;
use crate::support::faulty_server::{Act, Exchange};

const TREE: &str = "db forks dolthub/x --tree -j 4";
const ONE_BY_ONE: &str = "db forks dolthub/x --tree -j 1";

fn root_forks() -> String {
    forks_of("dolthub/x", "", &["taylor/x", "ann/x"])
}

fn root() -> Exchange {
    json(200, &root_forks())
}

fn ann() -> Exchange {
    exists("ann/x", "dolthub/x")
}

/// A root with two forks; requests about one of them, `taylor/x`, get these responses.
fn requested(name: &'static str, args: &str, responses: impl IntoIterator<Item = Exchange>) -> Row {
    let row = Row::new(name, args).responds("/dolthub/x/forks", [root()]).responds("/ann/x/forks", [ann()]);
    row.responds("/taylor/x/forks", responses)
        .prints(r#""owner":"ann","name":"x""#)
        .prints(r#""owner":"taylor""#)
}

/// The last response about `taylor/x` names its parent.
fn whole(name: &'static str, args: &str, responses: impl IntoIterator<Item = Exchange>) -> Row {
    let responses: Vec<_> = responses.into_iter().chain([exists("taylor/x", "ann/x")]).collect();
    let gets = 2 + responses.len();
    requested(name, args, responses).prints(r#""forks":[{"owner":"taylor""#).requests(0, gets)
}

/// No request about `taylor/x` gets a usable response.
fn in_doubt(name: &'static str, response: Exchange) -> Row {
    let row = requested(name, TREE, [response]).fails(6, "network").says("no usable response from taylor/x");
    row.prints(r#""error":"network""#)
}

pub fn rows() -> Vec<Row> {
    let alone = |name, responses: Vec<Exchange>| Row::new(name, TREE).responds("/dolthub/x/forks", responses);
    vec![
        whole(
            "forks --tree: a member's response is lost three times",
            TREE,
            [closed(), reset(), cut_body(200)],
        ),
        whole("forks --tree: a member is throttled", TREE, [throttled(429, "1"), full(429, "", "")]),
        whole(
            "forks --tree: a member is throttled more often than a lost read is retried",
            TREE,
            [full(503, "", ""), full(503, "", ""), full(503, "", ""), full(503, "", "")],
        ),
        in_doubt("forks --tree: a member never responds", closed()).requests(0, 6),
        in_doubt("forks --tree: a member responds with web pages", html(200, "Log in")).requests(0, 3),
        in_doubt("forks --tree: a member is throttled for an hour", throttled(429, "3600")).requests(0, 3),
        requested("forks --tree: a member is refused", TREE, [not_found()])
            .prints(r#""error":"not_found""#)
            .notes("taylor/x cannot be shown")
            .requests(0, 3),
        alone("forks --tree: the named database never responds", vec![html(502, "Bad")])
            .fails(6, "network")
            .says("502 Bad Gateway")
            .requests(0, 4),
        alone("forks --tree: the named database is throttled for an hour", vec![throttled(503, "3600")])
            .fails(6, "network")
            .says("dhub waits 5m at most")
            .requests(0, 1),
        Row::new("forks --tree: two responses to the first request", ONE_BY_ONE)
            .responds(
                "/dolthub/x/forks",
                [two_responses(&root_forks(), &forks_of("taylor/x", "stray/x", &[]))],
            )
            .responds("/taylor/x/forks", [exists("taylor/x", "ann/x")])
            .responds("/ann/x/forks", [ann()])
            .prints(r#""forks":[{"owner":"taylor""#)
            .hides("stray")
            .requests(0, 3),
        Row::new("forks --tree: the connection ends after each response, unannounced", ONE_BY_ONE)
            .responds("/dolthub/x/forks", [[root(), vec![Act::Close]].concat()])
            .responds("/taylor/x/forks", [[exists("taylor/x", "ann/x"), vec![Act::Close]].concat()])
            .responds("/ann/x/forks", [[ann(), vec![Act::Close]].concat()])
            .prints(r#""forks":[{"owner":"taylor""#)
            .requests(0, 3),
    ]
}
