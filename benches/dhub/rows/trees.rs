//! `db forks --tree`: a request for every member, many at a time, each response late; the peers only fetch.

use std::fmt::Write;
use std::fs;
use std::time::Duration;

use anyhow::Result;

use super::lists::{list, owner};
use crate::contest::{Check, Contestant, Endpoint, compare};
use crate::figures::{Figures, Row};
use crate::machine::{DATABASE, Machine};
use crate::server::{Server, response};

const LATENCY: Duration = Duration::from_millis(20);
/// How many forks each member has, as long as there are enough.
const CHILDREN: usize = 3;

pub fn run(machine: &Machine, rows: &mut Vec<Row>) -> Result<()> {
    let members = if machine.quick { 400 } else { 2_000 };
    // `-j`, and how many runs: one request at a time takes long, and does not vary.
    let settings: &[(usize, usize)] =
        if machine.quick { &[(4, 2), (16, 3)] } else { &[(1, 1), (4, 3), (16, 5), (64, 5)] };
    let name = |jobs: &usize| format!("forks-tree-j{jobs}");
    let wanted: Vec<_> = settings.iter().filter(|(jobs, _)| machine.wants(&name(jobs))).collect();
    if wanted.is_empty() {
        return Ok(());
    }
    let server = serve(members)?;
    write_pages(machine, &server.url(), members)?;
    for (jobs, runs) in wanted {
        let what =
            format!("`db forks --tree -j {jobs}` of {members} members, {} ms each", LATENCY.as_millis());
        let endpoint = Endpoint {
            url: server.url(),
            first_url: None,
            traffic: Some(Box::new(|| server.take_traffic())),
        };
        let mut row = compare(machine, &name(jobs), &what, *runs, &endpoint, |url| {
            contestants(machine, url, *jobs, members)
        })?;
        let ideal_ms = members as f64 * LATENCY.as_secs_f64() * 1e3 / *jobs as f64;
        row.contestants.push(Figures::ideal(ideal_ms));
        rows.push(row);
    }
    Ok(())
}

fn contestants(machine: &Machine, url: &str, jobs: usize, members: usize) -> Result<Vec<Contestant>> {
    let tree = format!("db forks --tree -j {jobs} {DATABASE}");
    let jobs = jobs.to_string();
    let with_xargs = r#"xargs -P "$1" -n 1 curl -q -sS -o /dev/null <pages"#;
    let with_curl = r#"curl -q -sS -Z --parallel-max "$1" -K pages.curl"#;
    Ok(vec![
        Contestant {
            name: "dhub",
            program: machine.dhub(&tree, &[("DOLTHUB_HOST", url)]),
            check: Check::Requests(members),
        },
        Contestant {
            name: "xargs curl",
            program: machine.script(with_xargs, &[&jobs], &[])?,
            check: Check::Requests(members),
        },
        Contestant {
            name: "curl -Z",
            program: machine.script(with_curl, &[&jobs], &[])?,
            check: Check::Requests(members),
        },
    ])
}

/// Every member's page, one a line, and as a config file of curl's.
fn write_pages(machine: &Machine, url: &str, members: usize) -> Result<()> {
    let (mut pages, mut config) = (String::new(), String::new());
    for member in 0..members {
        let page = format!("{url}/api/v1alpha1/{}/museum-collections/forks", owner_of(member));
        writeln!(pages, "{page}")?;
        writeln!(config, "url = {page}\noutput = /dev/null")?;
    }
    fs::write(machine.folder().join("pages"), pages)?;
    fs::write(machine.folder().join("pages.curl"), config)?;
    Ok(())
}

/// Member 0 is the root.
fn owner_of(member: usize) -> String {
    if member == 0 { "dolthub".to_owned() } else { owner(member) }
}

/// Every member lists the whole network, as the service does, and names its own parent.
fn serve(members: usize) -> Result<Server> {
    let list = list(members - 1);
    let count = members - 1;
    Ok(Server::start(LATENCY, move |path| {
        let owner = path.split('/').nth(3).unwrap_or_default();
        let member: usize = owner.strip_prefix("museum-").and_then(|number| number.parse().ok()).unwrap_or(0);
        let parent = if member == 0 { String::new() } else { owner_of((member - 1) / CHILDREN) };
        let parent_name = if member == 0 { "" } else { "museum-collections" };
        let before = format!(
            r#"{{"status":"Success","database_owner":"{owner}","database_name":"museum-collections","forks":"#
        );
        let after = format!(
            r#","parent_owner":"{parent}","parent_database_name":"{parent_name}","network_root_owner":"dolthub",
            "network_root_database_name":"museum-collections","fork_network_count":{count}}}"#
        );
        response(&[before.as_bytes(), &list, after.as_bytes()])
    })?)
}
