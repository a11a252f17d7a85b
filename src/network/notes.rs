//! Notes about a network, bounded: a service may say a million things that do not fit together.

use std::collections::BTreeSet;

/// More notes about one network say nothing new.
const MOST: usize = 10;
/// A longer one, in bytes, is cut.
const LONGEST: usize = 1_000;

/// The first few notes by their text, each once, the same in whatever order they come.
#[derive(Debug, Default)]
pub(super) struct Notes {
    kept: BTreeSet<String>,
    /// Whether there were others.
    more: bool,
}

impl Notes {
    /// Adds a note, unless it comes after all that are kept.
    pub(super) fn push(&mut self, mut note: String) {
        if note.len() > LONGEST {
            note.truncate((0..=LONGEST).rev().find(|&end| note.is_char_boundary(end)).unwrap_or_default());
            note.push('…');
        }
        self.kept.insert(note);
        if self.kept.len() > MOST {
            self.kept.pop_last();
            self.more = true;
        }
    }

    /// The notes, one a line; the last one says whether there were others.
    pub(super) fn into_lines(self) -> Vec<String> {
        let more = self.more.then(|| "and more like these".to_owned());
        self.kept.into_iter().chain(more).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_notes_are_kept_whatever_their_order_and_each_is_short() {
        let lines = |numbers: &mut dyn Iterator<Item = usize>| {
            let mut notes = Notes::default();
            numbers.for_each(|number| notes.push(format!("{:02} {}", number % 40, "ü".repeat(2_000))));
            notes.into_lines()
        };
        let up = lines(&mut (0..1_000));
        assert_eq!(up.len(), MOST + 1);
        assert_eq!(up, lines(&mut (0..1_000).rev()));
        assert!(up.iter().all(|note| note.len() < LONGEST + 4), "{up:?}");
        assert_eq!(lines(&mut (0..10).chain(0..10)).len(), 10);
    }
}
