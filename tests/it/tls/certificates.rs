//! An invalid certificate: reported at once with the reason and a hint, with nothing sent to the service.

use super::{Site, assert_silent, file};
use crate::support::Sandbox;
use crate::support::side_by_side;
use crate::support::tls::{Authority, Certificate, Front};

/// What the TLS library calls things; no user should have to read it.
const JARGON: [&str; 7] =
    ["DnsName", "IpAddress", "UnknownIssuer", "EndEntity", "BadSignature", "UnixTime", "(UNIX)"];

struct Row {
    what: &'static str,
    certificate: Certificate,
    /// The requested host, without its port.
    host: &'static str,
    /// What `SSL_CERT_FILE` holds; where there is none, the machine's own roots are used.
    roots: Option<String>,
    /// Each is in the message.
    message: &'static [&'static str],
    /// Each is in the hint.
    hint: &'static [&'static str],
}

fn rows() -> Vec<Row> {
    let (ours, other) = (Authority::new("Corporate Root"), Authority::new("Another Root"));
    let here = ["127.0.0.1"];
    let itself = Certificate::self_signed(&here);
    let authority = Certificate::authority_as_server(&here);
    let row = |what, certificate, roots, message, hint| Row {
        what,
        certificate,
        host: "127.0.0.1",
        roots,
        message,
        hint,
    };
    let trusted = || Some(ours.pem());
    vec![
        row(
            "another host's, requested by address",
            ours.certificate(&["doltlab.corp", "*.lab.corp"]),
            trusted(),
            &["127.0.0.1", "doltlab.corp", "*.lab.corp"],
            &["host"],
        ),
        Row {
            host: "localhost",
            ..row(
                "another host's, requested by name",
                ours.certificate(&["127.0.0.1", "doltlab.corp"]),
                trusted(),
                &["localhost", "127.0.0.1", "doltlab.corp"],
                &["host"],
            )
        },
        row(
            "expired",
            ours.certificate_valid(&here, (2020, 1, 1), (2021, 2, 3)),
            trusted(),
            &["expired", "2021-02-03"],
            &[],
        ),
        row(
            "not yet valid",
            ours.certificate_valid(&here, (2990, 5, 6), (2999, 1, 1)),
            trusted(),
            &["not", "valid", "2990-05-06"],
            &["clock"],
        ),
        row(
            "of an authority that SSL_CERT_FILE does not hold",
            ours.certificate(&here),
            Some(other.pem()),
            &["authority"],
            &["ca_file", "config file", "SSL_CERT_FILE"],
        ),
        row(
            "of an authority that the machine does not know",
            ours.certificate(&here),
            None,
            &["authority"],
            &["ca_file", "config file", "SSL_CERT_FILE"],
        ),
        row(
            "shown without the authority between it and the root",
            ours.intermediate("Corporate Issuer").certificate(&here).alone(),
            trusted(),
            &["authority"],
            &["ca_file", "config file", "SSL_CERT_FILE"],
        ),
        row("vouching for itself", itself, trusted(), &["authority"], &["ca_file", "SSL_CERT_FILE"]),
        Row {
            roots: Some(authority.pem().to_owned()),
            ..row("an authority's own, trusted", authority, None, &["authority's own"], &["sign"])
        },
        row(
            "an authority's own, not trusted",
            Certificate::authority_as_server(&here),
            trusted(),
            &["authority's own"],
            &["sign"],
        ),
        row("without its key", ours.certificate(&here).stolen(), trusted(), &["certificate"], &[]),
    ]
}

