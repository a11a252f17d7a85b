//! Members that are refused, that never respond, and that fail transiently.

use serde_json::json;

use super::network::{Lists, Network, requested, shape};
use crate::support::{Reply, Sandbox};

const WIDE: &[(&str, &str)] =
    &[("r", ""), ("a", "r"), ("b", "r"), ("c", "r"), ("d", "r"), ("e", "b"), ("f", "r"), ("g", "r")];

#[test]
fn refused_members_are_marked_with_a_note_and_requested_once() {
    let server = Network::of(WIDE, Lists::Flat).play(|_, member, _| {
        Some(match member {
            "b" => Reply::refusal(400, "no such repository"),
            "c" => Reply::refusal(403, "you may not see this"),
            "d" => Reply::refusal(400, "Error getting the forks list."),
            _ => return None,
        })
    });
    let sandbox = Sandbox::at(server.url());
    let run = sandbox.run("db forks r/x --tree --json").exits(0);
    assert_eq!(shape(&run.document()), "r(a b[not_found](e) c[auth] d[api] f g)");
    assert_eq!(run.err.lines().count(), 1, "{run:?}");
    assert!(run.err.starts_with("note: b/x, c/x, d/x cannot be shown"), "{run:?}");
    assert!(requested(&server).values().all(|&times| times == 1), "{:?}", requested(&server));

    // The fork of a member that refuses keeps its place in rows, too.
    let run = sandbox.run("db forks r/x --tree").exits(0);
    let row = format!("e/x\t{}/repositories/e/x\t2\tb/x\n", server.url());
    assert!(run.out.contains(&row), "{run:?}");
    assert_eq!(run.out.lines().count(), 8);
}

#[test]
fn members_without_a_usable_response_are_retried_and_marked_with_exit_6() {
    let server = Network::of(WIDE, Lists::Flat).play(|_, member, _| {
        Some(match member {
            "a" => Reply::refusal(500, "Internal server error"),
            "b" => Reply::html(502, "<h1>502 Bad Gateway</h1>"),
            "c" => Reply::Close,
            "d" => Reply::Bytes(b"\x16\x03\x01garbage\r\n\r\n".to_vec()),
            "f" => Reply::Bytes(b"HTTP/1.1 200 OK\r\ncontent-length: 999\r\n\r\n{\"status\"".to_vec()),
            "g" => Reply::html(200, "<h1>welcome</h1>"),
            _ => return None,
        })
    });
    let run = Sandbox::at(server.url()).run("db forks r/x --tree --json -j 16").exits(6);
    let expected = "r(a[network] b[network](e) c[network] d[network] f[network] g[network])";
    assert_eq!(shape(&run.document()), expected);
    assert_eq!(run.error()["kind"], "network");
    let message = run.error()["message"].to_string();
    assert!(message.contains("no usable response"), "{run:?}");
    let requested = requested(&server);
    for member in ["a", "b", "c", "d", "f"] {
        assert!((2..=5).contains(&requested[member]), "{requested:?}");
    }
    assert_eq!((requested["r"], requested["e"]), (1, 1));
}

#[test]
fn the_error_names_the_members_without_a_usable_response() {
    for silent in [&["b"][..], &["b", "d"]] {
        let server = Network::of(WIDE, Lists::Flat)
            .play(move |_, member, _| silent.contains(&member).then(|| Reply::html(200, "<h1>welcome</h1>")));
        let sandbox = Sandbox::at(server.url());
        let run = sandbox.run("db forks r/x --tree").exits(6);
        assert_eq!(run.out.lines().count(), 8, "the tree is shown all the same: {run:?}");
        assert!(run.err.starts_with("error: the tree of r/x may be wrong: "), "{run:?}");
        // Rows do not mark them, so nothing else says which they are.
        for member in silent {
            assert!(run.err.contains(&format!("{member}/x")), "{member}/x is not named: {run:?}");
        }
    }
}

#[test]
fn refused_members_have_their_note_beside_unresponsive_ones() {
    let server = Network::of(WIDE, Lists::Flat).play(|_, member, _| match member {
        "b" => Some(Reply::refusal(400, "no such repository")),
        "c" => Some(Reply::html(404, "<h1>nothing here</h1>")),
        _ => None,
    });
    let run = Sandbox::at(server.url()).run("db forks r/x --tree --json").exits(6);
    assert_eq!(shape(&run.document()), "r(a b[not_found](e) c[network] d f g)");
    let lines: Vec<&str> = run.err.lines().collect();
    assert_eq!(lines.len(), 2, "{run:?}");
    assert_eq!(lines[0], "note: b/x cannot be shown: private, deleted or refused");
    assert!(run.error()["message"].as_str().unwrap().contains("c/x"), "{run:?}");
}

#[test]
fn transient_failures_are_retried_and_leave_no_trace() {
    let server = Network::of(WIDE, Lists::Children).play(|_, member, before| {
        Some(match member {
            "a" if before < 2 => Reply::refusal(500, "Internal server error"),
            "b" if before < 2 => Reply::html(502, "<h1>502 Bad Gateway</h1>"),
            "r" if before < 1 => Reply::Close,
            _ => return None,
        })
    });
    let run = Sandbox::at(server.url()).run("db forks r/x --tree --json -j 16").exits(0);
    assert_eq!(shape(&run.document()), "r(a b(e) c d f g)");
    assert_eq!(run.err, "");
    let requested = requested(&server);
    let counts = ["r", "a", "b", "c", "d", "e"].map(|member| requested[member]);
    assert_eq!(counts, [2, 3, 3, 1, 1, 1]);
}

#[test]
fn a_refused_named_database_is_reported_as_without_tree() {
    for (reply, code) in [
        (Reply::refusal(400, "no such repository"), 3),
        (Reply::refusal(401, "Not authenticated"), 4),
        (Reply::refusal(400, "Error getting the forks list."), 1),
        (Reply::html(200, "<h1>welcome</h1>"), 1),
    ] {
        let server = crate::support::Server::always(reply);
        let sandbox = Sandbox::at(server.url());
        for form in ["", "--json"] {
            let flat = sandbox.run(&format!("db forks nobody/nothing {form}")).exits(code);
            let tree = sandbox.run(&format!("db forks nobody/nothing --tree {form}")).exits(code);
            assert_eq!((tree.out.as_str(), tree.err), ("", flat.err));
        }
        assert_eq!(server.requests().len(), 4);
    }
}

#[test]
fn the_error_of_a_member_in_json_is_its_kind() {
    let server = Network::of(WIDE, Lists::Flat).play(|_, member, _| match member {
        "c" => Some(Reply::refusal(401, "Not authenticated")),
        _ => None,
    });
    let document = Sandbox::at(server.url()).run("db forks a/x --tree --json").exits(0).document();
    let url = |member: &str| format!("{}/repositories/{member}/x", server.url());
    assert_eq!(
        document["forks"][2],
        json!({"owner": "c", "name": "x", "url": url("c"), "error": "auth", "forks": []})
    );
    assert_eq!(document["forks"][0]["error"], json!(null));
    assert_eq!(document["fork_network_count"], 7);
}
