//! Whatever stands in the place of the state file, forks are made, and within the usual time.

use std::process::Command;
use std::time::{Duration, Instant};

use super::*;

/// Forks a new database, and returns what was noted about the state file.
#[track_caller]
fn fork(sandbox: &Sandbox, name: &str) -> String {
    sandbox.run(&format!("db create dolthub/{name} --public")).exits(0);
    let started = Instant::now();
    let run = sandbox.run(&format!("db fork dolthub/{name} --owner taylor --wait")).exits(0);
    assert!(run.out.starts_with(&format!("taylor/{name}\t")), "{run:?}");
    let status = sandbox.run("db fork-status").exits(0);
    let quiet = sandbox.run("db fork-status -q").exits(0);
    assert!(started.elapsed() < Duration::from_secs(10), "{run:?}");
    assert_eq!((quiet.out.as_str(), quiet.err.as_str()), ("", ""));
    let notes: Vec<&str> = run.err.lines().filter(|line| !line.starts_with("note: forking ")).collect();
    assert!(notes.len() <= 1, "{run:?}");
    assert!(status.err.contains("no unfinished forks"), "{status:?}");
    notes.concat()
}

#[test]
fn nothing_in_the_place_of_the_state_file_stops_a_fork() {
    let (sandbox, _emulator) = emulated(0);
    let path = sandbox.home().join("state");
    let sandbox = sandbox.with("DHUB_STATE", &path.display().to_string());
    assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
    assert!(fork(&sandbox, "pipe").contains("it is not a regular file; DHUB_STATE names another file"));
    fs::remove_file(&path).unwrap();

    fs::write(&path, "my thesis\n").unwrap();
    assert!(fork(&sandbox, "thesis").contains("it is not dhub's"));
    assert_eq!(fs::read_to_string(&path).unwrap(), "my thesis\n");
    assert!(!sandbox.home().join("state.lock").exists());

    fs::File::options().write(true).open(&path).unwrap().set_len(1 << 30).unwrap();
    assert!(fork(&sandbox, "huge").contains("it is longer than 16 MiB"));
    assert_eq!(fs::metadata(&path).unwrap().len(), 1 << 30);

    fs::write(&path, "{\"dhub_forks\":1}\n{\"intent\":{\"id\":\"1\",\"ho").unwrap();
    assert_eq!(fork(&sandbox, "torn"), "");
    fs::remove_file(&path).unwrap();

    fs::create_dir(&path).unwrap();
    assert!(fork(&sandbox, "folder").contains("it is not a regular file"));
}

#[test]
fn a_state_file_that_cannot_be_written_stops_no_fork() {
    let (sandbox, _emulator) = emulated(0);
    let mut sandbox = sandbox;
    for (number, path) in ["/proc/none/state", "/dev/full", "/dev/null/state"].into_iter().enumerate() {
        sandbox = sandbox.with("DHUB_STATE", path);
        let note = fork(&sandbox, &format!("n{number}"));
        assert!(note.starts_with(&format!("note: {path} cannot keep forks in progress: ")), "{note}");
    }
}

#[test]
fn a_file_in_a_folder_that_cannot_be_written_is_written_in_place() {
    let (sandbox, _emulator) = emulated(0);
    let folder = sandbox.home().join("folder");
    fs::create_dir(&folder).unwrap();
    let sandbox = sandbox.with("DHUB_STATE", &folder.join("state").display().to_string());
    fs::write(folder.join("state"), "").unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o500)).unwrap();
    assert_eq!(fork(&sandbox, "file"), "");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).unwrap();
    fs::remove_file(folder.join("state")).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o500)).unwrap();
    // Root may write everywhere.
    fork(&sandbox, "none");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).unwrap();
}
