//! The eight endpoints: each applies the rules of [`State`](super::super::state::State) and builds a response.

use std::net::SocketAddr;

use axum::body::{Body, Bytes};
use axum::extract::rejection::BytesRejection;
use axum::http::request::Parts;
use axum::http::{Method, Response, StatusCode};

use super::super::events::Visibility;
use super::super::service::{Service, uuid};
use super::super::state::{Caller, Refusal};
use super::bodies::{self, AcceptedBody, BranchBody, DatabaseBody, DatabaseRef, OperationBody, UserBody};
use super::pages::{Kind, Page};
use super::problem::{Code, Problem};
use super::requests::{self, CreateRequest, ForkRequest, Route};

/// A request that its route allows, and what else its response depends on.
#[derive(Debug)]
pub(super) struct Call<'a> {
    /// In milliseconds since 1970.
    pub(super) now: u64,
    pub(super) caller: Caller,
    /// Where the emulator listens.
    pub(super) address: SocketAddr,
    pub(super) request: &'a Parts,
    pub(super) body: Result<Bytes, BytesRejection>,
}

impl Call<'_> {
    pub(super) fn respond(self, service: &mut Service, route: &Route) -> Result<Response<Body>, Problem> {
        let Call { now, caller, request, .. } = self;
        let state = &mut service.state;
        let page_token = || requests::page_token(request.uri.query());
        match route {
            Route::User => Ok(bodies::object(StatusCode::OK, &UserBody::new(state.user()))),
            Route::Databases => self.create(service),
            Route::Database { owner, name } => {
                let database = state.database(now, owner, name, caller)?;
                Ok(bodies::object(StatusCode::OK, &DatabaseBody::new(&database)))
            }
            Route::Forks { owner, name } if request.method == Method::POST => self.fork(service, owner, name),
            Route::Forks { owner, name } => {
                let forks = state.children(now, owner, name, caller)?;
                Ok(bodies::page(Page::of(Kind::Forks, forks, page_token()?)?, DatabaseRef::from))
            }
            Route::Operations { owner, name } => {
                let operations = state.operations(now, owner, name, caller)?;
                Ok(bodies::page(Page::of(Kind::Operations, operations, page_token()?)?, OperationBody::from))
            }
            Route::Branches { owner, name } => {
                let branches = state.branches(now, owner, name, caller)?;
                Ok(bodies::page(Page::of(Kind::Branches, branches, page_token()?)?, BranchBody::new))
            }
            Route::Operation { id } => {
                let (owner, name, operation) =
                    bodies::parse_operation_id(id).ok_or(Refusal::OperationNotFound)?;
                let operation = state.operation_of(now, owner, name, &operation, caller)?;
                Ok(bodies::object(StatusCode::OK, &OperationBody::from(operation)))
            }
        }
    }

    /// `POST /databases`
    fn create(self, service: &mut Service) -> Result<Response<Body>, Problem> {
        let Call { now, caller, request, body, .. } = self;
        let CreateRequest { owner, name, visibility, description } =
            CreateRequest::read(&request.headers, body)?;
        if service.free_account && visibility == Visibility::Private {
            // What DoltHub answers here is not known.
            return Err(Problem::new(Code::Unprocessable, "private repos require a paid DoltHub account"));
        }
        let event = service.state.create(now, &owner, &name, visibility, &description)?;
        service.commit(event)?;
        let database = service.state.database(now, &owner, &name, caller)?;
        Ok(bodies::object(StatusCode::CREATED, &DatabaseBody::new(&database)))
    }

    /// `POST /databases/{owner}/{database}/forks`
    fn fork(self, service: &mut Service, owner: &str, name: &str) -> Result<Response<Body>, Problem> {
        let Call { now, request, body, address, .. } = self;
        let ForkRequest { owner: target } = ForkRequest::read(&request.headers, body)?;
        let operation = format!("operations/{}", uuid());
        let delay = service.fork_delay;
        let forked = service.state.fork(now, (owner, name), &target, delay, operation.clone());
        let event = forked.map_err(|refusal| match refusal {
            // A fork has one code for a name that is taken, whatever it is taken by.
            Refusal::AlreadyExists { .. } => Problem::new(Code::Unprocessable, refusal.to_string()),
            refusal => refusal.into(),
        })?;
        service.commit(event)?;
        let origin = requests::origin(request, address);
        let accepted = AcceptedBody::new(owner, name, &operation, &origin);
        Ok(bodies::object(StatusCode::ACCEPTED, &accepted))
    }
}
