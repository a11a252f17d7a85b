//! What results look like: a view for each, which knows its JSON document, its rows and its text for people.
//!
//! Users' scripts rely on the keys of the documents: they are only ever added to.

mod created;
mod database;
mod emulator;
mod error;
mod fork;
mod forks;
mod login;
mod response;
mod setting;
mod status;
mod tree;

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;

use crate::names::{Database, Host, Remote};

use super::{Rows, Style, escape};

pub use created::CreatedView;
pub use database::DatabaseView;
pub use emulator::EmulatorView;
pub use error::ErrorView;
pub use fork::{ForkLayout, ForkState, ForkView};
pub use forks::ForksView;
pub use login::{Login, LoginView};
pub use response::{ResponseView, safe_head};
pub use setting::{PathView, SettingView, TokenView};
pub use status::{StatusTable, StatusView};
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

    /// What the columns of the rows are called in a header. Scripts rely on these words.
    fn columns(&self) -> &'static [&'static str];

    /// The graph that it is, as Graphviz reads it; none where it is none.
    fn dot(&self) -> Option<String> {
        None
    }

    /// What is written before it in every form; none before most.
    fn head(&self) -> Option<&str> {
        None
    }

    /// Whether it is JSON by itself, so that a pipe gets its document in the place of rows.
    fn is_document(&self) -> bool {
        false
    }

    /// Whether it is what the service refused with, which `--jq` is not meant for.
    fn is_refusal(&self) -> bool {
        false
    }

    /// Appends the lines that a terminal shows; the service's text in them is escaped.
    fn lines(&self, text: &mut String, style: Style);
}

/// How large a fork network is: v1alpha1 counts its forks, v2 its databases, the root included.
fn network_size(count: u64, counts_root: bool) -> String {
    match (count, counts_root) {
        (0, false) => "no forks".to_owned(),
        (1, false) => "1 fork".to_owned(),
        (count, false) => format!("{count} forks"),
        (1, true) => "1 database".to_owned(),
        (count, true) => format!("{count} databases"),
    }
}

/// Writes a value as JSON that is safe on a terminal.
pub(super) fn write_json(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    Ok(value.serialize(&mut Serializer::with_formatter(out, escape::Safe))?)
}

/// The columns of what is a database and its page.
const DATABASE_AND_URL: &[&str] = &["database", "url"];

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

/// A database and its addresses.
#[derive(Clone, Debug)]
pub struct Place {
    /// Owner and name.
    pub database: Database,
    /// Its page.
    pub url: String,
    /// What `dolt clone` takes; none where it cannot be cloned, as from an emulator.
    pub clone_url: Option<String>,
}

impl Place {
    /// The database, its page on `host`, and where it is cloned from.
    pub fn new(database: Database, host: &Host, remote: Option<&Remote>) -> Self {
        let clone_url = remote.map(|remote| remote.clone_url(&database));
        Place { url: database.page(host), clone_url, database }
    }

    /// Its addresses, as they stand under what was done.
    fn details(&self) -> impl Iterator<Item = &str> {
        [Some(&self.url), self.clone_url.as_ref()].into_iter().flatten().map(String::as_str)
    }
}

/// A database's name and addresses, as they stand at the top of a document.
#[derive(Debug, Serialize)]
struct NamedPlace<'a> {
    owner: &'a str,
    name: &'a str,
    url: &'a str,
    clone_url: Option<&'a str>,
}

impl<'a> From<&'a Place> for NamedPlace<'a> {
    fn from(place: &'a Place) -> Self {
        let Place { database, url, clone_url } = place;
        NamedPlace { owner: &database.owner, name: &database.name, url, clone_url: clone_url.as_deref() }
    }
}

/// A database's name and page, as every list has them.
#[derive(Debug, Serialize)]
struct NamedPage<'a> {
    owner: &'a str,
    name: &'a str,
    url: &'a str,
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
    rows.finish().unwrap();
    String::from_utf8(out).unwrap()
}
