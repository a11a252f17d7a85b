//! Bash: a function that calls clap's where it knows what belongs.

use clap::Command;

use super::slots::{Place, ValueOption, Values, options, places};

const ASK: &str = include_str!("ask.bash");

/// Adds the function to clap's script.
pub fn finish(script: &str, root: &Command) -> String {
    let (options, places) = (options(root), places(root));
    let (program_arguments, places): (Vec<Place>, Vec<Place>) =
        places.into_iter().partition(|place| place.values == Values::ProgramArguments);
    let with_value = options.iter().filter(|option| !option.needs_equals).map(|option| &*option.name);
    let ask = ASK
        .replace("{with_value}", &with_value.collect::<Vec<_>>().join(" | "))
        .replace("{program_arguments}\n", &place_arms(&program_arguments, 8))
        .replace("{option_values}\n", &option_arms(&options))
        .replace("{places}\n", &place_arms(&places, 12));
    format!("{script}{ask}")
}

/// The arms of a `case` over the options; one without an arm has a value that only the user knows.
fn option_arms(options: &[ValueOption]) -> String {
    let action = |option: &&ValueOption| match &option.values {
        Values::Words(_) => Some("_dhub_words"),
        values => paths(values),
    };
    let arms = ["_dhub_words", FILES, FOLDERS].into_iter().filter_map(|wanted| {
        let names =
            options.iter().filter(|option| action(option) == Some(wanted)).map(|option| &*option.name);
        let names = names.collect::<Vec<_>>().join(" | ");
        (!names.is_empty()).then(|| arm(8, &names, wanted))
    });
    arms.collect()
}

/// The arms of a `case` over the words before the place.
fn place_arms(places: &[Place], indent: usize) -> String {
    let arms = places.iter().map(|Place { before, values }| {
        let action = match values {
            Values::Words(words) => {
                format!("COMPREPLY=($(compgen -W \"{}\" -- \"${{cur}}\"))", words.join(" "))
            }
            values => paths(values).unwrap_or_default().to_owned(),
        };
        arm(indent, &before.replace(' ', "\\ "), &action)
    });
    arms.collect()
}

const FILES: &str = "_dhub_paths -f";
const FOLDERS: &str = "_dhub_paths -d";

fn paths(values: &Values) -> Option<&'static str> {
    match values {
        Values::Files | Values::ProgramArguments => Some(FILES),
        Values::Folders => Some(FOLDERS),
        Values::Program => Some("_dhub_paths -c"),
        Values::Nothing | Values::Words(_) => None,
    }
}

fn arm(indent: usize, pattern: &str, action: &str) -> String {
    let indent = " ".repeat(indent);
    let action = if action.is_empty() { String::new() } else { format!("{indent}    {action}\n") };
    format!("{indent}{pattern})\n{action}{indent}    return\n{indent}    ;;\n")
}
