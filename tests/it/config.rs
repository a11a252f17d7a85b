//! The config file and what it names: whose it is, where its paths lead, and what it may be.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use serde_json::json;

use crate::support::responses::ANY_FORKS;
use crate::support::{Reply, Run, Sandbox, Server, TOKEN};

mod command;
mod token_command;

/// A server where every token is taylor's and nothing may be created for anybody else.
fn taylors() -> Server {
    Server::start(|request, _| match (request.method.as_str(), request.target.as_str()) {
        (_, "/api/v1alpha1/user") => Reply::Json(200, json!({"username": "taylor"}).to_string()),
        ("POST", _) => Reply::refusal(403, "permission denied"),
        _ => Reply::Json(200, ANY_FORKS.to_owned()),
    })
}

/// A home that names this server, with these lines in its entry.
fn with_entry(server: &Server, lines: &str) -> Sandbox {
    let sandbox = Sandbox::new().with("DOLTHUB_HOST", server.url());
    sandbox.write_config(&entry(server, lines));
    sandbox
}

fn entry(server: &Server, lines: &str) -> String {
    format!("[hosts.\"{}\"]\n{lines}\n", server.url().trim_start_matches("http://"))
}

/// Writes a program that prints the token.
fn write_program(path: &Path) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, format!("#!/bin/sh\necho {TOKEN}\n")).unwrap();
    set_mode(path, 0o755);
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

fn sent_token(server: &Server) -> Option<String> {
    server.v1alpha1_requests().last().and_then(|request| request.header("authorization").map(str::to_owned))
}

