//! What a person sees: tables that fit, a spinner, prompts, colours, and no control sequence of a server's.

#![cfg(unix)]

mod ci;
mod hostile;
mod moving;
mod results;
mod token_prompt;

use std::time::Duration;

use dhub::emulator::Options;
use serde_json::json;

use crate::support::terminal::{Terminal, USUAL, is_coloured};
use crate::support::{Reply, Sandbox, Server};

const MUSEUM: &str = "dolthub/museum-collections";
const OPERATION: &str = "operations/b09a9221-9dcb-4a15-9ca8-a64656946f12";

fn network(forks: usize) -> Options {
    Options { network: forks, ..Options::default() }
}

/// A server that accepts every fork, and responds to polls as scripted.
fn forking(response: impl Fn(usize) -> Reply + Send + Sync + 'static) -> Server {
    Server::start(move |request, before| match request.method.as_str() {
        "POST" => Reply::Json(200, json!({"status": "Success", "operation_name": OPERATION}).to_string()),
        _ => response(before),
    })
}

fn done() -> Reply {
    let response = json!({"status": "Success", "done": true,
        "database_owner": "taylor", "database_name": "museum-collections"});
    Reply::Json(200, response.to_string())
}

#[test]
fn in_60_columns_the_urls_are_gone_and_no_name_is_broken() {
    let (sandbox, _emulator) = Sandbox::emulated(network(2));
    for columns in [60, 30, 10] {
        let session =
            Terminal::dhub(&sandbox, (40, columns), &format!("db forks {MUSEUM}")).finish().exits(0);
        let lines: Vec<&str> = session.raw.lines().collect();
        assert_eq!(lines[0], format!("{MUSEUM} is not a fork"));
        assert_eq!(lines[1], "its network has 2 forks");
        assert_eq!(lines[2..], ["", "museum-0001/museum-collections", "museum-0002/museum-collections"]);
    }
}

#[test]
fn in_200_columns_names_and_urls_stand_side_by_side() {
    let (sandbox, emulator) = Sandbox::emulated(network(1));
    let session = Terminal::dhub(&sandbox, (24, 200), &format!("db forks {MUSEUM}")).finish().exits(0);
    let url = emulator.url();
    let lines: Vec<&str> = session.screen.lines().collect();
    assert_eq!(lines.len(), 6, "{session:?}");
    assert_eq!(lines[0], format!("{MUSEUM} is not a fork"));
    assert_eq!(lines[1], "its network has 1 fork");
    assert_eq!(lines[3], "DATABASE                        URL");
    assert_eq!(
        lines[5],
        format!("museum-0001/museum-collections  {url}/repositories/museum-0001/museum-collections")
    );
}

#[test]
fn above_the_forks_of_a_fork_stand_its_parent_and_the_root() {
    let (sandbox, _emulator) = Sandbox::emulated(network(5));
    for (name, descent) in [
        ("museum-0001", format!("is a fork of {MUSEUM}")),
        ("museum-0005", format!("is a fork of museum-0001/museum-collections, in the network of {MUSEUM}")),
    ] {
        let args = format!("db forks {name}/museum-collections");
        let session = Terminal::dhub(&sandbox, (24, 200), &args).finish().exits(0);
        let above = format!("{name}/museum-collections {descent}\nits network has 5 forks\n\nDATABASE");
        assert!(session.screen.starts_with(&above), "{session:?}");
    }
}

#[test]
fn a_database_without_forks_gets_no_empty_table() {
    let (sandbox, _emulator) = Sandbox::emulated(Options::default());
    sandbox.run_all(["db", "create", "taylor/x", "--public"]).exits(0);
    let session = Terminal::dhub(&sandbox, USUAL, "db forks taylor/x").finish().exits(0);
    assert_eq!(session.screen, "taylor/x is not a fork\nits network has no forks");
}

#[test]
fn colours_are_for_terminals_or_when_forced() {
    let (sandbox, _emulator) = Sandbox::emulated(network(1));
    let failing = "db forks nobody/nothing";
    let coloured = Terminal::dhub(&sandbox, USUAL, failing).finish().exits(3);
    assert!(coloured.is_coloured(), "{coloured:?}");
    assert!(!is_coloured(&sandbox.run(failing).exits(3).err));

    let always = sandbox.run(&format!("{failing} --color always")).exits(3);
    assert!(is_coloured(&always.err), "{always:?}");
    let sandbox = sandbox.with("CLICOLOR_FORCE", "1");
    let forced = sandbox.run(failing).exits(3);
    assert!(is_coloured(&forced.err), "{forced:?}");
}

