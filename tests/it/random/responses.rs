//! Random responses: from noise that is not HTTP to the documented response with one byte off.

use std::fmt;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Map, Value, json};

/// A whole response, byte for byte.
#[derive(Clone)]
pub struct Response(pub Vec<u8>);

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "b\"{}\"", self.0.escape_ascii())
    }
}

/// Any response, in the place of this documented one.
pub fn response(documented: Value) -> impl Strategy<Value = Response> {
    let text = documented.to_string().into_bytes();
    let whole = http(200, &[], Length::Right, &text);
    let valid = |value: Value| http(200, &[], Length::Right, value.to_string().as_bytes());
    prop_oneof![
        2 => vec(any::<u8>(), 0..400),
        3 => wrapped(vec(any::<u8>(), 0..200)),
        2 => wrapped(json_value().prop_map(|value| value.to_string().into_bytes())),
        6 => wrapped(changed(documented.clone()).prop_map(|value| value.to_string().into_bytes())),
        6 => reserialized(documented.clone()).prop_map(valid),
        2 => cut(whole.clone()),
        2 => wrapped(cut(text.clone())),
        2 => flipped(whole),
        2 => wrapped(flipped(text)),
    ]
    .prop_map(Response)
}

/// Text that a terminal, a row or a client of the API might take for more than text.
pub fn hostile_text() -> impl Strategy<Value = String> {
    let parts = select(vec![
        "\u{1b}[2J",
        "\u{1b}]0;x\u{7}",
        "\u{9b}1m",
        "\u{202e}",
        "\u{2066}",
        "\u{200b}",
        "\u{feff}",
        "\u{2028}",
        "\u{85}",
        "\u{7f}",
        "\0",
        "\t",
        "\n",
        "\r\n",
        "\u{b}",
        "\\",
        "\"",
        "/",
        "..",
        "%0a",
        "?",
        "#",
        " ",
        "x",
        "博物館",
    ]);
    vec(parts, 0..5).prop_map(|parts| parts.concat())
}

#[derive(Clone, Debug)]
enum Length {
    Right,
    Absent,
    Wrong(usize),
}

fn length() -> impl Strategy<Value = Length> {
    prop_oneof![6 => Just(Length::Right), 1 => Just(Length::Absent), 1 => (0_usize..500).prop_map(Length::Wrong)]
}

/// A body in an HTTP response of any status, with any headers.
fn wrapped(body: impl Strategy<Value = Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    let usual = select(vec![201, 204, 302, 307, 400, 401, 403, 404, 409, 422, 429, 500, 502, 503, 504]);
    let status = prop_oneof![5 => Just(200_u16), 4 => usual, 2 => 100..600_u16];
    (status, vec(header(), 0..3), length(), body)
        .prop_map(|(status, headers, length, body)| http(status, &headers, length, &body))
}

fn http(status: u16, headers: &[(String, Vec<u8>)], length: Length, body: &[u8]) -> Vec<u8> {
    let mut response = format!("HTTP/1.1 {status} Whatever\r\n").into_bytes();
    for (name, value) in headers {
        response.extend([name.as_bytes(), b": ", value, b"\r\n"].concat());
    }
    let length = match length {
        Length::Right => Some(body.len()),
        Length::Absent => None,
        Length::Wrong(wrong) => Some(wrong),
    };
    if let Some(length) = length {
        response.extend(format!("content-length: {length}\r\n").into_bytes());
    }
    response.extend([b"\r\n", body].concat());
    response
}

fn header() -> impl Strategy<Value = (String, Vec<u8>)> {
    let known = select(vec![
        "content-type",
        "retry-after",
        "location",
        "content-encoding",
        "transfer-encoding",
        "content-length",
        "connection",
        "set-cookie",
        "www-authenticate",
        "date",
    ]);
    let name = prop_oneof![5 => known.prop_map(str::to_owned), 1 => "[a-zA-Z-]{1,12}"];
    let telling = select(vec![
        "chunked",
        "gzip",
        "application/json",
        "text/html; charset=no-such",
        "0",
        "-1",
        "3",
        "99999999999999999999",
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "https://elsewhere.example/",
        "/",
        "\u{1b}[2J",
        "\u{202e}",
        "close",
        "",
    ]);
    let noise = vec(any::<u8>().prop_filter("no line break", |byte| !b"\r\n".contains(byte)), 0..40);
    (name, prop_oneof![2 => telling.prop_map(|text| text.as_bytes().to_vec()), 1 => noise])
}

