use std::sync::{Arc, mpsc};
use std::thread;

use super::*;

fn fork(name: &str) -> RunningFork {
    RunningFork { operation: Operation::parse(name).unwrap(), parent: None, owner: None }
}

fn write(action: &str, check: &str) -> PendingWrite {
    let [action, check] = [action, check].map(str::to_owned);
    PendingWrite { action, check: Some(check), lookup: Arc::new(|| Some("looked".to_owned())) }
}

fn table(texts: &[&str]) -> Table {
    let commands = Commands {
        again: "dhub db fork".to_owned(),
        again_existing: String::new(),
        reports_unstarted: true,
        resume: "dhub db fork-status --wait".to_owned(),
    };
    Table::new(
        texts.iter().map(|&text| (Task { argument: text.to_owned(), ..Task::default() }, None)),
        commands,
    )
}

fn arguments(tasks: &[Task]) -> Vec<&str> {
    tasks.iter().map(|task| task.argument.as_str()).collect()
}

fn interrupt(table: &Table) -> Unfinished {
    table.interrupt();
    table.take_unfinished()
}

#[test]
fn a_fork_whose_result_was_written_is_finished() {
    let table = table(&["a/b", "c/d"]);
    table.slot(0).accepted(fork("operations/a")).unwrap();
    table.slot(1).accepted(fork("operations/b")).unwrap();
    table.slot(0).end(Left::Nothing, || Outcome::Done).unwrap();
    let unfinished = interrupt(&table);
    let operations: Vec<_> = unfinished.running.iter().map(|fork| fork.operation.as_str()).collect();
    assert_eq!(operations, ["operations/b"]);
}

#[test]
fn a_signal_reports_what_runs_what_may_have_taken_effect_and_what_was_not_started() {
    let table = table(&["a/b", "d/e", "f/g", "h/i"]);
    table.slot(0).sending(write("fork a/b to c", "dhub db forks c/b"), None).before_attempt().unwrap();
    table.slot(1).sending(write("fork d/e to c", "dhub db forks c/e"), None).before_attempt().unwrap();
    table.slot(0).accepted(fork("operations/a")).unwrap();
    let error = interrupt(&table).error(Kind::Interrupted, "interrupted");
    let message = "interrupted after sending: fork d/e to c (looked); 2 not started";
    assert_eq!(error.message, message);
    assert_eq!(
        error.hint.as_deref().unwrap(),
        "it may have taken effect; check with: dhub db forks c/e; \
         to continue: dhub db fork f/g h/i; \
         the fork continues on the service; to resume: dhub db fork-status --wait operations/a"
    );
}

#[test]
fn what_was_not_started_continues_for_exactly_the_owners_that_were_named() {
    let commands = Commands { again: "dhub db fork".to_owned(), ..table(&[]).commands.clone() };
    let tasks = [("a/b", "x"), ("a/b", "y"), ("c/d", "x"), ("c/d", "y")].map(|(argument, owner)| Task {
        argument: argument.to_owned(),
        owner: Some(owner.to_owned()),
        named_owner: Some(owner.to_owned()),
        ..Task::default()
    });
    let table = Table::new(tasks.into_iter().map(|task| (task, None)), commands);
    table.slot(0).sending(write("fork a/b to x", "dhub db forks x/b"), None).before_attempt().unwrap();
    assert_eq!(table.slot(3).again(), "dhub db fork --owner y c/d");
    let error = interrupt(&table).error(Kind::Interrupted, "interrupted");
    assert_eq!((error.argument.as_deref(), error.owner.as_deref()), (Some("a/b"), Some("x")));
    let hint = error.hint.unwrap();
    assert!(hint.contains("to continue: dhub db fork --owner y a/b; dhub db fork --owner x,y c/d"), "{hint}");
}

#[test]
fn an_attempt_without_effect_leaves_its_job_waiting() {
    let table = table(&["a/b"]);
    let slot = table.slot(0);
    let hook = slot.sending(write("fork a/b to c", ""), None);
    hook.before_attempt().unwrap();
    hook.had_no_effect();
    assert_eq!(arguments(&interrupt(&table).waiting), ["a/b"]);
    assert_eq!(hook.before_attempt(), Err(Interrupted));
}

