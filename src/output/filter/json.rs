//! Values from JSON and back, as jq reads and writes it.

use std::fmt::{self, Write};
use std::rc::Rc;

use indexmap::IndexMap;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::stack;
use super::value::{Object, Value};

/// Why a text is no value: where it is nested too deep.
pub const TOO_DEEP: &str = "nested too deep";

/// Reads one value.
///
/// # Errors
/// When the text is no JSON, or nested too deep.
pub fn parse(text: &[u8]) -> Result<Value, String> {
    if !stack::allows(levels(text)) {
        return Err(TOO_DEEP.to_owned());
    }
    let mut names = Names::default();
    let mut deserializer = serde_json::Deserializer::from_slice(text);
    deserializer.disable_recursion_limit();
    let value = Seed { names: &mut names }.deserialize(&mut deserializer);
    value.and_then(|value| deserializer.end().map(|()| value)).map_err(|error| error.to_string())
}

/// How deep a text is nested.
fn levels(text: &[u8]) -> usize {
    let (mut level, mut deepest) = (0_usize, 0);
    let mut bytes = text.iter();
    while let Some(byte) = bytes.next() {
        match byte {
            b'[' | b'{' => {
                level += 1;
                deepest = deepest.max(level);
            }
            b']' | b'}' => level = level.saturating_sub(1),
            b'"' => {
                while let Some(byte) = bytes.next().filter(|byte| **byte != b'"') {
                    if *byte == b'\\' {
                        bytes.next();
                    }
                }
            }
            _ => {}
        }
    }
    deepest
}

/// The names of fields, each kept once: a list has the same ones in every item.
#[derive(Default)]
struct Names(Vec<Rc<str>>);

impl Names {
    /// So many are kept.
    const MOST: usize = 16;

    fn get(&mut self, name: &str) -> Rc<str> {
        if let Some(known) = self.0.iter().find(|known| &***known == name) {
            return known.clone();
        }
        let name: Rc<str> = name.into();
        if self.0.len() < Self::MOST {
            self.0.push(name.clone());
        }
        name
    }
}

struct Seed<'a> {
    names: &'a mut Names,
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value as f64))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Number(value))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::string(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element_seed(Seed { names: self.names })? {
            items.push(item);
        }
        Ok(Value::array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut fields = IndexMap::new();
        while let Some(name) = map.next_key_seed(Name(self.names))? {
            let value = map.next_value_seed(Seed { names: self.names })?;
            fields.insert(name, value);
        }
        Ok(Value::object(fields))
    }
}

struct Name<'a>(&'a mut Names);

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = Rc<str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Rc<str>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = Rc<str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Rc<str>, E> {
        Ok(self.0.get(name))
    }
}

/// Appends a value as compact JSON.
pub fn push(text: &mut String, value: &Value) {
    push_start(text, value, usize::MAX);
}

/// The same, which may end once the text has so many bytes.
pub fn push_start(text: &mut String, value: &Value, most: usize) {
    match value {
        Value::Null => text.push_str("null"),
        Value::Bool(value) => text.push_str(if *value { "true" } else { "false" }),
        Value::Number(number) => push_number(text, *number),
        Value::String(string) => push_string(text, string, most),
        Value::Array(array) => {
            text.push('[');
            for (position, item) in array.items().iter().enumerate() {
                if text.len() >= most {
                    break;
                }
                if position > 0 {
                    text.push(',');
                }
                push_start(text, item, most);
            }
            text.push(']');
        }
        Value::Object(object) => push_object(text, object, most),
    }
}

fn push_object(text: &mut String, object: &Object, most: usize) {
    text.push('{');
    for (position, (name, value)) in object.fields().iter().enumerate() {
        if text.len() >= most {
            break;
        }
        if position > 0 {
            text.push(',');
        }
        push_string(text, name, most);
        text.push(':');
        push_start(text, value, most);
    }
    text.push('}');
}

fn push_string(text: &mut String, string: &str, most: usize) {
    text.push('"');
    for c in string.chars() {
        match c {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\u{8}' => text.push_str("\\b"),
            '\t' => text.push_str("\\t"),
            '\n' => text.push_str("\\n"),
            '\u{c}' => text.push_str("\\f"),
            '\r' => text.push_str("\\r"),
            '\0'..' ' | '\u{7f}' => drop(write!(text, "\\u{:04x}", u32::from(c))),
            c => text.push(c),
        }
        if text.len() >= most {
            break;
        }
    }
    text.push('"');
}

