//! The dispatcher: one file per leaf command, which gathers, calls and shows.

mod api;
mod arguments;
mod auth_login;
mod auth_logout;
mod auth_status;
mod auth_token;
mod browser;
mod change;
mod checkout;
mod completions;
mod config_get;
mod config_list;
mod config_path;
mod config_set;
mod config_unset;
mod context;
mod db_create;
mod db_fork;
mod db_fork_status;
mod db_forks;
mod db_forks_tree;
mod db_view;
mod dolt;
#[cfg(feature = "emulator")]
mod emulator_exec;
#[cfg(feature = "emulator")]
mod emulator_start;
mod fork_branch;
mod fork_job;
mod habits;
mod help;
mod hints;
mod intent_status;
mod kept_forks;
mod local_copy;
mod lookup;
mod man;
mod usage_error;
mod version;

use std::io;

use crate::cli::{Auth, Cli, Command, Config, Db};
use crate::error::{Error, Kind, without_number};
use crate::interrupt;
use crate::output::filter::Filter;
use crate::output::prompt;
use crate::panic_hook;

use context::Context;

pub use usage_error::report_usage_error;

/// Runs a command and reports its error. Returns the exit code.
pub fn run(cli: Cli) -> u8 {
    panic_hook::install(prompt::restore_terminal);
    // An empty variable counts as unset; the system's folder would be the current one then.
    if cfg!(unix) && std::env::var_os("TMPDIR").is_some_and(|folder| folder.is_empty()) {
        // The first one counts, and this is the first.
        let _ = tempfile::env::override_temp_dir(std::path::Path::new("/tmp"));
    }
    // Before anything else: an expression that cannot be run is wrong use.
    let (filter, bad_expression) = match cli.global.jq.first().map(|text| Filter::parse(text)).transpose() {
        Ok(filter) => (filter, None),
        Err(why) => (None, Some(why)),
    };
    let context = Context::new(cli.global, filter);
    let output = context.output.clone();
    panic_hook::erase_with(move || output.erasing());
    let done = match bad_expression {
        Some(why) => Err(usage_error::bad_expression(&why).into()),
        None => dispatch(&context, cli.command),
    };
    let exit_code = done.unwrap_or_else(|error| report(&context, error));
    context.output.stop_moving();
    interrupt::wait_if_received();
    if exit_code == 0 && context.output.has_failed_filter() { Kind::Jq.exit_code() } else { exit_code }
}

fn dispatch(context: &Context, command: Command) -> anyhow::Result<u8> {
    match command {
        Command::Db(Db::Create(args)) => db_create::run(context, &args),
        Command::Db(Db::Fork(args)) => db_fork::run(context, &args),
        Command::Db(Db::ForkStatus(args)) => db_fork_status::run(context, &args),
        Command::Db(Db::Forks(args)) => db_forks::run(context, &args),
        Command::Db(Db::View(args)) => db_view::run(context, &args),
        Command::Auth(Auth::Login(args)) => auth_login::run(context, &args),
        Command::Auth(Auth::Status) => auth_status::run(context),
        Command::Auth(Auth::Logout) => auth_logout::run(context),
        Command::Auth(Auth::Token) => auth_token::run(context),
        Command::Config(Config::List) => config_list::run(context),
        Command::Config(Config::Get(args)) => config_get::run(context, &args),
        Command::Config(Config::Set(args)) => config_set::run(context, &args),
        Command::Config(Config::Unset(args)) => config_unset::run(context, &args),
        Command::Config(Config::Path) => config_path::run(context),
        Command::Api(args) => api::run(context, &args),
        #[cfg(feature = "emulator")]
        Command::Emulator(crate::cli::Emulator::Start(args)) => emulator_start::run(context, args),
        #[cfg(feature = "emulator")]
        Command::Emulator(crate::cli::Emulator::Exec(args)) => emulator_exec::run(context, args),
        Command::Completions(args) => completions::run(context, &args),
        Command::Man(args) => man::run(context, &args),
        Command::Version => version::run(context),
    }
}

/// Reports what ended a command. A closed stdout is not reported: its reader has seen enough.
fn report(context: &Context, error: anyhow::Error) -> u8 {
    let mut error = error
        .downcast::<Error>()
        .or_else(|error| error.downcast::<io::Error>().map(Error::from))
        .unwrap_or_else(|error| Error::new(Kind::Io, without_number(format!("{error:#}"))));
    if let (Kind::Usage, Some(argument)) = (error.kind, &error.argument) {
        error.hint = usage_error::hint_on(argument, context.global.quiet).or(error.hint);
    }
    if error.kind != Kind::ClosedPipe {
        context.output.error(&error);
    }
    error.kind.exit_code()
}
