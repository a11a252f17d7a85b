//! Injected faults, concurrent clients, and requests that make no sense.

use std::io::ErrorKind;
use std::thread;

use super::super::super::faults::{Fault, Faults, Timing};
use super::*;

#[test]
fn a_request_fails_as_its_fault_says_and_takes_effect_unless_the_fault_comes_before() {
    const REQUESTS: usize = 60;
    let folder = tempfile::tempdir().unwrap();
    let state = Some(folder.path().join("state"));
    let (fault_rate, seed) = (0.8, 11);
    let mut faults = Faults::new(fault_rate, seed);
    let sequence: Vec<_> = (0..REQUESTS).map(|_| faults.next()).collect();

    let emulator = start_with(Options { fault_rate, seed, state: state.clone(), ..Options::default() });
    for (number, fault) in sequence.iter().enumerate() {
        let body =
            json!({"owner": "taylor", "name": format!("x{number}"), "visibility": "public"}).to_string();
        let headers = [&bearer()[..], "content-type: application/json"];
        let response = send_to(&emulator, "POST /api/v2/databases", &headers, body.as_bytes());
        match fault.map(|(fault, _)| fault) {
            None => assert_eq!(response.unwrap().status, 201),
            Some(Fault::Reset) => assert_eq!(response.unwrap_err().kind(), ErrorKind::ConnectionReset),
            Some(Fault::Internal) => {
                let (status, code, detail) = response.unwrap().problem();
                assert_eq!((status, &code[..], &detail[..]), (500, "INTERNAL", "Internal server error"));
            }
            Some(Fault::BadGateway) => {
                let response = response.unwrap();
                assert_eq!((response.status, response.header("content-type")), (502, Some("text/html")));
                assert_eq!(
                    (response.header("x-request-id"), response.body.starts_with("<html>")),
                    (None, true)
                );
            }
            Some(Fault::Throttled) => {
                let response = response.unwrap();
                assert_eq!(response.header("retry-after"), Some("1"));
                let (status, code, _) = response.problem();
                assert_eq!((status, &code[..]), (429, "RATE_LIMITED"));
            }
        }
    }
    drop(emulator);

    let emulator = start_with(Options { state, ..Options::default() });
    for (number, fault) in sequence.iter().enumerate() {
        let took_effect = !matches!(fault, Some((_, Timing::BeforeEffect)));
        let status = read(&emulator, &format!("/databases/taylor/x{number}")).status;
        assert_eq!(status, if took_effect { 200 } else { 404 }, "{number}: {fault:?}");
    }
}

#[test]
fn of_concurrent_creates_and_forks_exactly_one_succeeds() {
    let emulator = start_quick(1);
    let succeeded = |request: &(dyn Fn() -> Response + Sync), success: u16, refusal: u16| {
        let statuses: Vec<u16> = thread::scope(|scope| {
            let requests: Vec<_> = (0..16).map(|_| scope.spawn(|| request().status)).collect();
            requests.into_iter().map(|request| request.join().unwrap()).collect()
        });
        assert!(statuses.iter().all(|status| [success, refusal].contains(status)), "{statuses:?}");
        statuses.iter().filter(|&&status| status == success).count()
    };
    assert_eq!(succeeded(&|| create_database(&emulator, "taylor", "x", "public"), 201, 409), 1);
    assert_eq!(succeeded(&|| fork_into(&emulator, "dolthub/museum-collections", "taylor"), 202, 422), 1);
}

/// A text of the pieces that requests are made of, some bytes of it replaced.
fn nonsense(random: &mut fastrand::Rng, pieces: &[&str], replacements: &[u8]) -> Vec<u8> {
    let mut text: Vec<u8> = Vec::new();
    for _ in 0..random.usize(0..8) {
        text.extend_from_slice(random.choice(pieces).unwrap().as_bytes());
    }
    for _ in 0..random.usize(0..3).min(text.len()) {
        let place = random.usize(0..text.len());
        text[place] = *random.choice(replacements).unwrap();
    }
    text
}

#[test]
fn every_request_gets_a_response_whatever_is_in_it() {
    const PATH: &[&str] = &[
        "/",
        "//",
        "user",
        "/databases",
        "/dolthub",
        "/museum-collections",
        "/forks",
        "/operations",
        "/branches",
        "/owners%2Fdolthub%2Frepos%2Fmuseum-collections%2Fjobs%2F",
        "%",
        "%00",
        "%FF",
        "%2F",
        "..",
        "\u{e9}",
        "?",
        "page_token=",
        "1%2B",
        "ffffffffffffffffff%2B%2F%3D%3D",
        "&",
        "+",
        "#",
    ];
    const BODY: &[&str] = &[
        "{",
        "}",
        "[",
        "]",
        "\"owner\":",
        "\"name\":",
        "\"visibility\":",
        "\"description\":",
        "\"taylor\"",
        "\"public\"",
        "\"x\"",
        "null",
        "1e999",
        ",",
        ":",
        "\"\\ud800\"",
        "\"\\u0000\"",
        "\u{202e}",
        "{\"owner\":\"taylor\"}",
        "-",
    ];
    const HEADERS: &[&str] = &[
        "authorization: Bearer ",
        "authorization: Bearer dhat.v1.emulator\r\n",
        "content-type: application/json\r\n",
        "x-request-id: ",
        "x-request-id: \u{e9}\r\n",
        "a b",
        ",",
        "\r\n",
    ];
    let printable: Vec<u8> = (b' '..=b'~').collect();
    let any: Vec<u8> = (0..=255).collect();
    let emulator = start_quick(3);
    let mut random = fastrand::Rng::with_seed(7);
    for _ in 0..1_500 {
        let method = *random.choice(&["GET", "POST", "PUT", "x"]).unwrap();
        let replacements = if random.u8(0..8) == 0 { &any } else { &printable };
        let path = nonsense(&mut random, PATH, replacements);
        let headers = match random.u8(0..3) {
            0 => nonsense(&mut random, HEADERS, &printable),
            _ => format!("{}\r\ncontent-type: application/json\r\n", bearer()).into_bytes(),
        };
        let body = nonsense(&mut random, BODY, &any);
        let start = format!("{method} /api/v2/").into_bytes();
        let end = format!("\r\nconnection: close\r\ncontent-length: {}\r\n\r\n", body.len()).into_bytes();
        let request = [&start, &path, &b" HTTP/1.1\r\nhost: x\r\n"[..], &headers, &end, &body].concat();
        // What is no HTTP is refused by the library, and may be so before all of it was sent.
        match exchange(&emulator, &request) {
            Ok(received) => {
                let shown = String::from_utf8_lossy(&request);
                assert!(received.starts_with(b"HTTP/1.1 "), "{shown}");
                let status: u16 = String::from_utf8_lossy(&received[9..12]).parse().unwrap();
                assert!((200..500).contains(&status), "{status}: {shown}");
            }
            Err(error) => assert_eq!(error.kind(), ErrorKind::ConnectionReset, "{error}"),
        }
    }
    assert_eq!(read(&emulator, "/databases/dolthub/museum-collections").status, 200);
}
