//! Whose a name alone is.

use serde_json::Value;

use super::{at, body, key, taylors};
use crate::support::{Recorded, Sandbox, TOKEN};

#[test]
fn the_owner_defaults_to_the_stored_tokens_user_without_a_request() {
    let server = taylors();
    let sandbox = at(&server);
    sandbox.run_with_stdin("auth login", TOKEN).exits(0);
    sandbox.run("db create x --private").exits(0);
    sandbox.run("db fork a/b").exits(0);
    let is_login = |request: &Recorded| request.target.ends_with("/user");
    let requests: Vec<Recorded> = server.requests().into_iter().skip_while(is_login).collect();
    assert_eq!(requests.len(), 2, "{requests:?}");
    assert!(requests.iter().all(|request| body(request)["ownerName"] == "taylor"), "{requests:?}");
}

#[test]
fn the_owner_of_another_token_is_requested_once() {
    let server = taylors();
    let sandbox = Sandbox::at(server.url());
    // This user belongs to the stored token, which is not the one in use.
    sandbox.write_config(&format!("[hosts.\"{}\"]\ntoken = \"old\"\nuser = \"jdoe\"\n", key(&server)));
    sandbox.run("db create x y --private").exits(0);
    let sent: Vec<_> =
        server.requests().into_iter().map(|request| (request.method, request.target)).collect();
    let sent: Vec<_> = sent.iter().map(|(method, target)| (method.as_str(), target.as_str())).collect();
    let create = ("POST", "/api/v1alpha1/database");
    assert_eq!(sent, [("GET", "/api/v1alpha1/user"), create, create]);
    assert_eq!(body(&server.requests()[1])["ownerName"], "taylor");
}

#[test]
fn a_named_owner_takes_precedence_over_the_tokens_user() {
    let server = taylors();
    let sandbox = at(&server);
    let entry = format!(
        "[hosts.\"{}\"]\ntoken = \"{TOKEN}\"\nuser = \"taylor\"\nowner = \"org-file\"\n",
        key(&server)
    );
    sandbox.write_config(&entry);
    sandbox.run("db fork a/b").exits(0);
    let sandbox = sandbox.with("DOLTHUB_OWNER", "org-env");
    sandbox.run("db fork a/b").exits(0);
    sandbox.run("db fork a/b --owner org-flag").exits(0);
    let sandbox = sandbox.with("DOLTHUB_OWNER", "");
    sandbox.run("db fork a/b").exits(0);
    let owners: Vec<Value> =
        server.requests().iter().map(|request| body(request)["ownerName"].clone()).collect();
    assert_eq!(owners, ["org-file", "org-env", "org-flag", "org-file"]);
}
