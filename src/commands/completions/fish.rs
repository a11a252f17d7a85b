//! Fish: clap's script, with its questions answered from the words that are no options, and what it cannot know.

use clap::Command;

use super::slots::{Place, ValueOption, Values, options, places};

const WORDS: &str = include_str!("words.fish");

/// Mends clap's script, and adds what can stand where neither an option nor a command does.
pub fn finish(script: &str, root: &Command) -> String {
    let (options, places) = (options(root), places(root));
    let mut script: String = script
        .replace("__fish_seen_subcommand_from", "__fish_dhub_second_is")
        .replace(FOLDERS, FOLDERS_AFTER_EQUALS)
        .split_inclusive('\n')
        .map(
            |line| {
                if needs_equals(line, &options) { line.replacen(" -r -", " -", 1) } else { line.to_owned() }
            },
        )
        .collect();
    for place in places.iter().filter(|place| place.values == Values::ProgramArguments) {
        let command = place.before.trim_end_matches(" *");
        if let Some((noun, leaf)) = command.split_once(' ') {
            let anywhere = format!("__fish_dhub_using_subcommand {noun}; and __fish_dhub_second_is {leaf}");
            script = script.replace(&anywhere, &format!("__fish_dhub_after '{command}'"));
        }
    }
    let mut with_value: Vec<&str> =
        options.iter().filter(|option| !option.needs_equals).map(|option| &*option.name).collect();
    // __fish_complete_subcommand takes long options in front for its own.
    with_value.sort_by_key(|name| name.starts_with("--"));
    let with_value = with_value.join(" ");
    let places: String = places.iter().filter_map(|place| line(place, &with_value)).collect();
    format!("{script}{}{places}", WORDS.replace("{with_value}", &with_value))
}

const FOLDERS: &str = "(__fish_complete_directories)";
/// What stands before the `=` would be taken for a part of the path.
const FOLDERS_AFTER_EQUALS: &str =
    "(__fish_complete_directories (string replace -r '^--[^=]*=' '' -- (commandline -ct)))";

/// Whether a line is about an option whose value never is the next word.
fn needs_equals(line: &str, options: &[ValueOption]) -> bool {
    let long = |option: &ValueOption| format!(" -l {} ", option.name.trim_start_matches('-'));
    options.iter().any(|option| option.needs_equals && line.contains(&long(option)))
}

/// The line for a place, where there is something to offer.
fn line(Place { before, values }: &Place, with_value: &str) -> Option<String> {
    let offer = match values {
        Values::Nothing => return None,
        Values::Words(words) => format!("-a \"{}\"", words.join(" ")),
        Values::Files => "-F".to_owned(),
        Values::Folders => format!("-a \"{FOLDERS}\""),
        Values::Program => "-a \"(__fish_complete_command)\"".to_owned(),
        Values::ProgramArguments => {
            let words_before = before.split(' ').count();
            format!("-a \"(__fish_complete_subcommand --fcs-skip={words_before} {with_value})\"")
        }
    };
    Some(format!("complete -c dhub -n \"__fish_dhub_after '{before}'\" {offer}\n"))
}
