//! Method, path, encoding, headers and body of every request.

use std::sync::{Arc, Mutex};

use dhub::api::{NewDatabase, Transport, v1alpha1};
use dhub::names::{Database, Operation, Visibility};
use httpmock::{HttpMockRequest, HttpMockResponse, MockServer};
use serde_json::{Value, json};

use super::{museum, observed, transport};
use crate::support::TOKEN;
use crate::support::responses::{ANY_FORKING, ANY_FORKS, CREATED, FORKED, FORKING, FORKS, OPERATION};

const USER: &str = r#"{"status":"Success","username":"jdoe"}"#;

/// A mock server that responds to everything with `response` and keeps each request.
pub(super) struct Mock {
    server: MockServer,
    requests: Arc<Mutex<Vec<HttpMockRequest>>>,
}

impl Mock {
    pub(super) fn responding_with(response: &'static str) -> Self {
        let server = MockServer::start();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let log = requests.clone();
        server.mock(|when, then| {
            when.any_request();
            then.respond_with(move |request: &HttpMockRequest| {
                log.lock().unwrap().push(request.clone());
                HttpMockResponse::builder()
                    .status(200)
                    .header("content-type", "application/json")
                    .body(response)
                    .build()
            });
        });
        Mock { server, requests }
    }

    pub(super) fn url(&self) -> String {
        self.server.base_url()
    }

    /// The only request that came.
    #[track_caller]
    pub(super) fn request(&self) -> HttpMockRequest {
        let requests = self.requests.lock().unwrap();
        assert_eq!(requests.len(), 1, "{requests:?}");
        requests[0].clone()
    }

    /// Method and target of the only request that came.
    #[track_caller]
    pub(super) fn line(&self) -> String {
        let request = self.request();
        // The mock server puts its own address before the target.
        let target = request.uri_str().strip_prefix(&self.url()).unwrap();
        format!("{} {target}", request.method_str())
    }

    /// The body of the only request that came.
    #[track_caller]
    pub(super) fn json(&self) -> Value {
        serde_json::from_slice(self.request().body_ref()).unwrap()
    }
}

/// All values of a header.
pub(super) fn header<'a>(request: &'a HttpMockRequest, name: &str) -> Vec<&'a str> {
    let named = request.headers_vec().iter().filter(|(known, _)| known.eq_ignore_ascii_case(name));
    named.map(|(_, value)| value.as_str()).collect()
}

fn public(database: &Database) -> NewDatabase<'_> {
    NewDatabase { database, visibility: Visibility::Public, description: None }
}

/// Sends one request of each kind; returns which.
fn all_requests(token: Option<&str>, anonymous: bool) -> Vec<(&'static str, HttpMockRequest)> {
    let send = |response, which: fn(&Transport)| {
        let mock = Mock::responding_with(response);
        let (transport, _) = observed(&mock.url(), token);
        which(&if anonymous { transport.anonymous() } else { transport });
        mock.request()
    };
    vec![
        (
            "create",
            send(CREATED, |transport| drop(v1alpha1::create_database(transport, public(&museum())).unwrap())),
        ),
        ("fork", send(FORKING, |transport| drop(v1alpha1::fork(transport, &museum(), "taylor").unwrap()))),
        (
            "fork status",
            send(FORKED, |transport| {
                v1alpha1::fork_status(transport, &Operation::parse(OPERATION).unwrap(), None).unwrap();
            }),
        ),
        ("forks", send(FORKS, |transport| drop(v1alpha1::forks(transport, &museum()).unwrap()))),
        ("user", send(USER, |transport| drop(v1alpha1::user(transport).unwrap()))),
    ]
}

#[test]
fn create_posts_the_documented_body_to_database() {
    let mock = Mock::responding_with(CREATED);
    let new = NewDatabase {
        database: &museum(),
        visibility: Visibility::Private,
        description: Some("Records from museums \"around\" the wörld."),
    };
    v1alpha1::create_database(&transport(&mock.url()), new).unwrap();
    assert_eq!(mock.line(), "POST /api/v1alpha1/database");
    assert_eq!(
        mock.json(),
        json!({
            "description": "Records from museums \"around\" the wörld.", "ownerName": "dolthub",
            "repoName": "museum-collections", "visibility": "private",
        })
    );
}

#[test]
fn a_description_is_left_out_when_not_given_and_kept_when_empty() {
    let without = json!({"ownerName": "dolthub", "repoName": "museum-collections", "visibility": "public"});
    let mut empty = without.clone();
    empty["description"] = json!("");
    for (description, body) in [(None, without), (Some(""), empty)] {
        let mock = Mock::responding_with(CREATED);
        v1alpha1::create_database(&transport(&mock.url()), NewDatabase { description, ..public(&museum()) })
            .unwrap();
        assert_eq!(mock.json(), body);
    }
}

#[test]
fn fork_posts_the_documented_body_to_fork() {
    let mock = Mock::responding_with(ANY_FORKING);
    v1alpha1::fork(&transport(&mock.url()), &Database::new("döl&th=ub", "x+y"), "tay\"lor").unwrap();
    assert_eq!(mock.line(), "POST /api/v1alpha1/fork");
    assert_eq!(
        mock.json(),
        json!({"parentOwnerName": "döl&th=ub", "parentDatabaseName": "x+y", "ownerName": "tay\"lor"})
    );
}

