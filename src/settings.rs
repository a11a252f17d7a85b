//! The settings of a command: flag, then environment, then config file, then default. No network access here.

mod origin;
mod site;

use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use crate::config::{Config, HostEntry};
use crate::error::{Error, Kind, Result};
use crate::names::{ApiVersion, Host, Site};
use crate::shell;
use crate::token::Token;

pub use origin::{Setting, Source};

/// A copy of the process's environment. An empty variable counts as unset. `Debug` shows names only, since a value
/// may be a token.
#[derive(Clone, Default)]
pub struct Environment {
    texts: HashMap<String, String>,
    /// What is not UTF-8, as it is: a path may be so.
    other: HashMap<String, OsString>,
}

impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.texts.keys()).finish()
    }
}

impl Environment {
    /// The environment of this process.
    pub fn of_this_process() -> Self {
        let mut environment = Environment::default();
        for (name, value) in std::env::vars_os() {
            let name = name.to_string_lossy().into_owned();
            environment.texts.insert(name.clone(), value.to_string_lossy().into_owned());
            if value.to_str().is_none() {
                environment.other.insert(name, value);
            }
        }
        environment
    }

    /// The value of a variable that is set and not empty. Bytes that are not UTF-8 are U+FFFD.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.texts.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// The same as it is, for a path.
    pub fn get_os(&self, name: &str) -> Option<&OsStr> {
        self.other.get(name).map(OsString::as_os_str).or_else(|| self.get(name).map(OsStr::new))
    }
}

impl<const N: usize> From<[(&str, &str); N]> for Environment {
    fn from(pairs: [(&str, &str); N]) -> Self {
        let texts = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        Environment { texts, other: HashMap::new() }
    }
}

/// The flags that are settings.
#[derive(Clone, Debug, Default)]
pub struct Flags {
    /// `--host`
    pub host: Option<String>,
    /// `--config`
    pub config: Option<PathBuf>,
    /// Whether the command makes the config file that is named, where there is none.
    pub makes_config: bool,
    /// `--request-timeout`
    pub request_timeout: Option<Duration>,
    /// `--api`
    pub api: Option<ApiVersion>,
}

