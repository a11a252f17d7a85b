//! `db forks --tree`: many questions; one that stays without an answer does not spoil the others.

use super::answers::*;
use super::row::Row;
use crate::support::misbehaving::{Act, Answer};

const TREE: &str = "db forks dolthub/x --tree -j 4";
const ONE_BY_ONE: &str = "db forks dolthub/x --tree -j 1";

fn root_forks() -> String {
    forks_of("dolthub/x", "", &["taylor/x", "ann/x"])
}

fn root() -> Answer {
    json(200, &root_forks())
}

fn ann() -> Answer {
    there("ann/x", "dolthub/x")
}

/// A root with two forks; the questions about one of them, `taylor/x`, are answered like this.
fn asked(name: &'static str, words: &str, answers: impl IntoIterator<Item = Answer>) -> Row {
    let row = Row::new(name, words).answers("/dolthub/x/forks", [root()]).answers("/ann/x/forks", [ann()]);
    row.answers("/taylor/x/forks", answers)
        .prints(r#""owner":"ann","name":"x""#)
        .prints(r#""owner":"taylor""#)
}

/// What was asked about `taylor/x` brought its parent in the end.
fn whole(name: &'static str, words: &str, answers: impl IntoIterator<Item = Answer>) -> Row {
    let answers: Vec<_> = answers.into_iter().chain([there("taylor/x", "ann/x")]).collect();
    let gets = 2 + answers.len();
    asked(name, words, answers).prints(r#""forks":[{"owner":"taylor""#).requests(0, gets)
}

/// Nothing that was asked about `taylor/x` brought an answer.
fn in_doubt(name: &'static str, answer: Answer) -> Row {
    let row = asked(name, TREE, [answer]).fails(6, "network").says("no usable response from taylor/x");
    row.prints(r#""error":"network""#)
}

pub fn rows() -> Vec<Row> {
    let alone = |name, answers: Vec<Answer>| Row::new(name, TREE).answers("/dolthub/x/forks", answers);
    vec![
        whole(
            "forks --tree: a member's answers are lost three times",
            TREE,
            [closed(), reset(), cut_body(200)],
        ),
        whole("forks --tree: a member is throttled", TREE, [throttled(429, "1"), full(429, "", "")]),
        whole(
            "forks --tree: a member is turned away more often than a lost question is asked",
            TREE,
            [full(503, "", ""), full(503, "", ""), full(503, "", ""), full(503, "", "")],
        ),
        in_doubt("forks --tree: a member never answers", closed()).requests(0, 6),
        in_doubt("forks --tree: a member answers with web pages", page(200, "Log in")).requests(0, 3),
        in_doubt("forks --tree: a member is throttled for an hour", throttled(429, "3600")).requests(0, 3),
        asked("forks --tree: a member is refused", TREE, [not_there()])
            .prints(r#""error":"not_found""#)
            .notes("taylor/x cannot be shown")
            .requests(0, 3),
        alone("forks --tree: the one that was named never answers", vec![page(502, "Bad")])
            .fails(6, "network")
            .says("502 Bad Gateway")
            .requests(0, 4),
        alone("forks --tree: the one that was named is throttled for an hour", vec![throttled(503, "3600")])
            .fails(6, "network")
            .says("dhub waits 5m at most")
            .requests(0, 1),
        Row::new("forks --tree: two answers to the first question", ONE_BY_ONE)
            .answers("/dolthub/x/forks", [two_at_once(&root_forks(), &forks_of("taylor/x", "stray/x", &[]))])
            .answers("/taylor/x/forks", [there("taylor/x", "ann/x")])
            .answers("/ann/x/forks", [ann()])
            .prints(r#""forks":[{"owner":"taylor""#)
            .keeps_to_itself("stray")
            .requests(0, 3),
        Row::new("forks --tree: the connection ends after each answer, unannounced", ONE_BY_ONE)
            .answers("/dolthub/x/forks", [[root(), vec![Act::Close]].concat()])
            .answers("/taylor/x/forks", [[there("taylor/x", "ann/x"), vec![Act::Close]].concat()])
            .answers("/ann/x/forks", [[ann(), vec![Act::Close]].concat()])
            .prints(r#""forks":[{"owner":"taylor""#)
            .requests(0, 3),
    ]
}
