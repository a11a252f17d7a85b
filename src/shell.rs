//! Commands that are shown to be pasted into a shell, bash or zsh: they give back exactly the words that they are made of.

use std::ffi::OsStr;

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

/// An option with its value, which may look like an option itself.
pub fn option(name: &str, value: impl AsRef<OsStr>) -> String {
    let value = value.as_ref();
    let separator = if value.as_encoded_bytes().starts_with(b"-") { '=' } else { ' ' };
    format!("{name}{separator}{}", quote(value))
}

/// An option whose value may be left out.
pub fn optional_value(name: &str, value: Option<impl AsRef<OsStr>>) -> String {
    value.map_or(name.to_owned(), |value| format!("{name}={}", quote(value)))
}

/// A command with a file, which may look like an option.
pub fn command_on(command: &str, file: &Path) -> String {
    let dashes = if file.as_os_str().as_encoded_bytes().starts_with(b"-") { " --" } else { "" };
    format!("{command}{dashes} {}", quote(file))
}

/// Quotes a word for a shell, on one line. What a terminal would not show is written as an escape in `$'…'`.
pub fn quote(word: impl AsRef<OsStr>) -> String {
    let word = word.as_ref();
    if let Some(text) = word.to_str().filter(|text| text.chars().all(is_shown))
        && let Ok(quoted) = shlex::try_quote(text)
    {
        return quoted.into_owned();
    }
    let mut quoted = String::from("$'");
    for chunk in bytes(word).utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '\'' | '\\' => quoted.extend(['\\', c]),
                '\n' => quoted.push_str("\\n"),
                '\t' => quoted.push_str("\\t"),
                '\r' => quoted.push_str("\\r"),
                // Once the command is typed, bash may take it for a word of its history.
                '!' => push_bytes(&mut quoted, b"!"),
                c if is_shown(c) => quoted.push(c),
                c => push_bytes(&mut quoted, c.encode_utf8(&mut [0; 4]).as_bytes()),
            }
        }
        push_bytes(&mut quoted, chunk.invalid());
    }
    quoted.push('\'');
    quoted
}

fn push_bytes(quoted: &mut String, bytes: &[u8]) {
    for byte in bytes {
        quoted.push_str(&format!("\\x{byte:02x}"));
    }
}

#[cfg(unix)]
fn bytes(word: &OsStr) -> &[u8] {
    std::os::unix::ffi::OsStrExt::as_bytes(word)
}

/// What is no Unicode cannot be pasted there anyway.
#[cfg(not(unix))]
fn bytes(word: &OsStr) -> &[u8] {
    word.as_encoded_bytes()
}

/// Whether a terminal certainly shows a character as itself, so that it can be copied: letters and digits that are visible,
/// punctuation, symbols.
fn is_shown(c: char) -> bool {
    matches!(c,
        ' '..='~'
        | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{ff}'
        | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}'
        | '\u{20a0}'..='\u{20bf}' | '\u{2190}'..='\u{27bf}'
        | '\u{3001}'..='\u{3029}' | '\u{1f300}'..='\u{1faff}'
    ) || (c.is_alphanumeric() && !matches!(c, '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_shows_is_quoted_as_usual() {
        for (word, quoted) in [
            ("a/b", "a/b"),
            ("", "''"),
            ("it's", "\"it's\""),
            ("two words — ä", "'two words — ä'"),
            ("=ls", "'=ls'"),
            ("~", "'~'"),
        ] {
            assert_eq!(quote(word), quoted);
        }
    }

    #[test]
    fn what_a_terminal_does_not_show_is_written_as_an_escape() {
        for (word, quoted) in [
            ("two\nlines\t\r", r"$'two\nlines\t\r'"),
            ("it's \\ \u{1b}[2J!", r"$'it\'s \\ \x1b[2J\x21'"),
            ("a\u{202e}b", r"$'a\xe2\x80\xaeb'"),
            ("\u{fe00}\u{3164}", r"$'\xef\xb8\x80\xe3\x85\xa4'"),
            ("a\u{a0}b", r"$'a\xc2\xa0b'"),
        ] {
            assert_eq!(quote(word), quoted);
        }
    }

    #[cfg(unix)]
    #[test]
    fn bytes_that_are_no_text_are_written_as_escapes() {
        use std::os::unix::ffi::OsStrExt;
        assert_eq!(quote(OsStr::from_bytes(b"/tmp/\xff\xc3.toml")), r"$'/tmp/\xff\xc3.toml'");
        assert_eq!(option("--config", OsStr::from_bytes(b"-\xff")), r"--config=$'-\xff'");
    }

    #[test]
    fn what_looks_like_an_option_does_not_become_one() {
        assert_eq!(
            command_line("dhub db forks", ["--config=evil/z"].into_iter()),
            "dhub db forks -- '--config=evil/z'"
        );
        assert_eq!(command_on("chmod 600", Path::new("-x")), "chmod 600 -- -x");
        assert_eq!(command_on("chmod 600", Path::new("a b")), "chmod 600 'a b'");
        assert_eq!(option("--owner", "-x"), "--owner=-x");
        assert_eq!(option("--owner", "x y"), "--owner 'x y'");
    }
}
