//! One file per leaf command: gather, call, render.

mod arguments;
mod auth_login;
mod auth_logout;
mod auth_status;
mod completions;
mod context;
mod db_create;
mod db_fork;
mod db_fork_status;
mod db_forks;
mod db_forks_tree;
#[cfg(feature = "emulator")]
mod emulator_exec;
#[cfg(feature = "emulator")]
mod emulator_start;
mod explain;
mod in_flight;
mod look;
mod misuse;
mod side_by_side;
mod waiting;

use std::io;
use std::sync::Arc;

use crate::cli::{Auth, Cli, Command, Db};
use crate::error::{Error, Kind, without_number};
use crate::guard;
use crate::interrupt;
use crate::output::{Form, Output, prompt};
use crate::settings::Environment;

use context::Context;
use in_flight::InFlight;

pub use misuse::misuse;

/// Runs a command and tells its error. Returns the exit code.
pub fn run(cli: Cli) -> u8 {
    guard::guard(prompt::restore_terminal);
    let environment = Environment::of_this_process();
    let context = Context {
        output: Arc::new(Output::new(&cli.global, &environment)),
        in_flight: Arc::new(InFlight::default()),
        global: cli.global,
        environment,
    };
    let exit_code = match dispatch(&context, cli.command) {
        Ok(exit_code) => exit_code,
        Err(problem) => tell(&context.output, problem),
    };
    // Not instead of dying of a signal.
    context.in_flight.park_if_dying();
    exit_code
}

fn dispatch(context: &Context, command: Command) -> anyhow::Result<u8> {
    if has_last_words(context, &command) {
        let (output, in_flight) = (context.output.clone(), context.in_flight.clone());
        interrupt::die_with_last_words(move |signal| in_flight.last_words(&output, signal))?;
    }
    match command {
        Command::Db(Db::Create(args)) => db_create::run(context, &args),
        Command::Db(Db::Fork(args)) => db_fork::run(context, &args),
        Command::Db(Db::ForkStatus(args)) => db_fork_status::run(context, &args),
        Command::Db(Db::Forks(args)) => db_forks::run(context, &args),
        Command::Auth(Auth::Login(args)) => auth_login::run(context, &args),
        Command::Auth(Auth::Status) => auth_status::run(context),
        Command::Auth(Auth::Logout) => auth_logout::run(context),
        #[cfg(feature = "emulator")]
        Command::Emulator(crate::cli::Emulator::Start(args)) => emulator_start::run(context, args),
        #[cfg(feature = "emulator")]
        Command::Emulator(crate::cli::Emulator::Exec(args)) => emulator_exec::run(context, args),
        Command::Completions(args) => completions::run(context, &args),
    }
}

/// Whether a signal is told of before it ends the command.
///
/// A question without a bar leaves nothing behind but the terminal's `^C`, so it dies as any program does, and what it
/// takes to catch a signal is spared. `emulator exec` ends with its command, which gets the signals, and cleans up then.
fn has_last_words(context: &Context, command: &Command) -> bool {
    match command {
        Command::Db(Db::Forks(args)) => args.tree || context.output.form() == Form::Json,
        Command::Auth(Auth::Status | Auth::Logout) => context.output.form() == Form::Json,
        Command::Completions(_) => false,
        #[cfg(feature = "emulator")]
        Command::Emulator(crate::cli::Emulator::Exec(_)) => false,
        _ => true,
    }
}

/// Tells what ended a command. A closed stdout is not worth a word: whoever read it has seen enough.
fn tell(output: &Output, problem: anyhow::Error) -> u8 {
    let error = match problem.downcast::<Error>() {
        Ok(error) => error,
        Err(problem) if is_closed_pipe(&problem) => return 0,
        Err(problem) => untold(&problem),
    };
    output.error(&error);
    error.kind.exit_code()
}

fn is_closed_pipe(problem: &anyhow::Error) -> bool {
    problem.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

/// The error for what the system refused, which is nearly always the writing of a result.
fn untold(problem: &anyhow::Error) -> Error {
    Error::new(Kind::Io, without_number(format!("{problem:#}")))
}
