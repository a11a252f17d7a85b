//! Hundreds at once: nothing is lost, the waits overlap, and few threads do it.

use std::collections::HashMap;
use std::thread;
use std::time::{Duration, Instant};

use dhub::emulator::{Emulator, Options};
use dhub::error::Kind;
use serde_json::Value;

use super::{documents, first_fields, list, sorted, start};
use crate::support::Sandbox;

fn options(fork_delay: Duration) -> Options {
    Options { fork_delay, ..Options::default() }
}

#[test]
fn three_hundred_are_created_and_forked_at_once_by_few_threads() {
    let (sandbox, _emulator) = Sandbox::emulated(options(Duration::from_secs(1)));
    let databases = list("dolthub", 300);
    let run = sandbox.run_with_stdin("db create - --public", &databases).exits(0);
    assert_eq!(first_fields(&run.out), databases.lines().collect::<Vec<_>>());
    assert_eq!(run.err, "note: 300 created\n");

    let started = Instant::now();
    let running = start(&sandbox, "db fork - --owner taylor --wait", &databases);
    running.wait_for_err("note: forking dolthub/x200 ");
    let threads = threads(running.id());
    let ended = running.finish();
    assert!(started.elapsed() < Duration::from_secs(15), "the waits do not overlap");
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(first_fields(&ended.out), list("taylor", 300).lines().collect::<Vec<_>>());
    assert!(ended.err.ends_with("\nnote: 300 forked\n"), "{}", ended.err);
    assert_eq!(ended.err.lines().count(), 301);
    if cfg!(target_os = "linux") {
        assert!((2..40).contains(&threads), "{threads} threads");
    }
}

/// How many threads a process has; only one system reports it.
fn threads(process: u32) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let count = status.lines().find_map(|line| line.strip_prefix("Threads:"));
    count.map_or(0, |count| count.trim().parse().unwrap())
}

#[test]
fn with_quiet_there_is_no_note_and_with_json_one_document_each_and_no_summary() {
    let (sandbox, _emulator) = Sandbox::emulated(options(Duration::from_millis(300)));
    let databases = list("dolthub", 20);
    let run = sandbox.run_with_stdin("db create - --public -q", &databases).exits(0);
    assert_eq!((run.out.lines().count(), run.err.as_str()), (20, ""));
    let run = sandbox.run_with_stdin("db fork - --owner taylor --wait -q", &databases).exits(0);
    assert_eq!((run.out.lines().count(), run.err.as_str()), (20, ""));

    let args = "db fork - --owner anotherOrg --wait --json";
    let run = sandbox.run_with_stdin(args, &databases).exits(0);
    let names = sorted(documents(&run.out).iter().map(|document| {
        assert_eq!(document["state"], "done");
        assert_eq!(document["fork"]["owner"], "anotherOrg");
        document["fork"]["name"].as_str().unwrap().to_owned()
    }));
    assert_eq!((run.out.lines().count(), names.len()), (20, 20));
    assert_eq!(names, list("x", 20).lines().map(|line| &line[2..]).collect::<Vec<_>>());
    assert!(!run.err.contains("20 forked") && !run.err.contains("again"), "{run:?}");
}

#[test]
fn with_faults_each_is_forked_or_named_in_an_error_and_the_emulators_state_agrees() {
    let folder = tempfile::tempdir().unwrap();
    let state = Some(folder.path().join("state"));
    let databases = list("dolthub", 100);
    let calm = || Options { state: state.clone(), ..options(Duration::ZERO) };
    let (sandbox, emulator) = Sandbox::emulated(calm());
    sandbox.run_with_stdin("db create - --public", &databases).exits(0);
    drop(emulator);

    let fork_delay = Duration::from_millis(500);
    let faulty = Options { fault_rate: 0.1, seed: 7, fork_delay, ..calm() };
    let (sandbox, emulator) = Sandbox::emulated(faulty);
    let run = sandbox.run_with_stdin("db fork - --owner taylor --wait --json", &databases);
    drop(emulator);
    let forked: Vec<String> = documents(&run.out)
        .iter()
        .map(|document| {
            assert_eq!(document["state"], "done", "{document}");
            format!("dolthub/{}", document["parent"]["name"].as_str().unwrap())
        })
        .collect();
    let failed: HashMap<String, Value> = documents(&run.err)
        .into_iter()
        .map(|document| {
            (document["error"]["argument"].as_str().unwrap().to_owned(), document["error"].clone())
        })
        .collect();
    assert!(!failed.is_empty() && failed.len() < 60, "{failed:?}");
    assert_eq!(sorted(forked.iter().chain(failed.keys())), databases.lines().collect::<Vec<_>>());
    let first = databases.lines().find_map(|line| failed.get(line)).unwrap();
    let kinds = [Kind::Unknown, Kind::Network, Kind::Api, Kind::AlreadyExists];
    let code = kinds.iter().find(|kind| first["kind"] == kind.name()).map(|kind| i32::from(kind.exit_code()));
    assert_eq!(run.code, code, "{first}");

    // Those whose response was lost may still be in progress.
    thread::sleep(fork_delay);
    let emulator = Emulator::start(calm()).unwrap();
    let sandbox = sandbox.with("DOLTHUB_HOST", &emulator.url());
    let args = "db fork - --owner taylor --if-not-exists --wait --json";
    let run = sandbox.run_with_stdin(args, &databases).exits(0);
    let mut states = HashMap::new();
    for document in documents(&run.out) {
        let parent = format!("dolthub/{}", document["parent"]["name"].as_str().unwrap());
        states.insert(parent, document["state"].as_str().unwrap().to_owned());
    }
    assert_eq!(states.len(), 100);
    for database in &forked {
        assert_eq!(states[database], "exists", "{database} was reported as forked");
    }
    for (database, error) in failed {
        let (state, message) = (&states[&database], error["message"].as_str().unwrap());
        if error["kind"] != "unknown" {
            assert_eq!(state, "done", "{database} was reported as not forked: {error}");
        } else if message.contains("exists now") {
            assert_eq!(state, "exists", "{database} was reported as existing: {error}");
        }
    }
}
