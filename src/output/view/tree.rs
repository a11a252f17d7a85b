//! A fork network as a tree, for people, for pipes and for programs. No depth is too deep for it.

use std::fmt::Write as _;
use std::io::{self, Write};

use anstyle::AnsiColor;

use super::View;
use crate::names::{Database, Host, Remote, percent_encode};
use crate::network::{Member, Tree};
use crate::output::dot::Graph;
use crate::output::{Rows, Style, escape};

/// A fork network, from its root down.
pub struct TreeView<'a> {
    /// The network.
    pub tree: &'a Tree,
    /// How many steps below the root to show; all where none.
    pub depth: Option<usize>,
    /// Where the pages are.
    pub host: &'a Host,
    /// Where the databases are cloned from.
    pub remote: Option<&'a Remote>,
}

impl TreeView<'_> {
    /// The members that are shown, with their positions in the network. One that is shown has its parent shown.
    fn members(&self) -> impl Iterator<Item = (usize, &Member)> {
        let deepest = self.depth.unwrap_or(usize::MAX);
        self.tree.members.iter().enumerate().filter(move |(_, member)| member.depth <= deepest)
    }
}

impl View for TreeView<'_> {
    fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(escape::json(&json(self)).as_bytes())
    }

    fn rows(&self, out: &mut Rows<'_>) -> io::Result<()> {
        rows(self, out)
    }

    fn columns(&self) -> &'static [&'static str] {
        &["database", "url", "depth", "parent"]
    }

    fn dot(&self) -> Option<String> {
        Some(dot(self))
    }

    fn lines(&self, text: &mut String, style: Style) {
        text.push_str(&lines(self, style));
    }
}

