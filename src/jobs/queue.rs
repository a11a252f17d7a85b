//! Tasks with a time each, done by a few threads: a thousand waits need no thousand threads.

use std::cmp::Ordering;
use std::collections::{BinaryHeap, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard};
use std::thread;
use std::time::Instant;

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

/// Does the tasks with `jobs` threads, and those that they add, until none is left. What was added and is due comes
/// before what was there from the start.
pub fn run<T: Send>(jobs: usize, tasks: impl IntoIterator<Item = T>, work: impl Fn(T, &Queue<T>) + Sync) {
    let first = tasks.into_iter().collect();
    let tasks = Tasks { first, waiting: BinaryHeap::new(), running: 0, added: 0 };
    let queue = Queue { tasks: Mutex::new(tasks), changed: Condvar::new() };
    thread::scope(|scope| {
        for _ in 0..jobs.max(1) {
            scope.spawn(|| {
                while let Some(task) = queue.next() {
                    let _done = Done(&queue);
                    work(task, &queue);
                }
            });
        }
    });
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
            tasks = match wait {
                Some(wait) if wait.is_zero() => {
                    tasks.running += 1;
                    return tasks.waiting.pop().map(|due| due.task);
                }
                _ if !tasks.first.is_empty() => {
                    tasks.running += 1;
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
    fn no_tasks_are_done_at_once() {
        run(3, Vec::<()>::new(), |(), _| {});
    }
}
