//! Programs that dhub runs, itself among them: where they are, and what their stdin is.

use std::ffi::OsStr;
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::process::Stdio;

/// The file of a program: a bare name is looked up in PATH, but never in the current folder, which may be anybody's.
///
/// # Errors
/// When PATH has no such program.
#[cfg(unix)]
pub fn find(program: &OsStr) -> io::Result<PathBuf> {
    use std::os::unix::fs::PermissionsExt;
    if program.to_string_lossy().contains('/') {
        return Ok(program.into());
    }
    let folders = std::env::var_os("PATH").unwrap_or_else(|| "/usr/local/bin:/usr/bin:/bin".into());
    let is_program = |file: &std::fs::Metadata| file.is_file() && file.permissions().mode() & 0o111 != 0;
    std::env::split_paths(&folders)
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(program))
        .find(|path| path.metadata().is_ok_and(|file| is_program(&file)))
        .ok_or_else(not_there)
}

/// The file of a program: a bare name is looked up in PATH, but never in the current folder, which may be anybody's.
///
/// # Errors
/// When PATH has no such program.
#[cfg(not(unix))]
pub fn find(program: &OsStr) -> io::Result<PathBuf> {
    if program.to_string_lossy().contains(std::path::is_separator) {
        return Ok(program.into());
    }
    let folders = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&folders)
        .filter(|folder| folder.is_absolute())
        .flat_map(|folder| [folder.join(program), folder.join(program).with_extension("exe")])
        .find(|path| path.is_file())
        .ok_or_else(not_there)
}

/// The file of this program. Where the system does not tell, as in a chroot without `/proc`, it is found the way that a shell
/// finds it.
///
/// # Errors
/// When it is called by a name that PATH does not have.
pub fn this() -> io::Result<PathBuf> {
    std::env::current_exe().or_else(|_| {
        let name = std::env::args_os().next().ok_or_else(not_there)?;
        std::path::absolute(find(&name)?)
    })
}

fn not_there() -> io::Error {
    io::Error::new(io::ErrorKind::NotFound, "there is no such program in PATH")
}

/// A terminal for questions: this program's stdin may be a list that it or a loop around it reads.
pub fn terminal_or_nothing() -> Stdio {
    if io::stdin().is_terminal() {
        return Stdio::inherit();
    }
    #[cfg(unix)]
    if let Ok(terminal) = std::fs::File::open("/dev/tty") {
        return terminal.into();
    }
    Stdio::null()
}
