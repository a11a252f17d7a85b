//! The file itself: read with a look at who else can, written in one step.

use std::fs::{self, File, Metadata};
use std::io::{self, Read, Write};
use std::path::Path;

use crate::error::{Error, Kind, Result, reason};

/// Reads a file, and tells whether others than its owner can.
pub fn read(path: &Path) -> io::Result<(String, bool)> {
    let mut file = File::open(path)?;
    let exposed = is_exposed(&file.metadata()?);
    let mut text = String::new();
    file.read_to_string(&mut text)?;
    Ok((text, exposed))
}

/// Writes a file in one step: readable by its owner only from its first byte, and never half written.
///
/// # Errors
/// When its folder cannot be made, it cannot be written, or something else than an own file stands there.
pub fn write(path: &Path, text: &str) -> Result<()> {
    let failed = |error: io::Error| {
        Error::new(Kind::Config, format!("cannot write {}: {}", path.display(), reason(&error)))
    };
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    create_private_folder(folder).map_err(failed)?;
    if let Ok(there) = fs::symlink_metadata(path)
        && let Some(what) = stranger(&there)
    {
        let message = format!("{} is {what}: no token is written there", path.display());
        return Err(Error::new(Kind::Config, message)
            .with_hint("name a file of your own with --config or DHUB_CONFIG, or remove that one"));
    }
    // Temporary files are made with mode 0600.
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}

/// What stands in the file's place and is not to be replaced: a device would become a file, a link may lead to where
/// others read, and another user's file is theirs.
fn stranger(there: &Metadata) -> Option<&'static str> {
    if there.is_symlink() {
        Some("a symbolic link")
    } else if !there.is_file() {
        Some("not a regular file")
    } else if is_someone_elses(there) {
        Some("another user's file")
    } else {
        None
    }
}

#[cfg(unix)]
fn is_someone_elses(there: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    there.uid() != rustix::process::geteuid().as_raw()
}

#[cfg(unix)]
fn is_exposed(file: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    file.is_file() && file.mode() & 0o044 != 0
}

#[cfg(unix)]
fn create_private_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

/// Elsewhere the folders of a user are private by the system's own rules.
#[cfg(not(unix))]
fn is_someone_elses(_: &Metadata) -> bool {
    false
}

#[cfg(not(unix))]
fn is_exposed(_: &Metadata) -> bool {
    false
}

#[cfg(not(unix))]
fn create_private_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}
