//! Commands under v2, against the emulator and against scripted services.

use std::time::Duration;

use dhub::emulator::{Gone, Options};
use serde_json::{Value, json};

use crate::support::{Recorded, Reply, Sandbox, Server};

const MUSEUM: &str = "dolthub/museum-collections";

fn emulated(options: Options) -> (Sandbox, dhub::emulator::Emulator) {
    let (sandbox, emulator) = Sandbox::emulated(options);
    (sandbox.with("DOLTHUB_API", "v2"), emulator)
}

fn network(forks: usize) -> Options {
    Options { network: forks, fork_delay: Duration::from_millis(300), ..Options::default() }
}

/// A service of v2 that responds as scripted.
fn service(response: impl Fn(&Recorded, usize) -> Reply + Send + Sync + 'static) -> (Sandbox, Server) {
    let server = Server::start(response);
    (Sandbox::at(server.url()).with("DOLTHUB_API", "v2"), server)
}

fn problem(status: u16, code: &str, detail: &str) -> Reply {
    let body = json!({"type": "about:blank", "title": "T", "status": status, "code": code, "request_id": "req_7", "detail": detail});
    Reply::Json(status, body.to_string())
}

fn database(owner: &str, name: &str, parent: Option<(&str, &str)>) -> Reply {
    let parent = parent.map(|(owner, name)| json!({"owner": owner, "name": name}));
    let data = json!({"owner": owner, "name": name, "visibility": "public", "fork_network_count": 2, "parent": parent});
    Reply::Json(200, json!({"data": data}).to_string())
}

fn accepted() -> Reply {
    Reply::Json(
        202,
        json!({"data": {"id": "owners/a/repos/b/jobs/1", "href": "https://evil.example/x"}}).to_string(),
    )
}

#[test]
fn the_job_that_people_have_is_done_with_the_same_commands_and_documents() {
    let (sandbox, _emulator) = emulated(network(0));
    for (created, description) in [(true, json!("text")), (false, Value::Null)] {
        let args = format!("db create {MUSEUM} --public -d text --if-not-exists --json");
        let document = sandbox.run(&args).exits(0).document();
        assert_eq!((&document["created"], &document["description"]), (&json!(created), &description));
    }
    let created = sandbox.run("db create notes --private -d text --json").exits(0).document();
    assert_eq!(
        (&created["created"], &created["visibility"], &created["description"]),
        (&json!(true), &json!("private"), &json!("text"))
    );
    let fork = sandbox.run(&format!("db fork {MUSEUM} --wait --json")).exits(0).document();
    assert_eq!(
        (&fork["state"], &fork["fork"]["owner"], &fork["parent"]["owner"]),
        (&json!("done"), &json!("taylor"), &json!("dolthub"))
    );
    let view = sandbox.run("db view taylor/museum-collections --json").exits(0).document();
    assert_eq!(
        (&view["visibility"], &view["parent"]["owner"], &view["root"]["owner"], &view["stars"]),
        (&json!("public"), &json!("dolthub"), &json!("dolthub"), &json!(0))
    );
    assert!(view["size_bytes"].is_u64(), "{view}");
    sandbox.run(&format!("db fork {MUSEUM}")).exits(5);
    sandbox.run(&format!("db fork {MUSEUM} --if-not-exists --wait")).exits(0);
    sandbox.run(&format!("db create {MUSEUM} --public")).exits(5);
    let wrong = sandbox.run(&format!("db create {MUSEUM} --private --if-not-exists")).exits(5);
    assert!(wrong.err.contains("is public, not private"), "{wrong:?}");
    sandbox.run("db create notes --public --if-not-exists").exits(5);
    sandbox.run("db view nobody/nothing").exits(3);
    sandbox.run("db create nobody/x --private").exits(4);
    sandbox.run("db fork-status nonsense").exits(3);
}

#[test]
fn each_database_lists_its_immediate_forks_and_a_note_names_the_tree() {
    let (sandbox, _emulator) = emulated(network(250));
    let run = sandbox.run(&format!("db forks {MUSEUM} --json")).exits(0);
    let document = run.document();
    let owners = |document: &Value| -> Vec<String> {
        document["forks"]
            .as_array()
            .unwrap()
            .iter()
            .map(|fork| fork["owner"].as_str().unwrap().to_owned())
            .collect()
    };
    let listed = owners(&document);
    assert!(!listed.is_empty() && listed.len() < 250, "{} forks", listed.len());
    assert_eq!((&document["parent"], &document["fork_network_count"]), (&Value::Null, &json!(251)));
    assert!(run.err.contains(&format!("dhub db forks --tree --api v2 {MUSEUM}")), "{run:?}");
    let child = sandbox.run(&format!("db forks {}/museum-collections --json", listed[0])).exits(0).document();
    assert_eq!(child["parent"]["owner"], "dolthub");
    assert!(owners(&child).iter().all(|owner| !listed.contains(owner)));
}

