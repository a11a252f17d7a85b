//! Ctrl-C in the middle of many: nothing more is sent, what runs is named, and one command resumes it all.

use std::time::Duration;

use dhub::emulator::Options;
use rustix::process::Signal;
use serde_json::Value;

use super::{INSTANT, Service, after, documents, first_fields, list, paste, pending, sorted, start};
use crate::support::Sandbox;
use crate::support::running::{Ended, eventually};

const RESUME: &str = "to resume: ";

/// Longer than the final report takes, so that no response arrives in the meantime.
const LONG: Duration = Duration::from_millis(1_200);

/// Forks 20 databases, two at a time, and presses Ctrl-C while the third pair is sent.
fn interrupted(flags: &str) -> (Ended, Service) {
    let service = Service::start(INSTANT, |request, name, _| match request.method.as_str() {
        "GET" => Some(pending()),
        _ => {
            // The third pair gets no response.
            if name > "x004" {
                std::thread::sleep(LONG);
            }
            None
        }
    });
    let args = format!("db fork - --owner taylor -j 2 {flags}");
    let running = start(&service.sandbox(), &args, &list("dolthub", 20));
    assert!(eventually(|| service.posts().len() == 6));
    running.signal(Signal::INT);
    let ended = running.finish();
    assert_eq!(ended.signal, Some(2), "{ended:?}");
    std::thread::sleep(Duration::from_millis(100));
    assert_eq!(service.posts().len(), 6, "something was sent after the signal");
    (ended, service)
}

#[test]
fn an_interrupted_run_sends_nothing_more_and_reports_what_is_unfinished() {
    let (ended, _service) = interrupted("--wait");
    assert_eq!(ended.out, "");
    assert_eq!(ended.err.matches("error: ").count(), 1, "{ended:?}");
    let requested = after(&ended.err, "error: interrupted after sending: fork ");
    assert!(requested.ends_with("; 14 not started"), "{ended:?}");
    for name in ["x005", "x006"] {
        assert!(requested.contains(&format!("dolthub/{name} to taylor")), "{ended:?}");
        assert!(ended.err.contains(&format!("dhub db forks taylor/{name}")), "{ended:?}");
    }
    let resume = after(&ended.err, RESUME);
    let operations = resume.strip_prefix("dhub db fork-status --wait ").unwrap();
    let wanted = ["operations/x001", "operations/x002", "operations/x003", "operations/x004"];
    assert_eq!(sorted(operations.split(' ')), wanted);
}

#[test]
fn with_json_each_accepted_fork_has_one_pending_document_and_the_error_is_the_last_line() {
    let (ended, _service) = interrupted("--wait --json");
    let reported = documents(&ended.out);
    assert!(reported.iter().all(|document| document["state"] == "pending"), "{ended:?}");
    assert_eq!(
        sorted(reported.iter().map(|document| document["parent"]["name"].as_str().unwrap())),
        ["x001", "x002", "x003", "x004"]
    );
    let error: Value = serde_json::from_str(ended.err.lines().last().unwrap()).unwrap();
    assert_eq!(error["error"]["kind"], "interrupted");
    assert!(error["error"]["hint"].as_str().unwrap().contains("dhub db fork-status --wait "), "{error}");
}

#[test]
fn without_wait_each_accepted_fork_is_printed_once_and_nothing_else_is_resumable() {
    let (ended, _service) = interrupted("--json");
    let names = ["operations/x001", "operations/x002", "operations/x003", "operations/x004"];
    let reported = documents(&ended.out);
    assert_eq!(sorted(reported.iter().map(|document| document["operation"].as_str().unwrap())), names);
    assert!(!ended.err.contains("fork-status"), "{ended:?}");
}

#[test]
fn an_interrupted_create_reports_what_was_sent_and_how_many_were_not_started() {
    let service = Service::start(LONG, |_, _, _| None);
    let running = start(&service.sandbox(), "db create - --public -j 2", &list("dolthub", 10));
    assert!(eventually(|| service.posts().len() == 4));
    running.signal(Signal::INT);
    let ended = running.finish();
    assert_eq!(ended.signal, Some(2), "{ended:?}");
    assert_eq!(first_fields(&ended.out), ["dolthub/x001", "dolthub/x002"]);
    assert!(ended.err.contains("interrupted after sending: create dolthub/x00"), "{ended:?}");
    assert!(ended.err.contains("; 6 not started\n"), "{ended:?}");
    assert_eq!(service.posts().len(), 4);
}

