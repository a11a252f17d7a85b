//! `--output`: the same results in the form that was asked for.

mod dot;
mod graphviz;
mod hostile;

use dhub::emulator::Options;

use crate::support::responses::FORKS;
use crate::support::{Reply, Sandbox, Server};

const MUSEUM: &str = "dolthub/museum-collections";

fn emulated() -> (Sandbox, dhub::emulator::Emulator) {
    Sandbox::emulated(Options {
        network: 3,
        fork_delay: std::time::Duration::from_millis(1),
        ..Options::default()
    })
}

#[test]
fn tsv_json_and_names_are_what_a_pipe_json_and_the_first_column_are() {
    let (sandbox, _emulator) = emulated();
    for command in ["db forks dolthub/museum-collections", "db forks dolthub/museum-collections --tree"] {
        let run = |options: &str| sandbox.run(&format!("{command} {options}")).exits(0).out;
        let rows = run("");
        assert_eq!(run("-o tsv"), rows);
        assert_eq!(run("-o json"), run("--json"));
        let names: String =
            rows.lines().map(|row| format!("{}\n", row.split('\t').next().unwrap())).collect();
        assert_eq!(run("--output=names"), names);
    }
}

#[test]
fn csv_and_md_stand_under_one_header_for_each_command() {
    let (sandbox, emulator) = emulated();
    let page = |name: &str| format!("{}/repositories/{name}", emulator.url());
    let csv = |args: &str| sandbox.run(&format!("{args} -o csv")).exits(0).out;
    let (a, b) = (page("taylor/a"), page("taylor/b"));
    assert_eq!(csv("db create a b --public -j 1"), format!("database,url\ntaylor/a,{a}\ntaylor/b,{b}\n"));
    let forked = csv("db fork taylor/a --owner dolthub");
    let rows: Vec<&str> = forked.lines().collect();
    assert_eq!((rows[0], rows.len()), ("operation,parent,fork", 2));
    assert!(rows[1].starts_with("operations/") && rows[1].ends_with(",taylor/a,dolthub/a"), "{forked}");
    let operation = rows[1].split(',').next().unwrap();
    assert_eq!(
        csv(&format!("db fork-status --wait {operation}")),
        format!("operation,state,database\n{operation},done,dolthub/a\n")
    );
    assert_eq!(
        csv("db fork taylor/b --owner dolthub -w -t 1m"),
        format!("database,url\ndolthub/b,{}\n", page("dolthub/b"))
    );
    assert_eq!(
        csv("db view taylor/a"),
        format!(
            "database,url,clone_url,parent,root,fork_network_count,visibility\ntaylor/a,{a},,,taylor/a,1,\n"
        )
    );
    assert_eq!(csv("db forks dolthub/b"), csv("db forks taylor/b"));
    assert_eq!(
        csv("db forks taylor/b --tree"),
        format!("database,url,depth,parent\ntaylor/b,{b},0,\ndolthub/b,{},1,taylor/b\n", page("dolthub/b"))
    );
    let md = sandbox.run("db forks taylor/b -o md").exits(0).out;
    assert_eq!(md, format!("| database | url |\n| --- | --- |\n| dolthub/b | {} |\n", page("dolthub/b")));
    let status = csv("auth status");
    assert!(status.starts_with("host,user,token_source,works\n"), "{status}");
}

#[test]
fn an_empty_list_is_a_header_alone() {
    let (sandbox, _emulator) = emulated();
    sandbox.run("db create alone --public").exits(0);
    assert_eq!(sandbox.run("db forks taylor/alone -o csv").exits(0).out, "database,url\n");
    assert_eq!(sandbox.run("db forks taylor/alone -o names").exits(0).out, "");
}

#[test]
fn a_failure_leaves_stdout_empty_and_is_json_only_for_json() {
    let (sandbox, _emulator) = emulated();
    for format in ["table", "tsv", "csv", "md", "names"] {
        let run = sandbox.run(&format!("db forks nobody/nothing -o {format}")).exits(3);
        assert_eq!(run.out, "");
        assert!(run.err.starts_with("error: "), "{format}: {run:?}");
    }
    let run = sandbox.run("db forks nobody/nothing -o json").exits(3);
    assert_eq!(run.error()["kind"], "not_found");
}

#[test]
fn a_table_in_a_pipe_is_what_a_terminal_of_80_columns_shows() {
    let (sandbox, _emulator) = emulated();
    let out = sandbox.run(&format!("db forks {MUSEUM} -o table")).exits(0).out;
    assert!(out.starts_with(&format!("{MUSEUM} is not a fork\nits network has 3 forks\n")), "{out}");
    assert!(!out.contains('\u{1b}'));
    let tree = sandbox.run(&format!("db forks {MUSEUM} --tree -o table")).exits(0).out;
    assert!(tree.contains("├─ "), "{tree}");
}

#[test]
fn formats_that_disagree_are_usage_errors_before_any_request() {
    let server = Server::always(Reply::Json(200, FORKS.to_owned()));
    let sandbox = Sandbox::at(server.url());
    for args in [
        format!("db forks {MUSEUM} -o csv -o md"),
        format!("-o csv db forks {MUSEUM} -o md"),
        format!("db forks {MUSEUM} -o csv --json"),
        format!("db forks {MUSEUM} -o json -o names"),
        format!("db forks {MUSEUM} -o dot"),
        format!("db view {MUSEUM} -o dot"),
        format!("db forks {MUSEUM} -o xml"),
        format!("db forks {MUSEUM} -o"),
        format!("db forks {MUSEUM} --depth 2"),
        format!("db forks {MUSEUM} --tree --depth two"),
    ] {
        let run = sandbox.run(&args).exits(2);
        assert_eq!(run.out, "", "{args}");
        assert_eq!(run.err.starts_with("{\"error\":"), args.contains("json"), "{args}: {run:?}");
    }
    assert!(server.requests().is_empty(), "{:?}", server.requests());
    sandbox.run(&format!("-o json db forks {MUSEUM} --json --output=json")).exits(0);
}

#[test]
fn a_tree_is_cut_at_the_depth_that_was_asked_for() {
    let (sandbox, _emulator) = Sandbox::emulated(Options { network: 5, ..Options::default() });
    let rows = |options: &str| {
        let out = sandbox.run(&format!("db forks {MUSEUM} --tree {options}")).exits(0).out;
        out.lines().map(|row| row.split('\t').nth(2).unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(rows(""), ["0", "1", "2", "2", "1", "1"]);
    assert_eq!(rows("--depth 9"), ["0", "1", "2", "2", "1", "1"]);
    assert_eq!(rows("--depth 1"), ["0", "1", "1", "1"]);
    assert_eq!(rows("--depth 0"), ["0"]);
    // The count is that of the whole network.
    let document = sandbox.run(&format!("db forks {MUSEUM} --tree --depth 0 --json")).exits(0).document();
    assert_eq!(document["fork_network_count"], 5);
}

#[test]
fn who_takes_q_for_a_jq_filter_gets_a_hint() {
    let sandbox = Sandbox::new();
    for args in ["db forks a/b -q .forks", "db view a/b -q .parent", "db create x --public -q .name"] {
        let run = sandbox.run(args).exits(2);
        assert!(run.err.contains("hint: -q is --quiet"), "{args}: {run:?}");
    }
    let error = sandbox.run("db forks a/b --json -q .forks").exits(2).error();
    assert!(error["hint"].as_str().unwrap().starts_with("-q is --quiet"), "{error}");
}
