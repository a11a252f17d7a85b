//! Fork lists of every size, as rows, as JSON and as a table: dhub, and `curl | jq` that writes exactly the same.

use std::time::Duration;

use anyhow::Result;

use crate::contest::{Check, Contestant, Endpoint, compare};
use crate::figures::Row;
use crate::machine::{DATABASE, Machine};
use crate::measure::Stdout;
use crate::server::{Server, response};

/// The form, dhub's option for it, and what makes jq write it; `$base` is the server's address.
const FORMS: [(&str, &str, &str); 3] = [("rows", "", ROWS), ("json", "--json", JSON), ("table", "", TABLE)];

const ROWS: &str =
    r#".forks[] | "\(.database_owner)/\(.database_name)" | "\(.)\t\($base)/repositories/\(.)""#;

const JSON: &str = r#"def place: {owner: .database_owner, name: .database_name,
        url: "\($base)/repositories/\(.database_owner)/\(.database_name)"};
    place + {
        parent: (if .parent_owner == "" then null else {owner: .parent_owner, name: .parent_database_name} end),
        root: {owner: .network_root_owner, name: .network_root_database_name},
        fork_network_count, forks: [.forks[] | place]
    }"#;

const TABLE: &str = r#"[["DATABASE", "URL"],
        (.forks[] | "\(.database_owner)/\(.database_name)" | [., "\($base)/repositories/\(.)"])] as $cells
    | ([$cells[][0] | length] | max) as $first | ([$cells[][1] | length] | max) as $second
    | "\(.database_owner)/\(.database_name) is not a fork",
      "its network has \(.fork_network_count) forks",
      "",
      ($cells[0] | .[0] + " " * ($first - (.[0] | length)) + "  " + .[1]),
      "─" * ($first + 2 + $second),
      ($cells[1:][] | .[0] + " " * ($first - (.[0] | length)) + "  " + .[1])"#;

/// As many members, and the forms and runs for them.
struct Size {
    members: usize,
    runs: usize,
    forms: &'static [&'static str],
}

pub fn run(machine: &Machine, rows: &mut Vec<Row>) -> Result<()> {
    const ALL: &[&str] = &["rows", "json", "table"];
    let sizes = if machine.quick {
        [(10, 5, ALL), (10_000, 5, ALL), (500_000, 3, &["rows"] as &[_])]
    } else {
        [(10, 31, ALL), (10_000, 21, ALL), (500_000, 7, ALL)]
    };
    for (members, runs, forms) in sizes {
        run_size(machine, &Size { members, runs, forms }, rows)?;
    }
    Ok(())
}

fn run_size(machine: &Machine, size: &Size, rows: &mut Vec<Row>) -> Result<()> {
    let wanted: Vec<_> = FORMS
        .iter()
        .map(|(form, option, filter)| (*form, *option, *filter, format!("forks-{}-{form}", size.members)))
        .filter(|(form, _, _, name)| size.forms.contains(form) && machine.wants(name))
        .collect();
    if wanted.is_empty() {
        return Ok(());
    }
    let body = body(size.members);
    let bytes = body.len();
    let prepared = response(&[&body]);
    drop(body);
    let server = Server::start(Duration::ZERO, move |_| prepared.clone())?;
    for (form, option, filter, name) in wanted {
        let what = format!("`db forks` of {} forks, {form}", size.members);
        let endpoint = Endpoint {
            url: server.url(),
            first_url: Some(server.url()),
            traffic: Some(Box::new(|| server.take_traffic())),
        };
        let stdout = if form == "table" { Stdout::Terminal } else { Stdout::File };
        let last = owner(size.members);
        let mut row = compare(machine, &name, &what, size.runs, &endpoint, |url| {
            contestants(machine, url, option, filter, stdout, &last)
        })?;
        row.facts.insert("response_bytes", bytes as f64);
        rows.push(row);
    }
    Ok(())
}

fn contestants(
    machine: &Machine,
    url: &str,
    option: &str,
    filter: &str,
    stdout: Stdout,
    last: &str,
) -> Result<Vec<Contestant>> {
    let mut dhub = machine.dhub(&format!("db forks {DATABASE} {option}"), &[("DOLTHUB_HOST", url)]);
    dhub.stdout = stdout;
    let page = format!("{url}/api/v1alpha1/{DATABASE}/forks");
    let mut pipe =
        machine.script(r#"curl -q -sS "$1" | jq -rc --arg base "$2" "$3""#, &[&page, url, filter], &[])?;
    pipe.stdout = stdout;
    Ok(vec![
        Contestant { name: "dhub", program: dhub, check: Check::Writes(last.to_owned()) },
        Contestant { name: "curl | jq", program: pipe, check: Check::WritesTheSame },
    ])
}

/// The owner of a fork; forks are counted from 1.
pub fn owner(fork: usize) -> String {
    format!("museum-{fork:06}")
}

/// The list itself, as compact JSON, as the service sends it.
pub fn list(forks: usize) -> Vec<u8> {
    let members: Vec<String> = (1..=forks)
        .map(|fork| format!(r#"{{"database_owner":"{}","database_name":"museum-collections"}}"#, owner(fork)))
        .collect();
    format!("[{}]", members.join(",")).into_bytes()
}

fn body(forks: usize) -> Vec<u8> {
    let before =
        r#"{"status":"Success","database_owner":"dolthub","database_name":"museum-collections","forks":"#;
    let after = format!(
        r#","parent_owner":"","parent_database_name":"","network_root_owner":"dolthub",
        "network_root_database_name":"museum-collections","fork_network_count":{forks}}}"#
    );
    [before.as_bytes(), &list(forks), after.as_bytes()].concat()
}
