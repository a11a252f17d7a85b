//! dhub: a command line for DoltHub databases. The modules, the lowest layer first.

pub mod atomic_file;
pub mod error;
pub mod input_file;
pub mod interrupt;
pub mod json;
pub mod names;
pub mod program;
pub mod shell;
pub mod state;
pub mod threads;
pub mod token;

#[cfg(feature = "emulator")]
pub mod emulator;

pub mod config;

pub mod topics;

pub mod cli;
pub mod man;
pub mod settings;

pub mod api;
pub mod session;

pub mod network;

pub mod panic_hook;

pub mod output;

pub mod jobs;

pub mod commands;
