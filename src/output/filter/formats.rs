//! What a value looks like in other languages: `@csv`, `@sh`, `@uri` and their like.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::access::fail;
use super::json;
use super::value::{Result, Value};

/// What `@uri` leaves as it is, besides letters and digits.
const URI: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'!')
    .remove(b'~')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');

/// With padding, which need not be there in what is decoded.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// A value in the format of that name, without the `@`.
///
/// # Errors
/// When it cannot be written so.
pub fn format(value: Value, format: &Value) -> Result<Value> {
    let Value::String(name) = format else {
        return Err(fail(format!("{} is not a valid format", format.described())));
    };
    let text = match name.as_str() {
        "json" => value.to_json(),
        "text" => text(&value),
        "csv" => row(&value, "csv", ",", |text| format!("\"{}\"", text.replace('"', "\"\"")))?,
        "tsv" => row(&value, "tsv", "\t", escape_tabs)?,
        "html" => escape_html(&text(&value)),
        "uri" => utf8_percent_encode(&text(&value), URI).to_string(),
        "sh" => shell_words(&value)?,
        "base64" => BASE64.encode(text(&value)),
        "base64d" => match BASE64.decode(text(&value)) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(_) => return Err(fail(format!("{} is not valid base64 data", value.described()))),
        },
        other => return Err(fail(format!("{other} is not a valid format"))),
    };
    Ok(Value::string(text))
}

/// A string as it is, anything else as JSON.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.as_str().to_owned(),
        other => other.to_json(),
    }
}

fn row(value: &Value, name: &str, separator: &str, quote: impl Fn(&str) -> String) -> Result<String> {
    let Value::Array(row) = value else {
        return Err(fail(format!("{} cannot be {name}-formatted, only an array can be", value.described())));
    };
    let field = |field: &Value| match field {
        Value::Null => Ok(String::new()),
        Value::Bool(_) => Ok(field.to_json()),
        Value::Number(number) => {
            let mut text = String::new();
            if !number.is_nan() {
                json::push_number(&mut text, *number);
            }
            Ok(text)
        }
        Value::String(text) => Ok(quote(text)),
        other => Err(fail(format!("{} is not valid in a {name} row", other.described()))),
    };
    Ok(row.items().iter().map(field).collect::<Result<Vec<_>>>()?.join(separator))
}

fn escape_tabs(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r")
}

fn escape_html(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '\'' => escaped.push_str("&apos;"),
            '"' => escaped.push_str("&quot;"),
            c => escaped.push(c),
        }
    }
    escaped
}

fn shell_words(value: &Value) -> Result<String> {
    let words = match value {
        Value::Array(words) => words.items(),
        word => std::slice::from_ref(word),
    };
    let word = |word: &Value| match word {
        Value::String(text) => Ok(format!("'{}'", text.replace('\'', r"'\''"))),
        Value::Array(_) | Value::Object(_) => {
            Err(fail(format!("{} can not be escaped for shell", word.described())))
        }
        other => Ok(other.to_json()),
    };
    Ok(words.iter().map(word).collect::<Result<Vec<_>>>()?.join(" "))
}
