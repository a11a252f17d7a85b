//! A JSON value as jq has it: numbers are floating-point, objects keep the order of their keys.

use std::cmp::Ordering;
use std::fmt;
use std::rc::Rc;

use indexmap::IndexMap;

use super::{json, stack};

/// Why something cannot be done with a value.
pub type Error = jaq_core::Error<Value>;
/// What is made of values, or why not.
pub type Result<T> = std::result::Result<T, Error>;

/// A JSON value. Its parts are shared, so that a copy costs nothing.
#[derive(Clone, Debug, Default)]
pub enum Value {
    /// `null`
    #[default]
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number.
    Number(f64),
    /// A string.
    String(Rc<String>),
    /// An array.
    Array(Rc<Array>),
    /// An object.
    Object(Rc<Object>),
}

/// Values in order.
#[derive(Clone, Debug, Default)]
pub struct Array {
    items: Vec<Value>,
    levels: usize,
}

/// Values by name, in the order in which the names came.
#[derive(Clone, Debug, Default)]
pub struct Object {
    fields: IndexMap<Rc<str>, Value>,
    levels: usize,
}

impl Value {
    /// A string.
    pub fn string(text: impl Into<String>) -> Self {
        Value::String(Rc::new(text.into()))
    }

    /// An array; null where it would be nested too deep, see [`stack::allows`].
    pub fn array(items: Vec<Value>) -> Self {
        let levels = 1 + items.iter().map(Value::levels).max().unwrap_or(0);
        Value::from(Rc::new(Array { items, levels }))
    }

    /// An object; null where it would be nested too deep, see [`stack::allows`].
    pub fn object(fields: IndexMap<Rc<str>, Value>) -> Self {
        let levels = 1 + fields.values().map(Value::levels).max().unwrap_or(0);
        Value::from(Rc::new(Object { fields, levels }))
    }

    /// How deep it is nested, at most.
    fn levels(&self) -> usize {
        match self {
            Value::Array(array) => array.levels,
            Value::Object(object) => object.levels,
            _ => 0,
        }
    }

    /// What jq calls its type.
    pub fn kind(&self) -> &'static str {
        match self {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(_) => "number",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        }
    }

    /// The same with the value itself, as errors have it.
    pub fn described(&self) -> String {
        format!("{} ({self})", self.kind())
    }

    /// Whether it is neither null nor false.
    pub fn is_true(&self) -> bool {
        !matches!(self, Value::Null | Value::Bool(false))
    }

    /// As compact JSON.
    pub fn to_json(&self) -> String {
        let mut text = String::new();
        json::push(&mut text, self);
        text
    }

    /// The order in which jq sorts values.
    pub fn order(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Value::Bool(one), Value::Bool(other)) => one.cmp(other),
            (Value::Number(one), Value::Number(other)) => {
                // What is no number is less than any.
                one.partial_cmp(other).unwrap_or_else(|| other.is_nan().cmp(&one.is_nan()))
            }
            (Value::String(one), Value::String(other)) => one.cmp(other),
            (Value::Array(one), Value::Array(other)) => order_all(one.items(), other.items()),
            (Value::Object(one), Value::Object(other)) => {
                let (one, other) = (one.sorted(), other.sorted());
                let names = one.iter().map(|(name, _)| name).cmp(other.iter().map(|(name, _)| name));
                names.then_with(|| {
                    order_all(
                        one.into_iter().map(|(_, value)| value),
                        other.into_iter().map(|(_, value)| value),
                    )
                })
            }
            _ => self.rank().cmp(&other.rank()),
        }
    }

    fn rank(&self) -> u8 {
        match self {
            Value::Null => 0,
            Value::Bool(false) => 1,
            Value::Bool(true) => 2,
            Value::Number(_) => 3,
            Value::String(_) => 4,
            Value::Array(_) => 5,
            Value::Object(_) => 6,
        }
    }
}

fn order_all<'a>(
    one: impl IntoIterator<Item = &'a Value>,
    other: impl IntoIterator<Item = &'a Value>,
) -> Ordering {
    let mut other = other.into_iter();
    for value in one {
        match other.next().map(|other| value.order(other)) {
            Some(Ordering::Equal) => {}
            Some(order) => return order,
            None => return Ordering::Greater,
        }
    }
    if other.next().is_some() { Ordering::Less } else { Ordering::Equal }
}

/// The places of so many things in their order; those that are equal keep theirs.
fn places_by(count: usize, order: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    // With its place, each is different: an unstable sort takes half the code.
    places.sort_unstable_by(|&one, &other| order(one, other).then(one.cmp(&other)));
    places
}

