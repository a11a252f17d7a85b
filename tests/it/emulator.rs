//! `dhub emulator start` and `dhub emulator exec`.

#![cfg(unix)]

mod exec;
mod options;
mod refusals;
mod v2;

use std::collections::HashMap;
use std::fs;
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::{Duration, Instant};

use rustix::process::Signal;
use serde_json::Value;

use crate::support::running::Running;
use crate::support::{Run, Sandbox};

const TOKEN: &str = dhub::emulator::TOKEN;
const MUSEUM: &str = "dolthub/museum-collections";

/// A sandbox with `TMPDIR` inside it, so that a test can check what is left there.
fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    let temporary = sandbox.home().join("tmp");
    fs::create_dir(&temporary).unwrap();
    let temporary = temporary.display().to_string();
    sandbox.with("TMPDIR", &temporary)
}

#[track_caller]
fn assert_no_temporary_files(sandbox: &Sandbox) {
    let left: Vec<_> = fs::read_dir(sandbox.home().join("tmp")).unwrap().collect();
    assert!(left.is_empty(), "{left:?}");
}

/// `dhub emulator exec OPTIONS -- sh -c SCRIPT`
fn exec(sandbox: &Sandbox, options: &str, script: &str) -> Run {
    let mut arguments = vec!["emulator", "exec"];
    arguments.extend(options.split_whitespace());
    arguments.extend(["--", "sh", "-c", script]);
    sandbox.run_all(arguments)
}

/// Starts an emulator in the background, and returns a sandbox whose host and token are the emulator's.
fn start(sandbox: &Sandbox, options: &str) -> (Running, Sandbox) {
    let arguments = format!("emulator start {options}");
    let running = Running::start(sandbox.command(arguments.split_whitespace()));
    let out = running.wait_for_out("DOLTHUB_TOKEN=");
    let host = out.lines().next().unwrap().strip_prefix("export DOLTHUB_HOST=").unwrap();
    (running, Sandbox::new().with("DOLTHUB_HOST", host).with("DOLTHUB_TOKEN", TOKEN))
}

#[test]
fn exec_runs_a_command_with_the_emulators_host_and_token_and_without_other_settings() {
    let sandbox = sandbox()
        .with("DOLTHUB_HOST", "https://www.dolthub.com")
        .with("DOLTHUB_TOKEN", "dhat.v1.real")
        .with("DOLTHUB_OWNER", "jdoe")
        .with("DH_TOKEN", "dhat.v1.real")
        .with("DH_HOST", "https://www.dolthub.com")
        .with("DHUB_CONFIG", "/nonexistent")
        .with("NO_PROXY", "corp.example")
        .with("HTTP_PROXY", "http://192.0.2.1:3128")
        .with("OTHER", "stays");
    let script = r#"env; ls -l "$DHUB_CONFIG" >&2; test ! -s "$DHUB_CONFIG" && echo config=empty
        readlink -f "$(command -v dhub)" | sed s/^/dhub=/; dhub auth status | sed s/^/status=/"#;
    let run = exec(&sandbox, "", script).exits(0);
    let seen: HashMap<&str, &str> = run.out.lines().filter_map(|line| line.split_once('=')).collect();
    assert!(seen["DOLTHUB_HOST"].starts_with("http://127.0.0.1:"), "{run:?}");
    assert_eq!(seen["DOLTHUB_TOKEN"], TOKEN);
    assert_eq!(seen["OTHER"], "stays");
    assert_eq!(seen["config"], "empty");
    assert!(seen["DHUB_CONFIG"].starts_with(&*sandbox.home().join("tmp").to_string_lossy()), "{run:?}");
    assert!(seen["NO_PROXY"].contains("127.0.0.1"), "{run:?}");
    let this = fs::canonicalize(assert_cmd::cargo::cargo_bin!("dhub")).unwrap();
    assert_eq!(Path::new(seen["dhub"]), this);
    assert_eq!(seen["status"], format!("{}\ttaylor\tDOLTHUB_TOKEN\tyes", seen["DOLTHUB_HOST"]));
    let mut names: Vec<_> =
        seen.keys().filter(|name| name.starts_with("DOLTHUB_") || name.starts_with("DH_")).collect();
    names.sort_unstable();
    assert_eq!(names, [&"DOLTHUB_HOST", &"DOLTHUB_TOKEN"]);

    assert_no_temporary_files(&sandbox);
    let address = seen["DOLTHUB_HOST"].trim_start_matches("http://");
    assert!(TcpStream::connect(address).is_err(), "it still listens");
}

