//! Any path that is accepted is sent to the same host, below the API's base, and means nothing else there.

use dhub::error::Kind;
use dhub::names::{Endpoint, Host};
use percent_encoding::percent_decode_str;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use url::Url;

use super::{address, cases, text};

const BASE: &str = "/api/v1alpha1";

fn host() -> impl Strategy<Value = Host> {
    let hosts = ["dolthub.com", "http://127.0.0.1:8080", "https://corp.example/doltlab", "http://[::1]/a/b"];
    select(hosts.to_vec()).prop_map(|text| Host::parse(text).unwrap())
}

/// What leads out of a path, among what does not.
fn path() -> impl Strategy<Value = String> {
    let telling = select(vec![
        "/",
        "/",
        "/",
        ".",
        "..",
        "%2e",
        "%2E",
        "%252e",
        "%2f",
        "%252F",
        "%5c",
        "\\",
        ";",
        "?",
        "#",
        "@",
        ":",
        "//",
        "%",
        "%25",
        "%00",
        "%0a",
        "%20",
        "%c0%ae",
        "%ff",
        "..;",
        "．",
        "‥",
        "∕",
        "\u{200b}",
        " ",
        "\t",
        "=",
        "&",
        "+",
        "'",
        "api",
        "v2",
        "/api/v1alpha1/",
        "https://",
        "http:",
        "www.dolthub.com",
        "127.0.0.1:8080",
    ]);
    let usual = select(vec!["user", "fork", "a", "museum-collections", "forks", "ü", "operationName="]);
    let piece =
        prop_oneof![4 => telling.prop_map(str::to_owned), 5 => usual.prop_map(str::to_owned), 1 => text()];
    prop_oneof![6 => vec(piece, 0..8).prop_map(|pieces| pieces.concat()), 1 => text(), 1 => address()]
}

/// Each way in which a server may read a path: decoded so many times.
fn readings(path: &str) -> Vec<String> {
    let decode = |text: &String| {
        let decoded = percent_decode_str(text).decode_utf8_lossy().into_owned();
        (decoded != *text).then_some(decoded)
    };
    std::iter::successors(Some(path.to_owned()), decode).collect()
}

proptest! {
    #![proptest_config(cases(3_000))]

    #[test]
    fn whatever_path_is_accepted_stays_on_the_host_and_below_the_base(path in path(), host in host()) {
        let endpoint = match Endpoint::parse(&path, &host, BASE) {
            Ok(endpoint) => endpoint,
            Err(error) => {
                prop_assert_eq!(error.kind, Kind::Usage);
                return Ok(());
            }
        };
        // As the transport puts it together.
        let sent = format!("{}{BASE}{endpoint}", host.base());
        let url = Url::parse(&sent).unwrap();
        prop_assert_eq!(url.as_str(), &sent);
        prop_assert_eq!(url.origin(), Url::parse(host.base()).unwrap().origin());
        prop_assert!(url.username().is_empty() && url.password().is_none() && url.fragment().is_none());
        let base = format!("{}{BASE}/", Url::parse(host.base()).unwrap().path().trim_end_matches('/'));
        prop_assert!(url.path().starts_with(&base) && url.path().len() > base.len(), "{sent}");
        for reading in readings(&url.path()[base.len()..]) {
            let mut segments = reading.split(['/', '\\', ';', '?', '#']);
            prop_assert!(segments.all(|segment| !matches!(segment.trim(), "." | "..")), "{sent} is {reading}");
            prop_assert!(!reading.starts_with('/') && !reading.contains("//") && !reading.contains('\\'), "{sent}");
            prop_assert!(!reading.chars().any(char::is_control), "{sent}");
        }
        // Nothing of the path is lost, and nothing of it becomes a query.
        prop_assert_eq!(url.query().unwrap_or_default().is_empty(), path.split_once('?').is_none_or(|(_, query)| query.is_empty()));
    }

    #[test]
    fn what_is_added_to_a_query_is_read_as_it_was_meant(
        path in "[a-z]{1,5}(\\?[a-z]=[a-z])?", pairs in vec((text(), text()), 0..4), host in host(),
    ) {
        let endpoint = Endpoint::parse(&path, &host, BASE).unwrap();
        let added = pairs.iter().map(|(key, value)| (key.as_str(), value.as_str()));
        let url = |endpoint: &Endpoint| Url::parse(&format!("{}{BASE}{endpoint}", host.base())).unwrap();
        let (before, after) = (url(&endpoint), url(&endpoint.clone().with_query(added).unwrap()));
        let mut expected: Vec<(String, String)> = before.query_pairs().into_owned().collect();
        expected.extend(pairs);
        prop_assert_eq!(after.query_pairs().into_owned().collect::<Vec<_>>(), expected);
        prop_assert_eq!(after.path(), before.path());
    }
}

#[test]
fn many_of_the_paths_are_accepted() {
    let mut runner = TestRunner::deterministic();
    let accepted = (0..2_000).filter(|_| {
        let path = path().new_tree(&mut runner).unwrap().current();
        Endpoint::parse(&path, &Host::dolthub(), BASE).is_ok()
    });
    let accepted = accepted.count();
    assert!((200..1_800).contains(&accepted), "{accepted} of 2000");
}
