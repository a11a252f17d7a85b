//! `dhub emulator start` and `exec`.
