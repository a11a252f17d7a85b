//! What moves at the bottom of the terminal while something is waited for: lines that are drawn ten times a second, and
//! erased before anything else is written.

mod lines;
mod painter;

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, Instant};

use lines::{Kind, Line, Size};
use painter::Painter;

/// What takes no longer is not shown.
const SHOW_AFTER: Duration = Duration::from_millis(300);
/// Lines move this often.
const FRAME: Duration = Duration::from_millis(100);

/// The lines that move; none ever where nothing may move.
pub struct Screen {
    is_live: bool,
    utf8: bool,
    started: Instant,
    /// Never held while something is written: a terminal may take nothing for long, and no request waits for it.
    lines: Mutex<Lines>,
    /// Held while something is written. It comes before the lock of the lines.
    terminal: Mutex<Painter>,
    changed: Condvar,
    /// While a stop (Ctrl-Z) lasts.
    is_paused: AtomicBool,
    /// The program ends: nothing is drawn any more.
    is_closed: AtomicBool,
}

#[derive(Default)]
struct Lines {
    lines: Vec<(u64, Line)>,
    added: u64,
    /// Since when there are any.
    since: Option<Instant>,
    has_ticker: bool,
}

/// A line that moves. It leaves the screen when dropped.
pub struct ProgressLine {
    screen: Arc<Screen>,
    id: u64,
}

impl Screen {
    /// Lines on stderr, where `is_live`; `reflows` is whether the terminal breaks lines anew where it becomes narrower.
    pub fn new(is_live: bool, utf8: bool, reflows: bool) -> Arc<Self> {
        Arc::new(Screen {
            is_live,
            utf8,
            started: Instant::now(),
            lines: Mutex::default(),
            terminal: Mutex::new(Painter::new(reflows)),
            changed: Condvar::new(),
            is_paused: AtomicBool::new(false),
            is_closed: AtomicBool::new(false),
        })
    }

    /// A line for something that is waited for; none where nothing may move.
    pub fn wait(self: &Arc<Self>, what: String) -> Option<ProgressLine> {
        self.add(what, Kind::Wait)
    }

    /// The same for a request; what it belongs to takes its place where that has a line.
    pub fn request(self: &Arc<Self>, what: String) -> Option<ProgressLine> {
        self.add(what, Kind::Request)
    }

    /// A bar that fills while so many things are done.
    pub fn bar(self: &Arc<Self>, what: String, len: u64) -> Option<ProgressLine> {
        self.add(what, Kind::Bar { done: 0, len })
    }

    fn add(self: &Arc<Self>, what: String, kind: Kind) -> Option<ProgressLine> {
        if !self.is_live || self.is_closed() {
            return None;
        }
        let mut lines = self.lines();
        lines.added += 1;
        let (id, now) = (lines.added, Instant::now());
        lines.since.get_or_insert(now);
        lines.lines.push((id, Line { what, problem: None, since: now, kind }));
        let is_first = !std::mem::replace(&mut lines.has_ticker, true);
        self.changed.notify_all();
        drop(lines);
        if is_first {
            self.start();
        }
        Some(ProgressLine { screen: self.clone(), id })
    }

    /// Begins to draw. Where the system refuses what that takes, nothing moves, or a line stays where it was.
    fn start(self: &Arc<Self>) {
        let screen = self.clone();
        let _ = thread::Builder::new().spawn(move || screen.tick());
        #[cfg(unix)]
        {
            let (stopped, continued) = (self.clone(), self.clone());
            let _ = crate::interrupt::around_stops(move || stopped.pause(), move || continued.resume());
        }
    }

    /// Whether requests are what is shown at the moment: nothing else has a line.
    pub fn shows_requests(&self) -> bool {
        let lines = self.lines();
        !lines.lines.is_empty() && lines.lines.iter().all(|(_, line)| line.kind == Kind::Request)
    }

    /// Writes something else to the terminal, where nothing moves meanwhile.
    pub fn suspend<T>(&self, write: impl FnOnce() -> T) -> T {
        if !self.is_live {
            return write();
        }
        let mut painter = self.terminal();
        let was_shown = painter.has_painted();
        erase(&mut painter);
        let written = write();
        if was_shown {
            self.paint(&mut painter);
        }
        written
    }

    /// Erases everything, for good: the program ends.
    pub fn stop(&self) {
        self.is_closed.store(true, Ordering::SeqCst);
        self.erase_soon();
    }

    /// What erases the lines, for a panic: it waits for no lock, and nothing is drawn after it.
    pub fn erasing(&self) -> Option<String> {
        self.is_closed.store(true, Ordering::SeqCst);
        let painter = self.terminal.try_lock().ok()?;
        painter.has_painted().then(|| painter.erasing(size().columns))
    }

    /// Leaves the terminal to others.
    #[cfg(unix)]
    fn pause(&self) {
        self.is_paused.store(true, Ordering::SeqCst);
        self.erase_soon();
    }