fn leaf() -> impl Strategy<Value = Value> {
    let telling = select(vec![
        json!(null),
        json!(true),
        json!(false),
        json!(""),
        json!("Success"),
        json!("Error"),
        json!("Pending"),
        json!("dolthub"),
        json!("museum-collections"),
        json!("already exists"),
        json!("no such repository"),
        json!("Not authenticated"),
        json!(0),
        json!(-1),
        json!(u64::MAX),
        json!(1e300),
        json!([]),
        json!({}),
    ]);
    prop_oneof![
        4 => telling,
        5 => hostile_text().prop_map(Value::from),
        1 => any::<String>().prop_map(Value::from),
        1 => any::<i64>().prop_map(Value::from),
        1 => any::<f64>().prop_map(Value::from),
    ]
}

fn json_value() -> impl Strategy<Value = Value> {
    leaf().prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((key(), inner), 0..4).prop_map(|pairs| Value::from(Map::from_iter(pairs))),
        ]
    })
}

fn key() -> impl Strategy<Value = String> {
    let known = ["status", "message", "done", "database_owner", "database_name", "operation_name", "forks"];
    prop_oneof![select(known.to_vec()).prop_map(str::to_owned), any::<String>()]
}

/// The documented response with other values of the same types: what dhub has to accept.
fn reserialized(documented: Value) -> impl Strategy<Value = Value> {
    let text = option::of(prop_oneof![2 => hostile_text(), 1 => any::<String>(), 1 => Just(String::new())]);
    (vec(text, 1..8), any::<u64>(), any::<bool>()).prop_map(move |(texts, number, flag)| {
        let mut documented = documented.clone();
        reserialize(&mut documented, &mut texts.into_iter().cycle(), number, flag);
        documented
    })
}

fn reserialize(value: &mut Value, texts: &mut impl Iterator<Item = Option<String>>, number: u64, flag: bool) {
    match value {
        Value::String(old) => *old = texts.next().flatten().unwrap_or(std::mem::take(old)),
        Value::Number(old) => *old = number.into(),
        Value::Bool(old) => *old = flag,
        Value::Array(members) => {
            members.iter_mut().for_each(|member| reserialize(member, texts, number, flag))
        }
        Value::Object(fields) => {
            fields.values_mut().for_each(|field| reserialize(field, texts, number, flag))
        }
        Value::Null => {}
    }
}

/// The documented response with fields left out, of other types and values, and with more fields.
fn changed(documented: Value) -> impl Strategy<Value = Value> {
    let Value::Object(fields) = documented else { panic!("every documented answer is an object") };
    let change = prop_oneof![
        7 => Just(None),
        1 => Just(Some(None)),
        2 => leaf().prop_map(|value| Some(Some(value))),
        1 => json_value().prop_map(|value| Some(Some(value))),
    ];
    let more = vec((key(), json_value()), 0..3);
    (vec(change, fields.len()), more, option::of(json_value())).prop_map(move |(changes, more, message)| {
        let mut changed = Map::new();
        for ((key, value), change) in fields.clone().into_iter().zip(changes) {
            match change {
                None => changed.insert(key, value),
                Some(Some(other)) => changed.insert(key, other),
                Some(None) => None,
            };
        }
        changed.extend(more);
        changed.extend(message.map(|message| ("message".to_owned(), message)));
        Value::from(changed)
    })
}

/// The beginning of it.
fn cut(bytes: Vec<u8>) -> impl Strategy<Value = Vec<u8>> {
    any::<Index>().prop_map(move |end| bytes[..end.index(bytes.len())].to_vec())
}

/// With one to three bytes changed.
fn flipped(bytes: Vec<u8>) -> impl Strategy<Value = Vec<u8>> {
    vec((any::<Index>(), 1..=u8::MAX), 1..4).prop_map(move |flips| {
        let mut bytes = bytes.clone();
        for (place, flip) in flips {
            let place = place.index(bytes.len());
            bytes[place] ^= flip;
        }
        bytes
    })
}
