//! The floor under the row `forks-1-http`: the same `GET` with the standard library alone and nothing that a real client
//! needs besides, such as settings, deadlines and retries.
//!
//! The benchmark builds this file with rustc, and runs it as `floor ADDRESS PATH HEADER`.

use std::env;
use std::error::Error;
use std::io::{self, Read, Write};
use std::net::TcpStream;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [address, path, header] = arguments.as_slice() else {
        return Err("floor ADDRESS PATH HEADER".into());
    };
    let mut stream = TcpStream::connect(address)?;
    let request = format!("GET {path} HTTP/1.1\r\nhost: {address}\r\n{header}\r\naccept: */*\r\n\r\n");
    stream.write_all(request.as_bytes())?;

    let mut response = Vec::new();
    let mut chunk = [0; 16 * 1024];
    let body = loop {
        let count = stream.read(&mut chunk)?;
        if count == 0 {
            return Err("the response is incomplete".into());
        }
        response.extend_from_slice(&chunk[..count]);
        if let Some((start, length)) = find_body(&response)?
            && let Some(body) = response.get(start..start + length)
        {
            break body;
        }
    };
    let mut stdout = io::stdout().lock();
    stdout.write_all(body)?;
    Ok(stdout.flush()?)
}

/// Where the body starts and how long it is, once the head is complete.
fn find_body(response: &[u8]) -> Result<Option<(usize, usize)>, Box<dyn Error>> {
    let Some(end) = response.windows(4).position(|bytes| bytes == b"\r\n\r\n") else { return Ok(None) };
    let head = str::from_utf8(&response[..end])?;
    if !head.starts_with("HTTP/1.1 200 ") {
        return Err(format!("not a success: {head}").into());
    }
    let length = head
        .lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .ok_or("no content-length")?
        .1;
    Ok(Some((end + 4, length.trim().parse()?)))
}
