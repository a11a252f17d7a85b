use super::*;

/// A state at time 1,000 with these public databases.
fn state(databases: &[&str]) -> State {
    let mut state = State::default();
    for database in databases {
        let (owner, name) = database.split_once('/').unwrap();
        create(&mut state, owner, name, Visibility::Public).unwrap();
    }
    state
}

fn create(state: &mut State, owner: &str, name: &str, visibility: Visibility) -> Result<(), Refusal> {
    let event = state.create(1_000, owner, name, visibility, "")?;
    state.apply(event)
}

/// Forks into `owner`'s namespace, due 100 ms later; the operation's name is `operations/OWNER`.
fn fork(state: &mut State, now: u64, parent: &str, owner: &str) -> Result<(), Refusal> {
    let event =
        state.fork(now, parent.split_once('/').unwrap(), owner, 100, format!("operations/{owner}"))?;
    state.apply(event)
}

fn forks(state: &mut State, now: u64, database: &str, caller: Caller) -> Result<Vec<String>, Refusal> {
    let (owner, name) = database.split_once('/').unwrap();
    let network = state.network(now, owner, name, caller)?;
    Ok(network.forks(caller).map(|fork| format!("{}/{}", fork.owner, fork.name)).collect())
}

#[test]
fn a_create_in_a_namespace_that_the_user_may_not_write_to_is_refused() {
    let mut state = state(&[]);
    for owner in ["taylor", "dolthub", "anotherOrg"] {
        assert_eq!(create(&mut state, owner, "x", Visibility::Public), Ok(()));
    }
    for owner in ["nobody", "Taylor", "", "taylor/x"] {
        let refused = create(&mut state, owner, "x", Visibility::Public).unwrap_err();
        assert!(refused.to_string().contains("permission"), "{refused}");
    }
}

#[test]
fn a_name_has_only_letters_digits_hyphens_and_underscores_and_no_hyphen_at_either_end() {
    let mut state = state(&[]);
    for name in ["a", "A-b_9", "_x_", "0"] {
        assert_eq!(create(&mut state, "taylor", name, Visibility::Public), Ok(()), "{name}");
    }
    for name in ["", "-", "-a", "a-", "a.b", "a b", "é", "a/b", "a\n"] {
        let refused = create(&mut state, "taylor", name, Visibility::Public).unwrap_err();
        assert_eq!(refused, Refusal::InvalidName { name: name.to_owned() });
    }
}

#[test]
fn a_duplicate_database_is_refused_but_another_owner_may_use_its_name() {
    let mut state = state(&["dolthub/x"]);
    assert_eq!(create(&mut state, "taylor", "x", Visibility::Public), Ok(()));
    let refused = create(&mut state, "dolthub", "x", Visibility::Private).unwrap_err();
    assert_eq!(refused.to_string(), "dolthub/x already exists");
}

#[test]
fn a_fork_becomes_a_database_when_it_is_due() {
    let mut state = state(&["dolthub/x"]);
    fork(&mut state, 1_000, "dolthub/x", "taylor").unwrap();
    assert_eq!(forks(&mut state, 1_099, "taylor/x", Caller::User), Err(Refusal::NoSuchRepository));
    assert_eq!(forks(&mut state, 1_099, "dolthub/x", Caller::User), Ok(vec![]));
    assert!(matches!(state.operation(1_099, "operations/taylor"), Ok(Progress::Running { polls: 0 })));
    assert!(matches!(state.operation(1_099, "operations/taylor"), Ok(Progress::Running { polls: 1 })));
    let Ok(Progress::Done(database)) = state.operation(1_100, "operations/taylor") else { panic!() };
    assert_eq!((database.owner.as_str(), database.name.as_str()), ("taylor", "x"));
    assert_eq!(forks(&mut state, 1_100, "dolthub/x", Caller::Anonymous), Ok(vec!["taylor/x".to_owned()]));
    let network = state.network(1_100, "taylor", "x", Caller::Anonymous).unwrap();
    assert_eq!(network.parent.unwrap().owner, "dolthub");
    assert_eq!(network.root.owner, "dolthub");
    assert_eq!(network.count, 1);
}