/// The places of values in the order in which jq sorts them.
pub fn sorted_places(values: &[&Value]) -> Vec<usize> {
    places_by(values.len(), &|one, other| values[one].order(values[other]))
}

/// The values in the order in which jq sorts them.
pub fn sorted<'a>(values: impl IntoIterator<Item = &'a Value>) -> Vec<&'a Value> {
    let values: Vec<&Value> = values.into_iter().collect();
    sorted_places(&values).into_iter().map(|place| values[place]).collect()
}

impl Array {
    /// Its values.
    pub fn items(&self) -> &[Value] {
        &self.items
    }

    /// Its values, copied where they are shared.
    pub fn take(self: Rc<Self>) -> Vec<Value> {
        Rc::try_unwrap(self).map_or_else(|shared| shared.items.clone(), |own| own.items)
    }

    /// Puts a value in the place of another, after nulls where the array is shorter.
    pub fn set(&mut self, at: usize, value: Value) {
        self.levels = self.levels.max(1 + value.levels());
        if at >= self.items.len() {
            self.items.resize(at + 1, Value::Null);
        }
        if let Some(place) = self.items.get_mut(at) {
            *place = value;
        }
    }

    /// Takes the value out, and leaves null.
    pub fn take_at(&mut self, at: usize) -> Value {
        self.items.get_mut(at).map(std::mem::take).unwrap_or_default()
    }

    /// Removes what is there.
    pub fn remove(&mut self, places: std::ops::Range<usize>) {
        self.items.drain(places);
    }

    /// Appends the values of another.
    pub fn extend(&mut self, other: Rc<Array>) {
        self.levels = self.levels.max(other.levels);
        self.items.extend(other.take());
    }
}

impl Object {
    /// Its values by name.
    pub fn fields(&self) -> &IndexMap<Rc<str>, Value> {
        &self.fields
    }

    /// Its values by name, copied where they are shared.
    pub fn take(self: Rc<Self>) -> IndexMap<Rc<str>, Value> {
        Rc::try_unwrap(self).map_or_else(|shared| shared.fields.clone(), |own| own.fields)
    }

    /// Its values in the order of their names.
    pub fn sorted(&self) -> Vec<(&str, &Value)> {
        let fields: Vec<_> = self.fields.iter().map(|(name, value)| (&**name, value)).collect();
        let places = places_by(fields.len(), &|one, other| fields[one].0.cmp(fields[other].0));
        places.into_iter().map(|place| fields[place]).collect()
    }

    /// Puts a value under a name; one that is there keeps its place.
    pub fn set(&mut self, name: &str, value: Value) {
        self.levels = self.levels.max(1 + value.levels());
        match self.fields.get_mut(name) {
            Some(place) => *place = value,
            None => drop(self.fields.insert(name.into(), value)),
        }
    }

    /// Takes the value out, and leaves null; none where there is none.
    pub fn take_at(&mut self, name: &str) -> Option<Value> {
        self.fields.get_mut(name).map(std::mem::take)
    }

    /// Removes the value of that name.
    pub fn remove(&mut self, name: &str) {
        self.fields.shift_remove(name);
    }
}

impl From<Rc<Array>> for Value {
    fn from(array: Rc<Array>) -> Self {
        if stack::allows(array.levels) { Value::Array(array) } else { Value::Null }
    }
}

impl From<Rc<Object>> for Value {
    fn from(object: Rc<Object>) -> Self {
        if stack::allows(object.levels) { Value::Object(object) } else { Value::Null }
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Value::Bool(value)
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Value::Number(value)
    }
}

impl From<usize> for Value {
    fn from(value: usize) -> Self {
        Value::Number(value as f64)
    }
}

impl From<isize> for Value {
    fn from(value: isize) -> Self {
        Value::Number(value as f64)
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Value::String(Rc::new(text))
    }
}

impl FromIterator<Value> for Value {
    fn from_iter<I: IntoIterator<Item = Value>>(items: I) -> Self {
        Value::array(items.into_iter().collect())
    }
}

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl PartialOrd for Value {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            // Nor is it equal to itself.
            (Value::Number(one), Value::Number(_)) if one.is_nan() => Some(Ordering::Less),
            _ => Some(self.order(other)),
        }
    }
}

/// A short form for errors: the first characters.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const LONGEST: usize = 14;
        let mut text = String::new();
        json::push_start(&mut text, self, LONGEST * 4);
        if text.chars().count() <= LONGEST {
            return f.write_str(&text);
        }
        write!(f, "{}...", text.chars().take(LONGEST - 3).collect::<String>())
    }
}
