//! What is meant by a command that dhub does not have: another tool's word for one, one without its noun, a misspelt one.

use std::ffi::OsString;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, Error as ClapError, ErrorKind};
use clap::{Command, CommandFactory};

use crate::cli::Cli;
use crate::names::{DatabaseArgument, Host, percent_encode};
use crate::settings::{Environment, Flags, Settings};

/// The command that a word is in, the word, and the command that is meant.
const HABITS: &[(&str, &[&str], &str)] = &[
    ("", &["database", "databases", "repo", "repos", "repository"], "dhub db"),
    ("", &["whoami", "user", "account", "status"], "dhub auth status"),
    ("", &["signin", "sign-in", "log-in"], "dhub auth login"),
    ("", &["signout", "sign-out", "log-out"], "dhub auth logout"),
    ("", &["settings", "configure"], "dhub config"),
    #[cfg(feature = "emulator")]
    ("", &["emulate", "server", "serve"], "dhub emulator"),
    ("", &["clone"], "dolt clone OWNER/NAME` or, with a fork of your own, `dhub db fork OWNER/NAME --clone"),
    ("", &["new", "init", "add"], "dhub db create"),
    ("", &["show", "info", "open", "browse"], "dhub db view"),
    ("", &["wait"], "dhub db fork-status --wait"),
    ("", &["tree", "network"], "dhub db forks --tree"),
    ("", &["ls-forks"], "dhub db forks"),
    ("", &["request", "call", "curl", "http", "rest", "post"], "dhub api"),
    ("db", &["new", "init", "add"], "dhub db create"),
    ("db", &["show", "info", "get", "open", "browse"], "dhub db view"),
    ("db", &["status", "wait", "forkstatus"], "dhub db fork-status"),
    ("db", &["tree", "network"], "dhub db forks --tree"),
    ("db", &["ls-forks"], "dhub db forks"),
    (
        "db",
        &["clone"],
        "dolt clone OWNER/NAME` or, with a fork of your own, `dhub db fork OWNER/NAME --clone",
    ),
    ("auth", &["whoami", "user", "show"], "dhub auth status"),
    ("auth", &["signin", "sign-in", "log-in"], "dhub auth login"),
    ("auth", &["signout", "sign-out", "log-out"], "dhub auth logout"),
    ("config", &["ls", "show"], "dhub config list"),
    ("config", &["edit", "file"], "dhub config path"),
    ("config", &["rm", "remove", "delete", "clear"], "dhub config unset"),
    ("config", &["add", "put"], "dhub config set"),
    #[cfg(feature = "emulator")]
    ("emulator", &["run"], "dhub emulator exec"),
    #[cfg(feature = "emulator")]
    ("emulator", &["serve"], "dhub emulator start"),
];

/// What the service's API has no request for, and the words for it.
const CANNOT: &[(&str, &[&str])] = &[
    ("list", &["list", "ls"]),
    ("search", &["search", "find"]),
    ("delete", &["delete", "rm", "remove", "destroy", "drop"]),
    ("rename", &["rename", "mv", "move", "transfer"]),
    ("edit", &["edit", "update"]),
];

/// Puts what is meant into the error of an unknown command, in the place of clap's guesses, and takes out its advice on
/// a misspelt option that would make it a database.
pub fn explain(error: &mut ClapError) {
    match error.kind() {
        ErrorKind::UnknownArgument => {
            forget_positional(error);
            explain_typed_field(error);
        }
        ErrorKind::InvalidSubcommand => {
            let Some((parent, word)) = unknown_command(error) else { return };
            if let Some(refusal) = refusal(&parent, &word) {
                *error = ClapError::raw(ErrorKind::InvalidSubcommand, refusal + "\n");
                return;
            }
            error.remove(ContextKind::SuggestedSubcommand);
            error.remove(ContextKind::Suggested);
            if let Some(meant) = meant(&Cli::command(), &parent, &word) {
                let tip = StyledStr::from(format!("did you mean `{meant}`?"));
                error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip]));
            }
        }
        _ => {}
    }
}

/// The commands in front of an unknown one, and that.
fn unknown_command(error: &ClapError) -> Option<(String, String)> {
    let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidSubcommand) else { return None };
    let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) else { return None };
    let usage = usage.to_string();
    let words = usage.split_whitespace().skip_while(|&word| word != "dhub").skip(1);
    let parent: Vec<&str> = words.take_while(|word| word.starts_with(char::is_alphabetic)).collect();
    Some((parent.join(" "), word.clone()))
}

/// gh's word for a field that is no string.
fn explain_typed_field(error: &mut ClapError) {
    if let Some(ContextValue::String(option)) = error.get(ContextKind::InvalidArg)
        && option == "-F"
    {
        let tip = StyledStr::from("a field that is no string is written -f KEY:=JSON");
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip]));
    }
}

/// "To pass '--wait' as a value, …": nobody means that, unless it is a database whose owner begins with a dash.
fn forget_positional(error: &mut ClapError) {
    let Some(ContextValue::String(option)) = error.get(ContextKind::InvalidArg) else { return };
    let Some(ContextValue::StyledStrs(tips)) = error.get(ContextKind::Suggested) else { return };
    if !tips.iter().any(|tip| tip.to_string().starts_with("to pass")) {
        return;
    }
    let is_database = |word: OsString| {
        let word = word.to_string_lossy();
        word.starts_with(option.as_str()) && word.contains('/') && !word.contains('=')
    };
    if std::env::args_os().skip(1).any(is_database) {
        let tip = StyledStr::from("a name that begins with a dash needs `--` in front of it");
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip]));
    } else {
        error.remove(ContextKind::Suggested);
    }
}

