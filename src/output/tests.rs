use super::*;

#[test]
fn the_first_locale_variable_that_is_set_decides() {
    assert!(speaks_utf8(&[("LANG", "en_US.UTF-8")].into()));
    assert!(speaks_utf8(&[("LANG", "C"), ("LC_ALL", "C.utf8")].into()));
    assert!(!speaks_utf8(&[("LANG", "en_US.UTF-8"), ("LC_ALL", "C")].into()));
    assert!(!speaks_utf8(&Environment::default()));
}

#[test]
fn a_long_message_is_shortened_between_characters() {
    assert_eq!(shorten(&"ü".repeat(11), 10), format!("{}…", "ü".repeat(10)));
    assert_eq!(shorten("short", 5), "short");
}
