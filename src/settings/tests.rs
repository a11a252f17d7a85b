use super::*;

fn folder_with(config: &str) -> (tempfile::TempDir, Flags) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.toml");
    std::fs::write(&path, config).unwrap();
    (folder, Flags { config: Some(path), ..Flags::default() })
}

fn resolve<const N: usize>(
    config: &str,
    host: Option<&str>,
    environment: [(&str, &str); N],
    page: Option<&str>,
) -> Result<Settings> {
    let (_folder, mut flags) = folder_with(config);
    flags.host = host.map(str::to_owned);
    let page = page.map(|page| Site::Page(Host::parse(page).unwrap()));
    Settings::resolve(&flags, &environment.into(), &page.iter().collect::<Vec<_>>())
}

fn token(settings: &Settings) -> Option<&str> {
    match &settings.token {
        TokenSource::Environment(_, token) | TokenSource::File(token) => Some(token.expose()),
        TokenSource::Command(_) | TokenSource::Broken(_) | TokenSource::None => None,
    }
}

const TWO_HOSTS: &str = "host = \"http://lab:1\"\n[hosts.\"lab:1\"]\ntoken = \"lab\"\n\
                         [hosts.\"www.dolthub.com\"]\ntoken = \"hub\"\nowner = \"o\"\n";

#[test]
fn the_host_is_the_flags_then_the_environments_then_the_files_then_dolthub() {
    let host = |settings: Result<Settings>| settings.unwrap().host.base().to_owned();
    assert_eq!(host(resolve(TWO_HOSTS, Some("a"), [("DOLTHUB_HOST", "b")], None)), "https://a");
    assert_eq!(host(resolve(TWO_HOSTS, None, [("DOLTHUB_HOST", "b")], None)), "https://b");
    assert_eq!(host(resolve(TWO_HOSTS, None, [("DOLTHUB_HOST", "")], None)), "http://lab:1");
    assert_eq!(host(resolve("", None, [], None)), "https://www.dolthub.com");
}

#[test]
fn a_page_beats_the_file_and_conflicts_with_flag_and_environment() {
    let page = Some("https://www.dolthub.com");
    assert_eq!(token(&resolve(TWO_HOSTS, None, [], page).unwrap()), Some("hub"));
    assert!(resolve(TWO_HOSTS, Some("dolthub.com"), [], page).is_ok());
    for conflict in [
        resolve(TWO_HOSTS, Some("other"), [], page),
        resolve(TWO_HOSTS, None, [("DOLTHUB_HOST", "other")], page),
    ] {
        assert_eq!(conflict.unwrap_err().kind, Kind::Usage);
    }
}

#[test]
fn a_stored_token_goes_to_its_own_host_only() {
    assert_eq!(token(&resolve(TWO_HOSTS, None, [], None).unwrap()), Some("lab"));
    assert_eq!(token(&resolve(TWO_HOSTS, Some("dolthub.com"), [], None).unwrap()), Some("hub"));
    assert_eq!(token(&resolve(TWO_HOSTS, Some("other"), [], None).unwrap()), None);
}

#[test]
fn the_environments_token_belongs_to_the_environments_host() {
    let pair = [("DOLTHUB_TOKEN", "env"), ("DOLTHUB_HOST", "home")];
    assert_eq!(token(&resolve(TWO_HOSTS, None, pair, None).unwrap()), Some("env"));
    assert_eq!(token(&resolve(TWO_HOSTS, Some("other"), pair, None).unwrap()), None);
    assert_eq!(token(&resolve(TWO_HOSTS, Some("dolthub.com"), pair, None).unwrap()), Some("hub"));
}

#[test]
fn without_a_host_of_its_own_the_environments_token_belongs_to_the_files_host_or_dolthub() {
    let alone = [("DOLTHUB_TOKEN", "env")];
    assert_eq!(token(&resolve(TWO_HOSTS, None, alone, None).unwrap()), Some("env"));
    assert_eq!(token(&resolve(TWO_HOSTS, Some("dolthub.com"), alone, None).unwrap()), Some("hub"));
    assert_eq!(token(&resolve("", Some("dolthub.com"), alone, None).unwrap()), Some("env"));
    assert_eq!(token(&resolve("", Some("http://www.dolthub.com"), alone, None).unwrap()), None);
}

