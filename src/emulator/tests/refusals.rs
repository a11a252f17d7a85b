//! Refused requests and options, and their messages.

use std::net::SocketAddr;

use serde_json::json;

use super::*;

const VALID: &str = r#"{"ownerName":"taylor","repoName":"x","visibility":"public"}"#;

#[test]
fn without_a_token_only_the_forks_of_public_databases_can_be_read() {
    let emulator = start();
    create(&emulator, "taylor", "x");
    let refused = json!({"status": "Error", "message": "Not authenticated"});
    for target in ["POST /database", "POST /fork", "GET /fork?operationName=operations/1", "GET /user"] {
        let response =
            send(&emulator, target, &["content-type: application/json"], VALID.as_bytes()).unwrap();
        assert_eq!((response.status, response.json()), (401, refused.clone()), "{target}");
    }
    assert_eq!(get_anonymously(&emulator, "/taylor/x/forks").status, 200);
}

#[test]
fn an_invalid_token_is_refused_on_every_path() {
    let emulator = start();
    create(&emulator, "taylor", "x");
    let doubled = format!("authorization: token {TOKEN}\r\nauthorization: token {TOKEN}");
    for header in [
        "authorization: token wrong",
        &format!("authorization: Bearer {TOKEN}"),
        &format!("authorization: {TOKEN}"),
        "authorization:",
        "authorization: token",
        "authorization: token \u{e9}",
        &doubled,
    ] {
        for target in ["GET /taylor/x/forks", "GET /user", "GET /nowhere"] {
            let response = send(&emulator, target, &[header], b"").unwrap();
            assert_eq!(
                (response.status, response.message().as_str()),
                (401, "Not authenticated"),
                "{header}"
            );
        }
    }
}

#[test]
fn an_unknown_path_is_not_found() {
    let emulator = start();
    for path in [
        "",
        "/",
        "/databases",
        "/database/",
        "/a/forks",
        "/a/b/c/forks",
        "//b/forks",
        "/a//forks",
        "/a/b/fork",
    ] {
        assert_eq!(get(&emulator, path).status, 404, "{path}");
        get(&emulator, path).message();
    }
    let response =
        exchange(&emulator, b"OPTIONS * HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").unwrap();
    assert!(response.starts_with(b"HTTP/1.1 404"));
}

#[test]
fn a_wrong_method_is_refused_with_the_allowed_ones() {
    let emulator = start();
    for (target, allowed) in [
        ("GET /database", "POST"),
        ("PUT /database", "POST"),
        ("DELETE /fork", "GET, POST"),
        ("POST /user", "GET"),
        ("BREW /a/b/forks", "GET"),
    ] {
        let response = send(&emulator, target, &[&token()], b"").unwrap();
        assert_eq!(response.status, 405);
        assert!(response.head.contains(&format!("allow: {allowed}\r\n")), "{response:?}");
        response.message();
    }
}

#[test]
fn a_post_with_another_content_type_than_json_is_refused() {
    let emulator = start();
    for content_type in
        ["content-type: text/plain", "content-type: application/jsonp", "content-type:", "x: no content type"]
    {
        let response =
            send(&emulator, "POST /database", &[&token(), content_type], VALID.as_bytes()).unwrap();
        assert_eq!(
            (response.status, response.message().contains("application/json")),
            (400, true),
            "{content_type}"
        );
    }
    let headers = [&token()[..], "content-type: Application/JSON ; charset=utf-8"];
    assert_eq!(send(&emulator, "POST /database", &headers, VALID.as_bytes()).unwrap().status, 200);
}

#[test]
fn a_body_that_is_not_a_json_object_is_refused() {
    let emulator = start();
    let deep = "[".repeat(100_000);
    let bodies =
        [&b""[..], b"{", b"[]", b"null", b"\"x\"", b"{\"ownerName\":\"\xff\"}", b"\0\xfe", deep.as_bytes()];
    for path in ["/database", "/fork"] {
        for body in bodies {
            let headers = [&token()[..], "content-type: application/json"];
            let response = send(&emulator, &format!("POST {path}"), &headers, body).unwrap();
            assert_eq!(
                (response.status, response.message().contains("request body")),
                (400, true),
                "{response:?}"
            );
        }
    }
}

#[test]
fn a_body_larger_than_one_mebibyte_is_refused() {
    let emulator = start();
    let response = post(&emulator, "/database", &" ".repeat((1 << 20) + 1));
    assert_eq!((response.status, response.json()["repository_owner"].as_str()), (413, Some("")));
    assert_eq!(post(&emulator, "/database", &(VALID.to_owned() + &" ".repeat(1 << 19))).status, 200);
}

