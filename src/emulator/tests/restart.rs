//! Restarts with the same state file.

use std::path::Path;
use std::time::Instant;

use super::*;

fn start_on(path: &Path, fork_delay: u64) -> Emulator {
    let fork_delay = Duration::from_millis(fork_delay);
    let options = Options { fork_delay, state: Some(path.to_owned()), ..Options::default() };
    let deadline = Instant::now() + Duration::from_secs(5);
    loop {
        match Emulator::start(options.clone()) {
            // A child process that another test is spawning inherits the open file, and its lock, until it execs.
            Err(crate::emulator::Error::StateInUse(_)) if Instant::now() < deadline => {
                std::thread::sleep(Duration::from_millis(5));
            }
            result => return result.unwrap(),
        }
    }
}

#[test]
fn databases_and_running_forks_survive_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state");
    let emulator = start_on(&path, 500);
    create(&emulator, "dolthub", "x");
    let started = Instant::now();
    let name = fork(&emulator, "dolthub", "x");
    drop(emulator);

    // The new delay does not apply to a fork that was accepted before the restart.
    let emulator = start_on(&path, 60_000);
    assert_ne!(operation(&emulator, &name).json()["done"], true);
    assert_eq!(get(&emulator, "/taylor/x/forks").status, 400);
    assert_eq!(poll_until_done(&emulator, &name)["database_owner"], "taylor");
    assert!(started.elapsed() >= Duration::from_millis(499));
    drop(emulator);

    let emulator = start_on(&path, 0);
    assert_eq!(poll_until_done(&emulator, &name)["database_owner"], "taylor");
    assert_eq!(get(&emulator, "/taylor/x/forks").json()["parent_owner"], "dolthub");
}

#[test]
fn a_torn_last_line_is_discarded_and_the_rest_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state");
    let emulator = start_on(&path, 0);
    create(&emulator, "taylor", "kept");
    create(&emulator, "taylor", "torn");
    drop(emulator);
    let content = std::fs::read(&path).unwrap();
    std::fs::write(&path, &content[..content.len() - 20]).unwrap();

    let emulator = start_on(&path, 0);
    assert_eq!(get(&emulator, "/taylor/kept/forks").status, 200);
    assert_eq!(get(&emulator, "/taylor/torn/forks").status, 400);
    create(&emulator, "taylor", "torn");
}

#[test]
fn the_museum_network_is_filled_once_and_its_later_forks_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state");
    let options =
        Options { state: Some(path), fork_delay: Duration::ZERO, network: 12, ..Options::default() };
    let count = |emulator: &Emulator| {
        get(emulator, "/dolthub/museum-collections/forks").json()["fork_network_count"].clone()
    };
    let emulator = start_with(options.clone());
    assert_eq!(count(&emulator), 12);
    fork(&emulator, "museum-0007", "museum-collections");
    drop(emulator);
    for network in [12, 0, 3] {
        let emulator = start_with(Options { network, ..options.clone() });
        assert_eq!(count(&emulator), 13);
        let fork = get(&emulator, "/taylor/museum-collections/forks").json();
        assert_eq!(fork["parent_owner"], "museum-0007");
    }
}

#[test]
fn a_second_emulator_with_the_same_state_file_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state");
    let first = start_on(&path, 0);
    let options = Options { state: Some(path.clone()), ..Options::default() };
    let error = Emulator::start(options).unwrap_err().to_string();
    assert!(error.contains("in use by another emulator"), "{error}");
    drop(first);
    start_on(&path, 0);
}

#[test]
fn forks_end_within_their_delay_after_the_clock_was_set_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state");
    let (at, delay) = (4_102_444_800_000_u64, 200);
    let created = format!(
        r#"{{"event":"created","at":{at},"owner":"dolthub","name":"x","description":"","visibility":"public"}}"#
    );
    let forked = format!(
        r#"{{"event":"forked","at":{at},"operation":"operations/1","parent_owner":"dolthub","parent_name":"x","owner":"taylor","due":{}}}"#,
        at + delay
    );
    std::fs::write(&path, format!("{created}\n{forked}\n")).unwrap();

    let emulator = start_on(&path, delay);
    assert_eq!(poll_until_done(&emulator, "operations/1")["database_owner"], "taylor");
    create(&emulator, "taylor", "y");
    let body = r#"{"parentOwnerName":"taylor","parentDatabaseName":"y","ownerName":"dolthub"}"#;
    let name = post(&emulator, "/fork", body).json()["operation_name"].as_str().unwrap().to_owned();
    poll_until_done(&emulator, &name);
}
