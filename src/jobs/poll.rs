//! A job that is not finished yet, and the wait for one fork, whatever fails in between.

use std::time::{Duration, Instant};

use crate::api::{Cause, Client, DatabaseInfo, Failure, ForkStatus, MAX_THROTTLE, NotBefore};
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
    /// The awaited database is there, whatever it is.
    Found(DatabaseInfo),
}

/// What is polled until a fork ends.
#[derive(Clone, Debug)]
pub enum Awaited {
    /// The fork's operation, with where the fork will be, if that is known.
    Operation(Operation, Option<ExpectedFork>),
    /// The database itself: another command requested the fork.
    Database(Database),
}

/// Where a fork will be: it is looked up while its operation is refused.
#[derive(Clone, Debug)]
pub struct ExpectedFork {
    /// The fork.
    pub fork: Database,
    /// What is forked.
    pub parent: Database,
}

/// A poll near the deadline may take this long, even if less is left.
const MIN_REQUEST_TIMEOUT: Duration = Duration::from_secs(1);
/// A request may exceed its time limit by this much on a busy machine.
const SLACK: Duration = Duration::from_millis(200);

/// A fork whose operation has been refused for so long is done if it is there.
const REFUSED_LONG: Duration = Duration::from_secs(10);

/// What to wait for, and for how long.
pub struct WaitOptions {
    /// What is polled.
    pub awaited: Awaited,
    /// For the spinner and for errors, such as `dolthub/x → taylor`.
    pub what: String,
    /// How long to wait; none is without end.
    pub timeout: Option<Duration>,
    /// Since when that counts.
    pub started: Instant,
    /// The command that waits for the same fork.
    pub resume: String,
    /// The command that waits for it by looking, where there is another one: for an operation that is refused.
    pub look: Option<String>,
}

/// A wait for one fork, a poll at a time, so that one thread can wait for many.
pub struct ForkWait<'a> {
    client: &'a Client,
    options: WaitOptions,
    schedule: Schedule,
    spinner: Spinner<'a>,
    /// Since when the operation is refused to this token.
    refused_since: Option<Instant>,
    /// The last response's fork, where it was not the expected one.
    unexpected: Option<Database>,
    /// Whether the service has said that it is not finished.
    is_pending: bool,
    /// Whether it was polled once more because the machine slept.
    overslept: bool,
    /// What failed last, once only the end of the time is waited for.
    expiring: Option<Option<String>>,
}

/// What a failed poll means.
enum Verdict {
    /// Poll again.
    GoOn,
    /// The fork has ended all the same.
    Ended(ForkEnd),
    /// Further polls are useless.
    Stop,
}

impl<'a> ForkWait<'a> {
    /// A wait that polls from now on.
    pub fn new(client: &'a Client, options: WaitOptions, progress: &Progress<'a>) -> Self {
        ForkWait {
            client,
            schedule: Schedule::new(options.started, options.timeout),
            spinner: progress.spinner(&options.what),
            options,
            refused_since: None,
            unexpected: None,
            is_pending: false,
            overslept: false,
            expiring: None,
        }
    }

    /// How long it waits; none is without end.
    pub fn timeout(&self) -> Option<Duration> {
        self.options.timeout
    }

    /// Whether the service has said that it is not finished.
    pub fn is_pending(&self) -> bool {
        self.is_pending
    }

    /// When to poll first a fork that was accepted just now.
    pub fn first(&self) -> Instant {
        self.schedule.first(Instant::now())
    }

    /// Polls the fork once: how it ended, or the error that says why the wait ends though the fork goes on.
    pub fn poll(&mut self) -> Poll<Result<ForkEnd, Error>> {
        if let Some(problem) = &self.expiring {
            return Poll::Ready(Err(self.timed_out(problem.as_deref())));
        }
        let started = Instant::now();
        let remaining = self.schedule.remaining(started);
        let timeout = remaining.map(|remaining| remaining.max(MIN_REQUEST_TIMEOUT));
        let polled = match self.request(timeout) {
            Ok(polled) => polled,
            Err(NotBefore(_)) if remaining.is_some_and(|remaining| remaining.is_zero()) => {
                return Poll::Ready(Err(self.timed_out(Some("the service is throttling"))));
            }
            Err(NotBefore(time)) => return Poll::Again(self.schedule.by_deadline(time)),
        };
        let (retry_after, problem) = match polled {
            Ok(None) => {
                self.schedule.reset_invalid();
                self.refused_since = None;
                self.unexpected = None;
                self.is_pending = true;
                (None, None)
            }
            Ok(Some(ForkEnd::Done(Some(fork)))) if !self.believes(&fork) => {
                (None, Some(format!("the response is about {fork}")))
            }
            Ok(Some(end)) => return Poll::Ready(Ok(end)),
            Err(failure) => match self.judge(&failure, timeout) {
                Verdict::GoOn => (retry_after(&failure), Some(problem(&failure))),
                Verdict::Ended(end) => return Poll::Ready(Ok(end)),
                Verdict::Stop => return Poll::Ready(Err(self.refused(failure))),
            },
        };
        self.spinner.set_problem(problem.as_deref());
        let now = Instant::now();
        let next = match &problem {
            None => self.schedule.next(started, now, retry_after, fastrand::f64()),
            Some(_) => self.schedule.next_after_failure(now, retry_after, fastrand::f64()),
        };
        if let Some(time) = next {
            return Poll::Again(time);
        }
        // A request cannot take longer than its own limit: the machine slept, and the response had no reader.
        if !self.overslept && timeout.is_some_and(|timeout| started.elapsed() > timeout + SLACK) {
            self.overslept = true;
            return Poll::Again(now);
        }
        self.expiring = Some(problem);
        Poll::Again(self.schedule.end(now))
    }

