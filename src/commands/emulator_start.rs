//! `dhub emulator start`: keep an emulator running.

use std::io::Write;
use std::thread;

use crate::cli;
use crate::emulator::{Emulator, ORGANIZATIONS, Options, TOKEN};
use crate::error::{Error, Exhausted, Kind, without_number};
use crate::output::escape;
use crate::output::view::EmulatorView;

use super::context::Context;

pub fn run(context: &Context, args: cli::Start) -> anyhow::Result<u8> {
    if !args.listen.ip().is_loopback() {
        return Err(Error::usage(format!("the emulator does not listen on {}", args.listen.ip()))
            .with_hint("its token is no secret: it serves this machine only, at 127.0.0.1 or [::1]")
            .into());
    }
    if context.output.is_json() {
        context.report_interrupts()?;
    }
    let options = options(&args.tuning, args.state, args.listen, context.global.verbose > 0);
    let (user, organizations) = (options.user.clone(), options.organizations.clone());
    let emulator = Emulator::start(options).map_err(cannot_start)?;
    let url = emulator.url();
    let output = &context.output;
    output.show(&EmulatorView { host: &url, token: TOKEN, user: &user, organizations: &organizations })?;
    output.note(&format!("the token is {user}'s, who may write to {user}, {}", organizations.join(", ")));
    output.note("the emulator runs until Ctrl-C; paste the lines above into another shell");
    loop {
        // A signal ends the program.
        thread::park();
    }
}

/// What the command line says of an emulator, in the emulator's words.
pub(super) fn options(
    tuning: &cli::Tuning,
    state: Option<std::path::PathBuf>,
    listen: std::net::SocketAddr,
    verbose: bool,
) -> Options {
    let mut organizations: Vec<String> = ORGANIZATIONS.map(str::to_owned).into();
    for named in &tuning.organizations {
        if !organizations.contains(named) {
            organizations.push(named.clone());
        }
    }
    Options {
        listen,
        user: tuning.user.clone(),
        organizations,
        fork_delay: tuning.fork_delay,
        latency: tuning.latency,
        fault_rate: tuning.fault_rate,
        seed: tuning.seed,
        state,
        network: tuning.network,
        v1alpha1_gone: tuning.no_v1alpha1,
        v2: !tuning.no_v2,
        v2_refuses_token: tuning.v2_refuses_token,
        token_refusals: tuning.token_refusal.clone(),
        refusal_forms: tuning.refusal_form.clone(),
        free_account: tuning.free_account,
        log: verbose.then_some(log as fn(&str)),
        ..Options::default()
    }
}

/// A line for a request, on stderr: a command's own output goes to stdout.
fn log(line: &str) {
    // A closed stderr cannot be reported anywhere.
    let _ = writeln!(std::io::stderr(), "{}", escape::line(line));
}

pub(super) fn cannot_start(error: crate::emulator::Error) -> Error {
    let hint = match &error {
        crate::emulator::Error::NotState(_) => {
            Some("it was left as it is: give --state a file that does not exist yet")
        }
        _ => None,
    };
    const CONTEXT: &str = "the emulator cannot start";
    let source = std::error::Error::source(&error).and_then(|source| source.downcast_ref::<std::io::Error>());
    if let Some(exhausted) = source.and_then(Exhausted::find) {
        return Error::new(Kind::Io, exhausted.to_string()).with_hint(exhausted.hint()).with_context(CONTEXT);
    }
    let error = Error::new(Kind::Io, without_number(error.to_string())).with_context(CONTEXT);
    hint.into_iter().fold(error, Error::with_hint)
}
