//! A proxy gets only the target's address; its refusals are reported as the proxy's.

use std::net::{TcpListener, TcpStream};
use std::thread;

use super::{Site, assert_silent, file, set_ca_file};
use crate::support::proxy::{Behavior, Proxy};
use crate::support::refusing_address;
use crate::support::side_by_side;
use crate::support::tls::{Authority, Certificate};
use crate::support::{Run, Sandbox, TOKEN};

/// A host that is not this machine; only a proxy resolves its name.
const LAB: &str = "doltlab.invalid";
const VARIABLES: [&str; 6] =
    ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];

/// The lab's service and the authority of its certificate.
struct Lab {
    site: Site,
    authority: Authority,
}

impl Lab {
    fn start() -> Self {
        let authority = Authority::new("Corporate Root");
        Lab { site: Site::showing(&authority.certificate(&[LAB, "*.doltlab.invalid"])), authority }
    }

    /// A proxy that leads to the lab.
    fn proxy(&self) -> Proxy {
        Proxy::start(Behavior::Tunnel(self.site.front.address()))
    }

    /// A home whose host is the lab by this name, with its `ca_file` and its token.
    fn sandbox(&self, name: &str) -> Sandbox {
        let sandbox = Sandbox::at(&format!("https://{name}"));
        let ca_file = file(&sandbox, "ca.pem", &self.authority.pem());
        set_ca_file(&sandbox, name, &ca_file);
        sandbox
    }
}

/// Checks that the proxy got one CONNECT, for this address, and nothing of the request.
#[track_caller]
fn assert_only_requests_for(proxy: &Proxy, address: &str) {
    let request_heads = proxy.request_heads();
    assert_eq!(request_heads.len(), 1, "{request_heads:?}");
    assert!(request_heads[0].starts_with(&format!("connect {address} http/1.1\r\n")), "{request_heads:?}");
    assert!(!request_heads[0].contains("authorization"), "{request_heads:?}");
    let received = proxy.received().concat();
    for secret in [TOKEN, "token", "/api/v1alpha1", "GET"] {
        assert!(!received.contains(secret), "{secret} was shown to the proxy: {received:?}");
    }
}

#[test]
fn a_proxy_for_https_gets_the_host_and_the_service_behind_it_gets_the_token() {
    for (variable, host, address) in [
        ("HTTPS_PROXY", LAB, "doltlab.invalid:443"),
        ("https_proxy", "doltlab.invalid:8443", "doltlab.invalid:8443"),
        ("ALL_PROXY", LAB, "doltlab.invalid:443"),
        ("all_proxy", "eu.doltlab.invalid:8443", "eu.doltlab.invalid:8443"),
    ] {
        let lab = Lab::start();
        let proxy = lab.proxy();
        let sandbox = lab.sandbox(host).with(variable, &proxy.url());
        let run = sandbox.run("db forks a/b -v").exits(0);
        assert_silent(&run);
        assert_only_requests_for(&proxy, address);
        lab.site.assert_token_arrived();
        let request = lab.site.server.requests().pop().unwrap();
        assert_eq!(request.header("host"), Some(host), "{variable}");
        assert_eq!(request.header("proxy-authorization"), None, "{variable}");
    }
}

#[test]
fn the_most_specific_proxy_variable_is_used_in_every_spelling() {
    let lab = Lab::start();
    let wrong = Proxy::start(Behavior::Silence);
    let rows = [
        ("https before all", vec![("HTTPS_PROXY", "RIGHT"), ("ALL_PROXY", "WRONG")]),
        ("http is not for https", vec![("HTTP_PROXY", "WRONG"), ("HTTPS_PROXY", "RIGHT")]),
        ("an empty one is unset", vec![("HTTPS_PROXY", ""), ("ALL_PROXY", "RIGHT")]),
        ("an empty one is unset", vec![("HTTPS_PROXY", ""), ("https_proxy", "RIGHT")]),
        ("without a scheme", vec![("HTTPS_PROXY", "BARE")]),
        ("with a slash", vec![("HTTPS_PROXY", "RIGHT/")]),
        ("with nothing excepted", vec![("HTTPS_PROXY", "RIGHT"), ("NO_PROXY", "")]),
        ("with others excepted", vec![("HTTPS_PROXY", "RIGHT"), ("NO_PROXY", "other.example, 127.0.0.1")]),
        ("with half a name excepted", vec![("HTTPS_PROXY", "RIGHT"), ("NO_PROXY", "lab.invalid")]),
    ];
    side_by_side(&rows, |(what, variables)| {
        let proxy = lab.proxy();
        let mut sandbox = lab.sandbox(LAB);
        for (name, value) in variables {
            let value = value
                .replace("RIGHT", &proxy.url())
                .replace("WRONG", &wrong.url())
                .replace("BARE", &proxy.address());
            sandbox = sandbox.with(name, &value);
        }
        let run = sandbox.run("db forks a/b --request-timeout 10s");
        assert_eq!((run.code, proxy.received().len()), (Some(0), 1), "{what}: {run:?}");
    });
    assert_eq!(wrong.received().len(), 0);
}

