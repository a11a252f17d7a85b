//! Spares every start of dhub on Linux the loading of a library: what it takes of `libgcc` is linked in.

use std::env::var;
use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is_linux = var("CARGO_CFG_TARGET_OS").is_ok_and(|os| os == "linux")
        && var("CARGO_CFG_TARGET_ENV").is_ok_and(|env| env == "gnu");
    // A compiler for another machine may be laid out in another way, and others have no such library.
    let is_native = var("HOST").is_ok_and(|host| var("TARGET").is_ok_and(|target| host == target));
    if is_linux && is_native && has_static_library() {
        println!("cargo::rustc-link-lib=static:-bundle=gcc_eh");
    }
}

fn has_static_library() -> bool {
    let output = Command::new("cc").arg("-print-file-name=libgcc_eh.a").output();
    output.is_ok_and(|output| Path::new(String::from_utf8_lossy(&output.stdout).trim()).is_absolute())
}