#[test]
fn the_official_pair_is_read_when_dolthub_token_is_absent() {
    let official = [("DH_TOKEN", "official"), ("DH_HOST", "https://corp")];
    let settings = resolve(TWO_HOSTS, None, official, None).unwrap();
    assert_eq!((settings.host.base(), token(&settings)), ("https://corp", Some("official")));
    let settings = resolve(TWO_HOSTS, Some("other"), official, None).unwrap();
    assert_eq!(token(&settings), None);
    let both = [("DH_TOKEN", "official"), ("DH_HOST", "https://corp"), ("DOLTHUB_TOKEN", "own")];
    let settings = resolve(TWO_HOSTS, None, both, None).unwrap();
    assert_eq!((settings.host.base(), token(&settings)), ("http://lab:1", Some("own")));
}

#[test]
fn the_official_token_alone_belongs_to_dolthub_and_selects_no_host() {
    let alone = [("DH_TOKEN", "official")];
    let settings = resolve(TWO_HOSTS, None, alone, None).unwrap();
    assert_eq!((settings.host.base(), token(&settings)), ("http://lab:1", Some("lab")));
    assert_eq!(token(&resolve(TWO_HOSTS, Some("dolthub.com"), alone, None).unwrap()), Some("official"));
}

#[test]
fn an_invalid_token_is_reported_when_it_is_needed_and_not_repeated() {
    let entry = "[hosts.\"www.dolthub.com\"]\ntoken = \"sec ret\"\n";
    for (settings, kind, place) in [
        (resolve("", None, [("DOLTHUB_TOKEN", "sec ret")], None), Kind::Auth, "DOLTHUB_TOKEN"),
        (resolve(entry, None, [], None), Kind::Config, "hosts.\"www.dolthub.com\".token"),
    ] {
        let TokenSource::Broken(error) = settings.unwrap().token else { panic!("it was accepted") };
        assert_eq!(error.kind, kind);
        assert!(error.message.contains(place), "{error}");
        assert!(!format!("{error:?}").contains("ret\""), "{error:?}");
    }
}

#[test]
fn the_default_owner_is_the_environments_then_the_hosts() {
    let hub = Some("dolthub.com");
    let owner = |settings: Result<Settings>| settings.unwrap().owner;
    assert_eq!(owner(resolve(TWO_HOSTS, hub, [("DOLTHUB_OWNER", "e")], None)).as_deref(), Some("e"));
    assert_eq!(owner(resolve(TWO_HOSTS, hub, [("DOLTHUB_ORG", "g")], None)).as_deref(), Some("g"));
    let both = [("DOLTHUB_OWNER", "e"), ("DOLTHUB_ORG", "g")];
    assert_eq!(owner(resolve(TWO_HOSTS, hub, both, None)).as_deref(), Some("e"));
    assert_eq!(owner(resolve(TWO_HOSTS, hub, [], None)).as_deref(), Some("o"));
    assert_eq!(owner(resolve(TWO_HOSTS, None, [], None)), None);
}

#[test]
fn plain_http_is_allowed_by_the_entry_or_the_environment() {
    assert!(!resolve("", None, [], None).unwrap().allow_http);
    let lab = ("DOLTHUB_HOST", "http://lab");
    let env_token = [lab, ("DOLTHUB_TOKEN", "x"), ("DHUB_ALLOW_HTTP", "1")];
    assert!(resolve("", None, env_token, None).unwrap().allow_http);
    for stored in ["token = \"x\"", "token_command = [\"echo\", \"x\"]", ""] {
        let config = format!("[hosts.lab]\n{stored}\n");
        let settings = resolve(&config, None, [lab, ("DHUB_ALLOW_HTTP", "1")], None).unwrap();
        assert!(!settings.allow_http, "{stored}");
    }
    let entry = "host = \"http://lab\"\n[hosts.lab]\nallow_http = true\n";
    assert!(resolve(entry, None, [], None).unwrap().allow_http);
}

#[test]
fn what_only_flags_give_is_repeated() {
    let (_folder, mut flags) = folder_with("");
    flags.host = Some("http://lab".to_owned());
    let config = flags.config.clone().unwrap().display().to_string();
    let settings = Settings::resolve(&flags, &Environment::default(), &[]).unwrap();
    assert_eq!(settings.host_flags, ["--host http://lab".to_owned(), format!("--config {config}")]);
}

#[test]
fn debug_shows_no_value_of_the_environment() {
    let shown = format!("{:?}", Environment::from([("DOLTHUB_TOKEN", "dhat.v1.secret")]));
    assert!(shown.contains("DOLTHUB_TOKEN") && !shown.contains("secret"), "{shown}");
}
