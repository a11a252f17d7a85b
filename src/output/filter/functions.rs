//! jq's functions that are not written in jq itself. `builtins.jq` has those that are.

use std::rc::Rc;

use jaq_core::box_iter::box_once;
use jaq_core::native::{Filter, Fun, bome, run, unary, v};
use jaq_core::{Bind, Cv, Exn, Native, RunPtr, ValT, ValX};

use super::access::{fail, find_all};
use super::operators::split;
use super::rewrite::{DESCEND, GUARD, MODIFY};
use super::value::{Array, Error, Result, Value, sorted, sorted_places};
use super::{Data, formats, json, paths, regex, stack};

type Function = Filter<RunPtr<Data>>;

/// All of them.
pub fn all() -> impl Iterator<Item = Fun<Data>> {
    let own = without_arguments().into_iter().chain(with_arguments());
    jaq_core::funs().chain(own.map(run::<Data>)).chain([guard(), descend()])
}

/// Its input; an error instead where the stack is nearly used up. It stands before what may recurse without end.
fn guard() -> Fun<Data> {
    fn refusal() -> Option<Error> {
        let is_over = stack::is_low() || stack::is_exceeded();
        is_over.then(|| fail("the expression recurses too deep"))
    }
    let native = Native::new(|cv| bome(refusal().map_or(Ok(cv.1), Err)))
        .with_paths(|cv| box_once(refusal().map_or(Ok(cv.1), |error| Err(Exn::from(error)))));
    (GUARD, v(0), native)
}

/// A value and all that is in it, each before its parts. No depth is too deep for it.
fn descend() -> Fun<Data> {
    let native = Native::new(|cv| {
        let mut waiting = vec![cv.1];
        Box::new(std::iter::from_fn(move || {
            let value = waiting.pop()?;
            if let Value::Array(_) | Value::Object(_) = value {
                let start = waiting.len();
                waiting.extend(value.clone().values().flatten());
                waiting[start..].reverse();
            }
            Some(Ok(value))
        }))
    });
    let native = native.with_paths(|cv| {
        let mut waiting = vec![cv.1];
        Box::new(std::iter::from_fn(move || {
            let (value, path) = waiting.pop()?;
            if let Value::Array(_) | Value::Object(_) = value {
                let start = waiting.len();
                let parts = value.clone().key_values().flatten();
                waiting.extend(parts.map(|(key, part)| (part, path.clone().cons(key))));
                waiting[start..].reverse();
            }
            Some(Ok((value, path)))
        }))
    });
    (DESCEND, v(0), native)
}

fn without_arguments() -> Vec<Function> {
    vec![
        ("type", v(0), |cv| bome(Ok(Value::string(cv.1.kind())))),
        ("length", v(0), |cv| bome(length(cv.1))),
        ("utf8bytelength", v(0), |cv| {
            bome(match &cv.1 {
                Value::String(text) => Ok(Value::from(text.len())),
                other => Err(fail(format!("{} only strings have UTF-8 byte length", other.described()))),
            })
        }),
        ("keys", v(0), |cv| bome(keys(&cv.1))),
        ("tojson", v(0), |cv| bome(Ok(Value::string(cv.1.to_json())))),
        ("fromjson", v(0), |cv| bome(from_json(&cv.1))),
        ("tonumber", v(0), |cv| bome(to_number(cv.1))),
        ("sort", v(0), |cv| bome(sort(&cv.1))),
        ("reverse", v(0), |cv| bome(reverse(cv.1))),
        ("explode", v(0), |cv| {
            bome(
                text(&cv.1, "exploded")
                    .map(|text| text.chars().map(|c| Value::Number(u32::from(c).into())).collect()),
            )
        }),
        ("implode", v(0), |cv| bome(implode(&cv.1))),
        ("ascii_downcase", v(0), |cv| {
            bome(text(&cv.1, "ascii_downcased").map(|text| Value::string(text.to_ascii_lowercase())))
        }),
        ("ascii_upcase", v(0), |cv| {
            bome(text(&cv.1, "ascii_upcased").map(|text| Value::string(text.to_ascii_uppercase())))
        }),
        ("trim", v(0), |cv| bome(text(&cv.1, "trimmed").map(|text| Value::string(text.trim())))),
        ("ltrim", v(0), |cv| bome(text(&cv.1, "trimmed").map(|text| Value::string(text.trim_start())))),
        ("rtrim", v(0), |cv| bome(text(&cv.1, "trimmed").map(|text| Value::string(text.trim_end())))),
        ("infinite", v(0), |_| bome(Ok(Value::Number(f64::INFINITY)))),
        ("nan", v(0), |_| bome(Ok(Value::Number(f64::NAN)))),
        ("isinfinite", v(0), |cv| bome(number(&cv.1).map(|number| number.is_infinite().into()))),
        ("isnan", v(0), |cv| bome(number(&cv.1).map(|number| number.is_nan().into()))),
        ("isnormal", v(0), |cv| bome(number(&cv.1).map(|number| number.is_normal().into()))),
        ("floor", v(0), |cv| bome(number(&cv.1).map(|number| number.floor().into()))),
        ("ceil", v(0), |cv| bome(number(&cv.1).map(|number| number.ceil().into()))),
        ("round", v(0), |cv| bome(number(&cv.1).map(|number| number.round().into()))),
        ("trunc", v(0), |cv| bome(number(&cv.1).map(|number| number.trunc().into()))),
        ("fabs", v(0), |cv| bome(number(&cv.1).map(|number| number.abs().into()))),
        ("sqrt", v(0), |cv| bome(number(&cv.1).map(|number| number.sqrt().into()))),
        ("exp", v(0), |cv| bome(number(&cv.1).map(|number| number.exp().into()))),
        ("exp2", v(0), |cv| bome(number(&cv.1).map(|number| number.exp2().into()))),
        ("exp10", v(0), |cv| bome(number(&cv.1).map(|number| 10_f64.powf(number).into()))),
        ("log", v(0), |cv| bome(number(&cv.1).map(|number| number.ln().into()))),
        ("log2", v(0), |cv| bome(number(&cv.1).map(|number| number.log2().into()))),
        ("log10", v(0), |cv| bome(number(&cv.1).map(|number| number.log10().into()))),
    ]
}

