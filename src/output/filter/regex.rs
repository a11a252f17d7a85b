//! `match` and what is made of it.

use indexmap::IndexMap;
use regex_lite::{Captures, Regex, RegexBuilder};

use super::access::fail;
use super::value::{Result, Value};

/// What the flags of a search say.
struct Flags {
    global: bool,
    without_empty: bool,
    case_insensitive: bool,
    extended: bool,
    dot_matches_new_line: bool,
}

impl Flags {
    fn parse(flags: &Value) -> Result<Self> {
        let flags = match flags {
            Value::Null => "",
            Value::String(flags) => flags.as_str(),
            other => return Err(fail(format!("{} is not a string", other.described()))),
        };
        if !flags.chars().all(|flag| "gimnpslx".contains(flag)) {
            return Err(fail(format!("{flags} is not a valid modifier string")));
        }
        let has = |flag: char| flags.contains(flag);
        Ok(Flags {
            global: has('g'),
            without_empty: has('n'),
            case_insensitive: has('i'),
            extended: has('x'),
            // As Ruby has it: `s` and `p` are about line ends, too, which are those of the text anyway.
            dot_matches_new_line: has('s') || has('p'),
        })
    }

    fn regex(&self, regex: &str) -> Result<Regex> {
        RegexBuilder::new(regex)
            .case_insensitive(self.case_insensitive)
            .ignore_whitespace(self.extended)
            .dot_matches_new_line(self.dot_matches_new_line)
            .build()
            .map_err(|error| fail(format!("{regex} is not a valid regex: {error}")))
    }
}

/// Every match in a text, as jq's `match` describes it.
///
/// # Errors
/// When the text is none, or the regular expression or its flags are wrong.
pub fn matches(text: &Value, regex: &Value, flags: &Value) -> Result<Value> {
    let (Value::String(text), Value::String(regex)) = (text, regex) else {
        let wrong = if let Value::String(_) = text { regex } else { text };
        return Err(fail(format!("{} cannot be matched, as it is not a string", wrong.described())));
    };
    let flags = Flags::parse(flags)?;
    let regex = flags.regex(regex)?;
    let names: Vec<Option<&str>> = regex.capture_names().collect();
    let found = regex.captures_iter(text).take(if flags.global { usize::MAX } else { 1 });
    let found =
        found.filter(|found| !(flags.without_empty && found.get(0).is_some_and(|whole| whole.is_empty())));
    Ok(found.map(|found| describe(text, &found, &names)).collect())
}

fn describe(text: &str, found: &Captures<'_>, names: &[Option<&str>]) -> Value {
    let part = |group: usize| match found.get(group) {
        Some(part) => {
            let offset = text.get(..part.start()).unwrap_or_default().chars().count();
            [
                ("offset", Value::from(offset)),
                ("length", Value::from(part.as_str().chars().count())),
                ("string", Value::string(part.as_str())),
            ]
        }
        None => [("offset", Value::Number(-1.0)), ("string", Value::Null), ("length", Value::Number(0.0))],
    };
    let captures = names.iter().enumerate().skip(1).map(|(group, name)| {
        let name = name.map_or(Value::Null, Value::string);
        object(part(group).into_iter().chain([("name", name)]))
    });
    object(part(0).into_iter().chain([("captures", captures.collect())]))
}

fn object<'a>(fields: impl Iterator<Item = (&'a str, Value)>) -> Value {
    Value::object(fields.map(|(name, value)| (name.into(), value)).collect::<IndexMap<_, _>>())
}
