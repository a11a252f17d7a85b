//! Method, path, encoding, headers and body of every request under v2, in one attempt.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use dhub::api::{NewDatabase, Observer, Options, Transport, v2};
use dhub::names::{Database, Host, Operation, Visibility};
use dhub::token::Token;
use httpmock::{HttpMockRequest, HttpMockResponse, MockServer};
use serde_json::{Value, json};

use crate::support::TOKEN;

const DATABASE: &str = r#"{"data":{"owner":"dolthub","name":"museum","visibility":"public","fork_network_count":1,"star_count":0,"size_bytes":0}}"#;
const ACCEPTED: &str = r#"{"data":{"id":"owners/taylor/repos/museum/jobs/1","href":"https://evil.example/api/v2/operations/1"}}"#;
const FORKED: &str =
    r#"{"data":{"id":"x","status":"succeeded","result":{"database":{"owner":"taylor","name":"museum"}}}}"#;

struct Silent;

impl Observer for Silent {
    fn sending(&self, _: &str, _: Option<&[u8]>) {}
    fn received(&self, _: &str, _: u16, _: &[u8], _: Duration) {}
    fn failed(&self, _: &str, _: &str, _: Duration) {}
    fn delayed(&self, _: &str) {}
}

fn museum() -> Database {
    Database::new("dolthub", "museum")
}

fn transport(url: &str, token: Option<&str>) -> Transport {
    let token = token.map(|token| Token::parse(token).unwrap());
    let options = Options { request_timeout: Duration::from_secs(30), ca_file: None };
    let credentials = token.as_ref().map(v2::credentials);
    Transport::new(&Host::parse(url).unwrap(), v2::BASE_PATH, credentials, &options, Arc::new(Silent))
        .unwrap()
}

/// The only request that `send` makes of a server that responds like this, with its target.
#[track_caller]
fn request_to(
    response: &'static str,
    token: Option<&str>,
    send: impl FnOnce(&Transport),
) -> (String, HttpMockRequest) {
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
    send(&transport(&server.base_url(), token));
    let mut requests = requests.lock().unwrap();
    assert_eq!(requests.len(), 1, "{requests:?}");
    let request = requests.remove(0);
    let target = request.uri_str().strip_prefix(&server.base_url()).unwrap().to_owned();
    (format!("{} {target}", request.method_str()), request)
}

fn request(response: &'static str, send: impl FnOnce(&Transport)) -> (String, HttpMockRequest) {
    request_to(response, Some(TOKEN), send)
}

fn body(request: &HttpMockRequest) -> Value {
    serde_json::from_slice(request.body_ref()).unwrap()
}

fn header<'a>(request: &'a HttpMockRequest, name: &str) -> Vec<&'a str> {
    let named = request.headers_vec().iter().filter(|(known, _)| known.eq_ignore_ascii_case(name));
    named.map(|(_, value)| value.as_str()).collect()
}

#[test]
fn create_posts_a_closed_body_to_databases() {
    let visibility = Visibility::Private;
    for (description, extra) in [(None, None), (Some(""), Some("")), (Some("\"wörld\""), Some("\"wörld\""))]
    {
        let database = museum();
        let new = NewDatabase { database: &database, visibility, description };
        let (line, request) =
            request(DATABASE, |transport| drop(v2::create_database(transport, new).unwrap()));
        assert_eq!(line, "POST /api/v2/databases");
        let mut expected = json!({"owner": "dolthub", "name": "museum", "visibility": "private"});
        if let Some(extra) = extra {
            expected["description"] = json!(extra);
        }
        assert_eq!(body(&request), expected);
        assert_eq!(header(&request, "content-type"), ["application/json"]);
        assert_eq!(header(&request, "connection"), ["close"]);
    }
}

#[test]
fn fork_posts_its_owner_to_the_parents_forks() {
    let parent = Database::new("döl/hub", "a b");
    let (line, request) =
        request(ACCEPTED, |transport| drop(v2::fork(transport, &parent, "tay\"lor").unwrap()));
    assert_eq!(line, "POST /api/v2/databases/d%C3%B6l%2Fhub/a%20b/forks");
    assert_eq!(body(&request), json!({"owner": "tay\"lor"}));
}

#[test]
fn an_operations_id_is_one_percent_encoded_segment() {
    for (id, encoded) in [
        ("owners/taylor/repos/museum/jobs/1", "owners%2Ftaylor%2Frepos%2Fmuseum%2Fjobs%2F1"),
        ("a?b#c%2F", "a%3Fb%23c%252F"),
        ("...", "..."),
    ] {
        let operation = Operation::parse(id).unwrap();
        let (line, _) =
            request(FORKED, |transport| drop(v2::fork_status(transport, &operation, None).unwrap()));
        assert_eq!(line, format!("GET /api/v2/operations/{encoded}"));
    }
}

#[test]
fn databases_forks_branches_and_the_user_are_requested_with_a_get() {
    let (line, _) = request(DATABASE, |transport| drop(v2::details(transport, &museum()).unwrap()));
    assert_eq!(line, "GET /api/v2/databases/dolthub/museum");
    let (line, fresh) =
        request(DATABASE, |transport| drop(v2::database(transport, &museum(), None).unwrap()));
    assert_eq!(line, "GET /api/v2/databases/dolthub/museum");
    assert_eq!(header(&fresh, "connection"), ["close"], "it decides what becomes of a change");
    let (line, _) = request(r#"{"data":[]}"#, |transport| drop(v2::forks_page(transport, &museum(), None)));
    assert_eq!(line, "GET /api/v2/databases/dolthub/museum/forks");
    let (line, _) =
        request(r#"{"data":[]}"#, |transport| drop(v2::forks_page(transport, &museum(), Some("a+b/="))));
    assert_eq!(line, "GET /api/v2/databases/dolthub/museum/forks?page_token=a%2Bb%2F%3D");
    let (line, _) = request(r#"{"data":[{"name":"main","head_commit_sha":"x"}]}"#, |transport| {
        assert!(v2::has_branch(transport, &museum()).unwrap());
    });
    assert_eq!(line, "GET /api/v2/databases/dolthub/museum/branches");
    let (line, _) = request(r#"{"data":{"username":"taylor"}}"#, |transport| {
        assert_eq!(v2::user(transport).unwrap(), "taylor");
    });
    assert_eq!(line, "GET /api/v2/user");
}

#[test]
fn a_token_is_a_bearers_and_without_one_there_is_no_authorization() {
    let send = |transport: &Transport| drop(v2::details(transport, &museum()).unwrap());
    let (_, request) = request_to(DATABASE, Some(TOKEN), send);
    assert_eq!(header(&request, "authorization"), [format!("Bearer {TOKEN}")]);
    assert_eq!(header(&request, "accept"), ["application/json"]);
    let (_, request) = request_to(DATABASE, None, send);
    assert_eq!(header(&request, "authorization"), [""; 0]);
}
