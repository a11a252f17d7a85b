//! Zsh: clap's script, mended line by line.

use clap::Command;

use super::slots::{Place, ValueOption, Values, options, places};

/// The place whose values depend on the word before it.
const SETTING: &str = "':value -- ";

/// Mends clap's script.
pub fn finish(script: &str, root: &Command) -> String {
    let options = options(root);
    let lines: String = script.split_inclusive('\n').map(|line| mend(line, &options)).collect();
    lines.replacen("\n_dhub() {\n", &format!("\n{}\n_dhub() {{\n", setting(&places(root))), 1)
}

fn mend(line: &str, options: &[ValueOption]) -> String {
    // Without an action, zsh shows a message, and then completes no option in that place either.
    let Some(argument) = line.strip_suffix(":' \\\n") else { return joined(line, options) };
    if argument.starts_with(SETTING) {
        return format!("{argument}:_dhub_setting' \\\n");
    }
    // `*::` is for another program's arguments: no option is completed behind the first.
    let argument = argument.strip_prefix("'*::").map_or(argument.to_owned(), |names| format!("'*:{names}"));
    joined(&format!("{argument}:()' \\\n"), options)
}

/// The line with `=-` where a value never is the next word.
fn joined(line: &str, options: &[ValueOption]) -> String {
    let mut line = line.to_owned();
    for option in options.iter().filter(|option| option.needs_equals) {
        line = line.replace(&format!("{}=[", option.name), &format!("{}=-[", option.name));
    }
    line
}

/// A function for the values of `dhub config set KEY`.
fn setting(places: &[Place]) -> String {
    let arms = places.iter().filter_map(|Place { before, values }| {
        let key = before.strip_prefix("config set ").filter(|key| *key != "*")?;
        let action = match values {
            Values::Words(words) => format!("compadd -- {}", words.join(" ")),
            Values::Files => "_files".to_owned(),
            _ => return None,
        };
        Some(format!("        {key}) {action} ;;\n"))
    });
    format!("_dhub_setting() {{\n    case $line[1] in\n{}    esac\n}}\n", arms.collect::<String>())
}
