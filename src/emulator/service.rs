//! The five endpoints of v1alpha1: each reads a request, applies the rules of [`State`], and builds a response.

use axum::body::{Body, Bytes};
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, Response, StatusCode};

use super::Options;
use super::events::{Event, Visibility};
use super::fork_list::ForkList;
use super::journal::Journal;
use super::refusals::Refusals;
use super::requests::Fields;
use super::responses::{
    self, ApiStatus, CreateResponse, DatabaseRef, ErrorResponse, ForkResponse, ForksError, OperationResponse,
};
use super::state::{Caller, State};

/// The emulated service. Every time is in milliseconds since 1970.
#[derive(Debug)]
pub(super) struct Service {
    pub(super) state: State,
    journal: Option<Journal>,
    pub(super) fork_delay: u64,
    pub(super) free_account: bool,
    pub(super) v2_refuses_token: bool,
    refusals: Refusals,
    fork_list: ForkList,
}

impl Service {
    /// A service that writes every change of `state` to the journal, if there is one.
    pub(super) fn new(state: State, journal: Option<Journal>, options: &Options) -> Self {
        Self {
            state,
            journal,
            fork_delay: u64::try_from(options.fork_delay.as_millis()).unwrap_or(u64::MAX),
            free_account: options.free_account,
            v2_refuses_token: options.v2_refuses_token,
            refusals: Refusals::new(&options.token_refusals, &options.refusal_forms),
            fork_list: ForkList::default(),
        }
    }

    /// The response to a request with a token that is not valid.
    pub(super) fn refuse_token(&mut self) -> Response<Body> {
        let refused = self.refusals.of_token();
        self.refuse(refused)
    }

    /// The response to a request that needs a token and has none.
    pub(super) fn refuse_anonymous(&mut self) -> Response<Body> {
        self.refuse(ErrorResponse::unauthenticated())
    }

    fn refuse(&mut self, refused: ErrorResponse) -> Response<Body> {
        let (status, api_status) = self.refusals.send(refused);
        responses::json(status, &api_status)
    }

    /// HTTP status and first fields of a response; with the result where it is a success.
    fn status_of<T>(&mut self, outcome: Result<T, ErrorResponse>) -> (StatusCode, ApiStatus, Option<T>) {
        match outcome {
            Ok(result) => (StatusCode::OK, ApiStatus::SUCCESS, Some(result)),
            Err(refused) => {
                let (status, api_status) = self.refusals.send(refused);
                (status, api_status, None)
            }
        }
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
            Err(error) => (Fields::default(), Err(error)),
        };
        let (status, api_status, _) = self.status_of(outcome);
        let response = CreateResponse {
            api_status,
            description: fields.echo("description"),
            repository_owner: fields.echo("ownerName"),
            repository_name: fields.echo("repoName"),
            visibility: fields.echo("visibility"),
        };
        responses::json(status, &response)
    }

    fn try_create(&mut self, now: u64, fields: &Fields) -> Result<(), ErrorResponse> {
        let owner = fields.required("ownerName")?;
        let name = fields.required("repoName")?;
        let visibility = Visibility::parse(fields.required("visibility")?)
            .ok_or_else(|| ErrorResponse::bad_request("visibility must be public or private"))?;
        let description = fields.optional("description")?.unwrap_or_default();
        if self.free_account && visibility == Visibility::Private {
            return Err(ErrorResponse::bad_request("private repos require a paid DoltHub account"));
        }
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
                let owner =
                    fields.optional("ownerName").map(|owner| owner.unwrap_or(self.state.user()).to_owned());
                let outcome = self.try_fork(now, &fields);
                (fields, owner.unwrap_or_default(), outcome)
            }
            Err(error) => (Fields::default(), String::new(), Err(error)),
        };
        let (status, api_status, operation_name) = self.status_of(outcome);
        let response = ForkResponse {
            api_status,
            parent_owner: fields.echo("parentOwnerName"),
            parent_database: fields.echo("parentDatabaseName"),
            forked_owner: &owner,
            operation_name,
        };
        responses::json(status, &response)
    }

    fn try_fork(&mut self, now: u64, fields: &Fields) -> Result<String, ErrorResponse> {
        let parent = (fields.required("parentOwnerName")?, fields.required("parentDatabaseName")?);
        let owner = match fields.optional("ownerName")? {
            Some(_) => fields.required("ownerName")?.to_owned(),
            None => self.state.user().to_owned(),
        };
        let operation = format!("operations/{}", uuid());
        let event = self.state.fork(now, parent, &owner, self.fork_delay, operation.clone())?;
        self.commit(event)?;
        Ok(operation)
    }

    /// `GET /fork`
    pub(super) fn operation(&mut self, now: u64, name: Option<&str>) -> Response<Body> {
        let name = name.unwrap_or_default();
        let outcome = match name {
            "" => Err(ErrorResponse::bad_request("operationName is required")),
            _ => self.state.operation(now, name).map_err(ErrorResponse::from),
        };
        match outcome {
            Ok(progress) => {
                responses::json(StatusCode::OK, &OperationResponse::new(&progress, job_name(name)))
            }
            Err(refused) => {
                let (status, api_status) = self.refusals.send(refused);
                responses::json(status, &OperationResponse::refused(api_status, job_name(name)))
            }
        }
    }

    /// `GET /{owner}/{database}/forks`
    pub(super) fn forks(&mut self, now: u64, owner: &str, name: &str, caller: Caller) -> Response<Body> {
        match self.state.network(now, owner, name, caller) {
            Ok(network) => {
                let body = self.fork_list.response_body(owner, name, &network, caller);
                responses::json_bytes(StatusCode::OK, body)
            }
            Err(refusal) => {
                let (status, api_status) = self.refusals.send(refusal.into());
                let database = DatabaseRef { database_owner: owner, database_name: name };
                responses::json(status, &ForksError { api_status, database })
            }
        }
    }

    /// Writes an event to the journal, then applies it: an event that cannot be written does not happen.
    pub(super) fn commit(&mut self, event: Event) -> Result<(), ErrorResponse> {
        if let Some(journal) = &mut self.journal {
            journal.append(&event).map_err(|error| ErrorResponse {
                status: StatusCode::INTERNAL_SERVER_ERROR,
                message: format!("the state file cannot be written: {error}"),
            })?;
        }
        Ok(self.state.apply(event)?)
    }
}

/// The name of an operation in responses to `GET /fork`: as documented, not the name to poll.
fn job_name(operation: &str) -> String {
    match operation.strip_prefix("operations/") {
        Some(id) if !id.starts_with("jobs/") => format!("operations/jobs/{id}"),
        _ => operation.to_owned(),
    }
}

/// A random UUID, version 4.
pub(super) fn uuid() -> String {
    let random = fastrand::u128(..);
    let versioned = random & !(0xf << 76) & !(0x3 << 62) | (0x4 << 76) | (0x2 << 62);
    let hex = format!("{versioned:032x}");
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}
