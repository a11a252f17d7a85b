//! `dhub auth status`: who you are, where the token comes from, and whether it works. Never the token.

use crate::api::{Client, Failure};
use crate::error::{Error, Kind};
use crate::output::view::{Login, LoginView};
use crate::session::{Session, lacks_user_endpoint};
use crate::settings::TokenSource;

use super::context::Context;

pub fn run(context: &Context) -> anyhow::Result<u8> {
    let session = context.session(None)?;
    let source = source(&session);
    let outcome = session.authenticated().map(Client::user);
    match outcome {
        Err(error) => {
            show(context, &session, None, source, None)?;
            Err(error.into())
        }
        Ok(Ok(user)) => {
            if let Some(stale) = session.stale_user(&user) {
                context.output.note(&stale);
            }
            show(context, &session, Some(&user), source, Some(true))?;
            Ok(0)
        }
        Ok(Err(failure)) if lacks_user_endpoint(&failure) => {
            let user = session.stored_user();
            context.output.note(&format!("{} cannot report the token's user", session.host()));
            show(context, &session, user, source, None)?;
            Ok(0)
        }
        Ok(Err(failure)) => {
            let works = (failure.kind() == Kind::Auth).then_some(false);
            show(context, &session, None, source, works)?;
            Err(not_working(failure, &session).into())
        }
    }
}

/// Why the token does not work, and what to do about it where it comes from.
fn not_working(failure: Failure, session: &Session) -> Error {
    if failure.kind() != Kind::Auth {
        return failure.into_error("the token could not be checked");
    }
    let page = session.host().tokens_page();
    let hint = match &session.settings.token {
        TokenSource::Environment(variable, _) => {
            format!("make a new token at {page}, and set {variable} to it")
        }
        TokenSource::Command(_) => {
            let path = session.settings.config.path().display();
            format!("it comes from the token_command in {path}; make a new token for that at {page}")
        }
        _ => format!("make a new token at {page}, then run `{}`", session.command("dhub auth login")),
    };
    failure.into_error(format!("{} does not accept the token", session.host())).with_hint(hint)
}

/// Where the token comes from.
pub fn source(session: &Session) -> Option<&'static str> {
    match &session.settings.token {
        TokenSource::Environment(variable, _) => Some(variable),
        TokenSource::File(_) => Some("config file"),
        TokenSource::Command(_) => Some("token_command"),
        TokenSource::Broken(_) | TokenSource::None => None,
    }
}

fn show(
    context: &Context,
    session: &Session,
    user: Option<&str>,
    token_source: Option<&str>,
    works: Option<bool>,
) -> std::io::Result<()> {
    let login = Login { host: session.host().base(), user, token_source, works };
    context.output.show(&LoginView::Status(login))
}
