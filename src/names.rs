//! The names of things: owner, database, operation, host. Parsed and checked here, and nowhere else.

mod api_version;
mod database;
mod endpoint;
mod host;
mod new_name;
mod operation;
mod password;
mod pasted;
mod remote;
mod visibility;

pub use api_version::ApiVersion;
pub use database::{Database, check_owner, push_page};
pub use endpoint::Endpoint;
pub use host::{Host, is_localhost};
pub use new_name::NewName;
pub use operation::Operation;
pub use password::without_password;
pub use pasted::{DatabaseArgument, Site};
pub use remote::Remote;
pub use visibility::Visibility;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC};

/// All but RFC 3986's unreserved characters.
const NOT_UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The same as a table, for the usual name that needs no encoding.
const UNRESERVED: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        table[byte as usize] = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
        byte += 1;
    }
    table
};

/// Percent-encodes everything in `text` that is not unreserved, so that it is one path segment or one query value.
pub fn percent_encode(text: &str) -> String {
    let mut encoded = String::new();
    push_percent_encoded(&mut encoded, text);
    encoded
}

/// Whether a text needs no percent-encoding.
pub fn is_unreserved(text: &str) -> bool {
    text.bytes().all(|byte| UNRESERVED[usize::from(byte)])
}

/// Appends a text with everything in it percent-encoded that is not unreserved.
fn push_percent_encoded(encoded: &mut String, text: &str) {
    if is_unreserved(text) {
        encoded.push_str(text);
    } else {
        encoded.extend(percent_encoding::utf8_percent_encode(text, NOT_UNRESERVED));
    }
}
