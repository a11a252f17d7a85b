//! Connections: messages name the host and its port, and a web server's client names no proxy.

use std::time::Duration;

use crate::support::proxy::{Behavior, Proxy};
use crate::support::responses::ANY_FORKS;
use crate::support::tls::{Authority, Front};
use crate::support::{Reply, Sandbox, Server, refusing_address, side_by_side};

fn name_of(url: &str) -> &str {
    url.rsplit('/').next().unwrap()
}

#[test]
fn every_connection_error_names_host_and_port() {
    let (refusing, _held) = refusing_address();
    let refusing = format!("http://{refusing}");
    let silent = Server::always(Reply::Silence(Duration::from_secs(30)));
    let closing = Server::always(Reply::Close);
    let cut = Server::always(Reply::Bytes(b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{".to_vec()));
    let slow = Server::always(Reply::Bytes(b"nonsense\r\n\r\n".to_vec()));
    let stranger = Front::start(&Authority::new("Nobody").certificate(&["127.0.0.1"]), closing.url());
    let stranger = stranger.url();
    let plain = format!("https://{}", name_of(closing.url()));
    let rows = [
        (&*refusing, name_of(&refusing), "db forks a/b", "refused"),
        ("https://doltlab.invalid", "doltlab.invalid:443", "db forks a/b", "lookup"),
        ("https://doltlab.invalid:8443/base", "doltlab.invalid:8443", "auth status", "lookup"),
        // On a busy machine, also connecting may take longer.
        (silent.url(), name_of(silent.url()), "db create a/b --public --request-timeout 200ms", ""),
        (silent.url(), name_of(silent.url()), "auth status --request-timeout 200ms", ""),
        (closing.url(), name_of(closing.url()), "db forks a/b", "broke"),
        (cut.url(), name_of(cut.url()), "db forks a/b", "broke off"),
        (slow.url(), name_of(slow.url()), "db forks a/b", "not HTTP"),
        (&*stranger, name_of(&stranger), "db forks a/b", "certificate"),
        (&*plain, name_of(closing.url()), "db forks a/b", "https"),
    ];
    side_by_side(&rows, |&(url, name, command, word)| {
        let run = Sandbox::at(url).run(&format!("{command} --json"));
        assert!(matches!(run.code, Some(6 | 7)), "{url}: {run:?}");
        let message = run.error()["message"].as_str().unwrap().to_owned();
        assert!(message.contains(word) && message.contains(name), "{url}: {message}");
    });
}

#[test]
fn a_proxy_is_named_with_its_port_and_without_its_password() {
    let (refusing, _held) = refusing_address();
    let user = "user:secretpass";
    let rows = [
        ("http_proxy", "http://doltlab.invalid", format!("http://{user}@{refusing}"), refusing.to_string()),
        ("HTTPS_PROXY", "https://doltlab.invalid", format!("{user}@{refusing}"), refusing.to_string()),
        (
            "all_proxy",
            "https://doltlab.invalid:1",
            format!("http://{user}@proxy.invalid"),
            "proxy.invalid:80".to_owned(),
        ),
        (
            "ALL_PROXY",
            "http://doltlab.invalid",
            format!("https://{user}@proxy.invalid"),
            "proxy.invalid:443".to_owned(),
        ),
    ];
    side_by_side(&rows, |(variable, host, proxy, name)| {
        let sandbox = Sandbox::new().with("DOLTHUB_HOST", host).with(variable, proxy);
        let run = sandbox.run("db forks a/b --json -v").exits(6);
        assert!(run.err.contains(&**name) && run.err.contains(variable), "{run:?}");
        assert!(run.err.contains("doltlab.invalid:"), "{run:?}");
        assert!(!run.err.contains("secretpass"), "{run:?}");
    });
}

#[test]
fn what_fails_behind_a_proxy_names_host_and_proxy() {
    let closing = Server::always(Reply::Close);
    let stranger = Front::start(&Authority::new("Nobody").certificate(&["127.0.0.1"]), closing.url());
    let tunnel = Proxy::start(Behavior::Tunnel(stranger.address()));
    for (variable, host, proxy, word) in [
        ("https_proxy", "https://doltlab.invalid", tunnel.url(), "certificate"),
        ("http_proxy", "http://doltlab.invalid", closing.url().to_owned(), "broke"),
    ] {
        let sandbox = Sandbox::new().with("DOLTHUB_HOST", host).with(variable, &proxy);
        let run = sandbox.run("db forks a/b --json").exits(6);
        let message = run.error()["message"].as_str().unwrap().to_owned();
        let way = format!("through the proxy {} ({variable})", name_of(&proxy));
        assert!(message.contains("doltlab.invalid:"), "{message}");
        assert!(message.contains(word) && message.contains(&way), "{message}");
    }
}

#[test]
fn a_web_servers_client_names_no_proxy() {
    const DOWN: &str = "http://127.0.0.1:1";
    let rows = [
        (vec![("HTTP_PROXY", "PROXY")], true),
        (vec![("HTTP_PROXY", "PROXY"), ("REQUEST_METHOD", "GET")], false),
        (vec![("HTTP_PROXY", "PROXY"), ("REQUEST_METHOD", "")], false),
        (vec![("http_proxy", "PROXY"), ("REQUEST_METHOD", "GET")], true),
        (vec![("HTTP_PROXY", DOWN), ("http_proxy", "PROXY"), ("REQUEST_METHOD", "POST")], true),
        (vec![("HTTP_PROXY", "nonsense://"), ("ALL_PROXY", "PROXY"), ("REQUEST_METHOD", "POST")], true),
    ];
    side_by_side(&rows, |(variables, used)| {
        let proxy = Server::always(Reply::Json(200, ANY_FORKS.to_owned()));
        let sandbox = variables
            .iter()
            .fold(Sandbox::new().with("DOLTHUB_HOST", "http://doltlab.invalid"), |sandbox, (name, value)| {
                sandbox.with(name, &value.replace("PROXY", proxy.url()))
            });
        let run = sandbox.run("db forks a/b");
        assert_eq!(run.code, Some(if *used { 0 } else { 6 }), "{variables:?}: {run:?}");
        assert_eq!(proxy.requests().len(), usize::from(*used), "{variables:?}");
    });
}
