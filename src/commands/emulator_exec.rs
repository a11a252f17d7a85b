//! `dhub emulator exec`: run a command against an emulator of its own, and leave nothing behind.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;
use std::process::{Child, Command, ExitStatus};
use std::sync::{Arc, Mutex, MutexGuard};

use tempfile::TempDir;

use crate::cli;
use crate::emulator::{Emulator, TOKEN};
use crate::error::{Error, Kind, reason};
use crate::interrupt::{self, Signal};
use crate::program;

use super::context::Context;
use super::emulator_start::{cannot_start, options};

/// What a shell says of a command that cannot be run, and of one that is not there.
const CANNOT_RUN: u8 = 126;
const NOT_THERE: u8 = 127;

/// What no proxy may stand before: the emulator.
const LOOPBACK: [&str; 3] = ["127.0.0.1", "localhost", "::1"];

pub fn run(context: &Context, args: cli::Exec) -> anyhow::Result<u8> {
    let Some((first, arguments)) = args.command.split_first() else {
        return Err(Error::usage("there is no command to run").into());
    };
    let child = Arc::new(Mutex::new(Running::default()));
    // From here on a signal ends the command, not this program, which has to clean up.
    let to = child.clone();
    interrupt::on_signal(move |signal, _| lock(&to).pass_on(signal))?;

    let emulator = Emulator::start(options(
        &args.tuning,
        args.state,
        ([127, 0, 0, 1], 0).into(),
        context.global.verbose > 0,
    ))
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
    let this = program::this().map_err(|error| {
        Error::new(Kind::Io, format!("cannot tell where dhub itself is: {}", reason(&error)))
            .with_hint("run dhub by its whole path")
    })?;
    let mut command = prepare(Command::new(first), &this, &emulator, folder.path()).map_err(temporary)?;
    command.envs(context.global.api.map(|api| ("DOLTHUB_API", api.as_str())));
    let ended = spawn(command, arguments, &child).and_then(|running| wait(running, &child));
    drop(emulator);
    remove(context, folder);
    match ended {
        Ok(Some(status)) => Ok(end_like(status, lock(&child).received)),
        // A signal came before there was anything to end.
        Ok(None) => Ok(lock(&child).received.map_or(1, |signal| interrupt::die_of(signal))),
        Err(error) => {
            let doing = format!("cannot run {}", first.to_string_lossy());
            context.output.error(&Error::new(Kind::Io, reason(&error)).with_context(doing));
            Ok(if error.kind() == ErrorKind::NotFound { NOT_THERE } else { CANNOT_RUN })
        }
    }
}

/// Removes the temporary folder. Whatever the command did to it, the command's exit code is what counts.
fn remove(context: &Context, folder: TempDir) {
    let path = folder.path().to_owned();
    if let Err(error) = folder.close()
        && error.kind() != ErrorKind::NotFound
    {
        context.output.note(&format!("cannot remove {}: {}", path.display(), reason(&error)));
    }
}

/// Gives the command the emulator's address and token, and no others, and this program on its `PATH`.
fn prepare(mut command: Command, this: &Path, emulator: &Emulator, folder: &Path) -> io::Result<Command> {
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
    link(this, &bin)?;
    let [upper, lower] = ["NO_PROXY", "no_proxy"].map(|name| env::var_os(name).unwrap_or_default());
    command
        .env("DOLTHUB_HOST", emulator.url())
        .env("DOLTHUB_TOKEN", TOKEN)
        .env("DHUB_CONFIG", config)
        .env("DHUB_STATE", folder.join("state"))
        .env("NO_PROXY", with_loopback(if upper.is_empty() { &lower } else { &upper }))
        .env("no_proxy", with_loopback(if lower.is_empty() { &upper } else { &lower }))
        .env("PATH", path_with(&bin, env::var_os("PATH"))?);
    Ok(command)
}

/// Hosts that need no proxy, and loopback besides. `*` is every host, but only where it stands alone.
fn with_loopback(no_proxy: &OsStr) -> OsString {
    let text = no_proxy.to_string_lossy();
    let has = |host: &&str| text.split([',', ' ']).any(|known| known == *host);
    let mut hosts = no_proxy.to_owned();
    if text.trim() == "*" {
        return hosts;
    }
    for host in LOOPBACK.iter().filter(|host| !has(host)) {
        if !hosts.is_empty() {
            hosts.push(",");
        }
        hosts.push(host);
    }
    hosts
}