#[test]
fn a_fork_without_a_delay_is_finished_at_once() {
    let mut state = state(&["dolthub/x"]);
    let event = state.fork(1_000, ("dolthub", "x"), "taylor", 0, "operations/1".to_owned()).unwrap();
    state.apply(event).unwrap();
    assert!(matches!(state.operation(1_000, "operations/1"), Ok(Progress::Done(_))));
}

#[test]
fn a_clock_that_is_set_back_does_not_undo_a_fork() {
    let mut state = state(&["dolthub/x"]);
    fork(&mut state, 1_000, "dolthub/x", "taylor").unwrap();
    assert!(matches!(state.operation(2_000, "operations/taylor"), Ok(Progress::Done(_))));
    assert!(matches!(state.operation(0, "operations/taylor"), Ok(Progress::Done(_))));
    assert_eq!(state.create(0, "taylor", "y", Visibility::Public, "").unwrap().at(), 2_000);
}

#[test]
fn a_duplicate_fork_is_refused_while_the_first_is_running_and_afterwards() {
    let mut state = state(&["dolthub/x"]);
    fork(&mut state, 1_000, "dolthub/x", "taylor").unwrap();
    for now in [1_001, 1_100] {
        let refused = fork(&mut state, now, "dolthub/x", "taylor").unwrap_err();
        assert!(refused.to_string().contains("already been forked"), "{refused}");
    }
}

#[test]
fn a_fork_whose_name_another_database_has_is_refused() {
    let mut state = state(&["dolthub/x", "anotherOrg/x"]);
    for owner in ["anotherOrg", "dolthub"] {
        let refused = fork(&mut state, 1_000, "dolthub/x", owner).unwrap_err();
        assert_eq!(refused.to_string(), format!("{owner}/x already exists"));
    }
}

#[test]
fn a_fork_whose_name_is_taken_in_the_meantime_fails() {
    let mut state = state(&["dolthub/x"]);
    fork(&mut state, 1_000, "dolthub/x", "taylor").unwrap();
    create(&mut state, "taylor", "x", Visibility::Public).unwrap();
    let Ok(Progress::Failed(refusal)) = state.operation(1_100, "operations/taylor") else { panic!() };
    assert_eq!(refusal.to_string(), "taylor/x already exists");
    assert_eq!(forks(&mut state, 1_100, "dolthub/x", Caller::User), Ok(vec![]));
}

#[test]
fn a_fork_without_a_parent_or_without_permission_is_refused() {
    let mut state = state(&["dolthub/x"]);
    assert_eq!(fork(&mut state, 1_000, "dolthub/y", "taylor"), Err(Refusal::NoSuchRepository));
    let refused = fork(&mut state, 1_000, "dolthub/x", "nobody").unwrap_err();
    assert!(refused.to_string().contains("permission"), "{refused}");
}

#[test]
fn a_private_database_and_its_forks_are_hidden_from_anonymous_callers() {
    let mut state = state(&[]);
    create(&mut state, "dolthub", "x", Visibility::Private).unwrap();
    fork(&mut state, 1_000, "dolthub/x", "taylor").unwrap();
    for database in ["dolthub/x", "taylor/x"] {
        assert_eq!(forks(&mut state, 1_100, database, Caller::Anonymous), Err(Refusal::NoSuchRepository));
        assert_eq!(forks(&mut state, 1_100, database, Caller::User), Ok(vec!["taylor/x".to_owned()]));
    }
}

