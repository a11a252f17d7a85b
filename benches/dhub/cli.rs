//! The command line of the benchmark: what to measure, and where the report goes.

use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, ensure};
use clap::Parser;

use crate::machine::Machine;
use crate::report::Report;
use crate::{measure, plan, release, rows};

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
    let builds = !options.no_build;
    let machine = Machine::new(program, options.quick, builds, target(), options.rows.clone())?;
    let rows = rows::run(&machine);
    let plan = machine.wants("plan").then(|| plan::simulate(machine.runs(5_000, 1_000)));
    let size =
        if machine.wants("size") { release::size(&machine.target, builds && !options.quick)? } else { None };
    let nothing = rows.is_empty() && plan.is_none() && size.is_none() && !machine.has_failed();
    ensure!(!nothing, "no row has such a name");
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
        return release::build(&target(), true);
    }
    let built = release::built(&target(), true);
    Ok(if built.exists() { built } else { env!("CARGO_BIN_EXE_dhub").into() })
}

/// Where cargo puts what it builds.
fn target() -> PathBuf {
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR"));
    scratch.parent().unwrap_or(scratch).to_owned()
}
