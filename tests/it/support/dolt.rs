//! A stand-in for `dolt`: it records its calls, makes what a clone makes, and can fail.

use std::fs;
use std::path::PathBuf;

use super::Sandbox;

/// It is linked, not written: a file that another thread's child still holds open for writing cannot be run.
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/support/dolt.sh");

/// Where the databases are cloned from, as the config file says.
pub const REMOTE: &str = "https://remote.example:50051";

/// Puts the stand-in on the PATH.
pub fn with_dolt(sandbox: Sandbox) -> Sandbox {
    let folder = sandbox.home().join("bin");
    fs::create_dir_all(&folder).unwrap();
    std::os::unix::fs::symlink(SCRIPT, folder.join("dolt")).unwrap();
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
    sandbox.with("PATH", &path)
}

/// Lets the config file say where a host's databases are cloned from.
pub fn write_remote(sandbox: &Sandbox, host: &str) {
    let authority = host.trim_start_matches("http://");
    sandbox.write_config(&format!("[hosts.\"{authority}\"]\nremote = \"{REMOTE}\"\n"));
}

/// The calls of the stand-in, without those that list remotes.
pub fn calls(sandbox: &Sandbox) -> Vec<String> {
    let calls = fs::read_to_string(sandbox.home().join("dolt-calls")).unwrap_or_default();
    calls.lines().filter(|call| !call.ends_with(" [remote] [-v]")).map(str::to_owned).collect()
}

/// Makes the sandbox's home a Dolt checkout, with these lines of `dolt remote -v`.
pub fn make_checkout(sandbox: &Sandbox, head: &str, remotes: &str) {
    let folder: PathBuf = sandbox.home().join(".dolt");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("repo_state.json"), format!("{{\"head\":\"refs/heads/{head}\",\"remotes\":{{}}}}"))
        .unwrap();
    fs::write(sandbox.home().join("remotes"), remotes).unwrap();
}
