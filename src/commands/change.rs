//! A create or a fork: sent once, looked up when its response is lost, confirmed when the target already exists.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::api::{Cause, Client, DatabaseInfo, Failure, WriteHook};
use crate::error::{Error, Kind, Result};
use crate::jobs::{PendingWrite, Slot, TimeLimit};
use crate::names::{Database, Visibility};
use crate::session::Session;
use crate::shell;

use super::hints::{duplicate_hint, with_refusal_hint};
use super::lookup::{
    self, EarlyLookup, Existence, look_up, look_up_at_once, look_up_until, look_up_with_visibility,
};

/// A request that makes a database.
pub trait Change {
    /// The service's response.
    type Response;

    /// Sends the request.
    fn send(&self, client: &Client, hook: &dyn WriteHook) -> Result<Self::Response, Failure>;

    /// The database that it makes.
    fn target(&self) -> &Database;

    /// What the service is to do, such as `fork a/b to c`.
    fn action(&self) -> String;

    /// What will have been done, such as `a/b was forked to c`.
    fn result(&self) -> String;

    /// How the target that exists differs from what was requested, as far as `existing` shows it.
    fn mismatch(&self, existing: &DatabaseInfo) -> Option<Mismatch>;

    /// The visibility that was requested, where that is part of the request.
    fn visibility(&self) -> Option<Visibility> {
        None
    }

    /// Whether to look beside the request whether its target exists: that saves a person a request in a row where it does,
    /// and costs the service one where it does not.
    fn looks_early(&self) -> bool {
        false
    }

    /// Why a target that already exists may be invisible.
    fn why_invisible(&self) -> &'static str;

    /// The time that it may take, from its first request on.
    fn time_limit(&self) -> Option<&TimeLimit> {
        None
    }

    /// Whether one that was requested before is waited for.
    fn waits(&self) -> bool {
        false
    }

    /// What to do where the service wants a paid account.
    fn paid_account_hint(&self) -> &'static str {
        "it takes a paid account"
    }

    /// What to do about a duplicate, where the request itself explains it.
    fn duplicate_hint(&self) -> Option<String> {
        None
    }
}

/// What exists is not what was requested.
pub struct Mismatch {
    /// What it is, such as `is public, not private`.
    pub what: String,
    /// What to do about it.
    pub hint: String,
}

/// What came of a change.
pub enum Changed<R> {
    /// The service's response.
    Response(R),
    /// The target exists and is what was requested. Where the response was lost, it may be new.
    Existing { response_lost: bool },
    /// It was requested before, as this refusal says, and may be in progress.
    Earlier(Failure),
}

/// Everything that a change needs besides itself.
#[derive(Clone, Copy)]
pub struct Changer<'a> {
    /// The service.
    pub session: &'a Session,
    /// With a token.
    pub client: &'a Client,
    /// Whether a target that already exists is a success.
    pub if_not_exists: bool,
}

