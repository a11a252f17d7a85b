//! Deep and wide networks.

use super::network::{Lists, Network, requested};
use crate::support::Sandbox;

#[test]
fn a_chain_of_300_is_walked_down_and_up() {
    let server = || {
        let chain = (0..=300_usize).map(|number| {
            let parent = number.checked_sub(1).map(|parent| format!("m{parent:03}"));
            (format!("m{number:03}"), parent.unwrap_or_default())
        });
        Network::from_pairs(chain, Lists::Children).play_by_rights()
    };
    let (down, up) = (server(), server());
    let run = Sandbox::at(down.url()).run("db forks m000/x --tree").exits(0);
    for (number, line) in run.out.lines().enumerate() {
        let parent = number.checked_sub(1).map_or(String::new(), |parent| format!("m{parent:03}/x"));
        let page = format!("{}/repositories/m{number:03}/x", down.url());
        assert_eq!(line, format!("m{number:03}/x\t{page}\t{number}\t{parent}"));
    }
    assert_eq!((run.out.lines().count(), run.err.as_str()), (301, ""));

    let json = Sandbox::at(up.url()).run("db forks m300/x --tree --json").exits(0).out;
    assert_eq!(json.matches(r#""forks":[{"#).count(), 300);
    assert!(json.ends_with(&format!("\"forks\":[]{}\n", "}]".repeat(300) + "}")), "{json}");
    for server in [down, up] {
        let requested = requested(&server);
        assert_eq!((requested.len(), requested.values().sum::<usize>()), (301, 301));
    }
}

#[test]
fn a_star_of_2000_is_walked_once_and_shown_whole() {
    let star = (0..=2_000_usize).map(|number| {
        let parent = if number == 0 { "" } else { "m0000" };
        (format!("m{number:04}"), parent.to_owned())
    });
    let server = Network::from_pairs(star, Lists::Children).play_by_rights();
    let run = Sandbox::at(server.url()).run("db forks m0000/x --tree --json -j 16").exits(0);
    let document = run.document();
    assert_eq!(document["fork_network_count"], 2_000);
    let forks = document["forks"].as_array().unwrap();
    assert_eq!(forks.len(), 2_000);
    for (number, fork) in (1..).zip(forks) {
        assert_eq!(fork["owner"], format!("m{number:04}"));
        assert_eq!(fork["forks"].as_array().map(Vec::len), Some(0));
    }
    let requested = requested(&server);
    assert_eq!((requested.len(), requested.values().sum::<usize>()), (2_001, 2_001));
}
