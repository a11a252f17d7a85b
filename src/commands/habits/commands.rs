//! An unknown command: what is meant by it, or what the API cannot do.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, Error as ClapError, ErrorKind};
use clap::{Command, CommandFactory};

use super::words::{CANNOT, COMMANDS};
use super::{Tip, command_path, nearest, set_tips};
use crate::cli::{Cli, words_after_help};
use crate::config::keys;
use crate::names::{DatabaseArgument, Host, percent_encode};
use crate::settings::{Environment, Flags, Settings};
use crate::topics::TOPICS;

/// Puts what is meant into the error of an unknown command, in the place of clap's guesses.
pub fn explain(error: &mut ClapError) {
    let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidSubcommand).cloned() else { return };
    let Some(parent) = command_path(error) else { return };
    let words: Vec<OsString> = std::env::args_os().collect();
    let next = word_after(&words, &word);
    let is_help = words_after_help(words.clone()).is_some();
    let root = Cli::command();
    match advice(&root, &parent, &word, next.as_deref(), is_help) {
        Advice::Refusal(what, word) => {
            *error = ClapError::raw(ErrorKind::InvalidSubcommand, refusal(what, &word, &words) + "\n");
        }
        Advice::Tips(tips) => {
            error.remove(ContextKind::SuggestedSubcommand);
            set_tips(error, &tips);
        }
    }
}

/// What there is to say to an unknown command.
#[derive(Debug, PartialEq, Eq)]
enum Advice {
    /// What the API cannot do, and the word for it.
    Refusal(&'static str, String),
    /// What may be meant.
    Tips(Vec<String>),
}

fn advice(root: &Command, parent: &str, word: &str, next: Option<&str>, is_help: bool) -> Advice {
    if let (None, Some(what)) = (habit(parent, word), cannot(parent, word)) {
        return Advice::Refusal(what, word.to_owned());
    }
    let topic = if is_help && parent.is_empty() { topic(word) } else { None };
    let tip = topic.or_else(|| meant(root, parent, word, next));
    // Of a noun, the command in it may be known.
    if let (Some(Tip::Run(noun)), Some(next)) = (&tip, next)
        && let Some(noun) = noun.strip_prefix("dhub ").filter(|noun| has_subcommands(root, noun))
    {
        if let Some(what) = cannot(noun, next) {
            return Advice::Refusal(what, next.to_owned());
        }
        if let Some(within) = meant(root, noun, next, None) {
            return Advice::Tips(vec![within.text(is_help)]);
        }
    }
    Advice::Tips(tip.map_or_else(|| listing(root, parent, is_help), |tip| vec![tip.text(is_help)]))
}

/// The word after an unknown command, where that is no option.
fn word_after(words: &[OsString], word: &str) -> Option<String> {
    let after = words.iter().skip_while(|given| *given != word).nth(1)?.to_str()?;
    (!after.starts_with('-')).then(|| after.to_owned())
}

/// What the API cannot do and a word asks for.
fn cannot(parent: &str, word: &str) -> Option<&'static str> {
    if !matches!(parent, "" | "db") {
        return None;
    }
    CANNOT.iter().find(|(_, words)| words.contains(&word)).map(|(what, _)| *what)
}

