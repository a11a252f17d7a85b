//! Changes of single keys that keep the comments around them.

use toml_edit::{Decor, Item, TableLike, Value};

use super::Config;
use super::keys::{self, Key, Scope, Values};
use crate::error::Result;
use crate::names::Host;

impl Config {
    /// What the file says for a key, as people write it; none where it says nothing. Never a secret.
    ///
    /// # Errors
    /// As [`Config::host`] and [`Config::entry`].
    pub fn text(&self, key: &Key, host: &Host) -> Result<Option<String>> {
        let (mut values, is_set) = match key.scope {
            Scope::Top => {
                let values = Values { host: self.host()?, ..Values::default() };
                (values, keys::is_set(self.document.as_table(), key.name))
            }
            Scope::Host => {
                let values = Values { entry: self.entry(host)?, ..Values::default() };
                (values, self.find(host)?.is_some_and(|(_, entry)| keys::is_set(entry, key.name)))
            }
        };
        Ok(key.text(&mut values).filter(|_| is_set))
    }

    /// Sets a key, of the host's entry where it belongs to one.
    ///
    /// # Errors
    /// When `hosts` or the entry is not a table, or the host has both a token and a command that prints one then.
    pub fn set(&mut self, key: &Key, host: &Host, new: Value) -> Result<()> {
        match key.scope {
            Scope::Top => put(self.document.as_table_mut(), key.name, new),
            Scope::Host => {
                let both = self.broken("token_command", "a token is stored, too");
                let entry = self.find_or_insert(host)?;
                if key.name == "token_command" && keys::is_set(entry, "token") {
                    return Err(both.with_hint("a host has either of the two: run `dhub auth logout` first"));
                }
                put(entry, key.name, new);
            }
        }
        Ok(())
    }

    /// Removes a key, from every entry that spells the same host where it belongs to one. Returns whether it was set.
    ///
    /// # Errors
    /// When `hosts` or an entry is not a table.
    pub fn unset(&mut self, key: &Key, host: &Host) -> Result<bool> {
        let mut was_set = false;
        let mut remove = |table: &mut dyn TableLike| {
            if keys::is_set(table, key.name) {
                was_set = true;
                clear(table, key.name);
            }
        };
        match key.scope {
            Scope::Top => remove(self.document.as_table_mut()),
            Scope::Host => {
                self.entries(host)?;
                let hosts = self.document.get_mut("hosts").and_then(Item::as_table_like_mut);
                let entries = hosts.into_iter().flat_map(|hosts| hosts.iter_mut());
                let entries = entries.filter(|(name, _)| host.is_keyed(name.get()));
                entries.filter_map(|(_, entry)| entry.as_table_like_mut()).for_each(remove);
            }
        }
        Ok(was_set)
    }
}

/// Sets a value and keeps the comments around it.
pub fn put(entry: &mut dyn TableLike, key: &str, new: impl Into<Value>) {
    let mut new = new.into();
    match entry.get_mut(key) {
        Some(Item::Value(old)) => {
            *new.decor_mut() = old.decor().clone();
            *old = new;
        }
        _ => drop(entry.insert(key, Item::Value(new))),
    }
}

/// Removes a value. One with a comment becomes an empty text, which counts as absent, so that the comment stays.
pub fn clear(entry: &mut dyn TableLike, key: &str) {
    let has_comment = |decor: &Decor| {
        let parts = [decor.prefix(), decor.suffix()];
        parts.into_iter().flatten().any(|part| part.as_str().is_some_and(|text| text.contains('#')))
    };
    let above = entry.key(key).is_some_and(|key| has_comment(key.leaf_decor()));
    let beside = entry.get(key).and_then(Item::as_value).is_some_and(|value| has_comment(value.decor()));
    if above || beside {
        put(entry, key, "");
    } else {
        entry.remove(key);
    }
}
