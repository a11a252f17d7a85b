//! What is refused, and with which code.

use super::*;

#[track_caller]
fn assert_refused(response: &Response, status: u16, code: &str) -> String {
    let (found, found_code, detail) = response.problem();
    assert_eq!((found, &found_code[..]), (status, code), "{response:?}");
    detail
}

#[test]
fn a_refusal_is_a_problem_as_recorded() {
    let path = "/databases/dolthub/ip-to-country/forks";
    let headers = ["content-type: application/json", "x-request-id: 5cf080be"];
    let response = call(&start(), &format!("POST {path}"), &headers, r#"{"owner":"somebody"}"#);
    let expected = json!({
        "type": TYPE,
        "title": "Unauthenticated",
        "status": 401,
        "detail": "Authentication credentials were missing or invalid.",
        "code": "UNAUTHENTICATED",
        "request_id": "5cf080be",
        "instance": format!("/api/v2{path}")
    });
    assert_eq!(response.status, 401);
    assert_eq!(serde_json::from_str::<Value>(&response.body).unwrap(), expected);
    let offsets: Vec<_> = ["\"type", "title", "\"status", "detail", "\"code", "request_id", "instance"]
        .map(|member| response.body.find(member))
        .into();
    assert!(offsets.is_sorted(), "{response:?}");
}

#[test]
fn the_instance_of_a_problem_is_its_path_unless_that_is_no_uri() {
    let emulator = start();
    let instance = |path: &str| -> Value {
        let response = read(&emulator, path);
        assert_eq!(response.status, 404, "{response:?}");
        serde_json::from_str::<Value>(&response.body).unwrap()["instance"].clone()
    };
    assert_eq!(instance("/operations/fork%2Fx?page_token=1"), "/api/v2/operations/fork%2Fx");
    for path in ["/a{b}", "/a|b", "/%", "/%4", "/%zz", "/a\"b"] {
        assert_eq!(instance(path), Value::Null, "{path}");
    }
}

#[test]
fn without_a_token_only_what_is_public_can_be_read() {
    let emulator = start_quick(1);
    for target in [
        "GET /user",
        "POST /databases",
        "POST /databases/dolthub/museum-collections/forks",
        "POST /databases/nobody/nothing/forks",
        "GET /operations/x",
    ] {
        let response = call(&emulator, target, &["content-type: application/json"], "{}");
        assert_refused(&response, 401, "UNAUTHENTICATED");
    }
    for list in ["", "/forks", "/operations", "/branches"] {
        let path = format!("/databases/dolthub/museum-collections{list}");
        assert_eq!(read_anonymously(&emulator, &path).status, 200, "{path}");
    }
}

#[test]
fn credentials_that_are_not_accepted_are_refused_everywhere() {
    let emulator = start_quick(1);
    let doubled = format!("{0}\r\n{0}", bearer());
    for header in [
        "authorization: Bearer wrong",
        &token(),
        &format!("authorization: {TOKEN}"),
        &format!("authorization: Basic {TOKEN}"),
        "authorization:",
        "authorization: Bearer",
        "authorization: Bearer \u{e9}",
        &doubled,
    ] {
        for path in ["/user", "/databases/dolthub/museum-collections", "/nowhere", "/databases/a/b/forks"] {
            let response = call(&emulator, &format!("GET {path}"), &[header], "");
            assert_refused(&response, 401, "UNAUTHENTICATED");
        }
        let response = call(&emulator, "POST /databases", &[header, "content-type: application/json"], "{}");
        assert_refused(&response, 401, "UNAUTHENTICATED");
    }
}

#[test]
fn a_private_database_does_not_exist_for_a_caller_without_a_token() {
    let emulator = start_quick(0);
    create_database(&emulator, "dolthub", "x", "private");
    start_fork(&emulator, "dolthub/x", "taylor");
    for list in ["", "/forks", "/operations", "/branches"] {
        for owner in ["dolthub", "taylor"] {
            let path = format!("/databases/{owner}/x{list}");
            assert_eq!(read(&emulator, &path).status, 200, "{path}");
            let hidden = read_anonymously(&emulator, &path).problem();
            assert_eq!(hidden, read_anonymously(&emulator, &path.replace("/x", "/y")).problem(), "{path}");
            assert_eq!(hidden, (404, "NOT_FOUND".to_owned(), "no such repository".to_owned()), "{path}");
        }
    }
}

#[test]
fn what_another_user_owns_is_hidden_from_one_with_a_token_too() {
    let folder = tempfile::tempdir().unwrap();
    let options = |organizations: &[&str]| Options {
        state: Some(folder.path().join("state")),
        fork_delay: Duration::ZERO,
        organizations: organizations.iter().map(|&name| name.to_owned()).collect(),
        ..Options::default()
    };
    let emulator = start_with(options(&["acme"]));
    create_database(&emulator, "acme", "x", "private");
    let id = start_fork(&emulator, "acme/x", "taylor");
    assert_eq!(poll(&emulator, &id)["status"], "succeeded");
    drop(emulator);
    let emulator = start_with(options(&[]));
    assert_refused(&read(&emulator, "/databases/acme/x"), 404, "NOT_FOUND");
    assert_refused(&read(&emulator, &format!("/operations/{}", id.replace('/', "%2F"))), 404, "NOT_FOUND");
    assert_refused(&fork_into(&emulator, "acme/x", "taylor"), 404, "NOT_FOUND");
    assert_eq!(read(&emulator, "/databases/taylor/x").status, 200);
}

#[test]
fn an_unknown_path_is_not_found() {
    let emulator = start();
    for path in [
        "",
        "/",
        "/users",
        "/user/",
        "/user//",
        "/database",
        "/databases/",
        "/databases/a",
        "/databases/a/",
        "/databases//b",
        "/databases/a//forks",
        "/databases/a/b/",
        "/databases/a/b/fork",
        "/databases/a/b/forks/",
        "/databases/a/b/c/forks",
        "/operations",
        "/operations/",
        "/operations/owners/a/repos/b/jobs/c",
        "/operations/a%2Fb/",
    ] {
        assert_refused(&read(&emulator, path), 404, "NOT_FOUND");
        assert_refused(&read_anonymously(&emulator, path), 404, "NOT_FOUND");
    }
}

#[test]
fn a_wrong_method_is_refused_with_the_allowed_ones_before_a_missing_token_is() {
    let emulator = start();
    for (target, allowed) in [
        ("POST /user", "GET"),
        ("GET /databases", "POST"),
        ("PUT /databases", "POST"),
        ("DELETE /databases/a/b", "GET"),
        ("PATCH /databases/a/b/forks", "GET, POST"),
        ("POST /databases/a/b/operations", "GET"),
        ("BREW /databases/a/b/branches", "GET"),
        ("POST /operations/a%2Fb", "GET"),
        ("OPTIONS /user", "GET"),
    ] {
        for headers in [&[&bearer()[..]][..], &[]] {
            let response = call(&emulator, target, headers, "");
            assert_refused(&response, 405, "METHOD_NOT_ALLOWED");
            assert_eq!(response.header("allow"), Some(allowed), "{target}");
        }
    }
    let response = call(&emulator, "HEAD /user", &[&bearer()], "");
    assert_eq!((response.status, response.header("allow"), &response.body[..]), (405, Some("GET"), ""));
}

#[test]
fn a_body_is_closed_and_each_field_is_checked() {
    let emulator = start_quick(1);
    let create = json!({"owner": "taylor", "name": "x", "visibility": "public", "description": "d"});
    let fork = json!({"owner": "taylor"});
    let fork_path = "/databases/dolthub/museum-collections/forks";
    for (path, body, required) in
        [("/databases", &create, &["owner", "name", "visibility"][..]), (fork_path, &fork, &["owner"])]
    {
        for field in ["ownerName", "Owner", "", "parent", "owner "] {
            let mut wrong = body.clone();
            wrong[field] = "taylor".into();
            let detail = assert_refused(&write(&emulator, path, &wrong), 400, "VALIDATION_FAILED");
            assert_eq!(detail, format!("{field:?} is not a field of this request"));
        }
        for &field in required {
            for value in [json!(""), json!(null), json!(1), json!(true), json!(["x"]), json!({"x": "y"})] {
                let mut wrong = body.clone();
                wrong[field] = value;
                let detail = assert_refused(&write(&emulator, path, &wrong), 400, "VALIDATION_FAILED");
                assert!(detail.starts_with(field), "{detail}");
            }
            let mut wrong = body.clone();
            wrong.as_object_mut().unwrap().remove(field);
            let detail = assert_refused(&write(&emulator, path, &wrong), 400, "VALIDATION_FAILED");
            assert_eq!(detail, format!("{field} is required"));
        }
    }
    for (field, values) in [
        ("description", &[json!(null), json!(1), json!(["d"])][..]),
        ("visibility", &[json!("Public"), json!("secret"), json!("public ")]),
        (
            "name",
            &[json!("-x"), json!("x-"), json!("a b"), json!("a/b"), json!("a.b"), json!("é"), json!("x\n")],
        ),
    ] {
        for value in values {
            let mut wrong = create.clone();
            wrong[field] = value.clone();
            let detail = assert_refused(&write(&emulator, "/databases", &wrong), 400, "VALIDATION_FAILED");
            assert!(detail.starts_with(field), "{detail}");
        }
    }
    assert_eq!(read(&emulator, "/databases/taylor/x").status, 404, "it was created");
    assert_eq!(write(&emulator, "/databases", &create).status, 201);
    assert_eq!(write(&emulator, fork_path, &fork).status, 202);
}

#[test]
fn a_body_that_is_no_json_object_is_refused() {
    let emulator = start_quick(1);
    let (deep, large) = ("[".repeat(100_000), " ".repeat((1 << 20) + 1));
    let (valid, json) = (r#"{"owner":"taylor"}"#, "content-type: application/json");
    for path in ["/databases", "/databases/dolthub/museum-collections/forks"] {
        for (content_type, body) in [
            (json, ""),
            (json, "{"),
            (json, "[]"),
            (json, r#"["taylor"]"#),
            (json, "null"),
            (json, "\"owner\""),
            (json, "owner=taylor"),
            (json, r#"{"owner":"taylor"}{}"#),
            (json, &deep),
            (json, &large),
            ("content-type: text/plain", valid),
            ("content-type: application/problem+json", valid),
            ("content-type:", valid),
            ("x: no content type", valid),
        ] {
            let response = call(&emulator, &format!("POST {path}"), &[&bearer(), content_type], body);
            assert_refused(&response, 400, "VALIDATION_FAILED");
        }
    }
    let headers = [&bearer()[..], "content-type: Application/JSON ; charset=utf-8"];
    assert_eq!(
        call(&emulator, "POST /databases/dolthub/museum-collections/forks", &headers, valid).status,
        202
    );
}

#[test]
fn a_namespace_of_somebody_else_is_forbidden() {
    let emulator = start_quick(1);
    for owner in ["nobody", "Taylor", "museum-0001", "taylor/x"] {
        let created = create_database(&emulator, owner, "x", "public");
        let forked = fork_into(&emulator, "dolthub/museum-collections", owner);
        for response in [created, forked] {
            let detail = assert_refused(&response, 403, "PERMISSION_DENIED");
            assert!(detail.contains("taylor does not have permission"), "{detail}");
        }
    }
}

#[test]
fn a_database_that_exists_is_a_conflict_and_a_fork_that_exists_is_not() {
    let emulator = start_with(Options { fork_delay: Duration::from_millis(200), ..Options::default() });
    create_database(&emulator, "dolthub", "x", "public");
    create_database(&emulator, "anotherOrg", "x", "private");
    for visibility in ["public", "private"] {
        let detail = assert_refused(&create_database(&emulator, "dolthub", "x", visibility), 409, "CONFLICT");
        assert_eq!(detail, "dolthub/x already exists");
    }
    let id = start_fork(&emulator, "dolthub/x", "taylor");
    assert_refused(&fork_into(&emulator, "dolthub/x", "taylor"), 422, "UNPROCESSABLE");
    poll_until_ended(&emulator, &id);
    let detail = assert_refused(&fork_into(&emulator, "dolthub/x", "taylor"), 422, "UNPROCESSABLE");
    assert_eq!(detail, "x has already been forked to taylor");
    // A database of the name that is no fork of it.
    let detail = assert_refused(&fork_into(&emulator, "dolthub/x", "anotherOrg"), 422, "UNPROCESSABLE");
    assert_eq!(detail, "anotherOrg/x already exists");
    assert_refused(&fork_into(&emulator, "dolthub/x", "dolthub"), 422, "UNPROCESSABLE");
}

#[test]
fn what_does_not_exist_is_not_found() {
    let emulator = start_quick(1);
    for path in ["nobody/nothing", "dolthub/nothing", "nobody/%FF", "a/b%2Fc", "a/%", "a/.."] {
        for list in ["", "/forks", "/operations", "/branches"] {
            let detail =
                assert_refused(&read(&emulator, &format!("/databases/{path}{list}")), 404, "NOT_FOUND");
            assert_eq!(detail, "no such repository");
        }
        assert_refused(&fork_into(&emulator, path, "taylor"), 404, "NOT_FOUND");
    }
    let id = start_fork(&emulator, "dolthub/museum-collections", "taylor");
    let job = id.rsplit('/').next().unwrap();
    for id in [
        "x".to_owned(),
        job.to_owned(),
        format!("operations/{job}"),
        format!("operations/jobs/{job}"),
        format!("owners/taylor/repos/museum-collections/jobs/{job}"),
        format!("owners/museum-0001/repos/museum-collections/jobs/{job}"),
        format!("/{id}"),
        format!("{id}/"),
        format!("{id}1"),
        id.to_uppercase(),
    ] {
        let response = read(&emulator, &format!("/operations/{}", id.replace('/', "%2F")));
        assert_eq!(assert_refused(&response, 404, "NOT_FOUND"), "operation not found", "{id}");
    }
}

#[test]
fn a_free_account_gets_no_private_database() {
    let emulator = start_with(Options { free_account: true, ..Options::default() });
    let detail = assert_refused(&create_database(&emulator, "taylor", "x", "private"), 422, "UNPROCESSABLE");
    assert_eq!(detail, "private repos require a paid DoltHub account");
    assert_eq!(create_database(&emulator, "taylor", "x", "public").status, 201);
}

#[test]
fn a_request_for_another_host_or_from_another_sites_page_is_a_problem_too() {
    let emulator = start();
    let port = emulator.address().port();
    for (lines, status) in [
        ("host: evil.example".to_owned(), 421),
        (format!("host: 127.0.0.1:{port}\r\norigin: http://evil.example"), 403),
    ] {
        let request = format!("GET /api/v2/user HTTP/1.1\r\n{lines}\r\nconnection: close\r\n\r\n");
        let received = String::from_utf8(exchange(&emulator, request.as_bytes()).unwrap()).unwrap();
        assert!(received.starts_with(&format!("HTTP/1.1 {status} ")), "{received}");
        assert!(
            received.contains("application/problem+json") && received.contains("x-request-id: req_"),
            "{received}"
        );
    }
}

#[test]
fn a_body_that_does_not_arrive_is_a_problem_and_closes_the_connection() {
    let request_timeout = Duration::from_millis(100);
    let emulator = start_with(Options { request_timeout, ..Options::default() });
    let head = "POST /api/v2/databases HTTP/1.1\r\nhost: x\r\ncontent-length: 500\r\n\r\n";
    let received = String::from_utf8(exchange(&emulator, head.as_bytes()).unwrap()).unwrap();
    assert!(received.starts_with("HTTP/1.1 408 "), "{received}");
    assert!(
        received.contains("application/problem+json") && received.contains("connection: close"),
        "{received}"
    );
}
