//! A release's files are named in several places, which must agree.

use toml_edit::DocumentMut;

use super::{read, yaml};

fn toml(path: &str) -> DocumentMut {
    read(path).parse().unwrap()
}

/// The targets that a release is made for.
fn targets() -> Vec<String> {
    let workflow = yaml(".github/workflows/release.yml");
    let builds = workflow["jobs"]["build"]["strategy"]["matrix"]["include"].as_array().unwrap().clone();
    builds.iter().map(|build| build["target"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn licences_are_checked_and_collected_for_each_target_of_a_release() {
    let deny = toml("packaging/supply-chain/deny.toml");
    let about = toml("packaging/licenses/about.toml");
    for list in [&deny["graph"]["targets"], &about["targets"]] {
        let listed: Vec<&str> =
            list.as_array().unwrap().iter().map(|target| target.as_str().unwrap()).collect();
        assert_eq!(listed, targets());
    }
}

#[test]
fn the_action_knows_only_targets_of_a_release() {
    let script = read(".github/actions/setup-dhub/install.sh");
    let known: Vec<&str> = script
        .lines()
        .filter_map(|line| line.split_once("target=")?.1.split_once(" extension="))
        .map(|(target, _)| target)
        .collect();
    assert_eq!(known.len(), 5, "{known:?}");
    for target in known {
        assert!(targets().iter().any(|made| made == target), "{target}");
    }
}

#[test]
fn binstall_looks_for_the_archives_of_a_release() {
    let manifest = toml("Cargo.toml");
    let binstall = &manifest["package"]["metadata"]["binstall"];
    for target in targets() {
        let own = binstall["overrides"].get(&target);
        let template = own.unwrap_or(binstall)["pkg-url"].as_str().unwrap();
        let url = [
            ("{ repo }", "https://example.com/o/dhub"),
            ("{ version }", "1.2.3"),
            ("{ name }", "dhub"),
            ("{ target }", &target),
        ]
        .iter()
        .fold(template.to_owned(), |url, (name, value)| url.replace(name, value));
        let extension = if target.contains("-windows-") { "zip" } else { "tar.gz" };
        let file = format!("dhub-1.2.3-{target}.{extension}");
        assert_eq!(url, format!("https://example.com/o/dhub/releases/download/v1.2.3/{file}"));
    }
}

#[test]
fn the_debian_package_has_a_changelog_of_this_version() {
    let first = read("packaging/debian/changelog").lines().next().unwrap().to_owned();
    assert_eq!(first, format!("dhub ({}-1) unstable; urgency=medium", env!("CARGO_PKG_VERSION")));
}

#[test]
fn every_installation_in_the_readme_is_tried_by_a_check() {
    let checks = ["debian", "archive", "container"].map(|folder| read(&format!("packaging/{folder}/check")));
    let readme = read("README.md");
    let mut heading = "";
    let mut tried = 0;
    for line in readme.lines() {
        heading = line.strip_prefix("### ").unwrap_or(heading);
        if line == "```console" {
            tried += 1;
            assert!(checks.iter().any(|check| check.contains(heading)), "no check tries {heading}");
        }
    }
    assert_eq!(tried, 3);
}
