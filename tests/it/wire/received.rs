//! Every documented response, received and parsed; and invalid ones.

use std::time::{Duration, SystemTime};

use dhub::api::{Cause, Failure, ForkStatus, NewDatabase, Transport, v1alpha1};
use dhub::error::Kind;
use dhub::names::{Database, Operation, Visibility};
use httpmock::MockServer;
use serde_json::json;

use super::{museum, observed, transport};
use crate::support::responses::{
    CREATE_REFUSED, CREATED, FORK_REFUSED, FORK_STATUS_REFUSED, FORKED, FORKING, FORKS, FORKS_REFUSED,
    OPERATION,
};
use crate::support::{Reply, Server, TOKEN};

/// A server with this response to everything.
fn responding_with(status: u16, content_type: &str, body: &str) -> MockServer {
    let server = MockServer::start();
    server.mock(|when, then| {
        when.any_request();
        then.status(status).header("content-type", content_type).body(body);
    });
    server
}

fn create(transport: &Transport) -> Result<dhub::api::Created, Failure> {
    let database = museum();
    v1alpha1::create_database(
        transport,
        NewDatabase { database: &database, visibility: Visibility::Public, description: None },
    )
}

fn fork_status(transport: &Transport) -> Result<ForkStatus, Failure> {
    v1alpha1::fork_status(transport, &Operation::parse(OPERATION).unwrap(), None)
}

type Call = fn(&Transport) -> Result<(), Failure>;

/// The endpoints, each with the request that it is.
const CALLS: [(&str, Call); 5] = [
    ("POST /database", |transport| create(transport).map(drop)),
    ("POST /fork", |transport| v1alpha1::fork(transport, &museum(), "taylor").map(drop)),
    ("GET /fork", |transport| fork_status(transport).map(drop)),
    ("GET /dolthub/museum-collections/forks", |transport| v1alpha1::forks(transport, &museum()).map(drop)),
    ("GET /user", |transport| v1alpha1::user(transport).map(drop)),
];

/// What every endpoint makes of this response, with the endpoint's request.
fn failures(status: u16, content_type: &str, body: &str) -> Vec<(&'static str, Failure)> {
    let server = responding_with(status, content_type, body);
    let transport = transport(&server.base_url());
    CALLS.iter().map(|(which, call)| (*which, call(&transport).unwrap_err())).collect()
}

/// What a client gets from a server that responds with 200 and this body.
fn given<T>(body: &str, call: impl Fn(&Transport) -> Result<T, Failure>) -> Result<T, Failure> {
    call(&transport(&responding_with(200, "application/json", body).base_url()))
}

#[test]
fn the_documented_successes_are_parsed() {
    let created = given(CREATED, create).unwrap();
    assert_eq!(created.database, museum());
    assert_eq!(created.visibility.as_deref(), Some("public"));
    assert_eq!(created.description.as_deref(), Some("Records from museums around the world."));

    let accepted = given(FORKING, |transport| v1alpha1::fork(transport, &museum(), "myusername")).unwrap();
    assert_eq!(accepted.operation.as_str(), OPERATION);
    assert_eq!((accepted.parent, accepted.owner.as_str()), (museum(), "myusername"));

    let fork = Database::new("myusername", "museum-collections");
    assert_eq!(given(FORKED, fork_status).unwrap(), ForkStatus::Done(Some(fork)));

    let forks = given(FORKS, |transport| v1alpha1::forks(transport, &museum())).unwrap();
    assert_eq!(forks.info.database, museum());
    assert_eq!(forks.info.parent, None);
    assert_eq!(forks.info.root, Some(museum()));
    assert_eq!(forks.info.fork_network_count, Some(3));
    assert_eq!(forks.list.databases(), [Database::new("anotherOrg", "museum-collections")]);

    let user = r#"{"status":"Success","username":"jdoe","display_name":"Jane Doe",
        "email_addresses":[{"address":"j@x","is_primary":true,"is_verified":true}]}"#;
    assert_eq!(given(user, v1alpha1::user).unwrap(), "jdoe");
}

