//! The forks that responses list. They are kept as the responses' own text, which is checked once and read again each
//! time the list is gone through: half a million forks take hardly more memory than the responses.

use std::borrow::Cow;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, de};

use crate::names::Database;

/// Where a response holds its list, and what the parts of a fork are called there.
#[derive(Debug)]
pub struct Keys {
    /// The list, a field of the response.
    pub list: &'static str,
    /// The owner, a field of each fork.
    pub owner: &'static str,
    /// The name, a field of each fork.
    pub name: &'static str,
}

/// The forks of one or more responses, in their order.
#[derive(Clone)]
pub struct ForkList {
    keys: &'static Keys,
    pages: Vec<String>,
    len: usize,
}

impl ForkList {
    /// A list without a fork.
    pub fn empty(keys: &'static Keys) -> Self {
        ForkList { keys, pages: Vec::new(), len: 0 }
    }

    /// Appends a response that holds `len` forks, as `check` counted them.
    pub fn push(&mut self, page: String, len: usize) {
        if len > 0 {
            self.pages.push(page);
            self.len += len;
        }
    }

    /// The number of forks.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Calls `each` with owner and name of each fork, until it fails.
    ///
    /// # Errors
    /// The error of `each`.
    pub fn try_for_each<E>(&self, mut each: impl FnMut(&str, &str) -> Result<(), E>) -> Result<(), E> {
        let mut failed = None;
        for page in &self.pages {
            let each = |owner: &str, name: &str| each(owner, name).map_err(|error| failed = Some(error));
            let mut json = serde_json::Deserializer::from_str(page);
            let read = Response { keys: self.keys, each }.deserialize(&mut json);
            if let Some(error) = failed {
                return Err(error);
            }
            read.expect("the list was read before, when it was checked");
        }
        Ok(())
    }

    /// Calls `each` with owner and name of each fork.
    pub fn for_each(&self, mut each: impl FnMut(&str, &str)) {
        let never_fails = self.try_for_each(|owner, name| {
            each(owner, name);
            Ok::<(), std::convert::Infallible>(())
        });
        match never_fails {
            Ok(()) => {}
        }
    }

    /// Each fork as a database.
    pub fn databases(&self) -> Vec<Database> {
        let mut databases = Vec::with_capacity(self.len);
        self.for_each(|owner, name| databases.push(Database::new(owner, name)));
        databases
    }

    /// A number that lists of the same forks in the same order share.
    pub fn fingerprint(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.for_each(|owner, name| (owner, name).hash(&mut hasher));
        hasher.finish()
    }
}

impl fmt::Debug for ForkList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.databases()).finish()
    }
}

/// Checks that a list holds nothing but forks, and counts them.
///
/// # Errors
/// That of the first element that is no fork.
pub fn check<'de, D: Deserializer<'de>>(list: D, keys: &'static Keys) -> Result<usize, D::Error> {
    let mut len = 0;
    let count = |_: &str, _: &str| {
        len += 1;
        Ok(())
    };
    List { keys, each: count }.deserialize(list)?;
    Ok(len)
}

/// A response of which only the list matters.
struct Response<F> {
    keys: &'static Keys,
    each: F,
}

/// A list; `Err` from `each` ends the reading.
struct List<F> {
    keys: &'static Keys,
    each: F,
}

/// One element of a list.
struct Fork(&'static Keys);

#[derive(Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de, F: FnMut(&str, &str) -> Result<(), ()>> DeserializeSeed<'de> for Response<F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, response: D) -> Result<(), D::Error> {
        response.deserialize_map(self)
    }
}

impl<'de, F: FnMut(&str, &str) -> Result<(), ()>> Visitor<'de> for Response<F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a response")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut fields: A) -> Result<(), A::Error> {
        while let Some(Text(field)) = fields.next_key()? {
            if field == self.keys.list {
                fields.next_value_seed(List { keys: self.keys, each: &mut self.each })?;
            } else {
                fields.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

impl<'de, F: FnMut(&str, &str) -> Result<(), ()>> DeserializeSeed<'de> for List<F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, list: D) -> Result<(), D::Error> {
        list.deserialize_seq(self)
    }
}

