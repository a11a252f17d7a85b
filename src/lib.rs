//! dhub: a command line for DoltHub databases. The rooms, in reading order.

pub mod error;
pub mod names;
pub mod shell;
pub mod token;

pub mod config;

pub mod cli;
pub mod settings;

pub mod api;
pub mod bulk;
pub mod session;
pub mod wait;

pub mod network;

pub mod guard;
pub mod interrupt;

pub mod output;

pub mod commands;

#[cfg(feature = "emulator")]
pub mod emulator;
