//! `dhub help exit-codes`, `environment`, `output` and `config`: what they say is so, and the README says the same.

use std::collections::BTreeSet;
use std::path::Path;

use clap::ValueEnum;
use dhub::cli::Format;
use dhub::emulator::Options;
use dhub::topics::markdown::{Block, blocks, spans};
use dhub::topics::{self, TOPICS};
use serde_json::Value;

use crate::support::terminal::Terminal;
use crate::support::{Run, Sandbox};

const README: &str = include_str!("../../README.md");

fn help(args: &str) -> Run {
    Sandbox::new().run(&format!("help {args}"))
}

/// The rows of a topic's table whose last column has this header.
fn rows(topic: &str, last: &str) -> Vec<Vec<&'static str>> {
    let blocks = blocks(topics::find(topic).unwrap().markdown);
    let mut tables = blocks.into_iter().filter_map(|block| match block {
        Block::Table { header, rows } if header.last() == Some(&last) => Some(rows),
        _ => None,
    });
    tables.next().unwrap()
}

/// What is code in a cell.
fn code(cell: &str) -> BTreeSet<String> {
    spans(cell).filter(|(_, is_code)| *is_code).map(|(piece, _)| piece.to_owned()).collect()
}

fn keys(document: &Value) -> BTreeSet<String> {
    document.as_object().unwrap().keys().cloned().collect()
}

#[test]
fn a_topic_is_plain_text_of_at_most_80_columns_in_a_pipe() {
    for topic in &TOPICS {
        let run = help(topic.name).exits(0);
        assert!(run.err.is_empty() && !run.out.contains('\x1b'), "{run:?}");
        assert!(run.out.lines().count() > 10, "{run:?}");
        assert!(run.out.lines().all(|line| line.chars().count() <= 80), "{run:?}");
        assert_eq!(help(&format!("{} --json", topic.name)).exits(0).out, run.out);
        assert_eq!(Sandbox::new().run(&format!("-q help {}", topic.name)).exits(0).out, run.out);
    }
    assert!(help("exit-codes").out.contains("\n3          not_found "), "{:?}", help("exit-codes"));
}

#[test]
fn a_topic_is_as_wide_as_its_terminal() {
    for columns in [60, 80, 120] {
        for topic in &TOPICS {
            let args = format!("help {}", topic.name);
            let session = Terminal::dhub(&Sandbox::new(), (200, columns), &args).finish().exits(0);
            let widest = session.screen.lines().map(|line| line.chars().count()).max().unwrap();
            let expected = usize::from(columns).min(100);
            assert!(widest <= expected && widest > expected - 12, "{} at {columns}: {widest}", topic.name);
        }
    }
}

#[test]
fn help_lists_the_topics() {
    for args in ["help", "--help", "-h"] {
        let out = Sandbox::new().run(args).exits(0).out;
        let (_, listed) = out.split_once("Help topics:").unwrap();
        assert!(TOPICS.iter().all(|topic| listed.contains(topic.name)), "{args}: {out}");
    }
}

#[test]
fn config_is_a_topic_and_a_command() {
    let sandbox = Sandbox::new();
    let topic = help("config").exits(0).out;
    assert!(topic.contains("token_command") && topic.ends_with("`dhub config --help`\n"), "{topic}");
    let command = sandbox.run("config --help").exits(0).out;
    assert!(command.contains("Usage: dhub config"), "{command}");
    assert_eq!(sandbox.run("config help").exits(0).out, command);
    assert_eq!(help("config set").exits(0).out, sandbox.run("config set --help").exits(0).out);
}

#[test]
fn a_topic_that_cannot_be_written_is_an_error_and_a_closed_pipe_is_none() {
    let sandbox = Sandbox::new();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    assert_eq!(sandbox.command(["help", "output"]).stdout(writer).status().unwrap().code(), Some(0));
    #[cfg(target_os = "linux")]
    {
        let full = std::fs::File::create("/dev/full").unwrap();
        assert_eq!(sandbox.command(["help", "output"]).stdout(full).status().unwrap().code(), Some(1));
    }
}

#[test]
fn the_readme_has_each_topic_as_it_is() {
    for topic in &TOPICS {
        let section = format!("# {}\n\n{}", topic.heading, topic.markdown);
        assert!(
            README.contains(&section),
            "README.md should have src/topics/{1}.md as it is, right under the heading {0}",
            topic.heading,
            topic.name
        );
    }
}

