//! Requests from where none should come: pages in a browser, and clients that say nothing.

use std::thread;
use std::time::Instant;

use super::*;

const BODY: &str = r#"{"ownerName":"taylor","repoName":"x","visibility":"public"}"#;

/// The status and JSON of the response to a create with these lines in place of the host.
fn create_with(emulator: &Emulator, target: &str, lines: &[&str]) -> (u16, Value) {
    let lines: String = lines.iter().map(|line| format!("{line}\r\n")).collect();
    let length = BODY.len();
    let head = format!(
        "POST {target} HTTP/1.1\r\n{lines}{}\r\ncontent-type: application/json\r\nconnection: close\r\n\
         content-length: {length}\r\n\r\n{BODY}",
        token()
    );
    let received = String::from_utf8(exchange(emulator, head.as_bytes()).unwrap()).unwrap();
    let (head, body) = received.split_once("\r\n\r\n").expect(&received);
    (head.split(' ').nth(1).unwrap().parse().unwrap(), serde_json::from_str(body).unwrap())
}

#[test]
fn a_request_for_another_host_is_refused_and_does_nothing() {
    const PATH: &str = "/api/v1alpha1/database";
    let emulator = start();
    let port = emulator.address().port();
    let own = format!("host: 127.0.0.1:{port}");
    let evil = format!("host: evil.example:{port}");
    let absolute = format!("http://evil.example:{port}{PATH}");
    let cases: &[(&str, &[&str])] = &[
        (PATH, &[&evil]),
        (PATH, &["host: 127.0.0.1"]),
        (PATH, &["host: localhost:1"]),
        (PATH, &["host:"]),
        (PATH, &["host: localhost.evil.example"]),
        (PATH, &[&format!("host: 127.0.0.1.nip.io:{port}")]),
        (PATH, &[&format!("host: user@127.0.0.1:{port}")]),
        (PATH, &[]),
        (PATH, &[&own, &evil]),
        (PATH, &[&evil, &own]),
        (PATH, &[&own, &own]),
        (&absolute, &[&own]),
        (&absolute, &[&evil]),
    ];
    for (target, lines) in cases {
        let (status, body) = create_with(&emulator, target, lines);
        assert_eq!((status, &body["status"]), (421, &Value::from("Error")), "{target} {lines:?}: {body}");
        assert!(body["message"].as_str().unwrap().contains(&format!("127.0.0.1:{port}")), "{body}");
    }
    for origin in
        ["http://evil.example", "null", "https://127.0.0.1", &format!("http://127.0.0.1:{}", port ^ 1)]
    {
        let (status, body) = create_with(&emulator, PATH, &[&own, &format!("origin: {origin}")]);
        assert_eq!((status, &body["status"]), (403, &Value::from("Error")), "{origin}: {body}");
    }
    assert_eq!(get(&emulator, "/taylor/x/forks").status, 400, "it was created");
}

#[test]
fn a_request_for_loopback_by_any_of_its_names_is_taken() {
    for line in ["host: 127.0.0.1:PORT", "HOST:  LocalHost:PORT ", "host: [::1]:PORT"] {
        for (target, origin) in [("", "x: y"), ("http://localhost:PORT", "origin: http://127.0.0.1:PORT")] {
            let emulator = start();
            let at = |text: &str| text.replace("PORT", &emulator.address().port().to_string());
            let target = at(&format!("{target}/api/v1alpha1/database"));
            let (status, body) = create_with(&emulator, &target, &[&at(line), &at(origin)]);
            assert_eq!(status, 200, "{line} {target}: {body}");
        }
    }
}

#[test]
fn an_emulator_takes_the_address_that_it_listens_on() {
    // Elsewhere than on Linux, 127.0.0.1 may be the only address of loopback.
    if let Ok(emulator) =
        Emulator::start(Options { listen: "127.0.0.2:0".parse().unwrap(), ..Options::default() })
    {
        assert_eq!(get(&emulator, "/user").status, 200);
    }
}

#[test]
fn a_client_that_says_nothing_or_goes_on_slowly_is_closed_and_the_others_are_served() {
    let request_timeout = Duration::from_millis(300);
    let emulator = start_with(Options { request_timeout, ..Options::default() });
    let head =
        at_host(&emulator, b"POST /api/v1alpha1/database HTTP/1.1\r\nhost: x\r\ncontent-length: 500\r\n\r\n");
    let whole = at_host(&emulator, b"GET /api/v1alpha1/a/b/forks HTTP/1.1\r\nhost: x\r\n\r\n");
    let cases: [(&[u8], bool, &str); 5] = [
        (b"", false, ""),
        (b"", true, ""),
        (b"GET /api/v1alpha1/user HTTP/1.1\r\nx: ", true, ""),
        (&head, true, "HTTP/1.1 408 "),
        (&whole, false, "HTTP/1.1 400 "),
    ];
    thread::scope(|scope| {
        for (sent, drips, expected) in cases {
            let emulator = &emulator;
            scope.spawn(move || {
                let started = Instant::now();
                let mut stream = TcpStream::connect(emulator.address()).unwrap();
                stream.set_read_timeout(Some(Duration::from_millis(50))).unwrap();
                stream.write_all(sent).unwrap();
                let mut received = Vec::new();
                let mut chunk = [0; 4096];
                loop {
                    match stream.read(&mut chunk) {
                        Ok(0) => break,
                        Ok(count) => received.extend_from_slice(&chunk[..count]),
                        Err(error) if error.kind() == io::ErrorKind::ConnectionReset => break,
                        Err(_) if drips => {
                            let _ = stream.write_all(b"a");
                        }
                        Err(_) => {}
                    }
                    assert!(started.elapsed() < Duration::from_secs(20), "it is not closed");
                }
                let received = String::from_utf8(received).unwrap();
                assert!(received.starts_with(expected), "{received}");
                assert!(started.elapsed() >= request_timeout, "{:?}", started.elapsed());
            });
        }
        assert_eq!(get(&emulator, "/user").status, 200);
    });
}

#[test]
fn a_response_may_take_longer_than_a_request() {
    let (request_timeout, latency) = (Duration::from_millis(100), Duration::from_millis(400));
    let emulator = start_with(Options { request_timeout, latency, ..Options::default() });
    assert_eq!(get(&emulator, "/user").status, 200);
}
