//! Several owners: each database is forked to each of them.

use std::time::Duration;

use dhub::emulator::{Emulator, Options};

use super::{INSTANT, after, documents, first_fields, paste, sorted};
use crate::support::{Reply, Sandbox, Server};

const AGAIN: &str = "note: to retry the failed ones: ";

/// An emulator where `taylor` may write for these organizations, with two databases of `dolthub`.
fn emulated(organizations: &[&str]) -> (Sandbox, Emulator) {
    let organizations = organizations.iter().copied().chain(["dolthub"]).map(str::to_owned).collect();
    let options = Options { fork_delay: INSTANT, organizations, ..Options::default() };
    let (sandbox, emulator) = Sandbox::emulated(options);
    sandbox.run("db create dolthub/x dolthub/y --public").exits(0);
    (sandbox, emulator)
}

#[test]
fn each_database_is_forked_to_each_owner_however_they_are_named() {
    for (args, list) in [
        ("--owner anna,ben", ""),
        ("--owner anna --owner ben", ""),
        ("--owner -", "# the class\nanna\tAnna A.\n\nben\n"),
        ("--owner anna --owner -", "ben\n"),
    ] {
        let (sandbox, _emulator) = emulated(&["anna", "ben"]);
        let run =
            sandbox.run_with_stdin(&format!("db fork dolthub/x dolthub/y --wait {args}"), list).exits(0);
        assert_eq!(first_fields(&run.out), ["anna/x", "anna/y", "ben/x", "ben/y"], "{args}");
        assert!(run.err.contains("note: 4 forked\n"), "{run:?}");
    }
}

#[test]
fn a_row_without_wait_names_the_fork_that_its_operation_makes() {
    let (sandbox, _emulator) = emulated(&["anna", "ben"]);
    let run = sandbox.run("db fork dolthub/x --owner anna,ben").exits(0);
    let rows: Vec<Vec<&str>> = run.out.lines().map(|row| row.split('\t').collect()).collect();
    assert!(rows.iter().all(|row| row[0].starts_with("operations/") && row[1] == "dolthub/x"), "{run:?}");
    assert_eq!(sorted(rows.iter().map(|row| row[2])), ["anna/x", "ben/x"]);
}

#[test]
fn a_refusal_for_one_owner_stops_no_other_and_is_told_with_the_owner() {
    let (sandbox, _emulator) = emulated(&["anna"]);
    sandbox.run("db fork dolthub/y --owner anna --wait").exits(0);
    let args = "db fork dolthub/x dolthub/y --owner anna,stranger,other --wait";
    let run = sandbox.run(args).exits(4);
    assert_eq!(first_fields(&run.out), ["anna/x"]);
    assert!(run.err.contains("cannot fork dolthub/y to stranger: "), "{run:?}");
    assert!(run.err.contains("note: 1 forked, 5 failed (for stranger, other, anna)\n"), "{run:?}");
    let again = after(&run.err, AGAIN);
    assert_eq!(again, "dhub db fork --wait --owner stranger,other dolthub/x dolthub/y");
    assert_eq!(paste(&sandbox, again).code, Some(4));

    let run = sandbox.run(&format!("{args} --json")).exits(5);
    let mut owners = sorted(documents(&run.err).iter().map(|document| {
        let error = &document["error"];
        format!("{} {}", error["argument"].as_str().unwrap(), error["owner"].as_str().unwrap())
    }));
    owners.dedup();
    assert_eq!(owners.len(), 6, "{run:?}");
    assert!(owners.contains(&"dolthub/y stranger".to_owned()), "{run:?}");
}

