use super::*;

const HOST: &str = "https://www.dolthub.com";
const NOW: u64 = 1_800_000_000;

fn intent(id: &str, parent: &str, time: u64) -> Line {
    Line::Intent(Intent {
        id: id.to_owned(),
        host: HOST.to_owned(),
        api: "v1alpha1".to_owned(),
        user: Some("taylor".to_owned()),
        parent: parent.to_owned(),
        owner: "taylor".to_owned(),
        time,
    })
}

fn accepted(id: &str, operation: &str) -> Line {
    Line::Accepted { id: id.to_owned(), operation: operation.to_owned() }
}

fn ended(id: &str) -> Line {
    Line::Ended { id: id.to_owned() }
}

fn text(lines: &[Line]) -> String {
    HEADER.to_owned() + &lines.iter().map(Line::text).collect::<String>()
}

fn ids(text: &str) -> Vec<String> {
    Contents::read(text, NOW).entries.into_iter().map(|entry| entry.id).collect()
}

#[test]
fn a_fork_is_an_intent_and_then_its_operation_until_it_ends() {
    let lines = [intent("1", "a/b", NOW - 5), accepted("1", "operations/x"), ended("1")];
    let entry = |count| Contents::read(&text(&lines[..count]), NOW).entries.pop();
    let begun = entry(1).unwrap();
    assert_eq!((begun.operation.clone(), begun.age), (None, Duration::from_secs(5)));
    assert_eq!(begun.fork, Database::new("taylor", "b"));
    assert_eq!(entry(2).unwrap().operation, Some(Operation::parse("operations/x").unwrap()));
    assert_eq!(entry(3), None);
    // Throttling ended the first attempt, and another one was made.
    let again = [intent("1", "a/b", NOW), ended("1"), intent("1", "a/b", NOW), accepted("1", "operations/x")];
    assert!(Contents::read(&text(&again), NOW).entries[0].operation.is_some());
}

#[test]
fn an_intent_that_is_written_again_is_the_same_fork() {
    let twice = [intent("1", "a/b", NOW - 40), intent("1", "a/b", NOW), accepted("1", "operations/x")];
    let entries = Contents::read(&text(&twice), NOW).entries;
    assert_eq!(entries.len(), 1);
    assert!(entries[0].operation.is_some());
}

#[test]
fn a_fork_ends_by_its_operation_or_its_name_whoever_requested_it() {
    let (host, other) = (HOST.to_owned(), "https://elsewhere".to_owned());
    let begun = [intent("1", "a/b", NOW), accepted("1", "operations/x"), intent("2", "a/c", NOW)];
    let left = |line: Line| ids(&(text(&begun) + &line.text()));
    let operation = "operations/x".to_owned();
    assert_eq!(left(Line::OperationEnded { host: host.clone(), operation: operation.clone() }), ["2"]);
    assert_eq!(left(Line::OperationEnded { host: other.clone(), operation }), ["1", "2"]);
    let (parent, owner) = ("A/C".to_owned(), "Taylor".to_owned());
    assert_eq!(left(Line::ForkExists { host, parent: parent.clone(), owner: owner.clone() }), ["1"]);
    assert_eq!(left(Line::ForkExists { host: other, parent, owner }), ["1", "2"]);
}

#[test]
fn torn_and_foreign_lines_cost_only_themselves() {
    let whole = text(&[intent("1", "a/b", NOW), intent("2", "a/c", NOW)]);
    let torn = &whole[..whole.len() - 20];
    assert_eq!(ids(torn), ["1"]);
    let line = intent("3", "a/d", NOW).text();
    for between in
        ["", "nonsense", "{}", "null", "{\"intent\":{}}", "{\"later\":{\"id\":\"1\"}}", "\0\0\u{fffd}"]
    {
        assert_eq!(ids(&format!("{torn}\n{between}\n{line}")), ["1", "3"], "{between}");
    }
}

#[test]
fn a_file_that_ends_anywhere_holds_what_was_written_before() {
    let lines = [intent("1", "a/b", NOW), accepted("1", "operations/x"), intent("2", "ü/c", NOW), ended("1")];
    let whole = text(&lines);
    for cut in (0..=whole.len()).filter(|&cut| whole.is_char_boundary(cut)) {
        let mut torn = whole[..cut].to_owned();
        assert!(is_state(torn.as_bytes()), "{torn}");
        torn.push('\n');
        let found = ids(&torn);
        let complete = |id: &str| {
            torn.contains(intent(id, if id == "1" { "a/b" } else { "ü/c" }, NOW).text().trim_end())
        };
        assert_eq!(found.contains(&"2".to_owned()), complete("2"), "{torn}");
        let is_over = torn.contains(ended("1").text().trim_end());
        assert_eq!(found.contains(&"1".to_owned()), complete("1") && !is_over, "{torn}");
    }
}

#[test]
fn what_cannot_be_sent_or_shown_is_no_entry() {
    for parent in ["a", "a/b/c", "a/..", "a/b\u{1b}[2J", "/b", "a/ "] {
        assert!(ids(&text(&[intent("1", parent, NOW)])).is_empty(), "{parent:?}");
    }
    let with = |from: &str, to: &str| text(&[intent("1", "a/b", NOW)]).replace(from, to);
    for (from, to) in [
        (HOST, "ftp://x"),
        (HOST, "https://me:secret@x"),
        ("\"v1alpha1\"", "\"; rm -rf\""),
        ("\"owner\":\"taylor\"", "\"owner\":\"..\""),
    ] {
        assert!(ids(&with(from, to)).is_empty(), "{to}");
    }
    let bad = accepted("1", "operations/\u{7}x");
    assert_eq!(Contents::read(&text(&[intent("1", "a/b", NOW), bad]), NOW).entries[0].operation, None);
}

#[test]
fn what_is_older_than_thirty_days_is_forgotten_also_where_a_clock_was_wrong() {
    const DAY: u64 = 24 * 60 * 60;
    for (time, is_kept) in [
        (NOW, true),
        (NOW - 30 * DAY, true),
        (NOW - 30 * DAY - 1, false),
        (NOW + DAY, true),
        (0, false),
        // Nothing is lost because a machine starts in 1970.
        (u64::MAX, true),
    ] {
        assert_eq!(ids(&text(&[intent("1", "a/b", time)])).is_empty(), !is_kept, "{time}");
    }
}

#[test]
fn compacting_keeps_the_lines_of_what_goes_on_as_they_are() {
    let last = [accepted("2", "operations/y"), ended("1")];
    let whole = text(&[intent("1", "a/b", NOW), accepted("1", "operations/x"), intent("2", "a/c", NOW)])
        // What a later version may write.
        .replace("\"id\":\"2\"", "\"new\":[1],\"id\":\"2\"")
        + &last.iter().map(Line::text).collect::<String>();
    let compact = Contents::read(&whole, NOW).compact();
    assert_eq!(compact.lines().count(), 3, "{compact}");
    assert!(compact.starts_with(HEADER) && compact.contains("\"new\":[1]"), "{compact}");
    assert_eq!(ids(&compact), ["2"]);
    assert_eq!(Contents::read(&compact, NOW).compact(), compact);
    assert_eq!(Contents::read("", NOW).compact(), HEADER);
}
