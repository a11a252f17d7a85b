//! Tasks with a time each, done by a few threads: a thousand waits need no thousand threads.

use std::cmp::Ordering;
use std::collections::{BinaryHeap, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard};
use std::thread::{self, ScopedJoinHandle};
use std::time::Instant;

use crate::threads::has_room;

/// The tasks that are still to be done.
#[derive(Debug)]
pub struct Queue<T> {
    tasks: Mutex<Tasks<T>>,
    changed: Condvar,
}

#[derive(Debug)]
struct Tasks<T> {
    /// What was there from the start: done when nothing else is due.
    first: VecDeque<T>,
    waiting: BinaryHeap<Due<T>>,
    /// Whether the last one taken was due, and not there from the start.
    took_due: bool,
    /// How many are being done, and may add others.
    running: usize,
    added: u64,
}

/// A task and when to do it. The greatest is the earliest, and of two at the same time the one that was added first.
#[derive(Debug)]
struct Due<T> {
    at: Instant,
    nth: u64,
    task: T,
}

/// How many threads do the tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Threads {
    /// So many before any is let go.
    pub first: usize,
    /// So many where the system has them.
    pub most: usize,
}

impl Threads {
    /// No more than there are tasks.
    #[must_use]
    pub fn at_most(self, tasks: usize) -> Self {
        Threads { first: self.first.min(tasks), most: self.most.min(tasks) }
    }

    /// How many of so many helpers are kept where the system refuses a further one.
    fn kept(self, helpers: usize) -> usize {
        let first = self.first.saturating_sub(1);
        if helpers > first { first.max(helpers / 2) } else { helpers / 2 }
    }
}

impl From<usize> for Threads {
    fn from(jobs: usize) -> Self {
        Threads { first: jobs, most: jobs }
    }
}

/// Does the tasks with so many threads, and those that they add, until none is left. What was added and is due comes
/// before what was there from the start, in turns with it where both are always there: frequent polls stop no other task.
///
/// This thread is one of them. Where the system refuses one, half of the others are let go before any task is begun, so
/// that room is left for what the tasks take: a connection, a name to look up.
pub fn run<T: Send>(
    threads: impl Into<Threads>,
    tasks: impl IntoIterator<Item = T>,
    work: impl Fn(T, &Queue<T>) + Sync,
) {
    let threads: Threads = threads.into();
    let first = tasks.into_iter().collect();
    let tasks = Tasks { first, waiting: BinaryHeap::new(), took_due: false, running: 0, added: 0 };
    let queue = Queue { tasks: Mutex::new(tasks), changed: Condvar::new() };
    let do_all = || {
        while let Some(task) = queue.next() {
            let _done = Done(&queue);
            work(task, &queue);
        }
    };
    let latch = Latch::default();
    thread::scope(|scope| {
        let mut helpers: Vec<ScopedJoinHandle<'_, ()>> = Vec::new();
        while helpers.len() + 1 < threads.most {
            let (number, latch) = (helpers.len(), &latch);
            let help = move || {
                if latch.admits(number) {
                    do_all();
                }
            };
            let helper =
                if has_room() { thread::Builder::new().spawn_scoped(scope, help).ok() } else { None };
            match helper {
                Some(helper) => {
                    helpers.push(helper);
                    // What it takes is taken before there is a next one.
                    latch.wait_for(helpers.len());
                }
                None => {
                    let kept = threads.kept(helpers.len());
                    latch.open(kept);
                    // Once they have ended, what they took is free.
                    helpers.drain(kept..).for_each(|helper| drop(helper.join()));
                    break;
                }
            }
        }
        latch.open(helpers.len());
        do_all();
    });
}

/// Where threads wait until it is known how many of them there are to be.
#[derive(Default)]
struct Latch {
    state: Mutex<LatchState>,
    changed: Condvar,
}

#[derive(Default)]
struct LatchState {
    /// How many are admitted, once that is known.
    places: Option<usize>,
    /// How many wait, or have waited.
    arrived: usize,
}

impl Latch {
    fn open(&self, places: usize) {
        self.state.lock().expect(NO_PANIC).places.get_or_insert(places);
        self.changed.notify_all();
    }

    /// Whether the thread with this number is admitted, once that is known.
    fn admits(&self, number: usize) -> bool {
        // A thread gets its heap with its first allocation.
        drop(std::hint::black_box(Box::new(number)));
        let mut state = self.state.lock().expect(NO_PANIC);
        state.arrived += 1;
        self.changed.notify_all();
        let state = self.changed.wait_while(state, |state| state.places.is_none()).expect(NO_PANIC);
        state.places.is_some_and(|places| number < places)
    }

    /// Waits until so many threads have arrived.
    fn wait_for(&self, threads: usize) {
        let state = self.state.lock().expect(NO_PANIC);
        drop(self.changed.wait_while(state, |state| state.arrived < threads).expect(NO_PANIC));
    }
}

