//! What a key of the config file amounts to in the end, and what said so.

use crate::config::keys::Key;
use crate::error::Result;
use crate::names::Remote;

use super::{Environment, Flags, Settings, TokenSource, official_host};

/// A setting as a command would use it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The key of the config file.
    pub key: &'static str,
    /// Its value; none where it has none, and for a token always.
    pub value: Option<String>,
    /// What said so.
    pub source: Source,
    /// Its name: of an option, a variable or a file.
    pub origin: Option<String>,
}

/// What a value comes from, the first that counts being the first here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// An option of the command line.
    Flag,
    /// A variable.
    Environment,
    /// The config file.
    File,
    /// Nothing: dhub's own.
    Default,
}

impl Source {
    /// The word for scripts.
    pub fn as_str(self) -> &'static str {
        match self {
            Source::Flag => "flag",
            Source::Environment => "environment",
            Source::File => "file",
            Source::Default => "default",
        }
    }
}

impl Settings {
    /// What a key amounts to.
    ///
    /// # Errors
    /// When a value in the config file or the environment is broken.
    pub fn setting(&self, key: &Key, flags: &Flags, environment: &Environment) -> Result<Setting> {
        let name = key.name;
        let in_file = self.config.text(key, &self.host)?;
        let setting = |source, origin: Option<&str>, value| Setting {
            key: name,
            value,
            source,
            origin: origin.map(str::to_owned),
        };
        let path = self.config.path().display().to_string();
        let default = |value| setting(Source::Default, None, value);
        if key.secret {
            return Ok(match self.token_origin() {
                Some((source, origin)) => setting(source, origin.or(Some(&path)), None),
                None => default(None),
            });
        }
        if let Some((source, origin)) = self.override_of(name, flags, environment)? {
            let value = match name {
                "host" => Some(self.host.base().to_owned()),
                "owner" => self.owner.clone(),
                "api" => Some(self.api.to_string()),
                _ => Some("true".to_owned()),
            };
            return Ok(setting(source, Some(origin), value));
        }
        if in_file.is_some() {
            return Ok(setting(Source::File, Some(&path), in_file));
        }
        Ok(default(match name {
            "host" => Some(self.host.base().to_owned()),
            // An emulator has none.
            "remote" if !self.host.is_loopback() => Some(Remote::of(&self.host).to_string()),
            "allow_http" => Some("false".to_owned()),
            "api" => Some(self.api.to_string()),
            _ => None,
        }))
    }

    /// The option or variable that is used before what the file says for a key.
    ///
    /// # Errors
    /// When `DH_HOST` is no host.
    pub fn override_of(
        &self,
        name: &str,
        flags: &Flags,
        environment: &Environment,
    ) -> Result<Option<(Source, &'static str)>> {
        let set = |names: &[&'static str]| {
            let set = names.iter().find(|name| environment.get(name).is_some());
            set.map(|&name| (Source::Environment, name))
        };
        Ok(match name {
            "host" if flags.host.is_some() => Some((Source::Flag, "--host")),
            "host" if environment.get("DOLTHUB_HOST").is_some() => set(&["DOLTHUB_HOST"]),
            "host" => official_host(environment)?.and_then(|_| set(&["DH_HOST"])),
            "owner" => set(&["DOLTHUB_OWNER", "DOLTHUB_ORG"]),
            "api" if flags.api.is_some() => Some((Source::Flag, "--api")),
            "api" => set(&["DOLTHUB_API"]),
            "allow_http" if self.allow_http && !self.entry.allow_http => set(&["DHUB_ALLOW_HTTP"]),
            _ => None,
        })
    }

    /// What the token comes from, if one is set; a file has no name here.
    fn token_origin(&self) -> Option<(Source, Option<&'static str>)> {
        const VARIABLES: [&str; 2] = ["DOLTHUB_TOKEN", "DH_TOKEN"];
        match &self.token {
            TokenSource::Environment(variable, _) => Some((Source::Environment, Some(variable))),
            TokenSource::Broken(why) => {
                let variable = VARIABLES.into_iter().find(|name| why.message.starts_with(name));
                Some(variable.map_or((Source::File, None), |name| (Source::Environment, Some(name))))
            }
            TokenSource::File(_) => Some((Source::File, None)),
            TokenSource::Command(_) => Some((Source::File, Some("token_command"))),
            TokenSource::None => None,
        }
    }
}
