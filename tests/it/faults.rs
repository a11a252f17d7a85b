//! Network faults, one per row: what dhub does, and how many requests reach the server.

mod api;
mod create;
mod create_unknown;
mod fork;
mod fork_status;
mod fork_unknown;
mod forks;
mod responses;
mod row;
mod tree;
mod waits;

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use row::Row;

/// Most rows wait for a pause or a time limit to pass.
const AT_A_TIME: usize = 32;

/// All of them, those that take longest first.
fn rows() -> Vec<Row> {
    let rows = [
        tree::rows(),
        waits::rows(),
        forks::rows(),
        fork_status::rows(),
        create::rows(),
        fork::rows(),
        fork_unknown::rows(),
        create_unknown::rows(),
        api::rows(),
    ];
    rows.into_iter().flatten().collect()
}

/// The number of rows by command, in a sentence.
pub fn counts() -> String {
    let rows = rows();
    let of = |command: &str| rows.iter().filter(|row| row.command() == command).count();
    format!(
        "{} rows: {} of create, {} of fork, {} of fork-status, {} of forks, {} of api; {} in which the outcome of a \
         POST is open, each with 1 POST",
        rows.len(),
        of("create"),
        of("fork"),
        of("fork-status"),
        of("forks"),
        of("api"),
        rows.iter().filter(|row| row.is_unknown()).count(),
    )
}

#[test]
fn every_fault_has_the_expected_outcome() {
    run(rows(), "v1alpha1");
    println!("faults: {}", counts());
}

#[test]
fn every_fault_has_the_same_outcome_under_v2() {
    let (others, of_v2): (Vec<Row>, Vec<Row>) =
        rows().into_iter().partition(|row| ONLY_V1ALPHA1.contains(&row.name));
    // The paths of `api` are a version's own.
    let of_v2 = of_v2.into_iter().filter(|row| row.command() != "api").collect();
    assert_eq!(others.len(), ONLY_V1ALPHA1.len(), "a name in the list is none of a row");
    run(of_v2, "v2");
}

/// What is about the words, the shape or the bounds of v1alpha1's own responses: v2 says the same in others, and has no list of a
/// whole network. The tests of v2 have their counterparts.
const ONLY_V1ALPHA1: [&str; 21] = [
    "create --if-not-exists: lost, and exists but private",
    "create --if-not-exists: lost, exists, and its visibility is unknown",
    "create: a 404 that is a web page",
    "create: the response is about another's database of this name, and it exists",
    "create: valid, after informational responses",
    "create: valid, in chunks of a byte",
    "create: valid, with unknown fields nested deeply",
    "create: valid, without a content type or a length",
    "fork-status: an empty object",
    "fork: the response is about another parent",
    "fork: the response is about another's parent of this name, and the fork exists",
    "forks --tree: a member is throttled",
    "forks --tree: a member is throttled more often than a lost read is retried",
    "forks --tree: a member's response is lost three times",
    "forks --tree: the connection ends after each response, unannounced",
    "forks --tree: two responses to the first request",
    "forks: 500 with a not-found message",
    "forks: JSON of another service",
    "forks: a list with 8 MiB of nothing in it",
    "forks: a list without end",
    "forks: always an endless page of a gateway",
];

fn run(rows: Vec<Row>, api: &str) {
    let (next, wrong) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..AT_A_TIME {
            scope.spawn(|| {
                while let Some(row) = rows.get(next.fetch_add(1, Ordering::SeqCst)) {
                    // A row that panics must not hide the others.
                    let failures = catch_unwind(AssertUnwindSafe(|| row.failures(api)));
                    let failures = failures.unwrap_or_else(|_| vec!["it panicked; see above".to_owned()]);
                    if !failures.is_empty() {
                        wrong.lock().unwrap().push(format!("{}\n  {}", row.name, failures.join("\n  ")));
                    }
                }
            });
        }
    });
    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "{} of {} faults:\n\n{}", wrong.len(), rows.len(), wrong.join("\n\n"));
}

#[test]
fn fault_names_are_unique() {
    let rows = rows();
    let names: BTreeSet<_> = rows.iter().map(|row| row.name).collect();
    assert_eq!(names.len(), rows.len());
}
