//! The completions in the shells themselves: an account without settings, the commands of the README, and then Tab.
//! `.ci/completions` runs these, and shows each check on a line.

mod bash;
mod fish;
mod zsh;

use std::path::PathBuf;

use clap::ValueHint;

use crate::support::Sandbox;
use crate::support::running::eventually;
use crate::support::terminal::Terminal;

/// What is expected of a line; the same in each shell.
enum Offers {
    /// These and nothing else.
    Only(&'static [&'static str]),
    /// The files and folders that are there.
    Files,
    /// The folders that are there.
    Folders,
    Nothing,
}

use Offers::{Files, Folders, Nothing, Only};

/// A line up to the cursor, and what can follow; the last word of the line is a part of what is offered.
const CHECKS: &[(&str, Offers)] = &[
    ("dhub db fo", Only(&["fork", "forks", "fork-status"])),
    ("dhub comp", Only(&["completions"])),
    ("dhub --json conf", Only(&["config"])),
    ("dhub -o json auth log", Only(&["login", "logout"])),
    ("dhub --color=auto auth log", Only(&["login", "logout"])),
    ("dhub help emul", Only(&["emulator"])),
    ("dhub help db fork-", Only(&["fork-status"])),
    // Options, before and behind names.
    ("dhub db forks --tr", Only(&["--tree"])),
    ("dhub db forks a/b --tr", Only(&["--tree"])),
    ("dhub db fork a/b --owner me --time", Only(&["--timeout"])),
    ("dhub db create --pr", Only(&["--private"])),
    ("dhub db view x -- --we", Nothing),
    // One of a few values.
    ("dhub db forks --color a", Only(&["auto", "always"])),
    ("dhub db forks --color=a", Only(&["auto", "always"])),
    ("dhub --color a", Only(&["auto", "always"])),
    ("dhub --color=n", Only(&["never"])),
    ("dhub db forks a/b -o t", Only(&["table", "tsv"])),
    ("dhub db forks a/b -ot", Only(&["-otable", "-otsv"])),
    ("dhub db forks a/b --output=d", Only(&["dot"])),
    ("dhub emulator start --refusal-form m", Only(&["message"])),
    ("dhub config get o", Only(&["owner"])),
    ("dhub config get owner ", Nothing),
    ("dhub config set visibility ", Only(&["private", "public"])),
    ("dhub config set --host http://localhost:8080 visibility pr", Only(&["private"])),
    ("dhub config set allow_http ", Only(&["true", "false"])),
    ("dhub completions ", Only(&["bash", "elvish", "fish", "powershell", "zsh"])),
    ("dhub completions bash ", Nothing),
    // A name, a text, a number: never a file.
    ("dhub db create ", Nothing),
    ("dhub db create a", Nothing),
    ("dhub db fork a", Nothing),
    ("dhub db fork-status ", Nothing),
    ("dhub db forks ", Nothing),
    ("dhub db forks https://www.dolthub.com/repositories/a", Nothing),
    ("dhub db view x a", Nothing),
    ("dhub db fork a/b --owner ", Nothing),
    ("dhub db fork a/b --owner=", Nothing),
    ("dhub db fork a/b --owner=a", Nothing),
    ("dhub db create x -d ", Nothing),
    ("dhub db create x --description a", Nothing),
    ("dhub db fork a/b -j ", Nothing),
    ("dhub db fork a/b --timeout a", Nothing),
    ("dhub db create x --remote=", Nothing),
    ("dhub --host ", Nothing),
    ("dhub --request-timeout ", Nothing),
    ("dhub config set owner ", Nothing),
    ("dhub emulator start --user ", Nothing),
    ("dhub version ", Nothing),
    // A file, a folder, a program.
    ("dhub --config ", Files),
    ("dhub --config=", Files),
    ("dhub config set ca_file ", Files),
    ("dhub emulator start --state ", Files),
    ("dhub db fork a/b --clone=", Folders),
    ("dhub db fork a/b --clone ", Nothing),
    ("dhub emulator exec mkdi", Only(&["mkdir"])),
    ("dhub emulator exec --fork-delay 1s -- mkdi", Only(&["mkdir"])),
    ("dhub emulator exec cat ", Files),
    ("dhub emulator exec cat --conf", Nothing),
];

/// What stands in the folder in which the shells run.
const FILE: &str = "afile";
const FOLDER: &str = "afolder";

/// A home in which nothing is set, with dhub on the PATH, and a folder to complete in.
fn account() -> Sandbox {
    let dhub = PathBuf::from(assert_cmd::cargo::cargo_bin!("dhub"));
    let path = format!("{}:{}", dhub.parent().unwrap().display(), std::env::var("PATH").unwrap());
    let sandbox = Sandbox::new().with("PATH", &path);
    std::fs::create_dir_all(sandbox.home().join("here").join(FOLDER)).unwrap();
    std::fs::write(sandbox.home().join("here").join(FILE), "").unwrap();
    sandbox
}