#[test]
fn a_host_in_no_proxy_needs_no_usable_proxy() {
    let lab = Lab::start();
    let sandbox = lab.sandbox(LAB).with("ALL_PROXY", "socks5://127.0.0.1:1").with("NO_PROXY", LAB);
    let run = sandbox.run("db forks a/b").exits(6);
    assert!(!run.err.contains("proxy"), "{run:?}");
}

#[test]
fn a_host_in_no_proxy_is_not_requested_from_the_proxy() {
    let lab = Lab::start();
    let rows = [
        ("HTTPS_PROXY", "NO_PROXY", LAB),
        ("https_proxy", "no_proxy", LAB),
        ("ALL_PROXY", "NO_PROXY", ".invalid"),
        ("HTTPS_PROXY", "NO_PROXY", "*"),
        ("HTTPS_PROXY", "NO_PROXY", "other.example,doltlab.invalid"),
        ("HTTPS_PROXY", "NO_PROXY", "other.example, .doltlab.invalid"),
        // The proxy of plain http is used for nothing else.
        ("HTTP_PROXY", "NO_PROXY", "other.example"),
        ("http_proxy", "NO_PROXY", "other.example"),
    ];
    side_by_side(&rows, |&(variable, exception, hosts)| {
        let proxy = lab.proxy();
        let sandbox = lab.sandbox(LAB).with(variable, &proxy.url()).with(exception, hosts);
        let run = sandbox.run("db forks a/b").exits(6);
        assert_eq!(proxy.received().len(), 0, "{exception}={hosts}: {run:?}");
        assert!(!run.err.contains("proxy"), "no proxy had a part in it: {run:?}");
    });
    lab.site.assert_nothing_arrived();
}

#[test]
fn no_proxy_is_used_for_loopback_over_https() {
    let authority = Authority::new("Corporate Root");
    let site = Site::showing(&authority.certificate(&["127.0.0.1", "localhost"]));
    let proxy = Proxy::start(Behavior::Tunnel(site.front.address()));
    for name in ["127.0.0.1", "localhost"] {
        let host = format!("{name}:{}", site.front.address().port());
        let mut sandbox = Sandbox::at(&format!("https://{host}"));
        set_ca_file(&sandbox, &host, &file(&sandbox, "ca.pem", &authority.pem()));
        for variable in VARIABLES {
            sandbox = sandbox.with(variable, &proxy.url());
        }
        sandbox.run("db forks a/b").exits(0);
        site.assert_token_arrived();
    }
    assert_eq!(proxy.received().len(), 0);
}

#[test]
fn no_proxy_is_used_for_loopback_over_ipv6() {
    let Ok(listener) = TcpListener::bind("[::1]:0") else {
        println!("skipped: this machine has no IPv6 loopback");
        return;
    };
    let (site, _) = Site::right();
    let (here, behind) = (listener.local_addr().unwrap(), site.server.url().replace("http://", ""));
    // The service at another address: each connection is forwarded to it.
    thread::spawn(move || {
        let client = listener.accept().unwrap().0;
        let server = TcpStream::connect(behind).unwrap();
        thread::scope(|scope| {
            scope.spawn(|| std::io::copy(&mut &client, &mut &server));
            let _ = std::io::copy(&mut &server, &mut &client);
            let _ = client.shutdown(std::net::Shutdown::Both);
        });
    });
    let proxy = Proxy::start(Behavior::Silence);
    let mut sandbox = Sandbox::at(&format!("http://{here}"));
    for variable in VARIABLES {
        sandbox = sandbox.with(variable, &proxy.url());
    }
    sandbox.run("db forks a/b").exits(0);
    site.assert_token_arrived();
    assert_eq!(proxy.received().len(), 0);
}

/// `user:secretpass` and `user:secret@pass:1`, as they travel.
const ENCODED: [&str; 2] = ["dXNlcjpzZWNyZXRwYXNz", "dXNlcjpzZWNyZXRAcGFzczox"];

#[track_caller]
fn assert_no_password(run: &Run) {
    for text in [&run.out, &run.err] {
        for secret in ["secret", ENCODED[0], ENCODED[1]] {
            assert!(!text.contains(secret), "{run:?}");
        }
    }
}

#[test]
fn a_proxys_password_is_sent_only_to_the_proxy() {
    for (password, encoded) in [("secretpass", ENCODED[0]), ("secret%40pass%3A1", ENCODED[1])] {
        let lab = Lab::start();
        let proxy = lab.proxy();
        let url = format!("http://user:{password}@{}", proxy.address());
        let sandbox = lab.sandbox(LAB).with("HTTPS_PROXY", &url);
        for args in ["db forks a/b -v", "db forks a/b -v --json"] {
            assert_no_password(&sandbox.run(args).exits(0));
        }
        let expected = format!("proxy-authorization: basic {}", encoded.to_lowercase());
        for request_heads in proxy.request_heads() {
            assert!(request_heads.contains(&expected), "{request_heads:?}");
            assert_eq!(request_heads.matches("authorization").count(), 1, "{request_heads:?}");
        }
        for request in lab.site.server.requests() {
            assert_eq!(request.header("proxy-authorization"), None);
            assert_eq!(request.header("authorization"), Some(&*format!("token {TOKEN}")));
        }
        assert_eq!(lab.site.server.requests().len(), 2);
    }
}

