//! A job that is not finished yet, and the wait for one fork, whatever fails in between.

use std::time::{Duration, Instant};

use crate::api::{Client, Failure, ForkStatus, MAX_THROTTLE, NotBefore};
use crate::error::{Error, Kind};
use crate::names::{Database, Operation};
use crate::output::{Progress, Spinner};

use super::schedule::Schedule;
use super::unfinished::goes_on;

/// How far something is.
#[derive(Debug)]
pub enum Poll<T> {
    /// Not finished; poll again at this time.
    Again(Instant),
    /// Finished.
    Ready(T),
}

/// How a fork ended.
#[derive(Debug)]
pub enum ForkEnd {
    /// With the new database, where the service names it.
    Done(Option<Database>),
    /// Without one, for the reason that the service gives.
    Failed(Option<String>),
}

/// A poll near the deadline may take this long, even if less is left.
const MIN_REQUEST_TIMEOUT: Duration = Duration::from_secs(1);
/// A request may exceed its time limit by this much on a busy machine.
const SLACK: Duration = Duration::from_millis(200);

/// A wait for one fork, a poll at a time, so that one thread can wait for many.
pub struct ForkWait<'a> {
    client: &'a Client,
    operation: Operation,
    /// For the spinner and for errors, such as `dolthub/x → taylor`.
    what: String,
    /// How long to wait; none is without end.
    timeout: Option<Duration>,
    /// The command that waits for the same operation.
    resume: String,
    schedule: Schedule,
    spinner: Spinner<'a>,
    /// Whether it was polled once more because the machine slept.
    overslept: bool,
    /// What failed last, once only the end of the time is waited for.
    expiring: Option<Option<String>>,
}

impl<'a> ForkWait<'a> {
    /// A wait that begins now, for no longer than `timeout`; `resume` is the command that waits for the same operation.
    pub fn new(
        client: &'a Client,
        operation: Operation,
        what: String,
        timeout: Option<Duration>,
        resume: String,
        progress: &Progress<'a>,
    ) -> Self {
        let schedule = Schedule::new(Instant::now(), timeout);
        let spinner = progress.spinner(&what);
        ForkWait {
            client,
            operation,
            what,
            timeout,
            resume,
            schedule,
            spinner,
            overslept: false,
            expiring: None,
        }
    }

    /// When to poll first a fork that was accepted just now.
    pub fn first(&self) -> Instant {
        self.schedule.first()
    }

    /// Polls the fork once: how it ended, or the error that says why the wait ends though the fork goes on.
    pub fn poll(&mut self) -> Poll<Result<ForkEnd, Error>> {
        if let Some(trouble) = &self.expiring {
            return Poll::Ready(Err(self.timed_out(trouble.as_deref())));
        }
        let started = Instant::now();
        let remaining = self.schedule.remaining(started);
        let timeout = remaining.map(|remaining| remaining.max(MIN_REQUEST_TIMEOUT));
        let polled = match self.client.poll_fork(&self.operation, timeout) {
            Ok(polled) => polled,
            Err(NotBefore(_)) if remaining.is_some_and(|remaining| remaining.is_zero()) => {
                return Poll::Ready(Err(self.timed_out(Some("the service is throttling"))));
            }
            Err(NotBefore(time)) => return Poll::Again(self.schedule.by_deadline(time)),
        };
        let (retry_after, trouble) = match polled {
            Ok(ForkStatus::Pending) => {
                self.schedule.reset_invalid();
                (None, None)
            }
            Ok(ForkStatus::Done(fork)) => return Poll::Ready(Ok(ForkEnd::Done(fork))),
            Ok(ForkStatus::Failed(message)) => return Poll::Ready(Ok(ForkEnd::Failed(message))),
            Err(failure) if self.tolerates(&failure) => (retry_after(&failure), Some(failure.message)),
            Err(failure) => return Poll::Ready(Err(self.refused(failure))),
        };
        self.spinner.set_trouble(trouble.as_deref());
        let now = Instant::now();
        if let Some(time) = self.schedule.next(now, retry_after, fastrand::f64() * 2.0 - 1.0) {
            return Poll::Again(time);
        }
        // A request cannot take longer than its own limit: the machine slept, and the response had no reader.
        if !self.overslept && timeout.is_some_and(|timeout| started.elapsed() > timeout + SLACK) {
            self.overslept = true;
            return Poll::Again(now);
        }
        self.expiring = Some(trouble);
        Poll::Again(self.schedule.end(now))
    }

    /// Whether the wait goes on after such a failure.
    fn tolerates(&mut self, failure: &Failure) -> bool {
        if failure.is_invalid() {
            return self.schedule.tolerates_invalid();
        }
        self.schedule.reset_invalid();
        failure.is_transient()
    }

    fn refused(&self, failure: Failure) -> Error {
        let resume = &self.resume;
        let hint = match failure.kind() {
            Kind::Auth => format!("with a token that has access to the fork, to resume: {resume}"),
            Kind::NotFound => format!("check the operation's name, then: {resume}"),
            _ => format!("to resume: {resume}"),
        };
        let hint = failure.hint.as_ref().map_or_else(|| hint.clone(), |first| format!("{first}; {hint}"));
        Failure { hint: Some(hint), ..failure }.into_error(format!("stopped waiting for {}", self.what))
    }

    fn timed_out(&self, trouble: Option<&str>) -> Error {
        let timeout = humantime::format_duration(self.timeout.unwrap_or_default());
        let trouble = trouble.map(|trouble| format!(" (at last: {trouble})")).unwrap_or_default();
        Error::new(Kind::Pending, format!("not finished after {timeout}{trouble}"))
            .with_context(format!("stopped waiting for {}", self.what))
            .with_hint(goes_on(1, &self.resume))
    }
}

/// The pause that the service asks for, bounded: it may have made a mistake.
fn retry_after(failure: &Failure) -> Option<Duration> {
    failure.retry_after.map(|pause| pause.min(MAX_THROTTLE))
}
