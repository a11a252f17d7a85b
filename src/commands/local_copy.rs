//! What `--clone` and `--remote` ask for: once a database is there, it is cloned, or becomes a remote of the checkout here.

use std::ffi::OsStr;
use std::fs;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::api::Client;
use crate::error::{Error, Kind, Result, reason};
use crate::interrupt;
use crate::names::{Database, Remote, without_password};
use crate::session::Session;
use crate::shell;

use super::context::Context;
use super::dolt::Dolt;
use super::fork_branch::wait_for_branch;

/// Where dolt keeps what a checkout is. Like dolt, this looks in the current folder only.
const CHECKOUT: &str = ".dolt/repo_state.json";
/// Dolt writes less there.
const MAX_BYTES: u64 = 1024 * 1024;
/// The remote of a clone that is the fork's parent.
const UPSTREAM: &str = "upstream";
/// The branch that `dolt init` makes.
const BRANCH: &str = "main";

/// What is to be done with a database once it is there.
#[derive(Debug)]
pub struct LocalCopy {
    dolt: Dolt,
    goal: Goal,
}

#[derive(Debug)]
enum Goal {
    /// A clone in this folder.
    Clone(PathBuf),
    /// A remote of this name.
    Remote(String),
}

impl LocalCopy {
    /// A clone in this folder, which must be empty or not be there yet.
    ///
    /// # Errors
    /// A usage error where it cannot be made.
    pub fn clone_into(folder: &Path) -> Result<Self> {
        let dolt = Dolt::find()?;
        check_folder(folder)?;
        // dolt would take it for an option.
        let is_dashed = folder.as_os_str().as_encoded_bytes().starts_with(b"-");
        let folder = if is_dashed { Path::new(".").join(folder) } else { folder.to_owned() };
        Ok(LocalCopy { dolt, goal: Goal::Clone(folder) })
    }

    /// A remote of the checkout in the current folder.
    ///
    /// # Errors
    /// A usage error where there is no checkout, or no remote can have this name.
    pub fn remote(name: &str) -> Result<Self> {
        check_name(name)?;
        let dolt = Dolt::find()?;
        if !Path::new(CHECKOUT).is_file() {
            return Err(Error::usage("--remote is for a Dolt checkout, and the current folder is none")
                .with_hint("change to its folder, or make one with `dolt init`"));
        }
        Ok(LocalCopy { dolt, goal: Goal::Remote(name.to_owned()) })
    }

    /// Makes sure that dolt can reach this database, which is not there yet, and that the remote's name is free.
    ///
    /// # Errors
    /// A usage error where that is not so.
    pub fn check(&self, session: &Session, client: &Client, database: &Database) -> Result<()> {
        if let (Goal::Remote(name), Some(remote)) = (&self.goal, session.remote()) {
            self.has_remote(name, &remote.clone_url(database))?;
        }
        // An emulator says what it is in any response. It is a server for loopback.
        let is_known = session.settings.entry.remote.is_some() || client.has_responded();
        if session.host().is_loopback() && !is_known {
            let _ = client.user();
        }
        remote(session).map(drop)
    }

    /// Whether the remote is there already.
    fn has_remote(&self, name: &str, url: &str) -> Result<bool> {
        let plain = |url: &str| url.trim_end_matches('/').to_ascii_lowercase();
        match self.dolt.remotes()?.into_iter().find(|(known, _)| known == name) {
            None => Ok(false),
            Some((_, known)) if plain(&known) == plain(url) => Ok(true),
            Some((_, known)) => {
                let known = without_password(&known);
                Err(Error::usage(format!("this Dolt checkout has a remote {name} already: {known}"))
                    .with_hint("choose another name with --remote=NAME"))
            }
        }
    }

