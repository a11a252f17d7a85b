//! Names that a server could forge cells, rows, formulas and markup with.

use serde_json::json;

use crate::support::{Reply, Sandbox, Server};

/// An owner and a name each.
const NAMES: [(&str, &str); 8] = [
    ("a,b", "c\"d"),
    ("a\nforged,row", "x\r\n"),
    ("=HYPERLINK(\"https://evil\")", "x"),
    ("@SUM(1)", "x"),
    ("a | b", "c\\"),
    ("<script>", "`|`"),
    ("\u{1b}[2J\u{202e}", "\u{9b}\u{2028}\u{85}"),
    ("a\tb", "'\"; x -> y"),
];

/// Lists them as forks of `r/x`.
fn server() -> Server {
    Server::start(|_, _| {
        let forks = NAMES.map(|(owner, name)| json!({"database_owner": owner, "database_name": name}));
        let response = json!({
            "status": "Success", "database_owner": "r", "database_name": "x", "forks": forks,
            "parent_owner": "", "parent_database_name": "",
            "network_root_owner": "r", "network_root_database_name": "x", "fork_network_count": NAMES.len(),
        });
        Reply::Json(200, response.to_string())
    })
}

fn out(format: &str) -> String {
    let server = server();
    let run = Sandbox::at(server.url()).run(&format!("db forks r/x -o {format}")).exits(0);
    assert!(!run.out.contains(['\r', '\t', '\u{1b}', '\u{9b}', '\u{202e}', '\u{2028}', '\u{85}']), "{run:?}");
    run.out
}

#[test]
fn csv_has_a_row_of_two_fields_for_each_and_no_formula() {
    let text = out("csv");
    assert_eq!(text.lines().count(), NAMES.len() + 1, "{text}");
    let rows: Vec<Vec<String>> = text.lines().map(fields).collect();
    assert!(rows.iter().all(|row| row.len() == 2), "{text}");
    let names: Vec<&str> = rows.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(
        names,
        [
            "database",
            "a,b/c\"d",
            "a\\nforged,row/x\\r\\n",
            "'=HYPERLINK(\"https://evil\")/x",
            "'@SUM(1)/x",
            "a | b/c\\",
            "<script>/`|`",
            "\\u{1b}[2J\\u{202e}/\\u{9b}\\u{2028}\\u{85}",
            "a\\tb/'\"; x -> y",
        ]
    );
}

/// The fields of a line of CSV, by the rules of RFC 4180.
fn fields(line: &str) -> Vec<String> {
    let (mut fields, mut rest) = (Vec::new(), line);
    loop {
        let (field, after) = match rest.strip_prefix('"') {
            Some(quoted) => {
                let mut end = 0;
                loop {
                    end += quoted[end..].find('"').unwrap();
                    match quoted[end..].strip_prefix("\"\"") {
                        Some(_) => end += 2,
                        None => break (quoted[..end].replace("\"\"", "\""), &quoted[end + 1..]),
                    }
                }
            }
            None => {
                let end = rest.find(',').unwrap_or(rest.len());
                assert!(!rest[..end].contains('"'), "{line}");
                (rest[..end].to_owned(), &rest[end..])
            }
        };
        fields.push(field);
        match after.strip_prefix(',') {
            Some(next) => rest = next,
            None if after.is_empty() => return fields,
            None => panic!("what is this after a field: {after}"),
        }
    }
}

#[test]
fn md_has_a_line_of_two_cells_for_each_and_no_markup() {
    let text = out("md");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), NAMES.len() + 2, "{text}");
    for line in &lines {
        let bars = line
            .match_indices('|')
            .filter(|(at, _)| line[..*at].bytes().rev().take_while(|&byte| byte == b'\\').count() % 2 == 0);
        assert_eq!(bars.count(), 3, "{line}");
        assert!(!line.contains('<'), "{line}");
    }
    assert!(lines[7].starts_with("| &lt;script&gt;/\\`\\|\\` | http://"), "{text}");
    assert!(lines[6].starts_with("| a \\| b/c\\\\ | "), "{text}");
}

#[test]
fn names_has_a_line_for_each() {
    let text = out("names");
    assert_eq!(text.lines().count(), NAMES.len(), "{text}");
}
