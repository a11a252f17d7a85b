//! The ready-made fork network: who is in it and whose fork each member is. The same numbers always make the
//! same tree.

/// The root's owner.
pub(super) const ROOT_OWNER: &str = "dolthub";
/// The name of the root and of every fork.
pub(super) const NAME: &str = "museum-collections";
/// The most forks that can be asked for: as many still fit a small machine's memory.
pub(super) const LIMIT: usize = 1_000_000;
/// How many forks a member has, as long as there are enough.
const CHILDREN: usize = 3;

/// The owner of a member; 0 is the root.
pub(super) fn owner(member: usize) -> String {
    match member {
        0 => ROOT_OWNER.to_owned(),
        _ => format!("museum-{member:04}"),
    }
}

/// The member of which this one is a fork; the root has none.
pub(super) fn parent(member: usize) -> Option<usize> {
    Some(member.checked_sub(1)? / CHILDREN)
}
