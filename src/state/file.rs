//! The state file itself: appended under a lock by any number of dhubs, compacted when it is read or has grown.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use etcetera::{BaseStrategy, choose_base_strategy};

use crate::atomic_file::{self, LockedFile, WriteError};
use crate::error::reason;
use crate::input_file;

use super::{Contents, Entry, HEADER, Line, is_state};

/// What is longer is no state file of dhub's: this holds 50,000 forks.
const MAX_BYTES: u64 = 16 * 1024 * 1024;
/// A file that has grown to this is compacted, and again when it has doubled.
const COMPACT_AT: u64 = 256 * 1024;
/// Others write for less than a millisecond.
const WAIT: Duration = Duration::from_secs(2);

/// Why the file is of no use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateError(pub String);

impl From<io::Error> for StateError {
    fn from(error: io::Error) -> Self {
        StateError(reason(&error))
    }
}

impl From<WriteError> for StateError {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Io(error) => error.into(),
            WriteError::Refused(what) => StateError(format!("it is {what}")),
            WriteError::Locked => StateError("another program holds its lock".to_owned()),
        }
    }
}

/// The state file. Shared by the threads of a command.
#[derive(Debug)]
pub struct StateFile {
    path: PathBuf,
    inner: Mutex<Inner>,
}

#[derive(Debug)]
struct Inner {
    /// Whether what is there was found to be a state file.
    checked: bool,
    wait: Duration,
    compact_at: u64,
}

impl StateFile {
    /// The file at `path`, which need not be there.
    pub fn new(path: PathBuf) -> Self {
        let inner = Inner { checked: false, wait: WAIT, compact_at: COMPACT_AT };
        StateFile { path, inner: Mutex::new(inner) }
    }

    /// The file's path unless another is given: `dhub/forks.jsonl` in the platform's state folder; none where there is no
    /// home folder.
    pub fn default_path() -> Option<PathBuf> {
        // As for the config file: XDG_STATE_HOME makes a home folder unnecessary.
        let xdg = std::env::var_os("XDG_STATE_HOME").map(PathBuf::from);
        let folder = match xdg.filter(|folder| cfg!(not(windows)) && folder.is_absolute()) {
            Some(folder) => folder,
            None => {
                let base = choose_base_strategy().ok()?;
                base.state_dir().unwrap_or_else(|| base.cache_dir())
            }
        };
        folder.is_absolute().then(|| folder.join("dhub").join("forks.jsonl"))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether there is anything at its path.
    pub fn exists(&self) -> bool {
        fs::symlink_metadata(&self.path).is_ok()
    }

    /// Appends a line. The file is made where there is none.
    ///
    /// # Errors
    /// When that is impossible.
    pub fn append(&self, line: &Line) -> Result<(), StateError> {
        let mut inner = self.lock();
        if !inner.checked {
            self.check()?;
            inner.checked = true;
        }
        let file = match LockedFile::open_within(&self.path, inner.wait) {
            Err(WriteError::Locked) => {
                // It waits once, not for each of a thousand forks. Only a compaction at this moment would lose the line.
                inner.wait = Duration::ZERO;
                LockedFile::open_unlocked(&self.path)?
            }
            file => {
                inner.wait = WAIT;
                file?
            }
        };
        let len = append(&file, &line.text())?;
        if len > inner.compact_at && file.is_locked() {
            // What cannot be compacted is longer, no more.
            let (_, len) = read_locked(&file)?;
            inner.compact_at = COMPACT_AT.max(2 * len);
        }
        Ok(())
    }

    /// Reads the file, and removes from it what is over. None is as an empty one.
    ///
    /// # Errors
    /// When it cannot be read, or is not dhub's.
    pub fn read(&self) -> Result<Vec<Entry>, StateError> {
        let _inner = self.lock();
        if !self.exists() {
            return Ok(Vec::new());
        }
        self.check()?;
        match LockedFile::open_within(&self.path, WAIT) {
            Ok(file) => Ok(read_locked(&file)?.0),
            Err(WriteError::Locked | WriteError::Io(_)) => {
                let (bytes, _) = input_file::read(&self.path, MAX_BYTES)?;
                Ok(Contents::read(&text(bytes)?, now()).entries)
            }
            Err(refused) => Err(refused.into()),
        }
    }

    /// Leaves a file that is not dhub's as it is, and makes nothing beside it.
    fn check(&self) -> Result<(), StateError> {
        atomic_file::check(&self.path)?;
        match File::open(&self.path) {
            Ok(file) => {
                check_len(file.metadata()?.len())?;
                let mut beginning = Vec::new();
                file.take(HEADER.len() as u64).read_to_end(&mut beginning)?;
                if is_state(&beginning) { Ok(()) } else { Err(foreign()) }
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().expect("nothing panics while it holds the state file's lock")
    }
}

/// Appends lines in one write, so that not even a process that cannot lock the file comes in between. Returns its length.
fn append(locked: &LockedFile, lines: &str) -> Result<u64, StateError> {
    let (mut file, metadata) = locked.to_append()?;
    let len = metadata.len();
    check_len(len)?;
    let mut beginning = Vec::new();
    (&file).take(HEADER.len() as u64).read_to_end(&mut beginning)?;
    if !is_state(&beginning) {
        return Err(foreign());
    }
    let header = HEADER.get(beginning.len()..).unwrap_or_default();
    // Whoever was killed may have left half a line.
    let line_break = if header.is_empty() && last_byte(&mut file)? != b'\n' { "\n" } else { "" };
    let written = format!("{header}{line_break}{lines}");
    file.write_all(written.as_bytes())?;
    Ok(len + written.len() as u64)
}

fn last_byte(file: &mut File) -> io::Result<u8> {
    let mut byte = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut byte)?;
    Ok(byte[0])
}

/// Reads the file, compacts it, and returns its new length, too.
fn read_locked(locked: &LockedFile) -> Result<(Vec<Entry>, u64), StateError> {
    let bytes = match locked.to_read() {
        Ok(file) => {
            let metadata = file.metadata()?;
            check_len(metadata.len())?;
            let mut bytes = Vec::new();
            file.take(MAX_BYTES).read_to_end(&mut bytes)?;
            bytes
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(error.into()),
    };
    let before = text(bytes)?;
    let contents = Contents::read(&before, now());
    let after = contents.compact();
    let is_shorter = after.len() < before.len();
    // Others could be writing where it cannot be locked; and where it cannot be written, it stays as it is.
    let compacted = is_shorter && locked.is_locked() && locked.replace(after.as_bytes()).is_ok();
    let len = if compacted { after.len() } else { before.len() };
    Ok((contents.entries, len as u64))
}

fn check_len(len: u64) -> Result<(), StateError> {
    let limit = MAX_BYTES / 1024 / 1024;
    if len > MAX_BYTES { Err(StateError(format!("it is longer than {limit} MiB"))) } else { Ok(()) }
}

/// The file's text; what is none in it stands in a line that is skipped.
fn text(bytes: Vec<u8>) -> Result<String, StateError> {
    if is_state(&bytes) { Ok(String::from_utf8_lossy(&bytes).into_owned()) } else { Err(foreign()) }
}

fn foreign() -> StateError {
    StateError("it is not dhub's".to_owned())
}

/// Seconds since 1970.
pub fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

#[cfg(test)]
mod tests;