#[test]
fn the_tree_is_the_same_under_both_versions_but_for_what_they_count() {
    let (sandbox, emulator) = Sandbox::emulated(network(300));
    for args in [
        format!("db forks {MUSEUM} --tree"),
        "db forks museum-0007/museum-collections --tree --json".to_owned(),
        format!("db forks {MUSEUM} --tree --depth 2"),
    ] {
        let old = sandbox.run(&args).exits(0).out;
        let new = sandbox.run(&format!("{args} --api v2")).exits(0).out;
        assert_eq!(new.replace("\"fork_network_count\":301", "\"fork_network_count\":300"), old, "{args}");
    }
    drop(emulator);
}

#[test]
fn a_tree_takes_a_request_for_each_page_and_for_what_is_deeper_than_wanted_none() {
    let page = |forks: &[&str], next: Option<&str>| {
        let data: Vec<Value> = forks.iter().map(|owner| json!({"owner": owner, "name": "x"})).collect();
        Reply::Json(200, json!({"data": data, "meta": {"next_page_token": next}}).to_string())
    };
    let respond =
        move |request: &Recorded, _| match request.target.strip_prefix("/api/v2/databases/").unwrap() {
            "r/x" => database("r", "x", None),
            "r/x/forks" => page(&["a", "b"], Some("2+/=")),
            "r/x/forks?page_token=2%2B%2F%3D" => page(&["c"], None),
            "a/x/forks" => page(&["d"], Some("")),
            _ => page(&[], None),
        };
    let (sandbox, server) = service(respond);
    let all = sandbox.run("db forks r/x --tree").exits(0);
    let names: Vec<&str> = all.out.lines().map(|line| line.split('\t').next().unwrap()).collect();
    assert_eq!(names, ["r/x", "a/x", "d/x", "b/x", "c/x"], "{all:?}");
    assert_eq!(server.requests().len(), 7);
    let (sandbox, server) = service(respond);
    let cut = sandbox.run("db forks r/x --tree --depth 1 -o names").exits(0);
    assert_eq!(cut.out, "r/x\na/x\nb/x\nc/x\n");
    assert_eq!(server.requests().len(), 3);
}

#[test]
fn a_list_whose_page_token_repeats_is_an_error_and_no_loop() {
    let (sandbox, server) = service(|request, _| match request.target.contains("/forks") {
        true => Reply::Json(
            200,
            r#"{"data":[{"owner":"a","name":"x"}],"meta":{"next_page_token":"t"}}"#.to_owned(),
        ),
        false => database("r", "x", None),
    });
    let error = sandbox.run("db forks r/x --json").exits(1).error();
    assert!(error["message"].as_str().unwrap().contains("a page token is repeated"), "{error}");
    assert_eq!(server.requests().len(), 3);
}

#[test]
fn a_problem_is_told_by_its_detail_with_the_services_name_of_the_request() {
    let (sandbox, _server) = service(|_, _| problem(404, "NOT_FOUND", "no such repository"));
    let error = sandbox.run("db view a/b --json").exits(3).error();
    assert_eq!(
        (&error["message"], &error["request_id"], &error["status"]),
        (&json!("no such repository"), &json!("req_7"), &json!(404))
    );
    assert!(sandbox.run("db view a/b -v").exits(3).err.contains("\n< request_id req_7\n"));
}

#[test]
fn a_fork_that_makes_no_sense_is_a_duplicate_only_where_its_words_say_so_or_it_is_there() {
    for (detail, is_there, code) in [
        ("the source has already been forked", false, 5),
        ("it cannot be done", true, 5),
        ("the database is empty", false, 1),
    ] {
        let (sandbox, server) = service(move |request, _| match request.method.as_str() {
            "POST" => problem(422, "UNPROCESSABLE", detail),
            _ if is_there => database("me", "b", Some(("a", "b"))),
            _ => problem(404, "NOT_FOUND", "no such repository"),
        });
        sandbox.run("db fork a/b --owner me").exits(code);
        assert_eq!(server.count("POST"), 1);
    }
}

#[test]
fn if_not_exists_confirms_a_duplicate_fork_by_its_parent() {
    for (parent, code) in [(Some(("a", "b")), 0), (Some(("other", "b")), 5), (None, 5)] {
        let (sandbox, _server) = service(move |request, _| match request.method.as_str() {
            "POST" => problem(422, "UNPROCESSABLE", "x"),
            _ => database("me", "b", parent),
        });
        sandbox.run("db fork a/b --owner me --if-not-exists").exits(code);
    }
}

