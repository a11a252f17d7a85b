//! Commands that are shown to be pasted into a POSIX shell.

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
