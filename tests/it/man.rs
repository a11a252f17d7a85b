//! `dhub man`, and the files under `man/`.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use clap::CommandFactory;
use dhub::cli::Cli;
use dhub::man::DATE;
use dhub::topics::TOPICS;

use crate::support::Sandbox;

/// The pages in a folder, each with its section's folder before it.
fn pages(folder: &Path) -> BTreeMap<String, String> {
    let read = |section: &str| -> Vec<(String, String)> {
        let entries = std::fs::read_dir(folder.join(section)).unwrap().map(|entry| entry.unwrap());
        entries
            .map(|entry| {
                let name = format!("{section}/{}", entry.file_name().display());
                (name, std::fs::read_to_string(entry.path()).unwrap())
            })
            .collect()
    };
    ["man1", "man7"].into_iter().flat_map(read).collect()
}

/// The pages that dhub writes.
fn written() -> BTreeMap<String, String> {
    let sandbox = Sandbox::new();
    let run = sandbox.run("man pages -q").exits(0);
    assert!(run.out.is_empty() && run.err.is_empty(), "{run:?}");
    pages(&sandbox.home().join("pages"))
}

#[test]
fn the_pages_that_are_checked_in_are_what_the_program_writes() {
    let checked_in = pages(&Path::new(env!("CARGO_MANIFEST_DIR")).join("man"));
    let written = written();
    let names = |pages: &BTreeMap<String, String>| pages.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&checked_in), names(&written), "rm -r man && cargo run -- man man");
    for (name, page) in &written {
        assert!(checked_in[name] == *page, "man/{name} is stale: cargo run -- man man");
    }
}

#[test]
fn every_command_and_every_topic_has_a_page_and_what_is_hidden_has_none() {
    fn names(path: &str, command: &clap::Command, all: &mut Vec<String>) {
        all.push(format!("man1/{path}.1"));
        for below in command.get_subcommands().filter(|command| !command.is_hide_set()) {
            names(&format!("{path}-{}", below.get_name()), below, all);
        }
    }
    let mut all: Vec<String> = TOPICS.iter().map(|topic| format!("man7/dhub-{}.7", topic.name)).collect();
    names("dhub", &Cli::command(), &mut all);
    all.sort();
    assert_eq!(written().into_keys().collect::<Vec<_>>(), all);
}

#[test]
fn a_page_has_the_parts_of_a_manual_page_and_refers_to_pages_that_there_are() {
    let written = written();
    for (name, page) in &written {
        let sections = ["NAME", "DESCRIPTION", "\"SEE ALSO\""];
        let of_commands = ["SYNOPSIS", "OPTIONS", "\"EXIT STATUS\"", "ENVIRONMENT"];
        let is_command = name.starts_with("man1/");
        for section in sections.into_iter().chain(of_commands.into_iter().filter(|_| is_command)) {
            assert!(page.contains(&format!("\n.SH {section}\n")), "{name} has no {section}");
        }
        assert!(page.is_ascii(), "{name}");
        assert_eq!(page.contains("OPTIONS OF EVERY COMMAND"), name == "man1/dhub.1", "{name}");
        for line in page.lines().filter_map(|line| line.strip_prefix(".BR ")) {
            let (other, section) = line.split_once(' ').unwrap();
            let section = section.trim_matches(['(', ')', ',']);
            let file = format!("man{section}/{}.{section}", other.replace('\\', ""));
            assert!(written.contains_key(&file), "{name}: {file}");
        }
    }
    let page = &written["man1/dhub-db-fork.1"];
    assert!(page.contains(".SH EXAMPLES\n.nf\ndhub db fork dolthub/museum"), "{page}");
    assert!(written["man1/dhub-emulator-start.1"].contains("the same seed makes the same faults"));
}

#[test]
fn what_is_shown_as_it_is_fits_80_columns() {
    const INDENT: usize = 7;
    for (name, page) in written() {
        for literal in page.split("\n.nf\n").skip(1).filter_map(|rest| rest.split("\n.fi\n").next()) {
            for line in literal.lines() {
                let shown =
                    line.replace(r"\fI", "").replace(r"\fR", "").replace(r"\*(Aq", "'").replace(r"\-", "-");
                assert!(shown.len() + INDENT <= 80, "{name}: {shown}");
            }
        }
    }
}

