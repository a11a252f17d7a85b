//! The release binary: building it, and its size.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, ensure};
use serde::Serialize;

/// Bytes of the release binary.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Size {
    pub with_emulator: u64,
    pub without_emulator: Option<u64>,
}

/// Both sizes, built first if `builds`; none where the program as released is not there.
pub fn size(target: &Path, builds: bool) -> Result<Option<Size>> {
    let size = |emulator: bool| -> Result<Option<u64>> {
        let path = if builds { build(target, emulator)? } else { built(target, emulator) };
        Ok(fs::metadata(path).map(|file| file.len()).ok())
    };
    let (without_emulator, with_emulator) = (size(false)?, size(true)?);
    Ok(with_emulator.map(|with_emulator| Size { with_emulator, without_emulator }))
}

/// Where [`build`] puts the program.
pub fn built(target: &Path, emulator: bool) -> PathBuf {
    folder(target, emulator).join("release").join("dhub")
}

/// Builds the program as it is released, apart from everything that tests and benchmarks need.
pub fn build(target: &Path, emulator: bool) -> Result<PathBuf> {
    let with = if emulator { "" } else { " without the emulator" };
    eprintln!("building dhub as it is released{with}");
    let mut command = Command::new(env::var_os("CARGO").unwrap_or("cargo".into()));
    command.args(["build", "--release", "--locked", "--quiet", "--bin", "dhub", "--manifest-path"]);
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml"));
    command.arg("--target-dir").arg(folder(target, emulator));
    if !emulator {
        command.arg("--no-default-features");
    }
    ensure!(command.status()?.success(), "dhub cannot be built");
    Ok(built(target, emulator))
}

fn folder(target: &Path, emulator: bool) -> PathBuf {
    target.join(if emulator { "bench-released" } else { "bench-released-without-emulator" })
}
