//! `db forks`

use std::io::{self, Write};

use serde::{Serialize, Serializer};

use super::{DATABASE_AND_URL, Name, NamedPage, NamedPlace, Place, View, network_size, write_json};
use crate::api::{DatabaseInfo, ForkList, Forks};
use crate::names::{Host, Remote, push_page};
use crate::output::{Rows, Style, escape, table};

/// The forks in a database's fork network. Pages are made when they are written: there may be half a million.
pub struct ForksView<'a> {
    /// What the service lists.
    pub forks: &'a Forks,
    /// Where the pages are.
    pub host: &'a Host,
    /// Where the databases are cloned from.
    pub remote: Option<&'a Remote>,
    /// Whether these are the immediate forks alone, and the network is counted with its root.
    pub are_children: bool,
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    place: NamedPlace<'a>,
    parent: Option<Name<'a>>,
    root: Option<Name<'a>>,
    fork_network_count: Option<u64>,
    #[serde(serialize_with = "list")]
    forks: &'a ForksView<'a>,
}

fn list<S: Serializer>(view: &&ForksView<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    use serde::ser::SerializeSeq;

    let mut list = serializer.serialize_seq(Some(view.list().len()))?;
    let mut url = String::new();
    view.list().try_for_each(|owner, name| {
        url.clear();
        push_page(&mut url, view.host, (owner, name));
        list.serialize_element(&NamedPage { owner, name, url: &url })
    })?;
    list.end()
}

impl ForksView<'_> {
    fn list(&self) -> &ForkList {
        &self.forks.list
    }
}

impl View for ForksView<'_> {
    fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        let DatabaseInfo { database, parent, root, fork_network_count, .. } = &self.forks.info;
        let place = Place::new(database.clone(), self.host, self.remote);
        let document = Document {
            place: (&place).into(),
            parent: parent.as_ref().map(Into::into),
            root: root.as_ref().map(Into::into),
            fork_network_count: *fork_network_count,
            forks: self,
        };
        write_json(out, &document)
    }

    fn rows(&self, rows: &mut Rows<'_>) -> io::Result<()> {
        self.list().try_for_each(|owner, name| {
            rows.database_and_page((owner, name), self.host);
            rows.end()
        })
    }

    fn columns(&self) -> &'static [&'static str] {
        DATABASE_AND_URL
    }

    fn lines(&self, text: &mut String, style: Style) {
        let info = &self.forks.info;
        text.push_str(&escape::line(&descent(info)));
        text.push('\n');
        if let Some(count) = info.fork_network_count {
            text.push_str(&format!("its network has {}\n", network_size(count, self.are_children)));
        }
        if self.list().is_empty() {
            return;
        }
        let forks = self.list().databases();
        let cells: Vec<[String; 2]> =
            forks.iter().map(|fork| [fork.to_string(), fork.page(self.host)]).collect();
        let rows: Vec<[&str; 2]> = cells.iter().map(|[name, url]| [name.as_str(), url]).collect();
        text.push('\n');
        text.push_str(&table::databases(&rows, style));
    }
}

/// What it is a fork of.
fn descent(info: &DatabaseInfo) -> String {
    let database = &info.database;
    match (&info.parent, &info.root) {
        (Some(parent), Some(root)) if root != parent => {
            format!("{database} is a fork of {parent}, in the network of {root}")
        }
        (Some(parent), _) => format!("{database} is a fork of {parent}"),
        (None, _) => format!("{database} is not a fork"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::json;
    use super::*;
    use crate::api::Keys;
    use crate::names::Database;

    const KEYS: Keys = Keys { list: "data", owner: "owner", name: "name" };

    #[test]
    fn the_keys_of_a_fork_list_are_as_designed() {
        let museum = Database::new("dolthub", "museum-collections");
        let mut list = ForkList::empty(&KEYS);
        list.push(r#"{"data":[{"owner":"taylor","name":"museum-collections"}]}"#.to_owned(), 1);
        let info = DatabaseInfo {
            database: museum.clone(),
            parent: None,
            root: Some(museum),
            fork_network_count: Some(3),
            visibility: None,
        };
        let view = ForksView {
            forks: &Forks { info, list },
            host: &Host::dolthub(),
            remote: None,
            are_children: false,
        };
        assert_eq!(
            json(&view),
            r#"{"owner":"dolthub","name":"museum-collections","url":"https://www.dolthub.com/repositories/dolthub/museum-collections","clone_url":null,"parent":null,"root":{"owner":"dolthub","name":"museum-collections"},"fork_network_count":3,"forks":[{"owner":"taylor","name":"museum-collections","url":"https://www.dolthub.com/repositories/taylor/museum-collections"}]}"#
        );
    }
}