#[test]
fn a_field_that_is_missing_or_empty_or_has_a_wrong_type_is_named() {
    let emulator = start();
    let fork = r#"{"parentOwnerName":"taylor","parentDatabaseName":"x","ownerName":"dolthub"}"#;
    for (path, body, fields) in [
        ("/database", VALID, &["ownerName", "repoName", "visibility"][..]),
        ("/fork", fork, &["parentOwnerName", "parentDatabaseName"]),
    ] {
        for field in fields {
            let mut wrong: Value = serde_json::from_str(body).unwrap();
            for value in [json!(""), json!(null), json!(1), json!(["x"]), json!({})] {
                wrong[*field] = value;
                let response = post(&emulator, path, &wrong.to_string());
                assert_eq!(
                    (response.status, response.message().starts_with(field)),
                    (400, true),
                    "{response:?}"
                );
            }
            wrong.as_object_mut().unwrap().remove(*field);
            assert_eq!(post(&emulator, path, &wrong.to_string()).message(), format!("{field} is required"));
        }
    }
    let wrong = VALID.replace('{', r#"{"description":7,"#);
    assert_eq!(post(&emulator, "/database", &wrong).message(), "description must be a string");
    for (value, expected) in [("\"\"", "ownerName must not be empty"), ("7", "ownerName must be a string")] {
        let wrong = fork.replace(r#""dolthub""#, value);
        assert_eq!(post(&emulator, "/fork", &wrong).message(), expected);
    }
}

#[test]
fn the_refusal_of_a_create_repeats_the_fields_of_the_request() {
    let emulator = start();
    for (from, to, word) in [
        ("taylor", "nobody", "permission"),
        (r#""x""#, r#""-x""#, "not valid"),
        ("public", "Public", "visibility"),
        ("public", "secret", "visibility"),
    ] {
        let body = VALID.replace(from, to);
        let response = post(&emulator, "/database", &body);
        assert_eq!(response.status, 400);
        assert!(response.message().contains(word), "{response:?}");
        let (request, response): (Value, Value) = (serde_json::from_str(&body).unwrap(), response.json());
        assert_eq!(response["repository_owner"], request["ownerName"]);
        assert_eq!(response["repository_name"], request["repoName"]);
        assert_eq!((&response["visibility"], &response["description"]), (&request["visibility"], &json!("")));
        assert_eq!(response.as_object().unwrap().len(), 6);
    }
}

#[test]
fn the_refusal_of_a_fork_repeats_the_fields_of_the_request() {
    let emulator = start();
    create(&emulator, "dolthub", "x");
    create(&emulator, "anotherOrg", "x");
    fork(&emulator, "dolthub", "x");
    for (parent, owner, message) in [
        ("nobody", "taylor", "no such repository"),
        ("dolthub", "nobody", "taylor does not have permission to create a database in nobody"),
        ("dolthub", "anotherOrg", "anotherOrg/x already exists"),
        ("dolthub", "taylor", "x has already been forked to taylor"),
    ] {
        let body =
            format!(r#"{{"parentOwnerName":"{parent}","parentDatabaseName":"x","ownerName":"{owner}"}}"#);
        let response = post(&emulator, "/fork", &body);
        let expected = json!({
            "status": "Error",
            "message": message,
            "parent_owner": parent,
            "parent_database": "x",
            "forked_owner": owner
        });
        assert_eq!((response.status, response.json()), (400, expected));
    }
}

#[test]
fn a_missing_or_unknown_operation_name_is_refused() {
    let emulator = start_with(Options { network: 1, ..Options::default() });
    for path in ["/fork", "/fork?", "/fork?operationName", "/fork?operationName=", "/fork?x=y"] {
        let expected =
            json!({"status": "Error", "message": "operationName is required", "operation_name": ""});
        assert_eq!((get(&emulator, path).status, get(&emulator, path).json()), (400, expected), "{path}");
    }
    let known = fork(&emulator, "dolthub", "museum-collections");
    let job = known.replace("operations/", "operations/jobs/");
    for (name, repeated) in
        [(&job[..], &job[..]), ("operations/1", "operations/jobs/1"), ("%FF%00", "\u{fffd}\0")]
    {
        let expected =
            json!({"status": "Error", "message": "operation not found", "operation_name": repeated});
        let response = operation(&emulator, name);
        assert_eq!((response.status, response.json()), (400, expected));
    }
    assert_eq!(operation(&emulator, &known).status, 200);
}

#[test]
fn the_forks_of_an_unknown_database_are_refused() {
    let emulator = start();
    for (path, name) in [("nothing", "nothing"), ("%FF", "\u{fffd}"), ("a%2Fb", "a/b"), ("%", "%")] {
        let response = get(&emulator, &format!("/nobody/{path}/forks"));
        let expected = json!({
            "status": "Error",
            "message": "no such repository",
            "database_owner": "nobody",
            "database_name": name
        });
        assert_eq!((response.status, response.json()), (400, expected));
    }
}

#[test]
fn options_out_of_range_are_refused() {
    let refused = |options| Emulator::start(options).unwrap_err().to_string();
    for address in ["0.0.0.0:0", "192.0.2.1:80", "[::]:0", "[::ffff:192.0.2.1]:0"] {
        let listen: SocketAddr = address.parse().unwrap();
        let error = refused(Options { listen, ..Options::default() });
        assert!(error.contains("loopback") && error.contains(address), "{error}");
    }
    for fault_rate in [-0.1, 1.1, f64::NAN, f64::INFINITY] {
        assert!(refused(Options { fault_rate, ..Options::default() }).contains("from 0 to 1"));
    }
    assert!(refused(Options { network: usize::MAX, ..Options::default() }).contains("at most"));
    let taken = start();
    let error = refused(Options { listen: taken.address(), ..Options::default() });
    assert!(error.contains(&format!("cannot listen on {}", taken.address())), "{error}");
}
