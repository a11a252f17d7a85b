//! A graph as Graphviz reads it. A name from a server can make neither a node nor an attribute.

use std::fmt::Write;

use super::escape;

/// Writes a graph a statement at a time.
pub struct Graph(String);

impl Graph {
    /// A directed graph without nodes.
    pub fn new(name: &str) -> Self {
        Graph(format!("digraph {} {{\n  rankdir=LR;\n  node [shape=box];\n", quoted(name)))
    }

    /// A node with its attributes, whose names are this program's.
    pub fn node(&mut self, id: &str, attributes: &[(&str, &str)]) {
        let list: Vec<String> =
            attributes.iter().map(|(name, value)| format!("{name}={}", quoted(value))).collect();
        let _ = writeln!(self.0, "  {} [{}];", quoted(id), list.join(", "));
    }

    /// An edge.
    pub fn edge(&mut self, from: &str, to: &str) {
        let _ = writeln!(self.0, "  {} -> {};", quoted(from), quoted(to));
    }

    /// Its text.
    pub fn end(mut self) -> String {
        self.0.push_str("}\n");
        self.0
    }
}

/// A quoted string that is shown as this text: a backslash stands for itself, and so do quotes and what looks like an
/// HTML entity.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in escape::field(text).chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '&' => quoted.push_str("&amp;"),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quoted_text_stays_within_its_quotes() {
        assert_eq!(quoted("a/b"), "\"a/b\"");
        assert_eq!(quoted("a\"]; x [\\"), "\"a\\\"]; x [\\\\\"");
        assert_eq!(quoted("a\nb\u{1b}&#10;"), "\"a\\\\nb\\\\u{1b}&amp;#10;\"");
    }

    #[test]
    fn a_graph_is_statements_between_braces() {
        let mut graph = Graph::new("forks");
        graph.node("a/b", &[("label", "a/b"), ("URL", "https://x")]);
        graph.edge("r/x", "a/b");
        assert_eq!(
            graph.end(),
            "digraph \"forks\" {\n  rankdir=LR;\n  node [shape=box];\n  \"a/b\" [label=\"a/b\", URL=\"https://x\"];\n  \"r/x\" -> \"a/b\";\n}\n"
        );
    }
}
