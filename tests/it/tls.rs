//! Certificates and proxies: what dhub trusts with the token, and what it reports otherwise.

mod certificates;
mod proxies;
mod roots;
mod schemes;

use crate::support::tls::{Authority, Certificate, Front};
use crate::support::{Reply, Run, Sandbox, Server, TOKEN, responses};

/// A service that responds to everything with the contract's list of forks, behind TLS.
struct Site {
    server: Server,
    front: Front,
}

impl Site {
    fn showing(certificate: &Certificate) -> Self {
        let server = Server::always(Reply::Json(200, responses::ANY_FORKS.to_owned()));
        let front = Front::start(certificate, server.url());
        Site { server, front }
    }

    /// One at 127.0.0.1 with nothing wrong, and its authority.
    fn right() -> (Self, Authority) {
        let authority = Authority::new("Corporate Root");
        (Site::showing(&authority.certificate(&["127.0.0.1"])), authority)
    }

    fn url(&self) -> String {
        self.front.url()
    }

    /// The key of its entry in the config file.
    fn key(&self) -> String {
        self.front.address().to_string()
    }

    #[track_caller]
    fn assert_token_arrived(&self) {
        let requests = self.server.requests();
        let last = requests.last().expect("no request arrived");
        assert_eq!(last.header("authorization"), Some(&*format!("token {TOKEN}")));
    }

    #[track_caller]
    fn assert_nothing_arrived(&self) {
        assert_eq!(self.server.requests().len(), 0);
    }
}

/// Writes a file into the home folder; returns its whole path.
fn file(sandbox: &Sandbox, name: &str, text: &str) -> String {
    let path = sandbox.home().join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, text).unwrap();
    path.display().to_string()
}

/// Writes a config file that names a `ca_file` for one host.
fn set_ca_file(sandbox: &Sandbox, key: &str, path: &str) {
    sandbox.write_config(&format!("[hosts.\"{key}\"]\nca_file = \"{path}\"\n"));
}

#[track_caller]
fn assert_silent(run: &Run) {
    assert!(!run.out.contains(TOKEN) && !run.err.contains(TOKEN), "{run:?}");
}
