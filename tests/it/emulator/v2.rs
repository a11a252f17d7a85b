//! The versions of the API that an emulator serves.

use std::io::{Read, Write};

use super::*;

/// The status and body of the response to a GET, with these credentials.
fn get(client: &Sandbox, path: &str, credentials: &str) -> (u16, Value) {
    let environment: HashMap<String, String> = client.environment().into_iter().collect();
    let host = &environment["DOLTHUB_HOST"];
    let address = host.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nhost: {address}\r\nauthorization: {credentials}\r\nconnection: close\r\n\r\n"
    )
    .unwrap();
    let mut received = String::new();
    stream.read_to_string(&mut received).unwrap();
    let (head, body) = received.split_once("\r\n\r\n").unwrap();
    (head[9..12].parse().unwrap(), serde_json::from_str(body).unwrap())
}

/// The statuses of `GET /user` under v1alpha1 and under v2, and the problem's detail of the latter, each with the token.
fn users(options: &str) -> (u16, u16, Value) {
    let (_running, client) = start(&sandbox(), options);
    let (old, _) = get(&client, "/api/v1alpha1/user", &format!("token {TOKEN}"));
    let (new, body) = get(&client, "/api/v2/user", &format!("Bearer {TOKEN}"));
    (old, new, body["detail"].clone())
}

#[test]
fn an_emulator_serves_both_versions_from_one_state() {
    let (_running, client) = start(&sandbox(), "--network 4 --fork-delay 0");
    client.run(&format!("db create {MUSEUM}-2 --private")).exits(0);
    client.run(&format!("db fork {MUSEUM} --wait")).exits(0);
    let read = |path: &str| get(&client, &format!("/api/v2/databases/{path}"), &format!("Bearer {TOKEN}"));
    assert_eq!(read("dolthub/museum-collections-2").1["data"]["visibility"], "private");
    assert_eq!(read(MUSEUM).1["data"]["fork_network_count"], 6);
    let (status, operations) = read(&format!("{MUSEUM}/operations"));
    assert_eq!((status, &operations["data"][0]["status"]), (200, &Value::from("succeeded")));
}

#[test]
fn either_version_can_be_missing_and_v2_can_refuse_the_token() {
    assert_eq!(users(""), (200, 200, Value::Null));
    assert_eq!(users("--no-v1alpha1"), (410, 200, Value::Null));
    assert_eq!(users("--no-v1alpha1=410"), (410, 200, Value::Null));
    assert_eq!(users("--no-v1alpha1=404"), (404, 200, Value::Null));
    assert_eq!(users("--no-v2"), (200, 404, Value::Null));
    assert_eq!(users("--v2-refuses-token"), (200, 401, "no token found for given API token".into()));
}

#[test]
fn exec_takes_the_same_options_before_its_command() {
    let run = exec(&sandbox(), "--no-v2 --network 1", &format!("dhub db forks {MUSEUM} -o names")).exits(0);
    assert_eq!(run.out, "museum-0001/museum-collections\n");
    assert_eq!(sandbox().run("emulator exec --no-v1alpha1 echo x").exits(0).out, "x\n");
}

#[test]
fn options_that_leave_nothing_to_ask_are_a_usage_error() {
    for options in [
        "--no-v2 --no-v1alpha1",
        "--no-v2 --v2-refuses-token",
        "--no-v1alpha1=500",
        "--no-v1alpha1=",
        "--no-v2=404",
    ] {
        sandbox().run(&format!("emulator exec {options} true")).exits(2);
        sandbox().run(&format!("emulator start {options}")).exits(2);
    }
}
