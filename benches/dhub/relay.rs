//! A relay between a client and a server: it counts what passes, and can be a proxy.

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use memchr::memmem;

use crate::figures::Traffic;

/// What the relay is to its client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The server itself.
    Direct,
    /// A proxy for `CONNECT`, with the same server behind it whatever host the client names.
    Proxy,
}

/// What has passed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Passed {
    pub traffic: Traffic,
    /// Of the requests, those for the status of a fork.
    pub status_requests: usize,
    /// When the last POST passed, since 1970.
    pub last_post: Option<Duration>,
}

/// A running relay; it takes no further connection once dropped.
pub struct Relay {
    address: SocketAddr,
    passed: Arc<Mutex<Passed>>,
    stopped: Arc<AtomicBool>,
}

impl Relay {
    pub fn start(server: SocketAddr, mode: Mode) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let relay =
            Relay { address: listener.local_addr()?, passed: Arc::default(), stopped: Arc::default() };
        let (passed, stop) = (relay.passed.clone(), relay.stopped.clone());
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                if stop.load(Ordering::SeqCst) {
                    return;
                }
                let passed = passed.clone();
                thread::spawn(move || {
                    // A client or server that closes early is not the relay's concern.
                    let _ = pass(client, server, mode, &passed);
                });
            }
        });
        Ok(relay)
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What passed since the last call.
    pub fn take(&self) -> Passed {
        std::mem::take(&mut *lock(&self.passed))
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::SeqCst);
        // Wakes the thread that waits for connections.
        let _ = TcpStream::connect(self.address);
    }
}

fn pass(client: TcpStream, server: SocketAddr, mode: Mode, passed: &Mutex<Passed>) -> io::Result<()> {
    lock(passed).traffic.connections += 1;
    client.set_nodelay(true)?;
    let server = TcpStream::connect(server)?;
    server.set_nodelay(true)?;
    if mode == Mode::Proxy {
        accept_connect(&client, passed)?;
    }
    thread::scope(|scope| {
        scope.spawn(|| carry(&server, &client, |bytes| lock(passed).traffic.bytes_received += bytes.len()));
        carry(&client, &server, |bytes| note_sent(bytes, &mut lock(passed)));
    });
    Ok(())
}

fn accept_connect(mut client: &TcpStream, passed: &Mutex<Passed>) -> io::Result<()> {
    const ACCEPTED: &[u8] = b"HTTP/1.1 200 Connection established\r\n\r\n";
    let mut head = Vec::new();
    let mut chunk = [0; 1024];
    while !head.ends_with(b"\r\n\r\n") {
        let count = client.read(&mut chunk)?;
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        head.extend_from_slice(&chunk[..count]);
    }
    if !head.starts_with(b"CONNECT ") {
        return Err(io::Error::other("a proxy for CONNECT only"));
    }
    {
        let traffic = &mut lock(passed).traffic;
        traffic.bytes_sent += head.len();
        traffic.bytes_received += ACCEPTED.len();
    }
    client.write_all(ACCEPTED)
}

fn carry(mut from: &TcpStream, mut to: &TcpStream, mut note: impl FnMut(&[u8])) {
    let mut chunk = vec![0; 64 * 1024];
    while let Ok(count @ 1..) = from.read(&mut chunk) {
        // Counted before it is passed on: once the last byte is there, the count may be read at once.
        note(&chunk[..count]);
        if to.write_all(&chunk[..count]).is_err() {
            break;
        }
    }
    let _ = to.shutdown(Shutdown::Write);
}

/// Requests are counted by their first lines. One that came in two pieces would be missed; no client here sends any.
fn note_sent(bytes: &[u8], passed: &mut Passed) {
    passed.traffic.bytes_sent += bytes.len();
    let requests = memmem::find_iter(bytes, b" HTTP/1.1\r\n").count();
    if requests > 0 {
        *passed.traffic.requests.get_or_insert(0) += requests;
    }
    passed.status_requests += memmem::find_iter(bytes, b"/fork?operationName=").count();
    if bytes.starts_with(b"POST ") {
        passed.last_post = SystemTime::now().duration_since(UNIX_EPOCH).ok();
    }
}

fn lock(passed: &Mutex<Passed>) -> MutexGuard<'_, Passed> {
    passed.lock().unwrap_or_else(PoisonError::into_inner)
}
