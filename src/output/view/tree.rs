//! A fork network as a tree, for people, for pipes and for programs. No depth is too deep for it.

use std::fmt::Write as _;
use std::io::{self, Write};

use anstyle::AnsiColor;

use super::View;
use crate::names::{Host, Remote};
use crate::network::{Member, Tree};
use crate::output::{Rows, Style, escape};

/// A fork network, from its root down.
pub struct TreeView<'a> {
    /// The network.
    pub tree: &'a Tree,
    /// Where the pages are.
    pub host: &'a Host,
    /// Where the databases are cloned from.
    pub remote: Option<&'a Remote>,
}

impl View for TreeView<'_> {
    fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(escape::json(&json(self.tree, self.host, self.remote)).as_bytes())
    }

    fn rows(&self, out: &mut Rows<'_>) -> io::Result<()> {
        rows(self.tree, self.host, out)
    }

    fn lines(&self, text: &mut String, style: Style) {
        text.push_str(&lines(self.tree, style));
    }
}

/// The tree with a line for each member.
fn lines(tree: &Tree, style: Style) -> String {
    let mut text = String::new();
    for (position, member) in tree.members.iter().enumerate() {
        branch(&mut text, tree, member, style);
        let name = member.database.to_string();
        let name = escape::field(&name);
        if position == tree.named {
            let arrow = if style.utf8 { "←" } else { "<-" };
            let bold = if style.color { anstyle::Style::new().bold() } else { anstyle::Style::new() };
            let _ = write!(text, "{bold}{name}{bold:#} {arrow}");
        } else {
            text.push_str(&name);
        }
        match member.descendants {
            0 => {}
            1 => text.push_str(" (1 fork)"),
            count => drop(write!(text, " ({count} forks)")),
        }
        if let Some(error) = member.error {
            let color = if style.color { Some(AnsiColor::Yellow.into()) } else { None };
            let yellow = anstyle::Style::new().fg_color(color);
            let _ = write!(text, " {yellow}[{}]{yellow:#}", error.name());
        }
        text.push('\n');
    }
    text
}

/// What stands before a name: the branches that go on beside it, and its own.
fn branch(text: &mut String, tree: &Tree, member: &Member, style: Style) {
    const WIDTH: usize = 3;
    let [beside, nothing, middle, last] =
        if style.utf8 { ["│  ", "   ", "├─ ", "└─ "] } else { ["|  ", "   ", "|- ", "`- "] };
    let Some(mut above) = member.parent else { return };
    let most = (style.width / 2 / WIDTH).max(4);
    let mut steps = vec![if member.is_last { last } else { middle }];
    while let Some(next) = tree.members[above].parent
        && steps.len() < most
    {
        steps.push(if tree.members[above].is_last { nothing } else { beside });
        above = next;
    }
    if member.depth > steps.len() {
        let more = if style.utf8 { "…" } else { "..." };
        let _ = write!(text, "{more}{} ", member.depth - steps.len());
    }
    text.extend(steps.into_iter().rev());
}

/// Rows of name, page, depth and the parent's name.
fn rows(tree: &Tree, host: &Host, rows: &mut Rows<'_>) -> io::Result<()> {
    for member in &tree.members {
        let database = member.database.parts();
        rows.database_and_page(database, host);
        rows.field(&member.depth.to_string());
        match member.parent {
            Some(parent) => rows.database(tree.members[parent].database.parts()),
            None => rows.field(""),
        }
        rows.end()?;
    }
    Ok(())
}

