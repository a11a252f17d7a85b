//! What to say when the command line cannot be understood, and to those who ask for help.

use std::ffi::OsString;
use std::io::{self, Write};

use clap::error::Error as ClapError;

use crate::error::{Error, Kind};
use crate::output::{escape, json};

/// Prints help or version, or tells what is wrong with the command line. Returns the exit code.
pub fn misuse(error: &ClapError) -> u8 {
    // The options could not be parsed, so the words are looked at as they are.
    let words: Vec<OsString> = std::env::args_os().skip(1).take_while(|word| word != "--").collect();
    let says = |wanted: &str| words.iter().any(|word| word == wanted);
    let plain = says("--color=never") || words.windows(2).any(|pair| pair == ["--color", "never"]);
    if error.use_stderr() && says("--json") {
        let failed = as_error(error);
        if let Ok(text) = serde_json::to_string(&json::Failed::from(&failed)) {
            let _ = writeln!(io::stderr(), "{}", escape::json(&text));
        }
    } else {
        // When it cannot be written, the reader has seen enough or there is nobody to tell.
        let _ = print(error, plain);
    }
    if error.use_stderr() { Kind::Usage.exit_code() } else { 0 }
}

fn print(error: &ClapError, plain: bool) -> io::Result<()> {
    if !plain {
        return error.print();
    }
    let text = error.render();
    if error.use_stderr() { write!(io::stderr(), "{text}") } else { write!(io::stdout(), "{text}") }
}

/// The first paragraph says what is wrong; the rest is how it is meant.
fn as_error(error: &ClapError) -> Error {
    let text = error.render().to_string();
    let (message, rest) = text.split_once("\n\n").unwrap_or((text.as_str(), ""));
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let failed = Error::usage(one_line(message.strip_prefix("error: ").unwrap_or(message)));
    match one_line(rest) {
        hint if hint.is_empty() => failed,
        hint => failed.hint(hint),
    }
}
