//! Arguments, lists on stdin, and hosts.

mod commands;
mod habits;
mod hosts;
mod lists;
#[cfg(unix)]
mod pipes;
