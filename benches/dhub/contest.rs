//! One row: contestants that do the same work, taking turns.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use memchr::memmem;

use crate::figures::{Figures, Row, Traffic};
use crate::machine::Machine;
use crate::measure::{Program, Stdout};

/// A program that does the work.
pub struct Contestant {
    pub name: &'static str,
    pub program: Program,
    pub check: Check,
}

/// What shows that it was done.
pub enum Check {
    /// This stands in what it writes.
    Writes(String),
    /// It writes what the first contestant writes.
    WritesTheSame,
    /// So many requests reached the server.
    Requests(usize),
}

/// Where the server is.
pub struct Endpoint<'a> {
    pub url: String,
    /// Where it is for a first run that is checked and not timed; none where every run is long, and so is timed.
    pub first_url: Option<String>,
    /// What went over the wire since the last time.
    pub traffic: Option<Box<dyn Fn() -> Traffic + 'a>>,
}

impl Endpoint<'_> {
    /// No server at all.
    pub fn none() -> Self {
        Endpoint { url: String::new(), first_url: Some(String::new()), traffic: None }
    }
}

/// Runs them in turns. `contestants` gets the server's address; the first one is dhub. One that fails is left out.
pub fn compare(
    machine: &Machine,
    name: &str,
    what: &str,
    runs: usize,
    endpoint: &Endpoint<'_>,
    contestants: impl Fn(&str) -> Result<Vec<Contestant>>,
) -> Result<Row> {
    eprintln!("{name}: {what}, {runs} runs each");
    let traffic = || endpoint.traffic.as_ref().map(|traffic| traffic());
    let mut entries: Vec<Entry> = contestants(&endpoint.url)?.into_iter().map(Entry::from).collect();
    let mut model = None;
    if let Some(url) = &endpoint.first_url {
        for (entry, first) in entries.iter_mut().zip(contestants(url)?) {
            traffic();
            entry.works = attempt(machine, name, &first, || {
                machine.run(&first.program, false)?;
                entry.traffic = traffic();
                is_done(machine, &first, entry.traffic, &mut model)
            });
        }
    }
    for round in 0..runs {
        for entry in entries.iter_mut().filter(|entry| entry.works) {
            traffic();
            let contestant = &entry.contestant;
            entry.works = attempt(machine, name, contestant, || {
                entry.samples.push(machine.run(&contestant.program, false)?);
                if endpoint.first_url.is_some() || round > 0 {
                    return Ok(());
                }
                entry.traffic = traffic();
                is_done(machine, contestant, entry.traffic, &mut model)
            });
        }
        ensure!(entries.first().is_some_and(|entry| entry.works), "{name}: dhub does not do the work");
    }
    let contestants = entries
        .iter()
        .filter(|entry| entry.works)
        .map(|entry| Figures::of(entry.contestant.name, &entry.samples, entry.traffic))
        .collect();
    Ok(Row { name: name.to_owned(), what: what.to_owned(), contestants, facts: BTreeMap::new() })
}

struct Entry {
    contestant: Contestant,
    works: bool,
    samples: Vec<crate::measure::Sample>,
    traffic: Option<Traffic>,
}

impl From<Contestant> for Entry {
    fn from(contestant: Contestant) -> Self {
        Entry { contestant, works: true, samples: Vec::new(), traffic: None }
    }
}

fn attempt(
    machine: &Machine,
    name: &str,
    contestant: &Contestant,
    work: impl FnOnce() -> Result<()>,
) -> bool {
    let outcome = work();
    if let Err(error) = &outcome {
        machine.fails(&format!("{name}, {}", contestant.name), error);
    }
    outcome.is_ok()
}

/// Checks the run that came last. `model` is what the first contestant wrote.
fn is_done(
    machine: &Machine,
    contestant: &Contestant,
    traffic: Option<Traffic>,
    model: &mut Option<Vec<u8>>,
) -> Result<()> {
    let mut written = machine.output()?;
    if contestant.program.stdout == Stdout::Terminal {
        // The terminal adds these.
        written.retain(|&byte| byte != b'\r');
    }
    match &contestant.check {
        Check::Writes(text) => {
            let found = memmem::find(&written, text.as_bytes()).is_some();
            ensure!(found, "{text:?} is not in {}", beginning(&written));
        }
        Check::WritesTheSame => {
            let model = model.as_ref().context("nothing to compare with")?;
            let same = written == *model;
            ensure!(same, "it writes {}\nand dhub writes {}", beginning(&written), beginning(model));
        }
        Check::Requests(expected) => {
            let sent = traffic.and_then(|traffic| traffic.requests);
            ensure!(sent == Some(*expected), "it sends {sent:?} requests, not {expected}");
        }
    }
    model.get_or_insert(written);
    Ok(())
}

fn beginning(written: &[u8]) -> String {
    format!("{:?}", String::from_utf8_lossy(&written[..written.len().min(500)]))
}
