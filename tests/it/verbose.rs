//! `-v` logs requests and responses, `-vv` their bodies, too; a token is in neither.

use dhub::emulator::Options;

use crate::support::{Reply, Run, Sandbox, Server, TOKEN};

/// How many lines of a log begin like this.
fn count(run: &Run, start: &str) -> usize {
    run.err.lines().filter(|line| line.starts_with(start)).count()
}

#[test]
fn bodies_are_logged_from_the_second_v_on_wherever_it_stands() {
    let (sandbox, _emulator) = Sandbox::emulated(Options::default());
    for (number, (options, has_bodies)) in [
        ("", false),
        ("-v", false),
        ("--verbose", false),
        ("-vv", true),
        ("--verbose --verbose", true),
        ("-vvvv", true),
    ]
    .into_iter()
    .enumerate()
    {
        let run = sandbox.run(&format!("db create taylor/x{number} --private {options}")).exits(0);
        let requests = usize::from(!options.is_empty());
        assert_eq!((count(&run, "> POST "), count(&run, "< 200, ")), (requests, requests), "{run:?}");
        let bodies = usize::from(has_bodies);
        let sent = format!(">> {{\"ownerName\":\"taylor\",\"repoName\":\"x{number}\"");
        assert_eq!(
            (count(&run, &sent), count(&run, "<< {\"status\":\"Success\"")),
            (bodies, bodies),
            "{run:?}"
        );
    }
    let run = sandbox.run("-v db -v forks taylor/x0").exits(0);
    assert_eq!((count(&run, ">> "), count(&run, "<< ")), (0, 1), "a GET has no body: {run:?}");
}

#[test]
fn no_body_shows_the_token_or_touches_the_terminal() {
    let escaped = TOKEN.replace('d', "\\u0064");
    let body = format!("{{\"status\":\"Error\",\"message\":\"{TOKEN} {escaped} \u{1b}[2J\"}}\nnext");
    let server = Server::always(Reply::html(400, &body));
    let run = Sandbox::at(server.url()).run("db forks a/b -vv").exits(1);
    assert!(
        run.err.contains("<< {\"status\":\"Error\",\"message\":\"[token] [token] \\u{1b}[2J\"}\n<< next\n"),
        "{run:?}"
    );
    assert!(!run.err.contains("never-to-be-shown") && !run.err.contains('\x1b'), "{run:?}");
}

#[test]
fn a_long_body_is_cut_and_one_that_is_no_text_is_described() {
    let server = Server::always(Reply::html(400, &"long ".repeat(20_000)));
    let run = Sandbox::at(server.url()).run("db forks a/b -vv").exits(1);
    let last = run.err.lines().rfind(|line| line.starts_with("<< ")).unwrap();
    assert_eq!(last, format!("<< ({} more bytes)", 100_000 - 8 * 1024 + 2), "{run:?}");
    assert!(run.err.len() < 10_000);

    let reply = b"HTTP/1.1 400 Bad Request\r\ncontent-length: 4\r\n\r\n\x1f\x8b\xff\xfe".to_vec();
    let server = Server::always(Reply::Bytes(reply));
    let run = Sandbox::at(server.url()).run("db forks a/b -vv").exits(1);
    assert!(run.err.contains("\n<< (4 bytes that are not UTF-8)\n"), "{run:?}");
}
