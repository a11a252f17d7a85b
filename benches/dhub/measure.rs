//! What one run of a program costs: time, CPU time of itself and its children, the largest peak memory among them.
//!
//! A small process of its own runs it, for two reasons: the system reports a program's peak memory as at least that
//! of the process that started it, and the costs of child processes only as a sum over all of them.

use std::ffi::OsString;
use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use std::{env, fs, thread};

use anyhow::{Context, Result, bail, ensure};
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;
use portable_pty::{CommandBuilder, PtySize, native_pty_system};

/// The first argument that makes this program the small process.
pub const ARGUMENT: &str = "measure-one-run";
/// Wide enough for a table with both columns.
const SIZE: PtySize = PtySize { rows: 50, cols: 160, pixel_width: 0, pixel_height: 0 };

/// A program to be run.
#[derive(Clone)]
pub struct Program {
    /// The program's path and its arguments.
    pub command: Vec<OsString>,
    /// All of its environment.
    pub environment: Vec<(String, String)>,
    /// Where its stdout goes.
    pub stdout: Stdout,
}

/// Where stdout goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stdout {
    File,
    /// So do stdin and stderr.
    Terminal,
}

/// One run.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    pub wall_ms: f64,
    pub cpu_ms: f64,
    pub peak_mb: f64,
    /// The most threads seen at a time; none where they were not watched, or the system does not show them.
    pub threads: Option<u64>,
    /// When it ended, since 1970.
    pub ended: Duration,
}

impl Program {
    /// Runs it in `folder`; what it writes to stdout is then in the file `out` there. `watched` counts its threads too.
    pub fn run(&self, folder: &Path, watched: bool) -> Result<Sample> {
        let output = Command::new(env::current_exe()?)
            .arg(ARGUMENT)
            .arg(folder.join("out"))
            .arg(if self.stdout == Stdout::Terminal { "terminal" } else { "file" })
            .arg(if watched { "watched" } else { "alone" })
            .args(&self.command)
            .env_clear()
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .current_dir(folder)
            .stdin(Stdio::null())
            .output()?;
        ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr).trim());
        let line = String::from_utf8(output.stdout)?;
        let numbers: Vec<u64> = line.split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
        let &[wall, cpu, peak, threads, ended] = numbers.as_slice() else { bail!("no figures: {line}") };
        Ok(Sample {
            wall_ms: wall as f64 / 1e6,
            cpu_ms: cpu as f64 / 1e3,
            peak_mb: peak as f64 / 1e6,
            threads: (threads > 0).then_some(threads),
            ended: Duration::from_nanos(ended),
        })
    }
}

/// What the small process does; it prints the figures of a [`Sample`] in one line.
pub fn one_run(mut arguments: env::ArgsOs) -> Result<()> {
    let mut next = || arguments.next().context("an argument is missing");
    let (out, stdout, watched, program) = (next()?, next()?, next()?, next()?);
    let arguments: Vec<OsString> = arguments.collect();
    let watched = watched == "watched";
    let run = if stdout == "terminal" { in_terminal } else { to_file };
    let (wall, threads) = run(Path::new(&out), &program, &arguments, watched)?;
    let ended = SystemTime::now().duration_since(UNIX_EPOCH)?;
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let cpu = usage.user_time().num_microseconds() + usage.system_time().num_microseconds();
    // Linux counts in KiB, macOS in bytes.
    let unit = if cfg!(target_os = "macos") { 1 } else { 1024 };
    let peak = usage.max_rss() * unit;
    println!("{} {cpu} {peak} {threads} {}", wall.as_nanos(), ended.as_nanos());
    Ok(())
}

fn to_file(out: &Path, program: &OsString, arguments: &[OsString], watched: bool) -> Result<(Duration, u64)> {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(File::create(out)?);
    let started = Instant::now();
    let mut child = command.spawn().with_context(|| format!("{} does not start", program.display()))?;
    let id = watched.then(|| child.id());
    let (status, threads) = watching(id, || child.wait());
    let (wall, status) = (started.elapsed(), status?);
    ensure!(status.success(), "{} ended with {status}", program.display());
    Ok((wall, threads))
}

fn in_terminal(
    out: &Path,
    program: &OsString,
    arguments: &[OsString],
    watched: bool,
) -> Result<(Duration, u64)> {
    let pair = native_pty_system().openpty(SIZE)?;
    let mut command = CommandBuilder::new(program);
    command.args(arguments);
    command.cwd(env::current_dir()?);
    let mut output = pair.master.try_clone_reader()?;
    let mut seen = Vec::new();
    let started = Instant::now();
    let mut child = pair.slave.spawn_command(command)?;
    drop(pair.slave);
    let id = if watched { child.process_id() } else { None };
    let (status, threads) = watching(id, || {
        // Ends with an error where the program has closed the terminal.
        let _ = output.read_to_end(&mut seen);
        child.wait()
    });
    let (wall, status) = (started.elapsed(), status?);
    File::create(out)?.write_all(&seen)?;
    ensure!(
        status.success(),
        "{} ended with {status}: {}",
        program.display(),
        String::from_utf8_lossy(&seen)
    );
    Ok((wall, threads))
}

/// Does the work, and counts the threads of a process meanwhile: the most at a time.
fn watching<T>(process: Option<u32>, work: impl FnOnce() -> T) -> (T, u64) {
    let Some(process) = process else { return (work(), 0) };
    let (most, done) = (AtomicU64::new(0), AtomicBool::new(false));
    let result = thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::SeqCst) {
                most.fetch_max(threads(process).unwrap_or(0), Ordering::SeqCst);
                thread::sleep(Duration::from_millis(20));
            }
        });
        let result = work();
        done.store(true, Ordering::SeqCst);
        result
    });
    (result, most.into_inner())
}

fn threads(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    status.lines().find_map(|line| line.strip_prefix("Threads:"))?.trim().parse().ok()
}
