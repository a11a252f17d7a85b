use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use proptest::prelude::*;

use super::*;

fn database(text: &str) -> Database {
    Database::new(text, "x")
}

/// A response and the forks that it lists.
type Listing = (Response, Vec<Database>);

fn listing(
    parent: Option<Database>,
    root: Option<Database>,
    forks: Vec<Database>,
    fork_network_count: Option<u64>,
) -> Listing {
    let list = BuildHasherDefault::<DefaultHasher>::default().hash_one(&forks);
    (Response { parent, root, fork_network_count, list }, forks)
}

fn record(walk: &mut Walk, database: &Database, (response, forks): Listing) {
    walk.responded(database, response, |each| forks.into_iter().for_each(each));
}

/// A network as a service holds it: each member and its parent.
type Parents<'a> = &'a [(&'a str, &'a str)];

/// A flat list of the network, or only the children, as the service may give either.
fn response(network: Parents<'_>, of: &Database, flat: bool) -> Option<Listing> {
    let root = network.iter().find(|(_, parent)| parent.is_empty()).map(|(name, _)| database(name));
    let (_, parent) = network.iter().find(|(name, _)| database(name) == *of)?;
    let forks = network
        .iter()
        .filter(|(_, parent)| if flat { !parent.is_empty() } else { database(parent) == *of })
        .map(|(name, _)| database(name))
        .collect();
    let parent = (!parent.is_empty()).then(|| database(parent));
    Some(listing(parent, root, forks, Some(network.len() as u64 - 1)))
}

/// Walks a network to its end. Who is not in it is not found.
fn walk(network: Parents<'_>, named: &str, flat: bool) -> Tree {
    let mut walk = Walk::new(database(named));
    let mut requested = HashSet::new();
    while let Some(next) = walk.next_request() {
        assert!(requested.insert(next.clone()), "{next} was requested twice");
        match response(network, &next, flat) {
            Some(response) => record(&mut walk, &next, response),
            None => walk.failed(&next, Kind::NotFound),
        }
    }
    walk.finish()
}

/// The tree as `name(child child(grandchild))`.
fn shape(tree: &Tree) -> String {
    let mut shape = String::new();
    let mut depth = 0;
    for (position, member) in tree.members.iter().enumerate() {
        if position > 0 {
            let step =
                if member.depth > depth { "(".to_owned() } else { ")".repeat(depth - member.depth) + " " };
            shape.push_str(&step);
        }
        depth = member.depth;
        shape.push_str(&member.database.owner);
        if let Some(error) = member.error {
            shape.push_str(&format!("[{}]", error.name()));
        }
    }
    shape + &")".repeat(depth)
}

const MUSEUM: Parents<'static> = &[("r", ""), ("b", "r"), ("a", "r"), ("c", "b"), ("d", "c"), ("e", "b")];

#[test]
fn the_tree_is_the_same_from_every_member_and_from_flat_lists_and_children() {
    for flat in [true, false] {
        for (named, _) in MUSEUM {
            let tree = walk(MUSEUM, named, flat);
            assert_eq!(shape(&tree), "r(a b(c(d) e))", "from {named}, flat: {flat}");
            assert_eq!(tree.members[tree.named.unwrap()].database, database(named));
            assert_eq!(tree.notes, Vec::<String>::new());
            assert_eq!(tree.fork_network_count, Some(5));
            let below: Vec<usize> = tree.members.iter().map(|member| member.descendants).collect();
            assert_eq!(below, [5, 0, 3, 1, 0, 0]);
            assert!(!tree.may_be_wrong());
        }
    }
}

#[test]
fn a_database_without_forks_is_a_tree_of_one() {
    assert_eq!(shape(&walk(&[("r", "")], "r", true)), "r");
}

#[test]
fn a_parent_outside_the_network_puts_its_fork_under_the_root_with_a_note() {
    let tree = walk(&[("r", ""), ("a", "ghost"), ("b", "r")], "r", true);
    assert_eq!(shape(&tree), "r(a b)");
    assert_eq!(tree.notes, ["a/x is a fork of ghost/x, which is not in the network"]);
}

#[test]
fn a_cycle_is_cut_with_a_note() {
    for (network, expected) in [
        (&[("r", ""), ("a", "b"), ("b", "c"), ("c", "a"), ("d", "c")][..], "r(a(c(b d)))"),
        (&[("r", ""), ("a", "a")], "r(a)"),
    ] {
        let tree = walk(network, "r", true);
        assert_eq!(shape(&tree), expected);
        assert_eq!(tree.notes, ["a/x is a fork of one of its own forks"]);
    }
}

