//! A closed pipe, and a full stdout.

use std::process::{Command, Output};

use dhub::emulator::Options;

use crate::support::Sandbox;

/// Runs a script of the shell's in the sandbox; `$dhub` is the program.
fn shell(sandbox: &Sandbox, script: &str) -> Output {
    Command::new("sh")
        .args(["-c", script])
        .env_clear()
        .envs(sandbox.environment())
        .env("dhub", assert_cmd::cargo::cargo_bin!("dhub"))
        .current_dir(sandbox.home())
        .output()
        .unwrap()
}

#[test]
fn a_closed_pipe_ends_dhub_quietly() {
    // More than a pipe holds.
    let (sandbox, _emulator) = Sandbox::emulated(Options { network: 2_000, ..Options::default() });
    let read = |file: &str| std::fs::read_to_string(sandbox.home().join(file)).unwrap();
    for (args, head, start) in
        [("", "head -1", "museum-0001/museum-collections\t"), ("--json", "head -c 9", "{\"owner\":")]
    {
        let command = format!("\"$dhub\" db forks dolthub/museum-collections {args}");
        let script = format!("{{ {command} 2>err; echo $? >status; }} | {head}");
        let output = shell(&sandbox, &script);
        assert!(output.stdout.starts_with(start.as_bytes()), "{output:?}");
        assert_eq!((read("status").as_str(), read("err").as_str()), ("0\n", ""), "{args}");
    }
}

#[test]
fn an_error_is_reported_even_if_stdout_is_closed() {
    let (sandbox, _emulator) = Sandbox::emulated(Options::default());
    let script = "{ \"$dhub\" db forks nobody/nothing 2>err; echo $? >status; } | true; cat status err";
    let output = shell(&sandbox, script);
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.starts_with("3\nerror: "), "{text}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_stdout_is_an_error() {
    let (sandbox, _emulator) = Sandbox::emulated(Options { network: 1, ..Options::default() });
    let output = shell(&sandbox, "\"$dhub\" db forks dolthub/museum-collections >/dev/full");
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stderr.starts_with(b"error: "), "{output:?}");
}