/// What a command ends with.
#[track_caller]
fn run(command: &mut Command) -> Run {
    let output = command.output().unwrap();
    Run {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

#[test]
fn a_token_command_does_not_run_from_a_file_that_anybody_can_write() {
    let server = taylors();
    let sandbox =
        with_entry(&server, &format!("token_command = [\"sh\", \"-c\", \"echo ran >> ran; echo {TOKEN}\"]"));
    let path = sandbox.config_path();
    let runs = || fs::read_to_string(sandbox.home().join("ran")).unwrap_or_default().lines().count();
    for mode in [0o666, 0o602, 0o777] {
        set_mode(&path, mode);
        for args in ["db forks a/b", "auth status", "db create x --public --json"] {
            let run = sandbox.run(args).exits(4);
            assert!(run.err.contains(&format!("chmod 600 {}", path.display())), "{mode:o} {args}: {run:?}");
            assert!(run.err.contains("anybody can write"), "{run:?}");
        }
    }
    assert_eq!((runs(), server.requests().len()), (0, 0));

    // Where it would not run, nothing is wrong.
    let other = Sandbox::at(server.url()).with("DHUB_CONFIG", path.to_str().unwrap());
    assert_eq!(other.run("db forks a/b").exits(0).err, "");
    sandbox.run("completions bash").exits(0);

    // What counts is the file that a link leads to.
    let link = sandbox.home().join("link.toml");
    std::os::unix::fs::symlink(&path, &link).unwrap();
    sandbox.run("db forks a/b --config link.toml").exits(4);
    set_mode(&path, 0o600);
    assert_eq!(sandbox.run("db forks a/b --config link.toml").exits(0).err, "");
    set_mode(&path, 0o660);
    let run = sandbox.run("db forks a/b").exits(0);
    assert!(run.err.starts_with("note: its group can write"), "{run:?}");
    assert!(run.err.contains("chmod 600"), "{run:?}");
    assert_eq!(runs(), 2);
    assert_eq!(sandbox.run("completions bash").exits(0).err, "");
}

#[test]
fn a_token_command_does_not_run_from_a_strangers_file() {
    let server = taylors();
    let sandbox = with_entry(&server, &format!("token_command = [\"echo\", \"{TOKEN}\"]"));
    let path = sandbox.config_path();
    set_mode(&path, 0o600);
    if std::os::unix::fs::chown(&path, Some(12_345), None).is_err() {
        println!("skipped: only root can make a file another user's");
        return;
    }
    let run = sandbox.run("db forks a/b").exits(4);
    assert!(run.err.contains("another user (number 12345)"), "{run:?}");
    assert!(run.err.contains(&format!("chown 0 {}", path.display())), "{run:?}");
    assert_eq!(server.requests().len(), 0);
}

#[test]
fn paths_in_a_config_file_are_relative_to_it_or_to_the_home_and_never_to_the_current_folder() {
    let server = taylors();
    let sandbox = Sandbox::new().with("DOLTHUB_HOST", server.url());
    let folder = sandbox.home().join("conf");
    write_program(&folder.join("get"));
    write_program(&folder.join("bin/get"));
    write_program(&sandbox.home().join("bin/home-get"));
    let here = sandbox.home().join("here");
    write_program(&here.join("here-get"));
    write_program(&here.join("sub/here-get"));
    let path = folder.join("config.toml");
    for (program, code) in [
        ("./get", 0),
        ("bin/get", 0),
        ("../conf/get", 0),
        ("~/bin/home-get", 0),
        ("./here-get", 4),
        ("sub/here-get", 4),
        ("here-get", 4),
        ("~/here-get", 4),
    ] {
        fs::write(&path, entry(&server, &format!("token_command = [\"{program}\"]"))).unwrap();
        for config in [path.to_str().unwrap(), "../conf/config.toml"] {
            for search in ["", ":", ".", "/nonexistent:"] {
                let mut command = sandbox.command(["db", "forks", "a/b", "--config", config]);
                let run = run(command.current_dir(&here).env("PATH", search));
                assert_eq!(run.code, Some(code), "{program} {config} {search}: {run:?}");
            }
        }
    }
    // A file beside the config file is named from there.
    fs::write(&path, "[hosts.\"127.0.0.1:1\"]\nca_file = \"none.pem\"\n").unwrap();
    let run = sandbox.run("db forks a/b --host https://127.0.0.1:1 --config conf/config.toml").exits(1);
    assert!(run.err.contains(folder.join("none.pem").to_str().unwrap()), "{run:?}");
    fs::write(&path, "[hosts.\"127.0.0.1:1\"]\nca_file = \"~/none.pem\"\n").unwrap();
    let run = sandbox.run("db forks a/b --host https://127.0.0.1:1 --config conf/config.toml").exits(1);
    assert!(run.err.contains(sandbox.home().join("none.pem").to_str().unwrap()), "{run:?}");
}

#[test]
fn a_certificate_file_is_never_repeated() {
    let secret = "c2VjcmV0IGtleSBvZiB0aGUgaG9zdA==";
    let numbers = format!("{:?}", secret.as_bytes());
    for text in [
        format!("-----BEGIN PRIVATE KEY-----{secret}-----END PRIVATE KEY-----"),
        format!("-----BEGIN PRIVATE KEY----- {secret} -----END PRIVATE KEY----- -----BEGIN CERTIFICATE-----"),
        format!("-----BEGIN PRIVATE KEY-----\n{secret}"),
        format!("-----BEGIN {secret}"),
        format!("-----BEGIN CERTIFICATE-----\n{secret}!\n-----END CERTIFICATE-----"),
    ] {
        let sandbox = Sandbox::at("https://127.0.0.1:1");
        fs::write(sandbox.home().join("ca.pem"), &text).unwrap();
        sandbox.write_config("[hosts.\"127.0.0.1:1\"]\nca_file = \"~/ca.pem\"\n");
        for options in ["-v", "--json"] {
            let run = sandbox.run(&format!("db forks a/b {options}")).exits(1);
            assert!(run.err.contains("ca.pem"), "{run:?}");
            let inner = numbers.trim_matches(['[', ']']).get(..20).unwrap();
            assert!(!run.err.contains("c2Vj") && !run.err.contains(inner), "{text}: {run:?}");
        }
    }
}

#[test]
fn a_key_that_nothing_reads_gets_a_note_with_its_line_and_what_was_meant() {
    let server = taylors();
    let sandbox = with_entry(&server, "owner = \"o\"");
    sandbox.write_config(&format!("owner = \"{TOKEN}\"\n{}tokn = \"{TOKEN}\"\n", entry(&server, "")));
    let run = sandbox.run("db forks a/b").exits(0);
    let lines: Vec<&str> = run.err.lines().collect();
    assert_eq!(lines.len(), 2, "{run:?}");
    assert!(lines[0].contains("line 1") && lines[0].contains("[hosts.\"www.dolthub.com\"]"), "{run:?}");
    assert!(lines[1].contains("line 4") && lines[1].contains("did you mean token?"), "{run:?}");
    assert!(!run.err.contains("never-to-be-shown"), "{run:?}");
    assert_eq!(sandbox.run("db forks a/b -q").exits(0).err, "");
}

#[test]
fn a_byte_order_mark_counts_for_nothing() {
    let server = taylors();
    let marked = format!("\u{feff}{TOKEN}\r\n");
    let expected = Some(format!("token {TOKEN}"));
    let sandbox = Sandbox::new().with("DOLTHUB_HOST", server.url());
    sandbox.run_with_stdin("auth login", &marked).exits(0);
    assert_eq!(sent_token(&server), expected);
    sandbox.write_config(&format!("\u{feff}{}", entry(&server, &format!("token = \"{TOKEN}\""))));
    set_mode(&sandbox.config_path(), 0o600);
    assert_eq!(sandbox.run("db forks a/b").exits(0).err, "");
    assert_eq!(sent_token(&server), expected);
    let sandbox = Sandbox::at(server.url()).with("DOLTHUB_TOKEN", &marked);
    sandbox.run("db forks a/b").exits(0);
    assert_eq!(sent_token(&server), expected);
    let sandbox = with_entry(&server, r"token_command = ['printf', '\357\273\277%s\n', 'dhat.v1.x']");
    sandbox.run("db forks a/b").exits(0);
    assert_eq!(sent_token(&server).as_deref(), Some("token dhat.v1.x"));

    let run = sandbox.run_with_stdin("db fork-status -", "\u{feff}operations/x\n");
    assert!(server.requests().last().unwrap().target.ends_with("operationName=operations%2Fx"), "{run:?}");
    let key = "[hosts.\"www.dolthub.com\"]\ntoken = dhat.v1.never\n";
    sandbox.write_config(&format!("\u{feff}{key}"));
    let run = sandbox.run("auth status").exits(1);
    assert!(run.err.contains("line 2") && !run.err.contains("never"), "{run:?}");
}

#[test]
fn a_path_that_is_not_utf_8_is_a_path_like_any_other() {
    let server = taylors();
    let sandbox = Sandbox::new().with("DOLTHUB_HOST", server.url());
    let home = sandbox.home().join(OsStr::from_bytes(b"t\xffylor\x1b"));
    let path = home.join(".config/dhub/config.toml");
    write_program(&path.with_file_name("get"));
    fs::write(&path, entry(&server, "token_command = [\"./get\"]")).unwrap();
    for (variable, value) in
        [("HOME", home.as_path()), ("XDG_CONFIG_HOME", &home.join(".config")), ("DHUB_CONFIG", &path)]
    {
        let mut command = sandbox.command(["db", "forks", "a/b"]);
        let ended = run(command.env(variable, value));
        assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""), "{variable}: {ended:?}");
        assert_eq!(sent_token(&server), Some(format!("token {TOKEN}")));
    }
    fs::write(&path, "token").unwrap();
    let ended = run(sandbox.command(["db", "forks", "a/b"]).env("DHUB_CONFIG", &path)).exits(1);
    assert!(ended.err.contains("config.toml") && !ended.err.contains('\x1b'), "{ended:?}");
    fs::write(&path, "[hosts.\"127.0.0.1:1\"]\nca_file = \"none.pem\"\n").unwrap();
    let mut command = sandbox.command(["db", "forks", "a/b", "--host", "https://127.0.0.1:1"]);
    let ended = run(command.env("DHUB_CONFIG", &path)).exits(1);
    assert!(ended.err.contains("none.pem") && !ended.err.contains('\x1b'), "{ended:?}");
    // A command to be pasted names the same file.
    let mut command = sandbox.command(["auth", "status", "--config"]);
    let ended = run(command.arg(&path)).exits(4);
    assert!(ended.err.contains(r"t\xffylor\x1b/"), "{ended:?}");
}

