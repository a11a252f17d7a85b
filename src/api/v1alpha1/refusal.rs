//! What a refusal means: its kind and its text.

use serde::Deserialize;
use serde_json::Value;

use crate::error::Kind;

/// A refusal, and an error that comes with HTTP status 200.
#[derive(Deserialize)]
pub struct Refusal {
    /// `Error`.
    pub status: Option<String>,
    message: Option<String>,
    /// Where some refusals have their text (facts of the API, "Errors in general"); others may have another value there.
    error: Option<Value>,
}

impl Refusal {
    /// Whether it has anything of a refusal, rather than being JSON of another kind.
    pub fn is_one(&self) -> bool {
        self.status.is_some() || self.message.is_some() || self.error.is_some()
    }

    /// The kind of the refusal with this HTTP status, and the service's words, where there are any. `names` are those of
    /// the request. Of two texts, the one that says more counts.
    pub fn read(self, status: u16, names: &[&str]) -> (Kind, Option<String>) {
        let error = self.error.as_ref().and_then(Value::as_str).map(str::to_owned);
        let mut texts: Vec<(Kind, String)> = [self.message, error]
            .into_iter()
            .flatten()
            .filter(|text| !text.trim().is_empty())
            .map(|text| (refusal_kind(status, &text, names), text))
            .collect();
        let default = refusal_kind(status, "", names);
        let best = texts.iter().position(|(kind, _)| *kind != default).unwrap_or(0);
        match texts.is_empty() {
            true => (default, None),
            false => {
                let (kind, text) = texts.swap_remove(best);
                (kind, Some(text))
            }
        }
    }
}

/// A refusal's kind: by status where that is clear, else by the service's words without the request's own names (facts
/// of the API, "Errors in general").
pub fn refusal_kind(status: u16, message: &str, names: &[&str]) -> Kind {
    match status {
        401 | 403 => return Kind::Auth,
        404 => return Kind::NotFound,
        409 => return Kind::AlreadyExists,
        _ => {}
    }
    let message = message.to_lowercase();
    let names: Vec<String> =
        names.iter().filter(|name| !name.is_empty()).map(|name| name.to_lowercase()).collect();
    let unquoted = without_quoted(&message, &names);
    // A name that stands alone may be a word of the sentence as well: `me/repository` and `no such repository`.
    let by_words = kind_by_words(&without_words(&unquoted, &names)).or_else(|| kind_by_words(&unquoted));
    by_words.unwrap_or(match status {
        // From what stands before the service; later may do.
        429 | 502..=504 => Kind::Network,
        _ => Kind::Api,
    })
}

fn kind_by_words(message: &str) -> Option<Kind> {
    let has = |words: &[&str]| words.iter().any(|word| message.contains(word));
    if has(&["already exists", "already been forked"]) {
        Some(Kind::AlreadyExists)
    } else if has(&AUTH_WORDS) {
        Some(Kind::Auth)
    } else if has(&["no such repository", "not found", "does not exist"]) {
        Some(Kind::NotFound)
    } else {
        None
    }
}

/// What refusals of a token say: an older DoltLab calls one that it does not know "not found", too.
const AUTH_WORDS: [&str; 6] =
    ["not authenticated", "unauthorized", "invalid authorization", "api token", "apitoken", "permission"];

/// A message without the names that are certainly names: in quotes, or beside a slash.
fn without_quoted(message: &str, names: &[String]) -> String {
    let mut message = message.to_owned();
    let pairs = names.iter().flat_map(|owner| names.iter().map(move |name| format!("{owner}/{name}")));
    let quoted = names.iter().flat_map(|name| {
        [('"', '"'), ('\'', '\''), ('`', '`'), ('‘', '’'), ('“', '”')]
            .map(|(open, close)| format!("{open}{name}{close}"))
    });
    for text in pairs.chain(quoted).collect::<Vec<_>>() {
        if let Some(start) = find_word(&message, &text) {
            message.replace_range(start..start + text.len(), "");
        }
    }
    message
}

/// A message without the first mention of each name.
fn without_words(message: &str, names: &[String]) -> String {
    let mut message = message.to_owned();
    for name in names {
        if let Some(start) = find_word(&message, name) {
            message.replace_range(start..start + name.len(), "");
        }
    }
    message
}

/// Where a text stands as a whole word: a database may be called `permission-demo`.
fn find_word(message: &str, text: &str) -> Option<usize> {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let mut found = message.match_indices(text).map(|(start, _)| start);
    found.find(|start| {
        let (before, after) = (&message[..*start], &message[start + text.len()..]);
        !before.ends_with(is_word) && !after.starts_with(is_word)
    })
}
