//! Lists that a report shows: on its line, or in a file where no shell takes a line so long.

use std::io::{self, Write};
use std::path::PathBuf;

use crate::shell;

/// The longest line, in bytes: what every system takes, and a person can still paste.
const LONGEST_LINE: usize = 32_000;

/// A command with its arguments, to be pasted into a shell; with a file of them as its list where they are too many.
pub fn command<'a>(command: &str, arguments: impl Iterator<Item = &'a str> + Clone) -> String {
    let line = shell::command_line(command, arguments.clone());
    if line.len() <= LONGEST_LINE {
        return line;
    }
    match write(arguments) {
        Ok(path) => format!("{command} - < {}", shell::quote(&path)),
        Err(_) => format!("{command} -, with the same list"),
    }
}

/// Commands one after the other, to be pasted into a shell; as a file of them where they are too many.
pub fn sequence(commands: &[String]) -> String {
    let line = commands.join("; ");
    if line.len() <= LONGEST_LINE || commands.len() == 1 {
        return line;
    }
    match write(commands.iter().map(String::as_str)) {
        Ok(path) => format!(". {}", shell::quote(&path)),
        Err(_) => line,
    }
}

/// Names, or the file that holds them.
pub fn names(names: &[String]) -> String {
    let line = names.join(", ");
    if line.len() <= LONGEST_LINE {
        return line;
    }
    match write(names.iter().map(String::as_str)) {
        Ok(path) => format!("{} of them, listed in {}", names.len(), path.display()),
        Err(_) => format!("{} of them", names.len()),
    }
}

/// Writes a list into a file that stays.
fn write<'a>(list: impl Iterator<Item = &'a str>) -> io::Result<PathBuf> {
    let file = tempfile::Builder::new().prefix("dhub-").suffix(".txt").tempfile()?;
    let mut out = io::BufWriter::new(&file);
    for line in list {
        writeln!(out, "{line}")?;
    }
    out.flush()?;
    drop(out);
    let (_, path) = file.keep()?;
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_beyond_what_a_shell_takes_becomes_a_file() {
        let short = ["a/b", "c d"];
        assert_eq!(command("dhub db fork", short.into_iter()), "dhub db fork a/b 'c d'");
        let long: Vec<String> = (0..10_000).map(|number| format!("a/x{number}")).collect();
        let line = command("dhub db fork --wait", long.iter().map(String::as_str));
        let path = line.strip_prefix("dhub db fork --wait - < ").unwrap();
        let listed = std::fs::read_to_string(path).unwrap();
        std::fs::remove_file(path).unwrap();
        assert_eq!(listed.lines().collect::<Vec<_>>(), long);
        let told = names(&long);
        let (count, path) = told.split_once(" of them, listed in ").unwrap();
        std::fs::remove_file(path).unwrap();
        assert_eq!(count, "10000");
    }
}
