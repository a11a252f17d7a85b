//! The forks that responses list. The names are kept close together and nothing else of a response: half a million forks
//! take half the memory of the responses that list them.

use std::borrow::Cow;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::names::Database;

/// What the parts of a fork are called in a response.
#[derive(Debug)]
pub struct Keys {
    /// The field that holds the owner.
    pub owner: &'static str,
    /// The field that holds the name.
    pub name: &'static str,
}

/// The forks of one or more responses, in their order.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct ForkList {
    /// Owner and name of each, one after the other.
    text: String,
    /// The bytes of each owner and name in the text.
    lengths: Vec<[u32; 2]>,
}

impl ForkList {
    /// Reads a list, and appends its forks.
    ///
    /// # Errors
    /// When an element is no fork.
    pub fn read<'de, D: Deserializer<'de>>(&mut self, list: D, keys: &'static Keys) -> Result<(), D::Error> {
        list.deserialize_seq(List { keys, forks: self })
    }

    /// Appends a fork. False where its name is longer than any list can hold.
    fn push(&mut self, owner: &str, name: &str) -> bool {
        let (Ok(owner_length), Ok(name_length)) = (owner.len().try_into(), name.len().try_into()) else {
            return false;
        };
        self.text.push_str(owner);
        self.text.push_str(name);
        self.lengths.push([owner_length, name_length]);
        true
    }

    /// The number of forks.
    pub fn len(&self) -> usize {
        self.lengths.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.lengths.is_empty()
    }

    /// Owner and name of each fork.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        let mut rest = self.text.as_str();
        let mut take = move |length: u32| {
            let (taken, after) = rest.split_at(length as usize);
            rest = after;
            taken
        };
        self.lengths.iter().map(move |&[owner, name]| (take(owner), take(name)))
    }

    /// Each fork as a database.
    pub fn databases(&self) -> impl ExactSizeIterator<Item = Database> {
        self.iter().map(|(owner, name)| Database::new(owner, name))
    }

    /// A number that lists of the same forks in the same order share.
    pub fn fingerprint(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.hash(&mut hasher);
        hasher.finish()
    }
}

impl fmt::Debug for ForkList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

/// A list, while it is read.
struct List<'a> {
    keys: &'static Keys,
    forks: &'a mut ForkList,
}

/// One element of a list.
struct Fork<'a> {
    keys: &'static Keys,
    forks: &'a mut ForkList,
}

/// Borrowed where the response is in memory and the text has no escapes.
#[derive(Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de> Visitor<'de> for List<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of forks")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while list.next_element_seed(Fork { keys: self.keys, forks: &mut *self.forks })?.is_some() {}
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Fork<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, fork: D) -> Result<(), D::Error> {
        fork.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Fork<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a fork")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<(), A::Error> {
        let (mut owner, mut name) = (None, None);
        while let Some(field) = fields.next_key_seed(Field(self.keys))? {
            match field {
                Part::Owner => owner = Some(fields.next_value::<Text<'_>>()?),
                Part::Name => name = Some(fields.next_value::<Text<'_>>()?),
                Part::Other => drop(fields.next_value::<IgnoredAny>()?),
            }
        }
        let Text(owner) = owner.ok_or_else(|| A::Error::missing_field(self.keys.owner))?;
        let Text(name) = name.ok_or_else(|| A::Error::missing_field(self.keys.name))?;
        if self.forks.push(&owner, &name) { Ok(()) } else { Err(A::Error::custom("a name is too long")) }
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
    use super::*;

    const KEYS: Keys = Keys { owner: "database_owner", name: "database_name" };

    /// What is read of a list, from memory and from a stream.
    fn list(json: &str) -> Result<ForkList, serde_json::Error> {
        let [mut one, mut other] = [ForkList::default(), ForkList::default()];
        one.read(&mut serde_json::Deserializer::from_str(json), &KEYS)?;
        other.read(&mut serde_json::Deserializer::from_reader(json.as_bytes()), &KEYS)?;
        assert_eq!(one, other);
        Ok(one)
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
        assert_eq!(list.iter().collect::<Vec<_>>(), [("a", "b"), ("ö", "b\"ü"), ("", "\n")]);
    }

    #[test]
    fn several_responses_are_one_list() {
        let mut all = list(r#"[{"database_owner":"a","database_name":"b"}]"#).unwrap();
        let more = r#"[{"database_owner":"c","database_name":"d"}]"#;
        all.read(&mut serde_json::Deserializer::from_str(more), &KEYS).unwrap();
        assert_eq!(all.iter().collect::<Vec<_>>(), [("a", "b"), ("c", "d")]);
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
