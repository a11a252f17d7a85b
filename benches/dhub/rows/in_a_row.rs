//! The service as it is: 700 ms for one request (facts of the API). What a person waits for is how many follow one another.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Result, ensure};
use dhub::emulator::{Emulator, Options};
use memchr::memmem;

use crate::figures::{Figures, Row};
use crate::machine::{DATABASE, Machine, TOKEN};

const LATENCY: Duration = Duration::from_millis(700);

/// Commands about what is there already, by the names of their rows.
const COMMANDS: [(&str, &str); 3] = [
    ("in-a-row-create-owner", "db create taylor/there --public --if-not-exists"),
    ("in-a-row-create", "db create there --public --if-not-exists"),
    ("in-a-row-fork", "db fork dolthub/museum-collections --if-not-exists"),
];
const TREE: &str = "in-a-row-tree";

pub fn run(machine: &Machine, rows: &mut Vec<Row>) -> Result<()> {
    let members = if machine.quick { 200 } else { 2_000 };
    let commands = COMMANDS.iter().filter(|(name, _)| machine.wants(name));
    let commands: Vec<_> = commands.map(|(name, words)| (*name, (*words).to_owned(), "")).collect();
    let tree = machine.wants(TREE).then(|| (TREE, format!("db forks --tree {DATABASE}"), "museum-0001"));
    if commands.is_empty() && tree.is_none() {
        return Ok(());
    }
    let emulator = Emulator::start(Options {
        latency: LATENCY,
        fork_delay: Duration::ZERO,
        network: members - 1,
        ..Options::default()
    })?;
    let url = emulator.url();
    let variables = [("DOLTHUB_HOST", url.as_str()), ("DOLTHUB_TOKEN", TOKEN)];
    for (_, words) in [COMMANDS[0], COMMANDS[2]] {
        // The first one makes what is there then.
        machine.run(&machine.dhub(words, &variables), false)?;
    }
    for (name, words, text) in commands.into_iter().chain(tree) {
        let runs = if name == TREE { 1 } else { machine.runs(3, 1) };
        let what = format!("`{words}`, {} ms each", LATENCY.as_millis());
        let what = if name == TREE { format!("{what}, {members} members") } else { what };
        eprintln!("{name}: {what}, {runs} runs");
        let mut samples = Vec::new();
        for _ in 0..runs {
            samples.push(machine.run(&machine.dhub(&words, &variables), false)?);
            ensure!(
                memmem::find(&machine.output()?, text.as_bytes()).is_some(),
                "{text:?} is not in the output"
            );
        }
        let dhub = Figures::of("dhub", &samples, None);
        let in_a_row = dhub.wall_ms.median / (LATENCY.as_secs_f64() * 1e3);
        let facts = BTreeMap::from([("requests_in_a_row", in_a_row)]);
        rows.push(Row { name: name.to_owned(), what, contestants: vec![dhub], facts });
    }
    Ok(())
}
