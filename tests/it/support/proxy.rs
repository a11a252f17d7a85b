//! A proxy for https: it responds to every CONNECT as scripted, and keeps all that it was sent.

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

/// What a proxy does about a CONNECT.
#[derive(Clone, Copy, Debug)]
pub enum Behavior {
    /// Opens a tunnel to this address, whatever name was requested.
    Tunnel(SocketAddr),
    /// Sends this, and closes the connection.
    Send(&'static str),
    /// Sends nothing, until the client has closed.
    Silence,
}

/// A running proxy. It takes no further connection once dropped.
pub struct Proxy {
    address: SocketAddr,
    received: Arc<Mutex<Vec<Vec<u8>>>>,
    stopped: Arc<AtomicBool>,
}

impl Proxy {
    /// Starts a proxy on a free port of 127.0.0.1.
    pub fn start(behavior: Behavior) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (received, stopped) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicBool::new(false)));
        let (log, stop) = (received.clone(), stopped.clone());
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                if stop.load(Ordering::SeqCst) {
                    return;
                }
                let number = log.lock().unwrap().len();
                log.lock().unwrap().push(Vec::new());
                let log = Log { all: log.clone(), number };
                // A client that goes away is no concern of the proxy's.
                thread::spawn(move || drop(serve(&client, behavior, &log)));
            }
        });
        Proxy { address, received, stopped }
    }

    /// `127.0.0.1:PORT`
    pub fn address(&self) -> String {
        self.address.to_string()
    }

    /// `http://127.0.0.1:PORT`
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The bytes of each connection, the tunnel's own included; invalid UTF-8 is replaced.
    pub fn received(&self) -> Vec<String> {
        let text = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).into_owned();
        self.received.lock().unwrap().iter().map(text).collect()
    }

    /// The request head of each connection: request line and header, in lower case.
    pub fn request_heads(&self) -> Vec<String> {
        let head = |text: &String| text.split("\r\n\r\n").next().unwrap_or_default().to_lowercase();
        self.received().iter().map(head).collect()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::SeqCst);
        // Wakes the thread that waits for connections.
        let _ = TcpStream::connect(self.address);
    }
}

/// Where one connection's bytes are kept.
struct Log {
    all: Arc<Mutex<Vec<Vec<u8>>>>,
    number: usize,
}

impl Log {
    fn add(&self, bytes: &[u8]) {
        self.all.lock().unwrap()[self.number].extend_from_slice(bytes);
    }
}

fn serve(client: &TcpStream, behavior: Behavior, log: &Log) -> io::Result<()> {
    read_head(client, log)?;
    match behavior {
        Behavior::Silence => carry(client, &mut io::sink(), log),
        Behavior::Send(bytes) => {
            let mut client = client;
            client.write_all(bytes.as_bytes())?;
            client.shutdown(Shutdown::Write)?;
            // Closing over bytes that are still to be read would reset the connection and lose the response.
            carry(client, &mut io::sink(), log)
        }
        Behavior::Tunnel(address) => {
            let server = TcpStream::connect(address)?;
            (&*client).write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")?;
            thread::scope(|scope| {
                scope.spawn(|| {
                    let _ = io::copy(&mut &server, &mut &*client);
                    let _ = client.shutdown(Shutdown::Write);
                });
                let carried = carry(client, &mut &server, log);
                let _ = server.shutdown(if carried.is_ok() { Shutdown::Write } else { Shutdown::Both });
                carried
            })
        }
    }
}

fn read_head(mut client: &TcpStream, log: &Log) -> io::Result<()> {
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") {
        client.read_exact(&mut byte)?;
        log.add(&byte);
        head.push(byte[0]);
    }
    Ok(())
}

fn carry(mut client: &TcpStream, to: &mut dyn Write, log: &Log) -> io::Result<()> {
    let mut chunk = [0; 4096];
    loop {
        let count = client.read(&mut chunk)?;
        if count == 0 {
            return Ok(());
        }
        log.add(&chunk[..count]);
        to.write_all(&chunk[..count])?;
    }
}
