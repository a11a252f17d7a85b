//! What the process holds stays in it: after a panic, after a crash, and beside other users.

use std::fs;
use std::os::unix::fs::{PermissionsExt, chown, symlink};
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use clap::Parser;
use dhub::api::WriteHook;
use dhub::cli::Cli;
use dhub::jobs::{Commands, Finished, Job, PendingWrite, Poll, RunningFork, Slot};
use dhub::names::Operation;
use dhub::output::Output;
use dhub::output::view::CreatedView;
use dhub::settings::Environment;
use dhub::token::KnownToken;

use crate::support::running::{Running, eventually};
use crate::support::{Reply, Sandbox, Server, TOKEN};

/// Makes the process panic when it is set: a test of this file runs itself once more with it.
const PANIC: &str = "DHUB_TEST_PANICS_WITH";

#[test]
fn a_panic_prints_where_to_report_it_and_no_user_data() {
    if let Ok(data) = std::env::var(PANIC) {
        dhub::panic_hook::install(|| ());
        thread::scope(|scope| {
            // On another thread, with one that would wait without end.
            scope.spawn(|| panic!("the data: {data}"));
            thread::sleep(Duration::from_secs(60));
        });
    }
    let this = "privacy::a_panic_prints_where_to_report_it_and_no_user_data";
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", this, "--nocapture"])
        .env(PANIC, TOKEN)
        .output()
        .unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(101), "{err}");
    assert!(err.starts_with("error: internal error\nhint: please report it"), "{err}");
    assert!(err.contains(&format!("dhub {} at tests/it/privacy.rs:", env!("CARGO_PKG_VERSION"))), "{err}");
    assert!(!err.contains(TOKEN), "{err}");
}

/// Runs at the service, or is sent and panics.
enum PanicJob {
    Runs,
    Panics,
}

impl Job for PanicJob {
    type View = CreatedView;

    fn poll(&mut self, slot: Slot<'_>) -> Poll<Finished<CreatedView>> {
        let PanicJob::Panics = self else {
            let operation = Operation::parse("operations/1").unwrap();
            slot.accepted(RunningFork { operation, parent: None, owner: None }).unwrap();
            return Poll::Again(Instant::now() + Duration::from_secs(60));
        };
        let [action, check] = ["fork c/d to e", "dhub db forks e/d"].map(str::to_owned);
        slot.sending(PendingWrite { action, check: Some(check), lookup: Arc::new(|| None) }, None)
            .before_attempt()
            .unwrap();
        panic!("on purpose");
    }
}

