//! `db create`

use std::io::{self, Write};

use serde::Serialize;

use super::{DATABASE_AND_URL, Name, Place, View, write_json};
use crate::output::{Rows, Style};

/// A database that exists now.
#[derive(Debug)]
pub struct CreatedView {
    /// Where it is.
    pub place: Place,
    /// `public` or `private`, where known.
    pub visibility: Option<String>,
    /// The service's words.
    pub description: Option<String>,
    /// Whether this call created it; none where the response was lost and it exists now.
    pub created: Option<bool>,
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    name: Name<'a>,
    visibility: Option<&'a str>,
    description: Option<&'a str>,
    url: &'a str,
    clone_url: Option<&'a str>,
    created: Option<bool>,
}

impl View for CreatedView {
    fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        let document = Document {
            name: (&self.place.database).into(),
            visibility: self.visibility.as_deref(),
            description: self.description.as_deref(),
            url: &self.place.url,
            clone_url: self.place.clone_url.as_deref(),
            created: self.created,
        };
        write_json(out, &document)
    }

    fn rows(&self, rows: &mut Rows<'_>) -> io::Result<()> {
        rows.row(&[&self.place.database.to_string(), &self.place.url])
    }

    fn columns(&self) -> &'static [&'static str] {
        DATABASE_AND_URL
    }

    fn lines(&self, text: &mut String, style: Style) {
        let verb = if self.created == Some(true) { "Created" } else { "Already exists:" };
        let visibility = self.visibility.as_ref().map(|word| format!(" ({word})")).unwrap_or_default();
        let details: Vec<&str> = self.place.details().filter(|_| !style.several).collect();
        style.success(text, &format!("{verb} {}{visibility}", self.place.database), &details);
    }
}

#[cfg(test)]
mod tests {
    use super::super::json;
    use super::*;
    use crate::names::Database;

    #[test]
    fn the_keys_of_a_created_database_are_as_designed() {
        let view = CreatedView {
            place: Place {
                database: Database::new("dolthub", "museum-collections"),
                url: "https://x".to_owned(),
                clone_url: None,
            },
            visibility: Some("public".to_owned()),
            description: None,
            created: Some(true),
        };
        assert_eq!(
            json(&view),
            r#"{"owner":"dolthub","name":"museum-collections","visibility":"public","description":null,"url":"https://x","clone_url":null,"created":true}"#
        );
    }
}
