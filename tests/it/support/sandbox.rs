//! A home of its own for each test, and nothing of the machine's settings in it.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use dhub::emulator::{Emulator, Options};

/// A token that no output may hold.
pub const TOKEN: &str = "dhat.v1.never-to-be-shown";

/// A home folder and an environment for dhub. Gone when dropped.
pub struct Sandbox {
    home: tempfile::TempDir,
    environment: Vec<(String, String)>,
}

impl Sandbox {
    /// With no host, no token and no config file.
    pub fn new() -> Self {
        Sandbox { home: tempfile::tempdir().unwrap(), environment: Vec::new() }
    }

    /// With `DOLTHUB_HOST` and `DOLTHUB_TOKEN` for this address.
    pub fn at(url: &str) -> Self {
        Sandbox::new().with("DOLTHUB_HOST", url).with("DOLTHUB_TOKEN", TOKEN)
    }

    /// At an emulator of its own, which runs while the returned `Emulator` lives.
    pub fn emulated(options: Options) -> (Self, Emulator) {
        // A child that is being started holds a copy of the last emulator's lock for a moment.
        let deadline = Instant::now() + Duration::from_secs(5);
        let emulator = loop {
            match Emulator::start(options.clone()) {
                Err(dhub::emulator::Error::StateInUse(_)) if Instant::now() < deadline => {
                    thread::sleep(Duration::from_millis(20));
                }
                started => break started.unwrap(),
            }
        };
        let sandbox =
            Sandbox::new().with("DOLTHUB_HOST", &emulator.url()).with("DOLTHUB_TOKEN", dhub::emulator::TOKEN);
        (sandbox, emulator)
    }

    /// With one more environment variable, or another value of it.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.environment.retain(|(known, _)| known != name);
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Where the config file is, once there is one.
    pub fn config_path(&self) -> PathBuf {
        self.home.path().join(".config/dhub/config.toml")
    }

    /// Writes the config file as a user would.
    pub fn write_config(&self, text: &str) {
        std::fs::create_dir_all(self.config_path().parent().unwrap()).unwrap();
        std::fs::write(self.config_path(), text).unwrap();
    }

    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// Every variable that dhub is run with.
    pub fn environment(&self) -> Vec<(String, String)> {
        let mut environment = vec![
            ("HOME".to_owned(), self.home.path().display().to_string()),
            ("PATH".to_owned(), std::env::var("PATH").unwrap()),
            ("LANG".to_owned(), "C.UTF-8".to_owned()),
        ];
        environment.extend(self.environment.iter().cloned());
        environment
    }

    /// A command that has not started, with stdin closed.
    pub fn command<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Command {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("dhub"));
        command
            .args(arguments)
            .env_clear()
            .envs(self.environment())
            .current_dir(self.home.path())
            .stdin(Stdio::null());
        command
    }

    /// Runs dhub in a pipe. The arguments are split at spaces.
    pub fn run(&self, args: &str) -> Run {
        self.run_all(args.split_whitespace())
    }

    /// Runs dhub in a pipe.
    pub fn run_all<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Run {
        Run::of(assert_cmd::Command::from_std(self.command(arguments)))
    }

    /// Runs dhub in a pipe with something on stdin. The arguments are split at spaces.
    pub fn run_with_stdin(&self, args: &str, stdin: &str) -> Run {
        let mut command = assert_cmd::Command::from_std(self.command(args.split_whitespace()));
        command.write_stdin(stdin);
        Run::of(command)
    }
}

/// The outcome of a run of dhub.
#[derive(Debug)]
pub struct Run {
    /// Its exit code; none when a signal ended it.
    pub code: Option<i32>,
    /// What it wrote to stdout.
    pub out: String,
    /// What it wrote to stderr.
    pub err: String,
}

impl Run {
    fn of(mut command: assert_cmd::Command) -> Self {
        let output = command.timeout(std::time::Duration::from_secs(60)).output().unwrap();
        Run {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// The one JSON document on stdout.
    #[track_caller]
    pub fn document(&self) -> serde_json::Value {
        assert_eq!(self.out.lines().count(), 1, "{self:?}");
        serde_json::from_str(&self.out).unwrap()
    }

    /// The JSON error on the last line of stderr.
    #[track_caller]
    pub fn error(&self) -> serde_json::Value {
        let last = self.err.lines().last().unwrap_or_default();
        let document: serde_json::Value =
            serde_json::from_str(last).unwrap_or_else(|_| panic!("no JSON error: {self:?}"));
        document["error"].clone()
    }

    /// Checks the exit code, and shows everything where it is another.
    #[track_caller]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self:?}");
        self
    }
}
