//! Scripts are written in v1alpha1; a request of v2 gets what they say in v2's words. What is no whole response of the API's
//! stays as it is: a fault is a fault in every version.

use serde_json::{Value, json};

/// What a request of v2 asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    Create,
    Fork,
    Operation,
    Database,
    Children,
    Branches,
    User,
}

/// The request as scripts name it, and what it asks for; none where it is not one of v2.
pub fn read_line(line: &str) -> Option<(String, Asked)> {
    let (method, target) = line.split_once(" /api/v2/")?;
    let path = target.split('?').next()?;
    let segments: Vec<&str> = path.split('/').collect();
    let (line, asked) = match (method, segments.as_slice()) {
        ("POST", ["databases"]) => ("/database".to_owned(), Asked::Create),
        ("POST", ["databases", _, _, "forks"]) => ("/fork".to_owned(), Asked::Fork),
        ("GET", ["operations", id]) => (format!("/fork?operationName={id}"), Asked::Operation),
        ("GET", ["databases", owner, name]) => (format!("/{owner}/{name}/forks"), Asked::Database),
        ("GET", ["databases", owner, name, "forks"]) => (format!("/{owner}/{name}/forks"), Asked::Children),
        ("GET", ["databases", owner, name, "branches"]) => {
            (format!("/{owner}/{name}/branches"), Asked::Branches)
        }
        ("GET", ["user"]) => ("/user".to_owned(), Asked::User),
        _ => return None,
    };
    Some((format!("{method} {line}"), asked))
}

/// What is sent for such a request: each whole response in it in v2's words.
pub fn translate(asked: Asked, mut bytes: &[u8]) -> Vec<u8> {
    let mut all = Vec::new();
    while let Some((status, headers, body, rest)) = split(bytes) {
        match translate_response(asked, status, &headers, &body) {
            Some(response) => all.extend(response),
            None => all.extend(&bytes[..bytes.len() - rest.len()]),
        }
        bytes = rest;
    }
    all.extend(bytes);
    all
}

/// The first response, if it is whole: its status, headers and body, and what follows it.
fn split(bytes: &[u8]) -> Option<(u16, String, Value, &[u8])> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&bytes[..end]).ok()?;
    let (first, headers) = head.split_once("\r\n")?;
    let status = first.strip_prefix("HTTP/1.1 ")?.split(' ').next()?.parse().ok()?;
    let length =
        headers.lines().find_map(|line| line.strip_prefix("content-length: "))?.parse::<usize>().ok()?;
    let body = bytes.get(end + 4..end + 4 + length)?;
    Some((status, headers.to_owned(), serde_json::from_slice(body).ok()?, &bytes[end + 4 + length..]))
}

fn translate_response(asked: Asked, status: u16, headers: &str, body: &Value) -> Option<Vec<u8>> {
    let body = body.as_object()?;
    let text = |key: &str| body.get(key).and_then(Value::as_str).unwrap_or_default();
    let is_refusal = body.get("message").or(body.get("error")).is_some() || text("status") == "Error";
    let (status, body) = match asked {
        Asked::Operation if text("status") == "Error" && body.get("done") == Some(&json!(true)) => {
            let detail = if text("message").is_empty() { text("error") } else { text("message") };
            (
                200,
                json!({"data": {"id": "x", "status": "failed", "error": {"status": 500, "code": "OPERATION_FAILED", "title": "Failed", "detail": detail}}}),
            )
        }
        _ if is_refusal => {
            let detail = if text("message").is_empty() { text("error") } else { text("message") };
            let (status, code) = refusal(asked, status, detail);
            (
                status,
                json!({"type": "about:blank", "title": "Refused", "status": status, "code": code, "request_id": "req_1", "detail": detail}),
            )
        }
        Asked::Operation => {
            let is_done = body.get("done") == Some(&json!(true));
            let database = json!({"owner": text("database_owner"), "name": text("database_name")});
            let result = if is_done { json!({"database": database}) } else { Value::Null };
            (
                status,
                json!({"data": {"id": "x", "status": if is_done { "succeeded" } else { "running" }, "result": result}}),
            )
        }
        Asked::Create => {
            let data = json!({"owner": text("repository_owner"), "name": text("repository_name"), "visibility": text("visibility"), "description": text("description"), "fork_network_count": 1, "star_count": 0, "size_bytes": 0});
            (if status == 200 { 201 } else { status }, json!({"data": data}))
        }
        Asked::Fork => {
            let id = text("operation_name");
            let status = if status == 200 { 202 } else { status };
            (status, json!({"data": {"id": id, "href": format!("http://127.0.0.1/api/v2/operations/{id}")}}))
        }
        Asked::Database => (status, json!({"data": database(body)})),
        Asked::Children => {
            let forks = body.get("forks").and_then(Value::as_array).cloned().unwrap_or_default();
            let name = |fork: &Value| json!({"owner": fork["database_owner"], "name": fork["database_name"]});
            (status, json!({"data": forks.iter().map(name).collect::<Vec<_>>()}))
        }
        Asked::Branches => (status, json!({"data": []})),
        Asked::User => (status, json!({"data": {"username": text("username"), "email_addresses": []}})),
    };
    let body = body.to_string();
    let headers: String = headers
        .lines()
        .filter(|line| !line.to_lowercase().starts_with("content-length"))
        .map(|line| format!("{line}\r\n"))
        .collect();
    Some(
        format!("HTTP/1.1 {status} Whatever\r\n{headers}content-length: {}\r\n\r\n{body}", body.len())
            .into_bytes(),
    )
}

/// The status of a refusal that v1alpha1 tells by its words.
fn refusal(asked: Asked, status: u16, detail: &str) -> (u16, &'static str) {
    let detail = detail.to_lowercase();
    let has = |word: &str| detail.contains(word);
    match status {
        400 | 200 if has("already") && asked == Asked::Fork => (422, "UNPROCESSABLE"),
        400 | 200 if has("already") => (409, "CONFLICT"),
        400 | 200 if has("no such") || has("not found") => (404, "NOT_FOUND"),
        400 | 200 if has("permission") => (403, "PERMISSION_DENIED"),
        400 | 200 if has("token") || has("authenticated") => (401, "UNAUTHENTICATED"),
        400 | 200 => (400, "VALIDATION_FAILED"),
        401 => (401, "UNAUTHENTICATED"),
        403 => (403, "PERMISSION_DENIED"),
        404 => (404, "NOT_FOUND"),
        409 => (409, "CONFLICT"),
        429 => (429, "RATE_LIMITED"),
        503 => (503, "SERVICE_UNAVAILABLE"),
        other => (other, "INTERNAL"),
    }
}

fn database(body: &serde_json::Map<String, Value>) -> Value {
    let text = |key: &str| body.get(key).and_then(Value::as_str).unwrap_or_default();
    let named = |owner: &str, name: &str| match text(owner) {
        "" => Value::Null,
        owner => json!({"owner": owner, "name": text(name)}),
    };
    let parent = named("parent_owner", "parent_database_name");
    let root = if parent.is_null() {
        Value::Null
    } else {
        named("network_root_owner", "network_root_database_name")
    };
    json!({
        "owner": text("database_owner"), "name": text("database_name"), "visibility": "public",
        "fork_network_count": body.get("fork_network_count"), "star_count": 0, "size_bytes": 0,
        "parent": parent, "network_root": root,
    })
}
