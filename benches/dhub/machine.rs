//! This machine: which programs there are, which rows are wanted, and a clean place to run things in.

use std::cell::Cell;
use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use tempfile::TempDir;

use crate::measure::{Program, Sample, Stdout};

/// The database that everything is about, and a token that the emulator takes.
pub const DATABASE: &str = "dolthub/museum-collections";
pub const TOKEN: &str = dhub::emulator::TOKEN;

/// What the rows share.
pub struct Machine {
    /// The program that is measured.
    pub dhub: PathBuf,
    /// Few runs, and smaller lists.
    pub quick: bool,
    /// Whether anything may be built.
    pub builds: bool,
    /// Where builds go.
    pub target: PathBuf,
    /// Only rows with one of these in their names; all, if there is none.
    pub wanted: Vec<String>,
    folder: TempDir,
    failed: Cell<bool>,
}

impl Machine {
    pub fn new(
        dhub: PathBuf,
        quick: bool,
        builds: bool,
        target: PathBuf,
        wanted: Vec<String>,
    ) -> Result<Self> {
        let (folder, failed) = (tempfile::tempdir()?, Cell::new(false));
        Ok(Machine { dhub, quick, builds, target, wanted, folder, failed })
    }

    pub fn wants(&self, row: &str) -> bool {
        self.wanted.is_empty() || self.wanted.iter().any(|wanted| row.contains(wanted.as_str()))
    }

    /// One of two numbers.
    pub fn runs(&self, usually: usize, quick: usize) -> usize {
        if self.quick { quick } else { usually }
    }

    /// Reports that something did not run, and remembers it for the exit code.
    pub fn fails(&self, what: &str, error: &anyhow::Error) {
        eprintln!("error: {what}: {error:#}");
        self.failed.set(true);
    }

    pub fn has_failed(&self) -> bool {
        self.failed.get()
    }

    /// A folder to write to, which is also the home of everything that is run.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A program and its arguments, with these and the usual variables in its environment and no other.
    pub fn program(
        &self,
        program: &Path,
        arguments: impl IntoIterator<Item = impl Into<OsString>>,
        variables: &[(&str, &str)],
    ) -> Program {
        let mut environment = vec![
            ("HOME".to_owned(), self.folder().display().to_string()),
            ("PATH".to_owned(), env::var("PATH").unwrap_or_default()),
            ("LANG".to_owned(), "C.UTF-8".to_owned()),
            ("TERM".to_owned(), "xterm-256color".to_owned()),
        ];
        environment.extend(variables.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())));
        let command = std::iter::once(program.into()).chain(arguments.into_iter().map(Into::into)).collect();
        Program { command, environment, stdout: Stdout::File }
    }

    /// dhub, with the words split at spaces.
    pub fn dhub(&self, words: &str, variables: &[(&str, &str)]) -> Program {
        self.program(&self.dhub, words.split_whitespace(), variables)
    }

    /// A shell script; its arguments are `$1` and so on.
    pub fn script(&self, script: &str, arguments: &[&str], variables: &[(&str, &str)]) -> Result<Program> {
        let sh = find("sh").context("there is no sh")?;
        Ok(self.program(&sh, ["-c", script, "sh"].iter().chain(arguments).copied(), variables))
    }

    pub fn run(&self, program: &Program, watched: bool) -> Result<Sample> {
        program.run(self.folder(), watched)
    }

    /// What the last program wrote to stdout.
    pub fn output(&self) -> Result<Vec<u8>> {
        Ok(fs::read(self.folder().join("out"))?)
    }
}

/// Where a program is.
pub fn find(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(name)).find(|program| program.is_file())
}
