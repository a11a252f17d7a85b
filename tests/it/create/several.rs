//! Several databases at once: each is tried, each failure is reported.

use dhub::emulator::Options;
use serde_json::Value;

use crate::support::Sandbox;

#[test]
fn each_is_tried_and_the_exit_code_is_that_of_the_first_failure() {
    let (sandbox, emulator) = Sandbox::emulated(Options::default());
    let row = |name: &str| format!("{name}\t{}/repositories/{name}\n", emulator.url());
    sandbox.run("db create dolthub/old --public").exits(0);
    for (args, code, done) in [
        ("dolthub/a nobody/x dolthub/old dolthub/b", 4, ["dolthub/a", "dolthub/b"]),
        ("dolthub/old dolthub/c nobody/x anotherOrg/d", 5, ["dolthub/c", "anotherOrg/d"]),
    ] {
        let run = sandbox.run(&format!("db create {args} --public -j 1")).exits(code);
        assert_eq!(run.out, done.map(row).concat());
        assert_eq!(run.err.matches("error: ").count(), 2, "{run:?}");
        assert!(run.err.contains("error: cannot create nobody/x: "), "{run:?}");
        assert!(run.err.contains("error: cannot create dolthub/old: "), "{run:?}");
    }
}

#[test]
fn with_json_each_is_a_document_and_each_failure_an_error() {
    let (sandbox, _emulator) = Sandbox::emulated(Options::default());
    sandbox.run("db create dolthub/old --public").exits(0);
    let run = sandbox.run("db create dolthub/a nobody/x dolthub/old dolthub/b --public --json -j 1").exits(4);
    let values =
        |text: &str| -> Vec<Value> { text.lines().map(|line| serde_json::from_str(line).unwrap()).collect() };
    let names: Vec<Value> = values(&run.out).iter().map(|document| document["name"].clone()).collect();
    assert_eq!(names, ["a", "b"]);
    let errors: Vec<(String, String)> = values(&run.err)
        .iter()
        .map(|line| {
            let text = |key: &str| line["error"][key].as_str().unwrap().to_owned();
            (text("argument"), text("kind"))
        })
        .collect();
    assert_eq!(
        errors,
        [("nobody/x".to_owned(), "auth".to_owned()), ("dolthub/old".to_owned(), "already_exists".to_owned()),]
    );
}

#[test]
fn the_names_may_come_from_stdin() {
    let (sandbox, emulator) = Sandbox::emulated(Options::default());
    let row = |name: &str| format!("{name}\t{}/repositories/{name}\n", emulator.url());
    let run = sandbox.run_with_stdin("db create -j 1 --private dolthub/a -", "dolthub/b\nc\n").exits(0);
    assert_eq!(run.out, ["dolthub/a", "dolthub/b", "taylor/c"].map(row).concat());
}