#[test]
fn a_create_a_fork_and_a_list_of_forks_work_in_one_exec() {
    let script = format!(
        "set -e; dhub db create {MUSEUM} --public; dhub db fork {MUSEUM} --wait -q; dhub db forks {MUSEUM}"
    );
    let sandbox = sandbox();
    let run = exec(&sandbox, "--fork-delay 0", &script).exits(0);
    let names: Vec<_> = run.out.lines().map(|line| line.split('\t').next().unwrap()).collect();
    assert_eq!(names, [MUSEUM, "taylor/museum-collections", "taylor/museum-collections"]);
    assert_eq!(run.err, "");
    assert_no_temporary_files(&sandbox);
}

#[test]
fn the_exit_code_of_exec_is_the_one_that_a_shell_reports_for_the_command() {
    let sandbox = sandbox();
    for (script, code) in
        [("exit 0", 0), ("exit 3", 3), ("exit 255", 255), ("kill -TERM $$", 143), ("kill -KILL $$", 137)]
    {
        let run = exec(&sandbox, "", script).exits(code);
        assert_eq!((run.out.as_str(), run.err.as_str()), ("", ""), "{script}");
        assert_no_temporary_files(&sandbox);
    }
    let script = sandbox.home().join("script");
    fs::write(&script, "#!/bin/sh\nexit 0\n").unwrap();
    fs::set_permissions(&script, fs::Permissions::from_mode(0o644)).unwrap();
    let script = script.display().to_string();
    for (program, code) in [("no-such-program", 127), ("./no/such/program", 127), (&*script, 126), ("/", 126)]
    {
        let run = sandbox.run_all(["emulator", "exec", "--", program]).exits(code);
        assert!(run.err.starts_with(&format!("error: cannot run {program}: ")), "{run:?}");
        assert_no_temporary_files(&sandbox);
    }
}

#[test]
fn exec_passes_stdin_and_arguments_on_unchanged() {
    let arguments = ["emulator", "exec", "--", "sh", "-c", "cat; echo \"$2|$1\"", "sh", "--json", "a  b"];
    let sandbox = sandbox();
    let mut command = assert_cmd::Command::from_std(sandbox.command(arguments));
    command.write_stdin("typed\n").assert().success().stdout("typed\na  b|--json\n");
}

#[test]
fn exec_passes_a_signal_on_to_its_command_and_cleans_up_afterwards() {
    let sandbox = sandbox();
    for (trap, signal, code) in [
        ("trap 'echo caught; exit 7' TERM", Signal::TERM, 7),
        ("trap 'echo caught; exit 7' INT", Signal::INT, 7),
        ("trap 'echo caught; exit 7' HUP", Signal::HUP, 7),
        (":", Signal::TERM, 143),
    ] {
        let script = format!("{trap}; echo ready; while :; do sleep 0.02; done");
        let running = Running::start(sandbox.command(["emulator", "exec", "--", "sh", "-c", &script]));
        running.wait_for_out("ready");
        running.signal(signal);
        let ended = running.finish();
        // 128 + n as in a shell: if its command dies of the signal that dhub received, dhub dies of it too.
        let reported = ended.code.or(ended.signal.map(|signal| 128 + signal));
        assert_eq!(reported, Some(code), "{trap}: {ended:?}");
        assert_eq!(ended.out.contains("caught"), code == 7, "{ended:?}");
        assert_no_temporary_files(&sandbox);
    }
}

#[test]
fn start_prints_lines_that_a_shell_can_evaluate() {
    let (running, _) = start(&sandbox(), "");
    let out = running.wait_for_out("DOLTHUB_TOKEN=");
    let mut shell = std::process::Command::new("sh");
    shell.args(["-c", &format!("{out}\"$DHUB\" auth status")]).env_clear().envs(Sandbox::new().environment());
    let evaluated = Running::start({
        shell.env("DHUB", assert_cmd::cargo::cargo_bin!("dhub"));
        shell
    })
    .finish();
    assert_eq!(evaluated.code, Some(0), "{evaluated:?}");
    assert!(evaluated.out.ends_with("\ttaylor\tDOLTHUB_TOKEN\tyes\n"), "{evaluated:?}");

    running.signal(Signal::INT);
    let ended = running.finish();
    assert_eq!(ended.signal, Some(2), "{ended:?}");
    assert_eq!(ended.out.lines().count(), 2, "{ended:?}");
    assert!(!ended.err.contains("error"), "{ended:?}");
}

