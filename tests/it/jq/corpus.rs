//! `--jq` against the `jq` program: the documents that dhub prints, with hostile names in them, and expressions of each kind.

use std::io::{self, Write};
use std::process::{Command, Stdio};
use std::thread;

use dhub::output::escape;
use dhub::output::filter::{Failure, Filter, Strings};
use serde_json::{Value, json};

use crate::support::{Recorded, Reply, Sandbox, Server};

/// Created, forked, listed, as a tree, viewed; one a line.
const DOCUMENTS: &str = include_str!("corpus/documents.jsonl");
const EXPRESSIONS: &str = include_str!("corpus/expressions.txt");
/// What `corpus/expect` wrote.
const EXPECTED: &str = include_str!("corpus/expected.txt");

/// Steers a terminal, turns the text, breaks the line, has no width, is no letter of ours.
const HOSTILE: &str = "\u{1b}[2J\u{9b}\u{202e}\u{200b}\u{2028}\u{7f}\t\r\n\\\"'<&>,$(x)`é🏛";

fn expressions() -> impl Iterator<Item = &'static str> {
    EXPRESSIONS.lines().filter(|line| !line.starts_with('#'))
}

/// What is made of a document, and whether it failed after that.
fn filtered(expression: &str, document: &str, strings: Strings) -> (String, bool) {
    let filter = Filter::parse(expression).unwrap_or_else(|why| panic!("{expression}: {why}"));
    let mut out = Vec::new();
    let has_failed = match filter.run(document.as_bytes(), strings, &mut out) {
        Ok(()) => false,
        Err(Failure::Expression(_)) => true,
        Err(Failure::Output(error)) => panic!("{error}"),
    };
    (String::from_utf8(out).unwrap(), has_failed)
}

/// JSON with an escape for each character that is not ASCII.
fn ascii(json: &str) -> String {
    json.chars().fold(String::new(), |mut text, c| {
        match c {
            '\0'..='\u{7f}' => text.push(c),
            c => c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| text += &format!("\\u{unit:04x}")),
        }
        text
    })
}

#[test]
fn every_document_with_every_expression_is_what_jq_made_of_it() {
    let mut actual = String::new();
    for (number, document) in (1..).zip(DOCUMENTS.lines()) {
        for expression in expressions() {
            let (out, has_failed) = filtered(expression, document, Strings::Json);
            let failed = if has_failed { "! failed\n" } else { "" };
            actual += &format!("# {number} {expression}\n{}{failed}", ascii(&out));
        }
    }
    for (number, (actual, expected)) in (1..).zip(actual.lines().zip(EXPECTED.lines())) {
        assert_eq!(actual, expected, "line {number} of expected.txt");
    }
    assert_eq!(actual.lines().count(), EXPECTED.lines().count());
    assert!(expressions().count() >= 40 && DOCUMENTS.lines().count() == 5);
}

/// Runs the `jq` program. None where there is none.
fn jq(options: &str, expression: &str, document: &str) -> Option<(String, bool)> {
    let mut command = Command::new("jq");
    command.args([options, expression]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = match command.spawn() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
        child => child.unwrap(),
    };
    child.stdin.take().unwrap().write_all(document.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    Some((String::from_utf8(output.stdout).unwrap(), !output.status.success()))
}

#[test]
fn where_jq_is_installed_it_prints_the_same_today_also_raw() {
    if jq("-n", ".", "").is_none() {
        // Not by `println!`, which would be captured.
        let note = "SKIPPED: --jq was not compared with the jq program, which is not installed";
        return writeln!(io::stderr(), "{note}").unwrap();
    }
    thread::scope(|scope| {
        for document in DOCUMENTS.lines() {
            scope.spawn(move || expressions().for_each(|expression| compare(expression, document)));
        }
    });
}

fn compare(expression: &str, document: &str) {
    let what = format!("{expression}: {document}");
    let (theirs, has_failed) = jq("-c", expression, document).unwrap();
    // The same values, of which none can steer a terminal.
    let safe: String = theirs.lines().map(|line| format!("{}\n", escape::json(line))).collect();
    assert_eq!(filtered(expression, document, Strings::Json), (safe, has_failed), "{what}");

    // Strings are the bytes that jq prints. What is within other values stays JSON.
    let raw = |others: fn(&str) -> String| -> String {
        let lines = theirs.lines().map(|line| match serde_json::from_str(line).unwrap() {
            Value::String(text) => text,
            _ => others(line),
        });
        lines.map(|line| line + "\n").collect()
    };
    assert_eq!(jq("-rc", expression, document).unwrap().0, raw(str::to_owned), "{what}");
    let safe = raw(|line| escape::json(line).into_owned());
    assert_eq!(filtered(expression, document, Strings::Raw).0, safe, "{what}");
}

/// `r/x` has two forks, of which one has a fork, too, and the other cannot be asked.
fn service() -> Server {
    Server::start(|request: &Recorded, _| {
        let listed = |owner: &str| json!({"database_owner": owner, "database_name": "x"});
        let about = |owner: &str, parent: &str, forks: &[Value]| {
            let parent_name = if parent.is_empty() { "" } else { "x" };
            let response = json!({
                "status": "Success", "database_owner": owner, "database_name": "x", "forks": forks,
                "parent_owner": parent, "parent_database_name": parent_name,
                "network_root_owner": "r", "network_root_database_name": "x", "fork_network_count": 3,
            });
            Reply::Json(200, response.to_string())
        };
        let database = request.target.trim_start_matches("/api/v1alpha1/");
        match (request.method.as_str(), database) {
            ("POST", "database") => Reply::Json(
                200,
                json!({
                    "status": "Success", "repository_owner": "r", "repository_name": "x",
                    "visibility": "private", "description": format!("Zürich {HOSTILE}"),
                })
                .to_string(),
            ),
            ("POST", _) => {
                Reply::Json(200, json!({"status": "Success", "operation_name": "operations/1"}).to_string())
            }
            ("GET", "r/x/forks") => about("r", "", &[listed("anna"), listed(HOSTILE), listed("Zed-2")]),
            ("GET", "anna/x/forks") => about("anna", "r", &[listed("博物館")]),
            ("GET", target) if target.contains("%E5") => about("博物館", "anna", &[]),
            ("GET", target) if target.contains("fork") && target.contains("operations") => Reply::Json(
                200,
                json!({
                    "status": "Success", "done": true, "operation_name": "operations/1",
                    "database_owner": "anna", "database_name": "x",
                })
                .to_string(),
            ),
            _ => Reply::refusal(403, "no permission"),
        }
    })
}

#[test]
fn the_documents_are_what_dhub_prints() {
    let server = service();
    let sandbox = Sandbox::at(server.url());
    let commands = [
        "db create r/x --private -d Zürich",
        "db fork r/x --owner anna --wait",
        "db forks r/x",
        "db forks r/x --tree",
        "db view anna/x",
    ];
    let printed: String =
        commands.iter().map(|command| sandbox.run(&format!("{command} --json")).out).collect();
    let printed = printed.replace(server.url(), "https://www.dolthub.com");
    assert_eq!(printed, DOCUMENTS);
}