/// Runs what the help of `dhub completions` says for a shell, as it stands there.
fn install(sandbox: &Sandbox, shell: &str) {
    let help = sandbox.run("completions --help").exits(0).out;
    let (_, block) = help.split_once(&format!("\n{shell}:\n")).unwrap();
    let commands: Vec<&str> =
        block.lines().take_while(|line| line.starts_with("  ")).map(str::trim).collect();
    let script = commands.join("\n");
    let status = std::process::Command::new("sh")
        .args(["-ec", &script])
        .env_clear()
        .envs(sandbox.environment())
        .current_dir(sandbox.home())
        .status()
        .unwrap();
    assert!(status.success(), "{script}");
    println!("{shell}: {}", commands.join("; "));
}

/// Checks every line with what a shell offers for it, as it would stand in the line.
fn check(shell: &str, offered: impl FnOnce(&[String]) -> Vec<Vec<String>>) {
    let unhinted = places_without_files();
    let lines = CHECKS.iter().map(|(line, _)| (*line).to_owned()).chain(unhinted);
    let lines: Vec<String> = lines.collect();
    let offered = offered(&lines);
    assert_eq!(offered.len(), lines.len());
    let mut failures = Vec::new();
    for (number, (line, offered)) in lines.iter().zip(&offered).enumerate() {
        let found = in_order(offered.iter().map(|word| plain(word)));
        let is_right = match CHECKS.get(number) {
            Some((_, Only(words))) => found == in_order(words.iter().copied()),
            Some((_, Files)) => found == [FILE, FOLDER],
            Some((_, Folders)) => found == [FOLDER],
            Some((_, Nothing)) => found.is_empty(),
            None => !found.iter().any(|word| word == FILE || word == FOLDER),
        };
        println!("{} {shell}: {line}<Tab> -> {}", if is_right { "ok  " } else { "FAIL" }, offered.join(" "));
        if !is_right {
            failures.push(line);
        }
    }
    assert!(failures.is_empty(), "{shell}: {failures:#?}");
}

/// A line for the names of each command, and for each of its options whose value is no file: commands and options that
/// come later are checked, too.
fn places_without_files() -> Vec<String> {
    let (mut lines, mut commands) = (Vec::new(), vec![("dhub".to_owned(), dhub::cli::command_with_hints())]);
    while let Some((path, command)) = commands.pop() {
        for arg in command.get_arguments().filter(|arg| arg.get_action().takes_values()) {
            let is_path = matches!(
                arg.get_value_hint(),
                ValueHint::FilePath | ValueHint::DirPath | ValueHint::CommandWithArguments
            );
            // Behind an option that takes its value with `=` alone stands the program that is run.
            let is_before_program = arg.is_require_equals_set() && path == "dhub emulator exec";
            match arg.get_long() {
                _ if is_path || is_before_program => {}
                Some(long) => lines.extend([format!("{path} --{long} a"), format!("{path} --{long}=a")]),
                None => lines.push(format!("{path} a")),
            }
        }
        let below =
            command.get_subcommands().map(|below| (format!("{path} {}", below.get_name()), below.clone()));
        commands.extend(below);
    }
    lines
}

/// A word without what shells do differently: an option before its value, the `=` behind one, the slash behind a folder.
fn plain(word: &str) -> &str {
    let word = word.trim_end_matches(['=', '/']);
    word.split_once('=').filter(|(option, _)| option.starts_with("--")).map_or(word, |(_, value)| value)
}

fn in_order<'a>(words: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut words: Vec<String> = words.map(str::to_owned).collect();
    words.sort();
    words
}

/// A shell in a terminal. Its settings write the line that is being edited to `line` when Ctrl-X p is typed, and put all
/// that is offered into it at Ctrl-X *.
struct Interactive {
    terminal: Terminal,
    line: PathBuf,
}

impl Interactive {
    /// Starts it as a new window would, in the folder to complete in.
    fn start(sandbox: &Sandbox, words: &[&str]) -> Self {
        let terminal = Terminal::program(sandbox, (24, 200), words);
        terminal.wait_for("ready>");
        Interactive { terminal, line: sandbox.home().join("line") }
    }

    /// The line once keys were typed.
    fn after(&mut self, keys: &str) -> String {
        let _ = std::fs::remove_file(&self.line);
        self.terminal.types(&format!("\x15{keys}\x18p"));
        let mut line = String::new();
        let came = eventually(|| {
            line = std::fs::read_to_string(&self.line).unwrap_or_default();
            line.ends_with('\n')
        });
        assert!(came, "{keys:?}: no answer:\n{}", self.terminal.screen());
        line.trim_end_matches('\n').to_owned()
    }

    /// What is offered for the last word of each line.
    fn offered(&mut self, lines: &[String]) -> Vec<Vec<String>> {
        lines.iter().map(|line| self.offered_for(line)).collect()
    }

    fn offered_for(&mut self, line: &str) -> Vec<String> {
        let after = self.after(&format!("{line}\x18*"));
        let start = line.rfind(' ').map_or(0, |space| space + 1);
        let (_, words) = after.split_at(start.min(after.len()));
        if words.trim_end() == &line[start..] {
            return Vec::new();
        }
        words.split_whitespace().map(str::to_owned).collect()
    }
}