impl<'de, F: FnMut(&str, &str) -> Result<(), ()>> Visitor<'de> for List<F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of forks")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<(), A::Error> {
        while let Some((Text(owner), Text(name))) = list.next_element_seed(Fork(self.keys))? {
            (self.each)(&owner, &name).map_err(|()| A::Error::custom("reading was ended"))?;
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Fork {
    type Value = (Text<'de>, Text<'de>);

    fn deserialize<D: Deserializer<'de>>(self, fork: D) -> Result<Self::Value, D::Error> {
        fork.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Fork {
    type Value = (Text<'de>, Text<'de>);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a fork")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Self::Value, A::Error> {
        let (mut owner, mut name) = (None, None);
        while let Some(part) = fields.next_key_seed(Field(self.0))? {
            match part {
                Part::Owner => owner = Some(fields.next_value()?),
                Part::Name => name = Some(fields.next_value()?),
                Part::Other => drop(fields.next_value::<IgnoredAny>()?),
            }
        }
        Ok((
            owner.ok_or_else(|| de::Error::missing_field(self.0.owner))?,
            name.ok_or_else(|| de::Error::missing_field(self.0.name))?,
        ))
    }
}

/// The name of a field of a fork.
struct Field(&'static Keys);

enum Part {
    Owner,
    Name,
    Other,
}

impl<'de> DeserializeSeed<'de> for Field {
    type Value = Part;

    fn deserialize<D: Deserializer<'de>>(self, field: D) -> Result<Part, D::Error> {
        field.deserialize_str(self)
    }
}

impl Visitor<'_> for Field {
    type Value = Part;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    fn visit_str<E>(self, field: &str) -> Result<Part, E> {
        Ok(match field {
            field if field == self.0.owner => Part::Owner,
            field if field == self.0.name => Part::Name,
            _ => Part::Other,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    const KEYS: Keys = Keys { list: "forks", owner: "database_owner", name: "database_name" };

    fn list(json: &str) -> Result<ForkList, serde_json::Error> {
        let len = check(&mut serde_json::Deserializer::from_str(json), &KEYS)?;
        let mut list = ForkList::empty(&KEYS);
        list.push(format!(r#"{{"status":"Success","forks":{json},"x":[{{}}]}}"#), len);
        Ok(list)
    }

    #[test]
    fn names_are_read_in_order_plain_and_with_escapes_and_other_fields_are_ignored() {
        let list = list(
            r#"[{"database_owner":"a","database_name":"b"},
                {"x":{"y":[1,"}"]},"database_name":"\u0062\"ü","database_\u006fwner":"ö"},
                {"database_owner":"","database_name":"\n"}]"#,
        )
        .unwrap();
        assert_eq!(list.len(), 3);
        let expected =
            [("a", "b"), ("ö", "b\"ü"), ("", "\n")].map(|(owner, name)| Database::new(owner, name));
        assert_eq!(list.databases(), expected);
        assert_eq!(list.databases(), expected, "a second time");
    }

    #[test]
    fn several_pages_are_one_list() {
        let mut all = list(r#"[{"database_owner":"a","database_name":"b"}]"#).unwrap();
        let next = list(r#"[{"database_owner":"c","database_name":"d"}]"#).unwrap();
        all.push(next.pages[0].clone(), 1);
        all.push("{}".to_owned(), 0);
        assert_eq!(all.databases(), [Database::new("a", "b"), Database::new("c", "d")]);
    }

    #[test]
    fn reading_ends_with_the_first_error() {
        let list = list(
            r#"[{"database_owner":"a","database_name":"b"},{"database_owner":"c","database_name":"d"}]"#,
        );
        let mut seen = 0;
        let ended = list.unwrap().try_for_each(|_, _| {
            seen += 1;
            Err(io::Error::other("full"))
        });
        assert_eq!((seen, ended.unwrap_err().to_string().as_str()), (1, "full"));
    }

    #[test]
    fn the_same_forks_in_the_same_order_have_the_same_fingerprint() {
        let [one, same, other] = [
            r#"[{"database_owner":"a","database_name":"b"}]"#,
            r#"[{"database_name":"b", "database_owner":"\u0061"}]"#,
            r#"[{"database_owner":"ab","database_name":""}]"#,
        ]
        .map(|json| list(json).unwrap().fingerprint());
        assert_eq!(one, same);
        assert_ne!(one, other);
    }

    #[test]
    fn a_list_of_anything_else_is_refused() {
        for json in [
            "{}",
            "[1]",
            r#"["a/b"]"#,
            r#"[{"database_owner":"a"}]"#,
            r#"[{"database_owner":"a","database_name":null}]"#,
            r#"[["a","b"]]"#,
        ] {
            assert!(list(json).is_err(), "{json}");
        }
    }
}
