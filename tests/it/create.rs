//! `dhub db create`.

use serde_json::{Value, json};

use crate::support::{Recorded, Server};

mod if_not_exists;
mod lost;
mod names_and_owners;
mod several;

fn body(request: &Recorded) -> Value {
    serde_json::from_str(&request.body).unwrap()
}

/// The document of `dolthub/x`.
fn document(server: &Server, visibility: &str, created: Value) -> Value {
    json!({
        "owner": "dolthub", "name": "x", "visibility": visibility, "description": null,
        "url": format!("{}/repositories/dolthub/x", server.url()),
        "clone_url": "http://127.0.0.1:50051/dolthub/x", "created": created,
    })
}