/// What is said of something that the API cannot do, with the page for it.
fn refusal(what: &str, word: &str, words: &[OsString]) -> String {
    let host = host(words);
    let after = words.iter().skip_while(|given| *given != word).nth(1).and_then(|word| word.to_str());
    let database = after.and_then(|word| DatabaseArgument::parse(word).ok());
    let page = match (what, database, after.filter(|word| !word.starts_with('-'))) {
        ("list", _, Some(owner)) => format!("{}/repositories/{}", host.base(), percent_encode(owner)),
        ("list", ..) => format!("{}/repositories/OWNER", host.base()),
        ("search", ..) => host.base().to_owned(),
        (_, Some(argument), _) => argument.database.page(&host),
        _ => format!("{}/repositories/OWNER/NAME", host.base()),
    };
    let more = if what == "list" { "\n\nThe forks of one: `dhub db forks OWNER/NAME`" } else { "" };
    format!("DoltHub's API cannot {what} databases; do it at {page}{more}")
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

/// The help topic that is meant, if one is.
fn topic(word: &str) -> Option<Tip> {
    let topic = nearest(TOPICS.iter(), |topic| topic.name.to_owned(), &word.to_lowercase());
    habit("help", word).or_else(|| topic.map(|topic| Tip::Run(format!("dhub help {}", topic.name))))
}

fn habit(parent: &str, word: &str) -> Option<Tip> {
    let word = word.to_lowercase();
    let habit = COMMANDS.iter().find(|(place, words, _)| *place == parent && words.contains(&word.as_str()));
    habit.map(|(.., meant)| Tip::of(*meant, &word))
}

/// What is meant, if something is known to be.
fn meant(root: &Command, parent: &str, word: &str, next: Option<&str>) -> Option<Tip> {
    habit(parent, word).or_else(|| key(parent, word, next)).or_else(|| command(root, parent, word)).or_else(
        || {
            let named = TOPICS.iter().find(|topic| parent.is_empty() && topic.name == word);
            named.map(|topic| Tip::Run(format!("dhub help {}", topic.name)))
        },
    )
}

/// What is meant by a key of the config file in the place of a command.
fn key(parent: &str, word: &str, next: Option<&str>) -> Option<Tip> {
    let (name, is_set) = word.split_once('=').map_or((word, next.is_some()), |(name, _)| (name, true));
    let key = keys::find(name).filter(|_| parent == "config")?;
    Some(Tip::Run(match is_set {
        true => format!("dhub config set {} VALUE", key.name),
        false => format!("dhub config get {}", key.name),
    }))
}

/// The command of this name elsewhere, or the one with the nearest name.
fn command(root: &Command, parent: &str, word: &str) -> Option<Tip> {
    let word = word.to_lowercase();
    let all = commands(root);
    let here = |path: &&Named| path.parent == parent;
    let name = |command: &&Named| command.name.clone();
    let exact = all.iter().find(|command| command.name == word);
    let near = || nearest(all.iter().filter(here), name, &word).or_else(|| nearest(all.iter(), name, &word));
    exact.or_else(near).map(|command| Tip::Run(command.shown.clone()))
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

fn has_subcommands(root: &Command, name: &str) -> bool {
    root.find_subcommand(name).is_some_and(Command::has_subcommands)
}

/// The commands that there are, for who typed none of them.
fn listing(root: &Command, parent: &str, is_help: bool) -> Vec<String> {
    let noun = parent.split_whitespace().try_fold(root, |command, word| command.find_subcommand(word));
    let commands = noun.unwrap_or(root).get_subcommands().filter(|command| !command.is_hide_set());
    let names: Vec<&str> = commands.map(Command::get_name).collect();
    let of = if parent.is_empty() { String::new() } else { format!(" of `dhub {parent}`") };
    let mut tips = vec![format!("the commands{of} are {}", names.join(", "))];
    if is_help && parent.is_empty() {
        tips.push(format!("the topics are {}", TOPICS.each_ref().map(|topic| topic.name).join(", ")));
    }
    tips
}

#[cfg(test)]
mod tests {
    use super::super::words::Meant;
    use super::*;

    #[test]
    fn the_commands_that_are_meant_exist() {
        for (.., meant) in COMMANDS {
            let Meant::Run(command) = meant else { continue };
            let Some(command) = command.strip_prefix("dhub ") else {
                assert!(command.starts_with("dolt "), "{command}");
                continue;
            };
            if let Some(topic) = command.strip_prefix("help ") {
                assert!(crate::topics::find(topic).is_some(), "{topic}");
                continue;
            }
            let words = command.split(' ').take_while(|word| !word.starts_with('-'));
            let root = Cli::command();
            let found = words.into_iter().try_fold(&root, |command, word| command.find_subcommand(word));
            assert!(found.is_some(), "{command}");
        }
    }

    #[test]
    fn no_word_for_a_habit_is_a_command_there() {
        let all = commands(&Cli::command());
        for (parent, words, _) in COMMANDS {
            for word in *words {
                assert!(!all.iter().any(|named| named.parent == *parent && named.name == *word), "{word}");
            }
        }
    }

    fn tip(parent: &str, word: &str, next: Option<&str>) -> Option<String> {
        match advice(&Cli::command(), parent, word, next, false) {
            Advice::Refusal(what, _) => Some(format!("cannot {what}")),
            Advice::Tips(tips) => {
                tips.first()?.strip_prefix("did you mean `")?.strip_suffix("`?").map(Into::into)
            }
        }
    }

    #[test]
    fn a_slip_of_the_fingers_is_understood_here_before_elsewhere() {
        for (parent, word, shown) in [
            ("db", "frok", Some("dhub db fork")),
            ("db", "for", Some("dhub db fork")),
            ("db", "Forks", Some("dhub db forks")),
            ("db", "list-fork", Some("dhub db forks")),
            ("", "lgoin", Some("dhub auth login")),
            ("auth", "stauts", Some("dhub auth status")),
            ("db", "login", Some("dhub auth login")),
            ("", "edit", Some("cannot edit")),
            ("db", "update", Some("cannot edit")),
            ("", "update", None),
            ("db", "zebra", None),
            ("db", "", None),
        ] {
            assert_eq!(tip(parent, word, None).as_deref(), shown, "{parent} {word}");
        }
    }

    #[test]
    fn of_a_noun_the_command_in_it_is_meant() {
        for (noun, word, shown) in [
            ("repo", "fork", "dhub db fork"),
            ("DB", "fork", "dhub db fork"),
            ("repo", "show", "dhub db view"),
            ("repo", "list", "cannot list"),
            ("repo", "zebra", "dhub db"),
            ("whoami", "fork", "dhub auth status"),
        ] {
            assert_eq!(tip("", noun, Some(word)).as_deref(), Some(shown), "{noun} {word}");
        }
    }

    #[test]
    fn a_key_in_the_place_of_a_command_is_to_be_shown_or_set() {
        for (word, next, shown) in [
            ("owner", None, "dhub config get owner"),
            ("owner", Some("x"), "dhub config set owner VALUE"),
            ("owner=x", None, "dhub config set owner VALUE"),
        ] {
            assert_eq!(tip("config", word, next).as_deref(), Some(shown), "{word}");
        }
        assert_eq!(tip("db", "visibility", None), None);
    }

    #[test]
    fn where_nothing_is_meant_the_commands_are_listed_and_for_help_the_topics() {
        let tips = |parent, is_help| advice(&Cli::command(), parent, "zebra", None, is_help);
        let Advice::Tips(db) = tips("db", true) else { panic!("it can") };
        assert_eq!(db, ["the commands of `dhub db` are create, fork, fork-status, forks, view"]);
        let Advice::Tips(help) = tips("", true) else { panic!("it can") };
        assert_eq!(help[1], "the topics are exit-codes, environment, output, config");
    }
}
