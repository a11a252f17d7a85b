//! Which requests share a connection: none that changes something, nor any that decides about a change.

use std::time::Duration;

use dhub::emulator::Options;

use crate::support::Sandbox;
use crate::support::faulty_server::{Act, Exchange, FaultyServer};
use crate::support::responses::OPERATION;
use crate::support::tls::{Authority, Front};

const CREATED: &str = r#"{"status":"Success"}"#;
const EXISTS: &str = r#"{"status":"Error","message":"database already exists"}"#;
const NOT_FOUND: &str = r#"{"status":"Error","message":"no such repository"}"#;

fn response(status: &str, body: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// Keeps the connection open.
fn sends(status: &str, body: &str) -> Exchange {
    vec![Act::ReadRequest, Act::Send(response(status, body))]
}

/// The same response once more, a moment later.
fn sends_twice(status: &str, body: &str) -> Exchange {
    let again = vec![Act::Pause(Duration::from_millis(2)), Act::Send(response(status, body))];
    [sends(status, body), again].concat()
}

fn sandbox(server: &FaultyServer) -> Sandbox {
    Sandbox::at(&format!("http://{}", server.address()))
}

fn names(count: usize) -> String {
    (0..count).map(|number| format!("taylor/x{number}\n")).collect()
}

#[test]
fn no_create_is_lost_where_the_server_closes_after_each_response_without_saying_so() {
    let closes = [sends("200 OK", CREATED), vec![Act::Close]].concat();
    let server = FaultyServer::start(vec![("POST", vec![closes])]);
    let run = sandbox(&server).run_with_stdin("db create --public - -j 8", &names(200)).exits(0);
    assert_eq!(run.out.lines().count(), 200, "{run:?}");
    assert_eq!(server.connections(), 200);
    assert_eq!(server.count("POST"), 200);
}

#[test]
fn a_throttled_create_and_a_throttled_fork_are_sent_again_on_a_new_connection() {
    let throttled = [response("429 Too Many Requests", "{}")].concat();
    let forking = format!(r#"{{"status":"Success","operation_name":"{OPERATION}"}}"#);
    for (args, body) in
        [("db create --public taylor/x", CREATED), ("db fork dolthub/x --owner taylor", &forking)]
    {
        let first = vec![Act::ReadRequest, Act::Send(throttled.clone())];
        let server = FaultyServer::start(vec![("POST", vec![first, sends("200 OK", body)])]);
        sandbox(&server).run(args).exits(0);
        assert_eq!((server.count("POST"), server.connections()), (2, 2), "{args}");
    }
}

#[test]
fn a_lookup_that_decides_takes_no_response_of_an_earlier_request() {
    let private = r#"{"status":"Success","database_owner":"taylor","database_name":"x","forks":[]}"#;
    let server = FaultyServer::start(vec![
        ("POST", vec![sends_twice("400 Bad Request", EXISTS)]),
        ("forks anonymously", vec![sends_twice("400 Bad Request", NOT_FOUND)]),
        ("forks", vec![sends_twice("200 OK", private)]),
    ]);
    let run = sandbox(&server).run("db create --private --if-not-exists taylor/x --json").exits(0);
    assert_eq!(run.document()["visibility"], "private");
    assert_eq!(server.requests().len(), 3);
    assert_eq!(server.connections(), 3);
}

#[test]
fn a_lookup_after_a_lost_response_has_a_connection_of_its_own() {
    let server = FaultyServer::start(vec![
        ("POST", vec![sends_twice("500 Internal Server Error", EXISTS)]),
        ("forks", vec![sends_twice("400 Bad Request", NOT_FOUND)]),
    ]);
    let run = sandbox(&server).run("db create --public taylor/x taylor/y -j 1").exits(7);
    assert!(run.err.contains("taylor/x does not exist now"), "{run:?}");
    assert_eq!((server.requests().len(), server.connections()), (4, 4));
}

#[test]
fn the_tokens_user_is_asked_for_on_a_connection_of_its_own() {
    let user = r#"{"status":"Success","username":"taylor"}"#;
    let server = FaultyServer::start(vec![
        ("GET /user", vec![sends_twice("200 OK", user)]),
        ("POST", vec![sends_twice("200 OK", CREATED)]),
    ]);
    let run = sandbox(&server).run("db create --public x y z -j 1").exits(0);
    assert_eq!(run.out.lines().count(), 3, "{run:?}");
    assert_eq!((server.requests().len(), server.connections()), (4, 4));
}

#[test]
fn reads_share_a_connection() {
    let members = r#"{"status":"Success","forks":[{"database_owner":"a","database_name":"x"},
        {"database_owner":"b","database_name":"x"},{"database_owner":"c","database_name":"x"}],
        "network_root_owner":"taylor","network_root_database_name":"x"}"#;
    let server = FaultyServer::start(vec![("forks", vec![sends("200 OK", members)])]);
    sandbox(&server).run("db forks --tree taylor/x -j 1").exits(0);
    assert_eq!((server.requests().len(), server.connections()), (4, 1));
}

#[test]
fn over_https_each_change_after_the_first_resumes_the_session() {
    let options = Options { fork_delay: Duration::ZERO, ..Options::default() };
    let (emulated, emulator) = Sandbox::emulated(options);
    let authority = Authority::new("Corporate Root");
    let front = Front::start(&authority.certificate(&["127.0.0.1"]), &emulator.url());
    let sandbox = emulated.with("DOLTHUB_HOST", &front.url());
    let ca_file = sandbox.home().join("ca.pem");
    std::fs::write(&ca_file, authority.pem()).unwrap();
    let sandbox = sandbox.with("SSL_CERT_FILE", ca_file.to_str().unwrap());
    sandbox.run_with_stdin("db create --public - -j 1", &names(20)).exits(0);
    assert_eq!((front.connections(), front.resumed()), (20, 19));
    // Reads go on with the sessions of changes.
    sandbox.run("db fork taylor/x0 --owner dolthub --wait").exits(0);
    assert_eq!((front.connections(), front.resumed()), (22, 20));
}