fn with_arguments() -> Vec<Function> {
    vec![
        ("has", v(1), |cv| unary(cv, |value, key| has(&value, &key))),
        ("contains", v(1), |cv| unary(cv, |value, part| contains(&value, &part).map(Value::Bool))),
        ("startswith", v(1), |cv| {
            unary(cv, |value, part| {
                two_texts(&value, &part, "startswith", |text, part| text.starts_with(part))
            })
        }),
        ("endswith", v(1), |cv| {
            unary(cv, |value, part| two_texts(&value, &part, "endswith", |text, part| text.ends_with(part)))
        }),
        ("ltrimstr", v(1), |cv| {
            unary(cv, |value, part| Ok(strip(value, &part, |text, part| text.strip_prefix(part))))
        }),
        ("rtrimstr", v(1), |cv| {
            unary(cv, |value, part| Ok(strip(value, &part, |text, part| text.strip_suffix(part))))
        }),
        ("split", v(1), |cv| {
            unary(cv, |value, separator| match (&value, &separator) {
                (Value::String(text), Value::String(separator)) => Ok(split(text, separator)),
                _ => Err(fail("split input and separator must be strings")),
            })
        }),
        ("_join", v(1), |cv| unary(cv, |value, separator| join(&value, &separator))),
        ("indices", v(1), |cv| unary(cv, |value, part| indices(&value, &part))),
        ("_delpaths", v(1), |cv| unary(cv, |value, list| paths::delete_all(value, &list))),
        ("bsearch", v(1), |cv| {
            unary(cv, |value, wanted| {
                let found =
                    array(&value, "searched from")?.items().binary_search_by(|item| item.order(&wanted));
                Ok(found.map_or_else(|place| Value::Number(-1.0 - place as f64), Value::from))
            })
        }),
        ("format", v(1), |cv| unary(cv, |value, name| formats::format(value, &name))),
        ("_sort_by", v(1), |cv| {
            unary(cv, |value, keys| {
                Ok(sorted_by(&value, &keys)?.into_iter().map(|(_, item)| item.clone()).collect())
            })
        }),
        ("_group_by", v(1), |cv| unary(cv, |value, keys| group_by(&value, &keys))),
        ("_setpath", v(2), |mut cv| {
            let new = cv.0.pop_var();
            let path = cv.0.pop_var();
            bome((|| paths::modify(cv.1, paths::parse(&path)?, &mut |_| Ok(Some(new.clone()))))())
        }),
        (MODIFY, Box::new([Bind::Fun(()), Bind::Fun(())]), |cv| box_once(modify(cv))),
        ("_matches", v(2), |mut cv| {
            let flags = cv.0.pop_var();
            let regex = cv.0.pop_var();
            bome(regex::matches(&cv.1, &regex, &flags))
        }),
        ("pow", v(2), |mut cv| {
            let exponent = cv.0.pop_var();
            let base = cv.0.pop_var();
            bome((|| Ok(number(&base)?.powf(number(&exponent)?).into()))())
        }),
    ]
}

