//! `db view`

use std::io::{self, Write};

use serde::Serialize;

use super::{Name, NamedPlace, Place, View, network_size, write_json};
use crate::api::DatabaseDetails;
use crate::names::{Database, Host, Remote};
use crate::output::{Rows, Style, escape};

/// What a database is.
#[derive(Debug)]
pub struct DatabaseView {
    /// Where it is.
    place: Place,
    /// What the service says of it.
    details: DatabaseDetails,
    /// Whether the service counts the root along with the forks.
    counts_root: bool,
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    place: NamedPlace<'a>,
    visibility: Option<&'a str>,
    parent: Option<Name<'a>>,
    root: Option<Name<'a>>,
    fork_network_count: Option<u64>,
    size_bytes: Option<u64>,
    last_write_at: Option<&'a str>,
    stars: Option<u64>,
}

impl DatabaseView {
    /// A database with its page on `host` and where it is cloned from. `counts_root`: v2 counts all databases of a network,
    /// v1alpha1 those that are forks.
    pub fn new(details: DatabaseDetails, host: &Host, remote: Option<&Remote>, counts_root: bool) -> Self {
        let place = Place::new(details.info.database.clone(), host, remote);
        DatabaseView { place, details, counts_root }
    }
}

impl View for DatabaseView {
    fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        let DatabaseDetails { info, size_bytes, last_write_at, stars } = &self.details;
        let document = Document {
            place: (&self.place).into(),
            visibility: info.visibility.as_deref(),
            parent: info.parent.as_ref().map(Into::into),
            root: info.root.as_ref().map(Into::into),
            fork_network_count: info.fork_network_count,
            size_bytes: *size_bytes,
            last_write_at: last_write_at.as_deref(),
            stars: *stars,
        };
        write_json(out, &document)
    }

    fn rows(&self, rows: &mut Rows<'_>) -> io::Result<()> {
        let DatabaseDetails { info, .. } = &self.details;
        rows.database(info.database.parts());
        rows.field(&self.place.url);
        rows.field(self.place.clone_url.as_deref().unwrap_or_default());
        for database in [&info.parent, &info.root] {
            match database {
                Some(database) => rows.database(database.parts()),
                None => rows.field(""),
            }
        }
        rows.field(&info.fork_network_count.map(|count| count.to_string()).unwrap_or_default());
        rows.field(info.visibility.as_deref().unwrap_or_default());
        rows.end()
    }

    fn columns(&self) -> &'static [&'static str] {
        &["database", "url", "clone_url", "parent", "root", "fork_network_count", "visibility"]
    }

    fn lines(&self, text: &mut String, style: Style) {
        let DatabaseDetails { info, size_bytes, last_write_at, stars } = &self.details;
        let bold = if style.color { anstyle::Style::new().bold() } else { anstyle::Style::new() };
        let name = info.database.to_string();
        text.push_str(&format!("{bold}{}{bold:#}\n", escape::line(&name)));
        let name = |database: &Option<Database>| database.as_ref().map(ToString::to_string);
        let count = info.fork_network_count;
        let (forks, databases) = if self.counts_root { (None, count) } else { (count, None) };
        for (label, value) in [
            ("Page", Some(self.place.url.clone())),
            ("Clone", self.place.clone_url.clone()),
            ("Parent", name(&info.parent)),
            ("Root", name(&info.root)),
            ("Forks", forks.map(|count| format!("{count} in the network"))),
            ("Network", databases.map(|count| network_size(count, true))),
            ("Visibility", info.visibility.clone()),
            ("Size", size_bytes.map(|size| format!("{size} bytes"))),
            ("Written", last_write_at.clone()),
            ("Stars", stars.map(|stars| stars.to_string())),
        ] {
            if let Some(value) = value {
                text.push_str(&format!("  {label:<10}  {}\n", escape::line(&value)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{json, rows};
    use super::*;
    use crate::api::DatabaseInfo;

    const STYLE: Style = Style { width: 80, utf8: true, color: false, links: false, several: false };

    fn view(details: impl FnOnce(DatabaseDetails) -> DatabaseDetails) -> DatabaseView {
        let info = DatabaseInfo {
            database: Database::new("taylor", "x"),
            parent: Some(Database::new("dolthub", "x")),
            root: Some(Database::new("jdoe", "x")),
            fork_network_count: Some(3),
            visibility: None,
        };
        let host = Host::dolthub();
        DatabaseView::new(details(info.into()), &host, Some(&Remote::of(&host)), false)
    }

    fn with_visibility(mut details: DatabaseDetails, visibility: &str) -> DatabaseDetails {
        details.info.visibility = Some(visibility.to_owned());
        details
    }

    fn full(details: DatabaseDetails) -> DatabaseDetails {
        DatabaseDetails {
            size_bytes: Some(4096),
            last_write_at: Some("2026-11-25T12:00:00Z".to_owned()),
            stars: Some(2),
            ..with_visibility(details, "public")
        }
    }

    #[test]
    fn the_keys_are_those_of_a_fork_list_and_null_where_unknown() {
        let start = r#"{"owner":"taylor","name":"x","url":"https://www.dolthub.com/repositories/taylor/x","clone_url":"https://doltremoteapi.dolthub.com/taylor/x""#;
        let place = r#""parent":{"owner":"dolthub","name":"x"},"root":{"owner":"jdoe","name":"x"},"fork_network_count":3"#;
        assert_eq!(
            json(&view(full)),
            format!(
                r#"{start},"visibility":"public",{place},"size_bytes":4096,"last_write_at":"2026-11-25T12:00:00Z","stars":2}}"#
            )
        );
        assert_eq!(
            json(&view(|details| details)),
            format!(
                r#"{start},"visibility":null,{place},"size_bytes":null,"last_write_at":null,"stars":null}}"#
            )
        );
    }

    #[test]
    fn a_row_has_seven_fields_each_empty_where_unknown() {
        let start = "taylor/x\thttps://www.dolthub.com/repositories/taylor/x\thttps://doltremoteapi.dolthub.com/taylor/x";
        assert_eq!(rows(&view(full)), format!("{start}\tdolthub/x\tjdoe/x\t3\tpublic\n"));
        let bare = DatabaseInfo {
            database: Database::new("a", "b"),
            parent: None,
            root: None,
            fork_network_count: None,
            visibility: None,
        };
        let bare = DatabaseView::new(bare.into(), &Host::parse("http://lab").unwrap(), None, false);
        assert_eq!(rows(&bare), "a/b\thttp://lab/repositories/a/b\t\t\t\t\t\n");
        let mut lines = String::new();
        bare.lines(&mut lines, STYLE);
        assert_eq!(lines, "a/b\n  Page        http://lab/repositories/a/b\n");
    }

    #[test]
    fn a_terminal_gets_a_line_for_each_thing_that_is_known() {
        let mut lines = String::new();
        view(|details| with_visibility(details, "x\u{1b}[2J\ny")).lines(&mut lines, STYLE);
        assert_eq!(
            lines,
            "taylor/x\n  Page        https://www.dolthub.com/repositories/taylor/x\n  \
             Clone       https://doltremoteapi.dolthub.com/taylor/x\n  Parent      dolthub/x\n  \
             Root        jdoe/x\n  Forks       3 in the network\n  Visibility  x\\u{1b}[2J y\n"
        );
    }

    #[test]
    fn a_network_that_is_counted_with_its_root_is_one_of_databases() {
        let mut lines = String::new();
        DatabaseView { counts_root: true, ..view(full) }.lines(&mut lines, STYLE);
        assert!(lines.contains("\n  Network     3 databases\n") && !lines.contains("Forks"), "{lines}");
    }
}