#[test]
fn a_panic_prints_what_was_accepted_and_what_is_on_the_wire() {
    if std::env::var(PANIC).is_ok() {
        dhub::panic_hook::install(|| ());
        let global = Cli::parse_from(["dhub", "-q", "db", "forks", "a/b"]).global;
        let output = Arc::new(Output::new(&global, &Environment::default(), KnownToken::default(), None));
        let [again, again_existing] = ["dhub db fork"; 2].map(str::to_owned);
        let resume = "dhub db fork-status --wait".to_owned();
        let commands = Commands { again, again_existing, reports_unstarted: true, resume };
        let jobs = [("a/b", PanicJob::Runs), ("c/d", PanicJob::Panics), ("f/g", PanicJob::Runs)];
        let jobs = jobs.map(|(text, job)| (text.to_owned(), job)).into();
        let _ = dhub::jobs::run(&output, &output.progress(3), 1, jobs, commands, "forked");
    }
    let this = "privacy::a_panic_prints_what_was_accepted_and_what_is_on_the_wire";
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", this, "--nocapture"])
        .env(PANIC, "")
        .output()
        .unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(101), "{err}");
    assert!(err.contains("\nnote: unfinished after sending: fork c/d to e; 1 not started\n"), "{err}");
    for way_on in ["dhub db forks e/d", "dhub db fork f/g", "dhub db fork-status --wait operations/1"] {
        assert!(err.lines().last().unwrap().contains(way_on), "{err}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_crash_leaves_no_core_dump() {
    let server = Server::always(Reply::Silence(Duration::from_secs(30)));
    let crash = |program: &str, sent: &dyn Fn() -> bool| {
        let sandbox = Sandbox::at(server.url());
        let mut command = Command::new("sh");
        command.args(["-c", &format!("ulimit -c unlimited; exec {program}")]);
        command.env_clear().envs(sandbox.environment()).current_dir(sandbox.home());
        command.env("DHUB", assert_cmd::cargo::cargo_bin!("dhub")).stdin(Stdio::null());
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        assert!(eventually(sent));
        let id = rustix::process::Pid::from_raw(i32::try_from(child.id()).unwrap()).unwrap();
        rustix::process::kill_process(id, rustix::process::Signal::QUIT).unwrap();
        let status = child.wait().unwrap();
        assert_eq!(status.signal(), Some(3), "{status:?}");
        (status.core_dumped(), fs::read_dir(sandbox.home()).unwrap().count())
    };
    let (dumped, files) = crash("\"$DHUB\" db forks a/b", &|| server.count("GET") > 0);
    assert!(!dumped);
    assert_eq!(files, 0);
    // So that it is known whether this machine would have dumped anything at all.
    let (dumped, _) = crash("sleep 30", &|| {
        thread::sleep(Duration::from_millis(200));
        true
    });
    println!("another program would have left its memory: {dumped}");
}

#[test]
fn a_config_file_that_others_can_read_is_used_with_a_warning_and_hidden_by_the_next_login() {
    let server =
        Server::start(|_, _| Reply::Json(200, r#"{"status":"Success","username":"taylor"}"#.to_owned()));
    let sandbox = Sandbox::new().with("DOLTHUB_HOST", server.url());
    let key = server.url().trim_start_matches("http://");
    sandbox.write_config(&format!("[hosts.\"{key}\"]\ntoken = \"{TOKEN}\"\n"));
    let path = sandbox.config_path();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    let run = sandbox.run("auth status").exits(0);
    let warning = format!(
        "note: others can read the token in {0}; keep it to yourself: chmod 600 {0}\n",
        path.display()
    );
    assert_eq!(run.err, warning);
    assert_eq!(sandbox.run("auth status -q").exits(0).err, "");
    let requests = server.v1alpha1_requests();
    assert_eq!(requests[0].header("authorization"), Some(&*format!("token {TOKEN}")));

    sandbox.run_with_stdin("auth login", TOKEN).exits(0);
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(sandbox.run("auth status").exits(0).err, "");
}

/// The names in the folder of the config file.
fn beside_config(sandbox: &Sandbox) -> Vec<String> {
    let folder = fs::read_dir(sandbox.config_path().parent().unwrap()).unwrap();
    let mut names: Vec<String> =
        folder.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_config_file_that_links_to_a_file_of_ones_own_is_written_there_and_stays_a_link() {
    let server =
        Server::start(|_, _| Reply::Json(200, r#"{"status":"Success","username":"taylor"}"#.to_owned()));
    let sandbox = Sandbox::new().with("DOLTHUB_HOST", server.url());
    sandbox.write_config("# mine\n");
    let (path, elsewhere) = (sandbox.config_path(), sandbox.home().join("elsewhere"));
    fs::rename(&path, &elsewhere).unwrap();
    symlink("../../elsewhere", &path).unwrap();
    sandbox.run_with_stdin("auth login", TOKEN).exits(0);
    let text = fs::read_to_string(&elsewhere).unwrap();
    assert!(text.contains("# mine\n") && text.contains(TOKEN), "{text}");
    assert!(fs::symlink_metadata(&path).unwrap().is_symlink());
    assert_eq!(fs::metadata(&elsewhere).unwrap().permissions().mode() & 0o777, 0o600);
    sandbox.run("auth logout").exits(0);
    assert!(!fs::read_to_string(&elsewhere).unwrap().contains(TOKEN));
    assert!(fs::symlink_metadata(&path).unwrap().is_symlink());
    // The lock is beside the file itself.
    assert_eq!(beside_config(&sandbox), ["config.toml"]);
}

#[test]
fn a_config_file_that_is_another_users_is_not_written() {
    let server =
        Server::start(|_, _| Reply::Json(200, r#"{"status":"Success","username":"taylor"}"#.to_owned()));
    let sandbox = Sandbox::new().with("DOLTHUB_HOST", server.url());
    sandbox.write_config("# mine\n");
    let (path, link) = (sandbox.config_path(), sandbox.home().join("link.toml"));
    symlink(&path, &link).unwrap();
    if chown(&path, Some(1), None).is_err() {
        println!("only root can give a file away: that another user's is refused is not tested here");
        return;
    }
    for config in [&path, &link] {
        let args = format!("auth login --json --config {}", config.display());
        let run = sandbox.run_with_stdin(&args, TOKEN).exits(1);
        assert_eq!(run.error()["kind"], "config", "{run:?}");
        assert!(run.err.contains("another user's file"), "{run:?}");
    }
    assert!(server.requests().is_empty(), "the token was typed for nothing");
    assert_eq!(fs::read_to_string(&path).unwrap(), "# mine\n");
    assert_eq!(beside_config(&sandbox), ["config.toml"]);
}

#[test]
fn logins_and_logouts_side_by_side_lose_nothing_and_revive_nothing() {
    let server =
        Server::start(|_, _| Reply::Json(200, r#"{"status":"Success","username":"taylor"}"#.to_owned()));
    let address = server.url().trim_start_matches("http://");
    let hosts: Vec<String> = (1..=12).map(|nth| format!("{address}/lab{nth}")).collect();
    let stored = |text: &str, host: &str| {
        let document: toml_edit::DocumentMut = text.parse().unwrap();
        document["hosts"].get(host).is_some_and(|entry| entry.get("token").is_some())
    };
    let sandbox = Sandbox::new();
    let (first, second) = hosts.split_at(6);
    let entry = |host: &String| format!("[hosts.\"{host}\"]\ntoken = \"old-{host}\"\n");
    sandbox.write_config(&first.iter().map(entry).collect::<String>());
    thread::scope(|scope| {
        for host in first {
            let sandbox = &sandbox;
            scope.spawn(move || sandbox.run(&format!("auth logout --host http://{host}")).exits(0));
        }
        for host in second {
            let sandbox = &sandbox;
            scope.spawn(move || {
                let login = format!("auth login --host http://{host}");
                sandbox.run_with_stdin(&login, TOKEN).exits(0)
            });
        }
    });
    let text = fs::read_to_string(sandbox.config_path()).unwrap();
    assert!(first.iter().all(|host| !stored(&text, host)), "{text}");
    assert!(second.iter().all(|host| stored(&text, host)), "{text}");
    assert_eq!(beside_config(&sandbox), ["config.toml", "config.toml.lock"]);
}

#[test]
fn many_logins_at_once_leave_one_of_the_whole_files() {
    let server = Server::start(|request, _| {
        let user = request.header("authorization").unwrap().rsplit('.').next().unwrap();
        Reply::Json(200, format!(r#"{{"status":"Success","username":"{user}"}}"#))
    });
    let sandbox = Sandbox::new().with("DOLTHUB_HOST", server.url());
    thread::scope(|scope| {
        for nth in 0..8 {
            let sandbox = &sandbox;
            scope.spawn(move || sandbox.run_with_stdin("auth login", &format!("dhat.v1.user{nth}")).exits(0));
        }
    });
    let text = fs::read_to_string(sandbox.config_path()).unwrap();
    let key = server.url().trim_start_matches("http://");
    let whole = |nth| format!("[hosts.\"{key}\"]\ntoken = \"dhat.v1.user{nth}\"\nuser = \"user{nth}\"\n");
    assert!((0..8).any(|nth| text == whole(nth)), "{text}");
    assert_eq!(beside_config(&sandbox), ["config.toml", "config.toml.lock"]);
}

#[test]
fn the_token_that_a_killed_login_left_is_removed_by_the_next_login_or_logout() {
    let server =
        Server::start(|_, _| Reply::Json(200, r#"{"status":"Success","username":"taylor"}"#.to_owned()));
    let sandbox = Sandbox::new().with("DOLTHUB_HOST", server.url());
    sandbox.write_config("");
    let left = sandbox.home().join(".config/dhub/config.toml.tmp");
    for args in ["auth logout", "auth login", "auth logout"] {
        fs::write(&left, TOKEN).unwrap();
        sandbox.run_with_stdin(args, TOKEN).exits(0);
        assert!(!left.exists(), "{args}");
    }
}

#[test]
fn ctrl_c_after_a_write_was_sent_looks_up_and_reports_what_exists() {
    let exists = crate::support::responses::exists("taylor/x", "dolthub/x");
    let server = Server::start(move |request, _| match request.method.as_str() {
        "POST" => Reply::Silence(Duration::from_secs(30)),
        _ => exists.clone(),
    });
    let sandbox = Sandbox::at(server.url());
    let running = Running::start(sandbox.command(["db", "fork", "dolthub/x", "--owner", "taylor", "-v"]));
    running.wait_for_err("> POST");
    running.signal(rustix::process::Signal::INT);
    let ended = running.finish();
    assert_eq!(ended.signal, Some(2), "{ended:?}");
    assert!(ended.err.contains("after sending: fork dolthub/x to taylor (taylor/x exists now)"), "{ended:?}");
    assert_eq!(server.count("POST"), 1);
}
