//! A local DoltHub, for trying a client without an account and for testing scripts.
//!
//! It serves both versions of the database API as documented, v1alpha1 and v2, from one state, which it keeps in memory
//! (and optionally in a journal), and can inject faults. It shares no type with the client, so that each tests the other.

use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::task::AbortHandle;

mod clock;
mod error;
mod events;
mod faults;
mod fork_list;
mod hosts;
mod journal;
mod listener;
mod museum;
mod owners;
mod refusals;
mod requests;
mod responses;
mod server;
mod service;
mod state;
#[cfg(test)]
mod tests;
mod v2;
mod versions;

pub use error::Error;
pub use refusals::{RefusalForm, TokenRefusal};
pub use versions::Gone;

/// The user that [`TOKEN`] belongs to, unless another is named.
pub const USER: &str = "taylor";
/// The organizations that the user may write to, unless others are named.
pub const ORGANIZATIONS: [&str; 2] = ["dolthub", "anotherOrg"];
/// The only token that the emulator accepts.
pub const TOKEN: &str = "dhat.v1.emulator";

/// How an emulator behaves.
#[derive(Debug, Clone)]
pub struct Options {
    /// The address to listen on; must be a loopback address. Port 0 picks a free port.
    pub listen: SocketAddr,
    /// The user that [`TOKEN`] belongs to.
    pub user: String,
    /// The organizations that the user may write to.
    pub organizations: Vec<String>,
    /// How long a fork takes, with a precision of one millisecond.
    pub fork_delay: Duration,
    /// The delay added to each response; the request takes effect before it.
    pub latency: Duration,
    /// The probability that a request fails, from 0 to 1.
    pub fault_rate: f64,
    /// The seed of the faults: the same seed gives the same faults, request by request.
    pub seed: u64,
    /// The journal file that keeps the state across restarts; `None` keeps it in memory only.
    pub state: Option<PathBuf>,
    /// The number of forks of `dolthub/museum-collections` to create at the start, at most 1,000,000.
    pub network: usize,
    /// How v1alpha1 is refused, as by a service that has v2 alone; `None` serves it.
    pub v1alpha1_gone: Option<Gone>,
    /// Whether v2 is served; without it, its paths are unknown.
    pub v2: bool,
    /// Whether v2 refuses [`TOKEN`], which v1alpha1 accepts.
    pub v2_refuses_token: bool,
    /// How v1alpha1 refuses a token that is not valid, taking turns.
    pub token_refusals: Vec<TokenRefusal>,
    /// In which form v1alpha1 sends refusals, taking turns.
    pub refusal_forms: Vec<RefusalForm>,
    /// Whether a private database is refused, as on a free account.
    pub free_account: bool,
    /// How long a client may take to send the head of a request, and again for its body. A connection that says nothing
    /// for so long is closed.
    pub request_timeout: Duration,
    /// Whether a request may name any host, as behind a relay. A page in a browser can write to such an emulator.
    pub any_host: bool,
    /// What a line for each request is written with; none writes nothing.
    pub log: Option<fn(&str)>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            user: USER.to_owned(),
            organizations: ORGANIZATIONS.map(str::to_owned).into(),
            fork_delay: Duration::from_secs(2),
            latency: Duration::ZERO,
            fault_rate: 0.0,
            seed: 0,
            state: None,
            network: 0,
            v1alpha1_gone: None,
            v2: true,
            v2_refuses_token: false,
            token_refusals: Vec::new(),
            refusal_forms: Vec::new(),
            free_account: false,
            request_timeout: Duration::from_secs(30),
            any_host: false,
            log: None,
        }
    }
}

/// A running emulator, on a thread of its own. It stops when dropped, without waiting for open connections.
#[derive(Debug)]
pub struct Emulator {
    address: SocketAddr,
    stop: AbortHandle,
    thread: Option<JoinHandle<()>>,
}

impl Emulator {
    /// Starts an emulator; it accepts connections by the time this returns.
    ///
    /// # Errors
    /// If an option is out of range, the address cannot be listened on, or the state file is in use or cannot
    /// be read or written.
    pub fn start(options: Options) -> Result<Self, Error> {
        if !options.listen.ip().to_canonical().is_loopback() {
            return Err(Error::NotLoopback(options.listen));
        }
        if !(0.0..=1.0).contains(&options.fault_rate) {
            return Err(Error::FaultRate(options.fault_rate));
        }
        let cannot_listen = |source| Error::Listen { address: options.listen, source };
        let mut server = server::Server::new(&options)?;
        let listener = TcpListener::bind(options.listen).map_err(cannot_listen)?;
        listener.set_nonblocking(true).map_err(cannot_listen)?;
        let address = listener.local_addr().map_err(cannot_listen)?;
        server.listens_on(address, options.any_host);

        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Error::Run)?;
        let task = {
            let _guard = runtime.enter();
            let listener = tokio::net::TcpListener::from_std(listener).map_err(cannot_listen)?;
            runtime.spawn(server::serve(listener, server))
        };
        let stop = task.abort_handle();
        let thread = std::thread::Builder::new()
            .name("emulator".to_owned())
            .spawn(move || {
                // Returns once the task is aborted, which is no error here. Dropping the runtime then closes
                // every connection and the journal.
                let _ = runtime.block_on(task);
            })
            .map_err(Error::Run)?;
        Ok(Self { address, stop, thread: Some(thread) })
    }

    /// The base URL, without a trailing slash: `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The address it listens on, with the real port.
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        self.stop.abort();
        if let Some(thread) = self.thread.take() {
            // An error means that the thread panicked, and the panic has been printed.
            let _ = thread.join();
        }
    }
}
