//! `dhub completions`, and the files under `completions/`.

#[cfg(unix)]
mod shells;

use crate::support::Sandbox;

const FILES: [(&str, &str); 5] = [
    ("bash", "dhub.bash"),
    ("zsh", "_dhub"),
    ("fish", "dhub.fish"),
    ("powershell", "_dhub.ps1"),
    ("elvish", "dhub.elv"),
];

#[test]
fn the_files_that_are_checked_in_are_what_the_program_prints() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("completions");
    for (shell, file) in FILES {
        let printed = Sandbox::new().run(&format!("completions {shell}")).exits(0).out;
        let checked_in = std::fs::read_to_string(folder.join(file)).unwrap_or_default();
        assert!(
            printed == checked_in,
            "completions/{file} is stale: cargo run -- completions {shell} > completions/{file}"
        );
    }
}

#[test]
fn an_unknown_shell_is_a_usage_error_that_names_the_supported_ones() {
    let run = Sandbox::new().run("completions tcsh").exits(2);
    assert!(run.err.contains("bash") && run.err.contains("fish"), "{run:?}");
}

#[test]
fn the_readme_has_the_commands_of_the_help_that_install_them() {
    let readme = include_str!("../../README.md");
    let help = Sandbox::new().with("COLUMNS", "80").run("completions --help").exits(0).out;
    for shell in ["bash", "zsh", "fish", "PowerShell", "Elvish"] {
        let (_, commands) = help.split_once(&format!("\n{shell}:\n")).unwrap();
        let commands: String = commands
            .lines()
            .map_while(|line| line.strip_prefix("  "))
            .map(|line| format!("{line}\n"))
            .collect();
        let block = format!("\n{commands}```\n");
        assert!(readme.contains(&block), "{shell}: the README is without{block}");
    }
}
