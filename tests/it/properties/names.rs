//! Any name and any address: what is accepted round-trips, and is sent unchanged.

use dhub::error::Kind;
use dhub::names::{Database, DatabaseArgument, Host, NewName, Operation, Site, percent_encode};
use percent_encoding::percent_decode_str;
use proptest::prelude::*;
use proptest::sample::select;
use url::Url;

use super::{address, cases, name, text};

/// What the service will parse as the segments of this address's path, below that of the host.
fn segments(address: &str, host: &Host) -> Vec<String> {
    let count =
        |url: &Url| url.path_segments().map_or(0, |segments| segments.filter(|s| !s.is_empty()).count());
    let base = count(&Url::parse(host.base()).unwrap());
    let url = Url::parse(address).unwrap();
    assert!(url.query().is_none() && url.fragment().is_none(), "{address}");
    let decode = |segment: &str| percent_decode_str(segment).decode_utf8_lossy().into_owned();
    url.path_segments().unwrap().skip(base).map(decode).collect()
}

/// What may be one segment of a path when a user names it.
fn is_segment(text: &str) -> bool {
    !matches!(text, "" | "." | "..")
        && text.len() <= 1_000
        && !text.chars().any(|c| c.is_whitespace() || c.is_control() || "/?#%,@:".contains(c))
}

fn host() -> impl Strategy<Value = Host> {
    let hosts = ["dolthub.com", "http://127.0.0.1:8080", "https://corp.example/doltlab", "http://[::1]/a/b"];
    select(hosts.to_vec()).prop_map(|text| Host::parse(text).unwrap())
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn a_database_is_accepted_exactly_when_it_is_two_segments_and_round_trips(owner in name(), name in name()) {
        let text = format!("{owner}/{name}");
        match Database::parse(&text) {
            Ok(database) => {
                prop_assert!(is_segment(&owner) && is_segment(&name));
                prop_assert_eq!(database.to_string(), text);
                prop_assert_eq!(&database, &Database::new(owner, name));
                prop_assert!(database.can_be_sent());
            }
            Err(error) => {
                prop_assert!(!is_segment(&owner) || !is_segment(&name), "{text:?}: {error}");
                prop_assert_eq!(error.kind, Kind::Usage);
            }
        }
    }

    #[test]
    fn a_database_that_can_be_sent_is_sent_as_two_segments(owner in name(), name in name(), host in host()) {
        let database = Database::new(owner, name);
        if database.can_be_sent() {
            let path = format!("{}/{}", percent_encode(&database.owner), percent_encode(&database.name));
            let sent = segments(&format!("{}/{path}/forks", host.base()), &host);
            prop_assert_eq!(sent, [&database.owner, &database.name, "forks"]);
            let shown = segments(&database.page(&host), &host);
            prop_assert_eq!(shown, ["repositories", &database.owner, &database.name]);
        }
    }

    #[test]
    fn a_page_that_is_pasted_names_what_it_shows(
        owner in name(), name in name(), host in host(), after in text(),
    ) {
        let database = Database::new(owner, name);
        let taken = is_segment(&database.owner) && is_segment(&database.name);
        for end in ["", "/", "?", "#", "/data/main?"] {
            let after = if end.is_empty() { "" } else { &after };
            let page = format!("{}{end}{after}", database.page(&host));
            match DatabaseArgument::parse(&page) {
                Ok(argument) => {
                    prop_assert!(taken);
                    prop_assert_eq!(&argument.database, &database);
                    prop_assert_eq!(argument.site, Some(Site::Page(host.clone())));
                }
                Err(error) => prop_assert!(!taken, "{page:?}: {error}"),
            }
        }
    }

    #[test]
    fn any_pasted_text_names_two_segments_or_is_refused(start in address(), name in name(), rest in text()) {
        for text in [format!("{start}/repositories/{name}/{rest}"), format!("{start}{rest}"), rest] {
            if let Ok(DatabaseArgument { database, .. }) = DatabaseArgument::parse(&text) {
                prop_assert!(is_segment(&database.owner) && is_segment(&database.name), "{text:?}");
            }
        }
    }

    #[test]
    fn an_accepted_new_name_has_only_the_services_characters(
        owner in name(), name in "[a-zA-Z0-9_-]{0,5}[\\PC\\x00-\\x7f]?",
    ) {
        let allowed = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
        for text in [name.clone(), format!("{owner}/{name}")] {
            if let Ok(new) = NewName::parse(&text) {
                prop_assert!(new.name.chars().all(allowed), "{text:?}");
                prop_assert!(!new.name.is_empty() && !new.name.starts_with('-') && !new.name.ends_with('-'));
                prop_assert!(new.owner.as_deref().is_none_or(is_segment), "{text:?}");
            }
        }
    }

    #[test]
    fn an_accepted_operation_is_sent_as_exactly_one_value(text in text()) {
        if let Ok(operation) = Operation::parse(&text) {
            prop_assert_eq!(operation.to_string(), text.as_str());
            let url = format!("https://x/fork?operationName={}", percent_encode(operation.as_str()));
            let url = Url::parse(&url).unwrap();
            let pairs: Vec<_> = url.query_pairs().into_owned().collect();
            prop_assert_eq!(pairs, [("operationName".to_owned(), text)]);
            prop_assert!(url.fragment().is_none());
        }
    }

    #[test]
    fn an_accepted_host_round_trips(text in prop_oneof![4 => address(), 1 => text()]) {
        if let Ok(host) = Host::parse(&text) {
            let url = Url::parse(host.base()).unwrap();
            prop_assert!(matches!(url.scheme(), "http" | "https"));
            prop_assert!(url.host_str().is_some_and(|name| !name.is_empty()), "{text:?}: {host}");
            prop_assert!(url.username().is_empty() && url.password().is_none(), "{text:?}: {host}");
            prop_assert!(url.query().is_none() && url.fragment().is_none(), "{text:?}: {host}");
            prop_assert!(host.base().chars().all(|c| c.is_ascii_graphic()), "{text:?}: {host}");
            let way = segments(host.base(), &Host::dolthub());
            prop_assert!(!way.iter().any(|segment| segment == ".."), "{host}");
            prop_assert_eq!(Host::parse(host.base()).unwrap(), host);
        }
    }

    #[test]
    fn an_error_for_a_host_does_not_repeat_a_password(text in address()) {
        let text = text.replace("u:p@", "u:hunter2@");
        if let Err(error) = Host::parse(&text) {
            prop_assert!(!format!("{error} {error:?}").contains("hunter2"), "{text:?}: {error}");
        }
    }
}
