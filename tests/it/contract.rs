//! The contract's own examples, sent by a plain HTTP server, and what dhub makes of them.

use serde_json::{Value, json};

use crate::support::responses::{
    CREATE_REFUSED, CREATED, FORK_REFUSED, FORK_STATUS_REFUSED, FORKED, FORKING, FORKS, FORKS_REFUSED,
    OPERATION,
};
use crate::support::{Recorded, Reply, Run, Sandbox, Server, TOKEN};

/// The target that polls [`OPERATION`].
const POLL: &str = "/api/v1alpha1/fork?operationName=operations%2Fb09a9221-9dcb-4a15-9ca8-a64656946f12";

/// A service that knows the contract's examples and nothing else.
fn service() -> Server {
    Server::start(|request, _| match line(request).as_str() {
        "POST /api/v1alpha1/database" => Reply::Json(200, CREATED.to_owned()),
        "POST /api/v1alpha1/fork" => Reply::Json(200, FORKING.to_owned()),
        "GET /api/v1alpha1/dolthub/museum-collections/forks" => Reply::Json(200, FORKS.to_owned()),
        "GET /api/v1alpha1/dolthub/with-archives/forks" => Reply::Json(400, FORKS_REFUSED.to_owned()),
        line if line == format!("GET {POLL}") => Reply::Json(200, FORKED.to_owned()),
        _ => Reply::html(404, "<h1>Not Found</h1>"),
    })
}

fn line(request: &Recorded) -> String {
    format!("{} {}", request.method, request.target)
}

fn lines(server: &Server) -> Vec<String> {
    server.requests().iter().map(line).collect()
}

fn body(request: &Recorded) -> Value {
    serde_json::from_str(&request.body).unwrap()
}

/// Runs dhub against this server.
fn run<const N: usize>(server: &Server, arguments: [&str; N]) -> Run {
    Sandbox::at(server.url()).run_all(arguments)
}

#[test]
fn create_sends_the_documented_request_and_prints_a_row() {
    let server = service();
    let args = ["db", "create", "dolthub/museum-collections", "--public"];
    let description = ["-d", "Records from museums around the world."];
    let run = Sandbox::at(server.url()).run_all(args.iter().chain(&description)).exits(0);
    assert_eq!(
        run.out,
        format!("dolthub/museum-collections\t{}/repositories/dolthub/museum-collections\n", server.url())
    );
    assert_eq!(run.err, "");

    let requests = server.requests();
    assert_eq!(lines(&server), ["POST /api/v1alpha1/database"]);
    assert_eq!(
        body(&requests[0]),
        json!({
            "description": "Records from museums around the world.", "ownerName": "dolthub",
            "repoName": "museum-collections", "visibility": "public",
        })
    );
    assert_eq!(requests[0].header("authorization"), Some(format!("token {TOKEN}").as_str()));
    assert_eq!(requests[0].header("content-type"), Some("application/json"));
    assert_eq!(requests[0].header("accept"), Some("application/json"));
    assert_eq!(
        requests[0].header("user-agent"),
        Some(concat!("dhub/", env!("CARGO_PKG_VERSION"))),
        "{requests:?}"
    );
}

#[test]
fn create_leaves_the_description_out_when_there_is_none() {
    let server = service();
    run(&server, ["db", "create", "dolthub/museum-collections", "--private"]).exits(0);
    assert_eq!(
        body(&server.requests()[0]),
        json!({"ownerName": "dolthub", "repoName": "museum-collections", "visibility": "private"})
    );
}

#[test]
fn create_prints_the_response_as_json() {
    let server = service();
    let run = run(&server, ["db", "create", "dolthub/museum-collections", "--public", "--json"]).exits(0);
    assert_eq!(
        run.document(),
        json!({
            "owner": "dolthub", "name": "museum-collections", "visibility": "public",
            "description": "Records from museums around the world.",
            "url": format!("{}/repositories/dolthub/museum-collections", server.url()),
            "clone_url": "http://127.0.0.1:50051/dolthub/museum-collections", "created": true,
        })
    );
}

#[test]
fn fork_prints_the_operation_the_parent_and_the_fork_at_once() {
    let server = service();
    let run = run(&server, ["db", "fork", "dolthub/museum-collections", "--owner", "myusername"]).exits(0);
    assert_eq!(run.out, format!("{OPERATION}\tdolthub/museum-collections\tmyusername/museum-collections\n"));
    assert_eq!(lines(&server), ["POST /api/v1alpha1/fork"]);
    assert_eq!(
        body(&server.requests()[0]),
        json!({
            "parentOwnerName": "dolthub", "parentDatabaseName": "museum-collections",
            "ownerName": "myusername",
        })
    );
}

#[test]
fn fork_with_wait_polls_the_percent_encoded_operation_of_the_post() {
    let server = service();
    let args = ["db", "fork", "dolthub/museum-collections", "--owner", "myusername", "--wait"];
    let run = run(&server, args).exits(0);
    assert_eq!(
        run.out,
        format!(
            "myusername/museum-collections\t{}/repositories/myusername/museum-collections\n",
            server.url()
        )
    );
    assert_eq!(lines(&server), ["POST /api/v1alpha1/fork".to_owned(), format!("GET {POLL}")]);
}