    /// Does it, with a note of what was done. A fork's branch is waited for within `limit`.
    ///
    /// # Errors
    /// [`Kind::Clone`] where dolt fails; [`Kind::Pending`] where there is no branch in time.
    pub fn make(
        &self,
        context: &Context,
        session: &Session,
        made: &Made,
        limit: Option<Duration>,
    ) -> Result<()> {
        let remote = remote(session).map_err(|error| Error { kind: Kind::Clone, ..error })?;
        if !made.database.can_be_sent() {
            let why = "the service gave it a name that no address can have";
            return Err(Error::new(Kind::Clone, why).with_context(format!("cannot reach {}", made.database)));
        }
        let url = remote.clone_url(&made.database);
        let go_on = self.command(&url);
        let output = context.output.clone();
        let hint = format!("{} is there; {}", made.database, self.hint(&go_on));
        interrupt::report_with(move |signal| {
            output.stop_moving();
            output.error(&Error::new(Kind::Interrupted, signal.reason()).with_hint(hint.clone()));
        })?;
        match &self.goal {
            Goal::Clone(folder) => {
                if let Some(parent) = &made.parent {
                    let (output, client) = (&context.output, session.client()?);
                    wait_for_branch(
                        output,
                        client,
                        &made.database,
                        parent,
                        limit,
                        &self.hint(&self.command(&url)),
                    )?;
                }
                self.clone_here(context, folder, &remote, made, &url)
            }
            Goal::Remote(name) => self.add_here(context, name, made, &url),
        }
    }

    fn clone_here(
        &self,
        context: &Context,
        folder: &Path,
        remote: &Remote,
        made: &Made,
        url: &str,
    ) -> Result<()> {
        let Made { database, parent, .. } = made;
        self.dolt.run(&["clone".as_ref(), url.as_ref(), folder.as_os_str()], None).map_err(|why| {
            let again = self.command(url);
            let hint = if check_folder(folder).is_ok() {
                self.hint(&again)
            } else {
                format!("remove what is in {}, then {}", shell::quote(folder), self.hint(&again))
            };
            failed(&format!("clone {database}"), "dolt clone", &why).with_hint(hint)
        })?;
        let shown = folder.display();
        let Some(parent) = parent else { return Ok(()) };
        let parent_url = remote.clone_url(parent);
        let words = ["remote", "add", UPSTREAM, &parent_url].map(OsStr::new);
        self.dolt.run(&words, Some(folder)).map_err(|why| {
            let cd = shell::command_on("cd", folder);
            failed(&format!("add {parent} to the clone in {shown}"), "dolt remote add", &why)
                .with_hint(format!("add it with: {cd} && {}", add_command(UPSTREAM, &parent_url)))
        })?;
        context
            .output
            .whole_note(&format!("cloned {database} into {shown}; its remote {UPSTREAM} is {parent}"));
        Ok(())
    }

    fn add_here(&self, context: &Context, name: &str, made: &Made, url: &str) -> Result<()> {
        let Made { database, is_new, .. } = made;
        let action = format!("add {database} as a remote");
        let taken = |error: Error| {
            Error::new(Kind::Clone, error.message)
                .with_context(format!("cannot {action}"))
                .with_hint(format!("add it with another name: {}", add_command("NAME", url)))
        };
        if !self.has_remote(name, url).map_err(taken)? {
            let words = ["remote", "add", name, url].map(OsStr::new);
            self.dolt.run(&words, None).map_err(|why| {
                failed(&action, "dolt remote add", &why)
                    .with_hint(format!("add it with: {}", add_command(name, url)))
            })?;
        }
        let mut note = format!("{database} is the remote {name} of this Dolt checkout");
        if *is_new {
            let push = format!("dolt push -u {} {}", shell::quote(name), shell::quote(branch()));
            note.push_str(&format!("; it has no branch yet, and gets one with: {push}"));
        }
        context.output.whole_note(&note);
        Ok(())
    }

    /// The command that does it by hand.
    fn command(&self, url: &str) -> String {
        match &self.goal {
            Goal::Clone(folder) => format!("dolt clone {} {}", shell::quote(url), shell::quote(folder)),
            Goal::Remote(name) => add_command(name, url),
        }
    }

    fn hint(&self, command: &str) -> String {
        match self.goal {
            Goal::Clone(_) => format!(
                "clone it with: {command} (dhub's token is not dolt's: if it was refused, run `dolt login` first)"
            ),
            Goal::Remote(_) => format!("add it with: {command}"),
        }
    }
}