/// One document: each member holds its forks, the outermost being the root.
///
/// Written by hand, since the depth of a network is not bounded and that of a recursion is.
fn json(tree: &Tree, host: &Host, remote: Option<&Remote>) -> String {
    let mut text = String::new();
    let mut depth = None;
    for member in &tree.members {
        match depth {
            None => {}
            Some(depth) if member.depth > depth => {}
            Some(depth) => {
                text.push_str(&"]}".repeat(depth - member.depth + 1));
                text.push(',');
            }
        }
        depth = Some(member.depth);
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        let _ = write!(
            text,
            r#"{{"owner":{},"name":{},"url":{},"error":{},"#,
            quoted(&member.database.owner),
            quoted(&member.database.name),
            quoted(&member.database.page(host)),
            member.error.map_or("null".to_owned(), |error| quoted(error.name())),
        );
        if member.parent.is_none() {
            let count = tree.fork_network_count.map_or("null".to_owned(), |count| count.to_string());
            let clone_url = remote.map(|remote| remote.clone_url(&member.database));
            let clone_url = clone_url.map_or("null".to_owned(), |url| quoted(&url));
            let _ = write!(text, r#""clone_url":{clone_url},"fork_network_count":{count},"#);
        }
        text.push_str(r#""forks":["#);
    }
    text.push_str(&"]}".repeat(depth.map_or(0, |depth| depth + 1)));
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Kind;
    use crate::names::Database;

    fn member(owner: &str, depth: usize, parent: Option<usize>, descendants: usize, is_last: bool) -> Member {
        let database = Database::new(owner, "x");
        Member { database, error: None, depth, parent, descendants, is_last }
    }

    /// `r(a(c[auth]) b(d))`, as seen from `b`.
    fn tree() -> Tree {
        let mut members = vec![
            member("r", 0, None, 4, true),
            member("a", 1, Some(0), 1, false),
            member("c", 2, Some(1), 0, true),
            member("b", 1, Some(0), 1, true),
            member("d", 2, Some(3), 0, true),
        ];
        members[2].error = Some(Kind::Auth);
        Tree { members, fork_network_count: Some(4), notes: Vec::new(), named: 3 }
    }

    fn chain(length: usize) -> Tree {
        let members = (0..length)
            .map(|depth| member(&format!("m{depth}"), depth, depth.checked_sub(1), length - depth - 1, true))
            .collect();
        Tree { members, fork_network_count: None, notes: Vec::new(), named: 0 }
    }

    const PLAIN: Style = Style { width: 80, utf8: true, color: false, several: false };

    #[test]
    fn a_terminal_shows_branches_counts_and_the_named_one() {
        assert_eq!(
            lines(&tree(), PLAIN),
            "r/x (4 forks)\n├─ a/x (1 fork)\n│  └─ c/x [auth]\n└─ b/x ← (1 fork)\n   └─ d/x\n"
        );
        assert_eq!(
            lines(&tree(), Style { utf8: false, ..PLAIN }),
            "r/x (4 forks)\n|- a/x (1 fork)\n|  `- c/x [auth]\n`- b/x <- (1 fork)\n   `- d/x\n"
        );
        assert!(lines(&tree(), Style { color: true, ..PLAIN }).contains("\u{1b}[1mb/x\u{1b}[0m"));
    }

    #[test]
    fn a_branch_deeper_than_half_the_width_leaves_its_beginning_out() {
        let lines = lines(&chain(5_000), Style { width: 24, ..PLAIN });
        let last = lines.lines().last().unwrap();
        assert_eq!(last, "…4995          └─ m4999/x");
        assert!(lines.len() < 5_000 * 60);
    }

    #[test]
    fn rows_tell_depth_and_parent() {
        let host = Host::dolthub();
        let tree = tree();
        let mut out = Vec::new();
        let mut written = Rows::new(&mut out);
        rows(&tree, &host, &mut written).unwrap();
        written.flush().unwrap();
        let text = String::from_utf8(out).unwrap();
        let rows: Vec<&str> = text.lines().collect();
        assert!(rows[0].ends_with("\t0\t"), "{text}");
        assert_eq!(rows[2], "c/x\thttps://www.dolthub.com/repositories/c/x\t2\ta/x");
    }

    #[test]
    fn json_is_nested_as_the_tree_is() {
        let document: serde_json::Value =
            serde_json::from_str(&json(&tree(), &Host::dolthub(), None)).unwrap();
        assert_eq!(document["owner"], "r");
        assert_eq!(document["fork_network_count"], 4);
        assert_eq!(document["error"], serde_json::Value::Null);
        assert_eq!(document["forks"][0]["forks"][0]["error"], "auth");
        assert_eq!(document["forks"][1]["owner"], "b");
        assert_eq!(document["forks"][1]["forks"][0]["owner"], "d");
        assert_eq!(document["forks"][1].get("fork_network_count"), None);
    }

    #[test]
    fn json_of_a_chain_of_5000_is_whole() {
        let text = json(&chain(5_000), &Host::dolthub(), None);
        assert_eq!(text.matches(r#""forks":["#).count(), 5_000);
        assert!(text.ends_with(&"]}".repeat(5_000)));
    }

    #[test]
    fn a_hostile_name_is_escaped() {
        let mut tree = chain(1);
        tree.members[0].database = Database::new("a\n\u{1b}[2J", "x");
        assert!(!lines(&tree, PLAIN).contains('\u{1b}'));
        assert_eq!(lines(&tree, PLAIN).lines().count(), 1);
    }
}
