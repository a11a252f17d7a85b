//! `--jq`: what an expression makes of the documents.

mod corpus;
mod failing;
#[cfg(unix)]
mod terminal;
mod usage;

use std::time::Duration;

use dhub::emulator::{Emulator, Options};
use serde_json::{Value, json};

use crate::support::{Reply, Run, Sandbox, Server, TOKEN};

const MUSEUM: &str = "dolthub/museum-collections";

fn emulated() -> (Sandbox, Emulator) {
    let fork_delay = Duration::from_millis(1);
    Sandbox::emulated(Options { network: 3, fork_delay, ..Options::default() })
}

/// Runs a command with an expression, which may have spaces.
fn run(sandbox: &Sandbox, command: &str, expression: &str) -> Run {
    sandbox.run_all(command.split(' ').chain(["--jq", expression]))
}

#[test]
fn each_output_is_a_line_of_json_and_strings_are_raw_with_r() {
    let (sandbox, emulator) = emulated();
    let forks = format!("db forks {MUSEUM}");
    let owners = ["museum-0001", "museum-0002", "museum-0003"];
    let quoted: String = owners.iter().map(|owner| format!("\"{owner}\"\n")).collect();
    assert_eq!(run(&sandbox, &forks, ".forks[].owner").exits(0).out, quoted);
    assert_eq!(run(&sandbox, &format!("{forks} -r"), ".forks[].owner").exits(0).out, quoted.replace('"', ""));
    let rows =
        run(&sandbox, &format!("{forks} --raw-output"), ".forks[] | [.owner, .name] | @tsv").exits(0).out;
    assert_eq!(rows.lines().next(), Some("museum-0001\tmuseum-collections"));
    let document = sandbox.run(&format!("{forks} --json")).exits(0).out;
    for options in ["", " --json", " -o json", " -qr"] {
        let run = run(&sandbox, &format!("{forks}{options}"), ".").exits(0);
        assert_eq!((run.out, run.err.as_str()), (document.clone(), ""), "{options}");
    }
    assert_eq!(run(&sandbox, &forks, "empty").exits(0).out, "");
    let tree = run(&sandbox, &format!("{forks} --tree"), "[recurse(.forks[]) | .owner] | length").exits(0);
    assert_eq!(tree.out, "4\n");
    let created = run(&sandbox, "db create a --private -r", ".url, .created").exits(0).out;
    assert_eq!(created, format!("{}/repositories/taylor/a\ntrue\n", emulator.url()));
}

#[test]
fn every_command_that_prints_documents_has_them_filtered() {
    let (sandbox, emulator) = emulated();
    let emulator = emulator.url();
    for (command, expression, out) in [
        ("db create a b --public -j 1", "{name}", "{\"name\":\"a\"}\n{\"name\":\"b\"}\n"),
        (
            "db fork taylor/a taylor/b --owner dolthub -w -j 1",
            ".fork.name + .state",
            "\"adone\"\n\"bdone\"\n",
        ),
        ("db fork taylor/a --owner dolthub --if-not-exists", "[.state, .operation]", "[\"exists\",null]\n"),
        ("db view taylor/a dolthub/a -j 1", ".parent", "null\n{\"owner\":\"taylor\",\"name\":\"a\"}\n"),
        ("auth status", ".user, .works", "\"taylor\"\ntrue\n"),
        ("auth token", ".token | length > 10", "true\n"),
        ("config get host", ".value", &*format!("\"{emulator}\"\n")),
        ("config list", "select(.key == \"host\") | .origin", "\"DOLTHUB_HOST\"\n"),
        ("config path", ".exists", "false\n"),
    ] {
        let run = run(&sandbox, command, expression).exits(0);
        assert_eq!(run.out, out, "{command}: {run:?}");
    }
    let token = run(&sandbox, "auth token -r", ".token").exits(0).out;
    assert_eq!(token.trim_end(), dhub::emulator::TOKEN);
    // What is no document is as it is with --json.
    assert_eq!(run(&sandbox, "version", ".x").exits(0).out, sandbox.run("version").out);
}

#[test]
fn an_error_is_the_same_document_as_with_json_and_not_filtered() {
    let (sandbox, _emulator) = emulated();
    let plain = sandbox.run("db forks nobody/nothing --json").exits(3);
    let filtered = run(&sandbox, "db forks nobody/nothing", ".forks").exits(3);
    assert_eq!((filtered.out.as_str(), &filtered.err), ("", &plain.err));
    assert_eq!(filtered.error()["kind"], "not_found");
}

#[test]
fn a_token_that_a_service_repeats_is_hidden_before_an_expression_takes_it_apart() {
    let created = json!({
        "status": "Success", "repository_owner": "a", "repository_name": "b", "visibility": "public",
        "description": format!("x {TOKEN} y"),
    });
    let server = Server::always(Reply::Json(200, created.to_string()));
    let sandbox = Sandbox::at(server.url());
    let hidden = "x [token] y";
    for (expression, out) in [
        (".description", json!(hidden)),
        (".description / \"\" | join(\"\")", json!(hidden)),
        (".description | explode", Value::from_iter(hidden.chars().map(|c| json!(u32::from(c))))),
        (".description | @base64 | @base64d", json!(hidden)),
        (".description | ascii_upcase", json!("X [TOKEN] Y")),
        (".description[:20]", json!(hidden)),
        ("[.description | scan(\".\")] | add", json!(hidden)),
    ] {
        for raw in ["", " -r"] {
            let run = run(&sandbox, &format!("db create a/b --public{raw}"), expression).exits(0);
            let text = out.as_str().map_or(out.to_string(), str::to_owned);
            let expected = if raw.is_empty() { out.to_string() } else { text };
            assert_eq!((run.out, run.err.as_str()), (expected + "\n", ""), "{expression}");
        }
    }
    // One that the expression itself puts together, too.
    let (start, end) = TOKEN.split_at(10);
    for raw in ["", " -r"] {
        let expression = format!("\"{start}\" + \"{end}\"");
        let run = run(&sandbox, &format!("db create a/b --public{raw}"), &expression).exits(0);
        assert!(run.out.contains("[token]") && !run.out.contains(end), "{run:?}");
    }
    // And one in an error.
    let run = run(&sandbox, "db create a/b --public", &format!("error(\"{start}\" + \"{end}\")")).exits(1);
    assert_eq!(run.error()["message"], "[token]");
}