/// A database that is there now.
#[derive(Clone, Debug)]
pub struct Made {
    pub database: Database,
    /// What it is a fork of.
    pub parent: Option<Database>,
    /// Whether it was created empty, so that it has no branch.
    pub is_new: bool,
}

/// One database at a time.
///
/// # Errors
/// A usage error where there are more.
pub fn check_single(count: usize, option: &str) -> Result<()> {
    if count <= 1 {
        return Ok(());
    }
    Err(Error::usage(format!("{option} is for a single database, and there are {count}"))
        .with_hint("run dhub once for each"))
}

fn remote(session: &Session) -> Result<Remote> {
    session.remote().ok_or_else(|| {
        Error::usage(format!("{} is an emulator: nothing can be cloned from it", session.host())).with_hint(
            format!(
                "set `remote` in [hosts.\"{}\"] of the config file to what stands in",
                session.host().key()
            ),
        )
    })
}

fn failed(action: &str, program: &str, why: &str) -> Error {
    Error::new(Kind::Clone, format!("{program} {why}")).with_context(format!("cannot {action}"))
}

fn add_command(name: &str, url: &str) -> String {
    format!("dolt remote add {} {}", shell::quote(name), shell::quote(url))
}

/// The branch of the checkout in the current folder. Whoever made the folder wrote that file.
fn branch() -> String {
    #[derive(serde::Deserialize)]
    struct State {
        head: String,
    }
    let mut text = Vec::new();
    let read = fs::File::open(CHECKOUT).and_then(|file| file.take(MAX_BYTES).read_to_end(&mut text));
    let state = read.ok().and_then(|_| serde_json::from_slice::<State>(&text).ok());
    let head = state.as_ref().and_then(|state| state.head.strip_prefix("refs/heads/"));
    head.filter(|head| !head.is_empty() && !head.starts_with('-')).unwrap_or(BRANCH).to_owned()
}

fn check_folder(folder: &Path) -> Result<()> {
    let refused = |why: &str| {
        Err(Error::usage(format!("cannot clone into {}: {why}", folder.display()))
            .with_hint("name another folder with --clone=DIR"))
    };
    match fs::read_dir(folder).map(|mut entries| entries.next().is_none()) {
        Ok(true) => Ok(()),
        Ok(false) => refused("it exists and is not empty"),
        Err(error) if error.kind() == ErrorKind::NotFound && folder.symlink_metadata().is_err() => Ok(()),
        Err(error) if error.kind() == ErrorKind::NotADirectory => refused("it exists and is not a folder"),
        Err(error) => refused(&reason(&error)),
    }
}

/// Checks what dolt takes for a remote's name; one that it took for an option would do something else.
fn check_name(name: &str) -> Result<()> {
    let is_allowed =
        |c: char| !c.is_whitespace() && !c.is_control() && !r#"./\!@#$%^&*(){}[],<>'"?=+|:;~`"#.contains(c);
    if !name.is_empty() && !name.starts_with('-') && name.chars().all(is_allowed) {
        return Ok(());
    }
    Err(Error::usage(format!("{name:?} cannot be the name of a remote"))
        .with_argument(name)
        .with_hint("use letters, digits, - and _, without - in front"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_dolt_would_refuse_or_take_for_an_option_is_refused() {
        for name in ["origin", "fork-2", "my_fork", "größe"] {
            assert!(check_name(name).is_ok(), "{name}");
        }
        for name in ["", "-v", "--help", "a b", "a/b", "a\nb", "a;b", "a.b"] {
            assert_eq!(check_name(name).unwrap_err().kind, Kind::Usage, "{name}");
        }
    }

    #[test]
    fn a_folder_to_clone_into_is_empty_or_not_there() {
        let folder = tempfile::tempdir().unwrap();
        assert!(check_folder(folder.path()).is_ok());
        assert!(check_folder(&folder.path().join("a/b")).is_ok());
        fs::write(folder.path().join("file"), "").unwrap();
        assert!(check_folder(folder.path()).is_err());
        assert!(check_folder(&folder.path().join("file")).is_err());
        assert!(check_folder(&folder.path().join("file/x")).is_err());
    }
}
