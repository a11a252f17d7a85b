//! Changing and removing what is at a path: `|=`, `=`, `setpath`, `del`.

use std::rc::Rc;

use super::access::{bounds, cannot_index, fail, position, slice};
use super::value::{Array, Error, Object, Result, Value, sorted};

/// No array gets longer by an assignment: what the system has no memory for would end dhub.
const MOST_ITEMS: usize = 1 << 24;

/// What is done with the value at a path. Where nothing comes of it, the path is to be deleted after all changes.
pub type Change<'a, E> = dyn FnMut(Value) -> std::result::Result<Option<Value>, E> + 'a;

/// Changes what is at a path; nulls on the way become objects and arrays.
///
/// # Errors
/// When there is no such path in the value, and those of `change`.
pub fn modify<E: From<Error>>(
    value: Value,
    path: &[Value],
    change: &mut Change<'_, E>,
) -> std::result::Result<Value, E> {
    let Some((first, rest)) = path.split_first() else { return Ok(change(value)?.unwrap_or_default()) };
    match (value, first) {
        (value @ (Value::Object(_) | Value::Null), Value::String(name)) => {
            let mut object: Rc<Object> =
                if let Value::Object(object) = value { object } else { Rc::default() };
            let fields = Rc::make_mut(&mut object);
            let old = fields.take_at(name).unwrap_or_default();
            fields.set(name, modify(old, rest, change)?);
            Ok(Value::from(object))
        }
        (value @ (Value::Array(_) | Value::Null), Value::Number(at)) => {
            let mut array: Rc<Array> = if let Value::Array(array) = value { array } else { Rc::default() };
            let at = match position(*at, array.items().len()) {
                None => return Err(fail("Out of bounds negative array index").into()),
                Some(at) if at >= MOST_ITEMS => return Err(fail("Array index too large").into()),
                Some(at) => at,
            };
            let items = Rc::make_mut(&mut array);
            let old = items.take_at(at);
            items.set(at, modify(old, rest, change)?);
            Ok(Value::from(array))
        }
        (value @ (Value::Array(_) | Value::Null), Value::Object(range)) => {
            let array: Rc<Array> = if let Value::Array(array) = value { array } else { Rc::default() };
            let range = slice(bounds(range), array.items().len())?;
            let part: Value = array.items()[range.clone()].iter().cloned().collect();
            // What is to be deleted is still found at its path.
            let changed = match rest {
                [] => change(part.clone())?.unwrap_or(part),
                rest => modify(part, rest, change)?,
            };
            let Value::Array(changed) = changed else {
                return Err(fail("A slice of an array can only be assigned another array").into());
            };
            let mut items = array.take();
            items.splice(range, changed.take());
            Ok(Value::array(items))
        }
        (value, index) => Err(cannot_index(&value, index).into()),
    }
}

/// A path that a function was given.
///
/// # Errors
/// When it is none.
pub fn parse(path: &Value) -> Result<&[Value]> {
    match path {
        Value::Array(path) => Ok(path.items()),
        _ => Err(fail("Path must be specified as an array")),
    }
}

/// A value without what is at these paths.
///
/// # Errors
/// When a path is none for this value.
pub fn delete_all(value: Value, paths: &Value) -> Result<Value> {
    let Value::Array(paths) = paths else { return Err(fail("Paths must be specified as an array")) };
    // The last ones first, so that the places of the others stay.
    let mut paths = sorted(paths.items());
    paths.dedup();
    paths.into_iter().rev().try_fold(value, |value, path| delete(value, parse(path)?))
}

fn delete(value: Value, path: &[Value]) -> Result<Value> {
    let Some((first, rest)) = path.split_first() else { return Ok(Value::Null) };
    match (value, first) {
        (Value::Null, _) => Ok(Value::Null),
        (Value::Object(mut object), Value::String(name)) => {
            let fields = Rc::make_mut(&mut object);
            if rest.is_empty() {
                fields.remove(name);
            } else if let Some(value) = fields.take_at(name) {
                fields.set(name, delete(value, rest)?);
            }
            Ok(Value::Object(object))
        }
        (Value::Array(mut array), Value::Number(at)) => {
            let length = array.items().len();
            let Some(at) = position(*at, length).filter(|at| *at < length) else {
                return Ok(Value::Array(array));
            };
            let items = Rc::make_mut(&mut array);
            if rest.is_empty() {
                items.remove(at..at + 1);
            } else {
                let value = items.take_at(at);
                items.set(at, delete(value, rest)?);
            }
            Ok(Value::Array(array))
        }
        (Value::Array(mut array), Value::Object(range)) => {
            let range = slice(bounds(range), array.items().len())?;
            if rest.is_empty() {
                Rc::make_mut(&mut array).remove(range);
                return Ok(Value::Array(array));
            }
            let part = delete(array.items()[range.clone()].iter().cloned().collect(), rest)?;
            let mut items = array.take();
            items.splice(range, if let Value::Array(part) = part { part.take() } else { Vec::new() });
            Ok(Value::array(items))
        }
        (value, index) => {
            Err(fail(format!("Cannot delete field at {} index of {}", index.kind(), value.kind())))
        }
    }
}
