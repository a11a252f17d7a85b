//! What a refusal means.

use serde::Deserialize;

use crate::api::failure::{Cause, Failure};
use crate::api::response::Response;
use crate::error::Kind;

/// A refusal (fact 11).
#[derive(Deserialize)]
pub struct Problem {
    #[serde(rename = "type")]
    uri: Option<String>,
    title: Option<String>,
    detail: Option<String>,
    code: Option<String>,
    request_id: Option<String>,
}

impl Problem {
    /// Whether it has anything of a problem, rather than being JSON of another kind.
    pub fn is_one(&self) -> bool {
        self.code.is_some() || (self.uri.is_some() && self.title.is_some())
    }

    /// The failure for it. Its kind is that of its code, else of the status; nothing depends on its words (fact 12).
    pub fn into_failure(self, response: &Response) -> Failure {
        let kind =
            self.code.as_deref().and_then(kind_of_code).unwrap_or_else(|| kind_of_status(response.status));
        let is_said = |text: &String| !text.trim().is_empty();
        let message = self.detail.filter(is_said).or(self.title.filter(is_said));
        let failure = response.refused(kind, message);
        let hint = match response.status {
            401 if response.token.is_some() => Some(UNACCEPTED.to_owned()),
            _ => failure.hint,
        };
        let request_id = self.request_id.filter(is_said).map(|id| response.without_token(&id));
        Failure { hint, request_id, ..failure }
    }
}

/// Some personal tokens seem to be good for v1alpha1 alone (fact 5).
const UNACCEPTED: &str =
    "a token may be good for API v1alpha1 alone: `dhub auth status` shows which versions take it";

/// The codes that say what a status may leave open (fact 13); more specific ones may come.
fn kind_of_code(code: &str) -> Option<Kind> {
    Some(match code {
        "UNAUTHENTICATED" | "PERMISSION_DENIED" => Kind::Auth,
        "NOT_FOUND" => Kind::NotFound,
        "CONFLICT" => Kind::AlreadyExists,
        _ => return None,
    })
}

fn kind_of_status(status: u16) -> Kind {
    match status {
        401 | 403 => Kind::Auth,
        404 => Kind::NotFound,
        409 => Kind::AlreadyExists,
        429 | 502..=504 => Kind::Network,
        _ => Kind::Api,
    }
}

impl Failure {
    /// Whether a refused fork is certainly a duplicate, by its words; 422 alone is any refusal by meaning (fact 28).
    pub(in crate::api) fn speaks_of_duplicate(&self) -> bool {
        let message = self.message.to_lowercase();
        ["already", "exists", "duplicate"].iter().any(|word| message.contains(word))
    }

    /// The same failure as that of a duplicate.
    pub(in crate::api) fn into_duplicate(self) -> Self {
        Failure { cause: Cause::Refused(Kind::AlreadyExists), ..self }
    }
}
