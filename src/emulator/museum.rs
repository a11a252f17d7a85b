//! The museum network: a generated fork network. The same number of forks always gives the same tree.

pub(super) const ROOT_OWNER: &str = "dolthub";
/// The name of the root and of every fork.
pub(super) const NAME: &str = "museum-collections";
/// The description of every member.
pub(super) const DESCRIPTION: &str = "Records from museums around the world.";
/// The commit at the head of every member's only branch.
pub(super) const HEAD: &str = "4k2nq7v0c8t5m1r9j3s6h2d7g4b0p8fa";
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

/// The size of a member, in bytes.
pub(super) fn size(member: usize) -> u64 {
    const BLOCK: u64 = 4096;
    11_776 * BLOCK + BLOCK * member as u64
}
