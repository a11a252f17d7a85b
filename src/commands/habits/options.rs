//! An unknown option, and values that an option or an argument does not take.

use clap::error::{ContextKind, ContextValue, Error as ClapError};
use clap::{Arg, Command, CommandFactory};

use super::words::{Meant, OPTIONS};
use super::{Tip, command_path, nearest, set_tips};
use crate::cli::{Cli, duration};
use crate::commands::usage_error::is_filter;
use crate::config::keys;

/// Puts what is meant into the error of an unknown option, in the place of clap's guesses.
pub fn explain_unknown(error: &mut ClapError) {
    let Some(ContextValue::String(option)) = error.get(ContextKind::InvalidArg).cloned() else { return };
    let Some(path) = command_path(error) else { return };
    let words: Vec<String> =
        std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned()).collect();
    let mut root = Cli::command();
    root.build();
    if error.remove(ContextKind::SuggestedArg).is_some() {
        // It shows the guess as if it were required.
        let mut command = find(&root, path.split_whitespace()).clone();
        error.insert(ContextKind::Usage, ContextValue::StyledStr(command.render_usage()));
    }
    error.remove(ContextKind::Suggested);
    if let Some(tip) = meant(&root, &path, &option, &words) {
        set_tips(error, &[tip]);
    }
}

fn meant(root: &Command, path: &str, option: &str, words: &[String]) -> Option<String> {
    let is_database = |word: &String| word.starts_with(option) && word.contains('/') && !word.contains('=');
    let command = find(root, path.split_whitespace());
    if !option.starts_with('-') {
        return too_many(command, path).filter(|_| !is_filter(option));
    }
    if words.iter().any(is_database) {
        return Some("a name that begins with a dash needs `--` in front of it".to_owned());
    }
    let fits = |(place, options, meant): &&(&str, &[&str], Meant)| {
        is_in(path, place) && options.contains(&option) && is_there(command, meant)
    };
    if let Some((.., meant)) = OPTIONS.iter().find(fits) {
        return Some(Tip::of(*meant, option).text(false));
    }
    let name = option.strip_prefix("--")?;
    if let Some(near) = near(command, name) {
        return Some(Tip::Run(format!("--{near}")).text(false));
    }
    // Clap takes an option of a command after that command only.
    let (below, place) = below(command, path, words);
    let too_early = near(below, name).map(|near| format!("`--{near}` stands after `dhub {place}`"));
    too_early.or_else(|| owners(root, path, name))
}

/// Whether a command is this one, or one of this noun.
fn is_in(path: &str, place: &str) -> bool {
    path.strip_prefix(place).is_some_and(|rest| place.is_empty() || rest.is_empty() || rest.starts_with(' '))
}

/// What a command takes that was given more.
fn too_many(command: &Command, path: &str) -> Option<String> {
    let names: Vec<&str> = command
        .get_positionals()
        .filter_map(|arg| arg.get_value_names()?.first().map(|name| name.as_str()))
        .collect();
    match names.as_slice() {
        _ if command.has_subcommands() => None,
        [] => Some(format!("`dhub {path}` takes no argument")),
        names => Some(format!("`dhub {path}` takes one {}", names.join(" and one "))),
    }
}

/// The other commands of the same noun that have an option.
fn owners(root: &Command, path: &str, name: &str) -> Option<String> {
    let (noun, _) = path.split_once(' ')?;
    let has = |command: &&Command| command.get_arguments().any(|arg| arg.get_long() == Some(name));
    let owners = root.find_subcommand(noun)?.get_subcommands().filter(has);
    let shown: Vec<String> = owners.map(|command| format!("`dhub {noun} {}`", command.get_name())).collect();
    (!shown.is_empty()).then(|| format!("`--{name}` is an option of {}", shown.join(", ")))
}

/// Whether a command has the option that is meant, where one is.
fn is_there(command: &Command, meant: &Meant) -> bool {
    let Meant::Run(what) = meant else { return true };
    let Some(long) = what.strip_prefix("--") else { return true };
    let long = long.split([' ', '`']).next();
    command.get_arguments().any(|arg| arg.get_long() == long)
}

