//! A private file that several processes may write: one writer at a time, and readers see it whole, old or new.
//!
//! Beside `NAME` stand `NAME.lock`, which is empty and stays, and, while it is written, `NAME.tmp`. The fixed name is why a
//! writer that was killed leaves no secret behind: the next one removes it.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, File, Metadata, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, Instant};

use crate::error::{Error, Kind, reason};

/// Others write for milliseconds. One that is stopped in the midst of it must not block without end.
const MAX_WAIT: Duration = Duration::from_secs(10);

/// The temporary files that are being written.
static UNFINISHED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

fn unfinished() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    UNFINISHED.lock().expect("nothing panics while it holds the set's lock")
}

/// Removes what is not written to its end, because a signal ends the program: it may hold a secret.
pub fn remove_unfinished() {
    for temporary in &*unfinished() {
        let _ = fs::remove_file(temporary);
    }
}

/// Why a file cannot be written.
#[derive(Debug)]
pub enum WriteError {
    /// What the system said.
    Io(io::Error),
    /// What is there must not be replaced: it is this.
    Refused(&'static str),
    /// Another process has held the lock for too long.
    Locked,
}

impl From<io::Error> for WriteError {
    fn from(error: io::Error) -> Self {
        WriteError::Io(error)
    }
}

impl WriteError {
    /// The error of this kind about the file at `path`.
    pub fn into_error(self, path: &Path, kind: Kind) -> Error {
        let path = path.display();
        match self {
            WriteError::Io(error) => Error::new(kind, format!("cannot write {path}: {}", reason(&error))),
            WriteError::Refused(what) => Error::new(kind, format!("cannot write {path}: it is {what}"))
                .with_hint("name a file of your own"),
            WriteError::Locked => {
                Error::new(kind, format!("cannot write {path}: another dhub is writing it"))
                    .with_hint("try again once that has ended")
            }
        }
    }
}

/// A file that only this process writes, until this is dropped. Read it again once it is locked.
#[derive(Debug)]
pub struct LockedFile {
    /// Where it is, links followed.
    path: PathBuf,
    /// Holds the lock; none where the system knows no locks.
    lock: Option<File>,
}

impl LockedFile {
    /// Waits until no other process writes the file. Makes its folder, private, where there is none; a link is followed.
    ///
    /// # Errors
    /// When what is there must not be replaced (no regular file, or another user's), when another process does not let
    /// go of it, or the folder cannot be made.
    pub fn open(path: &Path) -> Result<Self, WriteError> {
        LockedFile::open_within(path, MAX_WAIT)
    }

    /// The same, waiting no longer than `wait` for another process.
    ///
    /// # Errors
    /// As [`LockedFile::open`].
    pub fn open_within(path: &Path, wait: Duration) -> Result<Self, WriteError> {
        let path = resolve(path)?;
        let folder = folder_of(&path);
        let made = create_private_folder(folder);
        if !folder.is_dir() {
            made?;
        }
        let lock = match lock(&beside(&path, ".lock"), true, wait) {
            Err(WriteError::Io(_)) => lock(&path, false, wait),
            lock => lock,
        };
        let lock = match lock {
            Err(WriteError::Io(_)) => None,
            lock => Some(lock?),
        };
        let file = LockedFile { path, lock };
        // What a writer left that was killed. Without a lock it may be that of one who writes now.
        if file.is_locked() {
            let _ = fs::remove_file(file.temporary());
        }
        Ok(file)
    }

    /// The file although another process does not let go of it: for lines that are appended, which then stand between its own.
    ///
    /// # Errors
    /// As [`LockedFile::open`].
    pub fn open_unlocked(path: &Path) -> Result<Self, WriteError> {
        Ok(LockedFile { path: resolve(path)?, lock: None })
    }

    /// A note for the user where the system knows no locks.
    pub fn note(&self) -> Option<String> {
        let path = self.path.display();
        self.lock.is_none().then(|| {
            format!(
                "{path} cannot be locked here: a dhub that writes it at the same time may undo this change"
            )
        })
    }

    /// Replaces the file, of which from its first byte on only its owner can read anything. In place where it cannot be
    /// replaced: as a mount point, or in a folder that is read-only.
    ///
    /// # Errors
    /// When it cannot be written; it is as it was then.
    pub fn replace(&self, bytes: &[u8]) -> io::Result<()> {
        let temporary = self.temporary();
        unfinished().insert(temporary.clone());
        let written = write_new(&temporary, bytes).or_else(|error| match error.kind() {
            // Without a lock, what a killed writer left is still there.
            ErrorKind::AlreadyExists => {
                fs::remove_file(&temporary).and_then(|()| write_new(&temporary, bytes))
            }
            _ => Err(error),
        });
        let replaced = written.and_then(|()| fs::rename(&temporary, &self.path));
        // Once it is replaced, a file of this name is the next writer's: the lock may have been on the old file itself.
        if replaced.is_err() {
            let _ = fs::remove_file(&temporary);
        }
        unfinished().remove(&temporary);
        replaced.or_else(|error| match error.kind() {
            ErrorKind::ResourceBusy | ErrorKind::CrossesDevices => write_in_place(&self.path, bytes),
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                write_in_place(&self.path, bytes).map_err(|_| error)
            }
            _ => Err(error),
        })
    }

    /// Whether no other process writes the file while this is held.
    pub fn is_locked(&self) -> bool {
        self.lock.is_some()
    }

