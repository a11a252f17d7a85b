//! A clock that is wrong: `Retry-After` as a date is the one thing that is compared with it.

use std::time::{Duration, Instant, SystemTime};

use rustix::process::Signal;

use crate::support::fork_service::{DONE, ForkService};
use crate::support::responses::{CREATED, FORKING, FORKS};
use crate::support::running::Running;
use crate::support::side_by_side;
use crate::support::{Reply, Sandbox, Server};

/// What a slow machine may need for a few requests without a pause.
const SOON: Duration = Duration::from_secs(8);

const COMMANDS: [(&str, &str); 3] = [
    ("db forks dolthub/museum-collections", FORKS),
    ("db create dolthub/museum-collections --public", CREATED),
    ("db fork dolthub/museum-collections --owner taylor", FORKING),
];

fn throttled(retry_after: &str) -> Reply {
    let header = format!("retry-after: {retry_after}\r\n");
    Reply::Full(429, header, "application/json", r#"{"status":"Error","message":"slow down"}"#.to_owned())
}

#[test]
fn a_date_in_the_past_is_no_pause() {
    let just_now = httpdate::fmt_http_date(SystemTime::now() - Duration::from_secs(1));
    let dates = [&*just_now, "Thu, 01 Jan 1970 00:00:00 GMT", "Tue, 15 Nov 1994 08:12:31 GMT"];
    side_by_side(dates, |date| {
        for (args, response) in COMMANDS {
            let date = date.to_owned();
            let server = Server::start(move |_, before| match before {
                0 => throttled(&date),
                _ => Reply::Json(200, response.to_owned()),
            });
            let started = Instant::now();
            Sandbox::at(server.url()).run(args).exits(0);
            assert!(started.elapsed() < SOON, "{args}: {:?}", started.elapsed());
            assert_eq!(server.requests().len(), 2, "{args}");
        }
    });
}

#[test]
fn a_date_beyond_the_longest_pause_is_reported_at_once_without_a_retry() {
    let tomorrow = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(24 * 60 * 60));
    for date in [&*tomorrow, "Fri, 31 Dec 9999 23:59:59 GMT"] {
        let server = Server::always(throttled(date));
        let sandbox = Sandbox::at(server.url());
        for (number, (args, _)) in (1..).zip(COMMANDS) {
            let started = Instant::now();
            let run = sandbox.run(&format!("{args} --json")).exits(6);
            assert!(started.elapsed() < SOON, "{args}: {:?}", started.elapsed());
            assert_eq!(run.error()["kind"], "network", "{run:?}");
            assert_eq!(server.requests().len(), number, "{args}");
        }
    }
}

#[test]
fn a_pause_until_a_date_is_reported_and_a_signal_ends_it_at_once() {
    let soon = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(200));
    let server = Server::always(throttled(&soon));
    side_by_side(COMMANDS, |(args, _)| {
        let running = Running::start(Sandbox::at(server.url()).command(args.split(' ')));
        running.wait_for_err("slow down; trying again in ");
        let started = Instant::now();
        running.signal(Signal::TERM);
        let ended = running.finish();
        assert_eq!((ended.signal, ended.out.as_str()), (Some(15), ""), "{ended:?}");
        assert!(started.elapsed() < SOON, "{args}: {:?}", started.elapsed());
        // The service reported that the request took no effect.
        assert!(!ended.err.contains("carried out"), "{ended:?}");
    });
    assert_eq!(server.requests().len(), COMMANDS.len());
}

#[test]
fn a_wait_ends_at_its_timeout_whatever_the_date() {
    let args = "db fork dolthub/museum-collections --owner taylor --wait --timeout";
    side_by_side(["Thu, 01 Jan 1970 00:00:00 GMT", "Sat, 00 Foo 99999 25:61:61 GMT", ""], |date| {
        let service = ForkService::script(vec![throttled(date), Reply::Json(200, DONE.to_owned())]);
        let started = Instant::now();
        Sandbox::at(service.url()).run(&format!("{args} 60s")).exits(0);
        assert!(started.elapsed() < SOON, "{date}: {:?}", started.elapsed());
    });
    let service = ForkService::script(vec![throttled("Fri, 31 Dec 9999 23:59:59 GMT")]);
    let started = Instant::now();
    Sandbox::at(service.url()).run(&format!("{args} 600ms")).exits(8);
    assert!(started.elapsed() < SOON, "{:?}", started.elapsed());
    assert_eq!(service.polls().len(), 1);
}
