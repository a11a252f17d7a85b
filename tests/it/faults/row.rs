//! One row: a command, the server's behaviour, and the expected outcome.

use std::net::SocketAddr;
use std::ops::RangeInclusive;
use std::time::Duration;

use serde_json::Value;

use crate::support::faulty_server::{Disconnect, Exchange, FaultyServer, FlakyListener, Script};
use crate::support::tls::{Authority, Front};
use crate::support::{Run, Sandbox, TOKEN};

/// How dhub connects to the server.
#[derive(Clone, Copy)]
enum Transport {
    /// By plain http.
    Plain,
    /// By https, to a server without TLS.
    HttpsToPlainHttp,
    /// By https, with the first connections dropped in the handshake.
    FlakyHandshake(usize, Disconnect),
    /// By https, without trusting its authority.
    Untrusted,
    /// To a port that refuses connections.
    ConnectionRefused,
}

pub struct Row {
    pub name: &'static str,
    args: String,
    transport: Transport,
    script: Script,
    code: i32,
    kind: &'static str,
    says: Vec<&'static str>,
    hides: Vec<&'static str>,
    hints: Vec<&'static str>,
    notes: Vec<&'static str>,
    prints: Vec<&'static str>,
    posts: RangeInclusive<usize>,
    gets: RangeInclusive<usize>,
    connections: Option<usize>,
    first_pause: Duration,
    most_flooded: Option<u64>,
    unknown: bool,
}

impl Row {
    /// A fault of this name for a command, which by default succeeds without a request.
    pub fn new(name: &'static str, args: &str) -> Self {
        Row {
            name,
            args: args.to_owned(),
            transport: Transport::Plain,
            script: Vec::new(),
            code: 0,
            kind: "",
            says: Vec::new(),
            hides: Vec::new(),
            hints: Vec::new(),
            notes: Vec::new(),
            prints: Vec::new(),
            posts: 0..=0,
            gets: 0..=0,
            connections: None,
            first_pause: Duration::ZERO,
            most_flooded: None,
            unknown: false,
        }
    }

    pub fn connection_refused(self) -> Self {
        Row { transport: Transport::ConnectionRefused, ..self }
    }

    /// By https, where the server speaks plain http or nothing.
    pub fn https_to_plain_http(self) -> Self {
        Row { transport: Transport::HttpsToPlainHttp, ..self }
    }

    /// By https, where so many connections are reset in the handshake.
    pub fn reset_first(self, connections: usize) -> Self {
        Row { transport: Transport::FlakyHandshake(connections, Disconnect::Reset), ..self }
    }

    /// By https, where so many connections are closed in the handshake.
    pub fn close_first(self, connections: usize) -> Self {
        Row { transport: Transport::FlakyHandshake(connections, Disconnect::Close), ..self }
    }

    /// By https, with a certificate from an untrusted authority.
    pub fn untrusted(self) -> Self {
        Row { transport: Transport::Untrusted, ..self }
    }

    /// How the server responds to requests that contain this text: see [`Script`].
    pub fn responds(mut self, text: &'static str, responses: impl IntoIterator<Item = Exchange>) -> Self {
        self.script.push((text, responses.into_iter().collect()));
        self
    }

    pub fn fails(self, code: i32, kind: &'static str) -> Self {
        Row { code, kind, ..self }
    }

    /// A piece of the error's message.
    pub fn says(mut self, piece: &'static str) -> Self {
        self.says.push(piece);
        self
    }

    /// Text that no output may contain.
    pub fn hides(mut self, piece: &'static str) -> Self {
        self.hides.push(piece);
        self
    }

    /// A piece of the error's hint.
    pub fn hints(mut self, piece: &'static str) -> Self {
        self.hints.push(piece);
        self
    }

    /// A piece of stderr, for notes besides the error.
    pub fn notes(mut self, piece: &'static str) -> Self {
        self.notes.push(piece);
        self
    }

    /// A piece of stdout; without any, nothing is printed there.
    pub fn prints(mut self, piece: &'static str) -> Self {
        self.prints.push(piece);
        self
    }

    /// How many POSTs and GETs reach the server.
    pub fn requests(self, posts: usize, gets: usize) -> Self {
        Row { posts: posts..=posts, gets: gets..=gets, ..self }
    }

    /// The same where the number of GETs depends on the time.
    pub fn gets(self, gets: RangeInclusive<usize>) -> Self {
        Row { gets, ..self }
    }

    pub fn connections(self, connections: usize) -> Self {
        Row { connections: Some(connections), ..self }
    }

    /// At least so much time passes between the first two requests.
    pub fn pauses(self, first_pause: Duration) -> Self {
        Row { first_pause, ..self }
    }

    /// At most so many bytes of a flood are read.
    pub fn reads_at_most(self, bytes: u64) -> Self {
        Row { most_flooded: Some(bytes), ..self }
    }

    /// It is unknown whether the one POST took effect.
    pub fn unknown(self) -> Self {
        Row { unknown: true, posts: 1..=1, ..self }
    }

    pub fn is_unknown(&self) -> bool {
        self.unknown
    }

    /// The command's name, after `db` where that is before it.
    pub fn command(&self) -> &str {
        self.args.trim_start_matches("db ").split(' ').next().unwrap_or_default()
    }

