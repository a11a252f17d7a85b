use std::fs;

use super::*;
use crate::names::Visibility;

fn config(text: &str) -> Config {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.toml");
    fs::write(&path, text).unwrap();
    Config::load(path, true).unwrap()
}

fn token(text: &str) -> Token {
    Token::parse(text).unwrap()
}

#[test]
fn every_key_of_an_entry_is_read() {
    let config = config(
        r#"
        host = "doltlab.corp:8080"
        [hosts."doltlab.corp:8080"]
        user = "taylor"
        token = "dhat.v1.x"
        owner = "dolthub"
        visibility = "private"
        ca_file = "/etc/ssl/corp.pem"
        remote = "https://remotes.corp/base/"
        allow_http = true
        "#,
    );
    let host = config.host().unwrap().unwrap();
    assert_eq!(host.base(), "https://doltlab.corp:8080");
    let entry = config.entry(&host).unwrap();
    assert_eq!(entry.user.as_deref(), Some("taylor"));
    assert_eq!(entry.token.unwrap().unwrap().expose(), "dhat.v1.x");
    assert_eq!(entry.owner.as_deref(), Some("dolthub"));
    assert_eq!(entry.visibility, Some(Visibility::Private));
    assert_eq!(entry.ca_file.as_deref(), Some(Path::new("/etc/ssl/corp.pem")));
    assert_eq!(entry.remote.unwrap().to_string(), "https://remotes.corp/base");
    assert!(entry.allow_http);
}

#[test]
fn the_hosts_with_an_entry_are_named_with_their_scheme() {
    let config = config(
        "[hosts.\"lab:1\"]\n[hosts.\"lab:2\"]\nallow_http = true\n[hosts.\"https://lab:3\"]\nallow_http = true\n\
         [hosts.\"lab:4\"]\n[hosts.\"u:p@lab\"]\n",
    );
    let hosts = config.hosts(&Host::parse("http://lab:4").unwrap()).unwrap();
    let bases: Vec<&str> = hosts.iter().map(Host::base).collect();
    assert_eq!(bases, ["https://lab:1", "http://lab:2", "https://lab:3", "http://lab:4"]);
}

#[test]
fn a_token_command_is_read_word_by_word() {
    let config = config("[hosts.\"www.dolthub.com\"]\ntoken_command = [\"pass\", \"show\", \"a b\"]\n");
    let entry = config.entry(&Host::dolthub()).unwrap();
    assert_eq!(entry.token_command.unwrap(), ["pass", "show", "a b"]);
    assert!(entry.token.is_none());
}

#[test]
fn an_empty_text_counts_as_absent() {
    let keys =
        ["user", "token", "owner", "visibility", "ca_file", "remote"].map(|key| format!("{key} = \"\"\n"));
    let config = config(&format!("host = \"\"\n[hosts.\"www.dolthub.com\"]\n{}", keys.concat()));
    assert_eq!(config.host().unwrap(), None);
    let entry = config.entry(&Host::dolthub()).unwrap();
    assert!(entry.user.is_none() && entry.token.is_none() && entry.owner.is_none());
    assert!(entry.visibility.is_none() && entry.ca_file.is_none() && entry.remote.is_none());
}

#[test]
fn an_entry_is_found_however_its_host_is_spelled() {
    for key in ["dolthub.com", "www.dolthub.com", "WWW.DOLTHUB.COM", "https://www.dolthub.com/"] {
        let config = config(&format!("[hosts.\"{key}\"]\nowner = \"o\"\n"));
        assert_eq!(config.entry(&Host::dolthub()).unwrap().owner.as_deref(), Some("o"), "{key}");
    }
}

#[test]
fn an_entry_of_another_port_or_path_is_another_host() {
    let config = config("[hosts.\"corp.example/doltlab\"]\nowner = \"o\"\n");
    for other in ["corp.example", "corp.example:8080/doltlab", "corp.example/doltlab/x"] {
        assert!(config.entry(&Host::parse(other).unwrap()).unwrap().owner.is_none(), "{other}");
    }
}

#[test]
fn a_broken_file_is_reported_without_its_text() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.toml");
    fs::write(&path, "host = \"x\"\ntoken = \"dhat.v1.secret\n").unwrap();
    let error = Config::load(path, true).unwrap_err();
    assert_eq!(error.kind, Kind::Config);
    assert!(error.message.ends_with("is broken at line 2"), "{error}");
    assert!(!format!("{error:?}").contains("secret"));
}

