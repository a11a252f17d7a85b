//! The keys of the config file in one table: where each stands, what it holds, and the field it is read into.

use std::ffi::OsString;
use std::path::PathBuf;

use toml_edit::{Array, Item, TableLike, Value};

use crate::error::{Error, Result};
use crate::names::{ApiVersion, Host, Remote, Visibility, check_owner};
use crate::shell;
use crate::token::Token;

/// A key of the config file.
pub struct Key {
    pub name: &'static str,
    pub scope: Scope,
    pub kind: Kind,
    /// Whether the value is not for other people's eyes.
    pub secret: bool,
}

/// The table that a key belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The top of the file.
    Top,
    /// The entry of one host.
    Host,
}

/// What a key holds, with the field for it. A text that is empty counts as absent.
pub enum Kind {
    Text(Field<Option<String>>),
    Path(Field<Option<PathBuf>>),
    Host(Field<Option<Host>>),
    Remote(Field<Option<Remote>>),
    Token(Field<Option<Result<Token>>>),
    Visibility(Field<Option<Visibility>>),
    Api(Field<Option<ApiVersion>>),
    Words(Field<Option<Vec<OsString>>>),
    Bool(Field<bool>),
}

type Field<T> = fn(&mut Values) -> &mut T;

/// Every key that is read.
static KEYS: &[Key] = &[
    Key { name: "host", scope: Scope::Top, kind: Kind::Host(|all| &mut all.host), secret: false },
    host_key("user", Kind::Text(|all| &mut all.entry.user)),
    Key { secret: true, ..host_key("token", Kind::Token(|all| &mut all.entry.token)) },
    host_key("token_command", Kind::Words(|all| &mut all.entry.token_command)),
    host_key("owner", Kind::Text(|all| &mut all.entry.owner)),
    host_key("visibility", Kind::Visibility(|all| &mut all.entry.visibility)),
    host_key("ca_file", Kind::Path(|all| &mut all.entry.ca_file)),
    host_key("remote", Kind::Remote(|all| &mut all.entry.remote)),
    host_key("api", Kind::Api(|all| &mut all.entry.api)),
    host_key("allow_http", Kind::Bool(|all| &mut all.entry.allow_http)),
];

/// A key by its name.
pub fn find(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name == name)
}

/// Every key that is read, `host` being the first.
pub fn all() -> &'static [Key] {
    KEYS
}

/// The names of all keys that are read, `host` being the first.
pub fn all_names() -> impl Iterator<Item = &'static str> {
    KEYS.iter().map(|key| key.name)
}

const fn host_key(name: &'static str, kind: Kind) -> Key {
    Key { name, scope: Scope::Host, kind, secret: false }
}

/// The values of one table of the file: only those of its scope are ever filled in.
#[derive(Default)]
pub struct Values {
    /// The host to use when nothing else names one.
    pub host: Option<Host>,
    pub entry: HostEntry,
}

/// What the config file says about one host. Everything is optional.
#[derive(Clone, Debug, Default)]
pub struct HostEntry {
    /// The user that the token belongs to.
    pub user: Option<String>,
    /// The stored token, or why what is stored cannot be one.
    pub token: Option<Result<Token>>,
    /// A program and its arguments that print the token.
    pub token_command: Option<Vec<OsString>>,
    /// The default owner.
    pub owner: Option<String>,
    /// The default visibility of a new database.
    pub visibility: Option<Visibility>,
    /// A PEM file of certificate authorities to trust besides the system's.
    pub ca_file: Option<PathBuf>,
    /// Where its databases are cloned from, where that is not the usual place.
    pub remote: Option<Remote>,
    /// The version of the API to speak with it.
    pub api: Option<ApiVersion>,
    /// Whether the token may travel over plain http.
    pub allow_http: bool,
}

/// Reads the values of a table of this scope. `broken` makes an error from the name of a key and what is wrong with
/// its value; what is wrong never repeats the value, which may be a secret in the wrong place.
///
/// # Errors
/// When a value is not what its key holds. A wrong token is an error only when it is needed.
pub fn read(scope: Scope, table: &dyn TableLike, broken: impl Fn(&str, &str) -> Error) -> Result<Values> {
    let mut values = Values::default();
    for key in KEYS.iter().filter(|key| key.scope == scope) {
        // An empty text is what is left of a value with a comment beside it.
        if let Some(item) = table.get(key.name).filter(|item| item.as_str() != Some("")) {
            let broken = |why: String| broken(key.name, &why);
            key.kind.read(item, &mut values, broken).map_err(broken)?;
        }
    }
    Ok(values)
}

/// The names of the keys that are read in tables of this scope.
pub fn names(scope: Scope) -> impl Iterator<Item = &'static str> {
    KEYS.iter().filter(move |key| key.scope == scope).map(|key| key.name)
}

