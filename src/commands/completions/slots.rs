//! What can stand where on the command line, as far as the scripts of clap_complete do not say it.

use clap::{Arg, ArgAction, Command, ValueHint};

use crate::config::keys::{self, Kind};
use crate::names::Visibility;

/// What a shell can offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Values {
    /// Nothing: only the user knows it.
    Nothing,
    Words(Vec<String>),
    Files,
    Folders,
    /// The name of a program.
    Program,
    /// What a program is given.
    ProgramArguments,
}

impl Values {
    fn of(arg: &Arg) -> Self {
        if let Some(values) = arg.get_value_parser().possible_values() {
            let shown = values.filter(|value| !value.is_hide_set());
            return Values::Words(shown.map(|value| value.get_name().to_owned()).collect());
        }
        match arg.get_value_hint() {
            ValueHint::AnyPath | ValueHint::FilePath => Values::Files,
            ValueHint::DirPath => Values::Folders,
            ValueHint::CommandWithArguments => Values::Program,
            _ => Values::Nothing,
        }
    }
}

/// An option that takes a value.
#[derive(Debug, PartialEq, Eq)]
pub struct ValueOption {
    /// As it is typed: `--output`, `-o`.
    pub name: String,
    pub values: Values,
    /// Whether the value only counts after a `=`.
    pub needs_equals: bool,
}

/// The options with a value of all commands. Under one name, all commands mean the same.
pub fn options(root: &Command) -> Vec<ValueOption> {
    let mut options = Vec::<ValueOption>::new();
    for (_, command) in commands(root) {
        for arg in command.get_arguments().filter(|arg| arg.get_action().takes_values()) {
            let long = arg.get_long().map(|long| format!("--{long}"));
            let short = arg.get_short().map(|short| format!("-{short}"));
            for name in long.into_iter().chain(short) {
                if !options.iter().any(|known| known.name == name) {
                    let (values, needs_equals) = (Values::of(arg), arg.is_require_equals_set());
                    options.push(ValueOption { name, values, needs_equals });
                }
            }
        }
    }
    options
}

/// A place among the words that are no options.
#[derive(Debug, PartialEq, Eq)]
pub struct Place {
    /// The words before it, from the first command on, with spaces between them. A `*` is a word or several.
    pub before: String,
    pub values: Values,
}

/// The places in which a shell can offer something, and those after them in which it cannot. The first that fits counts.
pub fn places(root: &Command) -> Vec<Place> {
    commands(root).iter().flat_map(|(path, command)| places_of(path, command)).collect()
}

fn places_of(path: &str, command: &Command) -> Vec<Place> {
    let (mut places, mut before) = (Vec::new(), path.to_owned());
    for arg in command.get_positionals() {
        if before == "config set *" {
            places.extend(config_values());
        }
        places.push(Place { before: before.clone(), values: Values::of(arg) });
        before += " *";
        if arg.is_trailing_var_arg_set() {
            places.push(Place { before: before.clone(), values: Values::ProgramArguments });
        } else if is_repeatable(arg) {
            places.push(Place { before: before.clone(), values: Values::of(arg) });
        }
    }
    let offers = |place: &Place| place.values != Values::Nothing;
    match places.last() {
        Some(last) if last.before != before && offers(last) => {
            places.push(Place { before, values: Values::Nothing });
        }
        _ => {}
    }
    if places.iter().any(offers) { places } else { Vec::new() }
}

/// What the keys of the config file can be set to.
fn config_values() -> impl Iterator<Item = Place> {
    keys::all().iter().filter_map(|key| {
        let values = match key.kind {
            Kind::Path(_) => Values::Files,
            Kind::Bool(_) => words(&[true, false]),
            Kind::Visibility(_) => words(&[Visibility::Public, Visibility::Private]),
            _ => return None,
        };
        Some(Place { before: format!("config set {}", key.name), values })
    })
}

fn words<T: ToString>(words: &[T]) -> Values {
    Values::Words(words.iter().map(ToString::to_string).collect())
}

fn is_repeatable(arg: &Arg) -> bool {
    matches!(arg.get_action(), ArgAction::Append)
        || arg.get_num_args().is_some_and(|range| range.max_values() > 1)
}

/// Every command under each of its names, with what is typed for it after `dhub`.
fn commands(root: &Command) -> Vec<(String, &Command)> {
    let mut all = vec![(String::new(), root)];
    let mut next = 0;
    while let Some((path, command)) = all.get(next).cloned() {
        for below in command.get_subcommands() {
            let names = below.get_name_and_visible_aliases().into_iter();
            all.extend(names.map(|name| (format!("{path} {name}").trim_start().to_owned(), below)));
        }
        next += 1;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::command_with_hints;

    fn values(before: &str) -> Option<Values> {
        places(&command_with_hints())
            .into_iter()
            .find(|place| place.before == before)
            .map(|place| place.values)
    }

    #[test]
    fn an_option_means_the_same_in_every_command() {
        let root = command_with_hints();
        let options = options(&root);
        for (path, command) in commands(&root) {
            for arg in command.get_arguments().filter(|arg| !arg.is_positional()) {
                let long = arg.get_long().map(|long| format!("--{long}"));
                for name in long.into_iter().chain(arg.get_short().map(|short| format!("-{short}"))) {
                    let known = options.iter().find(|known| known.name == name);
                    let takes_value = arg.get_action().takes_values();
                    assert_eq!(known.is_some(), takes_value, "{name} of {path}");
                    assert!(known.is_none_or(|known| known.values == Values::of(arg)), "{name} of {path}");
                }
            }
        }
    }

    #[test]
    fn a_value_after_an_equals_sign_alone_is_told_from_one_that_is_the_next_word() {
        let options = options(&command_with_hints());
        let option = |name: &str| options.iter().find(|option| option.name == name).unwrap();
        assert!(option("--clone").needs_equals && option("--clone").values == Values::Folders);
        assert!(!option("--config").needs_equals && option("--config").values == Values::Files);
        assert_eq!(option("-o").values, option("--output").values);
        assert!(!options.iter().any(|option| option.name == "--json"));
    }

    #[test]
    fn a_place_behind_a_key_takes_what_the_key_holds() {
        assert_eq!(values("config set visibility"), Some(words(&["public", "private"])));
        assert_eq!(values("config set allow_http"), Some(words(&["true", "false"])));
        assert_eq!(values("config set ca_file"), Some(Values::Files));
        assert_eq!(values("config set *"), Some(Values::Nothing));
        assert!(
            matches!(values("config get"), Some(Values::Words(keys)) if keys.contains(&"owner".to_owned()))
        );
        assert_eq!(values("config get *"), Some(Values::Nothing));
    }

    #[test]
    fn places_for_names_alone_are_left_out() {
        assert_eq!(values("db fork"), None);
        assert_eq!(values("version"), None);
    }

    #[cfg(feature = "emulator")]
    #[test]
    fn a_program_and_what_it_is_given_are_two_places() {
        assert_eq!(values("emulator exec"), Some(Values::Program));
        assert_eq!(values("emulator exec *"), Some(Values::ProgramArguments));
    }
}
