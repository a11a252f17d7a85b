//! Bash, alone, with the package bash-completion, and where `=` is a part of words.

use super::{Interactive, account, check, install};

const SETTINGS: &str = r#"
PS1='ready> '
write_line() { printf '%s\n' "$READLINE_LINE" > ~/line.new; mv ~/line.new ~/line; }
bind -x '"\C-xp": write_line'
bind '"\C-x*": insert-completions'
bind 'set bell-style none'
cd ~/here
"#;

fn check_with(name: &str, settings: &str) {
    let sandbox = account();
    install(&sandbox, "bash");
    let file = sandbox.home().join(".bashrc");
    let installed = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, format!("{settings}\n{installed}{SETTINGS}")).unwrap();
    let mut bash = Interactive::start(&sandbox, &["bash", "-i"]);
    assert_eq!(bash.after("dhub db fork-s\t"), "dhub db fork-status ");
    check(name, |lines| bash.offered(lines));
}

#[test]
#[ignore = "needs bash, zsh, fish and bash-completion: .ci/completions"]
fn a_new_bash_completes() {
    check_with("bash", "");
}

#[test]
#[ignore = "needs bash, zsh, fish and bash-completion: .ci/completions"]
fn a_new_bash_with_bash_completion_completes() {
    check_with("bash with bash-completion", ". /usr/share/bash-completion/bash_completion");
}

#[test]
#[ignore = "needs bash, zsh, fish and bash-completion: .ci/completions"]
fn a_new_bash_that_does_not_break_words_at_an_equals_sign_completes() {
    check_with("bash without = in COMP_WORDBREAKS", "COMP_WORDBREAKS=${COMP_WORDBREAKS//=}");
}