#[test]
fn a_member_that_is_listed_twice_stands_once_with_a_note() {
    let mut walk = Walk::new(database("r"));
    let twice = vec![database("a"), database("a")];
    walk.next_request();
    record(&mut walk, &database("r"), listing(None, Some(database("r")), twice, None));
    assert_eq!(walk.next_request(), Some(database("a")));
    assert_eq!(walk.next_request(), None);
    record(&mut walk, &database("a"), listing(Some(database("r")), None, vec![], None));
    let tree = walk.finish();
    assert_eq!(shape(&tree), "r(a)");
    assert_eq!(tree.notes, ["a/x is listed twice"]);
}

#[test]
fn a_root_that_is_not_reachable_is_still_the_root() {
    let mut walk = Walk::new(database("a"));
    walk.next_request();
    record(&mut walk, &database("a"), listing(Some(database("r")), Some(database("r")), vec![], None));
    assert_eq!(walk.next_request(), Some(database("r")));
    walk.failed(&database("r"), Kind::NotFound);
    let tree = walk.finish();
    assert_eq!(shape(&tree), "r[not_found](a)");
    assert!(!tree.may_be_wrong());
}

#[test]
fn members_that_refuse_stay_and_those_that_give_no_answer_make_the_tree_doubtful() {
    for (kind, doubtful) in [(Kind::NotFound, false), (Kind::Auth, false), (Kind::Network, true)] {
        let mut walk = Walk::new(database("r"));
        walk.next_request();
        let forks = vec![database("b"), database("a")];
        record(&mut walk, &database("r"), listing(None, Some(database("r")), forks, None));
        walk.failed(&database("a"), kind);
        record(&mut walk, &database("b"), listing(Some(database("a")), None, vec![], None));
        let tree = walk.finish();
        assert_eq!(shape(&tree), format!("r(a[{}](b))", kind.name()));
        assert_eq!(tree.may_be_wrong(), doubtful);
        assert_eq!(tree.notes, Vec::<String>::new());
    }
}

#[test]
fn two_roots_make_one_tree_with_a_note_however_the_answers_arrive() {
    for order in [["p", "q"], ["q", "p"]] {
        let mut walk = Walk::new(database(order[0]));
        for name in order {
            let root = Some(database(name));
            record(&mut walk, &database(name), listing(None, root, vec![], None));
        }
        let tree = walk.finish();
        assert_eq!(shape(&tree), "p(q)");
        assert!(tree.notes.contains(&"the responses name 2 roots: p/x, q/x".to_owned()), "{:?}", tree.notes);
    }
}

#[test]
fn a_chain_of_5000_and_a_star_of_20000_are_trees() {
    let names: Vec<String> = (0..20_001).map(|number| format!("m{number:05}")).collect();
    let mut chain = Walk::new(database(&names[0]));
    let mut star = Walk::new(database(&names[0]));
    for (own, name) in names.iter().enumerate() {
        let root = Some(database(&names[0]));
        let above = |parent: usize| (own > 0).then(|| database(&names[parent]));
        if own <= 5_000 {
            let response = listing(above(own.saturating_sub(1)), root.clone(), vec![], None);
            record(&mut chain, &database(name), response);
        }
        record(&mut star, &database(name), listing(above(0), root, vec![], None));
    }
    let chain = chain.finish();
    assert_eq!((chain.members.len(), chain.members[5_000].depth), (5_001, 5_000));
    let star = star.finish();
    assert_eq!((star.members.len(), star.members[0].descendants), (20_001, 20_000));
}

proptest! {
    #[test]
    fn any_network_of_parents_is_a_tree_with_every_member_once(
        parents in prop::collection::vec(0_usize..40, 1..30),
        flat in any::<bool>(),
        from in any::<prop::sample::Index>(),
    ) {
        // Any parent at all, itself, a database outside and a member of a cycle included; the first is the root.
        let names: Vec<String> = (0..40).map(|number| format!("m{number:02}")).collect();
        let network: Vec<(&str, &str)> = parents
            .iter()
            .enumerate()
            .map(|(own, &parent)| (names[own].as_str(), if own == 0 { "" } else { names[parent].as_str() }))
            .collect();
        let tree = walk(&network, network[from.index(network.len())].0, flat);
        let mut stand: Vec<&Database> = tree.members.iter().map(|member| &member.database).collect();
        stand.sort();
        let count = stand.len();
        stand.dedup();
        prop_assert_eq!(stand.len(), count, "a member stands twice");
        if flat {
            // Then every member is listed.
            prop_assert_eq!(count, network.len());
        }
        for (position, member) in tree.members.iter().enumerate() {
            match member.parent {
                None => prop_assert_eq!(position, 0),
                Some(parent) => {
                    prop_assert!(parent < position);
                    prop_assert_eq!(member.depth, tree.members[parent].depth + 1);
                }
            }
        }
        prop_assert_eq!(tree.members[0].descendants, count - 1);
    }
}
