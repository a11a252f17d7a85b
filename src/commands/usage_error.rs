//! What to say when the command line cannot be understood, and to those who ask for help.

use std::ffi::OsString;
use std::io::{self, Write};

use clap::builder::StyledStr;
use clap::error::{ContextValue, Error as ClapError, ErrorKind};

use super::{habits, help};
use crate::error::{Error, Kind};
use crate::names::without_password;
use crate::output::view::ErrorView;
use crate::output::{escape, redact};
use crate::shell;

/// Prints help or version, or reports what is wrong with the command line. Returns the exit code.
pub fn report_usage_error(mut error: ClapError) -> u8 {
    if let Some(topic) = help::topic(error.kind()) {
        return exit_code(write_out(&help::text(topic)));
    }
    escape_words(&mut error);
    habits::explain(&mut error);
    let error = &error;
    // The options could not be parsed, so the words are looked at as they are.
    let words: Vec<OsString> = std::env::args_os().skip(1).take_while(|word| word != "--").collect();
    let says = |wanted: &str| words.iter().any(|word| word == wanted);
    let color = |when: &str| {
        says(&format!("--color={when}"))
            || words.windows(2).any(|pair| pair[0] == "--color" && pair[1] == when)
    };
    if error.use_stderr() && wants_json(&words) {
        let mut text = Vec::new();
        let mut error = as_error(error);
        if let Some(expression) = filter_after_quiet(&words) {
            error.hint = Some(quiet_is_no_filter(&expression));
        }
        if ErrorView::new(&error).json(&mut text).is_ok() {
            let text = String::from_utf8_lossy(&text);
            let _ = writeln!(io::stderr(), "{}", redact::without_lookalikes(&text));
        }
        return Kind::Usage.exit_code();
    }
    let plain = error.render().to_string();
    let shown = redact::without_lookalikes(&plain).into_owned();
    let printed = if shown != plain {
        print(
            error,
            shown + "hint: a token is never an argument: pipe it into `dhub auth login`, or type it there\n",
        )
    } else if color("never") {
        print(error, plain)
    } else if color("always") {
        print(error, error.render().ansi().to_string())
    } else {
        error.print()
    };
    if error.use_stderr()
        && let Some(expression) = filter_after_quiet(&words)
    {
        let hint = quiet_is_no_filter(&expression);
        let _ = writeln!(io::stderr(), "hint: {}", escape::line(&redact::without_lookalikes(&hint)));
    }
    if error.use_stderr() { Kind::Usage.exit_code() } else { exit_code(printed) }
}

/// What it comes to that help was printed.
fn exit_code(printed: io::Result<()>) -> u8 {
    match printed {
        // A closed pipe is a reader who has seen enough.
        Err(failed) if failed.kind() != io::ErrorKind::BrokenPipe => Kind::Io.exit_code(),
        _ => 0,
    }
}

/// What is meant by an argument that is wrong, where it is taken for the value of an option that has none.
pub(super) fn hint_on(argument: &str, is_quiet: bool) -> Option<String> {
    if is_quiet && is_filter(argument) {
        return Some(quiet_is_no_filter(argument));
    }
    let words: Vec<String> = std::env::args_os().map(|word| word.to_string_lossy().into_owned()).collect();
    let option = words.windows(2).find(|pair| pair[1] == argument)?.first()?;
    habits::wait_for(option, argument)
}

/// The hint for who takes `-q` for `gh`'s.
fn quiet_is_no_filter(expression: &str) -> String {
    format!("-q is --quiet and takes no value; to filter results: --jq {}", shell::quote(expression))
}

fn filter_after_quiet(words: &[OsString]) -> Option<String> {
    let pair = words.windows(2).find(|pair| pair[0] == "-q" && is_filter(&pair[1].to_string_lossy()))?;
    Some(pair[1].to_string_lossy().into_owned())
}

/// The error for an expression of `--jq` that cannot be run.
pub(super) fn bad_expression(why: &str) -> Error {
    Error::usage(format!("--jq: {why}"))
        .with_hint("it takes an expression of jq, such as --jq '.forks[].owner'; nothing was sent")
}

/// Whether it looks like an expression of jq, such as `.forks[]`.
pub(super) fn is_filter(word: &str) -> bool {
    word.starts_with('.')
}

/// Whether one of the words asks for JSON.
fn wants_json(words: &[OsString]) -> bool {
    let is_filter = |word: &OsString| word == "--jq" || word.to_string_lossy().starts_with("--jq=");
    let is_output = |word: &OsString| word == "-o" || word == "-qo" || word == "-vo" || word == "--output";
    words.iter().any(|word| ["--json", "--output=json", "-ojson", "-o=json"].iter().any(|json| word == json))
        || words.iter().any(is_filter)
        || words.windows(2).any(|pair| is_output(&pair[0]) && pair[1] == "json")
}

/// Escapes the words of the command line that an error repeats, and takes passwords out of them.
fn escape_words(error: &mut ClapError) {
    let safe = |word: &str| escape::line(&without_password(word)).into_owned();
    // Its text is clap's own with the words in it, and its colours would hide theirs.
    let has_harm = std::env::args_os().any(|word| {
        let word = word.to_string_lossy();
        safe(&word) != word
    });
    let styled = |text: &StyledStr| {
        let lines: Vec<String> = text.to_string().lines().map(safe).collect();
        StyledStr::from(lines.join("\n"))
    };
    let escaped: Vec<_> = error
        .context()
        .filter_map(|(kind, value)| {
            let value = match value {
                ContextValue::String(word) => ContextValue::String(safe(word)),
                ContextValue::Strings(words) => {
                    ContextValue::Strings(words.iter().map(|word| safe(word)).collect())
                }
                ContextValue::StyledStr(text) if has_harm => ContextValue::StyledStr(styled(text)),
                ContextValue::StyledStrs(texts) if has_harm => {
                    ContextValue::StyledStrs(texts.iter().map(styled).collect())
                }
                _ => return None,
            };
            Some((kind, value))
        })
        .collect();
    for (kind, value) in escaped {
        error.insert(kind, value);
    }
}

fn print(error: &ClapError, text: String) -> io::Result<()> {
    if error.use_stderr() {
        return io::stderr().write_all(text.as_bytes());
    }
    write_out(&text)
}

fn write_out(text: &str) -> io::Result<()> {
    let mut out = io::stdout();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// The first paragraph says what is wrong; the rest is how it is meant.
fn as_error(error: &ClapError) -> Error {
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        return Error::usage("a command is missing").with_hint("--help shows the commands");
    }
    let text = error.render().to_string();
    let (message, rest) = text.split_once("\n\n").unwrap_or((text.as_str(), ""));
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let failed = Error::usage(one_line(message.strip_prefix("error: ").unwrap_or(message)));
    match one_line(rest) {
        hint if hint.is_empty() => failed,
        hint => failed.with_hint(hint),
    }
}
