//! `db forks --tree -o dot`, drawn by Graphviz itself.

use std::io::Write;
use std::process::{Command, Stdio};

use dhub::emulator::Options;
use percent_encoding::percent_decode_str;
use serde_json::json;

use crate::support::{Reply, Sandbox, Server};

const MUSEUM: &str = "dolthub/museum-collections";

/// Owners, each the parent of the next, whose names mean something to Graphviz, to XML or to a terminal.
const OWNERS: [&str; 20] = [
    "r",
    "\"",
    "a\"]; evil [label=\"x",
    "back\\",
    "\\\\\"",
    "\\N\\G\\T\\l",
    "line\nfeed",
    "return\r\ntab\t",
    "</svg>",
    "<b>bold</b>",
    "<<i>x</i>>",
    "a -> b",
    "port:n:sw",
    "node",
    "strict digraph {",
    "// /* comment",
    "# line",
    "&amp;&#10;&lt;",
    "\" class=\"node",
    "\u{1b}[2J\u{202e}\u{9b}héllo 東京 🦉",
];

/// The picture of a graph as SVG. None where there is no Graphviz, which is said; in CI, there must be one.
fn drawn(graph: &str) -> Option<String> {
    let dot = Command::new("dot")
        .arg("-Tsvg")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut dot = match dot {
        Err(error) if std::env::var_os("CI").is_none() => {
            // Not by println, which is shown of tests that fail.
            let skipped = format!("not drawn, since dot cannot be run: {error}\n");
            std::io::stderr().write_all(skipped.as_bytes()).unwrap();
            return None;
        }
        dot => dot.expect("CI has Graphviz"),
    };
    dot.stdin.take().unwrap().write_all(graph.as_bytes()).unwrap();
    let output = dot.wait_with_output().unwrap();
    let warnings = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && warnings.is_empty(), "{}: {warnings}", output.status);
    Some(String::from_utf8(output.stdout).unwrap())
}

/// Checks that a picture has so many nodes, with a name each, and so many edges.
#[track_caller]
fn has(picture: &str, nodes: usize, edges: usize) {
    let count = |text: &str| picture.matches(text).count();
    assert_eq!((count("class=\"node\""), count("class=\"edge\"")), (nodes, edges));
    assert_eq!((count("<text "), count("</svg>"), count("<a ")), (nodes, 1, nodes));
}

#[test]
fn a_network_of_500_forks_is_drawn_without_a_warning() {
    let (sandbox, _emulator) = Sandbox::emulated(Options { network: 500, ..Options::default() });
    let graph = sandbox.run(&format!("db forks {MUSEUM} --tree -o dot")).exits(0).out;
    if let Some(picture) = drawn(&graph) {
        has(&picture, 501, 500);
    }
}

#[test]
fn hostile_names_are_a_node_each_and_shown_as_they_are() {
    let server = Server::start(|request, _| {
        let path = percent_decode_str(&request.target).decode_utf8().unwrap();
        let owner = path.strip_prefix("/api/v1alpha1/").and_then(|rest| rest.strip_suffix("/x/forks"));
        let Some(number) = OWNERS.iter().position(|known| Some(*known) == owner) else {
            return Reply::refusal(400, "no such repository");
        };
        let parent = number.checked_sub(1).map_or("", |parent| OWNERS[parent]);
        let forks = OWNERS[1..].iter().map(|owner| json!({"database_owner": owner, "database_name": "x"}));
        let response = json!({
            "status": "Success", "database_owner": OWNERS[number], "database_name": "x",
            "forks": forks.collect::<Vec<_>>(),
            "parent_owner": parent, "parent_database_name": if parent.is_empty() { "" } else { "x" },
            "network_root_owner": "r", "network_root_database_name": "x",
            "fork_network_count": OWNERS.len() - 1,
        });
        Reply::Json(200, response.to_string())
    });
    let graph = Sandbox::at(server.url()).run("db forks r/x --tree -o dot").exits(0).out;
    let Some(picture) = drawn(&graph) else { return };
    has(&picture, OWNERS.len(), OWNERS.len() - 1);
    for shown in [
        ">&quot;/x</text>",
        ">back\\/x</text>",
        ">\\N\\G\\T\\l/x</text>",
        ">line\\nfeed/x</text>",
        ">&lt;/svg&gt;/x</text>",
        ">&lt;b&gt;bold&lt;/b&gt;/x</text>",
        ">port:n:sw/x</text>",
        ">node/x</text>",
        ">&amp;amp;&amp;#10;&amp;lt;/x</text>",
        "héllo 東京 🦉/x</text>",
    ] {
        assert!(picture.contains(shown), "{shown} is not in {picture}");
    }
}
