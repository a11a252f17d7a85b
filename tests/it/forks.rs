//! `dhub db forks`

use dhub::emulator::Options;

use crate::support::{Reply, Sandbox, Server};

#[test]
fn in_a_pipe_each_fork_is_a_row_of_name_and_url() {
    let (sandbox, emulator) = Sandbox::emulated(Options { network: 2, ..Options::default() });
    let run = sandbox.run("db forks dolthub/museum-collections").exits(0);
    let url = emulator.url();
    let lines: Vec<&str> = run.out.lines().collect();
    assert_eq!(lines.len(), 2, "{run:?}");
    for line in lines {
        let (name, page) = line.split_once('\t').unwrap();
        assert!(name.ends_with("/museum-collections"), "{line}");
        assert_eq!(page, format!("{url}/repositories/{name}"));
    }
    assert_eq!(run.err, "");
}

#[test]
fn an_unknown_database_is_exit_3_with_the_services_words() {
    let (sandbox, _emulator) = Sandbox::emulated(Options::default());
    let run = sandbox.run("db forks nobody/nothing").exits(3);
    assert!(run.err.starts_with("error: cannot list the forks of nobody/nothing: no such repository\n"));

    let error = sandbox.run("db forks nobody/nothing --json").exits(3).error();
    assert_eq!(error["kind"], "not_found");
    assert_eq!(error["argument"], "nobody/nothing");
    assert_eq!(error["message"], "no such repository");
    assert_eq!(error["status"], 400);
}

#[test]
fn names_are_sent_percent_encoded() {
    let server = Server::always(Reply::refusal(400, "no such repository"));
    Sandbox::at(server.url()).run("db forks ä&b/c+d").exits(3);
    assert_eq!(server.requests()[0].target, "/api/v1alpha1/%C3%A4%26b/c%2Bd/forks");
}
