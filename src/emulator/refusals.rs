//! How refusals are sent. Real services differ, and clients should meet each way ("Errors in general" in what is known
//! of the API).

use axum::http::StatusCode;
use clap::ValueEnum;

use super::responses::{ApiStatus, ErrorResponse};

/// How a token that is not valid is refused.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum TokenRefusal {
    /// 401 `Not authenticated`
    #[default]
    #[value(name = "401")]
    Unauthorized,
    /// 400 `invalid authorization header`
    Malformed,
    /// 400 `no token found for given API token`
    Unknown,
    /// 400 `apitoken_db: API Token with matching ID not found`
    Doltlab,
}

/// Where a refusal has its text, and its status.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum RefusalForm {
    /// Under `message`
    #[default]
    Message,
    /// Under `error`
    Error,
    /// Under `message`, with the HTTP status 200
    Ok,
}

/// How the refusals of one emulator are sent.
#[derive(Debug)]
pub(super) struct Refusals {
    tokens: Turns<TokenRefusal>,
    forms: Turns<RefusalForm>,
}

impl Refusals {
    pub(super) fn new(tokens: &[TokenRefusal], forms: &[RefusalForm]) -> Self {
        Self { tokens: Turns::of(tokens), forms: Turns::of(forms) }
    }

    /// The refusal of a token that is not valid.
    pub(super) fn of_token(&mut self) -> ErrorResponse {
        match self.tokens.next() {
            TokenRefusal::Unauthorized => ErrorResponse::unauthenticated(),
            TokenRefusal::Malformed => ErrorResponse::bad_request("invalid authorization header"),
            TokenRefusal::Unknown => ErrorResponse::bad_request("no token found for given API token"),
            TokenRefusal::Doltlab => {
                ErrorResponse::bad_request("apitoken_db: API Token with matching ID not found")
            }
        }
    }

    /// HTTP status and first fields of a refusal. Only what the API itself refuses takes other forms.
    pub(super) fn send(
        &mut self,
        ErrorResponse { status, message }: ErrorResponse,
    ) -> (StatusCode, ApiStatus) {
        if !matches!(status, StatusCode::BAD_REQUEST | StatusCode::UNAUTHORIZED) {
            return (status, ApiStatus::error(message));
        }
        match self.forms.next() {
            RefusalForm::Message => (status, ApiStatus::error(message)),
            RefusalForm::Error => (status, ApiStatus::error_elsewhere(message)),
            RefusalForm::Ok => (StatusCode::OK, ApiStatus::error(message)),
        }
    }
}

/// Values that take turns; the default where there are none.
#[derive(Debug)]
struct Turns<T> {
    values: Vec<T>,
    next: usize,
}

impl<T: Copy + Default> Turns<T> {
    fn of(values: &[T]) -> Self {
        Self { values: values.to_vec(), next: 0 }
    }

    fn next(&mut self) -> T {
        let value = self.values.get(self.next).copied().unwrap_or_default();
        self.next = if self.next + 1 < self.values.len() { self.next + 1 } else { 0 };
        value
    }
}