#[test]
fn an_interrupted_fork_status_names_all_running_forks_and_none_as_not_started() {
    let service = Service::start(INSTANT, |_, name, _| (name != "x003").then(pending));
    let running = start(&service.sandbox(), "db fork-status - --wait -j 2", &list("operations", 6));
    running.wait_for_out("operations/x003\tdone\t");
    running.signal(Signal::INT);
    let ended = running.finish();
    assert_eq!(ended.signal, Some(2), "{ended:?}");
    let resume = after(&ended.err, RESUME);
    let operations = resume.strip_prefix("dhub db fork-status --wait ").unwrap();
    let names = [1, 2, 4, 5, 6].map(|number| format!("operations/x{number:03}"));
    assert_eq!(sorted(operations.split(' ')), names);
    assert!(!ended.err.contains("not started"), "{ended:?}");
}

#[test]
fn a_throttled_fork_is_not_sent_again_after_a_signal() {
    let service = Service::start(INSTANT, |request, _, _| {
        let body = r#"{"status":"Error","message":"Too many requests"}"#.to_owned();
        let wait =
            || crate::support::Reply::Full(429, "retry-after: 1\r\n".to_owned(), "application/json", body);
        (request.method == "POST").then(wait)
    });
    let args = "db fork - --owner taylor --wait -j 2 -v";
    let running = start(&service.sandbox(), args, &list("dolthub", 20));
    running.wait_for_err("< 429");
    running.signal(Signal::INT);
    let ended = running.finish();
    assert_eq!(ended.signal, Some(2), "{ended:?}");
    assert!(service.posts().len() <= 2, "{ended:?}");
    // A 429 means that nothing has taken effect.
    assert!(ended.err.contains("interrupted; 20 not started"), "{ended:?}");
}

#[test]
fn the_printed_command_and_the_list_complete_an_interrupted_run() {
    let fork_delay = Duration::from_millis(1_200);
    let latency = Duration::from_millis(100);
    let (sandbox, _emulator) = Sandbox::emulated(Options { fork_delay, latency, ..Options::default() });
    let databases = list("dolthub", 20);
    sandbox.run_with_stdin("db create - --public -j 20", &databases).exits(0);
    let running = start(&sandbox, "db fork - --owner taylor --wait -j 2", &databases);
    running.wait_for_err("note: forking dolthub/x006 ");
    running.signal(Signal::INT);
    let ended = running.finish();
    assert_eq!(ended.signal, Some(2), "{ended:?}");
    let resume = after(&ended.err, RESUME);
    let operations = sorted(resume.strip_prefix("dhub db fork-status --wait ").unwrap().split(' '));
    // Where the machine is slow, the first ones may be done already.
    let done = ended.out.lines().count();
    assert!((6..20).contains(&(operations.len() + done)), "{ended:?}");
    let notes = ended.err.lines().filter_map(|line| line.strip_prefix("note: forking "));
    let noted = notes.map(|note| note.rsplit(' ').next().unwrap());
    let forgotten: Vec<&str> = noted.filter(|operation| !operations.contains(operation)).collect();
    assert_eq!(forgotten.len(), done, "{ended:?}");

    let resumed = paste(&sandbox, resume);
    assert_eq!(resumed.code, Some(0), "{resumed:?}");
    assert_eq!(first_fields(&resumed.out), operations);
    assert!(resumed.out.lines().all(|line| line.contains("\tdone\ttaylor/x")), "{resumed:?}");

    let args = "db fork - --owner taylor --wait --if-not-exists -j 20 --json";
    let run = sandbox.run_with_stdin(args, &databases).exits(0);
    let reported = documents(&run.out);
    assert_eq!(reported.len(), 20);
    // The responses to the last two may have been in transit.
    let existing = reported.iter().filter(|document| document["state"] == "exists").count();
    assert!((0..=2).contains(&(existing - operations.len() - done)), "{existing} of {run:?}");
    let states = reported.iter().map(|document| document["state"].as_str().unwrap());
    assert!(states.clone().all(|state| state == "exists" || state == "done"), "{run:?}");
}

#[test]
fn a_fork_accepted_during_the_final_report_is_named_too() {
    let service =
        Service::start(Duration::from_millis(300), |request, _, _| (request.method == "GET").then(pending));
    let running = start(&service.sandbox(), "db fork - --owner taylor --wait -j 2", &list("dolthub", 4));
    assert!(eventually(|| service.posts().len() == 2));
    running.signal(Signal::INT);
    let ended = running.finish();
    let resume = after(&ended.err, RESUME);
    let operations = resume.strip_prefix("dhub db fork-status --wait ").unwrap();
    assert_eq!(sorted(operations.split(' ')), ["operations/x001", "operations/x002"]);
    assert!(ended.err.contains("error: interrupted; 2 not started"), "{ended:?}");
}
