//! Every command in the README works, and what it promises of JSON and exit codes is so.

mod links;
mod reference;
#[cfg(unix)]
mod troubleshooting;

use std::collections::BTreeSet;

use dhub::config::Config;
use dhub::error::Kind;
use dhub::names::Host;
use dhub::topics::markdown::{self, Block, spans};
use serde_json::Value;

use crate::support::Sandbox;

const README: &str = include_str!("../../README.md");
const CONTRIBUTING: &str = include_str!("../../CONTRIBUTING.md");
const CI: &str = include_str!("../../.ci/run");

/// The fenced blocks of one language.
fn blocks(language: &str) -> Vec<&'static str> {
    let opening = format!("```{language}\n");
    README.split(&opening).skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
}

/// Everything that is run, in the order of the README, with the shell that it is for. CI runs the commands of cargo.
fn scripts() -> Vec<(&'static str, String)> {
    let fences = README.split("\n```").skip(1).step_by(2).filter_map(|fence| fence.split_once('\n'));
    fences
        .filter_map(|(language, block)| match language {
            "sh" if !block.starts_with("cargo ") => Some(("sh", block.to_owned())),
            "bash" => Some(("bash", block.to_owned())),
            "yaml" => {
                let runs = block.lines().filter_map(|line| line.trim().strip_prefix("- run: "));
                Some(("sh", runs.collect::<Vec<_>>().join("\n")))
            }
            _ => None,
        })
        .collect()
}

/// The rows of the tables right below a heading, each table for itself.
fn tables(heading: &str) -> Vec<Vec<Vec<&'static str>>> {
    let is_heading = |block: &Block| matches!(block, Block::Paragraph(line) if line.starts_with('#'));
    let mut blocks = markdown::blocks(README).into_iter().skip_while(
        |block| !matches!(block, Block::Paragraph(line) if line.trim_start_matches('#').trim() == heading),
    );
    assert!(blocks.next().is_some(), "there is no heading {heading}");
    blocks
        .take_while(|block| !is_heading(block))
        .filter_map(|block| match block {
            Block::Table { rows, .. } => Some(rows),
            _ => None,
        })
        .collect()
}

/// What is code in a cell.
fn code(cell: &str) -> impl Iterator<Item = &str> {
    spans(cell).filter(|(_, is_code)| *is_code).map(|(piece, _)| piece)
}

fn keys(document: &Value) -> BTreeSet<String> {
    document.as_object().unwrap().keys().cloned().collect()
}

#[cfg(unix)]
#[test]
fn every_command_of_the_readme_works_on_the_emulator() {
    run_all("v1alpha1");
}

#[cfg(unix)]
#[test]
fn every_command_of_the_readme_works_on_the_emulator_under_v2() {
    run_all("v2");
}

