//! The host: named by a flag, a variable, a page or the config file, and read in one way.

use dhub::emulator::Options;

use crate::support::responses::{ANY_FORKS, exists};
use crate::support::{Reply, Sandbox, Server};

fn service() -> Server {
    Server::start(|request, _| match request.method.as_str() {
        "GET" => Reply::Json(200, ANY_FORKS.to_owned()),
        _ => Reply::Json(200, r#"{"status":"Success","operation_name":"operations/1"}"#.to_owned()),
    })
}

#[test]
fn a_page_names_the_host_and_beats_the_config_files() {
    let server = service();
    let sandbox = Sandbox::new();
    sandbox.write_config("host = \"https://lab.invalid\"\n");
    for end in ["", "/", "/data/main", "?tab=x", "#top", "/a?b#c/repositories/d/e"] {
        let page = format!("{}/repositories/dolthub/museum-collections{end}", server.url());
        sandbox.run(&format!("db forks {page}")).exits(0);
    }
    for request in server.requests() {
        assert_eq!(request.target, "/api/v1alpha1/dolthub/museum-collections/forks");
        assert_eq!(request.header("authorization"), None);
    }
    assert_eq!(server.requests().len(), 6);
}

#[test]
fn a_page_keeps_the_base_path_and_is_decoded_once() {
    let server = service();
    let page = format!("{}/doltlab/repositories/d%C3%BC/x%2By", server.url());
    let run = Sandbox::new().run(&format!("db forks {page}")).exits(0);
    assert_eq!(server.requests()[0].target, "/doltlab/api/v1alpha1/d%C3%BC/x%2By/forks");
    assert!(run.out.contains("/doltlab/repositories/anotherOrg/museum-collections"), "{run:?}");
}

#[test]
fn a_page_that_contradicts_the_host_exits_2() {
    let server = service();
    let page = format!("{}/repositories/a/b", server.url());
    for command in ["db forks", "db fork --owner c"] {
        let args = format!("{command} {page}");
        for (sandbox, args, origin) in [
            (Sandbox::at("http://lab.invalid:1"), args.clone(), "DOLTHUB_HOST"),
            (Sandbox::new(), format!("{args} --host http://lab.invalid:1"), "--host"),
            (Sandbox::at(server.url()), format!("{args} --host lab.invalid"), "--host"),
        ] {
            let run = sandbox.run(&args).exits(2);
            assert!(run.err.contains(origin) && run.err.contains("lab.invalid"), "{run:?}");
            let error = sandbox.run(&format!("{args} --json")).exits(2).error();
            assert_eq!(error["kind"], "usage", "{args}");
        }
    }
    assert!(server.requests().is_empty(), "{:?}", server.requests());
    // The same one is no other.
    Sandbox::at(server.url()).run(&format!("db forks {page} --host {}/", server.url())).exits(0);
}

#[test]
fn pages_of_two_hosts_exit_2_and_send_nothing() {
    let (one, other) = (service(), service());
    let pages = format!("{}/repositories/a/b\n{}/repositories/c/d\n", one.url(), other.url());
    let sandbox = Sandbox::new();
    let run = sandbox.run(&format!("db fork --owner e {}", pages.replace('\n', " "))).exits(2);
    assert!(run.err.contains(one.url()) && run.err.contains(other.url()), "{run:?}");
    let run = sandbox.run_with_stdin("db fork --owner e --json -", &pages).exits(2);
    assert_eq!(run.error()["kind"], "usage");
    assert!(one.requests().is_empty() && other.requests().is_empty());
}

#[test]
fn a_url_that_is_not_a_database_page_exits_2() {
    for page in [
        "https://www.dolthub.com",
        "https://www.dolthub.com/dolthub/x",
        "https://www.dolthub.com/repositories/dolthub",
        "https://www.dolthub.com/repositories//x",
        "https://www.dolthub.com/repositories/a/%2E%2E",
        "https://www.dolthub.com/repositories/a/b%2Fc",
        "https://www.dolthub.com/repositories/a/%ff",
        "https://u:p@www.dolthub.com/repositories/a/b",
        "ftp://www.dolthub.com/repositories/a/b",
    ] {
        for args in ["db forks", "db fork --owner c"] {
            let error = Sandbox::new().run(&format!("{args} {page} --json")).exits(2).error();
            let shown = page.replace("u:p@", "[password]@");
            assert_eq!((&error["kind"], &error["argument"]), (&"usage".into(), &shown.into()), "{error}");
        }
    }
}

#[test]
fn dolthub_com_is_www_dolthub_com() {
    let pages = "https://dolthub.com/repositories/a/b https://www.dolthub.com/repositories/c/d";
    for (sandbox, args) in [
        (Sandbox::new(), format!("db fork --owner e {pages}")),
        (Sandbox::new(), format!("db fork --owner e {pages} --host dolthub.com")),
        (Sandbox::new().with("DOLTHUB_HOST", "HTTPS://DoltHub.com/"), format!("db fork --owner e {pages}")),
        (Sandbox::new(), "db fork --owner e a/b".to_owned()),
        (Sandbox::new(), "db fork --owner e a/b --host dolthub.com:443".to_owned()),
    ] {
        // The missing token is reported before anything is sent.
        let run = sandbox.run(&args).exits(4);
        let message = "error: there is no token for https://www.dolthub.com\n";
        assert!(run.err.starts_with(message), "{args}: {run:?}");
    }
}

#[test]
fn a_host_is_the_same_however_it_is_written() {
    let server = service();
    let address = server.url().trim_start_matches("http://").to_owned();
    for host in [format!("http://{address}/"), format!("HTTP://{address}"), format!(" http://{address} ")] {
        // The token belongs to DOLTHUB_HOST: it is sent only if the two are the same.
        let sandbox = Sandbox::at(server.url());
        sandbox.run_all(["db", "forks", "a/b", "--host", &host]).exits(0);
        assert!(server.requests().last().unwrap().header("authorization").is_some(), "{host:?}");
    }
}

#[test]
fn a_host_without_a_scheme_is_https_and_a_plain_http_server_is_reported() {
    let (_, emulator) = Sandbox::emulated(Options::default());
    let run = Sandbox::new().run(&format!("db forks a/b --host {}", emulator.address())).exits(6);
    assert!(run.err.contains("write http:// before the host"), "{run:?}");
}

#[test]
fn an_invalid_host_exits_2_wherever_it_is_given() {
    for host in ["ftp://x", "http://", "https://x?y", "https://x:99999", "https://u@x", "https://a b"] {
        let run = Sandbox::new().run_all(["db", "forks", "a/b", "--json", "--host", host]).exits(2);
        assert_eq!(run.error()["kind"], "usage", "{host}");
        Sandbox::new().with("DOLTHUB_HOST", host).run("db forks a/b").exits(2);
    }
}

#[test]
fn the_flag_beats_the_variable_which_beats_the_config_file() {
    let servers: Vec<Server> = (0..3).map(|_| Server::always(exists("a/x", ""))).collect();
    let requested = |sandbox: &Sandbox, args: &str| {
        let document = sandbox.run(&format!("db forks a/x --json {args}")).exits(0).document();
        let is_of = |server: &Server| document["url"].as_str().unwrap().starts_with(server.url());
        servers.iter().position(is_of)
    };
    let config = format!("host = \"{}\"\n", servers[2].url());
    let sandbox = Sandbox::new();
    sandbox.write_config(&config);
    assert_eq!(requested(&sandbox, ""), Some(2));
    let sandbox = sandbox.with("DOLTHUB_HOST", servers[1].url());
    assert_eq!(requested(&sandbox, ""), Some(1));
    assert_eq!(requested(&sandbox, &format!("--host {}", servers[0].url())), Some(0));
    // An empty variable counts as unset.
    assert_eq!(requested(&sandbox.with("DOLTHUB_HOST", ""), ""), Some(2));
}
