//! What a command runs with: flag, then environment, then config file, then default. No network here.

use std::collections::HashMap;
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use zeroize::Zeroizing;

use crate::config::{Config, HostEntry};
use crate::error::{Error, Kind, Result};
use crate::names::Host;
use crate::token::Token;

/// The environment variables of the process, taken once. An empty one counts as unset. Wiped when dropped, since a
/// token may be among them, and never shown by `Debug`.
#[derive(Clone, Default)]
pub struct Environment(HashMap<String, Zeroizing<String>>);

impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl Environment {
    /// The environment of this process. What is not UTF-8 keeps a mark in the place of the wrong bytes.
    pub fn of_this_process() -> Self {
        let text = |os: std::ffi::OsString| os.to_string_lossy().into_owned();
        Environment(std::env::vars_os().map(|(name, value)| (text(name), text(value).into())).collect())
    }

    /// The value of a variable that is set and not empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|value| value.as_str()).filter(|value| !value.is_empty())
    }
}

impl<const N: usize> From<[(&str, &str); N]> for Environment {
    fn from(pairs: [(&str, &str); N]) -> Self {
        Environment(pairs.map(|(name, value)| (name.to_owned(), value.to_owned().into())).into())
    }
}

/// What the flags say, where they were given.
#[derive(Clone, Debug, Default)]
pub struct Flags {
    /// `--host`
    pub host: Option<String>,
    /// `--config`
    pub config: Option<PathBuf>,
    /// `--request-timeout`
    pub request_timeout: Option<Duration>,
}

