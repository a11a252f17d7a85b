//! Who may write where, a bare port, and `exec` without `--`.

use super::*;

#[test]
fn exec_takes_its_command_without_dashes_and_leaves_every_option_after_it_alone() {
    let sandbox = sandbox();
    for (arguments, out) in [
        (&["--fork-delay", "0", "sh", "-c", "echo \"$@\"", "sh", "--json", "-v"][..], "--json -v\n"),
        (&["sh", "-c", "echo \"$@\"", "sh", "--", "-h", "--fork-delay"], "-- -h --fork-delay\n"),
        (&["--", "sh", "-c", "echo \"$@\"", "sh", "--", "x"], "-- x\n"),
        (&["dhub", "db", "forks", "nobody/nothing", "--json"], ""),
    ] {
        let run = sandbox.run_all([&["emulator", "exec"], arguments].concat());
        assert_eq!(run.out, out, "{run:?}");
        assert_eq!(run.code, Some(if out.is_empty() { 3 } else { 0 }), "{run:?}");
    }
    sandbox.run("emulator exec").exits(2);
    sandbox.run("emulator exec --bogus sh").exits(2);
}

#[test]
fn a_port_alone_is_one_of_loopback() {
    let (running, client) = start(&sandbox(), "--listen 0");
    client.run("auth status").exits(0);
    let port = running.wait_for_out("\n").lines().next().unwrap().rsplit(':').next().unwrap().to_owned();
    running.signal(Signal::TERM);
    running.finish();
    let (running, client) = start(&sandbox(), &format!("--listen {port}"));
    assert!(
        running.wait_for_out("\n").starts_with(&format!("export DOLTHUB_HOST=http://127.0.0.1:{port}\n"))
    );
    client.run("auth status").exits(0);
    for port in ["65536", "-1", "8080x", ""] {
        sandbox().run_all(["emulator", "start", &format!("--listen={port}")]).exits(2);
    }
}

#[test]
fn start_says_who_may_write_where() {
    let (running, client) = start(&sandbox(), "--user jdoe --org acme --org dolthub");
    let err = running.wait_for_err("\n");
    assert!(
        err.starts_with("note: the token is jdoe's, who may write to jdoe, dolthub, anotherOrg, acme\n"),
        "{err}"
    );
    assert!(client.run("auth status").exits(0).out.contains("\tjdoe\t"));
    client.run("db create x acme/x anotherOrg/x --private").exits(0);
    client.run("db forks jdoe/x").exits(0);
    let run = client.run("db create taylor/x --private").exits(4);
    assert!(run.err.contains("jdoe does not have permission to create a database in taylor"), "{run:?}");
    client.run("db fork acme/x --owner dolthub").exits(0);

    let (other, client) = start(&sandbox(), "");
    let err = other.wait_for_err("\n");
    assert!(
        err.starts_with("note: the token is taylor's, who may write to taylor, dolthub, anotherOrg\n"),
        "{err}"
    );
    client.run("db create acme/x --private").exits(4);
}

#[test]
fn start_with_json_names_the_organizations() {
    let running = Running::start(sandbox().command(["emulator", "start", "--json", "--org", "acme"]));
    let document: Value = serde_json::from_str(&running.wait_for_out("\n")).unwrap();
    assert_eq!(document["organizations"], serde_json::json!(["dolthub", "anotherOrg", "acme"]));
}

#[test]
fn an_owner_that_cannot_be_one_is_a_usage_error() {
    for owner in ["", "a/b", "a b", "..", "a\tb", "a,b"] {
        for option in ["--user", "--org"] {
            sandbox().run_all(["emulator", "exec", &format!("{option}={owner}"), "true"]).exits(2);
        }
    }
}
