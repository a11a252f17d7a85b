//! Both versions of the API on one state, and services with one of them alone.

use super::super::super::Gone;
use super::*;

/// The name of an operation under v1alpha1, from its id.
fn name_of(id: &str) -> String {
    format!("operations/{}", id.rsplit('/').next().unwrap())
}

#[test]
fn each_version_sees_what_the_other_creates() {
    let emulator = start_quick(0);
    create(&emulator, "dolthub", "old");
    let old = read_anonymously(&emulator, "/databases/dolthub/old").data();
    assert_eq!((&old["visibility"], old.get("description")), (&json!("public"), None));
    assert_eq!(create_database(&emulator, "dolthub", "old", "public").status, 409);

    create_database(&emulator, "dolthub", "new", "public");
    assert_eq!(get_anonymously(&emulator, "/dolthub/new/forks").status, 200);
    let body = r#"{"ownerName":"dolthub","repoName":"new","visibility":"public"}"#;
    assert_eq!(post(&emulator, "/database", body).message(), "dolthub/new already exists");

    create_database(&emulator, "dolthub", "hidden", "private");
    assert_eq!(get_anonymously(&emulator, "/dolthub/hidden/forks").message(), "no such repository");
    assert_eq!(get(&emulator, "/dolthub/hidden/forks").status, 200);
}

#[test]
fn a_description_is_kept_by_both() {
    let emulator = start();
    let body = r#"{"ownerName":"taylor","repoName":"x","visibility":"public","description":"Objects"}"#;
    assert_eq!(post(&emulator, "/database", body).status, 200);
    assert_eq!(read(&emulator, "/databases/taylor/x").data()["description"], "Objects");
}

#[test]
fn a_fork_of_one_version_can_be_polled_under_the_other() {
    let emulator = start_with(Options { fork_delay: Duration::from_millis(500), ..Options::default() });
    create_database(&emulator, "dolthub", "x", "public");
    let id = start_fork(&emulator, "dolthub/x", "anotherOrg");
    let name = fork(&emulator, "dolthub", "x");
    assert_eq!(poll(&emulator, &id)["status"], "queued");
    assert_eq!(operation(&emulator, &name_of(&id)).status, 200);

    let listed = read(&emulator, "/databases/dolthub/x/operations").page().1;
    let ids: Vec<_> = listed.iter().map(|operation| operation["id"].as_str().unwrap()).collect();
    assert_eq!((ids.len(), name_of(ids[0]), ids[1]), (2, name.clone(), &id[..]));
    assert_eq!(poll_until_done(&emulator, &name_of(&id))["database_owner"], "anotherOrg");
    let (_, ended) = poll_until_ended(&emulator, ids[0]);
    assert_eq!(ended["result"]["database"], json!({"owner": "taylor", "name": "x"}));
    assert_eq!(fork_into(&emulator, "dolthub/x", "taylor").problem().0, 422);
}

#[test]
fn the_counts_of_a_network_differ_by_its_root() {
    let emulator = start_quick(12);
    let old = get(&emulator, "/dolthub/museum-collections/forks").json();
    let new = read(&emulator, "/databases/dolthub/museum-collections").data();
    assert_eq!((&old["fork_network_count"], &new["fork_network_count"]), (&json!(12), &json!(13)));
    assert_eq!(old["forks"].as_array().map(Vec::len), Some(12));
    assert_eq!(read(&emulator, "/databases/dolthub/museum-collections/forks").page().1.len(), 3);
}

#[test]
fn each_version_refuses_the_scheme_of_the_other() {
    let emulator = start();
    assert_eq!(call(&emulator, "GET /user", &[&token()], "").problem().0, 401);
    assert_eq!(send(&emulator, "GET /user", &[&bearer()], b"").unwrap().message(), "Not authenticated");
}

#[test]
fn a_restart_keeps_what_v2_shows() {
    let folder = tempfile::tempdir().unwrap();
    let options = || Options {
        state: Some(folder.path().join("state")),
        fork_delay: Duration::from_millis(800),
        network: 5,
        ..Options::default()
    };
    let emulator = start_with(options());
    let body = json!({"owner": "dolthub", "name": "x", "visibility": "private", "description": "d"});
    write(&emulator, "/databases", &body);
    let id = start_fork(&emulator, "dolthub/x", "taylor");
    let running = poll(&emulator, &id);
    let paths = [
        "/databases/dolthub/x",
        "/databases/museum-0005/museum-collections",
        "/databases/museum-0001/museum-collections/forks",
    ];
    let before = paths.map(|path| read(&emulator, path).data());
    drop(emulator);

    let emulator = start_with(options());
    assert_eq!(paths.map(|path| read(&emulator, path).data()), before);
    assert_eq!(poll(&emulator, &id), running);
    let (_, ended) = poll_until_ended(&emulator, &id);
    let fork = read(&emulator, "/databases/taylor/x").data();
    drop(emulator);

    let emulator = start_with(options());
    assert_eq!(poll(&emulator, &id), ended);
    assert_eq!(read(&emulator, "/databases/dolthub/x/operations").page().1, [ended]);
    assert_eq!(read(&emulator, "/databases/taylor/x").data(), fork);
}

