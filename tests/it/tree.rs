//! `dhub db forks --tree`: a whole fork network as the tree it is.

mod failing;
mod large;
mod malformed;
pub mod names;
mod network;
#[cfg(unix)]
mod terminal;
mod throttled;

use dhub::emulator::Options;
use serde_json::{Value, json};

use self::network::{Lists, Network, once_each, requested, shape};
use crate::support::{Reply, Sandbox};

const MUSEUM: &str = "dolthub/museum-collections";

fn emulated(forks: usize) -> Options {
    Options { network: forks, ..Options::default() }
}

/// `museum-0004` and `museum-0005` are forks of `museum-0001`, the others of the root.
const MEMBERS: [(&str, &str, &str); 6] = [
    (MUSEUM, "0", ""),
    ("museum-0001/museum-collections", "1", MUSEUM),
    ("museum-0004/museum-collections", "2", "museum-0001/museum-collections"),
    ("museum-0005/museum-collections", "2", "museum-0001/museum-collections"),
    ("museum-0002/museum-collections", "1", MUSEUM),
    ("museum-0003/museum-collections", "1", MUSEUM),
];

#[test]
fn a_row_is_name_url_depth_and_parent_and_the_roots_parent_is_empty() {
    let (sandbox, emulator) = Sandbox::emulated(emulated(5));
    let run = sandbox.run(&format!("db forks {MUSEUM} --tree")).exits(0);
    let rows: Vec<Vec<&str>> = run.out.lines().map(|line| line.split('\t').collect()).collect();
    let expected: Vec<Vec<String>> = MEMBERS
        .iter()
        .map(|(name, depth, parent)| {
            let url = format!("{}/repositories/{name}", emulator.url());
            vec![(*name).to_owned(), url, (*depth).to_owned(), (*parent).to_owned()]
        })
        .collect();
    assert_eq!(rows, expected);
    assert_eq!(run.err, "");
}

#[test]
fn from_the_root_a_leaf_and_a_middle_member_the_tree_is_the_same() {
    let (sandbox, _emulator) = Sandbox::emulated(emulated(40));
    for form in ["", "--json"] {
        let tree = |name: &str| {
            let run = sandbox.run(&format!("db forks {name}/museum-collections --tree {form}")).exits(0);
            assert_eq!(run.err, "");
            run.out
        };
        let from_root = tree("dolthub");
        for (member, which) in [("museum-0040", "a leaf"), ("museum-0003", "in the middle")] {
            assert_eq!(tree(member), from_root, "{which} {form}");
        }
    }
}

#[test]
fn the_tree_is_the_same_byte_for_byte_with_one_job_and_with_many() {
    let (sandbox, _emulator) = Sandbox::emulated(emulated(80));
    for form in ["", "--json"] {
        let tree = |jobs: &str| sandbox.run(&format!("db forks {MUSEUM} --tree {form} {jobs}")).exits(0);
        let one = tree("-j 1");
        assert_eq!(one.out.matches("/repositories/").count(), 81);
        for jobs in ["-j 16", "-j 64"] {
            let many = tree(jobs);
            assert_eq!((many.out, many.err), (one.out.clone(), one.err.clone()), "{jobs} {form}");
        }
    }
}

/// A member in JSON, as the design writes it.
fn member(host: &str, owner: &str, forks: &[Value]) -> Value {
    let url = format!("{host}/repositories/{owner}/museum-collections");
    json!({"owner": owner, "name": "museum-collections", "url": url, "error": null, "forks": forks})
}

#[test]
fn json_nests_each_member_with_its_forks_and_only_the_root_has_the_count() {
    let (sandbox, emulator) = Sandbox::emulated(emulated(5));
    let host = emulator.url();
    let leaf = |owner: &str| member(&host, owner, &[]);
    let first = member(&host, "museum-0001", &[leaf("museum-0004"), leaf("museum-0005")]);
    let mut expected = member(&host, "dolthub", &[first, leaf("museum-0002"), leaf("museum-0003")]);
    expected["fork_network_count"] = json!(5);
    expected["clone_url"] = Value::Null;
    let document = sandbox.run("db forks museum-0005/museum-collections --tree --json").exits(0).document();
    assert_eq!(document, expected);
}

