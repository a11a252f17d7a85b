//! The action that installs dhub in a job: its script as it is, against a server that has releases.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use super::{read, yaml};
use crate::support::running::{Ended, Running};
use crate::support::{Reply, Sandbox, Server};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/.github/actions/setup-dhub/install.sh");
const TARGET: &str = "x86_64-unknown-linux-musl";

/// A release: its archive for one target, and the sum of it.
struct Release {
    archive: Vec<u8>,
    sum: String,
}

impl Release {
    /// A release whose dhub is a script that says this version.
    fn of(version: &str, target: &str, sandbox: &Sandbox) -> Self {
        let script = format!(
            "mkdir -p made/{0} && cd made && printf '#!/bin/sh\\necho dhub {version}\\n' > {0}/dhub && chmod +x {0}/dhub &&
             tar -czf made.tar.gz {0} && sha256sum made.tar.gz | cut -c -64",
            format_args!("dhub-{version}-{target}")
        );
        let ended = Running::start(bash(sandbox, &["-ec", &script])).finish();
        assert_eq!(ended.code, Some(0), "{ended:?}");
        let archive = fs::read(sandbox.home().join("made/made.tar.gz")).unwrap();
        Release { archive, sum: ended.out.trim().to_owned() }
    }

    /// Serves it under `latest` and its version. The first request gets a `503`.
    fn serve(self, version: &'static str, sums: String) -> Server {
        let archive = Arc::new(self.archive);
        Server::start(move |request, earlier| {
            let version = format!("/releases/download/v{version}/");
            let name = request.target.strip_prefix("/releases/latest/download/");
            match name.or_else(|| request.target.strip_prefix(&version)) {
                _ if earlier == 0 => Reply::html(503, "come back later"),
                Some("SHA256SUMS") => Reply::Full(200, String::new(), "text/plain", sums.clone()),
                Some(name) if name.ends_with(".tar.gz") => {
                    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", archive.len());
                    Reply::Bytes([head.as_bytes(), &archive].concat())
                }
                _ => Reply::html(404, "there is nothing here"),
            }
        })
    }

    fn line(&self, version: &str, target: &str) -> String {
        format!("{}  dhub-{version}-{target}.tar.gz\n", self.sum)
    }
}

fn bash(sandbox: &Sandbox, arguments: &[&str]) -> Command {
    let mut command = Command::new("bash");
    command.args(arguments).env_clear().envs(sandbox.environment()).current_dir(sandbox.home());
    command
}

/// Runs the script as the runner does, with these of its variables changed.
fn install(sandbox: &Sandbox, server: &Server, changed: &[(&str, &str)]) -> Ended {
    let mut command = bash(sandbox, &[SCRIPT]);
    let file = |name| sandbox.home().join(name);
    command
        .env("PATH", std::env::var("PATH").unwrap())
        .env("RELEASES", format!("{}/releases", server.url()))
        .envs([("DHUB_VERSION", ""), ("ACTION_REF", "main"), ("RUNNER_OS", "Linux"), ("RUNNER_ARCH", "X64")])
        .env("RUNNER_TEMP", file("runner temp"))
        .env("GITHUB_PATH", file("path"))
        .env("GITHUB_OUTPUT", file("output"))
        .envs(changed.iter().copied());
    Running::start(command).finish()
}

/// What a job finds afterwards: the version that is said, and the folder of the program.
fn installed(sandbox: &Sandbox) -> Option<(String, String)> {
    let said = |name| fs::read_to_string(sandbox.home().join(name)).ok();
    Some((said("output")?, said("path")?.trim_end().to_owned()))
}

