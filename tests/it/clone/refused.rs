//! What cannot work is refused before anything is sent.

use std::fs;

use dhub::emulator::Options;

use crate::support::dolt::{REMOTE, calls, make_checkout, with_dolt, write_remote};
use crate::support::{Reply, Sandbox, Server};

/// A sandbox with a dolt, at a server that nothing is to be sent to.
fn untouched() -> (Sandbox, Server) {
    let server = Server::always(Reply::Close);
    let sandbox = with_dolt(Sandbox::at(server.url()));
    write_remote(&sandbox, server.url());
    (sandbox, server)
}

#[track_caller]
fn refuses(sandbox: &Sandbox, server: &Server, args: &str, said: &str) {
    let run = sandbox.run_with_stdin(args, "a/b\nc/d\n").exits(2);
    assert!(run.err.contains(said), "{args}: {run:?}");
    assert_eq!(run.out, "", "{args}");
    let run = sandbox.run_with_stdin(&format!("{args} --json"), "a/b\nc/d\n").exits(2);
    assert_eq!(run.error()["kind"], "usage", "{args}");
    assert_eq!(server.requests().len(), 0, "{args}");
    assert_eq!(calls(sandbox).len(), 0, "{args}");
}

#[test]
fn without_dolt_on_the_path() {
    let (sandbox, server) = untouched();
    // The current folder has one, but is not to be trusted.
    fs::copy(sandbox.home().join("bin/dolt"), sandbox.home().join("dolt")).unwrap();
    make_checkout(&sandbox, "main", "");
    for path in ["/nowhere", ".:bin::/nowhere"] {
        let sandbox = Sandbox::at(server.url()).with("PATH", path);
        for args in [
            "db fork a/b --owner me --clone",
            "db fork a/b --owner me --remote",
            "db create me/a --public --remote",
        ] {
            refuses(&sandbox, &server, args, "there is no dolt on the PATH");
        }
    }
}

#[test]
fn more_than_one_database() {
    let (sandbox, server) = untouched();
    make_checkout(&sandbox, "main", "");
    for args in [
        "db fork a/b c/d --owner me --clone",
        "db fork - --owner me --clone=x",
        "db fork a/b --owner me,you --remote",
        "db fork a/b --clone --owner -",
        "db create me/a me/b --public --remote",
    ] {
        let args = args.replace("--clone --owner -", "--clone --owner me,you");
        refuses(&sandbox, &server, &args, "for a single database, and there are 2");
    }
    refuses(&sandbox, &server, "db fork a/b --owner me --clone --remote", "cannot be used with");
}

#[test]
fn a_folder_that_is_not_empty() {
    let (sandbox, server) = untouched();
    fs::create_dir_all(sandbox.home().join("b/c")).unwrap();
    fs::write(sandbox.home().join("file"), "").unwrap();
    std::os::unix::fs::symlink("nowhere", sandbox.home().join("link")).unwrap();
    for args in ["--clone", "--clone=b", "--clone=file", "--clone=.", "--clone=link", "--clone=file/x"] {
        refuses(&sandbox, &server, &format!("db fork a/b --owner me {args}"), "cannot clone into ");
    }
    refuses(&sandbox, &server, "db fork a/b --owner me --clone=", "--clone");
}

#[test]
fn a_remote_outside_of_a_checkout_or_with_an_impossible_name() {
    let (sandbox, server) = untouched();
    for args in ["db fork a/b --owner me --remote", "db create me/a --public --remote=x"] {
        refuses(&sandbox, &server, args, "--remote is for a Dolt checkout");
    }
    make_checkout(&sandbox, "main", "");
    for name in ["-v", "--help", "a/b", "."] {
        let args = format!("db fork a/b --owner me --remote={name}");
        refuses(&sandbox, &server, &args, "cannot be the name of a remote");
    }
}

#[test]
fn a_remote_whose_name_is_taken() {
    let (sandbox, server) = untouched();
    let remotes = format!("origin https://u:hunter2@other.example/x/y \nfork {REMOTE}/you/b \n");
    make_checkout(&sandbox, "main", &remotes);
    refuses(&sandbox, &server, "db fork a/b --owner me --remote", "has a remote fork already");
    refuses(&sandbox, &server, "db create me/a --public --remote", "has a remote origin already");
    let run = sandbox.run("db create me/a --public --remote").exits(2);
    assert!(!run.err.contains("hunter2"), "{run:?}");
}

#[test]
fn an_emulator_from_which_nothing_can_be_cloned() {
    let (sandbox, emulator) = Sandbox::emulated(Options::default());
    let sandbox = with_dolt(sandbox);
    sandbox.run("db create dolthub/x --public").exits(0);
    make_checkout(&sandbox, "main", "");
    for args in [
        "db fork dolthub/x --clone",
        "db fork dolthub/x --owner taylor --clone",
        "db fork dolthub/x --owner taylor --remote",
        "db create taylor/new --public --remote",
    ] {
        let run = sandbox.run(args).exits(2);
        assert!(run.err.contains("is an emulator: nothing can be cloned from it"), "{run:?}");
        assert!(run.err.contains("`remote`"), "{run:?}");
    }
    sandbox.run("db forks taylor/x").exits(3);
    sandbox.run("db forks taylor/new").exits(3);
    write_remote(&sandbox, &emulator.url());
    sandbox.run("db create taylor/new --public --remote").exits(0);
}
