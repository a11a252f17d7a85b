//! What is accepted, and the responses.

use super::*;

/// Whether a text is a time as in RFC 3339, of this century.
fn is_time(value: &Value) -> bool {
    let text = value.as_str().unwrap();
    text.len() == 24 && text.starts_with("20") && &text[10..11] == "T" && text.ends_with('Z')
}

#[test]
fn the_user_is_the_owner_of_the_token() {
    let response = read(&start(), "/user");
    let expected = json!({
        "username": "taylor",
        "display_name": "Taylor",
        "email_addresses": [{"address": "taylor@example.com", "is_primary": true, "is_verified": true}]
    });
    assert_eq!((response.status, response.data()), (200, expected));
}

#[test]
fn a_create_returns_the_database_which_can_be_read() {
    let emulator = start();
    let expected = json!({
        "owner": "dolthub",
        "name": "museum-collections",
        "visibility": "public",
        "description": "Records from museums around the world.",
        "fork_network_count": 1,
        "star_count": 0,
        "size_bytes": 0
    });
    let body = json!({
        "owner": "dolthub",
        "name": "museum-collections",
        "visibility": "public",
        "description": "Records from museums around the world."
    });
    let response = write(&emulator, "/databases", &body);
    assert_eq!((response.status, response.data()), (201, expected.clone()));
    assert_eq!(response.header("location"), None);
    for read in [read, read_anonymously] {
        let response = read(&emulator, "/databases/dolthub/museum%2Dcollections");
        assert_eq!((response.status, response.data()), (200, expected.clone()));
    }
}

#[test]
fn a_create_needs_no_description_and_may_have_an_empty_one() {
    let emulator = start();
    for (name, description) in [("a", None), ("b", Some(""))] {
        let mut body = json!({"owner": "taylor", "name": name, "visibility": "private"});
        if let Some(description) = description {
            body["description"] = description.into();
        }
        let response = write(&emulator, "/databases", &body);
        assert_eq!((response.status, response.data().get("description")), (201, None), "{name}");
        assert_eq!(response.data()["visibility"], "private");
    }
}

#[test]
fn a_fork_is_queued_then_running_then_a_database_with_parent_and_root() {
    let emulator = start_with(Options { fork_delay: Duration::from_millis(400), ..Options::default() });
    create_database(&emulator, "dolthub", "x", "public");
    let accepted = fork_into(&emulator, "dolthub/x", "anotherOrg");
    assert_eq!((accepted.status, accepted.header("location")), (202, None));
    let id = accepted.data()["id"].as_str().unwrap().to_owned();
    let job = id.strip_prefix("owners/dolthub/repos/x/jobs/").expect(&id);
    assert_eq!(job.len(), 36);
    let href = format!("{}/api/v2/operations/owners%2Fdolthub%2Frepos%2Fx%2Fjobs%2F{job}", emulator.url());
    assert_eq!(accepted.data(), json!({"id": id, "href": href}));

    let first = poll(&emulator, &id);
    assert!(is_time(&first["created_at"]), "{first}");
    let created_at = first["created_at"].clone();
    let unfinished = json!({
        "id": id, "type": "fork", "status": "queued", "created_at": created_at, "cancelable": false
    });
    assert_eq!(first, unfinished);
    let (mut statuses, ended) = poll_until_ended(&emulator, &id);
    statuses.dedup();
    assert_eq!(statuses, ["queued", "running", "succeeded"]);
    let succeeded = json!({
        "id": id, "type": "fork", "status": "succeeded", "created_at": created_at, "cancelable": false,
        "result": {"database": {"owner": "anotherOrg", "name": "x"}}
    });
    assert_eq!(ended, succeeded);

    let fork = read_anonymously(&emulator, "/databases/anotherOrg/x").data();
    let expected = json!({
        "owner": "anotherOrg", "name": "x", "visibility": "public", "fork_network_count": 2, "star_count": 0,
        "size_bytes": 0, "parent": {"owner": "dolthub", "name": "x"},
        "network_root": {"owner": "dolthub", "name": "x"}
    });
    assert_eq!(fork, expected);
}

#[test]
fn a_fork_takes_over_the_parents_visibility_description_and_data() {
    let emulator = start_quick(1);
    let body = json!({"owner": "dolthub", "name": "x", "visibility": "private", "description": "d"});
    write(&emulator, "/databases", &body);
    start_fork(&emulator, "dolthub/x", "taylor");
    let fork = read(&emulator, "/databases/taylor/x").data();
    assert_eq!((&fork["visibility"], &fork["description"]), (&json!("private"), &json!("d")));

    start_fork(&emulator, "museum-0001/museum-collections", "taylor");
    let parent = read(&emulator, "/databases/museum-0001/museum-collections").data();
    let fork = read(&emulator, "/databases/taylor/museum-collections").data();
    for member in ["description", "size_bytes", "last_write_at"] {
        assert_eq!((fork.get(member), parent[member].is_null()), (parent.get(member), false), "{member}");
    }
}

