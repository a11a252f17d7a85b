//! `dhub auth logout`: remove the stored token.

use crate::output::view::{Login, LoginView};
use crate::settings::TokenSource;

use super::context::Context;

pub fn run(context: &Context) -> anyhow::Result<u8> {
    context.report_interrupts()?;
    let session = context.session_to_store(false)?;
    let output = &context.output;
    let host = session.host();
    let config = &session.settings.config;
    // What cannot be read may hold the token.
    if let Some(unreadable) = config.unreadable() {
        return Err(unreadable.clone().into());
    }
    config.remove_leftover();
    // A file that needs no change may be one that cannot be written.
    let removed = config.has_token(host)?
        && config.update(|note| output.note(note), |config| config.remove_token(host))?;
    if !removed {
        output.note(&format!("no token is stored for {host}"));
    }
    match &session.settings.token {
        TokenSource::Environment(variable, _) => {
            output.note(&format!("{variable} is set, and is still used"));
        }
        TokenSource::Command(_) => {
            let path = session.settings.config.path().display();
            output.note(&format!("the token_command in {path} is still used"));
        }
        TokenSource::File(_) | TokenSource::Broken(_) | TokenSource::None => {}
    }
    let login =
        Login { host: host.base(), user: None, token_source: None, works: None, api: None, apis: Vec::new() };
    output.show(&LoginView::LoggedOut(login, removed))?;
    Ok(0)
}
