//! `dhub completions`, and the files under `completions/`.

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
