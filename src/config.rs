//! The config file: read, edited in place with its comments kept, written in one step.

mod file;
mod keys;

use std::fmt;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use etcetera::{BaseStrategy, choose_base_strategy};
use toml_edit::{Decor, DocumentMut, InlineTable, Item, Table, TableLike, Value, value};

use crate::error::{Error, Kind, Result, reason};
use crate::names::Host;
use crate::shell;
use crate::token::Token;

pub use keys::HostEntry;
use keys::Scope;

/// The config file as it was read.
pub struct Config {
    path: PathBuf,
    document: DocumentMut,
    /// Whether others than its owner can read the file.
    exposed: bool,
    /// Why there is no place for the file.
    no_folder: Option<Error>,
}

/// Never the text, since that may hold a token.
impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Config {
    /// Where the config file is unless another is named: `dhub/config.toml` in the platform's config folder.
    ///
    /// # Errors
    /// When there is no home folder.
    pub fn default_path() -> Result<PathBuf> {
        // The library wants a home even where it is not needed.
        let named = std::env::var_os("XDG_CONFIG_HOME").map(PathBuf::from);
        let folder = match named.filter(|folder| cfg!(not(windows)) && folder.is_absolute()) {
            Some(folder) => folder,
            None => choose_base_strategy()
                .map_err(|error| {
                    Error::new(Kind::Config, format!("there is no config folder: {error}")).with_hint(
                        "set HOME or XDG_CONFIG_HOME, or name a config file with --config or DHUB_CONFIG",
                    )
                })?
                .config_dir(),
        };
        Ok(folder.join("dhub").join("config.toml"))
    }

    /// A config that says nothing and cannot be saved, for the reason given.
    pub fn nowhere(no_folder: Error) -> Self {
        Config {
            path: PathBuf::new(),
            document: DocumentMut::new(),
            exposed: false,
            no_folder: Some(no_folder),
        }
    }

    /// Reads the config file at `path`. One that is missing counts as empty, unless `must_exist`.
    ///
    /// # Errors
    /// When it cannot be read or is not TOML. No error repeats the file's text, since that may hold a token.
    pub fn load(path: PathBuf, must_exist: bool) -> Result<Self> {
        let (text, exposed) = match file::read(&path) {
            Ok(read) => read,
            // A home that is no folder is as good as none.
            Err(error)
                if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) && !must_exist =>
            {
                Default::default()
            }
            Err(error) => return Err(cannot_read(&path, &error)),
        };
        let document = text.parse::<DocumentMut>().map_err(|error| {
            let line = error.span().map_or(1, |span| line_of(&text, span.start));
            Error::new(Kind::Config, format!("{} is broken at line {line}", path.display())).with_hint(
                "the file is TOML: a value is written key = \"value\", a host [hosts.\"www.dolthub.com\"]",
            )
        })?;
        Ok(Config { path, document, exposed, no_folder: None })
    }

    /// Reads the file once more: somebody else may have written it meanwhile.
    ///
    /// # Errors
    /// As [`Config::load`], and when there is no place for a file.
    pub fn reload(&self) -> Result<Self> {
        match &self.no_folder {
            Some(no_folder) => Err(no_folder.clone()),
            None => Config::load(self.path.clone(), false),
        }
    }

    /// The file that this was read from, and is saved to.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What is wrong with how the file is kept, and the command that mends it: it holds a token, and others can read it.
    pub fn warning(&self) -> Option<String> {
        let hosts = self.document.get("hosts").and_then(Item::as_table_like)?;
        let holds_secret =
            hosts.iter().filter_map(|(_, entry)| entry.as_table_like()).any(keys::holds_secret);
        (self.exposed && holds_secret).then(|| {
            let path = self.path.display().to_string();
            format!(
                "others can read the token in {path}; keep it to yourself: chmod 600 {}",
                shell::quote(&path)
            )
        })
    }

    /// The host to use when nothing else names one.
    ///
    /// # Errors
    /// When it is not a host.
    pub fn host(&self) -> Result<Option<Host>> {
        let broken = |key: &str, why: &str| self.broken(key, why);
        Ok(keys::read(Scope::Top, self.document.as_table(), broken)?.host)
    }

    /// The entry of `host`; an empty one where the file has none.
    ///
    /// # Errors
    /// When the entry holds a value of the wrong type, or both a token and a command that prints one.
    pub fn entry(&self, host: &Host) -> Result<HostEntry> {
        let Some((host, table)) = self.find(host)? else { return Ok(HostEntry::default()) };
        let broken = |key: &str, why: &str| self.broken(&format!("hosts.\"{host}\".{key}"), why);
        let entry = keys::read(Scope::Host, table, broken)?.entry;
        if entry.token.is_some() && entry.token_command.is_some() {
            return Err(broken("token", "there is a token_command too: keep one of the two"));
        }
        Ok(entry)
    }

    /// Puts a token and its user into the host's entry, and `allow_http` where asked for.
    ///
    /// # Errors
    /// When the file has something else in the entry's place.
    pub fn store_token(
        &mut self,
        host: &Host,
        token: &Token,
        user: Option<&str>,
        allow_http: bool,
    ) -> Result<()> {
        let entry = self.find_or_insert(host)?;
        put(entry, "token", token.expose());
        match user {
            Some(user) => put(entry, "user", user),
            None => clear(entry, "user"),
        }
        if allow_http {
            put(entry, "allow_http", true);
        }
        Ok(())
    }

    /// Takes the stored token and its user out of the host's entry. Says whether a token was there.
    ///
    /// # Errors
    /// When the file has something else in the entry's place.
    pub fn forget_token(&mut self, host: &Host) -> Result<bool> {
        if self.find(host)?.is_none() {
            return Ok(false);
        }
        let entry = self.find_or_insert(host)?;
        let had_token = keys::is_set(entry, "token");
        if had_token {
            clear(entry, "token");
            clear(entry, "user");
        }
        Ok(had_token)
    }

    /// Writes the file in one step: readable by its owner only from its first byte, and never half written.
    ///
    /// # Errors
    /// When the folder cannot be made, the file cannot be written, or it is a symbolic link or another user's.
    pub fn save(&self) -> Result<()> {
        match &self.no_folder {
            Some(no_folder) => Err(no_folder.clone()),
            None => file::write(&self.path, &self.document.to_string()),
        }
    }

    /// The entry of `host` and its key as the file spells it.
    fn find(&self, host: &Host) -> Result<Option<(String, &dyn TableLike)>> {
        let Some(hosts) = self.document.get("hosts") else { return Ok(None) };
        let hosts = hosts.as_table_like().ok_or_else(|| self.broken("hosts", "it is not a table"))?;
        for (key, item) in hosts.iter() {
            if host.is_keyed(key) {
                let entry = item
                    .as_table_like()
                    .ok_or_else(|| self.broken(&format!("hosts.\"{key}\""), "it is not a table"))?;
                return Ok(Some((key.to_owned(), entry)));
            }
        }
        Ok(None)
    }

    fn find_or_insert(&mut self, host: &Host) -> Result<&mut dyn TableLike> {
        let key = self.find(host)?.map_or_else(|| host.key().to_owned(), |(key, _)| key);
        let not_a_table = self.broken("hosts", "it is not a table");
        let hosts = self.document.entry("hosts").or_insert_with(|| {
            let mut hosts = Table::new();
            hosts.set_implicit(true);
            Item::Table(hosts)
        });
        // A table in one line holds no others.
        let inline = hosts.is_inline_table();
        let new = || if inline { value(InlineTable::new()) } else { Item::Table(Table::new()) };
        let hosts = hosts.as_table_like_mut().ok_or_else(|| not_a_table.clone())?;
        hosts.entry(&key).or_insert_with(new).as_table_like_mut().ok_or(not_a_table)
    }

    fn broken(&self, key: &str, why: &str) -> Error {
        Error::new(Kind::Config, format!("{} is broken at {key}: {why}", self.path.display()))
    }
}

