//! The state file: one event a line, in JSON, only ever added to. Each line is written whole, in one go,
//! before its request is acknowledged, so that a killed emulator loses nothing that a client was told.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::Path;

use super::Error;
use super::events::Event;
use super::state::Refusal;

/// How every line begins. An unfinished line that does not is none of ours to cut off.
const BEGINNING: &[u8] = b"{\"event\":\"";

/// An open state file. It is locked as long as it is open.
#[derive(Debug)]
pub(super) struct Journal {
    file: File,
    /// Where the next line goes, in bytes.
    end: u64,
    /// Whether what a failed write left behind `end` is still there.
    torn: bool,
}

impl Journal {
    /// Opens the state file, makes it if there is none (mode 0600), and hands each event in it to `apply`. A
    /// last line without its end, as a kill leaves it behind, never happened: it is cut off.
    pub(super) fn open(
        path: &Path,
        mut apply: impl FnMut(Event) -> Result<(), Refusal>,
    ) -> Result<Self, Error> {
        let failed = |source| Error::State { path: path.to_owned(), source };
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path).map_err(failed)?;
        if !file.metadata().map_err(failed)?.is_file() {
            return Err(failed(io::Error::new(ErrorKind::InvalidInput, "not a regular file")));
        }
        file.try_lock().map_err(|refused| match refused {
            TryLockError::WouldBlock => Error::StateInUse(path.to_owned()),
            TryLockError::Error(source) => failed(source),
        })?;

        let mut content = Vec::new();
        file.read_to_end(&mut content).map_err(failed)?;
        let mut end = 0;
        for (number, line) in content.split_inclusive(|&byte| byte == b'\n').enumerate() {
            let wrong = |reason| Error::StateLine { path: path.to_owned(), line: number + 1, reason };
            let Some(line) = line.strip_suffix(b"\n") else {
                if line.starts_with(BEGINNING) || BEGINNING.starts_with(line) {
                    break;
                }
                return Err(wrong("it was not written by an emulator".to_owned()));
            };
            let event = serde_json::from_slice(line).map_err(|error| wrong(error.to_string()))?;
            apply(event).map_err(|refusal| wrong(refusal.to_string()))?;
            end += line.len() as u64 + 1;
        }
        let mut journal = Self { file, end, torn: end < content.len() as u64 };
        journal.mend().map_err(failed)?;
        Ok(journal)
    }

    /// Adds an event. If it cannot be written, nothing of it stays.
    pub(super) fn append(&mut self, event: &Event) -> io::Result<()> {
        let mut line = serde_json::to_vec(event)?;
        line.push(b'\n');
        self.mend()?;
        if let Err(error) = self.file.write_all(&line) {
            self.torn = true;
            // If it cannot be mended now, the next append has to; the error to tell is the first one.
            let _ = self.mend();
            return Err(error);
        }
        self.end += line.len() as u64;
        Ok(())
    }

    /// Cuts off what is left behind the last whole line.
    fn mend(&mut self) -> io::Result<()> {
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
