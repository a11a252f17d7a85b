//! What stands in the config file and is read by nothing: a note for each, with its line and what was meant. Never its value.

use std::collections::HashSet;
use std::fmt::Write;
use std::path::Path;

use toml_edit::{Document, Item, TableLike};

use crate::names::{Host, without_password};

use super::keys::{self, Scope};
use super::line_of;

/// More notes than this say no more.
const MAX_NOTES: usize = 5;

/// A key that nothing reads.
struct Unknown {
    /// Where it stands in the text.
    offset: usize,
    /// What is the matter, and what to write.
    why: String,
}

/// The notes for all keys of the file that nothing reads.
pub fn notes(document: &Document<String>, path: &Path) -> Vec<String> {
    let mut search = Search::default();
    for (name, item) in document.as_table().iter() {
        match item.as_table_like() {
            Some(hosts) if name == HOSTS => search.hosts(hosts),
            Some(_) if keys::is_known(Scope::Top, name) => {
                let why = format!("nothing reads the table {name}; a host's is [hosts.\"www.dolthub.com\"]");
                search.add(document.as_table(), name, why);
            }
            _ if name == HOSTS || keys::is_known(Scope::Top, name) => {}
            table => search.top(document.as_table(), name, table.is_some()),
        }
    }
    let mut found = search.found;
    found.sort_by_key(|unknown| unknown.offset);
    let more = found.len().saturating_sub(MAX_NOTES);
    let mut notes: Vec<String> = found
        .iter()
        .take(MAX_NOTES)
        .map(|Unknown { offset, why }| {
            format!("{} line {}: {why}", path.display(), line_of(document.raw(), *offset))
        })
        .collect();
    if let (Some(last), 1..) = (notes.last_mut(), more) {
        let _ = write!(last, " (and {more} more that nothing reads)");
    }
    notes
}

const HOSTS: &str = "hosts";

#[derive(Default)]
struct Search {
    found: Vec<Unknown>,
}

impl Search {
    fn top(&mut self, table: &dyn TableLike, name: &str, is_table: bool) {
        let shown = shown(name);
        let why = if keys::is_known(Scope::Host, name) {
            format!(
                "nothing reads {shown} here: it belongs to a host, below a line such as [hosts.\"www.dolthub.com\"]"
            )
        } else if is_table && name.contains(['.', ':']) {
            format!("nothing reads [\"{shown}\"]; a host is written [hosts.\"{shown}\"]")
        } else {
            self.add(table, name, unknown(name, Scope::Top));
            return;
        };
        self.add(table, name, why);
    }

    fn hosts(&mut self, hosts: &dyn TableLike) {
        let mut seen = HashSet::new();
        for (name, item) in hosts.iter() {
            let shown = shown(name);
            let Some(entry) = item.as_table_like() else {
                // One that stands for the host in use is an error, which says more.
                if keys::is_known(Scope::Host, name) {
                    let why = format!(
                        "nothing reads {shown} here: it belongs below a line such as [hosts.\"www.dolthub.com\"]"
                    );
                    self.add(hosts, name, why);
                }
                continue;
            };
            match Host::read(name).ok().filter(|_| name.trim() == name).ok_or(()) {
                Err(()) => {
                    self.add(hosts, name, format!("nothing reads [hosts.\"{shown}\"]: it is not a host"))
                }
                Ok(host) if !seen.insert(host.key().to_owned()) => {
                    let why = format!("nothing reads [hosts.\"{shown}\"]: the same host has an entry above");
                    self.add(hosts, name, why);
                }
                Ok(_) => self.entry(name, entry),
            }
        }
    }

    fn entry(&mut self, host: &str, entry: &dyn TableLike) {
        for (name, item) in entry.iter().filter(|(name, _)| !keys::is_known(Scope::Host, name)) {
            match item.as_table_like() {
                // A host that was not quoted has its first part here.
                Some(table) if !host.contains(['.', ':']) => {
                    self.nested(&format!("{host}.{name}"), entry, name, table)
                }
                _ => self.add(entry, name, unknown(name, Scope::Host)),
            }
        }
    }

    /// Tables in an entry: a host's name without quotes, which TOML takes apart at its dots.
    fn nested(&mut self, host: &str, parent: &dyn TableLike, name: &str, table: &dyn TableLike) {
        let inner = |(name, item): &(&str, &Item)| item.is_table_like() && !keys::is_known(Scope::Host, name);
        if table.is_empty() || !table.iter().all(|child| inner(&child)) {
            let host = shown(host);
            self.add(
                parent,
                name,
                format!("nothing reads [hosts.{host}]: the host needs quotes, [hosts.\"{host}\"]"),
            );
        }
        for (name, item) in table.iter().filter(inner) {
            if let Some(inner) = item.as_table_like() {
                self.nested(&format!("{host}.{name}"), table, name, inner);
            }
        }
    }

    fn add(&mut self, table: &dyn TableLike, name: &str, why: String) {
        let span = table.key(name).and_then(toml_edit::Key::span);
        self.found.push(Unknown { offset: span.map_or(0, |span| span.start), why });
    }
}

