//! The state file: an append-only journal with one JSON event per line. Each line is written in one go, before
//! the request is acknowledged, so that an emulator that is killed loses no acknowledged change.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, BufRead, BufReader, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::Path;

use super::Error;
use super::events::Event;
use super::state::Refusal;

/// The prefix of every line. A file or an unfinished line without it is not the emulator's, and is not touched.
const LINE_PREFIX: &[u8] = b"{\"event\":\"";

/// No event makes a longer line, in bytes.
const MAX_LINE: u64 = 2 * 1024 * 1024;

/// An open state file, locked while it is open.
#[derive(Debug)]
pub(super) struct Journal {
    file: File,
    /// The offset of the next line, in bytes.
    end: u64,
    /// Whether there may be part of a line after `end`.
    torn: bool,
}

impl Journal {
    /// Opens the state file, or creates it with mode 0600, and passes each event in it to `apply`. A last line
    /// without a newline is one that a kill interrupted: it was never acknowledged, and is cut off.
    ///
    /// # Errors
    /// A file that does not start with an event is another program's, unless it is empty. Nothing is written to a file
    /// that is refused.
    pub(super) fn open(
        path: &Path,
        mut apply: impl FnMut(Event) -> Result<(), Refusal>,
    ) -> Result<Self, Error> {
        let failed = |source| Error::State { path: path.to_owned(), source };
        let foreign = || Error::NotState(path.to_owned());
        // Before it is opened: opening a device may do something.
        if std::fs::metadata(path).is_ok_and(|found| !found.is_file()) {
            return Err(foreign());
        }
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path).map_err(failed)?;
        if !file.metadata().map_err(failed)?.is_file() {
            return Err(failed(io::Error::new(ErrorKind::InvalidInput, "not a regular file")));
        }
        file.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => Error::StateInUse(path.to_owned()),
            TryLockError::Error(source) => failed(source),
        })?;

        let mut content = BufReader::new(&file);
        let (mut line, mut end, mut torn) = (Vec::new(), 0, false);
        for number in 1.. {
            line.clear();
            content.by_ref().take(MAX_LINE).read_until(b'\n', &mut line).map_err(failed)?;
            if line.is_empty() {
                break;
            }
            let invalid = |reason| Error::StateLine { path: path.to_owned(), line: number, reason };
            let is_first = number == 1;
            // The library's own words repeat what stands there.
            let not_ours = || match is_first {
                true => foreign(),
                false => invalid("it was not written by an emulator".to_owned()),
            };
            let Some(line) = line.strip_suffix(b"\n") else {
                // An event is too short to be torn while it is the only one.
                torn = !is_first && (line.starts_with(LINE_PREFIX) || LINE_PREFIX.starts_with(&line));
                if torn && (line.len() as u64) < MAX_LINE {
                    break;
                }
                return Err(not_ours());
            };
            let event = serde_json::from_slice(line).map_err(|_| not_ours())?;
            apply(event).map_err(|refusal| invalid(refusal.to_string()))?;
            end += line.len() as u64 + 1;
        }
        let mut journal = Self { file, end, torn };
        journal.repair().map_err(failed)?;
        Ok(journal)
    }

    /// Appends an event. If it cannot be written, no part of it is kept.
    pub(super) fn append(&mut self, event: &Event) -> io::Result<()> {
        let mut line = serde_json::to_vec(event)?;
        line.push(b'\n');
        self.repair()?;
        if let Err(error) = self.file.write_all(&line) {
            self.torn = true;
            // If this fails, the next append repairs the file. The first error is the one to report.
            let _ = self.repair();
            return Err(error);
        }
        self.end += line.len() as u64;
        Ok(())
    }

    /// Cuts off whatever follows the last whole line.
    fn repair(&mut self) -> io::Result<()> {
        if self.torn {
            self.file.set_len(self.end)?;
            self.file.seek(SeekFrom::Start(self.end))?;
            self.torn = false;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
