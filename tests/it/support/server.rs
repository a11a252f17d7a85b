//! A small HTTP server that records requests and sends scripted responses, byte for byte.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// A request as it came over the wire.
#[derive(Clone, Debug)]
pub struct Recorded {
    pub method: String,
    /// Path and query, still encoded.
    pub target: String,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Recorded {
    /// The value of a header, by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// A scripted response.
#[derive(Clone, Debug)]
pub enum Reply {
    /// A status and a JSON body.
    Json(u16, String),
    /// A status, further header lines (each ending in `\r\n`), a content type and a body.
    Full(u16, String, &'static str, String),
    /// These bytes and nothing else; then the connection is closed.
    Bytes(Vec<u8>),
    /// Nothing, and the connection is closed.
    Close,
    /// Nothing, for so long; then the connection is closed.
    Silence(Duration),
}

impl Reply {
    /// A refusal as the API words it.
    pub fn refusal(status: u16, message: &str) -> Self {
        Reply::Json(status, serde_json::json!({"status": "Error", "message": message}).to_string())
    }

    /// A page in HTML, such as a gateway's.
    pub fn html(status: u16, page: &str) -> Self {
        Reply::Full(status, String::new(), "text/html", page.to_owned())
    }
}

/// An address that refuses connections, and to which nothing can bind, while the returned stream lives.
pub fn refusing_address() -> (SocketAddr, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let held = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    (held.local_addr().unwrap(), held)
}

/// A running server. It stops when dropped.
pub struct Server {
    url: String,
    requests: Arc<Mutex<Vec<Recorded>>>,
    stopped: Arc<AtomicBool>,
}

impl Server {
    /// Starts a server; `response` gets each request and the number of earlier ones.
    pub fn start(response: impl Fn(&Recorded, usize) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let stopped = Arc::new(AtomicBool::new(false));
        let (log, stop, response) = (requests.clone(), stopped.clone(), Arc::new(response));
        thread::spawn(move || {
            for stream in listener.incoming() {
                if stop.load(Ordering::SeqCst) {
                    return;
                }
                let (log, response) = (log.clone(), response.clone());
                thread::spawn(move || {
                    // A client that goes away is no concern of the server's.
                    let _ = serve(stream.unwrap(), &log, response.as_ref());
                });
            }
        });
        Server { url, requests, stopped }
    }

    /// A server that sends the same response to every request.
    pub fn always(reply: Reply) -> Self {
        Server::start(move |_, _| reply.clone())
    }

    /// Its address, without a slash at the end.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The requests that have come so far.
    pub fn requests(&self) -> Vec<Recorded> {
        self.requests.lock().unwrap().clone()
    }

    /// The same without those that ask whether the service speaks v2, too.
    pub fn v1alpha1_requests(&self) -> Vec<Recorded> {
        self.requests().into_iter().filter(|request| !request.target.contains("/api/v2/")).collect()
    }

    /// The requests of this method that have come so far.
    pub fn count(&self, method: &str) -> usize {
        self.requests().iter().filter(|request| request.method == method).count()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::SeqCst);
        // Wakes the thread that waits for connections.
        let _ = TcpStream::connect(self.url.trim_start_matches("http://"));
    }
}

fn serve(
    mut stream: TcpStream,
    log: &Mutex<Vec<Recorded>>,
    response: &(dyn Fn(&Recorded, usize) -> Reply + Send + Sync),
) -> std::io::Result<()> {
    let Some(request) = read_request(&stream)? else { return Ok(()) };
    let before = {
        let mut log = log.lock().unwrap();
        log.push(request.clone());
        log.len() - 1
    };
    let (status, headers, content_type, body) = match response(&request, before) {
        Reply::Json(status, body) => (status, String::new(), "application/json", body),
        Reply::Full(status, headers, content_type, body) => (status, headers, content_type, body),
        Reply::Bytes(bytes) => return stream.write_all(&bytes),
        Reply::Close => return Ok(()),
        Reply::Silence(time) => {
            thread::sleep(time);
            return Ok(());
        }
    };
    write!(
        stream,
        "HTTP/1.1 {status} Whatever\r\ncontent-type: {content_type}\r\ncontent-length: {}\r\n\
         connection: close\r\n{headers}\r\n{body}",
        body.len()
    )
}

fn read_request(stream: &TcpStream) -> std::io::Result<Option<Recorded>> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let mut args = line.split_whitespace();
    let (method, target) = (args.next().unwrap_or_default(), args.next().unwrap_or_default());
    let (method, target) = (method.to_owned(), target.to_owned());
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        headers.push((name.to_lowercase(), value.trim().to_owned()));
    }
    let length = headers
        .iter()
        .find(|(name, _)| name == "content-length")
        .and_then(|(_, value)| value.parse().ok())
        .unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok(Some(Recorded { method, target, headers, body: String::from_utf8_lossy(&body).into_owned() }))
}
