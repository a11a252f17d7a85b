use std::time::Duration;

use super::refusal::refusal_kind;
use super::*;

pub(super) fn response(status: u16, body: &str) -> Response {
    Response {
        status,
        head: String::new(),
        body: body.as_bytes().to_vec(),
        request: "GET https://x".to_owned(),
        retry_after: None,
        host: "https://x".to_owned(),
        location: None,
        encoding: None,
        token: None,
    }
}

fn fork_status(body: &str) -> Result<ForkStatus, Cause> {
    read_fork_status(&response(200, body), &Operation::parse("operations/x").unwrap())
        .map_err(|failure| failure.cause)
}

fn cause(status: u16, body: &str) -> Cause {
    read::<UserResponse>(&response(status, body), Subject::default())
        .err()
        .map(|failure| failure.cause)
        .unwrap()
}

#[test]
fn success_without_done_is_not_the_end() {
    for body in [
        r#"{"status":"Success","done":false,"operation_name":"operations/x"}"#,
        r#"{"status":"Success","done":false,"database_owner":"","database_name":""}"#,
        r#"{"status":"Success","done":null,"operation_name":"operations/x"}"#,
        r#"{"status":"Success"}"#,
        r#"{"status":"Pending"}"#,
        r#"{"operation_name":"operations/x"}"#,
        r#"{"done":false}"#,
    ] {
        assert_eq!(fork_status(body), Ok(ForkStatus::Pending), "{body}");
    }
}

