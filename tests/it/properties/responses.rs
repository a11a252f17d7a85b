//! Any response: it is read as what it holds, or it is a failure that says why.

#[path = "../../../fuzz/oracle.rs"]
mod oracle;

use dhub::api::ForkStatus;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Map, Value, json};

use oracle::Readings;

#[test]
fn a_refusal_with_done_true_is_not_a_finished_fork() {
    for body in
        [r#"{"done":true,"database_owner":"o","database_name":"n"}"#, r#"{"status":"Success","done":true}"#]
    {
        for status in [400, 404, 422] {
            assert_eq!(Readings::of(status, None, body.as_bytes()).check(), Ok(()), "{status} {body}");
        }
    }
}

/// The contract's examples, and what is known of it beyond them.
fn documented() -> Vec<Value> {
    let [owner, name] = ["dolthub", "museum-collections"];
    let operation = "operations/b09a9221-9dcb-4a15-9ca8-a64656946f12";
    vec![
        json!({"status": "Success", "description": "Records from museums around the world.",
            "repository_owner": owner, "repository_name": name, "visibility": "public"}),
        json!({"status": "Success", "parent_owner": owner, "parent_database": name,
            "forked_owner": "myusername", "operation_name": operation}),
        json!({"status": "Success", "done": true, "operation_name": operation,
            "database_owner": "myusername", "database_name": name}),
        json!({"status": "Success", "database_owner": owner, "database_name": name,
            "forks": [{"database_owner": "anotherOrg", "database_name": name},
                {"database_owner": "", "database_name": "\u{1b}\"ü"}],
            "parent_owner": "", "parent_database_name": "", "network_root_owner": owner,
            "network_root_database_name": name, "fork_network_count": 3}),
        json!({"status": "Success", "username": "jdoe", "display_name": "Jane Doe"}),
        json!({"status": "Error", "message": "Error polling an operation.", "operation_name": operation}),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    let meaningful = select(vec![
        json!(null),
        json!(true),
        json!(false),
        json!(""),
        json!(" "),
        json!("Success"),
        json!("ERROR"),
        json!("Pending"),
        json!("not found: already exists"),
        json!("bad token"),
        json!(-1),
        json!(1e300),
        json!([]),
        json!([null]),
        json!([{"database_owner": "o", "database_name": "n", "more": [{}]}]),
        json!({"a": {"b": []}}),
    ]);
    prop_oneof![3 => meaningful, 1 => vec(any::<char>(), 0..5).prop_map(|text| json!(String::from_iter(text)))]
}

/// The body of a response, shown as text.
#[derive(Clone)]
struct Body(Vec<u8>);

impl std::fmt::Debug for Body {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0.escape_ascii())
    }
}

/// A documented response with fields left out, of other values, and from other responses.
fn changed() -> impl Strategy<Value = Body> {
    let fields: Vec<String> =
        documented().iter().filter_map(Value::as_object).flat_map(Map::keys).cloned().collect();
    let change = (select(fields), option::weighted(0.8, value()));
    (select(documented()), vec(change, 0..5)).prop_map(|(mut response, changes)| {
        for (field, value) in changes {
            match value {
                Some(value) => response[field] = value,
                None => drop(response.as_object_mut().and_then(|response| response.remove(&field))),
            }
        }
        Body(response.to_string().into_bytes())
    })
}

/// A documented response cut off, with bytes changed, or with something before and after it.
fn broken() -> impl Strategy<Value = Body> {
    let around = select(vec!["", " ", "[", "]", "{", "\u{feff}", "<title>404 Not Found</title>", "\n{}"]);
    (changed(), vec((any::<Index>(), any::<u8>()), 0..4), option::of(any::<Index>()), around.clone(), around)
        .prop_map(|(Body(mut body), changes, end, before, after)| {
            for (place, byte) in changes {
                let place = place.index(body.len());
                body[place] = byte;
            }
            body.truncate(end.map_or(body.len(), |end| end.index(body.len())));
            Body([before.as_bytes(), &body, after.as_bytes()].concat())
        })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1_500) })]

    #[test]
    fn any_response_is_a_documented_value_or_an_error_with_a_message(
        status in prop_oneof![
            4 => Just(200_u16),
            4 => select(vec![201, 301, 400, 401, 403, 404, 408, 425, 429, 500, 503]),
            1 => 200..600_u16,
        ],
        retry_after in option::weighted(0.2, "[0-9]{1,3}|soon"),
        body in prop_oneof![4 => changed(), 3 => broken(), 1 => vec(any::<u8>(), 0..50).prop_map(Body)],
    ) {
        prop_assert_eq!(Readings::of(status, retry_after.as_deref(), &body.0).check(), Ok(()));
    }

    #[test]
    fn a_documented_success_is_parsed_whatever_its_texts_are(
        texts in vec(vec(any::<char>(), 0..8).prop_map(String::from_iter), 3),
        user in "[a-zA-Z0-9_-]{1,9}",
        more in value(),
    ) {
        let [one, other, third] = [&texts[0], &texts[1], &texts[2]];
        let body = json!({"status": "Success", "description": one, "visibility": one,
            "repository_owner": "", "repository_name": "Museum-Collections", "operation_name": "operations/x", "done": false, "parent_owner": "dolthub",
            "parent_database": null, "database_owner": "DOLTHUB", "database_name": "museum-collections", "forked_owner": third, "username": user,
            "forks": [{"database_owner": one, "database_name": other, "new": more}], "unknown": more});
        let readings = Readings::of(200, None, body.to_string().as_bytes());
        prop_assert_eq!(readings.check(), Ok(()));
        let Readings { created, accepted, fork_status, forks, .. } = &readings;
        prop_assert!(created.is_ok() && accepted.is_ok() && forks.is_ok(), "{readings:?}");
        prop_assert!(matches!(fork_status, Ok(ForkStatus::Pending)), "{readings:?}");
        prop_assert_eq!(readings.user.ok(), Some(user));
    }
}