#[test]
fn what_is_no_small_file_is_refused_in_no_time() {
    let server = taylors();
    let sandbox = Sandbox::at(server.url());
    let large = sandbox.home().join("large");
    fs::File::create(&large).unwrap().set_len(10 << 30).unwrap();
    for path in ["/dev/zero", "/dev/urandom", large.to_str().unwrap(), "/", "/proc/self/mem"] {
        let run = sandbox.run(&format!("db forks a/b --config {path}")).exits(1);
        assert!(run.err.starts_with(&format!("error: cannot read {path}: ")), "{run:?}");
        let pem = Sandbox::at("https://127.0.0.1:1").with("SSL_CERT_FILE", path);
        pem.write_config(&format!("[hosts.\"127.0.0.1:1\"]\nca_file = \"{path}\"\n"));
        let run = pem.run("db forks a/b").exits(1);
        assert!(run.err.contains(path), "{run:?}");
        let run = Sandbox::new().run(&format!("emulator start --state {path}"));
        assert_eq!(run.code, Some(1), "{run:?}");
        assert!(run.err.contains(path) && !run.err.contains("os error"), "{run:?}");
    }
    let sandbox = Sandbox::new();
    let mut command = sandbox.command(["auth", "login"]);
    run(command.stdin(fs::File::open("/dev/zero").unwrap())).exits(2);
}

