//! Networks that do not fit together: each is a tree all the same, with a note.

use serde_json::json;

use super::network::{Lists, Network, changed, listed, once_each, requested, shape};
use crate::support::{Reply, Run, Sandbox, Server};

/// Both ways to list forks.
const BOTH: [Lists; 2] = [Lists::Flat, Lists::Children];

/// The shape of the tree from `named`, and what stands on stderr. Exit code 0.
fn tree(server: &Server, named: &str, options: &str) -> (String, String) {
    let args = format!("db forks {named}/x --tree --json {options}");
    let run: Run = Sandbox::at(server.url()).run(&args).exits(0);
    (shape(&run.document()), run.err)
}

#[test]
fn a_parent_outside_the_list_a_cycle_and_a_self_parent_are_each_a_tree_with_a_note() {
    for (parents, named, expected, note) in [
        (
            &[("r", ""), ("a", "ghost"), ("b", "r")][..],
            "a",
            "r(a b)",
            "a/x is a fork of ghost/x, which is not in the network",
        ),
        (
            &[("r", ""), ("a", "b"), ("b", "c"), ("c", "a"), ("d", "c")],
            "d",
            "r(a(c(b d)))",
            "a/x is a fork of one of its own forks",
        ),
        (&[("r", ""), ("b", "a"), ("a", "b")], "b", "r(a(b))", "a/x is a fork of one of its own forks"),
        (&[("r", ""), ("a", "a")], "a", "r(a)", "a/x is a fork of one of its own forks"),
    ] {
        for lists in BOTH {
            for jobs in ["-j 1", "-j 16"] {
                let server = Network::of(parents, lists).play_by_rights();
                let seen = tree(&server, named, jobs);
                assert_eq!(seen, (expected.to_owned(), format!("note: {note}\n")), "{lists:?} {jobs}");
                assert!(requested(&server).values().all(|&times| times == 1), "{:?}", requested(&server));
            }
        }
    }
}

#[test]
fn a_root_that_is_its_own_fork_or_another_members_is_still_the_root() {
    for (parent, note) in [("r", "r/x"), ("a", "a/x"), ("ghost", "ghost/x")] {
        for named in ["r", "a"] {
            let network = Network::of(&[("r", ""), ("a", "r"), ("b", "a")], Lists::Flat);
            let server = network.play(move |network, member, _| match member {
                "r" => changed(network, "r", |response| {
                    response["parent_owner"] = json!(parent);
                    response["parent_database_name"] = json!("x");
                }),
                _ => None,
            });
            let note = format!("note: r/x is named as the root, but also as a fork of {note}\n");
            assert_eq!(tree(&server, named, ""), ("r(a(b))".to_owned(), note), "{parent} from {named}");
        }
    }
}

#[test]
fn a_member_that_is_listed_twice_stands_once_with_a_note() {
    let server =
        Network::of(&[("r", ""), ("a", "r"), ("b", "r")], Lists::Children).play(|network, member, _| {
            (member == "r").then(|| {
                changed(network, "r", |response| {
                    response["forks"] = json!([listed("b"), listed("a"), listed("b"), listed("b")]);
                })
                .unwrap()
            })
        });
    let seen = tree(&server, "r", "");
    assert_eq!(seen, ("r(a b)".to_owned(), "note: b/x is listed twice\n".to_owned()));
    assert_eq!(requested(&server), once_each("r a b"));
}

#[test]
fn a_root_that_is_not_shown_is_still_the_root_and_marked() {
    for lists in BOTH {
        let server = Network::of(&[("r", ""), ("a", "r"), ("b", "a")], lists)
            .play(|_, member, _| (member == "r").then(|| Reply::refusal(400, "no such repository")));
        let (shape, err) = tree(&server, "b", "");
        assert_eq!(shape, "r[not_found](a(b))", "{lists:?}");
        assert_eq!(err, "note: r/x cannot be shown: private, deleted or refused\n");
    }
}

#[test]
fn a_root_without_children_is_placed_at_the_top_with_a_note() {
    let server = Network::of(&[("r", ""), ("a", "r")], Lists::Flat).play(|network, member, _| {
        changed(network, member, |response| response["network_root_owner"] = json!("z"))
    });
    let (shape, err) = tree(&server, "a", "");
    assert_eq!(shape, "z[not_found](r(a))");
    assert!(err.contains("note: r/x is not a fork, but in the network of z/x\n"), "{err}");
}

