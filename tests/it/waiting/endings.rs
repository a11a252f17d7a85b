//! What ends a wait: done, failed, a refusal. All of them at the first such response.

use serde_json::{Value, json};

use super::{
    FORK, FORK_STATUS, assert_can_be_resumed, assert_pending_document, both_ways, done, json as reply,
    side_by_side,
};
use crate::support::fork_service::{ForkService, OPERATION};
use crate::support::{Reply, Sandbox};

#[test]
fn a_named_database_is_done_with_done_and_where_done_is_absent() {
    let place = json!({"database_owner": "anotherOrg", "database_name": "Museum-Collections"});
    let responses = [
        ("as documented", json!({"status": "Success", "done": true, "operation_name": "operations/jobs/x"})),
        ("without done", json!({"status": "Success", "operation_name": OPERATION})),
        ("done is null", json!({"status": "Success", "done": null, "operation_name": OPERATION})),
        ("without status", json!({"done": true})),
        ("nothing but the database", json!({})),
        (
            "with fields of a later version",
            json!({"status": "Success", "done": true, "size": [1], "message": ""}),
        ),
    ];
    both_ways(responses, |way, name, mut response| {
        response.as_object_mut().unwrap().extend(place.as_object().unwrap().clone());
        let service = ForkService::script(vec![reply(200, &response.to_string())]);
        let run = Sandbox::at(service.url()).run(&format!("{way} --json"));
        assert_eq!(run.code, Some(0), "{name}, {way}: {run:?}");
        let document = run.document();
        assert_eq!(document["operation"], OPERATION, "{name}, {way}");
        assert_eq!(document["state"], "done", "{name}, {way}");
        let url = format!("{}/repositories/anotherOrg/Museum-Collections", service.url());
        assert_eq!(
            document["fork"],
            json!({"owner": "anotherOrg", "name": "Museum-Collections", "url": url,
                "clone_url": "http://127.0.0.1:50051/anotherOrg/Museum-Collections"}),
            "{name}, {way}"
        );
        assert_eq!(service.polls().len(), 1, "{name}, {way}");
    });
}

