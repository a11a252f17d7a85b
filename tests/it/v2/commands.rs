//! Commands under v2, against the emulator.