    /// Opens the file itself, which only its owner can read from then on; it is made where there is none. What is written
    /// goes to its end.
    ///
    /// # Errors
    /// When it cannot be opened, or is no regular file any more.
    pub fn to_append(&self) -> io::Result<(File, Metadata)> {
        let file = private().read(true).append(true).create(true).open(&self.path)?;
        let metadata = file.metadata()?;
        if !metadata.is_file() {
            return Err(not_regular());
        }
        if is_open_to_others(&metadata) {
            hide_from_others(&file);
        }
        Ok((file, metadata))
    }

    /// Opens the file itself to be read.
    ///
    /// # Errors
    /// When it cannot be, or is no regular file any more.
    pub fn to_read(&self) -> io::Result<File> {
        let file = private().read(true).open(&self.path)?;
        if file.metadata()?.is_file() { Ok(file) } else { Err(not_regular()) }
    }

    fn temporary(&self) -> PathBuf {
        beside(&self.path, ".tmp")
    }
}

/// Checks that the file at `path`, if there is one, may be replaced.
///
/// # Errors
/// As [`LockedFile::open`].
pub fn check(path: &Path) -> Result<(), WriteError> {
    resolve(path).map(drop)
}

/// Removes what a writer left that was killed, if there is anything: it may hold a secret.
pub fn remove_leftover(path: &Path) {
    let left = resolve(path).is_ok_and(|path| fs::symlink_metadata(beside(&path, ".tmp")).is_ok());
    if left {
        // The next holder of the lock removes it.
        let _ = LockedFile::open(path);
    }
}

/// The file that `path` leads to, where it may be replaced: a device would become a file, and another user's is theirs.
fn resolve(path: &Path) -> Result<PathBuf, WriteError> {
    let (path, existing) = match fs::symlink_metadata(path) {
        Ok(link) if link.is_symlink() => {
            let target = fs::canonicalize(path).map_err(|error| match error.kind() {
                ErrorKind::NotFound => WriteError::Refused("a symbolic link to a file that does not exist"),
                _ => WriteError::Io(error),
            })?;
            let existing = fs::metadata(&target)?;
            (target, existing)
        }
        Ok(existing) => (path.to_owned(), existing),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(path.to_owned()),
        Err(error) => return Err(error.into()),
    };
    if !existing.is_file() {
        return Err(WriteError::Refused("not a regular file"));
    }
    if is_another_users(&existing) {
        return Err(WriteError::Refused("another user's file"));
    }
    Ok(path)
}

fn not_regular() -> io::Error {
    io::Error::other("it is not a regular file")
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(ending);
    name.into()
}

/// Opens a file, perhaps a new one, and locks it for this process alone.
fn lock(path: &Path, create: bool, wait: Duration) -> Result<File, WriteError> {
    let deadline = Instant::now() + wait;
    loop {
        let file = private().read(true).write(true).create(create).open(path)?;
        match file.try_lock() {
            // The last holder of the lock may have replaced the file.
            Ok(()) if is_at(&file, path) => return Ok(file),
            Err(TryLockError::Error(error)) => return Err(error.into()),
            Ok(()) | Err(TryLockError::WouldBlock) if Instant::now() > deadline => {
                return Err(WriteError::Locked);
            }
            Ok(()) | Err(TryLockError::WouldBlock) => thread::sleep(Duration::from_millis(2)),
        }
    }
}

fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = private().write(true).create_new(true).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Writes over what is there, and back what was there where that fails.
fn write_in_place(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut before = Vec::new();
    File::open(path)?.read_to_end(&mut before)?;
    let over_all = |bytes: &[u8]| {
        let mut file = private().write(true).open(path)?;
        hide_from_others(&file);
        file.write_all(bytes)?;
        file.set_len(bytes.len() as u64)?;
        file.sync_all()
    };
    over_all(bytes).inspect_err(|_| {
        let _ = over_all(&before);
    })
}

#[cfg(unix)]
fn private() -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = OpenOptions::new();
    // Another user may have put a link or a pipe there.
    let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
    options.mode(0o600).custom_flags(flags.bits().cast_signed());
    options
}

#[cfg(unix)]
fn hide_from_others(file: &File) {
    use std::os::unix::fs::PermissionsExt;
    // A file system without modes refuses this; the next read warns of a file that others can read.
    let _ = file.set_permissions(fs::Permissions::from_mode(0o600));
}

#[cfg(unix)]
fn is_another_users(file: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    file.uid() != rustix::process::geteuid().as_raw()
}

#[cfg(unix)]
fn is_open_to_others(file: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    file.mode() & 0o077 != 0
}

/// Whether this is the file at `path`.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let same = |one: Metadata, other: Metadata| (one.dev(), one.ino()) == (other.dev(), other.ino());
    file.metadata().is_ok_and(|one| fs::metadata(path).is_ok_and(|other| same(one, other)))
}

#[cfg(unix)]
fn create_private_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

// Elsewhere a user's files and folders are private by default.
#[cfg(not(unix))]
fn private() -> OpenOptions {
    OpenOptions::new()
}

#[cfg(not(unix))]
fn hide_from_others(_: &File) {}

#[cfg(not(unix))]
fn is_another_users(_: &Metadata) -> bool {
    false
}

#[cfg(not(unix))]
fn is_open_to_others(_: &Metadata) -> bool {
    false
}

#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

#[cfg(not(unix))]
fn create_private_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

#[cfg(test)]
mod tests;
