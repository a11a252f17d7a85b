//! Any config file is read or refused without repeating its text; a stored token is read back, and the rest stays.

use std::fs;
use std::path::PathBuf;

use dhub::config::Config;
use dhub::error::{Error, Kind};
use dhub::names::Host;
use dhub::token::Token;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use tempfile::TempDir;

use super::{address, cases, text};

/// Stands in every value that a file here holds.
const SECRET: &str = "dhat.v1.secret";

/// A file of this text in a folder of its own.
fn file(text: &[u8]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.toml");
    fs::write(&path, text).unwrap();
    (folder, path)
}

/// A value of any type, mostly text.
fn value() -> impl Strategy<Value = String> {
    let other = select(vec![
        "5",
        "true",
        "[]",
        "{}",
        "[\"dhat.v1.secret\", 1]",
        "{ a = \"dhat.v1.secret\" }",
        "\"\"",
        "1979-05-27",
    ]);
    let quoted = text().prop_map(|text| format!("{:?}", format!("{SECRET}{text}")));
    prop_oneof![
        2 => Just(format!("\"{SECRET}\"")),
        2 => other.prop_map(str::to_owned),
        1 => quoted,
        1 => text().prop_map(|text| format!("'''{SECRET}{text}'''")),
    ]
}

/// A line of a file, right or wrong.
fn line() -> impl Strategy<Value = String> {
    let key = select(vec![
        "host",
        "hosts",
        "token",
        "token_command",
        "user",
        "owner",
        "visibility",
        "ca_file",
        "remote",
        "allow_http",
        "other",
    ]);
    let header = select(vec![
        "[hosts]",
        "[hosts.\"www.dolthub.com\"]",
        "[hosts.\"DOLTHUB.com\"]",
        "[hosts.'127.0.0.1:8080/base']",
        "[[hosts]]",
        "[other]",
        "[[hosts.\"www.dolthub.com\"]]",
        "hosts.\"www.dolthub.com\".token = \"dhat.v1.secret\"",
        "# dhat.v1.secret",
        "",
    ]);
    prop_oneof![
        4 => (key, value()).prop_map(|(key, value)| format!("{key} = {value}")),
        3 => header.prop_map(str::to_owned),
        1 => text().prop_map(|text| format!("{text}{SECRET}{text}")),
    ]
}

fn lines() -> impl Strategy<Value = String> {
    vec(line(), 0..7).prop_map(|lines| lines.join("\n"))
}

/// The error must be the config file's and repeat nothing of it.
fn discreet(error: &Error) -> Result<(), TestCaseError> {
    prop_assert_eq!(error.kind, Kind::Config);
    prop_assert!(!format!("{error} {error:?}").contains(SECRET), "{error:?}");
    Ok(())
}

