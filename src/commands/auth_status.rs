//! `dhub auth status`: who you are, where the token comes from, and whether it works. Never the token.

use crate::api::{Client, Failure};
use crate::error::{Error, Kind};
use crate::names::ApiVersion;
use crate::output::view::{Login, LoginView};
use crate::session::{Session, lacks_user_endpoint};
use crate::settings::TokenSource;
use crate::threads;

use super::context::Context;

pub fn run(context: &Context) -> anyhow::Result<u8> {
    let session = context.session(None)?;
    let source = source(&session);
    let show = |user: Option<&str>, works, apis| {
        let login = Login {
            host: session.host().base(),
            user,
            token_source: source,
            works,
            api: Some(session.settings.api.as_str()),
            apis,
        };
        context.output.show(&LoginView::Status(login))
    };
    let client = match session.authenticated() {
        Ok(client) => client,
        Err(error) => {
            show(None, None, Vec::new())?;
            return Err(error.into());
        }
    };
    let (outcome, apis) = ask_both(client);
    match outcome {
        Ok(user) => {
            if let Some(stale) = session.stale_user(&user) {
                context.output.note(&stale);
            }
            show(Some(&user), Some(true), apis)?;
            Ok(0)
        }
        Err(failure) if lacks_user_endpoint(&failure) && apis.is_empty() => {
            context.output.note(&format!("{} cannot report the token's user", session.host()));
            show(session.stored_user(), None, apis)?;
            Ok(0)
        }
        Err(failure) => {
            let works = (failure.kind() == Kind::Auth).then_some(false);
            let other = apis.first().map(|api| {
                format!(
                    "API {api} accepts it: add --api {api}, or run `{} {api}`",
                    session.command("dhub config set api")
                )
            });
            show(None, works, apis)?;
            let failure = Failure { hint: other.or(failure.hint.clone()), ..failure };
            Err(not_working(failure, &session).into())
        }
    }
}

/// The user of the token, and every version of the API that accepts it: neither request waits for the other.
pub fn ask_both(client: &Client) -> (Result<String, Failure>, Vec<&'static str>) {
    let client = client.growing(2, 2);
    let other = client.speaking(client.version().other());
    let (user, other_user) = threads::both(|| client.user(), || other.user());
    let accepted = [(client.version(), user.is_ok()), (other.version(), other_user.is_ok())];
    let mut apis: Vec<ApiVersion> =
        accepted.into_iter().filter(|(_, accepts)| *accepts).map(|(version, _)| version).collect();
    apis.sort_unstable();
    (user, apis.into_iter().map(ApiVersion::as_str).collect())
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