#[test]
fn a_value_of_the_wrong_type_is_named_without_its_text() {
    for (line, key) in [
        ("token = 5", "token"),
        ("token_command = \"secret\"", "token_command"),
        ("token_command = []", "token_command"),
        ("allow_http = \"secret\"", "allow_http"),
        ("visibility = \"secret\"", "visibility"),
        ("owner = [\"secret\"]", "owner"),
        ("token = \"x\"\ntoken_command = [\"secret\"]", "token"),
    ] {
        let config = config(&format!("[hosts.\"www.dolthub.com\"]\n{line}\n"));
        let error = config.entry(&Host::dolthub()).unwrap_err();
        assert!(error.message.contains(&format!("hosts.\"www.dolthub.com\".{key}")), "{error}");
        assert!(!format!("{error:?}").contains("secret"), "{line}");
    }
}

#[test]
fn a_named_file_must_exist() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("none.toml");
    assert!(Config::load(path.clone(), false).is_ok());
    assert_eq!(Config::load(path, true).unwrap_err().kind, Kind::Config);
}

#[test]
fn storing_and_removing_a_token_keeps_comments_and_the_rest() {
    let text =
        "# mine\nhost = \"dolthub.com\" # the usual\n\n[hosts.\"dolthub.com\"] # here\nowner = \"o\"\n";
    let mut config = config(text);
    let host = Host::dolthub();
    config.store_token(&host, &token("dhat.v1.x"), Some("taylor"), false).unwrap();
    let entry = config.entry(&host).unwrap();
    assert_eq!(entry.user.as_deref(), Some("taylor"));
    assert_eq!(entry.owner.as_deref(), Some("o"));
    assert!(config.remove_token(&host).unwrap());
    assert_eq!(config.document.to_string(), text);
    assert!(!config.remove_token(&host).unwrap());
}

#[test]
fn a_token_is_removed_from_every_entry_that_spells_the_host() {
    let keys = ["dolthub.com", "WWW.dolthub.com.", "https://www.dolthub.com:443/"];
    let mut config = config(&keys.map(|key| format!("[hosts.\"{key}\"]\ntoken = \"x\"\n")).concat());
    assert!(config.remove_token(&Host::dolthub()).unwrap());
    assert!(!config.document.to_string().contains("token"), "{}", config.document);
}

#[test]
fn a_first_login_writes_a_readable_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new").join("config.toml");
    let mut config = Config::load(path.clone(), false).unwrap();
    config.store_token(&Host::dolthub(), &token("dhat.v1.x"), Some("taylor"), false).unwrap();
    config.save().unwrap();
    assert_eq!(
        fs::read_to_string(&path).unwrap(),
        "[hosts.\"www.dolthub.com\"]\ntoken = \"dhat.v1.x\"\nuser = \"taylor\"\n"
    );
}

#[cfg(unix)]
#[test]
fn the_file_is_private_and_one_that_must_not_be_replaced_is_a_config_error() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new").join("config.toml");
    Config::load(path.clone(), false).unwrap().save().unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);

    let link = folder.path().join("dangling");
    std::os::unix::fs::symlink("none", &link).unwrap();
    let error = Config::load(link, false).unwrap().save().unwrap_err();
    assert_eq!(error.kind, Kind::Config);
    assert!(error.message.ends_with("a symbolic link to a file that does not exist"), "{error}");
}

#[test]
fn an_update_keeps_what_another_process_wrote_and_a_failed_one_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.toml");
    let config = Config::load(path.clone(), false).unwrap();
    fs::write(&path, "host = \"lab\"\n").unwrap();
    let failed = config.update(|_| (), |_| Err::<(), _>(Error::usage("no")));
    assert!(failed.is_err());
    assert_eq!(fs::read_to_string(&path).unwrap(), "host = \"lab\"\n");
    let store = |config: &mut Config| config.store_token(&Host::dolthub(), &token("dhat.v1.x"), None, false);
    config.update(|note| panic!("{note}"), store).unwrap();
    assert!(fs::read_to_string(&path).unwrap().starts_with("host = \"lab\"\n"));
    assert!(config.reload().unwrap().has_token(&Host::dolthub()).unwrap());
}

#[cfg(unix)]
#[test]
fn a_token_that_others_can_read_gets_a_warning_with_the_command_that_hides_it() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("my config.toml");
    let warning = |text: &str, mode: u32| {
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        Config::load(path.clone(), true).unwrap().warning()
    };
    let stored = "[hosts.x]\ntoken = \"dhat.v1.x\"\n";
    for mode in [0o644, 0o640, 0o604] {
        let warned = warning(stored, mode).unwrap();
        assert!(warned.ends_with(&format!("chmod 600 '{}'", path.display())), "{warned}");
    }
    assert_eq!(warning(stored, 0o600), None);
    assert_eq!(warning("[hosts.x]\nowner = \"o\"\n", 0o644), None);
}

#[test]
fn debug_shows_nothing_of_the_text() {
    let shown = format!("{:?}", config("[hosts.x]\ntoken = \"dhat.v1.secret\"\n"));
    assert!(!shown.contains("secret"), "{shown}");
}