/// What to write instead of a key: the nearest one, else all of them.
fn unknown(name: &str, scope: Scope) -> String {
    /// From here on two words look alike.
    const ALIKE: f64 = 0.75;
    let known = || keys::names(scope).chain((scope == Scope::Top).then_some(HOSTS));
    let lower = name.to_lowercase().replace('-', "_");
    let nearest_of = |known: &mut dyn Iterator<Item = &'static str>| {
        known
            .map(|known| (strsim::jaro_winkler(&lower, known), known))
            .filter(|&(alike, known)| alike >= ALIKE && lower.len() + 2 > known.len())
            .max_by(|one, other| one.0.total_cmp(&other.0))
    };
    let nearest = nearest_of(&mut known());
    let below_a_host = nearest_of(&mut keys::names(Scope::Host))
        .filter(|(alike, _)| scope == Scope::Top && nearest.is_none_or(|(top, _)| *alike > top));
    if let Some((_, nearest)) = below_a_host {
        let shown = shown(name);
        return format!(
            "nothing reads {shown}; did you mean {nearest}, below a line such as [hosts.\"www.dolthub.com\"]?"
        );
    }
    match nearest {
        Some((_, nearest)) => format!("nothing reads {}; did you mean {nearest}?", shown(name)),
        None => {
            let all: Vec<&str> = known().collect();
            format!("nothing reads {}; the keys here are {}", shown(name), all.join(", "))
        }
    }
}

/// A key as a note shows it: a long one is cut, and a password in an address is hidden.
fn shown(name: &str) -> String {
    const MAX_CHARS: usize = 60;
    let name = without_password(name);
    match name.char_indices().nth(MAX_CHARS) {
        Some((end, _)) => format!("{}…", name.get(..end).unwrap_or_default()),
        None => name.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notes_of(text: &str) -> Vec<String> {
        let document = Document::parse(text.to_owned()).unwrap();
        let notes = notes(&document, Path::new("config.toml"));
        assert!(!notes.iter().any(|note| note.contains("secret")), "{notes:?}");
        notes
    }

    #[test]
    fn every_key_that_nothing_reads_is_named_with_its_line_and_what_was_meant() {
        for (text, line, parts) in [
            ("owner = \"secret\"", 1, ["owner", "[hosts.\"www.dolthub.com\"]"]),
            ("\n\nhots = \"secret\"", 3, ["hots", "host?"]),
            ("[host_]\nx = \"secret\"", 1, ["host_", "host"]),
            ("a = 1\n", 1, ["nothing reads a", "host, hosts"]),
            (
                "[\"www.dolthub.com\"]\ntoken = \"secret\"",
                1,
                ["[\"www.dolthub.com\"]", "[hosts.\"www.dolthub.com\"]"],
            ),
            ("[hosts.\"www.dolthub.com\"]\ntokn = \"secret\"", 2, ["tokn", "token?"]),
            ("[hosts.x]\nToken = \"secret\"", 2, ["Token", "token?"]),
            ("[hosts.x]\nallow-http = true", 2, ["allow-http", "allow_http?"]),
            ("[hosts.x]\nca-file = \"secret\"", 2, ["ca-file", "ca_file?"]),
            ("hosts.x = { tokn = \"secret\" }", 1, ["tokn", "token?"]),
            ("[hosts]\ntoken = \"secret\"", 2, ["token", "[hosts.\"www.dolthub.com\"]"]),
            (
                "[hosts.www.dolthub.com]\ntoken = \"secret\"",
                1,
                ["[hosts.www.dolthub.com]", "[hosts.\"www.dolthub.com\"]"],
            ),
            ("\n[hosts]\nwww.dolthub.com.token = \"secret\"", 3, ["quotes", "[hosts.\"www.dolthub.com\"]"]),
            ("hosts.lab.corp = {}", 1, ["quotes", "[hosts.\"lab.corp\"]"]),
            ("[hosts.\"lab corp\"]\ntoken = \"secret\"", 1, ["lab corp", "not a host"]),
            (
                "[hosts.\"dolthub.com\"]\n[hosts.\"www.dolthub.com\"]\nowner = \"secret\"",
                2,
                ["www.dolthub.com", "above"],
            ),
        ] {
            let notes = notes_of(text);
            let [note] = notes.as_slice() else { panic!("{text}: {notes:?}") };
            assert!(note.starts_with(&format!("config.toml line {line}: ")), "{text}: {note}");
            assert!(parts.iter().all(|part| note.contains(part)), "{text}: {note}");
        }
    }

    #[test]
    fn what_is_read_gets_no_note() {
        let keys = "user = \"u\"\ntoken = \"secret\"\nowner = \"o\"\nvisibility = \"private\"\nca_file = \"c\"\n\
                    allow_http = true\napi = \"v2\"\nremote = \"https://lab:50051\"\n";
        let text = format!(
            "host = \"lab\"\n[hosts.\"lab\"]\n{keys}[hosts.\"x:1/y\"]\ntoken_command = [\"secret\"]\n"
        );
        assert_eq!(notes_of(&text), [""; 0]);
        assert_eq!(notes_of(""), [""; 0]);
    }

    #[test]
    fn many_of_them_get_few_notes() {
        let text: String = (0..1000).map(|n| format!("unheard{n} = \"secret\"\n")).collect();
        let notes = notes_of(&format!("\"{}\" = 1\n{text}", "x".repeat(10_000)));
        assert_eq!(notes.len(), MAX_NOTES);
        assert!(notes.iter().all(|note| note.len() < 200), "{notes:?}");
        assert!(notes[4].ends_with("(and 996 more that nothing reads)"), "{notes:?}");
    }
}
