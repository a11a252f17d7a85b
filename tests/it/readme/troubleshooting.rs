//! What the README explains under Troubleshooting is what dhub says.

use std::sync::Mutex;
use std::time::Duration;

use dhub::emulator::{Emulator, Options, TOKEN};

use super::{code, tables};
use crate::support::dolt::{make_checkout, with_dolt, write_remote};
use crate::support::tls::{Authority, Front};
use crate::support::{Reply, Sandbox, Server, refusing_address, side_by_side};

/// A situation: where dhub is run, with what, and how it ends.
type Situation = (Sandbox, &'static str, i32);

#[test]
fn every_message_that_the_readme_explains_is_one_that_dhub_prints() {
    let (sandbox, emulator) =
        Sandbox::emulated(Options { fork_delay: Duration::from_secs(60), ..Options::default() });
    let (_free, free_emulator) = Sandbox::emulated(Options { free_account: true, ..Options::default() });
    sandbox.run("db create taylor/x --private").exits(0);
    let (closed, _held) = refusing_address();
    let servers = [
        Server::always(Reply::html(200, "<title>Log in</title>")),
        Server::always(throttled()),
        Server::always(Reply::Json(500, "{}".to_owned())),
        Server::start(network),
    ];
    let authority = Authority::new("Corporate Root");
    let front = Front::start(&authority.certificate(&["127.0.0.1"]), servers[0].url());

    let mut situations = at_the_emulator(&emulator);
    situations.extend(files());
    situations.extend([
        (at(&free_emulator), "db create taylor/p --private", 1),
        (Sandbox::at(&format!("http://{closed}")), "db forks a/b", 6),
        (Sandbox::at(&emulator.url().replace("http:", "https:")), "db forks a/b", 6),
        (Sandbox::at(&front.url()), "db forks a/b", 6),
        (Sandbox::at("http://doltlab.example"), "db create a/b --private", 4),
        (Sandbox::at(servers[0].url()), "db forks a/b", 1),
        (Sandbox::at(servers[1].url()), "db forks a/b", 6),
        (Sandbox::at(servers[2].url()), "db create a/b --private", 7),
        (Sandbox::at(servers[3].url()), "db forks a/b --tree", 6),
    ]);
    let printed = Mutex::new(String::new());
    side_by_side(situations, |(sandbox, args, code): Situation| {
        let run = sandbox.run(args).exits(code);
        printed.lock().unwrap().push_str(&run.err);
    });
    let printed = printed.into_inner().unwrap();
    let rows = tables("Troubleshooting").remove(0);
    assert!(rows.len() > 20, "{rows:?}");
    for row in rows {
        let message = code(row[0]).next().unwrap();
        assert!(printed.lines().any(|line| has(line, message)), "nothing prints {message}:\n{printed}");
    }
}

/// A sandbox at an emulator that runs already.
fn at(emulator: &Emulator) -> Sandbox {
    Sandbox::at(&emulator.url()).with("DOLTHUB_TOKEN", TOKEN)
}

fn at_the_emulator(emulator: &Emulator) -> Vec<Situation> {
    let checkout = with_dolt(at(emulator));
    make_checkout(&checkout, "main", "origin https://elsewhere.example/a/b {}\n");
    write_remote(&checkout, &emulator.url());
    vec![
        (at(emulator).with("DOLTHUB_TOKEN", ""), "db create y --private", 4),
        (at(emulator).with("DOLTHUB_TOKEN", "another-token"), "auth status", 4),
        (at(emulator), "db create stranger/y --private", 4),
        (at(emulator), "db forks nobody/nothing", 3),
        (at(emulator), "db forks x", 2),
        (at(emulator), "db forks", 2),
        (at(emulator), "db forks https://www.dolthub.com/repositories/a/b", 2),
        (at(emulator), "db create y", 2),
        (at(emulator), "db create taylor/x --private", 5),
        (at(emulator), "db create taylor/x --public --if-not-exists", 5),
        (at(emulator), "db fork taylor/x", 5),
        (at(emulator), "db fork taylor/x --owner dolthub --wait --timeout 100ms", 8),
        (at(emulator).with("PATH", "/nonexistent"), "db fork taylor/x --owner dolthub --clone", 2),
        (with_dolt(at(emulator)), "db fork taylor/x --owner dolthub --clone", 2),
        (checkout, "db create z --private --remote", 2),
    ]
}

/// What is wrong with config files.
fn files() -> [Situation; 3] {
    let with = |text: &str| {
        let sandbox = Sandbox::new();
        sandbox.write_config(text);
        sandbox
    };
    [
        (with("host = \"x\n"), "config list", 1),
        (with("hsot = \"x\"\n"), "config list", 0),
        (with("[hosts.\"www.dolthub.com\"]\ntoken = \"dhat.v1.x\"\n"), "auth token", 0),
    ]
}

fn throttled() -> Reply {
    Reply::Full(429, "Retry-After: 3600\r\n".to_owned(), "application/json", "{}".to_owned())
}

/// A network in which one fork never gets a response.
fn network(request: &crate::support::Recorded, _: usize) -> Reply {
    if request.target.contains("/c/") {
        return Reply::Close;
    }
    let network = r#"{"status": "Success", "database_owner": "a", "database_name": "b", "parent_owner": "",
        "parent_database_name": "", "network_root_owner": "a", "network_root_database_name": "b",
        "fork_network_count": 1, "forks": [{"database_owner": "c", "database_name": "b"}]}"#;
    Reply::Json(200, network.to_owned())
}

/// Whether a line holds a message, `…` being any text.
fn has(line: &str, message: &str) -> bool {
    let mut rest = line;
    message.split('…').all(|part| match rest.split_once(part.trim()) {
        Some((_, after)) => {
            rest = after;
            true
        }
        None => false,
    })
}
