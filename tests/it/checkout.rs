//! Inside a Dolt checkout, whose files anybody may have written.

use std::fs;

use serde_json::json;

use crate::support::responses::FORKS;
use crate::support::{Reply, Run, Sandbox, Server};

const MUSEUM: &str = "dolthub/museum-collections";

/// A sandbox whose home is a checkout with this file.
fn checkout(sandbox: Sandbox, state: &[u8]) -> Sandbox {
    let folder = sandbox.home().join(".dolt");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("repo_state.json"), state).unwrap();
    sandbox
}

/// The file as dolt writes it, with this `origin`.
fn state(origin: &str) -> Vec<u8> {
    let remote = |name: &str, url: &str| json!({"name": name, "url": url, "fetch_specs": ["refs/heads/*:refs/remotes/origin/*"], "params": {}});
    let remotes =
        json!({"origin": remote("origin", origin), "upstream": remote("upstream", "https://x:1/y/z")});
    json!({"head": "refs/heads/main", "remotes": remotes, "backups": {}, "branches": {}})
        .to_string()
        .into_bytes()
}

fn at_museum(server: &Server) -> Sandbox {
    checkout(Sandbox::at(server.url()), &state(&format!("http://127.0.0.1:50051/{MUSEUM}")))
}

#[track_caller]
fn is_usage_error(run: &Run, said: &str) {
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(run.err.starts_with("error: ") && run.err.contains("DATABASE is missing"), "{run:?}");
    assert!(run.err.contains(said) && run.err.contains("\nhint: "), "{run:?}");
    assert_eq!(run.err.lines().count(), 2, "{run:?}");
    assert!(run.err.len() < 700, "{run:?}");
    assert!(!run.err.chars().any(|c| c.is_control() && c != '\n'), "{run:?}");
}

#[test]
fn forks_and_view_take_the_origin_of_the_checkout_and_say_so() {
    let server = Server::always(Reply::Json(200, FORKS.to_owned()));
    let sandbox = at_museum(&server);
    let note = format!("note: DATABASE is {MUSEUM}, the origin of this Dolt checkout\n");
    for args in ["db view", "db forks"] {
        let run = sandbox.run(args).exits(0);
        assert_eq!(run.err, note, "{args}");
        assert_eq!(run.out.lines().count(), 1, "{args}");
        assert_eq!(sandbox.run(&format!("{args} -q")).exits(0).err, "");
        assert_eq!(sandbox.run(&format!("{args} --json")).exits(0).document()["owner"], "dolthub");
        // What is named beats the checkout.
        sandbox.run(&format!("{args} a/b")).exits(1);
    }
    assert!(server.requests()[0].target.contains(MUSEUM));
}

#[test]
fn an_origin_at_dolthub_belongs_to_dolthub_whatever_the_config_file_says() {
    let server = Server::always(Reply::Json(200, FORKS.to_owned()));
    let sandbox = checkout(Sandbox::new(), &state("https://doltremoteapi.dolthub.com/a/b"));
    sandbox.write_config(&format!("host = \"{}\"\n", server.url()));
    // A fork stops for want of a token, before anything is sent; here for want of a person to ask.
    is_usage_error(&sandbox.run("db fork"), "to fork the origin of this Dolt checkout: dhub db fork a/b");
    let run = sandbox.run("db fork https://doltremoteapi.dolthub.com/a/b --owner c").exits(4);
    assert!(run.err.contains("there is no token for https://www.dolthub.com"), "{run:?}");
    let run = sandbox.with("DOLTHUB_HOST", server.url()).run("db view").exits(2);
    assert!(
        run.err.contains("the remote is on https://doltremoteapi.dolthub.com, but DOLTHUB_HOST says"),
        "{run:?}"
    );
    assert!(server.requests().is_empty());
}

#[test]
fn fork_never_takes_the_origin_where_nobody_can_be_asked() {
    let server = Server::always(Reply::Json(200, FORKS.to_owned()));
    let sandbox = at_museum(&server);
    is_usage_error(&sandbox.run("db fork"), &format!("dhub db fork {MUSEUM}"));
    assert_eq!(sandbox.run("db fork --json --owner taylor").exits(2).error()["kind"], "usage");
    assert!(server.requests().is_empty());
}

#[test]
fn outside_a_checkout_a_database_has_to_be_named() {
    let sandbox = Sandbox::new();
    for args in ["db view", "db forks", "db forks --tree", "db fork"] {
        is_usage_error(&sandbox.run(args), "write OWNER/NAME, or be in a Dolt checkout");
    }
    // In the current folder only, as dolt has it.
    let sandbox = checkout(sandbox, &state("https://doltremoteapi.dolthub.com/a/b"));
    fs::create_dir(sandbox.home().join("below")).unwrap();
    let mut command = sandbox.command(["db", "view"]);
    command.current_dir(sandbox.home().join("below"));
    assert_eq!(command.output().unwrap().status.code(), Some(2));
}

