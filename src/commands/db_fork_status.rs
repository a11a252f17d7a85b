//! `dhub db fork-status`: how far forks are, or wait for them. Knows nothing but the operation's name.

use std::io;

use crate::api::{Client, ForkStatus};
use crate::bulk::{self, Gate};
use crate::cli;
use crate::error::{Error, Kind};
use crate::names::{Database, Operation};
use crate::output::Form;
use crate::output::json::{Fork, Place, State};
use crate::session::Session;
use crate::shell;

use super::arguments::{self, Argument, nothing_to_do};
use super::context::Context;
use super::explain::explain;
use super::in_flight::{FORK_STATUS_WAIT, UnderWay, goes_on};
use super::side_by_side::{self, Job, Step, Success, Words};
use super::waiting::{Asked, Ended, Watch, failed, note_if_it_limits_nothing};

/// One operation to ask about.
struct StatusJob<'a> {
    context: &'a Context,
    session: &'a Session,
    client: &'a Client,
    gate: &'a Gate,
    operation: Operation,
    /// None where nobody waits.
    watch: Option<Watch<'a>>,
}

pub fn run(context: &Context, args: &cli::ForkStatus) -> anyhow::Result<u8> {
    let operations = arguments::read(&args.operations, Operation::parse)?;
    if nothing_to_do(context, &operations) {
        return Ok(0);
    }
    note_if_it_limits_nothing(context, args.wait);
    let session = &context.session(None)?;
    context.in_flight.resume_with(session.command(FORK_STATUS_WAIT));
    let client = session.authenticated()?;
    let operations = arguments::once(context, operations, Operation::clone);
    let gate = &session.gate(args.jobs.jobs.min(operations.len()));
    let group = &context.output.group(operations.len());
    if args.wait.wait {
        for operation in &operations {
            let operation = operation.value.clone();
            context.in_flight.add(UnderWay { operation, parent: None, owner: None }, None);
        }
    }
    let jobs = operations.into_iter().map(|Argument { text, value: operation }| {
        let watch = args.wait.wait.then(|| {
            let what = operation.to_string();
            Watch::new(context, client, operation.clone(), what, args.wait.limit(), group)
        });
        Argument { text, value: StatusJob { context, session, client, gate, operation, watch } }
    });
    let words = Words {
        done: "done",
        again: &|texts, _| {
            let mut words = vec!["dhub db fork-status".to_owned()];
            words.extend(args.wait.options());
            shell::command_line(&session.command(&words.join(" ")), texts.iter().copied())
        },
    };
    Ok(side_by_side::run(context, group, args.jobs.jobs, jobs.collect(), &words))
}

impl Job for StatusJob<'_> {
    fn step(&mut self) -> Step {
        let ended = match &mut self.watch {
            Some(watch) => match watch.ask(self.gate) {
                Asked::Again(at) => return Step::Again(at),
                Asked::Ended(ended) => ended,
            },
            None => self.ask(),
        };
        // What moves makes way for the result.
        self.watch = None;
        let Self { context, session, operation, .. } = self;
        let told = context.in_flight.tell(operation, || tell(context, session, operation, ended));
        Step::Finished(told.map(|()| Success::Done))
    }
}

impl StatusJob<'_> {
    fn ask(&self) -> Ended {
        let operation = &self.operation;
        match bulk::ask(self.gate, || self.client.fork_status(operation, None)) {
            Ok(ForkStatus::Pending) => Ended::Early(
                Error::new(Kind::Pending, format!("{operation} is not finished"))
                    .with_hint(goes_on(1, &self.context.in_flight.resume(&[operation]))),
            ),
            Ok(status) => Ended::Finished(status),
            Err(failure) => {
                let error = failure.into_error(format!("cannot tell how far {operation} is"));
                Ended::Early(match error.kind {
                    Kind::NotFound => error
                        .with_hint("check the operation's name and the host; `dhub db fork` prints the name"),
                    _ => explain(error, self.session),
                })
            }
        }
    }
}

fn tell(context: &Context, session: &Session, operation: &Operation, ended: Ended) -> anyhow::Result<()> {
    match ended {
        Ended::Finished(ForkStatus::Done(place)) => {
            Ok(show(context, session, operation, State::Done, place.as_ref(), None)?)
        }
        Ended::Finished(ForkStatus::Failed(message)) => {
            // The error says more than a closed stdout would.
            let _ = show(context, session, operation, State::Failed, None, message.as_deref());
            Err(failed(message).with_context(format!("{operation} failed")).into())
        }
        Ended::Finished(ForkStatus::Pending) => Ok(()),
        Ended::Early(error) => {
            // Any other error says nothing of the fork.
            if error.kind == Kind::Pending {
                let _ = show(context, session, operation, State::Pending, None, None);
            }
            Err(error.into())
        }
    }
}

fn show(
    context: &Context,
    session: &Session,
    operation: &Operation,
    state: State,
    place: Option<&Database>,
    message: Option<&str>,
) -> io::Result<()> {
    let output = &context.output;
    let host = session.host();
    match output.form() {
        Form::Json => output.document(&Fork {
            operation: Some(operation.as_str()),
            state,
            parent: None,
            owner: None,
            fork: place.map(|place| Place::of(place, host)),
            message,
        }),
        Form::Rows => {
            let place = place.map(ToString::to_string).unwrap_or_default();
            output.row(&[operation.as_str(), state.word(), &place])
        }
        Form::Terminal if state == State::Done => match place {
            Some(place) => output.success(&format!("{place} is there"), &[&place.page(host)]),
            None => output.success(&format!("{operation} is done"), &[]),
        },
        // The error that follows says it.
        Form::Terminal => Ok(()),
    }
}
