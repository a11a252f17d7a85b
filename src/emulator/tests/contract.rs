//! Every example in the documentation: the request and its response.

use std::time::Duration;

use serde_json::{Value, json};

use super::*;

const CREATE: &str = r#"{"description":"Records from museums around the world.","ownerName":"dolthub",
    "repoName":"museum-collections","visibility":"public"}"#;

#[test]
fn a_create_gets_the_documented_response_and_so_does_a_duplicate() {
    let emulator = start();
    let mut expected = json!({
        "status": "Success",
        "description": "Records from museums around the world.",
        "repository_owner": "dolthub",
        "repository_name": "museum-collections",
        "visibility": "public"
    });
    let response = post(&emulator, "/database", CREATE);
    assert_eq!((response.status, response.json()), (200, expected.clone()));
    let response = post(&emulator, "/database", CREATE);
    expected["status"] = "Error".into();
    expected["message"] = "dolthub/museum-collections already exists".into();
    assert_eq!((response.status, response.json()), (400, expected));
}

#[test]
fn the_fields_of_a_response_come_in_the_documented_order() {
    let emulator = start();
    let body = post(&emulator, "/database", CREATE).body;
    let offsets: Vec<_> = ["status", "description", "repository_owner", "repository_name", "\"visibility"]
        .map(|field| body.find(field))
        .into();
    assert!(offsets.is_sorted(), "{body}");
}

