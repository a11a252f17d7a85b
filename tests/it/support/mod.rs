//! What every test needs: a clean place to run dhub in, and a server that says what it is told to.

mod sandbox;
mod server;

pub use sandbox::{Run, Sandbox, TOKEN};
pub use server::{Recorded, Reply, Server};
