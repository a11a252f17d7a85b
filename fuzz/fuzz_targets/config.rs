//! Any config file is read or refused without repeating its text; a token that is stored in it is read back, and
//! everything else stays.

#![no_main]

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use dhub::config::Config;
use dhub::error::{Error, Kind};
use dhub::names::Host;
use dhub::token::Token;
use libfuzzer_sys::fuzz_target;
use tempfile::TempDir;
use toml_edit::{DocumentMut, TableLike};

/// The seeds hold it wherever a value can be.
const SECRET: &str = "dhat.v1.secret";

static FOLDER: LazyLock<TempDir> =
    LazyLock::new(|| tempfile::tempdir().expect("a folder for temporary files"));

fuzz_target!(|text: &str| {
    let path = FOLDER.path().join("config.toml");
    fs::write(&path, text).expect("the file can be written");
    let config = match Config::load(path.clone(), true) {
        Ok(config) => config,
        Err(error) => return is_discreet(&error),
    };
    if let Err(error) = config.host() {
        is_discreet(&error);
    }
    for host in ["https://www.dolthub.com", "http://127.0.0.1:8080/base"] {
        stores_and_removes(text, &path, &Host::parse(host).expect("a host"));
    }
});

fn is_discreet(error: &Error) {
    assert_eq!(error.kind, Kind::Config);
    assert!(!format!("{error:?} {error}").contains(SECRET), "{error:?}");
}

fn stores_and_removes(text: &str, path: &PathBuf, host: &Host) {
    fs::write(path, text).expect("the file can be written");
    let mut config = Config::load(path.clone(), true).expect("it was loaded before");
    let entry = config.entry(host);
    if let Err(error) = &entry {
        is_discreet(error);
    }
    let token = Token::parse("dhat.v1.new").expect("a token");
    if let Err(error) = config.store_token(host, &token, Some("taylor"), true) {
        return is_discreet(&error);
    }
    assert_eq!(values(text, host), values(&saved(&config, path), host));

    let mut again = config.reload().expect("what was saved is a config file");
    // Both a token and a token_command is an error, which the user has to resolve.
    if let Ok(before) = &entry
        && before.token_command.is_none()
    {
        let after = again.entry(host).expect("what was an entry still is one");
        assert_eq!(after.token.expect("a token").expect("a good one").expose(), token.expose());
        assert_eq!(after.user.as_deref(), Some("taylor"));
        assert!(after.allow_http);
        assert_eq!(
            (after.owner.as_ref(), after.ca_file.as_ref()),
            (before.owner.as_ref(), before.ca_file.as_ref())
        );
    }
    assert!(again.remove_token(host).expect("it was stored"));
    assert_eq!(values(text, host), values(&saved(&again, path), host));
}

fn saved(config: &Config, path: &PathBuf) -> String {
    config.save().expect("it can be saved");
    fs::read_to_string(path).expect("it was saved")
}

/// Every value by its path, without those of the login to this host.
fn values(text: &str, host: &Host) -> BTreeMap<Vec<String>, String> {
    let document: DocumentMut = text.parse().expect("TOML");
    let mut values = BTreeMap::new();
    collect(document.as_table(), &mut Vec::new(), &mut values);
    let is_login = |path: &[String]| match path {
        [hosts, key, name, ..]
            if hosts == "hosts" && ["token", "user", "allow_http"].contains(&name.as_str()) =>
        {
            Host::parse(key).is_ok_and(|named| named.key() == host.key())
        }
        _ => false,
    };
    values.retain(|path, _| !is_login(path));
    values
}

fn collect(table: &dyn TableLike, path: &mut Vec<String>, values: &mut BTreeMap<Vec<String>, String>) {
    for (key, item) in table.iter() {
        path.push(key.to_owned());
        match (item.as_table_like(), item.as_value()) {
            (Some(table), _) => collect(table, path, values),
            (None, Some(value)) => {
                drop(values.insert(path.clone(), value.clone().decorated("", "").to_string()))
            }
            // An array of tables.
            (None, None) => drop(values.insert(path.clone(), item.to_string())),
        }
        path.pop();
    }
}