/// Sets a value, and keeps the comments around it.
fn put(entry: &mut dyn TableLike, key: &str, new: impl Into<Value>) {
    let mut new = new.into();
    match entry.get_mut(key) {
        Some(Item::Value(old)) => {
            *new.decor_mut() = old.decor().clone();
            *old = new;
        }
        _ => drop(entry.insert(key, Item::Value(new))),
    }
}

/// Takes a text out; where a comment stands with it, an empty one stays, which counts as none.
fn clear(entry: &mut dyn TableLike, key: &str) {
    let has_comment = |decor: &Decor| {
        let parts = [decor.prefix(), decor.suffix()];
        parts.into_iter().flatten().any(|part| part.as_str().is_some_and(|text| text.contains('#')))
    };
    let above = entry.key(key).is_some_and(|key| has_comment(key.leaf_decor()));
    let behind = entry.get(key).and_then(Item::as_value).is_some_and(|value| has_comment(value.decor()));
    if above || behind {
        put(entry, key, "");
    } else {
        entry.remove(key);
    }
}

fn cannot_read(path: &Path, error: &std::io::Error) -> Error {
    let why = match error.kind() {
        ErrorKind::InvalidData => "it is not UTF-8".to_owned(),
        _ => reason(error),
    };
    let cannot = Error::new(Kind::Config, format!("cannot read {}: {why}", path.display()));
    match error.kind() {
        ErrorKind::NotFound => cannot.with_hint("make the file first, or leave out --config and DHUB_CONFIG"),
        _ => cannot,
    }
}

fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|&byte| byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests;
