//! A stand-in for `dolt`: it records its calls, makes what a clone makes, and can fail.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use super::Sandbox;

/// `PWD: [argument] [argument]…` for each call goes to `dolt-calls` in the home. `fail-COMMAND` there is an exit code;
/// `remotes` is what `dolt remote -v` lists.
const SCRIPT: &str = r#"#!/bin/sh
{
    printf '%s:' "${PWD#"$HOME"}"
    for argument; do printf ' [%s]' "$argument"; done
    echo
} >>"$HOME/dolt-calls"
if test "$1 $2" = "remote -v"; then
    cat "$HOME/remotes" 2>/dev/null
else
    echo "dolt $1 on stdout"
    echo "dolt $1 on stderr" >&2
fi
test ! -e "$HOME/wait-$1" || exec sleep 30
test ! -t 0 || echo "dolt has a terminal"
test "$1" != init || { mkdir -p .dolt && echo '{"head":"refs/heads/main"}' >.dolt/repo_state.json; }
test "$1" != clone || test -e "$HOME/fail-clone" || mkdir -p "$3/.dolt"
test ! -e "$HOME/fail-$1" || test "$2" = -v || exit "$(cat "$HOME/fail-$1")"
exit 0
"#;

/// Where the databases are cloned from, as the config file says.
pub const REMOTE: &str = "https://remote.example:50051";

/// Puts the stand-in on the PATH.
pub fn with_dolt(sandbox: Sandbox) -> Sandbox {
    let folder = sandbox.home().join("bin");
    fs::create_dir_all(&folder).unwrap();
    let program = folder.join("dolt");
    fs::write(&program, SCRIPT).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
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
