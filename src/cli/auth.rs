//! `dhub auth`

use clap::{Args, Subcommand};

/// `dhub auth`
#[derive(Debug, Subcommand)]
pub enum Auth {
    /// Store a token for the host
    #[command(after_help = "Examples:
  dhub auth login                                          asks for the token, without showing it
  dhub auth login < token.txt                              reads it from stdin
  dhub auth login --host https://doltlab.corp

Make a token at https://www.dolthub.com/settings/tokens. It is checked before it is stored.
In CI, set DOLTHUB_TOKEN instead.")]
    Login(Login),
    /// Say who you are, where the token comes from, and whether it works
    #[command(after_help = "Examples:
  dhub auth status
  dhub auth status --host https://doltlab.corp --json")]
    Status,
    /// Forget the stored token of the host
    #[command(after_help = "Examples:
  dhub auth logout")]
    Logout,
}

/// `dhub auth login`
#[derive(Args, Debug)]
pub struct Login {
    /// Let the token travel to this host over plain http, where others can overhear it
    #[arg(long)]
    pub allow_http: bool,
}
