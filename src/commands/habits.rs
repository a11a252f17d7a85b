//! What is meant by a command or an option that dhub does not have: another tool's word for one, one without its noun, a
//! misspelt one. Clap's own guesses are taken out where they are too far from what was typed.

mod commands;
mod options;
mod words;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, Error as ClapError, ErrorKind};

pub use options::wait_for;
use words::Meant;

/// Puts what is meant into an error, in the place of clap's guesses.
pub fn explain(error: &mut ClapError) {
    match error.kind() {
        ErrorKind::InvalidSubcommand => commands::explain(error),
        ErrorKind::UnknownArgument => options::explain_unknown(error),
        ErrorKind::TooManyValues => options::explain_value_of_flag(error),
        ErrorKind::InvalidValue => options::forget_far_values(error),
        ErrorKind::MissingRequiredArgument => options::list_values(error),
        _ => {}
    }
}

/// The words of the command that an error is about, as its usage has them.
fn command_path(error: &ClapError) -> Option<String> {
    let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) else { return None };
    let usage = usage.to_string();
    let words = usage.split_whitespace().skip_while(|&word| word != "dhub").skip(1);
    Some(words.take_while(|word| word.starts_with(char::is_alphabetic)).collect::<Vec<_>>().join(" "))
}

/// Makes these the tips of an error.
fn set_tips(error: &mut ClapError, tips: &[String]) {
    let tips = tips.iter().map(StyledStr::from).collect();
    error.insert(ContextKind::Suggested, ContextValue::StyledStrs(tips));
}

/// What may be meant.
#[derive(Debug, PartialEq, Eq)]
enum Tip {
    /// A command or an option.
    Run(String),
    /// Something that takes a sentence.
    Say(String),
}

impl Tip {
    fn of(meant: Meant, word: &str) -> Self {
        match meant {
            Meant::Run(what) => Tip::Run(what.replace("{word}", word)),
            Meant::Say(sentence) => Tip::Say(sentence.to_owned()),
        }
    }

    /// Its text; for who asked for help, of a command its help.
    fn text(self, is_help: bool) -> String {
        match self {
            Tip::Run(what) => {
                let is_command = what.starts_with("dhub ") && !what.starts_with("dhub help ");
                format!("did you mean `{what}{}`?", if is_help && is_command { " --help" } else { "" })
            }
            Tip::Say(sentence) => sentence,
        }
    }
}

/// The nearest of several, each with its name, where that looks like a slip of the fingers.
fn nearest<T>(all: impl Iterator<Item = T>, name: impl Fn(&T) -> String, word: &str) -> Option<T> {
    let most = (word.chars().count() / 3).clamp(1, 2);
    let slips = |item: &T| strsim::damerau_levenshtein(&name(item), word);
    all.map(|item| (slips(&item), item))
        .filter(|(slips, _)| *slips <= most)
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, item)| item)
}
