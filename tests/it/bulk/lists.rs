//! Lists on stdin: from one command into the next, and parsed as a whole before anything is sent.

use std::time::Duration;

use dhub::emulator::Options;

use super::{INSTANT, Service, documents, first_fields, list, paste, sorted};
use crate::support::{Sandbox, Server};

#[test]
fn the_rows_of_one_command_are_the_list_of_the_next() {
    let fork_delay = Duration::from_millis(400);
    let (sandbox, _emulator) = Sandbox::emulated(Options { fork_delay, ..Options::default() });
    let (databases, forks) = (list("dolthub", 12), list("taylor", 12));
    std::fs::write(sandbox.home().join("list.txt"), databases).unwrap();
    let ended = paste(
        &sandbox,
        "dhub db create - --private < list.txt | dhub db fork - --owner taylor | cut -f1 | dhub db fork-status --wait -",
    );
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let existing = sorted(ended.out.lines().map(|line| line.rsplit('\t').next().unwrap()));
    assert_eq!(existing, forks.lines().collect::<Vec<_>>(), "{ended:?}");
    assert!(ended.out.lines().all(|line| line.contains("\tdone\t")), "{ended:?}");
    for summary in ["note: 12 created\n", "note: 12 accepted\n", "note: 12 done\n"] {
        assert!(ended.err.contains(summary), "{summary}: {ended:?}");
    }

    // An existing fork has no operation, and is nothing to wait for.
    let ended = paste(
        &sandbox,
        "dhub db fork - --owner taylor --if-not-exists < list.txt | cut -f1 | dhub db fork-status --wait -",
    );
    assert_eq!((ended.code, &*ended.out), (Some(0), ""), "{ended:?}");
    assert!(ended.err.contains("note: 12 already existed\n"), "{ended:?}");
    assert!(ended.err.contains("the list on stdin is empty"), "{ended:?}");
}

#[test]
fn a_bad_line_is_named_by_its_number_before_anything_is_sent() {
    let server = Server::start(|_, _| unreachable!("nothing is sent"));
    let sandbox = Sandbox::at(server.url());
    for (args, list) in [
        ("db create - --public", "a/x\n# a note\n\n-bad-\na/y\n"),
        ("db fork - --owner me", "a/x\n# a note\n\nnonsense\na/y\n"),
        ("db fork-status - --wait", "operations/x\n# a note\n\noperations/ y\n"),
    ] {
        let run = sandbox.run_with_stdin(args, list).exits(2);
        assert!(run.err.starts_with("error: line 4 of stdin: "), "{args}: {run:?}");
        assert_eq!((&*run.out, server.requests().len()), ("", 0), "{args}");
    }
}

#[test]
fn the_same_line_twice_is_sent_once_with_a_note() {
    for (args, owner) in [
        ("db create - --public", "dolthub"),
        ("db fork - --owner taylor --wait", "dolthub"),
        ("db fork-status -", "operations"),
    ] {
        let service = Service::start(INSTANT, |_, _, _| None);
        let stdin = format!("{owner}/x\n{owner}/y\tmore\n{owner}/x\n");
        let run = service.sandbox().run_with_stdin(args, &stdin).exits(0);
        assert_eq!(run.out.lines().count(), 2, "{args}: {run:?}");
        assert!(run.err.contains(&format!("note: ignoring 1 duplicate: {owner}/x\n")), "{args}: {run:?}");
        let requested = if owner == "dolthub" { service.posts().len() } else { service.server.count("GET") };
        assert_eq!(requested, 2, "{args}");
    }
}

#[test]
fn pages_and_names_may_be_mixed() {
    let service = Service::start(INSTANT, |_, _, _| None);
    let url = service.server.url();
    let stdin =
        format!("dolthub/a\n{url}/repositories/dolthub/b/data/main\r\n{url}/repositories/dolthub/c\tx\n");
    let run = service.sandbox().run_with_stdin("db fork - --owner taylor --wait dolthub/d", &stdin).exits(0);
    assert_eq!(first_fields(&run.out), ["taylor/a", "taylor/b", "taylor/c", "taylor/d"]);
    assert_eq!(service.posts().len(), 4);
}

#[test]
fn a_database_given_as_a_page_and_as_a_name_is_sent_once() {
    let service = Service::start(INSTANT, |_, _, _| None);
    let url = service.server.url();
    let stdin = format!("dolthub/a\n{url}/repositories/dolthub/a\n{url}/repositories/dolthub/a/data/main\n");
    let run = service.sandbox().run_with_stdin("db fork - --owner taylor --json", &stdin).exits(0);
    assert_eq!(documents(&run.out).len(), 1, "{run:?}");
    assert_eq!(service.posts_for("a"), 1, "{run:?}");
    assert!(run.err.contains("note: ignoring 2 duplicates"), "{run:?}");
}

#[test]
fn a_database_given_with_and_without_its_owner_is_sent_once() {
    let service = Service::start(INSTANT, |_, _, _| None);
    let sandbox = service.sandbox().with("DOLTHUB_OWNER", "taylor");
    let run = sandbox.run_with_stdin("db create - --public", "x\ntaylor/x\ntaylor/y\n").exits(0);
    assert_eq!(first_fields(&run.out), ["taylor/x", "taylor/y"]);
    assert_eq!(service.posts_for("x"), 1, "{run:?}");
}

#[test]
fn pages_on_two_hosts_are_refused_before_anything_is_sent() {
    let service = Service::start(INSTANT, |_, _, _| None);
    let url = service.server.url();
    let stdin = format!("{url}/repositories/a/b\nhttps://elsewhere.example/repositories/a/c\n");
    let run = service.sandbox().run_with_stdin("db fork - --owner me", &stdin).exits(2);
    assert!(run.err.contains("elsewhere.example"), "{run:?}");
    assert_eq!(service.server.requests().len(), 0);
}
