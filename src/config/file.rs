//! The file itself, and who can read it.

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::Path;

/// Reads a file. Returns its text and whether others than its owner can read it.
pub fn read(path: &Path) -> io::Result<(String, bool)> {
    let mut file = File::open(path)?;
    let readable_by_others = is_readable_by_others(&file.metadata()?);
    let mut text = String::new();
    file.read_to_string(&mut text)?;
    Ok((text, readable_by_others))
}

#[cfg(unix)]
fn is_readable_by_others(file: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    file.is_file() && file.mode() & 0o044 != 0
}

// Elsewhere a user's files are private by default.
#[cfg(not(unix))]
fn is_readable_by_others(_: &Metadata) -> bool {
    false
}