/// What is said of something that the API cannot do, with the page for it.
fn refusal(parent: &str, word: &str) -> Option<String> {
    if !matches!(parent, "" | "db") {
        return None;
    }
    let (what, _) = CANNOT.iter().find(|(_, words)| words.contains(&word))?;
    let words: Vec<OsString> = std::env::args_os().skip(1).collect();
    let host = host(&words);
    let after = words.iter().skip_while(|given| *given != word).nth(1).and_then(|word| word.to_str());
    let database = after.and_then(|word| DatabaseArgument::parse(word).ok());
    let page = match (*what, database, after.filter(|word| !word.starts_with('-'))) {
        ("list", _, Some(owner)) => format!("{}/repositories/{}", host.base(), percent_encode(owner)),
        ("list", ..) => format!("{}/repositories/OWNER", host.base()),
        ("search", ..) => host.base().to_owned(),
        (_, Some(argument), _) => argument.database.page(&host),
        _ => format!("{}/repositories/OWNER/NAME", host.base()),
    };
    let more = if *what == "list" { "\n\nThe forks of one: `dhub db forks OWNER/NAME`" } else { "" };
    Some(format!("DoltHub's API cannot {what} databases; do it at {page}{more}"))
}

/// The host that the command line or the settings name, as far as they can be read.
fn host(words: &[OsString]) -> Host {
    let value = |option: &str| {
        let long = format!("{option}=");
        let texts = || words.iter().map(|word| word.to_string_lossy());
        let joined = texts().find_map(|word| word.strip_prefix(&long).map(str::to_owned));
        joined.or_else(|| texts().skip_while(|word| word != option).nth(1).map(Into::into))
    };
    let flags =
        Flags { host: value("--host"), config: value("--config").map(Into::into), ..Flags::default() };
    let settings = Settings::resolve(&flags, &Environment::of_this_process(), &[]);
    settings.map_or_else(|_| Host::dolthub(), |settings| settings.host)
}

/// The command that is meant, if one is.
fn meant(root: &Command, parent: &str, word: &str) -> Option<String> {
    let word = word.to_lowercase();
    let habit = HABITS.iter().find(|(place, words, _)| *place == parent && words.contains(&word.as_str()));
    if let Some((.., meant)) = habit {
        return Some((*meant).to_owned());
    }
    let all = commands(root);
    let here = |path: &&Named| path.parent == parent;
    let exact = all.iter().find(|command| command.name == word);
    let near = || nearest(all.iter().filter(here), &word).or_else(|| nearest(all.iter(), &word));
    exact.or_else(near).map(|command| command.shown.clone())
}

/// A command under one of its names.
struct Named {
    parent: String,
    name: String,
    /// As it is typed.
    shown: String,
}

/// Every command under each of its names, those of a noun after the nouns.
fn commands(root: &Command) -> Vec<Named> {
    let mut all = Vec::new();
    let mut nouns = vec![(String::new(), root)];
    while let Some((parent, noun)) = nouns.pop() {
        for command in noun.get_subcommands().filter(|command| !command.is_hide_set()) {
            let path = format!("{parent} {}", command.get_name()).trim_start().to_owned();
            let names = std::iter::once(command.get_name()).chain(command.get_all_aliases());
            all.extend(names.map(|name| Named {
                parent: parent.clone(),
                name: name.to_owned(),
                shown: format!("dhub {path}"),
            }));
            nouns.push((path, command));
        }
    }
    all
}

/// The one with the nearest name, where that looks like a slip of the fingers.
fn nearest<'a>(commands: impl Iterator<Item = &'a Named>, word: &str) -> Option<&'a Named> {
    let most = (word.chars().count() / 3).clamp(1, 2);
    let slips = |command: &Named| strsim::damerau_levenshtein(&command.name, word);
    commands
        .map(|command| (slips(command), command))
        .filter(|(slips, _)| *slips <= most)
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, command)| command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commands_that_are_meant_exist() {
        for (.., meant) in HABITS.iter().filter(|(.., meant)| !meant.starts_with("dolt")) {
            let words: Vec<&str> =
                meant.split(' ').skip(1).take_while(|word| !word.starts_with('-')).collect();
            let mut command = &Cli::command();
            for word in words {
                command = command.find_subcommand(word).unwrap_or_else(|| panic!("{meant}"));
            }
        }
    }

    #[test]
    fn no_word_for_a_habit_is_a_command_there() {
        let all = commands(&Cli::command());
        for (parent, words, _) in HABITS {
            for word in *words {
                assert!(!all.iter().any(|named| named.parent == *parent && named.name == *word), "{word}");
            }
        }
    }

    #[test]
    fn a_slip_of_the_fingers_is_understood_here_before_elsewhere() {
        let root = Cli::command();
        for (parent, word, shown) in [
            ("db", "frok", Some("dhub db fork")),
            ("db", "for", Some("dhub db fork")),
            ("db", "Forks", Some("dhub db forks")),
            ("db", "list-fork", Some("dhub db forks")),
            ("", "lgoin", Some("dhub auth login")),
            ("auth", "stauts", Some("dhub auth status")),
            ("db", "login", Some("dhub auth login")),
            ("db", "zebra", None),
            ("db", "", None),
        ] {
            assert_eq!(meant(&root, parent, word).as_deref(), shown, "{parent} {word}");
        }
    }
}