/// The failures of a proxy; none is one that does not exist.
const UNHELPFUL: [(&str, Option<Behavior>); 8] = [
    ("is down", None),
    ("forbids", Some(Behavior::Send("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n"))),
    ("wants a password", Some(WANTS_A_PASSWORD)),
    ("cannot reach the host", Some(Behavior::Send("HTTP/1.1 502 Bad Gateway\r\n\r\n<h1>No</h1>"))),
    ("closes", Some(Behavior::Send(""))),
    ("speaks something else", Some(Behavior::Send("SSH-2.0-OpenSSH_9.2\r\n"))),
    ("breaks off", Some(Behavior::Send("HTTP/1.1 200 Connec"))),
    ("hangs", Some(Behavior::Silence)),
];
const WANTS_A_PASSWORD: Behavior = Behavior::Send(
    "HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic realm=\"corp\"\r\n\
     content-length: 0\r\n\r\n",
);

#[test]
fn a_proxy_failure_is_reported_as_such_and_nothing_was_sent() {
    let lab = Lab::start();
    let create = "db create taylor/x --public --json -v";
    let rows: Vec<_> =
        UNHELPFUL.iter().flat_map(|row| ["db forks a/b --json -v", create].map(|args| (row, args))).collect();
    side_by_side(&rows, |&((what, behavior), args)| {
        let (proxy, (refusing_address, _held)) = (behavior.map(Proxy::start), refusing_address());
        let address = proxy.as_ref().map_or(refusing_address.to_string(), Proxy::address);
        // Short for the one that hangs: it is tried more than once.
        let limit = if matches!(behavior, Some(Behavior::Silence)) { "400ms" } else { "30s" };
        let sandbox = lab.sandbox(LAB).with("HTTPS_PROXY", &format!("http://user:secretpass@{address}"));
        let run = sandbox.run(&format!("{args} --request-timeout {limit}")).exits(6);
        let error = run.error();
        let message = error["message"].as_str().unwrap();
        assert_eq!(error["kind"], "network", "{what}: {run:?}");
        assert!(message.contains("proxy"), "a proxy that {what} is not blamed: {run:?}");
        let names_it = run.err.contains("HTTPS_PROXY") || run.err.contains(&address);
        assert!(names_it, "a proxy that {what}: which one? {run:?}");
        let hint = error["hint"].as_str().unwrap();
        assert!(hint.contains("password") || *what != "wants a password", "{run:?}");
        assert_silent(&run);
        assert_no_password(&run);
        if let Some(proxy) = proxy {
            let received = proxy.received().concat();
            assert!(!received.is_empty() && !received.contains(TOKEN), "{what}: {received:?}");
        }
    });
    lab.site.assert_nothing_arrived();
}

#[test]
fn an_invalid_proxy_variable_is_reported_and_not_ignored() {
    let lab = Lab::start();
    let rows = [
        "ftp://127.0.0.1:1",
        "http://",
        "http://user:secretpass@[bad",
        "socks5://127.0.0.1:1",
        "a b",
        "\"127.0.0.1:1\"",
        "http://a{b}.invalid:1",
    ];
    side_by_side(&rows, |value| {
        let run = lab.sandbox(LAB).with("HTTPS_PROXY", value).run("db forks a/b -v");
        assert_ne!(run.code, Some(0));
        assert!(run.err.to_lowercase().contains("proxy"), "HTTPS_PROXY={value}: {run:?}");
        assert!(!run.err.contains("lookup"), "HTTPS_PROXY={value} was passed over: {run:?}");
        assert_no_password(&run);
    });
}

#[test]
fn an_invalid_certificate_behind_a_proxy_is_reported_as_the_hosts() {
    let ours = Authority::new("Corporate Root");
    for (certificate, word) in [
        (ours.certificate(&["www.corp.invalid"]), "www.corp.invalid"),
        (ours.certificate_valid(&[LAB], (2020, 1, 1), (2021, 2, 3)), "2021-02-03"),
        (Certificate::self_signed(&[LAB]), "ca_file"),
    ] {
        let site = Site::showing(&certificate);
        let lab = Lab { site, authority: Authority::new("Corporate Root") };
        let sandbox = lab.sandbox(LAB);
        set_ca_file(&sandbox, LAB, &file(&sandbox, "ca.pem", &ours.pem()));
        let proxy = lab.proxy();
        let sandbox = sandbox.with("HTTPS_PROXY", &proxy.url());
        let run = sandbox.run("db create taylor/x --public").exits(6);
        assert!(run.err.contains(word), "{run:?}");
        assert_eq!(proxy.request_heads().len(), 1, "it is no better the second time");
        lab.site.assert_nothing_arrived();
    }
}
