//! The parts of values.

use std::ops::Range;

use indexmap::IndexMap;
use jaq_core::path::Opt;
use jaq_core::{Exn, ValT, val};

use super::value::{Error, Object, Result, Value};

impl ValT for Value {
    fn from_num(number: &str) -> Result<Self> {
        number.parse().map(Value::Number).map_err(Error::str)
    }

    fn from_map<I: IntoIterator<Item = (Self, Self)>>(pairs: I) -> Result<Self> {
        let mut fields = IndexMap::new();
        for (name, value) in pairs {
            match name {
                Value::String(name) => drop(fields.insert(name.as_str().into(), value)),
                other => return Err(fail(format!("Object keys must be strings, not {}", other.described()))),
            }
        }
        Ok(Value::object(fields))
    }

    fn key_values(self) -> Box<dyn Iterator<Item = Result<(Self, Self)>>> {
        match self {
            Value::Array(array) => {
                let items =
                    (0..array.items().len()).map(move |at| (Value::from(at), array.items()[at].clone()));
                Box::new(items.map(Ok))
            }
            Value::Object(object) => Box::new((0..object.fields().len()).filter_map(move |at| {
                let (name, value) = object.fields().get_index(at)?;
                Some(Ok((Value::string(&**name), value.clone())))
            })),
            other => Box::new(std::iter::once(Err(not_iterable(&other)))),
        }
    }

    fn values(self) -> Box<dyn Iterator<Item = Result<Self>>> {
        match self {
            Value::Array(array) => {
                Box::new((0..array.items().len()).map(move |at| Ok(array.items()[at].clone())))
            }
            Value::Object(object) => {
                Box::new((0..object.fields().len()).map(move |at| Ok(object.fields()[at].clone())))
            }
            other => Box::new(std::iter::once(Err(not_iterable(&other)))),
        }
    }

    fn index(self, index: &Self) -> Result<Self> {
        Ok(match (&self, index) {
            (Value::Object(object), Value::String(name)) => {
                object.fields().get(name.as_str()).cloned().unwrap_or_default()
            }
            (Value::Array(array), Value::Number(at)) => {
                let at = position(*at, array.items().len()).filter(|_| at.fract() == 0.0);
                at.and_then(|at| array.items().get(at)).cloned().unwrap_or_default()
            }
            (Value::Array(array), Value::Array(wanted)) => find_all(array.items(), wanted.items()),
            (Value::Array(_) | Value::String(_) | Value::Null, Value::Object(range)) => {
                return self.range(bounds(range));
            }
            (Value::Null, Value::String(_) | Value::Number(_) | Value::Null) => Value::Null,
            _ => return Err(cannot_index(&self, index)),
        })
    }

    fn range(self, range: val::Range<&Self>) -> Result<Self> {
        match &self {
            Value::Null => Ok(Value::Null),
            Value::Array(array) => {
                let range = slice(range, array.items().len())?;
                Ok(array.items()[range].iter().cloned().collect())
            }
            Value::String(text) => {
                let range = slice(range, text.chars().count())?;
                Ok(Value::string(text.chars().skip(range.start).take(range.len()).collect::<String>()))
            }
            other => Err(fail(format!("Cannot index {} with object", other.kind()))),
        }
    }

    fn map_values<'a, I: Iterator<Item = val::ValX<'a, Self>>>(
        self,
        opt: Opt,
        f: impl Fn(Self) -> I,
    ) -> val::ValX<'a, Self> {
        match self {
            Value::Array(array) => {
                let items = array.take().into_iter().filter_map(|item| f(item).next());
                Ok(Value::array(items.collect::<std::result::Result<_, Exn<'a, Value>>>()?))
            }
            Value::Object(object) => {
                let fields = object.take().into_iter().filter_map(|(name, value)| {
                    let value = f(value).next()?;
                    Some(value.map(|value| (name, value)))
                });
                Ok(Value::object(fields.collect::<std::result::Result<_, Exn<'a, Value>>>()?))
            }
            other => opt.fail(other, |other| Exn::from(not_iterable(&other))),
        }
    }

    // What an expression changes at a path goes another way, see `paths`.
    fn map_index<'a, I: Iterator<Item = val::ValX<'a, Self>>>(
        self,
        index: &Self,
        _: Opt,
        _: impl Fn(Self) -> I,
    ) -> val::ValX<'a, Self> {
        Err(cannot_index(&self, index).into())
    }

    fn map_range<'a, I: Iterator<Item = val::ValX<'a, Self>>>(
        self,
        _: val::Range<&Self>,
        _: Opt,
        _: impl Fn(Self) -> I,
    ) -> val::ValX<'a, Self> {
        Err(cannot_index(&self, &Value::Null).into())
    }

    fn as_bool(&self) -> bool {
        self.is_true()
    }

    fn into_string(self) -> Self {
        match self {
            Value::String(_) => self,
            other => Value::string(other.to_json()),
        }
    }
}

impl From<val::Range<Value>> for Value {
    fn from(range: val::Range<Value>) -> Self {
        let bound = |name: &str, bound: Option<Value>| (name.into(), bound.unwrap_or_default());
        Value::object(IndexMap::from([bound("start", range.start), bound("end", range.end)]))
    }
}

/// An error with this message.
pub fn fail(message: impl Into<String>) -> Error {
    Error::new(Value::string(message))
}

fn not_iterable(value: &Value) -> Error {
    fail(format!("Cannot iterate over {}", value.described()))
}

/// The error for an index that the value does not have.
pub fn cannot_index(value: &Value, index: &Value) -> Error {
    let name = if let Value::String(_) = index { format!(" {index}") } else { String::new() };
    fail(format!("Cannot index {} with {}{name}", value.kind(), index.kind()))
}

/// What an index means, counted from the end where it is negative; none before the start.
pub fn position(at: f64, length: usize) -> Option<usize> {
    let at = if at < 0.0 { at + length as f64 } else { at };
    (at >= 0.0).then_some(at as usize)
}

/// The bounds that a slice has in a path.
pub fn bounds(range: &Object) -> val::Range<&Value> {
    range.fields().get("start")..range.fields().get("end")
}

/// Where a slice begins and ends in something so long.
pub fn slice(range: val::Range<&Value>, length: usize) -> Result<Range<usize>> {
    let bound = |bound: Option<&Value>, missing: f64| match bound {
        None | Some(Value::Null) => Ok(missing),
        Some(Value::Number(number)) => {
            let number = if *number < 0.0 { number + length as f64 } else { *number };
            Ok(number.clamp(0.0, length as f64))
        }
        Some(_) => Err(fail("Start and end indices of an array slice must be numbers")),
    };
    let (start, end) = (bound(range.start, 0.0)?, bound(range.end, length as f64)?);
    // What is no number counts as 0.
    let (start, end) = (start.floor() as usize, end.ceil() as usize);
    Ok(start..end.max(start))
}

/// Where all of `wanted` stands in `items`.
pub fn find_all(items: &[Value], wanted: &[Value]) -> Value {
    if wanted.is_empty() {
        return Value::Null;
    }
    let places = items.windows(wanted.len()).enumerate().filter(|(_, window)| *window == wanted);
    places.map(|(at, _)| Value::from(at)).collect()
}
