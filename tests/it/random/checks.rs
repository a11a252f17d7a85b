//! What users' scripts rely on, whatever the response.

use serde_json::Value;

use super::Use;
use crate::support::Run;

/// Every documented kind that a response may lead to, with its exit code. `usage` and `config` never come from a server.
const KINDS: [(&str, i32); 8] = [
    ("api", 1),
    ("operation_failed", 1),
    ("not_found", 3),
    ("auth", 4),
    ("already_exists", 5),
    ("network", 6),
    ("unknown", 7),
    ("pending", 8),
];

/// The violation in a run of this command with `--json`, if anything is.
pub fn violation(command: Use, run: &Run) -> Option<String> {
    let wrong = |what: &str| Some(what.to_owned());
    if run.err.contains("panicked") {
        return wrong("it panicked");
    }
    if run.out.chars().chain(run.err.chars()).any(|c| c == '\t' || touches_a_terminal(c)) {
        return wrong("a character that touches a terminal");
    }
    let kind = match (run.code, error_kind(&run.err)) {
        // Without --wait, that a fork is not finished is a result.
        (Some(8), Err(_)) if command.args.contains("fork-status") && !command.args.contains("--wait") => {
            "pending"
        }
        (Some(0), Err(_)) => "",
        (Some(0), Ok(_)) => return wrong("an error and exit code 0"),
        (_, Err(why)) => return Some(why),
        (code, Ok(kind)) => match KINDS.iter().find(|(known, _)| *known == kind) {
            Some((known, expected)) if code == Some(*expected) => known,
            _ => return Some(format!("kind {kind} and exit code {code:?}")),
        },
    };
    document_violation(command, kind, &run.out)
}

/// The kind of the JSON error that ends stderr.
fn error_kind(err: &str) -> Result<String, String> {
    let last = err.lines().last().unwrap_or_default();
    let document: Value = serde_json::from_str(last).map_err(|_| "no JSON error at the end of stderr")?;
    let error = &document["error"];
    if keys(error) != ["argument", "hint", "kind", "message", "owner", "request", "request_id", "status"] {
        return Err("a JSON error with other keys".to_owned());
    }
    match (error["kind"].as_str(), error["message"].as_str()) {
        (Some(kind), Some(message)) if !message.is_empty() => Ok(kind.to_owned()),
        _ => Err("a JSON error that says nothing".to_owned()),
    }
}

/// The violation in the documents; `kind` is the error's, empty where there is none.
fn document_violation(command: Use, kind: &str, out: &str) -> Option<String> {
    let mut documents = Vec::new();
    for line in out.lines() {
        match serde_json::from_str::<Value>(line) {
            Ok(document) if keys(&document) == command.keys => documents.push(document),
            Ok(_) => return Some("a document with other keys".to_owned()),
            Err(error) => return Some(format!("a line of stdout that is no JSON ({error})")),
        }
    }
    let expected = command.always_one || matches!(kind, "" | "pending" | "operation_failed");
    if documents.len() != usize::from(expected) {
        return Some(format!("{} documents", documents.len()));
    }
    let state = documents.first()?.get("state")?.clone();
    let states: &[&str] = match kind {
        // Without --wait an accepted fork is pending, and no failure.
        "" if command.args.contains("db fork ") && !command.args.contains("--wait") => &["pending", "exists"],
        "" => &["done"],
        "operation_failed" => &["failed"],
        _ => &["pending"],
    };
    (!states.iter().any(|known| state == *known)).then(|| format!("state {state}"))
}

/// The keys of an object, sorted; none of anything else.
fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = value.as_object().into_iter().flatten().map(|(key, _)| key.as_str()).collect();
    keys.sort_unstable();
    keys
}

/// Control characters but the end of a line and, in rows, a tab; what turns the direction of text, and what has no width.
pub fn touches_a_terminal(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}'..='\u{200f}' | '\u{feff}')
}
