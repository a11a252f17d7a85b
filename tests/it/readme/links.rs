//! A newcomer's way through the README: its first screen, and its links.

use std::path::Path;

use super::README;

#[test]
fn the_first_screen_shows_dhub_and_how_to_install_try_and_test_it() {
    let screen: String = README.lines().take(45).map(|line| format!("{line}\n")).collect();
    for part in [
        "](docs/pictures/quickstart.svg)",
        "\ncargo install --path . --locked\n",
        "\ncargo run --release -- emulator exec -- sh examples/quickstart.sh\n",
        "\ncargo test\n",
    ] {
        assert!(screen.contains(part), "it is without {part}:\n{screen}");
    }
}

#[test]
fn every_link_leads_somewhere() {
    let anchors: Vec<String> = headings().map(anchor).collect();
    for link in links() {
        match link.strip_prefix('#') {
            Some(place) => assert!(anchors.iter().any(|anchor| anchor == place), "no heading for {link}"),
            None => assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(link).exists(), "no file {link}"),
        }
    }
}

#[test]
fn the_contents_name_every_section() {
    let sections = headings().filter(|heading| heading.starts_with("## ")).map(anchor);
    let named: Vec<&str> = links().collect();
    for section in sections.filter(|section| !before_the_contents(section)) {
        assert!(named.contains(&&*format!("#{section}")), "the contents are without {section}");
    }
}

fn before_the_contents(anchor: &str) -> bool {
    ["install", "try-it-without-an-account", "contents"].contains(&anchor)
}

/// The lines that are headings; in a block a `#` begins a comment.
fn headings() -> impl Iterator<Item = &'static str> {
    let mut in_block = false;
    README.lines().filter(move |line| {
        in_block ^= line.starts_with("```");
        !in_block && line.starts_with('#')
    })
}

/// The anchor of a heading, as GitHub makes it.
fn anchor(heading: &str) -> String {
    let text = heading.trim_start_matches('#').trim().to_lowercase();
    text.chars()
        .filter(|c| c.is_alphanumeric() || " -_".contains(*c))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}

/// Where the links go, those to other sites left out.
fn links() -> impl Iterator<Item = &'static str> {
    let targets = README.split("](").skip(1).map(|rest| rest.split(')').next().unwrap());
    targets.filter(|target| !target.contains("://"))
}
