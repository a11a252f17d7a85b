//! The emulator under load, and killed at random moments.

#![cfg(unix)]

mod client;
mod garbage;
mod http;
mod kill;
mod load;

use std::net::SocketAddr;
use std::path::Path;

use serde_json::{Value, json};

use crate::support::Sandbox;
use crate::support::running::Running;

/// A process that runs `dhub emulator start`.
struct EmulatorProcess {
    running: Running,
    address: SocketAddr,
}

impl EmulatorProcess {
    fn start(sandbox: &Sandbox, state: &Path, fork_delay: &str) -> Self {
        let arguments = ["emulator", "start", "--json", "--fork-delay", fork_delay, "--state"];
        let mut command = sandbox.command(arguments);
        command.arg(state);
        EmulatorProcess::run(command)
    }

    /// Runs a command that starts an emulator, and waits until it prints its address.
    fn run(command: std::process::Command) -> Self {
        let running = Running::start(command);
        let document: Value = serde_json::from_str(&running.wait_for_out("\n")).unwrap();
        let address = document["host"].as_str().unwrap().trim_start_matches("http://").parse().unwrap();
        EmulatorProcess { running, address }
    }
}

/// A database that must exist.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Database {
    owner: String,
    name: String,
    private: bool,
}

impl Database {
    fn visibility(&self) -> &'static str {
        if self.private { "private" } else { "public" }
    }

    /// The path of its list of forks.
    fn path(&self) -> String {
        format!("/{}/{}/forks", self.owner, self.name)
    }

    fn create_body(&self, description: &str) -> String {
        json!({"ownerName": self.owner, "repoName": self.name, "visibility": self.visibility(),
            "description": description})
        .to_string()
    }

    fn fork_body(&self, to: &str) -> String {
        json!({"parentOwnerName": self.owner, "parentDatabaseName": self.name, "ownerName": to}).to_string()
    }
}

/// A fork that was accepted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Fork {
    operation: String,
    /// The parent, which is not a fork itself.
    of: Database,
    to: String,
}

impl Fork {
    /// The path to poll.
    fn path(&self) -> String {
        format!("/fork?operationName={}", self.operation.replace('/', "%2F"))
    }
}

/// The owners that the emulator's user may write to.
const OWNERS: [&str; 3] = ["taylor", "dolthub", "anotherOrg"];

/// The message for a database that does not exist.
const NO_SUCH_REPOSITORY: &str = "no such repository";

/// The list of forks of `database` if `owner` is its owner, or of `owner`'s fork of it.
fn forks_response(owner: &str, database: &Database, forks: &[&str]) -> Value {
    let name = database.name.as_str();
    let is_fork = owner != database.owner;
    let list: Vec<Value> =
        forks.iter().map(|owner| json!({"database_owner": owner, "database_name": name})).collect();
    json!({
        "status": "Success", "database_owner": owner, "database_name": name, "forks": list,
        "parent_owner": if is_fork { database.owner.as_str() } else { "" },
        "parent_database_name": if is_fork { name } else { "" },
        "network_root_owner": database.owner, "network_root_database_name": name,
        "fork_network_count": forks.len(),
    })
}

/// The events in a state file, which must all be valid, save for a last line that a kill interrupted.
fn events(state: &Path) -> Vec<Value> {
    let content = std::fs::read(state).unwrap();
    let end = content.iter().rposition(|&byte| byte == b'\n').map_or(0, |end| end + 1);
    content[..end]
        .split_inclusive(|&byte| byte == b'\n')
        .map(|line| serde_json::from_slice(line).unwrap())
        .collect()
}
