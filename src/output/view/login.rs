//! `auth login`, `auth status` and `auth logout`

use std::io::{self, Write};

use serde::Serialize;

use super::{View, write_json};
use crate::output::{Rows, Style, escape};

/// What is known of the token for a host: the same document for all three commands.
#[derive(Debug, Serialize)]
pub struct Login<'a> {
    /// The service's address.
    pub host: &'a str,
    /// The token's user, where known.
    pub user: Option<&'a str>,
    /// Where the token comes from; none where there is none.
    pub token_source: Option<&'a str>,
    /// Whether the service accepts the token, where that was checked.
    pub works: Option<bool>,
    /// The version of the API that commands use with this host, where that was looked up.
    pub api: Option<&'a str>,
    /// The versions of the API that accept the token, as far as that was checked.
    pub apis: Vec<&'a str>,
}

/// How a command shows it.
#[derive(Debug)]
pub enum LoginView<'a> {
    /// `auth login`, which stored the token at this path.
    LoggedIn(Login<'a>, String),
    /// `auth status`
    Status(Login<'a>),
    /// `auth logout`, and whether a token was stored.
    LoggedOut(Login<'a>, bool),
}

impl LoginView<'_> {
    fn login(&self) -> &Login<'_> {
        match self {
            LoginView::LoggedIn(login, _) | LoginView::Status(login) | LoginView::LoggedOut(login, _) => {
                login
            }
        }
    }
}

impl Login<'_> {
    fn works(&self) -> &'static str {
        match self.works {
            Some(true) => "yes",
            Some(false) => "no",
            None => "unknown",
        }
    }
}

impl View for LoginView<'_> {
    fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        write_json(out, self.login())
    }

    fn rows(&self, rows: &mut Rows<'_>) -> io::Result<()> {
        let login = self.login();
        let user = login.user.unwrap_or_default();
        match self {
            LoginView::LoggedIn(..) => rows.row(&[login.host, user]),
            LoginView::Status(_) => {
                let source = login.token_source.unwrap_or_default();
                rows.row(&[login.host, user, source, login.works()])
            }
            LoginView::LoggedOut(..) => rows.row(&[login.host]),
        }
    }

    fn columns(&self) -> &'static [&'static str] {
        match self {
            LoginView::LoggedIn(..) => &["host", "user"],
            LoginView::Status(_) => &["host", "user", "token_source", "works"],
            LoginView::LoggedOut(..) => &["host"],
        }
    }

    fn lines(&self, text: &mut String, style: Style) {
        let login = self.login();
        let host = login.host;
        match (self, login.token_source) {
            (LoginView::LoggedIn(_, path), _) => {
                let user = login.user.map(|user| format!(" as {user}")).unwrap_or_default();
                style.success(
                    text,
                    &format!("Logged in to {host}{user}"),
                    &[&format!("the token is in {path}")],
                );
            }
            (LoginView::Status(_), Some(source)) => {
                let user = escape::line(login.user.unwrap_or("unknown"));
                let works = login.works();
                text.push_str(&format!("{host}\n  user   {user}\n  token  {source}\n  works  {works}\n"));
                if !login.apis.is_empty() {
                    let (apis, used) = (login.apis.join(" and "), login.api.unwrap_or_default());
                    text.push_str(&format!("  API    {apis}; in use: {used}\n"));
                }
            }
            (LoginView::Status(_), None) => text.push_str(&format!("{host}\n  token  none\n")),
            (LoginView::LoggedOut(_, true), _) => {
                style.success(text, &format!("Removed the token for {host}"), &[]);
            }
            // A note says so.
            (LoginView::LoggedOut(_, false), _) => {}
        }
    }
}
