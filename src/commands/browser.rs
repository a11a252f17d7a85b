//! Opens a page in the user's browser.

use std::io;
use std::process::{Command, Stdio};

use crate::error::{Error, Kind, Result, reason};
use crate::settings::Environment;

/// The platform's own opener and its first arguments.
const OPENER: &[&str] = if cfg!(target_os = "macos") {
    &["open"]
} else if cfg!(windows) {
    &["rundll32", "url.dll,FileProtocolHandler"]
} else {
    &["xdg-open"]
};

/// Opens a page with the first program that can: of those that `BROWSER` names, else the platform's opener. Returns once that
/// program has ended, since it may be a browser in this terminal.
///
/// # Errors
/// When none can.
pub fn open(environment: &Environment, page: &str) -> Result<()> {
    let mut why = "BROWSER names no program".to_owned();
    for words in programs(environment.get("BROWSER")) {
        match run(words, page) {
            Ok(()) => return Ok(()),
            Err(reason) => why = reason,
        }
    }
    Err(Error::new(Kind::Io, why)
        .with_context(format!("cannot open {page}"))
        .with_hint("open it by hand, or name your browser in BROWSER"))
}

/// The programs to try, word by word. As for `xdg-open`, `:` stands between those that `BROWSER` names.
fn programs(browser: Option<&str>) -> Vec<Vec<String>> {
    let Some(browser) = browser else { return vec![OPENER.iter().map(|&word| word.to_owned()).collect()] };
    let named: Vec<&str> = if cfg!(windows) { vec![browser] } else { browser.split(':').collect() };
    named.into_iter().filter_map(shlex::split).filter(|words| !words.is_empty()).collect()
}

/// Runs a program with the page in the place of each `%s`, else behind its other arguments. The page is never one of its
/// options: it begins with `http`.
fn run(mut words: Vec<String>, page: &str) -> std::result::Result<(), String> {
    if words.iter().skip(1).any(|word| word.contains("%s")) {
        words.iter_mut().skip(1).for_each(|word| *word = word.replace("%s", page));
    } else {
        words.push(page.to_owned());
    }
    let (program, arguments) = words.split_first().ok_or("there is no program")?;
    let status = Command::new(program)
        .args(arguments)
        // No browser needs the token, and stdout is for results.
        .env_remove("DOLTHUB_TOKEN")
        .env_remove("DH_TOKEN")
        .stdout(Stdio::from(io::stderr()))
        .status()
        .map_err(|error| format!("{program}: {}", reason(&error)))?;
    if status.success() { Ok(()) } else { Err(format!("{program} failed ({status})")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browser_names_programs_with_their_arguments() {
        let words = |browser| programs(Some(browser));
        assert_eq!(words("firefox"), [["firefox"]]);
        assert_eq!(words("'my browser' --app=%s"), [["my browser", "--app=%s"]]);
        assert_eq!(programs(None).len(), 1);
        if cfg!(unix) {
            assert_eq!(words("a:b c::"), [vec!["a"], vec!["b", "c"]]);
        }
        assert!(words(" ").is_empty());
    }
}