/// The tree with a line for each member.
fn lines(view: &TreeView<'_>, style: Style) -> String {
    let tree = view.tree;
    let mut text = String::new();
    for (position, member) in view.members() {
        branch(&mut text, tree, member, style);
        let name = member.database.to_string();
        let name = style.link(escape::field(&name), &member.database.page(view.host));
        let is_named = tree.named == Some(position);
        let bold = if is_named && style.color { anstyle::Style::new().bold() } else { anstyle::Style::new() };
        let _ = write!(text, "{bold}{name}{bold:#}");
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
        if is_named {
            let arrow = if style.utf8 { "←" } else { "<-" };
            let _ = write!(text, " {arrow} asked for");
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
fn rows(view: &TreeView<'_>, rows: &mut Rows<'_>) -> io::Result<()> {
    let TreeView { tree, host, .. } = *view;
    for (_, member) in view.members() {
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
fn json(view: &TreeView<'_>) -> String {
    let TreeView { tree, host, remote, .. } = *view;
    let mut text = String::new();
    let mut depth = None;
    for (_, member) in view.members() {
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

/// A graph of edges from each member to its forks. The names of nodes are percent-encoded, so that two members are never one;
/// the labels are what the service calls them.
fn dot(view: &TreeView<'_>) -> String {
    let mut graph = Graph::new("forks");
    let id = |database: &Database| {
        format!("{}/{}", percent_encode(&database.owner), percent_encode(&database.name))
    };
    for (position, member) in view.members() {
        let (own, name, page) =
            (id(&member.database), member.database.to_string(), member.database.page(view.host));
        let mut attributes = vec![("label", name.as_str()), ("URL", page.as_str())];
        if view.tree.named == Some(position) {
            attributes.push(("penwidth", "2"));
        }
        if let Some(error) = member.error {
            attributes.extend([("style", "dashed"), ("tooltip", error.name())]);
        }
        graph.node(&own, &attributes);
        if let Some(parent) = member.parent {
            graph.edge(&id(&view.tree.members[parent].database), &own);
        }
    }
    graph.end()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Kind;

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
        Tree { members, fork_network_count: Some(4), notes: Vec::new(), named: Some(3) }
    }

    fn chain(length: usize) -> Tree {
        let members = (0..length)
            .map(|depth| member(&format!("m{depth}"), depth, depth.checked_sub(1), length - depth - 1, true))
            .collect();
        Tree { members, fork_network_count: None, notes: Vec::new(), named: Some(0) }
    }

    fn view(tree: &Tree, depth: Option<usize>) -> TreeView<'_> {
        static HOST: std::sync::LazyLock<Host> = std::sync::LazyLock::new(Host::dolthub);
        TreeView { tree, depth, host: &HOST, remote: None }
    }

    const PLAIN: Style = Style { width: 80, utf8: true, color: false, links: false, several: false };

    #[test]
    fn a_terminal_shows_branches_counts_and_the_named_one() {
        assert_eq!(
            lines(&view(&tree(), None), PLAIN),
            "r/x (4 forks)\n├─ a/x (1 fork)\n│  └─ c/x [auth]\n└─ b/x (1 fork) ← asked for\n   └─ d/x\n"
        );
        assert_eq!(
            lines(&view(&tree(), None), Style { utf8: false, ..PLAIN }),
            "r/x (4 forks)\n|- a/x (1 fork)\n|  `- c/x [auth]\n`- b/x (1 fork) <- asked for\n   `- d/x\n"
        );
        assert!(
            lines(&view(&tree(), None), Style { color: true, ..PLAIN }).contains("\u{1b}[1mb/x\u{1b}[0m")
        );
    }

    #[test]
    fn a_branch_deeper_than_half_the_width_leaves_its_beginning_out() {
        let lines = lines(&view(&chain(5_000), None), Style { width: 24, ..PLAIN });
        let last = lines.lines().last().unwrap();
        assert_eq!(last, "…4995          └─ m4999/x");
        assert!(lines.len() < 5_000 * 60);
    }

    #[test]
    fn rows_tell_depth_and_parent() {
        let tree = tree();
        let mut out = Vec::new();
        let mut written = Rows::new(&mut out);
        rows(&view(&tree, None), &mut written).unwrap();
        written.finish().unwrap();
        let text = String::from_utf8(out).unwrap();
        let rows: Vec<&str> = text.lines().collect();
        assert!(rows[0].ends_with("\t0\t"), "{text}");
        assert_eq!(rows[2], "c/x\thttps://www.dolthub.com/repositories/c/x\t2\ta/x");
    }

    #[test]
    fn json_is_nested_as_the_tree_is() {
        let document: serde_json::Value = serde_json::from_str(&json(&view(&tree(), None))).unwrap();
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
        let text = json(&view(&chain(5_000), None));
        assert_eq!(text.matches(r#""forks":["#).count(), 5_000);
        assert!(text.ends_with(&"]}".repeat(5_000)));
    }

    #[test]
    fn a_hostile_name_is_escaped() {
        let mut tree = chain(1);
        tree.members[0].database = Database::new("a\n\u{1b}[2J", "x");
        assert!(!lines(&view(&tree, None), PLAIN).contains('\u{1b}'));
        assert_eq!(lines(&view(&tree, None), PLAIN).lines().count(), 1);
    }

    #[test]
    fn members_below_the_depth_are_counted_and_left_out() {
        let tree = tree();
        assert_eq!(
            lines(&view(&tree, Some(1)), PLAIN),
            "r/x (4 forks)\n├─ a/x (1 fork)\n└─ b/x (1 fork) ← asked for\n"
        );
        assert_eq!(lines(&view(&tree, Some(0)), PLAIN), "r/x (4 forks)\n");
        let document: serde_json::Value = serde_json::from_str(&json(&view(&tree, Some(1)))).unwrap();
        assert_eq!(document["forks"][1]["owner"], "b");
        assert_eq!(document["forks"][0]["forks"], serde_json::json!([]));
        assert_eq!(dot(&view(&tree, Some(1))).matches(" -> ").count(), 2);
    }

    #[test]
    fn a_graph_has_a_node_for_each_member_and_an_edge_to_each_fork() {
        let text = dot(&view(&tree(), None));
        let url = "https://www.dolthub.com/repositories";
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        assert!(
            lines.contains(&&*format!("\"b/x\" [label=\"b/x\", URL=\"{url}/b/x\", penwidth=\"2\"];")),
            "{text}"
        );
        assert!(
            lines.contains(&&*format!(
                "\"c/x\" [label=\"c/x\", URL=\"{url}/c/x\", style=\"dashed\", tooltip=\"auth\"];"
            )),
            "{text}"
        );
        assert_eq!(
            lines.iter().filter(|line| line.contains(" -> ")).collect::<Vec<_>>(),
            [&"\"r/x\" -> \"a/x\";", &"\"a/x\" -> \"c/x\";", &"\"r/x\" -> \"b/x\";", &"\"b/x\" -> \"d/x\";"]
        );
    }

    #[test]
    fn names_that_look_alike_are_different_nodes() {
        let mut tree = chain(4);
        for (member, (owner, name)) in
            tree.members.iter_mut().zip([("a", "b\n"), ("a", "b\\n"), ("a/b", "c"), ("a", "b/c")])
        {
            member.database = Database::new(owner, name);
        }
        let text = dot(&view(&tree, None));
        for id in [
            "\"a/b%0A\" [label=\"a/b\\\\n\"",
            "\"a/b%5Cn\" [label=\"a/b\\\\n\"",
            "\"a%2Fb/c\" [",
            "\"a/b%2Fc\" [",
        ] {
            assert!(text.contains(id), "{id} in {text}");
        }
    }
}