/// Where the token comes from.
#[derive(Clone, Debug)]
pub enum TokenSource {
    /// An environment variable of this name.
    Environment(&'static str, Token),
    /// The host's entry in the config file.
    File(Token),
    /// The program that the host's entry names.
    Command(Vec<OsString>),
    /// What is set or stored as the token is not one.
    Broken(Error),
    /// There is no token for this host.
    None,
}

/// Everything that is decided before the first request.
#[derive(Debug)]
pub struct Settings {
    /// The service to send requests to.
    pub host: Host,
    /// Its entry in the config file.
    pub entry: HostEntry,
    /// Where the token for this host comes from.
    pub token: TokenSource,
    /// The default owner: `DOLTHUB_OWNER`, else `DOLTHUB_ORG`, else the host's entry.
    pub owner: Option<String>,
    /// Whether the token of this host may travel over plain http.
    pub allow_http: bool,
    /// The version of the API to speak.
    pub api: ApiVersion,
    /// The time limit of one request, from connecting to the last byte of the response.
    pub request_timeout: Duration,
    /// The config file.
    pub config: Config,
    /// The host that `DOLTHUB_TOKEN` belongs to, if it is set and belongs to another host than this.
    pub env_token_host: Option<Host>,
    /// Whether `DOLTHUB_TOKEN` is set and its host is unknown, since the config file cannot be read.
    pub env_token_lost: bool,
    /// The flags with which another run of dhub uses the same host and config file, quoted for a shell.
    pub host_flags: Vec<String>,
}

const DEFAULT_REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

impl Settings {
    /// Decides on the host, the token and the rest. `sites` are those of pasted addresses.
    ///
    /// # Errors
    /// Usage errors for an invalid host or an address on another host, config errors for a broken file. An invalid token
    /// is an error only when it is needed.
    pub fn resolve(flags: &Flags, environment: &Environment, sites: &[&Site]) -> Result<Self> {
        let config = load_config(flags, environment)?;
        check_readable(flags, environment, &config, sites)?;
        let host = resolve_host(flags, environment, &config, sites)?;
        let entry = config.entry(&host)?;
        let token = token_source(environment, &config, &host, &entry)?;
        // The environment speaks for its own token only: a stored one may belong to a host that is used over https.
        let env_allows =
            matches!(token, TokenSource::Environment(..)) && environment.get("DHUB_ALLOW_HTTP") == Some("1");
        let api = api(flags, environment)?.or(entry.api).unwrap_or_default();
        Ok(Settings {
            token,
            env_token_host: env_token_host(environment, &config)?.filter(|other| *other != host),
            env_token_lost: env_token_lost(environment, &config),
            owner: owner(environment).map(str::to_owned).or_else(|| entry.owner.clone()),
            allow_http: entry.allow_http || env_allows,
            api,
            request_timeout: flags.request_timeout.unwrap_or(DEFAULT_REQUEST_TIMEOUT),
            host_flags: host_flags(flags, (!sites.is_empty()).then_some(&host), api),
            host,
            entry,
            config,
        })
    }
}

/// The owner that the environment names. `DOLTHUB_ORG` is what many export (facts of the API, "What people use this API for").
fn owner(environment: &Environment) -> Option<&str> {
    environment.get("DOLTHUB_OWNER").or_else(|| environment.get("DOLTHUB_ORG"))
}

/// The version of the API that flag or environment name.
fn api(flags: &Flags, environment: &Environment) -> Result<Option<ApiVersion>> {
    let named = environment.get("DOLTHUB_API").filter(|_| flags.api.is_none());
    let version = named.map(|name| {
        ApiVersion::find(name).ok_or_else(|| {
            Error::usage("DOLTHUB_API names no version of the API").with_hint("it is v1alpha1 or v2")
        })
    });
    Ok(flags.api.or(version.transpose()?))
}

/// The config file that is read and written.
///
/// # Errors
/// When there is no config folder.
pub fn config_path(flags: &Flags, environment: &Environment) -> Result<PathBuf> {
    named_config(flags, environment).map_or_else(Config::default_path, Ok)
}

fn named_config(flags: &Flags, environment: &Environment) -> Option<PathBuf> {
    flags.config.clone().or_else(|| environment.get_os("DHUB_CONFIG").map(PathBuf::from))
}

/// Reads the config file.
///
/// # Errors
/// As [`Config::load`].
pub fn load_config(flags: &Flags, environment: &Environment) -> Result<Config> {
    match named_config(flags, environment) {
        Some(path) => Config::load(path, !flags.makes_config),
        None => match Config::default_path() {
            Ok(path) => Config::load(path, false),
            Err(no_folder) => Ok(Config::without_folder(no_folder)),
        },
    }
}

/// The host whose entry is meant, whatever else the config file holds.
///
/// # Errors
/// As [`Settings::resolve`] where the host is invalid.
pub fn chosen_host(flags: &Flags, environment: &Environment, config: &Config) -> Result<Host> {
    resolve_host(flags, environment, config, &[])
}

/// A default config file that cannot be read counts as absent, unless it may name the host that `DOLTHUB_TOKEN` and the
/// request are for.
fn check_readable(flags: &Flags, environment: &Environment, config: &Config, sites: &[&Site]) -> Result<()> {
    match config.unreadable() {
        Some(unreadable)
            if env_token_lost(environment, config) && sites.is_empty() && flags.host.is_none() =>
        {
            Err(unreadable.clone().with_hint(
                "set DOLTHUB_HOST to the host that DOLTHUB_TOKEN belongs to, such as https://www.dolthub.com",
            ))
        }
        _ => Ok(()),
    }
}

/// Whether `DOLTHUB_TOKEN` is set and belongs to the host that a config file names which cannot be read.
fn env_token_lost(environment: &Environment, config: &Config) -> bool {
    config.unreadable().is_some()
        && environment.get("DOLTHUB_TOKEN").is_some()
        && environment.get("DOLTHUB_HOST").is_none()
}

/// The host of pasted addresses, else the one given by flag or environment, else the config file's.
fn resolve_host(flags: &Flags, environment: &Environment, config: &Config, sites: &[&Site]) -> Result<Host> {
    let named = named_host(flags, environment)?;
    let default = match (&named, official_host(environment)?) {
        (Some((_, named)), _) => named.clone(),
        (None, Some(official)) => official,
        (None, None) => default_host(config)?,
    };
    Ok(site::host_of(sites, named.as_ref(), &default, config)?.unwrap_or(default))
}

fn default_host(config: &Config) -> Result<Host> {
    Ok(config.host()?.unwrap_or_else(Host::dolthub))
}

/// The host given by flag or environment, with which of them it was.
fn named_host(flags: &Flags, environment: &Environment) -> Result<Option<(&'static str, Host)>> {
    let named = match (&flags.host, environment.get("DOLTHUB_HOST")) {
        (Some(host), _) => Some(("--host", host.as_str())),
        (None, Some(host)) => Some(("DOLTHUB_HOST", host)),
        (None, None) => None,
    };
    named.map(|(origin, host)| Ok((origin, Host::parse(host)?))).transpose()
}

/// The official CLI's token, unless `DOLTHUB_TOKEN` takes precedence. It comes with `DH_HOST`.
fn official_token(environment: &Environment) -> Option<&str> {
    environment.get("DH_TOKEN").filter(|_| environment.get("DOLTHUB_TOKEN").is_none())
}

/// The host of the official CLI's pair. `DH_TOKEN` alone selects none.
fn official_host(environment: &Environment) -> Result<Option<Host>> {
    official_token(environment).and_then(|_| environment.get("DH_HOST")).map(Host::parse).transpose()
}

/// The host that `DOLTHUB_TOKEN` belongs to, if it is set and that is known.
fn env_token_host(environment: &Environment, config: &Config) -> Result<Option<Host>> {
    if environment.get("DOLTHUB_TOKEN").is_none() || env_token_lost(environment, config) {
        return Ok(None);
    }
    match environment.get("DOLTHUB_HOST") {
        Some(host) => Host::parse(host),
        None => default_host(config),
    }
    .map(Some)
}

/// The token of `host`. A token is only ever sent to the host it belongs to.
fn token_source(
    environment: &Environment,
    config: &Config,
    host: &Host,
    entry: &HostEntry,
) -> Result<TokenSource> {
    if let Some(token) = environment.get("DOLTHUB_TOKEN")
        && env_token_host(environment, config)?.as_ref() == Some(host)
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

/// The flags that another run needs, since neither the environment nor the config file holds what they say.
fn host_flags(given: &Flags, page: Option<&Host>, api: ApiVersion) -> Vec<String> {
    let mut flags = Vec::new();
    if let Some(host) = page.map(|host| host.base().to_owned()).or_else(|| given.host.clone()) {
        flags.push(shell::option("--host", host));
    }
    if let Some(config) = &given.config {
        flags.push(shell::option("--config", config));
    }
    // A command that is pasted elsewhere goes on in the same version: another one does not know its operations.
    if given.api.is_some() || api != ApiVersion::default() {
        flags.push(shell::option("--api", api.as_str()));
    }
    flags
}

#[cfg(test)]
mod tests;
