//! A signal while a request of `dhub api` is on the wire.

use std::time::Duration;

use rustix::process::Signal;

use crate::support::running::{Running, eventually};
use crate::support::{Reply, Sandbox, Server};

const VERY_LONG: Duration = Duration::from_secs(60);

fn start(server: &Server, args: &[&str]) -> Running {
    Running::start(Sandbox::at(server.url()).command([&["api"], args].concat()))
}

#[test]
fn a_signal_while_a_post_is_on_the_wire_tells_that_it_may_have_taken_effect() {
    let server = Server::always(Reply::Silence(VERY_LONG));
    for (signal, number, why) in [(Signal::INT, 2, "interrupted"), (Signal::TERM, 15, "terminated")] {
        for json in [false, true] {
            let before = server.count("POST");
            let more: &[&str] = if json { &["--json"] } else { &[] };
            let running = start(&server, &[&["fork", "-f", "a=b"], more].concat());
            assert!(eventually(|| server.count("POST") > before));
            running.signal(signal);
            let ended = running.finish();
            assert_eq!((ended.signal, ended.out.as_str()), (Some(number), ""), "{ended:?}");
            assert!(ended.err.contains(&format!("{why} after sending: POST /fork")), "{ended:?}");
            assert!(ended.err.contains("it may have taken effect"), "{ended:?}");
            assert_eq!(ended.err.lines().last().unwrap().starts_with('{'), json, "{ended:?}");
        }
    }
}

#[test]
fn a_signal_while_a_get_is_on_the_wire_ends_it_without_a_word() {
    let server = Server::always(Reply::Silence(VERY_LONG));
    let running = start(&server, &["user"]);
    assert!(eventually(|| server.count("GET") > 0));
    running.signal(Signal::INT);
    let ended = running.finish();
    assert_eq!((ended.signal, ended.out.as_str(), ended.err.as_str()), (Some(2), "", ""), "{ended:?}");
}

#[test]
fn a_signal_while_a_post_waits_for_throttling_to_end_shows_how_to_continue() {
    let server =
        Server::always(Reply::Full(429, "retry-after: 60\r\n".to_owned(), "text/plain", String::new()));
    let running = start(&server, &["fork?x=1", "-f", "a=it's", "-f", "n:=1", "-i"]);
    running.wait_for_err("trying again in");
    running.signal(Signal::INT);
    let ended = running.finish();
    assert_eq!(ended.signal, Some(2), "{ended:?}");
    assert!(ended.err.contains("interrupted; 1 not started"), "{ended:?}");
    let again = "to continue: dhub api -f \"a=it's\" -f 'n:=1' -i 'fork?x=1'";
    assert!(ended.err.contains(again) && !ended.err.contains("taken effect"), "{ended:?}");
}
