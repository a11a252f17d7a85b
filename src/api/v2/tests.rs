use super::pages::Pages;
use super::*;
use crate::api::failure::Cause;
use crate::error::Kind;

fn response(status: u16, body: &str) -> Response {
    Response {
        status,
        body: body.as_bytes().to_vec(),
        request: "GET https://x".to_owned(),
        retry_after: None,
        host: "https://x".to_owned(),
        location: None,
        encoding: None,
        head: String::new(),
        token: Some(Token::parse("dhat.v1.secret").unwrap()),
    }
}

fn problem(status: u16, code: &str, detail: &str) -> String {
    format!(
        r#"{{"type":"about:blank","title":"T","status":{status},"code":"{code}","request_id":"req_1","detail":"{detail}","new":[1]}}"#
    )
}

fn status(data: &str) -> ForkStatus {
    read_fork_status(&response(200, &format!(r#"{{"data":{data},"new":1}}"#))).unwrap()
}

fn refused(status: u16, body: &str) -> Failure {
    read_user(&response(status, body)).unwrap_err()
}

#[test]
fn a_status_is_pending_done_or_failed_and_an_unknown_one_goes_on() {
    for word in ["queued", "running", "Queued", "paused"] {
        assert_eq!(status(&format!(r#"{{"id":"x","status":"{word}"}}"#)), ForkStatus::Pending, "{word}");
    }
    let done = status(r#"{"status":"succeeded","result":{"database":{"owner":"me","name":"x"},"new":1}}"#);
    assert_eq!(done, ForkStatus::Done(Some(Database::new("me", "x"))));
    assert_eq!(status(r#"{"status":"succeeded","result":{"pull_id":"1"}}"#), ForkStatus::Done(None));
    let failed = status(
        r#"{"status":"failed","error":{"status":500,"code":"OPERATION_FAILED","title":"T","detail":"disk full"}}"#,
    );
    assert_eq!(failed, ForkStatus::Failed(Some("disk full".to_owned())));
    assert_eq!(
        status(r#"{"status":"failed","error":{"title":"Too large","detail":" "}}"#),
        ForkStatus::Failed(Some("Too large".to_owned()))
    );
    for word in ["failed", "cancelled", "canceled", "aborted"] {
        assert_eq!(status(&format!(r#"{{"status":"{word}"}}"#)), ForkStatus::Failed(None), "{word}");
    }
}

#[test]
fn what_a_problem_means_is_said_by_its_code_and_else_by_the_status() {
    for (status, code, kind) in [
        (401, "UNAUTHENTICATED", Kind::Auth),
        (403, "PERMISSION_DENIED", Kind::Auth),
        (404, "NOT_FOUND", Kind::NotFound),
        (409, "CONFLICT", Kind::AlreadyExists),
        (400, "VALIDATION_FAILED", Kind::Api),
        (422, "UNPROCESSABLE", Kind::Api),
        (409, "DATABASE_TAKEN", Kind::AlreadyExists),
        (401, "TOKEN_EXPIRED", Kind::Auth),
        (418, "TEAPOT", Kind::Api),
    ] {
        let failure = refused(status, &problem(status, code, "already exists, not found"));
        assert_eq!(failure.cause, Cause::Refused(kind), "{code}");
        assert_eq!(failure.message, "already exists, not found");
        assert_eq!(failure.request_id.as_deref(), Some("req_1"));
    }
    assert_eq!(refused(500, &problem(500, "INTERNAL", "x")).cause, Cause::ServerError(Kind::Api));
    assert_eq!(refused(429, &problem(429, "RATE_LIMITED", "x")).cause, Cause::Throttled);
}

#[test]
fn the_words_of_a_problem_are_its_detail_else_its_title_without_the_token() {
    assert_eq!(refused(400, &problem(400, "X", "no dhat.v1.secret")).message, "no [token]");
    assert_eq!(refused(400, r#"{"code":"X","title":"Bad"}"#).message, "Bad");
    assert_eq!(refused(400, r#"{"code":"X"}"#).message, "the service returned 400 Bad Request");
}

#[test]
fn what_is_no_problem_is_no_refusal() {
    for (status, body) in [(404, "<h1>no</h1>"), (404, "{}"), (405, r#"{"status":"Error"}"#), (410, "")] {
        let failure = refused(status, body);
        assert_eq!(failure.cause, Cause::InvalidResponse, "{body}");
        assert!(failure.hint.unwrap().contains("--api v1alpha1"), "{body}");
    }
    assert_eq!(refused(502, "<h1>down</h1>").cause, Cause::ServerError(Kind::Network));
    for body in ["[]", r#"{"data":1}"#, r#"{"username":"me"}"#, "null", r#"{"data":{"username":"a/b"}}"#] {
        assert_eq!(refused(200, body).cause, Cause::InvalidResponse, "{body}");
    }
}

#[test]
fn a_token_that_is_not_accepted_may_be_good_for_the_other_version() {
    let failure = refused(401, &problem(401, "UNAUTHENTICATED", "no token found for given API token"));
    assert!(failure.hint.unwrap().contains("v1alpha1"));
    assert!(!failure.message.is_empty());
}

#[test]
fn a_response_about_another_database_is_not_believed() {
    let asked = Database::new("me", "x");
    for (body, is_believed) in [
        (r#"{"data":{"owner":"me","name":"x"}}"#, true),
        (r#"{"data":{"owner":"Me","name":"X"}}"#, true),
        (r#"{"data":{"owner":"you","name":"x"}}"#, false),
    ] {
        let created = read_created(&response(201, body), &asked).map_err(|failure| failure.cause);
        assert_eq!(created.err(), (!is_believed).then_some(Cause::Unrelated), "{body}");
        assert_eq!(read_details(&response(200, body), &asked).is_ok(), is_believed, "{body}");
    }
}

#[test]
fn a_database_without_a_parent_is_its_own_root() {
    let read = |data: &str| {
        read_details(&response(200, &format!(r#"{{"data":{data}}}"#)), &Database::new("me", "x")).unwrap()
    };
    let root = read(
        r#"{"owner":"me","name":"x","visibility":"private","fork_network_count":3,"star_count":2,"size_bytes":9000000000,"last_write_at":"2026-11-26T00:00:00Z"}"#,
    );
    assert_eq!(root.info.root, Some(Database::new("me", "x")));
    assert_eq!(root.info.visibility.as_deref(), Some("private"));
    assert_eq!((root.size_bytes, root.stars), (Some(9_000_000_000), Some(2)));
    let fork = read(
        r#"{"owner":"me","name":"x","parent":{"owner":"a","name":"x"},"network_root":{"owner":"r","name":"x"}}"#,
    );
    assert_eq!(fork.info.parent, Some(Database::new("a", "x")));
    assert_eq!(fork.info.root, Some(Database::new("r", "x")));
    assert_eq!(read(r#"{"owner":"me","name":"x","parent":{"owner":"a","name":"x"}}"#).info.root, None);
}

#[test]
fn an_operation_without_a_name_is_no_operation() {
    let parent = Database::new("a", "b");
    for body in [r#"{"data":{"id":""}}"#, r#"{"data":{"href":"https://x/y"}}"#, r#"{"data":{"id":"a b"}}"#] {
        assert!(read_accepted(&response(202, body), &parent, "me").unwrap_err().may_have_taken_effect());
    }
    let accepted =
        read_accepted(&response(202, r#"{"data":{"id":"a/b/1","href":"https://evil/1"}}"#), &parent, "me");
    assert_eq!(accepted.unwrap().operation.as_str(), "a/b/1");
}

#[test]
fn a_list_whose_token_comes_again_does_not_end() {
    let page = |token: Option<&str>| pages::Page::of(r#"{"data":[{"owner":"a","name":"b"}]}"#, 1, token);
    let mut pages = Pages::default();
    assert_eq!(pages.push(page(Some("1"))).unwrap().as_deref(), Some("1"));
    assert_eq!(pages.push(page(Some("2"))).unwrap().as_deref(), Some("2"));
    assert!(pages.push(page(Some("1"))).unwrap_err().message.contains("repeated"));
    let mut pages = Pages::default();
    pages.push(page(Some("1"))).unwrap();
    assert_eq!(pages.push(page(None)).unwrap(), None);
    assert_eq!(pages.into_list().len(), 2);
}
