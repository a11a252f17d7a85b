//! Files that a user names, read within bounds: whatever they are, a device, a pipe or ten gigabytes, the program goes on.

use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// What some systems write in front of UTF-8.
pub const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// A pipe or a device gets this long to deliver all it has.
const TIMEOUT: Duration = Duration::from_secs(5);

/// Reads a file of at most so many bytes, with what the system says about it; links are followed.
///
/// # Errors
/// What the system says, or that it is too long, or that its end did not come within five seconds.
pub fn read(path: &Path, max_bytes: u64) -> io::Result<(Vec<u8>, Metadata)> {
    read_within(path, max_bytes, TIMEOUT)
}

fn read_within(path: &Path, max_bytes: u64, timeout: Duration) -> io::Result<(Vec<u8>, Metadata)> {
    let found = fs::metadata(path)?;
    if found.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder"));
    }
    // An empty one may be the system's own, which can block as a pipe does.
    if found.is_file() && found.len() > 0 {
        return read_now(path, max_bytes);
    }
    let (send, receive) = mpsc::channel();
    let opened: PathBuf = path.to_owned();
    // Opening a pipe blocks, too. A thread that stays blocked ends with the program.
    thread::Builder::new().spawn(move || {
        let _ = send.send(read_now(&opened, max_bytes));
    })?;
    receive.recv_timeout(timeout).unwrap_or_else(|_| {
        let seconds = timeout.as_secs();
        Err(io::Error::new(io::ErrorKind::TimedOut, format!("its end did not come within {seconds} s")))
    })
}

fn read_now(path: &Path, max_bytes: u64) -> io::Result<(Vec<u8>, Metadata)> {
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    let too_long = || {
        let kib = max_bytes / 1024;
        let limit = if kib < 1024 { format!("{kib} KiB") } else { format!("{} MiB", kib / 1024) };
        Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("it is longer than {limit}")))
    };
    if metadata.is_file() && metadata.len() > max_bytes {
        return too_long();
    }
    let mut bytes = Vec::new();
    file.take(max_bytes + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > max_bytes {
        return too_long();
    }
    Ok((bytes, metadata))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAX: u64 = 1024;

    fn problem(path: &Path) -> String {
        read_within(path, MAX, Duration::from_millis(50)).unwrap_err().to_string()
    }

    #[test]
    fn a_file_is_read_to_its_end_and_a_longer_one_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        for (length, fits) in [(0, true), (MAX, true), (MAX + 1, false), (10 << 30, false)] {
            File::create(&path).unwrap().set_len(length).unwrap();
            let read = read(&path, MAX);
            assert_eq!(read.as_ref().map(|(bytes, _)| bytes.len() as u64).ok(), fits.then_some(length));
            assert!(read.err().is_none_or(|error| error.to_string() == "it is longer than 1 KiB"));
        }
        assert_eq!(problem(folder.path()), "it is a folder");
    }

    #[cfg(unix)]
    #[test]
    fn a_device_and_a_pipe_are_bounded_in_size_and_time() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        assert!(problem(&pipe).contains("did not come"));
        assert_eq!(problem(Path::new("/dev/zero")), "it is longer than 1 KiB");
        assert_eq!(read(Path::new("/dev/null"), MAX).unwrap().0, b"");
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_with_a_writer_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let writer = pipe.clone();
        thread::spawn(move || fs::write(writer, "text"));
        assert_eq!(read(&pipe, MAX).unwrap().0, b"text");
    }
}