#[test]
fn done_is_the_end_and_so_is_a_named_database_where_done_is_absent() {
    let fork = Some(Database::new("myusername", "museum-collections"));
    let named = r#""database_owner":"myusername","database_name":"museum-collections"}"#;
    for start in [r#"{"status":"Success","done":true,"#, r#"{"done":true,"#, r#"{"status":"Success","#] {
        assert_eq!(fork_status(&format!("{start}{named}")), Ok(ForkStatus::Done(fork.clone())), "{start}");
    }
    assert_eq!(fork_status(r#"{"status":"Success","done":true}"#), Ok(ForkStatus::Done(None)));
    assert_eq!(fork_status(&format!("{{\"done\":false,{named}")), Ok(ForkStatus::Pending));
}

#[test]
fn done_with_an_error_or_a_message_and_no_database_is_a_failed_fork() {
    let failed = Ok(ForkStatus::Failed(Some("disk full".to_owned())));
    assert_eq!(fork_status(r#"{"status":"Error","done":true,"message":"disk full"}"#), failed);
    assert_eq!(fork_status(r#"{"status":"Success","done":true,"message":"disk full"}"#), failed);
    assert_eq!(fork_status(r#"{"status":"Success","done":true,"error":"disk full"}"#), failed);
    assert_eq!(fork_status(r#"{"status":"Failed","message":"","error":"disk full"}"#), failed);
    for body in [
        r#"{"status":"Error","done":true}"#,
        r#"{"status":"Failed","done":true}"#,
        r#"{"status":"Failed","done":true,"database_owner":"me","database_name":"x"}"#,
        r#"{"status":"failure","done":true,"database_owner":"me","database_name":"x"}"#,
        r#"{"status":"Cancelled","done":true,"database_owner":"me","database_name":"x"}"#,
        r#"{"status":"Failed"}"#,
        r#"{"status":"Failed","done":false}"#,
    ] {
        assert_eq!(fork_status(body), Ok(ForkStatus::Failed(None)), "{body}");
    }
}

#[test]
fn an_error_with_status_200_is_a_refusal() {
    let body = r#"{"status":"Error","message":"no such operation: not found"}"#;
    assert_eq!(fork_status(body), Err(Cause::Refused(Kind::NotFound)));
}

#[test]
fn json_of_another_shape_says_nothing_of_a_fork() {
    for body in ["{}", r#"{"hello":"world"}"#, "[]", r#"["Success",true]"#, "null", "1", "", "<html>", "{"] {
        assert_eq!(fork_status(body), Err(Cause::InvalidResponse), "{body}");
    }
}

#[test]
fn the_kind_of_a_refusal_comes_from_status_and_words() {
    for (status, message, kind) in [
        (401, "Not authenticated", Kind::Auth),
        (403, "nope", Kind::Auth),
        (400, "not authenticated", Kind::Auth),
        (400, "Unauthorized", Kind::Auth),
        (400, "you do not have permission to do that", Kind::Auth),
        (400, "no such repository", Kind::NotFound),
        (404, "Not Found", Kind::NotFound),
        (400, "the database does not exist", Kind::NotFound),
        (400, "database dolthub/x already exists", Kind::AlreadyExists),
        (400, "This repository has already been forked", Kind::AlreadyExists),
        (400, "Error creating a database.", Kind::Api),
        (404, "?", Kind::NotFound),
        (409, "?", Kind::AlreadyExists),
        (400, "invalid authorization header", Kind::Auth),
        (400, "no token found for given API token", Kind::Auth),
        (400, "apitoken_db: API Token with matching ID not found", Kind::Auth),
        (400, "you have no permission: it already exists", Kind::AlreadyExists),
    ] {
        let body = serde_json::json!({"status": "Error", "message": message}).to_string();
        assert_eq!(cause(status, &body), Cause::Refused(kind), "{status} {message}");
    }
}

#[test]
fn the_names_of_the_request_make_no_kind() {
    for (name, message, kind) in [
        ("permission-demo", "taylor/permission-demo already exists", Kind::AlreadyExists),
        ("permission", "no such repository: taylor/permission", Kind::NotFound),
        ("already-exists", "taylor/already-exists: no such repository", Kind::NotFound),
        ("api token", "you may not create 'API Token'", Kind::Api),
        ("x", "taylor/x: exists", Kind::Api),
        ("repository", "no such repository", Kind::NotFound),
        ("repository", "no such repository: taylor/repository", Kind::NotFound),
        ("found", "not found", Kind::NotFound),
        ("exists", "it already exists", Kind::AlreadyExists),
        ("token", "no token found for given API token", Kind::Auth),
        ("api", "no token found for given API token", Kind::Auth),
        ("authorization", "invalid authorization header", Kind::Auth),
        ("permission", "you do not have permission", Kind::Auth),
        ("permission", "no such repository: permission", Kind::NotFound),
        ("operations/permission", "operations/jobs/permission: not found", Kind::NotFound),
    ] {
        let names = Subject { database: Some(&Database::new("taylor", name)), other: name }
            .names()
            .map(str::to_owned);
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        assert_eq!(refusal_kind(400, message, &names), kind, "{message}");
    }
}

#[test]
fn a_refusal_may_have_its_text_under_error() {
    let body = r#"{"status":"Error","error":"no such repository"}"#;
    let failure = read_forks(response(400, body), &Database::new("a", "b")).unwrap_err();
    assert_eq!((failure.cause, &*failure.message), (Cause::Refused(Kind::NotFound), "no such repository"));
    assert_eq!(cause(400, r#"{"error":"boom"}"#), Cause::Refused(Kind::Api));
}

#[test]
fn what_is_not_the_apis_json_is_never_not_found() {
    for (status, body, expected) in [
        (404, "<html>not found</html>", Cause::InvalidResponse),
        (404, "", Cause::InvalidResponse),
        (401, "no such repository", Cause::InvalidResponse),
        (200, "<html>log in to the hotel's network</html>", Cause::InvalidResponse),
        (204, "", Cause::InvalidResponse),
        (500, "", Cause::ServerError(Kind::Network)),
        (502, "<html>does not exist</html>", Cause::ServerError(Kind::Network)),
        (429, "slow down", Cause::Throttled),
    ] {
        assert_eq!(cause(status, body), expected, "{status} {body}");
    }
}

#[test]
fn a_server_error_in_the_apis_json_is_the_services_own() {
    assert_eq!(cause(500, r#"{"status":"Error","message":"boom"}"#), Cause::ServerError(Kind::Api));
    assert_eq!(cause(503, r#"{"message":"Service Unavailable"}"#), Cause::ServerError(Kind::Network));
    assert_eq!(cause(429, r#"{"message":"Too many requests"}"#), Cause::Throttled);
}

#[test]
fn a_503_that_says_when_to_come_back_did_not_take_effect() {
    let response = Response { retry_after: Some(Duration::from_secs(1)), ..response(503, "") };
    let failure = read::<UserResponse>(&response, Subject::default()).err().unwrap();
    assert_eq!(failure.cause, Cause::Throttled);
    assert!(!failure.may_have_taken_effect());
}

#[test]
fn a_redirect_is_reported_with_where_it_points() {
    let response = Response {
        location: Some("https://www.dolthub.com/".to_owned()),
        ..response(301, r#"{"status":"Error","message":"moved"}"#)
    };
    let failure = read::<UserResponse>(&response, Subject::default()).err().unwrap();
    assert_eq!(failure.cause, Cause::InvalidResponse);
    assert!(failure.message.contains("https://www.dolthub.com/"), "{}", failure.message);
    assert!(!failure.may_have_taken_effect());
}

#[test]
fn only_lost_responses_server_errors_and_invalid_successes_leave_a_write_open() {
    for (status, body, open) in [
        (200, "garbage", true),
        (500, "", true),
        (500, r#"{"status":"Error","message":"boom"}"#, true),
        (404, "<html>", false),
        (400, r#"{"status":"Error","message":"no"}"#, false),
        (429, "", false),
    ] {
        let failure = read::<UserResponse>(&response(status, body), Subject::default()).err().unwrap();
        assert_eq!(failure.may_have_taken_effect(), open, "{status} {body}");
    }
}

#[test]
fn a_fork_list_must_mention_forks_and_may_say_there_are_none() {
    assert!(read::<ForksResponse>(&response(200, r#"{"status":"Success"}"#), Subject::default()).is_err());
    for body in [r#"{"status":"Success","forks":null}"#, r#"{"forks":[],"fork_network_count":null,"new":1}"#]
    {
        let forks = read_forks(response(200, body), &Database::new("a", "b")).unwrap();
        assert!(forks.list.is_empty(), "{body}");
    }
}

#[test]
fn a_success_about_another_database_is_not_believed() {
    let museum = Database::new("me", "museum");
    for (owner, name, is_believed) in [
        ("me", "museum", true),
        ("ME", "Museum", true),
        ("", "", true),
        ("", "museum", true),
        ("evil", "other", false),
        ("me", "other", false),
        ("evil", "museum", false),
        ("", "other", false),
        ("evil", "", false),
    ] {
        let expected = if is_believed { Ok(()) } else { Err((Cause::Unrelated, true)) };
        let outcome = |failure: Option<Failure>| match failure {
            None => Ok(()),
            Some(failure) => Err((failure.cause, failure.may_have_taken_effect())),
        };
        let body = |fields: serde_json::Value| response(200, &fields.to_string());
        let created = body(
            serde_json::json!({"status": "Success", "repository_owner": owner, "repository_name": name}),
        );
        assert_eq!(outcome(read_created(&created, &museum).err()), expected, "create: {owner}/{name}");
        let forking = body(serde_json::json!({"parent_owner": owner, "parent_database": name,
            "forked_owner": "whoever", "operation_name": "operations/x"}));
        assert_eq!(outcome(read_accepted(&forking, &museum, "me").err()), expected, "fork: {owner}/{name}");
        let listed = body(serde_json::json!({"database_owner": owner, "database_name": name, "forks": []}));
        assert_eq!(outcome(read_forks(listed, &museum).err()), expected, "forks: {owner}/{name}");
    }
}

#[test]
fn a_create_that_says_failed_with_status_200_is_a_refusal() {
    for status in ["Error", "error", "Failed", "FAILURE", "Cancelled", "aborted"] {
        let body =
            serde_json::json!({"status": status, "message": "no", "repository_owner": "me"}).to_string();
        let failure = read_created(&response(200, &body), &Database::new("me", "x")).unwrap_err();
        assert_eq!((failure.cause, failure.may_have_taken_effect()), (Cause::Refused(Kind::Api), false));
    }
}

#[test]
fn a_token_that_the_user_endpoint_does_not_find_is_a_bad_token() {
    for (status, message) in [
        (404, "apitoken_db: API Token with matching ID not found"),
        (404, "Not authenticated"),
        (400, "token not found"),
        (400, "Token does not exist"),
        (400, "user not found"),
    ] {
        let body = serde_json::json!({"status": "Error", "message": message}).to_string();
        let failure = read_user(&response(status, &body)).unwrap_err();
        assert_eq!(failure.cause, Cause::Refused(Kind::Auth), "{message}");
    }
    let missing = read_user(&response(404, r#"{"message":"Not Found"}"#)).unwrap_err();
    assert_eq!(missing.cause, Cause::Refused(Kind::NotFound));
}

#[test]
fn of_two_texts_the_one_that_says_more_counts() {
    let body = r#"{"message":"Bad Request","error":"me/x already exists"}"#;
    let failure = read_created(&response(400, body), &Database::new("me", "x")).unwrap_err();
    assert_eq!(
        (failure.cause, &*failure.message),
        (Cause::Refused(Kind::AlreadyExists), "me/x already exists")
    );
    let body = r#"{"message":"no","error":"Bad Request"}"#;
    assert_eq!(read_user(&response(400, body)).unwrap_err().message, "no");
}

#[test]
fn a_user_that_can_be_no_owner_is_none() {
    for name in ["", "../x", "a/b", "a b", "\u{1b}x", ".."] {
        let body = serde_json::json!({"status": "Success", "username": name}).to_string();
        assert!(read_user(&response(200, &body)).is_err(), "{name:?}");
    }
}
