//! The answer to `GET /{owner}/{database}/forks`.
//!
//! Every member of a network lists the same forks. So the list is written once and kept until the network
//! grows: to ask each of 20,000 members does not mean to write 20,000 times 20,000 names.

use serde::Serialize;

use super::answers::Place;
use super::state::{Asker, Network};

#[derive(Serialize)]
struct BeforeList<'a> {
    status: &'static str,
    #[serde(flatten)]
    place: Place<'a>,
}

#[derive(Serialize)]
struct AfterList<'a> {
    parent_owner: &'a str,
    parent_database_name: &'a str,
    network_root_owner: &'a str,
    network_root_database_name: &'a str,
    fork_network_count: usize,
}

/// The list of forks that was written last.
#[derive(Debug, Default)]
pub(super) struct ForkList {
    /// Of which network, for whom, and how many forks there were.
    of: Option<(usize, Asker, usize)>,
    json: Vec<u8>,
}

impl ForkList {
    /// The whole answer in JSON.
    pub(super) fn answer(
        &mut self,
        owner: &str,
        name: &str,
        network: &Network<'_>,
        asker: Asker,
    ) -> serde_json::Result<Vec<u8>> {
        let of = Some((network.id, asker, network.count));
        if self.of != of {
            let forks = network.forks(asker);
            let places: Vec<_> =
                forks.map(|fork| Place { database_owner: &fork.owner, database_name: &fork.name }).collect();
            self.json = serde_json::to_vec(&places)?;
            self.of = of;
        }
        let place = Place { database_owner: owner, database_name: name };
        let before = serde_json::to_vec(&BeforeList { status: "Success", place })?;
        let after = serde_json::to_vec(&AfterList {
            parent_owner: network.parent.map_or("", |parent| &parent.owner),
            parent_database_name: network.parent.map_or("", |parent| &parent.name),
            network_root_owner: &network.root.owner,
            network_root_database_name: &network.root.name,
            fork_network_count: network.count,
        })?;
        // `{before}` and `{after}` become `{before,"forks":list,after}`.
        let before = before.strip_suffix(b"}").unwrap_or(&before);
        let after = after.strip_prefix(b"{").unwrap_or(&after);
        Ok([before, b",\"forks\":", &self.json, b",", after].concat())
    }
}
