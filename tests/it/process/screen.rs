//! A terminal without a locale, without a name, or that goes away.

use std::time::Duration;

use dhub::emulator::{Emulator, Options};
use portable_pty::{CommandBuilder, PtySize, native_pty_system};

use crate::support::Sandbox;
use crate::support::running::eventually;
use crate::support::side_by_side;
use crate::support::terminal::{Session, Terminal};

const MUSEUM: &str = "dolthub/museum-collections";

fn museum(fork_delay: Duration) -> (Sandbox, Emulator) {
    Sandbox::emulated(Options { network: 2, fork_delay, ..Options::default() })
}

/// Everything that draws, one after the other, and the exit code of what did not go as it has to.
const DRAWING: &str = r#"
    "$DHUB" db forks dolthub/museum-collections && "$DHUB" db forks dolthub/museum-collections --tree &&
    "$DHUB" db create x y z --private && "$DHUB" db fork dolthub/museum-collections --wait &&
    "$DHUB" db fork x y z --owner anotherOrg --wait && "$DHUB" auth status && "$DHUB" --help > help &&
    "$DHUB" db fork --help && { "$DHUB" db forks nobody/nothing; test $? = 3; } &&
    { "$DHUB" db forks; test $? = 2; }; echo "code=$?""#;

/// Draws everything in a terminal that a script prepares.
#[track_caller]
pub fn draw(prepare: &str) -> Session {
    let (sandbox, _emulator) = museum(Duration::from_millis(300));
    let names = DRAWING.replace(" x y z --owner", " taylor/x taylor/y taylor/z --owner");
    let session = Terminal::script(&sandbox, "sh", &format!("{prepare}\n{names}")).finish().exits(0);
    assert!(session.raw.trim_end().ends_with("code=0"), "{prepare}: {}", session.raw);
    assert!(!session.raw.contains("panicked"), "{prepare}: {}", session.raw);
    assert!(session.raw.contains("museum-0002/museum-collections"), "{prepare}: {}", session.raw);
    session
}

#[test]
fn without_a_locale_nothing_but_ascii_is_written() {
    let session = draw("unset LANG LC_ALL LC_CTYPE LANGUAGE");
    assert!(session.raw.is_ascii(), "{:?}", session.raw);
}

#[test]
fn a_terminal_of_no_or_unknown_type_is_drawn_on() {
    let names = ["unset TERM", "TERM=; export TERM", "export TERM=no-such-terminal"];
    side_by_side(names, |prepare| drop(draw(prepare)));
}

#[test]
fn on_a_dumb_terminal_no_escape_sequence_is_written() {
    let session = draw("export TERM=dumb");
    assert!(!session.raw.contains('\u{1b}'), "{:?}", session.raw);
}

#[test]
fn a_wait_outlives_its_terminal_where_a_hangup_is_ignored() {
    let (sandbox, _emulator) = museum(Duration::from_millis(700));
    let read = |file: &str| std::fs::read_to_string(sandbox.home().join(file)).unwrap_or_default();
    // The error goes into a file once; the spinner and the result go where there is no terminal any more.
    side_by_side([("taylor", "2> err"), ("anotherOrg", "")], |(owner, stderr)| {
        let args = format!("db fork {MUSEUM} --owner {owner} --wait");
        let script =
            format!("trap '' HUP; ($DHUB {args} {stderr}; echo $? > {owner}) & echo > started-{owner}; wait");
        let pair = native_pty_system().openpty(PtySize::default()).unwrap();
        let mut command = CommandBuilder::new("sh");
        command.args(["-c", &script]);
        command.env_clear();
        command.env("DHUB", assert_cmd::cargo::cargo_bin!("dhub"));
        for (name, value) in sandbox.environment() {
            command.env(name, value);
        }
        command.cwd(sandbox.home());
        let mut child = pair.slave.spawn_command(command).unwrap();
        assert!(eventually(|| !read(&format!("started-{owner}")).is_empty()));
        std::thread::sleep(Duration::from_millis(250));
        drop(pair);
        assert!(eventually(|| read(owner).ends_with('\n')), "it does not end");
        child.wait().unwrap();
        // The result is lost, which is an error as on a full disk.
        assert_eq!(read(owner), "1\n", "{owner}");
        sandbox.run(&format!("db forks {owner}/museum-collections")).exits(0);
    });
    let err = read("err");
    assert!(err.contains("error: cannot write the result to stdout: ") && !err.contains("panicked"), "{err}");
}
