//! A minimal HTTP client that can send arbitrary bytes.

use std::io::{self, BufRead, BufReader, Error, ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::time::Duration;

use dhub::emulator::TOKEN;
use serde_json::Value;

/// A complete response.
#[derive(Debug)]
pub struct Response {
    pub status: u16,
    pub body: Vec<u8>,
}

impl Response {
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|_| panic!("not JSON: {}", String::from_utf8_lossy(&self.body)))
    }

    /// The message of a refusal; empty in any other response.
    pub fn message(&self) -> String {
        self.json()["message"].as_str().unwrap_or_default().to_owned()
    }
}

/// A connection that is reused until the server closes it, and then reopened.
pub struct Connection {
    address: SocketAddr,
    stream: Option<BufReader<TcpStream>>,
}

impl Connection {
    pub fn to(address: SocketAddr) -> Self {
        Connection { address, stream: None }
    }

    /// Sends bytes as they are.
    pub fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.stream.is_none() {
            let stream = TcpStream::connect(self.address)?;
            stream.set_nodelay(true)?;
            // Longer than any response takes: a server that sends nothing for so long hangs.
            stream.set_read_timeout(Some(Duration::from_secs(20)))?;
            self.stream = Some(BufReader::new(stream));
        }
        let bytes = self.with_host(bytes);
        self.stream.as_mut().unwrap().get_mut().write_all(&bytes)
    }

    /// A request that names the server: it was made before it was known where it goes.
    pub fn with_host(&self, request: &[u8]) -> Vec<u8> {
        let host = format!("host: {}\r\n", self.address);
        match request.windows(HOST.len()).position(|window| window == HOST) {
            Some(start) => [&request[..start], host.as_bytes(), &request[start + HOST.len()..]].concat(),
            None => request.to_vec(),
        }
    }

    /// Reads one response.
    pub fn read_response(&mut self) -> io::Result<Response> {
        let reader = self.stream.as_mut().unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            if reader.read_until(b'\n', &mut head)? == 0 {
                return Err(ErrorKind::UnexpectedEof.into());
            }
        }
        let head = String::from_utf8(head).map_err(Error::other)?.to_lowercase();
        let header = |name: &str| head.lines().find_map(|line| line.strip_prefix(name));
        let number = |text: Option<&str>| text.and_then(|text| text.trim().parse().ok());
        let status = number(head.get(9..12)).ok_or(ErrorKind::InvalidData)?;
        let length = number(header("content-length:")).unwrap_or(0);
        let mut body = vec![0; length];
        reader.read_exact(&mut body)?;
        if header("connection:").is_some_and(|value| value.trim() == "close") {
            self.disconnect();
        }
        Ok(Response { status: u16::try_from(status).map_err(Error::other)?, body })
    }

    /// Sends a request and reads its response.
    pub fn exchange(&mut self, request: &[u8]) -> io::Result<Response> {
        self.send(request)?;
        self.read_response()
    }

    /// Disconnects, even if a response is outstanding.
    pub fn disconnect(&mut self) {
        self.stream = None;
    }

    /// Shuts down the sending side, and reads until the server closes the connection. If it does not, that is an error.
    pub fn read_to_close(&mut self) -> io::Result<Vec<u8>> {
        let Some(mut reader) = self.stream.take() else { return Ok(Vec::new()) };
        // This fails if the server has closed the connection already.
        let _ = reader.get_mut().shutdown(Shutdown::Write);
        let mut rest = Vec::new();
        match reader.read_to_end(&mut rest) {
            // The server closed the connection before it had read everything.
            Err(error) if matches!(error.kind(), ErrorKind::ConnectionReset | ErrorKind::BrokenPipe) => {
                Ok(rest)
            }
            read => read.map(|_| rest),
        }
    }
}

/// Stands for the host in requests.
const HOST: &[u8] = b"host: x\r\n";

/// A GET below the API's base, with the token.
pub fn get(path: &str) -> Vec<u8> {
    request(&format!("GET {path}"), &[&authorization()], b"")
}

/// A GET below the API's base, without a token.
pub fn get_anonymously(path: &str) -> Vec<u8> {
    request(&format!("GET {path}"), &[], b"")
}

/// A POST of JSON below the API's base, with the token.
pub fn post(path: &str, body: &str) -> Vec<u8> {
    request(&format!("POST {path}"), &[&authorization(), JSON], body.as_bytes())
}

pub const JSON: &str = "content-type: application/json";

pub fn authorization() -> String {
    format!("authorization: token {TOKEN}")
}

/// A valid request; `target` is a method and a path below the API's base.
pub fn request(target: &str, headers: &[&str], body: &[u8]) -> Vec<u8> {
    let length = format!("content-length: {}", body.len());
    let mut bytes = head(target, &[headers, &[&length]].concat());
    bytes.extend_from_slice(body);
    bytes
}

/// The head of a request, with `host` and these headers only.
pub fn head(target: &str, headers: &[&str]) -> Vec<u8> {
    let (method, path) = target.split_once(' ').unwrap();
    let headers: String = headers.iter().map(|header| format!("{header}\r\n")).collect();
    format!("{method} /api/v1alpha1{path} HTTP/1.1\r\nhost: x\r\n{headers}\r\n").into_bytes()
}
