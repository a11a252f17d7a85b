//! JSON as text: checked and laid out without being read into values, so that the order of keys and the digits of every
//! number stay as they are.

use std::io;

use serde::de::IgnoredAny;

/// Nothing that is nested deeper is taken: whatever reads it on would have to follow.
const MAX_DEPTH: usize = 127;
/// How far each level is indented.
const INDENT: &str = "  ";

/// One JSON document, as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Document<T>(T);

impl<T: AsRef<str>> Document<T> {
    /// Checks that a text is one JSON document.
    ///
    /// # Errors
    /// Why it is none.
    pub fn parse(text: T) -> Result<Self, String> {
        serde_json::from_str::<IgnoredAny>(text.as_ref()).map_err(|error| error.to_string())?;
        if depth(text.as_ref()) > MAX_DEPTH {
            return Err(format!("it is nested more than {MAX_DEPTH} deep"));
        }
        Ok(Document(text))
    }

    /// Writes it on one line, piece by piece.
    ///
    /// # Errors
    /// Those of `write`.
    pub fn compact(&self, write: impl FnMut(&str) -> io::Result<()>) -> io::Result<()> {
        tokens(self.0.as_ref()).try_for_each(write)
    }

    /// Writes it with a line for each member, indented by two spaces, piece by piece.
    ///
    /// # Errors
    /// Those of `write`.
    pub fn pretty(&self, mut write: impl FnMut(&str) -> io::Result<()>) -> io::Result<()> {
        let mut depth = 0;
        let mut before = "";
        for token in tokens(self.0.as_ref()) {
            match token {
                "}" | "]" => depth -= 1,
                _ => {}
            }
            let is_empty = matches!((before, token), ("{", "}") | ("[", "]"));
            if matches!(before, "{" | "[" | ",") || matches!(token, "}" | "]") {
                if !is_empty {
                    write("\n")?;
                    (0..depth).try_for_each(|_| write(INDENT))?;
                }
            } else if before == ":" {
                write(" ")?;
            }
            write(token)?;
            match token {
                "{" | "[" => depth += 1,
                _ => {}
            }
            before = token;
        }
        Ok(())
    }

    /// The same on one line, as text.
    pub fn to_compact(&self) -> String {
        tokens(self.0.as_ref()).collect()
    }
}

/// How deep the lists and objects of a document are nested.
fn depth(document: &str) -> usize {
    let (mut depth, mut most) = (0_usize, 0);
    for token in tokens(document) {
        match token {
            "{" | "[" => depth += 1,
            "}" | "]" => depth = depth.saturating_sub(1),
            _ => {}
        }
        most = most.max(depth);
    }
    most
}

/// The pieces of a document without the space between them: brackets, commas, colons, strings with their quotes, and all
/// else that is a value.
fn tokens(document: &str) -> impl Iterator<Item = &str> {
    const SPACE: [char; 4] = [' ', '\t', '\n', '\r'];
    let mut rest = document;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(SPACE);
        let length = match rest.bytes().next()? {
            b'"' => string_length(rest),
            b'{' | b'}' | b'[' | b']' | b',' | b':' => 1,
            _ => rest.find(|c| SPACE.contains(&c) || ",}]".contains(c)).unwrap_or(rest.len()),
        };
        let (token, after) = rest.split_at(length);
        rest = after;
        Some(token)
    })
}

/// The length of the string at the start, with its quotes.
fn string_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut end = 1;
    while let Some(next) = bytes.get(end..).and_then(|rest| memchr::memchr2(b'"', b'\\', rest)) {
        end += next + 1;
        if bytes.get(end - 1) == Some(&b'"') {
            return end;
        }
        // What follows a backslash ends no string.
        end += 1;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use proptest::collection::{btree_map, vec};
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    fn pretty(text: &str) -> String {
        let mut laid_out = String::new();
        let push = |piece: &str| {
            laid_out.push_str(piece);
            Ok(())
        };
        Document::parse(text).unwrap().pretty(push).unwrap();
        laid_out
    }

    #[test]
    fn keys_numbers_and_escapes_stay_as_they_came() {
        let text = "{ \"z\" :1.0000000000000000000000001,\n\"a\":[1E400 , -0.0,\t123456789012345678901234567890],\
                    \"z\":\"\\u0041\\/ \\\"x\\\\\" }\r\n";
        assert_eq!(
            Document::parse(text).unwrap().to_compact(),
            r#"{"z":1.0000000000000000000000001,"a":[1E400,-0.0,123456789012345678901234567890],"z":"\u0041\/ \"x\\"}"#
        );
        assert_eq!(
            pretty(r#"{"a":[1,{"b":{}, "c":[ ]}],"d":"x y"}"#),
            "{\n  \"a\": [\n    1,\n    {\n      \"b\": {},\n      \"c\": []\n    }\n  ],\n  \"d\": \"x y\"\n}"
        );
        for text in ["null", "\"{,:}\"", "[]", "{}", "-1"] {
            assert_eq!(
                (Document::parse(text).unwrap().to_compact(), pretty(text)),
                (text.into(), text.into())
            );
        }
    }

    #[test]
    fn what_is_no_document_is_refused() {
        for text in ["", " ", "{", "{}}", "[1,]", "{'a':1}", "NaN", "01", "\"\n\"", "\u{feff}{}", "1 2"] {
            assert!(Document::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn what_is_nested_too_deep_is_refused() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(Document::parse(nested(127)).is_ok());
        for depth in [128, 200_000] {
            let error = Document::parse(nested(depth)).unwrap_err();
            assert_eq!(error, "it is nested more than 127 deep");
        }
    }

    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
            "[\"\\\\{}\\[\\],: \n]{0,6}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 32, 4, |inner| {
            let object = btree_map("[a\"\\\\{, ]{0,3}", inner.clone(), 0..4);
            prop_oneof![
                vec(inner, 0..4).prop_map(Value::from),
                object.prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn a_layout_is_that_of_the_library(value in value()) {
            let (compact, laid_out) = (value.to_string(), serde_json::to_string_pretty(&value).unwrap());
            for text in [&compact, &laid_out] {
                prop_assert_eq!(&Document::parse(text).unwrap().to_compact(), &compact);
                prop_assert_eq!(&pretty(text), &laid_out);
            }
        }
    }
}