#[test]
fn without_a_named_root_the_end_of_the_parent_chain_is_the_root() {
    for lists in BOTH {
        for named in ["r", "b"] {
            let network = Network::of(&[("r", ""), ("a", "r"), ("b", "a")], lists);
            let server = network.play(|network, member, _| {
                changed(network, member, |response| {
                    response["network_root_owner"] = json!("");
                    response["network_root_database_name"] = json!("");
                })
            });
            let (shape, err) = tree(&server, named, "");
            assert_eq!((shape.as_str(), err.as_str()), ("r(a(b))", ""), "{lists:?} from {named}");
        }
    }
}

/// A network in which some members name other roots.
fn with_roots(roots: &'static [(&str, &str)]) -> Server {
    let parents = [("r", ""), ("a", "r"), ("b", "r"), ("c", "r")];
    Network::of(&parents, Lists::Flat).play(move |network, member, _| {
        changed(network, member, |response| {
            let other = roots.iter().find(|(who, _)| *who == member).map(|(_, root)| *root);
            response["network_root_owner"] = json!(other.unwrap_or("r"));
        })
    })
}

#[test]
fn two_roots_are_one_tree_with_a_note_whichever_member_was_named() {
    for named in ["r", "a", "b"] {
        for jobs in ["-j 1", "-j 16"] {
            let server = with_roots(&[("a", "q")]);
            let (shape, err) = tree(&server, named, jobs);
            assert_eq!(shape, "r(a b c q[not_found])", "from {named} {jobs}");
            assert!(err.contains("note: the responses name 2 roots: q/x, r/x\n"), "{err}");
        }
    }
}

#[test]
fn three_roots_are_reported_alike_whichever_member_was_named() {
    let seen = ["r", "a", "b"].map(|named| {
        let server = with_roots(&[("a", "q"), ("b", "p")]);
        tree(&server, named, "-j 1")
    });
    assert_eq!(seen[0], seen[1]);
    assert_eq!(seen[0], seen[2]);
}

#[test]
fn a_network_that_changes_between_responses_is_a_tree_of_all_members_seen() {
    // At first there are a and b; then a is deleted, and c is forked from b and d from c.
    let after = [("r", ""), ("b", "r"), ("c", "b"), ("d", "c")];
    let server = Network::of(&after, Lists::Flat).play(|network, member, _| match member {
        "r" => changed(network, "r", |response| {
            response["forks"] = json!([listed("a"), listed("b")]);
            response["fork_network_count"] = json!(2);
        }),
        _ => None,
    });
    for jobs in ["-j 1", "-j 16"] {
        let (shape, err) = tree(&server, "r", jobs);
        assert_eq!(shape, "r(a[not_found] b(c(d)))");
        assert_eq!(err, "note: a/x cannot be shown: private, deleted or refused\n");
    }
    assert!(requested(&server).values().all(|&times| times == 2), "{:?}", requested(&server));
}

#[test]
fn many_notes_are_summarized_and_quiet_omits_them() {
    let members: Vec<String> = (0..50).map(|number| format!("m{number:02}")).collect();
    let orphans = members.iter().map(|member| (member.clone(), format!("{member}-ghost")));
    let all = std::iter::once(("r".to_owned(), String::new())).chain(orphans);
    let server = Network::from_pairs(all, Lists::Flat).play_by_rights();
    let (_, err) = tree(&server, "r", "");
    assert!(err.starts_with("note: m00/x is a fork of m00-ghost/x, which is not in the network\n"), "{err}");
    assert!(err.ends_with("more like these\n"), "{err}");
    assert!(err.lines().count() <= 20, "{err}");
    assert_eq!(tree(&server, "r", "--quiet").1, "");
}

#[test]
fn a_response_about_another_database_makes_no_tree() {
    let server = Server::always(crate::support::responses::exists("other/y", "r/y"));
    let run = Sandbox::at(server.url()).run("db forks a/x --tree --json").exits(1);
    assert_eq!(run.out, "");
    let error = run.error();
    assert_eq!(
        (error["kind"].as_str(), error["message"].as_str()),
        (Some("api"), Some("the response is about other/y, not a/x"))
    );
}
