//! Whatever a server answers: an error and a documented exit code, never a panic, never a hang.
