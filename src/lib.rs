//! dhub: a command line for DoltHub databases. The rooms, in reading order.

pub mod error;
pub mod names;
pub mod secret;
pub mod config;
pub mod settings;
pub mod api;
pub mod session;
pub mod wait;
pub mod interrupt;
pub mod cli;
pub mod output;
pub mod emulator;
