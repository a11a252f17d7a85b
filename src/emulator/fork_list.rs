//! The body for `GET /{owner}/{database}/forks`.
//!
//! Every member of a network lists the same forks, so the list is serialized once and cached until the
//! network grows: requesting it for each of 20,000 members must not serialize 20,000 times 20,000 names.

use serde::Serialize;

use super::responses::{DatabaseRef, to_json};
use super::state::{Caller, Network};

#[derive(Serialize)]
struct FieldsBeforeForks<'a> {
    status: &'static str,
    #[serde(flatten)]
    database: DatabaseRef<'a>,
}

#[derive(Serialize)]
struct FieldsAfterForks<'a> {
    parent_owner: &'a str,
    parent_database_name: &'a str,
    network_root_owner: &'a str,
    network_root_database_name: &'a str,
    fork_network_count: usize,
}

/// The list of forks that was serialized last.
#[derive(Debug, Default)]
pub(super) struct ForkList {
    key: Option<CacheKey>,
    json: Vec<u8>,
}

#[derive(Debug, PartialEq, Eq)]
struct CacheKey {
    network: usize,
    /// Callers see different forks.
    caller: Caller,
    /// Forks are only ever added, so the same number means the same forks.
    count: usize,
}

impl ForkList {
    /// The whole body, in JSON, for the database `owner/name` in `network`.
    #[expect(clippy::expect_used, reason = "an invariant")]
    pub(super) fn response_body(
        &mut self,
        owner: &str,
        name: &str,
        network: &Network<'_>,
        caller: Caller,
    ) -> Vec<u8> {
        let key = Some(CacheKey { network: network.id, caller, count: network.count });
        if self.key != key {
            let forks = network.forks(caller);
            let databases: Vec<_> = forks
                .map(|fork| DatabaseRef { database_owner: &fork.owner, database_name: &fork.name })
                .collect();
            self.json = to_json(&databases);
            self.key = key;
        }
        let database = DatabaseRef { database_owner: owner, database_name: name };
        let before = to_json(&FieldsBeforeForks { status: "Success", database });
        let after = to_json(&FieldsAfterForks {
            parent_owner: network.parent.map_or("", |parent| &parent.owner),
            parent_database_name: network.parent.map_or("", |parent| &parent.name),
            network_root_owner: &network.root.owner,
            network_root_database_name: &network.root.name,
            fork_network_count: network.count,
        });
        // `{before}` and `{after}` become `{before,"forks":list,after}`.
        let before = before.strip_suffix(b"}").expect("a struct is serialized as a JSON object");
        let after = after.strip_prefix(b"{").expect("a struct is serialized as a JSON object");
        [before, b",\"forks\":", &self.json, b",", after].concat()
    }
}
