//! Trusted roots: `ca_file`, `SSL_CERT_FILE`, `SSL_CERT_DIR`. What cannot be used is reported, never ignored.

use super::{Site, assert_silent, file, set_ca_file};
use crate::support::side_by_side;
use crate::support::tls::{Authority, Certificate};
use crate::support::{Reply, Sandbox, Server, responses};

#[track_caller]
fn assert_works(what: &str, sandbox: &Sandbox, site: &Site) {
    let run = sandbox.run("db forks a/b");
    assert_eq!((run.code, &*run.err), (Some(0), ""), "{what}: {run:?}");
    site.assert_token_arrived();
}

#[test]
fn a_certificate_is_trusted_with_its_authority_in_any_of_the_sources() {
    let (site, authority) = Site::right();
    let other = Authority::new("Another Root").pem();
    let pem = authority.pem();
    let marked = format!("\u{feff}{pem}\u{feff}{other}");
    let bundle = format!("# Another Root\r\n{}\n\nCorporate Root\n{pem}", other.replace('\n', "\r\n"));

    // ca_file, SSL_CERT_FILE, SSL_CERT_DIR: what the file holds, where there is one.
    for (what, ca_file, cert_file, cert_dir) in [
        ("ca_file", Some(&pem), None, None),
        ("a bundle as ca_file", Some(&bundle), None, None),
        ("SSL_CERT_FILE", None, Some(&pem), None),
        ("a bundle as SSL_CERT_FILE", None, Some(&bundle), None),
        ("SSL_CERT_DIR", None, None, Some(&pem)),
        ("a ca_file with a byte order mark", Some(&marked), None, None),
        ("an SSL_CERT_FILE with a byte order mark", None, Some(&marked), None),
        ("ca_file beside another SSL_CERT_FILE", Some(&pem), Some(&other), None),
        ("ca_file beside another SSL_CERT_DIR", Some(&pem), None, Some(&other)),
        ("SSL_CERT_FILE beside another ca_file", Some(&other), Some(&pem), None),
        ("SSL_CERT_DIR beside another SSL_CERT_FILE", None, Some(&other), Some(&pem)),
        ("SSL_CERT_FILE beside another SSL_CERT_DIR", None, Some(&pem), Some(&other)),
    ] {
        let mut sandbox = Sandbox::at(&site.url());
        if let Some(text) = ca_file {
            set_ca_file(&sandbox, &site.key(), &file(&sandbox, "ca_file.pem", text));
        }
        if let Some(text) = cert_file {
            let path = file(&sandbox, "cert_file.pem", text);
            sandbox = sandbox.with("SSL_CERT_FILE", &path);
        }
        if let Some(text) = cert_dir {
            file(&sandbox, "roots/README", "Put certificates here.\n");
            file(&sandbox, "roots/corporate.pem", text);
            let path = sandbox.home().join("roots").display().to_string();
            sandbox = sandbox.with("SSL_CERT_DIR", &path);
        }
        assert_works(what, &sandbox, &site);
    }
}

#[test]
fn each_folder_of_ssl_cert_dir_counts() {
    let (site, authority) = Site::right();
    let sandbox = Sandbox::at(&site.url());
    file(&sandbox, "one/another.pem", &Authority::new("Another Root").pem());
    file(&sandbox, "two/corporate.crt", &authority.pem());
    let folders = std::env::join_paths([sandbox.home().join("one"), sandbox.home().join("two")]).unwrap();
    let sandbox = sandbox.with("SSL_CERT_DIR", folders.to_str().unwrap());
    assert_works("two folders", &sandbox, &site);
}

#[test]
fn an_empty_variable_counts_as_unset() {
    let (site, authority) = Site::right();
    let sandbox = Sandbox::at(&site.url());
    let path = file(&sandbox, "ca.pem", &authority.pem());
    set_ca_file(&sandbox, &site.key(), &path);
    assert_works("ca_file", &sandbox.with("SSL_CERT_FILE", "").with("SSL_CERT_DIR", ""), &site);

    let sandbox = Sandbox::at(&site.url()).with("SSL_CERT_DIR", "");
    let path = file(&sandbox, "ca.pem", &authority.pem());
    assert_works("SSL_CERT_FILE", &sandbox.with("SSL_CERT_FILE", &path), &site);
}

#[test]
fn a_chain_needs_the_intermediates_that_the_server_sends() {
    let root = Authority::new("Corporate Root");
    let site = Site::showing(&root.intermediate("Region").intermediate("Issuer").certificate(&["127.0.0.1"]));
    let sandbox = Sandbox::at(&site.url());
    set_ca_file(&sandbox, &site.key(), &file(&sandbox, "ca.pem", &root.pem()));
    assert_works("two intermediates", &sandbox, &site);
}

#[test]
fn a_self_signed_certificate_is_trusted_if_it_is_configured_itself() {
    let certificate = Certificate::self_signed(&["127.0.0.1"]);
    let site = Site::showing(&certificate);
    let sandbox = Sandbox::at(&site.url());
    set_ca_file(&sandbox, &site.key(), &file(&sandbox, "ca.pem", certificate.pem()));
    assert_works("self-signed", &sandbox, &site);
}

#[test]
fn the_ca_file_of_another_hosts_entry_does_not_count() {
    let (site, authority) = Site::right();
    let port = site.front.address().port();
    for key in ["127.0.0.1", "www.dolthub.com", &format!("localhost:{port}"), &format!("{}/base", site.key())]
    {
        let sandbox = Sandbox::at(&site.url());
        set_ca_file(&sandbox, key, &file(&sandbox, "ca.pem", &authority.pem()));
        let roots = file(&sandbox, "roots.pem", &Authority::new("Another Root").pem());
        let run = sandbox.with("SSL_CERT_FILE", &roots).run("db forks a/b").exits(6);
        assert!(run.err.contains("ca_file"), "{key}: {run:?}");
    }
    site.assert_nothing_arrived();
}