#[test]
fn no_color_turns_colours_off() {
    for (variable, value, flag) in
        [("NO_COLOR", "1", ""), ("X", "", "--color never"), ("X", "", "--color=never"), ("TERM", "dumb", "")]
    {
        let (sandbox, _emulator) =
            Sandbox::emulated(Options { fork_delay: Duration::from_millis(200), ..network(1) });
        let sandbox = sandbox.with(variable, value);
        for (args, code) in [
            ("db forks nobody/nothing", 3),
            ("db forks dolthub/museum-collections", 0),
            ("db fork dolthub/museum-collections --wait", 0),
            ("db fork dolthub/museum-collections --wait", 5),
            ("db fork --nonsense", 2),
            ("", 2),
        ] {
            let session = Terminal::dhub(&sandbox, USUAL, &format!("{flag} {args}")).finish().exits(code);
            assert!(!session.is_coloured(), "{variable} {flag} {args}: {:?}", session.raw);
        }
    }
}

#[test]
fn no_color_turns_colours_off_in_help() {
    for (variable, flag) in [("NO_COLOR", ""), ("X", "--color never"), ("X", "--color=never")] {
        let sandbox = Sandbox::new().with(variable, "1");
        for args in ["db fork --help", "db forks -h"] {
            let session = Terminal::dhub(&sandbox, USUAL, &format!("{flag} {args}")).finish().exits(0);
            assert!(!session.is_coloured(), "{variable} {flag} {args}: {:?}", session.raw);
        }
    }
}

#[test]
fn without_utf8_nothing_but_ascii_is_written() {
    for (variable, locale) in [("LANG", "C"), ("LC_ALL", "POSIX"), ("LC_CTYPE", "en_US.ISO-8859-1")] {
        let (sandbox, _emulator) =
            Sandbox::emulated(Options { fork_delay: Duration::from_millis(600), ..network(1) });
        let sandbox = sandbox.with(variable, locale);
        let forks = Terminal::dhub(&sandbox, USUAL, &format!("db forks {MUSEUM}")).finish().exits(0);
        assert!(forks.raw.is_ascii(), "{forks:?}");
        let fork = Terminal::dhub(&sandbox, USUAL, &format!("db fork {MUSEUM} --wait")).finish().exits(0);
        assert!(fork.raw.is_ascii(), "{fork:?}");
        assert!(fork.raw.contains("dolthub/museum-collections -> taylor"), "{fork:?}");
    }
}

#[test]
fn a_wait_shows_its_time_and_leaves_only_the_result() {
    let (sandbox, emulator) =
        Sandbox::emulated(Options { fork_delay: Duration::from_millis(1_100), ..network(0) });
    sandbox.run(&format!("db create {MUSEUM} --public")).exits(0);
    let terminal = Terminal::dhub(&sandbox, (24, 120), &format!("db fork {MUSEUM} --wait"));
    let waiting = terminal.wait_for("→ taylor");
    // It is in the state file.
    assert!(!waiting.contains("operations/"), "{waiting}");

    let session = terminal.finish().exits(0);
    assert!(session.raw.contains(" dolthub/museum-collections → taylor 0s"), "{session:?}");
    assert!(session.raw.contains(" dolthub/museum-collections → taylor 1s"), "{session:?}");
    let lines: Vec<&str> = session.screen.lines().collect();
    let [tick, url] = lines[..] else { panic!("{session:?}") };
    assert!(
        tick.starts_with("✓ Forked dolthub/museum-collections to taylor/museum-collections in "),
        "{session:?}"
    );
    assert!(tick.ends_with('s'), "{session:?}");
    assert_eq!(url, format!("  {}/repositories/taylor/museum-collections", emulator.url()));
}

#[test]
fn a_wait_reports_that_it_continues_after_a_failure() {
    let server = forking(|before| if before < 4 { Reply::html(503, "<h1>later</h1>") } else { done() });
    let terminal = Terminal::dhub(
        &Sandbox::at(server.url()),
        (24, 120),
        &format!("db fork {MUSEUM} --owner taylor --wait"),
    );
    let troubled = terminal.wait_for("still trying");
    assert!(troubled.contains("still trying: the service returned 503 Service Unavailable"), "{troubled}");
    let session = terminal.finish().exits(0);
    assert!(session.screen.contains("✓ Forked"), "{session:?}");
    assert!(!session.screen.contains("still trying"), "{session:?}");
}

