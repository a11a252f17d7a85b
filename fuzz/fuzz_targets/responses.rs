//! Whatever a server responds, every endpoint reads it or says why not, and takes no refusal for a success.
//!
//! An input is a line with the HTTP status and perhaps a `Retry-After` after a space, then the body.

#![no_main]

#[path = "../oracle.rs"]
mod oracle;

use libfuzzer_sys::fuzz_target;

use oracle::Readings;

fuzz_target!(|input: &[u8]| {
    let end = input.iter().position(|&byte| byte == b'\n').unwrap_or(0);
    let (line, body) = input.split_at(end);
    let line = String::from_utf8_lossy(line);
    let (status, retry_after) =
        line.split_once(' ').map_or((&*line, None), |(status, after)| (status, Some(after)));
    let status = status.parse().ok().filter(|status| (100..600).contains(status)).unwrap_or(200);
    if let Err(wrong) = Readings::of(status, retry_after, body).check() {
        panic!("{wrong}");
    }
});