#[test]
fn a_description_may_be_missing_or_null_and_unknown_fields_are_ignored() {
    let emulator = start();
    for (name, more) in [("a", ""), ("b", r#","description":null"#), ("c", r#","more":[1,{}]"#)] {
        let body = format!(r#"{{"ownerName":"taylor","repoName":"{name}","visibility":"private"{more}}}"#);
        let response = post(&emulator, "/database", &body);
        assert_eq!((response.status, &response.json()["description"]), (200, &json!("")));
    }
}

#[test]
fn polls_of_a_fork_return_each_known_unfinished_shape_and_then_done() {
    let emulator = start_with(Options { fork_delay: Duration::from_millis(400), ..Options::default() });
    post(&emulator, "/database", CREATE);
    let body =
        r#"{"parentOwnerName":"dolthub","parentDatabaseName":"museum-collections","ownerName":"anotherOrg"}"#;
    let response = post(&emulator, "/fork", body);
    let name = response.json()["operation_name"].as_str().unwrap().to_owned();
    let accepted = json!({
        "status": "Success",
        "parent_owner": "dolthub",
        "parent_database": "museum-collections",
        "forked_owner": "anotherOrg",
        "operation_name": name
    });
    assert_eq!((response.status, response.json()), (200, accepted));
    let id = name.strip_prefix("operations/").unwrap();
    assert!(id.len() == 36 && id.as_bytes()[14] == b'4' && b"89ab".contains(&id.as_bytes()[19]), "{id}");

    let job = format!("operations/jobs/{id}");
    let unfinished = [
        json!({"status": "Success", "done": false, "operation_name": job, "database_owner": "", "database_name": ""}),
        json!({"status": "Pending"}),
        json!({"operation_name": job, "done": false}),
    ];
    for expected in unfinished.iter().cycle().take(4) {
        let response = operation(&emulator, &name);
        assert_eq!((response.status, &response.json()), (200, expected));
    }
    let done = json!({
        "status": "Success",
        "done": true,
        "operation_name": job,
        "database_owner": "anotherOrg",
        "database_name": "museum-collections"
    });
    assert_eq!(poll_until_done(&emulator, &name), done);
    assert_eq!(operation(&emulator, &name).json(), done);
}

#[test]
fn a_fork_without_an_owner_goes_to_the_tokens_user_and_keeps_the_parents_visibility() {
    let emulator = start_with(Options { fork_delay: Duration::ZERO, ..Options::default() });
    post(&emulator, "/database", &CREATE.replace(r#""public""#, r#""private""#));
    let response = post(
        &emulator,
        "/fork",
        r#"{"parentOwnerName":"dolthub","parentDatabaseName":"museum-collections","ownerName":null}"#,
    );
    assert_eq!(response.json()["forked_owner"], "taylor");
    let path = "/taylor/museum-collections/forks";
    assert_eq!(get(&emulator, path).json()["parent_owner"], "dolthub");
    assert_eq!(get_anonymously(&emulator, path).message(), "no such repository");
}

#[test]
fn a_fork_whose_name_is_taken_in_the_meantime_is_done_with_an_error() {
    let emulator = start_with(Options { fork_delay: Duration::from_millis(100), ..Options::default() });
    create(&emulator, "dolthub", "x");
    let name = fork(&emulator, "dolthub", "x");
    create(&emulator, "taylor", "x");
    let job = name.replace("operations/", "operations/jobs/");
    let failed =
        json!({"status": "Error", "done": true, "message": "taylor/x already exists", "operation_name": job});
    assert_eq!(poll_until_done(&emulator, &name), failed);
}

#[test]
fn a_list_of_forks_is_as_documented_for_the_root_and_for_a_fork() {
    let emulator = start_with(Options { fork_delay: Duration::ZERO, ..Options::default() });
    create(&emulator, "dolthub", "x");
    fork(&emulator, "dolthub", "x");
    let expected = |owner: &str, parent: [&str; 2]| {
        json!({
            "status": "Success",
            "database_owner": owner,
            "database_name": "x",
            "forks": [{"database_owner": "taylor", "database_name": "x"}],
            "parent_owner": parent[0],
            "parent_database_name": parent[1],
            "network_root_owner": "dolthub",
            "network_root_database_name": "x",
            "fork_network_count": 1
        })
    };
    for get in [get, get_anonymously] {
        assert_eq!(get(&emulator, "/dolthub/x/forks").json(), expected("dolthub", ["", ""]));
        assert_eq!(get(&emulator, "/taylor/%78/forks").json(), expected("taylor", ["dolthub", "x"]));
    }
}

#[test]
fn a_cached_list_of_forks_is_never_stale_nor_shown_to_another_caller() {
    let emulator = start_with(Options { fork_delay: Duration::ZERO, ..Options::default() });
    create(&emulator, "dolthub", "x");
    post(&emulator, "/database", r#"{"ownerName":"dolthub","repoName":"y","visibility":"private"}"#);
    let count = |get: fn(&Emulator, &str) -> Response, name| {
        get(&emulator, &format!("/dolthub/{name}/forks")).json()["forks"].as_array().map(Vec::len)
    };
    for (forked, public, private) in [(None, 0, 0), (Some("x"), 1, 0), (Some("y"), 1, 1)] {
        if let Some(name) = forked {
            fork(&emulator, "dolthub", name);
        }
        for _ in 0..2 {
            assert_eq!((count(get, "x"), count(get, "y")), (Some(public), Some(private)));
            assert_eq!((count(get_anonymously, "x"), count(get_anonymously, "y")), (Some(public), None));
        }
    }
}

#[test]
fn the_user_is_the_owner_of_the_token() {
    let response = get(&start(), "/user");
    let json = response.json();
    assert_eq!(
        (response.status, &json["status"], &json["username"]),
        (200, &json!("Success"), &json!("taylor"))
    );
    assert_eq!(json["email_addresses"][0]["is_primary"], true);
}

#[test]
fn the_museum_network_exists_from_the_start() {
    let emulator = start_with(Options { network: 40, ..Options::default() });
    let root = get_anonymously(&emulator, "/dolthub/museum-collections/forks").json();
    assert_eq!((root["forks"].as_array().map(Vec::len), &root["fork_network_count"]), (Some(40), &json!(40)));
    assert_eq!(root["forks"][39]["database_owner"], "museum-0040");
    let leaf = get_anonymously(&emulator, "/museum-0040/museum-collections/forks").json();
    assert_eq!((&leaf["parent_owner"], &leaf["forks"]), (&json!("museum-0013"), &root["forks"]));
}

#[test]
fn a_connection_serves_many_requests() {
    let emulator = start();
    let request = "GET /api/v1alpha1/a/b/forks HTTP/1.1\r\nhost: x\r\n";
    let received =
        exchange(&emulator, format!("{request}\r\n{request}connection: close\r\n\r\n").as_bytes()).unwrap();
    let received = String::from_utf8(received).unwrap();
    assert_eq!(received.matches("no such repository").count(), 2, "{received}");
    let last: Value = serde_json::from_str(received.rsplit("\r\n").next().unwrap()).unwrap();
    assert_eq!(last["database_owner"], "a");
}
