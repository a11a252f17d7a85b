//! No home, or an unusable one.

use super::{lacks, sh, taylors};
use crate::support::{Sandbox, Server, TOKEN};

/// Runs what follows as a user that the system does not know, without HOME.
const UNKNOWN_USER: &str = "unshare -U --map-user=54321 --map-group=54321 env -u HOME";

/// A home at this server, with a token.
fn at(server: &Server) -> Sandbox {
    Sandbox::at(server.url()).with("T", TOKEN)
}

/// Whether a user that the system does not know can be had. The real user's home must never be used.
fn lacks_unknown_user(sandbox: &Sandbox) -> bool {
    let probe = format!("{UNKNOWN_USER} sh -c 'test $(id -u) = 54321' && ! getent passwd 54321");
    lacks(sandbox, "user namespace", &probe)
}

#[test]
fn without_a_home_everything_works_that_needs_no_config_file() {
    let server = taylors();
    let sandbox = at(&server);
    if lacks_unknown_user(&sandbox) {
        return;
    }
    for args in [
        "db forks a/b",
        "db create x --private",
        "db fork a/b -q",
        "auth status",
        "completions bash",
        "--help",
        "emulator exec -- \"$DHUB\" auth status",
    ] {
        let ended = sh(&sandbox, &format!("{UNKNOWN_USER} \"$DHUB\" {args}"));
        assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""), "{args}: {ended:?}");
        assert_ne!(ended.out, "", "{args}");
    }
}

#[test]
fn a_login_without_a_home_hints_at_what_to_set() {
    let server = taylors();
    let sandbox = at(&server);
    if lacks_unknown_user(&sandbox) {
        return;
    }
    let ended = sh(&sandbox, &format!("printf %s \"$T\" | {UNKNOWN_USER} \"$DHUB\" auth login"));
    assert_eq!((ended.code, ended.out.as_str()), (Some(1), ""), "{ended:?}");
    assert!(ended.err.starts_with("error: there is no config folder"), "{ended:?}");
    assert!(ended.err.contains("hint: set HOME") && ended.err.contains("DHUB_CONFIG"), "{ended:?}");
}

#[test]
fn a_config_folder_that_is_named_needs_no_home() {
    let server = taylors();
    let sandbox = at(&server);
    if lacks_unknown_user(&sandbox) {
        return;
    }
    let login =
        format!("printf %s \"$T\" | {UNKNOWN_USER} XDG_CONFIG_HOME=\"$PWD/folder\" \"$DHUB\" auth login -q");
    let ended = sh(&sandbox, &login);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let stored = std::fs::read_to_string(sandbox.home().join("folder/dhub/config.toml")).unwrap();
    assert!(stored.contains(TOKEN), "{stored}");
}

#[test]
fn an_unusable_home_is_treated_as_none() {
    let server = taylors();
    let sandbox = at(&server);
    std::fs::write(sandbox.home().join("file"), "").unwrap();
    let file = sandbox.home().join("file").display().to_string();
    for (name, place) in
        [("HOME", "/dev/null"), ("HOME", "/proc/nobody"), ("HOME", &*file), ("XDG_CONFIG_HOME", &*file)]
    {
        let sandbox = at(&server).with(name, place);
        for args in ["db forks a/b", "db create x --private", "auth status", "completions bash"] {
            let run = sandbox.run(args);
            assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{name}={place} {args}: {run:?}");
        }
        let run = sandbox.run_with_stdin("auth login --json", TOKEN).exits(1);
        let error = run.error();
        assert_eq!(error["kind"], "config", "{run:?}");
        assert!(error["message"].as_str().unwrap().contains(place), "{run:?}");
    }
}

/// Runs what follows as a user that may not enter the config folder, as where HOME is another user's.
const IN_ANOTHERS_HOME: &str =
    "chmod 000 .config && unshare -U --map-user=54321 --map-group=54321 env -u DOLTHUB_HOST -u DOLTHUB_TOKEN";