    /// Runs it under a version of the API and returns the failed checks, with the full output.
    pub fn failures(&self, api: &str) -> Vec<String> {
        let server = FaultyServer::start(self.script.clone());
        let run = self.run(&server, api);
        let mut failures = self.run_failures(&run);
        let mut check = |holds: bool, what: String| {
            if !holds {
                failures.push(what);
            }
        };
        // v2 reads a database and its list of forks apart, and learns of both in fewer or more requests.
        let is_v2 = api == "v2";
        let gets = if is_v2 { &(0..=2 * self.gets.end() + 1) } else { &self.gets };
        for (method, expected) in [("POST", &self.posts), ("GET", gets)] {
            let count = server.count(method);
            check(expected.contains(&count), format!("{count} {method}s instead of {expected:?}"));
        }
        if self.unknown {
            check(server.count("POST") == 1, "the one POST was repeated or never came".to_owned());
        }
        if let Some(expected) = self.connections {
            let count = server.connections();
            check(count == expected, format!("{count} connections instead of {expected}"));
        }
        if self.first_pause > Duration::ZERO && !(is_v2 && self.command() == "forks") {
            let pause = server.first_pause();
            check(pause >= Some(self.first_pause), format!("only {pause:?} between the first two requests"));
        }
        if let Some(most) = self.most_flooded {
            let flooded = server.flooded();
            check((1..=most).contains(&flooded), format!("{flooded} bytes were taken"));
        }
        if !failures.is_empty() {
            failures.push(format!("`{}` sent {:?}", self.args, server.requests()));
            failures.push(format!("exit code {:?}\n  stdout: {}\n  stderr: {}", run.code, run.out, run.err));
        }
        failures
    }

    fn run(&self, server: &FaultyServer, api: &str) -> Run {
        let args = format!("{} --json", self.args);
        let at = |url: &str| Sandbox::at(url).with("DOLTHUB_API", api);
        let address = server.address();
        let url = format!("https://{address}");
        match self.transport {
            Transport::Plain => at(&format!("http://{address}")).run(&args),
            Transport::HttpsToPlainHttp => at(&url).run(&args),
            Transport::ConnectionRefused => {
                // The local port of an open connection: no listener can bind to it.
                let held = std::net::TcpStream::connect(address).unwrap();
                at(&format!("http://{}", held.local_addr().unwrap())).run(&args)
            }
            Transport::Untrusted => run_by_https(&args, address, (0, Disconnect::Reset), false, api),
            Transport::FlakyHandshake(first, how) => run_by_https(&args, address, (first, how), true, api),
        }
    }

    fn run_failures(&self, run: &Run) -> Vec<String> {
        let mut failures = Vec::new();
        let mut check = |holds: bool, what: String| {
            if !holds {
                failures.push(what);
            }
        };
        check(run.code == Some(self.code), format!("exit code {:?} instead of {}", run.code, self.code));
        for piece in self.hides.iter().chain(&[TOKEN, "panicked"]) {
            check(!run.out.contains(piece) && !run.err.contains(piece), format!("{piece:?} is shown"));
        }
        for piece in &self.notes {
            check(run.err.contains(piece), format!("{piece:?} is not on stderr"));
        }
        check(run.out.is_empty() == self.prints.is_empty(), format!("stdout holds {} bytes", run.out.len()));
        for piece in &self.prints {
            check(run.out.contains(piece), format!("{piece:?} is not on stdout"));
        }
        for line in run.out.lines() {
            check(serde_json::from_str::<Value>(line).is_ok(), format!("no JSON on stdout: {line}"));
        }
        let errors = errors(&run.err);
        let Some(error) = errors.first() else {
            check(self.kind.is_empty(), "there is no error".to_owned());
            return failures;
        };
        check(self.code != 0 && errors.len() == 1, format!("{} errors", errors.len()));
        let text = |key: &str| error[key].as_str().unwrap_or_default().replace(" --api v2", "");
        check(text("kind") == self.kind, format!("kind {} instead of {}", text("kind"), self.kind));
        for (key, pieces) in [("message", &self.says), ("hint", &self.hints)] {
            for piece in pieces {
                check(text(key).contains(piece), format!("{piece:?} is not in the {key}: {}", text(key)));
            }
        }
        failures
    }
}

/// Runs dhub against a TLS front, behind a listener that drops the first connections.
fn run_by_https(
    args: &str,
    behind: SocketAddr,
    (first, how): (usize, Disconnect),
    trusted: bool,
    api: &str,
) -> Run {
    let authority = Authority::new("Throw-away Root");
    let front = Front::start(&authority.certificate(&["127.0.0.1"]), &format!("http://{behind}"));
    let listener = FlakyListener::failing_first(first, how, front.address());
    let sandbox = Sandbox::at(&format!("https://{}", listener.address()));
    let roots = sandbox.home().join("roots.pem");
    let root = if trusted { authority } else { Authority::new("Another Root") };
    std::fs::write(&roots, root.pem()).unwrap();
    sandbox.with("SSL_CERT_FILE", &roots.display().to_string()).with("DOLTHUB_API", api).run(args)
}

/// The errors on stderr, among notes.
fn errors(stderr: &str) -> Vec<Value> {
    let documents = stderr.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    documents.map(|mut document| document["error"].take()).filter(|error| !error.is_null()).collect()
}
