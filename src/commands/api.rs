//! `dhub api`: any request of the API, with the response as it came.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use serde_json::Value;

use crate::api::{Client, Failure, RawMethod, RawRequest, Response, base_path};
use crate::cli::{self, Field, FieldValue, Method};
use crate::error::{Error, Kind, Result, reason};
use crate::jobs::{self, Commands, Finished, Job, Left, Outcome, PendingWrite, Poll, Slot, Unwritten};
use crate::names::Endpoint;
use crate::output::view::{ResponseView, safe_head};
use crate::session::Session;
use crate::shell;

use super::arguments;
use super::context::Context;
use super::hints::with_refusal_hint;

/// The request of the command.
struct ApiJob<'a> {
    context: &'a Context,
    session: &'a Session,
    client: &'a Client,
    request: RawRequest,
    /// Whether the head of the response is printed, too.
    include: bool,
}

pub fn run(context: &Context, args: &cli::Api) -> anyhow::Result<u8> {
    let method = method(args)?;
    let session = &context.session(None)?;
    let base_path = base_path(session.version());
    let path = |text: &str| Endpoint::parse(text, session.host(), base_path);
    let endpoint = arguments::parse_one(&args.path, path)?.value;
    let request = match method {
        Method::Get => RawRequest { endpoint: with_query(endpoint, &args.fields)?, method: RawMethod::Get },
        Method::Post => RawRequest { endpoint, method: RawMethod::Post(body(args)?) },
    };
    let client = if method == Method::Get { session.client()? } else { session.authenticated()? };
    client.prepare(method == Method::Get)?;
    let commands = Commands {
        again: session.command(&command(args)),
        again_existing: String::new(),
        reports_unstarted: method == Method::Post,
        resume: String::new(),
    };
    let job = ApiJob { context, session, client, request, include: args.include };
    let progress = context.output.progress(1);
    jobs::run(&context.output, &progress, 1, vec![(args.path.clone(), job)], commands, "done")
}

/// The method that is meant, with which there is nothing that it does not take.
fn method(args: &cli::Api) -> Result<Method> {
    let default = if args.fields.is_empty() && args.input.is_none() { Method::Get } else { Method::Post };
    let method = args.method.unwrap_or(default);
    if method == Method::Get && args.input.is_some() {
        return Err(Error::usage("--input is the body of a POST, and a GET has none")
            .with_hint("leave -X GET out, or write what is meant into the query"));
    }
    let mut keys = HashSet::new();
    match args.fields.iter().find(|field| !keys.insert(&field.key)) {
        Some(twice) if method == Method::Post => {
            Err(Error::usage(format!("-f sets {:?} twice", twice.key)).with_argument(&twice.text))
        }
        _ => Ok(method),
    }
}

/// The endpoint with the fields in its query: a string as it is, all else as JSON.
fn with_query(endpoint: Endpoint, fields: &[Field]) -> Result<Endpoint> {
    let text = |field: &Field| match &field.value {
        FieldValue::Text(text) => text.clone(),
        FieldValue::Json(json) => serde_json::from_str(json).unwrap_or_else(|_| json.clone()),
    };
    let values: Vec<String> = fields.iter().map(text).collect();
    endpoint.with_query(fields.iter().map(|field| field.key.as_str()).zip(values.iter().map(String::as_str)))
}

/// The body of a POST; none where neither fields nor a file were given.
fn body(args: &cli::Api) -> Result<Option<Vec<u8>>> {
    if let Some(path) = &args.input {
        return read_input(path).map(Some);
    }
    let field = |Field { key, value, .. }: &Field| match value {
        FieldValue::Text(text) => format!("{}:{}", Value::from(key.as_str()), Value::from(text.as_str())),
        FieldValue::Json(json) => format!("{}:{json}", Value::from(key.as_str())),
    };
    let fields: Vec<String> = args.fields.iter().map(field).collect();
    Ok((!fields.is_empty()).then(|| format!("{{{}}}", fields.join(",")).into_bytes()))
}

