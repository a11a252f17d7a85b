//! What people type from habit, and what the API cannot do.

use crate::support::{Sandbox, TOKEN};

#[test]
fn a_word_from_habit_gets_the_right_command_in_text_and_in_json() {
    let sandbox = Sandbox::new();
    for (args, meant) in [
        ("fork a/b --wait", "dhub db fork"),
        ("create x --private", "dhub db create"),
        ("forks a/b", "dhub db forks"),
        ("list-forks a/b", "dhub db forks"),
        ("view a/b", "dhub db view"),
        ("fork-status", "dhub db fork-status"),
        ("login", "dhub auth login"),
        ("logout", "dhub auth logout"),
        ("token", "dhub auth token"),
        ("whoami", "dhub auth status"),
        ("status", "dhub auth status"),
        ("repo fork a/b", "dhub db"),
        ("set owner x", "dhub config set"),
        ("exec sh", "dhub emulator exec"),
        ("request user", "dhub api"),
        ("clone a/b", "dolt clone OWNER/NAME"),
        ("help fork", "dhub db fork"),
        ("db status", "dhub db fork-status"),
        ("db login", "dhub auth login"),
        ("db frok a/b", "dhub db fork"),
        ("lgoin", "dhub auth login"),
        ("config rm owner", "dhub config unset"),
        ("config owner x", "dhub config set owner VALUE"),
        ("repo view a/b", "dhub db view"),
        ("push", "dolt push"),
        ("help env", "dhub help environment"),
        ("help exitcodes", "dhub help exit-codes"),
        ("exit-codes", "dhub help exit-codes"),
        ("help fork", "dhub db fork --help"),
    ] {
        let run = sandbox.run(args).exits(2);
        let tip = format!("tip: did you mean `{meant}");
        assert!(run.err.starts_with("error: ") && run.err.contains(&tip), "{args}: {run:?}");
        assert!(!run.err.contains("similar") && run.out.is_empty(), "{args}: {run:?}");
        let error = sandbox.run(&format!("--json {args}")).exits(2).error();
        assert_eq!(error["kind"], "usage", "{args}");
        assert!(error["hint"].as_str().unwrap().contains(meant), "{args}: {error}");
    }
}

#[test]
fn what_the_api_cannot_do_is_said_with_the_page_for_it() {
    let sandbox = Sandbox::new();
    for (args, what, page) in [
        ("db list", "list", "https://www.dolthub.com/repositories/OWNER"),
        ("list anna", "list", "https://www.dolthub.com/repositories/anna"),
        ("db delete a/b", "delete", "https://www.dolthub.com/repositories/a/b"),
        ("db rm", "delete", "https://www.dolthub.com/repositories/OWNER/NAME"),
        ("db rename a/b c", "rename", "https://www.dolthub.com/repositories/a/b"),
        ("edit a/b --host lab.corp", "edit", "https://lab.corp/repositories/a/b"),
        ("db --host=http://lab.corp:1/x delete a/b", "delete", "http://lab.corp:1/x/repositories/a/b"),
    ] {
        let first = format!("DoltHub's API cannot {what} databases; do it at {page}");
        let run = sandbox.run(args).exits(2);
        assert_eq!(run.err.lines().next(), Some(&*format!("error: {first}")), "{args}: {run:?}");
        assert!(!run.err.contains("similar"), "{args}: {run:?}");
        let error = sandbox.run(&format!("{args} --json")).exits(2).error();
        assert_eq!((&error["kind"], &error["message"]), (&"usage".into(), &first.into()), "{args}");
    }
    let run =
        sandbox.with("DOLTHUB_HOST", "https://lab.corp").run_all(["list", "\u{1b}[31m", TOKEN]).exits(2);
    assert!(run.err.contains("https://lab.corp/repositories/%1B"), "{run:?}");
    assert!(!run.err.contains(TOKEN), "{run:?}");
}

#[test]
fn no_advice_is_given_that_would_make_a_misspelt_option_a_database() {
    let sandbox = Sandbox::new();
    for args in ["db forks a/b --wait", "db fork a/b -x", "db create x --privat=1"] {
        let run = sandbox.run(args).exits(2);
        assert!(!run.err.contains("as a value"), "{args}: {run:?}");
    }
    let run = sandbox.run("db forks -x/y").exits(2);
    assert!(run.err.contains("needs `--` in front of it"), "{run:?}");
}

#[test]
fn an_option_from_habit_or_a_misspelt_one_gets_the_right_one_and_nothing_far_from_it() {
    let sandbox = Sandbox::new();
    for (args, tip) in [
        ("db create x --prvate", "did you mean `--private`?"),
        ("db create x --clone", "`--remote` makes the database a remote of the Dolt checkout here"),
        ("db view a/b --browser", "did you mean `--web`?"),
        ("db fork a/b --org acme", "did you mean `--owner`?"),
        ("db fork a/b --no-color", "did you mean `--color never`?"),
        ("db fork a/b --wait=5m", "did you mean `--wait --timeout 5m`?"),
        ("db create x --private=1", "`--private` takes no value"),
        ("db forks a/b --web", "`--web` is an option of `dhub db view`"),
        ("db forks a/b c/d", "`dhub db forks` takes one DATABASE"),
        ("--tree db forks a/b", "`--tree` stands after `dhub db forks`"),
        (
            "--token x auth status",
            "a token is never an option: `dhub auth login` stores one, or DOLTHUB_TOKEN holds it",
        ),
        ("completions", "SHELL is one of bash, elvish, fish, powershell, zsh"),
        ("zebra", "the commands are db, auth, config,"),
        ("db zebra", "the commands of `dhub db` are create, fork, fork-status, forks, view"),
        ("help zebra", "the topics are exit-codes, environment, output, config"),
    ] {
        let run = sandbox.run(args).exits(2);
        assert!(run.err.contains(&format!("\n  tip: {tip}")), "{args}: {run:?}");
        assert!(!run.err.contains("similar") && run.out.is_empty(), "{args}: {run:?}");
        let error = sandbox.run(&format!("--json {args}")).exits(2).error();
        assert!(error["hint"].as_str().unwrap().contains(tip), "{args}: {error}");
    }
    for args in ["db create x --zebra", "completions tcsh", "db forks a/b -o yaml", "db fork a/b -x"] {
        let run = sandbox.run(args).exits(2);
        assert!(!run.err.contains("tip:"), "{args}: {run:?}");
    }
    let run = sandbox.run("db fork a/b --wait 5m").exits(2);
    assert!(run.err.contains("hint: did you mean `--wait --timeout 5m`?"), "{run:?}");
}

#[test]
fn a_guess_does_not_stand_in_the_usage_as_if_it_were_required() {
    let run = Sandbox::new().run("db create x --prvate").exits(2);
    assert!(run.err.contains("\nUsage: dhub db create [OPTIONS] <[OWNER/]NAME>...\n"), "{run:?}");
}

#[test]
fn version_and_completion_are_what_they_are_elsewhere() {
    let sandbox = Sandbox::new();
    assert_eq!(sandbox.run("version").exits(0).out, sandbox.run("--version").exits(0).out);
    assert_eq!(sandbox.run("completion fish").exits(0).out, sandbox.run("completions fish").exits(0).out);
}
