//! Zsh.

use super::{Interactive, account, check, install};

const SETTINGS: &str = r#"
PS1='ready> '
write-line() { print -r -- $BUFFER > ~/line.new; mv ~/line.new ~/line }
zle -N write-line
zle -C all-matches complete-word _generic
zstyle ':completion:all-matches::::' completer _all_matches _complete
zstyle ':completion:all-matches:*' insert true
bindkey -e '^Xp' write-line '^X*' all-matches
unsetopt beep
cd ~/here
"#;

#[test]
#[ignore = "needs bash, zsh, fish and bash-completion: .ci/completions"]
fn a_new_zsh_completes() {
    let sandbox = account();
    install(&sandbox, "zsh");
    let file = sandbox.home().join(".zshrc");
    let installed = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, installed + SETTINGS).unwrap();
    let mut zsh = Interactive::start(&sandbox, &["zsh", "-i"]);
    assert_eq!(zsh.after("dhub db fork-s\t"), "dhub db fork-status ");
    check("zsh", |lines| {
        let mut offered = zsh.offered(lines);
        // Where no argument is left, zsh offers options without being asked for them.
        for (line, words) in lines.iter().zip(&mut offered) {
            words.retain(|word| !word.starts_with('-') || !line.ends_with(' '));
        }
        offered
    });
}
