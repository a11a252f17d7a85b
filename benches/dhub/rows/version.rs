//! `--version`: what it takes to start.

use anyhow::Result;

use crate::contest::{Check, Contestant, Endpoint, compare};
use crate::figures::Row;
use crate::machine::{Machine, find};

pub fn run(machine: &Machine, rows: &mut Vec<Row>) -> Result<()> {
    if !machine.wants("version") {
        return Ok(());
    }
    let row = compare(machine, "version", "--version", machine.runs(101, 21), &Endpoint::none(), |_| {
        let mut contestants = vec![Contestant {
            name: "dhub",
            program: machine.dhub("--version", &[]),
            check: Check::Writes("dhub ".to_owned()),
        }];
        // It does nothing: what a process costs.
        contestants.extend(find("true").map(|path| Contestant {
            name: "true",
            program: machine.program(&path, [""; 0], &[]),
            check: Check::Writes(String::new()),
        }));
        for name in ["curl", "xh", "gh"] {
            contestants.extend(find(name).map(|path| Contestant {
                name,
                program: machine.program(&path, ["--version"], &[]),
                check: Check::Writes(name.to_owned()),
            }));
        }
        Ok(contestants)
    })?;
    rows.push(row);
    Ok(())
}