/// `paths |= change`, of which the first output counts.
fn modify<'a>(mut cv: Cv<'a, Data>) -> ValX<'a, Value> {
    let (change, change_context) = cv.0.pop_fun();
    let (paths, paths_context) = cv.0.pop_fun();
    let mut value = cv.1.clone();
    let mut unwanted = Vec::new();
    for found in paths.paths((paths_context, (cv.1, Default::default()))) {
        let mut path: Vec<Value> = found?.1.iter().cloned().collect();
        path.reverse();
        let mut is_unwanted = false;
        value = paths::modify(value, &path, &mut |old| {
            let new = change.run((change_context.clone(), old)).next().transpose();
            is_unwanted = matches!(new, Ok(None));
            new
        })?;
        if is_unwanted {
            unwanted.push(Value::array(path));
        }
    }
    Ok(paths::delete_all(value, &Value::array(unwanted))?)
}

fn number(value: &Value) -> Result<f64> {
    match value {
        Value::Number(number) => Ok(*number),
        other => Err(fail(format!("{} number required", other.described()))),
    }
}

fn text<'a>(value: &'a Value, done: &str) -> Result<&'a str> {
    match value {
        Value::String(text) => Ok(text),
        other => Err(fail(format!("{} cannot be {done}", other.described()))),
    }
}

fn array<'a>(value: &'a Value, done: &str) -> Result<&'a Rc<Array>> {
    match value {
        Value::Array(array) => Ok(array),
        other => Err(fail(format!("{} cannot be {done}, as it is not an array", other.described()))),
    }
}

fn length(value: Value) -> Result<Value> {
    Ok(match value {
        Value::Null => Value::Number(0.0),
        Value::Bool(_) => return Err(fail(format!("{} has no length", value.described()))),
        Value::Number(number) => Value::Number(number.abs()),
        Value::String(text) => Value::from(text.chars().count()),
        Value::Array(array) => Value::from(array.items().len()),
        Value::Object(object) => Value::from(object.fields().len()),
    })
}

fn keys(value: &Value) -> Result<Value> {
    match value {
        Value::Array(array) => Ok((0..array.items().len()).map(Value::from).collect()),
        Value::Object(object) => {
            Ok(object.sorted().into_iter().map(|(name, _)| Value::string(name)).collect())
        }
        other => Err(fail(format!("{} has no keys", other.described()))),
    }
}

fn from_json(value: &Value) -> Result<Value> {
    let Value::String(text) = value else {
        return Err(fail(format!("{} only strings can be parsed", value.described())));
    };
    json::parse(text.as_bytes()).map_err(|error| fail(format!("{error} (while parsing {value})")))
}

fn to_number(value: Value) -> Result<Value> {
    if let Value::Number(_) = value {
        return Ok(value);
    }
    // `nan` and `inf` are no numbers here.
    let is_numeric = |text: &&str| text.chars().all(|c| c.is_ascii_digit() || "+-.eE".contains(c));
    let text = if let Value::String(text) = &value { Some(text.trim()) } else { None };
    let number = text.filter(is_numeric).and_then(|text| text.parse().ok());
    number
        .map(Value::Number)
        .ok_or_else(|| fail(format!("{} cannot be parsed as a number", value.described())))
}

fn sort(value: &Value) -> Result<Value> {
    Ok(sorted(array(value, "sorted")?.items()).into_iter().cloned().collect())
}

/// Each item with its key, in the order of the keys.
fn sorted_by<'a>(value: &'a Value, keys: &'a Value) -> Result<Vec<(&'a Value, &'a Value)>> {
    let (items, keys) = (array(value, "sorted")?.items(), array(keys, "sorted by")?.items());
    let places = sorted_places(&keys.iter().collect::<Vec<_>>());
    Ok(places.into_iter().filter_map(|place| Some((keys.get(place)?, items.get(place)?))).collect())
}

