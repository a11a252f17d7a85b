//! The arguments of a command: given one by one, or as a list on stdin. All are parsed before anything is sent.

use std::collections::HashSet;
use std::hash::Hash;
use std::io::Read;

use crate::error::{Error, Result, reason};
use crate::input_file::BYTE_ORDER_MARK;
use crate::names::{DatabaseArgument, Site, without_password};

use super::context::Context;

/// One argument as it was given, and its parsed value.
pub struct Argument<T> {
    pub text: String,
    pub value: T,
}

/// Parses every argument; `-` stands for the list on stdin.
///
/// # Errors
/// A usage error for the first one that cannot be parsed; one from stdin is reported with its line.
pub fn read<T>(given: &[String], parse: impl Fn(&str) -> Result<T>) -> Result<Vec<Argument<T>>> {
    let mut arguments = Vec::new();
    for text in given {
        if text == "-" {
            arguments.extend(parse_list(&read_list()?, &parse)?);
        } else {
            arguments.push(parse_one(text, &parse)?);
        }
    }
    Ok(arguments)
}

/// Leaves out duplicates, with a note; `key` says what makes two of them the same.
pub fn once<T, K: Eq + Hash>(
    context: &Context,
    arguments: Vec<Argument<T>>,
    key: impl Fn(&T) -> K,
) -> Vec<Argument<T>> {
    let mut seen = HashSet::new();
    let (unique, duplicates): (Vec<_>, Vec<_>) =
        arguments.into_iter().partition(|argument| seen.insert(key(&argument.value)));
    match duplicates.as_slice() {
        [] => {}
        [one] => context.output.note(&format!("ignoring 1 duplicate: {}", one.text)),
        [first, ..] => {
            context.output.note(&format!("ignoring {} duplicates, such as {}", duplicates.len(), first.text));
        }
    }
    unique
}

/// Parses one argument.
///
/// # Errors
/// A usage error that quotes it, but no password in it.
pub fn parse_one<T>(text: &str, parse: impl Fn(&str) -> Result<T>) -> Result<Argument<T>> {
    let value = parse(text).map_err(|error| {
        let safe = without_password(text);
        error.at(&format!("{safe:?}")).with_argument(safe)
    })?;
    Ok(Argument { text: text.to_owned(), value })
}

fn read_list() -> Result<Vec<u8>> {
    const MAX_MIB: u64 = 64;
    let mut list = Vec::new();
    std::io::stdin()
        .lock()
        .take(MAX_MIB * 1024 * 1024 + 1)
        .read_to_end(&mut list)
        .map_err(|error| Error::usage(format!("cannot read the list from stdin: {}", reason(&error))))?;
    if list.len() as u64 > MAX_MIB * 1024 * 1024 {
        return Err(Error::usage(format!("the list on stdin is longer than {MAX_MIB} MiB")));
    }
    Ok(list)
}

/// One argument a line: the first tab-separated field. Blank lines, lines that start with `#` and what follows ` #` are
/// skipped.
fn parse_list<T>(list: &[u8], parse: impl Fn(&str) -> Result<T>) -> Result<Vec<Argument<T>>> {
    let list = list.strip_prefix(BYTE_ORDER_MARK).unwrap_or(list);
    let mut arguments = Vec::new();
    for (number, line) in (1..).zip(list.split(|&byte| byte == b'\n')) {
        let field = line.split(|&byte| byte == b'\t').next().unwrap_or_default();
        let comment = field.windows(2).position(|pair| pair == b" #");
        let field = field.get(..comment.unwrap_or(field.len())).unwrap_or_default().trim_ascii();
        if field.is_empty() || line.starts_with(b"#") {
            continue;
        }
        let place = format!("line {number} of stdin");
        let text = std::str::from_utf8(field).map_err(|_| Error::usage("it is not UTF-8").at(&place))?;
        arguments.push(parse_one(text, &parse).map_err(|error| error.at(&place))?);
    }
    Ok(arguments)
}

/// Where pasted addresses point to, each once.
pub fn sites(arguments: &[Argument<DatabaseArgument>]) -> Vec<&Site> {
    let mut seen = HashSet::new();
    let sites = arguments.iter().filter_map(|argument| argument.value.site.as_ref());
    sites.filter(|site| seen.insert(*site)).collect()
}

/// Whether the list on stdin was empty, so that there is nothing to do. Prints a note then.
pub fn nothing_to_do<T>(context: &Context, arguments: &[Argument<T>]) -> bool {
    if arguments.is_empty() {
        context.output.note("the list on stdin is empty: nothing to do");
    }
    arguments.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::Database;

    fn texts(list: &str) -> Vec<String> {
        let list = parse_list(list.as_bytes(), Database::parse).unwrap();
        list.into_iter().map(|argument| argument.text).collect()
    }

    #[test]
    fn a_list_is_the_first_fields_of_its_lines() {
        assert_eq!(texts("a/b\thttps://x\r\n\n  \n# c/d\n\tempty/first\ne/f \ng/h"), ["a/b", "e/f", "g/h"]);
        assert!(texts("").is_empty());
        assert_eq!(texts("\u{feff}a/b\n"), ["a/b"]);
    }

    #[test]
    fn an_invalid_line_is_reported_with_its_number() {
        let Err(error) = parse_list(b"a/b\n# x\nnonsense\n", Database::parse) else {
            panic!("it was parsed")
        };
        assert!(error.to_string().starts_with("line 3 of stdin: "), "{error}");
        assert_eq!(error.argument.as_deref(), Some("nonsense"));
    }

    #[test]
    fn bytes_that_are_not_text_are_refused() {
        let Err(error) = parse_list(b"a/b\na/c\xff\n", Database::parse) else { panic!("it was parsed") };
        assert_eq!(error.message, "line 2 of stdin: it is not UTF-8");
    }
}
