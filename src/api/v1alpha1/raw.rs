//! What any response means: whether it is a refusal.

use serde::Deserialize;

use crate::api::failure::Failure;
use crate::api::response::Response;

use super::refusal::Refusal;
use super::status::says_failed;

/// What says whether the request succeeded.
#[derive(Deserialize)]
struct Outcome {
    status: Option<String>,
    done: Option<bool>,
}

/// Checks that a response is JSON and no refusal; `names` are those of the request, in which its words are not to be looked
/// for.
///
/// # Errors
/// When it is a refusal, or no JSON.
pub fn check_response(response: &Response, names: impl FnOnce() -> Vec<String>) -> Result<(), Failure> {
    if let Some(redirect) = response.redirect() {
        return Err(redirect);
    }
    if response.is_no_content() {
        return Ok(());
    }
    let Ok(_) = response.document() else { return Err(response.not_json()) };
    let is_refusal = !response.is_success()
        || response.json::<Outcome>().is_ok_and(|outcome| {
            // An operation that failed: the request for its status succeeded.
            says_failed(outcome.status.as_deref()) && outcome.done != Some(true)
        });
    if !is_refusal {
        return Ok(());
    }
    match response.json::<Refusal>() {
        Ok(refusal) if refusal.is_one() => {
            let names = names();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let (kind, message) = refusal.read(response.status, &names);
            Err(response.refused(kind, message))
        }
        _ => Err(response.not_json()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::response;
    use super::*;
    use crate::api::Cause;
    use crate::error::Kind;

    fn cause(status: u16, body: &str) -> Option<Cause> {
        let names = || vec!["x".to_owned(), "permission".to_owned()];
        check_response(&response(status, body), names).err().map(|failure| failure.cause)
    }

    #[test]
    fn json_that_does_not_say_that_it_failed_is_a_success() {
        for body in [
            r#"{"status":"Success","username":"x"}"#,
            r#"{"status":"Pending"}"#,
            r#"{"status":7,"message":"not found"}"#,
            r#"{"message":"not found"}"#,
            r#"{"status":"Error","done":true,"message":"disk full"}"#,
            r#"{"status":"Failed","done":true}"#,
            "[]",
            "null",
            " 1e999\n",
        ] {
            for status in [200, 201, 202] {
                assert_eq!(cause(status, body), None, "{body}");
            }
        }
        assert_eq!(cause(204, ""), None);
    }

    #[test]
    fn a_refusal_has_the_kind_that_it_has_everywhere() {
        let refused = |kind| Some(Cause::Refused(kind));
        for (status, body, expected) in [
            (200, r#"{"status":"Error","message":"a/b already exists"}"#, refused(Kind::AlreadyExists)),
            (200, r#"{"status":"Error","done":false,"error":"no"}"#, refused(Kind::Api)),
            (200, r#"{"status":"cancelled"}"#, refused(Kind::Api)),
            (400, r#"{"status":"Error","message":"no such repository"}"#, refused(Kind::NotFound)),
            (400, r#"{"status":"Error","done":true,"message":"no"}"#, refused(Kind::Api)),
            (400, r#"{"message":"permission is no name"}"#, refused(Kind::Auth)),
            (400, r#"{"message":"'permission' is no name"}"#, refused(Kind::Api)),
            (401, r#"{"status":"Error","message":"Not authenticated"}"#, refused(Kind::Auth)),
            (404, r#"{"error":"gone"}"#, refused(Kind::NotFound)),
            (409, r#"{"status":"Error"}"#, refused(Kind::AlreadyExists)),
            (429, r#"{"message":"slow down"}"#, Some(Cause::Throttled)),
            (500, r#"{"message":"not found"}"#, Some(Cause::ServerError(Kind::NotFound))),
            (502, "<title>Bad</title>", Some(Cause::ServerError(Kind::Network))),
        ] {
            assert_eq!(cause(status, body), expected, "{status} {body}");
        }
    }

    #[test]
    fn what_is_not_the_apis_is_no_refusal() {
        for (status, body) in [
            (200, ""),
            (200, "<title>Log in</title>"),
            (200, "{}{}"),
            (404, "<title>Not Found</title>"),
            (404, r#"{"detail":"no such page"}"#),
            (400, "[]"),
            (302, "{}"),
        ] {
            assert_eq!(cause(status, body), Some(Cause::InvalidResponse), "{status} {body}");
        }
    }
}
