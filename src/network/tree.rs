//! The tree itself: members by number, so that no depth is too deep.

use std::collections::HashMap;

use crate::error::Kind;
use crate::names::Database;

use super::notes::Notes;

/// A member as the walk found it.
#[derive(Debug)]
pub(super) struct Found {
    pub database: Database,
    /// What its own response names.
    pub parent: Option<Database>,
    /// Why its request failed.
    pub error: Option<Kind>,
}

/// A fork network as a tree. Members are in the order in which they are shown: each before its forks, siblings by name.
#[derive(Debug)]
pub struct Tree {
    /// Every member, the root first.
    pub members: Vec<Member>,
    /// The number of forks in the network as the service counts it.
    pub fork_network_count: Option<u64>,
    /// What did not fit together, in words for the user.
    pub notes: Vec<String>,
    /// The position of the database that the user named; none where the tree is cut above it.
    pub named: Option<usize>,
}

/// A database in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Owner and name.
    pub database: Database,
    /// Why its request failed, where that is so.
    pub error: Option<Kind>,
    /// How many steps below the root it stands.
    pub depth: usize,
    /// The position of the member above it; none for the root.
    pub parent: Option<usize>,
    /// How many members stand below it, at any depth.
    pub descendants: usize,
    /// Whether no sibling follows it.
    pub is_last: bool,
}

impl Tree {
    /// Puts every member into its place. What cannot have one stands under the root, with a note.
    pub(super) fn build(
        root: Database,
        named: Database,
        mut found: Vec<Found>,
        fork_network_count: Option<u64>,
        mut notes: Notes,
    ) -> Self {
        if !found.iter().any(|member| member.database == root) {
            found.push(Found { database: root.clone(), parent: None, error: Some(Kind::Network) });
        }
        found.sort_by(|one, other| one.database.cmp(&other.database));
        let parents = parents(&root, &found, &mut notes);
        let children = children(&parents);
        let top = parents.iter().position(Option::is_none).unwrap_or_default();
        let members = in_order(found, &children, top);
        let named = members.iter().position(|member| member.database == named);
        Tree { members, fork_network_count, notes: notes.into_lines(), named }
    }

    /// Whether a member is missing a response that might have changed the tree.
    pub fn may_be_wrong(&self) -> bool {
        self.members.iter().any(|member| member.error == Some(Kind::Network))
    }
}

/// The number of each member's parent. None for the root alone, and no member is its own ancestor.
fn parents(root: &Database, found: &[Found], notes: &mut Notes) -> Vec<Option<usize>> {
    let number: HashMap<&Database, usize> =
        found.iter().enumerate().map(|(number, member)| (&member.database, number)).collect();
    let top = number.get(root).copied().unwrap_or_default();
    let mut parents: Vec<Option<usize>> = found
        .iter()
        .enumerate()
        .map(|(own, member)| {
            if own == top {
                if let Some(parent) = &member.parent {
                    notes.push(format!("{root} is named as the root, but also as a fork of {parent}"));
                }
                return None;
            }
            let database = &member.database;
            match &member.parent {
                Some(parent) if number.contains_key(parent) => number.get(parent).copied(),
                Some(parent) => {
                    notes.push(format!("{database} is a fork of {parent}, which is not in the network"));
                    Some(top)
                }
                None => {
                    if member.error.is_none() {
                        notes.push(format!("{database} is not a fork, but in the network of {root}"));
                    }
                    Some(top)
                }
            }
        })
        .collect();
    cut_cycles(found, top, &mut parents, notes);
    parents
}

/// Puts one member of each cycle under the root. The members are sorted, so it is always the same one.
fn cut_cycles(found: &[Found], top: usize, parents: &mut [Option<usize>], notes: &mut Notes) {
    // The walk up from a member in which it was passed; 0 is none.
    let mut passed_in = vec![0; found.len()];
    for start in 0..found.len() {
        let walk = start + 1;
        let mut at = start;
        loop {
            if passed_in[at] == walk {
                notes.push(format!("{} is a fork of one of its own forks", found[at].database));
                parents[at] = Some(top);
                break;
            }
            if passed_in[at] != 0 {
                break;
            }
            passed_in[at] = walk;
            match parents[at] {
                Some(parent) => at = parent,
                None => break,
            }
        }
    }
}

fn children(parents: &[Option<usize>]) -> Vec<Vec<usize>> {
    let mut children = vec![Vec::new(); parents.len()];
    for (own, parent) in parents.iter().enumerate() {
        if let Some(parent) = *parent {
            children[parent].push(own);
        }
    }
    children
}

/// The members in the order in which they are shown.
fn in_order(found: Vec<Found>, children: &[Vec<usize>], top: usize) -> Vec<Member> {
    let mut found: Vec<Option<Found>> = found.into_iter().map(Some).collect();
    let mut members: Vec<Member> = Vec::with_capacity(found.len());
    // Number, position of the parent, depth, and whether it is the last of its siblings.
    let mut to_place = vec![(top, None, 0, true)];
    while let Some((own, parent, depth, is_last)) = to_place.pop() {
        let Some(Found { database, error, .. }) = found[own].take() else { continue };
        let position = members.len();
        members.push(Member { database, error, depth, parent, descendants: 0, is_last });
        // The last one is pushed first, so that the first one is taken first.
        for (nth, &child) in children[own].iter().rev().enumerate() {
            to_place.push((child, Some(position), depth + 1, nth == 0));
        }
    }
    for position in (1..members.len()).rev() {
        if let Some(parent) = members[position].parent {
            members[parent].descendants += members[position].descendants + 1;
        }
    }
    members
}
