//! A fork network that a server simulates. A member `a` is the database `a/x`.

use std::collections::{BTreeMap, HashMap};
use std::sync::Mutex;

use serde_json::{Value, json};

use crate::support::{Reply, Server};

/// What `forks` lists: the whole network, as v1alpha1 is known to, or the children only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lists {
    Flat,
    Children,
}

/// Who is whose fork.
pub struct Network {
    lists: Lists,
    root: String,
    forks: Vec<String>,
    parents: HashMap<String, String>,
    children: HashMap<String, Vec<String>>,
}

impl Network {
    /// From pairs of a member and its parent; the root's is empty.
    pub fn of(parents: &[(&str, &str)], lists: Lists) -> Self {
        let owned = parents.iter().map(|(member, parent)| ((*member).to_owned(), (*parent).to_owned()));
        Network::from_pairs(owned, lists)
    }

    /// The same for many.
    pub fn from_pairs(pairs: impl Iterator<Item = (String, String)>, lists: Lists) -> Self {
        let (mut root, mut forks) = (String::new(), Vec::new());
        let (mut parents, mut children) = (HashMap::new(), HashMap::<String, Vec<String>>::new());
        for (member, parent) in pairs {
            if parent.is_empty() {
                root.clone_from(&member);
            } else {
                forks.push(member.clone());
                children.entry(parent.clone()).or_default().push(member.clone());
            }
            parents.insert(member, parent);
        }
        Network { lists, root, forks, parents, children }
    }

    /// A member's own response, if it is one.
    pub fn response(&self, member: &str) -> Option<Value> {
        let parent = self.parents.get(member)?;
        let listed: Vec<Value> = match self.lists {
            Lists::Flat => Some(&self.forks),
            Lists::Children => self.children.get(member),
        }
        .into_iter()
        .flatten()
        .map(|fork| listed(fork))
        .collect();
        Some(json!({
            "status": "Success", "database_owner": member, "database_name": "x", "forks": listed,
            "parent_owner": parent, "parent_database_name": name(parent),
            "network_root_owner": self.root, "network_root_database_name": name(&self.root),
            "fork_network_count": self.forks.len(),
        }))
    }

    /// A server on which every member has its own response.
    pub fn play_by_rights(self) -> Server {
        self.play(|_, _, _| None)
    }

    /// A server on which some responses differ; `odd` gets the member and the number of earlier requests.
    pub fn play(
        self,
        odd: impl Fn(&Network, &str, usize) -> Option<Reply> + Send + Sync + 'static,
    ) -> Server {
        let times = Mutex::new(HashMap::<String, usize>::new());
        Server::start(move |request, _| {
            let member = member(&request.target);
            let before = {
                let mut times = times.lock().unwrap();
                let times = times.entry(member.to_owned()).or_default();
                *times += 1;
                *times - 1
            };
            odd(&self, member, before).unwrap_or_else(|| match self.response(member) {
                Some(response) => Reply::Json(200, response.to_string()),
                None => Reply::refusal(400, "no such repository"),
            })
        })
    }
}

/// A response that differs from the member's own.
pub fn changed(network: &Network, member: &str, change: impl FnOnce(&mut Value)) -> Option<Reply> {
    let mut response = network.response(member)?;
    change(&mut response);
    Some(Reply::Json(200, response.to_string()))
}

/// A member as `forks` lists it.
pub fn listed(member: &str) -> Value {
    json!({"database_owner": member, "database_name": "x"})
}

fn name(member: &str) -> &str {
    if member.is_empty() { "" } else { "x" }
}

fn member(target: &str) -> &str {
    target.trim_start_matches("/api/v1alpha1/").split('/').next().unwrap_or_default()
}

/// The number of requests about each member.
pub fn requested(server: &Server) -> BTreeMap<String, usize> {
    let mut requested = BTreeMap::new();
    for request in server.requests() {
        assert_eq!(request.method, "GET");
        *requested.entry(member(&request.target).to_owned()).or_default() += 1;
    }
    requested
}

/// The count if each of these was requested once.
pub fn once_each(members: &str) -> BTreeMap<String, usize> {
    members.split(' ').map(|member| (member.to_owned(), 1)).collect()
}

/// A tree in JSON as `name(child child[error](grandchild))`.
pub fn shape(member: &Value) -> String {
    let mut shape = member["owner"].as_str().unwrap().to_owned();
    if let Some(error) = member["error"].as_str() {
        shape.push_str(&format!("[{error}]"));
    }
    let forks: Vec<String> = member["forks"].as_array().unwrap().iter().map(self::shape).collect();
    if !forks.is_empty() {
        shape.push_str(&format!("({})", forks.join(" ")));
    }
    shape
}
