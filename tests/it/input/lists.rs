//! A list on stdin: one a line, the first tab-separated field.

use crate::support::responses::exists;
use crate::support::{Reply, Sandbox, Server};

/// A server that accepts every fork as the operation of its parent's name, and calls every operation done.
fn service() -> Server {
    Server::start(|request, _| match request.method.as_str() {
        "POST" => {
            let body: serde_json::Value = serde_json::from_str(&request.body).unwrap();
            let name = body["parentDatabaseName"].as_str().or(body["repoName"].as_str()).unwrap();
            let response = serde_json::json!({"status": "Success", "operation_name": format!("op/{name}")});
            Reply::Json(200, response.to_string())
        }
        _ if request.target.contains("operationName") => Reply::Json(200, r#"{"done":true}"#.to_owned()),
        _ => exists("a/b", ""),
    })
}

const FORK: &str = "db fork --owner taylor -q -j 1 -";

#[test]
fn each_line_is_an_argument_but_for_blank_ones_and_comments() {
    for list in [
        "a/b\nc/d\n",
        "a/b\nc/d",
        "a/b\r\nc/d\r\n",
        "a/b # the first\n # and\nc/d #\n",
        "# forks\n\na/b\thttps://x/repositories/a/b\tand more\n   \n#c/e\nc/d\tx\n\t\n\tempty/first\n",
    ] {
        let server = service();
        let run = Sandbox::at(server.url()).run_with_stdin(FORK, list).exits(0);
        assert_eq!(run.out, "op/b\ta/b\ttaylor/b\nop/d\tc/d\ttaylor/d\n", "{list:?}");
        assert_eq!(server.count("POST"), 2, "{list:?}");
    }
}

#[test]
fn the_rows_of_forks_are_a_list() {
    let server = service();
    let (sandbox, _emulator) =
        Sandbox::emulated(dhub::emulator::Options { network: 3, ..Default::default() });
    let rows = sandbox.run("db forks dolthub/museum-collections").exits(0).out;
    let run = Sandbox::at(server.url()).run_with_stdin(FORK, &rows).exits(0);
    assert_eq!(run.out.lines().count(), 3, "{run:?}");
    assert!(run.out.starts_with("op/museum-collections\tmuseum-0001/museum-collections\t"), "{run:?}");
}

#[test]
fn other_arguments_may_stand_beside_the_list() {
    let server = service();
    let args = "db fork-status -j 1 x/1 - x/4";
    let run = Sandbox::at(server.url()).run_with_stdin(args, "x/2\nx/3\n").exits(0);
    assert_eq!(run.out, "x/1\tdone\t\nx/2\tdone\t\nx/3\tdone\t\nx/4\tdone\t\n");
}

#[test]
fn an_invalid_line_is_named_by_its_number_and_nothing_is_sent() {
    let server = service();
    let sandbox = Sandbox::at(server.url());
    for (args, list, number, text) in [
        (FORK, "a/b\n# comment\n\nnonsense\tx\n", 4, "nonsense"),
        (FORK, "../x\n", 1, "../x"),
        (FORK, "a/b\r\na/b c\r\n", 2, "a/b c"),
        ("db create --public -", "a/b\na.b\n", 2, "a.b"),
        ("db fork-status -", "x/1\nx 2\n", 2, "x 2"),
    ] {
        let run = sandbox.run_with_stdin(args, list).exits(2);
        assert_eq!(run.out, "");
        assert!(run.err.starts_with(&format!("error: line {number} of stdin: ")), "{run:?}");
        let error = sandbox.run_with_stdin(&format!("{args} --json"), list).exits(2).error();
        assert_eq!((&error["kind"], &error["argument"]), (&"usage".into(), &text.into()), "{args}");
    }
    assert!(server.requests().is_empty(), "{:?}", server.requests());
}

#[test]
fn a_line_that_is_not_utf_8_is_invalid() {
    let server = service();
    let sandbox = Sandbox::at(server.url());
    for args in [FORK, "db create --public -", "db fork-status -"] {
        let mut command = assert_cmd::Command::from_std(sandbox.command(args.split_whitespace()));
        let output = command.write_stdin(&b"a/b\na/c\xff\n"[..]).output().unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{args}: {stderr}");
        assert!(stderr.starts_with("error: line 2 of stdin: "), "{stderr}");
    }
    assert!(server.requests().is_empty(), "{:?}", server.requests());
}

#[test]
fn an_empty_list_is_nothing_to_do() {
    let server = service();
    let sandbox = Sandbox::at(server.url());
    for args in ["db fork --owner taylor -", "db fork -", "db create --public -", "db fork-status --wait -"] {
        for list in ["", "\n \r\n# nothing\n\t\n"] {
            let run = sandbox.run_with_stdin(args, list).exits(0);
            assert_eq!(run.out, "", "{args}");
            assert_eq!(run.err, "note: the list on stdin is empty: nothing to do\n", "{args}");
            let run = sandbox.run_with_stdin(&format!("{args} --json -q"), list).exits(0);
            assert_eq!((run.out.as_str(), run.err.as_str()), ("", ""), "{args}");
        }
    }
    assert!(server.requests().is_empty(), "{:?}", server.requests());
}

#[test]
fn pages_and_names_of_one_host_may_be_mixed() {
    let server = service();
    let list = format!("{}/repositories/a/b\nc/d\n{}/repositories/e/f/issues\n", server.url(), server.url());
    let run = Sandbox::at(server.url()).run_with_stdin(FORK, &list).exits(0);
    assert_eq!(run.out, "op/b\ta/b\ttaylor/b\nop/d\tc/d\ttaylor/d\nop/f\te/f\ttaylor/f\n");
}
