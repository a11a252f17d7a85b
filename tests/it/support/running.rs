//! A program that runs in the background, to be watched and interrupted.

use std::io::Read;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

/// Longer than anything takes on a slow machine; what lasts longer is a failure.
pub const TIMEOUT: Duration = Duration::from_secs(30);

/// Waits until something holds; false when it never does.
pub fn eventually(mut holds: impl FnMut() -> bool) -> bool {
    let deadline = Instant::now() + TIMEOUT;
    while !holds() {
        if Instant::now() > deadline {
            return false;
        }
        thread::sleep(Duration::from_millis(5));
    }
    true
}

/// A program with its output in pipes. Killed when dropped.
pub struct Running {
    child: Child,
    out: Stream,
    err: Stream,
}

/// How it ended, and what it wrote.
#[derive(Debug)]
pub struct Ended {
    /// Its exit code; none when a signal ended it.
    pub code: Option<i32>,
    /// The signal that ended it.
    pub signal: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Running {
    pub fn start(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let out = Stream::read(child.stdout.take().unwrap());
        let err = Stream::read(child.stderr.take().unwrap());
        Running { child, out, err }
    }

    /// Waits until stdout holds a text.
    #[track_caller]
    pub fn wait_for_out(&self, text: &str) -> String {
        self.out.wait_for(text)
    }

    /// Waits until stderr holds a text.
    #[track_caller]
    pub fn wait_for_err(&self, text: &str) -> String {
        self.err.wait_for(text)
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    pub fn signal(&self, signal: Signal) {
        let id = Pid::from_raw(i32::try_from(self.child.id()).unwrap()).unwrap();
        kill_process(id, signal).unwrap();
    }

    /// Waits for its end.
    #[track_caller]
    pub fn finish(mut self) -> Ended {
        let mut status: Option<ExitStatus> = None;
        let ended = eventually(|| {
            status = self.child.try_wait().unwrap();
            status.is_some()
        });
        assert!(ended, "it does not end; stdout: {} stderr: {}", self.out.text(), self.err.text());
        let status = status.unwrap();
        Ended { code: status.code(), signal: status.signal(), out: self.out.whole(), err: self.err.whole() }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Ended already, unless a test failed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

struct Stream {
    bytes: Arc<Mutex<Vec<u8>>>,
    reader: JoinHandle<()>,
}

impl Stream {
    fn read(mut pipe: impl Read + Send + 'static) -> Self {
        let bytes = Arc::new(Mutex::new(Vec::new()));
        let log = bytes.clone();
        let reader = thread::spawn(move || {
            let mut chunk = [0; 4096];
            while let Ok(count @ 1..) = pipe.read(&mut chunk) {
                log.lock().unwrap().extend_from_slice(&chunk[..count]);
            }
        });
        Stream { bytes, reader }
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes.lock().unwrap()).into_owned()
    }

    /// All of it, once it is closed.
    fn whole(&self) -> String {
        eventually(|| self.reader.is_finished());
        self.text()
    }

    #[track_caller]
    fn wait_for(&self, text: &str) -> String {
        eventually(|| self.text().contains(text) || self.reader.is_finished());
        let seen = self.text();
        assert!(seen.contains(text), "no {text:?} in {seen:?}");
        seen
    }
}
