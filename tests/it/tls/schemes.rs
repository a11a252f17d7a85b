//! https to a port of plain http, and the reverse: reported as such.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

use super::{Site, assert_silent};
use crate::support::refusing_address;
use crate::support::side_by_side;
use crate::support::{Reply, Run, Sandbox, Server};

const COMMANDS: [&str; 2] = ["db forks a/b --json", "db create taylor/x --public --json"];

#[track_caller]
fn assert_reported(run: &Run, message: &str, hint: &str) {
    let error = run.error();
    assert!(error["message"].as_str().unwrap().contains(message), "{run:?}");
    assert!(error["hint"].as_str().unwrap().contains(hint), "{run:?}");
    assert_eq!(error["kind"], "network", "{run:?}");
    assert_silent(run);
}

#[track_caller]
fn assert_https_is_not_spoken(address: &str, args: &str) {
    let run = Sandbox::at(&format!("https://{address}")).run(args).exits(6);
    assert_reported(&run, "does not speak https", "http://");
}

#[track_caller]
fn assert_http_is_not_spoken(address: &str, args: &str) {
    let run = Sandbox::at(&format!("http://{address}")).run(args);
    if args.contains("create") {
        // Something was sent, and the response does not prove its outcome.
        assert!(run.code == Some(7) && run.err.contains("not HTTP"), "{run:?}");
        assert_silent(&run);
    } else {
        assert_reported(&run.exits(6), "not HTTP", "https://");
    }
}

#[track_caller]
fn assert_connection_refused(address: &str, args: &str) {
    let run = Sandbox::at(&format!("https://{address}")).run(args).exits(6);
    assert!(run.err.contains("refused") && !run.err.contains("speak"), "{run:?}");
}

// One test for all, since each row spends its time between its retries.
#[test]
fn a_scheme_mismatch_is_reported_and_a_closed_port_is_not_mistaken_for_one() {
    let hangs_up = Server::always(Reply::Close);
    // One that responds with `400 Bad Request` in plain http, as most do.
    let (_, responses) = Sandbox::emulated(dhub::emulator::Options::default());
    let (site, _) = Site::right();
    let (dead, _held) = refusing_address();
    let bare = |url: &str| url.split_once("://").map_or(url, |(_, address)| address).to_owned();
    type Check = fn(&str, &str);
    let rows = [
        (bare(hangs_up.url()), assert_https_is_not_spoken as Check),
        (bare(&responses.url()), assert_https_is_not_spoken),
        (site.key(), assert_http_is_not_spoken),
        (dead.to_string(), assert_connection_refused),
    ];
    let rows = rows.map(|(address, check)| COMMANDS.map(|args| (address.clone(), check, args)));
    side_by_side(rows.as_flattened(), |(address, check, args)| check(address, args));
    site.assert_nothing_arrived();
}

/// A server that sends this on every connection, and reads until the client closes.
fn saying(bytes: Vec<u8>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    thread::spawn(move || {
        for mut client in listener.incoming().map_while(Result::ok) {
            let _ = client.write_all(&bytes);
            let _ = client.read_to_end(&mut Vec::new());
        }
    });
    address
}

#[test]
fn a_host_with_an_outdated_tls_is_reported_as_such() {
    let alert = b"\x15\x03\x01\x00\x02\x02\x46".to_vec();
    // A ServerHello of TLS 1.1: a random number, no session, TLS_RSA_WITH_AES_128_CBC_SHA.
    let hello =
        [&b"\x16\x03\x02\x00\x2a\x02\x00\x00\x26\x03\x02"[..], &[7; 32], b"\x00\x00\x2f\x00"].concat();
    for bytes in [alert, hello] {
        let run = Sandbox::at(&format!("https://{}", saying(bytes))).run(COMMANDS[1]).exits(6);
        assert_reported(&run, "outdated TLS", "TLS 1.2");
    }
}
