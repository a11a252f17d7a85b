//! What `emulator exec` does with the environment, the folders and the signals that its command meets.

use super::*;
use crate::support::terminal::Terminal;

#[test]
fn exec_adds_loopback_to_the_users_hosts_without_a_proxy() {
    let script = r#"echo "$NO_PROXY|$no_proxy""#;
    for (upper, lower, expected) in [
        ("corp.example", "", "corp.example,127.0.0.1,localhost,::1|corp.example,127.0.0.1,localhost,::1"),
        ("", "a", "a,127.0.0.1,localhost,::1|a,127.0.0.1,localhost,::1"),
        ("*", "b,localhost", "*|b,localhost,127.0.0.1,::1"),
        ("", "", "127.0.0.1,localhost,::1|127.0.0.1,localhost,::1"),
    ] {
        let sandbox = sandbox().with("NO_PROXY", upper).with("no_proxy", lower);
        assert_eq!(exec(&sandbox, "", script).exits(0).out.trim(), expected);
    }
}

#[test]
fn exec_sets_a_private_state_file() {
    let sandbox = sandbox().with("DHUB_STATE", "/nonexistent/mine");
    let run = exec(&sandbox, "", r#"dirname "$DHUB_STATE"; dirname "$DHUB_CONFIG""#).exits(0);
    let folders: Vec<&str> = run.out.lines().collect();
    assert_eq!(folders[0], folders[1]);
    assert!(folders[0].starts_with(&*sandbox.home().join("tmp").to_string_lossy()), "{run:?}");
}

#[test]
fn exec_without_a_path_looks_in_no_current_folder() {
    let sandbox = sandbox();
    let trap = sandbox.home().join("ls");
    fs::write(&trap, "#!/bin/sh\necho trapped\n").unwrap();
    fs::set_permissions(&trap, fs::Permissions::from_mode(0o755)).unwrap();
    for path in [None, Some("")] {
        let mut command = sandbox.command(["emulator", "exec", "--", "sh", "-c", "ls; echo \"PATH=$PATH\""]);
        match path {
            Some(path) => command.env("PATH", path),
            None => command.env_remove("PATH"),
        };
        let ended = Running::start(command).finish();
        assert_eq!(ended.code, Some(0), "{path:?}: {ended:?}");
        assert!(!ended.out.contains("trapped"), "{path:?}: {ended:?}");
        let path = ended.out.lines().find_map(|line| line.strip_prefix("PATH=")).unwrap();
        assert!(path.split(':').all(|folder| folder.starts_with('/')), "{path}");
    }
}

#[test]
fn the_exit_code_of_exec_does_not_depend_on_what_became_of_its_folders() {
    let sandbox = sandbox();
    for script in [
        r#"rm -r "$(dirname "$DHUB_CONFIG")"; exit 7"#,
        r#"rm -r "$TMPDIR"/*; touch "$TMPDIR/x"; rm "$TMPDIR/x"; exit 7"#,
        r#"rmdir "$PWD"; exit 7"#,
    ] {
        let cwd = sandbox.home().join("cwd");
        fs::create_dir(&cwd).unwrap();
        let mut command = sandbox.command(["emulator", "exec", "--", "sh", "-c", script]);
        command.current_dir(&cwd);
        let ended = Running::start(command).finish();
        assert_eq!((ended.code, ended.err.as_str()), (Some(7), ""), "{script}: {ended:?}");
        assert_no_temporary_files(&sandbox);
        let _ = fs::remove_dir(&cwd);
    }
}

#[test]
fn exec_in_a_folder_that_is_gone_still_runs_its_command() {
    let script = r#"mkdir gone && cd gone && rmdir ../gone && "$0" emulator exec -- sh -c 'exit 5'"#;
    let sandbox = sandbox();
    let mut shell = std::process::Command::new("sh");
    shell.args(["-c", script]).arg(assert_cmd::cargo::cargo_bin!("dhub"));
    shell.env_clear().envs(sandbox.environment()).current_dir(sandbox.home());
    let ended = Running::start(shell).finish();
    assert_eq!(ended.code, Some(5), "{ended:?}");
    assert_no_temporary_files(&sandbox);
}

#[test]
fn every_signal_that_ends_exec_ends_its_command_and_leaves_nothing() {
    for signal in [Signal::INT, Signal::TERM, Signal::HUP, Signal::QUIT] {
        let sandbox = sandbox();
        let script = "ulimit -c 0; echo $$ $DOLTHUB_HOST; exec sleep 60";
        let running = Running::start(sandbox.command(["emulator", "exec", "--", "sh", "-c", script]));
        let out = running.wait_for_out("\n");
        let (process, host) = out.trim().split_once(' ').unwrap();
        running.signal(signal);
        let ended = running.finish();
        assert_eq!(ended.signal, Some(signal.as_raw()), "{ended:?}");
        assert!(!Path::new("/proc").join(process).join("exe").exists(), "its command lives on");
        assert!(TcpStream::connect(host.trim_start_matches("http://")).is_err(), "it still listens");
        assert_no_temporary_files(&sandbox);
    }
}

#[test]
fn a_signal_ends_a_command_that_is_stopped() {
    let sandbox = sandbox();
    let script = "echo ready; kill -STOP $$; echo went on";
    let running = Running::start(sandbox.command(["emulator", "exec", "--", "sh", "-c", script]));
    running.wait_for_out("ready");
    running.signal(Signal::TERM);
    assert_eq!(running.finish().signal, Some(15));
    assert_no_temporary_files(&sandbox);
}

#[test]
fn a_key_at_the_terminal_reaches_the_command_of_exec_once_and_exec_cleans_up() {
    for (key, name) in [("\x03", "INT"), ("\x1c", "QUIT")] {
        let sandbox = sandbox();
        let script = format!(
            r#""$DHUB" emulator exec -- sh -c 'ulimit -c 0; n=0; trap "n=\$((n+1))" {name}; echo ready
            while test $n -eq 0; do sleep 0.02; done; sleep 0.3; echo "came $n times"'"#
        );
        let mut terminal = Terminal::script(&sandbox, "sh", &format!("trap : INT QUIT; {script}"));
        terminal.wait_for("ready");
        terminal.types(key);
        let session = terminal.finish();
        assert!(session.screen.contains("came 1 times"), "{session:?}");
        assert_no_temporary_files(&sandbox);
    }
}

#[test]
fn a_signal_from_elsewhere_reaches_a_command_in_the_background_of_a_terminal() {
    let sandbox = sandbox();
    let script = r#"set -m; "$DHUB" emulator exec -- sh -c 'echo ready >up; exec sleep 60' & until test -e up; do sleep 0.02; done
        kill -INT $!; wait $!; echo "ended $?""#;
    let session = Terminal::script(&sandbox, "bash", script).finish();
    assert!(session.screen.contains("ended 130"), "{session:?}");
    assert_no_temporary_files(&sandbox);
}
