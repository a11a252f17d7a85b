//! One response as every endpoint reads it, and what must hold of that: for a fuzz target and a property test.

use std::time::{Duration, SystemTime};

use dhub::api::v1alpha1::{read_accepted, read_created, read_fork_status, read_forks, read_user};
use dhub::api::{Accepted, Cause, Created, Failure, ForkStatus, Forks, Response, parse_retry_after};
use dhub::error::Kind;
use dhub::names::{Database, Operation};
use serde_json::Value;

/// One response as each endpoint reads it.
#[derive(Debug)]
pub struct Readings {
    /// `POST /database`
    pub created: Result<Created, Failure>,
    /// `POST /fork`
    pub accepted: Result<Accepted, Failure>,
    /// `GET /fork`
    pub fork_status: Result<ForkStatus, Failure>,
    /// `GET /{owner}/{database}/forks`
    pub forks: Result<Forks, Failure>,
    /// `GET /user`
    pub user: Result<String, Failure>,
    wire: Wire,
}

/// The response as it came, to compare with.
#[derive(Debug)]
struct Wire {
    status: u16,
    retry_after: Option<Duration>,
    is_object: bool,
    /// Nothing where it is no JSON.
    json: Value,
}

/// What every request is about, as in the documented examples.
fn requested() -> Database {
    Database::new("dolthub", "museum-collections")
}

impl Readings {
    /// Reads a response of this HTTP status, with this `Retry-After`, as every endpoint would.
    pub fn of(status: u16, retry_after_header: Option<&str>, body: &[u8]) -> Self {
        let retry_after =
            retry_after_header.and_then(|value| parse_retry_after(value, SystemTime::UNIX_EPOCH));
        let response = Response {
            status,
            head: String::new(),
            body: body.to_vec(),
            request: "GET https://x/api/v1alpha1/x".to_owned(),
            retry_after,
            host: "https://x".to_owned(),
            location: Some("https://elsewhere.example/".to_owned()),
            encoding: None,
            token: None,
        };
        let requested = requested();
        let operation = Operation::parse("operations/x").expect("an operation");
        Readings {
            created: read_created(&response, &requested),
            accepted: read_accepted(&response, &requested, "taylor"),
            fork_status: read_fork_status(&response, &operation),
            user: read_user(&response),
            forks: read_forks(response, &requested),
            wire: Wire {
                status,
                retry_after,
                is_object: body.trim_ascii_start().starts_with(b"{"),
                json: serde_json::from_slice(body).unwrap_or_default(),
            },
        }
    }

    /// What is wrong with these readings, if anything is.
    ///
    /// # Errors
    /// Says what: a refusal read as a success, a value that the response does not hold, a failure without words.
    pub fn check(&self) -> Result<(), String> {
        self.check_successes()?;
        for failure in self.failures() {
            self.check_failure(failure).map_err(|why| format!("{why}: {failure:?}"))?;
        }
        Ok(())
    }

    fn failures(&self) -> impl Iterator<Item = &Failure> {
        let all = [
            self.created.as_ref().err(),
            self.accepted.as_ref().err(),
            self.fork_status.as_ref().err(),
            self.forks.as_ref().err(),
            self.user.as_ref().err(),
        ];
        all.into_iter().flatten()
    }

    fn check_successes(&self) -> Result<(), String> {
        let Wire { status, is_object, json, .. } = &self.wire;
        let success = self.created.is_ok()
            || self.accepted.is_ok()
            || self.forks.is_ok()
            || self.user.is_ok()
            || matches!(self.fork_status, Ok(ForkStatus::Pending | ForkStatus::Done(_)));
        if success && (self.says_failed() || !(200..300).contains(status)) {
            return Err("a refusal reads as a success".to_owned());
        }
        if !is_object && (success || self.fork_status.is_ok()) {
            return Err("what is no JSON object reads as a response".to_owned());
        }
        if json.is_null() {
            // A field that nobody reads may hold a number or a text that only a strict reader refuses.
            return Ok(());
        }
        let same = |field: &str, value: &str| json[field] == value;
        let is = |name: &Database, owner: &str, database: &str| {
            same(owner, &name.owner) && same(database, &name.name)
        };
        let requested = requested();
        let is_about_another = |owner: &str, name: &str| {
            let differs = |field: &str, requested: &str| {
                let text = json[field].as_str().unwrap_or_default();
                !text.is_empty() && !text.eq_ignore_ascii_case(requested)
            };
            differs(owner, &requested.owner) || differs(name, &requested.name)
        };
        let right = [
            self.created.is_ok() && is_about_another("repository_owner", "repository_name"),
            self.accepted.is_ok() && is_about_another("parent_owner", "parent_database"),
            self.forks.is_ok() && is_about_another("database_owner", "database_name"),
            self.created.as_ref().is_ok_and(|created| {
                created.database != requested && !is(&created.database, "repository_owner", "repository_name")
            }),
            self.accepted.as_ref().is_ok_and(|accepted| !same("operation_name", accepted.operation.as_str())),
            match &self.fork_status {
                Ok(ForkStatus::Done(fork)) => {
                    json["done"] == false
                        || fork.as_ref().is_some_and(|fork| !is(fork, "database_owner", "database_name"))
                }
                Ok(ForkStatus::Failed(_)) => json["done"] != true && !self.says_failed(),
                Ok(ForkStatus::Pending) => json["done"] == true,
                Err(_) => false,
            },
            self.forks.as_ref().is_ok_and(|forks| {
                let listed = json["forks"].as_array().map(Vec::as_slice).unwrap_or_default();
                let matches = |(fork, member): (&Database, &Value)| {
                    member["database_owner"] == *fork.owner && member["database_name"] == *fork.name
                };
                let forks = forks.list.databases();
                listed.len() != forks.len() || !forks.iter().zip(listed).all(matches)
            }),
            self.user.as_ref().is_ok_and(|user| user.is_empty() || !same("username", user)),
        ];
        match right.contains(&true) {
            true => Err(format!("a value that the response does not hold: {self:?}")),
            false => Ok(()),
        }
    }

    fn check_failure(&self, failure: &Failure) -> Result<(), String> {
        let wrong = |what: &str| Err(what.to_owned());
        let Wire { status, retry_after, is_object, json } = &self.wire;
        let throttled = matches!(status, 425 | 429) || (matches!(status, 403 | 503) && retry_after.is_some());
        let is_open = *status == 408 || (*status >= 500 && !throttled);
        if failure.status != Some(*status) || failure.retry_after != *retry_after {
            return wrong("another status");
        }
        if failure.message.trim().is_empty() {
            return wrong("a failure without words");
        }
        if !is_object && matches!(failure.kind(), Kind::NotFound | Kind::AlreadyExists | Kind::Auth) {
            return wrong("what is not the API's has a kind");
        }
        let success_unread = (200..300).contains(status) && !json.is_null() && !self.says_failed();
        if (success_unread || is_open) && !failure.may_have_taken_effect() {
            return wrong("a change that may have been made would be made again");
        }
        if throttled != (failure.cause == Cause::Throttled) {
            return wrong("throttled or not");
        }
        Ok(())
    }

    fn says_failed(&self) -> bool {
        let words = ["error", "failed", "failure", "cancelled", "canceled", "aborted"];
        let status = self.wire.json["status"].as_str();
        status.is_some_and(|status| words.iter().any(|word| status.eq_ignore_ascii_case(word)))
    }
}
