//! What the system refuses: threads, memory, file descriptors. Nothing panics, and nothing that was done is lost.

use std::process::Command;

use dhub::emulator::Options;

use crate::support::{Run, Sandbox, side_by_side};

/// Runs dhub under such a limit, with a list of names on stdin.
fn limited(sandbox: &Sandbox, limit: &str, args: &str, names: &str) -> Run {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("ulimit {limit} && exec \"$DHUB\" {args}")]);
    command.env_clear().envs(sandbox.environment()).current_dir(sandbox.home());
    command.env("DHUB", assert_cmd::cargo::cargo_bin!("dhub"));
    let mut command = assert_cmd::Command::from_std(command);
    let output = command.write_stdin(names).output().unwrap();
    Run {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn names(prefix: &str, count: usize) -> String {
    (0..count).map(|number| format!("{prefix}{number}\n")).collect()
}

#[test]
fn where_memory_for_threads_is_limited_fewer_do_the_work() {
    let (sandbox, _emulator) = Sandbox::emulated(Options::default());
    side_by_side(["60000", "130000", "300000", "700000"], |kilobytes| {
        let list = names(&format!("m{kilobytes}-"), 100);
        let run =
            limited(&sandbox, &format!("-v {kilobytes}"), "db create --public - -j 256", &list).exits(0);
        assert_eq!((run.out.lines().count(), &*run.err), (100, "note: 100 created\n"), "{kilobytes}");
    });
}

#[test]
fn where_nothing_can_be_prepared_nothing_is_sent_and_the_machine_is_named() {
    let (sandbox, emulator) = Sandbox::emulated(Options::default());
    for args in ["db create --public taylor/x", "db fork taylor/x --owner dolthub --wait"] {
        let run = limited(&sandbox, "-n 5", args, "").exits(1);
        assert!(
            run.err.contains("this machine ran out of file descriptors\nhint: raise the limit"),
            "{run:?}"
        );
    }
    drop(emulator);
}

#[test]
fn with_too_few_file_descriptors_each_argument_is_done_or_named_and_not_put_off() {
    let (sandbox, _emulator) = Sandbox::emulated(Options::default());
    side_by_side([6, 8, 9, 12], |most| {
        let list = names(&format!("f{most}-"), 6);
        let args = "db create --public --if-not-exists - -j 6";
        let run = limited(&sandbox, &format!("-n {most}"), args, &list);
        assert!(matches!(run.code, Some(0 | 1)), "{most}: {run:?}");
        assert!(!run.err.contains("try again later") && !run.err.contains("internal error"), "{run:?}");
        let told = run.err.matches("this machine ran out of file descriptors").count();
        assert!(run.out.lines().count() == 6 || told > 0, "{most}: {run:?}");
    });
}

#[test]
fn a_tree_is_not_shown_wrong_where_this_machine_ran_out() {
    let (sandbox, _emulator) = Sandbox::emulated(Options { network: 60, ..Options::default() });
    let run = limited(&sandbox, "-n 10", "db forks --tree dolthub/museum-collections -j 60", "");
    assert!(matches!(run.code, Some(0 | 1)), "{run:?}");
    assert!(!run.err.contains("try again later"), "{run:?}");
    assert_eq!(run.code == Some(0), run.out.lines().count() >= 60, "{run:?}");
}