impl Changer<'_> {
    /// Sends the request, again only where it certainly did not take effect, and finds out what came of it.
    ///
    /// # Errors
    /// The refusal; a conflict where what exists is not what was requested; [`Kind::Unknown`] where the response was lost.
    pub fn perform<C: Change>(self, change: &C, slot: Slot<'_>) -> Result<Changed<C::Response>> {
        let hook = slot.sending(self.pending_write(change), change.time_limit());
        let looks_early = self.if_not_exists && change.looks_early();
        let early = if looks_early { EarlyLookup::start(self.client, change.target()) } else { None };
        let failure = match change.send(self.client, &hook) {
            Ok(response) => return Ok(Changed::Response(response)),
            Err(failure) => failure,
        };
        if failure.may_have_taken_effect() {
            return self.after_lost_response(change, &failure);
        }
        if self.if_not_exists && failure.may_exist_already() {
            // Only what is right counts: else the refusal may know more than a lookup that began before it.
            let existing = early.and_then(EarlyLookup::found);
            if existing
                .is_some_and(|existing| change.visibility().is_none() && change.mismatch(&existing).is_none())
            {
                return Ok(Changed::Existing { response_lost: false });
            }
            if failure.is_duplicate() && change.waits() {
                return Ok(Changed::Earlier(failure));
            }
            // A duplicate's visibility is needed in any case.
            let (existence, visibility) = if failure.is_duplicate() && change.visibility().is_some() {
                let (existence, visibility) = look_up_with_visibility(self.client, change.target());
                (existence, Some(visibility))
            } else {
                (look_up(self.client, change.target()), None)
            };
            // Of another refusal, only a target that exists makes a success.
            if failure.is_duplicate() || matches!(existence, Existence::Exists(_)) {
                self.confirm(change, &failure, existence, visibility)?;
                return Ok(Changed::Existing { response_lost: false });
            }
        }
        if failure.cause == Cause::Expired {
            return Err(not_started(change, failure).with_hint(format!("to continue: {}", slot.again())));
        }
        let is_duplicate = failure.is_duplicate();
        let error = failure.into_error(format!("cannot {}", change.action()));
        if is_duplicate {
            let hint = change.duplicate_hint().unwrap_or_else(|| duplicate_hint(&self.page(change)));
            return Err(error.with_hint(hint));
        }
        // *Seen* for a private database on a free account (facts of the API, "Errors in general").
        if error.message.contains(" paid ") {
            return Err(error.with_hint(change.paid_account_hint()));
        }
        // The owner may be a stored user that the token no longer belongs to.
        let refused = matches!(error.kind, Kind::Auth | Kind::NotFound | Kind::Api);
        let stale = refused.then(|| self.session.stale_owner(&change.target().owner)).flatten();
        Err(match stale {
            Some(hint) => error.with_hint(hint),
            None => with_refusal_hint(error, self.session),
        })
    }

    /// Makes sure that what was [requested before](Changed::Earlier) is what was requested now.
    ///
    /// # Errors
    /// A conflict where it is not.
    pub fn confirm_found<C: Change>(self, change: &C, failure: &Failure, found: DatabaseInfo) -> Result<()> {
        self.confirm(change, failure, Existence::Exists(found), None)
    }

    fn pending_write<C: Change>(self, change: &C) -> PendingWrite {
        let (client, target) = (self.client.clone(), change.target().clone());
        PendingWrite {
            action: change.action(),
            check: Some(self.check(change)),
            lookup: Arc::new(move || look_up_at_once(&client, &target)),
        }
    }

    /// Makes sure that what exists is what was requested: the wrong thing is never taken for the right one. Its visibility
    /// is looked up unless it was.
    fn confirm<C: Change>(
        self,
        change: &C,
        failure: &Failure,
        existence: Existence,
        visibility: Option<Result<Visibility, String>>,
    ) -> Result<()> {
        let target = change.target();
        let conflict = |message: String, hint: String| {
            Err(Error::new(Kind::AlreadyExists, message)
                .with_context(format!("cannot {}", change.action()))
                .with_hint(hint)
                .with_request(failure.request.clone(), failure.status))
        };
        let see_page = format!("see {}", self.page(change));
        let mismatch = match existence {
            Existence::Exists(existing) => match change.mismatch(&existing) {
                None => self
                    .visibility_mismatch(change, visibility.or_else(|| lookup::told_visibility(&existing))),
                mismatch => Ok(mismatch),
            },
            Existence::Absent => {
                return conflict(
                    format!("{target} already exists, but {}", change.why_invisible()),
                    see_page,
                );
            }
            Existence::Unknown(why) => Err(why),
        };
        match mismatch {
            Ok(None) => Ok(()),
            Ok(Some(Mismatch { what, hint })) => {
                conflict(format!("{target} already exists and {what}"), hint)
            }
            Err(why) => {
                conflict(format!("{target} already exists, but looking it up failed: {why}"), see_page)
            }
        }
    }

    fn visibility_mismatch<C: Change>(
        self,
        change: &C,
        visibility: Option<Result<Visibility, String>>,
    ) -> Result<Option<Mismatch>, String> {
        let Some(requested) = change.visibility() else { return Ok(None) };
        let visibility = visibility.unwrap_or_else(|| lookup::visibility(self.client, change.target()))?;
        let page = self.page(change);
        Ok((visibility != requested).then(|| Mismatch {
            what: format!("is {visibility}, not {requested}"),
            hint: format!("ask for --{visibility}, choose another name, or change it on {page}"),
        }))
    }

    /// The request may have taken effect. Looks up what exists; never sends it a second time.
    fn after_lost_response<C: Change>(self, change: &C, failure: &Failure) -> Result<Changed<C::Response>> {
        let (target, page) = (change.target(), self.page(change));
        let lost = |found: String, hint: String| {
            Err(Error::new(Kind::Unknown, format!("{}; {found}", failure.message))
                .with_context(format!("cannot tell whether {}", change.result()))
                .with_hint(hint)
                .with_request(failure.request.clone(), failure.status))
        };
        let again = format!(
            "it may still be in progress: check again with `{}`, or run this again with --if-not-exists",
            self.check(change)
        );
        match look_up_until(self.client, target, lookup_deadline(change)) {
            existence @ Existence::Exists(_) if self.if_not_exists => {
                self.confirm(change, failure, existence, None)?;
                Ok(Changed::Existing { response_lost: true })
            }
            Existence::Exists(existing) => match change.mismatch(&existing) {
                Some(Mismatch { what, hint }) => lost(format!("{target} exists now, but {what}"), hint),
                None => lost(format!("{target} exists now"), format!("see it at {page}")),
            },
            Existence::Absent => lost(format!("{target} does not exist now"), again),
            Existence::Unknown(why) => lost(format!("looking it up failed, too: {why}"), again),
        }
    }

    fn page<C: Change>(self, change: &C) -> String {
        change.target().page(self.session.host())
    }

    /// The command that shows whether the target exists.
    fn check<C: Change>(self, change: &C) -> String {
        let target = change.target().to_string();
        shell::command_line(&self.session.command("dhub db forks"), [target.as_str()].into_iter())
    }
}

/// A lookup after a lost response ends with the change's own time, which may be over: a moment for it is left.
fn lookup_deadline<C: Change>(change: &C) -> Instant {
    const USUAL: Duration = Duration::from_secs(60);
    const LEAST: Duration = Duration::from_secs(5);
    let now = Instant::now();
    change.time_limit().and_then(TimeLimit::deadline).unwrap_or(now + USUAL).clamp(now + LEAST, now + USUAL)
}

/// Its time was over while the service was throttling.
fn not_started<C: Change>(change: &C, failure: Failure) -> Error {
    let limit = change.time_limit().and_then(TimeLimit::limit).unwrap_or_default();
    let message = format!("not started after {} ({})", humantime::format_duration(limit), failure.message);
    Failure { message, ..failure }.into_error(format!("cannot {}", change.action()))
}
