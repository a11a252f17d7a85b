use super::*;

fn folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.toml");
    (folder, path)
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_file_is_replaced_and_only_an_empty_lock_stays_beside_it() {
    let (folder, path) = folder();
    for text in ["one", "a longer one", "", "x"] {
        LockedFile::open(&path).unwrap().replace(text.as_bytes()).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }
    assert_eq!(names(folder.path()), ["x.toml", "x.toml.lock"]);
    assert_eq!(fs::metadata(beside(&path, ".lock")).unwrap().len(), 0);
}

#[test]
fn what_a_killed_writer_left_is_removed_by_the_next() {
    let (folder, path) = folder();
    let left = beside(&path, ".tmp");
    for remove in [|path: &Path| remove_leftover(path), |path: &Path| drop(LockedFile::open(path))] {
        fs::write(&left, "secret").unwrap();
        remove(&path);
        assert!(!left.exists());
    }
    assert_eq!(names(folder.path()), ["x.toml.lock"]);
}

#[test]
fn without_a_leftover_nothing_is_made() {
    let (folder, path) = folder();
    remove_leftover(&path);
    remove_leftover(&folder.path().join("none/x.toml"));
    assert!(names(folder.path()).is_empty());
}

#[test]
fn writers_side_by_side_lose_nothing() {
    let (_folder, path) = folder();
    thread::scope(|scope| {
        for nth in 0..16 {
            let path = &path;
            scope.spawn(move || {
                let file = LockedFile::open(path).unwrap();
                let mut text = fs::read_to_string(path).unwrap_or_default();
                text.push_str(&format!("{nth}\n"));
                file.replace(text.as_bytes()).unwrap();
            });
        }
    });
    assert_eq!(fs::read_to_string(&path).unwrap().lines().count(), 16);
}

#[test]
fn over_a_file_in_place_nothing_of_the_old_one_stays() {
    let (_folder, path) = folder();
    fs::write(&path, "long before").unwrap();
    write_in_place(&path, b"new").unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "new");
    assert!(write_in_place(&beside(&path, ".none"), b"new").is_err());
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn file_lock_and_new_folder_are_private() {
        let (folder, _) = folder();
        let path = folder.path().join("new/deep/x.toml");
        LockedFile::open(&path).unwrap().replace(b"x").unwrap();
        assert_eq!((mode(&path), mode(&beside(&path, ".lock"))), (0o600, 0o600));
        assert_eq!(mode(path.parent().unwrap()), 0o700);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        write_in_place(&path, b"y").unwrap();
        assert_eq!(mode(&path), 0o600);
    }

    #[test]
    fn a_link_stays_and_its_target_is_written() {
        let (folder, path) = folder();
        let (link, second) = (folder.path().join("link"), folder.path().join("second"));
        fs::write(&path, "old").unwrap();
        symlink("x.toml", &link).unwrap();
        symlink(&link, &second).unwrap();
        LockedFile::open(&second).unwrap().replace(b"new").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(names(folder.path()), ["link", "second", "x.toml", "x.toml.lock"]);
    }

    #[test]
    fn what_must_not_be_replaced_is_refused() {
        let (folder, path) = folder();
        let socket = folder.path().join("socket");
        let _socket = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        symlink(&path, folder.path().join("dangling")).unwrap();
        symlink("/dev/null", folder.path().join("device")).unwrap();
        symlink("loop", folder.path().join("loop")).unwrap();
        for name in ["socket", "dangling", "device", "loop", "."] {
            assert!(LockedFile::open(&folder.path().join(name)).is_err(), "{name}");
        }
        assert!(!fs::symlink_metadata(socket).unwrap().is_file());
    }

    #[test]
    fn where_no_lock_file_can_be_made_the_file_itself_is_locked() {
        let (_folder, path) = folder();
        fs::write(&path, "").unwrap();
        symlink("elsewhere", beside(&path, ".lock")).unwrap();
        thread::scope(|scope| {
            for nth in 0..8 {
                let path = &path;
                scope.spawn(move || {
                    let file = LockedFile::open(path).unwrap();
                    assert!(file.note().is_none());
                    let text = fs::read_to_string(path).unwrap();
                    file.replace(format!("{text}{nth}\n").as_bytes()).unwrap();
                });
            }
        });
        assert_eq!(fs::read_to_string(&path).unwrap().lines().count(), 8);
    }

    #[test]
    fn a_link_or_a_pipe_in_the_place_of_a_helper_file_is_not_followed() {
        let (folder, path) = folder();
        let victim = folder.path().join("victim");
        fs::write(&victim, "mine").unwrap();
        symlink(&victim, beside(&path, ".tmp")).unwrap();
        symlink(&victim, beside(&path, ".lock")).unwrap();
        let file = LockedFile::open(&path).unwrap();
        assert!(file.note().is_some());
        file.replace(b"secret").unwrap();
        assert_eq!(fs::read_to_string(&victim).unwrap(), "mine");
        assert_eq!(fs::read_to_string(&path).unwrap(), "secret");
    }
}
