//! A disk that is full, read-only, or does not let a file grow.

use std::fs;

use super::{assert_no_crash, lacks, sh, shell, taylors, with_dhub};
use crate::support::running::{Ended, Running};
use crate::support::{Sandbox, Server, TOKEN};

const CONFIG: &str = "# mine\nhost = \"https://www.dolthub.com\"\n";

/// A home at this server, without a token, and with the config file in `disk/dhub`.
fn at(server: &Server) -> Sandbox {
    let sandbox = Sandbox::new().with("DOLTHUB_HOST", server.url());
    let disk = sandbox.home().join("disk");
    fs::create_dir(&disk).unwrap();
    let disk = disk.display().to_string();
    sandbox.with("XDG_CONFIG_HOME", &disk).with("T", TOKEN).with("MINE", CONFIG)
}

const LOGIN: &str = r#"printf %s "$T" | dhub auth login --json"#;
/// What is in the folder afterwards besides the lock, and in the file.
const SHOW: &str = "echo code=$?; ls -A disk/dhub | grep -v '[.]lock$'; cat disk/dhub/config.toml";
const HAS_CONFIG: &str = r#"umask 077; mkdir disk/dhub; printf %s "$MINE" > disk/dhub/config.toml"#;

/// Runs a script where `disk` is a file system of its own; none where mounting is not permitted.
fn on_a_disk(sandbox: &Sandbox, options: &str, script: &str) -> Option<Ended> {
    let mount = format!("mount -t tmpfs -o {options} none disk");
    if lacks(sandbox, "mount namespace", &format!("unshare -Urm {mount}")) {
        return None;
    }
    let mut command = shell(sandbox, r#"exec unshare -Urm sh -c "$SCRIPT""#);
    command.env("SCRIPT", with_dhub(&format!("{mount} || exit 1\n{script}")));
    let ended = Running::start(command).finish();
    assert_no_crash(&ended);
    Some(ended)
}

/// The JSON error on stderr, of kind `config`.
#[track_caller]
fn message(ended: &Ended) -> String {
    let document: serde_json::Value = serde_json::from_str(ended.err.lines().last().unwrap()).unwrap();
    assert_eq!(document["error"]["kind"], "config", "{ended:?}");
    document["error"]["message"].as_str().unwrap().to_owned()
}

#[test]
fn a_login_on_a_full_disk_exits_1_and_leaves_the_config_file_as_it_was() {
    let fill = "head -c 1000000 /dev/zero > disk/filler 2> filling";
    let many = "while : > disk/file$((n += 1)); do :; done 2> filling";
    for (options, full) in [("size=64k", fill), ("nr_inodes=12", many)] {
        let server = taylors();
        let sandbox = at(&server);
        // `:` is a builtin that a failed redirection ends the shell of.
        let script = format!("{HAS_CONFIG}; ({full}); {LOGIN}; {SHOW}");
        let Some(ended) = on_a_disk(&sandbox, options, &script) else { return };
        assert_eq!(ended.out, format!("code=1\nconfig.toml\n{CONFIG}"), "{options}: {ended:?}");
        let message = message(&ended);
        assert!(message.starts_with("cannot write ") && message.contains("dhub/config.toml"), "{message}");
        assert!(message.ends_with(": No space left on device"), "{message}");
    }
}

#[test]
fn a_first_login_on_a_full_disk_leaves_nothing_but_an_empty_lock() {
    let server = taylors();
    let script = format!(
        "head -c 1000000 /dev/zero > disk/filler 2> filling; {LOGIN}; echo code=$?; find disk -type f -size +0"
    );
    let Some(ended) = on_a_disk(&at(&server), "size=64k", &script) else { return };
    assert_eq!(ended.out, "code=1\ndisk/filler\n", "{ended:?}");
    assert!(message(&ended).contains("No space left on device"), "{ended:?}");
}

#[test]
fn a_read_only_home_can_be_read_and_a_write_to_it_is_reported() {
    let server = taylors();
    let sandbox = at(&server);
    let key = server.url().trim_start_matches("http://");
    let config = format!("[hosts.\"{key}\"]\ntoken = \"{TOKEN}\"\nowner = \"taylor\"\n");
    let sandbox = sandbox.with("MINE", &config);
    let script = format!(
        "{HAS_CONFIG}; mount -o remount,ro disk || exit 1
        dhub auth status; dhub db create x --private; dhub emulator exec -- true; echo code=$?
        dhub auth logout --json 2> logout; echo code=$?; {LOGIN}; {SHOW}"
    );
    let Some(ended) = on_a_disk(&sandbox, "size=64k", &script) else { return };
    let url = server.url();
    let results = format!("{url}\ttaylor\tconfig file\tyes\ntaylor/x\t{url}/repositories/taylor/x\n");
    let expected = format!("{results}code=0\ncode=1\ncode=1\nconfig.toml\n{config}");
    assert_eq!(ended.out, expected, "{ended:?}");
    assert!(message(&ended).ends_with(": Read-only file system"), "{ended:?}");
    let logout = fs::read_to_string(sandbox.home().join("logout")).unwrap();
    assert!(logout.contains("Read-only file system"), "{logout}");
}

#[test]
fn a_config_file_that_is_a_mount_point_is_written_in_place() {
    let server = taylors();
    for (remount, others) in
        [(":", "config.toml\nconfig.toml.lock\n"), ("mount -o remount,ro disk", "config.toml\n")]
    {
        let script = format!(
            r#"{HAS_CONFIG}; printf %s "$MINE" > mine.toml; mount --bind mine.toml disk/dhub/config.toml || exit 1
            {remount}; for n in 1 2 3; do printf %s "$T" | dhub auth login > out || exit 1; done
            grep -c never-to-be-shown mine.toml; ls -A disk/dhub; dhub auth logout >> out; grep -v hosts mine.toml"#
        );
        let Some(ended) = on_a_disk(&at(&server), "size=64k", &script) else { return };
        assert_eq!(ended.out, format!("1\n{others}{CONFIG}\n"), "{ended:?}");
        assert_eq!(ended.err, "");
    }
}

#[test]
fn a_file_size_limit_exits_1_and_leaves_the_config_file_as_it_was() {
    let server = taylors();
    // A limit's signal kills unless it is ignored; then it is an error.
    let script = format!("{HAS_CONFIG}; (trap '' XFSZ; ulimit -f 0; {LOGIN}); {SHOW}");
    let ended = sh(&at(&server), &script);
    assert_eq!(ended.out, format!("code=1\nconfig.toml\n{CONFIG}"), "{ended:?}");
    assert!(message(&ended).ends_with(": File too large"), "{ended:?}");
}

#[test]
fn an_emulator_on_a_full_disk_refuses_writes_until_there_is_room() {
    let server = taylors();
    let script = r#"
        head -c 20000 /dev/zero > disk/filler
        LONG=$(head -c 2000 /dev/zero | tr '\0' x)
        dhub emulator exec --state disk/state -- sh -c '
            made=0; while dhub db create x$made --private -q -d "$0" >> made 2> err; do made=$((made + 1)); done
            cat err; rm disk/filler; dhub db create x$made --private -q >> made; echo code=$?' "$LONG"
        dhub emulator exec --state disk/state -- sh -c 'cut -f1 made | xargs -n1 dhub db forks --json | wc -l'
        wc -l < made; wc -l < disk/state"#;
    let Some(ended) = on_a_disk(&at(&server), "size=64k", script) else { return };
    let lines: Vec<&str> = ended.out.lines().collect();
    assert!(ended.out.contains("cannot be written: No space left on device"), "{ended:?}");
    let [.., code, exists, made, written] = lines[..] else { panic!("{ended:?}") };
    assert_eq!((code, exists.trim(), made.trim()), ("code=0", written.trim(), written.trim()), "{ended:?}");
    assert!(made.trim().parse::<u32>().unwrap() > 5, "{ended:?}");
}