#[test]
fn the_host_of_an_href_is_the_one_that_the_client_asked() {
    let emulator = start_quick(1);
    for (number, host) in ["localhost", "LOCALHOST", "127.0.0.1"].into_iter().enumerate() {
        let (name, port) = (format!("x{number}"), emulator.address().port());
        create_database(&emulator, "dolthub", &name, "public");
        let body = r#"{"owner":"taylor"}"#;
        let request = format!(
            "POST /api/v2/databases/dolthub/{name}/forks HTTP/1.1\r\nhost: {host}:{port}\r\nconnection: close\r\n\
             {}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            bearer(),
            body.len()
        );
        let received = String::from_utf8(exchange(&emulator, request.as_bytes()).unwrap()).unwrap();
        assert!(
            received.contains(&format!(r#""href":"http://{host}:{port}/api/v2/operations/owners%2F"#)),
            "{received}"
        );
    }
}

#[test]
fn the_host_of_an_href_is_the_emulators_own_where_the_request_names_none() {
    let emulator = start_with(Options { any_host: true, ..Options::default() });
    let own = emulator.url();
    let (own, behind) = (own.strip_prefix("http://").unwrap(), "db.example:8080");
    for (name, line, host) in [
        ("a", "x: y", own),
        ("b", "host:", own),
        ("c", "host: a b", own),
        ("d", "host: db.example:8080", behind),
    ] {
        create_database(&emulator, "dolthub", name, "public");
        let body = r#"{"owner":"taylor"}"#;
        let request = format!(
            "POST /api/v2/databases/dolthub/{name}/forks HTTP/1.1\r\n{line}\r\nconnection: close\r\n{}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            bearer(),
            body.len()
        );
        let received = String::from_utf8(exchange(&emulator, request.as_bytes()).unwrap()).unwrap();
        assert!(
            received.contains(&format!(r#""href":"http://{host}/api/v2/operations/"#)),
            "{line}: {received}"
        );
    }
}

#[test]
fn a_fork_whose_name_is_taken_in_the_meantime_fails() {
    let emulator = start_with(Options { fork_delay: Duration::from_millis(400), ..Options::default() });
    create_database(&emulator, "dolthub", "x", "public");
    let id = start_fork(&emulator, "dolthub/x", "taylor");
    assert_eq!(create_database(&emulator, "taylor", "x", "public").status, 201);
    let (_, ended) = poll_until_ended(&emulator, &id);
    assert_eq!((&ended["status"], ended.get("result")), (&json!("failed"), None));
    let error = json!({
        "status": 422, "code": "OPERATION_FAILED", "title": "Operation failed", "detail": "taylor/x already exists"
    });
    assert_eq!(ended["error"], error);
}

#[test]
fn the_museum_network_has_data_and_branches_and_what_is_created_has_neither() {
    let emulator = start_quick(40);
    let branches =
        |database: &str| read_anonymously(&emulator, &format!("/databases/{database}/branches")).page();
    let root = read_anonymously(&emulator, "/databases/dolthub/museum-collections").data();
    assert_eq!(
        (&root["fork_network_count"], root.get("parent"), root.get("network_root")),
        (&json!(41), None, None)
    );
    assert!(
        root["size_bytes"].as_u64().is_some_and(|size| size > 1 << 20) && is_time(&root["last_write_at"]),
        "{root}"
    );
    let (token, page) = branches("dolthub/museum-collections");
    assert_eq!((token, page.len(), &page[0]["name"]), (None, 1, &json!("main")));
    assert_eq!(page[0]["last_updated_at"], root["last_write_at"]);
    let head = page[0]["head_commit_sha"].as_str().unwrap();
    assert!(head.len() == 32 && head.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'v')), "{head}");

    start_fork(&emulator, "museum-0040/museum-collections", "taylor");
    assert_eq!(branches("taylor/museum-collections").1, page);
    let fork = read(&emulator, "/databases/taylor/museum-collections").data();
    assert_eq!(
        (&fork["parent"]["owner"], &fork["network_root"]["owner"]),
        (&json!("museum-0040"), &json!("dolthub"))
    );

    create_database(&emulator, "dolthub", "empty", "public");
    start_fork(&emulator, "dolthub/empty", "taylor");
    assert_eq!((branches("dolthub/empty"), branches("taylor/empty")), ((None, vec![]), (None, vec![])));
}

#[test]
fn a_request_id_is_repeated_if_it_can_be_and_made_up_otherwise() {
    let emulator = start();
    let id = |path: &str, line: &str| {
        let response = call(&emulator, &format!("GET {path}"), &[&bearer(), line], "");
        response.header("x-request-id").unwrap().to_owned()
    };
    let longest = "x".repeat(200);
    for path in ["/user", "/databases/nobody/nothing", "/nowhere"] {
        for sent in ["a", "~!\"{}|\\^", "req_1", &longest] {
            assert_eq!(id(path, &format!("X-Request-Id: {sent}")), sent, "{path}");
        }
        let too_long = format!("x-request-id: {longest}x");
        for line in [
            "x: y",
            "x-request-id:",
            "x-request-id: a b",
            "x-request-id: \u{e9}",
            &too_long,
            "x-request-id: a\r\nx-request-id: b",
        ] {
            let minted = id(path, line);
            assert!(minted.starts_with("req_") && minted.len() == 40, "{line}: {minted}");
        }
    }
    assert_ne!(id("/user", "x: y"), id("/user", "x: y"));
}

#[test]
fn the_scheme_may_be_written_in_any_case() {
    let emulator = start();
    for scheme in ["bearer", "BEARER"] {
        let line = format!("authorization: {scheme} {TOKEN}");
        assert_eq!(call(&emulator, "GET /user", &[&line], "").status, 200);
    }
}
