//! What a job is about, as the user named it, and the commands that name it again.

use std::collections::HashMap;
use std::hash::Hash;

use crate::shell;

use super::long_list;

/// What a job is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Task {
    /// The argument as it was given.
    pub argument: String,
    /// Whose database is made, where it is known: errors name it.
    pub owner: Option<String>,
    /// The same where it was named with `--owner`: commands name it.
    pub named_owner: Option<String>,
    /// Whether a wait is resumed by the same command.
    pub again_resumes: bool,
}

/// Bytes of owners in one command: what is left of a line belongs to the arguments.
const LONGEST_OWNERS: usize = 16_000;

/// The commands that do exactly these tasks, to be pasted into a shell as one line: one for each set of owners.
pub fn command<'a>(command: &str, tasks: impl Iterator<Item = &'a Task>) -> String {
    let owners_by_argument = grouped(tasks.map(|task| (task.argument.as_str(), task.named_owner.as_deref())));
    let arguments_by_owners =
        grouped(owners_by_argument.into_iter().map(|(argument, owners)| (owners, argument)));
    let mut commands = Vec::new();
    for (owners, arguments) in arguments_by_owners {
        let owners: Vec<&str> = owners.into_iter().flatten().collect();
        if owners.is_empty() {
            commands.push(long_list::command(command, arguments.iter().copied()));
        }
        for option in owner_options(&owners) {
            commands.push(long_list::command(&format!("{command} {option}"), arguments.iter().copied()));
        }
    }
    long_list::sequence(&commands)
}

/// The values of each key, both in the order in which they came.
fn grouped<K: Eq + Hash + Clone, V>(pairs: impl Iterator<Item = (K, V)>) -> Vec<(K, Vec<V>)> {
    let mut groups: Vec<(K, Vec<V>)> = Vec::new();
    let mut places = HashMap::new();
    for (key, value) in pairs {
        let place = *places.entry(key.clone()).or_insert(groups.len());
        match groups.get_mut(place) {
            Some((_, values)) => values.push(value),
            None => groups.push((key, vec![value])),
        }
    }
    groups
}

/// The owners as an option each for as many as a command line has room for.
fn owner_options(owners: &[&str]) -> Vec<String> {
    let mut options: Vec<String> = Vec::new();
    for owner in owners {
        match options.last_mut() {
            Some(last) if last.len() + owner.len() < LONGEST_OWNERS => {
                last.push(',');
                last.push_str(&shell::quote(owner));
            }
            _ => options.push(shell::option("--owner", owner)),
        }
    }
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task((argument, owner): (&str, &str)) -> Task {
        let owner = Some(owner.to_owned()).filter(|owner| !owner.is_empty());
        Task { argument: argument.to_owned(), owner: owner.clone(), named_owner: owner, ..Task::default() }
    }

    fn line(tasks: &[(&str, &str)]) -> String {
        let tasks: Vec<Task> = tasks.iter().copied().map(task).collect();
        command("dhub db fork", tasks.iter())
    }

    #[test]
    fn a_command_names_each_argument_with_exactly_its_owners() {
        for (tasks, expected) in [
            (&[("a/b", ""), ("c d", "")][..], "dhub db fork a/b 'c d'"),
            (&[("a/b", "x"), ("a/b", "y")], "dhub db fork --owner x,y a/b"),
            (&[("a/b", "x"), ("a/b", "y"), ("c/d", "x"), ("c/d", "y")], "dhub db fork --owner x,y a/b c/d"),
            (
                &[("a/b", "x"), ("c/d", "y"), ("e/f", "x")],
                "dhub db fork --owner x a/b e/f; dhub db fork --owner y c/d",
            ),
            (&[("-a/b", "-x"), ("-a/b", "$y")], "dhub db fork --owner=-x,'$y' -- -a/b"),
        ] {
            assert_eq!(line(tasks), expected);
        }
    }

    #[test]
    fn more_owners_than_a_line_takes_are_named_by_several_commands() {
        let owners: Vec<String> = (0..10_000).map(|number| format!("owner-{number}")).collect();
        let tasks: Vec<(&str, &str)> = owners.iter().map(|owner| ("a/b", owner.as_str())).collect();
        let file = line(&tasks);
        let path = file.strip_prefix(". ").unwrap();
        let listed = std::fs::read_to_string(path).unwrap();
        std::fs::remove_file(path).unwrap();
        assert!(listed.lines().all(|line| line.len() < 20_000 && line.ends_with(" a/b")));
        let named: Vec<&str> =
            listed.lines().flat_map(|line| line.split(' ').nth(4).unwrap().split(',')).collect();
        assert!(named == owners, "{} of them", named.len());
    }
}
