//! `--version`: what it takes to start.

use anyhow::Result;

use crate::contest::{Check, Contestant, Way, hold};
use crate::figures::Row;
use crate::machine::{Machine, find};

pub fn run(machine: &Machine, rows: &mut Vec<Row>) -> Result<()> {
    let name = "version";
    if !machine.wants(name) {
        return Ok(());
    }
    let row = hold(machine, name, "--version", machine.runs(101, 21), &Way::nowhere(), |_| {
        let mut field = vec![Contestant {
            who: "dhub",
            program: machine.dhub("--version", &[]),
            check: Check::Writes("dhub ".to_owned()),
        }];
        // It writes nothing, and does nothing: what a process costs.
        field.extend(find("true").map(|path| Contestant {
            who: "true",
            program: machine.program(&path, [""; 0], &[]),
            check: Check::Writes(String::new()),
        }));
        for who in ["curl", "xh", "gh"] {
            field.extend(find(who).map(|path| Contestant {
                who,
                program: machine.program(&path, ["--version"], &[]),
                check: Check::Writes(who.to_owned()),
            }));
        }
        Ok(field)
    })?;
    rows.push(row);
    Ok(())
}
