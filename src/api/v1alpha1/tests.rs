use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Map, Value, json};

use super::readings::{Readings, TOKEN};
use super::*;
use crate::error::Kind;

fn answer(status: u16, body: &str) -> Answer {
    Answer {
        status,
        body: body.as_bytes().to_vec(),
        request: "GET https://x".to_owned(),
        retry_after: None,
        location: None,
        encoding: None,
        authorization: None,
    }
}

fn fork_status(body: &str) -> Result<ForkStatus, Cause> {
    let answer = answer(200, body);
    let status = ForkStatusAnswer::of(&answer).map_err(|failure| failure.cause)?;
    status.understand().ok_or(Cause::Unreadable)
}

fn cause(status: u16, body: &str) -> Cause {
    read::<UserAnswer>(&answer(status, body)).err().map(|failure| failure.cause).unwrap()
}

#[test]
fn success_without_done_is_not_the_end() {
    for body in [
        r#"{"status":"Success","done":false,"operation_name":"operations/x"}"#,
        r#"{"status":"Success","done":false,"database_owner":"","database_name":""}"#,
        r#"{"status":"Success","done":null,"operation_name":"operations/x"}"#,
        r#"{"status":"Success"}"#,
        r#"{"status":"Pending"}"#,
        r#"{"operation_name":"operations/x"}"#,
        r#"{"done":false}"#,
    ] {
        assert_eq!(fork_status(body), Ok(ForkStatus::Pending), "{body}");
    }
}