#[cfg(unix)]
fn run_all(api: &str) {
    let sandbox = crate::support::dolt::with_dolt(Sandbox::new());
    std::fs::write(sandbox.home().join("class.txt"), "# the class\nanna\nben\n").unwrap();
    let remote = r#"printf '[hosts."%s"]\nremote = "https://remote.example"\n' "${DOLTHUB_HOST#http://}" > "$DHUB_CONFIG""#;
    let museum = "dhub db create dolthub/museum-collections --public";
    let run_each = r#"while test $# -gt 0; do "$1" -eu -c "$2" || exit; shift 2; done"#;
    let mut arguments: Vec<String> =
        "emulator exec --fork-delay 100ms --org dolthub --org anotherOrg --org anna --org ben --api"
            .split(' ')
            .chain([api, "--", "sh", "-c"])
            .chain([run_each, "sh", "sh", remote, "sh", museum])
            .map(str::to_owned)
            .collect();
    for (shell, script) in scripts() {
        let script = script
            .replace("dhub auth login", "printf '%s\\n' \"$DOLTHUB_TOKEN\" | dhub auth login")
            .replace("https://doltlab.example.com", "\"$DOLTHUB_HOST\"");
        // The requests of a version are its own.
        let script = if api == "v2" { v2_requests(&script) } else { script };
        arguments.extend([shell.to_owned(), script]);
    }
    let run = sandbox.run_all(&arguments).exits(0);
    assert_eq!(run.err.matches("error:").count(), 0, "{run:?}");
    assert!(sandbox.home().join("museums/.dolt").exists(), "{run:?}");
    let forks = std::fs::read_to_string(sandbox.home().join("forks.txt")).unwrap();
    assert_eq!(forks.lines().count(), 2, "{forks}");

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

/// The same requests of `dhub api` under v2.
#[cfg(unix)]
fn v2_requests(script: &str) -> String {
    script
        .replace(
            "dhub api dolthub/museum-collections/forks",
            "dhub api databases/dolthub/museum-collections/forks",
        )
        .replace(
            "dhub api database -f ownerName=taylor -f repoName=",
            "dhub api databases -f owner=taylor -f name=",
        )
}

/// The commands of a script, each with the lines that go on with it.
fn commands(script: &str) -> Vec<String> {
    let mut commands: Vec<String> = Vec::new();
    for line in script.lines() {
        match commands.last_mut() {
            Some(last) if last.trim_end().ends_with("&&") => *last += &format!("\n{line}"),
            _ => commands.push(line.to_owned()),
        }
    }
    commands
}

/// Checks that a recipe fails when its first dhub fails, its second, and so on, although each writes a row.
#[cfg(unix)]
fn fails_when_dhub_fails(shell: &str, recipe: &str) {
    use std::os::unix::fs::PermissionsExt;

    for failing in 1..=recipe.matches("dhub ").count() {
        let sandbox = Sandbox::new();
        let stub = sandbox.home().join("dhub");
        std::fs::write(
            &stub,
            "#!/bin/sh\necho >>calls\nprintf 'a/b\\tc\\n'\ntest \"$(wc -l <calls)\" -ne \"$FAILING\"\n",
        )
        .unwrap();
        std::fs::set_permissions(&stub, std::fs::Permissions::from_mode(0o755)).unwrap();
        for list in ["names.txt", "class.txt"] {
            std::fs::write(sandbox.home().join(list), "a\n").unwrap();
        }
        let path = format!("{}:{}", sandbox.home().display(), std::env::var("PATH").unwrap());
        let output = std::process::Command::new(shell)
            .args(["-c", recipe])
            .env_clear()
            .envs(sandbox.environment())
            .envs([("PATH", &*path), ("FAILING", &failing.to_string())])
            .current_dir(sandbox.home())
            .stdin(std::process::Stdio::null())
            .output()
            .unwrap();
        let calls = std::fs::read(sandbox.home().join("calls")).unwrap_or_default().len();
        let failed = !output.status.success() || calls < failing;
        assert!(failed, "it succeeds although the dhub number {failing} in it fails: {recipe}");
    }
}

#[cfg(unix)]
#[test]
fn every_recipe_of_the_readme_fails_when_dhub_fails() {
    for (shell, script) in scripts() {
        match shell {
            "bash" => fails_when_dhub_fails(shell, &script),
            _ => commands(&script).iter().for_each(|recipe| fails_when_dhub_fails(shell, recipe)),
        }
        // Under `set -e`, too, which looks at the last command of a list only.
        fails_when_dhub_fails(shell, &format!("set -e\n{script}"));
    }
}

#[cfg(unix)]
#[test]
fn every_example_of_a_help_text_fails_when_dhub_fails() {
    for command in [
        "db create",
        "db fork",
        "db fork-status",
        "db forks",
        "db view",
        "auth login",
        "auth status",
        "auth logout",
        "auth token",
        "config list",
        "config get",
        "config set",
        "config unset",
        "config path",
        "api",
        "emulator start",
        "emulator exec",
        "completions",
        "man",
        "version",
    ] {
        let help = Sandbox::new().run(&format!("{command} --help")).exits(0).out;
        let (_, examples) = help.split_once("\nExamples:\n").unwrap();
        let examples = examples.lines().take_while(|line| line.starts_with("  ")).map(str::trim);
        let examples: Vec<&str> = examples.map(|line| line.split("   ").next().unwrap()).collect();
        let recipes = commands(&examples.join("\n"));
        assert!(recipes.iter().any(|recipe| recipe.contains(&format!("dhub {command}"))), "{recipes:?}");
        recipes.iter().for_each(|recipe| fails_when_dhub_fails("sh", recipe));
    }
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
fn the_counts_of_the_fault_suite_are_those_of_contributing() {
    let counts = crate::faults::counts();
    let contributing = CONTRIBUTING.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(contributing.contains(&counts), "CONTRIBUTING.md should say: {counts}");
}

#[test]
fn the_headers_are_the_columns_that_the_readme_names() {
    let (sandbox, _emulator) = Sandbox::emulated(dhub::emulator::Options {
        network: 1,
        fork_delay: std::time::Duration::from_millis(1),
        ..Default::default()
    });
    let museum = "dolthub/museum-collections";
    for (command, args) in [
        ("db create", "db create a --public".to_owned()),
        ("db fork", "db fork taylor/a --owner dolthub".to_owned()),
        ("db fork --wait", "db fork taylor/a --owner anotherOrg --wait".to_owned()),
        ("db fork-status", "db fork-status --wait".to_owned()),
        ("db forks", format!("db forks {museum}")),
        ("db forks --tree", format!("db forks {museum} --tree")),
        ("db view", format!("db view {museum}")),
        ("auth login", "auth login".to_owned()),
        ("auth status", "auth status".to_owned()),
        ("auth token", "auth token".to_owned()),
        ("auth logout", "auth logout".to_owned()),
        ("config list", "config list".to_owned()),
        ("config get", "config get host".to_owned()),
        ("config set", "config set owner dolthub".to_owned()),
        ("config path", "config path".to_owned()),
    ] {
        let row = tables("Output")[1]
            .iter()
            .find(|row| code(row[0]).any(|named| named == command))
            .unwrap()
            .clone();
        let columns = code(row[1]).collect::<Vec<_>>().join(",");
        let out = sandbox.run_with_stdin(&format!("{args} -o csv"), dhub::emulator::TOKEN).exits(0).out;
        assert_eq!(out.lines().next(), Some(columns.as_str()), "{command}");
    }
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
        Jq,
        Usage,
        NotFound,
        Auth,
        AlreadyExists,
        Network,
        Unknown,
        Pending,
        Clone,
        Interrupted,
    ] {
        let rows = tables("Exit codes").remove(0);
        let row = rows
            .iter()
            .find(|row| code(row[1]).any(|named| named == kind.name()))
            .unwrap_or_else(|| panic!("{} is not in the table", kind.name()));
        assert!(row[0].split(", ").any(|code| code == kind.exit_code().to_string()), "{row:?}");
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