/// Appends a number as jq writes it: with the fewest digits that mean it, `1e+17` where it is large, and `null` for what
/// is no number.
pub fn push_number(text: &mut String, number: f64) {
    if number.is_nan() {
        return text.push_str("null");
    }
    // As nearly all are.
    if number.fract() == 0.0 && number.abs() < 1e15 && !(number == 0.0 && number.is_sign_negative()) {
        let _ = write!(text, "{}", number as i64);
        return;
    }
    let (sign, digits, exponent) = scientific(number.clamp(f64::MIN, f64::MAX));
    text.push_str(sign);
    let count = i32::try_from(digits.len()).unwrap_or(i32::MAX);
    let zeros = |count: i32| "0".repeat(usize::try_from(count).unwrap_or(0));
    // Where the point stands among the digits.
    let point = exponent + 1;
    if point <= -4 || point > count + 15 {
        let (first, rest) = digits.split_at(1);
        let dot = if rest.is_empty() { "" } else { "." };
        let _ =
            write!(text, "{first}{dot}{rest}e{}{:02}", if exponent < 0 { '-' } else { '+' }, exponent.abs());
    } else if point <= 0 {
        let _ = write!(text, "0.{}{digits}", zeros(-point));
    } else if point >= count {
        let _ = write!(text, "{digits}{}", zeros(point - count));
    } else {
        let (whole, fraction) = digits.split_at(usize::try_from(point).unwrap_or(0));
        let _ = write!(text, "{whole}.{fraction}");
    }
}

/// The sign of a number, the fewest digits that mean it, and the power of ten that the first one counts.
fn scientific(number: f64) -> (&'static str, String, i32) {
    // It writes such digits, with a point somewhere or an exponent.
    let written = serde_json::Value::from(number.abs()).to_string();
    let (mantissa, exponent) = written.split_once('e').unwrap_or((&written, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = format!("{whole}{fraction}");
    let significant = all.trim_start_matches('0');
    let position = |length: usize| i32::try_from(length).unwrap_or(i32::MAX);
    let exponent = exponent.parse::<i32>().unwrap_or(0) + position(whole.len()) - 1;
    let exponent = exponent - position(all.len() - significant.len());
    let digits = significant.trim_end_matches('0');
    let sign = if number.is_sign_negative() { "-" } else { "" };
    if digits.is_empty() { (sign, "0".to_owned(), 0) } else { (sign, digits.to_owned(), exponent) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(number: f64) -> String {
        let mut text = String::new();
        push_number(&mut text, number);
        text
    }

    #[test]
    fn numbers_are_written_as_jq_does() {
        for (value, text) in [
            (0.0, "0"),
            (-0.0, "-0"),
            (3.0, "3"),
            (-1.5, "-1.5"),
            (0.1 + 0.2, "0.30000000000000004"),
            (1.0 / 3.0, "0.3333333333333333"),
            (123_456_789_012.0, "123456789012"),
            (1e15, "1000000000000000"),
            (1e16, "1e+16"),
            (12_345_678_901_234_567_890.0, "12345678901234567000"),
            (0.0001, "0.0001"),
            (0.000_012_34, "1.234e-05"),
            (1e-7, "1e-07"),
            (1e300, "1e+300"),
            (f64::INFINITY, "1.7976931348623157e+308"),
            (f64::NEG_INFINITY, "-1.7976931348623157e+308"),
            (f64::NAN, "null"),
        ] {
            assert_eq!(number(value), text);
        }
    }

    #[test]
    fn a_document_is_written_as_it_was_read() {
        let text = r#"{"b":[1,-2.5,"\"\\\n\u0001\u007f é\u202e",null,true,{}],"a":{"":[]}}"#;
        let text = text.replace("\\u202e", "\u{202e}");
        assert_eq!(parse(text.as_bytes()).unwrap().to_json(), text);
        assert!(parse(b"[1").is_err() && parse(b"1 2").is_err());
    }

    #[test]
    fn what_is_nested_too_deep_is_refused() {
        let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        let parse_deep = |levels| {
            let text = deep(levels);
            stack::with_large_stack(|| parse(text.as_bytes()).map(|value| value.to_json() == text)).unwrap()
        };
        assert_eq!(parse_deep(25_000), Ok(true));
        assert_eq!(parse_deep(100_000), Err(TOO_DEEP.to_owned()));
    }
}
