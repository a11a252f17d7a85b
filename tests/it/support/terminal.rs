//! A pseudo-terminal to run dhub in: what a person sees on it, every byte behind that, and keys to type.

use std::io::{Read, Write};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use super::Sandbox;
use super::running::eventually;

/// The default size of a terminal.
pub const USUAL: (u16, u16) = (24, 80);

/// A terminal with a program in it; stdin, stdout and stderr are all the terminal. Killed when dropped.
pub struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    // Closing it hangs up on the program.
    _master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    seen: Arc<Mutex<Captured>>,
    reader: JoinHandle<()>,
    ended: bool,
}

struct Captured {
    parser: vt100::Parser,
    raw: Vec<u8>,
}

/// How the program ended, and what it wrote.
#[derive(Debug)]
pub struct Session {
    /// Its exit code; none when a signal ended it.
    pub code: Option<u32>,
    /// What stands on the screen, without the blanks at the ends of its lines.
    pub screen: String,
    /// Every byte that came to the terminal.
    pub raw: String,
}

impl Terminal {
    /// Runs dhub in a terminal of so many rows and columns. The arguments are split at spaces.
    pub fn dhub(sandbox: &Sandbox, size: (u16, u16), args: &str) -> Self {
        let dhub = assert_cmd::cargo::cargo_bin!("dhub");
        let mut command = CommandBuilder::new(dhub);
        command.args(args.split_whitespace());
        Terminal::open(sandbox, size, command)
    }

    /// Runs a script in a terminal; `"$DHUB"` in it is dhub.
    pub fn script(sandbox: &Sandbox, shell: &str, script: &str) -> Self {
        let mut command = CommandBuilder::new(shell);
        command.args(["-c", script]);
        Terminal::open(sandbox, USUAL, command)
    }

    /// Runs a program in a terminal of so many rows and columns.
    pub fn program(sandbox: &Sandbox, size: (u16, u16), words: &[&str]) -> Self {
        let mut command = CommandBuilder::new(words[0]);
        command.args(&words[1..]);
        Terminal::open(sandbox, size, command)
    }

    fn open(sandbox: &Sandbox, (rows, cols): (u16, u16), mut command: CommandBuilder) -> Self {
        command.env_clear();
        command.env("TERM", "xterm-256color");
        command.env("DHUB", assert_cmd::cargo::cargo_bin!("dhub"));
        for (name, value) in sandbox.environment() {
            command.env(name, value);
        }
        command.cwd(sandbox.home());
        let pair = native_pty_system().openpty(PtySize { rows, cols, ..PtySize::default() }).unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        let parser = vt100::Parser::new(rows, cols, 0);
        let seen = Arc::new(Mutex::new(Captured { parser, raw: Vec::new() }));
        let (log, mut output) = (seen.clone(), pair.master.try_clone_reader().unwrap());
        let reader = thread::spawn(move || {
            let mut chunk = [0; 4096];
            while let Ok(count @ 1..) = output.read(&mut chunk) {
                let mut log = log.lock().unwrap();
                log.parser.process(&chunk[..count]);
                log.raw.extend_from_slice(&chunk[..count]);
            }
        });
        let keys = pair.master.take_writer().unwrap();
        Terminal { child, _master: pair.master, keys, seen, reader, ended: false }
    }

    /// Types; `\r` is the Return key, `\x03` is Ctrl-C, `\x04` is Ctrl-D.
    pub fn types(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    /// What stands on the screen now.
    pub fn screen(&self) -> String {
        let seen = self.seen.lock().unwrap();
        let screen = seen.parser.screen();
        let rows: Vec<String> =
            screen.rows(0, screen.size().1).map(|row| row.trim_end().to_owned()).collect();
        rows.join("\n").trim_end().to_owned()
    }

    /// What is read from the screen as it is now, with its colours.
    pub fn read<T>(&self, read: impl FnOnce(&vt100::Screen) -> T) -> T {
        read(self.seen.lock().unwrap().parser.screen())
    }

    /// Every byte so far.
    pub fn raw(&self) -> String {
        String::from_utf8_lossy(&self.seen.lock().unwrap().raw).into_owned()
    }

    /// Waits until what stands on the screen is as wanted, and returns it.
    #[track_caller]
    pub fn wait_until(&self, wanted: impl Fn(&str) -> bool) -> String {
        let mut screen = self.screen();
        let came = eventually(|| {
            screen = self.screen();
            wanted(&screen)
        });
        assert!(came, "it never came to the screen:\n{screen}\n{:?}", self.raw());
        screen
    }

    /// Waits until a text stands on the screen.
    #[track_caller]
    pub fn wait_for(&self, text: &str) -> String {
        self.wait_until(|screen| screen.contains(text))
    }

    /// Waits for the program's end.
    #[track_caller]
    pub fn finish(mut self) -> Session {
        let mut status = None;
        let ended = eventually(|| {
            status = self.child.try_wait().unwrap();
            status.is_some()
        });
        self.ended = ended;
        assert!(ended, "it does not end:\n{}\n{:?}", self.screen(), self.raw());
        // The end of a terminal is not always reported; the output has arrived by now.
        let deadline = Instant::now() + Duration::from_secs(1);
        while !self.reader.is_finished() && Instant::now() < deadline {
            thread::sleep(Duration::from_millis(5));
        }
        let status = status.unwrap();
        let code = status.signal().is_none().then(|| status.exit_code());
        Session { code, screen: self.screen(), raw: self.raw() }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // The number of a program that has ended may be another's by now.
        if !self.ended {
            let _ = self.child.kill();
        }
    }
}

impl Session {
    /// Checks the exit code, and shows everything where it is another.
    #[track_caller]
    pub fn exits(self, code: u32) -> Self {
        assert_eq!(self.code, Some(code), "{self:?}");
        self
    }

    /// Whether any colour or weight was set.
    pub fn is_coloured(&self) -> bool {
        is_coloured(&self.raw)
    }
}

/// Whether a text holds a sequence that sets a colour or a weight: `ESC [ … m`.
pub fn is_coloured(text: &str) -> bool {
    text.split("\x1b[").skip(1).any(|rest| {
        rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ';' | ':')).starts_with('m')
    })
}
