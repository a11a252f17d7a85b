//! A server that sends prepared responses, at once or after a delay.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use memchr::memmem;

use crate::figures::Traffic;

/// A whole response, from the status line on.
pub type Response = Arc<Vec<u8>>;

/// A running server; it takes no further connection once dropped. Each connection is a thread, and is kept open.
pub struct Server {
    address: SocketAddr,
    traffic: Arc<Mutex<Traffic>>,
    stopped: Arc<AtomicBool>,
}

impl Server {
    /// `respond` gets the path; each response is sent `latency` later.
    pub fn start(
        latency: Duration,
        respond: impl Fn(&str) -> Response + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let server =
            Server { address: listener.local_addr()?, traffic: Arc::default(), stopped: Arc::default() };
        let (traffic, stop) = (server.traffic.clone(), server.stopped.clone());
        let respond = Arc::new(respond);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if stop.load(Ordering::SeqCst) {
                    return;
                }
                let (traffic, respond) = (traffic.clone(), respond.clone());
                thread::spawn(move || {
                    // A client may close early.
                    let _ = serve(stream, latency, &traffic, respond.as_ref());
                });
            }
        });
        Ok(server)
    }

    /// Its address, without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What came and went since the last call.
    pub fn take_traffic(&self) -> Traffic {
        std::mem::take(&mut *lock(&self.traffic))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::SeqCst);
        // Wakes the thread that waits for connections.
        let _ = TcpStream::connect(self.address);
    }
}

/// The bytes of a response with this body.
pub fn response(body: &[&[u8]]) -> Response {
    let length: usize = body.iter().map(|part| part.len()).sum();
    let head =
        format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n");
    Arc::new([head.as_bytes(), &body.concat()].concat())
}

fn serve(
    mut stream: TcpStream,
    latency: Duration,
    traffic: &Mutex<Traffic>,
    respond: &(dyn Fn(&str) -> Response + Send + Sync),
) -> io::Result<()> {
    stream.set_nodelay(true)?;
    lock(traffic).connections += 1;
    let mut head = Vec::new();
    while let Some((path, bytes)) = next_path(&mut stream, &mut head)? {
        let response = respond(&path);
        {
            let mut traffic = lock(traffic);
            *traffic.requests.get_or_insert(0) += 1;
            traffic.bytes_sent += bytes;
            traffic.bytes_received += response.len();
        }
        if !latency.is_zero() {
            thread::sleep(latency);
        }
        stream.write_all(&response)?;
    }
    Ok(())
}

/// The path of the next request, which has no body, and its bytes; none at the end of the connection.
fn next_path(stream: &mut TcpStream, head: &mut Vec<u8>) -> io::Result<Option<(String, usize)>> {
    let mut chunk = [0; 4096];
    loop {
        if let Some(end) = memmem::find(head, b"\r\n\r\n") {
            let line = String::from_utf8_lossy(&head[..end]);
            let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
            head.drain(..end + 4);
            return Ok(Some((path, end + 4)));
        }
        let count = stream.read(&mut chunk)?;
        if count == 0 {
            return Ok(None);
        }
        head.extend_from_slice(&chunk[..count]);
    }
}

fn lock(traffic: &Mutex<Traffic>) -> MutexGuard<'_, Traffic> {
    traffic.lock().unwrap_or_else(PoisonError::into_inner)
}
