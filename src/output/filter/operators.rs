//! `+`, `-`, `*`, `/` and `%`, which mean something for each kind of value.

use std::ops::{Add, Div, Mul, Neg, Rem, Sub};
use std::rc::Rc;

use super::access::fail;
use super::value::{Error, Object, Result, Value, sorted};

/// A longer text is not made by repetition: what the system has no memory for would end dhub.
const LONGEST: usize = 1 << 28;

impl Add for Value {
    type Output = Result<Value>;

    fn add(self, other: Self) -> Self::Output {
        match (self, other) {
            (Value::Null, value) | (value, Value::Null) => Ok(value),
            (Value::Number(one), Value::Number(other)) => Ok(Value::Number(one + other)),
            (Value::String(mut one), Value::String(other)) => {
                Rc::make_mut(&mut one).push_str(&other);
                Ok(Value::String(one))
            }
            (Value::Array(mut one), Value::Array(other)) => {
                Rc::make_mut(&mut one).extend(other);
                Ok(Value::Array(one))
            }
            (Value::Object(mut one), Value::Object(other)) => {
                let fields = Rc::make_mut(&mut one);
                for (name, value) in other.take() {
                    fields.set(&name, value);
                }
                Ok(Value::Object(one))
            }
            (one, other) => Err(cannot(&one, &other, "added")),
        }
    }
}

impl Sub for Value {
    type Output = Result<Value>;

    fn sub(self, other: Self) -> Self::Output {
        match (self, other) {
            (Value::Number(one), Value::Number(other)) => Ok(Value::Number(one - other)),
            (Value::Array(one), Value::Array(other)) => {
                let unwanted = sorted(other.items());
                let is_unwanted =
                    |item: &Value| unwanted.binary_search_by(|unwanted| unwanted.order(item)).is_ok();
                Ok(one.take().into_iter().filter(|item| !is_unwanted(item)).collect())
            }
            (one, other) => Err(cannot(&one, &other, "subtracted")),
        }
    }
}

impl Mul for Value {
    type Output = Result<Value>;

    fn mul(self, other: Self) -> Self::Output {
        match (self, other) {
            (Value::Number(one), Value::Number(other)) => Ok(Value::Number(one * other)),
            (Value::String(text), Value::Number(times)) | (Value::Number(times), Value::String(text)) => {
                let whole = (times as usize).max(1);
                match text.len().checked_mul(whole) {
                    _ if times.is_nan() || times <= 0.0 => Ok(Value::Null),
                    Some(length) if length <= LONGEST => Ok(Value::string(text.repeat(whole))),
                    _ => Err(fail("Repeat string result too long")),
                }
            }
            (Value::Object(one), Value::Object(other)) => Ok(Value::from(merge(one, other))),
            (one, other) => Err(cannot(&one, &other, "multiplied")),
        }
    }
}

fn merge(mut one: Rc<Object>, other: Rc<Object>) -> Rc<Object> {
    let fields = Rc::make_mut(&mut one);
    for (name, value) in other.take() {
        let merged = match (fields.take_at(&name), value) {
            (Some(Value::Object(one)), Value::Object(other)) => Value::Object(merge(one, other)),
            (_, value) => value,
        };
        fields.set(&name, merged);
    }
    one
}

impl Div for Value {
    type Output = Result<Value>;

    fn div(self, other: Self) -> Self::Output {
        match (self, other) {
            (one @ Value::Number(_), other @ Value::Number(0.0)) => Err(by_zero(&one, &other, "divided")),
            (Value::Number(one), Value::Number(other)) => Ok(Value::Number(one / other)),
            (Value::String(text), Value::String(separator)) => Ok(split(&text, &separator)),
            (one, other) => Err(cannot(&one, &other, "divided")),
        }
    }
}

/// The parts of a text between separators; its characters where the separator is empty.
pub fn split(text: &str, separator: &str) -> Value {
    if text.is_empty() {
        Value::array(Vec::new())
    } else if separator.is_empty() {
        text.chars().map(Value::string).collect()
    } else {
        text.split(separator).map(Value::string).collect()
    }
}

impl Rem for Value {
    type Output = Result<Value>;

    fn rem(self, other: Self) -> Self::Output {
        match (self, other) {
            (Value::Number(one), Value::Number(other)) => {
                if one.is_nan() || other.is_nan() {
                    return Ok(Value::Number(f64::NAN));
                }
                // Whole numbers only, as in jq.
                match (one as i64, other as i64) {
                    (_, 0) => Err(by_zero(&Value::Number(one), &Value::Number(other), "divided (remainder)")),
                    (one, other) => Ok(Value::Number(one.wrapping_rem(other) as f64)),
                }
            }
            (one, other) => Err(cannot(&one, &other, "divided (remainder)")),
        }
    }
}

impl Neg for Value {
    type Output = Result<Value>;

    fn neg(self) -> Self::Output {
        match self {
            Value::Number(number) => Ok(Value::Number(-number)),
            other => Err(fail(format!("{} cannot be negated", other.described()))),
        }
    }
}

fn cannot(one: &Value, other: &Value, done: &str) -> Error {
    fail(format!("{} and {} cannot be {done}", one.described(), other.described()))
}

fn by_zero(one: &Value, other: &Value, done: &str) -> Error {
    let reason = "because the divisor is zero";
    fail(format!("{} and {} cannot be {done} {reason}", one.described(), other.described()))
}