#[test]
fn an_invalid_certificate_is_reported_with_a_hint_and_nothing_is_sent() {
    side_by_side(&rows(), |Row { what, certificate, host, roots, message, hint }| {
        let site = Site::showing(certificate);
        let url = format!("https://{host}:{}", site.front.address().port());
        let mut sandbox = Sandbox::at(&url);
        if let Some(roots) = roots {
            let roots = file(&sandbox, "roots.pem", roots);
            sandbox = sandbox.with("SSL_CERT_FILE", &roots);
        }

        let run = sandbox.run("db forks a/b --json -v").exits(6);
        let error = run.error();
        assert_eq!(error["kind"], "network", "{what}");
        let (said, hinted) = (error["message"].as_str().unwrap(), error["hint"].as_str().unwrap());
        for word in *message {
            assert!(said.contains(word), "{what}: no {word:?} in the message: {said}\nhint: {hinted}");
        }
        for word in *hint {
            assert!(hinted.contains(word), "{what}: no {word:?} in the hint: {said}\nhint: {hinted}");
        }
        assert!(!hinted.contains("try again later"), "{what}: later is no better: {hinted}");
        for word in JARGON {
            assert!(!run.err.contains(word), "{what}: {run:?}");
        }
        assert_silent(&run);
        assert_eq!(site.front.connections(), 1, "{what}: it is no better the second time");

        let run = sandbox.run("db create taylor/x --public").exits(6);
        assert!(run.err.contains(said), "{what}: {run:?}");
        assert_silent(&run);
        assert_eq!(site.front.connections(), 2, "{what}: it is no better the second time");
        site.assert_nothing_arrived();
    });
}

#[test]
fn each_certificate_error_has_its_own_message() {
    let ours = Authority::new("Corporate Root");
    let here = ["127.0.0.1"];
    let mut messages = Vec::new();
    for certificate in [
        ours.certificate(&["doltlab.corp"]),
        ours.certificate_valid(&here, (2020, 1, 1), (2021, 2, 3)),
        ours.certificate_valid(&here, (2990, 5, 6), (2999, 1, 1)),
        Certificate::self_signed(&here),
        Certificate::authority_as_server(&here),
        ours.certificate(&here).stolen(),
    ] {
        let site = Site::showing(&certificate);
        let sandbox = Sandbox::at(&site.url());
        let roots = file(&sandbox, "roots.pem", &ours.pem());
        let run = sandbox.with("SSL_CERT_FILE", &roots).run("db forks a/b --json").exits(6);
        messages.push(run.error()["message"].as_str().unwrap().replace(&site.key(), "HOST"));
    }
    let count = messages.len();
    messages.sort();
    messages.dedup();
    assert_eq!(messages.len(), count, "{messages:#?}");
}

#[test]
fn a_name_in_a_certificate_cannot_reach_the_terminal_unescaped() {
    let ours = Authority::new("Corporate Root");
    let site = Site::showing(&ours.certificate(&["\u{1b}]0;owned\u{7}evil.corp", "fine.corp"]));
    let sandbox = Sandbox::at(&site.url());
    let roots = file(&sandbox, "roots.pem", &ours.pem());
    let sandbox = sandbox.with("SSL_CERT_FILE", &roots);
    for args in ["db forks a/b -v", "db forks a/b -v --json"] {
        let run = sandbox.run(args).exits(6);
        let is_hostile = |c: char| c.is_control() && c != '\n';
        assert!(!run.err.contains(is_hostile), "{run:?}");
        assert!(run.err.contains("fine.corp"), "{run:?}");
    }
    site.assert_nothing_arrived();
}

#[test]
fn a_signature_by_another_key_is_refused_in_every_version_of_tls() {
    let ours = Authority::new("Corporate Root");
    for version in [&rustls::version::TLS12, &rustls::version::TLS13] {
        for (certificate, code) in [
            (ours.certificate(&["127.0.0.1"]), 0),
            (ours.certificate(&["127.0.0.1"]).stolen(), 6),
            (ours.certificate(&["doltlab.corp"]), 6),
        ] {
            let site = Site::showing(&certificate);
            let front = Front::speaking(&[version], &certificate, site.server.url());
            let sandbox = Sandbox::at(&front.url());
            let roots = file(&sandbox, "roots.pem", &ours.pem());
            sandbox.with("SSL_CERT_FILE", &roots).run("db forks a/b").exits(code);
            assert_eq!(site.server.requests().len(), usize::from(code == 0), "{version:?}");
        }
    }
}
