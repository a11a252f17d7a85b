//! A server with network faults: it drips, floods, resets, goes silent, responds too early or too much.
//!
//! It peeks at a request until its script reads it, so that it can respond, hang or close before.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use super::v2_dialect;

/// One thing that the server does on a connection.
#[derive(Clone)]
pub enum Act {
    /// Waits until the whole request has arrived, without reading it.
    AwaitRequest,
    /// Reads the whole request.
    ReadRequest,
    /// Sends this.
    Send(Vec<u8>),
    /// Sends what this function returns.
    SendWith(fn() -> Vec<u8>),
    /// Sends this one byte at a time, with such pauses.
    Drip(Vec<u8>, Duration),
    /// Sends this again and again, until the client closes or so many bytes are sent.
    Flood(Vec<u8>, u64),
    /// Does nothing for so long.
    Pause(Duration),
    /// Does nothing until the test is over.
    Hang,
    /// Shuts down the write half, and reads until the client closes.
    HalfClose,
    /// Closes the connection: a reset, if received bytes were not read.
    Close,
}

/// Everything done for one request. The connection is kept unless an act closes it.
pub type Exchange = Vec<Act>;

/// The exchanges for requests that contain the text: one after the other, then the last one again.
pub type Script = Vec<(&'static str, Vec<Exchange>)>;

/// Matches, in a script, a connection before its first request.
pub const CONNECTION: &str = "a connection";

/// What reached a server.
#[derive(Default)]
struct Log {
    requests: Mutex<Vec<(Instant, String)>>,
    connections: AtomicUsize,
    flooded: AtomicU64,
    stopped: AtomicBool,
}

/// A running server. It stops when dropped.
pub struct FaultyServer {
    address: SocketAddr,
    log: Arc<Log>,
}

impl FaultyServer {
    /// Starts a server that follows the script, and closes on requests that are not in it.
    pub fn start(script: Script) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let log = Arc::new(Log::default());
        let script = Arc::new(script.into_iter().map(Rule::from).collect::<Vec<_>>());
        let shared = log.clone();
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if shared.stopped() {
                    return;
                }
                shared.connections.fetch_add(1, Ordering::SeqCst);
                let (log, script) = (shared.clone(), script.clone());
                // A client that goes away is no concern of the server's.
                thread::spawn(move || drop(serve(stream, &log, &script)));
            }
        });
        FaultyServer { address, log }
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The requests received, as `POST /database`, with `anonymously` after those without a token.
    pub fn requests(&self) -> Vec<String> {
        self.log.requests.lock().unwrap().iter().map(|(_, line)| line.clone()).collect()
    }

    /// How many of these requests were received.
    pub fn count(&self, method: &str) -> usize {
        self.requests().iter().filter(|line| line.starts_with(method)).count()
    }

    /// How much time passed between the first two requests.
    pub fn first_pause(&self) -> Option<Duration> {
        match self.log.requests.lock().unwrap()[..] {
            [(first, _), (second, _), ..] => Some(second - first),
            _ => None,
        }
    }

    pub fn connections(&self) -> usize {
        self.log.connections.load(Ordering::SeqCst)
    }

    /// How many bytes of floods went out.
    pub fn flooded(&self) -> u64 {
        self.log.flooded.load(Ordering::SeqCst)
    }
}

impl Drop for FaultyServer {
    fn drop(&mut self) {
        self.log.stopped.store(true, Ordering::SeqCst);
        // Wakes the thread that waits for connections.
        let _ = TcpStream::connect(self.address);
    }
}

impl Log {
    fn stopped(&self) -> bool {
        self.stopped.load(Ordering::SeqCst)
    }
}

/// A rule of a script, and how often it was used.
struct Rule {
    text: &'static str,
    responses: Vec<Exchange>,
    used: AtomicUsize,
}

impl From<(&'static str, Vec<Exchange>)> for Rule {
    fn from((text, responses): (&'static str, Vec<Exchange>)) -> Self {
        Rule { text, responses, used: AtomicUsize::new(0) }
    }
}

fn next_response<'a>(script: &'a [Rule], line: &str) -> Option<&'a Exchange> {
    let rule = script.iter().find(|rule| line.contains(rule.text))?;
    let used = rule.used.fetch_add(1, Ordering::SeqCst);
    rule.responses.get(used).or(rule.responses.last())
}

fn serve(mut stream: TcpStream, log: &Log, script: &[Rule]) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    if let Some(greeting) = next_response(script, CONNECTION)
        && !perform(greeting, &mut stream, None, log)?
    {
        return Ok(());
    }
    while let Some(request) = peek_until(&stream, log, Request::has_head)? {
        let line = request.line();
        log.requests.lock().unwrap().push((Instant::now(), line.clone()));
        let Some(response) = next_response(script, &line) else { return Ok(()) };
        let response = request.in_its_words(response);
        if !perform(&response, &mut stream, Some(request), log)? {
            return Ok(());
        }
    }
    Ok(())
}

/// Performs the acts; false if the connection is to be closed.
fn perform(
    acts: &[Act],
    stream: &mut TcpStream,
    mut request: Option<Request>,
    log: &Log,
) -> std::io::Result<bool> {
    for act in acts {
        match act {
            Act::AwaitRequest => drop(peek_until(stream, log, Request::is_whole)?),
            Act::ReadRequest => read_request(stream, request.take(), log)?,
            Act::Send(bytes) => stream.write_all(bytes)?,
            Act::SendWith(make) => stream.write_all(&make())?,
            Act::Drip(bytes, pause) => {
                for byte in bytes {
                    stream.write_all(&[*byte])?;
                    thread::sleep(*pause);
                }
            }
            Act::Flood(bytes, most) => {
                for _ in 0..most / bytes.len() as u64 {
                    stream.write_all(bytes)?;
                    log.flooded.fetch_add(bytes.len() as u64, Ordering::SeqCst);
                }
            }
            Act::Pause(time) => thread::sleep(*time),
            Act::Hang => {
                while !log.stopped() {
                    thread::sleep(Duration::from_millis(20));
                }
            }
            Act::HalfClose => {
                stream.shutdown(Shutdown::Write)?;
                std::io::copy(stream, &mut std::io::sink())?;
            }
            Act::Close => return Ok(false),
        }
    }
    read_request(stream, request, log)?;
    Ok(true)
}