/// Reads a file, or stdin, to its end.
fn read_input(path: &Path) -> Result<Vec<u8>> {
    const MAX_MIB: u64 = 64;
    let name = if path == Path::new("-") { "stdin".to_owned() } else { path.display().to_string() };
    let read = || -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let input: &mut dyn Read =
            if path == Path::new("-") { &mut io::stdin().lock() } else { &mut File::open(path)? };
        input.take(MAX_MIB * 1024 * 1024 + 1).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    let bytes = read().map_err(|error| {
        Error::usage(format!("cannot read the body from {name}: {}", reason(&error))).with_argument(&name)
    })?;
    if bytes.len() as u64 > MAX_MIB * 1024 * 1024 {
        let message = format!("the body from {name} is longer than {MAX_MIB} MiB");
        return Err(Error::usage(message).with_argument(&name));
    }
    Ok(bytes)
}

/// The same command for the path put after it.
fn command(args: &cli::Api) -> String {
    let mut words = vec!["dhub api".to_owned()];
    words.extend(args.method.map(|method| {
        let method = if method == Method::Get { "GET" } else { "POST" };
        shell::option("-X", method)
    }));
    words.extend(args.fields.iter().map(|field| shell::option("-f", &field.text)));
    words.extend(args.input.as_ref().map(|path| shell::option("--input", path)));
    words.extend(args.include.then(|| "-i".to_owned()));
    words.join(" ")
}

impl Job for ApiJob<'_> {
    type View = ResponseView;

    fn poll(&mut self, slot: Slot<'_>) -> Poll<Finished<ResponseView>> {
        let hook = slot.sending(self.pending_write(), None);
        let (result, response) = self.client.raw(&self.request, &hook);
        let outcome = match result {
            Ok(()) => Outcome::Done,
            Err(failure) => Outcome::Failed(self.error(failure)),
        };
        Poll::Ready(match response {
            Some(response) => self.with_response(outcome, response),
            None => Finished { outcome, view: None, if_unwritten: Unwritten::default() },
        })
    }
}

impl ApiJob<'_> {
    fn is_write(&self) -> bool {
        matches!(self.request.method, RawMethod::Post(_))
    }

    /// Only a service itself knows what a request does, so nothing can be looked up.
    fn pending_write(&self) -> PendingWrite {
        PendingWrite { action: self.request.line(), check: None, lookup: Arc::new(|| None) }
    }

    fn with_response(&self, outcome: Outcome<Error>, response: Response) -> Finished<ResponseView> {
        let line = self.request.line();
        let if_unwritten = match self.is_write() {
            true => Unwritten {
                hint: Some(format!("{line} was sent and accepted; only its response is lost")),
                left: Left::Done(line),
            },
            false => Unwritten::default(),
        };
        let head = self.include.then_some(response.head.as_str());
        let view = ResponseView::new(head, response.body, !matches!(outcome, Outcome::Done));
        if let (None, Some(head)) = (&view, head) {
            return match (self.context.output.text(&safe_head(head)).map_err(Error::from), outcome) {
                (Err(error), Outcome::Done) if error.kind != Kind::ClosedPipe => error.into(),
                (_, outcome) => Finished { outcome, view, if_unwritten },
            };
        }
        Finished { outcome, view, if_unwritten }
    }

    fn error(&self, failure: Failure) -> Error {
        let line = self.request.line();
        let is_unknown = self.is_write() && failure.may_have_taken_effect();
        // The path is this command's own, so it is the first thing to look at.
        let hint = (failure.is_invalid() && failure.status == Some(404)).then(|| {
            format!(
                "is PATH right? {} may have no such endpoint, or may not be a DoltHub",
                self.session.host()
            )
        });
        let failure = Failure { hint: hint.or(failure.hint), ..failure };
        if is_unknown {
            return Error::new(Kind::Unknown, failure.message)
                .with_context(format!("cannot tell whether {line} took effect"))
                .with_hint("it may have taken effect, and was not sent again: look at what is there first")
                .with_request(failure.request, failure.status);
        }
        with_refusal_hint(failure.into_error(format!("{line} failed")), self.session)
    }
}
