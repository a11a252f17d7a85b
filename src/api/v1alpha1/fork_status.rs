//! The response to `GET /fork`.

use serde::Deserialize;
use serde_json::Value;

use crate::api::model::ForkStatus;

use super::status::{is_success, says_failed};
use super::{both, not_empty};

#[derive(Deserialize)]
pub struct ForkStatusResponse {
    pub status: Option<String>,
    pub done: Option<bool>,
    message: Option<String>,
    /// Where some responses have their text (facts of the API, "Errors in general").
    error: Option<Value>,
    operation_name: Option<String>,
    database_owner: Option<String>,
    database_name: Option<String>,
}

impl ForkStatusResponse {
    /// It says so, or gives a reason in the place of a database.
    pub fn has_failed(&self) -> bool {
        let names_a_fork = both(self.database_owner.clone(), self.database_name.clone()).is_some();
        says_failed(self.status.as_deref())
            || (!names_a_fork && (self.reason().is_some() || !is_success(self.status.as_deref())))
    }

    /// `status: "Success"` alone does not mean finished: `done` does, and where it is absent, a named database
    /// (facts of the API, "Fork and its operation").
    pub fn interpret(self) -> Option<ForkStatus> {
        let is_documented = self.status.is_some() || self.operation_name.is_some() || self.done.is_some();
        let has_failed = self.has_failed();
        let reason = self.reason();
        let fork = both(self.database_owner, self.database_name);
        match self.done {
            Some(true) if has_failed => Some(ForkStatus::Failed(reason)),
            Some(true) => Some(ForkStatus::Done(fork)),
            // No service works on what it calls failed.
            _ if says_failed(self.status.as_deref()) => Some(ForkStatus::Failed(reason)),
            None if fork.is_some() => Some(ForkStatus::Done(fork)),
            Some(false) | None => is_documented.then_some(ForkStatus::Pending),
        }
    }

    fn reason(&self) -> Option<String> {
        let error = self.error.as_ref().and_then(Value::as_str).map(str::to_owned);
        [self.message.clone(), error].into_iter().find_map(not_empty)
    }
}
