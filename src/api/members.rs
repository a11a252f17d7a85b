//! The forks that an answer lists, kept as marks in the answer's own text: half a million take little more memory than
//! the answer, and no time of their own.

use std::fmt;

use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::names::Database;

/// The forks of an answer, in its order.
#[derive(Clone, Default)]
pub struct Members {
    /// The answer.
    text: String,
    marks: Marks,
}

impl Members {
    /// The forks marked in the very text that they were read from, which is UTF-8.
    pub(super) fn new(text: Vec<u8>, mut marks: Marks) -> Self {
        let text = String::from_utf8(text).unwrap_or_default();
        let start = low(text.as_ptr());
        for mark in marks.members.as_flattened_mut().iter_mut().filter(|mark| mark.length & UNESCAPED == 0) {
            // An answer is shorter than what half an address can count.
            mark.start = mark.start.wrapping_sub(start);
        }
        Members { text, marks }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.marks.members.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.marks.members.is_empty()
    }

    /// Owner and name of each.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        self.marks.members.iter().map(|[owner, name]| (self.text(*owner), self.text(*name)))
    }

    /// Each as a database.
    pub fn databases(&self) -> impl ExactSizeIterator<Item = Database> {
        self.iter().map(|(owner, name)| Database::new(owner, name))
    }

    fn text(&self, mark: Mark) -> &str {
        let source = if mark.length & UNESCAPED == 0 { &self.text } else { &self.marks.unescaped };
        let start = mark.start as usize;
        let length = (mark.length & !UNESCAPED) as usize;
        source.get(start..start + length).unwrap_or_default()
    }
}

impl fmt::Debug for Members {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

/// Where the names of forks stand in a text; what is written with escapes there is kept apart.
#[derive(Clone, Default)]
pub(super) struct Marks {
    members: Vec<[Mark; 2]>,
    unescaped: String,
}

/// A text: where it starts in the answer or, with [`UNESCAPED`] in the length, in the unescaped texts. While the answer is
/// being read nobody knows where it begins, so that the lower half of the address stands in the start's place.
#[derive(Clone, Copy)]
struct Mark {
    start: u32,
    length: u32,
}

const UNESCAPED: u32 = 1 << 31;

/// The lower half of an address.
fn low(address: *const u8) -> u32 {
    (address as usize & 0xffff_ffff) as u32
}

impl Marks {
    fn mark(&mut self, name: Name<'_>) -> Option<Mark> {
        let length = |text: &str| u32::try_from(text.len()).ok().filter(|length| length & UNESCAPED == 0);
        Some(match name {
            Name::Plain(text) => Mark { start: low(text.as_ptr()), length: length(text)? },
            Name::Unescaped(text) => {
                let start = u32::try_from(self.unescaped.len()).ok()?;
                self.unescaped.push_str(&text);
                Mark { start, length: length(&text)? | UNESCAPED }
            }
        })
    }
}

impl<'de> Deserialize<'de> for Marks {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct List;

        impl<'de> Visitor<'de> for List {
            type Value = Marks;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of forks")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Marks, A::Error> {
                let mut marks = Marks::default();
                while let Some(Member { owner, name }) = list.next_element()? {
                    let too_long = || A::Error::custom("a name is too long");
                    let owner = marks.mark(owner).ok_or_else(too_long)?;
                    let name = marks.mark(name).ok_or_else(too_long)?;
                    marks.members.push([owner, name]);
                }
                Ok(marks)
            }
        }

        deserializer.deserialize_seq(List)
    }
}

/// An element of the list; other fields are ignored.
struct Member<'a> {
    owner: Name<'a>,
    name: Name<'a>,
}

impl<'de> Deserialize<'de> for Member<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(field_identifier, rename_all = "snake_case")]
        enum Field {
            DatabaseOwner,
            DatabaseName,
            #[serde(other)]
            Other,
        }

        struct Object;

        impl<'de> Visitor<'de> for Object {
            type Value = Member<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a fork")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Member<'de>, A::Error> {
                let (mut owner, mut name) = (None, None);
                while let Some(field) = fields.next_key()? {
                    match field {
                        Field::DatabaseOwner => owner = Some(fields.next_value()?),
                        Field::DatabaseName => name = Some(fields.next_value()?),
                        Field::Other => drop(fields.next_value::<serde::de::IgnoredAny>()?),
                    }
                }
                Ok(Member {
                    owner: owner.ok_or_else(|| A::Error::missing_field("database_owner"))?,
                    name: name.ok_or_else(|| A::Error::missing_field("database_name"))?,
                })
            }
        }

        deserializer.deserialize_map(Object)
    }
}

/// A text as it stands in the answer, or what its escapes mean.
enum Name<'a> {
    Plain(&'a str),
    Unescaped(String),
}

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;

        impl<'de> Visitor<'de> for Text {
            type Value = Name<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Name<'de>, E> {
                Ok(Name::Plain(text))
            }

            fn visit_str<E>(self, text: &str) -> Result<Name<'de>, E> {
                Ok(Name::Unescaped(text.to_owned()))
            }
        }

        deserializer.deserialize_str(Text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn members(json: &str) -> Result<Members, serde_json::Error> {
        let text = json.as_bytes().to_vec();
        let marks = serde_json::from_slice(&text)?;
        Ok(Members::new(text, marks))
    }

    #[test]
    fn names_are_read_in_order_plain_and_with_escapes_and_other_fields_are_ignored() {
        let members = members(
            r#"[{"database_owner":"a","database_name":"b"},
                {"x":{"y":[1,"}"]},"database_name":"\u0062\"ü","database_owner":"ö"},
                {"database_owner":"","database_name":"\n"}]"#,
        )
        .unwrap();
        assert_eq!(members.len(), 3);
        let names: Vec<_> = members.iter().collect();
        assert_eq!(names, [("a", "b"), ("ö", "b\"ü"), ("", "\n")]);
        assert_eq!(members.databases().next().unwrap(), Database::new("a", "b"));
    }

    #[test]
    fn a_clone_reads_from_its_own_text() {
        let first = members(r#"[{"database_owner":"a","database_name":"b\u0063"}]"#).unwrap();
        let second = first.clone();
        drop(first);
        assert_eq!(second.iter().collect::<Vec<_>>(), [("a", "bc")]);
    }

    #[test]
    fn what_is_no_list_of_forks_is_none() {
        for json in [
            "{}",
            "[1]",
            r#"["a/b"]"#,
            r#"[{"database_owner":"a"}]"#,
            r#"[{"database_owner":"a","database_name":null}]"#,
            r#"[["a","b"]]"#,
        ] {
            assert!(members(json).is_err(), "{json}");
        }
    }
}