#[test]
fn create_prompts_for_the_visibility() {
    let (sandbox, _emulator) = Sandbox::emulated(Options::default());
    for (name, responses, visibility) in [
        ("return", &["\r"][..], "private"),
        ("public", &["public\r"], "public"),
        ("upper", &["Private\r"], "private"),
        ("again", &["perhaps\r", "y\r", "public\r"], "public"),
    ] {
        let mut terminal = Terminal::dhub(&sandbox, USUAL, &format!("db create taylor/{name}"));
        for (requested, response) in (1..).zip(responses) {
            terminal.wait_until(|screen| screen.matches("(public/private) [private]:").count() == requested);
            terminal.types(response);
        }
        let session = terminal.finish().exits(0);
        assert!(session.screen.contains(&format!("✓ Created taylor/{name} ({visibility})")), "{session:?}");
    }
}

#[test]
fn an_empty_reply_to_the_prompt_of_create_is_a_usage_error_and_sends_nothing() {
    let server = Server::always(Reply::Close);
    let sandbox = Sandbox::at(server.url());
    let mut terminal = Terminal::dhub(&sandbox, USUAL, "db create taylor/x");
    terminal.wait_for("[private]");
    terminal.types("\x04");
    let session = terminal.finish().exits(2);
    assert!(session.screen.contains("\nerror: --public or --private is required"), "{session:?}");
    assert_eq!(server.requests().len(), 0);
}

#[test]
fn create_does_not_prompt_unless_interactive() {
    let server = Server::always(Reply::Close);
    for (variable, script) in [
        ("CI", r#""$DHUB" db create taylor/x"#),
        ("X", r#""$DHUB" db create taylor/x --json"#),
        ("X", r#""$DHUB" db create taylor/x < /dev/null"#),
        ("X", r#""$DHUB" db create taylor/x 2> err; code=$?; cat err; exit $code"#),
    ] {
        let sandbox = Sandbox::at(server.url()).with(variable, "true");
        let session = Terminal::script(&sandbox, "sh", script).finish().exits(2);
        assert!(!session.raw.contains("[private]"), "{script}: {session:?}");
        assert!(session.raw.contains("--public or --private"), "{script}: {session:?}");
    }
    assert_eq!(server.requests().len(), 0);
}

#[test]
fn create_prompts_even_if_stdout_is_a_pipe() {
    let (sandbox, _emulator) = Sandbox::emulated(Options::default());
    let mut terminal = Terminal::script(&sandbox, "sh", r#""$DHUB" db create taylor/x | cut -f1"#);
    terminal.wait_for("[private]");
    terminal.types("\r");
    let session = terminal.finish().exits(0);
    assert!(session.screen.ends_with("\ntaylor/x"), "{session:?}");
}

#[test]
fn into_a_pipe_or_a_file_goes_no_escape_sequence_even_while_waiting() {
    let options = || Options { fork_delay: Duration::from_millis(300), ..network(1) };
    let (sandbox, _emulator) = Sandbox::emulated(options());
    let run = sandbox.with("TERM", "xterm-256color").run(&format!("db fork {MUSEUM} --wait -v")).exits(0);
    assert!(!run.out.contains('\u{1b}') && !run.err.contains('\u{1b}'), "{run:?}");

    // With stdout a terminal, and only stderr a file.
    let (sandbox, _emulator) = Sandbox::emulated(options());
    let script = format!(r#""$DHUB" db fork {MUSEUM} --wait --color never 2> err"#);
    let session = Terminal::script(&sandbox, "sh", &script).finish().exits(0);
    let err = std::fs::read_to_string(sandbox.home().join("err")).unwrap();
    assert!(err.contains("note: forking"), "{err}");
    assert!(!err.contains('\u{1b}'), "{err:?}");
    assert!(!session.raw.contains('\u{1b}'), "{session:?}");
}

#[test]
fn on_a_dumb_terminal_and_with_quiet_nothing_moves() {
    for (term, flag) in [("dumb", "--wait"), ("xterm", "--wait --quiet --color never")] {
        let (sandbox, _emulator) =
            Sandbox::emulated(Options { fork_delay: Duration::from_millis(100), ..network(1) });
        let sandbox = sandbox.with("TERM", term);
        let session = Terminal::dhub(&sandbox, USUAL, &format!("db fork {MUSEUM} {flag}")).finish().exits(0);
        assert!(session.raw.contains("✓ Forked"), "{session:?}");
        assert!(!session.raw.contains('\u{1b}'), "{session:?}");
        assert!(!session.raw.contains("→"), "{session:?}");
    }
}