#[test]
fn done_is_the_end_and_so_is_a_named_database_where_done_is_absent() {
    let fork = Some(Database::new("myusername", "museum-collections"));
    let named = r#""database_owner":"myusername","database_name":"museum-collections"}"#;
    for start in [r#"{"status":"Success","done":true,"#, r#"{"done":true,"#, r#"{"status":"Success","#] {
        assert_eq!(fork_status(&format!("{start}{named}")), Ok(ForkStatus::Done(fork.clone())), "{start}");
    }
    assert_eq!(fork_status(r#"{"status":"Success","done":true}"#), Ok(ForkStatus::Done(None)));
    assert_eq!(fork_status(&format!("{{\"done\":false,{named}")), Ok(ForkStatus::Pending));
}

#[test]
fn done_with_an_error_or_a_message_and_no_database_is_a_failed_fork() {
    let failed = Ok(ForkStatus::Failed(Some("disk full".to_owned())));
    assert_eq!(fork_status(r#"{"status":"Error","done":true,"message":"disk full"}"#), failed);
    assert_eq!(fork_status(r#"{"status":"Success","done":true,"message":"disk full"}"#), failed);
    for body in [r#"{"status":"Error","done":true}"#, r#"{"status":"Failed","done":true}"#] {
        assert_eq!(fork_status(body), Ok(ForkStatus::Failed(None)), "{body}");
    }
}

#[test]
fn an_error_told_with_status_200_is_a_refusal() {
    let body = r#"{"status":"Error","message":"no such operation: not found"}"#;
    assert_eq!(fork_status(body), Err(Cause::Refused(Kind::NotFound)));
}

#[test]
fn json_of_another_shape_says_nothing_of_a_fork() {
    for body in ["{}", r#"{"hello":"world"}"#, "[]", r#"["Success",true]"#, "null", "1", "", "<html>", "{"] {
        assert_eq!(fork_status(body), Err(Cause::Unreadable), "{body}");
    }
}

#[test]
fn the_kind_of_a_refusal_comes_from_status_and_words() {
    for (status, message, kind) in [
        (401, "Not authenticated", Kind::Auth),
        (403, "nope", Kind::Auth),
        (400, "not authenticated", Kind::Auth),
        (400, "Unauthorized", Kind::Auth),
        (400, "you do not have permission to do that", Kind::Auth),
        (400, "no such repository", Kind::NotFound),
        (404, "Not Found", Kind::NotFound),
        (400, "the database does not exist", Kind::NotFound),
        (400, "database dolthub/x already exists", Kind::AlreadyExists),
        (400, "This repository has already been forked", Kind::AlreadyExists),
        (400, "Error creating a database.", Kind::Api),
        (404, "?", Kind::Api),
    ] {
        let body = serde_json::json!({"status": "Error", "message": message}).to_string();
        assert_eq!(cause(status, &body), Cause::Refused(kind), "{status} {message}");
    }
}

#[test]
fn what_is_not_the_apis_json_is_never_not_found() {
    for (status, body, expected) in [
        (404, "<html>not found</html>", Cause::Unreadable),
        (404, "", Cause::Unreadable),
        (401, "no such repository", Cause::Unreadable),
        (200, "<html>log in to the hotel's network</html>", Cause::Unreadable),
        (204, "", Cause::Unreadable),
        (500, "", Cause::ServerError(Kind::Network)),
        (502, "<html>does not exist</html>", Cause::ServerError(Kind::Network)),
        (429, "slow down", Cause::Throttled),
    ] {
        assert_eq!(cause(status, body), expected, "{status} {body}");
    }
}

#[test]
fn a_server_error_in_the_apis_json_is_the_services_own() {
    assert_eq!(cause(500, r#"{"status":"Error","message":"boom"}"#), Cause::ServerError(Kind::Api));
    assert_eq!(cause(503, r#"{"message":"Service Unavailable"}"#), Cause::ServerError(Kind::Network));
    assert_eq!(cause(429, r#"{"message":"Too many requests"}"#), Cause::Throttled);
}

#[test]
fn a_503_that_says_when_to_come_back_was_not_carried_out() {
    let answer = Answer { retry_after: Some(Duration::from_secs(1)), ..answer(503, "") };
    let failure = read::<UserAnswer>(&answer).err().unwrap();
    assert_eq!(failure.cause, Cause::Throttled);
    assert!(!failure.may_have_been_carried_out());
}

#[test]
fn a_redirect_is_told_with_where_it_points() {
    let answer = Answer {
        location: Some("https://www.dolthub.com/".to_owned()),
        ..answer(301, r#"{"status":"Error","message":"moved"}"#)
    };
    let failure = read::<UserAnswer>(&answer).err().unwrap();
    assert_eq!(failure.cause, Cause::Unreadable);
    assert!(failure.message.contains("https://www.dolthub.com/"), "{}", failure.message);
    assert!(!failure.may_have_been_carried_out());
}

#[test]
fn a_token_that_the_service_repeats_is_hidden_however_it_is_spelled() {
    let authorization = reqwest::header::HeaderValue::from_static("token dhat.v1/secret");
    for spelled in ["dhat.v1/secret", r"dhat.v1\/secret", r"dhat.v1/\u0073ecret"] {
        let body = format!(r#"{{"status":"Error","message":"bad token {spelled}"}}"#);
        let answer = Answer { authorization: Some(authorization.clone()), ..answer(400, &body) };
        let failure = read::<UserAnswer>(&answer).err().unwrap();
        assert_eq!(failure.message, "bad token [token]", "{spelled}");
    }
}

#[test]
fn only_lost_answers_server_errors_and_unreadable_successes_leave_a_change_open() {
    for (status, body, open) in [
        (200, "garbage", true),
        (500, "", true),
        (500, r#"{"status":"Error","message":"boom"}"#, true),
        (404, "<html>", false),
        (400, r#"{"status":"Error","message":"no"}"#, false),
        (429, "", false),
    ] {
        let failure = read::<UserAnswer>(&answer(status, body)).err().unwrap();
        assert_eq!(failure.may_have_been_carried_out(), open, "{status} {body}");
    }
}

#[test]
fn a_fork_list_must_mention_forks_and_may_say_there_are_none() {
    assert!(read::<ForksAnswer>(&answer(200, r#"{"status":"Success"}"#)).is_err());
    for body in [r#"{"status":"Success","forks":null}"#, r#"{"forks":[],"fork_network_count":null,"new":1}"#]
    {
        let forks: ForksAnswer = read(&answer(200, body)).unwrap();
        assert!(Members::new(Vec::new(), forks.forks.unwrap_or_default()).is_empty(), "{body}");
    }
}

#[test]
fn a_refusal_that_calls_itself_done_is_no_finished_fork() {
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
    let telling = select(vec![
        json!(null),
        json!(true),
        json!(false),
        json!(""),
        json!(" "),
        json!("Success"),
        json!("ERROR"),
        json!("Pending"),
        json!("not found: already exists"),
        json!(format!("bad token {TOKEN}")),
        json!(-1),
        json!(1e300),
        json!([]),
        json!([null]),
        json!([{"database_owner": "o", "database_name": "n", "more": [{}]}]),
        json!({"a": {"b": []}}),
    ]);
    prop_oneof![3 => telling, 1 => vec(any::<char>(), 0..5).prop_map(|text| json!(String::from_iter(text)))]
}

/// The body of an answer, shown as text.
#[derive(Clone)]
struct Body(Vec<u8>);

impl std::fmt::Debug for Body {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0.escape_ascii())
    }
}

/// A documented answer with fields left out, of other values, and from other answers.
fn changed() -> impl Strategy<Value = Body> {
    let fields: Vec<String> =
        documented().iter().filter_map(Value::as_object).flat_map(Map::keys).cloned().collect();
    let change = (select(fields), option::weighted(0.8, value()));
    (select(documented()), vec(change, 0..5)).prop_map(|(mut answer, changes)| {
        for (field, value) in changes {
            match value {
                Some(value) => answer[field] = value,
                None => drop(answer.as_object_mut().and_then(|answer| answer.remove(&field))),
            }
        }
        Body(answer.to_string().into_bytes())
    })
}

/// A documented answer cut off, with bytes changed, or with something before and after it.
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
    fn any_answer_is_a_failure_with_words_or_a_documented_value_and_no_refusal_a_success(
        status in prop_oneof![
            4 => Just(200_u16),
            4 => select(vec![201, 301, 400, 401, 404, 429, 500, 503]),
            1 => 200..600_u16,
        ],
        retry_after in option::weighted(0.2, "[0-9]{1,3}|soon"),
        body in prop_oneof![4 => changed(), 3 => broken(), 1 => vec(any::<u8>(), 0..50).prop_map(Body)],
    ) {
        prop_assert_eq!(Readings::of(status, retry_after.as_deref(), &body.0).check(), Ok(()));
    }

    #[test]
    fn what_is_documented_and_means_no_error_is_read_whatever_its_texts_are(
        texts in vec(vec(any::<char>(), 0..8).prop_map(String::from_iter), 3),
        user in "[^ ]{1,9}",
        more in value(),
    ) {
        let [one, other, third] = [&texts[0], &texts[1], &texts[2]];
        let body = json!({"status": "Success", "description": one, "visibility": one,
            "repository_owner": other, "repository_name": third, "operation_name": "operations/x", "done": false, "parent_owner": one,
            "parent_database": other, "database_owner": one, "database_name": other, "username": user,
            "forks": [{"database_owner": one, "database_name": other, "new": more}], "unknown": more});
        let readings = Readings::of(200, None, body.to_string().as_bytes());
        prop_assert_eq!(readings.check(), Ok(()));
        let Readings { created, accepted, fork_status, forks, .. } = &readings;
        prop_assert!(created.is_ok() && accepted.is_ok() && forks.is_ok(), "{readings:?}");
        prop_assert!(matches!(fork_status, Ok(ForkStatus::Pending)), "{readings:?}");
        prop_assert_eq!(readings.user.ok(), Some(user));
    }
}