    /// What is on the terminal now is not what was drawn there.
    #[cfg(unix)]
    fn resume(&self) {
        if let Ok(mut painter) = self.terminal.try_lock() {
            painter.forget();
        }
        self.is_paused.store(false, Ordering::SeqCst);
    }

    /// Erases what is there, unless the terminal takes nothing.
    fn erase_soon(&self) {
        let deadline = Instant::now() + Duration::from_millis(100);
        while self.is_live && Instant::now() < deadline {
            if let Ok(mut painter) = self.terminal.try_lock() {
                return erase(&mut painter);
            }
            thread::sleep(Duration::from_millis(1));
        }
    }

    fn tick(&self) {
        let mut lines = self.lines();
        loop {
            let Some(since) = lines.since else {
                drop(lines);
                erase(&mut self.terminal());
                lines = self.lines();
                lines = self.changed.wait_while(lines, |lines| lines.since.is_none()).expect(NO_PANIC);
                continue;
            };
            let mut wait = SHOW_AFTER.saturating_sub(since.elapsed());
            if wait.is_zero() {
                drop(lines);
                self.paint(&mut self.terminal());
                lines = self.lines();
                wait = FRAME;
            }
            let is_there = |lines: &mut Lines| lines.since.is_some();
            lines = self.changed.wait_timeout_while(lines, wait, is_there).expect(NO_PANIC).0;
        }
    }

    fn paint(&self, painter: &mut Painter) {
        let is_quiet = self.is_closed() || self.is_paused.load(Ordering::SeqCst) || !is_in_foreground();
        let (now, size) = (Instant::now(), size());
        let frame = (now.saturating_duration_since(self.started).as_millis() / FRAME.as_millis()) as usize;
        let drawn = {
            let lines = self.lines();
            if is_quiet || lines.lines.is_empty() {
                return;
            }
            lines::render(lines.lines.iter().map(|(_, line)| line), now, frame, size, self.utf8)
        };
        write_to_terminal(&painter.paint(&drawn, size.columns));
    }

    fn is_closed(&self) -> bool {
        self.is_closed.load(Ordering::SeqCst)
    }

    fn lines(&self) -> MutexGuard<'_, Lines> {
        self.lines.lock().expect(NO_PANIC)
    }

    fn terminal(&self) -> MutexGuard<'_, Painter> {
        self.terminal.lock().expect(NO_PANIC)
    }
}

/// Why no lock is ever poisoned.
const NO_PANIC: &str = "nothing panics while it holds a lock of the screen";

fn erase(painter: &mut Painter) {
    if painter.has_painted() {
        write_to_terminal(&painter.erasing(size().columns));
        painter.forget();
    }
}

impl ProgressLine {
    /// Adds to what is waited for why it takes so long, or that nothing is wrong any more.
    pub fn set_problem(&self, problem: Option<String>) {
        self.update(|line| line.problem = problem);
    }

    /// Of a bar: there are so many in all, as far as is known.
    pub fn set_len(&self, to: u64) {
        self.update(|line| {
            if let Kind::Bar { len, .. } = &mut line.kind {
                *len = to;
            }
        });
    }

    /// Of a bar: one more is done.
    pub fn advance(&self) {
        self.update(|line| {
            if let Kind::Bar { done, .. } = &mut line.kind {
                *done += 1;
            }
        });
    }

    fn update(&self, update: impl FnOnce(&mut Line)) {
        let mut lines = self.screen.lines();
        if let Some((_, line)) = lines.lines.iter_mut().find(|(id, _)| *id == self.id) {
            update(line);
        }
    }
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        let mut lines = self.screen.lines();
        lines.lines.retain(|(id, _)| *id != self.id);
        let is_last = lines.lines.is_empty();
        if is_last {
            lines.since = None;
            self.screen.changed.notify_all();
        }
        drop(lines);
        // Where somebody writes at the moment, what comes after that erases it.
        if is_last && let Ok(mut painter) = self.screen.terminal.try_lock() {
            erase(&mut painter);
        }
    }
}

fn write_to_terminal(text: &str) {
    let mut stderr = io::stderr().lock();
    // A closed stderr cannot be reported anywhere.
    let _ = stderr.write_all(text.as_bytes()).and_then(|()| stderr.flush());
}

fn size() -> Size {
    // One whose size was never set says 0.
    let reported = console::Term::stderr().size_checked().filter(|&(rows, columns)| rows > 0 && columns > 0);
    let (rows, columns) = reported.unwrap_or((24, 80));
    Size { rows: usize::from(rows), columns: usize::from(columns) }
}

/// A program in the background leaves the terminal to the one in front.
fn is_in_foreground() -> bool {
    #[cfg(unix)]
    {
        use rustix::process::getpgrp;
        use rustix::termios::tcgetpgrp;
        tcgetpgrp(io::stderr()).map_or(true, |group| group == getpgrp())
    }
    #[cfg(not(unix))]
    true
}