#[test]
fn a_state_file_of_before_v2_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state");
    let lines = [
        r#"{"event":"created","at":1767225600000,"owner":"dolthub","name":"x","description":"d","visibility":"private"}"#,
        r#"{"event":"forked","at":1767225600001,"operation":"operations/1-2","parent_owner":"dolthub","parent_name":"x","owner":"taylor","due":1767225602001}"#,
        r#"{"event":"filled","at":1767225603000,"forks":2}"#,
    ];
    std::fs::write(&path, lines.join("\n") + "\n").unwrap();
    let emulator = start_with(Options { state: Some(path), ..Options::default() });
    let expected = json!({
        "owner": "taylor", "name": "x", "visibility": "private", "description": "d", "fork_network_count": 2,
        "star_count": 0, "size_bytes": 0, "parent": {"owner": "dolthub", "name": "x"},
        "network_root": {"owner": "dolthub", "name": "x"}
    });
    assert_eq!(read(&emulator, "/databases/taylor/x").data(), expected);
    let museum = read(&emulator, "/databases/museum-0002/museum-collections").data();
    assert_eq!(museum["last_write_at"], "2026-01-01T00:00:03.000Z");
    let operation = json!({
        "id": "owners/dolthub/repos/x/jobs/1-2", "type": "fork", "status": "succeeded",
        "created_at": "2026-01-01T00:00:00.001Z", "cancelable": false,
        "result": {"database": {"owner": "taylor", "name": "x"}}
    });
    assert_eq!(poll(&emulator, "owners/dolthub/repos/x/jobs/1-2"), operation);
}

#[test]
fn a_service_without_v2_knows_nothing_of_its_paths_whatever_the_token() {
    let emulator = start_with(Options { v2: false, network: 1, ..Options::default() });
    let unknown = json!({"status": "Error", "message": "there is nothing at this path"});
    for path in ["", "/user", "/databases/dolthub/museum-collections", "/nowhere"] {
        for headers in [&[][..], &[&bearer()[..]], &[&token()[..]], &["authorization: Bearer wrong"]] {
            let response = call(&emulator, &format!("GET {path}"), headers, "");
            assert_eq!((response.status, response.json()), (404, unknown.clone()), "{path} {headers:?}");
            assert_eq!(response.header("x-request-id"), None);
        }
    }
    let (headers, body) = (["content-type: application/json", &bearer()], r#"{"owner":"taylor"}"#);
    assert_eq!(
        call(&emulator, "POST /databases/dolthub/museum-collections/forks", &headers, body).status,
        404
    );
    assert_eq!(get(&emulator, "/taylor/museum-collections/forks").status, 400, "it was forked");
    assert_eq!(get(&emulator, "/user").status, 200);
}

#[test]
fn a_service_without_v1alpha1_refuses_all_of_it_and_serves_v2() {
    for (gone, status) in [(Gone::NotFound, 404), (Gone::Gone, 410)] {
        let emulator = start_with(Options { v1alpha1_gone: Some(gone), network: 1, ..Options::default() });
        for target in
            ["GET /user", "GET /dolthub/museum-collections/forks", "POST /database", "GET /fork", "GET /x"]
        {
            for headers in [&[][..], &[&token()[..]], &["authorization: token wrong"]] {
                let response = send(&emulator, target, headers, b"{}").unwrap();
                assert_eq!(response.status, status, "{target}");
                assert!(!response.message().is_empty());
            }
        }
        assert_eq!(send_to(&emulator, "GET /", &[], b"").unwrap().status, 404);
        assert_eq!(read(&emulator, "/user").status, 200);
        assert_eq!(fork_into(&emulator, "dolthub/museum-collections", "taylor").status, 202);
    }
}

#[test]
fn a_token_can_be_good_for_v1alpha1_alone() {
    let emulator = start_with(Options { v2_refuses_token: true, network: 1, ..Options::default() });
    let database = "/databases/dolthub/museum-collections";
    for path in ["/user", database, "/operations/x", "/nowhere"] {
        let refused = (401, "UNAUTHENTICATED".to_owned(), "no token found for given API token".to_owned());
        assert_eq!(read(&emulator, path).problem(), refused, "{path}");
    }
    assert_eq!(fork_into(&emulator, "dolthub/museum-collections", "taylor").problem().0, 401);
    let wrong = call(&emulator, "GET /user", &["authorization: Bearer wrong"], "").problem();
    assert!(wrong.2.starts_with("Authentication credentials"), "{wrong:?}");
    assert_eq!(read_anonymously(&emulator, database).status, 200);
    assert_eq!(get(&emulator, "/user").status, 200);
}

#[test]
fn paths_that_only_look_like_v2_are_not_its() {
    let emulator = start();
    for path in ["/api/v2x/user", "/api/v20", "/api/v1/user", "/v2/user", "/API/v2/user"] {
        let response = send_to(&emulator, &format!("GET {path}"), &[], b"").unwrap();
        assert_eq!(
            (response.status, response.message().as_str()),
            (404, "there is nothing at this path"),
            "{path}"
        );
    }
    assert_eq!(send_to(&emulator, "GET /api/v2", &[], b"").unwrap().problem().0, 404);
}
