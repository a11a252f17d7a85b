//! Requests to any endpoint: method, path, query, headers and body, and what becomes of the response.

use std::time::Instant;

use dhub::api::{
    Client, Failure, Interrupted, Options, RawMethod, RawRequest, Response, WriteHook, base_path,
};
use dhub::names::{ApiVersion, Endpoint, Host};
use dhub::token::Token;

use super::Recorder;
use super::sent::{Mock, header};
use crate::support::TOKEN;

const USER: &str = "{ \"status\": \"Success\", \"n\": 1.10 }\n";

struct Unwatched;

impl WriteHook for Unwatched {
    fn before_attempt(&self) -> Result<(), Interrupted> {
        Ok(())
    }

    fn had_no_effect(&self) {}

    fn deadline(&self) -> Option<Instant> {
        None
    }
}

/// Sends a request to `path` at this address, whose base path may be any.
fn send(
    url: &str,
    token: Option<&str>,
    path: &str,
    method: RawMethod,
) -> (Result<(), Failure>, Option<Response>) {
    let (host, version) = (Host::parse(url).unwrap(), ApiVersion::default());
    let token = token.map(|token| Token::parse(token).unwrap());
    let options = Options { request_timeout: std::time::Duration::from_secs(30), ca_file: None };
    let client =
        Client::new(&host, version, token.as_ref(), &options, std::sync::Arc::<Recorder>::default()).unwrap();
    let endpoint = Endpoint::parse(path, &host, base_path(version)).unwrap();
    client.raw(&RawRequest { endpoint, method }, &Unwatched)
}

#[test]
fn a_get_is_sent_to_the_path_below_the_base_with_its_query_as_it_is_written() {
    for (path, line) in [
        ("user", "GET /api/v1alpha1/user"),
        ("/api/v1alpha1/user", "GET /api/v1alpha1/user"),
        ("a%2Fb/ü/forks/", "GET /api/v1alpha1/a%2Fb/%C3%BC/forks/"),
        (
            "fork?operationName=a/../b&x=%2e%2E+1 2",
            "GET /api/v1alpha1/fork?operationName=a/../b&x=%2e%2E+1%202",
        ),
        ("a;b=c,d'(e)*!$&", "GET /api/v1alpha1/a;b=c,d'(e)*!$&"),
    ] {
        let mock = Mock::responding_with(USER);
        send(&mock.url(), Some(TOKEN), path, RawMethod::Get).0.unwrap();
        assert_eq!(mock.line(), line);
        let request = mock.request();
        assert_eq!(header(&request, "authorization"), [format!("token {TOKEN}")]);
        assert_eq!(header(&request, "accept"), ["application/json"]);
        assert_eq!(header(&request, "content-type"), [""; 0]);
        assert_eq!(header(&request, "connection"), [""; 0]);
        assert!(request.body_ref().is_empty());
    }
}

#[test]
fn a_post_is_sent_with_the_bytes_of_its_body_on_a_connection_of_its_own() {
    for body in ["{\"a\": 1.0,\n\"a\":2}", "", "no JSON"] {
        let mock = Mock::responding_with(USER);
        let method = RawMethod::Post(Some(body.as_bytes().to_vec()));
        send(&format!("{}/lab", mock.url()), Some(TOKEN), "fork?x=1", method).0.unwrap();
        assert_eq!(mock.line(), "POST /lab/api/v1alpha1/fork?x=1");
        let request = mock.request();
        assert_eq!(request.body_ref(), body.as_bytes());
        assert_eq!(header(&request, "authorization"), [format!("token {TOKEN}")]);
        assert_eq!(header(&request, "content-type"), ["application/json"]);
        assert_eq!(header(&request, "content-length"), [body.len().to_string()]);
        assert_eq!(header(&request, "connection"), ["close"]);
    }
    let mock = Mock::responding_with(USER);
    send(&mock.url(), Some(TOKEN), "fork", RawMethod::Post(None)).0.unwrap();
    let request = mock.request();
    assert!(request.body_ref().is_empty());
    assert_eq!(header(&request, "content-type"), [""; 0]);
    assert_eq!(header(&request, "content-length"), ["0"]);
}

#[test]
fn without_a_token_there_is_no_authorization() {
    let mock = Mock::responding_with(USER);
    send(&mock.url(), None, "user", RawMethod::Get).0.unwrap();
    assert_eq!(header(&mock.request(), "authorization"), [""; 0]);
}

#[test]
fn the_response_is_kept_byte_for_byte_with_its_head() {
    let mock = Mock::responding_with(USER);
    let response = send(&mock.url(), None, "user", RawMethod::Get).1.unwrap();
    assert_eq!(response.body, USER.as_bytes());
    let mut lines = response.head.lines();
    assert_eq!(lines.next(), Some("HTTP/1.1 200 OK"));
    assert!(lines.any(|line| line == "content-type: application/json"), "{}", response.head);
}

#[test]
fn the_response_comes_with_the_failure_of_a_refusal() {
    let mock = Mock::responding_with(r#"{"status":"Error","message":"no such repository"}"#);
    let (result, response) = send(&mock.url(), None, "a/b/forks", RawMethod::Get);
    assert!(result.unwrap_err().is_absence());
    assert!(response.unwrap().body.ends_with(b"no such repository\"}"));
}
