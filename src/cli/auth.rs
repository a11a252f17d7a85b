//! `dhub auth`

use clap::{Args, Subcommand};

/// `dhub auth`
#[derive(Debug, Subcommand)]
pub enum Auth {
    /// Store a token for the host
    #[command(after_help = "Examples:
  dhub auth login                         asks for the token, without showing it
  dhub auth login < token.txt             reads it from stdin
  dhub auth login --host https://doltlab.corp

Make a token at https://www.dolthub.com/settings/tokens. It is checked before it
is stored. In CI, set DOLTHUB_TOKEN instead.")]
    Login(Login),
    /// Show the active account and where its token comes from
    #[command(after_help = "Examples:
  dhub auth status
  dhub auth status --host https://doltlab.corp --json")]
    Status,
    /// Remove the stored token
    #[command(after_help = "Examples:
  dhub auth logout")]
    Logout,
    /// Print the token that is in use, to be piped
    #[command(after_help = "Examples:
  dhub auth token
  token=$(dhub auth token --host https://doltlab.corp)

Nothing is sent. Anyone who sees the token can use it.")]
    Token,
}

/// `dhub auth login`
#[derive(Args, Debug)]
pub struct Login {
    /// Allow sending the token over plain http, where others can read it
    #[arg(long)]
    pub allow_http: bool,
}
