//! Whatever the service says: what is shown of it has a line for each thing, and touches no terminal.

use dhub::error::{Error, Kind};
use dhub::names::{Database, Host};
use dhub::network::{Response, Tree, Walk};
use dhub::output::view::{ErrorView, TreeView, View};
use dhub::output::{Style, table};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::Value;

use super::{cases, text, touches_a_terminal};

fn databases() -> impl Strategy<Value = Vec<Database>> {
    vec((text(), text()), 1..6)
        .prop_map(|names| names.into_iter().map(|(owner, name)| Database::new(owner, name)).collect())
}

/// The first is the root of all the others.
fn star(databases: &[Database]) -> Tree {
    let mut walk = Walk::new(databases[0].clone());
    let root = Some(databases[0].clone());
    let response = |parent, list| Response { parent, root: root.clone(), fork_network_count: None, list };
    walk.responded(&databases[0], response(None, 1), |each| databases[1..].iter().cloned().for_each(each));
    for fork in &databases[1..] {
        walk.responded(fork, response(root.clone(), 2), |_| ());
    }
    walk.finish()
}

/// Every owner and name in a document, at any depth.
fn named(document: &Value, names: &mut Vec<Database>) {
    let text = |key: &str| document[key].as_str().unwrap().to_owned();
    names.push(Database::new(text("owner"), text("name")));
    document["forks"].as_array().unwrap().iter().for_each(|fork| named(fork, names));
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn a_table_has_a_line_for_each_row_and_touches_no_terminal(
        cells in vec((text(), text()), 0..5), width in 0_usize..200, utf8 in any::<bool>(),
    ) {
        let rows: Vec<[&str; 2]> = cells.iter().map(|(one, other)| [one.as_str(), other]).collect();
        let table = table::databases(&rows, Style { width, utf8, color: false, links: false, several: false });
        let above = table.matches('\n').count() - rows.len();
        prop_assert!(above == 0 || above == 2, "{table:?}");
        prop_assert!(!table.chars().any(|c| c != '\n' && touches_a_terminal(c)), "{table:?}");
    }

    #[test]
    fn a_tree_has_a_line_for_each_member_and_touches_no_terminal(
        databases in databases(), width in 0_usize..200, utf8 in any::<bool>(),
    ) {
        let tree = star(&databases);
        let mut lines = String::new();
        TreeView { tree: &tree, depth: None, host: &Host::dolthub(), remote: None }.lines(&mut lines, Style { width, utf8, color: false, links: false, several: false });
        prop_assert_eq!(lines.matches('\n').count(), tree.members.len(), "{:?}", lines);
        prop_assert!(!lines.chars().any(|c| c != '\n' && touches_a_terminal(c)), "{lines:?}");
    }

    #[test]
    fn a_tree_in_json_names_every_member_as_it_is(databases in databases()) {
        let tree = star(&databases);
        let mut document = Vec::new();
        TreeView { tree: &tree, depth: None, host: &Host::dolthub(), remote: None }.json(&mut document).unwrap();
        let safe = String::from_utf8(document).unwrap();
        prop_assert!(!safe.chars().any(touches_a_terminal), "{safe}");
        let mut names = Vec::new();
        named(&serde_json::from_str(&safe).unwrap(), &mut names);
        let expected: Vec<Database> = tree.members.iter().map(|member| member.database.clone()).collect();
        prop_assert_eq!(names, expected);
    }

    #[test]
    fn an_error_in_json_keeps_the_services_message_on_one_line(
        message in text(), hint in text(), argument in text(), request in text(),
    ) {
        let error = Error::new(Kind::Api, &message).with_hint(&hint).with_argument(&argument);
        let error = error.with_request(&request, Some(400));
        let mut document = Vec::new();
        ErrorView::new(&error).json(&mut document).unwrap();
        let safe = String::from_utf8(document).unwrap();
        prop_assert!(!safe.chars().any(touches_a_terminal), "{safe}");
        let read: Value = serde_json::from_str(&safe).unwrap();
        let said = [("message", message), ("hint", hint), ("argument", argument), ("request", request)];
        for (key, text) in said {
            prop_assert_eq!(&read["error"][key], &Value::from(text));
        }
    }
}
