//! A process that is stopped for longer than it may wait, and goes on: as after Ctrl-Z, or on a machine that slept.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use rustix::process::Signal;

use super::assert_no_crash;
use crate::support::answers::{CREATED, FORKS, there};
use crate::support::fork_service::{DONE, ForkService, OPERATION, PENDING};
use crate::support::running::{Ended, Running, eventually};
use crate::support::side_by_side;
use crate::support::{Reply, Sandbox, Server};

const TIMEOUT: Duration = Duration::from_secs(1);
const FORK: &str = "db fork dolthub/museum-collections --owner taylor --wait --timeout 1s -v";

fn fork_status() -> String {
    format!("db fork-status {OPERATION} --wait --timeout 1s -v")
}

fn start(url: &str, words: &str) -> Running {
    Running::start(Sandbox::at(url).command(words.split(' ')))
}

/// Stops it until its time is up, and lets it go on.
fn sleep(running: &Running, meanwhile: impl FnOnce()) {
    running.signal(Signal::STOP);
    thread::sleep(TIMEOUT + Duration::from_millis(300));
    meanwhile();
    running.signal(Signal::CONT);
}

#[track_caller]
fn assert_done(ended: &Ended) {
    assert_no_crash(ended);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.out.contains("taylor/museum-collections"), "{ended:?}");
}

/// A fork that is pending until it is said to be done.
fn service(hold: Duration) -> (ForkService, Arc<AtomicBool>) {
    let finished = Arc::new(AtomicBool::new(false));
    let is_finished = finished.clone();
    let service = ForkService::start(move |before| {
        let answer = if is_finished.load(Ordering::SeqCst) { DONE } else { PENDING };
        if before == 0 {
            thread::sleep(hold);
        }
        Reply::Json(200, answer.to_owned())
    });
    (service, finished)
}

#[test]
fn a_wait_that_slept_past_its_timeout_asks_once_more_and_tells_that_the_fork_is_done() {
    side_by_side([FORK.to_owned(), fork_status()], |words| {
        let (service, finished) = service(Duration::ZERO);
        let running = start(service.url(), &words);
        // Between two questions.
        running.wait_for_err(&format!("< 200, {} bytes", PENDING.len()));
        let mut before = 0;
        sleep(&running, || {
            before = service.questions().len();
            finished.store(true, Ordering::SeqCst);
        });
        assert_done(&running.finish());
        assert_eq!(service.questions().len(), before + 1, "{words}");
    });
}

#[test]
fn a_wait_that_slept_while_a_question_was_under_way_asks_once_more_too() {
    side_by_side([FORK.to_owned(), fork_status()], |words| {
        // Answered, with `pending`, while nobody listens.
        let (service, finished) = service(Duration::from_millis(300));
        let running = start(service.url(), &words);
        assert!(eventually(|| !service.questions().is_empty()));
        sleep(&running, || finished.store(true, Ordering::SeqCst));
        assert_done(&running.finish());
    });
}

#[test]
fn a_wait_that_slept_past_its_timeout_and_finds_the_fork_unfinished_is_exit_8() {
    let (service, _) = service(Duration::ZERO);
    let running = start(service.url(), FORK);
    assert!(eventually(|| !service.questions().is_empty()));
    sleep(&running, || ());
    let ended = running.finish();
    assert_no_crash(&ended);
    assert_eq!(ended.code, Some(8), "{ended:?}");
    assert!(ended.err.contains("dhub db fork-status --wait "), "{ended:?}");
}

#[test]
fn a_question_that_was_answered_while_the_process_slept_past_its_limit_is_answered() {
    let server = Server::start(|_, _| {
        thread::sleep(Duration::from_millis(300));
        Reply::Json(200, FORKS.to_owned())
    });
    let running = start(server.url(), "db forks dolthub/museum-collections --request-timeout 1s");
    assert!(eventually(|| server.count("GET") > 0));
    sleep(&running, || ());
    let ended = running.finish();
    assert_no_crash(&ended);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.out.starts_with("anotherOrg/museum-collections\t"), "{ended:?}");
}

#[test]
fn a_change_that_was_answered_while_the_process_slept_past_its_limit_is_not_asked_for_again() {
    let server = Server::start(|request, _| {
        if request.method == "GET" {
            return there("dolthub/museum-collections", "");
        }
        thread::sleep(Duration::from_millis(300));
        Reply::Json(200, CREATED.to_owned())
    });
    let words = "db create dolthub/museum-collections --public --request-timeout 1s --json";
    let running = start(server.url(), words);
    assert!(eventually(|| server.count("POST") > 0));
    sleep(&running, || ());
    let ended = running.finish();
    assert_no_crash(&ended);
    // The answer was read, or a look found what it was about.
    assert!(matches!(ended.code, Some(0 | 7)), "{ended:?}");
    assert!(ended.code == Some(0) || ended.err.contains("dolthub/museum-collections"), "{ended:?}");
    assert_eq!(server.count("POST"), 1);
}