fn group_by(value: &Value, keys: &Value) -> Result<Value> {
    let sorted = sorted_by(value, keys)?;
    let groups = sorted.chunk_by(|(one, _), (other, _)| one.order(other).is_eq());
    Ok(groups.map(|group| group.iter().map(|&(_, item)| item.clone()).collect()).collect())
}

fn reverse(value: Value) -> Result<Value> {
    match value {
        Value::Null => Ok(Value::array(Vec::new())),
        Value::String(text) => Ok(Value::string(text.chars().rev().collect::<String>())),
        Value::Array(items) => Ok(items.take().into_iter().rev().collect()),
        other => Err(fail(format!("{} cannot be reversed, as it is not an array", other.described()))),
    }
}

fn implode(value: &Value) -> Result<Value> {
    let character = |code: &Value| match code {
        Value::Number(code) => Ok(char::from_u32(*code as u32).unwrap_or(char::REPLACEMENT_CHARACTER)),
        other => Err(fail(format!("{} is no codepoint", other.described()))),
    };
    let text = array(value, "imploded")?.items().iter().map(character).collect::<Result<String>>();
    text.map(Value::from)
}

fn has(value: &Value, key: &Value) -> Result<Value> {
    match (value, key) {
        (Value::Object(object), Value::String(name)) => {
            Ok(object.fields().contains_key(name.as_str()).into())
        }
        (Value::Array(array), Value::Number(at)) => {
            Ok((*at >= 0.0 && *at < array.items().len() as f64).into())
        }
        _ => Err(fail(format!("Cannot check whether {} has a {} key", value.kind(), key.kind()))),
    }
}

fn contains(value: &Value, part: &Value) -> Result<bool> {
    Ok(match (value, part) {
        (Value::Object(object), Value::Object(parts)) => {
            for (name, part) in parts.fields() {
                match object.fields().get(name) {
                    Some(value) if contains(value, part)? => {}
                    _ => return Ok(false),
                }
            }
            true
        }
        (Value::Array(array), Value::Array(parts)) => parts.items().iter().all(|part| {
            let is_in = |item: &Value| item.kind() == part.kind() && contains(item, part).unwrap_or(false);
            array.items().iter().any(is_in)
        }),
        (Value::String(text), Value::String(part)) => text.contains(part.as_str()),
        (value, part) if value.kind() == part.kind() => value == part,
        (value, part) => {
            return Err(fail(format!(
                "{} and {} cannot have their containment checked",
                value.described(),
                part.described()
            )));
        }
    })
}

fn two_texts(value: &Value, part: &Value, name: &str, test: impl Fn(&str, &str) -> bool) -> Result<Value> {
    match (value, part) {
        (Value::String(text), Value::String(part)) => Ok(test(text, part).into()),
        _ => Err(fail(format!("{name}() requires string inputs"))),
    }
}

fn strip(value: Value, part: &Value, strip: impl for<'a> Fn(&'a str, &str) -> Option<&'a str>) -> Value {
    let (Value::String(text), Value::String(part)) = (&value, part) else { return value };
    strip(text, part).map_or_else(|| value.clone(), Value::string)
}

fn join(value: &Value, separator: &Value) -> Result<Value> {
    let mut joined = String::new();
    for (position, item) in array(value, "joined")?.items().iter().enumerate() {
        if position > 0 {
            joined.push_str(text(separator, "put between strings")?);
        }
        match item {
            Value::Null => {}
            Value::String(text) => joined.push_str(text),
            Value::Bool(_) | Value::Number(_) => json::push(&mut joined, item),
            other => return Err(fail(format!("{} cannot be joined to a string", other.described()))),
        }
    }
    Ok(Value::from(joined))
}

fn indices(value: &Value, part: &Value) -> Result<Value> {
    match (value, part) {
        (Value::Null, _) => Ok(Value::Null),
        (Value::String(_), Value::String(part)) if part.is_empty() => Ok(Value::Null),
        (Value::String(text), Value::String(part)) => {
            let (mut counted, mut characters) = (0, 0);
            let found = text.match_indices(part.as_str()).map(|(at, _)| {
                characters += text.get(counted..at).map_or(0, |between| between.chars().count());
                counted = at;
                Value::from(characters)
            });
            Ok(found.collect())
        }
        (Value::Array(array), Value::Array(parts)) => Ok(find_all(array.items(), parts.items())),
        (Value::Array(array), part) => Ok(find_all(array.items(), std::slice::from_ref(part))),
        (value, part) => {
            Err(fail(format!("Cannot determine indices of {} in {}", part.kind(), value.kind())))
        }
    }
}
