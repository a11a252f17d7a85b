//! The report: as text, and as JSON.

use std::fs;
use std::path::Path;
use std::thread;

use anyhow::{Context, Result};
use serde::Serialize;

use crate::figures::{Figures, Row, Spread};
use crate::machine::Machine;
use crate::plan::Simulated;
use crate::release::Size;
use crate::targets::{self, Target};

/// Everything that was measured.
#[derive(Serialize)]
pub struct Report {
    measured: String,
    quick: bool,
    cores: usize,
    system: String,
    rows: Vec<Row>,
    plan: Option<Simulated>,
    size: Option<Size>,
    targets: Vec<Target>,
}

impl Report {
    pub fn new(machine: &Machine, rows: Vec<Row>, plan: Option<Simulated>, size: Option<Size>) -> Self {
        Report {
            measured: machine.dhub.display().to_string(),
            quick: machine.quick,
            cores: thread::available_parallelism().map_or(1, usize::from),
            system: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
            targets: targets::of(&rows, plan.as_ref(), size),
            rows,
            plan,
            size,
        }
    }

    pub fn write(&self, path: &Path) -> Result<()> {
        let text = serde_json::to_string_pretty(self)? + "\n";
        fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
    }

    pub fn print(&self) {
        println!(
            "{}, {} cores; medians, quartiles in brackets; ÷ is dhub's median ÷ the peer's; 1 MB is 10^6 bytes",
            self.system, self.cores
        );
        self.print_rows();
        if let Some(plan) = &self.plan {
            print_plan(plan);
        }
        if let Some(size) = self.size {
            println!("\nrelease binary: {:.2} MB", size.with_emulator as f64 / 1e6);
            if let Some(without) = size.without_emulator {
                println!("without the emulator: {:.2} MB", without as f64 / 1e6);
            }
        }
        self.print_targets();
    }

    fn print_rows(&self) {
        let header = [
            "",
            "program",
            "runs",
            "wall ms",
            "",
            "÷",
            "CPU ms",
            "",
            "÷",
            "peak MB",
            "÷",
            "conn.",
            "req.",
            "B sent",
            "B received",
        ];
        let mut lines = vec![header.map(str::to_owned).to_vec()];
        let mut notes = Vec::new();
        for row in &self.rows {
            let Some(dhub) = row.dhub() else { continue };
            for (place, figures) in row.contestants.iter().enumerate() {
                let name = if place == 0 { row.name.as_str() } else { "" };
                lines.push(line(name, figures, dhub));
            }
            if !row.facts.is_empty() {
                let facts: Vec<String> =
                    row.facts.iter().map(|(name, fact)| format!("{name} {}", short(*fact))).collect();
                notes.push(format!("{}: {}; {}", row.name, row.what, facts.join(", ")));
            } else {
                notes.push(format!("{}: {}", row.name, row.what));
            }
        }
        if lines.len() > 1 {
            print_table(&lines, 2);
            println!();
            notes.iter().for_each(|note| println!("{note}"));
        }
    }

    fn print_targets(&self) {
        let mut lines = vec![["target", "at most", "reached", ""].map(str::to_owned).to_vec()];
        for target in &self.targets {
            let verdict = match target.is_kept() {
                Some(true) => "yes",
                Some(false) => "NO",
                None => "not measured",
            };
            let reached = target.reached.map(|reached| format!("{reached:.3}")).unwrap_or_default();
            lines.push(vec![target.what.to_owned(), target.at_most.to_string(), reached, verdict.to_owned()]);
        }
        println!();
        print_table(&lines, 1);
    }
}

fn line(name: &str, figures: &Figures, dhub: &Figures) -> Vec<String> {
    let is_dhub = std::ptr::eq(figures, dhub);
    let ratio = |of: Option<Spread>, to: Option<Spread>| match (of, to) {
        (Some(of), Some(to)) if !is_dhub && to.median > 0.0 => format!("{:.3}", of.median / to.median),
        _ => String::new(),
    };
    let median = |spread: Option<Spread>| spread.map(|spread| short(spread.median)).unwrap_or_default();
    let quartiles = |spread: Option<Spread>| match spread {
        Some(spread) if figures.runs > 1 => {
            format!("({}–{})", short(spread.lower_quartile), short(spread.upper_quartile))
        }
        _ => String::new(),
    };
    let (wall, of_wall) = (Some(figures.wall_ms), Some(dhub.wall_ms));
    let traffic = figures.traffic;
    let count = |count: Option<usize>| count.map(|count| count.to_string()).unwrap_or_default();
    vec![
        name.to_owned(),
        figures.name.clone(),
        count((figures.runs > 0).then_some(figures.runs)),
        median(wall),
        quartiles(wall),
        ratio(of_wall, wall),
        median(figures.cpu_ms),
        quartiles(figures.cpu_ms),
        ratio(dhub.cpu_ms, figures.cpu_ms),
        median(figures.peak_mb),
        ratio(dhub.peak_mb, figures.peak_mb),
        count(traffic.map(|traffic| traffic.connections)),
        count(traffic.and_then(|traffic| traffic.requests)),
        count(traffic.map(|traffic| traffic.bytes_sent)),
        count(traffic.map(|traffic| traffic.bytes_received)),
    ]
}

fn print_plan(plan: &Simulated) {
    let header = [
        "fork of",
        "dhub: worst s",
        "÷ length",
        "mean s",
        "requests",
        "dh: worst s",
        "÷ length",
        "mean s",
        "requests",
    ];
    let mut lines = vec![header.map(str::to_owned).to_vec()];
    for noticed in &plan.lengths {
        let mut line = vec![format!("{} s", noticed.length_s)];
        for lateness in [&noticed.dhub, &noticed.dh] {
            line.push(short(lateness.worst_s));
            line.push(format!("{:.3}", lateness.worst_part));
            line.push(short(lateness.mean_s));
            line.push(short(lateness.mean_requests));
        }
        lines.push(line);
    }
    println!("\nwhen a finished fork is noticed (simulated: a response takes no time)");
    print_table(&lines, 0);
}

/// Prints lines of cells, every column but the first `left` ones to the right.
fn print_table(lines: &[Vec<String>], left: usize) {
    let columns = lines.iter().map(Vec::len).max().unwrap_or(0);
    let width = |cell: &String| cell.chars().count();
    let widths: Vec<usize> = (0..columns)
        .map(|column| lines.iter().filter_map(|line| line.get(column)).map(width).max().unwrap_or(0))
        .collect();
    for line in lines {
        let cells: Vec<String> = line
            .iter()
            .zip(&widths)
            .enumerate()
            .map(
                |(column, (cell, &width))| {
                    if column < left { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
                },
            )
            .collect();
        println!("{}", cells.join("  ").trim_end());
    }
}

/// Three significant digits, or all before the point.
fn short(figure: f64) -> String {
    match figure.abs() {
        0.0 => "0".to_owned(),
        size if size < 10.0 => format!("{figure:.2}"),
        size if size < 100.0 => format!("{figure:.1}"),
        _ => format!("{figure:.0}"),
    }
}