#[test]
fn a_hostile_file_is_a_usage_error_in_two_short_lines_and_nothing_is_sent() {
    let server = Server::always(Reply::Json(200, FORKS.to_owned()));
    let long = format!("https://doltremoteapi.dolthub.com/{}/b", "x".repeat(100_000));
    let deep = "[".repeat(200_000);
    let huge = vec![b' '; 3 * 1024 * 1024];
    for (state, said) in [
        (
            state("file:///home/me/data"),
            "its remote origin is no database of a DoltHub: \"file:///home/me/data\"",
        ),
        (state("https://me:hunter2@doltremoteapi.dolthub.com/a/b"), "https://[password]@doltremoteapi"),
        (state("https://doltremoteapi.dolthub.com/a\u{1b}[2J/b\n"), "no database of a DoltHub"),
        (state("https://doltremoteapi.dolthub.com/a\u{202e}/%0a"), "no database of a DoltHub"),
        (state("https://www.dolthub.com/repositories/a/b"), "no database of a DoltHub"),
        (state("https://evil.example/repositories/a/b"), "no database of a DoltHub"),
        (state("--host=http://evil.example"), "no database of a DoltHub"),
        (state("a/b"), "no database of a DoltHub"),
        (state(""), "no database of a DoltHub"),
        (state(&long), "no database of a DoltHub"),
        (b"{\"remotes\":{}}".to_vec(), "it has no remote origin"),
        (b"{\"remotes\":{\"origin\":5}}".to_vec(), "it is not as dolt writes it"),
        (deep.into_bytes(), "it is not as dolt writes it"),
        (b"\xff\xfe".to_vec(), "it is not UTF-8"),
        (huge, "it is longer than 1 MiB"),
        (Vec::new(), "it is not as dolt writes it"),
    ] {
        let sandbox = checkout(Sandbox::at(server.url()), &state);
        let run = sandbox.run("db view");
        is_usage_error(&run, said);
        assert!(!run.err.contains("hunter2") && !run.err.contains('\u{202e}'), "{run:?}");
    }
    assert!(server.requests().is_empty());
}

#[test]
fn an_origin_on_an_unknown_host_sends_nothing_anywhere() {
    let other = Server::always(Reply::Json(200, FORKS.to_owned()));
    let address = other.url().trim_start_matches("http://");
    for origin in [format!("http://{address}/a/b"), "https://evil.example:50051/a/b".to_owned()] {
        let run = checkout(Sandbox::new(), &state(&origin)).run("db view").exits(2);
        assert!(run.err.contains("no known host has its remotes on http"), "{run:?}");
        let sandbox = checkout(Sandbox::at("http://127.0.0.1:1"), &state(&origin));
        assert!(sandbox.run("db view").exits(2).err.contains("DOLTHUB_HOST says http://127.0.0.1:1"));
    }
    assert!(other.requests().is_empty());
}

#[cfg(unix)]
#[test]
fn what_is_no_plain_file_is_not_opened() {
    use rustix::fs::{CWD, FileType, Mode, mknodat};

    let sandbox = checkout(Sandbox::new(), b"");
    let path = sandbox.home().join(".dolt/repo_state.json");
    fs::remove_file(&path).unwrap();
    mknodat(CWD, &path, FileType::Fifo, Mode::RWXU, 0).unwrap();
    is_usage_error(&sandbox.run("db forks"), "it is not a file");
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    is_usage_error(&sandbox.run("db forks"), "it is not a file");
    fs::remove_dir(&path).unwrap();
    std::os::unix::fs::symlink("/dev/zero", &path).unwrap();
    is_usage_error(&sandbox.run("db forks"), "it is not a file");
}

#[cfg(unix)]
#[test]
fn fork_asks_a_person_before_it_takes_the_origin() {
    use crate::support::terminal::{Terminal, USUAL};

    let server = Server::always(Reply::Json(200, crate::support::responses::ANY_FORKING.to_owned()));
    let sandbox = at_museum(&server);
    let question = format!("Fork {MUSEUM}, the origin of this Dolt checkout? (y/n) [n]:");
    for keys in ["n\r", "\r", "\x04"] {
        let mut terminal = Terminal::dhub(&sandbox, USUAL, "db fork --owner taylor");
        terminal.wait_for(&question);
        terminal.types(keys);
        let session = terminal.finish().exits(2);
        assert!(session.screen.contains("error: nothing was forked"), "{session:?}");
    }
    assert!(server.requests().is_empty());
    let mut terminal = Terminal::dhub(&sandbox, USUAL, "db fork --owner taylor");
    terminal.wait_for(&question);
    terminal.types("maybe\r");
    terminal.wait_for("Enter y or n.");
    terminal.types("y\r");
    terminal.finish().exits(0);
    assert!(server.requests()[0].body.contains("museum-collections"), "{:?}", server.requests());
    let sandbox = sandbox.with("CI", "true");
    Terminal::dhub(&sandbox, USUAL, "db fork --owner taylor").finish().exits(2);
    assert_eq!(server.requests().len(), 1);
}