#[test]
fn a_result_that_is_being_written_is_waited_for_and_nothing_follows_it() {
    let table = table(&["a/b", "c/d"]);
    table.slot(0).accepted(fork("operations/a")).unwrap();
    let (writing, is_writing) = mpsc::channel();
    thread::scope(|scope| {
        scope.spawn(|| {
            let written = table.slot(0).end(Left::Nothing, || {
                writing.send(()).unwrap();
                thread::sleep(WRITE_TIMEOUT / 3);
                Outcome::Done
            });
            assert_eq!(written, Ok(()));
        });
        is_writing.recv().unwrap();
        let unfinished = interrupt(&table);
        assert!(unfinished.running.is_empty() && unfinished.writing.is_empty());
    });
    assert_eq!(table.slot(1).sending(write("", ""), None).before_attempt(), Err(Interrupted));
    assert_eq!(table.slot(1).end(Left::Nothing, || Outcome::Done), Err(Interrupted));
}

#[test]
fn a_result_that_cannot_be_written_in_time_is_reported_as_what_it_was_before() {
    let table = table(&["a/b", "c/d"]);
    table.slot(0).sending(write("create a/b", "dhub db forks a/b"), None).before_attempt().unwrap();
    table.slot(1).accepted(fork("operations/c")).unwrap();
    let (writing, are_writing) = mpsc::channel();
    let (reported, is_reported) = mpsc::channel::<()>();
    let is_reported = std::sync::Mutex::new(is_reported);
    thread::scope(|scope| {
        for number in [0, 1] {
            let (table, writing, is_reported) = (&table, writing.clone(), &is_reported);
            scope.spawn(move || {
                table.slot(number).end(Left::Nothing, || {
                    writing.send(()).unwrap();
                    let _ = is_reported.lock().unwrap().recv();
                    Outcome::Done
                })
            });
        }
        are_writing.recv().unwrap();
        are_writing.recv().unwrap();
        let unfinished = interrupt(&table);
        drop(reported);
        assert_eq!(unfinished.sent.len(), 1);
        assert_eq!(unfinished.sent[0].2.as_deref(), Some("looked"));
        assert_eq!(unfinished.writing, [Operation::parse("operations/c").unwrap()]);
        assert!(unfinished.running.is_empty() && unfinished.waiting.is_empty());
    });
}

#[test]
fn a_panic_finds_what_runs_and_what_is_on_the_wire_unless_it_holds_the_lock() {
    let table = table(&["a/b", "d/e", "f/g"]);
    table.slot(0).accepted(fork("operations/a")).unwrap();
    table.slot(1).sending(write("fork d/e to c", "dhub db forks c/e"), None).before_attempt().unwrap();
    let error = table.unfinished_now().unwrap().error(Kind::Io, "it happened");
    assert_eq!(error.message, "it happened after sending: fork d/e to c; 1 not started");
    let hint = error.hint.unwrap();
    assert!(hint.contains("dhub db forks c/e") && hint.ends_with("--wait operations/a"), "{hint}");
    let _locked = table.lock();
    assert!(table.unfinished_now().is_none());
}

#[test]
fn once_stdout_is_closed_nothing_is_begun_and_what_was_not_written_is_told() {
    let table = table(&["a/b", "d/e", "f/g", "h/i"]);
    let written = |number: usize, left| {
        let write = || {
            table.slot(number).found_stdout_unwritable(true);
            Outcome::Done
        };
        table.slot(number).end(left, write).unwrap();
    };
    table.slot(0).accepted(fork("operations/a")).unwrap();
    table.slot(1).accepted(fork("operations/d")).unwrap();
    table.slot(2).accepted(fork("operations/f")).unwrap();
    assert!(table.may_go_on(3));
    written(0, Left::Running(fork("operations/a").operation));
    written(1, Left::Done("c/e".to_owned()));
    assert!(table.may_go_on(2) && !table.may_go_on(3));
    assert_eq!(table.slot(3).sending(write("", ""), None).before_attempt(), Err(Interrupted));
    let unfinished = table.take_unfinished();
    assert_eq!(unfinished.writing, [Operation::parse("operations/a").unwrap()]);
    assert_eq!(arguments(&unfinished.waiting), ["h/i"]);
    assert_eq!(unfinished.unread, ["c/e"]);
    let ended = [Some(Outcome::Done), Some(Outcome::Done), None, None];
    assert_eq!(table.outcomes(), ended);
}
