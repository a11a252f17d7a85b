//! Many forks waited for together: how late the end of the last one is noticed, and what the polling costs.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context, Result};
use dhub::emulator::{Emulator, Options};

use crate::figures::{Figures, Row, Spread};
use crate::machine::{Machine, TOKEN};
use crate::measure::Sample;
use crate::relay::{Mode, Passed, Relay};

pub fn run(machine: &Machine, rows: &mut Vec<Row>) -> Result<()> {
    let forks = if machine.quick { 50 } else { 200 };
    let length = Duration::from_secs(if machine.quick { 2 } else { 10 });
    let name = format!("wait-{forks}");
    if !machine.wants(&name) {
        return Ok(());
    }
    let runs = machine.runs(3, 1);
    let what = format!("`db fork --wait` of {forks} databases, each fork takes {} s", length.as_secs());
    eprintln!("{name}: {what}, {runs} runs");
    let mut samples = Vec::new();
    let mut late = Vec::new();
    let mut last = Passed::default();
    for _ in 0..runs {
        let (sample, passed) = wait(machine, forks, length)?;
        let done = passed.last_post.context("nothing was forked")? + length;
        late.push(sample.ended.as_secs_f64() - done.as_secs_f64());
        samples.push(sample);
        last = passed;
    }
    let mut facts = BTreeMap::new();
    let length_s = length.as_secs_f64();
    facts.insert("late_s", Spread::of(late.clone()).median);
    facts.insert("late_part", Spread::of(late).median / length_s);
    facts.insert("status_requests", last.status_requests as f64);
    facts.insert("status_requests_per_fork", last.status_requests as f64 / forks as f64);
    if let Some(threads) = samples.iter().filter_map(|sample| sample.threads).max() {
        facts.insert("threads", threads as f64);
    }
    let contestants = vec![Figures::of("dhub", &samples, Some(last.traffic))];
    rows.push(Row { name, what, contestants, facts });
    Ok(())
}

/// In an emulator of its own, since a database can be forked once.
fn wait(machine: &Machine, forks: usize, length: Duration) -> Result<(Sample, Passed)> {
    let emulator = Emulator::start(Options { fork_delay: length, any_host: true, ..Options::default() })?;
    let relay = Relay::start(emulator.address(), Mode::Direct)?;
    let url = format!("http://{}", relay.address());
    let variables = [("DOLTHUB_HOST", url.as_str()), ("DOLTHUB_TOKEN", TOKEN)];
    let databases: Vec<String> = (0..forks).map(|number| format!("dolthub/museum-{number}")).collect();
    let databases = databases.join(" ");
    machine.run(&machine.dhub(&format!("db create --public {databases}"), &variables), false)?;
    relay.take();
    let fork = machine.dhub(&format!("db fork --wait --owner taylor {databases}"), &variables);
    let sample = machine.run(&fork, true)?;
    Ok((sample, relay.take()))
}