/// Reads a request that was only peeked at so far.
fn read_request(stream: &mut TcpStream, request: Option<Request>, log: &Log) -> std::io::Result<()> {
    if request.is_some()
        && let Some(whole) = peek_until(stream, log, Request::is_whole)?
    {
        stream.read_exact(&mut vec![0; whole.length()])?;
    }
    Ok(())
}

/// The bytes of a request, perhaps with those of the next one, still unread in the socket.
struct Request(Vec<u8>);

/// Peeks until enough has arrived; none if the client has closed.
fn peek_until(
    stream: &TcpStream,
    log: &Log,
    enough: fn(&Request) -> bool,
) -> std::io::Result<Option<Request>> {
    let mut seen = vec![0; 256 * 1024];
    while !log.stopped() {
        let count = stream.peek(&mut seen)?;
        let request = Request(seen[..count].to_vec());
        if enough(&request) {
            return Ok(Some(request));
        }
        if count == 0 {
            return Ok(None);
        }
        thread::sleep(Duration::from_millis(1));
    }
    Ok(None)
}

impl Request {
    fn head(&self) -> Option<&str> {
        let end = self.0.windows(4).position(|bytes| bytes == b"\r\n\r\n")?;
        std::str::from_utf8(&self.0[..end]).ok()
    }

    fn has_head(&self) -> bool {
        self.head().is_some()
    }

    /// The length of head and body.
    fn length(&self) -> usize {
        let head = self.head().unwrap_or_default();
        let body = self.header("content-length").and_then(|value| value.parse().ok()).unwrap_or(0);
        head.len() + 4 + body
    }

    fn is_whole(&self) -> bool {
        self.has_head() && self.0.len() >= self.length()
    }

    fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.head()?.lines().skip(1).filter_map(|line| line.split_once(':'));
        headers.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    }

    fn line(&self) -> String {
        let first = self.head().and_then(|head| head.lines().next()).unwrap_or_default();
        let line = first.trim_end_matches(" HTTP/1.1");
        let line = match v2_dialect::read_line(line) {
            Some((line, _)) => line,
            None => line.replace("/api/v1alpha1", ""),
        };
        let anonymously = if self.header("authorization").is_some() { "" } else { " anonymously" };
        format!("{line}{anonymously}")
    }
}

impl Request {
    /// What a script sends, in the words of the request's version.
    fn in_its_words(&self, acts: &[Act]) -> Exchange {
        let first = self.head().and_then(|head| head.lines().next()).unwrap_or_default();
        let Some((_, asked)) = v2_dialect::read_line(first.trim_end_matches(" HTTP/1.1")) else {
            return acts.to_vec();
        };
        let translate = |act: &Act| match act {
            Act::Send(bytes) => Act::Send(v2_dialect::translate(asked, bytes)),
            Act::SendWith(make) => Act::Send(v2_dialect::translate(asked, &make())),
            Act::Drip(bytes, pause) => Act::Drip(v2_dialect::translate(asked, bytes), *pause),
            other => other.clone(),
        };
        acts.iter().map(translate).collect()
    }
}

/// How a connection is ended.
#[derive(Clone, Copy)]
pub enum Disconnect {
    /// With a reset.
    Reset,
    /// With a close, once something was received.
    Close,
}

/// A listener before a server: it drops the first connections as soon as the client sends something, and forwards the others.
pub struct FlakyListener {
    address: SocketAddr,
    stopped: Arc<AtomicBool>,
}

impl FlakyListener {
    pub fn failing_first(mut first: usize, how: Disconnect, behind: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let stopped = Arc::new(AtomicBool::new(false));
        let stop = stopped.clone();
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                if stop.load(Ordering::SeqCst) {
                    return;
                }
                if first > 0 {
                    first -= 1;
                    // The client may be gone already.
                    let _ = how.disconnect(client);
                    continue;
                }
                // The connection lasts no longer than its two ends.
                thread::spawn(move || drop(carry(&client, behind)));
            }
        });
        FlakyListener { address, stopped }
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Disconnect {
    fn disconnect(self, mut client: TcpStream) -> std::io::Result<()> {
        let mut received = [0; 16 * 1024];
        match self {
            Disconnect::Reset => drop(client.peek(&mut received)?),
            Disconnect::Close => {
                let _ = client.read(&mut received)?;
                client.shutdown(Shutdown::Write)?;
                std::io::copy(&mut client, &mut std::io::sink())?;
            }
        }
        Ok(())
    }
}

impl Drop for FlakyListener {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address);
    }
}

fn carry(client: &TcpStream, behind: SocketAddr) -> std::io::Result<()> {
    let server = TcpStream::connect(behind)?;
    let copy = |mut from: &TcpStream, mut to: &TcpStream| {
        let copied = std::io::copy(&mut from, &mut to);
        let _ = to.shutdown(Shutdown::Write);
        copied
    };
    thread::scope(|scope| {
        scope.spawn(|| copy(client, &server));
        copy(&server, client).map(drop)
    })
}
