//! When a wait polls, and when it times out. Only lower bounds are measured closely.

use std::io::Write;
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use super::{
    FORK, FORK_STATUS, assert_can_be_resumed, assert_pending_document, both_ways, done, pending,
    side_by_side, throttled,
};
use crate::support::fork_service::{ForkService, OPERATION};
use crate::support::{Reply, Run, Sandbox, Server};

/// From the request to the first poll, and from one poll to the next, at least.
const SHORTEST: Duration = Duration::from_millis(250);
/// What a slow machine may add.
const SLOW: Duration = Duration::from_secs(2);

/// Runs dhub and returns how long it took.
fn timed(url: &str, args: &str) -> (Run, Duration) {
    let sandbox = Sandbox::at(url);
    let started = Instant::now();
    let run = sandbox.run(args);
    (run, started.elapsed())
}

#[track_caller]
fn assert_timed_out(run: &Run, name: &str) {
    assert_eq!(run.code, Some(8), "{name}: {run:?}");
    assert_eq!(run.error()["kind"], "pending", "{name}");
    assert_pending_document(run, name);
    assert_can_be_resumed(run, name);
}

#[test]
fn polls_follow_the_schedule_and_the_end_of_a_fork_is_noticed_soon() {
    let lengths = [("1.5 s", Duration::from_millis(1_500)), ("3 s", Duration::from_secs(3))];
    both_ways(lengths, |way, name, length| {
        let begun = Instant::now();
        let end = begun + length;
        let service = ForkService::start(move |_| if Instant::now() < end { pending() } else { done() });
        let run = Sandbox::at(service.url()).run(way);
        assert_eq!(run.code, Some(0), "{name}, {way}: {run:?}");
        assert!(end.elapsed() < SLOW, "{name}, {way}: {:?} late", end.elapsed());
        let polls = service.polls();
        // Each is planned from when the one before it was sent; a busy machine only delays when it arrives.
        for (poll, before) in polls.iter().zip(0..) {
            assert!(*poll - begun >= SHORTEST * before, "{name}, {way}, {before}: {:?}", *poll - begun);
        }
        assert!((3..=14).contains(&polls.len()), "{name}, {way}: {}", polls.len());
    });
}

#[test]
fn the_command_printed_by_a_timed_out_wait_resumes_it() {
    let service = ForkService::start(|before| if before == 0 { pending() } else { done() });
    let sandbox = Sandbox::at(service.url());
    let run = sandbox.run(&format!("{FORK} --timeout 100ms")).exits(8);
    assert_eq!(run.out, "");
    let (_, resume) = run.err.split_once("dhub ").unwrap();
    let resumed = sandbox.run(resume.lines().next().unwrap()).exits(0);
    assert_eq!(resumed.out, format!("{OPERATION}\tdone\ttaylor/museum-collections\n"));
}

#[test]
fn in_rows_a_wait_by_fork_status_that_ran_out_is_a_pending_row() {
    let service = ForkService::script(vec![pending()]);
    let run = Sandbox::at(service.url()).run(&format!("{FORK_STATUS} --timeout 100ms")).exits(8);
    assert_eq!(run.out, format!("{OPERATION}\tpending\t\n"));
}

/// A server that starts every response like this and goes on with a byte now and then.
fn dripping(head: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for connection in listener.incoming() {
            let mut connection = connection.unwrap();
            thread::spawn(move || {
                let mut written = connection.write_all(head.as_bytes());
                // Until the client closes.
                while written.is_ok() {
                    thread::sleep(Duration::from_millis(50));
                    written = connection.write_all(b"x");
                }
            });
        }
    });
    url
}

#[test]
fn a_timeout_ends_a_wait_with_exit_8_be_the_fork_slow_or_the_server_silent_dripping_or_down() {
    let slow = ForkService::script(vec![pending()]);
    let silent = ForkService::script(vec![Reply::Silence(Duration::from_secs(20))]);
    // A port that no other test gets.
    let down = "http://127.0.0.1:1";
    let no_response = "no complete response";
    let cases = [
        (slow.url(), FORK, "1s", 1_000, "not finished after 1s"),
        (slow.url(), FORK_STATUS, "1s", 1_000, "not finished after 1s"),
        (silent.url(), FORK, "300ms", 300, no_response),
        (silent.url(), FORK_STATUS, "300ms", 300, no_response),
        (silent.url(), FORK_STATUS, "1100ms", 1_100, no_response),
        (&dripping("HTTP/1.1 200 OK\r\nx-never-ends: "), FORK_STATUS, "300ms", 300, no_response),
        (
            &dripping("HTTP/1.1 200 OK\r\ncontent-length: 999999\r\n\r\n"),
            FORK_STATUS,
            "300ms",
            300,
            no_response,
        ),
        (down, FORK_STATUS, "1s", 1_000, "cannot connect"),
    ];
    side_by_side(cases, |(url, way, written, millis, args)| {
        let (run, took) = timed(url, &format!("{way} --timeout {written} --json"));
        assert_timed_out(&run, way);
        assert!(run.error()["message"].as_str().unwrap().contains(args), "{args}: {run:?}");
        let timeout = Duration::from_millis(millis);
        // The last poll may take a second.
        assert!(took >= timeout && took < timeout + Duration::from_secs(1) + SLOW, "{args}, {way}: {took:?}");
    });
}

