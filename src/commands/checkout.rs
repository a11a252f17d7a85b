//! The database of a Dolt checkout in the current folder: what its remote `origin` names. Whoever made the folder wrote its
//! files, so nothing in them is trusted.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, Read};

use serde::Deserialize;

use crate::error::{Error, Result, reason};
use crate::names::{DatabaseArgument, Site, without_password};
use crate::output::prompt;

use super::arguments::Argument;
use super::context::Context;

/// Where dolt keeps the remotes of a checkout. Like dolt, this looks in the current folder only.
const STATE: &str = ".dolt/repo_state.json";
const MAX_BYTES: u64 = 1024 * 1024;
/// As much of a text as an error repeats.
const MAX_SHOWN: usize = 200;

#[derive(Deserialize)]
struct State {
    #[serde(default)]
    remotes: HashMap<String, Remote>,
}

#[derive(Deserialize)]
struct Remote {
    url: String,
}

/// The database of the checkout, in the place of an argument that was left out; with a note.
///
/// # Errors
/// A usage error where there is none.
pub fn origin(context: &Context) -> Result<Argument<DatabaseArgument>> {
    let origin = read()?;
    context.output.note(&format!("DATABASE is {}, the origin of this Dolt checkout", origin.text));
    Ok(origin)
}

/// The same for what makes a database: only where a person can be asked, and agrees.
///
/// # Errors
/// A usage error where there is none, nobody can be asked, or the person declines.
pub fn origin_to_fork(context: &Context) -> Result<Argument<DatabaseArgument>> {
    let origin = read()?;
    let command = format!("dhub db fork {}", origin.text);
    let in_ci = context.environment.get("CI").is_some();
    if context.output.is_json() || !prompt::is_interactive(in_ci) {
        return Err(missing().with_hint(format!("to fork the origin of this Dolt checkout: {command}")));
    }
    let question = format!("Fork {}, the origin of this Dolt checkout?", origin.text);
    if prompt::confirm(&context.output, &question)? {
        return Ok(origin);
    }
    Err(Error::usage("nothing was forked").with_hint("name another database: dhub db fork OWNER/NAME"))
}

fn missing() -> Error {
    Error::usage("DATABASE is missing")
}

fn read() -> Result<Argument<DatabaseArgument>> {
    let unusable = |why: String| {
        missing().with_context(format!("{STATE} does not say which: {why}")).with_hint("write OWNER/NAME")
    };
    let Some(state) = read_state().map_err(unusable)? else {
        return Err(missing().with_hint(
            "write OWNER/NAME, or be in a Dolt checkout whose origin is at DoltHub or a DoltLab",
        ));
    };
    let value = origin_of(&state).map_err(unusable)?;
    Ok(Argument { text: value.database.to_string(), value })
}

/// The text of the file; none where this is no checkout.
fn read_state() -> Result<Option<String>, String> {
    let is_absent =
        |error: &io::Error| matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory);
    // Before it is opened: that would wait for the other end of a pipe.
    match fs::metadata(STATE) {
        Err(error) if is_absent(&error) => return Ok(None),
        Err(error) => return Err(reason(&error)),
        Ok(found) if !found.is_file() => return Err("it is not a file".to_owned()),
        Ok(_) => {}
    }
    let mut state = Vec::new();
    File::open(STATE)
        .and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut state))
        .map_err(|error| reason(&error))?;
    if state.len() as u64 > MAX_BYTES {
        return Err(format!("it is longer than {} MiB", MAX_BYTES / (1024 * 1024)));
    }
    String::from_utf8(state).map(Some).map_err(|_| "it is not UTF-8".to_owned())
}

/// The database that the remote `origin` names.
fn origin_of(state: &str) -> Result<DatabaseArgument, String> {
    let state: State = serde_json::from_str(state).map_err(|_| "it is not as dolt writes it".to_owned())?;
    let Some(Remote { url }) = state.remotes.get("origin") else {
        return Err("it has no remote origin".to_owned());
    };
    match DatabaseArgument::parse(url) {
        // A page is no remote.
        Ok(argument) if matches!(argument.site, Some(Site::Remote(_))) => Ok(argument),
        _ => {
            let shown = without_password(url);
            let short: String = shown.chars().take(MAX_SHOWN).collect();
            let dots = if shown.len() > short.len() { "…" } else { "" };
            Err(format!("its remote origin is no database of a DoltHub: {short:?}{dots}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::Database;

    fn origin(url: &str) -> Result<DatabaseArgument, String> {
        origin_of(&serde_json::json!({"head": "x", "remotes": {"origin": {"url": url}}}).to_string())
    }

    #[test]
    fn the_origin_is_a_remote_at_dolthub_or_a_doltlab() {
        for url in ["https://doltremoteapi.dolthub.com/a/b", "http://doltlab.corp:50051/a/b"] {
            assert_eq!(origin(url).unwrap().database, Database::new("a", "b"), "{url}");
        }
    }

    #[test]
    fn any_other_origin_is_refused_without_its_password_and_in_short() {
        let long = format!("file:///{}", "x".repeat(100_000));
        for url in [
            "",
            "a/b",
            "file:///tmp/a/b",
            "aws://[t:b]/a/b",
            "https://evil.example/repositories/a/b",
            "evil.example/repositories/a/b",
            "https://u:hunter2@doltremoteapi.dolthub.com/a/b",
            "https://doltremoteapi.dolthub.com/a/\u{1b}[2J",
            "https://doltremoteapi.dolthub.com/a%0a/b",
            &long,
        ] {
            let error = origin(url).unwrap_err();
            assert!(error.len() < 400, "{error}");
            assert!(!error.contains("hunter2") && !error.contains(char::is_control), "{error}");
        }
    }

    #[test]
    fn what_dolt_did_not_write_is_refused() {
        for state in [
            "",
            "[]",
            "{",
            "{\"remotes\":[]}",
            "{\"remotes\":{\"origin\":{}}}",
            "{}",
            "null",
            &"[".repeat(100_000),
        ] {
            assert!(origin_of(state).is_err());
        }
    }
}
