//! A server that sends prepared answers as fast as it can, or as late as it is told to.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use memchr::memmem;

use crate::figures::Traffic;

/// A whole answer, from the status line on.
pub type Answer = Arc<Vec<u8>>;

/// A running server; it takes no further connection once dropped. Each connection is a thread, and is kept open.
pub struct Server {
    address: SocketAddr,
    traffic: Arc<Mutex<Traffic>>,
    stopped: Arc<AtomicBool>,
}

impl Server {
    /// `answer` gets the path; each answer comes so much later.
    pub fn start(
        latency: Duration,
        answer: impl Fn(&str) -> Answer + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let server =
            Server { address: listener.local_addr()?, traffic: Arc::default(), stopped: Arc::default() };
        let (traffic, stop) = (server.traffic.clone(), server.stopped.clone());
        let answer = Arc::new(answer);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if stop.load(Ordering::SeqCst) {
                    return;
                }
                let (traffic, answer) = (traffic.clone(), answer.clone());
                thread::spawn(move || {
                    // A client that goes away is no concern of the server's.
                    let _ = serve(stream, latency, &traffic, answer.as_ref());
                });
            }
        });
        Ok(server)
    }

    /// Its address, without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What came and went since this was asked last.
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

/// The bytes of an answer with this body.
pub fn answer(body: &[&[u8]]) -> Answer {
    let length: usize = body.iter().map(|part| part.len()).sum();
    let head =
        format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n");
    Arc::new([head.as_bytes(), &body.concat()].concat())
}

fn serve(
    mut stream: TcpStream,
    latency: Duration,
    traffic: &Mutex<Traffic>,
    answer: &(dyn Fn(&str) -> Answer + Send + Sync),
) -> io::Result<()> {
    stream.set_nodelay(true)?;
    lock(traffic).connections += 1;
    let mut head = Vec::new();
    while let Some((path, bytes)) = next_path(&mut stream, &mut head)? {
        let answer = answer(&path);
        {
            let mut traffic = lock(traffic);
            *traffic.requests.get_or_insert(0) += 1;
            traffic.bytes_sent += bytes;
            traffic.bytes_received += answer.len();
        }
        if !latency.is_zero() {
            thread::sleep(latency);
        }
        stream.write_all(&answer)?;
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
