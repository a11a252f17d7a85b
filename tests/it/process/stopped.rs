//! A process that is stopped for longer than it may wait, and goes on: as after Ctrl-Z, or on a machine that slept.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use rustix::process::Signal;

use super::assert_no_crash;
use crate::support::fork_service::{DONE, ForkService, OPERATION, PENDING};
use crate::support::responses::{CREATED, FORKS, exists};
use crate::support::running::{Ended, Running, eventually};
use crate::support::side_by_side;
use crate::support::{Reply, Sandbox, Server};

const TIMEOUT: Duration = Duration::from_secs(1);
const FORK: &str = "db fork dolthub/museum-collections --owner taylor --wait --timeout 1s -v";

fn fork_status() -> String {
    format!("db fork-status {OPERATION} --wait --timeout 1s -v")
}

fn start(url: &str, args: &str) -> Running {
    Running::start(Sandbox::at(url).command(args.split(' ')))
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

/// A fork that is pending until it is set to done.
fn service(hold: Duration) -> (ForkService, Arc<AtomicBool>) {
    let finished = Arc::new(AtomicBool::new(false));
    let is_finished = finished.clone();
    let service = ForkService::start(move |before| {
        let response = if is_finished.load(Ordering::SeqCst) { DONE } else { PENDING };
        if before == 0 {
            thread::sleep(hold);
        }
        Reply::Json(200, response.to_owned())
    });
    (service, finished)
}

#[test]
fn a_wait_suspended_past_its_timeout_polls_once_more_and_reports_the_finished_fork() {
    side_by_side([FORK.to_owned(), fork_status()], |args| {
        let (service, finished) = service(Duration::ZERO);
        let running = start(service.url(), &args);
        // Between two polls.
        running.wait_for_err(&format!("< 200, {} bytes", PENDING.len()));
        let mut before = 0;
        sleep(&running, || {
            before = service.polls().len();
            finished.store(true, Ordering::SeqCst);
        });
        assert_done(&running.finish());
        assert_eq!(service.polls().len(), before + 1, "{args}");
    });
}

#[test]
fn a_wait_suspended_during_a_poll_polls_once_more() {
    side_by_side([FORK.to_owned(), fork_status()], |args| {
        // The response, `pending`, arrives while the process is stopped.
        let (service, finished) = service(Duration::from_millis(300));
        let running = start(service.url(), &args);
        assert!(eventually(|| !service.polls().is_empty()));
        sleep(&running, || finished.store(true, Ordering::SeqCst));
        assert_done(&running.finish());
    });
}

#[test]
fn a_wait_suspended_past_its_timeout_exits_8_if_the_fork_is_unfinished() {
    let (service, _) = service(Duration::ZERO);
    let running = start(service.url(), FORK);
    assert!(eventually(|| !service.polls().is_empty()));
    sleep(&running, || ());
    let ended = running.finish();
    assert_no_crash(&ended);
    assert_eq!(ended.code, Some(8), "{ended:?}");
    assert!(ended.err.contains("dhub db fork-status --wait "), "{ended:?}");
}

#[test]
fn a_response_to_a_read_that_arrived_during_a_suspension_is_used() {
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
fn a_write_whose_response_arrived_during_a_suspension_is_not_repeated() {
    let server = Server::start(|request, _| {
        if request.method == "GET" {
            return exists("dolthub/museum-collections", "");
        }
        thread::sleep(Duration::from_millis(300));
        Reply::Json(200, CREATED.to_owned())
    });
    let args = "db create dolthub/museum-collections --public --request-timeout 1s --json";
    let running = start(server.url(), args);
    assert!(eventually(|| server.count("POST") > 0));
    sleep(&running, || ());
    let ended = running.finish();
    assert_no_crash(&ended);
    // The response was read, or a lookup found the database.
    assert!(matches!(ended.code, Some(0 | 7)), "{ended:?}");
    assert!(ended.code == Some(0) || ended.err.contains("dolthub/museum-collections"), "{ended:?}");
    assert_eq!(server.count("POST"), 1);
}
