//! `--jq`: an expression of the jq language, and what it makes of a document.
//!
//! jaq parses and runs it. Values, and the functions on them, are dhub's own: they do as jq does in what jaq decides in
//! another way (the order of keys after a deletion, numbers in texts, null in `join`, errors), and are small.

mod access;
mod expression;
mod formats;
mod functions;
mod json;
mod operators;
mod paths;
mod regex;
mod rewrite;
mod stack;
mod value;

use std::io::{self, Write};

use jaq_core::data::JustLut;
use jaq_core::{Ctx, Vars};

use super::escape;
use value::{Error, Value};

type Data = JustLut<Value>;

/// An expression that can be run.
pub struct Filter {
    compiled: jaq_core::Filter<Data>,
}

/// How a string is written that is an output by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strings {
    /// As JSON.
    Json,
    /// As it is.
    Raw,
    /// As it is, without what could steer a terminal.
    Safe,
}

/// Why a run did not come to its end.
#[derive(Debug)]
pub enum Failure {
    /// The expression failed, in jq's words.
    Expression(String),
    /// The output could not be written.
    Output(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Failure::Output(error)
    }
}

impl Filter {
    /// Parses an expression.
    ///
    /// # Errors
    /// When it is none, or uses what there is not: why, and where in it.
    pub fn parse(expression: &str) -> Result<Self, String> {
        let compiled = stack::with_large_stack(|| expression::compile(expression));
        let compiled = compiled.unwrap_or_else(|error| Err(error.to_string()))?;
        Ok(Filter { compiled })
    }

    /// Runs it over a JSON document, and writes each output on a line, in one piece.
    ///
    /// # Errors
    /// When the expression fails, after what it put out before; and when `out` cannot be written to.
    pub fn run(
        &self,
        document: &[u8],
        strings: Strings,
        out: &mut (dyn Write + Send),
    ) -> Result<(), Failure> {
        let ended = stack::with_large_stack(|| self.run_here(document, strings, out));
        // Where the system has no thread for it, stdout is as good as before.
        ended.unwrap_or_else(|error| Err(Failure::Expression(error.to_string())))
    }

    fn run_here(&self, document: &[u8], strings: Strings, out: &mut dyn Write) -> Result<(), Failure> {
        let value = json::parse(document).map_err(|error| {
            let no_json = if error == json::TOO_DEEP { "" } else { "no JSON: " };
            Failure::Expression(format!("the document is {no_json}{error}"))
        })?;
        let context = Ctx::<Data>::new(&self.compiled.lut, Vars::new([]));
        for output in self.compiled.id.run((context, value)) {
            let output = output.map_err(|exception| {
                Failure::Expression(match exception.get_err() {
                    Ok(error) => message(error),
                    Err(_) => "break".to_owned(),
                })
            })?;
            refuse_exceeded()?;
            write_line(&output, strings, out)?;
        }
        refuse_exceeded()
    }
}

fn refuse_exceeded() -> Result<(), Failure> {
    if stack::is_exceeded() {
        Err(Failure::Expression(format!("a value is {}", json::TOO_DEEP)))
    } else {
        Ok(())
    }
}

fn message(error: Error) -> String {
    match error.into_val() {
        Value::String(message) => message.as_str().to_owned(),
        other => format!("(not a string): {}", other.to_json()),
    }
}

fn write_line(output: &Value, strings: Strings, out: &mut dyn Write) -> io::Result<()> {
    let mut line = match (output, strings) {
        (Value::String(text), Strings::Raw) => text.as_str().to_owned(),
        (Value::String(text), Strings::Safe) => escape::text(text).into_owned(),
        (other, _) => escape::json(&other.to_json()).into_owned(),
    };
    line.push('\n');
    out.write_all(line.as_bytes())
}

#[cfg(test)]
mod tests;