#[test]
fn fork_prints_one_document_with_wait_and_without() {
    let server = service();
    let parent = json!({"owner": "dolthub", "name": "museum-collections"});
    let url = format!("{}/repositories/myusername/museum-collections", server.url());
    let args = ["db", "fork", "dolthub/museum-collections", "--owner", "myusername", "--json"];
    assert_eq!(
        run(&server, args).exits(0).document(),
        json!({
            "operation": OPERATION, "state": "pending", "parent": parent, "owner": "myusername",
            "fork": null, "message": null,
        })
    );
    let args = ["db", "fork", "dolthub/museum-collections", "--owner=myusername", "--json", "--wait"];
    assert_eq!(
        run(&server, args).exits(0).document(),
        json!({
            "operation": OPERATION, "state": "done", "parent": parent, "owner": "myusername",
            "fork": fork(&url), "message": null,
        })
    );
}

/// The fork with this page.
fn fork(url: &str) -> Value {
    json!({"owner": "myusername", "name": "museum-collections", "url": url,
        "clone_url": "http://127.0.0.1:50051/myusername/museum-collections"})
}

#[test]
fn fork_status_needs_nothing_but_the_operation() {
    let server = service();
    let url = format!("{}/repositories/myusername/museum-collections", server.url());
    for wait in ["", "--wait"] {
        let sandbox = Sandbox::at(server.url());
        let run = sandbox.run(&format!("db fork-status {OPERATION} {wait}")).exits(0);
        assert_eq!(run.out, format!("{OPERATION}\tdone\tmyusername/museum-collections\n"));
        assert_eq!(run.err, "");
        assert_eq!(
            sandbox.run(&format!("db fork-status {OPERATION} --json {wait}")).exits(0).document(),
            json!({
                "operation": OPERATION, "state": "done", "parent": null, "owner": null,
                "fork": fork(&url),
                "message": null,
            })
        );
    }
    assert!(lines(&server).iter().all(|line| *line == format!("GET {POLL}")), "{:?}", lines(&server));
}

#[test]
fn forks_prints_a_row_for_each_fork_and_one_document() {
    let server = service();
    let page = |owner: &str| format!("{}/repositories/{owner}/museum-collections", server.url());
    let listed = run(&server, ["db", "forks", "dolthub/museum-collections"]).exits(0);
    assert_eq!(listed.out, format!("anotherOrg/museum-collections\t{}\n", page("anotherOrg")));
    assert_eq!(listed.err, "");
    assert_eq!(
        run(&server, ["db", "forks", "dolthub/museum-collections", "--json"]).exits(0).document(),
        json!({
            "owner": "dolthub", "name": "museum-collections", "url": page("dolthub"),
            "clone_url": "http://127.0.0.1:50051/dolthub/museum-collections", "parent": null,
            "root": {"owner": "dolthub", "name": "museum-collections"}, "fork_network_count": 3,
            "forks": [{"owner": "anotherOrg", "name": "museum-collections", "url": page("anotherOrg")}],
        })
    );
}

#[test]
fn forks_needs_no_token() {
    let server = service();
    let sandbox = Sandbox::new().with("DOLTHUB_HOST", server.url());
    sandbox.run("db forks dolthub/museum-collections").exits(0);
    assert_eq!(server.requests()[0].header("authorization"), None);
}

#[test]
fn each_documented_400_is_reported_with_its_message_and_exit_code() {
    let create = "db create dolthub/museum-collections --public";
    let fork = "db fork dolthub/museum-collections --owner myusername";
    let status = format!("db fork-status {OPERATION}");
    let status_wait = format!("db fork-status --wait {OPERATION}");
    let forks = "db forks dolthub/with-archives";
    let museum = "dolthub/museum-collections";
    let polling = "Error polling an operation status.";
    for (args, response, argument, message, request) in [
        (create, CREATE_REFUSED, museum, "Error creating a database.", "POST /api/v1alpha1/database"),
        (fork, FORK_REFUSED, museum, "Error creating a database.", "POST /api/v1alpha1/fork"),
        (status.as_str(), FORK_STATUS_REFUSED, OPERATION, polling, &format!("GET {POLL}")),
        (status_wait.as_str(), FORK_STATUS_REFUSED, OPERATION, polling, &format!("GET {POLL}")),
        (
            forks,
            FORKS_REFUSED,
            "dolthub/with-archives",
            "Error getting the forks list.",
            "GET /api/v1alpha1/dolthub/with-archives/forks",
        ),
    ] {
        let server = Server::always(Reply::Json(400, response.to_owned()));
        let sandbox = Sandbox::at(server.url());
        let run = sandbox.run(args).exits(1);
        assert_eq!(run.out, "");
        assert!(run.err.starts_with("error: "), "{run:?}");
        assert!(run.err.lines().next().unwrap().ends_with(&format!(": {message}")), "{run:?}");
        assert_eq!(lines(&server), [request], "one request, never repeated");

        let run = sandbox.run(&format!("{args} --json")).exits(1);
        assert_eq!(run.out, "");
        assert_eq!(run.err.lines().count(), 1, "{run:?}");
        let error = run.error();
        assert_eq!(error["kind"], "api", "{args}");
        assert_eq!(error["argument"], argument);
        assert_eq!(error["message"], message);
        assert_eq!(error["status"], 400);
        let (method, path) = request.split_once(' ').unwrap();
        assert_eq!(error["request"], format!("{method} {}{path}", server.url()));
    }
}
