//! Commands that are shown to be pasted into a POSIX shell.

use std::path::Path;

/// A command with its arguments, to be pasted into a shell. One that looks like an option does not become one.
pub fn command_line<'a>(command: &str, arguments: impl Iterator<Item = &'a str> + Clone) -> String {
    let mut line = command.to_owned();
    if arguments.clone().any(|argument| argument.starts_with('-')) {
        line.push_str(" --");
    }
    for argument in arguments {
        line.push(' ');
        line.push_str(&quote(argument));
    }
    line
}

/// Quotes a text for a POSIX shell on one line, whatever it holds.
pub fn quote_text(text: &str) -> String {
    if !text.chars().any(char::is_control) {
        return quote(text);
    }
    let spelled = text.replace('\\', "\\\\").replace('\n', "\\n").replace('\t', "\\t").replace('\r', "\\r");
    format!("\"$(printf %b {})\"", quote(&spelled))
}

/// Quotes a word for a POSIX shell, for commands that are shown to be pasted.
pub fn quote(word: &str) -> String {
    match shlex::try_quote(word) {
        Ok(quoted) => quoted.into_owned(),
        // Only a NUL cannot be quoted, and no argument can hold one.
        Err(_) => quote(&word.replace('\0', "")),
    }
}

/// Quotes a path for a POSIX shell. One that is not UTF-8 is spelled with `$'…'`, byte by byte where needed.
pub fn quote_path(path: &Path) -> String {
    if let Some(text) = path.to_str() {
        return quote(text);
    }
    let bytes = path.as_os_str().as_encoded_bytes();
    let spelled: String = bytes
        .iter()
        .map(|&byte| match byte {
            b'\'' | b'\\' => format!("\\{}", char::from(byte)),
            b' '..=b'~' => char::from(byte).to_string(),
            _ => format!("\\{byte:03o}"),
        })
        .collect();
    format!("$'{spelled}'")
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_is_not_utf_8_is_spelled_byte_by_byte() {
        use std::os::unix::ffi::OsStrExt;
        let path = Path::new(std::ffi::OsStr::from_bytes(b"/a b/\xff'\\\n9"));
        assert_eq!(quote_path(path), r"$'/a b/\377\'\\\0129'");
        assert_eq!(quote_path(Path::new("/a b")), "'/a b'");
    }
}
