//! `db fork` and `db fork-status`

use std::io::{self, Write};
use std::time::Duration;

use serde::Serialize;

use super::{DATABASE_AND_URL, Name, NamedPlace, Place, View, write_json};
use crate::names::{Database, Operation};
use crate::output::{Rows, Style, elapsed};

/// The state of a fork.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ForkState {
    /// Not finished.
    Pending,
    /// Finished.
    Done,
    /// Finished without a fork.
    Failed,
    /// It already existed.
    Exists,
}

impl ForkState {
    /// The word for it in a row.
    fn word(self) -> &'static str {
        match self {
            ForkState::Pending => "pending",
            ForkState::Done => "done",
            ForkState::Failed => "failed",
            ForkState::Exists => "exists",
        }
    }
}

/// Which command shows a fork: rows and lines differ, the document does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ForkLayout {
    /// `db fork`: the operation counts.
    Operation,
    /// `db fork --wait`: the fork counts.
    Database,
    /// `db fork-status`: the state counts.
    Status,
}

/// A fork, at any state of it.
#[derive(Debug)]
pub struct ForkView {
    /// The command that shows it.
    pub layout: ForkLayout,
    /// The operation; none for a fork that already existed.
    pub operation: Option<Operation>,
    /// How far it is.
    pub state: ForkState,
    /// What is forked, where the command knows.
    pub parent: Option<Database>,
    /// The fork's owner, where the command knows.
    pub owner: Option<String>,
    /// The fork, once it exists.
    pub fork: Option<Place>,
    /// Why it failed, in the service's words.
    pub message: Option<String>,
    /// How long it took.
    pub took: Option<Duration>,
    /// The command that waits for it.
    pub resume: Option<String>,
}

impl ForkView {
    /// A fork that nothing is known of yet.
    pub fn new(layout: ForkLayout) -> Self {
        ForkView {
            layout,
            operation: None,
            state: ForkState::Pending,
            parent: None,
            owner: None,
            fork: None,
            message: None,
            took: None,
            resume: None,
        }
    }

    /// Operation, state and database, as `db fork-status` shows them; empty where unknown.
    pub(super) fn status(&self) -> [String; 3] {
        let fork = self.fork.as_ref().map(|fork| fork.database.to_string());
        [self.operation().to_owned(), self.state.word().to_owned(), fork.unwrap_or_default()]
    }

    fn parent(&self) -> String {
        self.parent.as_ref().map(ToString::to_string).unwrap_or_default()
    }

    /// The fork, or where it will be: it keeps its parent's name.
    fn target(&self) -> String {
        match (&self.fork, &self.owner, &self.parent) {
            (Some(fork), ..) => fork.database.to_string(),
            (None, Some(owner), Some(parent)) => Database::new(owner, &parent.name).to_string(),
            _ => String::new(),
        }
    }

    fn operation(&self) -> &str {
        self.operation.as_ref().map_or("", Operation::as_str)
    }
}

#[derive(Serialize)]
struct Document<'a> {
    operation: Option<&'a str>,
    state: ForkState,
    parent: Option<Name<'a>>,
    owner: Option<&'a str>,
    fork: Option<NamedPlace<'a>>,
    message: Option<&'a str>,
}

impl View for ForkView {
    fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        let document = Document {
            operation: self.operation.as_ref().map(Operation::as_str),
            state: self.state,
            parent: self.parent.as_ref().map(Into::into),
            owner: self.owner.as_deref(),
            fork: self.fork.as_ref().map(Into::into),
            message: self.message.as_deref(),
        };
        write_json(out, &document)
    }

    fn rows(&self, rows: &mut Rows<'_>) -> io::Result<()> {
        match (self.layout, &self.fork) {
            (ForkLayout::Operation, _) => rows.row(&[self.operation(), &self.parent(), &self.target()]),
            (ForkLayout::Database, Some(fork)) => rows.row(&[&fork.database.to_string(), &fork.url]),
            // An error reports what is not done.
            (ForkLayout::Database, None) => Ok(()),
            (ForkLayout::Status, _) => rows.row(&self.status().each_ref().map(String::as_str)),
        }
    }

    fn columns(&self) -> &'static [&'static str] {
        match self.layout {
            ForkLayout::Operation => &["operation", "parent", "fork"],
            ForkLayout::Database => DATABASE_AND_URL,
            ForkLayout::Status => &["operation", "state", "database"],
        }
    }

    fn lines(&self, text: &mut String, style: Style) {
        let headline = match (self.layout, self.state, &self.fork) {
            (_, ForkState::Exists, Some(fork)) => {
                format!("Already exists: {}, a fork of {}", fork.database, self.parent())
            }
            (ForkLayout::Operation, ForkState::Pending, _) => {
                format!("Forking {} to {}", self.parent(), self.owner.as_deref().unwrap_or_default())
            }
            (ForkLayout::Database, ForkState::Done, Some(fork)) => {
                let took = elapsed(self.took.unwrap_or_default());
                format!("Forked {} to {} in {took}", self.parent(), fork.database)
            }
            // An error reports what is not done.
            _ => return,
        };
        let resume = self.resume.as_ref().map(|resume| format!("to wait for it: {resume}"));
        let place = self.fork.iter().filter(|_| !style.several).flat_map(Place::details);
        let details: Vec<&str> = place.chain(resume.as_deref()).collect();
        style.success(text, &headline, &details);
    }
}

#[cfg(test)]
mod tests {
    use super::super::{json, rows};
    use super::*;
    use crate::names::{Host, Remote};

    fn done(layout: ForkLayout) -> ForkView {
        ForkView {
            operation: Some(Operation::parse("operations/x").unwrap()),
            state: ForkState::Done,
            parent: Some(Database::new("dolthub", "museum-collections")),
            owner: Some("taylor".to_owned()),
            fork: Some(Place::new(
                Database::new("taylor", "museum-collections"),
                &Host::dolthub(),
                Some(&Remote::of(&Host::dolthub())),
            )),
            ..ForkView::new(layout)
        }
    }

    #[test]
    fn the_keys_of_a_fork_are_as_designed() {
        assert_eq!(
            json(&done(ForkLayout::Database)),
            r#"{"operation":"operations/x","state":"done","parent":{"owner":"dolthub","name":"museum-collections"},"owner":"taylor","fork":{"owner":"taylor","name":"museum-collections","url":"https://www.dolthub.com/repositories/taylor/museum-collections","clone_url":"https://doltremoteapi.dolthub.com/taylor/museum-collections"},"message":null}"#
        );
    }

    #[test]
    fn the_row_starts_with_what_the_next_command_takes() {
        for (layout, row) in [
            (ForkLayout::Operation, "operations/x\tdolthub/museum-collections\ttaylor/museum-collections\n"),
            (
                ForkLayout::Database,
                "taylor/museum-collections\thttps://www.dolthub.com/repositories/taylor/museum-collections\n",
            ),
            (ForkLayout::Status, "operations/x\tdone\ttaylor/museum-collections\n"),
        ] {
            assert_eq!(rows(&done(layout)), row);
        }
        assert_eq!(rows(&ForkView { fork: None, ..done(ForkLayout::Database) }), "");
    }
}
