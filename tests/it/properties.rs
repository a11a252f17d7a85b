//! What holds for any input: names, addresses, config files, and what is read and shown of a response. How
//! `Retry-After` is read, and the escaping itself, is tested beside their code.

mod config;
mod endpoint;
mod escaping;
mod names;
mod responses;
#[cfg(unix)]
mod shell;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// Quick ones, without a file of failed cases beside the tests.
fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// Any characters, those of a terminal, of a URL and of TOML more often than others.
fn text() -> impl Strategy<Value = String> {
    let telling = select(
        "\u{1b}\u{9b}\u{7f}\u{85}\0\t\n\r \u{a0}\u{202e}\u{200b}\u{2028}\u{feff}./\\?#%:@[]\"'=&-_~+ü館"
            .chars()
            .collect::<Vec<_>>(),
    );
    let usual = select(('a'..='z').collect::<Vec<_>>());
    let character = prop_oneof![2 => any::<char>(), 3 => telling, 5 => usual];
    vec(character, 0..12).prop_map(String::from_iter)
}

/// Text that a name may be: mostly a valid one.
fn name() -> impl Strategy<Value = String> {
    let special = select(vec![".", "..", "...", "%2e%2e", "-", "repositories", "a.b", "博物館", "~", "+"]);
    prop_oneof![5 => "[a-zA-Z0-9._~+&=@:!ü館-]{1,8}", 2 => special.prop_map(str::to_owned), 2 => text()]
}

/// Something like an address, mostly an invalid one.
fn address() -> impl Strategy<Value = String> {
    let scheme =
        select(vec!["", "https://", "http://", "HTTP://", "http:/", "https:", "https:\\\\", "ftp://", "://"]);
    let user = select(vec!["", "", "", "u:p@", "u@"]);
    let place = select(vec![
        "x",
        "dolthub.com",
        "DoltHub.com.",
        "127.0.0.1",
        "[::1]",
        "0x7f.1",
        "lab.corp",
        "ü.de",
        "",
    ]);
    let port = select(vec!["", "", ":", ":80", ":443", ":8080", ":0", ":99999"]);
    let way = vec(
        prop_oneof![
            select(vec!["/", "a", "..", ".", "%2e%2e", "://", "@", "\\", "\t"]).prop_map(str::to_owned),
            text()
        ],
        0..4,
    );
    (scheme, user, place, port, way)
        .prop_map(|(scheme, user, place, port, way)| format!("{scheme}{user}{place}{port}{}", way.concat()))
}

/// Control characters, and what turns the direction of text, breaks a line or has no width.
fn touches_a_terminal(c: char) -> bool {
    let others = [
        '\u{ad}'..='\u{ad}',
        '\u{61c}'..='\u{61c}',
        '\u{200b}'..='\u{200f}',
        '\u{2028}'..='\u{202e}',
        '\u{2060}'..='\u{2069}',
        '\u{fe00}'..='\u{fe0f}',
        '\u{1bca0}'..='\u{1bca3}',
        '\u{e0000}'..='\u{e0fff}',
    ];
    c.is_control() || c == '\u{feff}' || others.iter().any(|range| range.contains(&c))
}
