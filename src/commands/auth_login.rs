//! `dhub auth login`: check a token and store it.

use std::io::{self, IsTerminal};

use crate::api::Client;
use crate::cli;
use crate::error::{Error, Kind, Result, reason};
use crate::output::prompt;
use crate::output::view::{Login, LoginView};
use crate::session::{Session, lacks_user_endpoint};
use crate::settings::TokenSource;
use crate::token::Token;

use super::auth_status::ask_both;
use super::context::Context;

pub fn run(context: &Context, args: &cli::Login) -> anyhow::Result<u8> {
    context.report_interrupts()?;
    let mut session = context.session_to_store(true)?;
    // What the environment allows for its own token does not count for the one that is typed.
    session.settings.allow_http = session.settings.entry.allow_http || args.allow_http;
    // Before the token is typed for nothing.
    session.check_transport()?;
    refuse_beside_a_token_command(&session)?;
    session.settings.config.check_writable()?;
    if context.environment.get("CI").is_some() && io::stdin().is_terminal() {
        return Err(Error::usage("there is no token on stdin, and CI is set, so there is no prompt")
            .with_hint("set DOLTHUB_TOKEN, or pipe the token into this command")
            .into());
    }
    let host = session.host();
    let prompt = format!("A token for {host} (make one at {}): ", host.tokens_page());
    let text = prompt::secret(&context.output, &prompt)
        .map_err(|error| Error::usage(format!("cannot read the token: {}", reason(&error))))?;
    let token = Token::parse(&text).map_err(|why| {
        Error::new(Kind::Auth, why.to_string())
            .with_hint(format!("make a token at {}, and paste or pipe it in", host.tokens_page()))
    })?;
    let (user, apis) = check_token(&session.client_with(Some(&token))?, &session)?;
    if user.is_none() {
        context.output.note(&format!("{host} has no way to check a token, so it is stored unchecked"));
    }
    // Said of a host that is used over https, it would let the token go to its namesake over http one day.
    let allow_http = args.allow_http && host.is_plain_http();
    store(context, &session, &token, user.as_deref(), allow_http)?;
    if let TokenSource::Environment(variable, _) = &session.settings.token {
        context.output.note(&format!("{variable} is set too, and is used before the stored token"));
    }
    let login = Login {
        host: session.host().base(),
        user: user.as_deref(),
        token_source: Some("config file"),
        works: user.as_ref().map(|_| true),
        api: Some(session.settings.api.as_str()),
        apis: apis.clone(),
    };
    let path = session.settings.config.path().display().to_string();
    context.output.show(&LoginView::LoggedIn(login, path))?;
    if let Some(other) = apis.iter().find(|api| **api != session.settings.api.as_str()) {
        let command = session.command("dhub config set api");
        context.output.whole_note(&format!("{host} speaks API {other}, too; to use it: {command} {other}"));
    }
    Ok(0)
}

/// The token's user, none where the service cannot say; and the versions of the API that accept it.
fn check_token(client: &Client, session: &Session) -> Result<(Option<String>, Vec<&'static str>)> {
    let (user, apis) = ask_both(client);
    match user {
        Ok(user) => Ok((Some(user), apis)),
        Err(failure) if lacks_user_endpoint(&failure) && apis.is_empty() => Ok((None, apis)),
        Err(failure) if !apis.is_empty() => Err(failure
            .into_error("the token was not stored")
            .with_hint(format!("API {api} accepts it: log in with --api {api}", api = apis[0]))),
        Err(failure) => Err(failure
            .into_error("the token was not stored")
            .with_hint(format!("make a new token at {}", session.host().tokens_page()))),
    }
}

fn refuse_beside_a_token_command(session: &Session) -> Result<()> {
    if session.settings.entry.token_command.is_none() {
        return Ok(());
    }
    let path = session.settings.config.path().display();
    Err(Error::new(Kind::Config, format!("{path} has a token_command for {} already", session.host()))
        .with_hint("take that line out first: a host has either a token or a token_command"))
}

fn store(
    context: &Context,
    session: &Session,
    token: &Token,
    user: Option<&str>,
    allow_http: bool,
) -> Result<()> {
    let note = |note: &str| context.output.note(note);
    session.settings.config.update(note, |config| config.store_token(session.host(), token, user, allow_http))
}
