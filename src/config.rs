//! The config file: read, edited with its comments kept, written atomically.

mod access;
mod edit;
mod file;
pub(crate) mod keys;
mod unknown_keys;

use std::fmt;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use etcetera::{BaseStrategy, choose_base_strategy};
use toml_edit::{Document, DocumentMut, InlineTable, Item, Table, TableLike, value};

use crate::atomic_file::{self, LockedFile, WriteError};
use crate::error::{Error, Kind, Result, reason};
use crate::names::Host;
use crate::shell;
use crate::token::Token;

use access::Access;
use edit::{clear, put};
pub use keys::HostEntry;
use keys::Scope;

/// The config file as it was read.
pub struct Config {
    path: PathBuf,
    document: DocumentMut,
    access: Access,
    /// What stands in the file and is read by nothing.
    unknown_keys: Vec<String>,
    /// Why there is no file to read or to save to.
    unusable: Option<Error>,
}

/// The path only, since the text may hold a token.
impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Config {
    /// The config file's path unless another is given: `dhub/config.toml` in the platform's config folder.
    ///
    /// # Errors
    /// When there is no home folder.
    pub fn default_path() -> Result<PathBuf> {
        // etcetera fails without a home folder even where XDG_CONFIG_HOME makes it unnecessary.
        let xdg = std::env::var_os("XDG_CONFIG_HOME").map(PathBuf::from);
        let folder = match xdg.filter(|folder| cfg!(not(windows)) && folder.is_absolute()) {
            Some(folder) => Ok(folder),
            None => choose_base_strategy().map(|base| base.config_dir()).map_err(|error| error.to_string()),
        };
        let why = match folder {
            Ok(folder) if folder.is_absolute() => return Ok(folder.join("dhub").join("config.toml")),
            Ok(_) => "HOME is not an absolute path".to_owned(),
            Err(why) => why,
        };
        Err(Error::new(Kind::Config, format!("there is no config folder: {why}"))
            .with_hint("set HOME or XDG_CONFIG_HOME, or name a config file with --config or DHUB_CONFIG"))
    }

    /// An empty config that cannot be saved, since there is no folder for it.
    pub fn without_folder(no_folder: Error) -> Self {
        Config { unusable: Some(no_folder), ..Config::empty(PathBuf::new()) }
    }

    fn empty(path: PathBuf) -> Self {
        Config {
            path,
            document: DocumentMut::new(),
            access: Access::default(),
            unknown_keys: Vec::new(),
            unusable: None,
        }
    }

    /// Reads the config file at `path`. Unless `must_exist`, one that is missing counts as empty, and so does one that
    /// this user may not read, which [`Config::unreadable`] reports.
    ///
    /// # Errors
    /// When it cannot be read or is not TOML. No error repeats the file's text, since that may hold a token.
    pub fn load(path: PathBuf, must_exist: bool) -> Result<Self> {
        let (text, access) = match file::read(&path) {
            Ok(read) => read,
            // NotADirectory: HOME may be something like /dev/null, as for system users.
            Err(error)
                if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) && !must_exist =>
            {
                Default::default()
            }
            // HOME may be another user's.
            Err(error) if error.kind() == ErrorKind::PermissionDenied && !must_exist => {
                return Ok(Config { unusable: Some(cannot_read(&path, &error)), ..Config::empty(path) });
            }
            Err(error) => return Err(cannot_read(&path, &error)),
        };
        let document = text.parse::<Document<String>>().map_err(|error| {
            let line = error.span().map_or(1, |span| line_of(&text, span.start));
            Error::new(Kind::Config, format!("{} is broken at line {line}", path.display())).with_hint(
                "the file is TOML: a value is written key = \"value\", a host [hosts.\"www.dolthub.com\"]",
            )
        })?;
        let unknown_keys = unknown_keys::notes(&document, &path);
        Ok(Config { access, unknown_keys, document: document.into_mut(), ..Config::empty(path) })
    }

    /// Why the file, which is there, counts as absent, if it does.
    pub fn unreadable(&self) -> Option<&Error> {
        self.unusable.as_ref().filter(|_| !self.path.as_os_str().is_empty())
    }

    /// Reads the file again, since another process may have written it in the meantime.
    ///
    /// # Errors
    /// As [`Config::load`], and when there is no config folder.
    pub fn reload(&self) -> Result<Self> {
        match &self.unusable {
            Some(unusable) => Err(unusable.clone()),
            None => Config::load(self.path.clone(), false),
        }
    }

    /// The file that this was read from and is saved to.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A warning when others can read a token in the file, with the command that fixes that.
    pub fn warning(&self) -> Option<String> {
        let hosts = self.document.get("hosts").and_then(Item::as_table_like)?;
        let holds_secret =
            hosts.iter().filter_map(|(_, entry)| entry.as_table_like()).any(keys::holds_secret);
        (self.access.readable_by_others && holds_secret).then(|| {
            format!(
                "others can read the token in {}; keep it to yourself: {}",
                self.path.display(),
                shell::command_on("chmod 600", &self.path)
            )
        })
    }

    /// A note for each key of the file that nothing reads.
    pub fn unknown_keys(&self) -> &[String] {
        &self.unknown_keys
    }

    /// Whether a `token_command` that the file holds may be run.
    ///
    /// # Errors
    /// An auth error where others can write the file, with the command that makes it safe.
    pub fn check_command(&self) -> Result<()> {
        self.access.check_command(&self.path)
    }

    /// A note where the file's group can change the `token_command` that is run.
    pub fn note_on_command(&self) -> Option<String> {
        self.access.note_on_command(&self.path)
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
        let mut entry = keys::read(Scope::Host, table, broken)?.entry;
        if entry.token.is_some() && entry.token_command.is_some() {
            return Err(broken("token", "there is a token_command too: keep one of the two"));
        }
        if let Some(path) = &mut entry.ca_file {
            *path = self.locate(path).map_err(|why| broken("ca_file", why))?;
        }
        // A bare name is looked up in PATH.
        if let Some(program) = entry.token_command.as_mut().and_then(|words| words.first_mut())
            && program.to_string_lossy().contains(std::path::is_separator)
        {
            *program = self.locate(Path::new(program)).map_err(|why| broken("token_command", why))?.into();
        }
        Ok(entry)
    }

    /// A path in the file: relative to the file's folder, `~/` being the home folder.
    fn locate(&self, path: &Path) -> Result<PathBuf, &'static str> {
        if let Ok(below_home) = path.strip_prefix("~") {
            let home = std::env::home_dir().filter(|home| home.is_absolute());
            return Ok(home.ok_or("there is no home folder for ~/: set HOME")?.join(below_home));
        }
        // It fails in a folder that is gone, where the file was named by a relative path.
        let file = std::path::absolute(&self.path).unwrap_or_else(|_| self.path.clone());
        Ok(file.parent().unwrap_or(Path::new("")).join(path))
    }

    /// The hosts that have an entry. A key without a scheme is `default` where that is meant, else http where the entry says
    /// `allow_http`, else https; what is no host is left out.
    ///
    /// # Errors
    /// When `hosts` or an entry is not a table, or holds a value of the wrong type.
    pub fn hosts(&self, default: &Host) -> Result<Vec<Host>> {
        let Some(hosts) = self.document.get("hosts") else { return Ok(Vec::new()) };
        let hosts = hosts.as_table_like().ok_or_else(|| self.broken("hosts", "it is not a table"))?;
        let mut found = Vec::new();
        for (key, _) in hosts.iter() {
            let Ok(host) = Host::read(key) else { continue };
            found.push(if default.is_keyed(key) {
                default.clone()
            } else if !key.contains("://") && self.entry(&host)?.allow_http {
                Host::read(&format!("http://{key}")).unwrap_or(host)
            } else {
                host
            });
        }
        Ok(found)
    }

    /// Stores a token and its user in the host's entry, and `allow_http` if requested.
    ///
    /// # Errors
    /// When `hosts` or the entry is not a table.
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

    /// Removes the token and its user from the host's entry, and from every other that spells the same host. Returns
    /// whether there was a token.
    ///
    /// # Errors
    /// When `hosts` or an entry is not a table.
    pub fn remove_token(&mut self, host: &Host) -> Result<bool> {
        let had_token = self.has_token(host)?;
        let Some(hosts) = self.document.get_mut("hosts").and_then(Item::as_table_like_mut) else {
            return Ok(false);
        };
        let entries = hosts.iter_mut().filter(|(key, _)| host.is_keyed(key.get()));
        for entry in entries.filter_map(|(_, entry)| entry.as_table_like_mut()) {
            if keys::is_set(entry, "token") {
                clear(entry, "token");
                clear(entry, "user");
            }
        }
        Ok(had_token)
    }

    /// Whether a token is stored for the host.
    ///
    /// # Errors
    /// When `hosts` or an entry is not a table.
    pub fn has_token(&self, host: &Host) -> Result<bool> {
        Ok(self.entries(host)?.iter().any(|(_, entry)| keys::is_set(*entry, "token")))
    }

    /// Changes the file as it is by now, while no other process writes it. `note` is given what the user should know.
    ///
    /// # Errors
    /// Those of `change`, which leave the file as it is. When there is no config folder, or the file cannot be read or
    /// written.
    pub fn update<T>(&self, note: impl Fn(&str), change: impl FnOnce(&mut Config) -> Result<T>) -> Result<T> {
        let file = self.lock()?;
        let mut config = self.reload()?;
        let changed = change(&mut config)?;
        if let Some(unlocked) = file.note() {
            note(&unlocked);
        }
        config.write_to(&file)?;
        Ok(changed)
    }

    /// Writes the file, whatever it holds by now.
    ///
    /// # Errors
    /// When there is no config folder, or the file cannot be written or must not be replaced.
    pub fn save(&self) -> Result<()> {
        self.write_to(&self.lock()?)
    }

    /// Refuses a file that must not be written, before anybody takes trouble over what is to be written.
    ///
    /// # Errors
    /// When there is no config folder, or what is there is no file of the user's own.
    pub fn check_writable(&self) -> Result<()> {
        match &self.unusable {
            Some(unusable) => Err(unusable.clone()),
            None => atomic_file::check(&self.path).map_err(|error| self.not_written(error)),
        }
    }

    /// Removes what a dhub left beside the file that was killed while it wrote a token.
    pub fn remove_leftover(&self) {
        if self.unusable.is_none() {
            atomic_file::remove_leftover(&self.path);
        }
    }

    fn lock(&self) -> Result<LockedFile> {
        if let Some(unusable) = &self.unusable {
            return Err(unusable.clone());
        }
        LockedFile::open(&self.path).map_err(|error| self.not_written(error))
    }

    fn write_to(&self, file: &LockedFile) -> Result<()> {
        file.replace(self.document.to_string().as_bytes()).map_err(|error| self.not_written(error.into()))
    }

    fn not_written(&self, error: WriteError) -> Error {
        error.into_error(&self.path, Kind::Config)
    }

    /// The entry of `host` and its key as the file spells it. The first one counts.
    fn find(&self, host: &Host) -> Result<Option<(String, &dyn TableLike)>> {
        Ok(self.entries(host)?.into_iter().next())
    }

    /// Every entry of `host`, which may be spelled in several ways.
    fn entries(&self, host: &Host) -> Result<Vec<(String, &dyn TableLike)>> {
        let Some(hosts) = self.document.get("hosts") else { return Ok(Vec::new()) };
        let hosts = hosts.as_table_like().ok_or_else(|| self.broken("hosts", "it is not a table"))?;
        let entries = hosts.iter().filter(|(key, _)| host.is_keyed(key));
        let entries = entries.map(|(key, item)| match item.as_table_like() {
            Some(entry) => Ok((key.to_owned(), entry)),
            None => Err(self.broken(&format!("hosts.\"{key}\""), "it is not a table")),
        });
        entries.collect()
    }

    fn find_or_insert(&mut self, host: &Host) -> Result<&mut dyn TableLike> {
        let key = self.find(host)?.map_or_else(|| host.key().to_owned(), |(key, _)| key);
        let not_a_table = self.broken("hosts", "it is not a table");
        let hosts = self.document.entry("hosts").or_insert_with(|| {
            let mut hosts = Table::new();
            hosts.set_implicit(true);
            Item::Table(hosts)
        });
        // TOML allows no [hosts.x] below an inline `hosts = { … }`.
        let inline = hosts.is_inline_table();
        let new = || if inline { value(InlineTable::new()) } else { Item::Table(Table::new()) };
        let hosts = hosts.as_table_like_mut().ok_or_else(|| not_a_table.clone())?;
        hosts.entry(&key).or_insert_with(new).as_table_like_mut().ok_or(not_a_table)
    }

    fn broken(&self, key: &str, why: &str) -> Error {
        Error::new(Kind::Config, format!("{} is broken at {key}: {why}", self.path.display()))
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