#[test]
fn the_action_installs_the_latest_release_through_a_503() {
    let sandbox = Sandbox::new();
    let release = Release::of("1.2.3", TARGET, &sandbox);
    let sums = format!("{0}  dhub-1.2.3.cdx.json\n{1}", "0".repeat(64), release.line("1.2.3", TARGET));
    let server = release.serve("1.2.3", sums);
    // A second time in the same job, as well.
    for _ in 0..2 {
        let ended = install(&sandbox, &server, &[]);
        assert_eq!((ended.code, &*ended.out), (Some(0), "dhub 1.2.3\n"), "{ended:?}");
    }
    let (version, folder) = installed(&sandbox).unwrap();
    assert!(version.starts_with("version=1.2.3\n"), "{version}");
    assert!(Path::new(folder.lines().next().unwrap()).join("dhub").exists(), "{folder}");
}

#[test]
fn the_action_installs_the_version_that_it_is_asked_for_or_is_itself() {
    for changed in [("DHUB_VERSION", "1.2.3"), ("DHUB_VERSION", "v1.2.3"), ("ACTION_REF", "v1.2.3")] {
        let sandbox = Sandbox::new();
        let release = Release::of("1.2.3", TARGET, &sandbox);
        let sums = release.line("1.2.3", TARGET);
        let server = release.serve("1.2.3", sums);
        let ended = install(&sandbox, &server, &[changed]);
        assert_eq!(ended.code, Some(0), "{changed:?}: {ended:?}");
        assert!(server.requests().iter().all(|request| request.target.contains("/download/v1.2.3/")));
    }
}

#[test]
fn the_action_installs_nothing_that_its_checksums_do_not_name() {
    let other = "0".repeat(64);
    let wrong = format!("{other}  dhub-1.2.3-{TARGET}.tar.gz\n");
    for (sums, why) in [
        (wrong, "is not what SHA256SUMS says: it is not installed"),
        (
            format!("{other}  dhub-1.2.3.cdx.json\n"),
            "the release has no archive for x86_64-unknown-linux-musl",
        ),
        (
            "<html>log in first</html>\n".to_owned(),
            "the release has no archive for x86_64-unknown-linux-musl",
        ),
    ] {
        let sandbox = Sandbox::new();
        let server = Release::of("1.2.3", TARGET, &sandbox).serve("1.2.3", sums);
        let ended = install(&sandbox, &server, &[]);
        assert_eq!(ended.code, Some(1), "{why}: {ended:?}");
        assert!(ended.out.contains("::error title=setup-dhub::") && ended.out.contains(why), "{ended:?}");
        assert_eq!(installed(&sandbox), None, "{ended:?}");
    }
}

#[test]
fn the_action_says_what_it_cannot_install() {
    let sandbox = Sandbox::new();
    let release = Release::of("1.2.3", TARGET, &sandbox);
    let sums = release.line("1.2.3", TARGET);
    let server = release.serve("1.2.3", sums);
    for (changed, why) in [
        (("RUNNER_ARCH", "ARM"), "there is no dhub for Linux on ARM"),
        (("RUNNER_OS", "Windows"), "the release has no archive for x86_64-pc-windows-msvc"),
        (("DHUB_VERSION", "9.9.9"), "cannot download SHA256SUMS from "),
        (("DHUB_VERSION", "latest"), "latest is not a version: write it like 0.2.0"),
        (("DHUB_VERSION", "1.2.3/../../x"), "is not a version: write it like 0.2.0"),
    ] {
        let ended = install(&sandbox, &server, &[changed]);
        assert_eq!(ended.code, Some(1), "{changed:?}: {ended:?}");
        assert!(ended.out.contains(why), "{changed:?}: {ended:?}");
        assert_eq!(installed(&sandbox), None, "{ended:?}");
    }
}

#[test]
fn the_action_gives_its_script_all_that_it_reads() {
    let action = yaml(".github/actions/setup-dhub/action.yml");
    let step = &action["runs"]["steps"][0];
    assert_eq!(step["run"], r#""$GITHUB_ACTION_PATH/install.sh""#);
    let given = step["env"].as_object().unwrap();
    for name in ["DHUB_VERSION", "RELEASES", "ACTION_REF"] {
        assert!(
            given.contains_key(name) && read(".github/actions/setup-dhub/install.sh").contains(name),
            "{name}"
        );
    }
}
