use std::fs;
use std::path::PathBuf;

use axum::body::Bytes;
use axum::http::header::{CONTENT_TYPE, HeaderValue};
use axum::http::{HeaderMap, StatusCode};
use tempfile::TempDir;

use super::super::events::Visibility;
use super::super::service::Service;
use super::super::state::{Caller, State};
use super::*;

fn created(name: &str) -> Event {
    Event::Created {
        at: 7,
        owner: "taylor".to_owned(),
        name: name.to_owned(),
        description: "line\nbreak".to_owned(),
        visibility: Visibility::Private,
    }
}

/// A temporary folder, and the path of a state file in it with this content.
fn file(content: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state");
    fs::write(&path, content).unwrap();
    (folder, path)
}

fn open(path: &Path) -> Result<(Journal, Vec<Event>), Error> {
    let mut events = Vec::new();
    let journal = Journal::open(path, |event| {
        events.push(event);
        Ok(())
    })?;
    Ok((journal, events))
}

/// The error of opening an invalid journal.
fn open_error(path: &Path) -> String {
    open(path).unwrap_err().to_string()
}

#[test]
fn appended_events_are_read_back_in_order() {
    let (_folder, path) = file("");
    let forked = Event::Forked {
        at: 8,
        operation: "operations/1".to_owned(),
        parent_owner: "taylor".to_owned(),
        parent_name: "a".to_owned(),
        owner: "dolthub".to_owned(),
        due: u64::MAX,
    };
    let events = [created("a"), forked, Event::Filled { at: 9, forks: 3 }];
    let (mut journal, _) = open(&path).unwrap();
    for event in &events {
        journal.append(event).unwrap();
    }
    drop(journal);
    assert_eq!(fs::read_to_string(&path).unwrap().lines().count(), 3);
    assert_eq!(open(&path).unwrap().1, events);
}

#[cfg(unix)]
#[test]
fn a_missing_file_is_created_and_only_its_owner_can_read_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new");
    assert_eq!(open(&path).unwrap().1, []);
    let mode = std::os::unix::fs::MetadataExt::mode(&fs::metadata(&path).unwrap());
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_torn_last_line_is_cut_off_wherever_it_was_torn() {
    let (_folder, path) = file("");
    open(&path).unwrap().0.append(&created("a")).unwrap();
    let whole = fs::read(&path).unwrap();
    for torn in 0..whole.len() {
        fs::write(&path, [&whole[..], &whole[..torn]].concat()).unwrap();
        let (mut journal, events) = open(&path).unwrap();
        assert_eq!(events, [created("a")]);
        assert_eq!(fs::read(&path).unwrap(), whole);
        journal.append(&created("b")).unwrap();
        drop(journal);
        assert_eq!(open(&path).unwrap().1, [created("a"), created("b")]);
    }
}

#[test]
fn any_other_invalid_line_is_an_error_with_its_number() {
    let event = serde_json::to_string(&created("a")).unwrap();
    for invalid in ["", "{}", "nonsense", r#"{"event":"created"}"#, r#"{"event":"other","at":1}"#, "\0\0"] {
        let (_folder, path) = file(&format!("{event}\n{invalid}\n{event}\n"));
        assert!(open_error(&path).contains("line 2: "), "{}", open_error(&path));
    }
}

#[test]
fn a_file_of_another_program_is_refused_and_not_touched() {
    let event = serde_json::to_string(&created("a")).unwrap();
    for content in [
        "my notes",
        "{",
        "{}",
        "{\"event\":\"",
        "{\"event\":\"push\"}",
        "{\"event\":\"push\"}\n",
        "{\"event\":\"created\",\"at\":1}\n",
        "[1]\n",
        "host = \"https://www.dolthub.com\"\n",
        "\n",
        "\0\u{1}\u{2}",
        "# comment\n",
        &event,
        &format!("\n{event}\n"),
    ] {
        let (_folder, path) = file(content);
        let before = fs::metadata(&path).unwrap();
        assert!(open_error(&path).contains("is no state file of an emulator"), "{content:?}");
        assert_eq!(fs::read_to_string(&path).unwrap(), content);
        assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), before.modified().unwrap());
    }
    let (folder, _) = file("");
    assert!(open_error(folder.path()).contains("is no state file of an emulator"));
}

#[test]
fn an_impossible_event_is_an_error_with_its_line_number() {
    let event = serde_json::to_string(&created("a")).unwrap();
    let (_folder, path) = file(&format!("{event}\n{event}\n"));
    let mut state = State::default();
    let error = Journal::open(&path, |event| state.apply(event)).unwrap_err().to_string();
    assert!(error.ends_with("line 2: taylor/a already exists"), "{error}");
}

#[test]
fn a_file_that_another_journal_has_open_is_refused() {
    let (_folder, path) = file("");
    let first = open(&path).unwrap();
    assert!(open_error(&path).contains("in use by another emulator"));
    drop(first);
    open(&path).unwrap();
}

#[test]
fn the_next_append_cuts_off_what_a_failed_write_left() {
    let (_folder, path) = file("");
    let (mut journal, _) = open(&path).unwrap();
    journal.append(&created("a")).unwrap();
    journal.file.write_all(b"{\"event\":\"cre").unwrap();
    journal.torn = true;
    journal.append(&created("b")).unwrap();
    drop(journal);
    assert_eq!(open(&path).unwrap().1, [created("a"), created("b")]);
}

#[test]
fn a_change_that_cannot_be_written_to_the_journal_does_not_take_effect() {
    let (_folder, path) = file("");
    let journal = Journal { file: File::open(&path).unwrap(), end: 0, torn: false };
    let mut service = Service::new(State::default(), Some(journal), &crate::emulator::Options::default());
    let headers = HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static("application/json"))]);
    for _ in 0..2 {
        let body = Bytes::from_static(br#"{"ownerName":"taylor","repoName":"x","visibility":"public"}"#);
        assert_eq!(service.create(1, &headers, Ok(body)).status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert!(service.state.network(2, "taylor", "x", Caller::User).is_err());
    }
}

#[test]
fn a_huge_file_and_one_of_another_kind_are_refused_in_no_time_and_not_repeated() {
    let (_folder, path) = file("");
    open(&path).unwrap().0.append(&created("a")).unwrap();
    let file = fs::OpenOptions::new().write(true).open(&path).unwrap();
    file.set_len(10 << 30).unwrap();
    assert!(open_error(&path).ends_with("line 2: it was not written by an emulator"));
    assert_eq!(file.metadata().unwrap().len(), 10 << 30, "it is left as it is");
    for text in ["{\"event\":\"dhat.v1.secret\"}\n", "dhat.v1.secret\n", "\"dhat.v1.secret\"\n"] {
        fs::write(&path, text).unwrap();
        let error = open_error(&path);
        assert!(error.contains("is no state file of an emulator") && !error.contains("secret"), "{error}");
    }
}
