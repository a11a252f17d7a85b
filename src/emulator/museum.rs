//! The museum network: a generated fork network. The same number of forks always gives the same tree.

pub(super) const ROOT_OWNER: &str = "dolthub";
/// The name of the root and of every fork.
pub(super) const NAME: &str = "museum-collections";
/// The largest number of forks: they still fit in the memory of a small machine.
pub(super) const LIMIT: usize = 1_000_000;
/// The number of forks per parent; the last parent may have fewer.
const CHILDREN: usize = 3;

/// The owner of a member; 0 is the root.
pub(super) fn owner(member: usize) -> String {
    match member {
        0 => ROOT_OWNER.to_owned(),
        _ => format!("museum-{member:04}"),
    }
}

/// The parent of a member; the root has none.
pub(super) fn parent(member: usize) -> Option<usize> {
    Some(member.checked_sub(1)? / CHILDREN)
}