#[test]
fn start_with_json_prints_one_document() {
    let sandbox = sandbox();
    let running = Running::start(sandbox.command(["emulator", "start", "--json"]));
    let out = running.wait_for_out("\n");
    let document: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((&document["token"], &document["user"]), (&Value::from(TOKEN), &Value::from("taylor")));
    Sandbox::at(document["host"].as_str().unwrap())
        .with("DOLTHUB_TOKEN", document["token"].as_str().unwrap())
        .run("auth status")
        .exits(0);
}

#[test]
fn an_address_that_is_not_loopback_is_a_usage_error() {
    for address in ["0.0.0.0:0", "[::]:0", "192.0.2.1:80", "localhost", "nonsense"] {
        let run = sandbox().run_all(["emulator", "start", "--json", "--listen", address]).exits(2);
        assert_eq!(run.error()["kind"], "usage", "{run:?}");
        assert_eq!(run.out, "");
    }
}

#[test]
fn a_port_in_use_exits_with_1_and_a_free_one_is_used() {
    // Another process takes it: of this one's sockets, a child of another test has copies until it execs.
    let (taken, _) = start(&sandbox(), "");
    let out = taken.wait_for_out("\n");
    let address = out.lines().next().unwrap().rsplit('/').next().unwrap();
    let run = sandbox().run_all(["emulator", "start", "--listen", address]).exits(1);
    assert!(run.err.starts_with("error: the emulator cannot start: "), "{run:?}");
    assert!(run.err.contains(address), "{run:?}");
    assert_eq!(run.out, "");

    taken.signal(Signal::TERM);
    taken.finish();
    let (running, client) = start(&sandbox(), &format!("--listen {address}"));
    assert!(running.wait_for_out("\n").contains(address));
    client.run("auth status").exits(0);
}

#[test]
fn the_state_file_survives_a_kill_while_a_fork_is_running() {
    let sandbox = sandbox();
    let options = format!("--fork-delay 1200ms --state {}", sandbox.home().join("state").display());
    let (running, client) = start(&sandbox, &options);
    client.run(&format!("db create {MUSEUM} --public")).exits(0);
    client.run("db create taylor/hidden --private").exits(0);
    let fork = client.run(&format!("db fork {MUSEUM} --json")).exits(0).document();
    let operation = fork["operation"].as_str().unwrap();
    client.run(&format!("db fork-status {operation}")).exits(8);
    running.signal(Signal::KILL);
    assert_eq!(running.finish().signal, Some(9));

    let (_running, client) = start(&sandbox, &options);
    let run = client.run(&format!("db fork-status --wait {operation}")).exits(0);
    assert_eq!(run.out, format!("{operation}\tdone\ttaylor/museum-collections\n"));
    client.run("db forks taylor/hidden").exits(0);
    client.with("DOLTHUB_TOKEN", "").run("db forks taylor/hidden").exits(3);
}

#[test]
fn a_state_file_that_is_in_use_or_invalid_exits_with_1() {
    let sandbox = sandbox();
    let state = sandbox.home().join("state").display().to_string();
    let (running, client) = start(&sandbox, &format!("--state {state}"));
    client.run(&format!("db create {MUSEUM} --public")).exits(0);
    let run = sandbox.run_all(["emulator", "start", "--state", &state]).exits(1);
    assert!(run.err.contains(&state) && run.err.contains("in use"), "{run:?}");
    running.signal(Signal::TERM);
    assert_eq!(running.finish().signal, Some(15));

    fs::write(&state, "nonsense\nnonsense\n").unwrap();
    let run = sandbox.run_all(["emulator", "exec", "--state", &state, "--", "true"]).exits(1);
    assert!(run.err.contains(&state) && run.err.contains("is no state file"), "{run:?}");
    assert!(run.err.contains("hint: it was left as it is"), "{run:?}");
    assert_eq!(fs::read_to_string(&state).unwrap(), "nonsense\nnonsense\n");
    let run = sandbox.run_all(["emulator", "exec", "--state", "/nonexistent/state", "--", "true"]).exits(1);
    assert!(run.err.contains("/nonexistent/state"), "{run:?}");
}