/// The option with the nearest name, or the one that begins so.
fn near<'a>(command: &'a Command, name: &str) -> Option<&'a str> {
    const SHORTEST_START: usize = 3;
    let longs = || command.get_arguments().filter(|arg| !arg.is_hide_set()).filter_map(Arg::get_long);
    let lower = name.to_lowercase();
    let mut begun = longs().filter(|long| name.len() >= SHORTEST_START && long.starts_with(&lower));
    match (begun.next(), begun.next()) {
        (Some(only), None) => Some(only),
        _ => nearest(longs(), |long| (*long).to_owned(), &lower),
    }
}

/// The command that the other words name, below this one.
fn below<'a>(command: &'a Command, path: &str, words: &[String]) -> (&'a Command, String) {
    let mut found = (command, path.to_owned());
    for word in words {
        if let Some(command) = found.0.find_subcommand(word) {
            found = (command, format!("{} {}", found.1, command.get_name()).trim_start().to_owned());
        }
    }
    found
}

fn find<'a, 'b>(root: &'a Command, mut path: impl Iterator<Item = &'b str>) -> &'a Command {
    path.try_fold(root, |command, word| command.find_subcommand(word)).unwrap_or(root)
}

/// Says how it is meant where an option got a value that takes none.
pub fn explain_value_of_flag(error: &mut ClapError) {
    let Some(ContextValue::String(option)) = error.get(ContextKind::InvalidArg).cloned() else { return };
    let Some(ContextValue::String(value)) = error.get(ContextKind::InvalidValue).cloned() else { return };
    let tip = wait_for(&option, &value).unwrap_or_else(|| format!("`{option}` takes no value"));
    set_tips(error, &[tip]);
}

/// What is meant by a wait with a time.
pub fn wait_for(option: &str, value: &str) -> Option<String> {
    let is_wait = matches!(option, "--wait" | "-w") && duration::parse(value).is_ok();
    is_wait.then(|| Tip::Run(format!("--wait --timeout {value}")).text(false))
}

/// Takes out clap's guesses at a value that are far from what was typed.
pub fn forget_far_values(error: &mut ClapError) {
    if let Some(ContextValue::String(option)) = error.get(ContextKind::InvalidArg)
        && option.starts_with("--jq ")
    {
        return set_tips(error, &["it takes an expression, such as --jq '.forks[].owner'".to_owned()]);
    }
    let Some(ContextValue::String(value)) = error.get(ContextKind::InvalidValue).cloned() else { return };
    if let Some(key) = value.split_once('=').and_then(|(name, _)| keys::find(name)) {
        error.remove(ContextKind::SuggestedValue);
        set_tips(error, &[Tip::Run(format!("dhub config set {} VALUE", key.name)).text(false)]);
        return;
    }
    let guess = match error.get(ContextKind::SuggestedValue) {
        Some(ContextValue::String(guess)) => guess.clone(),
        _ => return,
    };
    if nearest([guess].iter(), |guess| (*guess).clone(), &value.to_lowercase()).is_none() {
        error.remove(ContextKind::SuggestedValue);
    }
}