#[test]
fn each_documented_refusal_keeps_its_message_status_and_request() {
    for ((which, call), (body, message)) in CALLS.iter().zip([
        (CREATE_REFUSED, "Error creating a database."),
        (FORK_REFUSED, "Error creating a database."),
        (FORK_STATUS_REFUSED, "Error polling an operation status."),
        (FORKS_REFUSED, "Error getting the forks list."),
        (r#"{"status":"Error","message":"No."}"#, "No."),
    ]) {
        let server = responding_with(400, "application/json", body);
        let failure = call(&transport(&server.base_url())).unwrap_err();
        assert_eq!(failure.message, message, "{which}");
        assert_eq!(failure.status, Some(400), "{which}");
        assert_eq!(failure.cause, Cause::Refused(Kind::Api), "{which}");
        let (method, path) = which.split_once(' ').unwrap();
        let request = format!("{method} {}/api/v1alpha1{path}", server.base_url());
        assert!(failure.request.starts_with(&request), "{failure:?}");
        assert!(!failure.may_have_taken_effect(), "{which}");
    }
}

#[test]
fn the_message_and_the_status_determine_the_kind_at_every_endpoint() {
    for (status, message, kind) in [
        (401, "Not authenticated", Kind::Auth),
        (403, "Forbidden", Kind::Auth),
        (400, "You do not have PERMISSION to do that", Kind::Auth),
        (400, "no such repository", Kind::NotFound),
        (404, "operation not found", Kind::NotFound),
        (400, "dolthub/x already exists", Kind::AlreadyExists),
        (400, "it has already been forked", Kind::AlreadyExists),
    ] {
        let body = json!({"status": "Error", "message": message}).to_string();
        for (which, failure) in failures(status, "application/json", &body) {
            assert_eq!(failure.cause, Cause::Refused(kind), "{which}: {status} {message}");
            assert_eq!((failure.message.as_str(), failure.status), (message, Some(status)), "{which}");
        }
    }
}

#[test]
fn unknown_fields_are_ignored() {
    for (body, (which, call)) in [CREATED, FORKING, FORKED, FORKS, r#"{"username":"jdoe"}"#].iter().zip(CALLS)
    {
        let grown = body.replacen('{', r#"{"new":{"done":false,"status":"Error"},"newer":[null,1.5],"#, 1);
        assert!(given(&grown, call).is_ok(), "{which}");
    }
}

#[test]
fn optional_fields_may_be_missing_or_null() {
    for body in [
        r#"{"status":"Success"}"#,
        r#"{"status":"Success","description":null,"repository_owner":null,"repository_name":null,"visibility":null}"#,
        r#"{"status":null,"repository_owner":"dolthub","repository_name":"museum-collections"}"#,
    ] {
        let created = given(body, create).unwrap();
        assert_eq!(created.database, museum(), "{body}");
        assert_eq!((created.visibility, created.description), (None, None), "{body}");
    }
    for body in [
        r#"{"operation_name":"operations/x"}"#,
        r#"{"status":null,"parent_owner":null,"parent_database":null,"forked_owner":null,"operation_name":"operations/x"}"#,
    ] {
        let accepted = given(body, |transport| v1alpha1::fork(transport, &museum(), "taylor")).unwrap();
        assert_eq!((accepted.parent, accepted.owner.as_str()), (museum(), "taylor"), "{body}");
    }
    for body in [
        r#"{"done":true}"#,
        r#"{"status":null,"done":true,"operation_name":null,"database_owner":null,"database_name":null,"message":null}"#,
        r#"{"status":"Success","done":true,"database_owner":"","database_name":""}"#,
    ] {
        assert_eq!(given(body, fork_status).unwrap(), ForkStatus::Done(None), "{body}");
    }
    for body in [
        r#"{"forks":[]}"#,
        r#"{"status":null,"database_owner":null,"database_name":null,"forks":null,"parent_owner":null,
            "parent_database_name":null,"network_root_owner":null,"network_root_database_name":null,
            "fork_network_count":null}"#,
    ] {
        let forks = given(body, |transport| v1alpha1::forks(transport, &museum())).unwrap();
        assert_eq!(
            (forks.info.database, forks.info.parent, forks.info.root),
            (museum(), None, None),
            "{body}"
        );
        assert_eq!((forks.info.fork_network_count, forks.list.len()), (None, 0), "{body}");
    }
}

#[test]
fn an_unfinished_operation_is_pending_in_each_of_its_shapes() {
    for body in [
        r#"{"status":"Success","done":false,"operation_name":"operations/jobs/x","database_owner":"","database_name":""}"#,
        r#"{"status":"Success","done":false,"operation_name":"operations/jobs/x"}"#,
        r#"{"status":"Pending"}"#,
        r#"{"done":false,"operation_name":"operations/jobs/x"}"#,
    ] {
        assert_eq!(given(body, fork_status).unwrap(), ForkStatus::Pending, "{body}");
    }
}

#[test]
fn a_redirect_is_reported_and_never_followed() {
    for status in [301, 302, 303, 307, 308] {
        let server = MockServer::start();
        let away = server.url("/elsewhere/x");
        let target = server.mock(|when, then| {
            when.path_prefix("/elsewhere");
            then.status(200).header("content-type", "application/json").body(FORKS);
        });
        server.mock(|when, then| {
            when.path_prefix("/api");
            then.status(status).header("location", &away);
        });
        let transport = transport(&server.base_url());
        for (which, call) in CALLS {
            let failure = call(&transport).unwrap_err();
            assert_eq!((failure.cause, failure.status), (Cause::InvalidResponse, Some(status)), "{which}");
            assert!(failure.message.contains(&away), "{which}: {failure:?}");
            assert!(!failure.may_have_taken_effect(), "{which}");
        }
        target.assert_calls(0);
    }
}

#[test]
fn throttling_reports_retry_after_in_both_forms() {
    let in_100_s = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(100));
    for (status, retry_after, expected) in [
        (429, "7", 7..=7),
        (503, "0", 0..=0),
        (429, "99999999999999999999", 86_400..=86_400),
        // The test's own time passes too.
        (503, in_100_s.as_str(), 30..=100),
    ] {
        let server = MockServer::start();
        server.mock(|when, then| {
            when.any_request();
            then.status(status).header("retry-after", retry_after).body("slow down");
        });
        let transport = transport(&server.base_url());
        for (which, call) in CALLS {
            let failure = call(&transport).unwrap_err();
            assert_eq!((failure.cause, failure.kind()), (Cause::Throttled, Kind::Network), "{which}");
            let seconds = failure.retry_after.unwrap().as_secs();
            assert!(expected.contains(&seconds), "{which}: {seconds} for {retry_after}");
            assert!(!failure.may_have_taken_effect(), "{which}");
        }
    }
}

#[test]
fn a_page_in_html_is_never_not_found() {
    for (status, cause, kind) in [
        (404, Cause::InvalidResponse, Kind::Api),
        (200, Cause::InvalidResponse, Kind::Api),
        (502, Cause::ServerError(Kind::Network), Kind::Network),
        (504, Cause::ServerError(Kind::Network), Kind::Network),
    ] {
        for (which, failure) in failures(status, "text/html", "<h1>no such repository, not found</h1>") {
            assert_eq!((failure.cause, failure.kind()), (cause, kind), "{which}: {status}");
            assert_eq!(failure.status, Some(status), "{which}");
        }
    }
}

#[test]
fn a_truncated_response_is_lost() {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
    for bytes in [
        format!("{head}content-length: 1000\r\n\r\n{FORKED}"),
        format!("{head}transfer-encoding: chunked\r\n\r\n4\r\n{{\"do\r\n"),
        "HTTP/1.1 200 OK\r\ncontent-".to_owned(),
        String::new(),
    ] {
        let server = Server::always(Reply::Bytes(bytes.clone().into_bytes()));
        let (transport, recorder) = observed(server.url(), Some(TOKEN));
        for (which, call) in CALLS {
            let failure = call(&transport).unwrap_err();
            assert_eq!(
                (failure.cause, failure.kind()),
                (Cause::NoResponse, Kind::Network),
                "{which}: {bytes}"
            );
            assert!(failure.may_have_taken_effect(), "{which}: {bytes}");
        }
        assert_eq!(server.requests().len(), CALLS.len(), "each is sent once");
        assert!(recorder.events().last().unwrap().starts_with("failed GET http://"));
    }
}

#[test]
fn a_response_above_the_limit_is_not_read() {
    let body = format!(r#"{{"status":"Success","description":"{}"}}"#, "x".repeat(1024 * 1024));
    let server = responding_with(200, "application/json", &body);
    let transport = transport(&server.base_url());
    for (which, call) in CALLS.iter().filter(|(which, _)| !which.ends_with("/forks")) {
        let failure = call(&transport).unwrap_err();
        assert_eq!(failure.cause, Cause::InvalidResponse, "{which}");
        assert!(failure.message.contains("longer than 1 MiB"), "{which}: {}", failure.message);
    }
}

#[test]
fn a_list_of_forks_may_be_long_and_not_endless() {
    let member = r#"{"database_owner":"anotherOrg","database_name":"museum-collections"}"#;
    let list = |count| format!("{{\"forks\":[{}]}}", vec![member; count].join(","));
    let forks = given(&list(30_000), |transport| v1alpha1::forks(transport, &museum())).unwrap();
    assert_eq!(forks.list.len(), 30_000);

    let endless = Server::start(|_, _| {
        let mut bytes = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{\"forks\":[".to_vec();
        bytes.resize(65 * 1024 * 1024, b' ');
        Reply::Bytes(bytes)
    });
    let failure = v1alpha1::forks(&transport(endless.url()), &museum()).unwrap_err();
    assert_eq!(failure.cause, Cause::InvalidResponse);
    assert!(failure.message.contains("longer than 64 MiB"), "{}", failure.message);
}
