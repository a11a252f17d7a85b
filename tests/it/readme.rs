//! Every command in the README works, and what it promises of JSON and exit codes is so.

use std::collections::BTreeSet;

use dhub::config::Config;
use dhub::error::Kind;
use dhub::names::Host;
use serde_json::Value;

use crate::support::Sandbox;

const README: &str = include_str!("../../README.md");
const CI: &str = include_str!("../../.ci/run");

/// The fenced blocks of one language.
fn blocks(language: &str) -> Vec<&'static str> {
    let opening = format!("```{language}\n");
    README.split(&opening).skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
}

/// Every command in the order of the README, but for those of cargo, which CI runs.
fn commands() -> String {
    let shell = blocks("sh").into_iter().filter(|block| !block.starts_with("cargo ")).map(str::to_owned);
    let jobs = blocks("yaml").into_iter().flat_map(|block| {
        block.lines().filter_map(|line| line.trim().strip_prefix("- run: ")).map(|line| format!("{line}\n"))
    });
    shell
        .chain(jobs)
        .collect::<String>()
        .replace("dhub auth login", "printf '%s\\n' \"$DOLTHUB_TOKEN\" | dhub auth login")
        .replace("https://doltlab.example.com", "\"$DOLTHUB_HOST\"")
}

fn keys(document: &Value) -> BTreeSet<String> {
    document.as_object().unwrap().keys().cloned().collect()
}

#[test]
fn every_command_of_the_readme_works_on_the_emulator() {
    let sandbox = Sandbox::new();
    let script = format!("set -eu\n{}", commands());
    let run =
        sandbox.run_all(["emulator", "exec", "--fork-delay", "100ms", "--", "sh", "-c", &script]).exits(0);
    assert_eq!(run.err.matches("error:").count(), 0, "{run:?}");

    let printed: Vec<BTreeSet<String>> = run
        .out
        .lines()
        .filter(|line| line.starts_with('{'))
        .map(|line| keys(&serde_json::from_str(line).unwrap()))
        .collect();
    let promised: Vec<BTreeSet<String>> =
        blocks("json")[0].lines().map(|line| keys(&serde_json::from_str(line).unwrap())).collect();
    assert_eq!(printed, promised);
}

#[test]
fn the_cargo_commands_of_the_readme_are_run_by_ci() {
    let commands: Vec<&str> = blocks("sh").into_iter().filter(|block| block.starts_with("cargo ")).collect();
    assert_eq!(commands.len(), 3);
    for command in commands {
        assert!(CI.contains(command.trim()), "{command}");
    }
}

#[test]
fn the_counts_of_the_fault_suite_are_those_of_the_readme() {
    let counts = crate::faults::counts();
    let readme = README.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(readme.contains(&counts), "the README should say: {counts}");
}

#[test]
fn an_error_has_the_keys_that_the_readme_shows() {
    let shown: Value = serde_json::from_str(blocks("json")[1].trim()).unwrap();
    let error = Sandbox::new().run("db forks nothing --json").exits(2).error();
    assert_eq!(keys(&error), keys(&shown["error"]));
}

#[test]
fn the_exit_codes_are_those_of_the_readme() {
    use Kind::*;
    for kind in [
        Api,
        OperationFailed,
        Config,
        Io,
        Usage,
        NotFound,
        Auth,
        AlreadyExists,
        Network,
        Unknown,
        Pending,
        Interrupted,
    ] {
        let named = format!("`{}`", kind.name());
        let row = README
            .lines()
            .map(|line| line.split(" | ").collect::<Vec<_>>())
            .find(|row| row.len() == 3 && row[1].contains(&named))
            .unwrap_or_else(|| panic!("{named} is not in the table"));
        let codes = row[0].trim_start_matches("| ");
        assert!(codes.split(',').any(|code| code.trim() == kind.exit_code().to_string()), "{row:?}");
    }
}

#[test]
fn the_config_files_of_the_readme_can_be_read() {
    let sandbox = Sandbox::new();
    let [first, second] = blocks("toml")[..] else { panic!("there are two examples") };

    sandbox.write_config(first);
    let config = Config::load(sandbox.config_path(), true).unwrap();
    let entry = config.entry(&config.host().unwrap().unwrap()).unwrap();
    assert_eq!(entry.token_command.unwrap(), ["pass", "show", "dolthub"]);
    assert_eq!(entry.owner.as_deref(), Some("dolthub"));

    sandbox.write_config(second);
    let config = Config::load(sandbox.config_path(), true).unwrap();
    assert!(config.entry(&config.host().unwrap().unwrap()).unwrap().allow_http);
    let secure = Host::parse("secure.example.com").unwrap();
    assert!(config.entry(&secure).unwrap().ca_file.is_some());
}