#[test]
fn an_operations_name_is_one_percent_encoded_query_value() {
    for (name, encoded) in [
        (OPERATION, "operations%2Fb09a9221-9dcb-4a15-9ca8-a64656946f12"),
        ("operations/jobs/1", "operations%2Fjobs%2F1"),
        ("a&b=c+d#e?f", "a%26b%3Dc%2Bd%23e%3Ff"),
        ("ü~._-%2F", "%C3%BC~._-%252F"),
        ("博;:@!$'()*,", "%E5%8D%9A%3B%3A%40%21%24%27%28%29%2A%2C"),
    ] {
        let mock = Mock::responding_with(FORKED);
        v1alpha1::fork_status(&transport(&mock.url()), &Operation::parse(name).unwrap(), None).unwrap();
        assert_eq!(mock.line(), format!("GET /api/v1alpha1/fork?operationName={encoded}"));
    }
}

#[test]
fn owner_and_name_are_one_percent_encoded_path_segment_each() {
    for (owner, name, path) in [
        ("dolthub", "museum-collections", "dolthub/museum-collections"),
        ("a_b.c~d", "-x-", "a_b.c~d/-x-"),
        ("ü", "a&b=c+d", "%C3%BC/a%26b%3Dc%2Bd"),
        ("a@b:c", "[x]\\^`{|}", "a%40b%3Ac/%5Bx%5D%5C%5E%60%7B%7C%7D"),
        ("\"<>", "…", "%22%3C%3E/%E2%80%A6"),
        ("...", "x;y,z!", ".../x%3By%2Cz%21"),
        // Names from a service may hold what a user may not write.
        ("a/b", "c?d#e%2f f", "a%2Fb/c%3Fd%23e%252f%20f"),
    ] {
        let mock = Mock::responding_with(ANY_FORKS);
        v1alpha1::forks(&transport(&mock.url()), &Database::new(owner, name)).unwrap();
        assert_eq!(mock.line(), format!("GET /api/v1alpha1/{path}/forks"));
    }
}

#[test]
fn user_is_requested_with_a_get() {
    let mock = Mock::responding_with(USER);
    v1alpha1::user(&transport(&mock.url())).unwrap();
    assert_eq!(mock.line(), "GET /api/v1alpha1/user");
}

#[test]
fn every_request_has_authorization_accept_and_user_agent() {
    for (which, request) in all_requests(Some(TOKEN), false) {
        assert_eq!(header(&request, "authorization"), [format!("token {TOKEN}")], "{which}");
        assert_eq!(header(&request, "accept"), ["application/json"], "{which}");
        let dhub = format!("dhub/{}", env!("CARGO_PKG_VERSION"));
        assert_eq!(header(&request, "user-agent"), [dhub], "{which}");
    }
}

#[test]
fn only_a_post_has_a_json_body() {
    for (which, request) in all_requests(Some(TOKEN), false) {
        let is_post = request.method_str() == "POST";
        let content_type: &[&str] = if is_post { &["application/json"] } else { &[] };
        assert_eq!(header(&request, "content-type"), content_type, "{which}");
        assert_eq!(request.body_ref().is_empty(), !is_post, "{which}");
    }
}

#[test]
fn without_a_token_and_anonymously_there_is_no_authorization() {
    for (token, anonymous) in [(None, false), (None, true), (Some(TOKEN), true)] {
        for (which, request) in all_requests(token, anonymous) {
            assert_eq!(header(&request, "authorization"), [""; 0], "{which}");
            assert!(!request.uri_str().contains(TOKEN), "{which}");
            assert_eq!(header(&request, "accept"), ["application/json"], "{which}");
        }
    }
}

#[test]
fn a_base_path_of_the_host_is_kept() {
    for (base, path) in [("/doltlab", "/doltlab"), ("/a/b/", "/a/b"), ("/", "")] {
        let mock = Mock::responding_with(FORKED);
        let operation = Operation::parse("operations/x").unwrap();
        v1alpha1::fork_status(&transport(&format!("{}{base}", mock.url())), &operation, None).unwrap();
        assert_eq!(mock.line(), format!("GET {path}/api/v1alpha1/fork?operationName=operations%2Fx"));
    }
}

#[test]
fn the_observer_sees_requests_and_responses_and_never_the_token() {
    let mock = Mock::responding_with(USER);
    let (transport, recorder) = observed(&mock.url(), Some(TOKEN));
    v1alpha1::user(&transport).unwrap();
    drop(mock);
    let request = recorder.events()[0].strip_prefix("sending ").unwrap().to_owned();
    assert!(request.starts_with("GET http://") && request.ends_with("/api/v1alpha1/user"), "{request}");
    let events = recorder.events();
    assert_eq!(
        events,
        [format!("sending {request}"), format!("received {request}: 200, {} bytes", USER.len())]
    );
}
