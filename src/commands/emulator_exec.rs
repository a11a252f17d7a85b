//! `dhub emulator exec`: run a command against an emulator of its own, and leave nothing behind.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;
use std::process::{Child, Command, ExitStatus};
use std::sync::{Arc, Mutex, MutexGuard};

use crate::cli;
use crate::emulator::{Emulator, TOKEN};
use crate::error::{Error, Kind, reason};
use crate::interrupt::{self, Signal};

use super::context::Context;
use super::emulator_start::{cannot_start, options};

/// What a shell says of a command that cannot be run, and of one that is not there.
const CANNOT_RUN: u8 = 126;
const NOT_THERE: u8 = 127;

pub fn run(context: &Context, args: cli::Exec) -> anyhow::Result<u8> {
    let Some((program, arguments)) = args.command.split_first() else {
        return Err(Error::usage("there is no command to run").into());
    };
    let child = Arc::new(Mutex::new(Running::default()));
    // From here on a signal ends the command, not this program, which has to clean up.
    let to = child.clone();
    interrupt::on_signal(move |signal, _| lock(&to).pass_on(signal))?;

    let emulator = Emulator::start(options(&args.tuning, args.state, ([127, 0, 0, 1], 0).into()))
        .map_err(cannot_start)?;
    let temporary = |error: io::Error| {
        let place = env::temp_dir();
        Error::new(
            Kind::Io,
            format!("cannot use {} for temporary files: {}", place.display(), reason(&error)),
        )
        .with_hint("set TMPDIR to a folder that can be written")
    };
    let folder = tempfile::Builder::new().prefix("dhub-emulator-").tempdir().map_err(temporary)?;
    let command = prepare(Command::new(program), &emulator, folder.path()).map_err(temporary)?;
    let ended = spawn(command, arguments, &child).and_then(|running| wait(running, &child));
    drop(emulator);
    folder.close()?;
    match ended {
        Ok(status) => Ok(end_like(status, lock(&child).received)),
        Err(error) => {
            let doing = format!("cannot run {}", program.to_string_lossy());
            context.output.error(&Error::new(Kind::Io, reason(&error)).with_context(doing));
            Ok(if error.kind() == ErrorKind::NotFound { NOT_THERE } else { CANNOT_RUN })
        }
    }
}

/// Gives the command the emulator's address and token, and no others.
fn prepare(mut command: Command, emulator: &Emulator, folder: &Path) -> io::Result<Command> {
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

fn path_with(first: &Path) -> io::Result<OsString> {
    let rest = env::var_os("PATH").unwrap_or_default();
    env::join_paths(std::iter::once(first.to_owned()).chain(env::split_paths(&rest)))
        .map_err(io::Error::other)
}

/// The command while it runs, and the signal that came meanwhile.
#[derive(Default)]
struct Running {
    process: Option<u32>,
    received: Option<Signal>,
}

fn lock(running: &Mutex<Running>) -> MutexGuard<'_, Running> {
    running.lock().expect("nothing panics while it holds the child's lock")
}

fn spawn(mut command: Command, arguments: &[OsString], running: &Mutex<Running>) -> io::Result<Child> {
    let mut running = lock(running);
    let child = command.args(arguments).spawn()?;
    running.process = Some(child.id());
    if let Some(signal) = running.received {
        // It came before there was anything to end.
        running.pass_on(signal);
    }
    Ok(child)
}

fn wait(mut child: Child, running: &Mutex<Running>) -> io::Result<ExitStatus> {
    let status = child.wait()?;
    lock(running).process = None;
    Ok(status)
}

/// The command's exit code; 128 and the signal's number if one ended it, as in a shell.
#[cfg(unix)]
fn end_like(status: ExitStatus, received: Option<Signal>) -> u8 {
    use std::os::unix::process::ExitStatusExt;
    if let Some(signal) = received.filter(|received| status.signal() == Some(received.number())) {
        // The same signal was meant for this program as well: dying of it stops a shell's loop.
        interrupt::die_of(signal);
    }
    let code = status.code().or_else(|| status.signal().map(|signal| 128 + signal));
    code.and_then(|code| u8::try_from(code).ok()).unwrap_or(1)
}

#[cfg(not(unix))]
fn end_like(status: ExitStatus, _: Option<Signal>) -> u8 {
    status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)
}

impl Running {
    /// Passes a signal on to the command, unless the terminal gave it one already.
    #[cfg(unix)]
    fn pass_on(&mut self, signal: Signal) {
        use std::io::IsTerminal;

        use rustix::process::{Pid, Signal as Number, kill_process};

        self.received = Some(signal);
        let at_a_terminal =
            io::stdin().is_terminal() || io::stdout().is_terminal() || io::stderr().is_terminal();
        let number = match signal {
            Signal::Interrupt if at_a_terminal => return,
            Signal::Interrupt => Number::INT,
            Signal::Terminate => Number::TERM,
            Signal::Hangup => Number::HUP,
        };
        let process = self.process.and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw);
        if let Some(process) = process {
            // It may be gone already.
            let _ = kill_process(process, number);
        }
    }

    /// The console gives Ctrl-C to every program in it.
    #[cfg(not(unix))]
    fn pass_on(&mut self, signal: Signal) {
        self.received = Some(signal);
    }
}
