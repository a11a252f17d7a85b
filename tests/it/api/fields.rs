//! `-X`, `-f` and `--input`: what is sent.

use serde_json::json;

use super::{at, ok};

/// Method, path with query, and body of the one request that a command sends.
fn sent(args: &[&str]) -> (String, String, String) {
    let (sandbox, server) = at(ok());
    sandbox.run_all([&["api"], args].concat()).exits(0);
    let requests = server.requests();
    assert_eq!(requests.len(), 1);
    let request = requests[0].clone();
    (request.method, request.target.replace("/api/v1alpha1", ""), request.body)
}

fn is(method: &str, target: &str, body: &str) -> (String, String, String) {
    (method.to_owned(), target.to_owned(), body.to_owned())
}

#[test]
fn fields_are_the_json_object_of_a_post_in_their_order() {
    for (args, body) in [
        (&["-f", "a=b"][..], r#"{"a":"b"}"#),
        (&["-f", "z=1", "-f", "a=true", "-f", "m="], r#"{"z":"1","a":"true","m":""}"#),
        (&["-f", "n:=1.10", "-f", "b:=true", "-f", "x:=null"], r#"{"n":1.10,"b":true,"x":null}"#),
        (&["-f", "o:={\"b\": [1, 2], \"a\": 1e400}"], r#"{"o":{"b":[1,2],"a":1e400}}"#),
        (&["-f", "a=x:=1", "-f", "b:=\"x=1\""], r#"{"a":"x:=1","b":"x=1"}"#),
        (&["-f", "ü\"=\n\t\\"], "{\"ü\\\"\":\"\\n\\t\\\\\"}"),
        (&["--field", "a=@file", "--raw-field", "b=-"], r#"{"a":"@file","b":"-"}"#),
        (&["-X", "POST", "-fa=b"], r#"{"a":"b"}"#),
    ] {
        assert_eq!(sent(&[&["fork"], args].concat()), is("POST", "/fork", body), "{args:?}");
    }
}

#[test]
fn a_request_without_fields_is_a_get_and_a_post_without_any_has_no_body() {
    assert_eq!(sent(&["user"]), is("GET", "/user", ""));
    for method in ["POST", "post", "Post"] {
        assert_eq!(sent(&["user", "-X", method]), is("POST", "/user", ""));
    }
}

#[test]
fn fields_of_a_get_are_added_to_its_query() {
    for (args, target) in [
        (
            &["fork", "-X", "GET", "-f", "operationName=operations/a b"][..],
            "/fork?operationName=operations%2Fa%20b",
        ),
        (&["fork?x=1/2", "-X", "get", "-f", "a=ü&", "-f", "a=#+"], "/fork?x=1/2&a=%C3%BC%26&a=%23%2B"),
        (
            &["fork", "-XGET", "-f", "n:=1.10", "-f", "s:=\"x\\n\"", "-f", "l:=[1]"],
            "/fork?n=1.10&s=x%0A&l=%5B1%5D",
        ),
    ] {
        assert_eq!(sent(args), is("GET", target, ""), "{args:?}");
    }
}

#[test]
fn input_is_sent_as_it_is_from_a_file_or_from_stdin() {
    let body = "{\"a\" : 1.0,\n \"a\":2}\n";
    let (sandbox, server) = at(ok());
    std::fs::write(sandbox.home().join("body.json"), body).unwrap();
    sandbox.run("api fork --input body.json").exits(0);
    sandbox.run_with_stdin("api fork?x=1 --input -", body).exits(0);
    sandbox.run_with_stdin("api fork --input=-", "not JSON \u{1b}").exits(0);
    sandbox.run("api fork --input -").exits(0);
    let requests = server.requests();
    let sent = |number: usize| (requests[number].method.as_str(), requests[number].body.as_str());
    assert_eq!([sent(0), sent(1)], [("POST", body); 2]);
    assert_eq!(requests[1].target, "/api/v1alpha1/fork?x=1");
    assert_eq!([sent(2), sent(3)], [("POST", "not JSON \u{1b}"), ("POST", "")]);
    assert!(requests.iter().all(|request| request.header("content-type") == Some("application/json")));
}

#[test]
fn what_cannot_be_meant_is_a_usage_error_before_any_request() {
    let (sandbox, server) = at(ok());
    std::fs::write(sandbox.home().join("body"), "{}").unwrap();
    let long = format!("a={}", "b".repeat(40_000));
    for (args, says) in [
        (&["fork", "-f", "a"][..], "neither KEY=VALUE nor KEY:=JSON"),
        (&["fork", "-f", "=a"], "its key is empty"),
        (&["fork", "-f", "a:={"], "not JSON"),
        (&["fork", "-f", "a:=1 2"], "not JSON"),
        (&["fork", "-f", "a=1", "-f", "a:=2"], "-f sets \"a\" twice"),
        (&["fork", "-X", "PUT"], "GET, POST"),
        (&["fork", "-X", "DELETE"], "GET, POST"),
        (&["fork", "-X", ""], "GET, POST"),
        (&["fork", "--input", "body", "-f", "a=b"], "cannot be used with"),
        (&["fork", "--input", "body", "-X", "GET"], "a GET has none"),
        (&["fork", "--input", "missing"], "No such file"),
        (&["fork", "--input", "."], "directory"),
        (&["fork", "-X", "GET", "-f", &long], "longer than 32 KiB"),
        (&["fork", "user"], "unexpected argument"),
        (&["fork", "-F", "a=1"], "KEY:=JSON"),
        (&["fork", "-o", "csv"], "a response is JSON"),
        (&[], "PATH"),
    ] {
        let run = sandbox.run_all([&["api"], args].concat()).exits(2);
        assert!(run.err.contains(says) && run.out.is_empty(), "{args:?}: {run:?}");
        let error = sandbox.run_all([&["--json", "api"], args].concat()).exits(2).error();
        assert_eq!(error["kind"], json!("usage"), "{args:?}");
    }
    assert!(server.requests().is_empty());
}
