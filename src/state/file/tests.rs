use std::thread;

use super::super::Intent;
use super::*;

fn file() -> (tempfile::TempDir, StateFile) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("dhub/forks.jsonl");
    (folder, StateFile::new(path))
}

fn intent(id: impl ToString, owner: &str) -> Line {
    Line::Intent(Intent {
        id: id.to_string(),
        host: "https://www.dolthub.com".to_owned(),
        api: "v1alpha1".to_owned(),
        user: None,
        parent: "a/b".to_owned(),
        owner: owner.to_owned(),
        time: now(),
    })
}

fn ended(id: impl ToString) -> Line {
    Line::Ended { id: id.to_string() }
}

#[test]
fn nothing_is_made_where_only_something_is_read() {
    let (folder, file) = file();
    assert_eq!(file.read().unwrap(), []);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[cfg(unix)]
#[test]
fn the_file_is_private_and_reading_it_removes_what_is_over() {
    use std::os::unix::fs::PermissionsExt;
    let (_folder, file) = file();
    file.append(&intent(1, "c")).unwrap();
    fs::set_permissions(file.path(), fs::Permissions::from_mode(0o644)).unwrap();
    file.append(&intent(2, "d")).unwrap();
    let mode = || fs::metadata(file.path()).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(), 0o600);
    file.append(&ended(1)).unwrap();
    let entries = file.read().unwrap();
    assert_eq!(entries.iter().map(|entry| entry.id.as_str()).collect::<Vec<_>>(), ["2"]);
    assert_eq!((fs::read_to_string(file.path()).unwrap().lines().count(), mode()), (2, 0o600));
}

#[test]
fn threads_and_files_side_by_side_lose_nothing() {
    let (_folder, file) = file();
    let others: Vec<_> = (0..8).map(|_| StateFile::new(file.path().to_owned())).collect();
    thread::scope(|scope| {
        for (number, other) in others.iter().enumerate() {
            scope.spawn(move || {
                for line in 0..40 {
                    let id = format!("{number}-{line}");
                    other.append(&intent(&id, "c")).unwrap();
                    if line % 2 == 0 {
                        other.append(&ended(&id)).unwrap();
                    }
                    if line % 10 == 0 {
                        other.read().unwrap();
                    }
                }
            });
        }
    });
    assert_eq!(file.read().unwrap().len(), 8 * 20);
}

#[test]
fn half_a_line_at_the_end_costs_only_itself() {
    let (_folder, file) = file();
    for half in ["", "{\"int", "{\"intent\":{\"id\":\"1\"}}"] {
        file.append(&intent(1, "c")).unwrap();
        let whole = fs::read_to_string(file.path()).unwrap();
        fs::write(file.path(), whole + half).unwrap();
        file.append(&intent(2, "d")).unwrap();
        assert_eq!(file.read().unwrap().len(), 2, "{half}");
        fs::remove_file(file.path()).unwrap();
    }
    // Half of the first line.
    fs::write(file.path(), &HEADER[..5]).unwrap();
    file.append(&intent(1, "c")).unwrap();
    assert_eq!(file.read().unwrap().len(), 1);
}

#[test]
fn what_is_not_dhubs_is_left_as_it_is() {
    let (folder, file) = file();
    let folder = folder.path().join("dhub");
    fs::create_dir(&folder).unwrap();
    for (text, len, why) in [
        ("my thesis\n", 10, "it is not dhub's"),
        ("{\"dhub_forks\":2}\n", 17, "it is not dhub's"),
        ("{}", 2, "it is not dhub's"),
        ("", 1 << 30, "it is longer than 16 MiB"),
    ] {
        fs::write(file.path(), text).unwrap();
        File::options().write(true).open(file.path()).unwrap().set_len(len).unwrap();
        fs::write(folder.join("forks.jsonl.tmp"), "mine").unwrap();
        assert_eq!(file.append(&intent(1, "c")).unwrap_err().0, why);
        assert_eq!(file.read().unwrap_err().0, why);
        assert_eq!(fs::metadata(file.path()).unwrap().len(), len);
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 2, "something was made beside it");
    }
    fs::remove_file(file.path()).unwrap();
    fs::create_dir(file.path()).unwrap();
    assert_eq!(file.append(&intent(1, "c")).unwrap_err().0, "it is not a regular file");
    assert_eq!(file.read().unwrap_err().0, "it is not a regular file");
}

#[test]
fn a_file_that_grows_is_compacted_by_those_who_write_it() {
    let (_folder, file) = file();
    let line = intent("0", "c").text();
    let over = format!("{line}{}", ended("0").text());
    let times = usize::try_from(COMPACT_AT).unwrap() / over.len() + 1;
    fs::create_dir(file.path().parent().unwrap()).unwrap();
    fs::write(file.path(), HEADER.to_owned() + &over.repeat(times)).unwrap();
    file.append(&intent("1", "c")).unwrap();
    assert!(fs::metadata(file.path()).unwrap().len() < 1_000);
    // Where nothing is over, not each line costs a compaction.
    let lines: String = (0..3_000).map(|id| intent(id, "c").text()).collect();
    fs::write(file.path(), HEADER.to_owned() + &lines).unwrap();
    file.append(&intent("last", "c")).unwrap();
    assert!(file.lock().compact_at > 2 * COMPACT_AT);
    assert_eq!(file.read().unwrap().len(), 3_001);
}

#[test]
fn a_lock_that_is_never_let_go_is_waited_for_once_and_nothing_is_lost() {
    let (_folder, file) = file();
    file.lock().wait = Duration::from_millis(1);
    let locked = LockedFile::open(file.path()).unwrap();
    for id in 1..=3 {
        file.append(&intent(id, "c")).unwrap();
        assert_eq!(file.lock().wait, Duration::ZERO);
    }
    drop(locked);
    file.append(&intent(4, "c")).unwrap();
    assert_eq!(file.lock().wait, WAIT);
    assert_eq!(file.read().unwrap().len(), 4);
}
