//! Who can read and write the config file, and what follows: whether a program that it names may be run.

use std::fs::Metadata;
use std::path::Path;

use crate::error::{Error, Kind, Result};
use crate::shell;

/// Who besides the user can get at the file that was read; links to it do not count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Access {
    /// Whether others than its owner can read it.
    pub readable_by_others: bool,
    /// Whether its group can write it.
    pub writable_by_group: bool,
    /// Whether anybody can write it.
    pub writable_by_all: bool,
    /// Its owner and this user, where the owner is neither this user nor root.
    pub strange_owner: Option<(u32, u32)>,
}

impl Access {
    /// What the system says about an open file.
    #[cfg(unix)]
    pub fn of(file: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        let (owner, user) = (file.uid(), rustix::process::geteuid().as_raw());
        Access {
            readable_by_others: file.is_file() && file.mode() & 0o044 != 0,
            writable_by_group: file.mode() & 0o020 != 0,
            writable_by_all: file.mode() & 0o002 != 0,
            strange_owner: (owner != user && owner != 0).then_some((owner, user)),
        }
    }

    // Elsewhere a user's folders are private by default.
    #[cfg(not(unix))]
    pub fn of(_: &Metadata) -> Self {
        Access::default()
    }

    /// Whether a program that the file names may be run: it must say what its user wrote. Whoever may replace the
    /// file in its folder leaves one of another owner.
    ///
    /// # Errors
    /// An auth error with the command that makes the file safe.
    pub fn check_command(self, path: &Path) -> Result<()> {
        let shown = path.display();
        let refused = |why: String, command: String| {
            Err(Error::new(Kind::Auth, format!("the token_command is not run: {why}"))
                .with_hint(format!("check what the file says, then: {}", shell::command_on(&command, path))))
        };
        if let Some((owner, user)) = self.strange_owner {
            return refused(
                format!("{shown} belongs to another user (number {owner})"),
                format!("chown {user}"),
            );
        }
        if self.writable_by_all {
            return refused(format!("anybody can write {shown}"), "chmod 600".to_owned());
        }
        Ok(())
    }

    /// A note where the group can change which program is run.
    pub fn note_on_command(self, path: &Path) -> Option<String> {
        let is_run = self.check_command(path).is_ok();
        (self.writable_by_group && is_run).then(|| {
            format!(
                "its group can write {}, and so choose the token_command that you run; to keep it to yourself: {}",
                path.display(),
                shell::command_on("chmod 600", path)
            )
        })
    }
}
