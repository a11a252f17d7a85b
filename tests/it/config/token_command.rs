//! The program that prints the token: what it reads, and when it ends.

use std::fs;
use std::process::Command;

use super::{set_mode, taylors, with_entry};
use crate::support::running::{Running, eventually};
use crate::support::terminal::Terminal;
use crate::support::{Sandbox, Server, TOKEN};

/// A home whose token comes from a script.
fn with_script(server: &Server, script: &str) -> Sandbox {
    let words = serde_json::json!(["sh", "-c", script]);
    let sandbox = with_entry(server, &format!("token_command = {words}"));
    set_mode(&sandbox.config_path(), 0o600);
    sandbox
}

#[test]
fn it_never_reads_the_list_that_dhub_or_a_loop_reads() {
    let server = taylors();
    let sandbox = with_script(&server, &format!("cat > eaten; echo {TOKEN}"));
    let script = "printf 'a/b\\nc/d\\ne/f\\n' | while read -r name; do \"$DHUB\" db forks \"$name\"; done";
    // Without a terminal that it could read from.
    let mut detached = Command::new("setsid");
    detached.arg("sh").args(["-c", script]).env_clear().envs(sandbox.environment());
    detached.env("DHUB", assert_cmd::cargo::cargo_bin!("dhub")).current_dir(sandbox.home());
    let ended = Running::start(detached).finish();
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""), "{ended:?}");
    assert_eq!(server.requests().len(), 3);
    assert_eq!(fs::read_to_string(sandbox.home().join("eaten")).unwrap(), "");
}

#[test]
fn it_can_ask_at_the_terminal_also_where_stdin_is_a_list() {
    let server = taylors();
    let script = format!("printf 'Passphrase: ' >&2; read -r word; echo \"$word\" > typed; echo {TOKEN}");
    let sandbox = with_script(&server, &script);
    for list in ["", "echo a/b | "] {
        let args = if list.is_empty() { "auth status" } else { "db fork -" };
        let mut terminal = Terminal::script(&sandbox, "sh", &format!("{list}\"$DHUB\" {args}"));
        terminal.wait_for("Passphrase:");
        terminal.types("open sesame\r");
        terminal.finish();
        let typed = sandbox.home().join("typed");
        assert_eq!(fs::read_to_string(&typed).unwrap(), "open sesame\n", "{list}");
        fs::remove_file(typed).unwrap();
    }
}

#[test]
fn a_signal_that_ends_dhub_ends_it_and_nothing_else() {
    let server = taylors();
    // The number of the program itself and of one that it started.
    let sandbox =
        with_script(&server, "sleep 20 >/dev/null 2>&1 & echo $! > other; echo $$ > own; exec sleep 20");
    let number =
        |name: &str| fs::read_to_string(sandbox.home().join(name)).unwrap_or_default().trim().to_owned();
    let runs = |pid: &str| {
        let state = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        state.rsplit(')').next().is_some_and(|rest| !rest.is_empty() && !rest.starts_with(" Z"))
    };
    if !std::path::Path::new("/proc/self/stat").exists() {
        println!("skipped: there is no /proc here");
        return;
    }
    for (signal, options) in [("TERM", ""), ("HUP", ""), ("INT", "--json")] {
        for name in ["own", "other"] {
            let _ = fs::remove_file(sandbox.home().join(name));
        }
        let running = Running::start(
            sandbox.command(["db", "forks", "a/b"].into_iter().chain(options.split_whitespace())),
        );
        assert!(eventually(|| !number("own").is_empty() && runs(&number("own"))));
        let kill = |signal: &str, pid: &str| Command::new("kill").args(["-s", signal, pid]).status().unwrap();
        kill(signal, &running.id().to_string());
        let ended = running.finish();
        assert_eq!(ended.code, None, "{ended:?}");
        assert!(!ended.err.contains("token_command"), "{ended:?}");
        assert!(!runs(&number("own")), "{signal}: it was left behind");
        assert!(runs(&number("other")), "{signal}: it is not dhub's to end");
        kill("KILL", &number("other"));
    }
    assert_eq!(server.requests().len(), 0);
}

#[test]
fn one_that_goes_on_after_its_line_holds_nothing_up_and_is_not_left_behind() {
    let server = taylors();
    let sandbox = with_script(&server, &format!("echo $$ > own; echo {TOKEN}; exec sleep 20"));
    let started = std::time::Instant::now();
    sandbox.run("db forks a/b").exits(0);
    assert!(started.elapsed().as_secs() < 10);
    let own = fs::read_to_string(sandbox.home().join("own")).unwrap();
    assert!(!std::path::Path::new(&format!("/proc/{}", own.trim())).exists());
    // A failure that comes within the second counts.
    let sandbox = with_script(&server, &format!("echo {TOKEN}; sleep 0.2; exit 3"));
    assert!(sandbox.run("db forks a/b").exits(4).err.contains("failed"));
}
