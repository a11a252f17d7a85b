//! What every test needs: a clean place to run dhub in, and servers with scripted responses.

#[cfg(unix)]
pub mod dolt;
pub mod faulty_server;
pub mod fork_service;
pub mod proxy;
pub mod responses;
#[cfg(unix)]
pub mod running;
mod sandbox;
mod server;
#[cfg(unix)]
pub mod terminal;
pub mod tls;
pub mod v2_dialect;

pub use sandbox::{Run, Sandbox, TOKEN};
pub use server::{Recorded, Reply, Server, refusing_address};

/// Checks all cases at the same time, where each spends its time waiting.
pub fn side_by_side<T: Send>(cases: impl IntoIterator<Item = T>, check: impl Fn(T) + Sync) {
    std::thread::scope(|scope| {
        for case in cases {
            let check = &check;
            scope.spawn(move || check(case));
        }
    });
}
