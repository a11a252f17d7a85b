//! `dhub api`

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

use crate::json::Document;

/// `dhub api`
#[derive(Args, Debug)]
pub struct Api {
    /// Path below the API's base, such as user, with its query
    #[arg(value_name = "PATH", value_hint = ValueHint::Other)]
    pub path: String,
    /// GET or POST [default: POST with -f or --input, else GET]
    #[arg(
        short = 'X',
        long,
        value_name = "METHOD",
        value_enum,
        ignore_case = true,
        hide_possible_values = true
    )]
    pub method: Option<Method>,
    /// Field of the JSON body, or with -X GET of the query; KEY:=JSON for what is no string
    #[arg(short, long = "field", alias = "raw-field", value_name = "KEY=VALUE", value_hint = ValueHint::Other, value_parser = Field::parse)]
    pub fields: Vec<Field>,
    /// Body of a POST, sent as it is; - reads stdin
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "fields")]
    pub input: Option<PathBuf>,
    /// Print the response's status line and headers, too
    #[arg(short, long)]
    pub include: bool,
}

/// The methods that the API has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Method {
    /// Reads
    #[value(name = "GET")]
    Get,
    /// Changes something
    #[value(name = "POST")]
    Post,
}

/// A field of a body or of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// As it was given.
    pub text: String,
    /// Its key.
    pub key: String,
    /// Its value.
    pub value: FieldValue,
}

/// What a field is set to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldValue {
    /// `KEY=VALUE`
    Text(String),
    /// `KEY:=JSON`, on one line.
    Json(String),
}

impl Field {
    /// Parses `KEY=VALUE` or `KEY:=JSON`: the first of the two signs splits it.
    ///
    /// # Errors
    /// A sentence for the user.
    fn parse(text: &str) -> Result<Self, String> {
        let (before, value) = text.split_once('=').ok_or("it is neither KEY=VALUE nor KEY:=JSON")?;
        let (key, value) = match before.strip_suffix(':') {
            Some(key) => {
                let json =
                    Document::parse(value).map_err(|why| format!("what follows := is not JSON: {why}"))?;
                (key, FieldValue::Json(json.to_compact()))
            }
            None => (before, FieldValue::Text(value.to_owned())),
        };
        if key.is_empty() {
            return Err("its key is empty".to_owned());
        }
        Ok(Field { text: text.to_owned(), key: key.to_owned(), value })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> (String, FieldValue) {
        let field = Field::parse(text).unwrap_or_else(|why| panic!("{text}: {why}"));
        assert_eq!(field.text, text);
        (field.key, field.value)
    }

    #[test]
    fn the_first_sign_splits_a_field() {
        for (given, key, value) in [
            ("a=b", "a", "b"),
            ("a=", "a", ""),
            ("a=b=c", "a", "b=c"),
            ("a=b:=1", "a", "b:=1"),
            ("a b = c ", "a b ", " c "),
            ("a:b=c", "a:b", "c"),
            ("a[b]=@c", "a[b]", "@c"),
            ("a=true", "a", "true"),
        ] {
            assert_eq!(parse(given), (key.to_owned(), FieldValue::Text(value.to_owned())), "{given}");
        }
        for (given, key, json) in [
            ("a:=1", "a", "1"),
            ("a:=null", "a", "null"),
            ("a:= {\"b\" : [1.00, \"=\"]}", "a", r#"{"b":[1.00,"="]}"#),
            ("a:b:=\"c\"", "a:b", "\"c\""),
            ("a::=12345678901234567890.10", "a:", "12345678901234567890.10"),
        ] {
            assert_eq!(parse(given), (key.to_owned(), FieldValue::Json(json.to_owned())), "{given}");
        }
    }

    #[test]
    fn what_is_no_field_is_refused() {
        for text in ["", "a", "a:", "=b", ":=1", "a:=", "a:=b", "a:=1 2", "a:={"] {
            assert!(Field::parse(text).is_err(), "{text}");
        }
    }
}