#[cfg(unix)]
fn link(this: &Path, bin: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(this, bin.join("dhub"))
}

#[cfg(not(unix))]
fn link(this: &Path, bin: &Path) -> io::Result<()> {
    fs::copy(this, bin.join("dhub.exe")).map(|_| ())
}

/// The folder in front of `PATH`. An empty element would be the current folder, so without a `PATH` it is the system's
/// own that stands in for it.
fn path_with(first: &Path, path: Option<OsString>) -> io::Result<OsString> {
    const SYSTEM: &str = if cfg!(unix) { "/usr/local/bin:/usr/bin:/bin" } else { "" };
    let path = path.filter(|path| !path.is_empty()).unwrap_or_else(|| SYSTEM.into());
    let rest = env::split_paths(&path).filter(|_| !path.is_empty());
    env::join_paths(std::iter::once(first.to_owned()).chain(rest)).map_err(io::Error::other)
}

/// The command while it runs, and the signal that came meanwhile.
#[derive(Default)]
struct Running {
    process: Option<u32>,
    received: Option<Signal>,
    /// Whether it was asked to end.
    #[cfg(unix)]
    was_asked: bool,
}

fn lock(running: &Mutex<Running>) -> MutexGuard<'_, Running> {
    running.lock().expect("nothing panics while it holds the child's lock")
}

/// Starts the command, unless a signal came before: then none is to run.
fn spawn(
    mut command: Command,
    arguments: &[OsString],
    running: &Mutex<Running>,
) -> io::Result<Option<Child>> {
    let mut running = lock(running);
    if running.received.is_some() {
        return Ok(None);
    }
    let child = command.args(arguments).spawn()?;
    running.process = Some(child.id());
    Ok(Some(child))
}

fn wait(child: Option<Child>, running: &Mutex<Running>) -> io::Result<Option<ExitStatus>> {
    let Some(mut child) = child else { return Ok(None) };
    let status = child.wait()?;
    lock(running).process = None;
    Ok(Some(status))
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
        use rustix::process::{Pid, Signal as Number, kill_process};

        self.received = Some(signal);
        let number = match signal {
            typed if typed.is_typed() && is_in_foreground() => return,
            // A command that ignores a polite one is not waited for.
            _ if std::mem::replace(&mut self.was_asked, true) => Some(Number::KILL),
            signal => Number::from_named_raw(signal.number()),
        };
        let process = self.process.and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw);
        // It may be gone already. One that is stopped hears of it only when it goes on.
        for number in [number, Some(Number::CONT)] {
            let _ = process.zip(number).map(|(process, number)| kill_process(process, number));
        }
    }

    /// The console gives Ctrl-C to every program in it.
    #[cfg(not(unix))]
    fn pass_on(&mut self, signal: Signal) {
        self.received = Some(signal);
    }
}

/// Whether what is typed at the terminal reaches this program, and the command with it.
#[cfg(unix)]
fn is_in_foreground() -> bool {
    let group = fs::File::open("/dev/tty")
        .map_err(|_| ())
        .and_then(|tty| rustix::termios::tcgetpgrp(&tty).map_err(|_| ()));
    group == Ok(rustix::process::getpgrp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loopback_is_added_to_the_users_hosts_without_a_proxy() {
        for (given, expected) in [
            ("", "127.0.0.1,localhost,::1"),
            ("corp.example", "corp.example,127.0.0.1,localhost,::1"),
            (".corp.example, localhost", ".corp.example, localhost,127.0.0.1,::1"),
            ("localhost,127.0.0.1,::1", "localhost,127.0.0.1,::1"),
            ("*", "*"),
        ] {
            assert_eq!(with_loopback(OsStr::new(given)), expected, "{given}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn no_path_makes_no_empty_element() {
        let path = |path: Option<&str>| path_with(Path::new("/t"), path.map(OsString::from)).unwrap();
        assert_eq!(path(None), "/t:/usr/local/bin:/usr/bin:/bin");
        assert_eq!(path(Some("")), "/t:/usr/local/bin:/usr/bin:/bin");
        assert_eq!(path(Some("/a:b")), "/t:/a:b");
    }
}
