//! Fish.

use super::{account, check, install};
use crate::support::Sandbox;
use crate::support::terminal::Terminal;

/// Prints what is offered for each argument, and an empty line behind it.
const ASK: &str = "for line in $argv; complete -C $line; echo; end";

#[test]
#[ignore = "needs bash, zsh, fish and bash-completion: .ci/completions"]
fn a_new_fish_completes() {
    let sandbox = account();
    install(&sandbox, "fish");
    let mut terminal = Terminal::program(&sandbox, (24, 200), &["fish", "-i"]);
    terminal.wait_until(|screen| screen.ends_with(['>', '#']));
    terminal.types("dhub db fork-s\t");
    terminal.wait_for("dhub db fork-status");
    check("fish", |lines| offered(&sandbox, lines));
}

fn offered(sandbox: &Sandbox, lines: &[String]) -> Vec<Vec<String>> {
    let output = std::process::Command::new("fish")
        .args(["-c", ASK])
        .args(lines)
        .env_clear()
        .envs(sandbox.environment())
        .current_dir(sandbox.home().join("here"))
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let mut offered = vec![Vec::new()];
    for line in text.lines() {
        match line.split('\t').next() {
            None | Some("") => offered.push(Vec::new()),
            Some(word) => offered.last_mut().expect("there is one").push(word.to_owned()),
        }
    }
    offered.pop();
    offered
}
