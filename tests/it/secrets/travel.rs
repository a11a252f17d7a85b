//! Over plain http a token goes to this machine, or where that is allowed for this very token.

use super::{COMMANDS, ELSEWHERE, assert_silent, authorization, success};
use crate::support::running::Running;
use crate::support::{Sandbox, Server, TOKEN};

#[test]
fn a_token_is_sent_over_plain_http_to_another_machine_only_if_allowed() {
    let proxy = Server::start(success);
    let elsewhere = |sandbox: Sandbox| {
        sandbox.with("DOLTHUB_HOST", ELSEWHERE).with("DOLTHUB_TOKEN", TOKEN).with("http_proxy", proxy.url())
    };
    for command in COMMANDS {
        let run = elsewhere(Sandbox::new()).run(command).exits(4);
        assert!(run.err.contains("plain http"), "{run:?}");
        assert_silent(&run, command);
    }
    elsewhere(Sandbox::new()).run_with_stdin("auth login", TOKEN).exits(4);
    elsewhere(Sandbox::new()).with("DHUB_ALLOW_HTTP", "0").run("auth status").exits(4);
    let address = Sandbox::at("http://192.0.2.1").with("http_proxy", proxy.url());
    address.run("db forks a/b").exits(4);
    assert_eq!(proxy.v1alpha1_requests().len(), 0, "nothing is to be tried");

    elsewhere(Sandbox::new()).with("DHUB_ALLOW_HTTP", "1").run("auth status").exits(0);
    let allowed = Sandbox::new();
    allowed.write_config("[hosts.\"doltlab.invalid\"]\nallow_http = true\n");
    elsewhere(allowed).run("auth status").exits(0);
    let requests = proxy.v1alpha1_requests();
    assert_eq!(requests.len(), 2);
    for request in requests {
        assert_eq!(request.target, format!("{ELSEWHERE}/api/v1alpha1/user"));
        assert_eq!(authorization(&request), Some(&*format!("token {TOKEN}")));
    }
}

#[test]
fn a_stored_token_goes_over_plain_http_only_where_its_entry_allows_it_however_the_host_is_spelled() {
    let proxy = Server::start(success);
    let at = |host: &str| {
        let sandbox = Sandbox::new().with("DHUB_ALLOW_HTTP", "1").with("http_proxy", proxy.url());
        sandbox.with("DOLTHUB_HOST", host)
    };
    let secrets = [format!("token = \"{TOKEN}\""), format!("token_command = [\"echo\", \"{TOKEN}\"]")];
    let keys =
        ["www.dolthub.com", "DoltHub.com", "https://www.dolthub.com", "www.dolthub.com:80", "dolthub.com."];
    let hosts = ["http://www.dolthub.com", "HTTP://dolthub.com:80/", "http://WWW.DOLTHUB.COM."];
    for (key, host) in keys.iter().zip(hosts.iter().cycle()).chain(keys.iter().zip(&hosts[1..])) {
        for secret in &secrets {
            let sandbox = at(host);
            sandbox.write_config(&format!("[hosts.\"{key}\"]\n{secret}\n"));
            let run = sandbox.run("auth status").exits(4);
            assert!(run.err.contains("plain http") && run.err.contains("hint: "), "{key} {host}: {run:?}");
            assert_silent(&run, key);
            let page = format!("db forks {}/repositories/a/b", host.trim_end_matches('/'));
            sandbox.with("DOLTHUB_HOST", "").run(&page).exits(4);
        }
    }
    // A token that is typed is no token of the environment's.
    at("http://lab.corp").run_with_stdin("auth login", TOKEN).exits(4);
    assert_eq!(proxy.v1alpha1_requests().len(), 0, "nothing is to be tried");

    let allowed = at("http://lab.corp.:80/base/");
    allowed.write_config(&format!("[hosts.\"LAB.corp/base\"]\n{}\nallow_http = true\n", secrets[1]));
    allowed.run("auth status").exits(0);
    assert_eq!(authorization(&proxy.v1alpha1_requests()[0]), Some(&*format!("token {TOKEN}")));
}

#[test]
fn localhost_is_this_machine_and_no_resolver_is_asked() {
    let (proxy, server) = (Server::start(success), Server::start(success));
    let port = server.url().rsplit(':').next().unwrap();
    // None of these but the first is known to a resolver.
    for name in ["localhost", "LocalHost.", "a.b.localhost", "dolt.LOCALHOST."] {
        let sandbox = Sandbox::at(&format!("http://{name}:{port}")).with("http_proxy", proxy.url());
        sandbox.run("auth status").exits(0);
    }
    assert_eq!((server.v1alpha1_requests().len(), proxy.v1alpha1_requests().len()), (4, 0));
    // Where nothing listens on 127.0.0.1, ::1 is tried.
    let Ok(six) = std::net::TcpListener::bind("[::1]:0") else { return };
    let port = six.local_addr().unwrap().port();
    let sandbox = Sandbox::at(&format!("http://localhost:{port}"));
    let running = Running::start(sandbox.command(["db", "forks", "a/b", "--request-timeout", "10s"]));
    let (mut stream, _) = six.accept().unwrap();
    let mut request = [0; 4];
    std::io::Read::read_exact(&mut stream, &mut request).unwrap();
    assert_eq!(&request, b"GET ");
    running.signal(rustix::process::Signal::INT);
    running.finish();
}

#[test]
fn plain_http_without_a_token_needs_no_permission() {
    let proxy = Server::start(success);
    let sandbox = Sandbox::new().with("DOLTHUB_HOST", ELSEWHERE).with("http_proxy", proxy.url());
    sandbox.run("db forks a/b").exits(0);
    assert_eq!(authorization(&proxy.v1alpha1_requests()[0]), None);
}

#[test]
fn a_proxy_is_never_used_for_loopback() {
    let (proxy, server) = (Server::start(success), Server::start(success));
    let port = server.url().rsplit(':').next().unwrap();
    for host in [server.url(), &format!("http://localhost:{port}")] {
        let mut sandbox = Sandbox::at(host);
        for variable in ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
            sandbox = sandbox.with(variable, proxy.url());
        }
        sandbox.run("db forks a/b").exits(0);
    }
    assert_eq!((server.v1alpha1_requests().len(), proxy.v1alpha1_requests().len()), (2, 0));
}
