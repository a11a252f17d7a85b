//! The disk, the streams and the clock: a clear message or normal work, whatever they do.

#![cfg(unix)]

mod clock;
mod disk;
mod home;
mod proc;
mod screen;
mod sizes;
mod stopped;
mod streams;

use std::process::Command;

use crate::support::responses::ANY_FORKS;
use crate::support::running::{Ended, Running};
use crate::support::{Reply, Sandbox, Server};

/// A shell that runs a script in the sandbox, where `dhub` is this one.
fn shell(sandbox: &Sandbox, script: &str) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", &with_dhub(script)]).env_clear().envs(sandbox.environment());
    command.env("DHUB", assert_cmd::cargo::cargo_bin!("dhub")).current_dir(sandbox.home());
    command
}

fn with_dhub(script: &str) -> String {
    format!("dhub() {{ \"$DHUB\" \"$@\"; }}\n{script}")
}

/// Runs a script to its end. Its exit code is no crash's.
#[track_caller]
fn sh(sandbox: &Sandbox, script: &str) -> Ended {
    let ended = Running::start(shell(sandbox, script)).finish();
    assert_no_crash(&ended);
    ended
}

#[track_caller]
fn assert_no_crash(ended: &Ended) {
    const ABORT: i32 = 6;
    const SEGMENTATION_FAULT: i32 = 11;
    assert!(!ended.err.contains("panicked"), "{ended:?}");
    assert!(!matches!(ended.code, Some(101 | 134 | 139)), "{ended:?}");
    assert!(!matches!(ended.signal, Some(ABORT | SEGMENTATION_FAULT)), "{ended:?}");
}

/// Why there is no such namespace, if there is none. Printed once for each skipped test.
fn lacks(sandbox: &Sandbox, what: &str, probe: &str) -> bool {
    let ended = Running::start(shell(sandbox, probe)).finish();
    let lacks = ended.code != Some(0);
    if lacks {
        println!("skipped: there is no {what} here: {}", ended.err.trim());
    }
    lacks
}

/// A server where the token is taylor's and every request succeeds.
fn taylors() -> Server {
    Server::start(|request, _| {
        let response = match (request.method.as_str(), request.target.rsplit('/').next()) {
            ("GET", Some("user")) => r#"{"status":"Success","username":"taylor"}"#,
            ("GET", _) => ANY_FORKS,
            _ => r#"{"status":"Success","operation_name":"operations/x"}"#,
        };
        Reply::Json(200, response.to_owned())
    })
}