#[test]
fn every_member_of_a_network_lists_the_same_forks_and_its_own_parent() {
    let mut state = state(&["dolthub/x"]);
    fork(&mut state, 1_000, "dolthub/x", "anotherOrg").unwrap();
    fork(&mut state, 1_100, "anotherOrg/x", "taylor").unwrap();
    let all = Ok(vec!["anotherOrg/x".to_owned(), "taylor/x".to_owned()]);
    for (owner, parent) in
        [("dolthub", None), ("anotherOrg", Some("dolthub")), ("taylor", Some("anotherOrg"))]
    {
        assert_eq!(forks(&mut state, 1_200, &format!("{owner}/x"), Caller::Anonymous), all);
        let network = state.network(1_200, owner, "x", Caller::Anonymous).unwrap();
        assert_eq!(network.parent.map(|parent| parent.owner.as_str()), parent);
        assert_eq!((network.root.owner.as_str(), network.count), ("dolthub", 2));
    }
}

#[test]
fn an_operation_is_found_by_its_exact_name_only() {
    let mut state = state(&["dolthub/x"]);
    fork(&mut state, 1_000, "dolthub/x", "taylor").unwrap();
    for name in ["operations/jobs/taylor", "taylor", "operations/", ""] {
        assert_eq!(state.operation(1_000, name).unwrap_err(), Refusal::OperationNotFound);
    }
}

#[test]
fn the_museum_network_is_a_deep_tree_with_a_public_root() {
    let mut state = state(&[]);
    let event = state.fill(1_000, 2_000).unwrap().unwrap();
    state.apply(event).unwrap();
    let network = state.network(1_000, "museum-2000", museum::NAME, Caller::Anonymous).unwrap();
    let first = network.forks(Caller::Anonymous).next().unwrap();
    assert_eq!((network.count, network.forks(Caller::Anonymous).count()), (2_000, 2_000));
    assert_eq!((network.root.owner.as_str(), first.owner.as_str()), ("dolthub", "museum-0001"));
    let mut generations = 0;
    let mut owner = "museum-2000".to_owned();
    while let Some(parent) = state.network(1_000, &owner, museum::NAME, Caller::Anonymous).unwrap().parent {
        owner = parent.owner.clone();
        generations += 1;
    }
    assert_eq!((owner.as_str(), generations), ("dolthub", 7));
}

#[test]
fn the_museum_network_grows_to_a_larger_size_and_never_shrinks() {
    let mut state = state(&["dolthub/museum-collections"]);
    for (requested, expected) in [(5, 5), (5, 5), (3, 5), (8, 8)] {
        if let Some(event) = state.fill(1_000, requested).unwrap() {
            assert_ne!((requested, expected), (3, 5));
            state.apply(event).unwrap();
        }
        let network = state.network(1_000, "dolthub", museum::NAME, Caller::Anonymous).unwrap();
        assert_eq!((network.count, network.parent.is_none()), (expected, true));
    }
    assert_eq!(state.fill(1_000, 8), Ok(None));
}

#[test]
fn the_museum_network_is_refused_if_it_is_too_large_or_its_root_is_private() {
    let mut state = state(&[]);
    assert_eq!(state.fill(1_000, museum::LIMIT + 1), Err(Refusal::NetworkTooLarge));
    create(&mut state, "dolthub", museum::NAME, Visibility::Private).unwrap();
    assert_eq!(state.fill(1_000, 1), Err(Refusal::NetworkPrivate));
}

#[test]
fn an_impossible_event_is_refused_and_changes_nothing() {
    let mut state = state(&["dolthub/x"]);
    fork(&mut state, 1_000, "dolthub/x", "taylor").unwrap();
    let forked = |operation: &str, parent: &str| Event::Forked {
        at: 1_000,
        operation: operation.to_owned(),
        parent_owner: parent.to_owned(),
        parent_name: "x".to_owned(),
        owner: "anotherOrg".to_owned(),
        due: 1_000,
    };
    assert_eq!(state.apply(forked("operations/taylor", "dolthub")), Err(Refusal::DuplicateOperation));
    assert_eq!(state.apply(forked("operations/new", "nobody")), Err(Refusal::NoSuchRepository));
    assert_eq!(state.apply(Event::Filled { at: 0, forks: usize::MAX }), Err(Refusal::NetworkTooLarge));
    assert_eq!(forks(&mut state, 1_000, "anotherOrg/x", Caller::User), Err(Refusal::NoSuchRepository));
}
