//! What a service may send without end, and lists without end: the screen and the memory stay small.

use serde_json::json;

use crate::support::responses::not_found;
use crate::support::{Reply, Sandbox, Server, side_by_side};

const LONG: usize = 300_000;

/// No line of stderr fills a screen.
#[track_caller]
fn assert_small(err: &str, what: &str) {
    let longest = err.lines().map(|line| line.chars().count()).max().unwrap_or_default();
    assert!(longest < 1_300, "{what}: {longest} characters");
    assert!(err.lines().count() < 20, "{what}: {} lines", err.lines().count());
}

#[test]
fn what_a_service_says_takes_a_few_lines_of_the_screen() {
    let long = "x".repeat(LONG);
    let success = |more: serde_json::Value| {
        let mut response = json!({"status": "Success"});
        response.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        Reply::Json(200, response.to_string())
    };
    let operation = "operations/1";
    let cases = [
        ("a refusal", "db create taylor/x --public", Reply::refusal(400, &long)),
        ("a redirect", "db forks taylor/x", {
            let location = format!("location: https://{long}\r\n");
            Reply::Full(302, location, "text/html", String::new())
        }),
        ("a page", "db forks taylor/x", Reply::html(400, &format!("<title>{long}</title>"))),
        ("a visibility", "db create taylor/x --public", success(json!({"visibility": long}))),
        (
            "a fork's owner",
            "db fork taylor/x --owner taylor",
            success(json!({"operation_name": operation, "forked_owner": long})),
        ),
        ("a failed fork", "db fork-status operations/1", {
            success(json!({"done": true, "status": "Error", "message": long}))
        }),
        ("another database", "db forks --tree taylor/x", {
            success(json!({"database_owner": long, "database_name": "x", "forks": []}))
        }),
    ];
    let both = cases.into_iter().flat_map(|case| [(case.clone(), ""), (case, " -v")]);
    side_by_side(both, |((what, args, reply), verbose)| {
        let server = Server::always(reply);
        let run = Sandbox::at(server.url()).run(&format!("{args}{verbose}"));
        assert_small(&run.err, what);
        assert!(what != "a fork's owner" || run.err.contains(&format!("{operation}\n")), "{run:?}");
    });
}

#[test]
fn names_of_a_network_take_a_few_lines_of_the_screen_however_long_and_many() {
    let name = "n".repeat(20_000);
    let server = Server::start(move |request, _| {
        if !request.target.contains("/taylor/x/forks") {
            return not_found();
        }
        let fork = |owner: usize| json!({"database_owner": owner.to_string(), "database_name": name});
        // Each is listed twice, and the service names another root each time.
        let forks: Vec<_> = (0..15).chain(0..15).map(fork).collect();
        Reply::Json(200, json!({"status": "Success", "forks": forks, "fork_network_count": 15}).to_string())
    });
    let run = Sandbox::at(server.url()).run("db forks --tree taylor/x -v");
    let notes: Vec<&str> = run.err.lines().filter(|line| line.starts_with("note: ")).collect();
    assert!((11..14).contains(&notes.len()), "{notes:?}");
    assert!(run.err.lines().all(|line| line.chars().count() < 600), "{run:?}");
}

#[test]
fn repeated_members_by_the_thousand_are_a_few_notes() {
    let server = Server::start(|_, _| {
        let forks: Vec<_> = (0..40_000)
            .map(|n| json!({"database_owner": (n % 12).to_string(), "database_name": "x"}))
            .collect();
        Reply::Json(200, json!({"status": "Success", "forks": forks}).to_string())
    });
    let run = Sandbox::at(server.url()).run("db forks --tree taylor/x").exits(0);
    assert!(run.err.contains("note: 0/x is listed twice\n"), "{run:?}");
    assert!(run.err.ends_with("note: and more like these\n"), "{run:?}");
    assert_eq!(run.err.lines().count(), 11, "{run:?}");
}

#[test]
fn a_command_beyond_what_a_shell_takes_names_a_file_that_is_its_list() {
    let server = Server::always(Reply::refusal(400, "no"));
    let sandbox = Sandbox::at(server.url());
    let sandbox = {
        let folder = sandbox.home().display().to_string();
        sandbox.with("TMPDIR", &folder)
    };
    let names: Vec<String> = (0..400).map(|number| format!("taylor/{number:0>90}")).collect();
    let run = sandbox.run_with_stdin("db create --public - -j 16", &names.join("\n")).exits(1);
    let (_, again) = run.err.split_once("note: to retry the failed ones: ").unwrap();
    let path = again.trim_end().strip_prefix("dhub db create --public - < ").unwrap();
    let listed = std::fs::read_to_string(path).unwrap();
    assert_eq!(listed.lines().collect::<Vec<_>>(), names);

    // Where there is no place for a file.
    let sandbox = sandbox.with("TMPDIR", "/nonexistent");
    let run = sandbox.run_with_stdin("db create --public - -j 16", &names.join("\n")).exits(1);
    assert!(run.err.ends_with("dhub db create --public -, with the same list\n"), "{}", run.err.len());
}
