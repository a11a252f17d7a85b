//! What moves at the bottom of the terminal while something is waited for: lines that are drawn ten times a second, and
//! erased before anything else is written.

mod lines;
mod painter;

use std::io::{self, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, Instant};

use lines::{Kind, Line, Size};
use painter::Painter;

/// What takes no longer is not shown.
const PATIENCE: Duration = Duration::from_millis(300);
/// Lines move this often.
const FRAME: Duration = Duration::from_millis(100);

/// The lines that move; none ever where nothing may move.
pub struct Screen {
    is_live: bool,
    utf8: bool,
    started: Instant,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    lines: Vec<(u64, Line)>,
    added: u64,
    /// Since when there are any.
    since: Option<Instant>,
    painter: Painter,
    has_ticker: bool,
    is_paused: bool,
    is_stopped: bool,
}

/// A line that moves. It leaves the screen when dropped.
pub struct Moving {
    screen: Arc<Screen>,
    id: u64,
}

impl Screen {
    /// Lines on stderr, where `is_live`.
    pub fn new(is_live: bool, utf8: bool) -> Arc<Self> {
        let state = Mutex::default();
        Arc::new(Screen { is_live, utf8, started: Instant::now(), state, changed: Condvar::new() })
    }

    /// A line for something that is waited for; none where nothing may move.
    pub fn wait(self: &Arc<Self>, what: String) -> Option<Moving> {
        self.add(what, Kind::Wait)
    }

    /// The same for a request; what it belongs to takes its place where that has a line.
    pub fn request(self: &Arc<Self>, what: String) -> Option<Moving> {
        self.add(what, Kind::Request)
    }

    /// A bar that fills while so many things are done.
    pub fn bar(self: &Arc<Self>, what: String, len: u64) -> Option<Moving> {
        self.add(what, Kind::Bar { done: 0, len })
    }

    fn add(self: &Arc<Self>, what: String, kind: Kind) -> Option<Moving> {
        if !self.is_live {
            return None;
        }
        let mut state = self.lock();
        if state.is_stopped {
            return None;
        }
        state.added += 1;
        let (id, now) = (state.added, Instant::now());
        state.since.get_or_insert(now);
        state.lines.push((id, Line { what, trouble: None, since: now, kind }));
        if !state.has_ticker {
            let screen = self.clone();
            // Where the system refuses a thread, nothing moves.
            state.has_ticker = thread::Builder::new().spawn(move || screen.tick()).is_ok();
            #[cfg(unix)]
            self.make_way_for_stops();
        }
        self.changed.notify_all();
        drop(state);
        Some(Moving { screen: self.clone(), id })
    }

    /// Whether requests are what is shown at the moment: nothing else has a line.
    pub fn shows_requests(&self) -> bool {
        let state = self.lock();
        !state.lines.is_empty() && state.lines.iter().all(|(_, line)| line.kind == Kind::Request)
    }

    /// Writes something else to the terminal, where nothing moves meanwhile.
    pub fn suspend<T>(&self, write: impl FnOnce() -> T) -> T {
        if !self.is_live {
            return write();
        }
        let mut state = self.lock();
        let was_shown = state.painter.has_painted();
        state.erase();
        let written = write();
        if was_shown {
            self.paint(&mut state);
        }
        written
    }

    /// Erases everything, for good: the program ends.
    pub fn stop(&self) {
        // Whoever writes to a terminal that takes nothing holds the lock for long.
        let deadline = Instant::now() + Duration::from_millis(100);
        while self.is_live && Instant::now() < deadline {
            if let Ok(mut state) = self.state.try_lock() {
                state.is_stopped = true;
                state.erase();
                state.lines.clear();
                return;
            }
            thread::sleep(Duration::from_millis(1));
        }
    }

    /// What erases the lines, for a panic: it waits for no lock.
    pub fn erasing(&self) -> Option<String> {
        let state = self.state.try_lock().ok()?;
        state.painter.has_painted().then(|| state.painter.erasing(size().columns))
    }

    /// Leaves the terminal to others while a stop (Ctrl-Z) lasts. The next frame draws again.
    #[cfg(unix)]
    fn make_way_for_stops(self: &Arc<Self>) {
        let (stopped, continued) = (self.clone(), self.clone());
        let pause = move || {
            let mut state = stopped.lock();
            state.erase();
            state.is_paused = true;
        };
        // Without it, a line stays where it was.
        let _ = crate::interrupt::around_stops(pause, move || continued.lock().is_paused = false);
    }

    fn tick(&self) {
        let mut state = self.lock();
        loop {
            let wait = match state.since {
                None => {
                    state = self.changed.wait(state).expect(NO_PANIC);
                    continue;
                }
                Some(since) => PATIENCE.saturating_sub(since.elapsed()),
            };
            if wait.is_zero() {
                self.paint(&mut state);
            }
            let wait = if wait.is_zero() { FRAME } else { wait };
            state = self
                .changed
                .wait_timeout_while(state, wait, |state| state.since.is_some())
                .expect(NO_PANIC)
                .0;
        }
    }

    fn paint(&self, state: &mut State) {
        if state.is_stopped || state.is_paused || state.lines.is_empty() || !is_in_foreground() {
            return;
        }
        let now = Instant::now();
        let frame = (now.saturating_duration_since(self.started).as_millis() / FRAME.as_millis()) as usize;
        let size = size();
        let lines = lines::render(state.lines.iter().map(|(_, line)| line), now, frame, size, self.utf8);
        write_to_terminal(&state.painter.paint(&lines, size.columns));
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect(NO_PANIC)
    }
}

/// Why the lock is never poisoned.
const NO_PANIC: &str = "nothing panics while it holds the screen's lock";

impl State {
    fn erase(&mut self) {
        if self.painter.has_painted() {
            write_to_terminal(&self.painter.erasing(size().columns));
            self.painter = Painter::default();
        }
    }
}

impl Moving {
    /// Adds to what is waited for why it takes so long, or that nothing is wrong any more.
    pub fn set_trouble(&self, trouble: Option<String>) {
        self.update(|line| line.trouble = trouble);
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
        let mut state = self.screen.lock();
        if let Some((_, line)) = state.lines.iter_mut().find(|(id, _)| *id == self.id) {
            update(line);
        }
    }
}

impl Drop for Moving {
    fn drop(&mut self) {
        let mut state = self.screen.lock();
        state.lines.retain(|(id, _)| *id != self.id);
        if state.lines.is_empty() {
            state.erase();
            state.since = None;
            self.screen.changed.notify_all();
        }
    }
}

fn write_to_terminal(text: &str) {
    let mut stderr = io::stderr().lock();
    // A closed stderr cannot be reported anywhere.
    let _ = stderr.write_all(text.as_bytes()).and_then(|()| stderr.flush());
}

fn size() -> Size {
    // One that was never told its size says 0.
    let told = console::Term::stderr().size_checked().filter(|&(rows, columns)| rows > 0 && columns > 0);
    let (rows, columns) = told.unwrap_or((24, 80));
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
