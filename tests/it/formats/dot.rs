//! `db forks --tree -o dot`: read back by a small reader of Graphviz's grammar.

use std::collections::{BTreeMap, BTreeSet};

use dhub::emulator::Options;

use crate::support::{Sandbox, Server};
use crate::tree::names::{NAME, OWNER, hostile, is_harmful};

const MUSEUM: &str = "dolthub/museum-collections";

#[derive(Debug, Default)]
struct Graph {
    /// The attributes of each node.
    nodes: BTreeMap<String, BTreeMap<String, String>>,
    edges: BTreeSet<(String, String)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Quoted(String),
    /// A name, a bracket, an arrow.
    Bare(String),
}

/// As Graphviz reads: between quotes only `\"` is an escape, but `\\` keeps the second backslash from being one.
fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = if first == '"' {
            let bytes = rest.as_bytes();
            let mut end = 1;
            while bytes[end] != b'"' {
                assert_ne!(bytes[end], b'\n', "a line ends within quotes");
                end += if bytes[end] == b'\\' { 2 } else { 1 };
            }
            tokens.push(Token::Quoted(rest[1..end].replace("\\\"", "\"")));
            end + 1
        } else {
            let is_word = |c: char| c.is_ascii_alphanumeric();
            let length = match first {
                '-' => 2,
                c if is_word(c) => rest.find(|c| !is_word(c)).unwrap(),
                _ => 1,
            };
            tokens.push(Token::Bare(rest[..length].to_owned()));
            length
        };
        rest = rest[length..].trim_start();
    }
    tokens
}

/// Panics where it is no graph.
fn read(text: &str) -> Graph {
    let bare = |token: &str| Token::Bare(token.to_owned());
    let tokens = tokens(text);
    assert_eq!(tokens[..3], [bare("digraph"), Token::Quoted("forks".to_owned()), bare("{")]);
    assert_eq!(tokens.last(), Some(&bare("}")));
    let mut graph = Graph::default();
    for statement in tokens[3..tokens.len() - 1].split_inclusive(|token| *token == bare(";")) {
        match statement {
            [Token::Bare(name), equals, Token::Bare(_), _] if *equals == bare("=") => {
                assert_eq!(name, "rankdir")
            }
            [Token::Bare(name), ..] => assert_eq!(name, "node"),
            [Token::Quoted(from), arrow, Token::Quoted(to), _] if *arrow == bare("->") => {
                assert!(graph.edges.insert((from.clone(), to.clone())));
            }
            [Token::Quoted(node), open, list @ .., close, _] if *open == bare("[") && *close == bare("]") => {
                let attributes = list.split(|token| *token == bare(",")).map(|attribute| match attribute {
                    [Token::Bare(name), equals, Token::Quoted(value)] if *equals == bare("=") => {
                        (name.clone(), value.clone())
                    }
                    other => panic!("no attribute: {other:?}"),
                });
                assert!(graph.nodes.insert(node.clone(), attributes.collect()).is_none());
            }
            other => panic!("no statement: {other:?}"),
        }
    }
    graph
}

#[test]
fn a_network_of_500_is_a_graph_with_a_node_for_each_and_an_edge_to_each_but_the_root() {
    let (sandbox, emulator) = Sandbox::emulated(Options { network: 500, ..Options::default() });
    let text = sandbox.run(&format!("db forks {MUSEUM} --tree -o dot")).exits(0).out;
    let graph = read(&text);
    assert_eq!((graph.nodes.len(), graph.edges.len()), (501, 500));
    let parents: BTreeSet<&String> = graph.edges.iter().map(|(_, to)| to).collect();
    assert!(
        graph.edges.iter().all(|(from, to)| graph.nodes.contains_key(from) && graph.nodes.contains_key(to))
    );
    assert!(!parents.contains(&MUSEUM.to_owned()) && parents.len() == 500);
    let root = &graph.nodes[MUSEUM];
    assert_eq!(root["label"], MUSEUM);
    assert_eq!(root["URL"], format!("{}/repositories/{MUSEUM}", emulator.url()));
    assert_eq!(root["penwidth"], "2");

    let cut = sandbox.run(&format!("db forks {MUSEUM} --tree --depth 1 -o dot")).exits(0).out;
    assert!(read(&cut).edges.iter().all(|(from, _)| from == MUSEUM));
}

#[test]
fn a_hostile_name_is_one_node() {
    let server = Server::start(|request, _| hostile(request));
    let run = Sandbox::at(server.url()).run("db forks r/x --tree -o dot").exits(0);
    assert!(!is_harmful(&run.out) && !run.out.contains('\t'), "{run:?}");
    let graph = read(&run.out);
    let own = "a%09b%0Ac/d%1B%5B2J%E2%80%AE%0D%C2%9B31m";
    assert_eq!(graph.nodes.keys().collect::<Vec<_>>(), [own, "r/x", "y/x", "z/x"]);
    // Graphviz shows two backslashes of a label as one.
    let label = graph.nodes[own]["label"].replace("\\\\", "\\");
    assert_eq!(
        label,
        format!("{}/{}", dhub::output::escape::field(OWNER), dhub::output::escape::field(NAME))
    );
    let edges: Vec<(&str, &str)> =
        graph.edges.iter().map(|(from, to)| (from.as_str(), to.as_str())).collect();
    assert_eq!(edges, [(own, "z/x"), ("r/x", own), ("r/x", "y/x")]);
}