#[test]
fn a_config_file_may_come_through_a_pipe() {
    let server = taylors();
    let sandbox = Sandbox::new().with("DOLTHUB_HOST", server.url());
    let text = entry(&server, &format!("token = \"{TOKEN}\""));
    sandbox.run_with_stdin("db forks a/b --config /dev/stdin", &text).exits(0);
    assert_eq!(sent_token(&server), Some(format!("token {TOKEN}")));
    sandbox.run("db forks a/b --config /dev/null").exits(0);
    assert_eq!(sent_token(&server), None);
    if Command::new("bash").arg("-c").arg(":").status().is_err() {
        println!("skipped: there is no bash here");
        return;
    }
    fs::write(sandbox.home().join("text"), text).unwrap();
    let mut bash = Command::new("bash");
    bash.args(["-c", "\"$DHUB\" db forks a/b --config <(cat text)"]).env_clear().envs(sandbox.environment());
    bash.env("DHUB", assert_cmd::cargo::cargo_bin!("dhub")).current_dir(sandbox.home());
    let ended = run(&mut bash).exits(0);
    assert_eq!(ended.err, "");
    assert_eq!(sent_token(&server), Some(format!("token {TOKEN}")));
}

#[test]
fn a_stored_user_that_is_stale_is_reported_with_what_mends_it() {
    let server = taylors();
    let token = format!("token = \"{TOKEN}\"");
    let program = format!("token_command = [\"echo\", \"{TOKEN}\"]");
    for (source, mend) in [(&token, "dhub auth login"), (&program, "write user = \"taylor\"")] {
        let sandbox = with_entry(&server, &format!("{source}\nuser = \"jane\""));
        set_mode(&sandbox.config_path(), 0o600);
        let run = sandbox.run("auth status").exits(0);
        assert!(run.err.starts_with("note: the token belongs to taylor, and "), "{run:?}");
        assert!(run.err.contains("says jane") && run.err.contains(mend), "{run:?}");
        assert_eq!(run.out.trim_end().split('\t').nth(1), Some("taylor"), "{run:?}");

        let before = server.requests().len();
        for args in ["db create x y --public", "db fork a/b c/d", "db create jane/x jane/y --public"] {
            let run = sandbox.run(args).exits(4);
            assert!(
                run.err.contains("hint: the token belongs to taylor") && run.err.contains(mend),
                "{run:?}"
            );
        }
        let users = server
            .requests()
            .split_off(before)
            .iter()
            .filter(|r| r.target.ends_with("v1alpha1/user"))
            .count();
        assert_eq!(users, 3, "it is asked for once in a run");
        // Another owner's refusal has another reason; so has one of the right user.
        let run = sandbox.run("db create other/x --public").exits(4);
        assert!(!run.err.contains("belongs to"), "{run:?}");
        let sandbox = with_entry(&server, &format!("{source}\nuser = \"Taylor\""));
        set_mode(&sandbox.config_path(), 0o600);
        let run = sandbox.run("db create x --public").exits(4);
        assert!(!run.err.contains("belongs to"), "{run:?}");
        assert_eq!(sandbox.run("auth status").exits(0).err, "");
    }
}
