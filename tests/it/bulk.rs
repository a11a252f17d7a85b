//! Many databases at once: `db create`, `db fork` and `db fork-status` side by side.

#![cfg(unix)]

mod interrupted;
mod lists;
mod many;
mod overlap;
mod owners;
mod repeated;
mod screen;
mod summary;

use std::fs::File;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::responses::not_found;
use crate::support::running::{Ended, Running};
use crate::support::{Recorded, Reply, Sandbox, Server};

const INSTANT: Duration = Duration::ZERO;

/// So many databases of an owner, one a line.
fn list(owner: &str, count: usize) -> String {
    (1..=count).map(|number| format!("{owner}/x{number:03}\n")).collect()
}

/// Starts dhub with a list on stdin.
fn start(sandbox: &Sandbox, args: &str, list: &str) -> Running {
    let path = sandbox.home().join("list.txt");
    std::fs::write(&path, list).unwrap();
    let mut command = sandbox.command(args.split_whitespace());
    command.stdin(File::open(path).unwrap());
    Running::start(command)
}

/// Runs what was printed, as a user pastes it into a shell.
fn paste(sandbox: &Sandbox, line: &str) -> Ended {
    let dhub = assert_cmd::cargo::cargo_bin!("dhub");
    let path = format!("{}:{}", dhub.parent().unwrap().display(), std::env::var("PATH").unwrap());
    let mut command = Command::new("bash");
    command.args(["-c", line]).env_clear().envs(sandbox.environment()).env("PATH", path);
    command.current_dir(sandbox.home());
    Running::start(command).finish()
}

/// The rest of the line that a text begins.
#[track_caller]
fn after<'a>(err: &'a str, text: &str) -> &'a str {
    let (_, rest) = err.split_once(text).unwrap_or_else(|| panic!("no {text:?} in {err}"));
    rest.lines().next().unwrap_or_default()
}

/// The documents, or the errors among the notes.
fn documents(text: &str) -> Vec<Value> {
    text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

/// Sorted, to be compared with what came in the order of completion.
fn sorted<T: Ord>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut items: Vec<T> = items.into_iter().collect();
    items.sort_unstable();
    items
}

/// The first field of each row, sorted.
fn first_fields(out: &str) -> Vec<&str> {
    sorted(out.lines().map(|line| line.split('\t').next().unwrap()))
}

/// A service that counts concurrent requests. It stops when dropped.
struct Service {
    server: Server,
    load: Arc<Mutex<Load>>,
}

#[derive(Default)]
struct Load {
    now: usize,
    most: usize,
    posts: Vec<(Instant, String)>,
}

impl Service {
    /// Each response takes so long. `response` gets the request and the number of earlier ones for the same database;
    /// where it has none, everything succeeds at once.
    fn start(
        takes: Duration,
        response: impl Fn(&Recorded, &str, usize) -> Option<Reply> + Send + Sync + 'static,
    ) -> Self {
        let load = Arc::new(Mutex::new(Load::default()));
        let log = load.clone();
        let server = Server::start(move |request, _| {
            let name = name_of(request);
            let before = {
                let mut load = log.lock().unwrap();
                load.now += 1;
                load.most = load.most.max(load.now);
                let before = load.posts.iter().filter(|(_, known)| *known == name).count();
                if request.method == "POST" {
                    load.posts.push((Instant::now(), name.clone()));
                }
                before
            };
            std::thread::sleep(takes);
            let reply = response(request, &name, before).unwrap_or_else(|| success(request, &name));
            log.lock().unwrap().now -= 1;
            reply
        });
        Service { server, load }
    }

    fn sandbox(&self) -> Sandbox {
        Sandbox::at(self.server.url())
    }

    /// How many requests there were at the same time.
    fn most(&self) -> usize {
        self.load.lock().unwrap().most
    }

    /// When each write was requested, and for which database.
    fn posts(&self) -> Vec<(Instant, String)> {
        self.load.lock().unwrap().posts.clone()
    }

    /// How many writes of this database were requested.
    fn posts_for(&self, name: &str) -> usize {
        self.posts().iter().filter(|(_, known)| known == name).count()
    }
}

/// The name of the database that a request is about.
fn name_of(request: &Recorded) -> String {
    if request.method == "POST" {
        let body: Value = serde_json::from_str(&request.body).unwrap();
        let name = body.get("parentDatabaseName").or(body.get("repoName")).unwrap();
        return name.as_str().unwrap().to_owned();
    }
    let target = request.target.trim_end_matches("/forks");
    let (_, last) = target.rsplit_once("%2F").or(target.rsplit_once('/')).unwrap();
    last.split(['?', '&']).next().unwrap().to_owned()
}

/// The fork of `NAME` is `operations/NAME`, and done when it is polled.
fn success(request: &Recorded, name: &str) -> Reply {
    let response = if request.method == "POST" {
        json!({"status": "Success", "operation_name": format!("operations/{name}")})
    } else if request.target.contains("operationName=") {
        json!({"status": "Success", "done": true, "database_owner": "taylor", "database_name": name})
    } else {
        return not_found();
    };
    Reply::Json(200, response.to_string())
}

/// The response about a fork in progress.
fn pending() -> Reply {
    Reply::Json(200, json!({"status": "Success", "done": false}).to_string())
}
