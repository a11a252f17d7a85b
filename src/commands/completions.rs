//! `dhub completions`: what a shell needs to complete dhub's command line.

mod bash;
mod fish;
mod slots;
mod zsh;

use clap_complete::Shell;

use crate::cli::{Completions, command_with_hints};

use super::context::Context;

pub fn run(context: &Context, args: &Completions) -> anyhow::Result<u8> {
    context.output.text(&generate(args.shell))?;
    Ok(0)
}

/// The completions for a shell.
fn generate(shell: Shell) -> String {
    let root = command_with_hints();
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut root.clone(), "dhub", &mut script);
    let script = String::from_utf8_lossy(&script);
    match shell {
        Shell::Bash => bash::finish(&script, &root),
        Shell::Fish => fish::finish(&script, &root),
        Shell::Zsh => zsh::finish(&script, &root),
        _ => script.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // What is mended is found by clap's words for it, which another version may change. The shells themselves are tried by
    // `.ci/completions`.

    #[test]
    fn in_bash_files_are_no_fallback_and_every_blank_is_filled() {
        let script = generate(Shell::Bash);
        let registration = script.lines().rfind(|line| line.trim_start().starts_with("complete ")).unwrap();
        assert_eq!(registration.trim(), "complete -F _dhub_complete dhub");
        assert!(!script.contains("{with_value}") && !script.contains("{places}"));
        assert!(script.contains("config\\ set\\ ca_file)\n"));
    }

    #[test]
    fn in_zsh_every_place_has_an_action() {
        let script = generate(Shell::Zsh);
        assert!(!script.contains(":' \\\n"));
        assert!(script.contains("--clone=-[") && script.contains(":_dhub_setting'"));
        assert!(script.contains("\n        ca_file) _files ;;\n"));
    }

    #[test]
    fn in_fish_only_the_words_that_are_no_options_are_asked_for() {
        let script = generate(Shell::Fish);
        assert!(!script.contains("__fish_seen_subcommand_from") && !script.contains("{with_value}"));
        let line = script.lines().find(|line| line.contains(" -l clone ")).unwrap();
        assert!(!line.contains(" -r -") && line.contains("string replace"), "{line}");
        assert!(script.contains("\ncomplete -c dhub -f\n"));
    }
}
