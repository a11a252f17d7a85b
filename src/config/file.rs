//! The file itself, and who can read it.

use std::io;
use std::path::Path;

use crate::input_file::{self, BYTE_ORDER_MARK};

use super::access::Access;

/// No config file is longer.
const MAX_BYTES: u64 = 1024 * 1024;

/// Reads a file. Returns its text without a byte order mark, and who can get at it.
pub fn read(path: &Path) -> io::Result<(String, Access)> {
    let (bytes, metadata) = input_file::read(path, MAX_BYTES)?;
    let text = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&bytes).to_vec();
    let text =
        String::from_utf8(text).map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "it is not UTF-8"))?;
    Ok((text, Access::of(&metadata)))
}