#[test]
fn the_network_option_creates_that_many_forks_in_several_generations() {
    let script =
        format!("dhub db forks {MUSEUM} --json; dhub db forks museum-0013/museum-collections --json");
    let run = exec(&sandbox(), "--network 40", &script).exits(0);
    let documents: Vec<Value> = run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(documents[0]["fork_network_count"], 40);
    assert_eq!(documents[0]["parent"], Value::Null);
    let (parent, root) = (&documents[1]["parent"]["owner"], &documents[1]["root"]["owner"]);
    assert_eq!(root, "dolthub");
    assert_ne!(parent, root, "only one generation");
}

#[test]
fn latency_delays_each_response() {
    let sandbox = sandbox();
    let started = Instant::now();
    exec(&sandbox, "--latency 400ms --network 1", &format!("dhub db forks {MUSEUM}")).exits(0);
    assert!(started.elapsed() >= Duration::from_millis(400));
    let script = format!("dhub db forks {MUSEUM} --request-timeout 100ms");
    exec(&sandbox, "--latency 30s --network 1", &script).exits(6);
}

#[test]
fn an_option_out_of_range_is_a_usage_error() {
    for options in [
        "--fault-rate 1.5",
        "--fault-rate -0.1",
        "--fault-rate NaN",
        "--fault-rate often",
        "--latency soon",
        "--fork-delay -1",
        "--seed x",
        "--network -1",
    ] {
        let (option, value) = options.split_once(' ').unwrap();
        let run =
            sandbox().run_all(["emulator", "exec", "--json", &format!("{option}={value}"), "--", "true"]);
        assert_eq!(run.exits(2).error()["kind"], "usage", "{options}");
    }
    sandbox().run("emulator exec --fork-delay 0").exits(2);
}

#[test]
fn faults_follow_the_rate_and_the_same_seed_gives_the_same_faults() {
    // The status of each response in the log of a few commands, without its time.
    let script = format!("for n in 1 2 3; do dhub db forks {MUSEUM} -v >&2; done; true");
    let statuses = |options: &str| -> Vec<String> {
        let run = exec(&sandbox(), &format!("--network 1 {options}"), &script).exits(0);
        let lines = run.err.lines().filter(|line| line.starts_with("< "));
        lines.map(|line| line.split(',').next().unwrap().to_owned()).collect()
    };
    assert_eq!(statuses("--fault-rate 0"), ["< 200"; 3]);
    let some = statuses("--fault-rate 0.5 --seed 1");
    assert!(some.contains(&"< 200".to_owned()) && some.iter().any(|status| status != "< 200"), "{some:?}");
    assert_eq!(statuses("--fault-rate 0.5 --seed 1"), some);
    assert!((2..6).any(|seed| statuses(&format!("--fault-rate 0.5 --seed {seed}")) != some));
}

#[test]
fn a_wait_survives_a_fault_rate_of_one_in_two() {
    let sandbox = sandbox();
    let state = sandbox.home().join("state").display().to_string();
    let script = format!("dhub db create {MUSEUM} --public -q && dhub db fork {MUSEUM} -q | cut -f1 > op");
    exec(&sandbox, &format!("--fork-delay 400ms --state {state}"), &script).exits(0);
    let mut failures = 0;
    for seed in 1..4 {
        let options = format!("--fault-rate 0.5 --seed {seed} --state {state}");
        let run = exec(&sandbox, &options, r#"dhub db fork-status --wait -v "$(cat op)""#).exits(0);
        assert!(run.out.ends_with("\tdone\ttaylor/museum-collections\n"), "{run:?}");
        failures +=
            run.err.lines().filter(|line| line.starts_with("< ") && !line.starts_with("< 200")).count();
    }
    assert!(failures > 0, "no request failed");
}

#[test]
fn with_verbose_each_request_is_logged_and_no_token() {
    let run = Sandbox::new().run("emulator exec -v -q dhub db create x --public").exits(0);
    assert_eq!(run.out.lines().count(), 1, "{run:?}");
    assert!(run.err.contains("GET /api/v1alpha1/user 200\nPOST /api/v1alpha1/database 200\n"), "{run:?}");
    assert!(!run.err.contains(dhub::emulator::TOKEN), "{run:?}");
}