    /// A fork keeps its parent's name (facts of the API, "Names"): a response with another one may belong to another
    /// request, unless it comes twice in a row.
    fn believes(&mut self, fork: &Database) -> bool {
        match &self.options.awaited {
            Awaited::Operation(_, Some(expected)) if !fork.name.eq_ignore_ascii_case(&expected.fork.name) => {
                self.unexpected.replace(fork.clone()).is_some_and(|before| before == *fork)
            }
            _ => true,
        }
    }

    /// One poll: none while the fork is not finished.
    fn request(&self, timeout: Option<Duration>) -> Result<Result<Option<ForkEnd>, Failure>, NotBefore> {
        let operation = match &self.options.awaited {
            Awaited::Operation(operation, _) => operation,
            Awaited::Database(database) => {
                return Ok(match self.client.poll_database(database, timeout)? {
                    Ok(found) => Ok(Some(ForkEnd::Found(found))),
                    Err(failure) if failure.is_absence() => Ok(None),
                    Err(failure) => Err(failure),
                });
            }
        };
        Ok(self.client.poll_fork(operation, timeout)?.map(|status| match status {
            ForkStatus::Pending => None,
            ForkStatus::Failed(message) => Some(ForkEnd::Failed(message)),
            ForkStatus::Done(fork) => Some(ForkEnd::Done(fork)),
        }))
    }

    fn judge(&mut self, failure: &Failure, timeout: Option<Duration>) -> Verdict {
        let now = Instant::now();
        let go_on_if = |goes_on| if goes_on { Verdict::GoOn } else { Verdict::Stop };
        if failure.is_invalid() {
            return go_on_if(self.schedule.tolerates_invalid(now, self.client.has_responded()));
        }
        self.schedule.reset_invalid();
        match &self.options.awaited {
            Awaited::Operation(_, Some(expected)) if matches!(failure.cause, Cause::Refused(_)) => {
                let is_long = now - *self.refused_since.get_or_insert(now) >= REFUSED_LONG;
                self.look_instead(expected, failure, is_long, timeout)
            }
            _ => go_on_if(failure.is_transient()),
        }
    }

    /// Looks for the fork itself: a poll may be refused although the fork then succeeds (facts of the API, "Errors in
    /// general"). Until that `is_long`, the fork may be there and not finished.
    fn look_instead(
        &self,
        expected: &ExpectedFork,
        refusal: &Failure,
        is_long: bool,
        timeout: Option<Duration>,
    ) -> Verdict {
        let is_forbidden = |failure: &Failure| failure.cause == Cause::Refused(Kind::Auth);
        match self.client.poll_database(&expected.fork, timeout) {
            Ok(Ok(found)) if found.is_fork_of(&expected.parent) => match is_long {
                true => Verdict::Ended(ForkEnd::Done(Some(found.database))),
                false => Verdict::GoOn,
            },
            // Nothing is open to this token any more.
            Ok(Err(failure)) if is_forbidden(&failure) => Verdict::Stop,
            // It says nothing of the fork.
            Ok(Err(failure)) if failure.is_transient() || failure.is_invalid() => Verdict::GoOn,
            // The refusal may be of the poll alone; any other is about the operation.
            _ if is_forbidden(refusal) => Verdict::GoOn,
            Err(_) => Verdict::GoOn,
            Ok(_) => Verdict::Stop,
        }
    }

    fn refused(&self, failure: Failure) -> Error {
        let resume = &self.options.resume;
        let hint = match failure.kind() {
            Kind::Auth => format!("with a token that has access to the fork, to resume: {resume}"),
            Kind::NotFound => format!("check the operation's name, then: {resume}"),
            _ => format!("to resume: {resume}"),
        };
        let hint = failure.hint.as_ref().map_or_else(|| hint.clone(), |first| format!("{first}; {hint}"));
        Failure { hint: Some(hint), ..failure }
            .into_error(format!("stopped waiting for {}", self.options.what))
    }

    fn timed_out(&self, problem: Option<&str>) -> Error {
        let WaitOptions { resume, look, .. } = &self.options;
        let goes_on = match &self.options.awaited {
            Awaited::Operation(..) => goes_on(1, resume),
            // Only the service knows.
            Awaited::Database(_) => format!("it may still be in progress; to resume: {resume}"),
        };
        let hint = match look {
            Some(look) if self.refused_since.is_some() => {
                format!("{goes_on}; where its status is refused: {look}")
            }
            _ => goes_on,
        };
        let timeout = humantime::format_duration(self.options.timeout.unwrap_or_default());
        let problem = problem.map(|problem| format!(" (last error: {problem})")).unwrap_or_default();
        Error::new(Kind::Pending, format!("not finished after {timeout}{problem}"))
            .with_context(format!("stopped waiting for {}", self.options.what))
            .with_hint(hint)
    }
}

/// What fails at the moment; a pause that the service asks for is why nothing happens for so long.
fn problem(failure: &Failure) -> String {
    match failure.retry_after {
        Some(pause) if pause > MAX_THROTTLE => {
            format!("{}; the service asks to wait {}", failure.message, humantime::format_duration(pause))
        }
        _ => failure.message.clone(),
    }
}

/// The pause that the service asks for, bounded: it may have made a mistake.
fn retry_after(failure: &Failure) -> Option<Duration> {
    failure.retry_after.map(|pause| pause.min(MAX_THROTTLE))
}