/// Paths of what holds no certificate: missing, empty, text, another kind of PEM, a broken one, a folder.
fn useless(sandbox: &Sandbox) -> [String; 6] {
    let pem = |label: &str, text: &str| format!("-----BEGIN {label}-----\n{text}\n-----END {label}-----\n");
    std::fs::create_dir(sandbox.home().join("folder")).unwrap();
    [
        sandbox.home().join("missing.pem").display().to_string(),
        file(sandbox, "empty.pem", ""),
        file(sandbox, "text.pem", "Ask the network people for the certificate.\n"),
        file(sandbox, "key.pem", &pem("PUBLIC KEY", "MAA=")),
        file(sandbox, "broken.pem", &pem("CERTIFICATE", "not base64 at all!")),
        sandbox.home().join("folder").display().to_string(),
    ]
}

#[test]
fn an_unusable_ssl_cert_file_is_named_and_nothing_is_trusted() {
    let (site, _) = Site::right();
    let folder = Sandbox::new();
    side_by_side(&useless(&folder), |path| {
        let sandbox = Sandbox::at(&site.url()).with("SSL_CERT_FILE", path);
        for args in ["db forks a/b --json", "db create taylor/x --public --json"] {
            let run = sandbox.run(args).exits(6);
            let message = run.error()["message"].as_str().unwrap().to_owned();
            assert!(message.contains(path), "{path}, {args}: {run:?}");
            assert!(run.err.contains("SSL_CERT_FILE"), "{args}: {run:?}");
            assert_silent(&run);
        }
        // Beside it a ca_file, which does not know the authority either: the file may be the one that would have.
        let ca_file = file(&sandbox, "ca.pem", &Authority::new("Another Root").pem());
        set_ca_file(&sandbox, &site.key(), &ca_file);
        let run = sandbox.run("db forks a/b").exits(6);
        assert!(run.err.contains(path), "{path} beside a ca_file: {run:?}");
    });
    site.assert_nothing_arrived();
}

#[test]
fn an_unusable_ssl_cert_dir_is_named_and_nothing_is_trusted() {
    let (site, _) = Site::right();
    let folder = Sandbox::new();
    file(&folder, "text/README", "Put certificates here.\n");
    std::fs::create_dir(folder.home().join("empty")).unwrap();
    side_by_side(&["missing", "empty", "text"], |name| {
        let path = folder.home().join(name).display().to_string();
        let run = Sandbox::at(&site.url()).with("SSL_CERT_DIR", &path).run("db forks a/b --json").exits(6);
        assert!(run.err.contains(&path), "{name}: {run:?}");
        assert_silent(&run);
    });
    site.assert_nothing_arrived();
}

#[test]
fn an_unusable_ca_file_is_a_config_error_that_names_it() {
    let (site, authority) = Site::right();
    let folder = Sandbox::new();
    for path in useless(&folder) {
        let sandbox = Sandbox::at(&site.url());
        // What the environment says is no way round it.
        let roots = file(&sandbox, "roots.pem", &authority.pem());
        let sandbox = sandbox.with("SSL_CERT_FILE", &roots);
        set_ca_file(&sandbox, &site.key(), &path);
        for args in ["db forks a/b --json", "db create taylor/x --public --json", "auth status --json"] {
            let run = sandbox.run(args).exits(1);
            let error = run.error();
            assert_eq!(error["kind"], "config", "{args}: {run:?}");
            assert!(error["message"].as_str().unwrap().contains(&path), "{args}: {run:?}");
            assert!(run.err.contains("ca_file"), "{args}: {run:?}");
            assert_silent(&run);
        }
        site.assert_nothing_arrived();

        // A request to another host is not affected.
        let server = Server::always(Reply::Json(200, responses::ANY_FORKS.to_owned()));
        sandbox.run(&format!("db forks {}/repositories/a/b --host {0}", server.url())).exits(0);
        sandbox.run("completions bash").exits(0);
    }
}

#[test]
fn a_missing_ca_file_of_another_hosts_entry_does_no_harm() {
    let (site, authority) = Site::right();
    let sandbox = Sandbox::at(&site.url());
    let ca_file = file(&sandbox, "ca.pem", &authority.pem());
    let missing = sandbox.home().join("missing.pem").display().to_string();
    sandbox.write_config(&format!(
        "[hosts.\"{}\"]\nca_file = \"{ca_file}\"\n[hosts.\"www.dolthub.com\"]\nca_file = \"{missing}\"\n",
        site.key()
    ));
    assert_works("another host's", &sandbox, &site);
}

/// A pipe in place of a file: opening it to read blocks without end.
#[cfg(unix)]
fn trap(sandbox: &Sandbox) -> String {
    let path = sandbox.home().join("trap.pem");
    assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
    path.display().to_string()
}

#[cfg(unix)]
#[test]
fn plain_http_opens_no_certificate_file() {
    let server = Server::always(Reply::Json(200, responses::ANY_FORKS.to_owned()));
    let sandbox = Sandbox::at(server.url());
    let (path, folder) = (trap(&sandbox), sandbox.home().display().to_string());
    set_ca_file(&sandbox, server.url().trim_start_matches("http://"), &path);
    let sandbox = sandbox.with("SSL_CERT_FILE", &path).with("SSL_CERT_DIR", &folder);
    for args in ["db forks a/b", "db forks x/y --json", "db forks museum/pieces -v"] {
        sandbox.run(args).exits(0);
    }
    assert_eq!(server.requests().len(), 3);
}
