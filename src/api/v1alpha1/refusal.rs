//! What a refusal means: its kind and its text.

use serde::Deserialize;

use crate::error::Kind;

/// A refusal, and an error that comes with HTTP status 200.
#[derive(Deserialize)]
pub struct Refusal {
    /// `Error`.
    pub status: Option<String>,
    message: Option<String>,
    /// Where some refusals have their text (facts of the API, "Errors in general").
    error: Option<String>,
}

impl Refusal {
    /// Whether it has anything of a refusal, rather than being JSON of another kind.
    pub fn is_one(&self) -> bool {
        self.status.is_some() || self.message.is_some() || self.error.is_some()
    }

    /// The service's words, where there are any.
    pub fn into_message(self) -> Option<String> {
        [self.message, self.error].into_iter().flatten().find(|text| !text.trim().is_empty())
    }
}

/// A refusal's kind: by status where that is clear, else by the service's words without the request's own names (facts
/// of the API, "Errors in general").
pub fn refusal_kind(status: u16, message: &str, names: &[&str]) -> Kind {
    let message = without_names(&message.to_lowercase(), names);
    let has = |words: &[&str]| words.iter().any(|word| message.contains(word));
    match status {
        401 | 403 => Kind::Auth,
        404 => Kind::NotFound,
        409 => Kind::AlreadyExists,
        _ if has(&["already exists", "already been forked"]) => Kind::AlreadyExists,
        _ if has(&AUTH_WORDS) => Kind::Auth,
        _ if has(&["no such repository", "not found", "does not exist"]) => Kind::NotFound,
        // From what stands before the service; later may do.
        429 | 502..=504 => Kind::Network,
        _ => Kind::Api,
    }
}

/// What refusals of a token say: an older DoltLab calls one that it does not know "not found", too.
const AUTH_WORDS: [&str; 6] =
    ["not authenticated", "unauthorized", "invalid authorization", "api token", "apitoken", "permission"];

/// A message in lower case without the first mention of each name, as a whole word: a database may be called
/// `permission-demo`.
fn without_names(message: &str, names: &[&str]) -> String {
    let mut message = message.to_owned();
    for name in names.iter().filter(|name| !name.is_empty()) {
        let name = name.to_lowercase();
        let is_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        let found = message.match_indices(&name).find(|(start, _)| {
            let (before, after) = (&message[..*start], &message[start + name.len()..]);
            !before.ends_with(is_word) && !after.starts_with(is_word)
        });
        if let Some((start, _)) = found {
            message.replace_range(start..start + name.len(), "");
        }
    }
    message
}