#[test]
fn owners_that_failed_for_different_databases_get_a_command_each() {
    let server = Server::start(|request, _| {
        let refused = request.body.contains("\"anna\"") == request.body.contains("\"x\"");
        match refused {
            true => Reply::refusal(400, "not today"),
            false => Reply::Json(200, r#"{"status":"Success","operation_name":"operations/o"}"#.to_owned()),
        }
    });
    let run = Sandbox::at(server.url()).run("db fork d/x d/y --owner anna,ben").exits(1);
    let again = after(&run.err, AGAIN);
    assert_eq!(again, "dhub db fork --owner anna d/x; dhub db fork --owner ben d/y");
}

#[test]
fn wrong_owners_are_usage_errors_before_anything_is_sent() {
    let server = Server::always(Reply::Close);
    let sandbox = Sandbox::at(server.url());
    for (args, stdin, said) in [
        ("db fork - --owner -", "a\n", "cannot both be read from stdin"),
        ("db fork a/b --owner a,,b", "", "the owner is empty"),
        ("db fork a/b --owner a,", "", "the owner is empty"),
        ("db fork a/b --owner a,b/c", "", "\"b/c\": "),
        ("db fork a/b --owner -", "anna\nb c\n", "line 2 of stdin: "),
        ("db fork a/b --owner -", "a,b\n", "holds a ,"),
        ("db create x --public --owner a,b", "", "a single one"),
        ("db create x --public --owner -", "a\n", "a single one"),
        ("db create x a/y --public --owner b", "", "a/y does not belong to b"),
        ("db create x --public --owner a/b", "", "\"a/b\": "),
    ] {
        let run = sandbox.run_with_stdin(args, stdin).exits(2);
        assert!(run.err.contains(said), "{args}: {run:?}");
    }
    let run = sandbox.run_with_stdin("db fork a/b --owner -", "# nobody\n").exits(0);
    assert_eq!(run.err, "note: the list on stdin is empty: nothing to do\n");
    assert_eq!(server.requests().len(), 0);
}

#[test]
fn owners_and_databases_that_are_the_same_but_for_case_count_once() {
    let (sandbox, _emulator) = emulated(&["anna"]);
    let run = sandbox.run("db fork dolthub/x DoltHub/X --owner anna,Anna --wait").exits(0);
    assert_eq!(first_fields(&run.out), ["anna/x"]);
    assert!(run.err.contains("note: ignoring 1 duplicate: DoltHub/X\n"), "{run:?}");
    assert!(run.err.contains("note: ignoring 1 duplicate: Anna\n"), "{run:?}");
}

#[test]
fn create_takes_an_owner_for_the_names_without_one() {
    let (sandbox, _emulator) = emulated(&["anna"]);
    let sandbox = sandbox.with("DOLTHUB_OWNER", "nobody");
    let run = sandbox.run("db create one ANNA/two --owner anna --public");
    assert!(run.out.starts_with("anna/one\t"), "{run:?}");
    let run = sandbox.run("db create dolthub/one two three --owner dolthub --public").exits(0);
    assert_eq!(first_fields(&run.out), ["dolthub/one", "dolthub/three", "dolthub/two"]);
    let run = sandbox.run("db create two four --owner dolthub --public --json").exits(5);
    assert_eq!(documents(&run.err)[0]["error"]["owner"], "dolthub");
    let sandbox = sandbox.with("DOLTHUB_OWNER", "").with("DOLTHUB_ORG", "anna");
    let run = sandbox.run("db create five --public").exits(0);
    assert!(run.out.starts_with("anna/five\t"), "{run:?}");
}

#[test]
fn the_command_that_creates_the_failed_ones_again_names_the_owner() {
    let (sandbox, _emulator) = emulated(&[]);
    let run = sandbox.run("db create one two --owner stranger --public").exits(4);
    assert_eq!(after(&run.err, AGAIN), "dhub db create --public --owner stranger one two");
}

/// A class of thirty, three of whom the token may not fork for, with a service that loses responses.
#[test]
fn a_class_of_thirty_with_faults_gets_each_fork_once() {
    let class: Vec<String> = (1..=30).map(|number| format!("student-{number:02}")).collect();
    let (refused, accepted) = class.split_at(3);
    let options = Options {
        fork_delay: Duration::from_millis(50),
        organizations: accepted.iter().cloned().chain(["dolthub".to_owned()]).collect(),
        fault_rate: 0.1,
        seed: 11,
        ..Options::default()
    };
    let (sandbox, _emulator) = Sandbox::emulated(options);
    sandbox.run("db create dolthub/x --public --if-not-exists");
    let run = sandbox.run_with_stdin("db fork dolthub/x --wait --owner -", &class.join("\n"));
    assert!(run.code > Some(0), "{run:?}");
    assert!(run.err.contains("failed (for student-01, student-02, student-03"), "{run:?}");
    let (mut rows, mut err) = (run.out, run.err);
    for _ in 0..5 {
        let again = after(&err, AGAIN).to_owned();
        let ended = paste(&sandbox, &again);
        rows.push_str(&ended.out);
        err = ended.err;
        if again.contains(&format!("--owner {} ", refused.join(","))) {
            break;
        }
    }
    let expected: Vec<String> = accepted.iter().map(|student| format!("{student}/x")).collect();
    assert_eq!(first_fields(&rows), expected, "{err}");
    let listed =
        std::iter::repeat_with(|| sandbox.run("db forks dolthub/x")).find(|run| run.code == Some(0)).unwrap();
    assert_eq!(first_fields(&listed.out), expected);
}