/// Where the token comes from.
#[derive(Clone, Debug)]
pub enum TokenSource {
    /// An environment variable of this name.
    Environment(&'static str, Token),
    /// The host's entry in the config file.
    File(Token),
    /// The program that the host's entry names.
    Command(Vec<String>),
    /// What stands where a token is expected cannot be one.
    Broken(Error),
    /// There is none for this host.
    None,
}

/// Everything that was settled before the first request.
#[derive(Debug)]
pub struct Settings {
    /// The service to talk to.
    pub host: Host,
    /// Its entry in the config file.
    pub entry: HostEntry,
    /// Where the token comes from, if there is one for this host.
    pub token: TokenSource,
    /// The owner meant where none is named: `DOLTHUB_OWNER`, else the host's entry.
    pub owner: Option<String>,
    /// Whether a token may travel over plain http.
    pub allow_http: bool,
    /// How long one request may take, from the connection to the last byte of the answer.
    pub request_timeout: Duration,
    /// The config file.
    pub config: Config,
    /// The home of `DOLTHUB_TOKEN`, where that is another host than this.
    pub token_elsewhere: Option<Host>,
    /// The options another dhub needs to talk to the same host in the same way.
    pub same_again: Vec<String>,
}

/// One request may take this long unless `--request-timeout` says otherwise.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

impl Settings {
    /// Settles the host, the token and the rest; `page` is the host of a database's page that was pasted.
    ///
    /// # Errors
    /// Usage errors for a wrong host or a page of another host, config errors for a broken file. A token that cannot
    /// be one is an error only when it is needed.
    pub fn resolve(flags: &Flags, environment: &Environment, page: Option<&Host>) -> Result<Self> {
        let config = load_config(flags, environment)?;
        let named = named_host(flags, environment)?;
        if let (Some(page), Some((origin, named))) = (page, &named)
            && page != named
        {
            return Err(Error::usage(format!("the page is on {page}, but {origin} says {named}"))
                .with_hint(format!("leave {origin} out, or write OWNER/NAME instead of the page")));
        }
        let host = match (page, named) {
            (Some(page), _) => page.clone(),
            (None, Some((_, named))) => named,
            (None, None) => match official_host(environment)? {
                Some(host) => host,
                None => config.host()?.unwrap_or_else(Host::dolthub),
            },
        };
        let entry = config.entry(&host)?;
        Ok(Settings {
            token: token_source(environment, &config, &host, &entry)?,
            token_elsewhere: token_home(environment, &config)?.filter(|home| *home != host),
            owner: environment.get("DOLTHUB_OWNER").map(str::to_owned).or_else(|| entry.owner.clone()),
            allow_http: entry.allow_http || environment.get("DHUB_ALLOW_HTTP") == Some("1"),
            request_timeout: flags.request_timeout.unwrap_or(REQUEST_TIMEOUT),
            same_again: same_again(flags, page),
            host,
            entry,
            config,
        })
    }
}

fn load_config(flags: &Flags, environment: &Environment) -> Result<Config> {
    match (&flags.config, environment.get("DHUB_CONFIG")) {
        (Some(path), _) => Config::load(path.clone(), true),
        (None, Some(path)) => Config::load(path.into(), true),
        (None, None) => match Config::default_path() {
            Ok(path) => Config::load(path, false),
            Err(no_folder) => Ok(Config::without_folder(no_folder)),
        },
    }
}

/// The host that the flag or the environment names, and which of them does.
fn named_host(flags: &Flags, environment: &Environment) -> Result<Option<(&'static str, Host)>> {
    let named = match (&flags.host, environment.get("DOLTHUB_HOST")) {
        (Some(host), _) => Some(("--host", host.as_str())),
        (None, Some(host)) => Some(("DOLTHUB_HOST", host)),
        (None, None) => None,
    };
    named.map(|(origin, host)| Ok((origin, Host::parse(host)?))).transpose()
}

/// The official CLI's token, where this program's own token variable is absent: `DH_TOKEN` goes with `DH_HOST`.
fn official_token(environment: &Environment) -> Option<&str> {
    environment.get("DH_TOKEN").filter(|_| environment.get("DOLTHUB_TOKEN").is_none())
}

/// The host that the official CLI's pair names. A token alone names none.
fn official_host(environment: &Environment) -> Result<Option<Host>> {
    official_token(environment).and_then(|_| environment.get("DH_HOST")).map(Host::parse).transpose()
}

/// The host that `DOLTHUB_TOKEN` belongs to, where it is set.
fn token_home(environment: &Environment, config: &Config) -> Result<Option<Host>> {
    if environment.get("DOLTHUB_TOKEN").is_none() {
        return Ok(None);
    }
    Ok(Some(match environment.get("DOLTHUB_HOST") {
        Some(home) => Host::parse(home)?,
        None => config.host()?.unwrap_or_else(Host::dolthub),
    }))
}

/// The token whose home is `host`. A token goes nowhere but home.
fn token_source(
    environment: &Environment,
    config: &Config,
    host: &Host,
    entry: &HostEntry,
) -> Result<TokenSource> {
    if let Some(token) = environment.get("DOLTHUB_TOKEN")
        && token_home(environment, config)?.as_ref() == Some(host)
    {
        return Ok(from_environment("DOLTHUB_TOKEN", token));
    }
    if let Some(token) = official_token(environment)
        && official_host(environment)?.unwrap_or_else(Host::dolthub) == *host
    {
        return Ok(from_environment("DH_TOKEN", token));
    }
    Ok(match (&entry.token, &entry.token_command) {
        (Some(Ok(token)), _) => TokenSource::File(token.clone()),
        (Some(Err(broken)), _) => TokenSource::Broken(broken.clone()),
        (None, Some(command)) => TokenSource::Command(command.clone()),
        (None, None) => TokenSource::None,
    })
}

fn from_environment(variable: &'static str, token: &str) -> TokenSource {
    match Token::parse(token) {
        Ok(token) => TokenSource::Environment(variable, token),
        Err(why) => TokenSource::Broken(Error::new(Kind::Auth, format!("{variable}: {why}"))),
    }
}

/// What the environment and the config file do not say is said again by options.
fn same_again(flags: &Flags, page: Option<&Host>) -> Vec<String> {
    let mut options = Vec::new();
    if let Some(host) = page.map(|host| host.base().to_owned()).or_else(|| flags.host.clone()) {
        options.extend(["--host".to_owned(), host]);
    }
    if let Some(config) = &flags.config {
        options.extend(["--config".to_owned(), config.display().to_string()]);
    }
    options
}

#[cfg(test)]
mod tests;
