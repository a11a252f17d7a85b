//! What can go wrong, as users and their scripts see it: a kind with an exit code, a message, a hint.

use std::fmt;
use std::io;

/// `Result` with this crate's [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The class of an error: its name stands in `--json` output, its exit code is what scripts branch on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The service refused, for a reason that has no kind of its own.
    Api,
    /// The fork was accepted and then failed.
    OperationFailed,
    /// The config file is broken or cannot be written.
    Config,
    /// The system refused something that has no other kind: a full disk, a port in use.
    Io,
    /// The expression of `--jq` failed.
    Jq,
    /// Wrong use; nothing was sent.
    Usage,
    /// No such database or operation, or not this user's to see.
    NotFound,
    /// No token, a bad one, or one that may not do this.
    Auth,
    /// It already exists, or what exists is not what was requested.
    AlreadyExists,
    /// No usable response; nothing was changed.
    Network,
    /// The response to a create or a fork was lost: it may have taken effect.
    Unknown,
    /// The fork is not finished yet.
    Pending,
    /// The database is there, and `dolt` failed on it.
    Clone,
    /// A signal ended the program.
    Interrupted,
    /// The reader of stdout has closed it. It is not reported: the reader has seen enough.
    ClosedPipe,
}

impl Kind {
    /// The name used in `--json` output.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Api => "api",
            Kind::OperationFailed => "operation_failed",
            Kind::Config => "config",
            Kind::Io => "io",
            Kind::Jq => "jq",
            Kind::Usage => "usage",
            Kind::NotFound => "not_found",
            Kind::Auth => "auth",
            Kind::AlreadyExists => "already_exists",
            Kind::Network => "network",
            Kind::Unknown => "unknown",
            Kind::Pending => "pending",
            Kind::Clone => "clone",
            Kind::Interrupted => "interrupted",
            Kind::ClosedPipe => "closed_pipe",
        }
    }

    /// The exit code of the program when this is the first error.
    pub fn exit_code(self) -> u8 {
        match self {
            Kind::ClosedPipe => 0,
            Kind::Api | Kind::OperationFailed | Kind::Config | Kind::Io | Kind::Jq => 1,
            Kind::Usage => 2,
            Kind::NotFound => 3,
            Kind::Auth => 4,
            Kind::AlreadyExists => 5,
            Kind::Network => 6,
            Kind::Unknown => 7,
            Kind::Pending => 8,
            Kind::Clone => 9,
            Kind::Interrupted => 130,
        }
    }
}

/// One failure: what was being done, what went wrong, and what to do next.
///
/// Its texts may hold what a server said. They are escaped where they are printed, not here.
#[derive(Clone, Debug)]
pub struct Error {
    /// The class of this error.
    pub kind: Kind,
    /// What was being done when it failed, such as `cannot fork a/b to c`.
    pub context: Option<String>,
    /// What went wrong, a clause without a full stop; the service's own words where the service refused.
    pub message: String,
    /// What to do next.
    pub hint: Option<String>,
    /// The argument of the command line that this is about.
    pub argument: Option<String>,
    /// Whose database was to be made.
    pub owner: Option<String>,
    /// The HTTP status of the response, where there was one.
    pub status: Option<u16>,
    /// Method and URL of the request that failed.
    pub request: Option<String>,
    /// What the service calls that request.
    pub request_id: Option<String>,
}

impl Error {
    /// An error of this kind; `message` is a clause without a full stop.
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Error {
            kind,
            context: None,
            message: message.into(),
            hint: None,
            argument: None,
            owner: None,
            status: None,
            request: None,
            request_id: None,
        }
    }

    /// A usage error: nothing was sent.
    pub fn usage(message: impl Into<String>) -> Self {
        Error::new(Kind::Usage, message)
    }

    /// Adds what was being done when it failed, such as `cannot fork a/b to c`.
    #[must_use]
    pub fn with_context(mut self, context: impl Into<String>) -> Self {
        self.context = Some(context.into());
        self
    }

    /// Puts the place in the input where it was found in front of the message.
    #[must_use]
    pub fn at(mut self, place: &str) -> Self {
        self.message = format!("{place}: {}", self.message);
        self
    }

    /// Adds what to do next, unless there is a hint already: the first one knows most.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint.get_or_insert_with(|| hint.into());
        self
    }

    /// Adds the argument that this is about.
    #[must_use]
    pub fn with_argument(mut self, argument: impl Into<String>) -> Self {
        self.argument = Some(argument.into());
        self
    }

    /// Adds the argument and, where a database was to be made, whose.
    #[must_use]
    pub fn with_task(self, argument: &str, owner: Option<&str>) -> Self {
        Error { owner: owner.map(str::to_owned), ..self.with_argument(argument) }
    }

    /// Adds the request that failed and the HTTP status of its response, if there was one.
    #[must_use]
    pub fn with_request(mut self, request: impl Into<String>, status: Option<u16>) -> Self {
        self.request = Some(request.into());
        self.status = status;
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.context {
            Some(context) => write!(f, "{context}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for Error {}

/// What the system refused. A closed pipe has a kind of its own: it ends a command, but is no failure.
impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        let kind = match error.kind() {
            io::ErrorKind::BrokenPipe => Kind::ClosedPipe,
            _ => Kind::Io,
        };
        let hint = Exhausted::find(&error).map(|exhausted| exhausted.hint().to_owned());
        Error { hint, ..Error::new(kind, reason(&error)) }
    }
}

/// What the system says, without its number for it, which means nothing to a person.
pub fn reason(error: &io::Error) -> String {
    match Exhausted::find(error) {
        Some(exhausted) => exhausted.to_string(),
        None => without_number(error.to_string()),
    }
}

/// This machine ran out of something: the service has nothing to do with it, and later is no better by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exhausted {
    /// Open files and connections, of this process or of all.
    Files,
    /// Memory, also the system's own for connections.
    Memory,
    /// Threads.
    Threads,
    /// Ports or addresses to connect from.
    Ports,
}

