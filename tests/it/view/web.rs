//! `--web` opens the page with what `BROWSER` names, or the platform's opener.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use dhub::emulator::{Emulator, Options};

use super::MUSEUM;
use crate::support::Sandbox;

/// A sandbox with a program that records its arguments, and whether it was given a token.
fn emulated() -> (Sandbox, Emulator) {
    let (sandbox, emulator) = Sandbox::emulated(Options { network: 2, ..Options::default() });
    let path = format!("{}:{}", sandbox.home().display(), std::env::var("PATH").unwrap());
    program(&sandbox, "recorder", "printf '%s|' \"$@\" ${DOLTHUB_TOKEN+token} >>opened; echo shown");
    (sandbox.with("PATH", &path), emulator)
}

fn program(sandbox: &Sandbox, name: &str, script: &str) {
    let path = sandbox.home().join(name);
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
}

fn opened(sandbox: &Sandbox) -> String {
    fs::read_to_string(sandbox.home().join("opened")).unwrap_or_default()
}

#[test]
fn the_page_is_opened_and_the_rows_stay_alone_on_stdout() {
    for (browser, before, after) in [
        ("recorder", "", ""),
        ("recorder --new", "--new|", ""),
        ("recorder --app=%s x", "--app=", "x|"),
        ("no-such-browser:false:recorder", "", ""),
    ] {
        let (sandbox, emulator) = emulated();
        let page = format!("{}/repositories/{MUSEUM}", emulator.url());
        let sandbox = sandbox.with("BROWSER", browser);
        let run = sandbox.run(&format!("db view {MUSEUM} --web")).exits(0);
        assert_eq!(run.out.lines().count(), 1, "{run:?}");
        assert!(run.out.starts_with(MUSEUM), "{run:?}");
        assert_eq!(run.err, "shown\n");
        assert_eq!(opened(&sandbox), format!("{before}{page}|{after}"));
    }
}

#[test]
fn without_browser_the_platforms_opener_is_used() {
    let (sandbox, emulator) = emulated();
    program(&sandbox, if cfg!(target_os = "macos") { "open" } else { "xdg-open" }, "exec recorder \"$@\"");
    sandbox.run(&format!("db view --web {MUSEUM} museum-0001/museum-collections")).exits(0);
    let url = emulator.url();
    let pages = format!("{url}/repositories/{MUSEUM}|{url}/repositories/museum-0001/museum-collections|");
    assert_eq!(opened(&sandbox), pages);
}

#[test]
fn a_browser_that_fails_is_an_error_with_the_page() {
    let (sandbox, emulator) = emulated();
    for browser in ["no-such-browser", "false", ":", "'"] {
        let sandbox = Sandbox::new().with("BROWSER", browser).with("DOLTHUB_HOST", &emulator.url());
        let run = sandbox.run(&format!("db view {MUSEUM} --web")).exits(1);
        let page = format!("{}/repositories/{MUSEUM}", emulator.url());
        assert!(run.err.starts_with(&format!("error: cannot open {page}: ")), "{run:?}");
        assert!(run.err.contains("hint: open it by hand, or name your browser in BROWSER"), "{run:?}");
    }
    assert_eq!(opened(&sandbox), "");
}

#[test]
fn nothing_is_opened_for_a_database_that_does_not_exist() {
    let (sandbox, _emulator) = emulated();
    let sandbox = sandbox.with("BROWSER", "recorder");
    sandbox.run("db view nobody/nothing --web").exits(3);
    assert_eq!(opened(&sandbox), "");
    sandbox.run(&format!("db view --web nobody/nothing {MUSEUM}")).exits(3);
    assert!(opened(&sandbox).ends_with("museum-collections|"));
}