/// Why a lock is never poisoned.
const NO_PANIC: &str = "nothing panics while it holds the queue's lock";

impl<T> Queue<T> {
    /// Adds a task that is not to be done before a certain time.
    pub fn add(&self, task: T, at: Instant) {
        let mut tasks = self.lock();
        tasks.added += 1;
        let nth = tasks.added;
        tasks.waiting.push(Due { at, nth, task });
        self.changed.notify_one();
    }

    /// The next task, when its time has come. None when none is left and none can be added.
    fn next(&self) -> Option<T> {
        let mut tasks = self.lock();
        loop {
            let now = Instant::now();
            let wait = tasks.waiting.peek().map(|due| due.at.saturating_duration_since(now));
            let may_take_due = tasks.first.is_empty() || !tasks.took_due;
            tasks = match wait {
                Some(wait) if wait.is_zero() && may_take_due => {
                    tasks.running += 1;
                    tasks.took_due = true;
                    return tasks.waiting.pop().map(|due| due.task);
                }
                _ if !tasks.first.is_empty() => {
                    tasks.running += 1;
                    tasks.took_due = false;
                    return tasks.first.pop_front();
                }
                Some(wait) => self.changed.wait_timeout(tasks, wait).expect(NO_PANIC).0,
                None if tasks.running == 0 => return None,
                None => self.changed.wait(tasks).expect(NO_PANIC),
            };
        }
    }

    fn lock(&self) -> MutexGuard<'_, Tasks<T>> {
        self.tasks.lock().expect(NO_PANIC)
    }
}

/// Counts a task as done when it goes, however its work ended.
struct Done<'a, T>(&'a Queue<T>);

impl<T> Drop for Done<'_, T> {
    fn drop(&mut self) {
        self.0.lock().running -= 1;
        self.0.changed.notify_all();
    }
}

impl<T> Ord for Due<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        other.at.cmp(&self.at).then(other.nth.cmp(&self.nth))
    }
}

impl<T> PartialOrd for Due<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> PartialEq for Due<T> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl<T> Eq for Due<T> {}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn tasks_may_add_others_and_all_are_done() {
        let done = Mutex::new(Vec::new());
        run(4, [1_u32], |task, queue| {
            if task < 64 {
                queue.add(task * 2, Instant::now());
                queue.add(task * 2 + 1, Instant::now());
            }
            done.lock().unwrap().push(task);
        });
        let mut done = done.into_inner().unwrap();
        done.sort_unstable();
        assert_eq!(done, (1..128).collect::<Vec<_>>());
    }

    #[test]
    fn one_thread_does_what_is_due_first_and_in_the_order_it_came() {
        let start = Instant::now();
        let done = Mutex::new(Vec::new());
        run(1, ["start"], |task, queue| {
            if task == "start" {
                queue.add("last", start + Duration::from_millis(20));
                queue.add("second", start);
                queue.add("third", start);
            }
            done.lock().unwrap().push(task);
        });
        assert_eq!(done.into_inner().unwrap(), ["start", "second", "third", "last"]);
    }

    #[test]
    fn what_is_due_comes_before_what_was_there_from_the_start() {
        let done = Mutex::new(Vec::new());
        run(1, ["a", "b"], |task, queue| {
            if task == "a" {
                queue.add("after a", Instant::now());
            }
            done.lock().unwrap().push(task);
        });
        assert_eq!(done.into_inner().unwrap(), ["a", "after a", "b"]);
    }

    #[test]
    fn tasks_that_are_always_due_take_turns_with_those_from_the_start() {
        let done = Mutex::new(Vec::new());
        run(1, ["poll", "b", "c"], |task, queue| {
            let mut done = done.lock().unwrap();
            if task == "poll" && done.len() < 4 {
                queue.add("poll", Instant::now());
            }
            done.push(task);
        });
        assert_eq!(done.into_inner().unwrap(), ["poll", "poll", "b", "poll", "c", "poll"]);
    }

    #[test]
    fn where_a_thread_is_refused_half_are_kept_and_the_first_ones_once_there_were_more() {
        let threads = Threads { first: 8, most: 32 };
        let kept = [0, 1, 6, 7, 8, 12, 30].map(|helpers| threads.kept(helpers));
        assert_eq!(kept, [0, 0, 3, 3, 7, 7, 15]);
        assert_eq!(Threads::from(256).kept(40), 20);
    }

    #[test]
    fn a_latch_admits_as_many_as_it_was_opened_for_first() {
        let latch = Latch::default();
        latch.open(2);
        latch.open(9);
        assert!(latch.admits(0) && latch.admits(1) && !latch.admits(2));
    }

    #[test]
    fn no_tasks_are_done_at_once() {
        run(3, Vec::<()>::new(), |(), _| {});
    }
}
