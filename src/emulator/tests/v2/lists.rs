//! Forks, operations and branches, in pages.

use super::*;

/// Every item of a list, page by page, and the sizes of the pages.
fn all(emulator: &Emulator, path: &str) -> (Vec<usize>, Vec<Value>) {
    let (mut sizes, mut items) = (Vec::new(), Vec::new());
    let mut page = read(emulator, path).page();
    loop {
        sizes.push(page.1.len());
        items.extend(page.1);
        let Some(token) = page.0 else {
            return (sizes, items);
        };
        page = read(emulator, &format!("{path}?page_token={}", encoded(&token))).page();
    }
}

fn encoded(token: &str) -> String {
    url::form_urlencoded::byte_serialize(token.as_bytes()).collect()
}

/// An emulator with 250 immediate forks of `dolthub/x`, by as many organizations.
fn start_with_children() -> (Emulator, Vec<Value>) {
    let organizations: Vec<_> = (0..250).map(|number| format!("org-{number}")).collect();
    let organizations =
        ["dolthub", "anotherOrg"].map(str::to_owned).into_iter().chain(organizations).collect();
    let options = Options { fork_delay: Duration::ZERO, organizations, ..Options::default() };
    let emulator = start_with(options);
    create_database(&emulator, "dolthub", "x", "public");
    for number in 0..250 {
        start_fork(&emulator, "dolthub/x", &format!("org-{number}"));
    }
    let expected = (0..250).map(|number| json!({"owner": format!("org-{number}"), "name": "x"})).collect();
    (emulator, expected)
}

#[test]
fn lists_come_in_pages_of_100_which_together_have_each_item_once() {
    let (emulator, expected) = start_with_children();
    assert_eq!(all(&emulator, "/databases/dolthub/x/forks"), (vec![100, 100, 50], expected));

    let (sizes, operations) = all(&emulator, "/databases/dolthub/x/operations");
    assert_eq!(sizes, [100, 100, 50]);
    let owners: Vec<_> =
        operations.iter().map(|operation| &operation["result"]["database"]["owner"]).collect();
    let newest_first: Vec<_> = (0..250).rev().map(|number| json!(format!("org-{number}"))).collect();
    assert_eq!(owners, newest_first.iter().collect::<Vec<_>>());
}

#[test]
fn what_is_added_between_two_pages_moves_none() {
    let (emulator, _) = start_with_children();
    create_database(&emulator, "dolthub", "y", "public");
    for list in ["forks", "operations"] {
        let path = format!("/databases/dolthub/x/{list}");
        let token = read(&emulator, &path).page().0.unwrap();
        let second = || read(&emulator, &format!("{path}?page_token={}", encoded(&token))).page();
        let before = second();
        start_fork(&emulator, "dolthub/x", if list == "forks" { "taylor" } else { "anotherOrg" });
        assert_eq!(second(), before, "{list}");
    }
}

#[test]
fn a_list_of_exactly_100_is_one_page() {
    let organizations: Vec<_> = (0..100).map(|number| format!("org-{number}")).collect();
    let organizations = organizations.into_iter().chain(["dolthub".to_owned()]).collect();
    let options = Options { fork_delay: Duration::ZERO, organizations, ..Options::default() };
    let emulator = start_with(options);
    create_database(&emulator, "dolthub", "x", "public");
    for number in 0..100 {
        start_fork(&emulator, "dolthub/x", &format!("org-{number}"));
    }
    for list in ["forks", "operations"] {
        assert_eq!(all(&emulator, &format!("/databases/dolthub/x/{list}")).0, [100], "{list}");
    }
}

