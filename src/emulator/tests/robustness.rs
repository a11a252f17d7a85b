//! Injected faults, concurrent clients, and clients that do not speak HTTP.

use std::io::ErrorKind;
use std::thread;
use std::time::Instant;

use super::super::faults::{Fault, Faults, Timing};
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
        let body = format!(r#"{{"ownerName":"taylor","repoName":"x{number}","visibility":"public"}}"#);
        let response = try_post(&emulator, "/database", &body);
        match fault.map(|(fault, _)| fault) {
            None => assert_eq!(response.unwrap().status, 200),
            Some(Fault::Reset) => assert_eq!(response.unwrap_err().kind(), ErrorKind::ConnectionReset),
            Some(Fault::Internal) => {
                let response = response.unwrap();
                assert_eq!((response.status, response.message().as_str()), (500, "Internal server error"));
            }
            Some(Fault::BadGateway) => {
                let response = response.unwrap();
                assert_eq!((response.status, response.head.contains("text/html")), (502, true));
                assert!(response.body.starts_with("<html>"));
            }
            Some(Fault::Throttled) => {
                let response = response.unwrap();
                assert_eq!((response.status, response.head.contains("retry-after: 1\r\n")), (429, true));
                response.message();
            }
        }
    }
    drop(emulator);

    let emulator = start_with(Options { state, ..Options::default() });
    for (number, fault) in sequence.iter().enumerate() {
        let took_effect = !matches!(fault, Some((_, Timing::BeforeEffect)));
        let status = get(&emulator, &format!("/taylor/x{number}/forks")).status;
        assert_eq!(status, if took_effect { 200 } else { 400 }, "{number}: {fault:?}");
    }
}

#[test]
fn latency_delays_every_response_but_not_one_after_the_other() {
    let latency = Duration::from_millis(150);
    let emulator = start_with(Options { latency, ..Options::default() });
    let started = Instant::now();
    thread::scope(|scope| {
        for _ in 0..20 {
            scope.spawn(|| assert_eq!(get(&emulator, "/user").status, 200));
        }
    });
    assert!((latency..latency * 10).contains(&started.elapsed()), "{:?}", started.elapsed());
}

#[test]
fn garbage_on_some_connections_does_not_affect_the_others() {
    let emulator = start();
    create(&emulator, "taylor", "x");
    let huge = [b"GET /", &[b'a'; 600_000][..]].concat();
    let garbage = [
        &b"\0\xff\x16\x03\x01 nonsense\r\n\r\n"[..],
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"GET /\xff HTTP/1.1\r\n\r\n",
        b"POST /api/v1alpha1/fork HTTP/1.1\r\ncontent-length: -1\r\n\r\n",
        b"POST /api/v1alpha1/fork HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
        b"CONNECT x:1 HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
        &huge,
    ];
    let idle: Vec<_> = (0..16).map(|_| TcpStream::connect(emulator.address()).unwrap()).collect();
    thread::scope(|scope| {
        for number in 0..64 {
            let emulator = &emulator;
            scope.spawn(move || {
                // Any end will do, but a timeout means that the emulator hangs.
                if let Err(error) = exchange(emulator, garbage[number % garbage.len()]) {
                    assert!(!matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut), "{error}");
                }
                assert_eq!(get(emulator, "/taylor/x/forks").status, 200);
            });
        }
    });
    assert_eq!(idle.len(), 16);
    assert_eq!(get(&emulator, "/user").status, 200);
}

#[test]
fn of_concurrent_creates_of_one_database_exactly_one_succeeds() {
    let emulator = start();
    let body = r#"{"ownerName":"taylor","repoName":"x","visibility":"public"}"#;
    let created = thread::scope(|scope| {
        let posts: Vec<_> =
            (0..16).map(|_| scope.spawn(|| post(&emulator, "/database", body).status)).collect();
        posts.into_iter().map(|post| post.join().unwrap()).filter(|&status| status == 200).count()
    });
    assert_eq!(created, 1);
}

#[test]
fn dropping_an_emulator_closes_its_connections_and_frees_its_address() {
    let emulator = start_with(Options { latency: Duration::from_secs(30), ..Options::default() });
    let address = emulator.address();
    assert_eq!(emulator.url(), format!("http://{address}"));
    let mut idle = TcpStream::connect(address).unwrap();
    let mut waiting = TcpStream::connect(address).unwrap();
    let request = at_host(&emulator, b"GET /api/v1alpha1/user HTTP/1.1\r\nhost: x\r\n\r\n");
    waiting.write_all(&request).unwrap();
    thread::sleep(Duration::from_millis(20));
    let started = Instant::now();
    drop(emulator);
    assert!(started.elapsed() < Duration::from_secs(1));
    for stream in [&mut idle, &mut waiting] {
        stream.set_read_timeout(Some(Duration::from_secs(2))).unwrap();
        let end = stream.read(&mut [0]).map_err(|error| error.kind());
        assert!(matches!(end, Ok(0) | Err(ErrorKind::ConnectionReset)), "{end:?}");
    }
    assert_eq!(TcpStream::connect(address).unwrap_err().kind(), ErrorKind::ConnectionRefused);
}

#[test]
fn an_emulator_listens_on_ipv6_where_the_machine_has_it() {
    let options = Options { listen: "[::1]:0".parse().unwrap(), ..Options::default() };
    // A machine without IPv6 cannot run this test.
    if let Ok(emulator) = Emulator::start(options) {
        assert!(emulator.url().starts_with("http://[::1]:"));
        assert_eq!(get(&emulator, "/user").status, 200);
    }
}
