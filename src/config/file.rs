//! The file itself: who can read it, and how it is replaced.

use std::fs::{self, Metadata};
use std::io::{self, Write};
use std::path::Path;

use crate::error::{Error, Kind, Result, reason};
use crate::input_file::{self, BYTE_ORDER_MARK};

use super::access::Access;

/// Nobody writes more into a config file.
const MAX_BYTES: u64 = 1024 * 1024;

/// Reads a file. Returns its text without a byte order mark, and who can get at it.
pub fn read(path: &Path) -> io::Result<(String, Access)> {
    let (bytes, metadata) = input_file::read(path, MAX_BYTES)?;
    let text = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&bytes).to_vec();
    let text =
        String::from_utf8(text).map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "it is not UTF-8"))?;
    Ok((text, Access::of(&metadata)))
}

/// Replaces a file atomically. From its first byte on only its owner can read it.
///
/// # Errors
/// When it or its folder cannot be written, or what is there must not be replaced.
pub fn write(path: &Path, text: &str) -> Result<()> {
    let failed = |error: io::Error| {
        Error::new(Kind::Config, format!("cannot write {}: {}", path.display(), reason(&error)))
    };
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    create_private_folder(folder).map_err(failed)?;
    refuse_to_replace(path)?;
    // tempfile creates files with mode 0600.
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}

/// Refuses what must not be replaced: a device would become a file, a link may point to where others can read, and
/// another user's file is theirs.
fn refuse_to_replace(path: &Path) -> Result<()> {
    let what = match fs::symlink_metadata(path) {
        Ok(existing) if existing.is_symlink() => "a symbolic link",
        Ok(existing) if !existing.is_file() => "not a regular file",
        Ok(existing) if is_another_users(&existing) => "another user's file",
        _ => return Ok(()),
    };
    let message = format!("{} is {what}: no token is written there", path.display());
    Err(Error::new(Kind::Config, message)
        .with_hint("name a file of your own with --config or DHUB_CONFIG, or remove that one"))
}

#[cfg(unix)]
fn is_another_users(file: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    file.uid() != rustix::process::geteuid().as_raw()
}

#[cfg(unix)]
fn create_private_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

// Elsewhere a user's folders are private by default.
#[cfg(not(unix))]
fn is_another_users(_: &Metadata) -> bool {
    false
}

#[cfg(not(unix))]
fn create_private_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}