#[test]
fn a_page_token_is_good_for_its_own_list_only() {
    let (emulator, _) = start_with_children();
    create_database(&emulator, "dolthub", "y", "public");
    let token = |list: &str| read(&emulator, &format!("/databases/dolthub/x/{list}")).page().0.unwrap();
    let (forks, operations) = (token("forks"), token("operations"));
    assert_ne!(forks, operations);
    let invalid = (400, "VALIDATION_FAILED".to_owned(), "page_token is not valid".to_owned());
    let doubled = format!("{0}&page_token={0}", encoded(&forks));
    for list in ["forks", "operations", "branches"] {
        for (database, bad) in [
            ("x", String::new()),
            ("x", "1".to_owned()),
            ("x", "100".to_owned()),
            ("x", "null".to_owned()),
            ("x", "%FF%00".to_owned()),
            ("x", "ffffffffffffffff%2B0000000000000000%2F%3D%3D".to_owned()),
            ("x", encoded(if list == "forks" { &operations } else { &forks })),
            ("x", forks.clone()),
            ("y", encoded(if list == "forks" { &forks } else { &operations })),
        ] {
            let response = read(&emulator, &format!("/databases/dolthub/{database}/{list}?page_token={bad}"));
            assert_eq!(response.problem(), invalid, "{list}: {bad}");
        }
        let response = read(&emulator, &format!("/databases/dolthub/x/{list}?page_token={doubled}"));
        assert_eq!(response.problem().0, 400, "{list}");
        let response = read(&emulator, &format!("/databases/dolthub/x/{list}?per_page=7&x"));
        assert_eq!(response.status, 200, "{list}");
    }
}

#[test]
fn the_forks_of_a_database_are_its_immediate_ones() {
    let emulator = start_quick(40);
    let owners = |owner: &str| -> Vec<String> {
        let page =
            read_anonymously(&emulator, &format!("/databases/{owner}/museum-collections/forks")).page().1;
        page.iter().map(|fork| fork["owner"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(owners("dolthub"), ["museum-0001", "museum-0002", "museum-0003"]);
    assert_eq!(owners("museum-0013"), ["museum-0040"]);
    assert!(owners("museum-0040").is_empty());
    start_fork(&emulator, "museum-0013/museum-collections", "taylor");
    assert_eq!(owners("museum-0013"), ["museum-0040", "taylor"]);
    assert_eq!(owners("dolthub").len(), 3);
}

#[test]
fn walking_the_immediate_forks_finds_the_whole_network() {
    let emulator = start_quick(40);
    let mut open = vec!["dolthub".to_owned()];
    let mut found = 0;
    while let Some(owner) = open.pop() {
        found += 1;
        let path = format!("/databases/{owner}/museum-collections");
        assert_eq!(read(&emulator, &path).data()["fork_network_count"], 41);
        let forks = all(&emulator, &format!("{path}/forks")).1;
        open.extend(forks.iter().map(|fork| fork["owner"].as_str().unwrap().to_owned()));
    }
    assert_eq!(found, 41);
}

/// The id and status of each operation of a database.
fn states(emulator: &Emulator, database: &str) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let page = read_anonymously(emulator, &format!("/databases/{database}/operations")).page().1;
    page.iter().map(|operation| (text(&operation["id"]), text(&operation["status"]))).collect()
}

#[test]
fn looking_at_a_list_of_operations_is_no_poll() {
    let emulator = start_with(Options { fork_delay: Duration::from_secs(3_600), ..Options::default() });
    create_database(&emulator, "dolthub", "x", "public");
    assert_eq!(states(&emulator, "dolthub/x"), []);
    let id = start_fork(&emulator, "dolthub/x", "taylor");
    for _ in 0..5 {
        assert_eq!(states(&emulator, "dolthub/x"), [(id.clone(), "queued".to_owned())]);
    }
    while poll(&emulator, &id)["status"] == "queued" {}
    assert_eq!(states(&emulator, "dolthub/x"), [(id, "running".to_owned())]);
}

#[test]
fn an_operation_is_listed_under_the_database_that_is_forked_whatever_became_of_it() {
    let emulator = start_with(Options { fork_delay: Duration::from_millis(400), ..Options::default() });
    create_database(&emulator, "dolthub", "x", "public");
    let fails = start_fork(&emulator, "dolthub/x", "anotherOrg");
    create_database(&emulator, "anotherOrg", "x", "public");
    let succeeds = start_fork(&emulator, "dolthub/x", "taylor");
    poll_until_ended(&emulator, &fails);
    poll_until_ended(&emulator, &succeeds);
    let state = |id: &str, status: &str| (id.to_owned(), status.to_owned());
    assert_eq!(states(&emulator, "dolthub/x"), [state(&succeeds, "succeeded"), state(&fails, "failed")]);
    let listed = read(&emulator, "/databases/dolthub/x/operations").page().1;
    assert_eq!(listed, [poll(&emulator, &succeeds), poll(&emulator, &fails)]);
    assert_eq!((states(&emulator, "taylor/x"), states(&emulator, "anotherOrg/x")), (vec![], vec![]));
}
