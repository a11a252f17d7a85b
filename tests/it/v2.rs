//! API v2: what is sent, byte for byte, and what commands make of it.

mod commands;
mod sent;
