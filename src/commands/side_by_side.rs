//! One job for each argument, side by side: each failure is told, and none stops the others.

use std::sync::{Mutex, PoisonError, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use crate::bulk;
use crate::error::{Error, Kind};
use crate::output::{Form, Group};

use super::arguments::Argument;
use super::context::Context;
use super::{is_closed_pipe, untold};

/// What is done for one argument, a step at a time.
pub trait Job: Send {
    /// Does the next step: a request or two, and what they bring is told.
    fn step(&mut self) -> Step;
}

/// What a step brought.
pub enum Step {
    /// The next step comes at this time.
    Again(Instant),
    /// The argument is dealt with.
    Finished(anyhow::Result<Success>),
    /// It goes on at the service without being watched, so that trying again would do it twice.
    GoesOn(anyhow::Result<Success>),
}

/// How it went well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Success {
    /// It was done now.
    Done,
    /// It was there already.
    There,
}

/// How an argument ended.
#[derive(Clone, Copy)]
struct End {
    result: Result<Success, Kind>,
    goes_on: bool,
}

/// How the arguments are spoken of at the end.
pub struct Words<'a> {
    /// What was done to those that went well, such as `forked`.
    pub done: &'a str,
    /// The command that tries these arguments again; the flag says that some may have been carried out.
    pub again: &'a dyn Fn(&[&str], bool) -> String,
}

/// Does the job of each argument, `jobs` at a time. Returns the exit code: that of the first argument that failed.
pub fn run<J: Job>(
    context: &Context,
    group: &Group<'_>,
    jobs: usize,
    arguments: Vec<Argument<J>>,
    words: &Words<'_>,
) -> u8 {
    let texts: Vec<String> = arguments.iter().map(|argument| argument.text.clone()).collect();
    let ends = Mutex::new(vec![End { result: Ok(Success::Done), goes_on: false }; texts.len()]);
    let end = |number: usize, result: Result<Success, Kind>, goes_on: bool| {
        ends.lock().unwrap_or_else(PoisonError::into_inner)[number] = End { result, goes_on };
        group.done();
    };
    let numbered = arguments.into_iter().map(|argument| argument.value).enumerate();
    while_beating(group, || {
        bulk::run(jobs.min(texts.len()), numbered, |(number, mut job): (usize, J), queue| match job.step() {
            Step::Again(at) => queue.add((number, job), at),
            Step::Finished(outcome) => {
                drop(job);
                end(number, tell(context, &texts[number], outcome), false);
            }
            Step::GoesOn(outcome) => {
                drop(job);
                end(number, tell(context, &texts[number], outcome), true);
            }
        });
    });
    let ends = ends.into_inner().unwrap_or_else(PoisonError::into_inner);
    // A program counts for itself, and expects nothing behind its errors.
    if texts.len() > 1 && context.output.form() != Form::Json {
        sum_up(context, &texts, &ends, words);
    }
    ends.iter().find_map(|end| end.result.err()).map_or(0, Kind::exit_code)
}

/// Tells a failure, and says how it ended.
fn tell(context: &Context, text: &str, outcome: anyhow::Result<Success>) -> Result<Success, Kind> {
    let error = match outcome {
        Ok(success) => return Ok(success),
        Err(problem) => match problem.downcast::<Error>() {
            Ok(error) => error,
            // Whoever read the results has seen enough, but the work was asked for.
            Err(problem) if is_closed_pipe(&problem) => return Ok(Success::Done),
            Err(problem) => untold(&problem),
        },
    };
    let error = error.with_argument(text);
    context.output.error(&error);
    Err(error.kind)
}

/// Says once a minute that it goes on, where nothing moves to show it.
fn while_beating(group: &Group<'_>, work: impl FnOnce()) {
    thread::scope(|scope| {
        let (done, is_done) = mpsc::channel::<()>();
        scope.spawn(move || {
            loop {
                let wait = group.next_beat().saturating_duration_since(Instant::now());
                match is_done.recv_timeout(wait.max(Duration::from_millis(1))) {
                    Err(mpsc::RecvTimeoutError::Timeout) => group.beat(Instant::now()),
                    Ok(()) | Err(mpsc::RecvTimeoutError::Disconnected) => return,
                }
            }
        });
        work();
        drop(done);
    });
}

/// How many went how, and the command that tries exactly the failed ones again.
fn sum_up(context: &Context, texts: &[String], ends: &[End], words: &Words<'_>) {
    let count = |wanted: &dyn Fn(&End) -> bool| ends.iter().filter(|end| wanted(end)).count();
    let is_pending = |end: &End| end.result == Err(Kind::Pending) || (end.goes_on && end.result.is_err());
    let has_failed = |end: &End| end.result.is_err() && !is_pending(end);
    let counts = [
        (count(&|end| end.result == Ok(Success::Done)), words.done),
        (count(&|end| end.result == Ok(Success::There)), "already there"),
        (count(&is_pending), "not finished"),
        (count(&has_failed), "failed"),
    ];
    let parts: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    context.output.note(&parts.join(", "));
    let failed: Vec<&str> =
        texts.iter().zip(ends).filter(|(_, end)| has_failed(end)).map(|(text, _)| text.as_str()).collect();
    if !failed.is_empty() {
        // What could not be told may have been done.
        let open = ends.iter().any(|end| matches!(end.result, Err(Kind::Unknown | Kind::Io)));
        context.output.note(&format!("to try what failed again: {}", (words.again)(&failed, open)));
    }
}
