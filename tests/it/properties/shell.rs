//! A command that is shown gives back exactly its words when bash runs it.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;
use std::process::Command;

use dhub::output::escape;
use dhub::shell;

use super::*;

/// Any word that an argument can be: no NUL in it.
fn word() -> impl Strategy<Value = OsString> {
    let text =
        prop_oneof![text(), name(), "[ -~]{0,12}"].prop_map(|text| text.replace('\0', "").into_bytes());
    let bytes = vec(1..=255_u8, 0..6);
    let dashes =
        select(vec!["", "", "", "-", "--", "--config=", "-\u{1b}", "\\x41", "$'", "!", "=", "~", "#"]);
    (dashes, prop_oneof![8 => text, 2 => bytes])
        .prop_map(|(dash, bytes)| OsString::from_vec([dash.as_bytes(), &bytes].concat()))
}

/// The words after `dhub` that bash makes of each line.
fn run_by_bash(lines: &[String]) -> Vec<Vec<OsString>> {
    let script = format!("dhub() {{ printf '%s\\0' \"$#\" \"$@\"; }}\n{}\n", lines.join("\n"));
    let output = Command::new("bash").args(["--norc", "-c", &script]).output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{script}: {output:?}");
    let mut words = output.stdout.split(|&byte| byte == 0);
    lines
        .iter()
        .map(|_| {
            let count = String::from_utf8(words.next().unwrap().to_vec()).unwrap().parse().unwrap();
            words.by_ref().take(count).map(|word| OsString::from_vec(word.to_vec())).collect()
        })
        .collect()
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn a_printed_command_gives_back_exactly_its_words(words in vec(word(), 1..40)) {
        let lines: Vec<String> = words
            .iter()
            .map(|word| format!("dhub {} {}", shell::option("--option", word), shell::quote(word)))
            .collect();
        for line in &lines {
            prop_assert_eq!(escape::line(line), line.as_str(), "what is shown is not what is meant");
        }
        for (word, ran) in words.iter().zip(run_by_bash(&lines)) {
            let whole = [OsString::from("--option="), word.clone()].into_iter().collect::<OsString>();
            let apart = [OsString::from("--option"), word.clone()];
            let (option, last) = ran.split_at(ran.len() - 1);
            prop_assert!(option == [whole] || option == apart, "{option:?}");
            prop_assert_eq!(&last[0], word);
        }
        // With a text only, as all arguments are.
        let texts: Vec<&str> = words.iter().filter_map(|word| word.to_str()).collect();
        let ran = run_by_bash(&[shell::command_line("dhub db fork", texts.iter().copied())]).remove(0);
        let dashes = texts.iter().any(|text| text.starts_with('-')).then_some("--");
        let expected: Vec<&str> = ["db", "fork"].into_iter().chain(dashes).chain(texts).collect();
        prop_assert_eq!(ran, expected);
    }
}
