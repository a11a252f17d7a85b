//! The workflow that users copy: its own commands, against the emulator.

use std::fs;

use serde_json::Value;

use super::yaml;
use crate::support::dolt::with_dolt;
use crate::support::{Run, Sandbox};

const EXAMPLE: &str = "examples/github-workflow.yml";
/// What GitHub runs a step with where `shell: bash` is set.
const BASH: &str = "bash --noprofile --norc -eo pipefail -c";

fn steps(workflow: &Value) -> &Vec<Value> {
    workflow["jobs"]["fork"]["steps"].as_array().unwrap()
}

/// The steps that run commands of dhub's or of what it made, in their order.
fn commands(workflow: &Value) -> Vec<String> {
    let runs = steps(workflow).iter().filter(|step| step["name"] != "Install dolt");
    runs.filter_map(|step| step["run"].as_str()).map(str::to_owned).collect()
}

/// Runs the job so many times, each in an empty folder, on one emulator.
fn run(sandbox: &Sandbox, workflow: &Value, times: usize) -> Run {
    let job: Vec<String> = commands(workflow).iter().map(|step| format!("{BASH} {}", quoted(step))).collect();
    let remote = r#"printf '[hosts."%s"]\nremote = "https://remote.example"\n' "${DOLTHUB_HOST#http://}" > "$DHUB_CONFIG""#;
    let folder = |time| format!("mkdir job{time} && cd job{time} && {} && cd ..", job.join(" && "));
    let script =
        [remote.to_owned()].into_iter().chain((1..=times).map(folder)).collect::<Vec<_>>().join(" && ");
    sandbox.run_all(["emulator", "exec", "--fork-delay", "100ms", "--", "sh", "-c", &script])
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// A sandbox with what the job has in its environment.
fn runner(workflow: &Value) -> Sandbox {
    let environment = workflow["env"].as_object().unwrap();
    environment
        .iter()
        .fold(with_dolt(Sandbox::new()), |sandbox, (name, value)| sandbox.with(name, value.as_str().unwrap()))
}

#[test]
fn the_example_workflow_makes_database_fork_and_clone_and_may_run_again() {
    let workflow = yaml(EXAMPLE);
    let sandbox = runner(&workflow);
    let run = run(&sandbox, &workflow, 2).exits(0);
    let made: Vec<&str> = run.out.lines().map(|line| line.split('\t').next().unwrap()).collect();
    assert_eq!(
        made.iter().filter(|line| !line.starts_with("dolt ")).copied().collect::<Vec<_>>(),
        ["dolthub/nightly", "anotherOrg/nightly", "dolthub/nightly", "anotherOrg/nightly"],
        "{run:?}"
    );
    for job in ["job1", "job2"] {
        assert!(sandbox.home().join(job).join("fork/.dolt").exists(), "{run:?}");
    }
    let calls = fs::read_to_string(sandbox.home().join("dolt-calls")).unwrap();
    assert!(calls.contains("[clone] [https://remote.example/anotherOrg/nightly] [fork]"), "{calls}");
    assert!(calls.contains("/job1/fork: [log] [-n] [1]"), "{calls}");
}

#[test]
fn the_example_workflow_fails_where_a_step_of_it_fails() {
    let mut workflow = yaml(EXAMPLE);
    workflow["env"]["FORK_OWNER"] = "somebodyElse".into();
    let run = run(&runner(&workflow), &workflow, 1).exits(4);
    assert!(run.err.contains("error: cannot fork dolthub/nightly to somebodyElse"), "{run:?}");
}

#[test]
fn the_example_workflow_takes_the_action_of_this_version_and_gives_the_token_to_dhub_alone() {
    let workflow = yaml(EXAMPLE);
    let uses: Vec<&str> = steps(&workflow).iter().filter_map(|step| step["uses"].as_str()).collect();
    let action = concat!("OWNER/dhub/.github/actions/setup-dhub@v", env!("CARGO_PKG_VERSION"));
    assert_eq!(uses, [action]);
    assert_eq!(workflow["defaults"]["run"]["shell"], "bash");
    assert!(!workflow["env"].as_object().unwrap().contains_key("DOLTHUB_TOKEN"));
    for step in steps(&workflow) {
        let has_token = step["env"]["DOLTHUB_TOKEN"] == "${{ secrets.DOLTHUB_TOKEN }}";
        let is_dhub = step["run"].as_str().is_some_and(|run| run.starts_with("dhub "));
        assert_eq!(has_token, is_dhub, "{step}");
    }
}
