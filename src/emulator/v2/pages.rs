//! Lists in pages.

use super::super::state::List;
use super::problem::Problem;

/// The number of items in a page.
const SIZE: usize = 100;

/// Which list of a database a page belongs to.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    Forks,
    Operations,
    Branches,
}

/// Part of a list.
#[derive(Debug)]
pub(super) struct Page<T> {
    pub(super) items: Vec<T>,
    /// Absent on the last page.
    pub(super) next_page_token: Option<String>,
}

impl<T> Page<T> {
    /// The page that a token stands for; without one, the first. What was added to a list in between moves no page.
    pub(super) fn of(kind: Kind, list: List<T>, token: Option<String>) -> Result<Self, Problem> {
        let start = match token {
            None => 0,
            Some(token) => {
                start(kind, &list, &token).ok_or_else(|| Problem::invalid("page_token is not valid"))?
            }
        };
        let List { database, items } = list;
        let is_last = items.len() - start <= SIZE;
        let (ids, items): (Vec<_>, Vec<_>) = items.into_iter().skip(start).take(SIZE).unzip();
        let next = ids.last().filter(|_| !is_last).map(|&last| page_token(kind, database, last));
        Ok(Self { items, next_page_token: next })
    }
}

/// Where the page after the item that the token names starts.
fn start<T>(kind: Kind, list: &List<T>, token: &str) -> Option<usize> {
    let id = usize::from_str_radix(token.split_once('+')?.0, 16).ok()?;
    let position = list.items.iter().position(|(item, _)| *item == id)?;
    (token == page_token(kind, list.database, id)).then_some(position + 1)
}

/// A token that is good for one list only, and that a client has to percent-encode.
fn page_token(kind: Kind, database: usize, last: usize) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for part in [kind as usize, database, last] {
        hash = (hash ^ part as u64).wrapping_mul(0x0000_0100_0000_01b3);
    }
    format!("{last:x}+{hash:016x}/==")
}
