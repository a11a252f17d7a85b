//! Settings and API together: the token and the owner, found when they are first needed.

use std::mem::ManuallyDrop;
use std::sync::{Arc, OnceLock};

use crate::api::{Client, Failure, Observer, Options};
use crate::error::{Error, Kind, Result};
use crate::names::{ApiVersion, Host, Remote, check_owner, without_password};
use crate::settings::{Settings, TokenSource};
use crate::token::{KnownToken, Token, may_travel_to, token_from_command};

/// What one command needs to talk to one service.
pub struct Session {
    /// What was settled before the first request.
    pub settings: Settings,
    observer: Arc<dyn Observer>,
    /// Learns the token that is used.
    known_token: KnownToken,
    /// Not dropped: that would wait for the HTTP library's thread, which ends with the program anyway.
    client: ManuallyDrop<OnceLock<Client>>,
    /// The user that the token belongs to, once it was asked for; none where the service did not say.
    token_user: OnceLock<Option<String>>,
}

impl Session {
    /// A session that has not sent anything yet.
    pub fn new(settings: Settings, observer: Arc<dyn Observer>, known_token: KnownToken) -> Self {
        Session {
            settings,
            observer,
            known_token,
            client: ManuallyDrop::new(OnceLock::new()),
            token_user: OnceLock::new(),
        }
    }

    /// The service.
    pub fn host(&self) -> &Host {
        &self.settings.host
    }

    /// The version of the API that is used.
    pub fn version(&self) -> ApiVersion {
        self.settings.api
    }

    /// Where the databases of the host are cloned from: as the config file says, else the host's usual place; none for an
    /// emulator, as far as its responses have said by now that it is one.
    pub fn remote(&self) -> Option<Remote> {
        match &self.settings.entry.remote {
            Some(remote) => Some(remote.clone()),
            None if self.client.get().is_some_and(Client::is_emulator) => None,
            None => Some(Remote::of(self.host())),
        }
    }

    /// A client with the token of this host if there is one, else an anonymous one.
    ///
    /// # Errors
    /// When the token cannot be had, or may not travel to this host.
    pub fn client(&self) -> Result<&Client> {
        if let Some(client) = self.client.get() {
            return Ok(client);
        }
        let token = self.token()?;
        let client = self.client_with(token.as_ref())?;
        Ok(self.client.get_or_init(|| client))
    }

    /// A client with a token, for what an anonymous user may not do.
    ///
    /// # Errors
    /// As [`Session::client`]; and when there is no token for this host, with how to get one.
    pub fn authenticated(&self) -> Result<&Client> {
        match self.client()? {
            client if client.is_anonymous() => Err(self.no_token()),
            client => Ok(client),
        }
    }

    /// A client with this very token, be it stored or not.
    ///
    /// # Errors
    /// When the token may not travel to this host, or TLS cannot be set up.
    pub fn client_with(&self, token: Option<&Token>) -> Result<Client> {
        if let Some(token) = token {
            self.check_transport()?;
            self.known_token.set(token);
        }
        let options = Options {
            request_timeout: self.settings.request_timeout,
            ca_file: self.settings.entry.ca_file.clone(),
        };
        Client::new(self.host(), self.version(), token, &options, self.observer.clone())
    }

    /// The owner meant: the one that was named, else the settings', else the token's own user.
    /// `how_to_name` is what the command takes an owner by, for the hint.
    ///
    /// # Errors
    /// When there is no token, or the service cannot report its user, or the owner is invalid.
    pub fn owner(&self, named: Option<&str>, how_to_name: &str) -> Result<String> {
        let owner = self.find_owner(named, how_to_name)?;
        check_owner(&owner).map_err(|error| {
            let owner = without_password(&owner);
            error.at(&format!("{owner:?}")).with_argument(owner).with_hint(
                "the owner is a user or an organization; it comes from the command, DOLTHUB_OWNER or the config file",
            )
        })?;
        Ok(owner)
    }

    /// Whether [`Session::owner`] takes a request.
    pub fn asks_for_owner(&self, named: Option<&str>) -> bool {
        named.or(self.settings.owner.as_deref()).or(self.stored_user()).is_none()
    }

    fn find_owner(&self, named: Option<&str>, how_to_name: &str) -> Result<String> {
        if let Some(owner) = named.or(self.settings.owner.as_deref()) {
            return Ok(owner.to_owned());
        }
        if let Some(user) = self.stored_user() {
            return Ok(user.to_owned());
        }
        let client = self.authenticated()?;
        let user = client.user().inspect(|user| {
            let _ = self.token_user.set(Some(user.clone()));
        });
        user.map_err(|failure| {
            let hint =
                format!("name the owner with {how_to_name}, DOLTHUB_OWNER, or `owner` in the config file");
            if lacks_user_endpoint(&failure) {
                let message = format!("{} cannot report the token's user", self.host());
                let other = self.version().other();
                return Error::new(Kind::Usage, message)
                    .with_hint(format!("{hint}; or, if it speaks API {other} alone, add --api {other}"))
                    .with_request(failure.request, failure.status);
            }
            // Naming the owner does not mend a bad token.
            let hint = failure.hint.clone().or_else(|| (failure.kind() != Kind::Auth).then_some(hint));
            Failure { hint, ..failure }.into_error("cannot get the token's user")
        })
    }

