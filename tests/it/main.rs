//! The real binary, as a user runs it: against the emulator, against the documented responses, and against faulty servers.

// A test may panic; it may also print what it measured.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

mod support;

mod api;
mod auth;
mod bounds;
mod bulk;
mod checkout;
#[cfg(unix)]
mod clone;
mod completions;
#[cfg(unix)]
mod config;
mod connection_errors;
mod connections;
mod contract;
mod create;
mod emulator;
mod exit_codes;
mod faults;
mod fork;
mod forks;
mod formats;
mod help;
mod input;
mod jq;
#[cfg(target_os = "linux")]
mod limits;
mod man;
mod output_errors;
#[cfg(unix)]
mod packaging;
#[cfg(unix)]
mod pictures;
#[cfg(unix)]
mod printed_commands;
#[cfg(unix)]
mod privacy;
mod process;
mod properties;
mod random;
mod readme;
mod round_trips;
mod secrets;
mod signals;
mod stress;
mod terminal;
mod tls;
mod topics;
mod tree;
mod v2;
mod verbose;
mod view;
mod waiting;
mod wire;
