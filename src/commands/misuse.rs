//! What to say when the command line cannot be understood, and to those who ask for help.

use std::io::{self, Write};

use clap::error::Error as ClapError;

use crate::error::{Error, Kind};
use crate::output::{escape, json};

/// Prints help or version, or tells what is wrong with the command line. Returns the exit code.
pub fn misuse(error: &ClapError) -> u8 {
    if !error.use_stderr() {
        // A closed pipe is a reader who has seen enough.
        let _ = error.print();
        return 0;
    }
    let arguments: Vec<String> = std::env::args().skip(1).take_while(|argument| argument != "--").collect();
    let says = |wanted: &str| arguments.iter().any(|argument| argument == wanted);
    if says("--json") {
        let failed = as_error(error);
        if let Ok(text) = serde_json::to_string(&json::Failed::from(&failed)) {
            let _ = writeln!(io::stderr(), "{}", escape::json(&text));
        }
    } else if says("--color=never") || arguments.windows(2).any(|pair| pair == ["--color", "never"]) {
        let _ = write!(io::stderr(), "{}", error.render());
    } else {
        let _ = error.print();
    }
    Kind::Usage.exit_code()
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
