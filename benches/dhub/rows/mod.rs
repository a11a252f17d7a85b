//! The rows of the table, and what runs them.

mod forks;
mod lists;
mod size;
mod trees;
mod version;
mod wait;

pub use size::Size;

use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, ensure};
use clap::Parser;

use super::machine::Machine;
use super::report::Report;
use super::{measure, plan};

/// What dhub costs, beside its peers on this machine
#[derive(Parser)]
#[command(name = "cargo bench --")]
struct Options {
    /// Only the rows with one of these in their names, such as `forks-1` or `tree`
    rows: Vec<String>,
    /// Few runs and smaller lists, in about a minute
    #[arg(long)]
    quick: bool,
    /// Where the figures go as JSON
    #[arg(long, value_name = "FILE", default_value_os_t = target().join("bench.json"))]
    json: PathBuf,
    /// Build nothing: measure what an earlier run has built, else the program that cargo built for the benchmark
    #[arg(long)]
    no_build: bool,
    /// Measure this program, such as an older one
    #[arg(long, value_name = "FILE")]
    dhub: Option<PathBuf>,
    /// cargo's own
    #[arg(long, hide = true)]
    bench: bool,
}

pub fn main() -> ExitCode {
    let mut arguments = env::args_os();
    if arguments.nth(1).is_some_and(|first| first == measure::ARGUMENT) {
        return match measure::one_run(arguments) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("{error:#}");
                ExitCode::FAILURE
            }
        };
    }
    match run(&Options::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// False where something could not run.
fn run(options: &Options) -> Result<bool> {
    let program = program(options)?;
    let program = program.canonicalize().with_context(|| format!("no program at {}", program.display()))?;
    eprintln!("measured: {}", program.display());
    let machine = Machine::new(program, options.quick, target(), options.rows.clone())?;
    let mut rows = Vec::new();
    let groups = [version::run, forks::run, lists::run, trees::run, wait::run];
    for group in groups {
        if let Err(error) = group(&machine, &mut rows) {
            machine.fails("some rows are missing", &error);
        }
    }
    let plan = machine.wants("plan").then(|| plan::simulate(machine.runs(5_000, 1_000)));
    let size = if machine.wants("size") { size::of(&machine, options)? } else { None };
    let nothing = rows.is_empty() && plan.is_none() && size.is_none() && !machine.has_failed();
    ensure!(!nothing, "no row is named so");
    let report = Report::new(&machine, rows, plan, size);
    report.print();
    report.write(&options.json)?;
    eprintln!("the same as JSON: {}", options.json.display());
    Ok(!machine.has_failed())
}

/// The program that is measured: as released, since the tests' dependencies switch on features that a user never gets.
fn program(options: &Options) -> Result<PathBuf> {
    if let Some(program) = &options.dhub {
        return Ok(program.clone());
    }
    if !options.no_build {
        return size::build(&target(), true);
    }
    let built = size::built(&target(), true);
    Ok(if built.exists() { built } else { env!("CARGO_BIN_EXE_dhub").into() })
}

/// Where cargo puts what it builds.
fn target() -> PathBuf {
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR"));
    scratch.parent().unwrap_or(scratch).to_owned()
}