#[test]
fn no_poll_is_sent_before_retry_after_in_seconds_or_as_a_date() {
    // Dates are of whole seconds: this one is half a second to one and a half away.
    let date = httpdate::fmt_http_date(SystemTime::now() + Duration::from_millis(1_500));
    let at = httpdate::parse_http_date(&date).unwrap();
    let responses = [
        ("seconds", throttled(429, "1")),
        ("seconds of a 503", throttled(503, "1")),
        ("a date", throttled(429, &date)),
    ];
    both_ways(responses, |way, name, response| {
        let second = Arc::new(Mutex::new(None));
        let came = second.clone();
        let service = ForkService::start(move |before| {
            if before == 0 {
                return response.clone();
            }
            *came.lock().unwrap() = Some(SystemTime::now());
            done()
        });
        let run = Sandbox::at(service.url()).run(way);
        assert_eq!(run.code, Some(0), "{name}, {way}: {run:?}");
        let polls = service.polls();
        assert_eq!(polls.len(), 2, "{name}, {way}");
        if name == "a date" {
            assert!(second.lock().unwrap().unwrap() >= at, "{way}: a poll came before {date}");
        } else {
            let pause = polls[1] - polls[0];
            assert!(pause >= Duration::from_secs(1), "{name}, {way}: {pause:?}");
        }
    });
}

#[test]
fn a_short_or_invalid_retry_after_does_not_hurry_a_wait() {
    let headers = ["0", "-1", "soon", "", "Tue, 15 Nov 1994 08:12:31 GMT"];
    both_ways(headers.map(|header| (header, ())), |way, header, ()| {
        let service = ForkService::script(vec![throttled(429, header), throttled(429, header), done()]);
        let (run, took) = timed(service.url(), way);
        assert_eq!(run.code, Some(0), "{header}, {way}: {run:?}");
        let polls = service.polls();
        assert!(polls.windows(2).all(|pair| pair[1] - pair[0] >= SHORTEST), "{header}: {polls:?}");
        assert!(took < Duration::from_secs(1) + 2 * SLOW, "{header}, {way}: {took:?}");
    });
}

#[test]
fn retry_after_beyond_the_timeout_ends_the_polls() {
    let far = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(3_600));
    let responses =
        [("seconds", throttled(429, "60")), ("date", throttled(429, &far)), ("503", throttled(503, "60"))];
    both_ways(responses, |way, name, response| {
        let service = ForkService::script(vec![response]);
        let (run, took) = timed(service.url(), &format!("{way} --timeout 700ms --json"));
        assert_timed_out(&run, name);
        assert_eq!(service.polls().len(), 1, "{name}, {way}");
        assert!(took < Duration::from_millis(700) + SLOW, "{name}, {way}: {took:?}");
    });
}

#[test]
fn a_timeout_of_0_means_no_timeout() {
    let responses = vec![Reply::Close, Reply::html(502, "no"), Reply::refusal(500, "no"), done()];
    both_ways([("troubles", responses)], |way, _, responses| {
        let service = ForkService::script(responses);
        let run = Sandbox::at(service.url()).run(&format!("{way} --timeout 0"));
        assert_eq!(run.code, Some(0), "{way}: {run:?}");
        assert_eq!(service.polls().len(), 4, "{way}");
    });
}

#[test]
fn the_first_poll_after_a_fork_comes_no_earlier_than_250_ms() {
    let service = ForkService::script(vec![done()]);
    let begun = Instant::now();
    Sandbox::at(service.url()).run(FORK).exits(0);
    let pause = service.polls()[0] - begun;
    assert!(pause >= SHORTEST, "{pause:?}");
}

#[test]
fn where_requests_take_long_the_first_poll_follows_the_fork_at_once_and_one_poll_the_other() {
    let latency = Duration::from_millis(300);
    // On a busy machine each try may be late, so the best of a few counts.
    let gaps = (0..5).map(|_| {
        let service = ForkService::slow(latency, vec![pending(), done()]);
        Sandbox::at(service.url()).run(FORK).exits(0);
        let polls = service.polls();
        (polls[0] - service.forked()).max(polls[1] - polls[0])
    });
    let in_time = gaps.inspect(|gap| assert!(*gap >= latency, "two requests at once: {gap:?}"));
    // After a response it would be 250 ms more.
    assert!(in_time.into_iter().any(|gap| gap < latency + Duration::from_millis(200)));
}

#[test]
fn fork_status_polls_at_once() {
    let service = ForkService::script(vec![done()]);
    let operations: String = (0..40).map(|number| format!("operations/{number} ")).collect();
    Sandbox::at(service.url()).run(&format!("db fork-status --wait -j 1 {operations}")).exits(0);
    let polls = service.polls();
    assert_eq!(polls.len(), 40);
    // With a pause before each it would be 10 s.
    assert!(polls[39] - polls[0] < Duration::from_secs(5), "{:?}", polls[39] - polls[0]);
}

#[test]
fn a_fork_without_wait_does_not_poll() {
    let server =
        Server::always(Reply::Json(200, r#"{"status":"Success","operation_name":"operations/x"}"#.into()));
    let run = Sandbox::at(server.url()).run("db fork dolthub/museum-collections --owner taylor").exits(0);
    assert_eq!(run.out, "operations/x\tdolthub/museum-collections\ttaylor/museum-collections\n");
    assert_eq!(server.count("GET"), 0);
}
