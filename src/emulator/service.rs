//! The five endpoints: from what was asked to the state's rules and back to an answer.

use axum::body::{Body, Bytes};
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, Response, StatusCode};

use super::answers::{self, Created, Forked, Head, NoForks, Operation, Place, Refused};
use super::events::{Event, Visibility};
use super::forks::ForkList;
use super::journal::Journal;
use super::requests::Fields;
use super::state::{Asker, State};

/// The emulated service. Every time is in milliseconds since 1970.
#[derive(Debug)]
pub(super) struct Service {
    pub(super) state: State,
    journal: Option<Journal>,
    fork_delay: u64,
    fork_list: ForkList,
}

impl Service {
    /// A service that writes down what changes `state`, if there is a journal. `fork_delay` is how long a
    /// fork takes, in milliseconds.
    pub(super) fn new(state: State, journal: Option<Journal>, fork_delay: u64) -> Self {
        Self { state, journal, fork_delay, fork_list: ForkList::default() }
    }

    /// `POST /database`
    pub(super) fn create(
        &mut self,
        now: u64,
        headers: &HeaderMap,
        body: Result<Bytes, BytesRejection>,
    ) -> Response<Body> {
        let (fields, outcome) = match Fields::read(headers, body) {
            Ok(fields) => {
                let outcome = self.try_create(now, &fields);
                (fields, outcome)
            }
            Err(refused) => (Fields::default(), Err(refused)),
        };
        let (status, head) = summary(&outcome);
        let answer = Created {
            head,
            description: fields.echo("description"),
            repository_owner: fields.echo("ownerName"),
            repository_name: fields.echo("repoName"),
            visibility: fields.echo("visibility"),
        };
        answers::json(status, &answer)
    }

    fn try_create(&mut self, now: u64, fields: &Fields) -> Result<(), Refused> {
        let owner = fields.required("ownerName")?;
        let name = fields.required("repoName")?;
        let visibility = Visibility::parse(fields.required("visibility")?)
            .ok_or_else(|| Refused::new("visibility must be public or private"))?;
        let description = fields.optional("description")?.unwrap_or_default();
        let event = self.state.create(now, owner, name, visibility, description)?;
        self.commit(event)
    }

    /// `POST /fork`
    pub(super) fn fork(
        &mut self,
        now: u64,
        headers: &HeaderMap,
        body: Result<Bytes, BytesRejection>,
    ) -> Response<Body> {
        let (fields, owner, outcome) = match Fields::read(headers, body) {
            Ok(fields) => {
                let owner = fields.optional("ownerName").map(|owner| owner.unwrap_or(super::USER).to_owned());
                let outcome = self.try_fork(now, &fields);
                (fields, owner.unwrap_or_default(), outcome)
            }
            Err(refused) => (Fields::default(), String::new(), Err(refused)),
        };
        let (status, head) = summary(&outcome);
        let answer = Forked {
            head,
            parent_owner: fields.echo("parentOwnerName"),
            parent_database: fields.echo("parentDatabaseName"),
            forked_owner: &owner,
            operation_name: outcome.ok(),
        };
        answers::json(status, &answer)
    }

    fn try_fork(&mut self, now: u64, fields: &Fields) -> Result<String, Refused> {
        let parent = (fields.required("parentOwnerName")?, fields.required("parentDatabaseName")?);
        let owner = match fields.optional("ownerName")? {
            Some(_) => fields.required("ownerName")?,
            None => super::USER,
        };
        let operation = format!("operations/{}", uuid());
        let event = self.state.fork(now, parent, owner, self.fork_delay, operation.clone())?;
        self.commit(event)?;
        Ok(operation)
    }

    /// `GET /fork`
    pub(super) fn operation(&mut self, now: u64, name: Option<&str>) -> Response<Body> {
        let name = name.unwrap_or_default();
        let outcome = match name {
            "" => Err(Refused::new("operationName is required")),
            _ => self.state.operation(now, name).map_err(Refused::from),
        };
        match outcome {
            Ok(progress) => answers::json(StatusCode::OK, &Operation::new(&progress, job_name(name))),
            Err(Refused { status, message }) => answers::json(
                status,
                &Operation {
                    head: Some(Head::error(message)),
                    operation_name: Some(job_name(name)),
                    ..Operation::default()
                },
            ),
        }
    }

    /// `GET /{owner}/{database}/forks`
    pub(super) fn forks(&mut self, now: u64, owner: &str, name: &str, asker: Asker) -> Response<Body> {
        match self.state.network(now, owner, name, asker) {
            Ok(network) => {
                answers::written(StatusCode::OK, self.fork_list.answer(owner, name, &network, asker))
            }
            Err(refusal) => {
                let head = Head::error(refusal.to_string());
                let place = Place { database_owner: owner, database_name: name };
                answers::json(StatusCode::BAD_REQUEST, &NoForks { head, place })
            }
        }
    }

    /// Makes an event happen: written down first, so that what cannot be written down does not happen.
    fn commit(&mut self, event: Event) -> Result<(), Refused> {
        if let Some(journal) = &mut self.journal {
            journal.append(&event).map_err(|error| Refused {
                status: StatusCode::INTERNAL_SERVER_ERROR,
                message: format!("the state file cannot be written: {error}"),
            })?;
        }
        Ok(self.state.apply(event)?)
    }
}

/// How an answer begins.
fn summary<T>(outcome: &Result<T, Refused>) -> (StatusCode, Head) {
    match outcome {
        Ok(_) => (StatusCode::OK, Head::SUCCESS),
        Err(refused) => (refused.status, Head::error(&refused.message)),
    }
}

/// The name by which `GET /fork` speaks of an operation, which is not the one to ask for.
fn job_name(operation: &str) -> String {
    match operation.strip_prefix("operations/") {
        Some(id) if !id.starts_with("jobs/") => format!("operations/jobs/{id}"),
        _ => operation.to_owned(),
    }
}

/// A random UUID, version 4.
fn uuid() -> String {
    let random = fastrand::u128(..);
    let versioned = random & !(0xf << 76) & !(0x3 << 62) | (0x4 << 76) | (0x2 << 62);
    let hex = format!("{versioned:032x}");
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}