impl Exhausted {
    /// What the system ran out of, where that is why it refused. It has no error of its own for threads.
    pub fn find(error: &io::Error) -> Option<Self> {
        if let Some(exhausted) = error.get_ref().and_then(|inner| inner.downcast_ref::<Self>()) {
            return Some(*exhausted);
        }
        #[cfg(unix)]
        {
            use rustix::io::Errno;
            match Errno::from_io_error(error)? {
                Errno::MFILE | Errno::NFILE => return Some(Exhausted::Files),
                Errno::NOBUFS => return Some(Exhausted::Memory),
                _ => {}
            }
        }
        match error.kind() {
            io::ErrorKind::OutOfMemory => Some(Exhausted::Memory),
            io::ErrorKind::AddrNotAvailable => Some(Exhausted::Ports),
            _ => None,
        }
    }

    /// What to do about it.
    pub fn hint(self) -> &'static str {
        match self {
            Exhausted::Files => "raise the limit with `ulimit -n`, or do fewer at a time with -j",
            Exhausted::Memory => {
                "end other programs, raise the limit with `ulimit -v`, or do fewer at a time with -j"
            }
            Exhausted::Threads => {
                "end other programs, raise the limit with `ulimit -u`, or do fewer at a time with -j"
            }
            Exhausted::Ports => "wait a minute until some are free, or do fewer at a time with -j",
        }
    }
}

impl fmt::Display for Exhausted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Exhausted::Files => "this machine ran out of file descriptors",
            Exhausted::Memory => "this machine ran out of memory",
            Exhausted::Threads => "this machine ran out of threads",
            Exhausted::Ports => "this machine has no free port or address to connect from",
        })
    }
}

impl std::error::Error for Exhausted {}

impl From<Exhausted> for io::Error {
    fn from(exhausted: Exhausted) -> Self {
        io::Error::other(exhausted)
    }
}

/// The error for a thread that the system refuses, which it calls a resource that is unavailable.
pub fn no_thread(refused: io::Error) -> io::Error {
    match refused.kind() {
        io::ErrorKind::WouldBlock => Exhausted::Threads.into(),
        _ => refused,
    }
}

/// The same for a text that holds what the system said. Windows ends it with a full stop.
pub fn without_number(mut text: String) -> String {
    if let Some(number) = text.find(" (os error ") {
        text.truncate(text[..number].trim_end_matches('.').len());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_systems_words_are_shown_without_their_number() {
        let error = io::Error::from_raw_os_error(2);
        assert!(error.to_string().contains("os error"));
        assert_eq!(reason(&error), "No such file or directory");
        let on_windows = "Connection refused. (os error 10061)";
        assert_eq!(without_number(on_windows.to_owned()), "Connection refused");
    }

    #[cfg(unix)]
    #[test]
    fn what_this_machine_ran_out_of_is_named_with_what_to_do_and_not_put_off() {
        use rustix::io::Errno;
        for (number, what, hint) in [
            (Errno::MFILE, "file descriptors", "ulimit -n"),
            (Errno::NFILE, "file descriptors", "ulimit -n"),
            (Errno::NOMEM, "memory", "ulimit -v"),
            (Errno::NOBUFS, "memory", "-j"),
            (Errno::ADDRNOTAVAIL, "port", "-j"),
        ] {
            let error = Error::from(io::Error::from(number));
            assert_eq!(error.kind, Kind::Io);
            assert!(error.message.starts_with("this machine") && error.message.contains(what), "{error}");
            assert!(error.hint.unwrap().contains(hint));
        }
        assert_eq!(no_thread(Errno::AGAIN.into()).to_string(), "this machine ran out of threads");
        assert_eq!(Exhausted::find(&Errno::AGAIN.into()), None, "a stdout that does not wait is none");
    }

    #[test]
    fn an_error_reads_as_what_failed_and_why() {
        let error = Error::new(Kind::NotFound, "no such repository").with_context("cannot list forks");
        assert_eq!(error.to_string(), "cannot list forks: no such repository");
    }

    #[test]
    fn the_first_hint_stays() {
        let error = Error::usage("no").with_hint("first").with_hint("second");
        assert_eq!(error.hint.as_deref(), Some("first"));
    }
}