/// A file as people write it: sections with comments, in any of TOML's styles.
fn usual() -> impl Strategy<Value = String> {
    let field = select(vec![
        "user = \"somebody\"",
        "token = \"dhat.v1.old\"",
        "owner = \"o\"",
        "visibility = 'private'",
        "ca_file = \"/etc/ssl/corp.pem\"",
        "remote = \"https://remotes.example:50051\"",
        "allow_http = false",
        "unknown = 1",
    ]);
    let key = select(vec!["\"www.dolthub.com\"", "'dolthub.com'", "\"lab.corp:8080\"", "lab"]);
    let entry = (key, vec((field, any::<bool>(), any::<bool>()), 0..5));
    (vec(entry, 0..3), 0..4, any::<bool>(), any::<bool>()).prop_map(|(entries, style, host, comma)| {
        let mut number = 0;
        let mut comment = || {
            number += 1;
            format!("# comment {number}")
        };
        let mut text = comment() + "\n";
        if host {
            text += &format!("host = \"dolthub.com\" {}\n", comment());
        }
        let (mut inline, mut seen) = (Vec::new(), Vec::new());
        for (key, mut fields) in entries {
            if seen.contains(&key) {
                continue;
            }
            seen.push(key);
            fields.sort();
            fields.dedup_by_key(|(field, _, _)| *field);
            let joined = fields.iter().map(|(field, _, _)| *field).collect::<Vec<_>>().join(", ");
            match style {
                0 => inline.push(format!("{key} = {{ {joined} }}")),
                1 => inline.push(format!("{key} = {{ {joined} }} {}", comment())),
                _ => {
                    if style == 2 {
                        text += &format!("\n{}\n[hosts.{key}] {}\n", comment(), comment());
                    }
                    for (field, above, beside) in fields {
                        let above = if above { comment() + "\n" } else { String::new() };
                        let beside = if beside { format!(" {}", comment()) } else { String::new() };
                        let way = if style == 2 { String::new() } else { format!("hosts.{key}.") };
                        text += &format!("{above}{way}{field}{beside}\n");
                    }
                }
            }
        }
        match style {
            0 => {
                // One may stand after the last entry, too.
                let comma = if comma && !inline.is_empty() { "," } else { "" };
                text + &format!("hosts = {{ {}{comma} }}\n", inline.join(", "))
            }
            1 => text + &format!("[hosts]\n{}\n", inline.join("\n")),
            _ => text + &comment() + "\n",
        }
    })
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn any_text_is_a_config_or_an_error_that_repeats_nothing_of_it(
        text in prop_oneof![4 => lines(), 1 => text()],
        change in option::of((any::<Index>(), any::<u8>())),
    ) {
        let mut text = text.into_bytes();
        if let Some((place, byte)) = change.filter(|_| !text.is_empty()) {
            let place = place.index(text.len());
            text[place] = byte;
        }
        let (_folder, path) = file(&text);
        match Config::load(path, true) {
            Err(error) => discreet(&error)?,
            Ok(mut config) => {
                for address in ["dolthub.com", "http://127.0.0.1:8080/base"] {
                    let host = Host::parse(address).unwrap();
                    if let Err(error) = config.entry(&host) {
                        discreet(&error)?;
                    }
                    let token = Token::parse("dhat.v1.new").unwrap();
                    if let Err(error) = config.store_token(&host, &token, None, false) {
                        discreet(&error)?;
                    }
                    if let Err(error) = config.remove_token(&host) {
                        discreet(&error)?;
                    }
                }
            }
        }
    }

    #[test]
    fn a_token_is_found_again_under_any_host(address in address()) {
        if let Ok(host) = Host::parse(&address) {
            prop_assert!(is_found_again(&host), "{host}");
        }
    }

    #[test]
    fn an_invalid_host_is_reported_without_its_text(text in text()) {
        let (_folder, path) = file(format!("host = '''{SECRET}{text}'''").as_bytes());
        if let Ok(config) = Config::load(path, true)
            && let Err(error) = config.host()
        {
            discreet(&error)?;
        }
    }
}

#[test]
fn a_token_is_found_again_under_an_address_that_looks_like_another() {
    for address in
        ["http://lab:443", "https://lab:80", "https://lab/a://b", "http://lab//", "https://dolthub.com:80"]
    {
        assert!(is_found_again(&Host::parse(address).unwrap()), "{address}");
    }
}

fn is_found_again(host: &Host) -> bool {
    let folder = tempfile::tempdir().unwrap();
    let mut config = Config::load(folder.path().join("config.toml"), false).unwrap();
    config.store_token(host, &Token::parse("dhat.v1.new").unwrap(), None, false).unwrap();
    config.entry(host).unwrap().token.is_some() && config.remove_token(host).unwrap()
}

proptest! {
    // Each case writes to the disk.
    #![proptest_config(cases(96))]

    #[test]
    fn a_stored_token_is_read_back_and_the_rest_stays(
        before in usual(),
        address in select(vec!["dolthub.com", "lab", "lab.corp:8080", "http://elsewhere/base"]),
        token in "[!-\"$-~]{1,20}", user in "[a-z]{1,5}", allow_http in any::<bool>(),
    ) {
        let (_folder, path) = file(before.as_bytes());
        let (host, token) = (Host::parse(address).unwrap(), Token::parse(&token).unwrap());
        let mut config = Config::load(path.clone(), true).unwrap();
        let owner = config.entry(&host).unwrap().owner;
        config.store_token(&host, &token, Some(&user), allow_http).unwrap();
        config.save().unwrap();

        let entry = config.reload().unwrap().entry(&host).unwrap();
        let stored = entry.token.unwrap().unwrap();
        prop_assert_eq!(stored.expose(), token.expose());
        prop_assert_eq!(entry.user, Some(user));
        prop_assert_eq!(entry.owner, owner);
        prop_assert!(entry.allow_http || !allow_http);
        let after = fs::read_to_string(path).unwrap();
        prop_assert_eq!(comments(&before), comments(&after), "{}\n-- became --\n{}", before, after);
        let mut remaining = after.lines();
        for line in before.lines().filter(|line| stays(line)) {
            let is_there = remaining.any(|other| other == line);
            prop_assert!(is_there, "{line:?} is lost:\n{before}\n-- became --\n{after}");
        }
    }
}

fn comments(text: &str) -> Vec<&str> {
    text.lines().filter_map(|line| line.find('#').map(|start| &line[start..])).collect()
}

/// Whether a login leaves the line alone: it has none of a login's keys and is no whole entry.
fn stays(line: &str) -> bool {
    !["user =", "token =", "allow_http =", "{"].iter().any(|part| line.contains(part))
}