    /// A command to be shown, with the options that make it talk to the same host in the same way.
    pub fn command(&self, command: &str) -> String {
        let flags = self.settings.host_flags.iter().map(|flag| format!(" {flag}"));
        format!("{command}{}", flags.collect::<String>())
    }

    /// The user whom the config file says the token in use belongs to.
    pub fn stored_user(&self) -> Option<&str> {
        match self.settings.token {
            TokenSource::File(_) | TokenSource::Command(_) => self.settings.entry.user.as_deref(),
            _ => None,
        }
    }

    /// The user that the token belongs to, where that is known without a request.
    pub fn known_user(&self) -> Option<&str> {
        self.stored_user().or_else(|| self.token_user.get().and_then(Option::as_deref))
    }

    /// The same, with a request where it takes one; none where the service does not say.
    pub fn user(&self) -> Option<&str> {
        self.stored_user().or_else(|| self.requested_user())
    }

    fn requested_user(&self) -> Option<&str> {
        self.token_user.get_or_init(|| self.authenticated().ok()?.user().ok()).as_deref()
    }

    /// The same as [`Session::stale_user`] for a change in this owner's name that was refused. It takes a request, once,
    /// where the owner is the stored user.
    pub fn stale_owner(&self, owner: &str) -> Option<String> {
        self.stored_user().filter(|user| user.eq_ignore_ascii_case(owner))?;
        self.stale_user(self.requested_user()?)
    }

    /// What is wrong where the token is another user's than the config file says, with what mends it.
    pub fn stale_user(&self, user: &str) -> Option<String> {
        let stored = self.stored_user().filter(|stored| !stored.eq_ignore_ascii_case(user))?;
        let path = self.settings.config.path().display();
        let mend = match self.settings.token {
            TokenSource::Command(_) => format!("write user = \"{user}\" there"),
            _ => format!("to correct that, run `{}`", self.command("dhub auth login")),
        };
        Some(format!("the token belongs to {user}, and {path} says {stored}: {mend}"))
    }

    /// The token in use for the user's own eyes or programs; nothing is sent, so it may be one that must not travel.
    ///
    /// # Errors
    /// When there is none, with how to get one, or it cannot be had.
    pub fn token_to_print(&self) -> Result<Token> {
        match &self.settings.token {
            TokenSource::Command(words) => {
                self.settings.config.check_command()?;
                token_from_command(words)
            }
            _ => self.token()?.ok_or_else(|| self.no_token()),
        }
    }

    fn token(&self) -> Result<Option<Token>> {
        match &self.settings.token {
            TokenSource::Environment(_, token) | TokenSource::File(token) => Ok(Some(token.clone())),
            TokenSource::Command(words) => {
                // Before the command prompts for a passphrase for nothing.
                self.check_transport()?;
                self.settings.config.check_command()?;
                token_from_command(words).map(Some)
            }
            TokenSource::Broken(error) => Err(error.clone()),
            TokenSource::None => Ok(None),
        }
    }

    /// A token travels over plain http only to this machine itself, or where the user said so.
    ///
    /// # Errors
    /// An auth error where it may not travel.
    pub fn check_transport(&self) -> Result<()> {
        let host = self.host();
        if may_travel_to(host, self.settings.allow_http) {
            return Ok(());
        }
        let error =
            Error::new(Kind::Auth, format!("the token is not sent to {host}: plain http can be overheard"));
        let login = self.command("dhub auth login --allow-http");
        Err(error.with_hint(match &self.settings.token {
            TokenSource::Environment(..) => format!("use https, or allow it with DHUB_ALLOW_HTTP=1 or `{login}`"),
            TokenSource::Command(_) => format!(
                "use https, or add allow_http = true to [hosts.\"{}\"] in {}",
                host.key(),
                self.settings.config.path().display()
            ),
            _ => format!(
                "use https, or allow it for this host with `{login}` (DHUB_ALLOW_HTTP counts for DOLTHUB_TOKEN and DH_TOKEN only)"
            ),
        }))
    }

    fn no_token(&self) -> Error {
        let host = self.host();
        let error = Error::new(Kind::Auth, format!("there is no token for {host}"));
        if self.settings.env_token_lost {
            return error.with_hint(format!(
                "the config file says whose DOLTHUB_TOKEN is, and cannot be read; if it is one for {host}, set DOLTHUB_HOST to that"
            ));
        }
        if let Some(home) = &self.settings.env_token_host {
            return error.with_hint(format!(
                "DOLTHUB_TOKEN belongs to {home}; if it is one for {host}, set DOLTHUB_HOST to that"
            ));
        }
        error.with_hint(format!(
            "make one at {}, then run `{}` or set DOLTHUB_TOKEN",
            host.tokens_page(),
            self.command("dhub auth login")
        ))
    }
}

/// Whether a failed `GET /user` means that the service has no such endpoint, as older self-hosted ones.
pub fn lacks_user_endpoint(failure: &Failure) -> bool {
    matches!(failure.status, Some(404 | 405 | 501)) || failure.is_absence()
}