#[test]
fn done_without_a_database_is_the_owner_and_the_parents_name_if_both_are_known() {
    let responses = [
        ("left out", r#"{"status":"Success","done":true}"#),
        ("empty", r#"{"status":"Success","done":true,"database_owner":"","database_name":""}"#),
        ("null", r#"{"status":"Success","done":true,"database_owner":null,"database_name":null}"#),
    ];
    both_ways(responses, |way, name, response| {
        let service = ForkService::script(vec![reply(200, response)]);
        let run = Sandbox::at(service.url()).run(&format!("{way} --json"));
        assert_eq!(run.code, Some(0), "{name}, {way}: {run:?}");
        let document = run.document();
        assert_eq!(document["state"], "done", "{name}, {way}");
        let url = format!("{}/repositories/taylor/museum-collections", service.url());
        let fork = if way == FORK {
            json!({"owner": "taylor", "name": "museum-collections", "url": url,
                "clone_url": "http://127.0.0.1:50051/taylor/museum-collections"})
        } else {
            Value::Null
        };
        assert_eq!(document["fork"], fork, "{name}, {way}");
    });
}

#[test]
fn a_status_with_neither_done_nor_a_database_is_pending() {
    let responses = [
        ("success alone", r#"{"status":"Success"}"#.to_owned()),
        ("success and the operation", json!({"status": "Success", "operation_name": OPERATION}).to_string()),
        ("not done", r#"{"status":"Success","done":false}"#.to_owned()),
        ("pending without done", r#"{"status":"Pending"}"#.to_owned()),
        ("without status", json!({"operation_name": OPERATION}).to_string()),
        ("done alone", r#"{"done":false}"#.to_owned()),
        ("empty names", r#"{"status":"Success","database_owner":"","database_name":""}"#.to_owned()),
        ("null names", r#"{"status":"Success","database_owner":null,"database_name":null}"#.to_owned()),
        ("an owner only", r#"{"status":"Success","database_owner":"taylor","database_name":""}"#.to_owned()),
        (
            "a name before its time",
            r#"{"status":"Success","done":false,"database_owner":"taylor","database_name":"x"}"#.to_owned(),
        ),
    ];
    both_ways(responses, |way, name, response| {
        let service = ForkService::script(vec![reply(200, &response), done()]);
        let run = Sandbox::at(service.url()).run(&format!("{way} --json"));
        assert_eq!(run.code, Some(0), "{name}, {way}: {run:?}");
        assert_eq!(run.document()["fork"]["name"], "museum-collections", "{name}, {way}");
        assert_eq!(service.polls().len(), 2, "{name}, {way}");
    });
}

#[test]
fn a_failed_fork_ends_a_wait_with_the_services_message() {
    let full = Some("disk full");
    let responses = [
        ("an error", (r#"{"status":"Error","done":true,"message":"disk full"}"#, full)),
        (
            "an error beside a database",
            (
                r#"{"status":"Error","done":true,"message":"disk full","database_owner":"taylor","database_name":"x"}"#,
                full,
            ),
        ),
        ("an error without words", (r#"{"status":"Error","done":true}"#, None)),
        ("a message and no database", (r#"{"status":"Success","done":true,"message":"disk full"}"#, full)),
        ("no status", (r#"{"done":true,"message":"disk full"}"#, full)),
        (
            "a message and empty names",
            (
                r#"{"status":"Success","done":true,"message":"disk full","database_owner":"","database_name":""}"#,
                full,
            ),
        ),
    ];
    both_ways(responses, |way, name, (response, args)| {
        let service = ForkService::script(vec![reply(200, response)]);
        let run = Sandbox::at(service.url()).run(&format!("{way} --json"));
        assert_eq!(run.code, Some(1), "{name}, {way}: {run:?}");
        let (document, error) = (run.document(), run.error());
        assert_eq!(document["operation"], OPERATION, "{name}, {way}");
        assert_eq!(document["state"], "failed", "{name}, {way}");
        assert_eq!(document["message"].as_str(), args, "{name}, {way}");
        assert!(document["fork"].is_null(), "{name}, {way}: {document}");
        assert_eq!(error["kind"], "operation_failed", "{name}, {way}");
        assert!(args.is_none_or(|args| error["message"] == args), "{name}, {way}: {error}");
        assert_eq!(service.polls().len(), 1, "{name}, {way}");
    });
}

#[test]
fn a_failed_fork_reported_with_400_ends_a_wait_too() {
    both_ways(
        [("400", Reply::Json(400, r#"{"status":"Error","done":true,"message":"disk full"}"#.into()))],
        |way, name, response| {
            let service = ForkService::script(vec![response]);
            let run = Sandbox::at(service.url()).run(&format!("{way} --json"));
            assert_eq!(run.code, Some(1), "{name}, {way}: {run:?}");
            assert_eq!(run.error()["kind"], "operation_failed", "{name}, {way}");
            assert_eq!(run.document()["state"], "failed", "{name}, {way}");
            assert_eq!(run.document()["message"], "disk full", "{name}, {way}");
        },
    );
}

#[test]
fn a_refusal_ends_a_wait_at_once_and_it_can_be_resumed() {
    let refusals = [
        ("401", Reply::refusal(401, "Not authenticated"), 4, "auth", "Not authenticated"),
        ("403", Reply::refusal(403, "no"), 4, "auth", "no"),
        (
            "400",
            Reply::refusal(400, "Error polling an operation status."),
            1,
            "api",
            "Error polling an operation status.",
        ),
        (
            "400 of an unknown one",
            Reply::refusal(400, "operation not found"),
            3,
            "not_found",
            "operation not found",
        ),
        ("an error with status 200", Reply::refusal(200, "Error polling."), 1, "api", "Error polling."),
    ];
    let cases =
        refusals.into_iter().map(|(name, response, code, kind, args)| (name, (response, code, kind, args)));
    both_ways(cases, |way, name, (response, code, kind, args)| {
        let service = ForkService::script(vec![response]);
        let run = Sandbox::at(service.url()).run(&format!("{way} --json"));
        assert_eq!(run.code, Some(code), "{name}, {way}: {run:?}");
        assert_eq!(run.error()["kind"], kind, "{name}, {way}");
        assert!(run.error()["message"].as_str().unwrap().contains(args), "{name}, {way}: {run:?}");
        assert_can_be_resumed(&run, name);
        if way == FORK {
            assert_pending_document(&run, name);
        }
        // A fork is looked up before its wait is given up for want of permission.
        let lookups = usize::from(way == FORK);
        assert_eq!(service.polls().len(), 1 + lookups, "{name}, {way}");
    });
}

#[test]
fn a_wait_reports_a_server_that_may_not_be_a_dolthub() {
    let service = ForkService::script(vec![Reply::html(403, "<h1>Forbidden</h1>")]);
    let run = Sandbox::at(service.url()).run(FORK_STATUS).exits(1);
    assert!(run.err.contains("may not be a DoltHub"), "{run:?}");
    assert_can_be_resumed(&run, "a page");
}

#[test]
fn in_rows_a_wait_that_ends_early_writes_no_row_that_looks_like_a_fork() {
    let responses =
        [Reply::refusal(401, "Not authenticated"), reply(200, r#"{"status":"Error","done":true}"#)];
    side_by_side(responses, |response| {
        let service = ForkService::script(vec![response]);
        let run = Sandbox::at(service.url()).run(FORK);
        assert_eq!(run.out, "", "{run:?}");
        assert!(run.err.contains(OPERATION), "{run:?}");
    });
}
