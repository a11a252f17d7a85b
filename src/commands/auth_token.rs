//! `dhub auth token`: the token in use, to be piped. Nothing is sent.

use std::io::{self, IsTerminal};

use crate::output::view::TokenView;

use super::auth_status::source;
use super::context::Context;

pub fn run(context: &Context) -> anyhow::Result<u8> {
    let session = context.session(None)?;
    let token = session.token_to_print()?;
    if io::stdout().is_terminal() {
        context.output.note("anyone who sees this token can use it; it is meant for a pipe");
    }
    let view = TokenView { host: session.host().base(), token: token.expose(), source: source(&session) };
    context.output.show(&view)?;
    Ok(0)
}