#[test]
fn groff_has_nothing_to_complain_of() {
    let sandbox = Sandbox::new();
    sandbox.run("man pages").exits(0);
    for name in written().keys() {
        let mut groff = Command::new("groff");
        let page = sandbox.home().join("pages").join(name);
        let Ok(output) = groff.args(["-man", "-Tutf8", "-ww", "-z"]).arg(page).output() else {
            // It is not installed here.
            return;
        };
        assert!(output.status.success() && output.stderr.is_empty(), "{name}: {output:?}");
    }
}

#[test]
fn the_date_is_that_of_the_release() {
    let heading = format!("## [{}] - {DATE}\n", env!("CARGO_PKG_VERSION"));
    assert!(include_str!("../../CHANGELOG.md").contains(&heading), "CHANGELOG.md has no {heading}");
}

#[test]
fn without_a_folder_the_page_of_the_program_is_printed() {
    let sandbox = Sandbox::new();
    let page = &written()["man1/dhub.1"];
    assert_eq!(sandbox.run("man").exits(0).out, *page);
    assert_eq!(sandbox.run("man -").exits(0).out, *page);
}

#[test]
fn pages_are_written_again_over_older_ones_and_a_note_says_how_to_read_one() {
    let sandbox = Sandbox::new();
    sandbox.run("man share/man").exits(0);
    let page = sandbox.home().join("share/man/man1/dhub-db.1");
    let text = std::fs::read_to_string(&page).unwrap();
    std::fs::write(&page, "older").unwrap();
    let run = sandbox.run("man share/man").exits(0);
    assert_eq!(std::fs::read_to_string(&page).unwrap(), text);
    let folder = sandbox.home().join("share/man");
    let note =
        format!("pages are in share/man; to read one: MANPATH={}: man dhub-db-fork\n", folder.display());
    assert!(run.err.ends_with(&note) && run.out.is_empty(), "{run:?}");
}

#[test]
fn a_folder_that_cannot_be_written_is_an_io_error_that_names_it() {
    let sandbox = Sandbox::new();
    std::fs::write(sandbox.home().join("file"), "").unwrap();
    let error = sandbox.run("man file/x --json").exits(1).error();
    assert_eq!(error["kind"], "io");
    assert!(error["message"].as_str().unwrap().starts_with("cannot write file/x/man1: "), "{error}");
    std::fs::create_dir_all(sandbox.home().join("there/man1/dhub.1")).unwrap();
    let run = sandbox.run("man there").exits(1);
    assert!(run.err.starts_with("error: cannot write there/man1/dhub.1: "), "{run:?}");
}

#[test]
fn what_is_no_folder_for_pages_is_refused_before_anything_is_written() {
    let sandbox = Sandbox::new();
    for (args, message, hint) in [
        ("man share/man1", "share/man1 is for one section, and the pages are of two", "dhub man share"),
        ("man man7", "man7 is for one section, and the pages are of two", "dhub man ."),
        ("man db", "db is something to read about, and no folder", "`dhub help db` shows it"),
        ("man fork", "fork is something to read about", "`dhub help db fork` shows it"),
        ("man dhub-db-fork-status", "dhub-db-fork-status is", "`dhub help db fork-status` shows it"),
        ("man exit-codes", "exit-codes is something to read about", "`dhub help exit-codes` shows it"),
    ] {
        let run = sandbox.run(args).exits(2);
        assert!(run.err.starts_with(&format!("error: {message}")), "{args}: {run:?}");
        assert!(run.err.contains("\nhint: ") && run.err.contains(hint), "{args}: {run:?}");
    }
    sandbox.run("man db fork").exits(2);
    sandbox.run_all(["man", ""]).exits(2);
    assert_eq!(std::fs::read_dir(sandbox.home()).unwrap().count(), 0);
    sandbox.run("man ./db").exits(0);
    sandbox.run("man man").exits(0);
}
