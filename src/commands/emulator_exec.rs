//! `dhub emulator exec`: run a command against an emulator of its own, and leave nothing behind.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io::{self, ErrorKind, IsTerminal};
use std::path::Path;
use std::process::{Child, Command, ExitStatus};
use std::sync::{Arc, Mutex, PoisonError};

use crate::cli;
use crate::emulator::{Emulator, TOKEN};
use crate::error::{Error, Kind};
use crate::interrupt::{self, Signal};

use super::Context;
use super::emulator_start::{cannot_start, options};

/// What a shell says of a command that cannot be run, and of one that is not there.
const CANNOT_RUN: u8 = 126;
const NOT_THERE: u8 = 127;

pub fn run(context: &Context, args: cli::Exec) -> anyhow::Result<u8> {
    let Some((program, arguments)) = args.command.split_first() else {
        return Err(Error::usage("there is no command to run").into());
    };
    let child = Arc::new(Mutex::new(None));
    // From here on a signal ends the command, not this program, which has to clean up.
    let to = child.clone();
    interrupt::on_signal(move |signal, _| pass_on(signal, &to))?;

    let emulator = Emulator::start(options(&args.tuning, args.state, ([127, 0, 0, 1], 0).into()))
        .map_err(cannot_start)?;
    let folder = tempfile::Builder::new().prefix("dhub-emulator-").tempdir()?;
    let command = prepare(Command::new(program), &emulator, folder.path())?;
    let exit_code = match spawn(command, arguments, &child) {
        Ok(running) => wait(running, &child)?,
        Err(error) => {
            let program = program.to_string_lossy();
            context
                .output
                .error(&Error::new(Kind::Io, error.to_string()).doing(format!("cannot run {program}")));
            if error.kind() == ErrorKind::NotFound { NOT_THERE } else { CANNOT_RUN }
        }
    };
    drop(emulator);
    folder.close()?;
    Ok(exit_code)
}

/// Gives the command the emulator's address and token, and nobody else's.
fn prepare(mut command: Command, emulator: &Emulator, folder: &Path) -> anyhow::Result<Command> {
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("DOLTHUB_") || text.starts_with("DH_") {
            command.env_remove(&name);
        }
    }
    let config = folder.join("config.toml");
    fs::write(&config, "")?;
    let bin = folder.join("bin");
    fs::create_dir(&bin)?;
    link(&env::current_exe()?, &bin)?;
    command
        .env("DOLTHUB_HOST", emulator.url())
        .env("DOLTHUB_TOKEN", TOKEN)
        .env("DHUB_CONFIG", config)
        .env("NO_PROXY", "127.0.0.1,localhost,::1")
        .env("no_proxy", "127.0.0.1,localhost,::1")
        .env("PATH", path_with(&bin)?);
    Ok(command)
}

#[cfg(unix)]
fn link(this: &Path, bin: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(this, bin.join("dhub"))
}

#[cfg(not(unix))]
fn link(this: &Path, bin: &Path) -> io::Result<()> {
    fs::copy(this, bin.join("dhub.exe")).map(|_| ())
}

fn path_with(first: &Path) -> anyhow::Result<OsString> {
    let rest = env::var_os("PATH").unwrap_or_default();
    Ok(env::join_paths(std::iter::once(first.to_owned()).chain(env::split_paths(&rest)))?)
}

type Running = Arc<Mutex<Option<u32>>>;

fn spawn(mut command: Command, arguments: &[OsString], running: &Running) -> io::Result<Child> {
    let mut running = running.lock().unwrap_or_else(PoisonError::into_inner);
    let child = command.args(arguments).spawn()?;
    *running = Some(child.id());
    Ok(child)
}

fn wait(mut child: Child, running: &Running) -> io::Result<u8> {
    let status = child.wait()?;
    *running.lock().unwrap_or_else(PoisonError::into_inner) = None;
    Ok(exit_code(status))
}

#[cfg(unix)]
fn exit_code(status: ExitStatus) -> u8 {
    use std::os::unix::process::ExitStatusExt;
    let code = status.code().or_else(|| status.signal().map(|signal| 128 + signal));
    code.and_then(|code| u8::try_from(code).ok()).unwrap_or(1)
}

#[cfg(not(unix))]
fn exit_code(status: ExitStatus) -> u8 {
    status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)
}

/// Passes a signal on to the command, unless the terminal gave it one already.
#[cfg(unix)]
fn pass_on(signal: Signal, running: &Running) {
    use rustix::process::{Pid, Signal as Number, kill_process};

    let at_a_terminal = io::stdin().is_terminal() || io::stdout().is_terminal() || io::stderr().is_terminal();
    let number = match signal {
        Signal::Interrupt if at_a_terminal => return,
        Signal::Interrupt => Number::INT,
        Signal::Terminate => Number::TERM,
        Signal::Hangup => Number::HUP,
    };
    let running = running.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(pid) = running.and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw) {
        // It may be gone already.
        let _ = kill_process(pid, number);
    }
}

#[cfg(not(unix))]
fn pass_on(_: Signal, _: &Running) {
    // The console gives Ctrl-C to every program in it.
}
