//! `cargo bench`: what dhub costs, beside its peers on this machine: curl, `xh` and `gh` where installed, and for one
//! request a program of the standard library alone.
//!
//! Everything happens on loopback. All programs of a row use the same server; their runs take turns (A B A B), and the
//! report gives medians and quartiles. `cargo bench -- --help` lists the options.

// It prints its report itself, not through dhub's `output`.
#![allow(clippy::print_stdout, clippy::print_stderr)]

#[cfg(unix)]
mod cli;
#[cfg(unix)]
mod contest;
#[cfg(unix)]
mod figures;
#[cfg(unix)]
#[expect(dead_code, reason = "a program of its own; it is a module too so that rustfmt and clippy read it")]
mod floor;
#[cfg(unix)]
mod machine;
#[cfg(unix)]
mod measure;
#[cfg(unix)]
mod plan;
#[cfg(unix)]
mod relay;
#[cfg(unix)]
mod release;
#[cfg(unix)]
mod report;
#[cfg(unix)]
mod rows;
#[cfg(unix)]
mod server;
#[cfg(unix)]
mod targets;
#[cfg(unix)]
#[path = "../../tests/it/support/tls.rs"]
mod tls;

#[cfg(unix)]
fn main() -> std::process::ExitCode {
    cli::main()
}

#[cfg(not(unix))]
fn main() {
    eprintln!("the benchmark needs Unix, which reports what a program costs");
}
