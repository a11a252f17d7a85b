//! What results look like: a view for each, which knows its JSON document, its rows and its text for people.
//!
//! Users' scripts rely on the keys of the documents: they are only ever added to.

mod created;
mod emulator;
mod error;
mod fork;
mod forks;
mod login;
mod tree;

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;

use crate::names::{Database, Host};

use super::{Rows, Style, escape};

pub use created::CreatedView;
pub use emulator::EmulatorView;
pub use error::ErrorView;
pub use fork::{ForkLayout, ForkState, ForkView};
pub use forks::ForksView;
pub use login::{Login, LoginView};
pub use tree::TreeView;

/// A result that can be shown in every form.
pub trait View {
    /// Writes the document of `--json`, without the line break after it.
    ///
    /// # Errors
    /// When stdout is closed or full.
    fn json(&self, out: &mut dyn Write) -> io::Result<()>;

    /// Writes the rows that a pipe gets.
    ///
    /// # Errors
    /// When stdout is closed or full.
    fn rows(&self, rows: &mut Rows<'_>) -> io::Result<()>;

    /// Appends the lines that a terminal shows; the service's text in them is escaped.
    fn lines(&self, text: &mut String, style: Style);
}

/// Writes a value as JSON that is safe on a terminal.
pub(super) fn write_json(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    Ok(value.serialize(&mut Serializer::with_formatter(out, escape::Safe))?)
}

/// A database's name, as every document has it.
#[derive(Debug, Serialize)]
struct Name<'a> {
    owner: &'a str,
    name: &'a str,
}

impl<'a> From<&'a Database> for Name<'a> {
    fn from(database: &'a Database) -> Self {
        Name { owner: &database.owner, name: &database.name }
    }
}

/// A database and the address of its page.
#[derive(Clone, Debug)]
pub struct Place {
    /// Owner and name.
    pub database: Database,
    /// Its page.
    pub url: String,
}

impl Place {
    /// The database and its page on `host`.
    pub fn new(database: Database, host: &Host) -> Self {
        Place { url: database.page(host), database }
    }
}

/// A database's name and page, as every document has them.
#[derive(Debug, Serialize)]
struct NamedPage<'a> {
    owner: &'a str,
    name: &'a str,
    url: &'a str,
}

impl<'a> From<&'a Place> for NamedPage<'a> {
    fn from(place: &'a Place) -> Self {
        NamedPage { owner: &place.database.owner, name: &place.database.name, url: &place.url }
    }
}

#[cfg(test)]
fn json(view: &impl View) -> String {
    let mut out = Vec::new();
    view.json(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[cfg(test)]
fn rows(view: &impl View) -> String {
    let mut out = Vec::new();
    let mut rows = Rows::new(&mut out);
    view.rows(&mut rows).unwrap();
    rows.flush().unwrap();
    String::from_utf8(out).unwrap()
}