#[test]
fn a_database_without_forks_is_a_tree_of_one() {
    let (sandbox, emulator) = Sandbox::emulated(Options::default());
    sandbox.run("db create dolthub/x --public").exits(0);
    let run = sandbox.run("db forks dolthub/x --tree").exits(0);
    assert_eq!(run.out, format!("dolthub/x\t{}/repositories/dolthub/x\t0\t\n", emulator.url()));
    let document = sandbox.run("db forks dolthub/x --tree --json").exits(0).document();
    assert_eq!((&document["forks"], &document["fork_network_count"]), (&json!([]), &json!(0)));
}

#[test]
fn without_a_token_a_public_network_is_complete_and_a_private_one_is_not_found() {
    let (sandbox, emulator) = Sandbox::emulated(emulated(5));
    sandbox.run("db create dolthub/secret --private").exits(0);
    let anonymous = Sandbox::new().with("DOLTHUB_HOST", &emulator.url());
    let args = format!("db forks {MUSEUM} --tree");
    assert_eq!(anonymous.run(&args).exits(0).out, sandbox.run(&args).exits(0).out);
    sandbox.run("db forks dolthub/secret --tree").exits(0);
    let run = anonymous.run("db forks dolthub/secret --tree").exits(3);
    assert_eq!(run.out, "");
}

#[test]
fn a_private_member_is_marked_if_listed_and_absent_if_not() {
    // b is private, and c is a fork of it.
    let refusing = |_: &Network, member: &str, _: usize| {
        (member == "b").then(|| Reply::refusal(400, "no such repository"))
    };
    let server = Network::of(&[("r", ""), ("a", "r"), ("b", "r"), ("c", "b")], Lists::Flat).play(refusing);
    let sandbox = Sandbox::new().with("DOLTHUB_HOST", server.url());
    let run = sandbox.run("db forks r/x --tree --json").exits(0);
    assert_eq!(shape(&run.document()), "r(a b[not_found](c))");
    assert_eq!(run.err, "note: b/x cannot be shown: private, deleted or refused\n");

    let server = Network::of(&[("r", ""), ("a", "r"), ("c", "b")], Lists::Flat).play(refusing);
    let sandbox = sandbox.with("DOLTHUB_HOST", server.url());
    let run = sandbox.run("db forks r/x --tree --json").exits(0);
    assert_eq!(shape(&run.document()), "r(a c)");
    assert_eq!(run.err, "note: c/x is a fork of b/x, which is not in the network\n");
}

#[test]
fn flat_lists_and_lists_of_children_make_the_same_tree_with_one_request_per_member() {
    let parents = [("r", ""), ("b", "r"), ("a", "r"), ("c", "b"), ("d", "c"), ("e", "b"), ("f", "a")];
    for lists in [Lists::Flat, Lists::Children] {
        for named in ["r", "a", "c", "d", "f"] {
            for jobs in [1, 16] {
                let server = Network::of(&parents, lists).play_by_rights();
                let sandbox = Sandbox::at(server.url());
                let run = sandbox.run(&format!("db forks {named}/x --tree --json -j {jobs}")).exits(0);
                let document = run.document();
                assert_eq!(shape(&document), "r(a(f) b(c(d) e))", "{lists:?} {named} -j {jobs}");
                assert_eq!(document["fork_network_count"], 6);
                assert_eq!(run.err, "");
                assert_eq!(requested(&server), once_each("r a b c d e f"), "{lists:?} {named} -j {jobs}");
            }
        }
    }
}

#[test]
fn a_database_named_in_another_case_appears_once() {
    // The service treats R/x as r/x, and its response shows that.
    let network = Network::of(&[("r", ""), ("a", "r")], Lists::Flat);
    let server = network.play(|network, member, _| {
        (member == "R").then(|| Reply::Json(200, network.response("r").unwrap().to_string()))
    });
    let run = Sandbox::at(server.url()).run("db forks R/x --tree --json").exits(0);
    assert_eq!(shape(&run.document()), "r(a)", "{run:?}");
    assert_eq!(run.err, "");
}