/// Whether a key is read in tables of this scope.
pub fn is_known(scope: Scope, name: &str) -> bool {
    names(scope).any(|known| known == name)
}

/// Whether a host's entry holds a value that is not for other people's eyes.
pub fn holds_secret(entry: &dyn TableLike) -> bool {
    KEYS.iter().any(|key| key.secret && is_set(entry, key.name))
}

/// Whether a key has a value; an empty text is none.
pub fn is_set(table: &dyn TableLike, name: &str) -> bool {
    table.get(name).is_some_and(|item| item.as_str() != Some(""))
}

impl Key {
    /// The value as people write it; none where there is none. A secret is never among them.
    pub fn text(&self, values: &mut Values) -> Option<String> {
        match &self.kind {
            Kind::Text(field) => field(values).clone(),
            Kind::Path(field) => field(values).as_ref().map(|path| path.display().to_string()),
            Kind::Host(field) => field(values).as_ref().map(|host| host.base().to_owned()),
            Kind::Remote(field) => field(values).as_ref().map(ToString::to_string),
            Kind::Token(_) => None,
            Kind::Visibility(field) => field(values).map(|visibility| visibility.to_string()),
            Kind::Api(field) => field(values).map(|version| version.to_string()),
            Kind::Words(field) => field(values)
                .as_ref()
                .map(|words| words.iter().map(shell::quote).collect::<Vec<_>>().join(" ")),
            Kind::Bool(field) => Some(field(values).to_string()),
        }
    }

    /// The value for the file of what people write. A path is one from the current folder.
    ///
    /// # Errors
    /// Why it is no value of this key; the reason never repeats it.
    pub fn parse(&self, text: &str) -> Result<Value, String> {
        if text.trim().is_empty() {
            return Err("the value is empty".to_owned());
        }
        let value = match &self.kind {
            Kind::Text(_) => check_owner(text).map(|()| text.into()).map_err(|why| why.message)?,
            Kind::Path(_) if text.starts_with("~/") => text.into(),
            Kind::Path(_) => {
                let path = std::path::absolute(text).map_err(|_| "there is no current folder")?;
                path.to_str().ok_or("the current folder's path is not UTF-8")?.into()
            }
            Kind::Host(_) => Host::read(text)?.base().into(),
            Kind::Bool(_) => text.parse::<bool>().map_err(|_| "it is neither true nor false")?.into(),
            Kind::Words(_) => {
                let words = shlex::split(text).ok_or("a quote in it is not closed")?;
                Value::Array(words.into_iter().collect::<Array>())
            }
            Kind::Token(_) => return Err("a token is never an argument".to_owned()),
            Kind::Remote(_) | Kind::Visibility(_) | Kind::Api(_) => text.into(),
        };
        let never = |why: String| Error::usage(why);
        self.kind.read(&Item::Value(value.clone()), &mut Values::default(), never)?;
        Ok(value)
    }
}

impl Kind {
    fn read(&self, item: &Item, into: &mut Values, broken: impl Fn(String) -> Error) -> Result<(), String> {
        match self {
            Kind::Text(field) => *field(into) = text(item)?.map(str::to_owned),
            Kind::Path(field) => *field(into) = text(item)?.map(PathBuf::from),
            Kind::Host(field) => *field(into) = text(item)?.map(Host::read).transpose()?,
            Kind::Remote(field) => *field(into) = text(item)?.map(Remote::read).transpose()?,
            Kind::Token(field) => {
                let token = text(item)?.map(Token::parse);
                *field(into) = token.map(|token| token.map_err(|why| broken(why.to_string())));
            }
            Kind::Visibility(field) => *field(into) = text(item)?.map(visibility).transpose()?,
            Kind::Api(field) => *field(into) = text(item)?.map(api_version).transpose()?,
            Kind::Words(field) => *field(into) = Some(words(item)?),
            Kind::Bool(field) => *field(into) = item.as_bool().ok_or("it is neither true nor false")?,
        }
        Ok(())
    }
}

fn text(item: &Item) -> Result<Option<&str>, String> {
    let text = item.as_str().ok_or("it is not a text in quotes")?;
    Ok(Some(text).filter(|text| !text.is_empty()))
}

fn visibility(text: &str) -> Result<Visibility, String> {
    // Its own error repeats the text.
    Visibility::parse(text).map_err(|_| "it is neither public nor private".to_owned())
}

fn api_version(text: &str) -> Result<ApiVersion, String> {
    ApiVersion::find(text).ok_or_else(|| "it is neither v1alpha1 nor v2".to_owned())
}

fn words(item: &Item) -> Result<Vec<OsString>, String> {
    let words = item
        .as_array()
        .and_then(|array| array.iter().map(|word| word.as_str().map(OsString::from)).collect())
        .filter(|words: &Vec<OsString>| !words.is_empty());
    words.ok_or_else(|| "it is not a list of words, such as [\"pass\", \"show\", \"dolthub\"]".to_owned())
}