#[test]
fn every_variable_that_is_read_is_a_row_of_environment() {
    let named: BTreeSet<String> =
        rows("environment", "meaning").iter().flat_map(|row| code(row[0])).collect();
    let mut read = BTreeSet::new();
    sources(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &mut |source| {
        read.extend(variables(source))
    });
    assert!(read.len() > 15, "{read:?}");
    let missing: Vec<_> = read.difference(&named).collect();
    assert!(missing.is_empty(), "src/topics/environment.md has no {missing:?}");
}

fn sources(folder: &Path, each: &mut impl FnMut(&str)) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, each);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            each(&std::fs::read_to_string(path).unwrap());
        }
    }
}

/// The texts in a source that are variables: of dhub's kind, or read there.
fn variables(source: &str) -> impl Iterator<Item = String> {
    let pieces: Vec<&str> = source.split('"').collect();
    let found: Vec<String> = pieces
        .windows(2)
        .filter(|pair| {
            let name = pair[1];
            let is_ours = ["DOLTHUB_", "DHUB_", "DH_"].iter().any(|start| name.starts_with(start));
            let is_read = ["get(", "get_os(", "var_os(", "var(", "variable("]
                .iter()
                .any(|read| pair[0].ends_with(read));
            let is_name = |c: char| c.is_ascii_uppercase() || c == '_';
            (is_ours || is_read) && name.len() > 1 && name.chars().all(is_name) && !name.ends_with('_')
        })
        // One that only says why the proxy's is not read.
        .map(|pair| pair[1].to_owned())
        .filter(|name| name != "REQUEST_METHOD")
        .collect();
    found.into_iter()
}

#[test]
fn the_keys_of_the_config_file_are_the_rows_of_config() {
    let named: BTreeSet<String> =
        rows("config", "overridden by").iter().flat_map(|row| code(row[0])).collect();
    let listed = Sandbox::new().run("config list -o names").exits(0).out;
    assert_eq!(named, listed.lines().map(str::to_owned).collect());
}

#[test]
fn the_formats_are_the_rows_of_output() {
    let named: BTreeSet<String> = rows("output", "results").iter().flat_map(|row| code(row[0])).collect();
    let all = Format::value_variants().iter().filter_map(Format::to_possible_value);
    assert_eq!(named, all.map(|value| value.get_name().to_owned()).collect());
}

#[test]
fn the_keys_of_each_document_are_the_row_of_its_command_in_output() {
    let (sandbox, _emulator) = Sandbox::emulated(Options {
        network: 1,
        fork_delay: std::time::Duration::from_millis(1),
        ..Options::default()
    });
    let museum = "dolthub/museum-collections";
    for (command, args) in [
        ("db create", "db create a --public".to_owned()),
        ("db fork", "db fork taylor/a --owner dolthub".to_owned()),
        ("db fork-status", "db fork-status --wait".to_owned()),
        ("db forks", format!("db forks {museum}")),
        ("db forks --tree", format!("db forks {museum} --tree")),
        ("db view", format!("db view {museum}")),
        ("auth status", "auth status".to_owned()),
        ("auth token", "auth token".to_owned()),
        ("auth login", "auth login".to_owned()),
        ("auth logout", "auth logout".to_owned()),
        ("config list", "config list".to_owned()),
        ("config set", "config set visibility private".to_owned()),
        ("config get", "config get host".to_owned()),
        ("config unset", "config unset visibility".to_owned()),
        ("config path", "config path".to_owned()),
    ] {
        let run = sandbox.run_with_stdin(&format!("{args} --json"), dhub::emulator::TOKEN).exits(0);
        let document: Value = serde_json::from_str(run.out.lines().next().unwrap()).unwrap();
        let rows = rows("output", "keys");
        let row =
            rows.iter().find(|row| code(row[0]).contains(command)).unwrap_or_else(|| panic!("{command}"));
        assert_eq!(keys(&document), code(row[1]), "{command}");
    }
    let error = sandbox.run("db forks nothing --json").exits(2).error();
    let row = rows("output", "keys").into_iter().find(|row| row[0].starts_with("an error")).unwrap();
    let named: BTreeSet<String> = code(row[1]).into_iter().filter(|key| key != "error").collect();
    assert_eq!(keys(&error), named);
}