/// Lists what an argument may be that is missing, where that is one of a few.
pub fn list_values(error: &mut ClapError) {
    let Some(ContextValue::Strings(missing)) = error.get(ContextKind::InvalidArg).cloned() else { return };
    let Some(path) = command_path(error) else { return };
    let root = Cli::command();
    let arguments = find(&root, path.split_whitespace()).get_positionals();
    let tips: Vec<String> = arguments
        .filter_map(|arg| {
            let name = arg.get_value_names()?.first()?.as_str();
            let values: Vec<String> =
                arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
            let is_missing = missing.iter().any(|missing| missing.contains(name));
            (is_missing && !values.is_empty()).then(|| format!("{name} is one of {}", values.join(", ")))
        })
        .collect();
    if !tips.is_empty() {
        set_tips(error, &tips);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tip(path: &str, option: &str) -> Option<String> {
        let mut root = Cli::command();
        root.build();
        let words: Vec<String> = format!("{path} {option}").split(' ').map(str::to_owned).collect();
        meant(&root, path, option, &words)
    }

    #[test]
    fn an_option_of_another_tool_is_the_one_here() {
        for (path, option, shown) in [
            ("db fork", "--org", "--owner"),
            ("db create", "--visibility", "--public` or `--private"),
            ("db fork", "--force", "--if-not-exists"),
            ("db view", "--browser", "--web"),
            ("db forks", "--recursive", "--tree"),
            ("db forks", "--no-color", "--color never"),
            ("db forks", "--timeout", "--request-timeout"),
            ("db fork", "--version", "dhub --version"),
            ("config", "--list", "dhub config list"),
            ("db fork-status", "--follow", "--wait"),
        ] {
            assert_eq!(tip(path, option), Some(format!("did you mean `{shown}`?")), "{path} {option}");
        }
        assert_eq!(tip("auth status", "--force"), None, "what the command does not have is not meant");
        assert_eq!(tip("db forks", "--name"), None, "that is for `db fork`");
    }

    #[test]
    fn an_option_of_another_command_is_said_to_be_one_and_of_arguments_how_many_there_are() {
        for (path, option, shown) in [
            ("db forks", "--web", "`--web` is an option of `dhub db view`"),
            ("db view", "--depth", "`--depth` is an option of `dhub db forks`"),
            (
                "db view",
                "--if-not-exists",
                "`--if-not-exists` is an option of `dhub db create`, `dhub db fork`",
            ),
            ("db forks", "c/d", "`dhub db forks` takes one DATABASE"),
            ("auth status", "taylor", "`dhub auth status` takes no argument"),
            ("config set", "x", "`dhub config set` takes one KEY and one VALUE"),
        ] {
            assert_eq!(tip(path, option).as_deref(), Some(shown));
        }
        assert_eq!(tip("db forks", ".forks"), None, "a filter has its own hint");
    }

    #[test]
    fn a_slip_of_the_fingers_is_the_nearest_option_and_nothing_far_is() {
        for (path, option, shown) in [
            ("db create", "--prvate", Some("--private")),
            ("db create", "--desc", Some("--description")),
            ("db fork", "--Wait", Some("--wait")),
            ("db fork", "--verbos", Some("--verbose")),
            ("db create", "--co", None),
            ("db fork-status", "--zebra", None),
            ("emulator exec", "--port", None),
            ("db create", "-x", None),
        ] {
            let tip = tip(path, option);
            assert_eq!(tip, shown.map(|shown| format!("did you mean `{shown}`?")), "{path} {option}");
        }
    }

    #[test]
    fn an_option_that_stands_too_early_is_sent_to_its_command() {
        let mut root = Cli::command();
        root.build();
        let words = ["--private", "db", "create", "x"].map(str::to_owned);
        let tip = meant(&root, "", "--private", &words);
        assert_eq!(tip.as_deref(), Some("`--private` stands after `dhub db create`"));
    }

    #[test]
    fn every_option_that_is_meant_is_there() {
        let mut root = Cli::command();
        root.build();
        for (place, options, meant) in OPTIONS.iter().filter(|(place, ..)| !place.is_empty()) {
            let command = find(&root, place.split(' '));
            let is_some = |command: &Command| is_there(command, meant);
            assert!(is_some(command) || command.get_subcommands().any(is_some), "{place} {options:?}");
            let is_known = |option: &&&str| {
                let long = option.strip_prefix("--");
                command.get_arguments().any(|arg| long.is_some() && arg.get_long() == long)
            };
            assert_eq!(options.iter().find(is_known), None, "{place}");
        }
    }

    #[test]
    fn a_wait_with_a_time_is_a_timeout() {
        assert_eq!(wait_for("-w", "5m").as_deref(), Some("did you mean `--wait --timeout 5m`?"));
        for (option, value) in [("--wait", "yes"), ("--wait", ""), ("--json", "5")] {
            assert_eq!(wait_for(option, value), None, "{option}={value}");
        }
    }
}
