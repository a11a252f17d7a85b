//! The refusals that real services give, from the emulator to dhub.

use super::*;

const BAD: &str = "DOLTHUB_TOKEN=dhat.v1.bad";

/// Runs a script in an emulator with these options. It prints the exit code of each of its commands.
fn codes(options: &str, script: &str) -> (Vec<i32>, String) {
    let script = script.replace(';', "; echo \"code=$?\";") + "; echo \"code=$?\"";
    let run = exec(&sandbox(), options, &script).exits(0);
    let codes = run.out.lines().filter_map(|line| line.strip_prefix("code="));
    (codes.map(|code| code.parse().unwrap()).collect(), run.err)
}

#[test]
fn a_bad_token_is_an_auth_error_however_the_emulator_refuses_it() {
    for (how, words) in [
        ("401", "Not authenticated"),
        ("malformed", "invalid authorization header"),
        ("unknown", "no token found for given API token"),
        ("doltlab", "apitoken_db: API Token with matching ID not found"),
    ] {
        for form in ["message", "error", "ok"] {
            let options = format!("--network 1 --token-refusal {how} --refusal-form {form}");
            let script = format!(
                "{BAD} dhub db forks {MUSEUM}; {BAD} dhub db create x --private --if-not-exists; \
                 {BAD} dhub db fork {MUSEUM} --owner taylor; echo dhat.v1.bad | dhub auth login; {BAD} dhub auth status; \
                 test ! -s \"$DHUB_CONFIG\"; dhub auth status"
            );
            let (codes, err) = codes(&options, &script);
            assert_eq!(codes, [4, 4, 4, 4, 4, 0, 0], "{options}: {err}");
            assert_eq!(err.matches(words).count(), 5, "{options}: {err}");
        }
    }
}

#[test]
fn refusals_mean_the_same_in_every_form() {
    for form in ["message", "error", "ok", "message,error,ok"] {
        let script = format!(
            "dhub db create x --public; dhub db create x --public; dhub db create x --public --if-not-exists; \
             dhub db create x --private --if-not-exists; dhub db forks nobody/nothing; dhub db fork nobody/nothing; \
             dhub db fork {MUSEUM} --wait; dhub db fork {MUSEUM}; dhub db fork {MUSEUM} --if-not-exists; \
             dhub db fork-status operations/none; dhub db create nobody/x --public"
        );
        let (codes, err) = codes(&format!("--network 1 --fork-delay 0 --refusal-form {form}"), &script);
        assert_eq!(codes, [0, 5, 0, 5, 3, 3, 0, 5, 0, 3, 4], "{form}: {err}");
        assert!(!err.contains("may not be a DoltHub"), "{form}: {err}");
    }
}

#[test]
fn refusals_of_tokens_take_turns() {
    let script = format!("for n in 1 2 3; do {BAD} dhub auth status");
    let run = exec(&sandbox(), "--token-refusal unknown,401", &format!("{script}; done; true")).exits(0);
    let refusals: Vec<bool> = run
        .err
        .lines()
        .filter(|line| line.starts_with("error: "))
        .map(|line| line.contains("no token found"))
        .collect();
    assert_eq!(refusals, [true, false, true], "{run:?}");
}

#[test]
fn a_free_account_gets_no_private_database_but_keeps_one_that_it_has() {
    let sandbox = sandbox();
    let state = format!("--state {}", sandbox.home().join("state").display());
    exec(&sandbox, &state, "dhub db create taylor/old --private").exits(0);
    let options = format!("{state} --free-account");
    let run = exec(&sandbox, &options, "dhub db create taylor/new --private").exits(1);
    assert!(run.err.contains("private repos require a paid DoltHub account"), "{run:?}");
    assert!(run.err.contains("--public"), "{run:?}");
    exec(&sandbox, &options, "dhub db create taylor/new --private --if-not-exists").exits(1);
    exec(&sandbox, &options, "dhub db create taylor/old --private --if-not-exists").exits(0);
    exec(&sandbox, &options, "dhub db create taylor/new --public").exits(0);
}

#[test]
fn start_takes_the_same_options() {
    let (_running, client) = start(&sandbox(), "--token-refusal doltlab --refusal-form error --free-account");
    let bad = client.with("DOLTHUB_TOKEN", "dhat.v1.bad");
    let error = bad.run("db forks a/b --json").exits(4).error();
    assert_eq!((&error["status"], &error["kind"]), (&Value::from(400), &Value::from("auth")));
    for option in ["--token-refusal", "--refusal-form"] {
        sandbox().run(&format!("emulator start {option} often")).exits(2);
    }
}