#[test]
fn a_config_file_of_another_users_home_counts_as_absent_where_nothing_of_it_is_needed() {
    let server = taylors();
    let sandbox = at(&server).with("URL", server.url());
    sandbox.write_config("host = \"http://127.0.0.1:1\"\n");
    if lacks_unknown_user(&sandbox) {
        return;
    }
    let run = |variables: &str, args: &str| {
        let ended = sh(&sandbox, &format!("{IN_ANOTHERS_HOME} {variables} \"$DHUB\" {args}"));
        let authorization =
            server.requests().last().and_then(|r| r.header("authorization").map(str::to_owned));
        (ended, authorization)
    };
    let token = Some(format!("token {TOKEN}"));
    for (variables, args, code, sent) in [
        ("DOLTHUB_HOST=\"$URL\" DOLTHUB_TOKEN=\"$T\"", "db create x --public", 0, &token),
        ("DH_HOST=\"$URL\" DH_TOKEN=\"$T\"", "db create x --public", 0, &token),
        ("DOLTHUB_HOST=\"$URL\"", "db forks a/b", 0, &None),
        ("", "db forks a/b --host \"$URL\"", 0, &None),
        ("", "db forks \"$URL/repositories/a/b\"", 0, &None),
        // It belongs to the host that the file names.
        ("DOLTHUB_TOKEN=\"$T\"", "db forks a/b --host \"$URL\"", 0, &None),
        ("DOLTHUB_TOKEN=\"$T\"", "db create x --public --host \"$URL\"", 4, &None),
    ] {
        let (ended, authorization) = run(variables, args);
        assert_eq!(ended.code, Some(code), "{variables} {args}: {ended:?}");
        assert!(ended.err.starts_with("note: cannot read "), "{variables} {args}: {ended:?}");
        assert!(ended.err.contains("config.toml") && ended.err.contains("without it"), "{ended:?}");
        assert!(code == 0 || ended.err.contains("set DOLTHUB_HOST"), "{ended:?}");
        assert_eq!(&authorization, sent, "{variables} {args}");
    }
    let requests = server.requests().len();
    for (variables, args, hint) in [
        ("DOLTHUB_TOKEN=\"$T\"", "db forks a/b", "set DOLTHUB_HOST"),
        ("DOLTHUB_TOKEN=\"$T\"", "db create x --public", "set DOLTHUB_HOST"),
        ("DHUB_CONFIG=\"$HOME/.config/dhub/config.toml\" DOLTHUB_HOST=\"$URL\"", "db forks a/b", ""),
        ("DOLTHUB_HOST=\"$URL\"", "db forks a/b --config .config/dhub/config.toml", ""),
    ] {
        let (ended, _) = run(variables, args);
        assert_eq!(ended.code, Some(1), "{variables} {args}: {ended:?}");
        assert!(ended.err.starts_with("error: cannot read "), "{ended:?}");
        assert!(ended.err.contains(hint), "{ended:?}");
    }
    assert_eq!(server.requests().len(), requests);
    sh(&sandbox, "chmod 700 .config");
}

#[test]
fn a_home_that_is_no_absolute_path_is_none() {
    let server = taylors();
    let sandbox = at(&server);
    sandbox.write_config("not TOML");
    for home in [".", "..", "x/y"] {
        let run = at(&server).with("HOME", home);
        let mut command = run.command(["db", "forks", "a/b"]);
        let output = command.current_dir(sandbox.home()).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{home}: {output:?}");
    }
}

#[test]
fn a_deleted_working_folder_does_no_harm() {
    let server = taylors();
    let ended =
        sh(&at(&server), "mkdir gone; cd gone; rmdir ../gone; dhub db forks a/b; dhub emulator exec -- true");
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""), "{ended:?}");
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn an_emulator_without_a_temporary_folder_reports_it() {
    for place in ["/proc/nobody", "/dev/null"] {
        let run = Sandbox::new().with("TMPDIR", place).run("emulator exec --json -- true").exits(1);
        let error = run.error();
        assert!(error["message"].as_str().unwrap().contains(place), "{run:?}");
    }
}
