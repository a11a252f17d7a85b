//! Whatever a server says: none of it steers a terminal, hides, makes a field or a line, or changes a JSON value.

#![no_main]

use dhub::names::Database;
use dhub::output::{escape, table};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|text: &str| {
    for safe in [escape::line(text), escape::field(text)] {
        assert!(!safe.chars().any(touches_a_terminal), "{safe:?}");
        if text.chars().all(|c| c == ' ' || c.is_ascii_graphic()) {
            assert_eq!(safe, text);
        }
    }
    let mut pushed = String::new();
    escape::push_field(&mut pushed, text);
    assert_eq!(pushed, escape::field(text));

    let value = serde_json::from_str(text).unwrap_or_else(|_| Value::from(text));
    let document = value.to_string();
    let safe = escape::json(&document);
    assert!(!safe.chars().any(touches_a_terminal), "{safe:?}");
    let parse = |text: &str| serde_json::from_str::<Value>(text).ok();
    assert_eq!(parse(&safe), parse(&document), "{document}");

    let (owner, name) = text.split_once('/').unwrap_or((text, text));
    let database = Database::new(owner, name).to_string();
    let table = table::two_columns(["DATABASE", "URL"], &[[&database, owner], [name, text]], 80, true);
    assert_eq!(table.lines().count(), 4, "{table:?}");
    assert!(!table.chars().any(|c| c != '\n' && touches_a_terminal(c)), "{table:?}");
});

/// Control characters, and what turns the direction of text, breaks a line or has no width.
fn touches_a_terminal(c: char) -> bool {
    let others =
        [
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