#[test]
fn a_lost_response_is_looked_up_and_never_sent_twice() {
    let (sandbox, server) = service(|request, _| match request.method.as_str() {
        "POST" => Reply::Close,
        _ => database("me", "b", Some(("a", "b"))),
    });
    sandbox.run("db fork a/b --owner me").exits(7);
    sandbox.run("db create me/b --public --if-not-exists").exits(0);
    let wrong = sandbox.run("db create me/b --private --if-not-exists").exits(5);
    assert!(wrong.err.contains("is public, not private"), "{wrong:?}");
    assert_eq!(server.count("POST"), 3);
    assert_eq!(
        server.requests().iter().filter(|request| request.method == "GET").count(),
        3,
        "visibility takes no request of its own"
    );
}

#[test]
fn an_operation_is_polled_by_its_id_and_no_address_of_a_response_is_followed() {
    let (sandbox, server) = service(|request, before| match request.method.as_str() {
        "POST" => accepted(),
        _ if before < 2 => {
            Reply::Json(200, r#"{"data":{"id":"x","status":"queued","cancelable":false}}"#.to_owned())
        }
        _ => Reply::Json(
            200,
            r#"{"data":{"id":"x","status":"succeeded","result":{"database":{"owner":"me","name":"b"}}}}"#
                .to_owned(),
        ),
    });
    let run = sandbox.run("db fork a/b --owner me --wait --json").exits(0);
    assert_eq!(run.document()["operation"], "owners/a/repos/b/jobs/1");
    let polls: Vec<_> = server.requests().into_iter().filter(|request| request.method == "GET").collect();
    assert!(
        polls.len() == 2
            && polls.iter().all(|poll| poll.target == "/api/v2/operations/owners%2Fa%2Frepos%2Fb%2Fjobs%2F1"),
        "{polls:?}"
    );
}

#[test]
fn the_choice_is_a_flag_a_variable_or_a_key_of_the_host_and_stands_in_commands_and_in_the_state() {
    let (sandbox, emulator) = Sandbox::emulated(network(1));
    let used = |sandbox: &Sandbox, args: &str| {
        let err = sandbox.run(&format!("db view {MUSEUM} -v {args}")).exits(0).err;
        if err.contains("/api/v2/") { "v2" } else { "v1alpha1" }
    };
    assert_eq!(used(&sandbox, ""), "v1alpha1");
    assert_eq!(used(&sandbox, "--api v2"), "v2");
    sandbox.run("config set api v2").exits(0);
    assert_eq!((used(&sandbox, ""), used(&sandbox, "--api v1alpha1")), ("v2", "v1alpha1"));
    assert_eq!(sandbox.run("config get api").exits(0).out, "v2\n");
    sandbox.run("config set api v3").exits(2);
    let fork = sandbox.run(&format!("db fork {MUSEUM} --owner anotherOrg")).exits(0);
    let status = sandbox.run("db fork-status").exits(8);
    assert!(
        status.err.contains("dhub db fork-status --wait --api v2 ") || status.err.contains("--api v2"),
        "{status:?}"
    );
    let other = sandbox.run("db fork-status --api v1alpha1").exits(0);
    assert!(
        other.err.contains(&format!("dhub db fork-status --host {} --api v2", emulator.url())),
        "{other:?} {fork:?}"
    );
    let sandbox = sandbox.with("DOLTHUB_API", "v1alpha1");
    assert_eq!((used(&sandbox, ""), used(&sandbox, "--api v2")), ("v1alpha1", "v2"));
    let broken = sandbox.with("DOLTHUB_API", "v9").run("db view a/b").exits(2);
    assert!(broken.err.contains("DOLTHUB_API"), "{broken:?}");
}

#[test]
fn auth_says_which_versions_take_the_token() {
    let apis = |options: Options, args: &str, code| {
        let (sandbox, _emulator) = Sandbox::emulated(options);
        let run = sandbox.run(&format!("auth status --json {args}")).exits(code);
        (run.document()["apis"].clone(), run.document()["works"].clone(), run.err)
    };
    let both = Options::default();
    assert_eq!(apis(both.clone(), "", 0).0, json!(["v1alpha1", "v2"]));
    let old = Options { v2: false, ..both.clone() };
    assert_eq!(apis(old.clone(), "", 0).0, json!(["v1alpha1"]));
    let (versions, works, err) = apis(Options { v2_refuses_token: true, ..both.clone() }, "--api v2", 4);
    assert_eq!((versions, works), (json!(["v1alpha1"]), json!(false)));
    assert!(err.contains("--api v1alpha1"), "{err}");
    let new = Options { v1alpha1_gone: Some(Gone::Gone), ..both };
    let (versions, _, err) = apis(new, "", 1);
    assert_eq!(versions, json!(["v2"]));
    assert!(err.contains("--api v2"), "{err}");
}

#[test]
fn login_says_that_the_host_speaks_the_other_version_too() {
    let (sandbox, emulator) = Sandbox::emulated(Options::default());
    let login = sandbox.run_with_stdin("auth login", crate::support::TOKEN).exits(4);
    assert!(login.err.contains("not stored"), "{login:?}");
    let login = sandbox.run_with_stdin("auth login", dhub::emulator::TOKEN).exits(0);
    assert!(login.err.contains("speaks API v2, too; to use it: dhub config set api v2"), "{login:?}");
    drop(emulator);
}

#[test]
fn a_version_that_is_gone_is_told_with_the_other_one() {
    for gone in [Gone::NotFound, Gone::Gone] {
        let (sandbox, _emulator) = Sandbox::emulated(Options { v1alpha1_gone: Some(gone), ..network(1) });
        for args in
            [format!("db forks {MUSEUM}"), "db create x --private".to_owned(), format!("db fork {MUSEUM}")]
        {
            let run = sandbox.run(&args);
            assert!(run.code != Some(0) && run.err.contains("--api v2"), "{args}: {run:?}");
        }
        sandbox.run(&format!("db forks {MUSEUM} --api v2")).exits(0);
    }
    let (sandbox, _emulator) = Sandbox::emulated(Options { v2: false, ..network(1) });
    let run = sandbox.run(&format!("db forks {MUSEUM} --api v2")).exits(1);
    assert!(run.err.contains("--api v1alpha1"), "{run:?}");
}

#[test]
fn a_token_that_v2_refuses_gets_a_hint_at_the_other_version() {
    let (sandbox, _emulator) = emulated(Options { v2_refuses_token: true, ..network(1) });
    let run = sandbox.run(&format!("db fork {MUSEUM}")).exits(4);
    assert!(run.err.contains("API v1alpha1") && run.err.contains("dhub auth status"), "{run:?}");
}

/// A service whose fork `me/b` of `a/b` is done at once, and has a branch from so many looks on.
#[cfg(unix)]
fn with_branch(parent_has_one: bool, after: usize) -> (Sandbox, Server) {
    use crate::support::dolt::{with_dolt, write_remote};
    let looks = std::sync::atomic::AtomicUsize::new(0);
    let (sandbox, server) = service(move |request, _| {
        let branches = |is_there: bool| {
            let data = if is_there { json!([{"name": "main", "head_commit_sha": "x"}]) } else { json!([]) };
            Reply::Json(200, json!({"data": data}).to_string())
        };
        let target = request.target.trim_start_matches("/api/v2/");
        match target {
            "databases/a/b/forks" => accepted(),
            "databases/a/b/branches" => branches(parent_has_one),
            "databases/me/b/branches" => {
                branches(looks.fetch_add(1, std::sync::atomic::Ordering::SeqCst) >= after)
            }
            "user" => Reply::Json(200, r#"{"data":{"username":"me"}}"#.to_owned()),
            _ => Reply::Json(
                200,
                r#"{"data":{"status":"succeeded","result":{"database":{"owner":"me","name":"b"}}}}"#
                    .to_owned(),
            ),
        }
    });
    let sandbox = with_dolt(sandbox);
    write_remote(&sandbox, server.url());
    (sandbox, server)
}

#[cfg(unix)]
#[test]
fn a_clone_waits_for_the_forks_branch_unless_its_parent_has_none() {
    use crate::support::dolt::calls;
    for (parent_has_one, after, timeout, code, clones) in
        [(true, 2, "30s", 0, 1), (true, 99, "400ms", 8, 0), (false, 99, "30s", 0, 1)]
    {
        let (sandbox, _server) = with_branch(parent_has_one, after);
        let run = sandbox.run(&format!("db fork a/b --owner me --clone --timeout {timeout}")).exits(code);
        let cloned = calls(&sandbox).iter().filter(|call| call.contains("[clone]")).count();
        assert_eq!(cloned, clones, "{run:?}");
        assert_eq!(run.err.contains("a/b has no branch"), !parent_has_one, "{run:?}");
        assert_eq!(run.err.contains("once it has a branch, clone it with: dolt clone"), code == 8, "{run:?}");
    }
}
